"""Of several forms of one person where only one can be given the worker chooses; a choice can be taken back."""

import datetime
from collections.abc import Callable

import pandas as pd
import pytest

from evaluation.i18n import Translator
from evaluation.records import FormPlace, Receipt
from evaluation.store import Selection, Store

ALL = Selection()


def numbers(receipt: Receipt) -> tuple[int, int, int]:
    assert receipt.rows == receipt.accepted + receipt.rejected + receipt.duplicates + receipt.set_aside
    return receipt.accepted, receipt.rejected, receipt.duplicates


def codes(receipt: Receipt) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.cell) for problem in receipt.problems]


def mood(code: str, value: int, **more: object) -> dict[str, object]:
    return {"participant": code, "answers": {"state_mood": value}, **more}


def moods(store: Store) -> list[int]:
    counts = store.answer_counts(ALL)
    return sorted(counts["value"].repeat(counts["n"]).tolist())


def test_of_two_forms_in_one_file_neither_is_taken_until_the_worker_says_which(store: Store, draft) -> None:
    both = draft(mood("A1", 1), mood("B1", 2), mood("A1", 5))
    receipt = store.accept(both)
    assert numbers(receipt) == (1, 2, 0)
    assert codes(receipt) == [("second_form", "A2"), ("second_form", "A4")]
    assert [problem.severity for problem in receipt.problems] == ["error", "error"]
    assert "Taul1 A4" in receipt.problems[0].message(Translator("fi"))
    assert moods(store) == [2]


def test_the_form_that_was_chosen_is_taken_and_the_other_left(store: Store, draft) -> None:
    both = draft(mood("A1", 1), mood("B1", 2), mood("A1", 5))
    preview = store.preview(both, keep=[("Taul1", 4)])
    receipt = store.accept(both, keep=[("Taul1", 4)])
    assert numbers(preview) == numbers(receipt) == (2, 0, 1)
    assert codes(receipt) == [("second_form_left", "A2")]
    assert receipt.conflicts == ()
    assert moods(store) == [2, 5]


@pytest.mark.parametrize("keep", [[("Taul1", 2), ("Taul1", 3)], [("Taul2", 2)], [("Taul1", 9)]])
def test_a_choice_of_both_or_of_another_row_decides_nothing(store: Store, draft, keep) -> None:
    receipt = store.accept(draft(mood("A1", 1), mood("A1", 5)), keep=keep)
    assert numbers(receipt) == (0, 2, 0)
    assert len(receipt.conflicts) == 1


def test_a_conflict_shows_where_both_forms_stand_and_only_what_differs(store: Store, draft) -> None:
    one = {"answers": {"state_mood": 1, "state_money": 3}, "texts": {"best": "Retki"}}
    other = {"answers": {"state_mood": 5, "state_money": 3, "state_trust": 4}, "texts": {"best": "Keittiö"}}
    (conflict,) = store.preview(draft({"participant": "A1", **one}, {"participant": "A1", **other})).conflicts
    assert (conflict.participant, conflict.questionnaire) == ("A1", "client_start")
    assert conflict.forms == (FormPlace("Taul1", 2), FormPlace("Taul1", 3))
    assert conflict.differing == {"state_mood": (1, 5), "state_trust": (None, 4), "best": ("Retki", "Keittiö")}


def test_forms_that_differ_by_their_day_alone_show_their_days(store: Store, draft) -> None:
    early, late = datetime.date(2018, 1, 4), datetime.date(2018, 5, 3)
    store.accept(draft(mood("A1", 1, answered_on=early), file="eka.xlsx"))
    (conflict,) = store.preview(draft(mood("A1", 1, answered_on=late), mood("A1", 1), file="toka.xlsx")).conflicts
    assert conflict.differing == {}
    assert [form.answered_on for form in conflict.forms] == [early, late], "a form without a day contradicts nothing"


def test_three_forms_of_one_person_are_one_conflict(store: Store, draft) -> None:
    (conflict,) = store.preview(draft(mood("A1", 1), mood("A1", 5), mood("A1", 5, texts={"best": "x"}))).conflicts
    assert conflict.differing == {"state_mood": (1, 5, 5), "best": (None, None, "x")}


