"""A chart as data: what it holds, what it says to those who do not see it, and that every format draws it."""

from collections.abc import Iterator
from itertools import chain

import pytest

from evaluation.definitions import Library
from evaluation.exhibits import Exhibit, Report, Section, practice_report
from evaluation.exhibits.plot import PERCENT, Category, Plot, Series
from evaluation.exhibits.plots import PLOTS
from evaluation.exhibits.practice_exhibits import cohorts, details, main
from evaluation.findings import Words
from evaluation.measures import FAMILIES, FEW, Evidence
from evaluation.render.formats import makers
from evaluation.render.pdf_charts import page_chart
from evaluation.render.plotly import figure
from tests.reports.conftest import DAY
from tests.reports.opened import parts, visible

from .conftest import Make, exhibit, share

PRACTICES = ("gruppis", "passeli", "lape")


def _listed(evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    lists = (part(family, evidence, practice, words) for family in FAMILIES for part in (main, details))
    return chain(*lists, cohorts(evidence, practice, words))


@pytest.mark.parametrize("practice", PRACTICES)
def test_the_alternative_text_names_every_bar_with_its_cohort_question_or_day(
    sample_evidence: Evidence, words: Words, practice: str
) -> None:
    kinds = set()
    for shown in _listed(sample_evidence, practice, words):
        if shown.plot is None:
            continue
        kinds.add(shown.kind)
        text = shown.alternative_text
        for series in shown.plot.series:
            for place, category in enumerate(shown.plot.categories):
                if series.values[place] is not None:
                    assert category.name in text, (shown.title, category.name)
                    assert series.texts[place] in text, (shown.title, category.name, series.name)
        for mark in shown.plot.suppressed:
            assert mark.reason in text, shown.title
    assert {"distribution", "favourable"} <= kinds


def test_days_and_cohorts_of_sessions_are_named(sample_evidence: Evidence, words: Words) -> None:
    published = sample_evidence.table("participation.sessions").where(practice="sisu", level="cohort")
    text = exhibit("sessions", published, words).alternative_text
    assert all(words.cohort(cohort) in text for cohort in published.frame["cohort"])
    assert all(words.day(day) in text for day in published.with_figures["held_on"].dropna())


def test_what_is_suppressed_is_named_by_its_reason_and_has_no_number(make: Make, words: Words) -> None:
    rated = make("satisfaction.favourable", [share(0.8, item="sat_usefulness"), {"item": "sat_access", "reason": FEW}])
    plot = exhibit("favourable", rated, words).plot
    assert plot is not None
    assert plot.left_out == {words.too_few(rated): [words.item("sat_access")]}
    assert [series.values for series in plot.series] == [(0.8, None)]
    assert [category.name for category in plot.drawn.categories] == [words.item("sat_usefulness")]


def test_a_range_of_people_is_drawn_at_its_published_end_and_by_a_point_in_its_middle(make: Make, words: Words) -> None:
    unit = {"measure": "completed", "n": 10, "value": None, "low": 0.5, "high": 1.0, "count": None}
    ranges = make("participation.enrolment", [unit | {"at_least": 8, "at_most": 9}])
    shown = exhibit("comparison", ranges, words)
    assert shown.plot is not None
    (series,) = shown.plot.series
    assert (series.values, series.upper) == ((0.8,), (0.9,))
    assert list(figure(shown).checked().data[0].x) == pytest.approx([0.85])


def _report(exhibits: tuple[Exhibit, ...]) -> Report:
    sections = (Section("satisfaction", "Mitä mieltä", exhibits=exhibits),)
    return Report("Sisu", "Lempäälä.", DAY, "fi", False, 5, (), sections)


def test_a_chart_of_a_new_kind_is_one_function_and_every_format_draws_it(
    monkeypatch: pytest.MonkeyPatch, make: Make, words: Words
) -> None:
    def plot(_: Exhibit) -> Plot:
        series = Series("Arvio", (0.25, 0.75), ("25 %", "75 %"), "#1F5F7A", (0.1, 0.5), (0.5, 0.9))
        return Plot("points", (Category("Aamu"), Category("Ilta")), (series,), PERCENT)

    monkeypatch.setitem(PLOTS, "trial", plot)
    rated = make("satisfaction.favourable", [share(0.5, item="sat_usefulness", favourable=5, dont_know=0)])
    rated.frame["national_theme"] = None
    shown = exhibit("trial", rated, words)
    assert list(figure(shown).checked().data[0].x) == [0.25, 0.75]
    drawn = page_chart(shown, words, 7)
    assert drawn is not None
    assert [row["label"] for row in drawn["rows"]] == ["Aamu", "Ilta"]
    files = {kind: make_file(_report((shown,)), words) for kind, make_file in makers().items()}
    for kind in ("pptx", "xlsx"):
        assert any("Aamu" in text for name, text in parts(f"file.{kind}", files[kind]) if "charts/" in name), kind
    for kind in ("html", "docx", "pptx"):
        described = "\n".join(text for _, text in parts(f"file.{kind}", files[kind]))
        assert "Otsikko. Aamu: 25 %; Ilta: 75 %" in described or "Aamu: 25 %; Ilta: 75 %" in described, kind
    assert "Otsikko" in visible("html", files["html"])


@pytest.mark.parametrize("practice", PRACTICES)
def test_the_report_shows_what_is_listed_and_the_page_walks_the_same_list(
    sample_evidence: Evidence, library: Library, words: Words, practice: str
) -> None:
    report = practice_report(sample_evidence, (), library, practice, words, DAY, synthetic=True)
    of_report = [shown.title for section in report.sections for shown in section.exhibits]
    listed = [shown.title for shown in _listed(sample_evidence, practice, words) if shown.in_report]
    assert [title for title in of_report if title in listed] == listed
    more = [title for title in of_report if title not in listed]
    assert len(more) <= 1, "beside the list there is only the comparison with others of the type"
