"""What became of every column and every row that is nobody's answers: nothing of a table is passed over in silence."""

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from evaluation.definitions import Questionnaire
from evaluation.intake.matching import SYSTEM_TARGETS, Match
from evaluation.intake.personal_data import looks_personal, mask, show
from evaluation.intake.table import Table, TableField
from evaluation.records import ColumnMatch, Problem
from evaluation.spreadsheets import EMPTY, Content

EXAMPLES = 3
Cells = Mapping[int, tuple[int, int]]


def column_matches(table: Table, matches: Sequence[Match], cells: Cells | None = None) -> tuple[ColumnMatch, ...]:
    """Tell of every field what it was taken for; ``cells`` say where they stand if not in the header."""
    told = []
    for number, match in enumerate(matches):
        kind = _kind(match, table)
        told.append(
            ColumnMatch(
                sheet=table.sheet.name,
                cell=_cell(table, match.field, number, cells),
                heading=mask(match.field.heading).text,
                target=match.target if match.status == "taken" else None,
                how=match.how,
                score=match.score,
                alternatives=match.alternatives,
                examples=() if kind == "personal" else _examples(table, match.field),
                kind=kind,
            )
        )
    return tuple(told)


def _kind(match: Match, table: Table) -> str:
    if match.field.kind == "session":
        return "session"
    if match.status in ("left_out", "personal"):
        return match.status
    if match.target in SYSTEM_TARGETS:
        return "system"
    return "personal" if match.status == "unknown" and _is_personal(match.field, table) else "question"


def _is_personal(field: TableField, table: Table) -> bool:
    return looks_personal(field.heading, _contents(table, field))


def _contents(table: Table, field: TableField) -> list[Content]:
    found = []
    for number in field.columns if len(table.rows) else ():
        column = table.sheet.columns[number]
        found += [column.values[code] for code in np.unique(column.codes[table.rows]) if code != EMPTY]
    return found


def _examples(table: Table, field: TableField) -> tuple[str, ...]:
    return tuple(shown for content in _contents(table, field)[:EXAMPLES] if (shown := show(content)))


def _cell(table: Table, field: TableField, number: int, cells: Cells | None) -> str:
    row, column = cells[number] if cells else (table.header, field.columns[0])
    return table.sheet.address(row, column)


def column_problems(
    table: Table, matches: Sequence[Match], form: Questionnaire, cells: Cells | None = None
) -> tuple[Problem, ...]:
    """Name every column that holds something and is not taken, or is taken by less than a text of the definitions."""
    texts = {item.id: item.text.root for item in form.items}
    found = []
    left_out = []
    for number, match in enumerate(matches):
        if not cells and not _contents(table, match.field):
            continue
        kind = _kind(match, table)
        shown = mask(match.field.heading).text
        if kind == "left_out":
            left_out.append(shown)
            continue
        told = _told(match, kind, texts, form)
        if told is not None:
            severity, code, values = told
            place = _cell(table, match.field, number, cells)
            found.append(Problem(severity, code, table.sheet.name, place, show(shown), values))
    if left_out:
        found.append(Problem("notice", "columns_left_out", table.sheet.name, values={"columns": ", ".join(left_out)}))
    return tuple(found)


def _told(
    match: Match, kind: str, texts: Mapping[str, Mapping[str, str]], form: Questionnaire
) -> tuple[str, str, dict[str, object]] | None:
    """Return severity, code and gaps of what there is to say of a column; None where all is well."""
    if kind == "personal":
        return "notice", "column_personal", {}
    if match.status == "taken":
        if match.how == "similar":
            return "warning", "column_similar", {"item": texts[str(match.target)], "score": round(match.score * 100)}
        if match.how == "position":
            return "warning", "column_by_position", {"item": texts[str(match.target)]}
        return None
    if match.status == "twice":
        return "warning", "column_twice", {}
    if match.status == "other_form":
        return "warning", "column_of_other_form", {"form": form.title.root}
    nearest = next((texts[each] for each in match.alternatives if each in texts), None)
    return ("warning", "column_near", {"nearest": nearest}) if nearest else ("warning", "column_unknown", {})


def row_problems(table: Table) -> tuple[Problem, ...]:
    """Name the rows that the layout set aside."""
    sheet = table.sheet
    return tuple(
        Problem("notice", code, sheet.name, sheet.address(row, _first(table, row)), values={"row": row + 1})
        for row, code in table.set_aside
    )


def hidden_problems(table: Table, rows: npt.NDArray[np.int64], taken: bool) -> tuple[Problem, ...]:
    """Say which rows are hidden in the workbook: all at once where they are taken, one by one where they are not."""
    sheet = table.sheet
    if not len(rows):
        return ()
    if taken:
        values = {"n": len(rows), "rows": ", ".join(str(row + 1) for row in rows[:20])}
        return (Problem("warning", "hidden_rows", sheet.name, values=values),)
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
