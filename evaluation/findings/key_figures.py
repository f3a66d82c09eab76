"""The numbers of a first look, each with what it stands on: people reached, satisfied, and better off."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from evaluation.findings.glance import Glance
from evaluation.findings.words import Words
from evaluation.measures import Published, overall_share, records


@dataclass(frozen=True)
class KeyFigure:
    """A number of the first look: what it is, the number as it is written, and what it stands on."""

    label: str
    figure: str
    ground: str


def key_figures(figures: Glance, words: Words) -> tuple[KeyFigure, ...]:
    """Return the first figures that may be shown: of one practice, or of several together."""
    return (*reached(figures, words), *shares(figures, words))


def shares(figures: Glance, words: Words) -> Iterator[KeyFigure]:
    """Yield the shares of those satisfied and of those better off."""
    yield from share("satisfied", figures.satisfied, "favourable", words)
    yield from share("improved", figures.improved, "improved", words)


def reached(figures: Glance, words: Words) -> Iterator[KeyFigure]:
    """Yield the numbers of people and of visits; where there is neither, of those who filled the first form."""
    t = words.t
    people = sum(int(row.count) for row in records(figures.registered.shown))
    visits = sum(int(row.visits) for row in records(figures.visits.shown))
    if people:
        yield KeyFigure(t("reports.key_registered"), t.number(people), t("reports.key_registered_ground"))
    if visits:
        yield KeyFigure(words.measure("visits"), t.number(visits), t("reports.key_visits_ground"))
    if not (people or visits):
        for row in islice(records(figures.forms.shown), 1):
            yield KeyFigure(words.measure(row.measure), words.figure(row), words.form(row.questionnaire))


def share(name: str, rows: Published, counted: str, words: Words) -> Iterator[KeyFigure]:
    """Yield the share of ``counted`` in all ``rows``, if one number can; ``name`` is satisfied or improved."""
    t = words.t
    types = {practice.id: practice.type for practice in words.library.practices.values()}
    overall = overall_share(rows, counted, types)
    if overall is None:
        return
    interval, n = words.interval("favourable", overall.low, overall.high), t.number(overall.n)
    ground = t("reports.key_ground", interval=interval, n=n) if interval else t("reports.key_ground_answers", n=n)
    if overall.practices > 1:
        ground = f"{ground}, {t.plural('reports.of_practices', overall.practices)}"
    elif name == "improved":
        ground = f"{ground}: {', '.join(words.item(str(item)) for item in dict.fromkeys(rows.shown['item']))}"
    yield KeyFigure(t(f"reports.key_{name}"), t.percent(overall.value), ground)
