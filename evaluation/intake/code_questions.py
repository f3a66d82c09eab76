"""What is asked about the codes of a file: another run's name, another way of writing, one code of two people."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from evaluation.intake.names import is_code_of_name
from evaluation.records import Choice, Draft, OpenQuestion, Problem

ALIKE, OTHER_RUN, ONE_CODE = "codes_alike", "other_run", "one_code"
SAME, DIFFERENT = "same", "different"
ONE_PERSON, IN_ORDER, SWAPPED, UNPAIRED = "one_person", "in_order", "swapped", "unpaired"
MOST_NAMED = 8

# A form of the draft: sheet and row.
Place = tuple[str, int]


@dataclass(frozen=True)
class Double:
    """Rows of one sheet that stand under one code at one time and cannot be parts of one form.

    ``equal`` tells that none contradicts another: nothing else would keep them from being taken for one form.
    """

    key: str
    sheet: str
    rows: tuple[int, ...]
    code: str
    timing: str
    equal: bool


def alike_question(spellings: Mapping[str, str], decisions: Mapping[str, str]) -> OpenQuestion:
    """Tell which codes are read as another way of writing of a code; the worker may say that they are not."""
    shown = [f"{code} = {meant}" for code, meant in list(spellings.items())[:MOST_NAMED]]
    return OpenQuestion(
        key=ALIKE,
        kind=ALIKE,
        choices=(Choice(SAME), Choice(DIFFERENT)),
        values={"codes": ", ".join(shown) + (" …" if len(spellings) > MOST_NAMED else ""), "n": len(spellings)},
        suggested=SAME,
        blocking=False,
        decision=decisions.get(ALIKE),
    )


def run_key(municipality: str, cohort: str, timing: str) -> str:
    """Return the key of the question whether a run is another's name."""
    return ":".join((OTHER_RUN, municipality, cohort, timing))


def run_question(
    draft: Draft, here: tuple[str, str, str], there: tuple[str, str], counts: tuple[int, int]
) -> OpenQuestion:
    """Ask whether the run of a file is one that is stored by another name.

    Args:
        draft: what was read.
        here: municipality, run and timing of the forms.
        there: municipality and run in which most of their codes have a start form.
        counts: how many codes the forms have, and how many of them are there.
    """
    municipality, cohort, _ = here
    key, rows = run_key(*here), draft.responses[_of_run(draft, here)]
    stored = there[1] or "–"
    if there[0] != municipality:
        stored = f"{there[0]}, {stored}"
    return OpenQuestion(
        key=key,
        kind=OTHER_RUN,
        choices=(Choice(SAME), Choice(DIFFERENT)),
        sheet=str(rows["sheet"].iloc[0]) if len(rows) else None,
        rows=len(rows),
        values={"codes": counts[0], "there": counts[1], "run": cohort or "–", "stored": stored},
        suggested=SAME,
        decision=draft.decisions.get(key),
    )


def without_run(draft: Draft, here: tuple[str, str, str]) -> Draft:
    """Return ``draft`` without the forms of a run that wait for a decision."""
    return without(draft, _of_run(draft, here))


def _of_run(draft: Draft, here: tuple[str, str, str]) -> pd.Series:
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
        found for _, rows in again.groupby(["person_key", "sheet"], sort=False) for found in _double(draft, rows)
    )


def _double(draft: Draft, rows: pd.DataFrame) -> Iterator[Double]:
    said = [_said(draft, number) for number in rows["response_no"]]
    equal = all(each == said[0] for each in said)
    # Two equal names of one list are hardly ever parts of one form.
    of_name = is_code_of_name(str(rows["participant"].iloc[0]))
    items = {item for each in said for item in each}
    contradict = any(len({each[item] for each in said if item in each}) > 1 for item in items)
    if equal or contradict or of_name:
        first = rows.iloc[0]
        sheet, code, timing = str(first["sheet"]), str(first["participant"]), str(first["timing"])
        mark = hashlib.sha256(f"{code}\x1f{timing}".encode()).hexdigest()[:8]
        yield Double(
            f"{ONE_CODE}:{sheet}:{mark}", sheet, tuple(map(int, rows["row"])), code, timing, equal or not contradict
        )


def _said(draft: Draft, number: int) -> Mapping[str, object]:
    coded = draft.answers[draft.answers["response_no"] == number]
    written = draft.texts[draft.texts["response_no"] == number]
    marked = draft.attendance[draft.attendance["response_no"] == number]
    return {
        **dict(zip(coded["item"].astype(str), coded["value"], strict=True)),
        **dict(zip(written["item"].astype(str), written["text"], strict=True)),
        **{f"session {session}": mark for session, mark in zip(marked["session_no"], marked["mark"], strict=True)},
    }


def double_question(double: Double, decisions: Mapping[str, str]) -> OpenQuestion:
    """Ask whether rows under one code are one person's or several people's, and how to tell these apart."""
    two = len(double.rows) == 2
    choices = (ONE_PERSON, IN_ORDER, *((SWAPPED,) if two else ()), UNPAIRED)
    return OpenQuestion(
        key=double.key,
        kind=ONE_CODE,
        choices=tuple(map(Choice, choices)),
        sheet=double.sheet,
        cell=f"A{double.rows[0]}",
        # Rows that contradict each other wait by themselves until one of them is chosen.
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


def codes_apart(double: Double, choice: str) -> Mapping[Place, str]:
    """Return the code of each row of ``double`` by what was chosen; nothing where they are one person's."""
    if choice not in (IN_ORDER, SWAPPED, UNPAIRED):
        return {}
    rows = double.rows if choice != SWAPPED else tuple(reversed(double.rows))
    if choice == UNPAIRED:
        # A code of its own at each time, so that the start of the one never meets the end of the other.
        names = [f"{double.code}-{double.timing}-{number}" for number in range(1, len(rows) + 1)]
    else:
        names = [double.code, *(f"{double.code}-{number}" for number in range(2, len(rows) + 1))]
    return {(double.sheet, row): name for row, name in zip(rows, names, strict=True)}


def waiting_rows(draft: Draft, places: Sequence[Place]) -> pd.Series:
    """Return the mask of the forms that stand at ``places``."""
    wanted = set(places)
    found = [place in wanted for place in zip(draft.responses["sheet"], draft.responses["row"], strict=True)]
    return pd.Series(found, index=draft.responses.index, dtype=bool)


def spelling_problem(spellings: Mapping[str, str]) -> Problem:
    """Tell that codes are read as another way of writing of codes that stand already."""
    shown = ", ".join(f"{code} = {meant}" for code, meant in list(spellings.items())[:MOST_NAMED])
    more = " …" if len(spellings) > MOST_NAMED else ""
    return Problem("notice", "codes_alike", values={"codes": shown + more, "n": len(spellings)})
