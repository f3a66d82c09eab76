"""The command line: what scripts count on – exit codes, the shape of JSON, and sentences on the error stream."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from evaluation.cli import main
from evaluation.i18n import Translator
from evaluation.samples import FOLDER
from tests.conftest import EVERY_LANGUAGE

SISU_END = str(FOLDER / "sisu_asiakkaan_loppukysely.xlsx")
FILE_KEYS = {
    "file", "sha256", "import_id", "layout", "questionnaire", "rows", "accepted", "rejected", "duplicates", "set_aside",
    "problems", "columns", "unknown_answers",
}  # fmt: skip
ROW_KEYS = {
    "family", "measure", "practice", "municipality", "cohort", "item", "dimension", "n", "value", "low", "high",
    "suppressed",
}  # fmt: skip

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


@pytest.fixture(autouse=True)
def _own_database(clean_environment: str) -> None:
    """Keep every test to a database of its own."""


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str]):
    """Give a function that runs a command and returns its exit code, output and errors."""

    def said(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(each) for each in arguments])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return said


def test_check_prints_what_the_definitions_hold(say) -> None:
    code, out, _ = say("check", "--lang", "en")
    assert code == 0
    assert "sisu" in out
    assert "client_end" in out


def test_check_refuses_a_broken_definition_with_file_and_line(say, tmp_path: Path) -> None:
    (tmp_path / "practices.yaml").write_text("practices:\n  sisu:\n    nmae: Sisu\n", encoding="utf-8")
    code, _, err = say("check", "--definitions", tmp_path, "--lang", "en")
    assert code == 2
    assert "practices.yaml" in err
    assert "line 3" in err
    assert "nmae" in err


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_check_finds_nothing_odd_in_any_language(say, language: str) -> None:
    code, out, _ = say("check", "--lang", language)
    assert code == 0
    assert out.splitlines()[-1] == Translator(language).plural("cli.check_odd", 0)


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


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_template_import_imports_and_undo(say, tmp_path: Path, language: str) -> None:
    path = tmp_path / "sisu.xlsx"
    code, _, _ = say("template", "--practice", "sisu", "--questionnaire", "client_end", "-o", path, "--lang", language)
    assert code == 0
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for line in range(2, 12):
        sheet.cell(line, 1, f"A{line}")
        sheet.cell(line, 4, 4)
    sheet["D3"], sheet["D5"], sheet["B7"] = 9, "ehkä joskus", "31.2.2018"
    book.save(path)

    code, out, _ = say("import", path, "--cohort", "Kevät 2018", "--json", "--lang", language)
    (told,) = json.loads(out)["files"]
    assert code == 1
    assert told.keys() == FILE_KEYS
    assert (told["rows"], told["accepted"], told["rejected"], told["duplicates"]) == (10, 7, 3, 0)
    errors = [problem for problem in told["problems"] if problem["severity"] == "error"]
    assert [problem["cell"] for problem in errors] == ["D3", "D5", "B7"]
    assert {problem["sheet"] for problem in errors} == {sheet.title}
    assert all(problem["value"] in problem["message"] for problem in errors)

    code, out, _ = say("import", path, "--cohort", "Kevät 2018", "--json")
    (again,) = json.loads(out)["files"]
    assert (again["rows"], again["accepted"], again["rejected"], again["duplicates"]) == (10, 0, 3, 7)

    code, out, _ = say("imports", "--json")
    records = json.loads(out)["imports"]
    assert code == 0
    assert [record["import_id"] for record in records] == [told["import_id"]]
    assert say("undo", str(told["import_id"]))[0] == 0
    assert json.loads(say("imports", "--json")[1]) == {"imports": []}
    assert json.loads(say("measures", "--json")[1]) == []


def test_every_row_accepted_is_zero_and_a_dry_run_saves_nothing(say) -> None:
    code, out, _ = say("import", SISU_END, "--dry-run", "--json")
    assert code == 0
    assert json.loads(out)["files"][0]["accepted"] == 8
    assert json.loads(say("imports", "--json")[1])["imports"] == []
    assert say("import", SISU_END)[0] == 0


def test_nothing_readable_is_two_and_says_why(say, tmp_path: Path) -> None:
    text = tmp_path / "palaute.xlsx"
    text.write_text("Hyvä ryhmä!", encoding="utf-8")
    code, out, _ = say("import", text, "--json")
    assert code == 2
    (told,) = json.loads(out)["files"]
    assert told["rows"] == 0
    assert "palaute.xlsx" in told["problems"][0]["message"]
    assert say("import", tmp_path / "missing.xlsx")[0] == 2


def test_a_file_that_cannot_be_read_beside_one_that_can_is_one(say, tmp_path: Path) -> None:
    text = tmp_path / "palaute.xlsx"
    text.write_text("Hyvä ryhmä!", encoding="utf-8")
    assert say("import", text, SISU_END)[0] == 1


def test_measures_are_objects_a_row_and_can_be_narrowed(say) -> None:
    for name in ("sisu_osallistumislista", "sisu_asiakkaan_alkukysely", "sisu_asiakkaan_loppukysely"):
        assert say("import", FOLDER / f"{name}.xlsx")[0] == 0
    code, out, _ = say("measures", "--practice", "sisu", "--json")
    rows = json.loads(out)
    assert code == 0
    assert all(row.keys() >= ROW_KEYS for row in rows)
    (completed,) = [row for row in rows if row["measure"] == "completed" and row["level"] == "practice"]
    assert (completed["n"], completed["count"], completed["suppressed"]) == (12, 8, False)
    families = {row["family"] for row in json.loads(say("measures", "--family", "change", "--json")[1])}
    assert families == {"change"}
    assert json.loads(say("measures", "--practice", "gruppis", "--json")[1]) == []
    assert "67%" in say("measures", "--family", "participation", "--lang", "en")[1]


def test_a_report_is_written_and_refused_without_answers(say, tmp_path: Path) -> None:
    target = tmp_path / "sisu.pptx"
    assert say("report", "--practice", "sisu", "-o", target)[0] == 2
    assert not target.exists()
    say("import", SISU_END)
    assert say("report", "--practice", "sisu", "-o", target)[0] == 0
    assert target.read_bytes().startswith(b"PK")


def test_the_format_of_a_report_follows_the_name_of_its_file_unless_said(say, tmp_path: Path) -> None:
    say("import", SISU_END)
    assert say("report", "--practice", "sisu", "-o", tmp_path / "a.html")[0] == 0
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert say("report", "--practice", "sisu", "--format", "txt", "-o", tmp_path / "plain")[0] == 0
    assert (tmp_path / "plain").read_text(encoding="utf-8-sig").startswith("Sisu")
    code, _, err = say("report", "--practice", "sisu", "-o", tmp_path / "sisu.odt")
    assert code == 2
    assert "sisu.odt" in err


def test_a_broken_template_is_refused_in_plain_words(say, tmp_path: Path) -> None:
    template = tmp_path / "pohja.pptx"
    template.write_bytes(b"no slides")
    code, _, err = say("report", "--practice", "sisu", "--template", template, "-o", tmp_path / "a.pptx")
    assert (code, "pohja.pptx" in err, "Traceback" in err) == (2, True, False)
    assert say("report", "--practice", "sisu", "--template", template, "-o", tmp_path / "a.txt")[0] == 2


def test_a_set_has_a_report_of_each_practice_with_answers_and_the_comparison(say, tmp_path: Path) -> None:
    say("import", SISU_END)
    code, out, _ = say("report", "--all", "--format", "txt", "-o", tmp_path / "set")
    assert code == 0
    assert {path.name for path in (tmp_path / "set").iterdir()} == {"sisu.txt", "comparison.txt"}
    assert out.splitlines()[0] == "1/2 Sisu"


def test_a_misspelt_name_is_told_with_the_nearest(say) -> None:
    code, _, err = say("measures", "--practice", "sissu", "--lang", "en")
    assert code == 2
    assert "sissu" in err
    assert "sisu" in err


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ('{"columns": {', ("rivillä 1", "merkissä")),
        ('{"columns": 3}', ("docs/import.md",)),
        ('{"keep": [["Taul1"]]}', ("docs/import.md",)),
        ('{"answers": {"state_mood": {"jees": 77}}}', ("jees", "77", "1, 2, 3, 4, 5, 98, 99")),
        ('{"answers": {"state_mood": {"jees": 2.5}}}', ("jees", "2.5", "1, 2, 3, 4, 5, 98, 99")),
        ('{"answers": {"best_thing": {"jees": 1}}}', ("jees", "best_thing")),
    ],
)
def test_a_mapping_that_cannot_hold_is_refused_in_the_language_of_the_user(
    say, tmp_path: Path, mapping: str, words: tuple[str, ...]
) -> None:
    file = tmp_path / "mapping.json"
    file.write_text(mapping, encoding="utf-8")
    code, out, error = say("import", SISU_END, "--mapping", str(file))
    assert (code, out) == (2, "")
    assert all(word in error for word in words)
    assert not any(word in error for word in ("Expecting", "object", "unpack"))


def test_another_database_is_chosen_by_its_address(say, sample_database: str) -> None:
    """The sample is loaded there by the command ``sample`` (conftest)."""
    rows = json.loads(say("measures", "--json", "--database", sample_database)[1])
    assert len({row["practice"] for row in rows if not row["suppressed"]}) == 16
    assert json.loads(say("measures", "--json")[1]) == []


def test_an_unknown_import_cannot_be_undone(say) -> None:
    code, _, err = say("undo", "7", "--lang", "en")
    assert code == 2
    assert "7" in err


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch):
    """Give a function that says what the user types when a command asks."""
    return lambda text: monkeypatch.setattr(sys, "stdin", io.StringIO(text))


def _forms(say) -> int:
    return sum(each["accepted"] for each in json.loads(say("imports", "--json")[1])["imports"])


def test_a_backup_is_restored_when_the_user_says_so(say, answer, tmp_path: Path) -> None:
    saved = tmp_path / "kopio.zip"
    assert say("import", SISU_END)[0] == 0
    assert say("backup", "-o", saved)[0] == 0
    assert say("undo", "1")[0] == 0
    answer("")
    code, out, err = say("restore", saved)
    assert (code, _forms(say)) == (2, 0)
    assert Translator("fi")("settings.backup_replaces", forms=0, imports=0) in out
    assert Translator("fi")("cli.not_sure") in err
    answer("kyllä\n")
    assert say("restore", saved)[0] == 0
    assert _forms(say) == 8


def test_a_file_that_is_no_backup_is_refused(say) -> None:
    code, _, err = say("restore", SISU_END, "--yes", "--lang", "en")
    assert code == 2
    assert Translator("en")("store.backup_foreign") in err


def test_a_code_is_forgotten_in_the_practice_that_is_named(say, answer) -> None:
    assert say("import", SISU_END, FOLDER / "gruppis_asiakkaan_loppukysely.xlsx")[0] == 0
    answer("yes\n")
    code, out, _ = say("forget", "A1", "--practice", "sisu", "--lang", "en")
    assert code == 0
    assert Translator("en").plural("settings.forgotten", 1) in out
    assert say("forget", "A1", "--practice", "sisu", "--yes")[0] == 2, "nothing stands under it there any more"
    code, out, _ = say("forget", "A1", "--yes", "--lang", "en")
    assert code == 0
    assert "Gruppis" in out


def test_everything_is_deleted_only_after_its_word(say, answer) -> None:
    assert say("import", SISU_END)[0] == 0
    answer("kyllä\n")
    assert say("delete-everything")[0] == 2
    assert _forms(say) == 8
    answer(Translator("fi")("settings.delete_word"))
    assert say("delete-everything")[0] == 0
    assert _forms(say) == 0


def test_sample_data_is_removed_by_the_command_that_loads_it(say) -> None:
    assert say("import", SISU_END)[0] == 0, "it is a workbook of the sample"
    code, out, _ = say("sample", "--remove", "--lang", "en")
    assert code == 0
    assert Translator("en").plural("settings.sample_removed", 8) in out
    assert _forms(say) == 0


def test_a_setting_that_cannot_hold_is_refused(say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALUATION_THRESHOLD", "1")
    code, _, err = say("measures")
    assert code == 2
    assert "EVALUATION_THRESHOLD" in err


def test_all_data_is_copied_into_another_database_and_over_other_data_only_when_told(
    say, answer, tmp_path: Path, clean_environment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = f"duckdb:///{(tmp_path / 'there.duckdb').as_posix()}"
    assert say("import", SISU_END)[0] == 0
    copy = ("copy", "--from", clean_environment, "--to", there)
    code, out, _ = say(*copy)
    assert code == 0
    assert "responses: rivejä 8" in out
    assert say("copy", "--from", there, "--to", there)[2].strip() == Translator("fi")("store.copy_same")
    code, _, err = say(*copy)
    assert (code, err.strip()) == (2, Translator("fi")("store.copy_target_holds"))
    answer("")
    assert say(*copy, "--replace")[0] == 2
    answer("kyllä\n")
    assert say(*copy, "--replace")[0] == 0
    monkeypatch.setenv("EVALUATION_DATABASE", there)
    assert _forms(say) == 8


def test_a_reader_that_stops_early_is_no_error_of_the_user() -> None:
    command = [sys.executable, "-m", "evaluation", "check"]
    with subprocess.Popen(
        command, cwd=FOLDER.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""


def test_files_folders_and_database_may_be_named_with_any_letters(say, tmp_path: Path, table) -> None:
    folder = tmp_path / "Työpöytä, omat åäö"
    folder.mkdir()
    file = folder / "Käynnit & palaute (ä).xlsx"
    mood = "Miten voit mielialasi puolesta tällä hetkellä?"
    file.write_bytes(table(("Tunniste", mood), ("A1", 3), ("A2", 9), sheet="Pääsivu ö"))
    database = f"duckdb:///{(folder / 'vastaukset ö.duckdb').as_posix()}"
    given = ("--practice", "sisu", "--questionnaire", "client_start", "--comments", folder, "--database", database)
    assert say("import", file, *given)[0] == 1
    (record,) = json.loads(say("imports", "--json", "--database", database)[1])["imports"]
    assert (record["file"], record["accepted"]) == (file.name, 1)
    (commented,) = folder.glob("Käynnit*_*.xlsx")
    assert load_workbook(commented)["Pääsivu ö"]["B3"].comment is not None


def test_the_trail_is_printed_with_what_was_taken_out(say, tmp_path: Path) -> None:
    say("import", SISU_END)
    say("report", "--practice", "sisu", "-o", tmp_path / "sisu.txt")
    say("package", "-o", tmp_path / "Virtanen.zip")
    say("backup", "-o", tmp_path / "Virtanen.zip")
    code, out, _ = say("audit", "--json")
    told = json.loads(out)["audit"]
    assert code == 0
    assert [entry["deed"] for entry in told] == ["imported", "report", "package", "backup"]
    assert told[1]["subject"] == "sisu txt"
    assert "Virtanen" not in out
    assert say("audit", "--csv")[1].splitlines()[0] == "number,done_at,actor,deed,subject,count"
    assert Translator("fi")("audit.deed_backup") in say("audit")[1]


def test_old_answers_are_told_of_first_and_deleted_when_it_is_sure(say, monkeypatch: pytest.MonkeyPatch) -> None:
    say("import", SISU_END)
    assert say("retire")[0] == 2, "nobody has said how long answers are kept"
    assert say("retire", "--older-than", "soon")[0] == 2
    forms = json.loads(say("imports", "--json")[1])["imports"][0]["accepted"]
    code, out, _ = say("retire", "--older-than", "24kk", "--dry-run")
    assert (code, Translator("fi").plural("settings.retire_due", forms, day="").split(" päivää")[0] in out) == (0, True)
    assert json.loads(say("imports", "--json")[1])["imports"]
    monkeypatch.setenv("EVALUATION_KEEP_MONTHS", "2000")
    assert say("retire", "--yes")[0] == 0
    assert json.loads(say("imports", "--json")[1])["imports"], "nothing is as old as that"
    monkeypatch.setenv("EVALUATION_KEEP_MONTHS", "24")
    assert say("retire", "--yes")[0] == 0
    assert json.loads(say("imports", "--json")[1])["imports"] == []
    monkeypatch.setenv("EVALUATION_KEEP_MONTHS", "-1")
    assert say("retire", "--yes")[0] == 2


def test_an_erased_code_is_looked_for_and_found_in_the_backup_made_before(say, tmp_path: Path) -> None:
    t, backups = Translator("fi"), tmp_path / "backups"
    backups.mkdir()
    say("import", SISU_END)
    say("backup", "-o", backups / "backup.zip")
    (backups / "notes.txt").write_text("A7", encoding="utf-8")
    code, out, _ = say("forget", "A7", "--yes")
    assert code == 0
    assert t("audit.copies") in out
    assert out.count("sha256=") == 1
    say("backup", "-o", tmp_path / "later.zip")
    code, out, _ = say("find-code", "A7")
    assert (code, t("audit.found_nowhere", code="A7") in out) == (0, True)
    code, out, _ = say("find-code", "A7", "--backups", backups)
    told = t("audit.found_backup", file=backups / "backup.zip", place=t("audit.place_participant"), n=1)
    assert (code, told in out) == (1, True)
    assert t("audit.not_backup", file=backups / "notes.txt") in out
    assert out.count("sha256=") == 1, "one of the two was not given"
