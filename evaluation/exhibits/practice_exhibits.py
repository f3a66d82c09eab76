"""The exhibits of a practice, family by family: the one list that its page and its report walk.

It follows from the places of the published tables in the registry. ``main`` yields what both draw; ``details`` what the
report adds and the page offers as tables. What a report leaves out (``Exhibit.in_report``) stands on the page with the
reason why its figures are suppressed.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import get_args

from evaluation.definitions import OPTION_MARK, SEVERAL_OPTIONS, Library, NationalTheme
from evaluation.definitions.own_scales import RECOMMENDATION_SCALE
from evaluation.exhibits.exhibit import TABLE, Exhibit
from evaluation.findings.glance import first_change, usefulness
from evaluation.findings.words import Words
from evaluation.measures import COHORT, REGISTRY, Evidence, Measure, Published, records

LONGEST_STACKED_SCALE = 7
MOST_ROWS = 7
# Kinds that stand form by form.
OF_FORMS = ("distribution", "recommendation", "long_scale", "favourable")

Listing = Callable[[Measure, Evidence, str, Words], Iterator[Exhibit]]


def of_practice(family: str, evidence: Evidence, practice: str, words: Words) -> tuple[Exhibit, ...]:
    """Return the exhibits of a family that a report shows."""
    every = chain(main(family, evidence, practice, words), details(family, evidence, practice, words))
    return tuple(exhibit for exhibit in every if exhibit.in_report)


def main(family: str, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield the exhibits that tell most of a family, also those of which everything is suppressed."""
    rows = [row for row in REGISTRY.of_family(family) if row.place.exhibit not in (None, TABLE)]
    every = [
        exhibit for row in rows if not row.place.detail for exhibit in _listed(row, evidence, practice, words)
    ]  # fmt: skip
    forms = words.library.questionnaire_ids
    yield from sorted(every, key=lambda exhibit: forms.index(str(exhibit.form)) if exhibit.kind in OF_FORMS else -1)
    themes = by_national_theme(evidence, practice, words.library)
    if family == "satisfaction" and not themes.with_figures.empty:
        yield Exhibit(TABLE, words.t("charts.national_title"), words, themes)


