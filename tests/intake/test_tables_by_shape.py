"""Answers to questions that nobody has defined are a table all the same: every row and column of it is shown."""

import csv
import io

import pytest

from evaluation.definitions import Library
from evaluation.intake import read_draft
from tests.conftest import Table


def _people(cells: list[list[object]], times: int = 4) -> list[list[object]]:
    return [row for _ in range(times) for row in cells]


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["Ikäryhmä", "Kampus", "Kokemus"], [["30-40 v", "Tre", "Jonkin verran"], ["yli 50 v", "Hki", "Ei"]]),
        (["Miten tulit?", "Palaisitko?", "Terveiset"], [["bussilla", "ehkä", ""], ["kävellen", "varmasti", "moi"]]),
        (["Age", "Tools", "Trust"], [["-20", "Some", "Low"], ["20-29", "None", "High"], ["30-", "Some", "High"]]),
        (["Ruoka", "Hinta", "Palvelu"], [["hymy", "hymy", "suru"], ["suru", "hymy", "hymy"]]),
        (["Vastaus A", "Vastaus B"], [["joo", "ehk"], ["eee", "joo"], ["ehk", "ehk"]]),
    ],
)
def test_a_table_of_own_questions_is_read_whole(
    headings: list[object], cells: list[list[object]], library: Library, table: Table
) -> None:
    rows = _people(cells)
    draft = read_draft(table(headings, *rows), "oma.xlsx", library)
    assert (draft.rows, draft.rejected, len(draft.columns)) == (len(rows), len(rows), len(headings))
    assert [match.heading for match in draft.columns] == headings


@pytest.mark.parametrize(
    "rows",
    [
        [["Nimi", "Puhelin"], *[[f"Ihminen {n}", f"040 {n}"] for n in range(8)]],
        [["Erä", "Summa", "Selite"], *[["vuokra", 850.5 + n, f"kuitti {n}"] for n in range(8)]],
        [["Muistio"], ["Sovittiin kokouksesta."], ["Seuraava kerta on kesäkuussa."]],
    ],
)
def test_a_list_a_budget_and_notes_are_no_answers(rows: list[list[object]], library: Library, table: Table) -> None:
    draft = read_draft(table(*rows), "muu.xlsx", library)
    assert (draft.rows, {problem.code for problem in draft.problems if problem.severity == "error"}) == (
        0,
        {"nothing_recognised"},
    )


@pytest.mark.parametrize(
    ("first", "word"),
    [("RespondentID", "Response"), ("Nro", "Response"), ("Vastaajan tunnus", "Vastaus"), ("ID", "Open-Ended Response")],
)
def test_a_second_row_of_a_survey_tool_is_nobodys_answers(first: str, word: str, library: Library) -> None:
    target = io.StringIO()
    lines = [[first, "Do you eat steak?", "Gender", "Age"], ["", word, word, word]]
    csv.writer(target).writerows([*lines, *[[f"32375659{n}", "Yes", "Male", "30-44"] for n in range(10, 16)]])
    draft = read_draft(target.getvalue().encode(), "export.csv", library)
    assert (draft.rows, draft.layout) == (6, "surveymonkey")
