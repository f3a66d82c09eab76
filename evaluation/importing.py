"""Reading a file, step by step: earlier decisions on its headings are offered, and those made now are remembered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evaluation.definitions import Library
from evaluation.intake import FileSettings, Opened, draft_of
from evaluation.intake.code_questions import (
    ALIKE,
    DIFFERENT,
    SAME,
    Double,
    alike_question,
    cohort_key,
    cohort_question,
    double_question,
    doubles,
    separate_codes,
    spelling_problem,
    waiting_rows,
    without,
    without_cohort,
)
from evaluation.intake.personal_data import mask
from evaluation.records import Draft, OpenQuestion, Problem, Remembered
from evaluation.store import OtherCohort, Store

# Questions about what the columns of a form mean; others are about one file.
OF_HEADINGS = frozenset({"scale_differs", "labels_collide", "timing_value"})


def understand(
    opened: Opened, store: Store, library: Library, instructions: FileSettings
) -> tuple[Draft, FileSettings]:
    """Return the draft of a file and what it was read with: ``instructions``, and earlier decisions on its headings.

    What the worker decides now goes before earlier decisions. Cohorts are called as those that are stored, and codes
    are spelt as stored; the draft asks what can only be guessed of codes and cohorts.
    """
    stored = store.contents()
    places = stored.groupby("practice")["municipality"].unique()
    instructions = replace(
        instructions,
        cohorts=tuple(stored["cohort"].unique()),
        places={str(practice): tuple(towns) for practice, towns in places.items()},
    )
    draft = draft_of(opened, library, instructions)
    before = store.remembered(draft.headers).values() if draft.headers else ()
    explicit = instructions.decisions
    if any(mapping.columns or mapping.labels or mapping.decisions for mapping in before):
        columns: dict[str, str | None] = {}
        labels: dict[tuple[str, str], int | None] = {}
        decisions: dict[str, str] = {}
        for mapping in before:
            columns |= mapping.columns
            labels |= mapping.labels
            decisions |= mapping.decisions
        instructions = replace(
            instructions,
            columns=columns | dict(instructions.columns),
            labels=labels | dict(instructions.labels),
            decisions=decisions | dict(instructions.decisions),
        )
        draft = draft_of(opened, library, instructions)
    draft, instructions = _with_codes(opened, store, library, draft, instructions)
    recalled = [
        question.as_remembered()
        for question in draft.questions
        if question.decision is not None and question.key not in explicit
    ]
    return replace(draft, problems=(*draft.problems, *recalled)), instructions


def _with_codes(
    opened: Opened, store: Store, library: Library, draft: Draft, instructions: FileSettings
) -> tuple[Draft, FileSettings]:
    """Return ``draft`` with its codes and cohorts as they stand already, and with the questions they leave open.

    First one code of two people, then a cohort by another name, then another spelling: every step changes what the next
    is about.
    """
    double_codes = doubles(draft)
    questions = [double_question(double, instructions.decisions) for double in double_codes]
    one_code = _made(questions)
    row_codes = {
        place: code
        for double in double_codes
        for place, code in separate_codes(double, one_code.get(double.key, "")).items()
    }
    if row_codes:
        instructions = replace(instructions, row_codes=row_codes)
        draft = draft_of(opened, library, instructions)
    advice = store.code_advice(draft)
    other_cohorts = advice.other_cohorts
    cohort_questions = [_cohort_question(draft, other) for other in other_cohorts]
    cohort_decisions, questions = _made(cohort_questions), [*questions, *cohort_questions]
    same = {
        (other.municipality, other.cohort): _stored(other)
        for other in other_cohorts
        if cohort_decisions.get(_key(other)) == SAME
    }
    if same:
        instructions = replace(instructions, same_cohorts=same)
        draft = draft_of(opened, library, instructions)
        advice = store.code_advice(draft)
    spellings = {code: meant for code, meant in advice.spellings.items() if code not in instructions.same_codes}
    spelling_problems: tuple[Problem, ...] = ()
    if spellings:
        questions.append(alike_question(spellings, instructions.decisions))
    if spellings and _made(questions).get(ALIKE) != DIFFERENT:
        spelling_problems = (spelling_problem(spellings),)
        instructions = replace(instructions, same_codes={**spellings, **instructions.same_codes})
        draft = draft_of(opened, library, instructions)
    for other in other_cohorts:
        if _key(other) not in cohort_decisions:
            draft = without_cohort(draft, (other.municipality, other.cohort, other.timing))
    waiting = [(double.sheet, row) for double in double_codes if _waits(double, one_code) for row in double.rows]
    draft = without(draft, waiting_rows(draft, waiting))
    return replace(
        draft, questions=(*draft.questions, *questions), problems=(*draft.problems, *spelling_problems)
    ), instructions


def _made(questions: Sequence[OpenQuestion]) -> Mapping[str, str]:
    """Return the decisions that have been made, by the key of their question."""
    return {question.key: question.decision for question in questions if question.decision is not None}


def _waits(double: Double, decided: Mapping[str, str]) -> bool:
    """Tell whether rows that say the same wait; those that contradict one another do so by themselves."""
    return double.equal and double.key not in decided


def _cohort_question(draft: Draft, other: OtherCohort) -> OpenQuestion:
    return cohort_question(
        draft, (other.municipality, other.cohort, other.timing), _stored(other), (other.codes, other.there)
    )


def _key(other: OtherCohort) -> str:
    return cohort_key(other.municipality, other.cohort, other.timing)


def _stored(other: OtherCohort) -> tuple[str, str]:
    return other.stored_municipality, other.stored_cohort


def remember(store: Store, draft: Draft, instructions: FileSettings) -> None:
    """Keep the decisions on columns, answers and scales of ``draft`` for the next file with the same headings.

    A decision on a heading or an answer that tells who somebody is holds for this file only.
    """
    columns = {heading: target for heading, target in instructions.columns.items() if not mask(heading).kinds}
    labels = {(item, text): code for (item, text), code in instructions.labels.items() if not mask(text).kinds}
    kinds = {question.key: question.kind for question in draft.questions}
    decisions = {
        key: choice
        for key, choice in instructions.decisions.items()
        if kinds.get(key) in OF_HEADINGS and not mask(key).kinds
    }
    if columns or labels or decisions:
        for header in draft.headers:
            store.remember(header, Remembered(columns, labels, decisions))
