"""The store saves a draft whole or not at all, knows again what it has, takes back what it took, and counts."""

import datetime
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from evaluation.definitions import Library
from evaluation.intake import read_draft
from evaluation.records import Draft, Receipt
from evaluation.store import Selection, Store, StoreBusyError, StoreError, UnknownImportError, open_store

ALL = Selection()


def numbers(receipt: Receipt) -> tuple[int, int, int, int]:
    assert receipt.rows == receipt.accepted + receipt.rejected + receipt.duplicates + receipt.set_aside
    return receipt.rows, receipt.accepted, receipt.rejected, receipt.duplicates


@pytest.fixture
def start(library: Library, fill):
    """Give a function that drafts start forms of Sisu from codes and moods."""

    def drafted(*rows: tuple[str, object], file: str = "alku.xlsx", cohort: str = "Kevät 2018") -> Draft:
        filled = [{"participant": code, "state_mood": mood} for code, mood in rows]
        return read_draft(fill("sisu", "client_start", filled, cohort=cohort), file, library)

    return drafted


def test_accept_saves_what_preview_promised(store: Store, start) -> None:
    draft = start(("A1", 2), ("A2", 9), ("A3", 4))
    preview = store.preview(draft)
    assert store.imports() == ()
    receipt = store.accept(draft)
    assert numbers(preview) == numbers(receipt) == (3, 2, 1, 0)
    assert (preview.import_id, receipt.import_id) == (None, 1)
    counts = store.answer_counts(ALL)
    assert counts[["item", "value", "n"]].sort_values("value").to_numpy().tolist() == [
        ["state_mood", 2, 1],
        ["state_mood", 4, 1],
    ]


def test_the_same_file_again_adds_nothing(store: Store, start) -> None:
    draft = start(("A1", 2), ("A2", 9), ("A3", 4))
    store.accept(draft)
    again = store.accept(draft)
    assert numbers(again) == (3, 0, 1, 2)
    assert again.import_id == 1
    assert again.problems[-1].code == "already_imported"
    assert len(store.imports()) == 1


def test_a_corrected_file_adds_only_the_rows_that_were_missing(store: Store, start) -> None:
    store.accept(start(("A1", 2), ("A2", 9), ("A3", 4)))
    mended = store.accept(start(("A1", 2), ("A2", 5), ("A3", 4)))
    assert numbers(mended) == (3, 1, 0, 2)
    assert [(problem.code, problem.cell) for problem in mended.problems] == [
        ("row_already_imported", "A2"),
        ("row_already_imported", "A4"),
    ]
    assert int(store.contents()["responses"].sum()) == 3


def test_forms_of_one_person_with_other_answers_wait_for_the_worker(store: Store, start) -> None:
    store.accept(start(("A1", 2)))
    other = store.accept(start(("A1", 5), file="toinen.xlsx"))
    assert numbers(other) == (1, 0, 1, 0)
    assert (other.problems[0].code, other.problems[0].cell) == ("second_form_stored", "A2")
    within = store.accept(start(("B1", 1), ("B1", 3), ("B1 ", 1), file="kolmas.xlsx"))
    assert numbers(within) == (3, 0, 2, 1)


def test_the_same_code_in_another_run_is_another_form(store: Store, start) -> None:
    store.accept(start(("A1", 2)))
    assert numbers(store.accept(start(("A1", 2), cohort="Syksy 2018"))) == (1, 1, 0, 0)


def test_undo_removes_all_of_an_import_and_nothing_else(store: Store, start) -> None:
    store.accept(start(("A1", 2), ("A2", 3)))
    store.accept(start(("B1", 4), file="toinen.xlsx"))
    assert store.undo(1) == 2
    assert store.answer_counts(ALL)["value"].tolist() == [4]
    assert [record.file for record in store.imports()] == ["toinen.xlsx"]
    assert numbers(store.accept(start(("A1", 2), ("A2", 3)))) == (2, 2, 0, 0)
    with pytest.raises(UnknownImportError):
        store.undo(1)


