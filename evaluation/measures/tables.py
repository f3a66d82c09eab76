"""What every published table is made of: a function each, by the name of the table.

A function takes the workbench and the estimates of other tables, so that what follows from a table is computed from it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from evaluation.measures import (
    agreement,
    attrition,
    change,
    comparison,
    conditions,
    latest,
    participation,
    response,
    satisfaction,
    scores,
    trend,
)
from evaluation.measures.workbench import Workbench
from evaluation.privacy import COHORT, PRACTICE, PRACTICE_ALL, Screened

EVERY_LEVEL = (COHORT, PRACTICE, PRACTICE_ALL)
# Closed cells are named by the table from which another follows.
NAMED_ELSEWHERE: tuple[str, ...] = ()


@dataclass(frozen=True)
class Estimated:
    """Estimates by cell, what they were computed from, and the levels at which the table names closed cells."""

    estimates: pd.DataFrame
    screened: Screened
    closed_at: tuple[str, ...] = EVERY_LEVEL

    @property
    def of_people(self) -> pd.DataFrame:
        """The estimates of different people: answers that may be one person's again are not tested."""
        return self.estimates[self.estimates["method"] == satisfaction.WILSON]


EstimatedOf = Callable[[str], Estimated]
Table = Callable[[Workbench, EstimatedOf], Estimated]


def _enrolment(bench: Workbench, _: EstimatedOf) -> Estimated:
    return Estimated(participation.enrolment(bench.enrolled), bench.enrolled)


def _attendance(bench: Workbench, _: EstimatedOf) -> Estimated:
    return Estimated(participation.attendance(bench.marks, bench.enrolled), bench.marks)


def _sessions(bench: Workbench, _: EstimatedOf) -> Estimated:
    return Estimated(participation.sessions(bench.marks, bench.enrolled), bench.marks, (COHORT,))


def _visits(bench: Workbench, _: EstimatedOf) -> Estimated:
    return Estimated(participation.visits(bench.openings), bench.openings)


def _openings(bench: Workbench, _: EstimatedOf) -> Estimated:
    return Estimated(participation.openings(bench.openings), bench.openings, (COHORT,))


def _drop_out(bench: Workbench, _: EstimatedOf) -> Estimated:
    found = attrition.moments(bench.drop_outs, bench.enrolled, bench.policy)
    return Estimated(found, bench.drop_outs, NAMED_ELSEWHERE)


def _newcomers(bench: Workbench, _: EstimatedOf) -> Estimated:
    found = participation.newcomers(bench.openings, bench.policy.smallest_part)
    return Estimated(found, bench.openings, NAMED_ELSEWHERE)


def _waiting(bench: Workbench, _: EstimatedOf) -> Estimated:
    return Estimated(participation.waiting(bench.openings), bench.openings, NAMED_ELSEWHERE)


def _distribution(family: str) -> Table:
    def table(bench: Workbench, _: EstimatedOf) -> Estimated:
        rated = bench.rated(family)
        return Estimated(satisfaction.distribution(rated, bench.library), rated)

    return table


def _favourable(family: str) -> Table:
    def table(bench: Workbench, _: EstimatedOf) -> Estimated:
        rated = bench.rated(family)
        return Estimated(satisfaction.favourable(rated, bench.library, bench.repeated), rated)

    return table


def _mean(family: str) -> Table:
    def table(bench: Workbench, _: EstimatedOf) -> Estimated:
        rated = bench.rated(family)
        return Estimated(satisfaction.mean(rated), rated)

    return table


def _recommendation(bench: Workbench, _: EstimatedOf) -> Estimated:
    asked = [item.id for item in bench.library.items.values() if item.national_theme == "recommendation"]
    rated = bench.rated("satisfaction")
    return Estimated(satisfaction.recommendation(rated, asked, bench.repeated), rated, NAMED_ELSEWHERE)


def _score(bench: Workbench, _: EstimatedOf) -> Estimated:
    rated, threshold = bench.rated("satisfaction"), bench.policy.threshold
    found = scores.scores(bench.scored_forms, bench.complete_forms, rated, bench.library, threshold)
    return Estimated(found, bench.scored_forms, NAMED_ELSEWHERE)


def _retrospective(bench: Workbench, _: EstimatedOf) -> Estimated:
    told = bench.rated("change", "retrospective")
    return Estimated(change.retrospective(told, bench.repeated), told)


def _paired(bench: Workbench, _: EstimatedOf) -> Estimated:
    return Estimated(change.paired(bench.pairs, bench.library), bench.pairs)


