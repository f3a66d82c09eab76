"""The numbers of a first look, each with what it stands on: people reached, satisfied, and better off."""

from collections.abc import Iterator

from evaluation.charts import Words
from evaluation.measures import Published, overall_share, records
from evaluation.reports.content import KeyFigure
from evaluation.reports.glance import Glance


def key_figures(seen: Glance, words: Words) -> tuple[KeyFigure, ...]:
    """Return the numbers of what is seen at a glance that can be told: of one practice, or of several together."""
    return (*reached(seen, words), *shares(seen, words))


def shares(seen: Glance, words: Words) -> Iterator[KeyFigure]:
    """Yield the shares of those satisfied and of those better off."""
    yield from share("satisfied", seen.satisfied, "favourable", words)
    yield from share("improved", seen.improved, "improved", words)


def reached(seen: Glance, words: Words) -> Iterator[KeyFigure]:
    """Yield the numbers of people and of visits."""
    t = words.t
    people = sum(int(row.count) for row in records(seen.registered.shown))
    visits = sum(int(row.visits) for row in records(seen.visits.shown))
    if people:
        yield KeyFigure(t("reports.key_registered"), t.number(people), t("reports.key_registered_ground"))
    if visits:
        yield KeyFigure(words.measure("visits"), t.number(visits), t("reports.key_visits_ground"))


def share(name: str, rows: Published, counted: str, words: Words) -> Iterator[KeyFigure]:
    """Yield the share of ``counted`` in all ``rows``, if any of it can be told; ``name`` is satisfied or improved."""
    t = words.t
    found = overall_share(rows, counted)
    if found is None:
        return
    interval = words.interval("favourable", found.low, found.high)
    ground = t("reports.key_ground", interval=interval, n=t.number(found.n))
    if found.practices > 1:
        asked = t.plural("reports.of_practices", found.practices)
        ground = f"{ground}, {asked}"
    elif name == "improved":
        ground = f"{ground}: {', '.join(words.item(str(item)) for item in dict.fromkeys(rows.shown['item']))}"
    yield KeyFigure(t(f"reports.key_{name}"), t.percent(found.value), ground)
