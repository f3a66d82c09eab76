"""The figures of a first look with what they stand on: people reached, satisfied, and better off."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from evaluation.findings.finding import Case, Finding, Topic, finding_of, suppressed
from evaluation.findings.glance import Glance
from evaluation.findings.words import LEAST_FOR_PERCENT, Words
from evaluation.measures import Published, overall_share, records

BY_FORM = (Topic.STARTED_BY_FORM, Topic.ENDED_BY_FORM)
WITHOUT_FIGURE = (Case.TOO_FEW, Case.WITHHELD, Case.UNLIKE)


@dataclass(frozen=True)
class KeyFigure:
    """A card: what the figure is, the figure as it is written, and what it stands on."""

    label: str
    figure: str
    ground: str


def key_figures(figures: Glance, words: Words) -> tuple[KeyFigure, ...]:
    """Return the cards that have a figure: of one practice, or of several together."""
    return tuple(cards((*reached(figures), *shares(figures)), words))


def cards(findings: Iterable[Finding], words: Words) -> Iterator[KeyFigure]:
    """Yield the cards of the findings that have a figure."""
    for finding in findings:
        if finding.case not in WITHOUT_FIGURE:
            yield card(finding, words)


def card(finding: Finding, words: Words) -> KeyFigure:
    """Return a finding of ``reached`` or ``shares`` as a card; without a figure the card says why there is none."""
    t = words.t
    named_as_figure = finding.topic in (Topic.VISITS, *BY_FORM)
    label = words.measure(finding.topic) if named_as_figure else t(f"reports.key_{finding.topic}")
    if finding.case is Case.UNLIKE:
        return KeyFigure(label, t("common.not_available"), t("reports.key_unlike"))
    if finding.case in WITHOUT_FIGURE:
        mark = words.suppression(
            nearly_all=finding.case is Case.WITHHELD,
            changed=finding.topic in (Topic.IMPROVED, Topic.PAIRED),
            threshold=int(finding.counts["threshold"]),
        )
        return KeyFigure(label, t("common.not_available"), mark)
    if finding.topic in (Topic.REGISTERED, Topic.VISITS):
        return KeyFigure(label, t.number(finding.n or 0), t(f"reports.key_{finding.topic}_ground"))
    if finding.topic in BY_FORM:
        return KeyFigure(label, t.number(finding.n or 0), words.form(finding.form))
    return KeyFigure(label, _share_of(finding, words), _ground(finding, words))


def _share_of(finding: Finding, words: Words) -> str:
    """Return the share; of few people as counts, of which a percentage would say more than is known."""
    if finding.count and finding.n and finding.n < LEAST_FOR_PERCENT:
        return words.share(finding.count, finding.n)
    return words.value(finding.measure, finding.value)


def _ground(finding: Finding, words: Words) -> str:
    """Return the interval and n of a share, and the practices or items that it is of."""
    t = words.t
    n = t.number(finding.n or 0)
    if finding.interval is None:
        ground = t("reports.key_ground_answers", n=n)
    else:
        ground = t("reports.key_ground", interval=words.interval(finding.measure, *finding.interval), n=n)
    practices = int(finding.counts["practices"])
    if practices > 1:
        ground = f"{ground}, {t.plural('reports.of_practices', practices)}"
    elif finding.topic is not Topic.SATISFIED:
        ground = f"{ground}: {', '.join(words.item(item) for item in finding.items)}"
    return f"{ground}; {t('reports.key_ground_repeated')}" if finding.repeated else ground


def reached(figures: Glance) -> Iterator[Finding]:
    """Yield the numbers of people and of visits.

    Where there is neither, those who filled the first form; or that these are suppressed.
    """
    people = sum(int(row.count) for row in records(figures.registered.with_figures))
    visits = sum(int(row.visits) for row in records(figures.visits.with_figures))
    if people:
        yield Finding(Topic.REGISTERED, n=people)
    if visits:
        yield Finding(Topic.VISITS, n=visits)
    if not people and not visits:
        for row in islice(records(figures.forms.with_figures), 1):
            yield finding_of(Topic(row.measure), row, form=row.questionnaire)
            return
        yield from _suppressed(Topic.REGISTERED, figures.forms if figures.registered.empty else figures.registered)


def shares(figures: Glance) -> Iterator[Finding]:
    """Yield the shares of those satisfied and of those better off."""
    yield from satisfied(figures)
    yield from improved(figures)


def satisfied(figures: Glance) -> Iterator[Finding]:
    """Yield the share of those who answered favourably."""
    yield from _share(figures.satisfied_as, figures.satisfied, "favourable", figures.types)


def improved(figures: Glance) -> Iterator[Finding]:
    """Yield the share of those who say that their situation has improved."""
    yield from _share(figures.improved_as, figures.improved, "improved", figures.types)


def _share(topic: Topic, rows: Published, counted: str, types: Mapping[str, str]) -> Iterator[Finding]:
    """Yield the share of ``counted`` in all ``rows``, if they are alike enough for one figure."""
    overall = overall_share(rows, counted, types)
    if overall is None:
        unlike = not rows.with_figures.empty
        yield from (Finding(topic, Case.UNLIKE),) if unlike else _suppressed(topic, rows)
        return
    with_figures = rows.with_figures
    count = int(with_figures[counted].sum())
    yield Finding(
        topic,
        items=tuple(dict.fromkeys(str(item) for item in with_figures["item"])),
        measure="favourable",
        value=overall.value,
        count=(count, count),
        n=overall.n,
        interval=None if math.isnan(overall.low) else (overall.low, overall.high),
        repeated=bool(with_figures["method"].ne("wilson").any()),
        counts={"practices": overall.practices},
    )


def _suppressed(topic: Topic, rows: Published) -> Iterator[Finding]:
    reasons = [row.reason for row in records(rows.frame)]
    if reasons:
        yield suppressed(topic, rows, reasons[0])
