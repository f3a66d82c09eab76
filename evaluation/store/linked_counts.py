"""Count cubes that link several forms or rows of one person: at start and end, in both ways of asking, all of a form.

Every cube is one statement that groups and counts, so that nothing but counts leaves the store.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Select, and_, case, func, literal, select

from evaluation.store.counts import (
    FIRST_OUTSIDE_CODE,
    PLACE,
    answered,
    at_start,
    has_answer,
    later_on,
    matched_responses,
    same_response,
    total,
    wanted,
)
from evaluation.store.schema import answers, attendances, responses
from evaluation.store.selection import Selection


def start_counts(selection: Selection) -> Select[Any]:
    """Count answers at start by whether the same person answered the same at the end.

    practice, municipality, cohort, role, questionnaire, item, value, stayed (1 or 0) → n. An answer outside the scale
    at the end does not count as one.
    """
    matched, after = matched_responses(selection, "end"), answers.alias("after")
    # Joined once: in a subquery by answer, PostgreSQL would look through all answers at the end again and again.
    in_later = (
        select(matched.c.start_import, matched.c.start_no, after.c.item)
        .select_from(matched.join(after, later_on(matched, after)))
        .where(after.c.value < FIRST_OUTSIDE_CODE)
        .distinct()
        .subquery("kept")
    )
    same = and_(at_start(in_later, answers), in_later.c.item == answers.c.item)
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire")]
    at_the_start = (
        select(*keys, answers.c.item, answers.c.value, case((in_later.c.item.is_(None), 0), else_=1).label("stayed"))
        .select_from(answered().outerjoin(in_later, same))
        .where(
            wanted(selection),
            responses.c.timing == "start",
            responses.c.participant.is_not(None),
            answers.c.value < FIRST_OUTSIDE_CODE,
        )
        .subquery("at_the_start")
    )
    names = list(at_the_start.c)
    return select(*names, func.count().label("n")).group_by(*names)


def agreement_counts(selection: Selection, same_thing: Mapping[str, str]) -> Select[Any]:
    """Count people who reported a change in both ways: by answers at start and end, and by a question about the change.

    practice, municipality, cohort, role, questionnaire (the end form), item (of start and end), start_value, end_value,
    reported_value (the answer about the change) → n. Answers outside the scales are left out.

    Args:
        selection: what is looked at.
        same_thing: the question about the change by the item of start and end.
    """
    matched = matched_responses(selection, "end")
    before, after, reported = answers.alias("before"), answers.alias("after"), answers.alias("reported")
    keys = [*(matched.c[name] for name in (*PLACE, "role")), matched.c.later_questionnaire.label("questionnaire")]
    values = [
        before.c.value.label("start_value"),
        after.c.value.label("end_value"),
        reported.c.value.label("reported_value"),
    ]
    question = case(same_thing, value=after.c.item) if same_thing else literal("")
    joined = (
        matched.join(after, later_on(matched, after))
        .join(reported, and_(same_response(after, reported), reported.c.item == question))
        .join(before, and_(at_start(matched, before), before.c.item == after.c.item))
    )
    on_scale = [row.c.value < FIRST_OUTSIDE_CODE for row in (before, after, reported)]
    grouped = [
        *(matched.c[name] for name in (*PLACE, "role")),
        matched.c.later_questionnaire,
        after.c.item,
        *(row.c.value for row in (before, after, reported)),
    ]
    return (
        select(*keys, after.c.item, *values, func.count().label("n"))
        .select_from(joined)
        .where(after.c.item.in_(list(same_thing)), *on_scale)
        .group_by(*grouped)
    )


def balance_counts(selection: Selection, forms: Mapping[str, str], falling: Collection[str]) -> Select[Any]:
    """Count people matched from start to end by how many more of their items got better than worse.

    practice, municipality, cohort, role, questionnaire (the end form), answered (items with an answer on the scale both
    times), balance (those that got better less those that got worse) → n. A person counts once for every end form.

    Args:
        selection: what is looked at.
        forms: the end form by item.
        falling: the items that get better downwards.
    """
    matched = matched_responses(selection, "end")
    before, after = answers.alias("before"), answers.alias("after")
    joined = matched.join(before, at_start(matched, before)).join(
        after, and_(later_on(matched, after), before.c.item == after.c.item)
    )
    form = case(forms, value=after.c.item) if forms else literal("")
    rise = case(
        (before.c.item.in_(list(falling)), before.c.value - after.c.value), else_=after.c.value - before.c.value
    )
    person = (*(matched.c[name] for name in (*PLACE, "role", "later_import", "later_no")), form)
    people = (
        select(
            *(matched.c[name] for name in (*PLACE, "role")),
            form.label("questionnaire"),
            func.count(after.c.item.distinct()).label("answered"),
            total(case((rise > 0, 1), (rise < 0, -1), else_=0)).label("balance"),
        )
        .select_from(joined)
        .where(
            after.c.item.in_(list(forms)),
            before.c.value < FIRST_OUTSIDE_CODE,
            after.c.value < FIRST_OUTSIDE_CODE,
        )
        .group_by(*person)
        .subquery("people")
    )
    return select(*people.c, func.count().label("n")).group_by(*people.c)


def drop_out_counts(selection: Selection, registers: Sequence[str]) -> Select[Any]:
    """Count those who started and did not complete by the last session at which they were present.

    practice, municipality, cohort, role, questionnaire, last_session, sessions (the last one of the cohort) → n.
    """
    last = (
        select(
            attendances.c.import_id, attendances.c.response_no, func.max(attendances.c.session_no).label("last_session")
        )
        .where(attendances.c.mark == 1)
        .group_by(attendances.c.import_id, attendances.c.response_no)
        .subquery("last")
    )
    names = (*PLACE, "role", "questionnaire")
    keys = [responses.c[name] for name in names]
    marked = responses.join(attendances, same_response(responses, attendances))
    cohorts = (
        select(*keys, func.max(attendances.c.session_no).label("sessions"))
        .select_from(marked)
        .where(wanted(selection), responses.c.questionnaire.in_(registers))
        .group_by(*keys)
        .subquery("cohorts")
    )
    joined = responses.join(last, same_response(responses, last)).join(
        cohorts, and_(*(responses.c[name] == cohorts.c[name] for name in names))
    )
    columns = [*keys, last.c.last_session, cohorts.c.sessions]
    return (
        select(*columns, func.count().label("n"))
        .select_from(joined)
        .where(wanted(selection), has_answer("completed", 0))
        .group_by(*columns)
    )


def score_counts(selection: Selection, items: Sequence[str]) -> Select[Any]:
    """Count forms by how many of ``items`` they answer on the scale and what the answers add up to.

    practice, municipality, cohort, role, questionnaire, answered, total → n.
    """
    forms = _scored(selection, items).subquery("forms")
    names = [forms.c[name] for name in (*PLACE, "role", "questionnaire", "answered", "total")]
    return select(*names, func.count().label("n")).group_by(*names)


def complete_counts(selection: Selection, items: Sequence[str], sizes: Mapping[str, int]) -> Select[Any]:
    """Count answers to ``items`` on forms that answer all of them on the scale.

    practice, municipality, cohort, role, questionnaire, item, value → n.

    Args:
        selection: what is looked at.
        items: the items of the scores.
        sizes: how many of them a questionnaire has, by its id.
    """
    forms = _scored(selection, items).cte("forms")
    whole = case(sizes, value=forms.c.questionnaire) if sizes else literal(0)
    keys = [forms.c[name] for name in (*PLACE, "role", "questionnaire")]
    columns = [*keys, answers.c.item, answers.c.value]
    return (
        select(*columns, func.count().label("n"))
        .select_from(forms.join(answers, same_response(forms, answers)))
        .where(forms.c.answered == whole, answers.c.item.in_(items))
        .group_by(*columns)
    )


def _scored(selection: Selection, items: Sequence[str]) -> Select[Any]:
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire", "import_id", "response_no")]
    return (
        select(*keys, func.count().label("answered"), total(answers.c.value).label("total"))
        .select_from(answered())
        .where(wanted(selection), ~responses.c.counted, answers.c.item.in_(items), answers.c.value < FIRST_OUTSIDE_CODE)
        .group_by(*keys)
    )
