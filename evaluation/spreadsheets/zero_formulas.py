"""Formulas that gave 0 although nothing is there: never calculated, or pointing at empty cells.

A cell that a formula fills shows 0 where the cell it points at is empty, and so do cells of programs that write a
formula and leave its calculation to Excel. Neither is an answer. What a formula points at is looked up; where that does
not settle it the 0 stays, with a remark.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
from openpyxl.formula import Tokenizer
from openpyxl.formula.translate import Translator, TranslatorError
from openpyxl.utils.cell import column_index_from_string

from evaluation.spreadsheets.limits import MOST_COLUMNS, MOST_ROWS
from evaluation.spreadsheets.model import CellFault, Content, Remark, Sheet, address
from evaluation.spreadsheets.xlsx_marks import Formula, Marks

Verdict = Literal["stands", "unsettled", "nothing", "never"]
Place = tuple[str, int, int]

# Beyond so many all are believed: answers are never so many formulas.
MOST_LOOKED_UP = 20_000
# A formula may point at a formula that points at nothing, and so on.
_ROUNDS = 5
_SHOWN = 20
# What only brings a value from where it stands, and what may stand around that.
_FETCHES = frozenset({
    "VLOOKUP", "HLOOKUP", "LOOKUP", "XLOOKUP", "INDEX", "MATCH", "XMATCH", "CHOOSE", "IFERROR", "IFNA", "N", "VALUE",
    "FILTER", "UNIQUE", "SORT", "TRANSPOSE",
})  # fmt: skip
# These point where no one can see without calculating them.
_ELSEWHERE = frozenset({"INDIRECT", "OFFSET", "GETPIVOTDATA"})
# For empty cells these give the right number: none.
_COUNTS = ("COUNT", "ROWS", "COLUMNS", "LEN", "SUMPRODUCT", "FREQUENCY")
_ADDS = frozenset({"SUM", "AVERAGE", "MAX", "MEDIAN"})
_REFERENCE = re.compile(
    r"(?:(?:'(?P<quoted>(?:[^']|'')+)'|(?P<sheet>[^'!:\[\]]+))!)?"
    r"\$?(?P<left>[A-Za-z]{1,3})?\$?(?P<top>[0-9]{1,7})?(?::\$?(?P<right>[A-Za-z]{1,3})?\$?(?P<bottom>[0-9]{1,7})?)?"
)


@dataclass(frozen=True)
class _Area:
    """Cells that a formula points at, as a rectangle of one sheet (rows and columns from 0, the last ones included)."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class _Pointing:
    """The parts of a formula: the functions it calls, the areas it points at (None if one cannot be looked up)."""

    functions: frozenset[str]
    areas: tuple[_Area, ...] | None
    plain: bool
    compares_text: bool


def without_zeros_of_nothing(
    sheets: Sequence[Sheet], marks: Mapping[str, Marks], uncalculated: bool
) -> tuple[tuple[Sheet, ...], tuple[Remark, ...]]:
    """Return the sheets without zeros that no one has calculated or that stand for empty cells, and the remarks.

    Args:
        sheets: the sheets of the workbook.
        marks: the marks of each sheet by name; ``zeros`` are the formulas that gave 0.
        uncalculated: whether the workbook leaves its calculation to the program that opens it.
    """
    zeros = {
        (sheet.name, *cell): formula
        for sheet in sheets
        if sheet.name in marks
        for cell, formula in marks[sheet.name].zeros.items()
        if sheet.cell(*cell) is not None
    }
    if not zeros:
        return tuple(sheets), ()
    if uncalculated:
        return _changed(sheets, {place: _never(formula) for place, formula in zeros.items()}), ()
    lookup = _Lookup({sheet.name: sheet for sheet in sheets})
    pointing = {place: _pointing(formula, place) for place, formula in list(zeros.items())[:MOST_LOOKED_UP]}
    verdicts: dict[Place, Verdict] = {}
    for _ in range(_ROUNDS):
        verdicts = {place: lookup.judge(target) for place, target in pointing.items()}
        if not lookup.add_empty(place for place, verdict in verdicts.items() if verdict == "nothing"):
            break
    never = "never" in verdicts.values()
    changes: dict[Place, Content | None] = {}
    for place, verdict in verdicts.items():
        if verdict == "nothing":
            changes[place] = None
        elif never:
            # One that contradicts what it points at shows that the workbook was never calculated.
            changes[place] = _never(zeros[place])
    unsettled = [place for place, verdict in verdicts.items() if verdict == "unsettled" and not never]
    return _changed(sheets, changes), _remarks(unsettled)


def _never(formula: Formula) -> CellFault:
    return CellFault(f"={formula.text}", "formula")


def _remarks(unsettled: Iterable[Place]) -> tuple[Remark, ...]:
    by_sheet: dict[str, list[str]] = {}
    for sheet, row, column in sorted(unsettled):
        by_sheet.setdefault(sheet, []).append(address(row, column))
    return tuple(
        Remark("formula_zero", sheet, {"n": len(cells), "cells": ", ".join(cells[:_SHOWN])})
        for sheet, cells in by_sheet.items()
    )


