"""One cell → one value: a code on a scale, a count, a date or a participant code; else the reason it is none."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Generic, TypeVar

from evaluation.definitions import OutsideValue, Scale, ScaleValue, Texts
from evaluation.intake.folding import fold, has_identity_code
from evaluation.intake.workbook import CellFault, Value

T = TypeVar("T")

LONGEST_CODE = 40
LARGEST_COUNT = 100_000
FIRST_YEAR, LAST_YEAR = 1990, 2100
TOTAL_WORDS = frozenset({"yhteensä", "summa", "keskiarvo", "totalt", "medeltal", "total", "sum", "average", "mean"})
_NUMBER = re.compile(r"^[+-]?\d+(?:[.,]\d+)?$")
_CODE_FIRST = re.compile(r"^(\d+)\s*[=:.)-]\s*(.+)$")
_CODE_LAST = re.compile(r"^(.+?)\s*\((\d+)\)$")
_DAY_FIRST = re.compile(r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$")
_YEAR_FIRST = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?$")


@dataclass(frozen=True)
class Read(Generic[T]):
    """What a cell says: a value, or the code of the problem that stands in its way (both missing: an empty cell)."""

    value: T | None = None
    fault: str | None = None
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))


class ScaleReader:
    """Reads the answers of one scale, written as codes or as labels of any language."""

    def __init__(self, scale: Scale) -> None:
        """Learn the labels of ``scale``."""
        answers = scale.answers
        self._codes = {answer.code for answer in answers}
        self._labels = {
            _plain(text): answer.code for answer in answers for text in (*answer.label.values(), *answer.aliases)
        }
        self._booleans = set(scale.codes) == {0, 1}
        self._expected = _expected(answers)

    def read(self, cell: Value | CellFault) -> Read[int]:
        """Return the code that ``cell`` says, or why it says none."""
        if cell is None:
            return Read()
        if isinstance(cell, CellFault):
            return Read(fault="error_cell")
        code = self._code(cell)
        return Read(code) if code is not None else Read(fault="off_scale", values={"expected": self._expected})

    def _code(self, cell: str | float | bool | date) -> int | None:
        if isinstance(cell, bool):
            return int(cell) if self._booleans else None
        if isinstance(cell, (int, float)):
            return self._known(cell)
        if isinstance(cell, date):
            return None
        text = _plain(cell)
        if text in self._labels:
            return self._labels[text]
        if _NUMBER.match(text):
            return self._known(float(text.replace(",", ".")))
        return self._labelled_code(text)

    def _known(self, number: float) -> int | None:
        return int(number) if number in self._codes else None

    def _labelled_code(self, text: str) -> int | None:
        """Read "5 = label" and "label (5)", if code and label agree."""
        for pattern, code_group, label_group in ((_CODE_FIRST, 1, 2), (_CODE_LAST, 2, 1)):
            match = pattern.match(text)
            if match and self._labels.get(_plain(match[label_group])) == int(match[code_group]):
                return int(match[code_group])
        return None


def _plain(text: str) -> str:
    folded = fold(text)
    return folded.rstrip(" .!") or folded


def _expected(answers: tuple[ScaleValue | OutsideValue, ...]) -> Mapping[str, str]:
    def say(answer: ScaleValue | OutsideValue, language: str) -> str:
        label = answer.label[language]
        return label if label == str(answer.code) else f"{answer.code} = {label}"

    return {language: ", ".join(say(answer, language) for answer in answers) for language in answers[0].label.root}


def read_count(cell: Value | CellFault) -> Read[int]:
    """Return the whole number of people that ``cell`` says."""
    if cell is None:
        return Read()
    if isinstance(cell, CellFault):
        return Read(fault="error_cell")
    number: float | None = None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        number = cell
    elif isinstance(cell, str) and _NUMBER.match(fold(cell).replace(" ", "")):
        number = float(fold(cell).replace(" ", "").replace(",", "."))
    if number is None or number != int(number) or not 0 <= number <= LARGEST_COUNT:
        return Read(fault="not_a_count")
    return Read(int(number))


def read_date(cell: Value | CellFault) -> Read[date]:
    """Return the day that ``cell`` says: a date cell, or text such as 5.9.2018 or 2018-09-05."""
    if cell is None:
        return Read()
    if isinstance(cell, CellFault):
        return Read(fault="error_cell")
    day = cell if isinstance(cell, date) else _day_of(fold(cell)) if isinstance(cell, str) else None
    if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return Read(fault="not_a_date")
    return Read(day)


def _day_of(text: str) -> date | None:
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        match = pattern.match(text)
        if match:
            year, month, day = (int(match[group]) for group in order)
            try:
                return datetime(year, month, day).date()  # noqa: DTZ001 - a day of the calendar has no zone
            except ValueError:
                return None
    return None


def read_participant(cell: Value | CellFault) -> Read[str]:
    """Return a participant code as it is compared: without case and spaces; 7.0 is 7."""
    if cell is None:
        return Read()
    if isinstance(cell, CellFault):
        return Read(fault="error_cell")
    if isinstance(cell, (bool, date)):
        return Read(fault="not_a_code")
    text = str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)
    if has_identity_code(text):
        return Read(fault="identity_code")
    code = fold(text).upper()
    if fold(text) in TOTAL_WORDS:
        return Read(fault="total_row")
    return Read(code) if len(code) <= LONGEST_CODE else Read(fault="not_a_code")


def read_text(cell: Value | CellFault) -> Read[str]:
    """Return an open answer as written."""
    if cell is None:
        return Read()
    if isinstance(cell, CellFault):
        return Read(fault="error_cell")
    return Read(cell.strip() if isinstance(cell, str) else str(cell))


def names_of(texts: Texts, own_id: str) -> frozenset[str]:
    """Return every folded way to write a named thing: its id, and its name in each language."""
    return frozenset({fold(own_id), *(fold(text) for text in texts.values())})
