"""What became of every cell of a sheet in its draft: no cell with content is left out."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from evaluation.definitions import CHOSEN, OPTION_MARK
from evaluation.definitions.columns import ANSWERED_ON, PARTICIPANT
from evaluation.intake.folding import fold
from evaluation.intake.matching import SYSTEM_TARGETS
from evaluation.records import ColumnMatch, Draft, Problem
from evaluation.spreadsheets import EMPTY, Sheet

# In this order, so that a cell's outcome is its number: 0 stands for an empty cell.
Outcome = Literal[
    "empty", "title", "band", "heading", "answer", "code", "day", "background", "no_answer", "not_understood",
    "rejected", "held", "set_aside", "left_out", "personal", "beside",
]  # fmt: skip
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
NUMBER: Mapping[Outcome, int] = {outcome: number for number, outcome in enumerate(OUTCOMES)}
# Rows with these problems hold no answers, whatever the severity.
_ASIDE = ("total_row", "formula_row", "no_answers")
# A band of times stands at most so far above the headings.
_BAND = 2

Codes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
ItemText = tuple[str, str]


class Place(NamedTuple):
    """A cell by its row and column, from 0."""

    row: int
    column: int


@dataclass(frozen=True, eq=False)
class SheetOutcomes:
    """A sheet with the outcome of its cells.

    ``sheet`` is turned where its questions stand below one another. ``codes`` holds an array for every column with the
    number in OUTCOMES of its cells. ``columns`` says what the tables match every column (from 0) to, the uppermost
    first; ``headers`` are the rows of headings.
    """

    sheet: Sheet
    codes: tuple[Codes, ...]
    columns: Mapping[int, tuple[ColumnMatch, ...]]
    headers: tuple[int, ...]

    def outcome(self, row: int, column: int) -> Outcome:
        """Return what became of a cell."""
        return OUTCOMES[int(self.codes[column][row])]

    def counts(self) -> dict[Outcome, int]:
        """Return how many cells became what, empty ones left out."""
        totals = np.zeros(len(OUTCOMES), dtype=np.int64)
        for codes in self.codes:
            totals += np.bincount(codes, minlength=len(OUTCOMES))
        return {outcome: int(n) for outcome, n in zip(OUTCOMES, totals, strict=True) if n and outcome != "empty"}


def outcomes_of(
    sheet: Sheet, draft: Draft, unread: Collection[ItemText] = (), waiting: Collection[tuple[str, int]] = ()
) -> SheetOutcomes:
    """Return what became of the cells of ``sheet``.

    Args:
        sheet: as it stands in the workbook, its name as the draft says it.
        draft: the draft of the file.
        unread: answers (item and text as compared) that were left out because nobody knows what they mean.
        waiting: rows (sheet and number from 1) that wait for a decision, such as which of two forms holds.
    """
    matches = [match for match in draft.columns if match.sheet == sheet.name]
    if _is_counted(draft, sheet.name):
        return _counted(sheet, matches)
    turned = is_turned(matches)
    seen = sheet.turn() if turned and not sheet.turned else sheet
    columns: dict[int, list[tuple[int, ColumnMatch]]] = defaultdict(list)
    for match in matches:
        for cell in (match.cell, *match.further):
            place = place_of(cell, turned)
            columns[place.column].append((place.row, match))
    headers = tuple(sorted({row for entries in columns.values() for row, _ in entries}))
    rows = _Rows(seen, draft, headers, turned, waiting)
    reader = _Cells(seen, draft, rows, headers, unread)
    codes = tuple(
        reader.column(number, sorted(columns.get(number, []), key=lambda pair: pair[0])) for number in range(seen.width)
    )
    column_matches = {
        number: tuple(match for _, match in sorted(entries, key=lambda pair: pair[0]))
        for number, entries in columns.items()
    }
    return SheetOutcomes(seen, codes, column_matches, headers)


def place_of(cell: str, turned: bool = False) -> Place:
    """Return the place of an address such as B12; of a turned sheet with row and column swapped."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    row = int(cell[len(letters) :])
    return Place(column - 1, row - 1) if turned else Place(row - 1, column - 1)


def is_turned(matches: Collection[ColumnMatch]) -> bool:
    """Tell whether the questions of a sheet stand below one another, with a column per person."""
    places = [place_of(match.cell) for match in matches]
    return len({place.column for place in places}) == 1 and len({place.row for place in places}) > 1


def _is_counted(draft: Draft, sheet: str) -> bool:
    """Tell whether the sheet holds counted answers: its forms have no row."""
    return bool(((draft.responses["sheet"] == sheet) & (draft.responses["row"] == 0)).any())


