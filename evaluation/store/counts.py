"""The count cubes: plain statements that group and count, so that nothing but counts leaves the store.

A cube about whole forms (pairs, codes in two cohorts, answers that go together) counts forms with a participant code,
or leaves out those that are ``counted``: made of counts, they hold answers of different people. A form that another one
has replaced counts nowhere.
A selection narrows them by practice, municipality and role only, never by cohort: the privacy gate needs all cohorts,
and takes publication units as wholes.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, and_, case, cast, func, literal, or_, select
from sqlalchemy.sql.expression import CTE

from evaluation.definitions import OUTSIDE_CODES
from evaluation.store.schema import answers, attendances, open_answers, responses
from evaluation.store.selection import Selection

FIRST_OUTSIDE_CODE = min(OUTSIDE_CODES.values())
PLACE = ("practice", "municipality", "cohort")


def answer_counts(selection: Selection) -> Select[Any]:
    """Count answers: practice, municipality, cohort, role, questionnaire, timing, item, value → n."""
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire", "timing")]
    keys += [answers.c.item, answers.c.value]
    return select(*keys, func.count().label("n")).select_from(answered()).where(wanted(selection)).group_by(*keys)


def pair_counts(selection: Selection, later: str = "end") -> Select[Any]:
    """Count people matched from start to ``later``, a timing, by their code.

    practice, municipality, cohort, role, item, start_value, end_value → n.
    """
    matched = matched_responses(selection, later)
    before, after = answers.alias("before"), answers.alias("after")
    keys = [matched.c[name] for name in (*PLACE, "role")]
    joined = matched.join(before, at_start(matched, before)).join(
        after, and_(later_on(matched, after), before.c.item == after.c.item)
    )
    values = [before.c.value.label("start_value"), after.c.value.label("end_value")]
    grouped = [*keys, before.c.item, before.c.value, after.c.value]
    return select(*keys, before.c.item, *values, func.count().label("n")).select_from(joined).group_by(*grouped)


def matched_counts(selection: Selection) -> Select[Any]:
    """Count people matched from start to end by their code, whatever they answered.

    practice, municipality, cohort, role, questionnaire (the end form) → n.
    """
    matched = matched_responses(selection, "end")
    names = (*PLACE, "role", "later_questionnaire", "later_import", "later_no")
    # Of a person with two forms at start every end form is matched twice.
    forms = select(*(matched.c[name] for name in names)).distinct().subquery("forms")
    keys = [*(forms.c[name] for name in (*PLACE, "role")), forms.c.later_questionnaire.label("questionnaire")]
    return select(*keys, func.count().label("n")).group_by(*keys)


def matched_responses(selection: Selection, later: str) -> CTE:
    """Return the forms at start and ``later`` of the same people, by their codes, as numbers of responses.

    Forms are matched once, not answer by answer: MATERIALIZED keeps engines from repeating the match for every answer.
    """
    start, end = responses.alias("start"), responses.alias("later")
    names = (*PLACE, "role")
    same = and_(
        *(start.c[name] == end.c[name] for name in (*names, "participant")),
        end.c.timing == later,
        end.c.superseded_by.is_(None),
    )
    return (
        select(
            *(start.c[name] for name in names),
            end.c.questionnaire.label("later_questionnaire"),
            start.c.import_id.label("start_import"),
            start.c.response_no.label("start_no"),
            end.c.import_id.label("later_import"),
            end.c.response_no.label("later_no"),
        )
        .select_from(start.join(end, same))
        .where(wanted(selection, start), start.c.timing == "start")
        .cte("matched")
        .prefix_with("MATERIALIZED")
    )


def at_start(matched: Any, answers_at_start: Any) -> ColumnElement[bool]:
    """Return whether an answer is of a matched person at start."""
    return and_(
        matched.c.start_import == answers_at_start.c.import_id, matched.c.start_no == answers_at_start.c.response_no
    )


def later_on(matched: Any, later_answers: Any) -> ColumnElement[bool]:
    """Return whether an answer is of a matched person later on."""
    return and_(matched.c.later_import == later_answers.c.import_id, matched.c.later_no == later_answers.c.response_no)


def enrolment_counts(selection: Selection, registers: Sequence[str]) -> Select[Any]:
    """Count people of registers: practice, municipality, cohort → how far they came, and of how many it is known.

    ``registered`` people; ``followed``, all of them where any presence is marked in the cohort, else 0; ``started`` of
    the followed: present at least once, or completed, which nobody does without a start. The people that completion is
    about are those who started, or everybody where nobody is followed: ``completed`` of them did, of the ``decided`` it
    is recorded whether they did, of the ``undecided`` it is not.

    Args:
        selection: what is looked at.
        registers: the ids of the questionnaires that are registers.
    """
    key = [attendances.c.import_id, attendances.c.response_no]
    present = func.max(case((attendances.c.mark == 1, 1), else_=0)).label("present")
    marked = select(*key, present).group_by(*key).subquery("marked")
    columns = (answers.c.import_id, answers.c.response_no, answers.c.value)
    completion = select(*columns).where(answers.c.item == "completed", answers.c.value < FIRST_OUTSIDE_CODE)
    completed = completion.subquery("completion")
    joined = responses.outerjoin(marked, same_response(responses, marked)).outerjoin(
        completed, same_response(responses, completed)
    )
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire")]
    has_started = or_(marked.c.present == 1, completed.c.value == 1)
    registered, followed = func.count(), func.count(marked.c.present) > 0
    started = func.count(case((has_started, 1)))
    decided = case((followed, func.count(case((has_started, completed.c.value)))), else_=func.count(completed.c.value))
    return (
        select(
            *keys,
            registered.label("registered"),
            case((followed, registered), else_=0).label("followed"),
            case((followed, started), else_=0).label("started"),
            decided.label("decided"),
            (case((followed, started), else_=registered) - decided).label("undecided"),
            func.coalesce(total(completed.c.value), 0).label("completed"),
        )
        .select_from(joined)
        .where(wanted(selection), responses.c.questionnaire.in_(registers))
        .group_by(*keys)
    )


def session_counts(selection: Selection) -> Select[Any]:
    """Count marks: practice, municipality, cohort, questionnaire, session_no, held_on, mark → n."""
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire")]
    keys += [attendances.c.session_no, attendances.c.held_on, attendances.c.mark]
    joined = responses.join(attendances, same_response(responses, attendances))
    return select(*keys, func.count().label("n")).select_from(joined).where(wanted(selection)).group_by(*keys)


def visit_counts(selection: Selection) -> Select[Any]:
    """Count openings: practice, municipality, cohort, questionnaire, held_on, occasion → visits, newcomers, waiting.

    ``occasion``, ``newcomers`` (visitors new to the service) and ``waiting`` (the longest wait in minutes) may be
    missing.
    """
    occasions = (
        select(answers.c.import_id, answers.c.response_no, answers.c.value.label("occasion"))
        .where(answers.c.item == "occasion")
        .subquery("occasions")
    )
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire")]
    opening = [responses.c.answered_on.label("held_on"), occasions.c.occasion]
    numbers = [
        total(case((answers.c.item == "visits", answers.c.value))).label("visits"),
        total(case((answers.c.item == "visits_new", answers.c.value))).label("newcomers"),
        func.max(case((answers.c.item == "waiting_minutes", answers.c.value))).label("waiting"),
    ]
    grouped = [*keys, responses.c.answered_on, occasions.c.occasion]
    joined = answered().outerjoin(occasions, same_response(responses, occasions))
    return (
        select(*keys, *opening, *numbers)
        .select_from(joined)
        .where(wanted(selection), answers.c.item.in_(("visits", "visits_new", "waiting_minutes")))
        .group_by(*grouped)
    )


def cohort_dates(selection: Selection) -> Select[Any]:
    """Return when cohorts began and ended: practice, municipality, cohort → first_on, last_on (may be missing).

    Days are those of all roles, whichever are looked at: they order the cohorts, whose order is one and the same.
    """
    selection = replace(selection, roles=())
    keys = [responses.c[name] for name in PLACE]
    dated = (
        select(*keys, responses.c.answered_on.label("on_day"))
        .where(wanted(selection))
        .union_all(
            select(*keys, attendances.c.held_on.label("on_day"))
            .select_from(responses.join(attendances, same_response(responses, attendances)))
            .where(wanted(selection))
        )
        .subquery("dated")
    )
    names = [dated.c[name] for name in PLACE]
    first, last = func.min(dated.c.on_day).label("first_on"), func.max(dated.c.on_day).label("last_on")
    return select(*names, first, last).group_by(*names)


def written_answers(selection: Selection) -> Select[Any]:
    """Return what people wrote, and what somebody who read it decided.

    Columns: practice, municipality, cohort, role, questionnaire, item, text, reading_digest, publishable.

    Nothing that would tie two texts to one form leaves the store: no number, no day, no order.
    """
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire")]
    joined = responses.join(open_answers, same_response(responses, open_answers))
    texts = [open_answers.c.item, open_answers.c.text]
    decision = [open_answers.c.reading_digest, open_answers.c.publishable]
    return select(*keys, *texts, *decision).select_from(joined).where(wanted(selection)).order_by(*keys, *texts)


def answered() -> Any:
    """Return responses with their answers."""
    return responses.join(answers, same_response(responses, answers))


def same_response(one: Any, other: Any) -> ColumnElement[bool]:
    """Return whether rows of two tables belong to the same response."""
    return and_(one.c.import_id == other.c.import_id, one.c.response_no == other.c.response_no)


def has_answer(item: str, value: int | None = None) -> ColumnElement[bool]:
    """Return whether a response answers ``item``, with ``value`` unless that is None."""
    other = answers.alias()
    conditions = [other.c.item == item] if value is None else [other.c.item == item, other.c.value == value]
    return select(literal(1)).where(same_response(responses, other), *conditions).correlate(responses).exists()


def wanted(selection: Selection, table: Any = responses) -> ColumnElement[bool]:
    """Return whether a response is part of ``selection``, whatever its cohort; ``table`` is responses or its alias."""
    chosen = {
        "practice": selection.practices,
        "municipality": selection.municipalities,
        "role": selection.roles,
    }
    return and_(
        table.c.superseded_by.is_(None), *(table.c[name].in_(values) for name, values in chosen.items() if values)
    )


def total(column: ColumnElement[Any]) -> ColumnElement[int]:
    """Sum as a plain whole number: engines have different, wider types for sums."""
    return cast(func.sum(column), BigInteger)
