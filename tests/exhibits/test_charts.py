"""Every chart of every practice: built from what may be shown, with n, without bare codes, marking what is left out."""

import json
import re
from collections.abc import Iterator
from itertools import chain

import plotly.graph_objects as go
import pytest

from evaluation.definitions import Library
from evaluation.exhibits import Exhibit
from evaluation.exhibits.practice_exhibits import cohorts, details, main
from evaluation.exhibits.table_columns import published_table
from evaluation.findings import Words
from evaluation.i18n import Translator, languages
from evaluation.measures import Evidence, Policy, publish
from evaluation.render.plotly import figure
from evaluation.store import Selection, Store

from .conftest import drawn, exhibit

pytestmark = pytest.mark.thorough

FAMILIES = ("participation", "satisfaction", "change", "conditions")


@pytest.fixture(params=languages())
def words(request: pytest.FixtureRequest, library: Library) -> Words:
    return Words(library, Translator(request.param))


def _with_plots(evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield all that the page and the report of a practice draw."""
    lists = (part(family, evidence, practice, words) for family in FAMILIES for part in (main, details))
    for shown in chain(*lists, cohorts(evidence, practice, words)):
        if shown.plot is not None:
            yield shown


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
    count = 0
    practices = library.practices if words.t.language == "fi" else ("gruppis", "passeli", "yksilollinen")
    for practice in practices:
        for shown in _with_plots(sample_evidence, practice, words):
            count += 1
            checked = figure(shown).checked()
            told = _texts(checked)
            place = f"{practice}: {shown.title}"
            assert checked.layout.title.text == shown.headline, place
            assert not re.search(r"\b(nan|None|NaN|null)\b", told), place
            assert not re.search(r"\b(sat|state|change|session)_[a-z]", told), f"bare code in {place}"
            foreign = r"\d\s%" if words.t.language == "en" else r"\d%"
            assert not re.search(foreign, told), f"a share written as elsewhere in {place}"
            if shown.empty or shown.kind in ("sessions", "openings"):
                continue
            numerals = "|".join(words.t("headlines.numerals_of").split())
            assert re.search(rf"n\s*=\s*\d|\d\s(/|av|of)\s\d|\b({numerals})\b", told), f"no n in {place}"
    assert count >= 10 * len(practices)


def test_a_suppressed_row_is_marked_and_has_no_bar(sample_store: Store, library: Library, words: Words) -> None:
    evidence = publish(sample_store, library, Selection(("sisu",)), Policy(threshold=8))
    paired = evidence.table("change.paired").widest("sisu")
    assert paired.with_figures.empty
    assert not paired.empty
    bars = drawn("change_bars", paired, words)
    assert all(len(trace.x) == 0 for trace in bars.data)
    assert words.too_few(paired) in _texts(bars)
    assert set(published_table(paired, words).iloc[:, -1]) == {words.too_few(paired)}


def test_tables_say_figures_in_the_readers_language(sample_evidence: Evidence, words: Words) -> None:
    table = published_table(
        sample_evidence.table("participation.enrolment").where(practice="sisu", level="cohort"), words
    )
    completed = table[table[words.t("charts.column_measure")] == words.measure("completed")].iloc[0]
    share = {"fi": "67\u00a0%", "sv": "67\u00a0%", "en": "67%"}[words.t.language]
    assert completed[words.t("charts.column_value")] == share
    assert completed[words.t("charts.column_count")] == "8"


def test_every_published_table_can_be_read_as_a_table(sample_evidence: Evidence, library: Library) -> None:
    words = Words(library, Translator("sv"))
    for name, published in sample_evidence.tables.items():
        told = published_table(published, words).to_string()
        assert not re.search(r"\b(nan|None|NaT|<NA>)\b", told), name


def test_a_chart_is_described_for_those_who_do_not_see_it(sample_evidence: Evidence, library: Library) -> None:
    words = Words(library, Translator("en"))
    published = sample_evidence.table("satisfaction.favourable").widest("sisu").where(item="sat_usefulness")
    told = exhibit("favourable", published, words).alternative_text.replace("\u00a0", " ")
    assert re.search(r"\(n = 7\): 6 of 7 \(\d+–\d+%\)$", told)


def test_a_smaller_answer_that_is_better_says_so(library: Library) -> None:
    words = Words(library, Translator("en"))
    assert "less is better" in words.item("state_social_relations").lower()
    assert "less is better" not in words.item("state_mood").lower()
