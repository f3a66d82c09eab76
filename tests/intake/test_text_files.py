"""Text files of people: the table is found under its title, and no cell of a row that is too long is lost."""

from pathlib import Path

from evaluation.definitions import Library
from evaluation.intake import FileSettings, read_draft
from evaluation.records import Draft

CASES = Path(__file__).parents[1] / "cases" / "import"
GIVEN = FileSettings(practice="sisu", cohort="Kevät 2024", questionnaire="client_end")


def _case(name: str, library: Library) -> Draft:
    return read_draft((CASES / name).read_bytes(), name, library, GIVEN)


def test_the_separator_is_that_of_the_table_and_not_of_its_title(library: Library) -> None:
    draft = _case("18d_title_above_csv.csv", library)
    assert (draft.rows, draft.rejected) == (6, 0)
    assert list(draft.responses["participant"]) == [f"K{number}" for number in range(1, 7)]


def test_commas_of_headings_separate_nothing(library: Library) -> None:
    draft = _case("18e_commas_in_headings.csv", library)
    assert (draft.rows, draft.rejected) == (6, 0)
    assert set(draft.answers["item"]) == {"sat_influence", "recommend", "state_taking_part"}
    assert draft.answers.groupby("response_no").size().to_list() == [3] * 6


def test_rows_longer_than_the_headings_are_told(library: Library) -> None:
    draft = _case("13b_ragged.csv", library)
    (warning,) = [problem for problem in draft.problems if problem.code == "rows_longer"]
    assert (warning.severity, warning.values["n"], warning.values["row"]) == ("warning", 6, 2)
    assert list(draft.responses["participant"]) == [f"K{number}" for number in range(1, 7)]
