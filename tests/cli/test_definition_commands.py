"""Definitions that a database keeps are listed, moved to another toolkit, and taken away; the figures stay the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.i18n import Translator, languages
from evaluation.own_definitions import DefinitionDraft, save_drafts
from evaluation.store import open_store
from tests.definitions.test_loader import SCALE
from tests.test_own_definitions import ALL_THREE, SCALE_BODY

# One practice with a scale, a form and a dimension of its own, in Finnish alone, two definitions in one file.
CAFE = """\
scales:
  kipina5:
    label: {fi: Kahvilan asteikko}
    better: high
    values:
      - {code: 1, class: unfavourable, label: {fi: Ei yhtään}}
      - {code: 2, class: unfavourable, label: {fi: Vähän}}
      - {code: 3, class: neutral, label: {fi: Jonkin verran}}
      - {code: 4, class: favourable, label: {fi: Paljon}}
      - {code: 5, class: favourable, label: {fi: Todella paljon}}
practices:
  kahvila_kipina:
    name: {fi: Kahvila Kipinä}
    municipalities: [Akaa]
    type: group
    questionnaires: [kahvila_kipina_palaute]
"""
CAFE_FORM = """\
questionnaire:
  id: kahvila_kipina_palaute
  version: 1
  kind: form
  title: {fi: Kahvilan palaute}
  instructions: {fi: Vastaa rehellisesti.}
  role: client
  timing: once
  participant_code: optional
  date: optional
  items:
    - id: kipina_seura
      text: {fi: Kuinka paljon sait kahvilasta seuraa?}
      short: {fi: Seura}
      scale: kipina5
      family: satisfaction
      theme: benefits
    - id: kipina_toivo
      kind: text
      text: {fi: Mitä toivoisit kahvilalta?}
      short: {fi: Toiveet}
      family: satisfaction
      theme: future
