"""Answers that formulas and number formats show: never a figure that nobody has given."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter

from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.intake import FileSettings, commented, read_draft
from evaluation.records import Draft

CASES = Path(__file__).parents[1] / "cases" / "import"
GIVEN = FileSettings(practice="sisu", cohort="Kevät 2024", questionnaire="client_end")
ASKED = ("Mukaan oli helppo päästä.", "Paikka ja aika sopivat minulle.")


def _case(name: str, library: Library) -> Draft:
    return read_draft((CASES / name).read_bytes(), name, library, GIVEN)


def _answers(draft: Draft) -> list[dict[str, int]]:
    return [
        {str(item): int(value) for item, value in zip(rows["item"], rows["value"], strict=True)}
        for _, rows in draft.answers.groupby("response_no")
    ]


def test_a_formula_that_was_never_calculated_is_named_and_never_a_zero(library: Library) -> None:
    draft = _case("07a_formula_dummy_zero.xlsx", library)
    assert [(problem.code, problem.cell) for problem in draft.problems if problem.severity == "error"] == [
        ("formula_cell", f"D{row}") for row in range(2, 8)
    ]
    assert (draft.rows, draft.rejected) == (6, 6)


def test_a_formula_that_points_at_an_empty_cell_is_no_answer(library: Library) -> None:
    draft = _case("07b_formula_points_at_empty.xlsx", library)
    assert (draft.rows, draft.rejected) == (6, 0)
    answers = {"sat_access": 4, "sat_arrangements": 5, "recommend": 9}
    without = {item: code for item, code in answers.items() if item != "recommend"}
    assert _answers(draft) == [answers, answers, without, answers, answers, answers]


def test_an_empty_text_of_a_formula_does_not_cost_the_row(library: Library) -> None:
    draft = _case("17_empty_formula.xlsx", library)
    assert (draft.rows, draft.rejected) == (6, 0)
    both = {"sat_access": 5, "sat_arrangements": 4}
    assert _answers(draft) == [{"sat_arrangements": 4}] * 3 + [both] * 3


def test_a_per_cent_is_never_a_code_of_the_scale(library: Library) -> None:
    draft = _case("08_percent_cells.xlsx", library)
    assert (draft.rows, draft.rejected) == (6, 6)
    assert {question.kind for question in draft.questions} == {"scale_differs"}
    assert all(question.waiting for question in draft.questions)


def _table(rows: Sequence[Sequence[object]], formats: Sequence[str | None]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Vastaukset")
        styles = [book.add_format({"num_format": entry}) if entry else None for entry in formats]
        sheet.write_row(0, 0, ("Tunniste", *ASKED))
        for number, row in enumerate(rows, start=1):
            sheet.write(number, 0, f"A{number}")
            for column, (cell, style) in enumerate(zip(row, styles, strict=True), start=1):
                sheet.write(number, column, cell, style)
    return target.getvalue()


@pytest.mark.parametrize("number_format", ["0%", "0.0 %", "0.00%", "[>0.5][Green]0%;0%", '#,##0 %;"–"'])
def test_a_column_of_per_cents_waits_however_it_is_formatted(number_format: str, library: Library) -> None:
    content = _table([(1, 4), (0.5, 4), (0, 4)], [number_format, None])
    draft = read_draft(content, "taulu.xlsx", library, GIVEN)
    assert (draft.rejected, [question.kind for question in draft.questions]) == (3, ["scale_differs"])


def test_a_workbook_with_our_comments_keeps_what_its_formulas_gave(library: Library) -> None:
    name = "07b_formula_points_at_empty.xlsx"
    content = (CASES / name).read_bytes()
    draft = _case(name, library)
    again = read_draft(commented(content, name, draft.problems, Translator("fi")), name, library, GIVEN)
    assert _answers(again) == _answers(draft)


def _fetched(below: Sequence[Sequence[object]] = ()) -> bytes:
    """Return a workbook whose answers all stand on another sheet, with rows of formulas below them."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet, papers = book.add_worksheet("Vastaukset"), book.add_worksheet("Paperit")
        sheet.write_row(0, 0, ("Tunniste", *ASKED))
        for row in range(1, 4):
            sheet.write(row, 0, f"A{row}")
            for column, letter in ((1, "B"), (2, "C")):
                papers.write(row, column, row + 1)
                sheet.write_formula(row, column, f"=Paperit!{letter}{row + 1}", None, row + 1)
        for row, (code, *formulas) in enumerate(below, start=4):
            sheet.write(row, 0, code)
            for column, formula in enumerate(formulas, start=1):
                sheet.write_formula(row, column, str(formula), None, 3)
    return target.getvalue()


def test_answers_that_formulas_bring_from_another_sheet_are_answers(library: Library) -> None:
    draft = read_draft(_fetched(), "taulu.xlsx", library, GIVEN)
    assert (draft.rejected, _answers(draft)) == (0, [{"sat_access": n, "sat_arrangements": n} for n in (2, 3, 4)])


@pytest.mark.parametrize("code", [None, "Keskiarvo"])
def test_a_row_of_means_below_such_answers_is_none(code: str | None, library: Library) -> None:
    draft = read_draft(_fetched([(code, "=ROUND(AVERAGE(B2:B4),0)", "=C4-1")]), "taulu.xlsx", library, GIVEN)
    assert (draft.rows, len(draft.responses)) == (4, 3)
