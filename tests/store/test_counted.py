"""A table that somebody has counted already adds to the distributions and is never read as people's whole forms."""

import datetime
from dataclasses import replace

from evaluation.i18n import Translator
from evaluation.store import Selection, Store

ALL = Selection()


def counted(**counts: dict[int, int]) -> list[dict[str, object]]:
    """Return forms without a code that hold these counts, as a counted table becomes them."""
    values = {item: [code for code, n in given.items() for _ in range(n)] for item, given in counts.items()}
    size = max(map(len, values.values()))
    return [
        {"counted": True, "answers": {item: codes[number] for item, codes in values.items() if number < len(codes)}}
        for number in range(size)
    ]


def people(store: Store) -> dict[str, int]:
    return store.people_counts(ALL).set_index("item")["people"].to_dict()


def test_counts_come_out_as_they_went_in(store: Store, draft) -> None:
    forms = counted(state_mood={1: 2, 4: 5}, state_money={3: 4})
    store.accept(draft(*forms))
    rows = store.answer_counts(ALL)[["item", "value", "n"]].sort_values(["item", "value"])
    assert rows.to_numpy().tolist() == [["state_money", 3, 4], ["state_mood", 1, 2], ["state_mood", 4, 5]]


def test_the_people_of_a_counted_table_are_the_largest_count_of_an_item(store: Store, draft) -> None:
    store.accept(draft(*counted(state_mood={1: 2, 4: 5}, state_money={3: 4})))
    assert people(store) == {"": 7, "state_mood": 7, "state_money": 4}


def test_counted_start_and_end_tables_make_no_pairs_and_no_overlaps(store: Store, draft) -> None:
    start = counted(state_mood={1: 6})
    end = [{**form, "timing": "end"} for form in counted(state_mood={5: 6})]
    other_run = [{**form, "cohort": "Syksy 2018"} for form in start]
    store.accept(draft(*start, *end, *other_run))
    assert store.pair_counts(ALL).empty
    assert store.overlap_counts(ALL).empty


def test_first_visits_of_a_counted_table_are_not_taken_for_those_who_answered_another_item(store: Store, draft) -> None:
    """Six came for the first time; that the first six answers to another item are theirs, nobody has said."""
    days = (datetime.date(2018, 1, 4), datetime.date(2018, 1, 11))
    forms = counted(visit_first={1: 6, 0: 6}, visit_useful={4: 8})
    store.accept(draft(*({**form, "timing": "visit", "answered_on": day} for day in days for form in forms)))
    found = people(store)
    assert found["visit_useful"] == 8
    assert found[""] == 12


def test_a_counted_table_is_accounted_for_by_its_questions(store: Store, draft) -> None:
    forms = counted(state_mood={1: 2, 4: 5}, state_money={3: 4})
    person = {"participant": "A1", "answers": {"state_mood": 2}}
    both = draft(*forms, person, rows=4, rejected=1, counted=2)
    receipt = store.accept(both)
    assert (receipt.rows, receipt.accepted, receipt.rejected, receipt.duplicates) == (4, 3, 1, 0)
    again = store.accept(both)
    assert (again.accepted, again.rejected, again.duplicates) == (0, 1, 3)
    resaved = store.accept(replace(both, sha256="other"))
    assert (resaved.accepted, resaved.rejected, resaved.duplicates) == (0, 1, 3)
    assert {problem.code for problem in resaved.problems} == {"counted_already_imported", "row_already_imported"}
    assert int(store.answer_counts(ALL)["n"].sum()) == 12
    assert store.undo(1) == 8
    assert store.contents().empty


def test_a_mended_counted_table_is_not_counted_beside_the_earlier_one(store: Store, draft) -> None:
    store.accept(draft(*counted(state_mood={1: 2, 4: 5}), file="yhteenveto.xlsx", rows=1, counted=1))
    forms = counted(state_mood={1: 2, 4: 5}, state_money={3: 4})
    mended = draft(*forms, {"participant": "A1", "answers": {"state_mood": 2}}, rows=3, counted=2)
    receipt = store.accept(mended)
    assert (receipt.accepted, receipt.rejected, receipt.duplicates) == (1, 2, 0)
    (problem,) = receipt.problems
    assert (problem.severity, problem.code, problem.sheet) == ("error", "counted_again", "Taul1")
    assert "yhteenveto.xlsx" in problem.message(Translator("fi"))
    assert int(store.answer_counts(ALL)["n"].sum()) == 8
    store.undo(2)
    store.undo(1)
    assert store.accept(mended).accepted == 3
    assert int(store.answer_counts(ALL)["n"].sum()) == 12


def test_counted_tables_of_other_runs_stand_beside_each_other(store: Store, draft) -> None:
    spring = counted(state_mood={1: 2})
    store.accept(draft(*spring, file="kevat.xlsx", rows=1, counted=1))
    autumn = [{**form, "cohort": "Syksy 2018"} for form in spring]
    assert store.accept(draft(*autumn, file="syksy.xlsx", rows=1, counted=1)).accepted == 1
