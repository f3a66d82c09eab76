"""What a cell says, whatever kind of file it stands in: the same response as .xlsx and as text compares equal."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from evaluation.intake.folding import fold
from evaluation.intake.values.dates import Order, read_moments
from evaluation.spreadsheets import CellFault, Content

_NUMBER = re.compile(r"([+-]?)0*([0-9]+)(?:[.,]([0-9]*?)0*)?")


def comparable(values: Sequence[Content], order: Order | None = None, utc: bool = False) -> tuple[str, ...]:
    """Return for every distinct content of a column a text that is equal for equal numbers, moments and texts.

    5, 5.0, "5" and "5,00" are one, and so are a moment in a cell and "2.3.2026 10.09". A spreadsheet drops the seconds
    when it saves a moment as text, so a moment is one to the minute; one at midnight is its day. Texts are folded.

    Args:
        values: the distinct contents; what 3/4/2018 means they show together.
        order: the worker's word on such days.
        utc: whether clocks that do not say their zone are of UTC.
    """
    moments = read_moments(values, order, utc=utc)
    return tuple(
        _number(content) or (_moment(read.value) if read.value else _text(content))
        for content, read in zip(values, moments, strict=True)
    )


def _number(content: Content) -> str | None:
    if isinstance(content, (bool, date, CellFault)):
        return None
    match = _NUMBER.fullmatch(content.strip() if isinstance(content, str) else format(content, ".15g"))
    if match is None:
        return None
    whole, fraction = match[2], match[3]
    sign = "-" if match[1] == "-" and (whole != "0" or fraction) else ""
    return f"{sign}{whole}.{fraction}" if fraction else sign + whole


def _moment(value: date) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat() if _to_minute(value.time()) == time() else f"{value:%Y-%m-%dT%H:%M}"
    return value.isoformat()


def _to_minute(clock: time) -> time:
    return clock.replace(second=0, microsecond=0)


def _text(content: Content) -> str:
    return fold(content.text if isinstance(content, CellFault) else str(content))
