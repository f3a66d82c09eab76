"""A word that a survey tool uses too makes no export: its column must hold what the tool writes there."""

import datetime

import pytest

from evaluation.definitions import Library
from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.known import Known
from evaluation.intake.layouts import recognise
from evaluation.intake.layouts.counted_table import recognise as counted_table
from evaluation.intake.table import LEFT_OUT, RESPONDENT, Table
from evaluation.spreadsheets import Content, Sheet

HELPED, EASY = "Sain tästä käynnistä apua.", "Tänne oli helppo tulla."
ANSWERS = ((4, 5), (2, 3), (5, 4), (3, 3), (4, 4), (1, 2))


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


def found(known: Known, heads: tuple[str, ...], *columns: tuple[Content | None, ...]) -> Table:
    """Return the table of people who have ``columns`` before their answers."""
    rows = [(*ours, *answers) for ours, answers in zip(zip(*columns, strict=True), ANSWERS, strict=False)]
    reading = recognise(Sheet.of("Taul1", [(*heads, HELPED, EASY), *rows]), known)
    assert reading is not None
    (table,) = reading.tables
    assert isinstance(table, Table)
    return table


def system(table: Table, column: int = 0) -> str | None:
    return next(field.system for field in table.fields if field.columns == (column,))


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Vastattu", ("kyllä", "ei", "kyllä", "kyllä", "ei", "kyllä")),
        ("Lähetetty", ("x", None, "x", None, "x", "x")),
        ("Tallennettu", ("tallennettu",) * 6),
        ("Answered", ("yes", "no", "yes", "no", "yes", "yes")),
        ("Besvarad", ("Ja", "Nej", "Ja", "Ja", "Nej", "Ja")),
        ("Submission date", ("on time", "late", "on time", "late", "late", "late")),
        ("Lähetyspäivä", ("ma", "ti", "ma", "ke", "ke", "ti")),
        ("Vastaaja", ("asiakas", "läheinen", "asiakas", "asiakas", "läheinen", "asiakas")),
        ("Vastausnumero", (1, 2, 3, 1, 2, 3)),
        ("Respondent", ("mother", "father", "mother", "child", "child", "child")),
    ],
)
def test_a_column_that_does_not_hold_what_the_tool_writes_is_a_column_like_others(
    known: Known, heading: str, column: tuple[Content | None, ...]
) -> None:
    table = found(known, (heading,), column)
    assert table.layout == "plain_table"
    assert len(table.rows) == 6
    assert system(table) not in (ANSWERED_ON, RESPONDENT)


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("Vastattu", ("3.5.2024", "4.5.2024", "5.5.2024", "6.5.2024", None, "8.5.2024")),
        ("Vastausaika", tuple(datetime.datetime(2024, 5, day, 9, 31) for day in range(1, 7))),  # noqa: DTZ001
        ("Lähetetty", ("2024-05-03 09:31",) * 5 + ("kesken",)),
    ],
)
def test_a_column_of_days_is_when_it_was_answered(
    known: Known, heading: str, column: tuple[Content | None, ...]
) -> None:
    assert system(found(known, (heading,), column)) == ANSWERED_ON


MOMENTS = tuple(datetime.datetime(2024, 5, day, 9, 31) for day in (1, 2, 3, 1, 2, 3))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("numbers", "moments", "told"),
    [
        ((1, 2, 3, 4, 5, 6), MOMENTS, RESPONDENT),
        ((1, 2, 3, 1, 2, 3), (*MOMENTS[:3], *(moment.replace(hour=11) for moment in MOMENTS[:3])), RESPONDENT),
        ((1, 2, 3, 1, 2, 3), MOMENTS, LEFT_OUT),
        ((10231, 10232, 10233, 10237, 10239, 10244), None, RESPONDENT),
        ((201, 202, 203, 207, 209, 214), None, RESPONDENT),
    ],
)
def test_a_number_is_an_identity_where_it_tells_every_response_apart(
    known: Known, numbers: tuple[int, ...], moments: tuple[datetime.datetime, ...] | None, told: str
) -> None:
    heads = ("Vastaajan ID", "Vastausaika") if moments else ("Vastaajan ID",)
    columns = (numbers, moments) if moments else (numbers,)
    assert system(found(known, heads, *columns)) == told


@pytest.mark.parametrize("corner", ["Vastausnumero", "Vastaus nro", "Response ID", "Svarsnummer", "Vastaajan numero"])
@pytest.mark.parametrize("people", [4, 5, 6])
def test_numbered_responses_are_no_counted_answers(known: Known, corner: str, people: int) -> None:
    rows = [(number, *ANSWERS[number - 1]) for number in range(1, people + 1)]
    sheet = Sheet.of("Taul1", [(corner, HELPED, EASY), *rows])
    assert counted_table(sheet, known).score == 0
    reading = recognise(sheet, known)
    assert reading is not None
    (table,) = reading.tables
    assert isinstance(table, Table)
    assert (len(table.rows), table.sheet.turned) == (people, False)


@pytest.mark.parametrize(
    ("fourth", "heading"),
    [("suomi", "Kyselyn kieli"), ("Nokia", "Paikka"), ("valmis", "Tila"), ("A", "Ryhmä"), ("Webropol", "Lähde")],
)
def test_a_constant_column_beside_two_stamps_makes_no_microsoft_form(known: Known, fourth: str, heading: str) -> None:
    later = tuple(moment.replace(hour=11) for moment in MOMENTS)
    table = found(known, ("Nro", "Avattu", "Suljettu", heading), (1, 2, 3, 4, 5, 6), MOMENTS, later, (fourth,) * 6)
    assert table.layout != "microsoft_forms"
    assert {name for field in table.questions for name in field.names} >= {HELPED, EASY}
