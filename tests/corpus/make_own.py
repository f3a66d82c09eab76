"""Make the files that are our own forms filled in, and the same tables as workers type them by hand (01 to 07)."""

import io
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from office import convert, save_written
from openpyxl import Workbook, load_workbook
from raw_xlsx import Book, Raw, save_raw
from wording import FOLDER, asked, labels, texts

from evaluation.cli import main as evaluation

Fill = Callable[[Workbook], None]


def _forms(practice: str, cohort: str) -> zipfile.ZipFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "forms.zip"
        evaluation(["forms", "--practice", practice, "--cohort", cohort, "-o", str(path)])
        return zipfile.ZipFile(io.BytesIO(path.read_bytes()))


def _filled(content: bytes, fill: Fill) -> bytes:
    book = load_workbook(io.BytesIO(content))
    fill(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def entry_template() -> None:
    """A start form of Sisu: codes and words mixed, a gap, one answer off the scale, one row of a code alone."""
    words = labels(asked("sisu", "client_start"), [2, 4, 2, 5])
    rows = [
        ["A1", date(2018, 1, 17), None, 4, 2, 4, 1],
        ["A2", date(2018, 1, 17), None, *words],
        ["A3", date(2018, 1, 17), None, "4", None, " hyvin ", 98],
        ["A4", date(2018, 1, 24), None, 7, 2, 3, 3],
        ["A5", None, None, 3, "Joskus", 99, "en koskaan"],
        ["A6", None, None, None, None, None, None],
    ]

    def fill(book: Workbook) -> None:
        for number, row in enumerate(rows, 2):
            for place, value in enumerate(row, 1):
                book.worksheets[0].cell(number, place, value)

    with _forms("sisu", "kevät 2018") as forms:
        content = forms.read("01_client_start/sisu_client_start.xlsx")
    (FOLDER / "01_entry_sisu_start.xlsx").write_bytes(_filled(content, fill))


def single_forms() -> None:
    """Single forms of session feedback: three sheets filled in, nine left as they were; saved by LibreOffice."""
    forms_filled = {
        "Vastaaja 1": [None, date(2018, 9, 12), None, "Täysin samaa mieltä", "Täysin samaa mieltä", 4, "Kiitos!"],
        "Vastaaja 2": ["B7", date(2018, 9, 12), None, 5, 5, 5, None],
        "Vastaaja 4": [None, None, None, 4, "Jokseenkin samaa mieltä", 4, "Päivä unohtui"],
    }

    def fill(book: Workbook) -> None:
        for name, values in forms_filled.items():
            for number, value in enumerate(values, 2):
                book[name].cell(number, 2, value)

    with _forms("sisu", "syksy 2018") as forms:
        content = forms.read("02_session_feedback/sisu_session_feedback_single.xlsx")
    convert(_filled(content, fill), ".xlsx", FOLDER / "02_single_forms_sisu.xlsx")


def cohort_workbook() -> None:
    """The workbook of one run, kept in LibreOffice as .ods: start, end, session feedback, register with days."""
    sheets = {
        "Asiakkaan alkukysely": [
            ["S1", date(2018, 9, 5), None, 2, 4, 2, 3],
            ["S2", date(2018, 9, 5), None, 3, 3, 3, 1],
        ],
        "Kertapalaute": [[None, date(2018, 9, 12), None, 5, 5, 4, "Hyvä ryhmä"]],
        "Osallistumislista": [
            ["S1", None, "Kyllä", "x", "x", "Perui"],
            ["S2", None, "Ei", "Paikalla", "Poissa", None],
            ["S3", None, None, "x", None, None],
        ],
        "Asiakkaan loppukysely": [
            ["S1", date(2018, 12, 5), None, 4, 2, 4, 1, 5, 5, 4, 4, 5, 5, 5, 4, 5, 5, 10, "Porukka", None]
        ],
    }

    def fill(book: Workbook) -> None:
        for name, rows in sheets.items():
            for number, row in enumerate(rows, 2):
                for place, value in enumerate(row, 1):
                    if value is not None:
                        book[name].cell(number, place, value)
        for place, day in enumerate((date(2018, 9, 5), date(2018, 9, 12), date(2018, 9, 19)), 4):
            book["Osallistumislista"].cell(1, place, day)

    with _forms("sisu", "syksy 2018") as forms:
        content = forms.read("sisu_run.xlsx")
    convert(_filled(content, fill), ".xlsx", FOLDER / "03_cohort_workbook_sisu.ods")


def registers() -> None:
    """Registers typed by hand: real days as headings, and days as text with marks of the worker's own."""
    days = [date(2018, 2, 7), date(2018, 2, 14), date(2018, 2, 21), date(2018, 2, 28)]
    rows = [
        ["Tunniste", "Kävi loppuun", *days],
        ["N1", "kyllä", "x", "x", "x", "x"],
        ["N2", "ei", "x", "-", "perui", None],
        ["N3", "x", "p", "X", "p", "p"],
        ["N4", None, 1, 0, 2, 1],
    ]
    save_written("04_register_real_days.xlsx", ("Osallistujat", rows))
    typed = [
        ["Osallistuja", "5.9.2018", "12.9.2018", "19.9.", "Kävi loppuun"],
        ["M1", "läsnä", "läsnä", "läsnä", "Kyllä"],
        ["M2", "poissa", "läsnä", "sairas", "Kyllä"],
        ["M3", "läsnä", "poissa", "✓", "Ei"],
    ]
    save_raw(FOLDER / "04_register_text_days.xlsx", Book([Raw("Taul1", typed)], shared=False))


def diaries() -> None:
    """A visit diary typed by hand with a guess in it, and head counts of a meeting place."""
    diary = asked("passeli", "visit_diary")
    rows = [
        ["Päivä", *texts(diary)],
        [date(2018, 3, 6), 5, 1, 2, 0, 1, 3, 0, 10, "Tavallinen päivä"],
        [date(2018, 3, 13), 42, 12, 9, 3, 4, 20, 6, 45, "Ruoka-apu"],
        [date(2018, 3, 20), "noin 5", 1, 1, 0, 0, 4, 0, None, "Tavallinen"],
        [date(2018, 3, 27), 0, None, None, None, None, None, None, None, "Tavallinen"],
        [date(2018, 4, 3), None, 1, 1, None, None, None, None, None, "Tavallinen"],
    ]
    save_written("05_visit_diary_passeli.xlsx", ("Passeli 2018", rows))
    heads = [
        ["Päivä", "Kävijöitä", "Päivän laji"],
        ["1.10.2018", "12", "1"],
        ["2.10.2018", "9", "1"],
        ["3.10.2018", "31", "2"],
    ]
    text = "\r\n".join(";".join(row) for row in heads) + "\r\n"
    (FOLDER / "05_head_count_kostia.csv").write_bytes(text.encode("utf-8-sig"))


def plain_tables() -> None:
    """Tables of our questions typed by hand: codes, and Swedish words."""
    visit = asked("neuvonta", "visit_feedback")
    rows = [
        ["Päivä", *texts(visit)],
        [date(2018, 5, 2), 5, 5, 5, 4, 4, 3, 1, "Sain toimeentulotukihakemuksen tehtyä"],
        [date(2018, 5, 2), 4, 5, 5, 5, 5, 4, 0, None],
        [date(2018, 5, 9), 3, 4, 98, 2, 3, 3, 1, "Jono oli pitkä"],
        [date(2018, 5, 9), 5, 5, 5, 5, 99, 98, 0, "-"],
    ]
    save_raw(FOLDER / "06_plain_codes_neuvonta.xlsx", Book([Raw("Taul1", rows)]))
    end = asked("fyrkkaa", "client_end")
    people = [
        ["F1", 4, 4, 3, 5, 4, 4, 5, 5, 5, 4, 5, 5, 9, "Gänget", "Inget"],
        ["F2", 2, 3, 2, 3, 3, 4, 4, 3, 5, 3, 4, 4, 7, None, "Mera tid"],
        ["F3", 5, 98, 4, 4, 4, 5, 5, 4, 5, 5, 5, 99, 10, "Att laga mat tillsammans", None],
    ]
    table = [
        ["Kod", "Datum", "Omgång", *texts(end, "sv")],
        *([code, "18.5.2018", "våren 2018", *labels(end, row, "sv")] for code, *row in people),
    ]
    table[3][3] = "mycket bra"
    save_written("07_plain_swedish_fyrkkaa.xlsx", ("Blad1", table))


if __name__ == "__main__":
    for make in (entry_template, single_forms, cohort_workbook, registers, diaries, plain_tables):
        make()
