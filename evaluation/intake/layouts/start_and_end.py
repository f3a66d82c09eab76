"""A row per person with the start and the end side by side: every question stands twice, with its time.

The headings name the times in their words, in a row below them or in bands above them, or simply stand twice.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.bands import (
    ROWS_ABOVE,
    Label,
    Parted,
    bands_above,
    extents,
    heading_texts,
    hold_answers,
    labels_in,
    may_ask,
    parted,
    repeated_headings,
)
from evaluation.intake.layouts.certainty import LIKELY, NO, weaker
from evaluation.intake.layouts.column_contents import compare, is_header_like
from evaluation.intake.layouts.headers import one_line, titles_above
from evaluation.intake.layouts.options import question
from evaluation.intake.layouts.times import is_moment_label, label_timing
from evaluation.intake.layouts.typed_table import (
    fields_under,
    heading_text,
    merged_down,
    rows_searched,
    stands_below_again,
    table_of,
)
from evaluation.intake.table import Recognised, Table
from evaluation.spreadsheets import Sheet

# "Mieliala (alussa)", "Mieliala – loppu", "Alku: Mieliala", "Alkupvm", "Mieliala T2".
_BEHIND_IN_BRACKETS = re.compile(r"^(.*\S)\s*[(\[]([^()\[\]]+)[)\]]$")
_BEHIND = re.compile(r"^(.*[^\s:,;/_–-])[\s:,;/_–-]+([^\s:,;/_–-]+)$")
_BEFORE = re.compile(r"^([^\s:,;/_–-]+)[\s:,;/_–-]+(\S.*)$")
_JOINED = re.compile(r"^(alku|loppu)(\w.*)$", re.IGNORECASE)
_BEHIND_NUMBER = re.compile(r"^(.*[^\W\d])[\s:,;/_–(\[-]+[Tt]?([1-3])[.)\]]*$")


def headings_of_time(sheet: Sheet, header: int, known: Known) -> Parted | None:
    """Return a header whose headings name the times: "Mieliala alku", "Mieliala (lopussa)", "Mieliala 2".

    A question must stand there at two times at least; numbers alone tell no time, and must part two questions.
    """
    texts = heading_texts(sheet, header)
    timed = {place: heading for place, text in texts.items() if (heading := _timed_heading(text, known)) is not None}
    if not _ask_twice(timed, known):
        numbered = {place: heading for place, text in texts.items() if (heading := _numbered_heading(text, known))}
        questions = {fold_heading(heading[0]) for heading in numbered.values()}
        if len(questions) < 2 or not _ask_twice(numbered, known) or 2 * len(questions) != len(numbered):
            return None
        timed = numbered
    times: dict[str, set[str]] = {}
    for asked_text, _, label in timed.values():
        times.setdefault(fold_heading(asked_text), set()).add(label)
    of = {
        place: label
        for place, (text, _, label) in timed.items()
        if known.is_heading(text) or len(times[fold_heading(text)]) > 1
    }
    labels = {label: Label(label, header, timing) for _, timing, label in timed.values()}
    return parted(sheet, (header,), labels, of, texts | {place: timed[place][0] for place in of})


def _ask_twice(timed: Mapping[int, tuple[str, str | None, str]], known: Known) -> bool:
    times: dict[str, set[str]] = {}
    for text, _, label in timed.values():
        if may_ask(text, known):
            times.setdefault(fold_heading(text), set()).add(label)
    return any(len(labels) > 1 for labels in times.values())


def _timed_heading(text: str, known: Known) -> tuple[str, str | None, str] | None:
    """Return what a heading asks, when, and what it calls that time alike for all; None where it names no time."""
    if known.is_whole_heading(text):
        return None
    for pattern, question_group, time in (
        (_BEHIND_IN_BRACKETS, 1, 2),
        (_BEHIND, 1, 2),
        (_BEFORE, 2, 1),
        (_JOINED, 2, 1),
    ):
        match = pattern.match(text)
        timing = label_timing(match[time]) if match else None
        # "Loppukysely" is a time and asks nothing; "Loppumieliala" asks.
        asks = match and (pattern is not _JOINED or known.is_heading(match[question_group]) or not label_timing(text))
        if match and timing and asks:
            return match[question_group], timing, timing
    return None


def _numbered_heading(text: str, known: Known) -> tuple[str, str | None, str] | None:
    """Return what a heading with the number of a measurement behind it asks, and that number."""
    match = None if known.is_whole_heading(text) else _BEHIND_NUMBER.match(text)
    return (match[1], None, match[2]) if match else None


def times_below(sheet: Sheet, header: int, known: Known) -> Parted | None:
    """Return a header whose last row holds times, each question standing over its times in the row above."""
    if not header or not is_header_like(sheet.row(header), known):
        return None
    cells = labels_in(sheet, header)
    times = {place: text for place, text in cells.items() if is_moment_label(text) and not known.find(text)}
    count = Counter(fold(text) for text in times.values())
    named = {fold(text): label_timing(text) for text in times.values()}
    above = labels_in(sheet, header - 1)
    if len(named) < 2 or min(count.values()) < 2 or 2 * len(times) <= len(cells) or not above:
        return None
    over = extents(sheet, header - 1, above)
    questions = {place: heading_text(above[over[place]]) for place in times if place in over}
    under: dict[str, dict[int, str]] = {}
    for place, text in questions.items():
        under.setdefault(fold(times[place]), {})[place] = text
    repeated = repeated_headings(under, known)
    of = {place: fold(times[place]) for place, text in questions.items() if fold_heading(text) in repeated}
    if not of or (not any(named.values()) and not hold_answers(sheet, header, under, repeated, known)):
        return None
    others = {place: text for place, text in cells.items() if place not in of}
    single = {place: heading_text(text) for place, text in above.items() if place not in over or place not in of}
    labels = {fold(text): Label(text, header, named[fold(text)]) for text in reversed(list(times.values()))}
    return replace(parted(sheet, (header, header - 1), labels, of, others | single | questions), times_below=True)


def repeated_questions(sheet: Sheet, header: int, known: Known) -> Parted | None:
    """Return the columns of a header that ask everything twice without saying when, parted into first and second.

    The worker is asked separately about a single question that stands twice, and about columns that are never both
    filled or are equal.
    """
    texts = heading_texts(sheet, header)
    places: dict[str, list[int]] = {}
    for place, text in texts.items():
        if may_ask(text, known):
            places.setdefault(fold_heading(text), []).append(place)
    repeated = {text: columns for text, columns in places.items() if len(columns) > 1}
    times = {len(columns) for columns in repeated.values()}
    if (
        len(repeated) < 2
        or len(times) != 1
        or not all(_both_filled(sheet, header, columns) for columns in repeated.values())
    ):
        return None
    under = {
        str(number): {columns[number]: text for text, columns in repeated.items()} for number in range(times.pop())
    }
    if not hold_answers(sheet, header, under, frozenset(repeated), known):
        return None
    of = {place: number for number, columns in under.items() for place in columns}
    labels = {number: Label("", header, None) for number in under}
    return parted(sheet, (header,), labels, of, texts)


def _both_filled(sheet: Sheet, header: int, places: Sequence[int]) -> bool:
    """Tell whether a row fills two of the columns with different contents."""
    rows = np.arange(header + 1, sheet.height)
    first, *others = (sheet.columns[place] for place in places)
    return any(compare(first, other, rows)[1] for other in others)


NAME = "start_and_end"
PLAIN = "plain_table"
SURE = weaker(LIKELY, 5)
# Surer than a plain table of known headings, which would lose one of two columns.
UNCLEAR = weaker(LIKELY, 10)
_WAYS: tuple[Callable[[Sheet, int, Known], Parted | None], ...] = (
    headings_of_time,
    bands_above,
    repeated_questions,
)


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return the table whose columns are divided by time; sure where words of time divide them."""
    for row in rows_searched(sheet):
        parted = parted_at(sheet, row, known)
        if parted is not None and not stands_below_again(sheet, max(parted.rows)):
            # What looks like headings with a time may be bands ("Alku (n = 8)") over the headings.
            under = [
                below
                for below in range(row + 1, min(row + 1 + ROWS_ABOVE, sheet.height))
                if is_header_like(sheet.row(below), known)
            ]
            # Bands that stand higher are those of this header: what follows it are answers.
            here = {sheet.address(row, place) for place in range(sheet.width)}
            banded = (bands_above(sheet, below, known) for below in under)
            lower = (other for other in banded if other and any(band.cell in here for band in other.bands))
            parted = next(lower, parted)
            sure = len({band.timing for band in parted.bands} - {None}) > 1
            return Recognised(NAME, SURE if sure else UNCLEAR, (table_parted(sheet, parted, known),))
    return Recognised(NAME, NO)


