"""Who and when of every row: participant code, day and cohort; and the tool's own mark.

The mark identifies a response of a survey tool, whatever kind of file it stands in. For a tool that numbers all its
responses (KoboToolbox, ODK, Qualtrics, SurveyMonkey, Typeform, JotForm) the number is enough. Others begin at 1 with
every survey, so that their number is unique only together with the minute of sending; seconds are lost where a
spreadsheet saves an export as text. Google Forms has no number: its stamp is unique to the second.
"""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

import numpy as np

from evaluation.definitions import Questionnaire
from evaluation.intake.context import Context, FileSettings
from evaluation.intake.folding import fold
from evaluation.intake.gathering import Gathered, Objects, unsaid
from evaluation.intake.personal_data import mask
from evaluation.intake.values import Read, comparable, read_dates, read_participant, read_text
from evaluation.intake.values.dates import Epoch, day_number
from evaluation.spreadsheets import EMPTY, Content

# Headings that tell the zone of the clocks below, and those of KoboToolbox, whose manual tells it.
_UTC = re.compile(r"\b(?:utc|gmt|zulu)\b(?! ?[+-] ?\d)|^_submission_(?:_submission_)?time$")

NUMBERED_FOR_EVER = frozenset({"kobotoolbox", "qualtrics", "surveymonkey", "typeform", "jotform"})
STAMPED = "google_forms"
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_SECONDS = re.compile(r"(?:^|[\sT,])[0-9]{1,2}[.:][0-9]{2}[.:]([0-9]{2})(?![.0-9][0-9])")


def nothing(gathered: Gathered) -> Objects:
    """Return None for every row."""
    return np.full(len(gathered.rows), None, dtype=object)


def participants(gathered: Gathered, column: int | None, required: bool, settings: FileSettings) -> Objects:
    """Return the participant code of every row; name those that are none, and missing ones where ``required``."""
    if column is None:
        return nothing(gathered)

    def read(content: Content) -> Read[str]:
        code = read_participant(content)
        same = settings.same_codes.get(code.value or "")
        return read_participant(same) if same else code

    readings = gathered.read(column, read)
    if required:
        codes = gathered.codes(column)
        none = [
            code
            for code, reading in enumerate(readings)
            if reading is not None and reading.value is None and not reading.fault
        ]
        gathered.say("error", "participant_missing", column, (codes == EMPTY) | np.isin(codes, none))
    values = gathered.objects(column, readings)
    for position, row in enumerate(gathered.rows.tolist() if settings.row_codes else ()):
        row_code = settings.row_codes.get((gathered.sheet.name, row + 1))
        values[position] = values[position] if row_code is None else read_participant(row_code).value
    return values


def days(
    gathered: Gathered, column: int | None, form: Questionnaire, settings: FileSettings, heading: str = ""
) -> Objects:
    """Return the day of every row, decided for the whole column at once; the worker's day where a row has none.

    ``heading`` may say that its clocks are in UTC. Excel's day numbers are read as days, with one warning.
    """
    default_day = settings.day if form.date != "none" else None
    if column is None:
        return np.full(len(gathered.rows), default_day, dtype=object)
    contents = gathered.sheet.columns[column].values
    codes = gathered.codes(column)
    used = gathered.sheet.columns[column].used(gathered.rows)
    readings: list[Read[date] | None] = [None] * len(contents)
    column_contents = [contents[code] for code in used]
    epoch = _epoch(column_contents, gathered.sheet.from_1904)
    for code, day in zip(used, read_dates(column_contents, settings.date_order, epoch, in_utc(heading)), strict=True):
        readings[code] = day
    gathered.name_faults(column, readings)
    if epoch is not None:
        _say_numbers(gathered, column, readings, epoch)
    values = gathered.objects(column, readings)
    # A day of another time zone may be tomorrow's.
    latest = date.today() + timedelta(days=1)  # noqa: DTZ011
    ahead = [
        code for code in used if (reading := readings[code]) is not None and reading.value and reading.value > latest
    ]
    gathered.say("warning", "date_ahead", column, np.isin(codes, ahead))
    faulty = [code for code in used if (reading := readings[code]) is not None and reading.fault]
    without = unsaid(values) & ~np.isin(codes, faulty)
    values[without] = default_day
    if form.date == "required" and default_day is None:
        gathered.say("error", "answered_on_missing", column, without)
    return values


def in_utc(heading: str) -> bool:
    """Tell whether a heading says that the clocks below it are of UTC, such as Typeform's "Submit Date (UTC)"."""
    return _UTC.search(fold(heading)) is not None


def _epoch(contents: Sequence[Content], from_1904: bool) -> Epoch | None:
    """Return the calendar of the numbers that stand for days; None where none does."""
    epoch: Epoch = 1904 if from_1904 else 1900
    return epoch if any(day_number(content, epoch) is not None for content in contents) else None


def _say_numbers(gathered: Gathered, column: int, readings: Sequence[Read[date] | None], epoch: Epoch) -> None:
    """Warn once for the column that its numbers are read as days, at the first of them."""
    contents = gathered.sheet.columns[column].values
    numbers = [
        code
        for code, reading in enumerate(readings)
        if reading is not None and reading.value is not None and day_number(contents[code], epoch) is not None
    ]
    rows = np.flatnonzero(np.isin(gathered.codes(column), numbers))
    if rows.size:
        first = int(gathered.codes(column)[rows[0]])
        where = np.zeros(len(gathered.rows), dtype=bool)
        where[rows[0]] = True
        day = readings[first]
        values = {"day": None if day is None else day.value, "n": len(rows)}
        gathered.say("warning", "day_numbers", column, where, values)


def cohorts(gathered: Gathered, column: int | None, context: Context) -> Objects:
    """Return the cohort of every row; that of the table where the cell is empty."""
    if column is None:
        return np.full(len(gathered.rows), context.cohort, dtype=object)
    values = gathered.objects(column, gathered.read(column, read_cohort))
    values[unsaid(values)] = context.cohort
    return values


def read_cohort(content: Content) -> Read[str]:
    """Return the name of a cohort as written, with single spaces."""
    read = read_text(content)
    if read.value is None:
        return read
    masked = mask(" ".join(read.value.split()))
    return Read(fault="identity_code") if "identity_code" in masked.kinds else Read(masked.text)


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
        days: the days of the rows.
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
    """Return the seconds of a moment; None where it has none."""
    if isinstance(content, datetime):
        return f"{content.second:02}"
    match = _SECONDS.search(str(content))
    return match[1] if match else None