def test_a_stored_form_is_named_by_its_import_file_and_day(store: Store, draft) -> None:
    store.accept(draft(mood("A1", 1, marks={3: 1}), file="eka.xlsx"))
    receipt = store.accept(draft(mood("A1", 5, marks={3: 2}), file="toka.xlsx"))
    assert numbers(receipt) == (0, 1, 0)
    assert codes(receipt) == [("second_form_stored", "A2")]
    today = store.imports()[0].accepted_at.date()
    (conflict,) = receipt.conflicts
    assert conflict.forms == (FormPlace(import_id=1, file="eka.xlsx", imported_on=today), FormPlace("Taul1", 2))
    assert conflict.differing == {"state_mood": (1, 5), "session_3": (1, 2)}
    told = receipt.problems[0].message(Translator("fi"))
    assert "eka.xlsx" in told
    assert Translator("fi").date(today) in told
    assert moods(store) == [1]


def test_the_same_row_again_is_no_second_form(store: Store, draft) -> None:
    store.accept(draft(mood("A1", 1)))
    receipt = store.accept(draft(mood("A1", 1), mood("A1", 1), mood("B1", 2), file="toka.xlsx"))
    assert numbers(receipt) == (1, 0, 2)
    assert codes(receipt) == [("row_already_imported", "A2"), ("row_already_imported", "A3")]


def test_a_text_with_other_spaces_and_line_ends_is_the_same_text(store: Store, draft) -> None:
    store.accept(draft(mood("A1", 1, texts={"best": "Hyvä\nporukka"}), file="eka.xlsx"))
    receipt = store.accept(draft(mood("A1", 1, texts={"best": " Hyvä  porukka"}), file="toka.xlsx"))
    assert (numbers(receipt), receipt.conflicts) == ((0, 0, 1), ())


def test_a_chosen_form_replaces_a_stored_one_until_its_import_is_undone(store: Store, draft) -> None:
    store.accept(draft(mood("A1", 1), mood("B1", 2), file="eka.xlsx"))
    before = store.answer_counts(ALL)
    receipt = store.accept(draft(mood("A1", 5), file="toka.xlsx"), keep=[("Taul1", 2)])
    assert numbers(receipt) == (1, 0, 0)
    assert codes(receipt) == [("form_replaced", "A2")]
    assert moods(store) == [2, 5]
    assert store.undo(2) == 1
    by = list(before.columns)
    found = store.answer_counts(ALL)
    pd.testing.assert_frame_equal(
        found.sort_values(by, ignore_index=True), before.sort_values(by, ignore_index=True)
    )  # fmt: skip
    again = store.accept(draft(mood("A1", 4), file="kolmas.xlsx"))
    assert codes(again) == [("second_form_stored", "A2")]


def test_a_replaced_form_dropped_in_again_says_what_took_its_place(store: Store, draft) -> None:
    store.accept(draft(mood("A1", 1), file="eka.xlsx"))
    store.accept(draft(mood("A1", 5), file="toka.xlsx"), keep=[("Taul1", 2)])
    receipt = store.accept(draft(mood("A1", 1), file="kolmas.xlsx"))
    assert numbers(receipt) == (0, 0, 1)
    assert codes(receipt) == [("row_superseded", "A2")]
    assert "2" in receipt.problems[0].message(Translator("fi"))


def test_the_older_import_can_be_undone_as_well(store: Store, draft) -> None:
    store.accept(draft(mood("A1", 1), mood("B1", 2), file="eka.xlsx"))
    store.accept(draft(mood("A1", 5), file="toka.xlsx"), keep=[("Taul1", 2)])
    assert store.undo(1) == 2
    assert moods(store) == [5]
    assert store.undo(2) == 1
    assert store.contents().empty
    assert numbers(store.accept(draft(mood("A1", 1), mood("B1", 2), file="eka.xlsx"))) == (2, 0, 0)


def test_a_response_without_a_code_that_was_corrected_twice_is_not_counted_beside_its_last_correction(
    store: Store, draft
) -> None:
    for value, file in ((1, "eka.xlsx"), (3, "toka.xlsx"), (5, "kolmas.xlsx")):
        store.accept(draft({"answers": {"state_mood": value}, "tool": "kobo 1"}, file=file))
    assert moods(store) == [5]
    store.undo(2)
    assert moods(store) == [5]
    store.undo(3)
    assert moods(store) == [1]


