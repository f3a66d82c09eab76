"""Days as whole files hold them: numbers of Excel, swapped days, stamps of accounts in other languages and zones."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path

import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings, read_draft
from evaluation.records import Draft
from evaluation.store import Store

Table = Callable[..., bytes]
CASES = Path(__file__).parents[1] / "cases" / "import"
GIVEN = FileSettings(practice="sisu", cohort="Kevät 2024", questionnaire="client_end")
ASKED = ("Mukaan oli helppo päästä.", "Paikka ja aika sopivat minulle.")
MAY = date(2024, 5, 3)


def _case(name: str, library: Library, given: FileSettings = GIVEN) -> Draft:
    return read_draft((CASES / name).read_bytes(), name, library, given)


def _csv(heading: str, *days: str) -> bytes:
    lines = [";".join((heading, *ASKED)), *(";".join((day, "4", "5")) for day in days)]
    return "\n".join(lines).encode()


def _codes(draft: Draft) -> list[str]:
    return [problem.code for problem in draft.problems if problem.severity != "notice"]


def test_day_numbers_of_excel_are_days_and_said_once(library: Library) -> None:
    draft = _case("18a_excel_day_numbers.xlsx", library)
    assert list(draft.responses["answered_on"]) == [date(2024, 5, day) for day in range(3, 9)]
    (problem,) = [problem for problem in draft.problems if problem.code == "day_numbers"]
    assert (problem.severity, problem.cell, problem.value) == ("warning", "B2", "45415")
    assert dict(problem.values) == {"day": MAY, "n": 6}


@pytest.mark.parametrize("cells", [(45415.4, 45416), ("45415", "45416,75"), (45415, "4.5.2024")])
def test_day_numbers_may_be_moments_texts_or_stand_beside_days(
    cells: tuple[object, ...], library: Library, table: Table
) -> None:
    content = table(("Tunniste", "Päivä", *ASKED), *((f"A{row}", day, 4, 5) for row, day in enumerate(cells)))
    draft = read_draft(content, "paperit.xlsx", library, GIVEN)
    assert list(draft.responses["answered_on"]) == [MAY, date(2024, 5, 4)]
    assert _codes(draft) == ["day_numbers"]


@pytest.mark.parametrize("cell", [3, 2024, 120, 999999, -45415, True])
def test_other_numbers_are_no_days(cell: object, library: Library, table: Table) -> None:
    content = table(("Tunniste", "Päivä", *ASKED), ("A1", cell, 4, 5))
    draft = read_draft(content, "paperit.xlsx", library, GIVEN)
    assert (draft.rejected, _codes(draft)) == (1, ["not_a_date"])


def test_half_swapped_days_are_asked_and_settled_by_the_workers_word(library: Library) -> None:
    draft = _case("18b_half_swapped.xlsx", library)
    assert [(problem.code, problem.cell) for problem in draft.problems if problem.severity == "error"] == [
        ("date_undecided", "B2"), ("date_undecided", "B3"),
    ]  # fmt: skip
    settings = FileSettings(practice="sisu", cohort="Kevät 2024", questionnaire="client_end", date_order="dm")
    settled = _case("18b_half_swapped.xlsx", library, settings)
    assert list(settled.responses["answered_on"]) == [MAY, date(2024, 5, 4), date(2024, 5, 13), date(2024, 5, 14)]


def test_stamps_of_finnish_google_accounts_are_days(library: Library) -> None:
    draft = _case("18c_google_stamps.csv", library)
    assert (draft.layout, draft.rejected) == ("google_forms", 0)
    assert list(draft.responses["answered_on"]) == [MAY] * 3


@pytest.mark.parametrize(
    ("heading", "stamp", "day"),
    [
        ("Tidstämpel", "2024-05-03 9:45:59 fm EEST", MAY),
        ("Timestamp", "2024/05/03 11:45:59 PM GMT+3", MAY),
        ("Timestamp", "2024/05/03 11:45:59 PM UTC", date(2024, 5, 4)),
        ("Submit Date (UTC)", "2024-05-03 22:30:00", date(2024, 5, 4)),
        ("_submission_time", "2024-05-03T22:30:00", date(2024, 5, 4)),
        ("_submission_time", "2024-05-03T20:30:00", MAY),
        ("Päivä", "2024-05-03T22:30:00Z", date(2024, 5, 4)),
        ("Päivä", "2024-05-03 22:30:00", MAY),
        ("Päivä", "3. toukokuuta 2024 klo 22.30", MAY),
    ],
)
def test_a_day_is_finnish_time(heading: str, stamp: str, day: date, library: Library) -> None:
    columns = {heading.casefold(): "answered_on"}
    settings = FileSettings(practice="sisu", cohort="Kevät 2024", questionnaire="client_end", columns=columns)
    draft = read_draft(_csv(heading, stamp), "vastaukset.csv", library, settings)
    assert list(draft.responses["answered_on"]) == [day]


def test_a_moment_in_a_cell_under_a_heading_of_utc_is_finnish_time(library: Library, table: Table) -> None:
    content = table(("Submit Date (UTC)", *ASKED), (datetime.combine(MAY, time(22, 30)), 4, 5), (MAY, 4, 5))
    columns = {"submit date (utc)": "answered_on"}
    settings = FileSettings(practice="sisu", cohort="Kevät 2024", questionnaire="client_end", columns=columns)
    draft = read_draft(content, "vastaukset.xlsx", library, settings)
    assert list(draft.responses["answered_on"]) == [date(2024, 5, 4), MAY]


def test_responses_saved_as_text_are_those_of_the_workbook(library: Library, store: Store) -> None:
    settings = FileSettings(practice="passeli", municipality="Huittinen", cohort="Kevät 2026")
    for name, accepted, known in (("forms_export.xlsx", 6, 0), ("forms_export_saved_as_csv.csv", 0, 6)):
        receipt = store.accept(_case(name, library, settings))
        assert (receipt.accepted, receipt.duplicates) == (accepted, known)
