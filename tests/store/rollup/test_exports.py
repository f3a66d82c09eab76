"""An export counts as its database does, and holds nothing of anybody that counting does not need."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from evaluation.definitions import Library
from evaluation.measures import Policy, unit_decision
from evaluation.measures.unit_counts import cube_definitions
from evaluation.store import Store, StoreError
from evaluation.store.rollup import Export, count_exports, read_export
from evaluation.store.rollup.exports import MANIFEST, SHAPES, VERSION
from evaluation.store.working_people import WHOLE_CUBES

from .alike import assert_alike
from .conftest import DAY, Awkward, Exporting

pytestmark = pytest.mark.thorough


def _told(export: Export) -> str:
    """Return all that stands in an export, its bytes and its values."""
    tables = [pq.read_table(export.file(table)).to_pylist() for table in SHAPES]
    raw = b"".join(path.read_bytes() for path in export.folder.iterdir())
    return raw.decode("latin-1") + repr(tables)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.thorough)])
def test_an_export_counts_as_its_database(
    awkward: Awkward, store: Store, exported: Exporting, library: Library, seed: int
) -> None:
    asked = cube_definitions(library)
    awkward(seed, store=store).decide_units(unit_decision(library, Policy()))
    export = read_export(exported(store, "it's [1] ä*").folder)
    counted = count_exports([export], asked, "duckdb")
    assert_alike(store.snapshot(asked), counted)
    # Of those who do the work nobody is here: tests/measures/test_working_joints.py counts them in both.
    assert {name for name, cube in counted.cubes.items() if cube.empty} <= WHOLE_CUBES


def test_an_export_of_an_empty_database_counts_nothing(store: Store, exported: Exporting, library: Library) -> None:
    asked = cube_definitions(library)
    assert_alike(store.snapshot(asked), count_exports([read_export(exported(store).folder)], asked, "duckdb"))


def test_an_export_tells_no_code_no_text_no_file_and_no_mark(awkward: Awkward, exported: Exporting) -> None:
    told = _told(exported(awkward(1)))
    for secret in ("ÄÖ1", "TAAS1", "Maijan", "xlsx", "Taul1", "fingerprint", "person_key", "accepted"):
        assert secret not in told
        assert secret.encode().decode("latin-1") not in told


def test_what_was_superseded_stays_at_home(store: Store, draft, exported: Exporting) -> None:
    person = {"participant": "P1", "municipality": "Lempäälä"}
    store.accept(draft({**person, "answers": {"state_mood": 1}}, file="a.xlsx"))
    store.accept(draft({**person, "answers": {"state_mood": 4}}, file="b.xlsx"), keep=[("Taul1", 2)])
    export = exported(store)
    assert pq.read_table(export.file("answers"))["value"].to_pylist() == [4]
    assert export.manifest.rows == {"responses": 1, "answers": 1, "attendances": 0, "publication_units": 0}


def test_people_of_one_export_are_not_those_of_another(awkward: Awkward, exported: Exporting) -> None:
    store = awkward(1)
    one, other = (pq.read_table(exported(store, name).file("responses")).to_pandas() for name in ("a", "b"))
    assert one["participant"].nunique() == other["participant"].nunique() > 5
    assert not set(one["participant"].dropna()) & set(other["participant"].dropna())


def test_a_code_is_somebody_else_in_another_municipality(store: Store, draft, exported: Exporting) -> None:
    forms = [
        {"participant": "P1", "municipality": place, "timing": timing}
        for place in ("Lempäälä", "Tampere")
        for timing in ("start", "end")
    ]
    store.accept(draft(*forms))
    rows = pq.read_table(exported(store).file("responses")).to_pandas()
    assert rows.groupby("municipality")["participant"].nunique().tolist() == [1, 1]
    assert rows["participant"].nunique() == 2


def test_the_order_of_forms_is_not_that_of_storing(store: Store, draft, exported: Exporting) -> None:
    forms = [{"answers": {"state_mood": 1, "state_health": 1 + number % 5}} for number in range(40)]
    store.accept(draft(*forms))
    orders = set()
    for name in ("a", "b"):
        rows = pq.read_table(exported(store, name).file("answers")).to_pandas()
        orders.add(tuple(rows[rows["item"] == "state_health"]["value"]))
    assert len(orders) == 2


def test_a_folder_that_holds_something_is_left_alone(store: Store, tmp_path: Path, exported: Exporting) -> None:
    kept = tmp_path / "pirha" / "own.txt"
    kept.parent.mkdir()
    kept.write_text("mine")
    with pytest.raises(StoreError, match=r"store\.export_not_empty"):
        exported(store)
    assert [*kept.parent.iterdir()] == [kept]


def test_answers_that_the_definitions_do_not_know_are_not_exported(
    store: Store, draft, tmp_path: Path, exported: Exporting
) -> None:
    store.accept(draft({"questionnaire": "own_form", "answers": {"state_mood": 1}}))
    with pytest.raises(StoreError, match=r"store\.export_unknown.*own_form"):
        exported(store)
    assert not any(tmp_path.iterdir())


@pytest.fixture
def export(store: Store, draft, exported: Exporting) -> Export:
    store.accept(draft({"participant": "P1", "answers": {"state_mood": 1}}))
    return exported(store)


def test_the_manifest_says_what_the_export_is(export: Export, library: Library) -> None:
    manifest = read_export(export.folder).manifest
    assert (manifest.made_on, manifest.threshold, manifest.synthetic) == (DAY, 5, False)
    assert manifest.municipalities == ("Lempäälä",)
    assert manifest.practices == {"sisu": library.practices["sisu"].type}
    assert [*manifest.questionnaires] == ["client_start:1"]
    assert manifest.rows == {"responses": 1, "answers": 1, "attendances": 0, "publication_units": 0}


def test_a_folder_without_an_export_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"store\.no_export"):
        read_export(tmp_path)


def test_a_newer_export_is_refused(export: Export) -> None:
    path = export.folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": VERSION + 1}))
    with pytest.raises(StoreError, match=rf"store\.export_version.*'found': {VERSION + 1}"):
        read_export(export.folder)


@pytest.mark.parametrize("name", [MANIFEST, "answers.parquet"])
def test_an_export_of_which_something_was_lost_is_refused(export: Export, name: str) -> None:
    path = export.folder / name
    path.write_bytes(path.read_bytes()[:-9])
    with pytest.raises(StoreError, match=r"store\.export_broken"):
        read_export(export.folder)
