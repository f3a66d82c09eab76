"""What the worker says of a column counts also where the column tells practice, municipality or time."""

from collections.abc import Callable

from evaluation.definitions import Library
from evaluation.intake import Given, read_draft
from evaluation.intake.folding import fold

Table = Callable[..., bytes]
FAMILY = ("family_useful", "family_heard", "family_influence")


def _texts(library: Library, *items: str) -> list[str]:
    return [library.items[item].text["fi"] for item in items]


def test_a_column_said_to_be_the_municipality_settles_it_row_by_row(library: Library, table: Table) -> None:
    content = table(("Missä", *_texts(library, *FAMILY)), ("Parkano", 4, 4, 4), ("Kihniö", 5, 5, 5))
    before = read_draft(content, "perheet.xlsx", library, Given(practice="lape"))
    assert [problem.code for problem in before.problems] == ["municipality_missing"]
    said = Given(practice="lape", columns={fold("Missä"): "municipality"})
    draft = read_draft(content, "perheet.xlsx", library, said)
    assert list(draft.responses["municipality"]) == ["Parkano", "Kihniö"]
    assert (draft.rows, draft.rejected) == (2, 0)


def test_a_column_said_to_be_the_practice_settles_it_row_by_row(library: Library, table: Table) -> None:
    content = table(("Porukka", *_texts(library, "recommend", "sat_usefulness")), ("Sisu", 9, 4), ("Gruppis", 8, 5))
    said = Given(questionnaire="client_end", columns={fold("Porukka"): "practice"})
    draft = read_draft(content, "loppu.xlsx", library, said)
    assert list(draft.responses["practice"]) == ["sisu", "gruppis"]


def test_a_column_of_a_known_name_can_be_left_out(library: Library, table: Table) -> None:
    # "Ajankohta" tells start from end; here it is the time of day, and would leave every row without one.
    content = table(("Ajankohta", *_texts(library, "recommend", "sat_usefulness")), ("aamu", 9, 4), ("ilta", 8, 5))
    given = Given(practice="sisu", questionnaire="client_end")
    assert read_draft(content, "loppu.xlsx", library, given).rejected == 2
    said = Given(practice="sisu", questionnaire="client_end", columns={fold("Ajankohta"): None})
    draft = read_draft(content, "loppu.xlsx", library, said)
    assert (draft.rows, draft.rejected) == (2, 0)
