"""Definitions load into frozen models; those that do not make sense are refused with file, line and reason."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from pydantic import ValidationError

from evaluation.bundled_files import QUESTIONNAIRES
from evaluation.definitions import DefinitionsRefused, Library, inspect_library, load_library
from evaluation.definitions.json_schema import SCHEMA_FILE, definitions_schema
from evaluation.definitions.questionnaire_lock import read_lock, write_lock
from evaluation.i18n import Translator, languages

FORM = """questionnaire:
  id: own_form
  version: 1
  kind: form
  title: {fi: Oma, sv: Egen, en: Own}
  instructions: {fi: Ohje, sv: Anvisning, en: Instructions}
  role: client
  timing: once
  participant_code: optional
  date: optional
  items:
    - id: own_item
      text: {fi: Kysymys yksi, sv: Fråga ett, en: Question one}
      short: {fi: Yksi, sv: Ett, en: One}
      scale: agreement5
      family: satisfaction
      dimension: usefulness
      theme: benefits
"""
SCALE = """scales:
  own:
    label: {fi: Oma, sv: Egen, en: Own}
    better: high
    values:
      - {code: 1, class: unfavourable, label: {fi: Ei hyvä, sv: Inte bra, en: Not good}}
      - {code: 2, class: favourable, label: {fi: Hyvä, sv: Bra, en: Good}}
    outside:
      - {code: 98, kind: dont_know, label: {fi: En tiedä, sv: Vet ej, en: Unsure}}
"""
PRACTICE = """practices:
  own_practice:
    name: {fi: Oma, sv: Egen, en: Own}
    municipalities: [Turku]
    type: group
    target_group: {fi: Kaikki, sv: Alla, en: All}
    rhythm: {fi: Joskus, sv: Ibland, en: Sometimes}
    questionnaires: [client_end]
    change_dimensions: [mood]
"""
CHOICES = """questionnaire:
  id: own_choices
  version: 1
  kind: form
  title: {fi: Oma, sv: Egen, en: Own}
  instructions: {fi: Ohje, sv: Anvisning, en: Instructions}
  role: client
  timing: once
  participant_code: optional
  date: optional
  items:
    - id: own_reasons
      kind: choices
      text: {fi: "Miksi tulit?", sv: "Varför kom du?", en: "Why did you come?"}
      short: {fi: Syyt, sv: Orsaker, en: Reasons}
      family: participation
      theme: description
      options:
        coffee: {fi: Kahvi, sv: Kaffe, en: Coffee, aliases: [kahvittelu]}
        company: {label: {fi: Seura, sv: Sällskap, en: Company}}
        something_else: {fi: "Muu, mikä?", sv: "Annat, vad?", en: "Other, what?", other: true}
    - id: own_age
      kind: background
      text: {fi: Ikäryhmä, sv: Åldersgrupp, en: Age group}
      short: {fi: Ikä, sv: Ålder, en: Age}
      family: background
      theme: description
      options:
        under_30: {fi: alle 30, sv: under 30, en: under 30}
        from_30: {fi: 30 tai yli, sv: 30 eller över, en: 30 or over}
    - id: own_hours
      kind: number
      step: 0.5
      text: {fi: Tunteja päivässä, sv: Timmar om dagen, en: Hours a day}
      short: {fi: Tunteja, sv: Timmar, en: Hours}
      family: participation
      theme: description
