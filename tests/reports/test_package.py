"""The data package: every table as CSV as its description says, and the answers under pseudonyms of one file."""

import csv
import io
import json
import zipfile
from datetime import date

import pandas as pd
import pyarrow.parquet as pq
import pytest

from evaluation.cli import main
from evaluation.definitions import Library
from evaluation.findings import Words
from evaluation.i18n import Translator, languages
from evaluation.measures import FEW, REGISTRY, Evidence, Policy, publish
from evaluation.render.csv_fields import columns_of
from evaluation.render.csv_package import data_package
from evaluation.store import Selection, Store, open_store
from tests.store.conftest import draft

from .conftest import Laid, share

__all__ = ["draft"]

DAY = date(2018, 12, 3)
_READ = {
    "string": str,
    "number": float,
    "integer": int,
    "boolean": {"true": True, "false": False}.__getitem__,
    "date": date.fromisoformat,
}


@pytest.fixture(scope="module")
def evidence(make, library: Library) -> Evidence:
    rated = make("satisfaction.favourable", [
        share(0.8, item="sat_usefulness", favourable=8, dont_know=1, national_theme="usefulness"),
        {"item": "sat_access", "reason": FEW, "method": None},
        share(0.5, item="sat_access", level="cohort", cohort="=1+1", favourable=5, dont_know=0, national_theme=None),
    ])  # fmt: skip
    return Laid(dict(publish(open_store("duckdb:///:memory:"), library, Selection(), Policy())) | {
        "satisfaction.favourable": rated})  # fmt: skip


def _opened(content: bytes) -> tuple[dict, dict[str, list[dict[str, str]]]]:
    """Return the description and the rows of every file by its path."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        described = json.loads(archive.read("datapackage.json"))
        files = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".csv")}
    return described, {name: list(csv.DictReader(io.StringIO(text))) for name, text in files.items()}


def test_every_table_is_a_file_with_the_columns_and_types_that_are_described(evidence: Evidence, words: Words) -> None:
    described, files = _opened(data_package(evidence, words, DAY))
    assert {each["path"] for each in described["resources"]} == files.keys()
    assert {f"data/{name.replace('.', '-')}.csv" for name in REGISTRY} <= files.keys()
    for resource in described["resources"]:
        types = {field["name"]: _READ[field["type"]] for field in resource["schema"]["fields"]}
        assert all(field["description"] for field in resource["schema"]["fields"])
        for row in files[resource["path"]]:
            assert row.keys() == types.keys()
            assert all(types[name](text) is not None for name, text in row.items() if text)


def test_rows_are_those_of_the_published_tables_and_withheld_ones_have_no_figures(
    evidence: Evidence, words: Words
) -> None:
    _, files = _opened(data_package(evidence, words, DAY))
    rows = {(row["item"], row["level"]): row for row in files["data/satisfaction-favourable.csv"]}
    assert rows["sat_usefulness", "practice"]["value"] == "0.8"
    assert rows["sat_usefulness", "practice"]["favourable"] == "8"
    closed = rows["sat_access", "practice"]
    assert (closed["suppressed"], closed["reason"]) == ("true", "few")
    assert not any(closed[name] for name in ("n", "value", "low", "high", "favourable", "dont_know", "method"))


def test_a_name_that_looks_like_a_formula_is_marked_as_text(evidence: Evidence, words: Words) -> None:
    _, files = _opened(data_package(evidence, words, DAY))
    assert "'=1+1" in {row["cohort"] for row in files["data/satisfaction-favourable.csv"]}


def test_the_description_says_threshold_methods_and_what_withheld_means(evidence: Evidence, library: Library) -> None:
    for language in languages():
        words = Words(library, Translator(language))
        described, _ = _opened(data_package(evidence, words, DAY))
        assert described["threshold"] == 5
        assert len(described["methods"]) == 5
        assert words.t("files.package_suppressed", threshold=5) in described["description"]
        assert "licenses" not in described


def test_the_same_tables_are_the_same_file(evidence: Evidence, words: Words) -> None:
    assert data_package(evidence, words, DAY) == data_package(evidence, words, DAY)


@pytest.mark.thorough
def test_no_column_of_any_table_is_left_out(sample_evidence: Evidence, words: Words) -> None:
    assert {name: set(each.frame) - set(columns_of(name)) for name, each in sample_evidence.tables.items()} == {
        name: set() for name in sample_evidence.tables
    }
    _, files = _opened(data_package(sample_evidence, words, DAY))
    published = [row for name, rows in files.items() if "family" in (rows or [{}])[0] for row in rows]
    assert len(published) == len(sample_evidence.rows())


@pytest.fixture
def filled(store: Store, draft) -> Store:
    forms = [
        {"participant": code, "timing": timing, "answers": {"state_mood": value}, "answered_on": date(2018, 3, day)}
        for code, day in (("AB12", 5), ("CD34", 9))
        for timing, value in (("start", 2), ("end", 4))
    ]
    nameless = {"answers": {"state_mood": 3}, "texts": {"best_thing": "Kahvi Maijan kanssa"}, "timing": "end"}
    store.accept(draft(*forms, nameless))
    return store


def _answers(store: Store) -> pd.DataFrame:
    return pq.read_table(io.BytesIO(store.pseudonymous_answers())).to_pandas()


def test_forms_of_one_person_stay_together_in_a_file_and_nowhere_else(filled: Store) -> None:
    one, other = _answers(filled), _answers(filled)
    by_person = one.groupby("person")["timing"].agg(set)
    assert by_person.tolist() == [{"start", "end"}, {"start", "end"}]
    assert one["form"].nunique() == 5
    assert not set(one["person"].dropna()) & set(other["person"].dropna())
    assert not set(one["form"]) & set(other["form"])


def test_answers_tell_no_code_no_text_and_no_day(filled: Store) -> None:
    content, rows = filled.pseudonymous_answers(), _answers(filled)
    assert set(rows["month"].dropna()) == {"2018-03"}
    told = content + repr(rows.to_dict("list")).encode()
    for secret in (b"AB12", b"CD34", b"Kahvi", b"2018-03-05", b"alku.xlsx"):
        assert secret not in told


def test_answers_are_written_only_where_their_reader_says_yes(
    clean_environment: str, tmp_path, monkeypatch, capsys
) -> None:
    package, answers = tmp_path / "p.zip", tmp_path / "a.parquet"
    command = ["package", "-o", str(package), "--with-answers", str(answers)]
    monkeypatch.setattr("sys.stdin", io.StringIO("en\n"))
    assert main(command) == 2
    assert Translator("fi")("cli.answers_are_personal") in capsys.readouterr().out
    assert not package.exists()
    assert not answers.exists()
    monkeypatch.setattr("sys.stdin", io.StringIO("kyllä\n"))
    assert main(command) == 0
    assert package.exists()
    assert answers.exists()
