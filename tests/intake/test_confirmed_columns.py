"""What the worker says of a column counts also where the column tells practice, municipality or time."""

from collections.abc import Callable

from evaluation.definitions import Library
from evaluation.intake import FileSettings, read_draft
from evaluation.intake.folding import fold

Table = Callable[..., bytes]
FAMILY = ("family_useful", "family_heard", "family_influence")


def _texts(library: Library, *items: str) -> list[str]:
    return [library.items[item].text["fi"] for item in items]


def test_a_column_said_to_be_the_municipality_settles_it_row_by_row(library: Library, table: Table) -> None:
    content = table(("Missä", *_texts(library, *FAMILY)), ("Parkano", 4, 4, 4), ("Kihniö", 5, 5, 5))
    before = read_draft(content, "perheet.xlsx", library, FileSettings(practice="lape"))
    assert [problem.code for problem in before.problems] == ["municipality_missing"]
    settings = FileSettings(practice="lape", columns={fold("Missä"): "municipality"})
    draft = read_draft(content, "perheet.xlsx", library, settings)
    assert list(draft.responses["municipality"]) == ["Parkano", "Kihniö"]
    assert (draft.rows, draft.rejected) == (2, 0)


def test_a_column_said_to_be_the_practice_settles_it_row_by_row(library: Library, table: Table) -> None:
    content = table(("Porukka", *_texts(library, "recommend", "sat_usefulness")), ("Sisu", 9, 4), ("Gruppis", 8, 5))
    settings = FileSettings(questionnaire="client_end", columns={fold("Porukka"): "practice"})
    draft = read_draft(content, "loppu.xlsx", library, settings)
    assert list(draft.responses["practice"]) == ["sisu", "gruppis"]


def test_a_column_of_a_known_name_can_be_left_out(library: Library, table: Table) -> None:
    # "Ajankohta" tells start from end; here it is the time of day, and would leave every row without one.
    content = table(("Ajankohta", *_texts(library, "recommend", "sat_usefulness")), ("aamu", 9, 4), ("ilta", 8, 5))
    entry = FileSettings(practice="sisu", questionnaire="client_end")
    assert read_draft(content, "loppu.xlsx", library, entry).rejected == 2
    settings = FileSettings(practice="sisu", questionnaire="client_end", columns={fold("Ajankohta"): None})
    draft = read_draft(content, "loppu.xlsx", library, settings)
    assert (draft.rows, draft.rejected) == (2, 0)


def test_a_column_that_a_layout_leaves_out_can_be_said_to_be_a_question(library: Library) -> None:
    rows = [
        ["ID", "Start time", "Completion time", "Email", "Name", "Language", *_texts(library, "visit_useful")],
        *([n, f"2026-03-0{n} 10:00:12", f"2026-03-0{n} 10:10:12", "anonymous", "", 4, 5] for n in range(1, 6)),
    ]
    content = "\n".join(",".join(map(str, row)) for row in rows).encode()
    settings = FileSettings(practice="passeli", municipality="Huittinen", columns={"language": "visit_access"})
    draft = read_draft(content, "a.csv", library, settings)
    assert draft.layout == "microsoft_forms"
    assert set(draft.answers["item"]) == {"visit_access", "visit_useful"}
    assert {match.heading: match.target for match in draft.columns}["Language"] == "visit_access"
