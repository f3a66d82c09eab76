"""The command import, as scripts count on it: exit codes, the shape of JSON, and what a mapping may say."""

import json
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from evaluation.bundled_files import SAMPLE_DATA
from tests.conftest import EVERY_LANGUAGE

SISU_END = str(SAMPLE_DATA / "sisu_asiakkaan_loppukysely.xlsx")
FILE_KEYS = {
    "file", "sha256", "import_id", "layout", "questionnaire", "rows", "accepted", "replaced", "completed",
    "rejected", "duplicates", "set_aside",
    "questions", "pairs", "problems", "columns", "unknown_answers",
}  # fmt: skip


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
    assert say("undo", str(told["import_id"]), "--yes")[0] == 0
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


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ('{"columns": {', ("rivillä 1", "merkissä")),
        ('{"columns": 3}', ("docs/import.md",)),
        ('{"keep": [["Taul1"]]}', ("docs/import.md",)),
        ('{"keep": [["Taul1", 1e999]]}', ("docs/import.md",)),
        pytest.param("[" * 100_000, ("docs/import.md",), id="deep list"),
        pytest.param('{"columns":' * 50_000, ("docs/import.md",), id="deep object"),
        pytest.param('{"columns": {}}' + " " * 5_000_000, ("liian suuri", "5 megatavua"), id="large"),
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


def test_files_folders_and_database_may_be_named_with_any_letters(say, tmp_path: Path, table) -> None:
    folder = tmp_path / "Työpöytä, omat åäö"
    folder.mkdir()
    file = folder / "Käynnit & palaute (ä).xlsx"
    mood = "Miten voit mielialasi puolesta tällä hetkellä?"
    file.write_bytes(table(("Tunniste", mood), ("A1", 3), ("A2", 9), sheet="Pääsivu ö"))
    database = f"duckdb:///{(folder / 'vastaukset ö.duckdb').as_posix()}"
    comments = folder / "not there yet"
    given = ("--practice", "sisu", "--questionnaire", "client_start", "--comments", comments, "--database", database)
    assert say("import", file, *given)[0] == 1
    (record,) = json.loads(say("imports", "--json", "--database", database)[1])["imports"]
    assert (record["file"], record["accepted"]) == (file.name, 1)
    (commented,) = comments.glob("Käynnit*_*.xlsx")
    assert load_workbook(commented)["Pääsivu ö"]["B3"].comment is not None


def test_a_mapping_says_what_the_words_of_a_column_of_times_mean(say, tmp_path: Path) -> None:
    export = Path(__file__).parents[1] / "cases" / "import" / "redcap_events.csv"
    mapping = tmp_path / "mapping.json"
    asking = ("import", export, "--practice", "gruppis", "--cohort", "Kevät 2024", "--mapping", mapping, "--json")
    mapping.write_text(json.dumps({"timings": {"Enrolment_arm_1": "start"}}), encoding="utf-8")
    code, out, _ = say(*asking)
    assert (code, json.loads(out)["files"][0]["accepted"]) == (0, 12)
    mapping.write_text(json.dumps({"timings": {"enrolment_arm_1": "beginning"}}), encoding="utf-8")
    code, _, error = say(*asking)
    assert code == 2
    assert "beginning" in error


def test_a_mapping_says_of_columns_bands_and_header_rows_what_the_page_would_ask(say, tmp_path: Path) -> None:
    path, mapping = tmp_path / "oma.xlsx", tmp_path / "mapping.json"
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Taul1"
    for row in (
        ("Sisu", "kevät 2026"),
        (None, "1. mittaus", "2. mittaus", None),
        ("Koodi", "Millä mielellä", "Millä mielellä", "Saitko jotain irti"),
        ("A1", 2, 4, 5),
        ("A2", 2, 4, 4),
    ):
        sheet.append(row)
    book.save(path)
    told = {
        "columns": {"Millä mielellä": "state_mood", "Saitko jotain irti": "sat_usefulness"},
        "timings": {"Taul1!B2": "start", "Taul1!c2": "end"},
        "header_rows": {"Taul1": 3},
    }
    asking = ("import", path, "--practice", "sisu", "--mapping", mapping, "--json", "--dry-run")
    mapping.write_text(json.dumps(told | {"timings": {}}), encoding="utf-8")
    code, out, _ = say(*asking)
    (receipt,) = json.loads(out)["files"]
    assert {question["kind"] for question in receipt["questions"]} == {"band_timing"}
    assert [column["part"] for column in receipt["columns"]] == [None, "Taul1!B2", "Taul1!C2", "Taul1!C2"]
    mapping.write_text(json.dumps(told), encoding="utf-8")
    code, out, _ = say(*asking)
    (receipt,) = json.loads(out)["files"]
    assert (code, receipt["rows"], receipt["rejected"]) == (0, 4, 0)
    columns = {column["key"]: (column["target"], column["timing"]) for column in receipt["columns"]}
    assert columns == {
        "koodi": ("participant", None),
        "millä mielellä": ("state_mood", "start"),
        "millä mielellä#2": ("state_mood", "end"),
        "saitko jotain irti": ("sat_usefulness", "end"),
    }
