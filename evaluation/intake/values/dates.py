"""Days of a column: real dates and what people write for them; what one cell leaves open the whole column decides.

3/4/2018 is read as the other days of its column show it to be meant. Where a spreadsheet has read the days of another
country, those up to the 12th have become dates with day and month swapped and the others have stayed texts: such a
column becomes a question. Numbers that may be Excel's days are read only with an ``epoch``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from evaluation.i18n import Translator, languages
from evaluation.intake.folding import fold
from evaluation.intake.values.cell_values import Read, faulty
from evaluation.intake.values.stamps import WEEKDAY, Order, Stamp, at_home, read_stamp
from evaluation.spreadsheets import CellFault, Content

__all__ = ["FIRST_YEAR", "WEEKDAY", "Epoch", "Order", "day_number", "read_dates", "read_moments"]

# The year in which Excel's calendar begins, of which old workbooks of Macintosh have the second.
Epoch = Literal[1900, 1904]

FIRST_YEAR, LAST_YEAR = 1990, 2100
# What LimeSurvey writes when the day of an answer was not to be kept.
HIDDEN = date(1980, 1, 1)
# What REDCap stamps a survey with that was begun and not sent, folded.
UNSENT = "[not completed]"
_BEGINNINGS: Mapping[Epoch, datetime] = {1900: datetime(1899, 12, 30), 1904: datetime(1904, 1, 1)}  # noqa: DTZ001
_LAST_IN_BOTH = 12

_Parsed = Read[date] | Stamp

_NUMBER = re.compile(r"([+-]?)0*([0-9]+)(?:[.,]([0-9]*?)0*)?")


def read_dates(
    values: Sequence[Content], order: Order | None = None, epoch: Epoch | None = None, utc: bool = False
) -> tuple[Read[date], ...]:
    """Return the day of every distinct content of a column, as ``read_moments`` does without the clock."""
    return tuple(
        replace(read, value=read.value.date()) if isinstance(read.value, datetime) else read
        for read in read_moments(values, order, epoch, utc)
    )


def read_moments(
    values: Sequence[Content], order: Order | None = None, epoch: Epoch | None = None, utc: bool = False
) -> tuple[Read[date], ...]:
    """Return the Finnish day, or the moment where there is a clock, of every distinct content of a column.

    Args:
        values: all the distinct contents of the column, since 3/4/2018 is read as the whole column shows it to be
            meant: by a number over 12 in one place, the majority where there are such numbers in both.
        order: the worker's word: "dm" for the day first, "md" for the month first.
        epoch: the calendar by which numbers are days; None where numbers are none.
        utc: whether clocks that do not say their zone are of UTC.
    """
    parsed = [_parse(content, epoch, utc) for content in values]
    unsure = [stamp for stamp in parsed if isinstance(stamp, Stamp) and not stamp.decided]
    visible = _order_of(unsure)
    swapped = _swapped(values, parsed, visible or order)
    settled = (visible if swapped else None) or order or visible
    readings = _readings(unsure) if unsure and settled is None else {}
    return tuple(
        _as_it_stood(stamp, swapped, order) if swapped and _by_machine(content, stamp)
        else _decided(stamp, settled, readings, utc)
        for content, stamp in zip(values, parsed, strict=True)
    )  # fmt: skip


def day_number(content: Content, epoch: Epoch = 1900) -> datetime | None:
    """Return the moment that a bare number counts days to in Excel's calendar, None where it counts to no such day."""
    if isinstance(content, bool) or not isinstance(content, (int, float, str)):
        return None
    try:
        days = float(content.strip().replace(",", ".")) if isinstance(content, str) else float(content)
        moment = _BEGINNINGS[epoch] + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return moment.replace(microsecond=0) if FIRST_YEAR <= moment.year <= LAST_YEAR else None


def _order_of(unsure: Sequence[Stamp]) -> Order | None:
    day_first = sum(stamp.first > _LAST_IN_BOTH for stamp in unsure)
    month_first = sum(stamp.second > _LAST_IN_BOTH for stamp in unsure)
    if day_first == month_first:
        return None
    return "dm" if day_first > month_first else "md"


