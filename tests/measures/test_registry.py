"""The registry: every row is whole, and a new measure is a function, a row and its words, nothing else."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from evaluation.cli import main
from evaluation.definitions import Library
from evaluation.exhibits import practice_report
from evaluation.findings import Words
from evaluation.i18n import Translator, languages, translator
from evaluation.measures import REGISTRY, Evidence, Format, Measure, Place, Policy, publish
from evaluation.measures.column_formats import counts
from evaluation.measures.measure import NO_LEVEL, Inputs
from evaluation.measures.satisfaction import class_sums
from evaluation.render.csv_package import data_package
from evaluation.render.formats import makers
from evaluation.statistics.proportions import wilson
from evaluation.store import Selection, Store
from tests.reports.opened import parts, visible

NAME, PRACTICE, DAY = "satisfaction.dont_know", "kostiakeskus", date(2018, 12, 3)
# The report of one page has room for what matters most only.
WHOLE_REPORTS = ("appendix.pptx", "xlsx", "html", "docx", "txt")
WITH_TABLES = ("xlsx", "html", "docx")


def dont_know(inputs: Inputs) -> pd.DataFrame:
    """Return the share of those who could not say, with its Wilson interval: the function of the new measure."""
    (answers,) = inputs.counts
    sums = class_sums(answers)
    n = sums["n"] + sums["dont_know"]
    low, high = wilson(sums["dont_know"], n)
    return pd.DataFrame({
        "cell": sums["cell"], "measure": "dont_know_share", "method": "wilson", "dont_know": sums["dont_know"], "n": n,
        "value": sums["dont_know"] / n.replace(0, np.nan), "low": low, "high": high,
    })  # fmt: skip


ROW = Measure(
    NAME,
    dont_know,
    counts=("satisfaction_ratings",),
    figures={"dont_know_share": Format.SHARE},
    columns=counts("dont_know"),
    reader_columns=("dont_know", "n", "value", "interval"),
    methods=("wilson",),
    place=Place(9, exhibit="table"),
    suppressed_at=NO_LEVEL,
    sentence="reports.dont_know_share",
)
WORDS = {
    "fi": ("Ei osannut sanoa", "{item}: {dont_know}/{n} ei osannut sanoa ({figure}, väli {interval})."),
    "sv": ("Kunde inte säga", "{item}: {dont_know}/{n} kunde inte säga ({figure}, intervall {interval})."),
    "en": ("Could not say", "{item}: {dont_know} of {n} could not say ({figure}, interval {interval})."),
}


@pytest.fixture
def new_words(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Put the words of the new measure beside the others."""
    catalogues = tmp_path / "catalogues"
    shutil.copytree(translator.CATALOGUES, catalogues)
    for language, (name, sentence) in WORDS.items():
        text = f'msgid "charts.measure_dont_know_share"\nmsgstr "{name}"\n\n'
        text += f'msgid "reports.dont_know_share"\nmsgstr "{sentence}"\n'
        (catalogues / language / "trial.po").write_text(text, encoding="utf-8")
    monkeypatch.setattr(translator, "CATALOGUES", catalogues)
    translator._messages.cache_clear()
    yield
    translator._messages.cache_clear()


@pytest.fixture
def trial(new_words: None) -> Iterator[None]:
    with REGISTRY.trying(ROW):
        yield


@pytest.fixture
def evidence(trial: None, sample_store: Store, library: Library) -> Evidence:
    return publish(sample_store, library, Selection(), Policy())


def _faults(row: Measure) -> list[str]:
    return [fault for language in languages() for fault in row.faults(Translator(language).has)]


@pytest.mark.parametrize("name", REGISTRY)
def test_a_row_has_its_words_in_every_language_and_a_place(name: str) -> None:
    assert _faults(REGISTRY[name]) == []


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"place": Place()}, "no place"),
        ({"title": "no_such_title"}, "charts.measure_no_such_title"),
        ({"sentence": "reports.no_such_sentence"}, "reports.no_such_sentence"),
        ({"methods": ("guess",)}, "charts.method_guess"),
        ({"columns": counts("dont_know", "shrugs")}, "shrugs"),
        ({"reader_columns": ("dont_know", "shrugs")}, "shrugs"),
        ({"name": "weather.dont_know"}, "weather"),
        ({"counts": ()}, "computed from nothing"),
    ],
)
def test_a_row_that_lacks_something_fails_by_its_name(new_words: None, change: dict, missing: str) -> None:
    row = replace(ROW, **change)
    assert [fault for fault in _faults(row) if fault.startswith(f"{row.name}: ") and missing in fault]


