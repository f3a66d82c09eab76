"""The mark by which a response of a survey tool is known again, whatever kind of file it stands in.

A tool that numbers every response it ever took (KoboToolbox, ODK, Qualtrics, SurveyMonkey, Typeform, JotForm) is
believed by that number alone. Others begin at 1 with every survey, so that their number tells a response apart only
together with the minute it was sent; seconds are lost where a spreadsheet saves an export as text. Google Forms gives
no number: its stamp tells a response apart to the second.
"""

import re
from datetime import datetime

import numpy as np

from evaluation.intake.context import Given
from evaluation.intake.gathering import Gathered, Objects, unsaid
from evaluation.intake.origins import in_utc
from evaluation.intake.values import Read, comparable
from evaluation.spreadsheets import Content

NUMBERED_FOR_EVER = frozenset({"kobotoolbox", "qualtrics", "surveymonkey", "typeform", "jotform"})
STAMPED = "google_forms"
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_SECONDS = re.compile(r"(?:^|[\sT,])[0-9]{1,2}[.:][0-9]{2}[.:]([0-9]{2})(?![.0-9][0-9])")


def response_marks(
    gathered: Gathered,
    layout: str,
    number: int | None,
    moment: int | None,
    days: Objects,
    given: Given,
    heading: str = "",
) -> Objects:
    """Return the tool's own mark of each response, None where the tool gives none that is sure.

    Args:
        gathered: the rows.
        layout: what the table is laid out as.
        number: the column of the tool's number, if there is one.
        moment: the column of the moment at which the response was sent, if there is one.
        days: the day of each row as it was read.
        given: what the worker says of days.
        heading: the heading of the moments.
    """
    nothing = np.full(len(gathered.rows), None, dtype=object)
    if number is not None and layout in NUMBERED_FOR_EVER:
        return _compared(gathered, number, given)
    if moment is None or (number is None and layout != STAMPED):
        return nothing
    moments = _compared(gathered, moment, given, heading)
    moments[[each is not None and not _MOMENT.fullmatch(each) for each in moments]] = None
    if number is not None:
        return _together(_compared(gathered, number, given), moments)
    seconds = gathered.objects(moment, gathered.each(moment, lambda content: Read(_seconds(content))))
    # Where all seconds are 0 a spreadsheet has dropped them, and two people share a minute.
    if not any(each not in (None, "00") for each in seconds):
        return nothing
    return _together(moments, seconds, days)


def _compared(gathered: Gathered, column: int, given: Given, heading: str = "") -> Objects:
    """Return what a column says, the same for the same number or moment in whatever kind of file."""
    used = gathered.sheet.columns[column].used(gathered.rows)
    contents = gathered.sheet.columns[column].values
    found: list[Read[str] | None] = [None] * len(contents)
    texts = comparable([contents[code] for code in used], given.date_order, in_utc(heading))
    for code, text in zip(used, texts, strict=True):
        found[code] = Read(text)
    return gathered.objects(column, found)


def _together(*parts: Objects) -> Objects:
    """Return the parts of each row as one text; None where one of them is missing."""
    lacking = np.logical_or.reduce([unsaid(part) for part in parts])
    marks = np.full(len(parts[0]), None, dtype=object)
    marks[~lacking] = [" ".join(map(str, row)) for row in zip(*(part[~lacking] for part in parts), strict=True)]
    return marks


def _seconds(content: Content) -> str | None:
    """Return the seconds of a moment; None where none are said."""
    if isinstance(content, datetime):
        return f"{content.second:02}"
    found = _SECONDS.search(str(content))
    return found[1] if found else None
