"""Own definitions lie over the built-in ones entry by entry, those of a database over those of a folder."""

from datetime import datetime
from pathlib import Path

import pytest

from evaluation.bundled_files import QUESTIONNAIRES
from evaluation.definitions import DefinitionDocument, Kind, Library, Texts, inspect_library, load_library
from evaluation.i18n import Translator, languages
from tests.definitions.test_loader import FORM, PRACTICE, SCALE

MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001 - as databases keep it
OWN_FORM_OF_OWN_SCALE = FORM.replace("scale: agreement5", "scale: own")


def document(kind: Kind, name: str, text: str, version: int = 1, retired: bool = False) -> DefinitionDocument:
    return DefinitionDocument(kind, name, version, text, MOMENT, retired=retired)


SCALE_KEPT = document("scale", "own", SCALE)
FORM_KEPT = document("questionnaire", "own_form", OWN_FORM_OF_OWN_SCALE)
PRACTICE_KEPT = document("practice", "own_practice", PRACTICE.replace("[client_end]", "[client_end, own_form]"))


@pytest.mark.parametrize(
    ("file", "text", "section", "name"),
    [
        ("scales.yaml", SCALE, "scales", "own"),
        ("practices.yaml", PRACTICE, "practices", "own_practice"),
        ("dimensions.yaml", "dimensions: {luck: {family: change, label: {fi: Onni}}}", "dimensions", "luck"),
        ("practices.yaml", "types: {camp: {label: {sv: Läger}}}", "types", "camp"),
        ("OMA.YML", PRACTICE, "practices", "own_practice"),
    ],
)
def test_one_entry_in_a_file_of_a_built_in_name_is_added_to_the_built_in_ones(
    library: Library, file: str, text: str, section: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    inspected = inspect_library(tmp_path)
    assert inspected.faults == ()
    assert list(getattr(inspected.library, section)) == [*getattr(library, section), name]
    assert inspected.library.questionnaires == library.questionnaires


def test_an_entry_of_the_same_id_takes_the_place_of_the_one_below(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(PRACTICE.replace("own_practice", "sisu"), encoding="utf-8")
    assert load_library(tmp_path).practices["sisu"].name["fi"] == "Oma"
    kept = document("practice", "sisu", PRACTICE.replace("own_practice", "sisu").replace("fi: Oma", "fi: Kannan"))
    library = load_library(tmp_path, [kept])
    assert library.practices["sisu"].name["fi"] == "Kannan"
    assert list(library.practices) == list(load_library().practices), "it stands where it stood"


def test_documents_build_on_one_another_and_the_newest_version_counts() -> None:
    later = document("practice", "own_practice", PRACTICE.replace("fi: Oma", "fi: Uusi"), version=2)
    # In whatever order they come.
    inspected = inspect_library(None, [later, PRACTICE_KEPT, FORM_KEPT, SCALE_KEPT])
    assert inspected.faults == ()
    assert inspected.library.practices["own_practice"].name["fi"] == "Uusi"
    assert inspected.library.questionnaire("own_form").items[0].scale == "own"


def test_a_broken_version_leaves_the_one_before_in_its_place() -> None:
    broken = document("practice", "own_practice", PRACTICE.replace("type: group", "type: club"), version=2)
    inspected = inspect_library(None, [PRACTICE_KEPT, FORM_KEPT, SCALE_KEPT, broken])
    assert [problem.code for problem in inspected.faults] == ["unknown_type"]
    assert inspected.library.practices["own_practice"].type == "group"


def test_what_builds_on_something_broken_is_named_too_and_a_practice_goes_on_with_the_rest() -> None:
    broken = document("scale", "own", SCALE.replace("code: 2", "code: 1"))
    inspected = inspect_library(None, [PRACTICE_KEPT, FORM_KEPT, broken])
    assert [problem.code for problem in inspected.faults] == ["code_twice", "unknown_scale", "unknown_questionnaire"]
    assert inspected.library.practices["own_practice"].questionnaires == ("client_end",)
    assert "own_form" not in inspected.library.questionnaire_ids
    for language in languages():
        first = inspected.faults[0].message(Translator(language))
        assert all(part in first for part in ("own", "5"))
        assert "yaml" not in first


@pytest.mark.parametrize("replaced", ["scales: {agreement5: ", "dimensions: {usefulness: ", "notices: {client: "])
def test_a_built_in_questionnaire_does_not_suffer_from_what_is_laid_over_what_it_uses(
    library: Library, replaced: str, tmp_path: Path
) -> None:
    section, name = replaced.replace("{", "").replace(":", "").split()
    label = "{fi: Toinen, sv: Annan, en: Other}"
    values = "[{code: 1, label: {fi: a}}, {code: 2, label: {fi: b}}]"
    bodies = {
        "scales": f"{{label: {label}, better: none, values: {values}}}",
        "dimensions": f"{{family: satisfaction, label: {label}}}",
        "notices": f"{{text: {label}}}",
    }
    (tmp_path / "own.yaml").write_text(f"{replaced}{bodies[section]}}}", encoding="utf-8")
    inspected = inspect_library(tmp_path)
    assert inspected.library.questionnaires == library.questionnaires
    if section == "scales":
        (fault,) = inspected.faults
        assert (fault.file, fault.line, fault.code) == ("own.yaml", 1, "questionnaire_would_change")
        assert inspected.library.scales[name] == library.scales[name], "it would be other answers to old questions"
    else:
        assert inspected.faults == ()


def test_tags_that_no_longer_fit_another_built_in_form_are_named(library: Library, tmp_path: Path) -> None:
    start = (QUESTIONNAIRES / "client_state.yaml").read_text(encoding="utf-8")
    own = (QUESTIONNAIRES / "client_start.yaml").read_text(encoding="utf-8")
    (tmp_path / "a.yaml").write_text(own, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(start.replace("dimension: mood", "dimension: money", 1), encoding="utf-8")
    inspected = inspect_library(tmp_path)
    assert {problem.code for problem in inspected.faults} == {"other_meaning"}
    assert inspected.library.questionnaires == library.questionnaires


def test_a_retired_practice_is_read_and_offered_no_more() -> None:
    retired = document("practice", "own_practice", PRACTICE, retired=True)
    library = load_library(None, [retired])
    assert "own_practice" in library.practices
    assert "own_practice" not in library.current_practices
    assert "sisu" in library.current_practices


def test_the_same_documents_are_read_once() -> None:
    one, other = ([document("scale", "own", SCALE)] for _ in range(2))
    assert load_library(None, one) is load_library(None, other)
    assert load_library(None, one) is not load_library(None, [document("scale", "own", SCALE.replace("Hyvä", "Kiva"))])


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ({"fi": "A"}, {"fi": "A", "sv": "A", "en": "A"}),
        ({"sv": "B"}, {"fi": "B", "sv": "B", "en": "B"}),
        ({"en": "C"}, {"fi": "C", "sv": "C", "en": "C"}),
        ({"en": "C", "sv": "B"}, {"fi": "B", "sv": "B", "en": "C"}),
        ({"en": "C", "fi": "A"}, {"fi": "A", "sv": "A", "en": "C"}),
        ({"fi": " ", "en": "C"}, {"fi": "C", "sv": "C", "en": "C"}),
        ({"so": "D"}, {"fi": "D", "sv": "D", "en": "D"}),
    ],
)
def test_where_a_language_lacks_a_text_that_of_the_first_other_one_stands(
    written: dict[str, str], shown: dict[str, str]
) -> None:
    texts = Texts.model_validate(written)
    assert {language: texts[language] for language in languages()} == shown
    assert {language: Translator(language).label(texts.root) for language in languages()} == shown
    assert texts.missing == set(languages()) - {code for code, text in written.items() if text.strip()}