def test_a_row_without_any_words_fails_by_its_name() -> None:
    assert f"{NAME}: no message 'charts.measure_dont_know_share'" in _faults(ROW)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": "satisfaction.mean"}, "twice"),
        ({"counts": ("dreams",)}, "no counts 'dreams'"),
        ({"tables": ("satisfaction.moods",)}, "no table 'satisfaction.moods'"),
        ({"figures": {"mean": Format.SHARE}}, "'mean' has another format"),
        ({"columns": (replace(counts("dont_know")[0], format=Format.SHARE),)}, "'dont_know' is another one"),
    ],
)
def test_a_row_that_contradicts_another_is_refused(change: dict, error: str) -> None:
    row = replace(ROW, **change)
    with pytest.raises(ValueError, match=f"^{row.name}: .*{error}"), REGISTRY.trying(row):
        pass
    assert NAME not in REGISTRY


def test_every_function_names_its_figures_methods_and_columns_in_its_row(sample_evidence: Evidence) -> None:
    for name, row in REGISTRY.items():
        frame = sample_evidence.table(name).frame
        figures = frame[~frame["suppressed"]]
        assert set(figures["measure"]) <= row.figures.keys(), name
        assert set(figures["method"].dropna()) <= set(row.methods), name
        assert set(frame) <= {column.name for column in row.all_columns}, name


def test_a_new_measure_is_a_published_table(evidence: Evidence) -> None:
    rows = evidence.table(NAME).where(level="practice").with_figures
    beside = evidence.table("satisfaction.favourable").where(level="practice").with_figures
    assert len(rows) == len(beside) > 0
    assert rows["dont_know"].tolist() == beside["dont_know"].tolist()
    assert rows["n"].tolist() == (beside["n"] + beside["dont_know"].astype(int)).tolist()
    assert NAME in set(evidence)


def test_a_new_measure_is_printed(trial: None, sample_database: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measures", "--json", "--practice", PRACTICE, "--database", sample_database]) == 0
    rows = [row for row in json.loads(capsys.readouterr().out) if row["measure"] == "dont_know_share"]
    assert rows
    assert all(isinstance(row["dont_know"], int) for row in rows)
    assert main(["measures", "--practice", PRACTICE, "--database", sample_database]) == 0
    assert WORDS["fi"][0] in capsys.readouterr().out


def test_a_new_measure_is_in_every_whole_report_and_in_the_data_package(evidence: Evidence, library: Library) -> None:
    for language, (name, _) in WORDS.items():
        words = Words(library, Translator(language))
        report = practice_report(evidence, (), library, PRACTICE, words, DAY, synthetic=True)
        row = next(evidence.table(NAME).widest(PRACTICE).with_figures.itertuples())
        sentence = words.t(
            "reports.dont_know_share", item=words.item(row.item), dont_know=words.t.number(row.dont_know),
            n=words.t.number(row.n), figure=words.figure(row), interval=words.interval(row.measure, row.low, row.high),
        )  # fmt: skip
        made = makers()
        for kind in WHOLE_REPORTS:
            text = visible(kind, made[kind](report, words))
            assert " ".join(sentence.replace("\u00a0", " ").split()) in text, (kind, language)
            assert kind not in WITH_TABLES or name in text, (kind, language)
    package = dict(parts("package.zip", data_package(evidence, words, DAY)))
    assert "dont_know_share" in package["package.zip/data/satisfaction-dont_know.csv"]


def test_a_new_measure_is_on_the_page(
    trial: None, monkeypatch: pytest.MonkeyPatch, clean_environment: str, sample_database: str
) -> None:
    monkeypatch.setenv("EVALUATION_DATABASE", sample_database)
    page = AppTest.from_string("from evaluation.dashboard.navigation import run\nrun('practice')", default_timeout=60)
    page.query_params["lang"] = "fi"
    page.query_params["practice"] = PRACTICE
    page.query_params["part"] = Translator("fi")("common.family_satisfaction")
    page.session_state["practice_more_satisfaction_fold"] = True
    page.run()
    assert not page.exception
    assert f"**{WORDS['fi'][0]}**" in [text.value for text in page.markdown]
