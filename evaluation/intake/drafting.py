"""Parsed rows → the draft's tables, every form with the marks by which the store recognises it.

Forms of one person that stand in several rows become one, and numbers of a survey tool that turn out not to be unique
are dropped.
"""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.intake.gathering import MISSING, unsaid
from evaluation.intake.parsing import Parsed
from evaluation.intake.table import COUNTED
from evaluation.records import ANSWER_COLUMNS, ATTENDANCE_COLUMNS, RESPONSE_COLUMNS, TEXT_COLUMNS

# Answers, texts and marks of a draft: response_no first, the item next, and the value last.
Parts = Sequence[pd.DataFrame]

AGAIN_AND_AGAIN = ("session", "visit")


def joined_forms(
    responses: pd.DataFrame, parts: Parts, tables: npt.NDArray[np.int64]
) -> tuple[pd.Series, Mapping[int, int]]:
    """Find the forms of one person that stand in several tables of a file without contradiction.

    Args:
        responses: the forms as they stand, a row each, numbered from 0.
        parts: what they say.
        tables: the number of the table in which they stand.

    Returns:
        By response_no the number of the form that it is part of, and by that number how many further rows it has;
        nothing where there is none. Two rows of one table are never joined: they may be two people with one code.
    """
    nobody: tuple[pd.Series, Mapping[int, int]] = (pd.Series(dtype=np.int64), {})
    coded = responses[responses["person_key"].notna() & responses["participant"].notna()]
    again = coded[coded["person_key"].duplicated(keep=False)]
    if again.empty:
        return nobody
    again = again.assign(table=tables[again["response_no"].to_numpy(np.int64)])
    statements = _statements(again, parts).assign(
        key=lambda frame: frame["response_no"].map(_by_number(again, "person_key"))
    )
    answers = statements.groupby(["key", "item"], sort=False)["value"].nunique()
    contradicting = set(answers[answers > 1].index.get_level_values("key"))
    by_person = again.groupby("person_key", sort=False)
    one_per_table = by_person["table"].nunique() == by_person.size()
    days, tools = by_person["answered_on"].nunique(), by_person["tool_key"].nunique()
    fits = one_per_table & (days <= 1) & (tools <= 1) & ~one_per_table.index.isin(contradicting)
    # Forms that say the same are no parts of one another; the store leaves the second one out.
    several = _adding(statements)
    one = again[again["person_key"].map(fits) & again["person_key"].isin(several)]
    if one.empty:
        return nobody
    first = one.groupby("person_key", sort=False)["response_no"].transform("min")
    forms = pd.Series(responses["response_no"].to_numpy(), index=responses["response_no"].to_numpy())
    forms.loc[one["response_no"].to_numpy()] = first.to_numpy()
    heads, rows = np.unique(first.to_numpy(np.int64), return_counts=True)
    return forms, dict(zip(heads.tolist(), (rows - 1).tolist(), strict=True))


def _adding(statements: pd.DataFrame) -> set[str]:
    """Return the persons with a form that says something another of their forms does not."""
    forms = statements.groupby("key", sort=False)["response_no"].nunique()
    saying = statements.groupby(["key", "item"], sort=False)["response_no"].nunique()
    alone = saying[saying < forms.reindex(saying.index.get_level_values("key")).to_numpy()]
    return set(alone.index.get_level_values("key"))


def trusted_numbers(responses: pd.DataFrame, parts: Parts) -> pd.DataFrame:
    """Return ``responses`` without the marks of the survey tool where one mark stands by two different responses.

    Two exports pasted under one another begin to count anew, and "Vastaaja 1" may be the first of each group.
    """
    key = ["tool_key", "questionnaire", "timing"]
    again = responses[responses["tool_key"].notna() & responses.duplicated(key, keep=False)]
    if again.empty:
        return responses
    statements = _statements(again, parts)
    texts = (statements["item"].astype(str) + "=" + statements["value"].astype(str)).groupby(statements["response_no"])
    whole = again["response_no"].map(texts.agg(lambda texts: "\x1f".join(sorted(texts)))).fillna("")
    different = again.assign(content=whole + "\x1e" + again["participant"].fillna("").astype(str))
    if (different.groupby(key)["content"].nunique() > 1).any():
        return responses.assign(tool_key=None)
    return responses


def _statements(forms: pd.DataFrame, parts: Parts) -> pd.DataFrame:
    """Return what ``forms`` say: response_no, item, value; marks by the number of their session."""
    named = []
    for part in parts:
        rows = part[part["response_no"].isin(forms["response_no"])]
        values = rows.iloc[:, -1].astype(object)
        named.append(
            pd.DataFrame({"response_no": rows["response_no"], "item": rows.iloc[:, 1].astype(str), "value": values})
        )
    return pd.concat(named, ignore_index=True)


