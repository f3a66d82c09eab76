"""Headings over several columns that divide a table by time: "ALKU" | "LOPPU" above, or words of time below questions.

They are recognised by their shape and by words of time alone, so the headings below them need not be questions of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evaluation.definitions.columns import ANSWERED_ON
from evaluation.intake.column_keys import area_key
from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.column_contents import is_answer, is_label, is_text, share, whole
from evaluation.intake.layouts.headers import one_line
from evaluation.intake.layouts.times import label_timing, says_something, suggested_timings
from evaluation.intake.layouts.typed_table import heading_text
from evaluation.intake.table import Band
from evaluation.intake.titles import is_cohort_name
from evaluation.spreadsheets import Sheet

# A band stands right above its headings; a row of days or a blank row may come between.
ROWS_ABOVE = 3
# A heading as short may be a weekday or a mark.
SHORTEST_HEADING = 3


@dataclass(frozen=True)
class Parted:
    """A header whose columns belong to times: its rows, the bands, the question of each column and its band."""

    rows: tuple[int, ...]
    bands: tuple[Band, ...]
    questions: Mapping[int, str]
    of: Mapping[int, str]
    times_below: bool = False


def bands_above(sheet: Sheet, header: int, known: Known) -> Parted | None:
    """Return the bands over the header row ``header`` by which its columns are parted; None where none are."""
    best: Parted | None = None
    for row in range(header - 1, max(-1, header - 1 - ROWS_ABOVE), -1):
        labels = labels_in(sheet, row)
        candidate = _under(sheet, row, header, labels, known) if len(set(labels.values())) > 1 else None
        if candidate is not None and (best is None or _times(candidate) > _times(best)):
            best = candidate
    return best


def _times(header: Parted) -> int:
    return len({band.timing for band in header.bands} - {None})


def heading_texts(sheet: Sheet, header: int) -> dict[int, str]:
    """Return the headings of a row by column, the empty ones left out."""
    return {place: text for place, cell in enumerate(sheet.row(header)) if (text := heading_text(cell))}


def labels_in(sheet: Sheet, row: int) -> dict[int, str]:
    """Return the cells of a row that say something, by column."""
    texts = ((place, one_line(cell)) for place, cell in enumerate(sheet.row(row)))
    return {place: text for place, text in texts if text and says_something(text)}


def _under(sheet: Sheet, row: int, header: int, labels: Mapping[int, str], known: Known) -> Parted | None:
    """Return the columns of a header under the labels of a row above it, if these are times of the same questions."""
    headings = heading_texts(sheet, header)
    over = extents(sheet, row, labels)
    under: dict[str, dict[int, str]] = {}
    for place, first in over.items():
        if place in headings:
            under.setdefault(fold(labels[first]), {})[place] = headings[place]
    texts = {fold(text): text for text in reversed(list(labels.values()))}
    named = {band: label_timing(texts[band]) for band in under}
    repeated = repeated_headings(under, known)
    taking = [
        band for band in under if named[band] or any(fold_heading(text) in repeated for text in under[band].values())
    ]
    times = {named[band] for band in taking} - {None}
    # Where every column has its own label, that row is the header, and answers stand below it; but one question
    # may stand under nothing but its times.
    label_per_heading = len(under) >= len(headings) and not (repeated and len(times) == len(under))
    if len(taking) < 2 or label_per_heading or not (repeated or len(times) > 1):
        return None
    # Bands that name no time are recognised by the answers below them, and are no answers themselves.
    answers = any(is_label(texts[band], known) for band in taking)
    if not times and (answers or not hold_answers(sheet, header, under, repeated, known)):
        return None
    count: dict[str, int] = {}
    for band in taking:
        for text in {fold_heading(text) for text in under[band].values()}:
            count[text] = count.get(text, 0) + 1
    first = min(headings)
    of = {
        place: band
        for band in taking
        for place, text in under[band].items()
        if count[fold_heading(text)] > 1 or not _holds_for_all(place, over[place], text, first, known)
    }
    return parted(sheet, (header,), {band: Label(texts[band], row, named[band]) for band in taking}, of, headings)


def extents(sheet: Sheet, row: int, labels: Mapping[int, str]) -> dict[int, int]:
    """Return for each column under a label where that label stands: its merged cells, or all up to the next label."""
    merged = {left: right for top, left, bottom, right in sheet.merged if top <= row <= bottom}
    starts = sorted(labels)
    over: dict[int, int] = {}
    for start, following in zip(starts, [*starts[1:], sheet.width], strict=True):
        end = merged[start] + 1 if merged.get(start, start) > start else following
        over.update(dict.fromkeys(range(start, min(end, following)), start))
    return over


def repeated_headings(under: Mapping[str, Mapping[int, str]], known: Known) -> frozenset[str]:
    """Return the folded headings of questions that stand under more than one band."""
    seen: dict[str, set[str]] = {}
    for band, columns in under.items():
        for text in columns.values():
            if may_ask(text, known):
                seen.setdefault(fold_heading(text), set()).add(band)
    return frozenset(text for text, bands in seen.items() if len(bands) > 1)


def may_ask(text: str, known: Known) -> bool:
    """Tell whether a heading may be a question: words that are no answer and no column that every form has."""
    if known.find(text):
        return True
    if (
        known.system(text)
        or known.is_personal(text)
        or is_label(text, known)
        or whole(text) is not None
        or is_cohort_name(text)
    ):
        return False
    return is_text(text) and len(text) >= SHORTEST_HEADING


def hold_answers(
    sheet: Sheet, header: int, under: Mapping[str, Mapping[int, str]], repeated: frozenset[str], known: Known
) -> bool:
    """Tell whether answers on a scale stand in one of the columns that are repeated: their bands may be times."""
    rows = np.arange(header + 1, sheet.height)
    return any(
        fold_heading(text) in repeated
        and share(sheet.columns[place], rows, lambda content: is_answer(content, known)) >= 0.5
        for columns in under.values()
        for place, text in columns.items()
    )


def _holds_for_all(place: int, band: int, text: str, first_column: int, known: Known) -> bool:
    """Tell whether a column under a single band holds for all times: a code, a cohort, the people's names.

    A day under a band belongs to that band, unless it stands in the first column.
    """
    if known.find(text):
        return False
    if known.system(text) == ANSWERED_ON:
        return place == first_column
    return known.system(text) is not None or known.is_personal(text) or (place == first_column and place == band)


@dataclass(frozen=True)
class Label:
    """What stands over or in the columns of one time: its text, the row it stands in, and the time it names."""

    text: str
    row: int
    timing: str | None


def parted(
    sheet: Sheet,
    rows: tuple[int, ...],
    labels: Mapping[str, Label],
    of: Mapping[int, str],
    questions: Mapping[int, str],
) -> Parted:
    """Return a header in ``rows`` whose columns belong to labels as ``of`` says, the labels made bands."""
    places = {name: min(place for place, band in of.items() if band == name) for name in labels if name in of.values()}
    order = sorted(places, key=places.__getitem__)
    texts, named = [labels[name].text for name in order], [labels[name].timing for name in order]
    bands = {
        name: Band(
            key=area_key(sheet.name, labels[name].row, places[name]),
            text=labels[name].text,
            cell=sheet.address(labels[name].row, places[name]),
            columns=list(of.values()).count(name),
            timing=labels[name].timing,
            suggested=suggestion,
        )
        for name, suggestion in zip(order, suggested_timings(texts, named), strict=True)
    }
    return Parted(rows, tuple(bands.values()), dict(questions), {place: bands[of[place]].key for place in sorted(of)})
