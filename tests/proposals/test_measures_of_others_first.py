"""A file that resembles a measure of others is asked about before its columns are offered as new questions."""

from collections.abc import Callable

from evaluation.definitions import Library
from evaluation.intake import FileSettings, draft_of, open_file
from evaluation.intake.measure_question import OTHER
from evaluation.own_questions import own_file

Table = Callable[..., bytes]
HEADINGS = (
    "Pääsin palveluun tarpeeksi nopeasti",
    "Työntekijät kohtelivat minua kunnioittavasti",
    "Palvelusta oli minulle hyötyä",
    "Suosittelisitko meitä läheisellesi? (0–10)",
)


def test_columns_are_new_questions_only_once_the_file_is_said_to_be_no_such_measure(
    library: Library, table: Table
) -> None:
    rows = [["3.4.2026", *(answer % 5 + 1 for answer in range(row, row + 3)), row % 11] for row in range(12)]
    opened = open_file(table(["Pvm", *HEADINGS], *rows, sheet="Vastaukset"), "palaute.xlsx")
    waiting = draft_of(opened, library, FileSettings(practice="passeli"))
    (measure,) = (question for question in waiting.questions if question.kind == "measure")
    assert not own_file(opened, waiting, library, {}).columns
    other = draft_of(opened, library, FileSettings(practice="passeli", decisions={measure.key: OTHER}))
    assert [column.heading for column in own_file(opened, other, library, {}).columns] == list(HEADINGS)
