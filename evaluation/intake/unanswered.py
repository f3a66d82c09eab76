"""Rows that hold something, and nothing in any column that could be an answer: they are set aside and told."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from evaluation.intake.matching import Match
from evaluation.intake.personal_data import show
from evaluation.intake.table import Table
from evaluation.records import Problem

# A column that nobody has decided about may hold answers; one without a heading holds notes.
_MAY_ANSWER = frozenset({"matched", "joined", "twice", "near", "unknown", "other_form"})


def without_unanswered(table: Table, matches: Sequence[Match]) -> tuple[Table, tuple[Problem, ...]]:
    """Return a table without the rows that answer nothing, and notices about these rows."""
    columns = {
        column
        for match in matches
        if match.field.kind != "system" and match.field.names[0] and match.status in _MAY_ANSWER
        for column in match.field.columns
    }
    if not columns:
        return table, ()
    answered = np.zeros(len(table.rows), dtype=bool)
    for column in columns:
        answered |= table.sheet.columns[column].filled[table.rows]
    empty = table.rows[~answered].tolist()
    return replace(table, rows=table.rows[answered]), tuple(_notice(table, row) for row in empty)


def _notice(table: Table, row: int) -> Problem:
    sheet = table.sheet
    column = next(number for number, content in enumerate(sheet.row(row)) if content is not None)
    cell = sheet.address(row, column)
    return Problem("notice", "no_answers", sheet.name, cell, show(sheet.cell(row, column)))
