"""Findings about differences, and what limits a change: only what docs/statistics.md allows."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

import pandas as pd

from evaluation.findings.finding import Against, Case, Comparator, Direction, Finding, Topic, Unit, finding_of
from evaluation.measures import AREAS, LEAST_COMPARED, Evidence, Published, records

Verdict = tuple[Case, Direction | None]

CHANGES: Mapping[str, Verdict] = {
    "better": (Case.CLEAR, Direction.UP),
    "worse": (Case.CLEAR, Direction.DOWN),
    "not_apart": (Case.NOT_APART, None),
    "described": (Case.UNTESTED, None),
}
COURSES: Mapping[str, Verdict] = {
    "rising": (Case.CLEAR, Direction.UP),
    "falling": (Case.CLEAR, Direction.DOWN),
    "not_apart": (Case.NOT_APART, None),
    "untested": (Case.UNTESTED, None),
}
DISTANCES: Mapping[str, Verdict] = {
    "above": (Case.CLEAR, Direction.UP),
    "below": (Case.CLEAR, Direction.DOWN),
    "not_apart": (Case.NOT_APART, None),
    "untested": (Case.UNTESTED, None),
}
COMPARISONS: Mapping[str, Verdict] = {
    "higher": (Case.CLEAR, Direction.UP),
    "lower": (Case.CLEAR, Direction.DOWN),
    "not_apart": (Case.NOT_APART, None),
    "too_few": (Case.TOO_FEW, None),
}
LEAST_FOR_NPS = 10
# Methods of figures of which one person may have filled several forms.
OF_FORMS = ("clusters", "answers")
LEAST = {"least": LEAST_COMPARED}
# Own views of change that are this much more favourable than start and end come from another yardstick.
SHIFT = 0.25


def change_verdicts(evidence: Evidence, practice: str) -> Iterator[Finding]:
    """Yield what changed on the whole, the items whose change is more than chance, and those whose change is not.

    Where people are better or worse off on the whole, the other items may be chance one by one only.
    """
    against = Against(Comparator.START)
    balances = list(records(evidence.table("change.balance").widest(practice).with_figures))
    for row in balances:
        case, direction = CHANGES.get(row.verdict, (Case.UNTESTED, None))
        addenda = (f"reports.balance_{row.verdict}",) if case is not Case.UNTESTED else ()
        counts = {"same": row.same, "worsened": row.worsened}
        yield finding_of(
            Topic.BALANCE, row, case=case, direction=direction, form=row.questionnaire, against=against,
            count=(row.improved, row.improved), counts=counts, addenda=addenda,
        )  # fmt: skip
    clear = {row.questionnaire for row in balances if row.verdict in ("better", "worse")}
    rows = list(records(evidence.table("change.paired").widest(practice).with_figures))
    for verdict, (case, direction) in CHANGES.items():
        for one_by_one in (True, False) if case is Case.NOT_APART else (False,):
            of_verdict = [row for row in rows if row.verdict == verdict]
            if case is Case.NOT_APART:
                of_verdict = [row for row in of_verdict if (row.questionnaire in clear) is one_by_one]
            items = tuple(row.item for row in of_verdict)
            message = "reports.verdict_one_by_one" if one_by_one else ""
            if items:
                yield Finding(Topic.CHANGE, case, direction, practice, items=items, against=against, message=message)


def recommendation(evidence: Evidence, practice: str) -> Iterator[Finding]:
    """Yield the net promoter score with its interval, of ten people or more."""
    for row in records(evidence.table("satisfaction.recommendation").widest(practice).with_figures):
        if row.n >= LEAST_FOR_NPS:
            mean = None if pd.isna(row.mean_answer) else row.mean_answer
            addenda = () if mean is None else ("reports.nps_mean",)
            yield finding_of(Topic.RECOMMENDATION, row, mean=mean, addenda=addenda)


def trends(evidence: Evidence, family: str, practice: str) -> Iterator[Finding]:
    """Yield the shares that have risen or fallen over the periods, more than chance."""
    for row in records(evidence.table(f"{family}.trend").where(practice=practice).with_figures):
        case, direction = COURSES[row.verdict]
        if case is Case.CLEAR:
            yield finding_of(
                Topic.TREND,
                row,
                case=case,
                direction=direction,
                measure="favourable",
                value=row.last,
                n=row.periods,
                interval=None,
                against=Against(Comparator.FIRST_PERIOD, row.first),
            )


def since_before(evidence: Evidence, practices: Iterable[str], *families: str) -> Iterator[Finding]:
    """Yield the shares that differ from the period before, more than chance; of clients if no family is named."""
    for name in (f"{family}.latest" for family in families or ("satisfaction", "change")):
        for row in records(evidence.table(name).where(practice=tuple(practices)).with_figures):
            case, direction = COURSES[row.verdict]
            if case is Case.CLEAR:
                yield finding_of(
                    Topic.SINCE_BEFORE,
                    row,
                    case=case,
                    direction=direction,
                    measure="favourable",
                    value=row.last,
                    interval=None,
                    against=Against(Comparator.PERIOD_BEFORE, row.before, row.before_period),
                    period=row.last_period,
                )


def distances(evidence: Evidence, practice: str) -> Iterator[Finding]:
    """Yield where those who do the work have another opinion than the clients, more than chance."""
    for row in records(evidence.table("conditions.distance").widest(practice).with_figures):
        case, direction = DISTANCES[row.verdict]
        if case is Case.CLEAR:
            yield finding_of(
                Topic.DISTANCE,
                row,
                case=case,
                direction=direction,
                form=row.questionnaire,
                measure="favourable",
                value=row.role_value,
                interval=None,
                against=Against(Comparator.CLIENTS, row.client_value),
            )


def caveats(evidence: Evidence, practice: str) -> Iterator[Finding]:
    """Yield what limits this practice's change: ceiling, regression to the mean, another yardstick, leavers."""
    paired = list(records(evidence.table("change.paired").widest(practice).with_figures))
    known = [row for row in paired if row.start_mean is not None and row.start_mean == row.start_mean]
    balances = records(evidence.table("change.balance").widest(practice).with_figures)
    better = {row.questionnaire for row in balances if row.verdict == "better"}
    items = {
        Topic.CEILING: [row.item for row in known if row.at_best > row.n / 2],
        Topic.REGRESSION: [row.item for row in known if _starts_low(row) and _said_better(row, better)],
        Topic.SHIFT: list(_shifted(evidence, paired, practice)),
        Topic.LEAVERS: [
            row.item
            for row in records(evidence.table("change.attrition").widest(practice).with_figures)
            if row.low > 0 or row.high < 0
        ],
    }
    for topic, of_topic in items.items():
        if of_topic:
            yield Finding(topic, practice=practice, items=tuple(of_topic))


