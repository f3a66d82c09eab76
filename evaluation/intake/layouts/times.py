"""Labels that say when something was answered: "ALKU", "Loppuarvio", "1. mittaus", "Syksy", and which come first."""

import re
from collections.abc import Sequence
from datetime import date, datetime

from evaluation.intake.folding import fold
from evaluation.intake.place import timing_named
from evaluation.intake.values import read_dates

ORDER = ("start", "end", "follow_up")
# A longer text is a sentence that happens to hold a word of time.
LONGEST_LABEL = 40
_WORDS = re.compile(r"[^\W_]")
_NUMBER = re.compile(r"\d+")
_ORDINALS = {
    "ensimmäinen": 1, "toinen": 2, "kolmas": 3, "eka": 1, "toka": 2, "kolmas kerta": 3, "i": 1, "ii": 2, "iii": 3,
    "första": 1, "andra": 2, "tredje": 3, "first": 1, "second": 2, "third": 3,
}  # fmt: skip
_SEASON = re.compile(
    r"\b(?:kevät|kevää|kesä|syksy|talvi|talve|vår|sommar|höst|vinter|spring|summer|autumn|tammi|helmi|maalis|huhti|touko|"
    r"kesäkuu|heinä|elo|syys|loka|marras|joulu|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|"
    r"november|december|january|february|march|june|july|august|october)"
)


def says_something(text: str) -> bool:
    """Tell whether a cell holds a word or a number, and not only a dash, a dot or an arrow that fills it."""
    return bool(_WORDS.search(text))


def label_timing(text: str) -> str | None:
    """Return the time that a short label names; None for a sentence and for a label that does not tell."""
    return timing_named(text) if len(text) <= LONGEST_LABEL else None


def ordinal(text: str) -> int | None:
    """Return which of several measurements a label counts: "1. mittaus", "T2", "toinen"; None where it counts none."""
    numbers = _NUMBER.findall(text)
    if len(numbers) == 1 and len(numbers[0]) < 3:
        return int(numbers[0])
    words = fold(text).replace(".", " ").split()
    return next((_ORDINALS[word] for word in words if word in _ORDINALS), None)


def is_moment_label(text: str) -> bool:
    """Tell whether a label may be one of several times: a number, a day, a month, a season or a word of time."""
    if label_timing(text) or ordinal(text) is not None:
        return True
    return bool(_SEASON.search(fold(text))) or _day(text) is not None or bool(re.search(r"\b(?:19|20)\d\d\b", text))


def suggested_timings(texts: Sequence[str], named: Sequence[str | None]) -> tuple[str | None, ...]:
    """Return the likeliest time of each label, in the order of the sheet; None where nothing speaks for one.

    Args:
        texts: the labels, "" for columns that stand twice without one.
        named: the times that the labels themselves name.
    """
    if not all(not text or is_moment_label(text) for text in texts) or len(texts) > len(ORDER):
        return tuple(named)
    free = [timing for timing in ORDER if timing not in named]
    places = [number for number, timing in enumerate(named) if timing is None]
    numbers = [ordinal(texts[place]) for place in places]
    days = [_day(texts[place]) for place in places]
    if None not in numbers:
        places.sort(key=lambda place: ordinal(texts[place]) or 0)
    elif None not in days:
        places.sort(key=lambda place: _day(texts[place]) or date.min)
    found = list(named)
    for place, timing in zip(places, free, strict=False):
        found[place] = timing
    return tuple(found)


def _day(text: str) -> date | None:
    (day,) = read_dates([text], "dm")
    value = day.value
    return value.date() if isinstance(value, datetime) else value
