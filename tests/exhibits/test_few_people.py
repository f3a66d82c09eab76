"""On a chart the figures of fewer than ten people are counts, whichever program draws it; its axis shows the share."""

import re
from collections.abc import Callable, Iterator

import pytest

from evaluation.exhibits import Exhibit, Report, Section
from evaluation.exhibits.alternative_text import alternative_text
from evaluation.findings import Words
from evaluation.measures import REGISTRY
from evaluation.render.formats import makers
from evaluation.render.pdf_charts import page_chart
from evaluation.render.plotly import figure
from tests.exhibits.conftest import Make, exhibit, share
from tests.reports.conftest import DAY
from tests.reports.opened import parts

# A percentage that is neither the end of an interval nor the level of one.
PERCENT = re.compile(r"(?<![–\d])\d+ %(?!:n)")
ITEM = {"item": "sat_usefulness"}


def _distribution(make: Make, words: Words, n: int) -> Exhibit:
    parts_of = (("unfavourable", 1), ("favourable", n - 1))
    answers = [
        ITEM | {"value_code": None, "value_class": kind, "count": count, "n": n, "value": count / n}
        for kind, count in parts_of
    ]
    rated = make("satisfaction.favourable", [share((n - 1) / n, n, dont_know=0, **ITEM)])
    return exhibit("distribution", make("satisfaction.distribution", answers), words, rated)


def _recommendation(make: Make, words: Words, n: int) -> Exhibit:
    answers = [
        {"item": "recommend", "value_code": None, "value_class": kind, "count": count, "n": n, "value": count / n}
        for kind, count in (("unfavourable", 1), ("favourable", n - 1))
    ]
    return exhibit("recommendation", make("satisfaction.distribution", answers), words)


def _favourable(make: Make, words: Words, n: int) -> Exhibit:
    return exhibit("favourable", make("satisfaction.favourable", [share((n - 1) / n, n, **ITEM)]), words)


def _change(make: Make, words: Words, n: int) -> Exhibit:
    row = share((n - 1) / n, n, item="state_mood", same=1, worsened=0, start_mean=None, end_mean=None)
    others = dict.fromkeys(REGISTRY["change.paired"].reader_columns, 0)
    return exhibit("change", make("change.paired", [others | {"verdict": "untested", "improved": n - 1} | row]), words)


def _change_bars(make: Make, words: Words, n: int) -> Exhibit:
    row = share((n - 1) / n, n, item="change_mood", same=1, worsened=0)
    return exhibit("change_bars", make("change.retrospective", [row]), words)


def _balance(make: Make, words: Words, n: int) -> Exhibit:
    row = share((n - 1) / n, n, improved=n - 1, same=1, worsened=0, verdict="better")
    return exhibit("balance", make("change.balance", [row]), words)


def _comparison(make: Make, words: Words, n: int) -> Exhibit:
    units = [share((n - 1) / n, n, practice=name, **ITEM) for name in ("sisu", "fyrkkaa")]
    return exhibit("comparison", make("satisfaction.favourable", units), words)


def _conditions(make: Make, words: Words, n: int) -> Exhibit:
    row = share((n - 1) / n, n, role="worker", questionnaire="worker", item="worker_develop")
    clients = make("satisfaction.favourable", [share((n - 1) / n, n, **ITEM)])
    return exhibit("conditions", make("conditions.favourable", [row]), words, clients)


def _trend(make: Make, words: Words, n: int) -> Exhibit:
    cohort = {"level": "cohort", "dont_know": 0, "national_theme": None}
    runs = [share((n - 1) / n, n, cohort=name, **cohort, **ITEM) for name in ("Kevät", "Syksy")]
    return exhibit("trend", make("satisfaction.favourable", runs), words)


def _glance(make: Make, words: Words, n: int) -> Exhibit:
    registered = make("participation.enrolment", [{"measure": "registered", "n": 12, "value": 12}])
    visits = make("participation.visits", [{"measure": "visits", "n": 30, "value": 338, "occasion": None}])
    satisfied = make("satisfaction.favourable", [share((n - 1) / n, n, **ITEM)])
    improved = make("change.retrospective", [share((n - 1) / n, n, item="change_mood")])
    return exhibit("glance", registered, words, visits, satisfied, improved)


def _enrolment(make: Make, words: Words, n: int) -> Exhibit:
    unit = {"level": "cohort", "cohort": "Kevät", "questionnaire": "attendance_register", "n": n, "unknown": 0}
    rows = [
        unit | {"measure": "registered", "value": n, "count": n, "at_least": n, "at_most": n},
        unit | share((n - 1) / n, n, measure="completed", count=n - 1, at_least=n - 1, at_most=n - 1),
    ]
    return exhibit("enrolment", make("participation.enrolment", rows), words)


