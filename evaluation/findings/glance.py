"""Practices at a glance: one figure of reach, of satisfaction and of change for every practice.

Which question stands for a practice is fixed by its definition, never by what was answered: of satisfaction whether it
was useful, of change the first of the dimensions it aims at. Where nobody has answered its own question on usefulness,
that of an imported measure of others, such as the national client feedback, stands there.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from evaluation.definitions import Library
from evaluation.findings.finding import Topic
from evaluation.measures import PRACTICE, PRACTICE_ALL, Evidence, Published

USEFULNESS = "usefulness"
# The form at the end comes first: by then a person knows the practice.
LAST_WORD = "end"

Question = tuple[str, str]


@dataclass(frozen=True)
class Glance:
    """The published rows that stand for the practices, one a practice at most: reach, satisfaction, change.

    ``types`` are the types of practices by their ids. ``satisfied_as`` and ``improved_as`` tell what the shares are of.
    """

    registered: Published
    forms: Published
    visits: Published
    satisfied: Published
    improved: Published
    types: Mapping[str, str]
    satisfied_as: Topic = Topic.SATISFIED
    improved_as: Topic = Topic.IMPROVED

    @property
    def practices(self) -> frozenset[str]:
        """The practices of which something is known, if only that it must be withheld."""
        tables = (self.registered, self.forms, self.visits, self.satisfied, self.improved)
        return frozenset(practice for table in tables for practice in table.frame["practice"])

    @property
    def municipalities(self) -> frozenset[str]:
        """The municipalities that have a row of their own."""
        tables = (self.registered, self.forms, self.visits, self.satisfied, self.improved)
        return frozenset(str(place) for table in tables for place in table.frame["municipality"] if place)

    def of(self, municipality: str) -> "Glance":
        """Return the figures of one municipality."""
        names = ("registered", "forms", "visits", "satisfied", "improved")
        return replace(self, **{name: getattr(self, name).where(municipality=municipality) for name in names})


def glance(evidence: Evidence, practices: Iterable[str], library: Library, within: bool = False) -> Glance:
    """Return the figures of ``practices``, over all their municipalities where there are several.

    With ``within`` return those of every municipality instead.
    """
    wanted = tuple(practices)
    useful = {practice: usefulness(practice, library) for practice in wanted}
    shares = evidence.table("satisfaction.favourable")
    unanswered = set(wanted) - set(_of_questions(shares, useful, within).frame["practice"])
    of_others = {practice: _of_others(library) for practice in unanswered}
    useful = {practice: question for practice, question in useful.items() if practice not in unanswered}
    changed = {practice: first_change(practice, library) for practice in wanted}
    filled = {(practice, form) for practice in wanted if (form := first_form(practice, library)) is not None}
    enrolment = evidence.table("participation.enrolment").where(measure="registered")
    visits = evidence.table("participation.visits").where(measure="visits", occasion=math.nan)
    return Glance(
        _levels(enrolment, wanted, within),
        _levels(evidence.table("participation.forms").among(("practice", "questionnaire"), filled), wanted, within),
        _levels(visits, wanted, within),
        _of_questions(shares, of_others | useful, within),
        _of_questions(evidence.table("change.retrospective"), changed, within),
        {name: practice.type for name, practice in library.practices.items()},
    )


def glance_of_one(evidence: Evidence, practice: str, library: Library) -> Glance:
    """Return the figures of one practice, of its own questions where it asks none that stand for practices.

    Of satisfaction it is the first question, of change the first that is asked at start and end; the figures say so.
    """
    figures = glance(evidence, (practice,), library)
    if figures.satisfied.empty and usefulness(practice, library) is None:
        question = first_satisfaction(practice, library)
        rows = _of_questions(evidence.table("satisfaction.favourable"), {practice: question}, within=False)
        figures = replace(figures, satisfied=rows, satisfied_as=Topic.FAVOURABLE)
    if first_change(practice, library) is None:
        question = _first_aim(practice, library, "state")
        rows = _of_questions(evidence.table("change.paired"), {practice: question}, within=False)
        figures = replace(figures, improved=rows, improved_as=Topic.PAIRED)
    return figures


def first_satisfaction(practice: str, library: Library) -> Question | None:
    """Return the form and item that ask clients first of satisfaction on a scale with a good end."""
    definition = library.practices[practice]
    questions = [
        (form.timing != LAST_WORD, (form.id, item.id))
        for form in library.forms_of(definition)
        if form.role == "client"
        for item in form.items_for(definition)
        if item.family == "satisfaction" and (scale := library.scale_of(item)) is not None and scale.better != "none"
    ]
    return min(questions, key=lambda question: question[0])[1] if questions else None


def first_form(practice: str, library: Library) -> str | None:
    """Return the form that says who has started, or else who came to the end; None where there is neither."""
    forms = reversed(tuple(library.forms_of(library.practices[practice])))
    timings = {form.timing: form.id for form in forms if form.kind == "form" and form.role == "client"}
    return timings.get("start", timings.get("end"))


def usefulness(practice: str, library: Library) -> Question | None:
    """Return the form and item by which clients say whether a practice was useful; None without such an item."""
    return _question(practice, library, USEFULNESS)


def _of_others(library: Library) -> Question | None:
    """Return the form and item by which a measure of others asks clients whether a service was useful."""
    forms = [form for form in map(library.questionnaire, library.questionnaire_ids) if form.external]
    questions = ((form.id, item.id) for form in forms for item in form.items if item.dimension == USEFULNESS)
    return next(questions, None)


def first_change(practice: str, library: Library) -> Question | None:
    """Return the form and item by which clients tell of the change that a practice aims at first."""
    return _first_aim(practice, library, "retrospective")


def _first_aim(practice: str, library: Library, change: str) -> Question | None:
    aims = (_question(practice, library, aim, change) for aim in library.practices[practice].change_dimensions)
    return next((question for question in aims if question is not None), None)


def _question(practice: str, library: Library, dimension: str, change: str | None = None) -> Question | None:
    definition = library.practices[practice]
    questions = [
        (form.timing != LAST_WORD, form.id, item.id)
        for form in library.forms_of(definition)
        if form.role == "client"
        for item in form.items_for(definition)
        if (item.dimension, item.change) == (dimension, change)
    ]
    return min(questions)[1:] if questions else None


def _levels(published: Published, practices: Iterable[str], within: bool) -> Published:
    """Return the rows per practice over all its municipalities, or of its only one, or municipality by municipality."""
    several = set() if within else set(published.where(level=PRACTICE_ALL).frame["practice"])
    wanted = {(practice, PRACTICE_ALL if practice in several else PRACTICE) for practice in practices}
    return published.among(("practice", "level"), wanted)


def _of_questions(published: Published, questions: Mapping[str, Question | None], within: bool) -> Published:
    wanted = {(practice, *question) for practice, question in questions.items() if question is not None}
    return _levels(published.among(("practice", "questionnaire", "item"), wanted), questions, within)