"""
BUILT_IN_SESSION = (QUESTIONNAIRES / "session_feedback.yaml").read_text(encoding="utf-8")
BROKEN = [
    ("not_yaml", "scales: [", "", "", 1),
    ("not_a_mapping", "- one", "", "", 1),
    ("unknown_section", "scalse: {}", "", "", 1),
    ("key_twice", SCALE, "    better: high\n", "    better: high\n    better: low\n", 5),
    ("section_shape", "scales: [one]", "", "", 1),
    ("missing_field", FORM, "  role: client\n", "", 1),
    ("unknown_field", FORM, "  role: client\n", "  role: client\n  colour: red\n", 8),
    ("wrong_value", FORM, "role: client", "role: citizen", 7),
    ("wrong_number", FORM, "version: 1", "version: first", 3),
    ("wrong_id", FORM, "id: own_item", "id: Own-item", 12),
    ("wrong_text", FORM, "sv: Fråga ett", "sv: 5", 13),
    ("wrong_list", PRACTICE, "municipalities: [Turku]", "municipalities: []", 4),
    ("no_text", FORM, "{fi: Kysymys yksi, sv: Fråga ett, en: Question one}", "{fi: ' '}", 13),
    ("unknown_module", FORM, "    - id: own_item\n", "    - module: nowhere\n    - id: own_item\n", 12),
    ("unknown_scale", FORM, "scale: agreement5", "scale: agreement6", 15),
    ("score_unfit", FORM, "  items:\n", "  score: {low: 0, high: 100, least_answered: 2}\n  items:\n", 11),
    ("scale_and_kind", FORM, "      scale: agreement5\n", "", 12),
    ("unknown_dimension", FORM, "dimension: usefulness", "dimension: luck", 17),
    ("change_incomplete", FORM, "family: satisfaction", "family: change", 12),
    ("item_needed", FORM, "kind: form", "kind: head_count", 11),
    ("other_meaning", FORM, "id: own_item", "id: recommend", 12),
    ("code_twice", SCALE, "code: 2", "code: 1", 5),
    ("codes_unordered", SCALE, "code: 1,", "code: 3,", 5),
    ("outside_code", SCALE, "code: 98", "code: 97", 9),
    ("class_missing", SCALE, "class: favourable, ", "", 7),
    ("label_twice", SCALE, "fi: Hyvä", "fi: ei hyvä", 2),
    ("primary_not_asked", PRACTICE, "[mood]", "[mood]\n    primary_question: state_mood", 10),
    ("unknown_type", PRACTICE, "type: group", "type: club", 5),
    ("unknown_questionnaire", PRACTICE, "[client_end]", "[client_endd]", 8),
    ("options_and_kind", CHOICES, "kind: choices", "kind: number", 12),
    ("options_and_kind", CHOICES, "        from_30: {fi: 30 tai yli, sv: 30 eller över, en: 30 or over}\n", "", 22),
    ("step_and_kind", CHOICES, "kind: number", "kind: text", 33),
    ("background_family", CHOICES, "family: background", "family: participation", 26),
    ("options_place", CHOICES, "family: participation", "family: change", 12),
    ("other_twice", CHOICES, "en: Company}", "en: Company}, other: true", 18),
    ("code_twice", CHOICES, "en: Company}", "en: Company}, code: 1", 18),
    ("label_twice", CHOICES, "aliases: [kahvittelu]", "aliases: [seura]", 18),
    ("unknown_field", CHOICES, "other: true", "others: true", 21),
    ("wrong_number", CHOICES, "step: 0.5", "step: half", 33),
    ("wrong_number", CHOICES, "step: 0.5", "step: 0", 33),
    ("edited_after_publication", BUILT_IN_SESSION, "hyötyä.", "iloa.", 4),
    ("module_shape", "module: {id: own}", "", "", 1),
]


def test_the_built_in_definitions_hold_all_practices_and_municipalities(library: Library) -> None:
    assert len(library.practices) == 16
    assert len(library.municipalities) == 309
    assert set(library.questionnaire_ids) >= {
        "client_start", "client_end", "session_feedback", "attendance_register", "head_count",
    }  # fmt: skip
    assert library.practices["lape"].municipalities == ("Parkano", "Kihniö")


def test_every_practice_asks_about_each_of_its_goals(library: Library) -> None:
    for practice in library.practices.values():
        asked = {item.dimension for form in library.forms_of(practice) for item in form.items_for(practice)}
        assert set(practice.change_dimensions) <= asked, practice.id


def test_a_practice_asks_only_its_own_change_dimensions(library: Library) -> None:
    sisu = library.practices["sisu"]
    asked = {item.dimension for item in library.questionnaire("client_start").items_for(sisu)}
    assert asked == set(sisu.change_dimensions)


def test_start_and_end_ask_about_the_present_with_the_same_items(library: Library) -> None:
    start, end = (library.questionnaire(form) for form in ("client_start", "client_end"))
    assert {item.id for item in start.items} == {item.id for item in end.items if item.change == "state"}


def test_models_are_frozen(library: Library) -> None:
    with pytest.raises(ValidationError):
        library.scales["agreement5"].better = "low"  # type: ignore[misc]


@pytest.mark.parametrize("text", [FORM, CHOICES, SCALE, PRACTICE])
def test_the_patterns_of_the_broken_ones_are_whole(text: str, tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(text, encoding="utf-8")
    assert inspect_library(tmp_path).faults == ()


@pytest.mark.parametrize(
    ("code", "text", "old", "new", "line"), BROKEN, ids=[f"{each[0]}-{place}" for place, each in enumerate(BROKEN)]
)
def test_a_broken_definition_is_named_with_file_line_and_reason_and_stops_nothing_else(
    code: str, text: str, old: str, new: str, line: int, tmp_path: Path
) -> None:
    assert old in text
    file = "session_feedback.yaml" if text == BUILT_IN_SESSION else "own.yaml"
    (tmp_path / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    inspected = inspect_library(tmp_path)
    found = [problem for problem in inspected.faults if problem.file == file]
    assert len(found) == len(inspected.faults), "nothing is laid to the built-in definitions"
    built_in = load_library()
    assert inspected.library.practices == built_in.practices
    assert inspected.library.questionnaires == built_in.questionnaires
    assert (code, line) in {(problem.code, problem.line) for problem in found}
    for language in languages():
        message = next(problem for problem in found if problem.code == code).message(Translator(language))
        assert message.startswith(file)
        assert "\n" not in message
        assert str(line) in message


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    broken = SCALE.replace("code: 98", "code: 97").replace("class: favourable, ", "")
    (tmp_path / "own.yaml").write_text(broken, encoding="utf-8")
    assert {problem.code for problem in inspect_library(tmp_path).faults} == {"outside_code", "class_missing"}


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DefinitionsRefused, match="no such folder"):
        load_library(tmp_path / "nowhere")


def test_a_new_version_of_a_questionnaire_stands_beside_the_old(tmp_path: Path) -> None:
    form = (QUESTIONNAIRES / "session_feedback.yaml").read_text(encoding="utf-8").replace("version: 1", "version: 2")
    (tmp_path / "session_feedback_2.yaml").write_text(form, encoding="utf-8")
    library = load_library(tmp_path)
    assert library.questionnaire("session_feedback").version == 2
    assert library.questionnaire("session_feedback", 1).version == 1


def with_version(text: str, version: int) -> str:
    return text.replace("version: 1", f"version: {version}")


def test_an_option_keeps_its_code_in_every_version_and_a_retired_one_its_name(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(CHOICES, encoding="utf-8")
    added = "        music: {fi: Musiikki, sv: Musik, en: Music, code: 4}\n"
    coffee = next(line for line in CHOICES.splitlines(keepends=True) if "coffee:" in line)
    second = with_version(CHOICES, 2).replace(coffee, added)
    second = second.replace("en: Company}", "en: Company}, code: 2").replace("other: true", "other: true, code: 3")
    (tmp_path / "own_2.yaml").write_text(second, encoding="utf-8")
    library = load_library(tmp_path)
    reasons = library.items["own_reasons"]
    assert dict(reasons.option_codes) == {"music": 4, "company": 2, "something_else": 3, "coffee": 1}
    assert list(library.questionnaire("own_choices").item("own_reasons").options) == [
        "music",
        "company",
        "something_else",
    ]
    assert library.answered_items["own_reasons/coffee"].short["fi"] == "Kahvi"
    assert "own_reasons" not in library.answered_items


def test_an_option_with_another_code_in_a_later_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(CHOICES, encoding="utf-8")
    coffee = next(line for line in CHOICES.splitlines(keepends=True) if "coffee:" in line)
    (tmp_path / "own_2.yaml").write_text(with_version(CHOICES, 2).replace(coffee, ""), encoding="utf-8")
    assert {problem.code for problem in inspect_library(tmp_path).faults} == {"option_code"}


def test_the_wording_of_options_is_kept_by_the_lock(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(CHOICES, encoding="utf-8")
    library = load_library(tmp_path)
    known = read_lock(QUESTIONNAIRES)
    assert write_lock(library, tmp_path, known) == ("own_choices:1",)
    (tmp_path / "own.yaml").write_text(CHOICES.replace("fi: Seura", "fi: Ystävät"), encoding="utf-8")
    (fault,) = inspect_library(tmp_path).faults
    assert "own_choices" in fault.message(Translator("en"))


def test_the_built_in_definitions_have_nothing_odd() -> None:
    assert inspect_library().advice == ()


@pytest.mark.parametrize(
    ("code", "text", "old", "new", "line"),
    [
        ("scale_unused", SCALE, "own:", "own:", 2),
        ("label_long", FORM, "fi: Yksi", "fi: Tämä nimi on aivan liian pitkä kuvion riville", 14),
        ("missing_translation", FORM, ", sv: Fråga ett", "", 13),
        ("missing_translation", CHOICES, "fi: Seura, ", "", 20),
        ("missing_translation", CHOICES, "fi: Kahvi, ", "", 19),
        ("dimension_not_asked", PRACTICE, "[client_end]", "[session_feedback]", 9),
        ("not_asked_at_end", PRACTICE, "[client_end]", "[client_start, visit_feedback]", 8),
        ("form_too_long", PRACTICE, "[mood]", "[mood, money, housing, health, trust]", 8),
    ],
)
def test_what_is_odd_is_told_and_stands_in_nothings_way(
    code: str, text: str, old: str, new: str, line: int, tmp_path: Path
) -> None:
    (tmp_path / "own.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    inspected = inspect_library(tmp_path)
    assert inspected.faults == ()
    assert (code, line) in {(problem.code, problem.line) for problem in inspected.advice}


def test_every_built_in_questionnaire_is_published(library: Library) -> None:
    assert set(read_lock(QUESTIONNAIRES)) == {f"{form.id}:{form.version}" for form in library.questionnaires}


def test_publishing_keeps_what_is_kept_and_adds_the_new(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(FORM, encoding="utf-8")
    assert write_lock(load_library(tmp_path), tmp_path, read_lock(QUESTIONNAIRES)) == ("own_form:1",)
    (tmp_path / "own.yaml").write_text(FORM.replace("Kysymys yksi", "Kysymys kaksi"), encoding="utf-8")
    (fault,) = inspect_library(tmp_path).faults
    assert "own_form is published" in fault.message(Translator("en"))
    # Tags may be mended.
    (tmp_path / "own.yaml").write_text(FORM.replace("theme: benefits", "theme: future"), encoding="utf-8")
    assert inspect_library(tmp_path).faults == ()


def test_no_client_form_of_any_practice_takes_more_than_five_minutes(library: Library) -> None:
    for practice in library.practices.values():
        for form in library.forms_of(practice):
            if form.role == "client" and form.kind == "form":
                assert sum(item.kind != "text" for item in form.items_for(practice)) <= 15, (practice.id, form.id)
            if form.id == "session_feedback":
                assert len(form.items) <= 4


def test_a_measure_from_outside_asks_all_its_areas_of_any_practice(library: Library) -> None:
    form = library.questionnaire("functioning_start")
    assert form.items_for(library.practices["kostiakeskus"]) == form.items
    thresholds = library.scales["score10"]
    assert thresholds.codes_of("unfavourable") == (0, 1, 2, 3, 4, 5)
    assert thresholds.codes_of("favourable") == (8, 9, 10)
    assert library.scales["goal5"].codes == (-2, -1, 0, 1, 2)


def test_the_schema_for_editors_is_the_one_of_the_models_and_accepts_every_file() -> None:
    kept = json.loads((QUESTIONNAIRES / SCHEMA_FILE).read_text(encoding="utf-8"))
    assert kept == definitions_schema()
    validator = jsonschema.Draft202012Validator(kept)
    for path in QUESTIONNAIRES.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# yaml-language-server: $schema={SCHEMA_FILE}"), path.name
        validator.validate(yaml.safe_load(text))
    validator.validate(yaml.safe_load(CHOICES))
    with pytest.raises(jsonschema.ValidationError):
        validator.validate(yaml.safe_load(FORM.replace("{fi: Oma, sv: Egen, en: Own}", "{}")))


def test_every_question_is_traced_to_where_it_comes_from(library: Library) -> None:
    told = (QUESTIONNAIRES / "README.md").read_text(encoding="utf-8")
    assert [item for item in library.items if f"`{item}`" not in told] == []


def test_a_practice_need_not_say_for_whom_or_how_often_it_is_and_may_have_ended(tmp_path: Path) -> None:
    lines = [line for line in PRACTICE.splitlines() if "target_group" not in line and "rhythm" not in line]
    goals = "    goals: {fi: Vähemmän yksinäisyyttä, sv: Mindre ensamhet, en: Less loneliness}\n    retired: true\n"
    (tmp_path / "own.yaml").write_text("\n".join(lines) + "\n" + goals, encoding="utf-8")
    practice = load_library(tmp_path).practices["own_practice"]
    assert [text["fi"] for text in practice.description] == ["Vähemmän yksinäisyyttä"]
    assert practice.retired
