"""What columns of bare numbers side by side tell of one another: a scale told once, a wider range, a series."""

import re
from collections.abc import Collection, Sequence
from itertools import groupby

from evaluation.intake.folding import fold
from evaluation.intake.legends import read_legend
from evaluation.proposals.columns_without_answers import are_marks
from evaluation.proposals.families import is_background, is_count
from evaluation.proposals.numbered_answers import tell_good_end

Answers = Collection[str]
# "pmq1", "PHQ_3": names that tools number, no sentences.
_SERIES = re.compile(r"(\S*\D)\d+")


def scales_told_before(headings: Sequence[str], columns: Sequence[Answers]) -> tuple[str, ...]:
    """Return for each column the heading before it that tells the scale of both, "" where none does.

    "(1–5)" and "1 = täysin eri mieltä, 5 = täysin samaa mieltä" hold for the bare numbers of the columns right of them
    until another scale is told or something else stands between. How often and how much are of their own question.
    """
    stated, result = "", []
    for heading, answers in zip(headings, columns, strict=True):
        legend = read_legend(heading, heading=True)
        if not _are_bare(heading, answers):
            stated = ""
        elif legend is not None and (legend.pairs or legend.ranges):
            stated = heading if not legend.pairs or tell_good_end(dict(legend.pairs)) else ""
            result.append("")
            continue
        result.append(stated)
    return tuple(result)


def between_wider(headings: Sequence[str], columns: Sequence[Answers]) -> tuple[bool, ...]:
    """Tell of each column of bare numbers whether higher ones stand on both sides of it, in the columns right beside.

    A few people may have used a part of one range only, or the question may have a range of its own.
    """
    tops = [_top(heading, answers) for heading, answers in zip(headings, columns, strict=True)]
    return tuple(
        mine is not None and all(_highest_beside(tops, number, step) > mine for step in (-1, 1))
        for number, mine in enumerate(tops)
    )


def in_series(headings: Sequence[str], columns: Sequence[Answers]) -> tuple[bool, ...]:
    """Tell of each column whether it is of a series of codes ("pmq1" … "pmq4") that have more answers than 0 and 1."""
    stems = [match[1] if (match := _SERIES.fullmatch(fold(heading))) else "" for heading in headings]
    result: list[bool] = []
    for stem, group in groupby(zip(stems, columns, strict=True), key=lambda pair: pair[0]):
        answers = [frozenset(column) for _, column in group]
        graded = any(column - {"0", "1"} for column in answers)
        alike = bool(stem) and len(answers) > 1 and graded and all(are_marks(column) for column in answers)
        result += [alike] * len(answers)
    return tuple(result)


def _are_bare(heading: str, answers: Answers) -> bool:
    return bool(answers) and are_marks(frozenset(answers)) and not is_count(heading) and not is_background(heading)


def _top(heading: str, answers: Answers) -> int | None:
    return max(int(float(answer)) for answer in answers) if _are_bare(heading, answers) else None


def _highest_beside(tops: Sequence[int | None], start: int, step: int) -> int:
    """Return the highest number of the columns on one side, up to where something else stands; -1 for none."""
    highest, place = -1, start + step
    while 0 <= place < len(tops) and (top := tops[place]) is not None:
        highest, place = max(highest, top), place + step
    return highest
