"""The mark by which a response of a survey tool is recognised, whatever kind of file it stands in.

For a tool that numbers all its responses (KoboToolbox, ODK, Qualtrics, SurveyMonkey, Typeform, JotForm) the number is
enough. Others begin at 1 with every survey, so that their number is unique only together with the minute of sending;
seconds are lost where a spreadsheet saves an export as text. Google Forms has no number: its stamp is unique to the
second.
"""

import re
from datetime import datetime

import numpy as np

from evaluation.intake.context import FileSettings
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
    settings: FileSettings,
    heading: str = "",
) -> Objects:
    """Return the tool's mark of every response, None where the tool has none that is sure.

    Args:
        gathered: the rows.
        layout: the layout of the table.
        number: the column of the tool's number, if there is one.
        moment: the column of the moment at which the response was sent, if there is one.
        days: the day of each row as it was read.
        settings: the worker's word on days.
        heading: the heading of the moments.
    """
    nothing = np.full(len(gathered.rows), None, dtype=object)
    if number is not None and layout in NUMBERED_FOR_EVER:
        return _compared(gathered, number, settings)
    if moment is None or (number is None and layout != STAMPED):
        return nothing
    moments = _compared(gathered, moment, settings, heading)
    moments[[text is not None and not _MOMENT.fullmatch(text) for text in moments]] = None
    if number is not None:
        return _together(_compared(gathered, number, settings), moments)
    seconds = gathered.objects(moment, gathered.read_contents(moment, lambda content: Read(_seconds(content))))
    # Where all seconds are 0 a spreadsheet has dropped them, and two people share a minute.
    if not any(second not in (None, "00") for second in seconds):
        return nothing
    return _together(moments, seconds, days)


def _compared(gathered: Gathered, column: int, settings: FileSettings, heading: str = "") -> Objects:
    """Return what a column says, the same for the same number or moment in whatever kind of file."""
    used = gathered.sheet.columns[column].used(gathered.rows)
    contents = gathered.sheet.columns[column].values
    readings: list[Read[str] | None] = [None] * len(contents)
    texts = comparable([contents[code] for code in used], settings.date_order, in_utc(heading))
    for code, text in zip(used, texts, strict=True):
        readings[code] = Read(text)
    return gathered.objects(column, readings)


def _together(*parts: Objects) -> Objects:
    """Return the parts of every row as one text; None where one of them is missing."""
    lacking = np.logical_or.reduce([unsaid(part) for part in parts])
    marks = np.full(len(parts[0]), None, dtype=object)
    marks[~lacking] = [" ".join(map(str, row)) for row in zip(*(part[~lacking] for part in parts), strict=True)]
    return marks


def _seconds(content: Content) -> str | None:
    """Return the seconds of a moment; None where none are said."""
    if isinstance(content, datetime):
        return f"{content.second:02}"
    match = _SECONDS.search(str(content))
    return match[1] if match else None