def test_nothing_new_makes_no_import(store: Store, start) -> None:
    assert store.accept(start(("A1", 9))).import_id is None
    assert store.imports() == ()


def test_an_import_that_fails_midway_leaves_nothing(store: Store, start) -> None:
    draft = start(("A1", 2), ("A2", 3))
    broken = Draft(**{**draft.__dict__, "answers": draft.answers.assign(value="not a number")})
    with pytest.raises(Exception, match="not a number"):
        store.accept(broken)
    assert store.imports() == ()
    assert store.contents().empty
    assert numbers(store.accept(draft)) == (2, 2, 0, 0)


def test_the_data_version_changes_with_the_data_and_only_then(store: Store, start) -> None:
    versions = [store.data_version(), store.data_version()]
    store.preview(start(("A1", 2)))
    versions.append(store.data_version())
    assert len(set(versions)) == 1
    store.accept(start(("A1", 2)))
    store.undo(1)
    assert len({*versions, store.data_version()}) == 2


def test_pairs_are_the_answers_of_one_person_within_one_run(store: Store, library: Library, fill, start) -> None:
    store.accept(start(("A1", 2), ("A2", 3), ("A3", 98)))
    store.accept(start(("A9", 1), file="muu.xlsx", cohort="Syksy 2018"))
    rows = [{"participant": code, "state_mood": mood} for code, mood in (("A1", 4), ("A3", 5), ("A9", 5), (None, 1))]
    store.accept(read_draft(fill("sisu", "client_end", rows, cohort="Kevät 2018"), "loppu.xlsx", library))
    pairs = store.pair_counts(ALL)[["cohort", "item", "start_value", "end_value", "n"]]
    assert sorted(pairs.to_numpy().tolist()) == [
        ["Kevät 2018", "state_mood", 2, 4, 1],
        ["Kevät 2018", "state_mood", 98, 5, 1],
    ]


def test_people_are_counted_from_below(store: Store, library: Library, fill) -> None:
    day, next_day = datetime.date(2018, 3, 1), datetime.date(2018, 3, 8)
    rows: list[dict[str, object]] = [{"answered_on": day, "session_useful": 4} for _ in range(3)]
    rows += [{"answered_on": next_day, "session_useful": 5} for _ in range(2)]
    rows += [{"answered_on": next_day, "session_useful": 98, "session_heard": 2}]
    rows += [{"participant": "A1", "answered_on": each, "session_useful": 5} for each in (day, next_day)]
    store.accept(read_draft(fill("sisu", "session_feedback", rows), "kerta.xlsx", library))
    people = store.people_counts(ALL).set_index("item")["people"].to_dict()
    # One coded person, and at most three forms without a code on one day.
    assert people[""] == 4
    assert people["session_useful"] == 4
    assert people["session_heard"] == 1


def test_a_register_and_a_head_count_are_counted(store: Store, library: Library, fill) -> None:
    rows = [
        {"participant": "A1", "completed": 1, "session_1": 1, "session_2": 1},
        {"participant": "A2", "completed": 0, "session_1": 1, "session_2": 2},
        {"participant": "A3", "session_1": 0},
    ]
    store.accept(read_draft(fill("sisu", "attendance_register", rows), "lista.xlsx", library))
    visits = [
        {"answered_on": "4.1.2018", "visits": 5, "occasion": 1},
        {"answered_on": "11.1.2018", "visits": 20, "occasion": 2},
        {"answered_on": "18.1.2018", "visits": 4},
    ]
    store.accept(read_draft(fill("passeli", "head_count", visits), "kavijat.xlsx", library))
    enrolled = store.enrolment_counts(ALL, ["attendance_register"])
    figures = enrolled[["registered", "started", "decided", "completed"]].astype(int)
    assert figures.to_numpy().tolist() == [[3, 2, 2, 1]]
    marks = store.session_counts(ALL)
    assert sorted(marks[["session_no", "mark", "n"]].to_numpy().tolist()) == [
        [1, 0, 1],
        [1, 1, 2],
        [2, 1, 1],
        [2, 2, 1],
    ]
    found = store.visit_counts(ALL).sort_values("held_on")
    assert found["visits"].astype(int).tolist() == [5, 20, 4]
    assert found["occasion"].isna().tolist() == [False, False, True]
    people = store.people_counts(Selection(practices=("passeli",)))
    assert people[people["item"] == ""]["people"].astype(int).tolist() == [20]


