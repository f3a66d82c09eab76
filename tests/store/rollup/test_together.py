"""Exports of several counties are counted as one database would be, or refused in a plain sentence."""

from dataclasses import replace

import pytest

from evaluation.definitions import Library
from evaluation.measures.unit_counts import cube_definitions
from evaluation.store import Store, StoreError, open_store
from evaluation.store.rollup import Export, check_together, count_exports, strictest_threshold, versions_beside

from .alike import assert_alike
from .conftest import Awkward, Exporting

pytestmark = pytest.mark.thorough


def test_two_counties_count_as_one_database_that_holds_both(
    awkward: Awkward, exported: Exporting, library: Library
) -> None:
    asked, both = cube_definitions(library), open_store("duckdb:///:memory:")
    exports = []
    for seed, municipality in ((1, "Äänekoski"), (2, "Tampere")):
        exports.append(exported(awkward(seed, municipality), municipality))
        awkward(seed, municipality, both)
    check_together(exports, library)
    assert_alike(both.snapshot(asked), count_exports(exports, asked, "duckdb"))


@pytest.fixture
def export(store: Store, draft, exported: Exporting) -> Export:
    store.accept(draft({"participant": "P1", "answers": {"state_mood": 1}}))
    return exported(store)


def _with(export: Export, **said: object) -> Export:
    return replace(export, manifest=replace(export.manifest, **said))


def test_a_municipality_in_two_exports_is_refused(export: Export, exported: Exporting, store: Store, library) -> None:
    other = exported(store, "kanta-hame")
    with pytest.raises(StoreError, match=r"store\.export_same_municipality.*Lempäälä.*pirha.*kanta-hame"):
        check_together([export, other], library)
    with pytest.raises(StoreError, match=r"store\.export_same_municipality"):
        check_together([export, exported(store, "again")], library)


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"practices": {"own": "group"}}, "store.export_other_practice"),
        ({"practices": {"sisu": "something else"}}, "store.export_other_practice"),
        ({"questionnaires": {"client_start:9": "0"}}, "store.export_unknown_form"),
        ({"questionnaires": {"own:1": "0"}}, "store.export_unknown_form"),
        ({"questionnaires": {"client_start:1": "0"}}, "store.export_other_form"),
    ],
)
def test_other_definitions_are_refused(export: Export, library: Library, said: dict[str, object], key: str) -> None:
    check_together([export], library)
    with pytest.raises(StoreError) as refused:
        check_together([_with(export, **said)], library)
    assert refused.value.key == key


def test_versions_beside_each_other_are_told(export: Export) -> None:
    newer = _with(export, questionnaires={"client_start:2": "0", "client_end:1": "0"})
    assert versions_beside([export]) == {}
    assert versions_beside([export, newer]) == {"client_start": (1, 2)}


@pytest.mark.parametrize(("own", "strictest"), [(5, 10), (12, 12)])
def test_the_strictest_threshold_holds_for_all(export: Export, own: int, strictest: int) -> None:
    assert strictest_threshold([export, _with(export, threshold=10)], own) == strictest
