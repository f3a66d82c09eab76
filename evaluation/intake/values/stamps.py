"""Days and moments as people and tools write them, and the Finnish day that they fall on.

Names of months and halves of the day are those of Babel's Finnish, Swedish and English; what the letters of a time
zone stand for comes from the system's rules of a few zones for summer and winter.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale

from evaluation.intake.folding import fold

Order = Literal["dm", "md"]

HOME = ZoneInfo("Europe/Helsinki")
# Two figures of a year: 90 is 1990, 89 is 2089.
_FIRST_SHORT_YEAR = 90
_LANGUAGES = ("fi", "sv", "en", "en_GB")
_ZONES = (
    "Europe/Helsinki", "Europe/Stockholm", "Europe/London", "America/New_York", "America/Chicago", "America/Denver",
    "America/Los_Angeles",
)  # fmt: skip
# What may stand before a day, as a part of a regular expression.
WEEKDAY = (
    r"(?:(?:ma|ti|ke|to|pe|la|su|(?:maanan|tiis|tors|perjan|lauan|sunnun)tai(?:na)?|keskiviikko(?:na)?|"
    r"(?:mån|tis|ons|tors|fre|lör|sön)(?:dag(?:en)?)?|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
    r"[.,]* *)?"
)


@cache
def _months() -> Mapping[str, int]:
    """Return the number of every name of a month, without its Finnish ending."""
    names = {
        fold(name).strip("."): number
        for language in _LANGUAGES
        for forms in Locale.parse(language).months.values()
        for width in ("wide", "abbreviated")
        for number, name in forms[width].items()
    }
    return {_bare(name): number for name, number in names.items()}


def _bare(month: str) -> str:
    return re.sub(r"k(?:uu(?:n|ta|ssa)?)?$", "", month)


@cache
def _halves() -> Mapping[str, str]:
    """Return "am" or "pm" for every way to write a half of the day, without points and spaces."""
    return {
        re.sub(r"[. ]", "", fold(name)): half
        for language in _LANGUAGES
        for forms in Locale.parse(language).day_periods.values()
        for names in forms.values()
        for half in ("am", "pm")
        if (name := names.get(half))
    }


@cache
def _offsets() -> Mapping[str, timedelta]:
    """Return what the letters of a time zone stand for: {"eest": 3 hours, …}."""
    seasons = (datetime(2024, 1, 15, 12, tzinfo=UTC), datetime(2024, 7, 15, 12, tzinfo=UTC))
    moments = [moment.astimezone(ZoneInfo(zone)) for zone in _ZONES for moment in seasons]
    letters = {fold(moment.tzname() or ""): moment.utcoffset() or timedelta() for moment in moments}
    return {**letters, "z": timedelta(), "utc": timedelta(), "gmt": timedelta()}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of days with groups by name: day, month and year, or first, second and year."""
    half = "|".join(sorted((r"\.? ?".join(map(re.escape, name)) for name in _halves()), key=len, reverse=True))
    letters = "|".join(sorted(_offsets(), key=len, reverse=True))
    clock = (
        r"(?:[ ,]+(?:klo|kello|kl|at)\.? ?(?P<hour_alone>[0-9]{1,2})|"
        rf"(?:[ ,]+(?:klo|kello|kl|at)?\.? ?|t)(?:(?P<half_before>{half})\.? ?)?"
        r"(?P<hour>[0-9]{1,2})[.:](?P<minute>[0-9]{2})(?:[.:][0-9]{2})?(?:[.,][0-9]+)?"
        rf"(?: ?(?P<half>{half})\.?)?"
        rf"(?: ?(?:(?:utc|gmt)?(?P<offset>[+-][0-9]{{1,2}}(?::?[0-9]{{2}})?)|(?P<zone>{letters})))?"
        r"(?: ?[(\[][^()\[\]]*[)\]])?)?"
    )
    figures, year = "[0-9]{1,2}", "(?P<year>[0-9]{4}|[0-9]{2})"
    days = (
        rf"(?P<day>{figures})\. ?(?P<month>{figures})\. ?{year}\.?",
        rf"(?P<year>[0-9]{{4}})(?P<sign>[-/.])(?P<month>{figures})(?P=sign)(?P<day>{figures})",
        rf"(?P<first>{figures})/(?P<second>{figures})/{year}",
        rf"(?P<first>{figures})-(?P<second>{figures})-(?P<year>[0-9]{{4}})",
        rf"(?:den )?(?P<day>{figures})(?:\.? |-|\.)(?P<word>[^\W\d_]+)(?:\.?,? |-){year}",
        rf"(?<![^\W\d_])(?P<word>[^\W\d_]+)\.? (?P<day>{figures}),? (?P<year>[0-9]{{4}})",
    )
    return (
        re.compile(r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"),
        *(re.compile(WEEKDAY + day + clock) for day in days),
    )


@dataclass(frozen=True)
class Stamp:
    """A day as it is written, with its clock where it has one.

    ``first`` and ``second`` are the day and the month where ``decided``, else nobody can tell by itself which is which.
    ``year_first`` tells a day that begins with its year. ``offset`` is how far its clock is ahead of UTC, None where it
    does not say.
    """

    year: int
    first: int
    second: int
    decided: bool = True
    year_first: bool = False
    clock: time | None = None
    offset: timedelta | None = None

    def by(self, order: Order, utc: bool = False) -> date | datetime | None:
        """Return the Finnish day or moment in ``order``, None if there is none.

        Args:
            order: which of the two figures is the day, where that is not decided.
            utc: whether a clock that does not say its zone is of UTC.
        """
        day, month = (self.first, self.second) if self.decided or order == "dm" else (self.second, self.first)
        try:
            answered = date(self.year, month, day)
        except ValueError:
            return None
        if self.clock is None:
            return answered
        offset = timedelta() if utc and self.offset is None else self.offset
        moment = datetime.combine(answered, self.clock)
        return moment if offset is None else at_home(moment, offset)


def at_home(moment: datetime, offset: timedelta = timedelta()) -> datetime:
    """Return ``moment``, whose clock is ``offset`` ahead of UTC, as a clock in Finland shows it."""
    return moment.replace(tzinfo=timezone(offset)).astimezone(HOME).replace(tzinfo=None)


def read_stamp(text: str) -> Stamp | None:
    """Return the day or moment that a folded ``text`` writes; None where it writes none."""
    for pattern in _patterns():
        if match := pattern.fullmatch(text):
            return _stamp({name: text for name, text in match.groupdict().items() if text is not None})
    return None


def _stamp(groups: Mapping[str, str]) -> Stamp | None:
    clock = _clock(groups)
    month = _months().get(_bare(groups["word"]), 0) if "word" in groups else int(groups.get("month", 0))
    if clock is False or ("first" not in groups and not month):
        return None
    return Stamp(
        year=_full(int(groups["year"])),
        first=int(groups["first"] if "first" in groups else groups["day"]),
        second=int(groups["second"]) if "second" in groups else month,
        decided="first" not in groups,
        year_first="sign" in groups,
        clock=clock or None,
        offset=_offset(groups),
    )


def _clock(groups: Mapping[str, str]) -> time | Literal[False] | None:
    """Return the hour and minute; None where there is no clock, False for an impossible one."""
    hour = groups.get("hour") or groups.get("hour_alone")
    if hour is None:
        return None
    half = _halves().get(re.sub(r"[. ]", "", groups.get("half") or groups.get("half_before") or ""))
    number = int(hour)
    # 12 at night is 0, 12 at noon stays; "14:30 PM" is what it says.
    if half and number <= 12:
        number = number % 12 + (12 if half == "pm" else 0)
    return time(number, int(groups.get("minute", 0))) if number < 24 and int(groups.get("minute", 0)) < 60 else False


def _offset(groups: Mapping[str, str]) -> timedelta | None:
    if zone := groups.get("zone"):
        return _offsets()[zone]
    figures = groups.get("offset")
    if figures is None:
        return None
    digits = figures[1:].replace(":", "")
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    ahead = timedelta(hours=hours, minutes=minutes)
    if ahead >= timedelta(days=1):
        return None
    return ahead if figures[0] == "+" else -ahead


def _full(year: int) -> int:
    return year if year > 99 else year + (1900 if year >= _FIRST_SHORT_YEAR else 2000)
