"""What a chart shows in one finding, kind by kind: the titles of charts, on pages and in files.

They follow from the published tables that the chart draws, so that a title reveals nothing that the chart does not.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

import pandas as pd

from evaluation.findings.choices_made import commonest
from evaluation.findings.finding import Case, Direction, Finding, Part, Topic, Unit, counted
from evaluation.findings.verdicts import CHANGES, COURSES, LEAST, LEAST_FOR_NPS, OF_FORMS
from evaluation.measures import AREAS, NEARLY_ALL, SMALL_PARTS, Published, records

# A table and those beside it that its chart needs too.
Tables = tuple[Published, ...]
Span = tuple[float, float]


def headline(kind: str, tables: Tables) -> Finding | None:
    """Return what the chart of a kind shows, or why all of it is withheld; None of a kind without a rule."""
    if kind not in HEADLINES:
        return None
    drawn = tables if kind == "glance" else tables[:1]
    return _withheld(tables[0]) if all(map(_empty, drawn)) else HEADLINES[kind](tables)


def _withheld(published: Published) -> Finding:
    if SMALL_PARTS in set(published.frame["reason"]):
        return Finding(Topic.HEADLINE, Case.WITHHELD, message="common.small_parts")
    if set(published.frame["reason"]) != {NEARLY_ALL}:
        counts = {"threshold": published.threshold}
        return Finding(Topic.HEADLINE, Case.TOO_FEW, counts=counts, message="common.too_few")
    changed = published.measure.startswith("change.")
    message = "common.nearly_all_worse" if changed else "common.nearly_all"
    return Finding(Topic.HEADLINE, Case.WITHHELD, message=message)


def enrolment(tables: Tables) -> Finding:
    """Return how many completed, cohort by cohort; or started, or registered, where that is all that is known."""
    registered = tables[0]
    for measure in ("completed", "started"):
        rows = _rows(registered.where(measure=measure))
        if rows:
            shares = _highest_and_lowest(measure, rows)
            # Ranges may overlap, so that no cohort is named as the first or the last.
            return replace(shares, message=f"headlines.{measure}_spread") if shares.lowest else shares
    people = [float(row.at_least) for row in _rows(registered)]
    message = "headlines.registered" if len(people) == 1 else "headlines.registered_in_cohorts"
    return Finding(Topic.HEADLINE, count=_span(people), n=len(people), message=message)


def sessions(tables: Tables) -> Finding:
    """Return how many were present at a session, least and most, and how many had registered."""
    rows = _rows(tables[0])
    present, cohorts = _span([float(row.value) for row in rows]), {(row.municipality, row.cohort) for row in rows}
    registered = float(rows[0].n)
    if len(cohorts) > 1 or pd.isna(registered):
        return Finding(Topic.HEADLINE, count=present, n=len(cohorts), message="headlines.sessions_of_cohorts")
    return Finding(Topic.HEADLINE, count=present, n=registered, message="headlines.sessions")


def openings(tables: Tables) -> Finding:
    """Return how many visitors an opening had: least, most and the mean."""
    visitors = [float(row.value) for row in _rows(tables[0])]
    mean = sum(visitors) / len(visitors)
    return Finding(Topic.HEADLINE, count=_span(visitors), n=len(visitors), mean=mean, message="headlines.openings")


def distribution(tables: Tables) -> Finding:
    """Return the questions with most and with fewest favourable answers."""
    shares = [row for table in tables[1:] for row in _rows(table)]
    if shares:
        return _highest_and_lowest("favourable", shares)
    answers = _span(tables[0].with_figures["n"].tolist())
    return Finding(Topic.HEADLINE, count=answers, message="headlines.answers")


def favourable(tables: Tables) -> Finding:
    """Return the questions with fewer favourable answers than the others beyond chance, or how far all lie apart."""
    rows = _rows(tables[0])
    fewer = _parts([row for row in rows if row.fewer])
    if fewer:
        return Finding(Topic.HEADLINE, Case.CLEAR, Direction.DOWN, parts=fewer[::-1], message="headlines.fewer")
    shares = _highest_and_lowest("favourable", rows)
    if not shares.lowest:
        return shares
    tested = all(row.method not in OF_FORMS for row in rows) and any(not pd.isna(row.others) for row in rows)
    case = Case.NOT_APART if tested else Case.UNTESTED
    return replace(shares, case=case, message=f"headlines.spread_{case}")


def recommendation(tables: Tables) -> Finding:
    """Return whether more would recommend than not; of fewer than ten answers, how many gave nine or ten."""
    rows = _rows(tables[0])
    of_people, n = rows[0].method not in OF_FORMS, float(rows[0].n)
    scores = [row for table in tables[1:] for row in _rows(table)]
    if scores and n >= LEAST_FOR_NPS:
        score = scores[0]
        case, direction = _beyond_nought(score.low, score.high)
        message = f"headlines.recommendation_{case if direction is None else direction}"
        return Finding(
            Topic.HEADLINE, case, direction, measure="recommendation", value=float(score.value), n=n, message=message
        )
    most = sum(float(row.count) for row in rows if row.value_class == "favourable" and not pd.isna(row.count))
    part = Part("favourable", most / n, (most, most), n, of_forms=not of_people)
    message = "headlines.recommended" if of_people else "headlines.recommended_answers"
    return Finding(Topic.HEADLINE, parts=(part,), message=message)


def _beyond_nought(low: float, high: float) -> tuple[Case, Direction | None]:
    if pd.isna(low):
        return Case.UNTESTED, None
    if low > 0:
        return Case.CLEAR, Direction.UP
    return (Case.CLEAR, Direction.DOWN) if high < 0 else (Case.NOT_APART, None)


def change(tables: Tables) -> Finding:
    """Return the questions whose change from start to end is more than chance, or that none is."""
    rows = _rows(tables[0])
    better, worse = (_parts([row for row in rows if row.verdict == verdict]) for verdict in ("better", "worse"))
    other = "not_apart" in {row.verdict for row in rows}
    if better and worse:
        message = "headlines.change_better_and_worse"
        return Finding(Topic.HEADLINE, *CHANGES["better"], parts=better, lowest=worse, message=message)
    for verdict, clear in (("better", better), ("worse", worse)):
        if clear:
            message = f"headlines.change_{verdict}{'_partly' if other else ''}"
            return Finding(Topic.HEADLINE, *CHANGES[verdict], parts=clear, message=message)
    case = Case.NOT_APART if other else Case.UNTESTED
    most = _highest_and_lowest("improved", rows).parts
    ending = str(case)
    if other and len(rows) > 1:
        ending = "one_by_one"
    elif "described" in {row.verdict for row in rows}:
        ending = "described"
    return Finding(Topic.HEADLINE, case, parts=most, message=f"headlines.change_{ending}")


def balance(tables: Tables) -> Finding:
    """Return how many got better in more questions than worse, and whether that may be chance."""
    row = _rows(tables[0])[0]
    case, direction = CHANGES.get(row.verdict, (Case.UNTESTED, None))
    message = f"headlines.balance_{row.verdict}"
    return Finding(Topic.HEADLINE, case, direction, parts=(_part(row),), message=message)


def retrospective(tables: Tables) -> Finding:
    """Return the questions in which most and in which fewest say that they are better off."""
    return _highest_and_lowest("improved", _rows(tables[0]))


def conditions(tables: Tables) -> Finding:
    """Return what those who do the work find best and worst."""
    return _highest_and_lowest("favourable", _rows(tables[0]))


def comparison(tables: Tables) -> Finding:
    """Return the units that differ beyond chance, or that none does or was tested, and how far all lie apart."""
    parts = tuple(replace(part, item="") for part in _parts(_rows(tables[0])))
    verdicts: dict[Unit | None, str] = {_unit(row): row.verdict for table in tables[1:] for row in _rows(table)}
    higher, lower = (
        tuple(part for part in parts if verdicts.get(part.unit) == verdict) for verdict in ("higher", "lower")
    )
    if higher or lower:
        message = "_and_".join(name for name, parts in (("higher", higher), ("lower", lower)) if parts)
        direction = Direction.UP if higher else Direction.DOWN
        return Finding(
            Topic.HEADLINE, Case.CLEAR, direction, parts=higher, lowest=lower, message=f"headlines.compared_{message}"
        )
    if len(parts) == 1:
        return Finding(Topic.HEADLINE, parts=parts, message="headlines.compared_one")
    tested = {verdicts.get(part.unit) for part in parts}
    case = Case.NOT_APART if "not_apart" in tested else Case.TOO_FEW if tested == {"too_few"} else Case.UNTESTED
    alike = case is Case.UNTESTED and parts[0].value == parts[-1].value
    message = f"headlines.compared_{'alike' if alike else case}"
    return Finding(Topic.HEADLINE, case, parts=parts[:1], lowest=parts[-1:], counts=LEAST, message=message)


def course(published: Published, tests: Published) -> Finding:
    """Return the questions whose share has risen or fallen over the cohorts, or that none has beyond chance.

    Args:
        published: the shares of a form, cohort by cohort.
        tests: whether these have risen or fallen.
    """
    people, rows = _span(published.with_figures["n"].tolist()), _rows(tests)
    for verdict in ("rising", "falling"):
        items = tuple(dict.fromkeys(row.item for row in rows if row.verdict == verdict))
        if items:
            message = f"headlines.course_{verdict}"
            return Finding(Topic.HEADLINE, *COURSES[verdict], items=items, count=people, message=message)
    repeated = published.with_figures["method"].isin(OF_FORMS).any()
    if "not_apart" in {row.verdict for row in rows}:
        case = Case.NOT_APART
    else:
        case = Case.UNTESTED if rows or repeated else Case.TOO_FEW
    return Finding(Topic.HEADLINE, case, count=people, message=f"headlines.course_{case}")


def glance(tables: Tables) -> Finding:
    """Return how many people have registered and how many visits there were, in how many practices."""
    practices = {practice for table in tables for practice in table.with_figures["practice"]}
    counts = {
        "people": sum(int(row.count) for row in _rows(tables[0])),
        "visits": sum(int(row.visits) for table in tables[1:2] for row in _rows(table)),
    }
    known = "_and_".join(name for name, count in counts.items() if count)
    message = f"headlines.glance_{known or 'practices'}"
    return Finding(Topic.HEADLINE, counts=counts | {"practices": len(practices)}, message=message)


def options(tables: Tables) -> Finding:
    """Return the option of a question that most chose; where that is not known, how many answered."""
    finding = commonest(tables[0])
    if finding is not None:
        return replace(finding, message="headlines.commonest")
    n = max(float(row.n) for row in _rows(tables[0]))
    return Finding(Topic.HEADLINE, n=n, message="headlines.options")


HEADLINES: Mapping[str, Callable[[Tables], Finding]] = {
    "enrolment": enrolment,
    "sessions": sessions,
    "openings": openings,
    "distribution": distribution,
    "recommendation": recommendation,
    "long_scale": distribution,
    "favourable": favourable,
    "conditions": conditions,
    "balance": balance,
    "change": change,
    "change_bars": retrospective,
    "options": options,
    "comparison": comparison,
    "glance": glance,
}


def _empty(published: Published) -> bool:
    return published.with_figures.empty


def _rows(published: Published) -> list[Any]:
    return list(records(published.with_figures))


def _span(values: Sequence[float]) -> Span:
    return min(values), max(values)


def _highest_and_lowest(message: str, rows: Sequence[Any]) -> Finding:
    """Return the finding about one figure, about the highest and the lowest of several, or that all are alike."""
    parts = _parts(rows)
    highest = tuple(takewhile(lambda part: part.value == parts[0].value, parts))
    lowest = tuple(takewhile(lambda part: part.value == parts[-1].value, reversed(parts)))
    if len(parts) == 1:
        ending = "_answers" if parts[0].of_forms else ""
        return Finding(Topic.HEADLINE, parts=parts, message=f"headlines.{message}{ending}")
    if len(highest) == len(parts):
        return Finding(Topic.HEADLINE, parts=parts, message=f"headlines.{message}_alike")
    ending = "highest_and_lowest"
    return Finding(Topic.HEADLINE, parts=highest, lowest=lowest, message=f"headlines.{message}_{ending}")


def _parts(rows: Sequence[Any]) -> tuple[Part, ...]:
    """Return the figures of rows, the highest first."""
    return tuple(sorted(map(_part, rows), key=lambda part: -part.value))


def _part(row: Any) -> Part:
    count = counted(row)
    value = sum(count) / 2 / row.n if count and pd.isna(row.value) else float(row.value)
    item = str(row.item) if row.item else ""
    return Part(str(row.measure), value, count, float(row.n), item, _unit(row), str(row.role), row.method in OF_FORMS)


def _unit(row: Any) -> Unit:
    cohort = None if pd.isna(row.cohort) else row.cohort
    return Unit(row.practice, row.municipality, cohort, row.level, row.county if row.level in AREAS else None)
