"""What stands beside a table, or where nobody sees it, is told for what it is and spoils no answers."""

from openpyxl import Workbook

from evaluation.definitions import Library
from evaluation.intake import FileSettings, read_draft
from evaluation.records import Draft
from tests.conftest import Table, saved

MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"
HEAD = ("Tunniste", MOOD, LONELY)
SISU = FileSettings(practice="sisu", questionnaire="client_start")


def told(draft: Draft) -> list[tuple[str, str, str | None]]:
    return [(problem.severity, problem.code, problem.cell) for problem in draft.problems]


def with_hidden_sheet(*rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    book.worksheets[0].append(HEAD)
    book.worksheets[0].append(("A1", 2, 4))
    hidden = book.create_sheet("vanha")
    hidden.sheet_state = "hidden"
    for row in rows:
        hidden.append(row)
    return saved(book)


def test_a_note_beside_the_table_is_named_where_it_stands_and_not_as_a_missing_code(
    library: Library, table: Table
) -> None:
    rows = (("A1", 2, 4, None, "kiire"), ("A2", 3, 5), (None, None, None, None, "soita Sadulle"), (None, 3, 4))
    draft = read_draft(table(HEAD, *rows), "alku.xlsx", library, SISU)
    assert (draft.rows, draft.rejected, draft.set_aside, len(draft.responses)) == (4, 1, 1, 2)
    assert told(draft) == [
        ("warning", "column_without_heading", "E1"),
        ("notice", "no_answers", "E4"),
        ("error", "participant_missing", "A5"),
    ]


def test_answers_on_a_hidden_sheet_are_read_and_said(library: Library) -> None:
    draft = read_draft(with_hidden_sheet(HEAD, ("A1", 1, 1), ("A9", 5, 5)), "alku.xlsx", library, SISU)
    assert len(draft.responses) == 3
    (problem,) = draft.problems
    assert (problem.severity, problem.code, problem.sheet) == ("warning", "hidden_sheet", "vanha")
    assert problem.values == {"n": 2}


def test_a_hidden_sheet_is_left_out_where_the_worker_says_so(library: Library) -> None:
    settings = FileSettings(practice="sisu", questionnaire="client_start", hidden_rows=False)
    draft = read_draft(with_hidden_sheet(HEAD, ("A1", 1, 1), ("A9", 5, 5)), "alku.xlsx", library, settings)
    assert (draft.rows, draft.set_aside, len(draft.responses)) == (3, 2, 1)
    assert told(draft) == [("notice", "hidden_row", "A2"), ("notice", "hidden_row", "A3")]


def test_counts_on_a_hidden_sheet_are_said_or_left_out_too(library: Library) -> None:
    content = with_hidden_sheet(("", "huonosti", "hyvin"), (MOOD, 2, 5))
    draft = read_draft(content, "alku.xlsx", library, SISU)
    assert ("warning", "hidden_sheet", None) in told(draft)
    assert draft.counted == 1
    draft = read_draft(
        content, "alku.xlsx", library, FileSettings(practice="sisu", questionnaire="client_start", hidden_rows=False)
    )
    assert (draft.rows, draft.set_aside, draft.counted) == (2, 1, 0)