def _by_number(forms: pd.DataFrame, column: str) -> pd.Series:
    return forms.set_index("response_no")[column]


@dataclass(frozen=True, eq=False)
class Tables:
    """The four tables of a draft, in the columns that records.Draft names, and the further rows of forms."""

    responses: pd.DataFrame
    answers: pd.DataFrame
    texts: pd.DataFrame
    attendance: pd.DataFrame
    joined: Mapping[int, int] = field(default_factory=dict)


def draft_tables(parsed_tables: Sequence[Parsed]) -> Tables:
    """Return responses, answers, texts and attendance of all ``parsed_tables``, numbered one after the other.

    A form of one person that stands in two tables (records.Draft.joined) is one.
    """
    days: Counter[tuple[str, object]] = Counter()
    responses, coded, written, marks = [], [], [], []
    first = 0
    for parsed in parsed_tables:
        responses.append(_responses(parsed, first, days))
        coded.append(_answers(parsed, first))
        written.append(_texts(parsed, first))
        marks.append(_marks(parsed, first))
        first += len(parsed.rows)
    made = Tables(
        _joined(responses, RESPONSE_COLUMNS),
        _joined(coded, ANSWER_COLUMNS),
        _joined(written, TEXT_COLUMNS),
        _joined(marks, ATTENDANCE_COLUMNS),
    )
    tables = np.repeat(np.arange(len(parsed_tables)), [len(parsed.rows) for parsed in parsed_tables])
    forms, joined = joined_forms(made.responses, (made.answers, made.texts, made.attendance), tables)
    answers, texts, attendance = (_under(frame, forms) for frame in (made.answers, made.texts, made.attendance))
    whole = trusted_numbers(_with_days(made.responses, forms), (answers, texts, attendance))
    return Tables(whole, answers, texts, attendance, joined)


def _under(frame: pd.DataFrame, forms: pd.Series) -> pd.DataFrame:
    """Return the answers under the numbers of the forms that they are part of, without duplicates."""
    if forms.empty:
        return frame
    moved = frame.assign(response_no=frame["response_no"].map(forms))
    keys = ["response_no", frame.columns[1]]
    return moved.drop_duplicates(keys, ignore_index=True).sort_values("response_no", ignore_index=True, kind="stable")


def _with_days(responses: pd.DataFrame, forms: pd.Series) -> pd.DataFrame:
    """Return every form once, with the day that any of its rows has."""
    if forms.empty:
        return responses
    with_day = responses[responses["answered_on"].notna()]
    days = with_day["answered_on"].groupby(with_day["response_no"].map(forms)).first()
    saved_responses = responses[responses["response_no"].isin(forms)]
    days_of_forms = saved_responses["response_no"].map(days).astype(object)
    return saved_responses.assign(answered_on=days_of_forms.where(days_of_forms.notna(), None)).reset_index(drop=True)


def _joined(frames: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    filled = [frame for frame in frames if not frame.empty]
    if not filled:
        return pd.DataFrame(columns=list(columns))
    return filled[0] if len(filled) == 1 else pd.concat(filled, ignore_index=True)


def _responses(parsed: Parsed, first: int, days: Counter[tuple[str, object]]) -> pd.DataFrame:
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
        "tool_key": list(_tool_keys(parsed)),
        "person_key": list(_person_keys(parsed, places, days)),
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


def _tool_keys(parsed: Parsed) -> Iterator[str | None]:
    """Yield the mark of the survey tool's response, the same in whatever cohort it comes in."""
    for practice, mark in zip(parsed.practice, parsed.respondent, strict=True):
        yield None if mark is None else _digest(f"tool {practice}", mark)


def _person_keys(parsed: Parsed, places: Sequence[str], days: Counter[tuple[str, object]]) -> Iterator[str | None]:
    """Yield the mark of a form that can be filled in only once.

    A person fills in one per cohort, or one per day for a session's form. A diary of visits has one per day, and one
    for every further row of that day, in the order of the file.
    """
    form = parsed.form
    repeated = form.kind == "form" and form.timing in AGAIN_AND_AGAIN
    for place, code, day in zip(places, parsed.participant, parsed.answered_on, strict=True):
        if code is not None:
            yield _digest(place, f"{code}\x1f{day if repeated else ''}")
        elif form.kind == "head_count" and day is not None:
            days[place, day] += 1
            yield _digest(place, f"\x1f{day}\x1f{days[place, day]}")
        else:
            yield None


def _digest(first: str, second: str) -> str:
    # Keys of codes keep the form of the first version, so that what it stored is still recognised.
    return hashlib.sha256(f"{first}\x1f{second}\x1f".encode()).hexdigest()
