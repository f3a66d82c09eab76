"""Rows → the draft's tables, each row with the marks by which the store knows it again."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from evaluation.definitions import Questionnaire
from evaluation.intake.rows import Row
from evaluation.records import ANSWER_COLUMNS, ATTENDANCE_COLUMNS, RESPONSE_COLUMNS, TEXT_COLUMNS

AGAIN_AND_AGAIN = ("session", "visit")


def draft_tables(
    found: Sequence[tuple[Questionnaire, Row]], file: str
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return responses, answers, texts and attendance of the rows, in the columns that records.Draft names."""
    responses: list[tuple[object, ...]] = []
    answers: list[tuple[object, ...]] = []
    texts: list[tuple[object, ...]] = []
    marks: list[tuple[object, ...]] = []
    seen: Counter[str] = Counter()
    for number, (form, row) in enumerate(found):
        fingerprint = _fingerprint(form, row, file, seen)
        responses.append(
            (
                number,
                row.practice.id,
                row.municipality,
                row.cohort,
                form.role,
                form.id,
                form.version,
                form.timing,
                row.participant,
                row.answered_on,
                row.sheet,
                row.number,
                fingerprint,
                _person_key(form, row),
            )
        )
        answers += [(number, item, value) for item, value in row.answers.items()]
        texts += [(number, item, text) for item, text in row.texts.items()]
        marks += [(number, *mark) for mark in row.marks]
    return (
        pd.DataFrame(responses, columns=list(RESPONSE_COLUMNS)),
        pd.DataFrame(answers, columns=list(ANSWER_COLUMNS)),
        pd.DataFrame(texts, columns=list(TEXT_COLUMNS)),
        pd.DataFrame(marks, columns=list(ATTENDANCE_COLUMNS)),
    )


def _place(form: Questionnaire, row: Row) -> tuple[str, ...]:
    return row.practice.id, row.municipality, row.cohort, form.id, form.timing


def _fingerprint(form: Questionnaire, row: Row, file: str, seen: Counter[str]) -> str:
    """Return the mark of a row: equal for the same row of a file dropped in again.

    Two people without a code may well give equal answers, so equal rows without a code are told apart by their order.
    Without a code or a date, only the place in the file is left to know a row by.
    """
    parts: list[object] = [*_place(form, row), row.participant, row.answered_on]
    parts += sorted(row.answers.items())
    parts += sorted(row.texts.items())
    parts += sorted((number, str(day), mark) for number, day, mark in row.marks)
    if row.participant is None and row.answered_on is None:
        parts += [file, row.sheet, row.number]
    mark = _digest(parts)
    seen[mark] += 1
    return mark if row.participant is not None else _digest([mark, seen[mark]])


def _person_key(form: Questionnaire, row: Row) -> str | None:
    """Return the mark of a form that a person can give only once: one a run, or one a day for a session's form."""
    if row.participant is None:
        return None
    repeated = form.kind == "form" and form.timing in AGAIN_AND_AGAIN
    return _digest([*_place(form, row), row.participant, row.answered_on if repeated else ""])


def _digest(parts: Iterable[object]) -> str:
    return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
