"""Headings of a register's sessions: numbered, dated or both."""

import re
from datetime import date

from evaluation.intake.folding import fold
from evaluation.intake.table import Session
from evaluation.intake.values import read_dates
from evaluation.spreadsheets import Content

_SESSION = re.compile(
    r"^(?:(\d+)\.?\s*(?:kerta|gång|gången|session|tapaaminen)|(?:kerta|tapaaminen|gång|session)\s*(\d+))\b\.?\s*(.*)$"
)


def session_of(cell: Content | None, number: int) -> Session | None:
    """Read a heading of a register: "Kerta 3", "3. kerta 5.9.2018" or a day; a day alone gets ``number``."""
    day = _day(cell)
    if day is not None:
        return Session(number, day)
    match = _SESSION.match(fold(cell)) if isinstance(cell, str) else None
    if match is None:
        return None
    return Session(int(match[1] or match[2]), _day(match[3]))


def _day(cell: Content | None) -> date | None:
    # A number alone is a session's or an answer's.
    if isinstance(cell, date) or (isinstance(cell, str) and not cell.strip().isdigit()):
        return read_dates([cell])[0].value
    return None
