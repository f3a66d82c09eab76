"""Count cubes of people: a lower bound of how many filled a form, and how many are in two cohorts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select

from evaluation.store.counts import FIRST_OUTSIDE_CODE, PLACE, answered, has_answer, total, wanted
from evaluation.store.different_people import DifferentPeople
from evaluation.store.schema import answers, responses
from evaluation.store.selection import Selection

ONCE_A_PERSON = ("start", "end", "follow_up", "once")
FIRST_VISIT = "visit_first"


def people_counts(selection: Selection, different: DifferentPeople, numbers: Sequence[str] = ()) -> Select[Any]:
    """Count practice, municipality, cohort, role, questionnaire, item → people, a lower bound, coded, and forms.

    ``item`` "" stands for the questionnaire as a whole; answers outside the scale do not count for an item. Of forms
    filled once a person, every code counts one and so does every form without a code. Of those filled again and again
    the greatest of these counts: the number of codes; the forms of the fullest day, for a person fills one a day, with
    a code or without; the first visits, for a person has one; of openings the visitors of the fullest. ``coded`` are
    the people known to differ from those of other cohorts: by their code, or all where the cohorts are of ``different``
    people. Where the days are, the forms or visitors of all days count. The answers to the items ``numbers`` are
    numbers, none of them outside a scale.
    """
    parts = _once(selection, numbers).union_all(_again_and_again(selection, different, numbers)).subquery("parts")
    names = [parts.c[name] for name in (*PLACE, "role", "questionnaire", "item")]
    people, coded, forms = (total(parts.c[name]) for name in ("people", "coded", "forms"))
    known = case((different.in_cohorts(parts), people), else_=coded)
    return select(*names, people.label("people"), known.label("coded"), forms.label("forms")).group_by(*names)


def _once(selection: Selection, numbers: Sequence[str]) -> Select[Any]:
    """Count people by forms that a person fills once: the store accepts one a code, so every form is a person."""
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire")]
    coded = func.count(responses.c.participant).label("coded")
    number = [func.count().label("people"), coded, func.count().label("forms")]
    once = and_(wanted(selection), responses.c.timing.in_(ONCE_A_PERSON))
    whole = select(*keys, literal("").label("item"), *number).where(once).group_by(*keys)
    by_item = (
        select(*keys, answers.c.item, *number)
        .select_from(answered())
        .where(once, _is_answer(numbers))
        .group_by(*keys, answers.c.item)
    )
    forms = whole.union_all(by_item).subquery("once")
    return select(*forms.c)


def _again_and_again(selection: Selection, different: DifferentPeople, numbers: Sequence[str]) -> Select[Any]:
    """Count people by forms that a person fills again and again, and by openings."""
    keys = [responses.c[name] for name in (*PLACE, "role", "questionnaire")]
    # A form made of counts holds answers of different people, so nothing says whose first visit it was.
    first = case((and_(has_answer(FIRST_VISIT, 1), ~responses.c.counted), 1), else_=0).label("first")
    columns = [*keys, responses.c.participant, responses.c.answered_on, first]
    often = and_(wanted(selection), responses.c.timing.not_in(ONCE_A_PERSON))
    opening = has_answer("visits")
    whole = select(*columns, literal("").label("item"), literal(1).label("persons")).where(often, ~opening)
    by_item = (
        select(*columns, answers.c.item, literal(1).label("persons"))
        .select_from(answered())
        .where(often, ~opening, _is_answer(numbers))
    )
    visits = (
        select(*columns, literal("").label("item"), answers.c.value.label("persons"))
        .select_from(answered())
        .where(often, answers.c.item == "visits")
    )
    forms = whole.union_all(by_item, visits).cte("forms").prefix_with("MATERIALIZED")
    unit = [forms.c[name] for name in (*PLACE, "role", "questionnaire", "item")]
    none, persons = literal(0), total(forms.c.persons)
    # Forms without a day may all be one person's.
    day = case((forms.c.answered_on.is_(None), 1), else_=persons)
    days = select(*unit, day.label("people")).group_by(*unit, forms.c.answered_on).subquery("days")
    fullest = _people(days, func.max(days.c.people), none, none)
    together = _people(days, total(days.c.people), none, none).where(different.on_days(days))
    firsts = _people(forms, total(forms.c.first), none, none)
    codes = func.count(forms.c.participant.distinct())
    known = _people(forms, codes, codes, func.count())
    bounds = fullest.union_all(together, firsts, known).subquery("bounds")
    return _people(bounds, *(func.max(bounds.c[name]) for name in ("people", "coded", "forms")))


def _is_answer(numbers: Sequence[str]) -> ColumnElement[bool]:
    on_scale = answers.c.value < FIRST_OUTSIDE_CODE
    return or_(on_scale, answers.c.item.in_(numbers)) if numbers else on_scale


def _people(table: Any, people: Any, coded: Any, forms: Any) -> Select[Any]:
    """Count people, those known by a code, and forms, by question."""
    names = [table.c[name] for name in (*PLACE, "role", "questionnaire", "item")]
    numbers = (people.label("people"), coded.label("coded"), forms.label("forms"))
    return select(*names, *numbers).group_by(*names)


def overlap_counts(selection: Selection, different: DifferentPeople) -> Select[Any]:
    """Count codes in two cohorts: practice, municipality, role, questionnaire, cohort_a < cohort_b → people.

    Where cohorts are of ``different`` people, a code in two of them is not of one person.
    """
    names = ("practice", "municipality", "role", "questionnaire", "cohort", "participant")
    people = (
        select(*(responses.c[name] for name in names))
        .where(wanted(selection), responses.c.participant.is_not(None), ~different.in_cohorts(responses))
        .distinct()
        .cte("people")
    )
    one, other = people.alias("one"), people.alias("other")
    keys = [one.c[name] for name in names[:4]]
    # By the numbers of letters, as whoever looks a pair up compares: a server may order words as a language does.
    earlier = one.c.cohort.collate("C") < other.c.cohort.collate("C")
    same = and_(*(one.c[name] == other.c[name] for name in (*names[:4], "participant")), earlier)
    cohorts = [one.c.cohort.label("cohort_a"), other.c.cohort.label("cohort_b")]
    return (
        select(*keys, *cohorts, func.count().label("people"))
        .select_from(one.join(other, same))
        .group_by(*keys, one.c.cohort, other.c.cohort)
    )