"""
CAFE_LABELS = ("Paljon", "Todella paljon", "Jonkin verran", "Vähän")


@pytest.fixture
def cafe(tmp_path: Path) -> Path:
    folder = tmp_path / "cafe"
    folder.mkdir()
    (folder / "kahvila.yaml").write_text(CAFE, encoding="utf-8")
    (folder / "palaute.yaml").write_text(CAFE_FORM, encoding="utf-8")
    return folder


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    rows = ["Tunniste;Kuinka paljon sait kahvilasta seuraa?;Mitä toivoisit kahvilalta?"]
    rows += [f"KK{number:02};{CAFE_LABELS[number % 4]};" for number in range(14)]
    path = tmp_path / "kipina.csv"
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def import_answers(say, answers: Path, database: str) -> None:
    code, out, err = say(
        "import", answers, "--practice", "kahvila_kipina", "--cohort", "Syksy 2026", "--database", database
    )
    assert code == 0, out + err


def test_a_practice_and_its_figures_are_the_same_in_an_empty_toolkit(
    say, cafe: Path, answers: Path, tmp_path: Path, clean_environment: str
) -> None:
    code, out, _ = say("definitions", "import", cafe)
    assert (code, out.splitlines()[0]) == (0, "3 uutta määritelmää tuotiin tietokantaan.")
    import_answers(say, answers, clean_environment)
    other = f"duckdb:///{(tmp_path / 'toinen.duckdb').as_posix()}"
    assert say("definitions", "export", tmp_path / "out")[0] == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "practice_kahvila_kipina.yaml",
        "questionnaire_kahvila_kipina_palaute_1.yaml",
        "scale_kipina5.yaml",
    ]
    assert say("definitions", "import", tmp_path / "out", "--database", other)[0] == 0
    import_answers(say, answers, other)
    here, there = say("measures", "--json"), say("measures", "--json", "--database", other)
    assert here[1] == there[1]
    seura = [row for row in json.loads(here[1]) if row.get("item") == "kipina_seura"]
    assert seura, "the figures are there"
    # Out of there again it is the same, file for file.
    assert say("definitions", "export", tmp_path / "again", "--database", other)[0] == 0
    for path in (tmp_path / "out").iterdir():
        assert (tmp_path / "again" / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8")
    code, out, _ = say("definitions", "import", tmp_path / "again", "--database", other)
    assert (code, out.splitlines()) == (0, ["0 uutta määritelmää tuotiin tietokantaan."])
    trail = say("audit", "--json")[1]
    assert [entry["deed"] for entry in json.loads(trail)["audit"]][-2:] == ["imported", "definitions_exported"]


def test_the_exported_folder_works_as_a_folder_of_definitions_too(say, cafe: Path, tmp_path: Path) -> None:
    say("definitions", "import", cafe)
    say("definitions", "export", tmp_path / "out")
    empty = f"duckdb:///{(tmp_path / 'toinen.duckdb').as_posix()}"
    code, out, err = say("check", "--definitions", tmp_path / "out", "--database", empty)
    assert (code, err) == (0, "")
    assert "kahvila_kipina" in out
    assert not (tmp_path / "toinen.duckdb").exists(), "checking makes no database"
    assert "Kielet, joilla kaikki tekstit ovat: fi." in out


def test_a_broken_definition_brings_in_nothing_and_is_named(say, cafe: Path, clean_environment: str) -> None:
    (cafe / "palaute.yaml").write_text(CAFE_FORM.replace("scale: kipina5", "scale: kipina7"), encoding="utf-8")
    code, _, err = say("definitions", "import", cafe)
    assert code == 2
    assert all(word in err for word in ("palaute.yaml", "kipina7", "rivi 15"))
    assert open_store(clean_environment).definitions() == ()


@pytest.mark.parametrize("language", languages())
def test_definitions_are_listed_in_the_reader_s_language(say, cafe: Path, language: str) -> None:
    say("definitions", "import", cafe)
    code, out, _ = say("definitions", "list", "--lang", language)
    assert code == 0
    assert out.splitlines()[0] == Translator(language).plural("cli.definitions_kept", 3)
    for kind, name in (("practice", "kahvila_kipina"), ("scale", "kipina5")):
        assert f"{Translator(language)(f'definitions.kind_{kind}')} {name} (v1" in out
    plain = json.loads(say("definitions", "list", "--json")[1])["definitions"]
    assert {each["file"] for each in plain} >= {"scale_kipina5.yaml"}
    assert "document" not in plain[0]


def test_retiring_reinstating_and_removing(say, cafe: Path, answers: Path, clean_environment: str) -> None:
    say("definitions", "import", cafe)
    import_answers(say, answers, clean_environment)
    assert say("definitions", "retire", "practice", "kahvila_kipina")[0] == 0
    assert "poistettu käytöstä" in say("definitions", "list")[1]
    assert say("definitions", "reinstate", "practice", "kahvila_kipina")[0] == 0
    assert "poistettu käytöstä" not in say("definitions", "list")[1]
    code, _, err = say("definitions", "remove", "practice", "kahvila_kipina")
    assert (code, "14" in err) == (2, True)
    assert say("undo", "1", "--yes")[0] == 0
    assert say("definitions", "remove", "practice", "kahvila_kipina")[0] == 0
    code, _, err = say("definitions", "remove", "practice", "kahvila_kipina")
    assert (code, "kahvila_kipina" in err) == (2, True)


@pytest.mark.parametrize(
    "words", [("export",), ("list", "x"), ("remove", "practice"), ("retire", "practise", "sisu"), ("import", "nowhere")]
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(say, words: tuple[str, ...]) -> None:
    code, out, err = say("definitions", *words)
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize("with_definitions", [False, True])
def test_undoing_an_import_tells_of_its_definitions_and_takes_them_away_where_that_is_wanted(
    say, cafe: Path, answers: Path, clean_environment: str, with_definitions: bool
) -> None:
    say("definitions", "import", cafe)
    import_answers(say, answers, clean_environment)
    store = open_store(clean_environment)
    more = [
        DefinitionDraft("scale", SCALE_BODY),
        DefinitionDraft("practice", ALL_THREE[0].body | {"questionnaires": ["client_end"]}),
    ]
    save_drafts(store, None, more, made_by_import=1)
    code, out, _ = say("undo", "1", "--yes", *(["--with-definitions"] if with_definitions else []))
    assert code == 0
    assert all(name in out for name in ("scale own", "practice own_practice"))
    assert ("remove" in out) != with_definitions
    assert len(store.definitions()) == (3 if with_definitions else 5)


def test_a_form_that_comes_back_after_its_next_version_is_read_and_the_figures_before_stay(
    say, cafe: Path, answers: Path, tmp_path: Path, clean_environment: str
) -> None:
    say("definitions", "import", cafe)
    import_answers(say, answers, clean_environment)

    def figures() -> list[dict[str, object]]:
        rows = json.loads(say("measures", "--json")[1])
        return [row for row in rows if row.get("cohort") == "Syksy 2026" and row.get("item") == "kipina_seura"]

    before = figures()
    assert before
    later = CAFE_FORM.replace("version: 1", "version: 2").replace(
        "sait kahvilasta seuraa?", "tapasit kahvilassa ihmisiä?"
    )
    (cafe / "palaute_2.yaml").write_text(later, encoding="utf-8")
    assert say("definitions", "import", cafe)[0] == 0
    assert figures() == before
    late = tmp_path / "late.csv"
    late.write_text(answers.read_text(encoding="utf-8").replace("KK", "LL"), encoding="utf-8")
    code, out, err = say("import", late, "--practice", "kahvila_kipina", "--cohort", "Kevät 2027")
    assert code == 0, out + err
    contents = open_store(clean_environment).contents()
    assert contents.groupby("cohort")["responses"].sum().to_dict() == {"Kevät 2027": 14, "Syksy 2026": 14}
    assert contents.set_index("cohort")["version"].to_dict() == {"Kevät 2027": 2, "Syksy 2026": 1}


def test_two_processes_see_a_new_definition_at_once_and_do_not_write_over_one_another(
    tmp_path: Path, clean_environment: str
) -> None:
    store = open_store(clean_environment)
    assert store.definitions() == ()
    before = store.data_version()
    (tmp_path / "own.yaml").write_text(SCALE, encoding="utf-8")
    command = [sys.executable, "-m", "evaluation", "definitions", "import", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    assert [document.id for document in store.definitions()] == ["own"]
    assert store.data_version() != before
    # Who has the version of before would write the same number.
    changed = {**SCALE_BODY, "label": {"fi": "Muutettu"}}
    (made,) = save_drafts(store, None, [DefinitionDraft("scale", changed)])
    assert made.version == 2
