"""Who, where and when each row is from is read row by row, and what cannot hold is said once, in its cell."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from openpyxl import Workbook

from evaluation.definitions import Library
from evaluation.intake import FileSettings, read_draft
from evaluation.records import Draft
from tests.conftest import Table, saved

MOOD = "Miten voit mielialasi puolesta tällä hetkellä?"
START = FileSettings(practice="sisu", questionnaire="client_start")


def told(draft: Draft) -> list[tuple[str, str, str | None]]:
    return [(problem.severity, problem.code, problem.cell) for problem in draft.problems]


def test_a_day_in_the_future_is_taken_and_said(library: Library, table: Table) -> None:
    ahead = date.today() + timedelta(days=40)  # noqa: DTZ011
    rows = (("A1", f"{ahead.day}.{ahead.month}.{ahead.year}", 3), ("A2", "3.4.2018", 3), ("A3", date(2018, 4, 3), 3))
    draft = read_draft(table(("Tunniste", "Päivä", MOOD), *rows), "a.xlsx", library, START)
    assert draft.responses["answered_on"].tolist() == [ahead, date(2018, 4, 3), date(2018, 4, 3)]
    assert told(draft) == [("warning", "date_ahead", "B2")]


@pytest.mark.parametrize("heading", ["Mittaus", "Mittauskerta", "Alku tai loppu", "Mätning"])
@pytest.mark.parametrize(
    ("start", "end"),
    [("alku", "loppu"), ("Alkukartoitus", "Loppukartoitus"), ("Alkuarviointi", "Loppuarvioinnissa"), ("Före", "Efter")],
)
def test_the_time_of_a_row_is_known_by_many_words(
    library: Library, table: Table, heading: str, start: str, end: str
) -> None:
    rows = (("A1", start, 3), ("A1", end, 4))
    draft = read_draft(table(("Tunniste", heading, MOOD), *rows), "a.xlsx", library, FileSettings(practice="sisu"))
    assert draft.responses["timing"].tolist() == ["start", "end"]
    assert told(draft) == []


def test_a_code_merged_over_the_rows_of_a_person_holds_for_all_of_them(library: Library) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("Tunniste", "Mittaus", MOOD),
        ("A1", "alku", 2),
        (None, "loppu", 4),
        ("A2", "alku", 3),
        (None, None, 5),
    ):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("B4:B5")
    draft = read_draft(saved(book), "a.xlsx", library, FileSettings(practice="sisu"))
    assert draft.responses[["participant", "timing"]].values.tolist() == [
        ["A1", "start"],
        ["A2", "start"],
        ["A1", "end"],
    ]
    assert told(draft) == [("error", "participant_missing", "A5")]


def test_a_sign_for_no_code_joins_nobody(library: Library, table: Table) -> None:
    rows = [("-", 3), ("-", 4), ("A1", 2)]
    content = table(("Tunniste", MOOD), *rows)
    draft = read_draft(content, "a.xlsx", library, START)
    assert told(draft) == [("error", "participant_missing", "A2"), ("error", "participant_missing", "A3")]
    draft = read_draft(content, "a.xlsx", library, FileSettings(practice="sisu", questionnaire="client_end"))
    assert draft.responses["participant"].dropna().tolist() == ["A1"]
    assert draft.responses["person_key"].isna().tolist() == [True, True, False]


def test_a_run_written_in_other_capitals_is_the_same_run(library: Library, table: Table) -> None:
    rows = (("A1", "Kevät 2018", 3), ("A2", "kevät  2018", 4), ("A3", "syksy 2018", 4))
    content = table(("Tunniste", "Toteutus", MOOD), *rows)
    draft = read_draft(content, "a.xlsx", library, START)
    assert draft.responses["cohort"].tolist() == ["Kevät 2018", "Kevät 2018", "syksy 2018"]
    assert [(problem.code, problem.value) for problem in draft.problems] == [("cohort_called", "kevät 2018")]
    draft = read_draft(content, "a.xlsx", library, replace(START, cohorts=("KEVÄT 2018",)))
    assert draft.responses["cohort"].tolist() == ["KEVÄT 2018", "KEVÄT 2018", "syksy 2018"]
