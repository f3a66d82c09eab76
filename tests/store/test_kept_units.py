"""The units of a database are decided in the transaction that saves an import, and outlast whatever happens to it."""

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from evaluation.access import Access, AccessRefused, GuardedStore, Role
from evaluation.definitions import Library
from evaluation.measures import Policy, publish, read_question_texts, unit_decision
from evaluation.measures.unit_counts import cube_definitions
from evaluation.records import Draft
from evaluation.store import Selection, Store, open_store, unpack
from evaluation.store.rollup import count_exports

DAY = datetime.date(2018, 12, 3)
SIZES = {"a": 4, "b": 3, "c": 3, "d": 2, "e": 5}
# The units of forms and of matched people; of those who left (nobody) and of ten or more (background, texts) fewer.
UNITS = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 3}
TEN = {"a": 1, "b": 1, "c": 1}


@pytest.fixture
def run(draft) -> Callable[..., Draft]:
    """Give a function that makes the draft of runs: everybody fills in the form at start and at the end."""

    def made(sizes: Mapping[str, int], month: int | None = None, letter: str = "") -> Draft:
        forms = [
            {
                "participant": f"{letter or cohort}{number}", "cohort": cohort, "timing": timing,
                "answered_on": datetime.date(2018, month or 2 + "abcdefgh".index(cohort), 1),
                "answers": {"state_money": 1 + number % 4, "change_money": 3 + number % 3},
                "texts": {"best_thing": f"Kahvi {number}"},
            }
            for cohort, size in sizes.items()
            for timing in ("start", "end")
            for number in range(size)
        ]  # fmt: skip
        return draft(*forms, file=f"{''.join(sizes)}.xlsx")

    return made


@pytest.fixture
def filled(store: Store, run, library: Library) -> Store:
    store.accept(run({name: size for name, size in SIZES.items() if name != "c"}))
    store.accept(run({"c": 3}), decision=unit_decision(library, Policy()))
    return store


def units(store: Store, library: Library, kind: str = "forms", form: str = "client_end") -> Mapping[str, int]:
    kept = store.snapshot(cube_definitions(library), cubes=["units"]).cubes["units"]
    of_kind = kept[(kept["kind"] == kind) & (kept["questionnaire"] == form)]
    return dict(zip(of_kind["cohort"], of_kind["unit"], strict=True))


def shown(store: Store, library: Library, policy: Policy | None = None) -> set[str]:
    """Return the units of which something is published."""
    table = publish(store, library, Selection(), policy or Policy()).table("change.retrospective")
    return set(table.where(level="cohort").with_figures["cohort"])


def test_units_are_decided_in_the_transaction_that_saves_the_import_of_every_kind(filled: Store, library) -> None:
    assert units(filled, library) == units(filled, library, "matched") == UNITS
    assert units(filled, library, "background") == units(filled, library, "open_answers") == TEN
    assert shown(filled, library) == {"a + b", "c + d", "e"}
    assert units(filled, library, "leavers") == units(filled, library, "followed_up") == {}


def test_without_a_decision_they_are_decided_before_anything_is_published(store: Store, run, library: Library) -> None:
    store.accept(run(SIZES))
    assert units(store, library) == {}
    before = store.data_version()
    assert read_question_texts(store, library, Selection(), Policy())
    assert units(store, library) == UNITS
    assert units(store, library, "open_answers") == TEN
    assert store.data_version() == before, "the answers are the same"


def test_nothing_that_happens_to_runs_moves_another_one(filled: Store, run, library: Library, draft) -> None:
    published = shown(filled, library)
    late = {"participant": "a9", "cohort": "a", "answered_on": DAY, "timing": "end"}
    first = {record.file: record.import_id for record in filled.imports()}
    steps: list[tuple[Callable[[], object], set[str]]] = [
        (lambda: filled.accept(draft({**late, "answers": {"change_money": 1}})), set()),
        (lambda: filled.accept(run({"h": 4}, month=1)), set()),
        (lambda: filled.forget("d0"), {"c + d"}),
        (lambda: filled.undo(first["c.xlsx"]), {"c + d"}),
        (lambda: filled.accept(run({"c": 3})), {"c + d"}),
        (lambda: filled.state_different("sisu", "Lempäälä", ["cohort"]), {"c + d"}),
        (lambda: filled.accept(run({"d": 2}, month=12)), set()),
    ]
    for step, withheld in steps:
        step()
        assert shown(filled, library) == published - withheld
        assert units(filled, library).items() >= UNITS.items()
    assert units(filled, library) == UNITS


def test_a_run_under_another_name_takes_its_place(filled: Store, run, library: Library) -> None:
    shown(filled, library)
    filled.undo(next(record.import_id for record in filled.imports() if record.file == "c.xlsx"))
    assert shown(filled, library) == {"a + b", "e"}
    filled.accept(run({"g": 3}, month=4, letter="c"))
    assert shown(filled, library) == {"a + b", "g + d", "e"}
    assert units(filled, library) == UNITS | {"g": 2}


def test_another_threshold_withholds_or_shows_and_joins_only_what_waits(filled: Store, run, library: Library) -> None:
    ten = Policy(10)
    assert shown(filled, library, ten) == set()
    filled.accept(run({"f": 6, "g": 4}))
    assert shown(filled, library, ten) == {"f + g"}
    assert shown(filled, library) == {"a + b", "c + d", "e", "f + g"}
    assert units(filled, library) == UNITS | {"f": 4, "g": 4}


def test_units_go_with_a_copy_and_a_backup_and_a_restored_database_keeps_those_it_had(
    filled: Store, run, library: Library
) -> None:
    backup = unpack(filled.backup(DAY))
    other = open_store("duckdb:///:memory:")
    filled.copy_to(other)
    assert units(other, library) == UNITS
    filled.accept(run({"f": 4, "g": 2}))
    assert units(filled, library) == UNITS
    assert shown(filled, library) == {"a + b", "c + d", "e", "f + g"}
    filled.restore(backup)
    assert units(filled, library) == UNITS | {"f": 7, "g": 7}
    assert shown(filled, library) == {"a + b", "c + d", "e"}
    filled.accept(run({"h": 6}, month=1))
    filled.accept(run({"f": 4}))
    assert shown(filled, library) == {"a + b", "c + d", "e", "h"}, "what was joined comes back joined"
    assert units(filled, library) == UNITS | {"f": 7, "g": 7, "h": 8}
    other.restore(unpack(filled.backup(DAY)))
    assert units(other, library) == UNITS | {"f": 7, "g": 7, "h": 8}


def test_counted_with_others_the_units_are_those_of_the_county(filled: Store, library: Library, tmp_path: Path) -> None:
    export = filled.export(tmp_path / "county", library, 5, DAY)
    counts = count_exports([export], cube_definitions(library), "duckdb")
    for threshold, expected in ((5, {"a + b", "c + d", "e"}), (10, set())):
        table = publish(counts, library, Selection(), Policy(threshold)).table("change.retrospective")
        assert set(table.where(level="cohort").with_figures["cohort"]) == expected


def test_what_is_emptied_begins_anew(filled: Store, library: Library) -> None:
    filled.delete_everything()
    assert units(filled, library) == {}


def test_who_may_see_nothing_decides_nothing(filled: Store, library: Library) -> None:
    nobody = GuardedStore(filled, Access("nothing", "N", Role.VIEWER))
    with pytest.raises(AccessRefused):
        nobody.decide_units(unit_decision(library, Policy()))
