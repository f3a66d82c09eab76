"""Taking a file in, step by step: what was said of its headings before is offered, what is said now is remembered."""

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
from evaluation.store import OtherRun, Store

# Questions about what the columns of a form mean; others are about one file.
OF_HEADINGS = frozenset({"scale_differs", "labels_collide", "timing_value"})


def understand(opened: Opened, store: Store, library: Library, given: FileSettings) -> tuple[Draft, FileSettings]:
    """Return the draft of a file and what it was read with: ``given``, and what was said of the same headings before.

    What is said now goes before what was said then. Runs are called as those that are stored, and codes are written as
    they stand already; what can only be guessed of codes and runs is asked by the draft.
    """
    given = replace(given, cohorts=tuple(store.contents()["cohort"].unique()))
    draft = draft_of(opened, library, given)
    before = store.remembered(draft.headers).values() if draft.headers else ()
    said = given.decisions
    if any(each.columns or each.labels or each.decisions for each in before):
        columns: dict[str, str | None] = {}
        labels: dict[tuple[str, str], int | None] = {}
        decisions: dict[str, str] = {}
        for each in before:
            columns |= each.columns
            labels |= each.labels
            decisions |= each.decisions
        given = replace(
            given,
            columns=columns | dict(given.columns),
            labels=labels | dict(given.labels),
            decisions=decisions | dict(given.decisions),
        )
        draft = draft_of(opened, library, given)
    draft, given = _with_codes(opened, store, library, draft, given)
    recalled = [each.as_remembered() for each in draft.questions if each.decision is not None and each.key not in said]
    return replace(draft, problems=(*draft.problems, *recalled)), given


def _with_codes(
    opened: Opened, store: Store, library: Library, draft: Draft, given: FileSettings
) -> tuple[Draft, FileSettings]:
    """Return ``draft`` with its codes and runs as they stand already, and with the questions they leave open.

    First one code of two people, then a run by another name, then another way of writing: each changes what the next
    is about.
    """
    found = doubles(draft)
    questions = [double_question(double, given.decisions) for double in found]
    one_code = _made(questions)
    apart = {
        place: code for double in found for place, code in separate_codes(double, one_code.get(double.key, "")).items()
    }
    if apart:
        given = replace(given, row_codes=apart)
        draft = draft_of(opened, library, given)
    runs = store.code_advice(draft).other_runs
    of_runs = [_run_question(draft, run) for run in runs]
    other_run, questions = _made(of_runs), [*questions, *of_runs]
    same = {(run.municipality, run.cohort): _stored(run) for run in runs if other_run.get(_key(run)) == SAME}
    if same:
        given = replace(given, same_cohorts=same)
        draft = draft_of(opened, library, given)
    spellings = {
        code: meant for code, meant in store.code_advice(draft).spellings.items() if code not in given.same_codes
    }
    told: tuple[Problem, ...] = ()
    if spellings:
        questions.append(alike_question(spellings, given.decisions))
    if spellings and _made(questions).get(ALIKE) != DIFFERENT:
        told = (spelling_problem(spellings),)
        given = replace(given, same_codes={**spellings, **given.same_codes})
        draft = draft_of(opened, library, given)
    for run in runs:
        if _key(run) not in other_run:
            draft = without_cohort(draft, (run.municipality, run.cohort, run.timing))
    waiting = [(double.sheet, row) for double in found if _waits(double, one_code) for row in double.rows]
    draft = without(draft, waiting_rows(draft, waiting))
    return replace(draft, questions=(*draft.questions, *questions), problems=(*draft.problems, *told)), given


def _made(questions: Sequence[OpenQuestion]) -> Mapping[str, str]:
    """Return the decisions that have been made, by the key of their question."""
    return {question.key: question.decision for question in questions if question.decision is not None}


def _waits(double: Double, decided: Mapping[str, str]) -> bool:
    """Tell whether rows that say the same wait; those that contradict each other do so by themselves."""
    return double.equal and double.key not in decided


def _run_question(draft: Draft, run: OtherRun) -> OpenQuestion:
    return cohort_question(draft, (run.municipality, run.cohort, run.timing), _stored(run), (run.codes, run.there))


def _key(run: OtherRun) -> str:
    return cohort_key(run.municipality, run.cohort, run.timing)


def _stored(run: OtherRun) -> tuple[str, str]:
    return run.stored_municipality, run.stored_cohort


def remember(store: Store, draft: Draft, given: FileSettings) -> None:
    """Keep what was said of the columns, answers and scales of ``draft`` for the next file with the same headings.

    What was said of a heading or an answer that tells who somebody is holds for this file only.
    """
    columns = {heading: target for heading, target in given.columns.items() if not mask(heading).kinds}
    labels = {(item, text): code for (item, text), code in given.labels.items() if not mask(text).kinds}
    kinds = {question.key: question.kind for question in draft.questions}
    decisions = {
        key: choice for key, choice in given.decisions.items() if kinds.get(key) in OF_HEADINGS and not mask(key).kinds
    }
    if columns or labels or decisions:
        for header in draft.headers:
            store.remember(header, Remembered(columns, labels, decisions))
