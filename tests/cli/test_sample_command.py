"""The command sample, and what the other commands do where own answers and the sample could meet."""

import json
import zipfile
from pathlib import Path

import pytest

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.i18n import Translator, languages
from evaluation.samples import sample_url
from evaluation.store import OWN, SAMPLE, open_store

MADE_UP = Translator("fi")("common.synthetic")


@pytest.fixture
def end_forms(fill) -> bytes:
    """Give a worker's own end forms of six people."""
    rows = [{"participant": f"OM{n}", "cohort": "Kevät 2026", "recommend": n} for n in range(4, 10)]
    return fill("sisu", "client_end", rows)


@pytest.fixture
def own_file(tmp_path: Path, end_forms: bytes) -> Path:
    path = tmp_path / "oma.xlsx"
    path.write_bytes(end_forms)
    return path


def kind_and_forms(url: str) -> tuple[str, int]:
    store = open_store(url)
    return store.kind(), store.facts().forms


def test_the_sample_gets_a_database_of_its_own_beside_ones_own(say, clean_environment: str, own_file: Path) -> None:
    assert say("import", own_file)[0] == 0
    code, out, _ = say("sample")
    url = sample_url(clean_environment)
    assert code == 0
    assert url.removeprefix("duckdb:///") in out
    assert kind_and_forms(url) == (SAMPLE, 2429)
    assert kind_and_forms(clean_environment) == (OWN, 6)
    assert say("sample")[0] == 0
    assert kind_and_forms(url) == (SAMPLE, 2429)


def test_a_database_at_an_address_is_filled_unless_it_holds_own_answers(
    say, clean_environment: str, own_file: Path, tmp_path: Path
) -> None:
    other = f"duckdb:///{(tmp_path / 'malli.duckdb').as_posix()}"
    assert say("sample", "--database", other)[0] == 0
    assert kind_and_forms(other) == (SAMPLE, 2429)
    say("import", own_file)
    for options in ((), ("--remove",)):
        code, _, err = say("sample", *options, "--database", clean_environment)
        assert code == 2
        assert err.strip() == Translator("fi")("store.holds_own")
    assert kind_and_forms(clean_environment) == (OWN, 6)


def test_removing_the_sample_deletes_its_database_and_touches_no_own_answer(
    say, clean_environment: str, own_file: Path
) -> None:
    say("import", own_file)
    say("sample")
    file = Path(sample_url(clean_environment).removeprefix("duckdb:///"))
    assert file.exists()
    assert say("sample", "--remove") == (0, Translator("fi")("settings.sample_removed") + "\n", "")
    assert not list(file.parent.glob("*.sample.*"))
    assert kind_and_forms(clean_environment) == (OWN, 6)
    assert say("sample", "--remove") == (0, Translator("fi")("cli.sample_missing") + "\n", "")


def test_beside_a_server_there_is_no_place_and_the_command_says_where_to_look(say, monkeypatch) -> None:
    monkeypatch.setenv("EVALUATION_DATABASE", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    code, _, err = say("sample")
    assert (code, err.strip()) == (2, Translator("fi")("cli.sample_on_server"))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_own_files_are_not_brought_into_the_sample(
    say, clean_environment: str, own_file: Path, language: str, options: tuple[str, ...]
) -> None:
    say("sample")
    url = sample_url(clean_environment)
    code, out, err = say("import", own_file, "--database", url, "--lang", language, *options)
    assert (code, out, err.strip()) == (2, "", Translator(language)("store.sample_takes_nothing"))
    assert kind_and_forms(url) == (SAMPLE, 2429)


def test_backups_go_back_only_where_they_belong_and_nobody_is_asked_before(
    say, clean_environment: str, own_file: Path, tmp_path: Path
) -> None:
    say("import", own_file)
    say("sample")
    url = sample_url(clean_environment)
    backups = {OWN: tmp_path / "own.zip", SAMPLE: tmp_path / "sample.zip"}
    assert say("backup", "-o", backups[OWN])[0] == 0
    assert say("backup", "-o", backups[SAMPLE], "--database", url)[0] == 0
    for kind, target, message in (
        (SAMPLE, clean_environment, "store.sample_into_own"),
        (OWN, url, "store.own_into_sample"),
    ):
        code, out, err = say("restore", backups[kind], "--database", target)
        assert (code, out, err.strip()) == (2, "", Translator("fi")(message))
    assert say("restore", backups[SAMPLE], "--database", url, "--yes")[0] == 0
    assert (kind_and_forms(clean_environment), kind_and_forms(url)) == ((OWN, 6), (SAMPLE, 2429))


def test_figures_of_one_database_hold_nothing_of_the_other(say, clean_environment: str, own_file: Path) -> None:
    say("import", own_file)
    before = json.loads(say("measures", "--json")[1])
    say("sample")
    assert json.loads(say("measures", "--json")[1]) == before
    assert {row["practice"] for row in before} == {"sisu"}
    assert MADE_UP not in say("measures", "--family", "satisfaction")[1]
    told = say("measures", "--family", "satisfaction", "--database", sample_url(clean_environment))[1]
    assert told.startswith(MADE_UP)


def test_reports_and_the_package_say_whose_answers_they_are_of(
    say, clean_environment: str, own_file: Path, tmp_path: Path
) -> None:
    say("import", own_file)
    say("sample")
    for url, made_up in ((clean_environment, False), (sample_url(clean_environment), True)):
        package, text = tmp_path / f"{made_up}.zip", tmp_path / f"{made_up}.txt"
        assert say("package", "-o", package, "--database", url)[0] == 0
        assert say("report", "--practice", "sisu", "-o", text, "--database", url)[0] == 0
        assert (MADE_UP in text.read_text(encoding="utf-8")) is made_up
        with zipfile.ZipFile(package) as archive:
            told = json.loads(archive.read("datapackage.json"))
        assert (told["synthetic"], told["description"].startswith(MADE_UP)) == (made_up, made_up)


def test_a_workbook_of_the_sample_in_a_database_of_ones_own_is_told_of(say) -> None:
    code, out, _ = say("import", SAMPLE_DATA / "sisu_asiakkaan_loppukysely.xlsx", "--dry-run")
    assert code == 0
    name = "sisu_asiakkaan_loppukysely.xlsx"
    assert Translator("fi")("problems.sample_workbook", file=name) in out
