"""Parsed rows → the draft's tables, each row with the marks by which the store knows it again."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from evaluation.intake.gathering import MISSING, unsaid
from evaluation.intake.parsing import Parsed
from evaluation.intake.table import COUNTED
from evaluation.records import ANSWER_COLUMNS, ATTENDANCE_COLUMNS, RESPONSE_COLUMNS, TEXT_COLUMNS

AGAIN_AND_AGAIN = ("session", "visit")


@dataclass(frozen=True, eq=False)
class Tables:
    """The four tables of a draft, in the columns that records.Draft names."""

    responses: pd.DataFrame
    answers: pd.DataFrame
    texts: pd.DataFrame
    attendance: pd.DataFrame


def draft_tables(found: Sequence[Parsed], file: str) -> Tables:
    """Return responses, answers, texts and attendance of all ``found``, numbered one after the other.

    ``file`` names the file that the rows first came from: rows that neither a code nor a day nor a survey tool's
    number tells apart are known again by their place in it.
    """
    seen: Counter[str] = Counter()
    responses, answers, texts, marks = [], [], [], []
    first = 0
    for parsed in found:
        responses.append(_responses(parsed, first, file, seen))
        answers.append(_answers(parsed, first))
        texts.append(_texts(parsed, first))
        marks.append(_marks(parsed, first))
        first += len(parsed.rows)
    return Tables(
        _joined(responses, RESPONSE_COLUMNS),
        _joined(answers, ANSWER_COLUMNS),
        _joined(texts, TEXT_COLUMNS),
        _joined(marks, ATTENDANCE_COLUMNS),
    )


def _joined(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    filled = [frame for frame in frames if not frame.empty]
    if not filled:
        return pd.DataFrame(columns=list(columns))
    return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)


def _responses(parsed: Parsed, first: int, file: str, seen: Counter[str]) -> pd.DataFrame:
    form, size = parsed.form, len(parsed.rows)
    places = list(_places(parsed))
    columns = {
        "response_no": np.arange(first, first + size),
        "practice": parsed.practice,
        "municipality": parsed.municipality,
        "cohort": parsed.cohort,
        "role": form.role,
        "questionnaire": form.id,
        "version": form.version,
        "timing": form.timing,
        "participant": parsed.participant,
        "answered_on": parsed.answered_on,
        "sheet": parsed.sheet,
        "row": np.zeros(size, int) if parsed.layout == COUNTED else parsed.rows + 1,
        "fingerprint": list(_fingerprints(parsed, places, file, seen)),
        "person_key": list(_person_keys(parsed, places)),
    }
    return pd.DataFrame(columns, columns=list(RESPONSE_COLUMNS), index=range(size))


def _answers(parsed: Parsed, first: int) -> pd.DataFrame:
    """Return the answers response by response, in the order of their columns."""
    items = list(parsed.answers)
    if not items:
        return pd.DataFrame(columns=list(ANSWER_COLUMNS))
    grid = np.column_stack([parsed.answers[item] for item in items])
    there = grid != MISSING
    number, column = np.nonzero(there)
    named = pd.Categorical.from_codes(column.astype(np.int32), categories=pd.Index(items))
    return pd.DataFrame({"response_no": number + first, "item": named, "value": grid[there]})


def _texts(parsed: Parsed, first: int) -> pd.DataFrame:
    rows = [
        (first + number, item, text)
        for item, written in parsed.texts.items()
        for number, text in ((number, written[number]) for number in np.flatnonzero(~unsaid(written)).tolist())
    ]
    return pd.DataFrame(rows, columns=list(TEXT_COLUMNS))


def _marks(parsed: Parsed, first: int) -> pd.DataFrame:
    rows = [
        (first + int(number), session.number, session.held_on, int(marked[number]))
        for session, marked in parsed.marks
        for number in np.flatnonzero(marked != MISSING)
    ]
    frame = pd.DataFrame(rows, columns=list(ATTENDANCE_COLUMNS))
    return frame.sort_values(["response_no", "session_no"], ignore_index=True, kind="stable")


def _places(parsed: Parsed) -> Iterator[str]:
    form = parsed.form
    for practice, town, cohort in zip(parsed.practice, parsed.municipality, parsed.cohort, strict=True):
        yield "\x1f".join((practice, town, cohort, form.id, form.timing))


def _fingerprints(parsed: Parsed, places: Sequence[str], file: str, seen: Counter[str]) -> Iterator[str]:
    """Yield the mark of each row: equal for the same row of a file dropped in again.

    A survey tool's own number with its moment tells a response apart whatever else it says. Two people without a code
    may well give equal answers, so equal rows without a code are told apart by their order. Without a code, a number
    or a day, only the place in the file is left to know a row by.
    """
    known = zip(parsed.participant, parsed.answered_on, parsed.respondent, places, _said(parsed), strict=True)
    for number, (code, day, tool, place, said) in enumerate(known):
        if tool is not None:
            yield _digest(place, f"{parsed.layout} {tool}")
            continue
        if code is not None:
            yield _digest(place, f"{code}\x1f{day}", said)
            continue
        where = f"{file}\x1f{parsed.sheet}\x1f{parsed.rows[number] + 1}" if day is None else str(day)
        mark = _digest(place, where, said)
        seen[mark] += 1
        yield _digest(mark, str(seen[mark]))


def _said(parsed: Parsed) -> list[bytes]:
    """Return all that each row says as bytes, whatever the order of its columns; columns left empty say nothing."""
    size = len(parsed.rows)
    kept = [item for item in sorted(parsed.answers) if (parsed.answers[item] != MISSING).any()]
    grid = np.column_stack([parsed.answers[item] for item in kept]) if kept else np.zeros((size, 0), np.int32)
    there = grid != MISSING
    # Rows that answer the same questions need the names of these only once.
    named: dict[bytes, bytes] = {}
    lines = []
    for row, said in zip(grid, there, strict=True):
        pattern = said.tobytes()
        if pattern not in named:
            named[pattern] = "|".join(item for item, answered in zip(kept, said, strict=True) if answered).encode()
        lines.append(named[pattern] + row[said].tobytes())
    for item in sorted(parsed.texts):
        for number in np.flatnonzero(~unsaid(parsed.texts[item])):
            lines[number] += f"{item}={parsed.texts[item][number]};".encode()
    for session, marked in sorted(parsed.marks, key=lambda each: each[0].number):
        for number in np.flatnonzero(marked != MISSING):
            lines[number] += f"{session.number} {session.held_on}={marked[number]};".encode()
    return lines


def _person_keys(parsed: Parsed, places: Sequence[str]) -> Iterator[str | None]:
    """Yield the mark of a form that a person can give only once: one a run, or one a day for a session's form."""
    repeated = parsed.form.kind == "form" and parsed.form.timing in AGAIN_AND_AGAIN
    for place, code, day in zip(places, parsed.participant, parsed.answered_on, strict=True):
        yield None if code is None else _digest(place, f"{code}\x1f{day if repeated else ''}")


def _digest(first: str, second: str, said: bytes = b"") -> str:
    return hashlib.sha256(f"{first}\x1f{second}\x1f".encode() + said).hexdigest()
