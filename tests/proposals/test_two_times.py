"""A question that stands at start and end is one question with one scale; a column that numbers the rows is none."""

import io
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from evaluation.definitions import Library
from evaluation.intake import open_file
from evaluation.proposals.proposed_columns import ProposedColumn, propose_columns

Table = Callable[..., bytes]


def proposed(library: Library, content: bytes) -> tuple[ProposedColumn, ...]:
    opened = open_file(content, "oma.xlsx")
    assert opened.workbook is not None
    return propose_columns(opened.workbook, library)


def test_answers_of_both_times_make_one_scale(library: Library, table: Table) -> None:
    rows = [["K", "huonosti" if n % 2 else "ihan ok", ["hyvin", "tosi hyvin", "ihan ok"][n % 3]] for n in range(9)]
    columns = proposed(library, table(["Koodi", "Uni alku", "Uni loppu"], *rows))
    scales = [[step.label for step in column.scale.steps] for column in columns if column.scale]
    assert scales == [["huonosti", "ihan ok", "hyvin", "tosi hyvin"]] * 2


def test_labels_without_an_order_are_asked_about_where_a_question_stands_at_two_times(
    library: Library, table: Table
) -> None:
    labels = ["pilvinen", "puolipilvinen", "aurinkoinen"]
    rows = [[f"K{n}", labels[n % 2], labels[1 + n % 2]] for n in range(10)]
    columns = [
        column for column in proposed(library, table(["Koodi", "Mieli alku", "Mieli loppu"], *rows)) if column.scale
    ]
    assert [(column.kind, column.timing) for column in columns] == [("scale", "start"), ("scale", "end")]
    assert all("order" in column.ask for column in columns)


@pytest.mark.parametrize(
    ("heading", "numbers", "is_question"),
    [
        ("Nro", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], False),
        ("Osallistujia", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], False),
        ("Nr", [3, 1, 2, 5, 4, 6, 10, 9, 8, 7], False),
        ("Arvosana", [10, 11, 12, 13, 14, 15, 16, 17, 18, 19], False),
        ("Kuinka voit 1–10?", [7, 8, 8, 5, 6, 9, 10, 4, 7, 7], True),
        ("Kuinka voit 1–10?", [3, 1, 2, 5, 4, 6, 10, 9, 8, 7], True),
    ],
)
def test_a_column_that_numbers_the_rows_is_no_question(
    heading: str, numbers: list[int], is_question: bool, library: Library, table: Table
) -> None:
    rows = [[number, ["hyvä", "huono"][number % 2]] for number in numbers]
    first = proposed(library, table([heading, "Miltä tuntuu?"], *rows))[0]
    assert (first.kind in ("scale", "number", "choice")) is is_question


@pytest.mark.parametrize(("labels", "language"), [(("bra", "mycket bra"), "sv"), (("hyvin", "huonosti"), "fi")])
def test_what_nobody_chose_is_named_in_the_language_of_the_answers(
    labels: tuple[str, str], language: str, library: Library, table: Table
) -> None:
    (column,) = proposed(library, table(["Vad tyckte du?"], *([labels[n % 2]] for n in range(10))))
    assert column.scale is not None
    known = [scale for scale in library.scales.values() if scale.id == column.scale.id]
    names = {value.label.root[language] for scale in known for value in scale.values}
    assert {step.label for step in column.scale.steps} <= {*labels, *names} or not known


def test_sheets_named_by_their_time_ask_one_question(library: Library) -> None:
    book = Workbook()
    for sheet, answers in ((book.worksheets[0], ("dåligt", "sådär")), (book.create_sheet("Slut"), ("sådär", "bra"))):
        sheet.append(["Kod", "Hur sover du?"])
        for n in range(8):
            sheet.append([f"K{n}{n}", answers[n % 2]])
    book.worksheets[0].title = "Start"
    target = io.BytesIO()
    book.save(target)
    scales = [column.scale for column in proposed(library, target.getvalue()) if column.scale is not None]
    assert [[step.label for step in scale.steps] for scale in scales] == [["dåligt", "sådär", "bra"]] * 2
