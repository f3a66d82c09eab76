"""The published tables of one practice that a report shows, family by family, each with the way it is drawn."""

import math
from collections.abc import Iterator, Sequence
from typing import get_args

from evaluation.charts import Words
from evaluation.definitions import Library, NationalTheme
from evaluation.measures import COHORT, REGISTRY, Evidence, Published, records
from evaluation.reports.content import Exhibit, Kind
from evaluation.reports.glance import first_change, usefulness

LONGEST_STACKED_SCALE = 7
MOST_ROWS = 7


def participation(evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield who registered, started and completed, the sessions and the openings, run by run; how soon they came."""
    drawn: tuple[Kind, ...] = ("enrolment", "sessions", "openings")
    for kind in drawn:
        published = evidence.table(f"participation.{kind}").where(practice=practice, level=COHORT)
        if not published.shown.empty:
            yield Exhibit(kind, words.t(f"charts.{kind}_title"), published)
    yield from opinions("participation", evidence, practice, words)
    yield from _tables("participation", evidence, practice, words)


def opinions(family: str, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield of each questionnaire how the answers spread and which share is favourable; few questions on each."""
    answers = evidence.table(f"{family}.distribution").widest(practice)
    rated = evidence.table(f"{family}.favourable").widest(practice)
    for form in (form for form in words.library.questionnaire_ids if form in set(answers.shown["questionnaire"])):
        shares = rated.where(questionnaire=form)
        yield from _spread(answers.where(questionnaire=form), shares, words)
        if family == "satisfaction":
            yield Exhibit("favourable", _titled("favourable", form, words), shares)


def satisfaction(evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield what clients think of the practice."""
    yield from opinions("satisfaction", evidence, practice, words)
    themed = by_national_theme(evidence, practice, words.library)
    if not themed.shown.empty:
        yield Exhibit("table", words.t("charts.national_title"), themed)
    yield from _tables("satisfaction", evidence, practice, words)


def by_national_theme(evidence: Evidence, practice: str, library: Library) -> Published:
    """Return the favourable shares of a practice by theme of the national client feedback, whatever form asks them."""
    asked = [
        item.id for theme in get_args(NationalTheme) for item in library.items.values() if item.national_theme == theme
    ]
    return evidence.table("satisfaction.favourable").widest(practice).in_order("item", asked)


def change(evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield the change from start to end, and people's own view of it, each questionnaire by itself."""
    matched = evidence.table("change.matched").widest(practice)
    drawn: tuple[tuple[str, Kind], ...] = (("paired", "change"), ("retrospective", "change_bars"))
    for name, kind in drawn:
        published = evidence.table(f"change.{name}").widest(practice)
        forms = list(dict.fromkeys(published.shown["questionnaire"]))
        for form in forms:
            title = _titled(name, form, words) if len(forms) > 1 else words.t(f"charts.{name}_title")
            part = published.where(questionnaire=form)
            beside = (matched.where(questionnaire=form),) if name == "paired" else ()
            yield Exhibit(kind, title, part, beside)
    yield from _tables("change", evidence, practice, words)


def conditions(evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield what those who do the work think beside the clients' view, and how their answers spread."""
    rated = evidence.table("conditions.favourable").widest(practice)
    if rated.shown.empty:
        return
    clients = evidence.table("satisfaction.favourable").widest(practice)
    yield Exhibit("conditions", words.t("charts.conditions_title"), rated, (clients,))
    yield from opinions("conditions", evidence, practice, words)
    yield from _tables("conditions", evidence, practice, words)


def runs(evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield the runs of a practice beside each other: completion, usefulness, the change it aims at first, visits."""
    figures = [evidence.table("participation.enrolment").where(measure="completed")]
    for name, asked in (
        ("satisfaction.favourable", usefulness(practice, words.library)),
        ("change.retrospective", first_change(practice, words.library)),
    ):
        if asked is not None:
            figures.append(evidence.table(name).where(questionnaire=asked[0], item=asked[1]))
    figures.append(evidence.table("participation.visits").where(measure="visits_per_opening", occasion=math.nan))
    for each in figures:
        own = each.where(practice=practice, level=COHORT)
        if len(own.shown) > 1:
            yield Exhibit("comparison", compared_title(own, words), own)


def compared_title(published: Published, words: Words) -> str:
    """Return what is compared: the measure, of the question if there is one."""
    row = next(records(published.shown))
    measure = words.measure(row.measure)
    return f"{words.item(row.item)}: {lowered(measure)}" if row.item else measure


def _tables(family: str, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    for row in REGISTRY.of_family(family):
        if row.place.report != "table":
            continue
        published = evidence.table(row.name).widest(practice)
        if not published.shown.empty:
            names = dict.fromkeys(words.measure(str(measure)) for measure in published.shown["measure"])
            yield Exhibit("table", ", ".join(names), published)


def _spread(answers: Published, shares: Published, words: Words) -> Iterator[Exhibit]:
    """Yield the answers to one form: one scale at a time, told answer by answer or in three classes."""
    shown = answers.shown
    form = str(shown["questionnaire"].iloc[0])
    coarse = frozenset(shown.loc[shown["value_code"].isna(), "item"])
    groups: dict[tuple[str, bool], list[str]] = {}
    for item in dict.fromkeys(shown["item"]):
        groups.setdefault((words.scale(item).id, item in coarse), []).append(item)
    title = _titled("satisfaction", form, words)
    for (scale, _), items in groups.items():
        if len(words.library.scales[scale].values) > LONGEST_STACKED_SCALE:
            for item in items:
                part = answers.where(item=item)
                yield Exhibit("recommendation", words.item(item), part, (shares.where(item=item),))
            continue
        for few in _batched(items, MOST_ROWS):
            yield Exhibit("distribution", title, answers.where(item=few), (shares.where(item=few),))


def _batched(items: Sequence[str], most: int) -> Iterator[tuple[str, ...]]:
    """Yield ``items`` in groups as even as can be, of at most ``most``."""
    groups = -(-len(items) // most)
    size = -(-len(items) // groups) if groups else 1
    for start in range(0, len(items), size):
        yield tuple(items[start : start + size])


def _titled(chart: str, form: str, words: Words) -> str:
    return f"{words.form(form)}: {lowered(words.t(f'charts.{chart}_title'))}"


def lowered(text: str) -> str:
    """Return ``text`` begun with a small letter, to follow a colon."""
    return text[:1].lower() + text[1:]
