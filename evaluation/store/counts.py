"""The count cubes: each one plain statement that groups and counts, so that nothing but counts leaves the store.

Whatever is asked of a whole form (pairs, codes in two runs, what goes with what) is asked of forms with a participant
code or leaves out those that are ``counted``: made of counts, they hold answers of different people. A form in whose
place another was taken counts nowhere.
A selection narrows them by practice, municipality and role only. Runs are never narrowed here: the privacy gate needs
all of them, and takes publication units as wholes.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, cast, func, literal, select
from sqlalchemy.sql.expression import CTE, Subquery

from evaluation.definitions import OUTSIDE_CODES
from evaluation.store.schema import answers, attendances, responses
from evaluation.store.selection import Selection

ONCE_A_PERSON = ("start", "end", "follow_up", "once")
FIRST_VISIT = "visit_first"
FIRST_OUTSIDE_CODE = min(OUTSIDE_CODES.values())
PLACE = ("practice", "municipality", "cohort")


def answer_counts(selection: Selection) -> Select[Any]:
    """Count answers: practice, municipality, cohort, role, questionnaire, timing, item, value → n."""
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire", "timing")]
    keys += [answers.c.item, answers.c.value]
    return select(*keys, func.count().label("n")).select_from(_answered()).where(_wanted(selection)).group_by(*keys)


def pair_counts(selection: Selection) -> Select[Any]:
    """Count matched people: practice, municipality, cohort, role, item, start_value, end_value → n."""
    sides = {}
    for timing in ("start", "end"):
        columns = [responses.c[name] for name in (*PLACE, "role", "participant")]
        sides[timing] = (
            select(*columns, answers.c.item, answers.c.value)
            .select_from(_answered())
            .where(_wanted(selection), responses.c.timing == timing, responses.c.participant.is_not(None))
            .subquery(f"{timing}_answers")
        )
    start, end = sides["start"], sides["end"]
    keys = [start.c[name] for name in (*PLACE, "role", "item")]
    values = [start.c.value.label("start_value"), end.c.value.label("end_value")]
    same = and_(*(start.c[name] == end.c[name] for name in (*PLACE, "role", "participant", "item")))
    grouped = [*keys, start.c.value, end.c.value]
    return select(*keys, *values, func.count().label("n")).select_from(start.join(end, same)).group_by(*grouped)


def people_counts(selection: Selection) -> Select[Any]:
    """Count people: practice, municipality, cohort, role, questionnaire, item → people, a lower bound.

    ``item`` "" stands for the questionnaire as a whole; answers outside the scale do not count for an item. Coded
    forms count distinct codes. Of forms without a code, those given once a person count one each; of those given
    again and again the greatest number of one day counts, for a person gives one a day, or the number of first
    visits, for a person has one; of openings the greatest number of visitors. Of a table that somebody has counted
    already the largest count of an item stands for the people, since nobody knows more: so many forms were made of it.
    """
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire")]
    first = case((_has_answer(FIRST_VISIT, 1), 1), else_=0)
    columns = [*keys, responses.c.timing, responses.c.participant, responses.c.answered_on, first.label("first")]
    opening = _has_answer("visits")
    whole = select(*columns, literal("").label("item"), literal(1).label("persons")).where(_wanted(selection), ~opening)
    by_item = (
        select(
            *columns[:-1],
            case((responses.c.counted, 0), else_=first).label("first"),
            answers.c.item,
            literal(1).label("persons"),
        )
        .select_from(_answered())
        .where(_wanted(selection), ~opening, answers.c.value < FIRST_OUTSIDE_CODE)
    )
    visits = (
        select(*columns, literal("").label("item"), answers.c.value.label("persons"))
        .select_from(_answered())
        .where(_wanted(selection), answers.c.item == "visits")
    )
    given = whole.union_all(by_item, visits).cte("given")
    unit = [given.c[name] for name in (*PLACE, "role", "questionnaire", "item")]
    parts = _people_of(given, unit)
    names = [parts.c[column.name] for column in unit]
    return select(*names, _total(parts.c.people).label("people")).group_by(*names)


def _people_of(given: CTE, unit: list[Any]) -> Subquery:
    coded = (
        select(*unit, func.count(given.c.participant.distinct()).label("people"))
        .where(given.c.participant.is_not(None))
        .group_by(*unit)
    )
    once = (
        select(*unit, func.count().label("people"))
        .where(given.c.participant.is_(None), given.c.timing.in_(ONCE_A_PERSON))
        .group_by(*unit)
    )
    days = (
        select(*unit, _total(given.c.persons).label("persons"))
        .where(given.c.participant.is_(None), given.c.timing.not_in(ONCE_A_PERSON))
        .group_by(*unit, given.c.answered_on)
    )
    firsts = (
        select(*unit, _total(given.c.first).label("persons"))
        .where(given.c.participant.is_(None), given.c.timing.not_in(ONCE_A_PERSON))
        .group_by(*unit)
    )
    bounds = days.union_all(firsts).subquery("bounds")
    bound_unit = [bounds.c[column.name] for column in unit]
    repeated = select(*bound_unit, func.max(bounds.c.persons).label("people")).group_by(*bound_unit)
    return coded.union_all(once, repeated).subquery("parts")


def overlap_counts(selection: Selection) -> Select[Any]:
    """Count codes that stand in two runs: practice, municipality, role, questionnaire, cohort_a < cohort_b → people."""
    names = ("practice", "municipality", "role", "questionnaire", "cohort", "participant")
    people = (
        select(*(responses.c[name] for name in names))
        .where(_wanted(selection), responses.c.participant.is_not(None))
        .distinct()
        .cte("people")
    )
    one, other = people.alias("one"), people.alias("other")
    keys = [one.c[name] for name in names[:4]]
    same = and_(*(one.c[name] == other.c[name] for name in (*names[:4], "participant")), one.c.cohort < other.c.cohort)
    cohorts = [one.c.cohort.label("cohort_a"), other.c.cohort.label("cohort_b")]
    return (
        select(*keys, *cohorts, func.count().label("people"))
        .select_from(one.join(other, same))
        .group_by(*keys, one.c.cohort, other.c.cohort)
    )


def enrolment_counts(selection: Selection, registers: Sequence[str]) -> Select[Any]:
    """Count people of registers: practice, municipality, cohort → registered, started, decided, completed.

    ``registers`` are the ids of the questionnaires that are registers. Who was present at least once has started; of
    the decided it is told whether they completed or not.
    """
    key = [attendances.c.import_id, attendances.c.response_no]
    present = select(*key).where(attendances.c.mark == 1).distinct().subquery("present")
    columns = (answers.c.import_id, answers.c.response_no, answers.c.value)
    completion = select(*columns).where(answers.c.item == "completed", answers.c.value < FIRST_OUTSIDE_CODE)
    completed = completion.subquery("completion")
    joined = responses.outerjoin(present, _same_response(responses, present)).outerjoin(
        completed, _same_response(responses, completed)
    )
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire")]
    return (
        select(
            *keys,
            func.count().label("registered"),
            func.count(present.c.response_no).label("started"),
            func.count(completed.c.value).label("decided"),
            func.coalesce(_total(completed.c.value), 0).label("completed"),
        )
        .select_from(joined)
        .where(_wanted(selection), responses.c.questionnaire.in_(registers))
        .group_by(*keys)
    )


def session_counts(selection: Selection) -> Select[Any]:
    """Count marks: practice, municipality, cohort, questionnaire, session_no, held_on, mark → n."""
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire")]
    keys += [attendances.c.session_no, attendances.c.held_on, attendances.c.mark]
    joined = responses.join(attendances, _same_response(responses, attendances))
    return select(*keys, func.count().label("n")).select_from(joined).where(_wanted(selection)).group_by(*keys)


def visit_counts(selection: Selection) -> Select[Any]:
    """Sum visitors: practice, municipality, cohort, questionnaire, held_on, occasion (may be missing) → visits."""
    occasions = (
        select(answers.c.import_id, answers.c.response_no, answers.c.value.label("occasion"))
        .where(answers.c.item == "occasion")
        .subquery("occasions")
    )
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire")]
    opening = [responses.c.answered_on.label("held_on"), occasions.c.occasion]
    grouped = [*keys, responses.c.answered_on, occasions.c.occasion]
    joined = _answered().outerjoin(occasions, _same_response(responses, occasions))
    return (
        select(*keys, *opening, _total(answers.c.value).label("visits"))
        .select_from(joined)
        .where(_wanted(selection), answers.c.item == "visits")
        .group_by(*grouped)
    )


def cohort_dates(selection: Selection) -> Select[Any]:
    """Tell when each run began and ended: practice, municipality, cohort → first_on, last_on (may be missing)."""
    keys = [responses.c[name] for name in PLACE]
    dated = (
        select(*keys, responses.c.answered_on.label("on_day"))
        .where(_wanted(selection))
        .union_all(
            select(*keys, attendances.c.held_on.label("on_day"))
            .select_from(responses.join(attendances, _same_response(responses, attendances)))
            .where(_wanted(selection))
        )
        .subquery("dated")
    )
    names = [dated.c[name] for name in PLACE]
    first, last = func.min(dated.c.on_day).label("first_on"), func.max(dated.c.on_day).label("last_on")
    return select(*names, first, last).group_by(*names)


def _answered() -> Any:
    return responses.join(answers, _same_response(responses, answers))


def _same_response(one: Any, other: Any) -> ColumnElement[bool]:
    return and_(one.c.import_id == other.c.import_id, one.c.response_no == other.c.response_no)


def _has_answer(item: str, value: int | None = None) -> ColumnElement[bool]:
    """Tell whether a response answers ``item``, with ``value`` if that is given."""
    other = answers.alias()
    wanted = [other.c.item == item] if value is None else [other.c.item == item, other.c.value == value]
    return select(literal(1)).where(_same_response(responses, other), *wanted).correlate(responses).exists()


def _wanted(selection: Selection) -> ColumnElement[bool]:
    chosen = {
        "practice": selection.practices,
        "municipality": selection.municipalities,
        "role": selection.roles,
    }
    return and_(
        responses.c.superseded_by.is_(None),
        *(responses.c[name].in_(values) for name, values in chosen.items() if values),
    )


def _total(column: ColumnElement[Any]) -> ColumnElement[int]:
    """Sum as a plain whole number: each engine has a wider type of its own for sums."""
    return cast(func.sum(column), BigInteger)
