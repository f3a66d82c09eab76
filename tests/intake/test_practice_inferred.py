"""The practice is inferred where a form belongs to one only, and asked where several use it."""

import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings, read_draft


@pytest.mark.parametrize("form", ["panel_feedback", "meeting_feedback", "family_feedback", "goal_attainment"])
def test_a_form_of_one_practice_tells_the_practice(library: Library, table, form: str) -> None:
    practice = next(practice for practice in library.practices.values() if form in practice.questionnaires)
    items = [item for item in library.questionnaire(form).items_for(practice) if item.scale][:3]
    heads = [item.text["fi"] for item in items]
    codes = [library.scales[str(item.scale)].codes[0] for item in items]
    content = table(("Tunniste", "Pvm", *heads), ("A1", "3.5.2024", *codes), sheet="Taul1")
    draft = read_draft(content, "oma.xlsx", library, FileSettings(municipality=practice.municipalities[0]))
    assert set(draft.responses["practice"]) == {practice.id}
    assert "practice_inferred" in {problem.code for problem in draft.problems}
    named = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu"))
    assert "practice_inferred" not in {problem.code for problem in named.problems}


@pytest.mark.parametrize("form", ["client_start", "client_end", "worker", "visit_feedback"])
def test_a_form_of_several_practices_does_not(library: Library, table, form: str) -> None:
    items = [item for item in library.questionnaire(form).items if item.scale][:3]
    content = table(("Tunniste", *(item.text["fi"] for item in items)), ("A1", 3, 3, 3), sheet="Taul1")
    draft = read_draft(content, "oma.xlsx", library)
    assert "practice_missing" in {problem.code for problem in draft.problems}
    assert draft.responses.empty
