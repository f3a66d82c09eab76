"""Headings that tell times without a band over them: in their own words, in a row below them, or by standing twice."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.bands import (
    Label,
    Parted,
    extents,
    heading_texts,
    hold_answers,
    labels_in,
    may_ask,
    parted,
    repeated_headings,
)
from evaluation.intake.layouts.contents import compare, is_header_like
from evaluation.intake.layouts.tables import heading_text
from evaluation.intake.layouts.times import is_moment_label, label_timing
from evaluation.spreadsheets import Sheet

# "Mieliala (alussa)", "Mieliala – loppu", "Alku: Mieliala", "Alkupvm", "Mieliala T2".
_BEHIND_IN_BRACKETS = re.compile(r"^(.*\S)\s*[(\[]([^()\[\]]+)[)\]]$")
_BEHIND = re.compile(r"^(.*[^\s:,;/_–-])[\s:,;/_–-]+([^\s:,;/_–-]+)$")
_BEFORE = re.compile(r"^([^\s:,;/_–-]+)[\s:,;/_–-]+(\S.*)$")
_JOINED = re.compile(r"^(alku|loppu)(\w.*)$", re.IGNORECASE)
_BEHIND_NUMBER = re.compile(r"^(.*[^\W\d])[\s:,;/_–(\[-]+[Tt]?([1-3])[.)\]]*$")


def headings_of_time(sheet: Sheet, header: int, known: Known) -> Parted | None:
    """Return a header whose own headings name the times: "Mieliala alku", "Mieliala (lopussa)", "Mieliala 2".

    A question must stand there at two times at least; numbers alone tell no time, and must part two questions.
    """
    texts = heading_texts(sheet, header)
    timed = {place: found for place, text in texts.items() if (found := _timed_heading(text, known)) is not None}
    if not _ask_twice(timed, known):
        numbered = {place: found for place, text in texts.items() if (found := _numbered_heading(text, known))}
        asked = {fold_heading(found[0]) for found in numbered.values()}
        if len(asked) < 2 or not _ask_twice(numbered, known) or 2 * len(asked) != len(numbered):
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
    if known.is_heading(text):
        return None
    for pattern, asked, time in ((_BEHIND_IN_BRACKETS, 1, 2), (_BEHIND, 1, 2), (_BEFORE, 2, 1), (_JOINED, 2, 1)):
        match = pattern.match(text)
        timing = label_timing(match[time]) if match else None
        # "Loppukysely" is a time and asks nothing; "Loppumieliala" asks.
        asks = match and (pattern is not _JOINED or known.is_heading(match[asked]) or not label_timing(text))
        if match and timing and asks:
            return match[asked], timing, timing
    return None


def _numbered_heading(text: str, known: Known) -> tuple[str, str | None, str] | None:
    """Return what a heading with the number of a measurement behind it asks, and that number."""
    match = None if known.is_heading(text) else _BEHIND_NUMBER.match(text)
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
    asked = {place: heading_text(above[over[place]]) for place in times if place in over}
    under: dict[str, dict[int, str]] = {}
    for place, text in asked.items():
        under.setdefault(fold(times[place]), {})[place] = text
    repeated = repeated_headings(under, known)
    of = {place: fold(times[place]) for place, text in asked.items() if fold_heading(text) in repeated}
    if not of or (not any(named.values()) and not hold_answers(sheet, header, under, repeated, known)):
        return None
    others = {place: text for place, text in cells.items() if place not in of}
    single = {place: heading_text(text) for place, text in above.items() if place not in over or place not in of}
    labels = {fold(text): Label(text, header, named[fold(text)]) for text in reversed(list(times.values()))}
    return replace(parted(sheet, (header, header - 1), labels, of, others | single | asked), times_below=True)


def runs_repeated(sheet: Sheet, header: int, known: Known) -> Parted | None:
    """Return the columns of a header that ask everything twice without saying when, parted into first and second.

    One question that stands twice is asked about by itself; so are columns that are never both filled, or equal.
    """
    texts = heading_texts(sheet, header)
    places: dict[str, list[int]] = {}
    for place, text in texts.items():
        if may_ask(text, known):
            places.setdefault(fold_heading(text), []).append(place)
    repeated = {text: each for text, each in places.items() if len(each) > 1}
    times = {len(each) for each in repeated.values()}
    if len(repeated) < 2 or len(times) != 1 or not all(_both_filled(sheet, header, each) for each in repeated.values()):
        return None
    under = {str(number): {each[number]: text for text, each in repeated.items()} for number in range(times.pop())}
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