def recognise_at(sheet: Sheet, row: int, known: Known) -> Recognised:
    """Return the table whose headings stand in ``row``, as the worker says, with the bands above them."""
    parted = parted_at(sheet, row, known)
    if parted is not None:
        return Recognised(NAME, SURE, (table_parted(sheet, parted, known),))
    rows = merged_down(sheet, (row,))
    return Recognised(PLAIN, SURE, (table_of(sheet, PLAIN, rows, fields_under(sheet, rows, known)),))


def parted_at(sheet: Sheet, row: int, known: Known) -> Parted | None:
    """Return the header at ``row`` if its columns are parted by time, by the first way that fits."""
    if row + 1 >= sheet.height:
        return None
    times = times_below(sheet, row, known)
    if times is not None:
        return times
    if not is_header_like(sheet.row(row), known):
        return None
    return next((parted for way in _WAYS if (parted := way(sheet, row, known)) is not None), None)


def table_parted(sheet: Sheet, parted: Parted, known: Known) -> Table:
    """Return the one table under a header parted by time, each field with its band."""
    timings = {band.key: band.timing for band in parted.bands}
    timed_fields = []
    for place, band in parted.of.items():
        text = one_line(sheet.cell(max(parted.rows), place))
        question_text = parted.questions[place]
        heading = question_text if parted.times_below else text
        field = question(place, heading, (question_text, heading), known)
        timed_fields.append(replace(field, timing=timings[band], band=band))
    shared = fields_under(sheet, parted.rows, known, skip=parted.of)
    fields = sorted((*timed_fields, *shared), key=lambda field: field.columns)
    table = table_of(sheet, NAME, parted.rows, fields)
    bands = {band.cell for band in parted.bands}
    labels = {fold(band.text) for band in parted.bands}
    titles = tuple(
        title
        for title in titles_above(sheet, min(parted.rows))
        if sheet.address(title[0], title[1]) not in bands and fold(title[2]) not in labels
    )
    return replace(table, titles=titles, bands=parted.bands)
