"""The commands about definitions and the forms made of them."""

import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evaluation.i18n import Translator
from tests.conftest import EVERY_LANGUAGE

OWN = """scales:
  how_much3:
    label: {fi: Kuinka paljon, sv: Hur mycket, en: How much}
    better: high
    values:
      - {code: 1, class: unfavourable, label: {fi: Vähän, sv: Lite, en: A little}}
      - {code: 2, class: neutral, label: {fi: Jonkin verran, sv: En del, en: Some}}
      - {code: 3, class: favourable, label: {fi: Paljon, sv: Mycket, en: Much}}
types:
  garden: {label: {fi: Puutarha, sv: Trädgård, en: Garden}}
dimensions:
  calm: {family: satisfaction, label: {fi: Rauha, sv: Lugn, en: Calm}}
practices:
  garden:
    name: {fi: Puutarha, sv: Trädgården, en: The garden}
    municipalities: [Turku]
    type: garden
    target_group: {fi: Kaikki, sv: Alla, en: All}
    rhythm: {fi: Kesällä, sv: På sommaren, en: In summer}
    questionnaires: [garden_feedback]
questionnaire:
  id: garden_feedback
  version: 1
  kind: form
  title: {fi: Puutarhan palaute, sv: Respons om trädgården, en: Garden feedback}
  instructions: {fi: Vastaa kesän lopussa., sv: Svara i slutet av sommaren., en: Answer at the end of summer.}
  role: client
  timing: once
  participant_code: none
  date: none
  items:
    - id: garden_calm
      text: {fi: Puutarhassa oli hyvä olla., sv: Det var skönt i trädgården., en: It was good to be in the garden.}
      short: {fi: Puutarhassa oli hyvä, sv: Skönt i trädgården, en: Good in the garden}
      scale: how_much3
      family: satisfaction
      dimension: calm
      theme: benefits
"""


def test_check_prints_what_the_definitions_hold(say) -> None:
    code, out, _ = say("check", "--lang", "en")
    assert code == 0
    assert "sisu" in out
    assert "client_end" in out


def test_check_names_a_broken_definition_with_file_and_line_and_shows_the_rest(say, tmp_path: Path) -> None:
    (tmp_path / "practices.yaml").write_text("practices:\n  sisu:\n    nmae: Sisu\n", encoding="utf-8")
    code, out, err = say("check", "--definitions", tmp_path, "--lang", "en")
    assert code == 1
    assert "client_end" in out
    assert "practices.yaml" in err
    assert "line 3" in err
    assert "nmae" in err


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_check_finds_nothing_odd_in_any_language(say, language: str) -> None:
    code, out, _ = say("check", "--lang", language)
    assert code == 0
    assert out.splitlines()[-1] == Translator(language).plural("cli.check_odd", 0)


@pytest.mark.thorough
def test_an_own_practice_and_questionnaire_go_all_the_way(say, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "own.yaml").write_text(OWN, encoding="utf-8")
    own = ("--definitions", folder)
    assert say("check", "--publish", *own)[0] == 0
    assert json.loads((folder / "published.json").read_text(encoding="utf-8")).keys() == {"garden_feedback:1"}
    path = tmp_path / "garden.xlsx"
    made = say("template", "--practice", "garden", "--questionnaire", "garden_feedback", "-o", path, *own)
    assert made[0] == 0
    book = load_workbook(path)
    sheet = book.worksheets[0]
    column = {cell.value: cell.column for cell in sheet[1]}["Puutarhassa oli hyvä olla."]
    for line, answer in enumerate([3, 3, "paljon", 1, 2], start=2):
        sheet.cell(line, column, answer)
    book.save(path)
    assert say("import", path, *own)[0] == 0
    rows = json.loads(say("measures", "--json", *own)[1])
    (share,) = [row for row in rows if row["measure"] == "favourable" and row["level"] == "practice"]
    assert (share["practice"], share["municipality"], share["n"], share["favourable"]) == ("garden", "Turku", 5, 3)
    assert say("forms", "--practice", "garden", "-o", tmp_path / "garden.zip", *own)[0] == 0
    assert say("report", "--practice", "garden", "-o", tmp_path / "garden.pptx", *own)[0] == 0


def test_all_forms_of_a_practice_are_made_as_a_zip(say, tmp_path: Path) -> None:
    assert say("forms", "--practice", "neuvonta", "-o", tmp_path / "a.zip")[0] == 0
    assert zipfile.is_zipfile(tmp_path / "a.zip")
    assert say("forms", "--practice", "neuvonta", "-o", tmp_path / "a.pdf")[0] == 2


def test_the_schema_for_editors_is_written(say, tmp_path: Path) -> None:
    assert say("schema", "-o", tmp_path / "schema.json")[0] == 0
    assert "questionnaire" in json.loads((tmp_path / "schema.json").read_text(encoding="utf-8"))["properties"]