def _counted(sheet: Sheet, matches: Collection[ColumnMatch]) -> SheetOutcomes:
    """Return the outcomes of a table of counts: the counts of a question stand in the row of its heading."""
    codes = [np.where(column.filled, NUMBER["beside"], 0).astype(np.uint8) for column in sheet.columns]
    places = [(place_of(match.cell), match) for match in matches]
    first = min((place.row for place, _ in places), default=0)
    for column in codes:
        column[:first][column[:first] > 0] = NUMBER["title"]
        if first and column[first - 1]:
            column[first - 1] = NUMBER["heading"]
    for place, match in places:
        for number in range(place.column, sheet.width):
            if codes[number][place.row]:
                codes[number][place.row] = NUMBER["heading" if number == place.column else _outcome_of(match)]
    return SheetOutcomes(sheet, tuple(codes), {}, (first - 1,) if first else ())


class _Rows:
    """What became of the rows of a sheet as a whole: a mask for every outcome, by timing where columns have several."""

    def __init__(
        self, sheet: Sheet, draft: Draft, headers: tuple[int, ...], turned: bool, waiting: Collection[tuple[str, int]]
    ) -> None:
        self._height = sheet.height
        responses = draft.responses[draft.responses["sheet"] == sheet.name]
        responses = responses[responses["row"] > 0]
        waiting_rows = {row - 1 for name, row in waiting if name == sheet.name}
        self.accepted: dict[str | None, Mask] = {None: self._mask(responses["row"] - 1)}
        for timing, group in responses.groupby("timing"):
            self.accepted[str(timing)] = self._mask(group["row"] - 1)
        self.responses = responses
        self.aside, self.rejected = self._mask(()), self._mask(())
        self.spoiled: set[Place] = set()
        for problem in draft.problems:
            if problem.sheet == sheet.name and problem.cell:
                self._note(problem, place_of(problem.cell, turned), headers)
        self.waiting = self._mask(waiting_rows) if waiting_rows else self._mask(())
        self.all_waiting = _holds(draft, sheet.name)
        self.titles = self._titles(sheet, headers)

    def _mask(self, rows: Iterable[int]) -> Mask:
        mask = np.zeros(self._height, dtype=bool)
        there = np.array(list(rows), dtype=np.int64)
        mask[there[(there >= 0) & (there < self._height)]] = True
        return mask

    def _note(self, problem: Problem, place: Place, headers: tuple[int, ...]) -> None:
        if place.row in headers or place.row >= self._height or not headers or place.row < headers[0]:
            return
        if problem.code in _ASIDE or (problem.severity == "notice" and not self.accepted[None][place.row]):
            self.aside[place.row] = True
        elif problem.severity == "error":
            self.rejected[place.row] = True
            self.spoiled.add(place)

    def _titles(self, sheet: Sheet, headers: tuple[int, ...]) -> Mask:
        """Return the rows above a header that belong to it: all above the first, else those up to an empty row."""
        titles = np.zeros(self._height, dtype=bool)
        if not headers:
            return titles
        titles[: headers[0]] = True
        filled = sheet.filled_rows()
        known = self.accepted[None] | self.aside | self.rejected | self.waiting
        for before, header in pairwise(headers):
            row = header - 1
            while row > before and filled[row] and not known[row]:
                titles[row] = True
                row -= 1
        return titles


def _holds(draft: Draft, sheet: str) -> bool:
    """Tell whether all rows of a sheet wait: for something that is missing, or for an answer to a question."""
    missing = any(
        problem.severity == "error" and problem.cell is None and problem.sheet in (sheet, None)
        for problem in draft.problems
    )
    return missing or any(question.waiting and question.sheet in (sheet, None) for question in draft.questions)


