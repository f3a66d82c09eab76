"""A table whose columns belong to several times → a table for every time, and the questions before that."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from evaluation.intake.column_keys import UNSAID
from evaluation.intake.context import FileSettings
from evaluation.intake.folding import fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.headers import left_out
from evaluation.intake.table import Band, Table, TableField
from evaluation.records import Choice, OpenQuestion

SAME_FORM, LEAVE_OUT = "same_form", "leave_out"
CHOICES = ("start", "end", "follow_up", SAME_FORM, LEAVE_OUT)
# As many headings distinguish one block from another.
SHOWN = 6


def timed(table: Table, settings: FileSettings) -> tuple[Table, tuple[OpenQuestion, ...]]:
    """Return a table with the time of every column by the worker and the file, and questions about the others.

    The worker's word on a column takes precedence over the word on its band, and that over the text of the band.
    """
    decided: dict[str, str | None] = {}
    questions = []
    for band in table.bands:
        timing = settings.timings.get(band.key, UNSAID)
        if timing != UNSAID:
            decided[band.key] = timing
        elif band.timing is not None:
            decided[band.key] = band.timing
        else:
            question = _question(table, band, settings.decisions)
            questions.append(question)
            decided[band.key] = question.decision
    fields = tuple(_timed(field, decided, settings.timings) for field in table.fields)
    block = table.timing if table.block is None else settings.timings.get(table.block, table.timing)
    return replace(table, fields=fields, timing=block), tuple(questions)


def block_question(table: Table, settings: FileSettings) -> OpenQuestion | None:
    """Return the question about the time of a block; None for a table that stands alone on its sheet."""
    if table.block is None:
        return None
    key = f"block_timing:{table.block}"
    return OpenQuestion(
        key=key,
        kind="block_timing",
        choices=tuple(map(Choice, CHOICES)),
        sheet=table.sheet.name,
        cell=table.block.rpartition("!")[2],
        rows=len(table.rows),
        values={"columns": ", ".join(field.heading for field in table.fields[:SHOWN]), "n": len(table.rows)},
        suggested=table.suggested,
        decision=settings.decisions.get(key),
    )


def _question(table: Table, band: Band, decisions: Mapping[str, str]) -> OpenQuestion:
    kind = "band_timing" if band.text else "run_timing"
    key = f"{kind}:{band.key}"
    headings = dict.fromkeys(field.heading for field in table.fields if field.band == band.key)
    return OpenQuestion(
        key=key,
        kind=kind,
        choices=tuple(map(Choice, CHOICES)),
        sheet=table.sheet.name,
        cell=band.cell,
        rows=len(table.rows),
        values={"band": band.text, "columns": ", ".join(headings)},
        suggested=band.suggested,
        decision=decisions.get(key),
    )


def _timed(field: TableField, decided: Mapping[str, str | None], timings: Mapping[str, str | None]) -> TableField:
    if field.key in timings:
        return replace(field, timing=timings[field.key])
    if field.band is None or field.band not in decided:
        return field
    timing = decided[field.band]
    if timing == LEAVE_OUT:
        return replace(left_out(field), key=field.key, band=field.band)
    return replace(field, timing=None if timing == SAME_FORM else timing)


def by_time(table: Table, known: Known, items_of: Callable[[TableField], Collection[str]]) -> tuple[Table, ...]:
    """Return a table for each time its columns belong to, in the order of the sheet; the table itself if for none.

    A question in a column that belongs to no time is read with the last time that it is asked at; any other column
    holds for all. A row without any answer stays with the first, so that it is named.

    Args:
        table: the table with the time of every column.
        known: tells which of several questions of one short text belongs to all times.
        items_of: the questions that a field names for sure.
    """
    times = tuple(dict.fromkeys(field.timing for field in table.fields if field.timing is not None))
    if not times:
        return (table,)
    alone = {
        field.columns: _asked_last(items, times, known)
        for field in table.questions
        if field.timing is None and (items := items_of(field))
    }
    fields = {
        time: [
            _named_at(field, table.fields, known)
            for field in table.fields
            if field.timing == time or (field.timing is None and alone.get(field.columns, time) == time)
        ]
        for time in times
    }
    answered = {time: _answered(table, _answering(fields[time], alone)) for time in times}
    nobody = ~np.logical_or.reduce(list(answered.values()))
    return tuple(
        replace(
            table,
            fields=tuple(fields[time]),
            rows=table.rows[answered[time] | nobody] if time == times[0] else table.rows[answered[time]],
            set_aside=table.set_aside if time == times[0] else (),
            timing=time,
        )
        for time in times
    )


def _asked_last(items: Collection[str], times: Sequence[str], known: Known) -> str:
    """Return the last of ``times`` at which one of ``items`` is asked; the last of all where none is."""
    asked_at = (time for time in reversed(times) if any(known.is_asked_at(item, {time}) for item in items))
    return next(asked_at, times[-1])


def _answering(fields: Sequence[TableField], alone: Collection[tuple[int, ...]]) -> list[int]:
    """Return the columns that show whether somebody answered at the time of ``fields``.

    ``alone`` are the columns of questions that stand under no time.
    """
    return [
        column
        for field in fields
        if field.kind in ("question", "options") and (field.timing is not None or field.columns in alone)
        for column in field.columns
    ]


def _answered(table: Table, columns: Sequence[int]) -> npt.NDArray[np.bool_]:
    """Tell for every row whether something stands in one of ``columns``."""
    filled = np.zeros(len(table.rows), dtype=bool)
    for column in columns:
        filled |= table.sheet.columns[column].filled[table.rows]
    return filled


def _named_at(field: TableField, fields: Sequence[TableField], known: Known) -> TableField:
    """Return a field named by the one question that belongs to all its times, of several that share a short text."""
    heading = fold_heading(field.names[0]) if field.names else ""
    if field.timing is None or len(known.find(heading)) < 2:
        return field
    times = {
        other.timing for other in fields if other.timing and other.names and fold_heading(other.names[0]) == heading
    }
    items = [item for item in known.find(heading) if known.is_asked_at(item, {str(time) for time in times})]
    return replace(field, names=(items[0], *field.names)) if len(items) == 1 else field
