"""Every chart of every practice: built from what may be shown, with n, without bare codes, marking what is left out."""

import json
import re
from collections.abc import Callable, Iterator

import plotly.graph_objects as go
import pytest

from evaluation import charts
from evaluation.charts import Words
from evaluation.charts.figure import Figure
from evaluation.definitions import Library
from evaluation.i18n import Translator, languages
from evaluation.measures import Evidence, Policy, Published, publish
from evaluation.store import Selection, Store

pytestmark = pytest.mark.thorough

Draw = Callable[[Published, Words], Figure]


@pytest.fixture(params=languages())
def words(request: pytest.FixtureRequest, library: Library) -> Words:
    return Words(library, Translator(request.param))


def _drawn(evidence: Evidence, practice: str, words: Words) -> Iterator[tuple[str, Figure, Published]]:
    """Yield every chart the page of a practice draws."""
    for name, draw in (("enrolment", charts.enrolment), ("sessions", charts.sessions), ("openings", charts.openings)):
        published = evidence.table(f"participation.{name}").where(practice=practice, level="cohort")
        if not published.empty:
            yield name, draw(published, words), published
    answers = evidence.table("satisfaction.distribution").widest(practice)
    rated = evidence.table("satisfaction.favourable").widest(practice)
    for form in dict.fromkeys(answers.frame["questionnaire"]):
        part = answers.where(questionnaire=form)
        for item in dict.fromkeys(part.frame["item"]):
            draw = charts.recommendation if item == "recommend" else charts.satisfaction
            one = part.where(item=item)
            yield f"{form} {item}", draw(one, words), one
        shares = rated.where(questionnaire=form)
        yield f"{form} shares", charts.favourable(shares, words), shares
    for name in ("paired", "retrospective"):
        published = evidence.table(f"change.{name}").widest(practice)
        if not published.empty:
            yield name, charts.change_bars(published, words), published
            if name == "paired":
                yield "change", charts.change(published, words), published
    rated = evidence.table("conditions.favourable").widest(practice)
    if not rated.empty:
        clients = evidence.table("satisfaction.favourable").widest(practice)
        yield "conditions", charts.conditions(rated, clients, words), rated


def _texts(figure: go.Figure) -> str:
    """Return everything that can be read in a figure."""
    shown = json.loads(figure.to_json())
    found: list[str] = []

    def walk(value: object) -> None:
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            for key, inner in value.items():
                if key not in ("bdata", "dtype", "color", "hovertemplate"):
                    walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(shown["data"])
    walk(shown["layout"])
    return "\n".join(found)


def test_every_chart_of_every_practice_says_what_it_shows(
    library: Library, sample_evidence: Evidence, words: Words
) -> None:
    drawn = 0
    practices = library.practices if words.t.language == "fi" else ("gruppis", "passeli", "yksilollinen")
    for practice in practices:
        for name, made, published in _drawn(sample_evidence, practice, words):
            drawn += 1
            figure = made.checked()
            told = _texts(figure)
            place = f"{practice}: {name}"
            assert figure.layout.title.text, place
            assert not re.search(r"\b(nan|None|NaN|null)\b", told), place
            assert not re.search(r"\b(sat|state|change|session)_[a-z]", told), f"bare code in {place}"
            foreign = r"\d\s%" if words.t.language == "en" else r"\d%"
            assert not re.search(foreign, told), f"a share written as elsewhere in {place}"
            if published.shown.empty or name in ("sessions", "openings"):
                continue
            assert re.search(r"n\s*=\s*\d|\d (/|av|of) \d", told), f"no n in {place}"
    assert drawn >= 10 * len(practices)


def test_a_suppressed_row_is_marked_and_has_no_bar(sample_store: Store, library: Library, words: Words) -> None:
    evidence = publish(sample_store, library, Selection(("sisu",)), Policy(threshold=8))
    paired = evidence.table("change.paired").widest("sisu")
    assert paired.shown.empty
    assert not paired.empty
    figure = charts.change_bars(paired, words).checked()
    assert all(len(trace.x) == 0 for trace in figure.data)
    assert words.too_few(paired) in _texts(figure)
    assert set(charts.table(paired, words).iloc[:, -1]) == {words.too_few(paired)}


def test_tables_say_figures_in_the_readers_language(sample_evidence: Evidence, words: Words) -> None:
    table = charts.table(sample_evidence.table("participation.enrolment").where(practice="sisu", level="cohort"), words)
    completed = table[table[words.t("charts.column_measure")] == words.measure("completed")].iloc[0]
    share = {"fi": "67\u00a0%", "sv": "67\u00a0%", "en": "67%"}[words.t.language]
    assert completed[words.t("charts.column_value")] == share
    assert completed[words.t("charts.column_count")] == "8"


def test_every_published_table_can_be_read_as_a_table(sample_evidence: Evidence, library: Library) -> None:
    words = Words(library, Translator("sv"))
    for name, published in sample_evidence.tables.items():
        told = charts.table(published, words).to_string()
        assert not re.search(r"\b(nan|None|NaT|<NA>)\b", told), name


def test_a_chart_is_described_for_those_who_do_not_see_it(sample_evidence: Evidence, library: Library) -> None:
    words = Words(library, Translator("en"))
    published = sample_evidence.table("satisfaction.favourable").widest("sisu").where(item="sat_usefulness")
    assert re.search(r": \d+%, n = \d", charts.alt_text(published, words).replace("\u00a0", " "))


def test_a_smaller_answer_that_is_better_says_so(library: Library) -> None:
    words = Words(library, Translator("en"))
    assert "less is better" in words.item("state_social_relations").lower()
    assert "less is better" not in words.item("state_mood").lower()