def details(family: str, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield the other exhibits of a family; their tables are computed when a reader opens them."""
    for row in REGISTRY.of_family(family):
        if row.place.exhibit is not None and (row.place.detail or row.place.exhibit == TABLE):
            yield from _listed(row, evidence, practice, words)


def _listed(row: Measure, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    return _LISTINGS.get(str(row.place.exhibit), _totals)(row, evidence, practice, words)


def _totals(row: Measure, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield the totals of a practice in one exhibit, under the name of the table."""
    published = evidence.table(row.name).widest(practice)
    if not published.empty:
        yield Exhibit(str(row.place.exhibit), words.t(row.title_key), words, published)


def _tables(row: Measure, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    published = evidence.table(row.name).widest(practice)
    if not published.empty:
        frame = published.frame if published.with_figures.empty else published.with_figures
        names = dict.fromkeys(words.measure(str(measure)) for measure in frame["measure"])
        yield Exhibit(TABLE, ", ".join(names), words, published)


def _by_cohort(row: Measure, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield who registered, started and completed, the sessions or the openings, cohort by cohort."""
    published = evidence.table(row.name).where(practice=practice, level=COHORT)
    if not published.empty:
        kind = str(row.place.exhibit)
        yield Exhibit(kind, words.t(f"charts.{kind}_title"), words, published)


def _distributions(row: Measure, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield the spread of answers, questionnaire by questionnaire."""
    shares = evidence.table(f"{row.family}.favourable").widest(practice)
    scores = evidence.table("satisfaction.recommendation").widest(practice)
    for form, answers in _by_form(evidence.table(row.name).widest(practice), words):
        yield from _of_scales(answers, shares.where(questionnaire=form), scores.where(questionnaire=form), words)


def _favourable(row: Measure, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield the shares of favourable answers, questionnaire by questionnaire."""
    for form, shares in _by_form(evidence.table(row.name).widest(practice), words):
        yield Exhibit("favourable", _of_form("favourable", form, words), words, shares)


def _by_form(published: Published, words: Words) -> Iterator[tuple[str, Published]]:
    forms = set(published.frame["questionnaire"])
    for form in (form for form in words.library.questionnaire_ids if form in forms):
        yield form, published.where(questionnaire=form)


def _change(row: Measure, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield the change from start to end, or people's view of it, questionnaire by questionnaire."""
    published = evidence.table(row.name).widest(practice)
    matched = evidence.table("change.matched").widest(practice)
    kind, name = str(row.place.exhibit), row.name.partition(".")[2]
    forms = list(dict.fromkeys(published.frame["questionnaire"]))
    for form in forms:
        title = _of_form(name, form, words) if len(forms) > 1 else words.t(f"charts.{name}_title")
        part = published.where(questionnaire=form)
        beside = matched.where(questionnaire=form)
        if kind == "change":
            explanation = "" if beside.with_figures.empty else words.t("charts.matched_n")
            yield Exhibit(kind, title, words, part, (beside,), explanation=explanation)
        else:
            yield Exhibit(kind, title, words, part)


def _balance(row: Measure, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield the change on the whole, questionnaire by questionnaire."""
    counted = words.t("charts.balance_counted")
    for form, published in _by_form(evidence.table(row.name).widest(practice), words):
        yield Exhibit("balance", _of_form("balance", form, words), words, published, explanation=counted)


def _conditions(row: Measure, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield what those who do the work think beside the clients' view."""
    published = evidence.table(row.name).widest(practice)
    clients = evidence.table("satisfaction.favourable").widest(practice)
    if not published.empty:
        yield Exhibit("conditions", words.t("charts.conditions_title"), words, published, (clients,))


def _options(row: Measure, evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield which options were chosen, question by question; of several choices all options of a question together."""
    published = evidence.table(row.name).widest(practice)
    questions: dict[tuple[str, str], list[str]] = {}
    for form, item in dict.fromkeys(zip(published.frame["questionnaire"], published.frame["item"], strict=True)):
        questions.setdefault((form, item.partition(OPTION_MARK)[0]), []).append(item)
    for (form, question), items in questions.items():
        several = words.library.items[question].kind == SEVERAL_OPTIONS
        note = words.t("charts.several_choices") if several else ""
        answers = published.where(questionnaire=form, item=tuple(items))
        numbers = answers.with_figures["n"]
        title = words.item(question)
        if not numbers.empty:
            n = float(numbers.max())
            title += f" ({words.t('charts.asked_n', n=words.t.number(n)) if several else words.n(n)})"
        yield Exhibit("options", title, words, answers, explanation=note)


# Kinds whose tables are listed in another way than as one exhibit of the totals.
_LISTINGS: Mapping[str, Listing] = {
    "enrolment": _by_cohort,
    "sessions": _by_cohort,
    "openings": _by_cohort,
    "distribution": _distributions,
    "favourable": _favourable,
    "balance": _balance,
    "change": _change,
    "change_bars": _change,
    "conditions": _conditions,
    "options": _options,
    "table": _tables,
}


def by_national_theme(evidence: Evidence, practice: str, library: Library) -> Published:
    """Return the favourable shares of a practice by theme of the national client feedback, whatever form asks them."""
    items = [
        item.id for theme in get_args(NationalTheme) for item in library.items.values() if item.national_theme == theme
    ]
    return evidence.table("satisfaction.favourable").widest(practice).in_order("item", items)


def cohorts(evidence: Evidence, practice: str, words: Words) -> Iterator[Exhibit]:
    """Yield the cohorts of a practice side by side: completion, usefulness, the change it aims at first, visits."""
    tables = [evidence.table("participation.enrolment").where(measure="completed")]
    for name, question in (
        ("satisfaction.favourable", usefulness(practice, words.library)),
        ("change.retrospective", first_change(practice, words.library)),
    ):
        if question is not None:
            tables.append(evidence.table(name).where(questionnaire=question[0], item=question[1]))
    tables.append(evidence.table("participation.visits").where(measure="visits_per_opening", occasion=math.nan))
    for table in tables:
        published = table.where(practice=practice, level=COHORT)
        if len(published.frame) > 1:
            yield Exhibit("comparison", compared_title(published, words), words, published)


def compared_title(published: Published, words: Words) -> str:
    """Return what is compared: the measure, of the question if there is one."""
    row = next(records(published.frame if published.with_figures.empty else published.with_figures))
    measure = words.measure(row.measure)
    return f"{words.item(row.item)}: {lowered(measure)}" if row.item else measure


def _of_scales(answers: Published, shares: Published, scores: Published, words: Words) -> Iterator[Exhibit]:
    """Yield the answers to one form: a few questions of one scale at a time, published answer by answer or by class."""
    title = _of_form("satisfaction", str(answers.frame["questionnaire"].iloc[0]), words)
    for scale, items in _by_scale(answers, words):
        if len(words.library.scales[scale].values) > LONGEST_STACKED_SCALE:
            for item in items:
                published = answers.where(item=item)
                n = published.with_figures["n"]
                name = words.item(item) if n.empty else f"{words.item(item)} ({words.n(float(n.iloc[0]))})"
                kind, beside = "long_scale", shares.where(item=item)
                if scale == RECOMMENDATION_SCALE:
                    kind, beside = "recommendation", scores.where(item=item)
                yield Exhibit(kind, name, words, published, (beside,))
            continue
        for few in _batched(items, MOST_ROWS):
            yield Exhibit("distribution", title, words, answers.where(item=few), (shares.where(item=few),))


def _by_scale(answers: Published, words: Words) -> Iterator[tuple[str, list[str]]]:
    """Yield scales with their questions, separately where the answers are published in classes only.

    A suppressed question stands with the first others of its scale.
    """
    frame, estimates = answers.frame, answers.with_figures
    in_classes = frozenset(estimates.loc[estimates["value_code"].isna(), "item"])
    keys = {item: (words.scale(item).id, item in in_classes) for item in dict.fromkeys(estimates["item"])}
    first = dict(reversed([(key[0], key) for key in keys.values()]))
    groups: dict[tuple[str, bool], list[str]] = {}
    for item in dict.fromkeys(frame["item"]):
        scale = words.scale(item).id
        groups.setdefault(keys.get(item) or first.get(scale, (scale, False)), []).append(item)
    for (scale, _), items in groups.items():
        yield scale, items


def _batched(items: Sequence[str], most: int) -> Iterator[tuple[str, ...]]:
    """Yield ``items`` in groups as even as can be, of at most ``most``."""
    groups = -(-len(items) // most)
    size = -(-len(items) // groups) if groups else 1
    for start in range(0, len(items), size):
        yield tuple(items[start : start + size])


def _of_form(title: str, form: str, words: Words) -> str:
    return f"{words.form(form)}: {lowered(words.t(f'charts.{title}_title'))}"


def lowered(text: str) -> str:
    """Return ``text`` begun with a small letter, to follow a colon."""
    return text[:1].lower() + text[1:]