def test_codes_in_two_runs_are_counted_as_overlap(store: Store, start) -> None:
    store.accept(start(("A1", 2), ("A2", 3), ("A3", 3)))
    store.accept(start(("A1", 2), ("A3", 3), ("A7", 3), cohort="Syksy 2018"))
    overlaps = store.overlap_counts(ALL)
    assert overlaps[["cohort_a", "cohort_b", "people"]].to_numpy().tolist() == [["Kevät 2018", "Syksy 2018", 2]]


@pytest.mark.thorough
def test_cubes_equal_a_plain_count_of_the_sample(sample_store: Store, library: Library) -> None:
    """Independent of the statement: the workbooks counted with pandas."""
    from evaluation.bundled_files import SAMPLE_DATA

    drafts = [read_draft(path.read_bytes(), path.name, library) for path in sorted(SAMPLE_DATA.glob("*.xlsx"))]
    joined = pd.concat([draft.responses.merge(draft.answers, on="response_no") for draft in drafts])
    keys = ["practice", "municipality", "cohort", "questionnaire", "item", "value"]
    expected = joined.groupby(keys).size().rename("n").reset_index()
    found = sample_store.answer_counts(ALL)[[*keys, "n"]].sort_values(keys).reset_index(drop=True)
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)


def test_a_selection_narrows_by_practice_municipality_and_role_but_never_by_run(sample_store: Store) -> None:
    everything = sample_store.answer_counts(ALL)
    lape = sample_store.answer_counts(Selection(("lape",), ("Kihniö",), ("no such run",), ("client",)))
    own = (everything["practice"] == "lape") & (everything["municipality"] == "Kihniö")
    expected = everything[own & (everything["role"] == "client")]
    assert int(lape["n"].sum()) == int(expected["n"].sum()) > 0
    assert sample_store.answer_counts(Selection(("lape",), roles=("no such role",))).empty


@pytest.mark.thorough
def test_a_database_that_another_program_holds_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "held.duckdb"
    open_store(f"duckdb:///{path.as_posix()}")
    hold = f"import duckdb, sys; c = duckdb.connect({str(path)!r}); print('held', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", hold]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(StoreBusyError):
            open_store(f"duckdb:///{path.as_posix()}")
        holder.communicate()
    assert open_store(f"duckdb:///{path.as_posix()}").imports() == ()


@pytest.mark.parametrize("url", ["nonsense", "nosuchengine:///x", "duckdb:////proc/none/x.duckdb"])
def test_an_address_that_cannot_be_opened_is_a_store_error(url: str) -> None:
    with pytest.raises(StoreError) as refused:
        open_store(url)
    assert refused.value.key == "store.cannot_open"


def test_people_without_a_code_are_at_least_those_of_the_fullest_day_and_those_who_came_for_the_first_time(
    store: Store, library: Library, fill
) -> None:
    def people(days: list[str], first: list[int]) -> int:
        rows = [
            {"answered_on": day, "visit_useful": 4, "visit_first": each} for day, each in zip(days, first, strict=True)
        ]
        receipt = store.accept(read_draft(fill("passeli", "visit_feedback", rows, cohort="2018"), "a.xlsx", library))
        found = store.people_counts(ALL)
        store.undo(receipt.import_id)
        told = found[found["item"].isin(["", "visit_useful"])]["people"].tolist()
        assert len(set(told)) == 1
        return int(told[0])

    assert people(["4.1.2018"] * 3 + ["11.1.2018"], [0, 0, 0, 0]) == 3
    assert people(["4.1.2018", "11.1.2018", "18.1.2018", "25.1.2018"], [1, 1, 0, 0]) == 2
    assert people(["4.1.2018", "4.1.2018", "11.1.2018"], [1, 1, 1]) == 3
