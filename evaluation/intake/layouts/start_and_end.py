"""A row a person with the start and the end beside one another: each question stands twice, with its time."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from evaluation.definitions.columns import PARTICIPANT
from evaluation.intake.folding import fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.headers import one_line, titles_above
from evaluation.intake.layouts.options import question
from evaluation.intake.layouts.tables import fields_under, heading_text, rows_searched, table_of
from evaluation.intake.place import timing_named
from evaluation.intake.table import Recognised, Table
from evaluation.spreadsheets import Sheet

NAME = "start_and_end"
SURE = 0.8
# "Mieliala (alussa)", "Mieliala – loppu", "Alku: Mieliala", "Alkupvm".
_BEHIND_IN_BRACKETS = re.compile(r"^(.*\S)\s*[(\[]([^()\[\]]+)[)\]]$")
_BEHIND = re.compile(r"^(.*[^\s:,;/_–-])[\s:,;/_–-]+([^\s:,;/_–-]+)$")
_BEFORE = re.compile(r"^([^\s:,;/_–-]+)[\s:,;/_–-]+(\S.*)$")
_JOINED = re.compile(r"^(alku|loppu)(\w.*)$", re.IGNORECASE)


@dataclass(frozen=True)
class _Timed:
    """What a heading asks, and when."""

    asked: str
    timing: str


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return a table for each time that the headings name; sure where at least one question is asked at two times."""
    best: tuple[int, Mapping[int, _Timed]] = (0, {})
    for row in rows_searched(sheet):
        for timed in (_by_heading(sheet, row, known), _by_band(sheet, row, known)):
            if len(timed) > len(best[1]) and _is_asked_twice(timed, known):
                best = (row, timed)
    row, timed = best
    return Recognised(NAME, SURE, _tables(sheet, row, timed, known)) if timed else Recognised(NAME, 0.0)


def _by_heading(sheet: Sheet, row: int, known: Known) -> Mapping[int, _Timed]:
    """Return the columns whose own headings name a time."""
    found = ((place, _parted(heading_text(cell), known)) for place, cell in enumerate(sheet.row(row)))
    return {place: timed for place, timed in found if timed is not None}


def _parted(text: str, known: Known) -> _Timed | None:
    if not text or known.is_heading(text):
        return None
    for pattern, asked, time in ((_BEHIND_IN_BRACKETS, 1, 2), (_BEHIND, 1, 2), (_BEFORE, 2, 1), (_JOINED, 2, 1)):
        match = pattern.match(text)
        timing = timing_named(match[time]) if match else None
        if match and timing and known.is_heading(match[asked]):
            return _Timed(match[asked], timing)
    return None


def _by_band(sheet: Sheet, row: int, known: Known) -> Mapping[int, _Timed]:
    """Return the columns over which a time stands in the row above, each time over its first column at least."""
    found: dict[int, _Timed] = {}
    timing = None
    for place, cell in enumerate(sheet.row(row)):
        above = one_line(sheet.cell(row - 1, place)) if row else ""
        timing = timing_named(above) if above else timing
        text = heading_text(cell)
        if timing and text and known.is_heading(text):
            found[place] = _Timed(text, timing)
    times = _times(found)
    # A code that stands once holds for all times, whatever stands over it.
    return {
        place: each
        for place, each in found.items()
        if known.find(each.asked) or len(times[fold_heading(each.asked)]) > 1
    }


def _is_asked_twice(timed: Mapping[int, _Timed], known: Known) -> bool:
    """Tell whether a question stands at two times; where codes do so too, two tables stand side by side."""
    twice = [asked for asked, times in _times(timed).items() if len(times) > 1]
    return any(map(known.find, twice)) and not any(known.system(asked) == PARTICIPANT for asked in twice)


def _times(timed: Mapping[int, _Timed]) -> Mapping[str, set[str]]:
    """Return at which times each thing is asked, by its folded text."""
    times: dict[str, set[str]] = {}
    for each in timed.values():
        times.setdefault(fold_heading(each.asked), set()).add(each.timing)
    return times


def _names(asked: str, times: Mapping[str, set[str]], known: Known) -> tuple[str, ...]:
    """Return the ways to name what is asked: of questions that share a short text, the one asked at these times."""
    found = [item for item in known.find(asked) if known.is_asked_at(item, times[fold_heading(asked)])]
    return (found[0], asked) if len(found) == 1 and len(known.find(asked)) > 1 else (asked,)


def _tables(sheet: Sheet, row: int, timed: Mapping[int, _Timed], known: Known) -> tuple[Table, ...]:
    """Part the columns by their time; other questions are asked at the last, and any other column holds for all."""
    asking = {place: each.timing for place, each in sorted(timed.items()) if known.find(each.asked)}
    times = tuple(dict.fromkeys(asking.values()))
    timed = {place: each for place, each in timed.items() if each.timing in times}
    shared = fields_under(sheet, (row,), known, skip=timed)
    whole = table_of(sheet, NAME, (row,), shared)
    # A time over its columns is no title of all.
    titles = tuple(each for each in titles_above(sheet, row) if each[0] != row - 1 or not timing_named(each[2]))
    last = [field for field in shared if field.kind != "system" and any(map(known.find, field.names))]
    asking |= {field.columns[0]: times[-1] for field in last}
    answered = {time: _answered(whole, [place for place in asking if asking[place] == time]) for time in times}
    asked = _times(timed)
    nobody = ~np.logical_or.reduce(list(answered.values()))
    tables = []
    for time in times:
        own = [
            question(place, one_line(sheet.cell(row, place)), _names(each.asked, asked, known), known)
            for place, each in timed.items()
            if each.timing == time
        ]
        fields = own + [field for field in shared if field not in last or time == times[-1]]
        first = time == times[0]
        tables.append(
            replace(
                whole,
                fields=tuple(sorted(fields, key=lambda field: field.columns)),
                rows=whole.rows[answered[time] | nobody] if first else whole.rows[answered[time]],
                set_aside=whole.set_aside if first else (),
                titles=titles,
                timing=time,
            )
        )
    return tuple(tables)


def _answered(table: Table, places: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Tell for every row whether something stands in one of the columns ``places``."""
    filled = np.zeros(len(table.rows), dtype=bool)
    for place in places:
        filled |= table.sheet.columns[place].filled[table.rows]
    return filled