def _by_machine(content: Content, stamp: _Parsed) -> bool:
    """Tell whether a day is a real date or written as programs write one, and so may have been read from a text."""
    return isinstance(content, date) or (isinstance(stamp, Stamp) and stamp.year_first)


def _swapped(values: Sequence[Content], parsed: Sequence[_Parsed], order: Order | None) -> Order | None:
    """Return the order of the texts of a column whose real dates may be swapped; None where they are not.

    They may be where they all lie in the first twelve days of a month and all the texts beside them do not: a program
    that took the month for the day could not make dates of these.
    """
    days, texts, month_first = [], [], False
    for content, stamp in zip(values, parsed, strict=True):
        if _by_machine(content, stamp):
            days.append(_value(stamp))
        elif isinstance(stamp, Stamp):
            turned = not stamp.decided and order == "md"
            texts.append(stamp.second if turned else stamp.first)
            month_first |= turned
    real = [day for day in days if day is not None]
    if not texts or not real or any(day.day > _LAST_IN_BOTH for day in real) or min(texts) <= _LAST_IN_BOTH:
        return None
    return "md" if month_first else "dm"


def _value(stamp: _Parsed) -> date | None:
    return stamp.by("dm") if isinstance(stamp, Stamp) else stamp.value


def _as_it_stood(stamp: _Parsed, written: Order, order: Order | None) -> Read[date]:
    """Return a date of a column that may be swapped, by the worker's word; undecided without it.

    Args:
        stamp: the date as it stands.
        written: the order of the texts that have stayed texts; in that order the date was written too, if swapped.
        order: the worker's word.
    """
    day = _value(stamp)
    if day is None or day.day == day.month:
        return _within(day)
    turned = day.replace(month=day.day, day=day.month)
    if order is not None:
        return _within(turned if order == written else day)
    first, second = (turned, day) if written == "dm" else (day, turned)
    return Read(fault="date_undecided", values={"day_first": _written(first), "month_first": _written(second)})


def _readings(unsure: Sequence[Stamp]) -> Mapping[str, object]:
    """Return what one of the undecided days may be, for the question to the worker."""
    both = [(stamp.by("dm"), stamp.by("md")) for stamp in unsure]
    dm, md = next(((dm, md) for dm, md in both if dm and md and dm != md), both[0])
    return {"day_first": _written(dm), "month_first": _written(md)}


def _written(day: date | None) -> Mapping[str, str]:
    return {language: Translator(language).date(day) if day else "–" for language in languages()}


def _decided(stamp: _Parsed, order: Order | None, readings: Mapping[str, object], utc: bool) -> Read[date]:
    if not isinstance(stamp, Stamp):
        return stamp
    if stamp.decided or order:
        return _within(stamp.by(order or "dm", utc))
    possible = {day for day in (stamp.by("dm", utc), stamp.by("md", utc)) if day}
    if len(possible) == 1 and stamp.first == stamp.second:
        return _within(possible.pop())
    return Read(fault="date_undecided", values=readings) if possible else Read(fault="not_a_date")


def _parse(content: Content, epoch: Epoch | None, utc: bool) -> _Parsed:
    if isinstance(content, CellFault):
        return faulty(content)
    if isinstance(content, datetime):
        return _within(at_home(content) if utc else content)
    if isinstance(content, date):
        return _within(content)
    if epoch is not None and (moment := day_number(content, epoch)) is not None:
        return _within(moment.date() if moment.time() == time() else moment)
    # Eight figures are a day also in a cell of numbers; any other number may be one of Excel's or nothing of the kind.
    text = fold(content) if isinstance(content, str) else _figures(content)
    if not text or text == UNSENT:
        return Read()
    return read_stamp(text) or Read(fault="not_a_date")


def _figures(content: float) -> str:
    return str(int(content)) if not isinstance(content, bool) and abs(content) < 1e9 and content % 1 == 0 else "–"


def _within(day: date | None) -> Read[date]:
    if day is not None and (day.year, day.month, day.day) == (HIDDEN.year, HIDDEN.month, HIDDEN.day):
        return Read()
    return Read(day) if day and FIRST_YEAR <= day.year <= LAST_YEAR else Read(fault="not_a_date")


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