Build = Callable[[Make, Words, int], Exhibit]
# Whether the chart writes shares at its marks where more people answered.
SHARES: tuple[tuple[Build, bool], ...] = (
    (_distribution, True), (_recommendation, False), (_favourable, True), (_change, False), (_change_bars, False),
    (_balance, False), (_comparison, True), (_conditions, True), (_trend, True), (_glance, True), (_enrolment, True),
)  # fmt: skip


def _texts(value: object, without: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield every text within lists and dicts, but for those under some names."""
    if isinstance(value, str):
        yield value.replace("\N{NO-BREAK SPACE}", " ")
    elif isinstance(value, dict):
        yield from (text for name, part in value.items() if name not in without for text in _texts(part, without))
    elif isinstance(value, list):
        yield from (text for part in value for text in _texts(part, without))


def _percents(texts: Iterator[str]) -> list[str]:
    return [text for text in texts if PERCENT.search(text)]


@pytest.mark.parametrize(("build", "shares"), SHARES)
def test_a_page_writes_counts_at_the_marks_of_fewer_than_ten(
    build: Build, shares: bool, make: Make, words: Words
) -> None:
    few, more = (figure(build(make, words, n)).plain() for n in (9, 30))
    axis = frozenset({"ticktext", "title"})
    assert _percents(_texts(few, axis)) == []
    assert "8 / 9" in " ".join(_texts(few)) or not shares
    assert bool(_percents(_texts(more, axis))) == shares, "of more people the share is written"


@pytest.mark.parametrize(("build", "shares"), [pair for pair in SHARES if pair[0] is not _trend])
def test_the_printed_page_and_word_write_counts_too(build: Build, shares: bool, make: Make, words: Words) -> None:
    charts = (page_chart(build(make, words, n), words, 9) for n in (9, 30))
    few, more = (list(_texts(chart, frozenset({"axis", "alt"}))) for chart in charts)
    assert _percents(iter(few)) == []
    assert bool(_percents(iter(more))) == shares


@pytest.mark.parametrize(("build", "shares"), SHARES)
def test_a_chart_read_aloud_says_counts(build: Build, shares: bool, make: Make, words: Words) -> None:
    plots = [build(make, words, n).plot for n in (9, 30)]
    few, more = (list(_texts(alternative_text(plot))) for plot in plots if plot is not None)
    assert _percents(iter(few)) == []
    assert bool(_percents(iter(more))) == shares


def _chart_parts(build: Build, n: int, kind: str, make: Make, words: Words) -> str:
    """Return the native charts of a report with one exhibit."""
    section = Section("satisfaction", "Mitä mieltä", exhibits=(build(make, words, n),))
    report = Report("Sisu", "Lempäälä.", DAY, "fi", False, 5, (), (section,))
    files = parts(f"file.{kind}", makers()[kind](report, words))
    charts = (text for name, text in files if re.search(r"charts/chart[^/]*\.xml$", name))
    return "\n".join(charts).replace("\N{NO-BREAK SPACE}", " ")


def _labels(chart: str) -> set[str]:
    """Return what stands at the marks: words, or nothing where the program writes the number of the cell."""
    every = re.findall(r"<c:dLbl>.*?</c:dLbl>", chart, re.DOTALL)
    return {"".join(re.findall(r"<a:t>([^<]*)</a:t>", label)) for label in every if '<c:delete val="1"/>' not in label}


@pytest.mark.parametrize("kind", ["pptx", "xlsx"])
def test_native_charts_write_counts_at_the_marks_of_fewer_than_ten(kind: str, make: Make, words: Words) -> None:
    def labels(build: Build, n: int) -> set[str]:
        return _labels(_chart_parts(build, n, kind, make, words))

    assert labels(_distribution, 9) == {"8 / 9", "1 / 9"}
    assert labels(_trend, 9) == {"8 / 9"}
    assert {text.partition(" (")[0] for text in labels(_enrolment, 9)} == {"9", "8 / 9"}
    assert "8 / 9" not in labels(_distribution, 30) | labels(_trend, 30)


@pytest.mark.parametrize("build", [_change, _change_bars, _balance, _distribution])
def test_a_slide_sums_a_question_of_fewer_than_ten_up_in_counts(build: Build, make: Make, words: Words) -> None:
    few, more = (_chart_parts(build, n, "pptx", make, words) for n in (9, 30))
    assert re.search(r"8 / 9 \(\d+–100 %\)", few)
    assert re.search(r"97 % \(\d+–100 %\)", more)
