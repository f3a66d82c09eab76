"""Questions about the codes of a file: another spelling of a cohort or code, and one code of two people."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from evaluation.intake.participant_columns import is_code_of_name
from evaluation.records import Choice, Draft, OpenQuestion, Problem

ALIKE, OTHER_COHORT, ONE_CODE = "codes_alike", "other_run", "one_code"
SAME, DIFFERENT = "same", "different"
ONE_PERSON, IN_ORDER, SWAPPED, UNPAIRED = "one_person", "in_order", "swapped", "unpaired"
MOST_NAMED = 8

# A form of the draft: sheet and row.
Place = tuple[str, int]


@dataclass(frozen=True)
class Double:
    """Rows of one sheet that stand under one code at one time and cannot be parts of one form.

    ``equal`` says that none contradicts another: nothing else would keep them from being read as one form.
    """

    key: str
    sheet: str
    rows: tuple[int, ...]
    code: str
    timing: str
    equal: bool


def alike_question(spellings: Mapping[str, str], decisions: Mapping[str, str]) -> OpenQuestion:
    """Name the codes that are read as another spelling of a code; the worker may say that they are not."""
    examples = [f"{code} = {meant}" for code, meant in list(spellings.items())[:MOST_NAMED]]
    return OpenQuestion(
        key=ALIKE,
        kind=ALIKE,
        choices=(Choice(SAME), Choice(DIFFERENT)),
        values={"codes": ", ".join(examples) + (" …" if len(spellings) > MOST_NAMED else ""), "n": len(spellings)},
        suggested=SAME,
        blocking=False,
        decision=decisions.get(ALIKE),
    )


def cohort_key(municipality: str, cohort: str, timing: str) -> str:
    """Return the key of the question whether two names mean one cohort."""
    return ":".join((OTHER_COHORT, municipality, cohort, timing))


def cohort_question(
    draft: Draft, here: tuple[str, str, str], there: tuple[str, str], counts: tuple[int, int]
) -> OpenQuestion:
    """Ask whether the cohort of a file is stored under another name.

    Args:
        draft: what was read.
        here: municipality, cohort and timing of the forms.
        there: municipality and cohort in which most of their codes have a start form.
        counts: how many codes the forms have, and how many of them are there.
    """
    municipality, cohort, _ = here
    key, rows = cohort_key(*here), draft.responses[_of_cohort(draft, here)]
    stored = there[1] or "–"
    if there[0] != municipality:
        stored = f"{there[0]}, {stored}"
    return OpenQuestion(
        key=key,
        kind=OTHER_COHORT,
        choices=(Choice(SAME), Choice(DIFFERENT)),
        sheet=str(rows["sheet"].iloc[0]) if len(rows) else None,
        rows=len(rows),
        values={"codes": counts[0], "there": counts[1], "run": cohort or "–", "stored": stored},
        suggested=SAME,
        decision=draft.decisions.get(key),
    )


def without_cohort(draft: Draft, here: tuple[str, str, str]) -> Draft:
    """Return ``draft`` without the forms of a cohort that wait for a decision."""
    return without(draft, _of_cohort(draft, here))


def _of_cohort(draft: Draft, here: tuple[str, str, str]) -> pd.Series:
    forms = draft.responses
    return (forms["municipality"] == here[0]) & (forms["cohort"] == here[1]) & (forms["timing"] == here[2])


def without(draft: Draft, waiting: pd.Series) -> Draft:
    """Return ``draft`` without the forms of the mask ``waiting``, which count as rejected."""
    if not waiting.any():
        return draft
    numbers = draft.responses.loc[~waiting, "response_no"]
    return replace(
        draft,
        responses=draft.responses[~waiting],
        answers=draft.answers[draft.answers["response_no"].isin(numbers)],
        texts=draft.texts[draft.texts["response_no"].isin(numbers)],
        attendance=draft.attendance[draft.attendance["response_no"].isin(numbers)],
        rejected=draft.rejected + int(waiting.sum()),
    )


def doubles(draft: Draft) -> tuple[Double, ...]:
    """Return the codes under which two or more rows of a sheet stand that cannot be parts of one form."""
    forms = draft.responses.dropna(subset=["person_key"])
    again = forms[forms.duplicated(["person_key", "sheet"], keep=False)]
    return tuple(
        double for _, rows in again.groupby(["person_key", "sheet"], sort=False) for double in _double(draft, rows)
    )


def _double(draft: Draft, rows: pd.DataFrame) -> Iterator[Double]:
    forms = [_answers_of(draft, number) for number in rows["response_no"]]
    equal = all(form == forms[0] for form in forms)
    # Two equal names of one list are hardly ever parts of one form.
    of_name = is_code_of_name(str(rows["participant"].iloc[0]))
    items = {item for form in forms for item in form}
    contradict = any(len({form[item] for form in forms if item in form}) > 1 for item in items)
    if equal or contradict or of_name:
        first = rows.iloc[0]
        sheet, code, timing = str(first["sheet"]), str(first["participant"]), str(first["timing"])
        mark = hashlib.sha256(f"{code}\x1f{timing}".encode()).hexdigest()[:8]
        yield Double(
            f"{ONE_CODE}:{sheet}:{mark}", sheet, tuple(map(int, rows["row"])), code, timing, equal or not contradict
        )


def _answers_of(draft: Draft, number: int) -> Mapping[str, object]:
    coded = draft.answers[draft.answers["response_no"] == number]
    written = draft.texts[draft.texts["response_no"] == number]
    marked = draft.attendance[draft.attendance["response_no"] == number]
    return {
        **dict(zip(coded["item"].astype(str), coded["value"], strict=True)),
        **dict(zip(written["item"].astype(str), written["text"], strict=True)),
        **{f"session {session}": mark for session, mark in zip(marked["session_no"], marked["mark"], strict=True)},
    }


def double_question(double: Double, decisions: Mapping[str, str]) -> OpenQuestion:
    """Ask whether rows under one code belong to one person or to several, and how to separate these."""
    two = len(double.rows) == 2
    choices = (ONE_PERSON, IN_ORDER, *((SWAPPED,) if two else ()), UNPAIRED)
    return OpenQuestion(
        key=double.key,
        kind=ONE_CODE,
        choices=tuple(map(Choice, choices)),
        sheet=double.sheet,
        cell=f"A{double.rows[0]}",
        # Rows that contradict one another wait anyway until the worker chooses one.
        rows=len(double.rows) if double.equal else 0,
        values={
            "code": double.code,
            "second": f"{double.code}-2",
            "rows": ", ".join(map(str, double.rows)),
            "first_row": double.rows[0],
            "last_row": double.rows[-1],
            "n": len(double.rows),
        },
        blocking=double.equal,
        decision=decisions.get(double.key),
    )


def separate_codes(double: Double, choice: str) -> Mapping[Place, str]:
    """Return the code of every row of ``double`` by the worker's choice; nothing where they are one person's."""
    if choice not in (IN_ORDER, SWAPPED, UNPAIRED):
        return {}
    rows = double.rows if choice != SWAPPED else tuple(reversed(double.rows))
    if choice == UNPAIRED:
        # A separate code at every time, so that one person's start is never paired with the other's end.
        names = [f"{double.code}-{double.timing}-{number}" for number in range(1, len(rows) + 1)]
    else:
        names = [double.code, *(f"{double.code}-{number}" for number in range(2, len(rows) + 1))]
    return {(double.sheet, row): name for row, name in zip(rows, names, strict=True)}


def waiting_rows(draft: Draft, places: Sequence[Place]) -> pd.Series:
    """Return the mask of the forms that stand at ``places``."""
    wanted = set(places)
    mask = [place in wanted for place in zip(draft.responses["sheet"], draft.responses["row"], strict=True)]
    return pd.Series(mask, index=draft.responses.index, dtype=bool)


def spelling_problem(spellings: Mapping[str, str]) -> Problem:
    """Name the codes that are read as another spelling of stored codes."""
    examples = ", ".join(f"{code} = {meant}" for code, meant in list(spellings.items())[:MOST_NAMED])
    more = " …" if len(spellings) > MOST_NAMED else ""
    return Problem("notice", "codes_alike", values={"codes": examples + more, "n": len(spellings)})