class _Cells:
    """Finds the outcome of cells, a column at a time."""

    def __init__(
        self, sheet: Sheet, draft: Draft, rows: _Rows, headers: tuple[int, ...], unread: Collection[ItemText]
    ) -> None:
        self._sheet, self._draft, self._rows, self._headers = sheet, draft, rows, headers
        self._unread = set(unread)
        self._valued = _Valued(draft, rows, sheet.height)
        self._bands = {
            (row, column)
            for top, left, bottom, right in sheet.merged
            if top == bottom and (left, right) != (0, sheet.width - 1) and right > left
            for row in (top,)
            for column in range(left, right + 1)
        }

    def column(self, number: int, matches: list[tuple[int, ColumnMatch]]) -> Codes:
        """Return the outcomes of the cells of a column with its ``matches`` (header row, match) in the tables."""
        content = self._sheet.columns[number]
        codes = np.zeros(self._sheet.height, dtype=np.uint8)
        if not content.values:
            return codes
        codes[content.filled] = NUMBER["beside"]
        first = self._headers[0] if self._headers else 0
        for row in np.flatnonzero(content.filled & self._rows.titles):
            codes[row] = NUMBER[self._above(int(row), number)]
        for header, below in _sections(matches, self._sheet.height):
            here = np.zeros(self._sheet.height, dtype=bool)
            here[header + 1 : below] = True
            here &= content.filled & ~self._rows.titles
            for match in [match for row, match in matches if row == header]:
                self._fill(codes, here, number, match)
            if content.codes[header] != EMPTY:
                codes[header] = NUMBER["heading"]
        for header in self._headers:
            if content.codes[header] != EMPTY and codes[header] == NUMBER["beside"] and header >= first:
                codes[header] = NUMBER["heading"]
        return codes

    def _above(self, row: int, column: int) -> Outcome:
        near = any(0 < header - row <= _BAND for header in self._headers)
        several = int(self._sheet.filled_cells()[row]) > 1
        return "band" if near and ((row, column) in self._bands or several) else "title"

    def _fill(self, codes: Codes, here: Mask, number: int, match: ColumnMatch) -> None:
        """Set the outcomes of the cells ``here`` of a column as far as ``match`` tells them."""
        rows, unset = self._rows, codes == NUMBER["beside"]
        accepted = rows.accepted.get(match.timing) if match.timing else rows.accepted[None]
        if accepted is None:
            accepted = np.zeros(self._sheet.height, dtype=bool)
        known = accepted | rows.aside | rows.rejected | rows.waiting
        outcome = _outcome_of(match)
        put = here & unset
        if rows.all_waiting:
            # What a column is may be known once the answer is.
            sure = match.kind in ("left_out", "personal")
            codes[put & ~known] = NUMBER[outcome if sure else "held"]
        elif match.timing:
            codes[put & ~known] = NUMBER[outcome if outcome in ("left_out", "personal") else "no_answer"]
        codes[put & rows.rejected] = NUMBER[outcome if outcome in ("left_out", "personal") else "rejected"]
        for place in rows.spoiled:
            if place.column == number and put[place.row]:
                codes[place.row] = NUMBER["not_understood"]
        codes[put & accepted] = NUMBER[outcome]
        if outcome == "answer" and match.target is not None:
            blank = put & accepted & ~self._valued.rows(match.target, match.timing, marks=bool(match.further))
            codes[blank] = NUMBER["no_answer"]
            codes[put & accepted & self._not_known(number, match.target)] = NUMBER["not_understood"]
        codes[put & rows.aside & ~accepted] = NUMBER["set_aside"]
        codes[put & rows.waiting] = NUMBER[outcome if outcome in ("left_out", "personal") else "held"]

    def _not_known(self, number: int, item: str) -> Mask:
        column = self._sheet.columns[number]
        texts = {text for name, text in self._unread if name == item}
        several = self._valued.several(item)
        contents = ((code, fold(str(content))) for code, content in enumerate(column.values) if texts)
        # One of several choices may be unknown among others.
        unknown = [
            code for code, content in contents if content in texts or (several and any(t in content for t in texts))
        ]
        return np.isin(column.codes, unknown)


def _sections(matches: list[tuple[int, ColumnMatch]], height: int) -> Iterator[tuple[int, int]]:
    """Yield the header rows of a column with the row where the next one begins."""
    headers = sorted({row for row, _ in matches})
    yield from pairwise([*headers, height])


def _outcome_of(match: ColumnMatch) -> Outcome:
    """Return what becomes of the cells of a column in rows that are saved."""
    if match.kind == "session":
        return "answer"
    if match.target is None:
        return "personal" if match.kind == "personal" else "left_out"
    if match.target == PARTICIPANT:
        return "code"
    if match.target == ANSWERED_ON:
        return "day"
    return "background" if match.target in SYSTEM_TARGETS else "answer"


class _Valued:
    """Which rows of a sheet have a value of an item."""

    def __init__(self, draft: Draft, rows: _Rows, height: int) -> None:
        self._height = height
        responses = rows.responses[["response_no", "row", "timing"]]
        self._places = {
            str(item): group
            for frame in (draft.answers, draft.texts[["response_no", "item"]])
            for item, group in frame.merge(responses, on="response_no").groupby("item", observed=True)
        }
        self._options: dict[str, list[str]] = {}
        for item in self._places:
            question, mark, _ = item.partition(OPTION_MARK)
            if mark:
                self._options.setdefault(question, []).append(item)

    def several(self, item: str) -> bool:
        """Tell whether ``item`` is a question of several choices."""
        return item in self._options

    def rows(self, item: str, timing: str | None, marks: bool) -> Mask:
        """Return the rows that have a value of ``item``, in forms of ``timing`` where there is one.

        Of several choices these are the rows that choose any, or with ``marks``, a column an option, those asked.
        """
        mask = np.zeros(self._height, dtype=bool)
        for name in self._options.get(item, [item]):
            group = self._places.get(name)
            if group is not None:
                chosen = group if marks or name == item else group[group["value"] == CHOSEN]
                at_time = chosen[chosen["timing"] == timing] if timing else chosen
                mask[at_time["row"].to_numpy(np.int64) - 1] = True
        return mask