def _said_better(row: Any, better: Container[str]) -> bool:
    """Tell whether the change is said to be for the better: in the question itself, or in its form on the whole."""
    return row.verdict == "better" or row.questionnaire in better


def _starts_low(row: Any) -> bool:
    """Tell whether people stood on the bad half of the scale at start, on average."""
    middle = (row.scale_low + row.scale_high) / 2
    return bool(row.start_mean < middle) if row.better == "high" else bool(row.start_mean > middle)


def _shifted(evidence: Evidence, paired: list[Any], practice: str) -> Iterator[str]:
    views = list(records(evidence.table("change.retrospective").widest(practice).with_figures))
    for row in paired:
        for view in views:
            if view.dimension == row.dimension and view.net - row.net >= SHIFT and view.net_low > row.net:
                yield row.item


def compared(units: Published, test: Published | None, tested: bool = True) -> Iterator[Finding]:
    """Yield the units that differ, those whose difference may be chance, the small ones, and those not tested and why.

    Args:
        units: the figures side by side.
        test: whether the units differ; None or empty where that could not be tested.
        tested: whether there is a test of such figures at all.
    """
    against = Against(Comparator.OTHER_UNITS)
    if not tested:
        unlike = units.with_figures["item"].nunique() > 1
        yield Finding(Topic.COMPARISON, Case.UNLIKE if unlike else Case.UNTESTED, against=against)
        return
    rows = [] if test is None else list(records(test.with_figures))
    for verdict, (case, direction) in COMPARISONS.items():
        of_verdict = tuple(_unit(row) for row in rows if row.verdict == verdict)
        of_counties = case is Case.CLEAR and any(unit.level in AREAS for unit in of_verdict)
        message = f"reports.compared_{verdict}_county" if of_counties else ""
        if of_verdict:
            yield Finding(
                Topic.COMPARISON, case, direction, units=of_verdict, against=against, counts=LEAST, message=message
            )
    spread = [row.i2 for row in rows if row.verdict in ("higher", "lower")]
    if spread:
        yield Finding(Topic.SPREAD, Case.CLEAR, measure="favourable", value=max(spread))
    of_test = {_unit(row) for row in rows}
    others = [row for row in records(units.with_figures) if _unit(row) not in of_test]
    of_people = [row for row in others if row.method == "wilson"]
    # Shares of people are tested unless they share people, or one of them is alone.
    shared = of_people if rows or len(of_people) > 1 else []
    repeated = tuple(_unit(row) for row in others if row.method in OF_FORMS or row in shared)
    if repeated:
        yield Finding(Topic.COMPARISON, Case.UNTESTED, units=repeated, repeated=True, against=against)
    elif not rows:
        yield Finding(Topic.COMPARISON, Case.NOT_ESTIMATED, against=against)


def _unit(row: Any) -> Unit:
    cohort = None if pd.isna(row.cohort) else row.cohort
    return Unit(row.practice, row.municipality, cohort, row.level, row.county if row.level in AREAS else None)
