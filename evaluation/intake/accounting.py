"""What became of every column, and of every row without answers: nothing of a table is dropped silently."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from evaluation.definitions import Questionnaire
from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.matching import SYSTEM_TARGETS, Match
from evaluation.intake.personal_data import looks_personal, show
from evaluation.intake.table import RESPONDENT, Table, TableField
from evaluation.records import ColumnMatch, Problem, Severity
from evaluation.spreadsheets import Content

EXAMPLES = 3
Kind = Literal["question", "system", "session", "left_out", "personal"]
_UNREAD = ("unknown", "near", "other_form")
Cells = Mapping[int, tuple[int, int]]

# An undecided column may hold answers; one without a heading holds notes.
_MAY_ANSWER = frozenset({"matched", "joined", "twice", "near", "unknown", "other_form"})


def column_matches(
    table: Table, matches: Sequence[Match], known: Known, cells: Cells | None = None
) -> tuple[ColumnMatch, ...]:
    """Return what every field was matched to; ``cells`` say where the fields stand if not in the header.

    The headings of the fields are already masked.
    """
    columns = []
    by_column = any(match.field.timing for match in matches)
    for number, match in enumerate(matches):
        kind = _kind(match, table, known)
        hidden = kind == "personal" or (kind == "system" and _is_personal(match.field, table, known))
        columns.append(
            ColumnMatch(
                sheet=table.sheet.name,
                cell=_cell(table, match.field, number, cells),
                heading=match.field.heading,
                target=match.target if match.status in ("matched", "joined") else None,
                how=match.how,
                score=match.score,
                alternatives=match.alternatives,
                examples=() if hidden else _examples(table, match.field),
                kind=kind,
                further=_further(table, match.field, cells),
                timing=match.field.timing if by_column else table.timing,
                key=match.field.key or fold(match.field.heading),
                part=match.field.band or table.block,
                other_words=match.other_words,
            )
        )
    return tuple(columns)


def _kind(match: Match, table: Table, known: Known) -> Kind:
    if match.field.kind == "session":
        return "session"
    if match.status == "left_out":
        return "left_out"
    if match.status == "personal":
        return "personal"
    if match.target in SYSTEM_TARGETS:
        return "system"
    # Names stay names under a heading that resembles a question: "Osallistuja" is no "Osallistuminen".
    return "personal" if match.status in _UNREAD and _is_personal(match.field, table, known) else "question"


def _is_personal(field: TableField, table: Table, known: Known) -> bool:
    return looks_personal(field.heading, _contents(table, field), known) is not None


def _contents(table: Table, field: TableField) -> tuple[Content, ...]:
    columns = (table.sheet.columns[number] for number in field.columns)
    return tuple(content for column in columns for content in column.contents(table.rows))


def _examples(table: Table, field: TableField) -> tuple[str, ...]:
    return tuple(text for content in _contents(table, field)[:EXAMPLES] if (text := show(content)))


def _cell(table: Table, field: TableField, number: int, cells: Cells | None) -> str:
    row, column = cells[number] if cells else (table.header, field.columns[0])
    return table.sheet.address(row, column)


def _further(table: Table, field: TableField, cells: Cells | None) -> tuple[str, ...]:
    return () if cells else tuple(table.sheet.address(table.header, column) for column in field.columns[1:])


def column_problems(
    table: Table, matches: Sequence[Match], form: Questionnaire, known: Known, cells: Cells | None = None
) -> tuple[Problem, ...]:
    """Name every non-empty column that is not matched, or is matched by less than a text of the definitions."""
    texts = {item.id: item.text.root for item in form.items}
    problems = []
    left_out = []
    for number, match in enumerate(matches):
        if not cells and not _contents(table, match.field):
            continue
        kind = _kind(match, table, known)
        # The number of a response only serves to recognise it, and is not saved either.
        if kind == "left_out" or match.target == RESPONDENT:
            left_out.append(match.field.heading)
            continue
        finding = _finding(match, kind, texts, form)
        if finding is not None:
            severity, code, values = finding
            place = _cell(table, match.field, number, cells)
            problems.append(Problem(severity, code, table.sheet.name, place, show(match.field.heading), values))
    if left_out:
        problems.append(
            Problem("notice", "columns_left_out", table.sheet.name, values={"columns": ", ".join(left_out)})
        )
    return tuple(problems)


def _finding(
    match: Match, kind: Kind, texts: Mapping[str, Mapping[str, str]], form: Questionnaire
) -> tuple[Severity, str, dict[str, object]] | None:
    """Return severity, code and gaps of the problem of a column; None where there is none."""
    if kind == "personal":
        return "notice", "column_personal", {}
    if match.status == "matched":
        return _finding_of_match(match, texts)
    if match.status in ("joined", "twice"):
        return ("notice", "column_joined", {}) if match.status == "joined" else ("warning", "column_twice", {})
    if match.status == "other_form":
        return "warning", "column_of_other_form", {"form": form.title.root}
    nearest = next((texts[item] for item in match.alternatives if item in texts), None)
    if nearest:
        words = ", ".join(match.other_words)
        code = "column_other_words" if words else "column_near"
        return "warning", code, {"nearest": nearest} | ({"words": words} if words else {})
    return "warning", "column_unknown" if match.field.heading else "column_without_heading", {}


def _finding_of_match(
    match: Match, texts: Mapping[str, Mapping[str, str]]
) -> tuple[Severity, str, dict[str, object]] | None:
    if match.how == "similar":
        return "warning", "column_similar", {"item": texts[str(match.target)], "score": round(match.score * 100)}
    if match.how == "position":
        return "warning", "column_by_position", {"item": texts[str(match.target)]}
    return None


def row_problems(table: Table) -> tuple[Problem, ...]:
    """Name the rows that the layout set aside."""
    sheet = table.sheet
    return tuple(
        Problem(
            "notice",
            code,
            sheet.name,
            sheet.address(row, column := _first(table, row)),
            show(sheet.cell(row, column)) if code == "total_row" else None,
            values={"row": row + 1},
        )
        for row, code in table.set_aside
    )


def hidden_problems(table: Table, rows: npt.NDArray[np.int64], included: bool) -> tuple[Problem, ...]:
    """Name the rows that are hidden in the workbook: together where they are included, one by one where they are not.

    All rows of a hidden sheet count as hidden.
    """
    sheet = table.sheet
    columns = _hidden_columns(table)
    if not len(rows):
        return columns
    if included and sheet.hidden:
        return (*columns, Problem("warning", "hidden_sheet", sheet.name, values={"n": len(rows)}))
    if included:
        values = {"n": len(rows), "rows": ", ".join(str(row + 1) for row in rows[:20])}
        return (*columns, Problem("warning", "hidden_rows", sheet.name, values=values))
    return (*columns, *_hidden_rows(table, rows))


def _hidden_columns(table: Table) -> tuple[Problem, ...]:
    """Name the non-empty columns that are hidden in the workbook; they are read like the others."""
    sheet = table.sheet
    field_columns = {column for field in table.fields for column in field.columns}
    hidden = [sheet.address(0, column).rstrip("1") for column in sorted(sheet.hidden_columns & field_columns)]
    values = {"columns": ", ".join(hidden)}
    return (Problem("notice", "hidden_columns", sheet.name, values=values),) if hidden else ()


def _hidden_rows(table: Table, rows: npt.NDArray[np.int64]) -> tuple[Problem, ...]:
    sheet = table.sheet
    return tuple(
        Problem(
            "notice",
            "hidden_row",
            sheet.name,
            sheet.address(int(row), _first(table, int(row))),
            values={"row": int(row) + 1},
        )
        for row in rows
    )


def _first(table: Table, row: int) -> int:
    return next((number for number, content in enumerate(table.sheet.row(row)) if content is not None), 0)


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