def _steps(bench: Workbench, _: EstimatedOf) -> Estimated:
    return Estimated(comparison.steps(bench.pairs, bench.library), bench.pairs, NAMED_ELSEWHERE)


def _follow_up(bench: Workbench, _: EstimatedOf) -> Estimated:
    return Estimated(change.steps(bench.later_pairs, "follow_up"), bench.later_pairs)


def _attrition(bench: Workbench, _: EstimatedOf) -> Estimated:
    found = attrition.difference(bench.leavers, bench.pairs, bench.library)
    return Estimated(found, bench.leavers, NAMED_ELSEWHERE)


def _agreement(bench: Workbench, _: EstimatedOf) -> Estimated:
    return Estimated(agreement.ways(bench.both_ways, bench.library, bench.answers), bench.both_ways, NAMED_ELSEWHERE)


def _response(bench: Workbench, of: EstimatedOf) -> Estimated:
    enrolment = of("participation.enrolment")
    rates = response.rates(bench.filled_once, enrolment.estimates, enrolment.screened)
    return Estimated(rates, bench.filled_once, NAMED_ELSEWHERE)


def _matched(bench: Workbench, _: EstimatedOf) -> Estimated:
    return Estimated(response.matched(bench.filled_once, bench.pairs), bench.filled_once, NAMED_ELSEWHERE)


def _comparison(name: str, counted: str) -> Table:
    def table(bench: Workbench, of: EstimatedOf) -> Estimated:
        source = of(name)
        compared = comparison.shares(source.of_people, counted, source.screened, bench.library)
        return Estimated(compared, source.screened, NAMED_ELSEWHERE)

    return table


def _trend(name: str, counted: str) -> Table:
    def table(_: Workbench, of: EstimatedOf) -> Estimated:
        source = of(name)
        return Estimated(trend.shares(source.of_people, counted, source.screened), source.screened, NAMED_ELSEWHERE)

    return table


def _latest(name: str, counted: str) -> Table:
    def table(_: Workbench, of: EstimatedOf) -> Estimated:
        source = of(name)
        return Estimated(latest.shares(source.of_people, counted, source.screened), source.screened, NAMED_ELSEWHERE)

    return table


def _latest_people(_: Workbench, of: EstimatedOf) -> Estimated:
    source = of("participation.enrolment")
    return Estimated(latest.people(source.estimates, source.screened), source.screened, NAMED_ELSEWHERE)


def _distance(bench: Workbench, of: EstimatedOf) -> Estimated:
    roles, clients = of("conditions.favourable"), of("satisfaction.favourable")
    apart = conditions.distance(roles.estimates, roles.screened, clients.estimates, clients.screened, bench.library)
    return Estimated(apart, roles.screened, NAMED_ELSEWHERE)


TABLES: dict[str, Table] = {
    "participation.enrolment": _enrolment,
    "participation.attendance": _attendance,
    "participation.sessions": _sessions,
    "participation.visits": _visits,
    "participation.openings": _openings,
    "participation.drop_out": _drop_out,
    "participation.newcomers": _newcomers,
    "participation.waiting": _waiting,
    "participation.distribution": _distribution("participation"),
    "participation.favourable": _favourable("participation"),
    "satisfaction.distribution": _distribution("satisfaction"),
    "satisfaction.favourable": _favourable("satisfaction"),
    "satisfaction.mean": _mean("satisfaction"),
    "satisfaction.recommendation": _recommendation,
    "conditions.distribution": _distribution("conditions"),
    "conditions.favourable": _favourable("conditions"),
    "conditions.mean": _mean("conditions"),
    "satisfaction.score": _score,
    "change.retrospective": _retrospective,
    "change.paired": _paired,
    "change.steps": _steps,
    "change.follow_up": _follow_up,
    "change.attrition": _attrition,
    "change.agreement": _agreement,
    "participation.response": _response,
    "change.matched": _matched,
    "satisfaction.comparison": _comparison("satisfaction.favourable", "favourable"),
    "satisfaction.trend": _trend("satisfaction.favourable", "favourable"),
    "satisfaction.latest": _latest("satisfaction.favourable", "favourable"),
    "conditions.comparison": _comparison("conditions.favourable", "favourable"),
    "conditions.trend": _trend("conditions.favourable", "favourable"),
    "conditions.latest": _latest("conditions.favourable", "favourable"),
    "change.comparison": _comparison("change.retrospective", "improved"),
    "change.trend": _trend("change.retrospective", "improved"),
    "change.latest": _latest("change.retrospective", "improved"),
    "participation.latest": _latest_people,
    "conditions.distance": _distance,
}