@pytest.mark.parametrize(
    ("undone", "left"),
    [
        ([3], [[4]]),
        ([2], [[5]]),
        ([1], [[5]]),
        ([3, 2], [[4], [1]]),
        ([2, 3], [[5], [1]]),
        ([2, 1], [[5], [5]]),
        ([1, 3], [[5], [4]]),
        ([3, 2, 1], [[4], [1], []]),
        ([1, 2, 3], [[5], [5], []]),
        ([2, 3, 1], [[5], [1], []]),
    ],
)
def test_a_form_replaced_twice_comes_back_in_whatever_order_imports_are_undone(
    store: Store, draft, undone: list[int], left: list[list[int]]
) -> None:
    for value, file in ((1, "eka.xlsx"), (4, "toka.xlsx"), (5, "kolmas.xlsx")):
        store.accept(draft(mood("A1", value), file=file), keep=[("Taul1", 2)])
    assert moods(store) == [5]
    found = []
    for import_id in undone:
        store.undo(import_id)
        found.append(moods(store))
    assert found == left


def test_undoing_a_choice_puts_back_only_the_forms_it_replaced(store: Store, draft) -> None:
    store.accept(draft(mood("A1", 1), mood("B1", 2), file="eka.xlsx"))
    store.accept(draft(mood("A1", 4), file="toka.xlsx"), keep=[("Taul1", 2)])
    store.accept(draft(mood("B1", 3), file="kolmas.xlsx"), keep=[("Taul1", 2)])
    store.undo(2)
    assert moods(store) == [1, 3]


CUBES: dict[str, Callable[[Store], pd.DataFrame]] = {
    "answers": lambda store: store.answer_counts(ALL),
    "pairs": lambda store: store.pair_counts(ALL),
    "people": lambda store: store.people_counts(ALL),
    "overlaps": lambda store: store.overlap_counts(ALL),
    "enrolment": lambda store: store.enrolment_counts(ALL, ["attendance_register"]),
    "sessions": lambda store: store.session_counts(ALL),
    "visits": lambda store: store.visit_counts(ALL),
    "dates": lambda store: store.cohort_dates(ALL),
    "contents": lambda store: store.contents(),
}


@pytest.mark.parametrize("cube", CUBES)
def test_a_replaced_form_counts_nowhere(new_database, draft, cube: str) -> None:
    """What was replaced leaves the same cube as if it had never been."""
    from evaluation.store import open_store

    early, late = datetime.date(2018, 1, 4), datetime.date(2018, 5, 3)
    register = {"questionnaire": "attendance_register", "timing": "session"}

    def forms(value: int, day: datetime.date) -> list[dict[str, object]]:
        return [
            mood("A1", value, answered_on=day),
            mood("A1", value, timing="end", answered_on=day),
            mood("A1", 3, cohort="Syksy 2018", texts={"best": str(value)}),
            {**register, "participant": "A1", "answers": {"completed": value % 2}, "marks": {value: 1, 7: 1}},
            {"participant": "A1", "timing": "once", "answers": {"visits": value, "occasion": 1}, "answered_on": day},
        ]

    replaced, plain = open_store(new_database()), open_store(new_database())
    rest = [mood("A2", 2), mood("A2", 4, timing="end")]
    replaced.accept(draft(*forms(2, early), *rest, file="eka.xlsx"))
    chosen = draft(*forms(5, late), file="toka.xlsx")
    receipt = replaced.accept(chosen, keep=[("Taul1", row) for row in range(2, 7)])
    assert receipt.accepted == 5
    plain.accept(draft(*rest, file="eka.xlsx"))
    plain.accept(chosen)
    expected = CUBES[cube](plain)
    assert not expected.empty
    by = list(expected.columns)
    found = CUBES[cube](replaced)
    pd.testing.assert_frame_equal(
        found.sort_values(by, ignore_index=True), expected.sort_values(by, ignore_index=True), check_dtype=False
    )
