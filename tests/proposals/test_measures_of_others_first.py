"""A file that resembles a measure of others is asked about before its columns are offered as new questions."""

from collections.abc import Callable

from evaluation.definitions import Library
from evaluation.intake import FileSettings, draft_of, open_file
from evaluation.intake.measure_question import OTHER
from evaluation.own_questions import named_municipality, own_file
from evaluation.proposals.new_definitions import Destination, define

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


def test_which_measure_it_is_can_be_said_before_the_practice_is_made_that_uses_it(
    library: Library, table: Table
) -> None:
    rows = [["3.4.2026", *(answer % 5 + 1 for answer in range(row, row + 3)), row % 11] for row in range(12)]
    content = table(["Asiakaspalaute, Nokia"], ["Pvm", *HEADINGS], *rows, sheet="Vastaukset")
    opened = open_file(content, "palaute.xlsx")
    (measure,) = (q for q in draft_of(opened, library, FileSettings()).questions if q.kind == "measure")
    settings = FileSettings(decisions={measure.key: "national_feedback"})
    file = own_file(opened, draft_of(opened, library, settings), library, {})
    assert (file.columns, file.measures, named_municipality(file, library)) == ((), ("national_feedback",), "Nokia")
    there = Destination(name="Voimala", municipalities=("Nokia",), measures=file.measures)
    made = define((), there, library, "fi", str)
    assert [(entry.kind, entry.body["questionnaires"]) for entry in made.entries] == [
        ("practice", ["national_feedback"])
    ]
    read = draft_of(opened, made.over(library), file.instructions(made, settings, made.over(library)))
    assert "practice_missing" not in {problem.code for problem in read.problems}
    assert read.questionnaires == ("national_feedback",)
