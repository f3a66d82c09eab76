"""What is no set of answers is refused by what it is; answers are never refused."""

import io

import pytest
from openpyxl import load_workbook

from evaluation.definitions import Library
from evaluation.forms import entry_template
from evaluation.forms.question_list import question_list
from evaluation.forms.xlsform import xlsform
from evaluation.i18n import languages
from evaluation.intake.known import Known
from evaluation.intake.layouts.not_answers import recognise
from evaluation.intake.table import Refusal
from evaluation.spreadsheets import Sheet

MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


def refused(known: Known, sheet: Sheet) -> str | None:
    reading = recognise(sheet, known)
    if not reading.score:
        return None
    (actual,) = reading.tables
    assert isinstance(actual, Refusal)
    return actual.code


def sheets(content: bytes) -> list[Sheet]:
    book = load_workbook(io.BytesIO(content))
    return [Sheet.of(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book.worksheets]


@pytest.mark.parametrize("language", languages())
def test_what_we_give_out_ourselves_is_refused_by_what_it_is(library: Library, known: Known, language: str) -> None:
    form, practice = library.questionnaire("client_start"), library.practices["sisu"]
    assert {refused(known, sheet) for sheet in sheets(xlsform(library, form, practice, language))} == {
        "not_answers_xlsform"
    }
    (listed,) = sheets(question_list(library, form, practice, language))
    assert refused(known, listed) == "not_answers_codebook"
    entry, actual, *_ = sheets(entry_template(library, form, practice, language))
    assert (refused(known, entry), refused(known, actual)) == (None, "not_answers_instructions")


@pytest.mark.parametrize(
    ("code", "rows"),
    [
        (
            "xlsform",
            [("type", "name", "label"), ("select_one a", "q1", "Hei"), ("text", "q2", "Muuta")],
        ),
        ("xlsform", [("list_name", "name", "label"), ("a", 1, "Ei"), ("a", 2, "Kyllä")]),
        (
            "codebook",
            [
                ("Variable / Field Name", "Form Name", "Field Type", "Field Label"),
                ("q1", "f", "radio", MOOD),
                ("q2", "f", "text", "M"),
            ],
        ),
        ("codebook", [("Aineisto",), ("Muuttuja", "Selite", "Arvot"), ("K1", MOOD, "1-5"), ("K2", LONELY, "1-5")]),
        ("key", [("Question", "Correct answer"), (1, "A"), (2, "C"), (3, "B")]),
        ("key", [("Kysymys", "Oikea vastaus", "Pisteet"), ("Mikä päivä?", "ma", 1), ("Mikä kuu?", "huhti", 1)]),
        ("report", [("Kysymys", "Keskiarvo", "n"), (MOOD, 3.4, 12), (LONELY, 2.1, 12)]),
        ("report", [("Sisu 2018",), ("", "Alku", "Loppu", "Muutos"), (MOOD, 2.5, 3.4, 0.9), (LONELY, 3.1, 2.2, -0.9)]),
        ("report", [("Väittämä", "Keskiarvo"), ("Ruoka oli hyvää", "4,2"), ("Tila oli sopiva", "3,9")]),
        ("report", [("Kysymys", "Tyytyväisten osuus"), (MOOD, "85 %"), (LONELY, "70 %")]),
        (
            "report",
            [("Row Labels", "Count of M", "Average of M"), ("Nokia", 4, 3.25), ("Total", 4, 3.25)],
        ),
        ("report", [("Riviotsikot", "Keskiarvo / Mieliala"), ("Nokia", 3.5)]),
    ],
)
def test_definitions_keys_and_reports_are_refused(known: Known, code: str, rows: list[tuple[object, ...]]) -> None:
    assert refused(known, Sheet.of("Taul1", rows)) == f"not_answers_{code}"


@pytest.mark.parametrize(
    "rows",
    [
        [("Tunniste", MOOD, "Ohje"), ("A1", 3, "näin"), ("A2", 4, None)],
        [("Tunniste", MOOD, LONELY, "Keskiarvo"), ("A1", 3, 2, 2.5), ("A2", 4, 1, 2.5)],
        [("Vastaaja", "Ruoka", "Tila", "Keskiarvo"), ("A1", 3, 4, 3.5), ("A2", 4, 3, 3.5)],
        [("Kysymys 1", "Kysymys 2", "Kysymys 3"), (3, 4, 5), (2, 4, 4)],
        [("Tunniste", MOOD), ("A1", 3)],
        [("Tunniste", "A1", "A2"), (MOOD, 3, 4), (LONELY, 2, 2)],
        [("Kysymys", "A1", "A2"), (MOOD, 3, 4), (LONELY, 2, 2)],
        [("Sisu 2017",), (), ("", "Huonosti", "Hyvin", "Ka"), (MOOD, 2, 6, 3.5), (LONELY, 1, 7, 3.9)],
        [("", "Huonosti", "Hyvin", "Keskiarvo"), (MOOD, 2, 6, 3.5), (LONELY, 1, 7, 3.9)],
        [("Type", "Name", "Kuvaus"), ("Ryhmä", "Sisu", "hyvä"), ("Neuvonta", "Passeli", "ok")],
        [("Item", "Type", "Arvosana"), ("A", 1, 4), ("B", 2, 5), ("A", 1, 3)],
        [("Nro", "Key", "Mitä opit?"), (1, "A", "paljon"), (1, "B", "vähän")],
        [("Pvm", "Kävijöitä", "Pisin odotus minuutteina"), ("3.4.2018", 12, 7.5), ("4.4.2018", 9, 2.5)],
        [("Ohje",), ("Kirjoita vastaukset tähän.",)],
        [("Montako vuotta", "Laskutus (ALV 0 %)", "Etätyö %"), (13, 80, 20), (3, 95, 100), (7, 60, None), (5, 70, 50)],
        [],
    ],
)
def test_answers_are_never_refused(known: Known, rows: list[tuple[object, ...]]) -> None:
    assert refused(known, Sheet.of("Taul1", rows)) is None
