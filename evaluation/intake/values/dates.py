"""Days: real dates and what people write for them; 3/4/2018 is decided for the whole column or asked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from evaluation.i18n import Translator, languages
from evaluation.intake.folding import fold
from evaluation.intake.values.read import Read, faulty
from evaluation.spreadsheets import CellFault, Content

Order = Literal["dm", "md"]

FIRST_YEAR, LAST_YEAR = 1990, 2100
# Two figures of a year: 90 is 1990, 89 is 2089.
_FIRST_SHORT_YEAR = 90
# What LimeSurvey writes when the day of an answer was not to be kept.
HIDDEN = date(1980, 1, 1)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "tammi januari january jan", "helmi februari february feb", "maalis mars march mar",
            "huhti april apr", "touko maj may", "kesä juni june jun", "heinä juli july jul",
            "elo augusti august aug", "syys september sept sep", "loka oktober october okt oct",
            "marras november nov", "joulu december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# What may stand before a day, as a part of a regular expression.
WEEKDAY = (
    r"(?:(?:ma|ti|ke|to|pe|la|su|(?:maanan|tiis|tors|perjan|lauan|sunnun)tai(?:na)?|keskiviikko(?:na)?|"
    r"(?:mån|tis|ons|tors|fre|lör|sön)(?:dag(?:en)?)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
    r"[.,]* *)?"
)
_TIME = (
    r"(?:[ ,]+(?:klo|kl|at)\.? ?[0-9]{1,2}|"
    r"(?:[ ,]+(?:klo|kl|at)?\.? ?|t)[0-9]{1,2}[.:][0-9]{2}(?:[.:][0-9]{2})?(?:[.,][0-9]+)?(?: ?[ap]\.?m\.?)?"
    r"(?: ?(?:z|(?:utc|gmt)?[+-][0-9]{1,2}(?::?[0-9]{2})?|utc|gmt))?)?"
)
_DAY_FIRST = re.compile(rf"{WEEKDAY}([0-9]{{1,2}})\. ?([0-9]{{1,2}})\. ?([0-9]{{4}}|[0-9]{{2}})\.?{_TIME}")
_YEAR_FIRST = re.compile(rf"{WEEKDAY}([0-9]{{4}})([-/.])([0-9]{{1,2}})\2([0-9]{{1,2}}){_TIME}")
_FIGURES = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_EITHER = re.compile(
    rf"{WEEKDAY}(?:([0-9]{{1,2}})/([0-9]{{1,2}})/([0-9]{{4}}|[0-9]{{2}})|([0-9]{{1,2}})-([0-9]{{1,2}})-([0-9]{{4}}))"
    rf"{_TIME}"
)
_WORDED = re.compile(rf"{WEEKDAY}(?:den )?([0-9]{{1,2}})\.? ([^\W\d_]+)\.?,? ([0-9]{{4}}){_TIME}")
_WORD_FIRST = re.compile(rf"{WEEKDAY}([^\W\d_]+)\.? ([0-9]{{1,2}}),? ([0-9]{{4}}){_TIME}")


@dataclass(frozen=True)
class _Either:
    """A day of which nobody can tell by itself whether the day or the month comes first."""

    first: int
    second: int
    year: int

    def by(self, order: Order) -> date | None:
        """Return the day it is in ``order``, None if there is no such day."""
        return _day(self.year, self.second, self.first) if order == "dm" else _day(self.year, self.first, self.second)


def read_dates(values: Sequence[Content], order: Order | None = None) -> tuple[Read[date], ...]:
    """Return the day that each distinct content of a column says.

    Args:
        values: all the distinct contents of the column, since 3/4/2018 is read as the whole column shows it to be
            meant: by a number over 12 in one place, the majority where there are such numbers in both.
        order: what the worker has said: "dm" for the day first, "md" for the month first.
    """
    parsed = [_parse(content) for content in values]
    unsure = [each for each in parsed if isinstance(each, _Either)]
    order = order or _order_of(unsure)
    readings = _readings(unsure) if unsure and order is None else {}
    return tuple(each if isinstance(each, Read) else _decided(each, order, readings) for each in parsed)


def _order_of(unsure: Sequence[_Either]) -> Order | None:
    day_first = sum(each.first > 12 for each in unsure)
    month_first = sum(each.second > 12 for each in unsure)
    if day_first == month_first:
        return None
    return "dm" if day_first > month_first else "md"


def _readings(unsure: Sequence[_Either]) -> Mapping[str, object]:
    """Return what one of the undecided days may be, for the question to the worker."""
    both = [(each.by("dm"), each.by("md")) for each in unsure]
    dm, md = next(((dm, md) for dm, md in both if dm and md and dm != md), both[0])
    return {"day_first": _written(dm), "month_first": _written(md)}


def _written(day: date | None) -> Mapping[str, str]:
    return {language: Translator(language).date(day) if day else "–" for language in languages()}


def _decided(each: _Either, order: Order | None, readings: Mapping[str, object]) -> Read[date]:
    if order:
        return _within(each.by(order))
    possible = {day for day in (each.by("dm"), each.by("md")) if day}
    if len(possible) == 1 and each.first == each.second:
        return _within(possible.pop())
    return Read(fault="date_undecided", values=readings) if possible else Read(fault="not_a_date")


def _parse(content: Content) -> Read[date] | _Either:
    if isinstance(content, CellFault):
        return faulty(content)
    if isinstance(content, datetime):
        return _within(content.date())
    if isinstance(content, date):
        return _within(content)
    # Eight figures are a day also in a cell of numbers; any other number may be one of Excel's or nothing of the kind.
    text = fold(content) if isinstance(content, str) else _figures(content)
    if not text:
        return Read()
    either = _EITHER.fullmatch(text)
    if either:
        first, second, year = (int(group) for group in either.groups() if group is not None)
        return _Either(first, second, _full(year))
    return _within(next(_days(text), None))


def _figures(content: float) -> str:
    return str(int(content)) if not isinstance(content, bool) and abs(content) < 1e9 and content % 1 == 0 else "–"


def _days(text: str) -> Iterator[date | None]:
    if match := _DAY_FIRST.fullmatch(text):
        yield _day(_full(int(match[3])), int(match[2]), int(match[1]))
    elif match := _YEAR_FIRST.fullmatch(text):
        yield _day(int(match[1]), int(match[3]), int(match[4]))
    elif match := _FIGURES.fullmatch(text):
        yield _day(int(match[1]), int(match[2]), int(match[3]))
    elif match := _WORDED.fullmatch(text):
        yield _day(int(match[3]), _month(match[2]), int(match[1]))
    elif match := _WORD_FIRST.fullmatch(text):
        yield _day(int(match[3]), _month(match[1]), int(match[2]))


def _month(word: str) -> int:
    return _MONTHS.get(re.sub(r"kuu(?:n|ta|ssa)?$", "", word), 0)


def _full(year: int) -> int:
    return year if year > 99 else year + (1900 if year >= _FIRST_SHORT_YEAR else 2000)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _within(day: date | None) -> Read[date]:
    if day == HIDDEN:
        return Read()
    return Read(day) if day and FIRST_YEAR <= day.year <= LAST_YEAR else Read(fault="not_a_date")
