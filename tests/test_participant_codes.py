"""Participant codes from file to pair: written otherwise, in a run by another name, two people under one."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.importing import understand
from evaluation.intake import FileSettings, open_file
from evaluation.records import Draft, Receipt
from evaluation.store import Selection, Store

CASES = Path(__file__).parent / "cases" / "import"
MOOD = "Miten voit mielialasi puolesta tällä hetkellä?"
USEFUL = "Toiminta oli minulle hyödyllistä."
T = Translator("en")
Rows = Sequence[Sequence[object]]


def take(
    store: Store, library: Library, content: bytes, form: str, decisions: dict[str, str] | None = None, **given: object
) -> tuple[Draft, Receipt]:
    """Save a file as the command line does; return what was read and what became of it."""
    said = {"practice": "sisu", "cohort": "Kevät 2024", "questionnaire": f"client_{form}", **given}
    draft, _ = understand(
        open_file(content, f"{form}.xlsx"),
        store,
        library,
        FileSettings(**said, decisions=decisions or {}),  # type: ignore[arg-type]
    )
    return draft, store.accept(draft)


def case(store: Store, library: Library, name: str, form: str | None = None, **given: object) -> Receipt:
    """Save a file of the cases."""
    said = {"questionnaire": form and f"client_{form}", **given}
    decisions = said.pop("decisions", {})
    draft, _ = understand(
        open_file((CASES / name).read_bytes(), name),
        store,
        library,
        FileSettings(**said, decisions=decisions),  # type: ignore[arg-type]
    )
    return store.accept(draft)


def matched(store: Store) -> int:
    """Return how many people have answered the same question at start and end."""
    pairs = store.pair_counts(Selection())
    return int(pairs[pairs["item"] == "state_mood"]["n"].sum())


def sheet(table, codes: Sequence[object], mood: int, **more: object) -> bytes:
    """Return a workbook with a row a code."""
    rows = [(code, mood, 4) for code in codes]
    return (
        table(("Tunniste", MOOD, USEFUL), *rows, sheet="Taul1")
        if mood > 2
        else table(("Tunniste", MOOD), *(row[:2] for row in rows), sheet="Taul1")
    )


WRITTEN: list[tuple[list[object], list[object]]] = [
    (["007", "008", "1E5"], [7, 8, 100000]),
    (["K1", "K2", "K3"], ["k1", "k2", "k3"]),
    (["aa1", "bb2", "cc3"], ["AA1", "bb2", " Cc3 "]),
    (["AN07", "MA3", "LE30"], ["AN7", "MA03", "LE30"]),
    (["AN0704", "MA1112", "PI0101"], ["an 0704", "MA 11.12.", "PI-0101"]),
    (["K-12", "K-13", "K-14"], ["K 12", "K13", "k–14"]),
    ([1, 2, 3], ["01", "002", "3"]),
]


@pytest.mark.parametrize(
    ("start", "end", "end_first"),
    # Which file comes first is the same question however the codes are written: one way of them is enough, and the
    # others are part of the whole run.
    [
        *((*codes, number == 0) for number, codes in enumerate(WRITTEN)),
        *(pytest.param(*codes, number > 0, marks=pytest.mark.thorough) for number, codes in enumerate(WRITTEN)),
    ],
)
def test_one_code_written_otherwise_is_one_persons_whichever_file_comes_first(
    store: Store, library: Library, table, start: list[object], end: list[object], end_first: bool
) -> None:
    files = [("start", sheet(table, start, 2)), ("end", sheet(table, end, 4))]
    receipts = [take(store, library, content, form)[1] for form, content in (reversed(files) if end_first else files)]
    assert matched(store) == 3
    assert (receipts[1].pairs[0].matched, receipts[1].pairs[0].forms) == (3, 3)
    assert [problem.code for problem in receipts[1].problems] == ["codes_alike"]
    again = [take(store, library, content, form)[1] for form, content in files]
    assert [receipt.accepted for receipt in again] == [0, 0], "known again, whatever they are called now"


def test_the_worker_may_say_that_they_are_other_people(store: Store, library: Library, table) -> None:
    take(store, library, sheet(table, ["K1", "K2"], 2), "start")
    draft, receipt = take(store, library, sheet(table, ["k1", "K2"], 4), "end", {"codes_alike": "different"})
    assert draft.responses["participant"].tolist() == ["k1", "K2"]
    assert receipt.pairs[0].matched == 1


def test_two_ways_of_writing_in_one_file_may_be_two_people(store: Store, library: Library, table) -> None:
    take(store, library, sheet(table, ["A7", "A07", "B1"], 2), "start")
    draft, receipt = take(store, library, sheet(table, ["A7", "A07", "B1"], 4), "end")
    assert draft.responses["participant"].tolist() == ["A7", "A07", "B1"]
    assert (receipt.pairs[0].matched, matched(store)) == (3, 3)
    draft, _ = take(store, library, sheet(table, ["a7"], 5), "follow_up")
    assert draft.responses["participant"].tolist() == ["a7"], "whose it is nobody can tell"


@pytest.mark.parametrize(
    ("start", "end", "given", "pairs"),
    [
        ("10_1_start_007.xlsx", "10_2_end_7.xlsx", {"practice": "sisu", "cohort": "Kevät 2024"}, 6),
        ("ignore_case_start.csv", "ignore_case_end.csv", {"practice": "gruppis"}, 6),
    ],
)
def test_codes_of_the_cases_meet(store: Store, library: Library, start, end, given, pairs: int) -> None:
    case(store, library, start, "start", **given)
    receipt = case(store, library, end, "end", **given)
    assert (receipt.pairs[0].matched, receipt.pairs[0].forms, receipt.accepted) == (pairs, pairs, pairs)


def test_two_people_of_one_code_are_asked_about_and_told_apart(store: Store, library: Library) -> None:
    first = case(store, library, "code_rule_start.xlsx")
    (asked,) = first.questions
    assert (asked.kind, first.accepted, first.rejected) == ("one_code", 6, 2)
    assert [choice.id for choice in asked.choices] == ["one_person", "in_order", "swapped", "unpaired"]
    started = case(store, library, "code_rule_start.xlsx", decisions={asked.key: "in_order"})
    assert started.accepted == 2
    end = case(store, library, "code_rule_end.xlsx")
    (twice,) = [question for question in end.questions if question.kind == "one_code"]
    assert twice.waiting
    assert end.rejected == 2, "equal answers of two people are not one form that came twice"
    last = case(store, library, "code_rule_end.xlsx", decisions={twice.key: "in_order"})
    assert (last.accepted, last.pairs[0].matched, last.pairs[0].forms, matched(store)) == (2, 8, 8, 8)


@pytest.mark.parametrize(("choice", "pairs"), [("in_order", 3), ("swapped", 3), ("unpaired", 1), ("one_person", 2)])
def test_how_two_people_of_one_code_are_told_apart_decides_the_pairs(
    store: Store, library: Library, table, choice: str, pairs: int
) -> None:
    start = table(("Tunniste", MOOD), ("AN17", 1), ("AN17", 3), ("B2", 2), sheet="Taul1")
    draft, receipt = take(store, library, start, "start")
    take(store, library, start, "start", {receipt.questions[0].key: "in_order"})
    end = table(("Tunniste", MOOD), ("AN17", 5), ("AN17", 5), ("B2", 4), sheet="Taul1")
    draft, receipt = take(store, library, end, "end")
    draft, receipt = take(store, library, end, "end", {receipt.questions[0].key: choice})
    assert matched(store) == pairs
    if choice == "swapped":
        assert draft.responses["participant"].tolist() == ["AN17-2", "AN17", "B2"]


def test_a_run_by_another_name_is_asked_about_and_saved_to_the_stored_one(store: Store, library: Library) -> None:
    case(store, library, "11_1_start.xlsx", "start", practice="sisu")
    asked = case(store, library, "11_2_end_K24.xlsx", "end", practice="sisu")
    (question,) = asked.questions
    assert (question.kind, question.suggested, asked.accepted, asked.rejected) == ("other_run", "same", 0, 8)
    assert question.message(T).startswith("The file's cohort K24 has 8 codes. 8 of them have a start form in")
    saved = case(store, library, "11_2_end_K24.xlsx", "end", practice="sisu", decisions={question.key: "same"})
    assert (saved.accepted, matched(store), saved.pairs[0].matched) == (8, 8, 8)
    again = case(store, library, "11_2_end_K24.xlsx", "end", practice="sisu", decisions={question.key: "same"})
    assert again.accepted == 0


def test_a_run_of_its_own_is_saved_as_such_and_the_receipt_tells_where_its_codes_stand(
    store: Store, library: Library
) -> None:
    case(store, library, "11_1_start.xlsx", "start", practice="sisu")
    key = case(store, library, "11_2_end_K24.xlsx", "end", practice="sisu").questions[0].key
    saved = case(store, library, "11_2_end_K24.xlsx", "end", practice="sisu", decisions={key: "different"})
    (pair,) = saved.pairs
    assert (pair.matched, pair.forms, pair.elsewhere) == (0, 8, (("Kevät 2024", 8),))
    assert pair.message(T) == (
        "K24: 0 of 8 end forms found their start form. Codes of the others stand in other cohorts: Kevät 2024 (8)."
    )


@pytest.mark.parametrize(
    ("codes", "asked"),
    [
        (["K1", "K2", "K3", "K4"], True),
        (["K1", "K2", "K3", "X9"], True),
        (["K1", "K2", "X8", "X9"], False),
        (["K1", "K2"], False),
    ],
)
def test_a_run_is_asked_about_where_most_of_its_codes_began_in_one_other(
    store: Store, library: Library, table, codes: list[str], asked: bool
) -> None:
    take(store, library, sheet(table, ["K1", "K2", "K3", "K4", "K5"], 2), "start", cohort="Ryhmä 1")
    draft, _ = take(store, library, sheet(table, codes, 4), "end", cohort="Toukokuu")
    assert bool(draft.questions) is asked


def test_a_run_whose_people_have_their_end_forms_is_not_offered_for_the_next(
    store: Store, library: Library, table
) -> None:
    codes = ["K1", "K2", "K3", "K4"]
    take(store, library, sheet(table, codes, 2), "start", cohort="Syksy 2023")
    take(store, library, sheet(table, codes, 4), "end", cohort="Syksy 2023")
    draft, _ = take(store, library, sheet(table, codes, 5), "end", cohort="Kevät 2024")
    assert draft.questions == ()


def test_a_receipt_tells_the_pairs_of_both_files(store: Store, library: Library, table) -> None:
    _, first = take(store, library, sheet(table, ["K1", "K2", "K3"], 2), "start")
    assert first.pairs == ()
    _, second = take(store, library, sheet(table, ["K1", "K2", "X7"], 4), "end")
    assert [pair.message(T) for pair in second.pairs] == ["Kevät 2024: 2 of 3 end forms found their start form."]
    _, late = take(store, library, sheet(table, ["X7"], 2), "start")
    assert [pair.message(T) for pair in late.pairs] == ["Kevät 2024: 1 of 1 start forms found their end form."]
    assert second.to_dict(T)["pairs"][0]["matched"] == 2
