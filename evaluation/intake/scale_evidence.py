"""Whether numbers are on the scale of their question: the whole column decides, never the rows that happen to fit."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.definitions import Scale
from evaluation.intake.answer_wording import side_of
from evaluation.intake.legends import Legend
from evaluation.intake.values import ScaleReader

Numbers = Mapping[float, int]
Range = tuple[int, int]
# The range of the numbers of every scale (its id and codes) in a file, where that is not the scale.
Ranges = Mapping[tuple[str, tuple[int, ...]], Range]

# One answer outside the scale is a slip; two or more are no slip where they are this many of 100.
STRAY_PER_CENT = 5
# Further off than this a number is a slip ("55", "2024") unless a good part of the column is so.
_FAR_LOW, _FAR_HIGH = -3, 10
_FAR_PER_CENT = 30
# A scale of many steps of which only the lowest are used may be one of five; fewer answers do not show that.
WIDE_SCALE, SHORT_SCALE, ENOUGH_ANSWERS = 9, 5, 8
# Of the answers that a legend speaks of this many (of 100) are within its numbers.
_WITHIN_PER_CENT = 90


@dataclass(frozen=True)
class Verdict:
    """What a legend says about one scale: its numbers go from ``low`` to ``high``, ``direction`` is -1 if reversed.

    ``direction`` is 0 where it says nothing of that. ``codes`` are numbers whose meaning is a known answer.
    """

    legend: Legend
    low: int
    high: int
    direction: int
    codes: Mapping[int, int]


def whole_numbers(numbers: Numbers, scale: Scale) -> Mapping[int, int]:
    """Return how often each whole number stands in a column, answers outside the scale (98, 99) left out."""
    without = set(scale.outside_codes)
    return Counter(
        {int(number): count for number, count in numbers.items() if number == int(number) and number not in without}
    )


def total(numbers: Mapping[Any, int]) -> int:
    """Return how many numbers there are."""
    return sum(numbers.values())


def pooled(columns: Sequence[Numbers]) -> Counter[float]:
    """Return the numbers of several columns together."""
    pool: Counter[float] = Counter()
    for numbers in columns:
        pool.update(numbers)
    return pool


def file_range(columns: Sequence[Numbers], scale: Scale) -> Range | None:
    """Return the range of the numbers in columns of one scale, if that is not the scale; None if it is.

    Columns of one scale decide together: what fits by chance in one of them does not in another.
    """
    pool = pooled(columns)
    if _are_shares(pool):
        return 0, 100
    if not _is_shifted(whole_numbers(pool, scale), scale) and not any(
        _runs_outside(numbers, scale) for numbers in (*columns, pool)
    ):
        return None
    whole = whole_numbers(pool, scale)
    near = [number for number in whole if _FAR_LOW <= number <= _FAR_HIGH]
    far = total(whole) - sum(whole[number] for number in near)
    used = list(whole) if far * 100 >= total(whole) * _FAR_PER_CENT or not near else near
    return (min(used), max(used)) if used else None


def short_range(numbers: Numbers, scale: Scale) -> Range | None:
    """Return the range of numbers that use only the lowest steps of a scale of many, as one of five steps does."""
    whole = whole_numbers(numbers, scale)
    if len(scale.codes) < WIDE_SCALE or total(whole) < ENOUGH_ANSWERS or len(whole) < 3:
        return None
    low, high = min(whole), max(whole)
    return (low, high) if scale.codes[0] < low and high <= scale.codes[0] + SHORT_SCALE else None


def verdict_of(legend: Legend, scale: Scale, reader: ScaleReader, other_scales: Sequence[Range]) -> Verdict | None:
    """Return what a legend says about ``scale``; None where it is about something else.

    Args:
        legend: the legend.
        scale: the scale of a question.
        reader: reads the scale's answers.
        other_scales: the ranges of the other scales in the table, of which the legend may speak instead.
    """
    codes = {number: code for number, label in legend.pairs if (code := reader.read(label).value) is not None}
    lows, highs = _ends(legend, scale, codes)
    if legend.pairs and not codes and not lows and not highs:
        return None
    scale_range = (scale.codes[0], scale.codes[-1])
    span = _span(legend, scale_range, codes, bool(lows and highs))
    if span != scale_range and span in other_scales:
        return None
    low, high = span
    return Verdict(legend, low, high, _direction(lows, highs, (low + high) / 2) or -int(legend.turned), codes)


def applies(verdict: Verdict, numbers: Numbers, scale: Scale) -> bool:
    """Tell whether a legend that stands somewhere in the file speaks of a column with these numbers."""
    whole = whole_numbers(numbers, scale)
    known = sum(
        count for number, count in whole.items() if verdict.low <= number <= verdict.high or number in verdict.codes
    )
    return known * 100 >= total(whole) * _WITHIN_PER_CENT


def _is_plausible(number: float, scale: Scale) -> bool:
    return number == int(number) and _FAR_LOW <= number <= max(_FAR_HIGH, scale.codes[-1] + 2)


def _runs_outside(numbers: Numbers, scale: Scale) -> bool:
    """Tell whether so much of a column is outside the scale that it is no slip."""
    allowed = {*scale.codes, *scale.outside_codes}
    outside = {number: count for number, count in numbers.items() if number not in allowed}
    answers, strays = total(numbers), total(outside)
    near = sum(count for number, count in outside.items() if _is_plausible(number, scale))
    if strays >= 2 and strays * 100 >= answers * _FAR_PER_CENT:
        return True
    return near >= 2 and near * 100 >= answers * STRAY_PER_CENT


def _is_shifted(whole: Mapping[int, int], scale: Scale) -> bool:
    """Tell whether numbers lie one step below or above the scale and never use its other end: 0–4 for 1–5."""
    low, high = scale.codes[0], scale.codes[-1]
    if total(whole) < 4 or len(whole) < min(3, len(scale.codes)):
        return False
    below = min(whole) == low - 1 and max(whole) < high
    above = max(whole) == high + 1 and min(whole) > low
    return below or above


def _are_shares(numbers: Numbers) -> bool:
    """Tell whether numbers are shares of one: none is above 1, and some are fractions."""
    return (
        bool(numbers)
        and all(0 <= number <= 1 for number in numbers)
        and any(number not in (0, 1) for number in numbers)
        and total(numbers) > 1
    )


def _ends(legend: Legend, scale: Scale, codes: Mapping[int, int]) -> tuple[list[int], list[int]]:
    """Return the numbers that mean the low end of ``scale``, and those that mean the high end."""
    lows: list[int] = []
    highs: list[int] = []
    middle = (scale.codes[0] + scale.codes[-1]) / 2
    for number, label in legend.pairs:
        code = codes.get(number)
        if code in scale.outside_codes or code == middle:
            continue
        side = side_of(label, scale) if code is None else 1 if code > middle else -1
        if side:
            (highs if side > 0 else lows).append(number)
    return lows, highs


def _span(legend: Legend, scale_range: Range, codes: Mapping[int, int], both_ends: bool) -> Range:
    if legend.ranges:
        return scale_range if scale_range in legend.ranges else legend.ranges[0]
    numbers = [number for number, _ in legend.pairs if codes.get(number, 0) < 98]
    inside = all(scale_range[0] <= number <= scale_range[1] for number in numbers)
    straight = all(code in (number, sum(scale_range) - number) for number, code in codes.items() if code < 98)
    if not both_ends or (inside and codes and straight):
        return scale_range
    return min(numbers), max(numbers)


def _direction(lows: Sequence[int], highs: Sequence[int], middle: float) -> int:
    if lows and highs:
        return 1 if max(lows) < min(highs) else -1 if min(lows) > max(highs) else 0
    votes = {1 if number > middle else -1 for number in highs if number != middle}
    votes |= {-1 if number > middle else 1 for number in lows if number != middle}
    return votes.pop() if len(votes) == 1 else 0
