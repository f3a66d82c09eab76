"""Headings → columns: which question or system column stands under each heading of a table."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz, process

from evaluation.definitions import Library, Questionnaire
from evaluation.definitions.columns import SESSION_ITEM, SYSTEM_COLUMNS, system_headings
from evaluation.intake.answers import read_date
from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.workbook import CellFault, Sheet, Value

HEADER_ROWS_SEARCHED = 20
NEAR_ENOUGH = 75
_SESSION = re.compile(r"^(?:(\d+)\.?\s*(?:kerta|gång|gången|session)|(?:kerta|gång|session)\s*(\d+))\b\.?\s*(.*)$")


@dataclass(frozen=True)
class Session:
    """A column of a register: the number of the session, and its day if the heading tells it."""

    number: int
    held_on: date | None


@dataclass(frozen=True)
class Header:
    """The header of a table: its row (from 0), and by column (from 0) the id, session or strange heading there."""

    row: int
    columns: Mapping[int, str]
    sessions: Mapping[int, Session] = field(default_factory=dict)
    unknown: Mapping[int, str] = field(default_factory=dict)
    repeated: Mapping[int, str] = field(default_factory=dict)

    @property
    def items(self) -> frozenset[str]:
        """The ids of the questions asked."""
        return frozenset(self.columns.values()) - set(SYSTEM_COLUMNS)

    def column(self, column_id: str) -> int | None:
        """Return where ``column_id`` stands, or None."""
        return next((number for number, found in self.columns.items() if found == column_id), None)


class HeadingBook:
    """Every way the headings of the library's questions may be written."""

    def __init__(self, library: Library) -> None:
        """Learn the ids, texts and short texts of all questions, and the system columns, in every language."""
        self._ids: dict[str, str] = {}
        for column in SYSTEM_COLUMNS:
            for text in (column, *system_headings(column).values()):
                self._ids[fold_heading(text)] = column
        # A short text may be shared by a question about now and one about change; the full text never is.
        shorts: dict[str, set[str]] = {}
        for item in library.items.values():
            if item.id == SESSION_ITEM:
                continue
            for text in (item.id, *item.text.values()):
                self._ids.setdefault(fold_heading(text), item.id)
            for text in item.short.values():
                shorts.setdefault(fold_heading(text), set()).add(item.id)
        for text, ids in shorts.items():
            if len(ids) == 1:
                self._ids.setdefault(text, next(iter(ids)))

    def find(self, sheet: Sheet) -> Header | None:
        """Return the header of the table on ``sheet``: the row among the first with most known headings."""
        best: Header | None = None
        for number, row in enumerate(sheet.rows[:HEADER_ROWS_SEARCHED]):
            header = self._read(number, row)
            if header and (best is None or _weight(header) > _weight(best)):
                best = header
        return best

    def nearest(self, heading: str, allowed: frozenset[str]) -> str | None:
        """Return the id of the question that ``heading`` resembles most, if any of ``allowed`` does."""
        known = [text for text, found in self._ids.items() if found in allowed]
        match = process.extractOne(fold_heading(heading), known, scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH)
        return self._ids[match[0]] if match else None

    def _read(self, number: int, row: Sequence[Value | CellFault]) -> Header | None:
        columns: dict[int, str] = {}
        sessions: dict[int, Session] = {}
        unknown: dict[int, str] = {}
        repeated: dict[int, str] = {}
        for column, cell in enumerate(row):
            if cell is None:
                continue
            found = self._ids.get(fold_heading(cell)) if isinstance(cell, str) else None
            session = _session(cell, len(sessions) + 1) if found is None else None
            if found is not None and found in columns.values():
                repeated[column] = str(cell)
            elif found is not None:
                columns[column] = found
            elif session is not None:
                sessions[column] = session
            else:
                unknown[column] = cell.text if isinstance(cell, CellFault) else str(cell)
        header = Header(number, columns, sessions, unknown, repeated)
        return header if len(columns) >= 2 or (columns and sessions) else None


def _weight(header: Header) -> int:
    return 2 * len(header.items) + len(header.columns) + (1 if header.sessions else 0)


def _session(cell: Value | CellFault, number: int) -> Session | None:
    """Read a heading such as "Kerta 3", "3. kerta 5.9.2018" or a date; sessions without a number follow in order."""
    if isinstance(cell, (str, date)):
        day = read_date(cell).value
        if day is not None:
            return Session(number, day)
    match = _SESSION.match(fold(cell)) if isinstance(cell, str) else None
    if match is None:
        return None
    return Session(int(match[1] or match[2]), read_date(match[3]).value if match[3] else None)


def questionnaires_with(header: Header, library: Library) -> tuple[Questionnaire, ...]:
    """Return the latest questionnaires that ask all that the header asks, the shortest first."""
    fitting = [
        form
        for form in (library.questionnaire(form_id) for form_id in library.questionnaire_ids)
        if _fits(header, form)
    ]
    return tuple(sorted(fitting, key=lambda form: len(form.items)))


def _fits(header: Header, form: Questionnaire) -> bool:
    if bool(header.sessions) != (form.kind == "register"):
        return False
    return (bool(header.items) or form.kind == "register") and header.items <= {item.id for item in form.items}