def _changed(sheets: Sequence[Sheet], changes: Mapping[Place, Content | None]) -> tuple[Sheet, ...]:
    by_column: dict[tuple[str, int], dict[int, Content | None]] = {}
    for (name, row, number), content in changes.items():
        by_column.setdefault((name, number), {})[row] = content
    touched = {name for name, _ in by_column}
    return tuple(
        replace(
            sheet,
            columns=tuple(
                column.with_cells(by_column.get((sheet.name, number), {}))
                for number, column in enumerate(sheet.columns)
            ),
        )
        if sheet.name in touched
        else sheet
        for sheet in sheets
    )


def _pointing(formula: Formula, place: Place) -> _Pointing:
    """Parse a formula as it stands in ``place``."""
    sheet, row, column = place
    text = f"={formula.text}"
    try:
        if formula.origin != (row, column):
            text = Translator(text, address(*formula.origin)).translate_formula(address(row, column))
        tokens = [token for token in Tokenizer(text).items if token.type != "WHITE-SPACE"]
    except (TranslatorError, ValueError, IndexError):
        return _Pointing(frozenset(), None, plain=False, compares_text=False)
    functions = frozenset(
        token.value.rstrip("(").upper().removeprefix("_XLFN.")
        for token in tokens
        if token.type == "FUNC" and token.subtype == "OPEN"
    )
    areas = [_area(token.value, sheet) for token in tokens if token.type == "OPERAND" and token.subtype == "RANGE"]
    return _Pointing(
        functions=functions,
        areas=None if None in areas else tuple(area for area in areas if area is not None),
        plain=len(tokens) == 1 and ":" not in tokens[0].value,
        compares_text=any(token.subtype == "TEXT" and len(token.value) > 2 for token in tokens),
    )


def _area(text: str, sheet: str) -> _Area | None:
    """Return the cells of a reference; None for a name, a table or another workbook."""
    match = _REFERENCE.fullmatch(text)
    if match is None or not (match["left"] or match["top"]):
        return None
    name = (match["quoted"] or match["sheet"] or sheet).replace("''", "'")
    ranged = ":" in text.rpartition("!")[2]
    if not ranged and not (match["left"] and match["top"]):
        return None
    left = column_index_from_string(match["left"]) - 1 if match["left"] else 0
    top = int(match["top"]) - 1 if match["top"] else 0
    right = column_index_from_string(match["right"]) - 1 if match["right"] else MOST_COLUMNS if ranged else left
    bottom = int(match["bottom"]) - 1 if match["bottom"] else MOST_ROWS if ranged else top
    return _Area(name, min(top, bottom), min(left, right), max(top, bottom), max(left, right))


@dataclass
class _Lookup:
    """Looks up what formulas point at; ``empty`` are cells with a 0 that has turned out to stand for nothing."""

    sheets: Mapping[str, Sheet]
    empty: set[Place] = field(default_factory=set)
    _known: dict[_Area, frozenset[Content]] = field(default_factory=dict)

    def judge(self, pointing: _Pointing) -> Verdict:
        """Judge the 0 of a formula."""
        if any(function.startswith(_COUNTS) for function in pointing.functions):
            return "stands"
        if pointing.areas is None or pointing.functions & _ELSEWHERE:
            # Names, tables and other workbooks are not looked up.
            return "unsettled" if pointing.functions <= _FETCHES | _ELSEWHERE else "stands"
        if not pointing.areas or not all(area.sheet in self.sheets for area in pointing.areas):
            return "stands"
        contents = [content for area in pointing.areas for content in self._cached(area)]
        if not contents:
            return "unsettled" if pointing.compares_text else "nothing"
        return self._of_contents(pointing, contents)

    def _of_contents(self, pointing: _Pointing, contents: Sequence[Content]) -> Verdict:
        zero = any(_is_zero(content) for content in contents)
        if pointing.plain:
            # A formula that fetches a number or a text never gives 0.
            return "stands" if zero else "never"
        if pointing.functions and pointing.functions <= _ADDS and all(map(_is_positive, contents)):
            return "never"
        if pointing.functions and pointing.functions <= _FETCHES:
            return "unsettled" if zero else "nothing"
        return "stands"

    def _cached(self, area: _Area) -> frozenset[Content]:
        if area not in self._known:
            self._known[area] = self._contents(area)
        return self._known[area]

    def add_empty(self, places: Iterable[Place]) -> bool:
        """Record cells that stand for nothing; return whether any of them is new."""
        before = len(self.empty)
        self.empty.update(places)
        self._known.clear()
        return len(self.empty) > before

    def _contents(self, area: _Area) -> frozenset[Content]:
        """Return the distinct contents of an area, zeros that stand for nothing left out."""
        sheet = self.sheets[area.sheet]
        contents: set[Content] = set()
        rows = slice(area.top, min(area.bottom + 1, sheet.height))
        for number in range(area.left, min(area.right + 1, sheet.width)):
            column = sheet.columns[number]
            codes = column.codes[rows]
            for code in np.unique(codes[codes >= 0]).tolist():
                content = column.values[code]
                standing = ((area.sheet, area.top + int(row), number) for row in np.flatnonzero(codes == code))
                if not _is_zero(content) or any(place not in self.empty for place in standing):
                    contents.add(content)
        return frozenset(contents)


def _is_zero(content: Content) -> bool:
    return isinstance(content, (int, float)) and content == 0


def _is_positive(content: Content) -> bool:
    return isinstance(content, (int, float)) and content > 0
