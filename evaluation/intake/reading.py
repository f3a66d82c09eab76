"""One file → a Draft: opens it, finds its tables, reads their rows and adds up the counts."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from evaluation.definitions import Library, Questionnaire
from evaluation.definitions.columns import INSTRUCTIONS_KEY, LAYOUT_KEY, SINGLE_LAYOUT, system_headings
from evaluation.intake.context import TABLE, TEMPLATE, Given, Unclear, find_context, read_manifest
from evaluation.intake.drafting import draft_tables
from evaluation.intake.headings import Header, HeadingBook
from evaluation.intake.rows import Row, TableReader, show
from evaluation.intake.workbook import Sheet, Unreadable, read_workbook
from evaluation.records import Draft, Problem

# Hidden sheets of a template have names that begin with this.
HELPER_MARK = "_"


@dataclass
class _Found:
    """What has been gathered from the sheets so far."""

    taken: list[tuple[Questionnaire, Row]] = field(default_factory=list)
    forms: dict[str, Questionnaire] = field(default_factory=dict)
    rows: int = 0
    rejected: int = 0
    problems: list[Problem] = field(default_factory=list)


def read_draft(content: bytes, file: str, library: Library, given: Given | None = None) -> Draft:
    """Read a workbook into a draft, saving nothing.

    Args:
        content: the bytes of the file.
        file: its name, for messages.
        library: the definitions by which it is understood.
        given: what the worker says of the whole file.

    Every row of the file is in the draft or named in one of its problems. A file that cannot be read at all has no
    questionnaires and an error without a cell.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        sheets = read_workbook(content)
    except Unreadable as refused:
        return _nothing(file, sha256, Problem("error", refused.code, values={"file": file, **refused.values}))
    manifest = read_manifest(sheets)
    found = _Found()
    book = HeadingBook(library)
    for sheet in sheets:
        if (sheet.name.startswith(HELPER_MARK) and sheet.hidden) or sheet.name == manifest.get(INSTRUCTIONS_KEY):
            continue
        single = manifest.get(LAYOUT_KEY) == SINGLE_LAYOUT
        _read_sheet(sheet.turn() if single else sheet, book, manifest, given or Given(), library, found)
    if not found.forms and not any(problem.severity == "error" for problem in found.problems):
        empty = all(sheet.empty for sheet in sheets)
        code = "no_content" if empty else "nothing_recognised"
        found.problems.append(Problem("error", code, values={"file": file}))
    elif found.forms and not found.rows:
        found.problems.append(Problem("warning", "no_rows", values={"file": file}))
    responses, answers, texts, attendance = draft_tables(found.taken, file)
    return Draft(
        file=file,
        sha256=sha256,
        layout=manifest.get(LAYOUT_KEY, TEMPLATE) if manifest else TABLE,
        questionnaires=tuple(found.forms),
        responses=responses,
        answers=answers,
        texts=texts,
        attendance=attendance,
        rows=found.rows,
        rejected=found.rejected,
        problems=tuple(found.problems),
        synthetic=manifest.get("synthetic") == "yes",
    )


def _nothing(file: str, sha256: str, problem: Problem) -> Draft:
    responses, answers, texts, attendance = draft_tables((), file)
    return Draft(
        file, sha256, TABLE, (), responses, answers, texts, attendance, rows=0, rejected=0, problems=(problem,)
    )


def _read_sheet(
    sheet: Sheet, book: HeadingBook, manifest: Mapping[str, str], given: Given, library: Library, found: _Found
) -> None:
    if sheet.empty:
        return
    header = book.find(sheet)
    if header is None or not (header.items or header.sessions):
        if not manifest:
            found.problems.append(Problem("warning", "sheet_not_recognised", sheet.name))
        return
    try:
        context, problems = find_context(sheet, header, manifest, given, library)
    except Unclear as unclear:
        # Its rows are counted, so that a preview tells how much waits for the answer.
        waiting = sum(any(value is not None for value in row) for row in sheet.rows[header.row + 1 :])
        found.rows, found.rejected = found.rows + waiting, found.rejected + waiting
        found.problems.append(unclear.problem)
        return
    table = TableReader(sheet, header, context, library)
    found.forms[context.questionnaire.id] = context.questionnaire
    found.problems += problems
    missing = table.missing_columns()
    if missing:
        found.rows, found.rejected = found.rows + table.count(), found.rejected + table.count()
        found.problems += [_column_missing(sheet, name, table.count()) for name in missing]
        return
    found.problems += _columns_not_taken(sheet, header, table, context.questionnaire, book)
    for row, row_problems in table.rows():
        found.rows += 1
        found.problems += row_problems
        if row is None:
            found.rejected += 1
        else:
            found.taken.append((context.questionnaire, row))


def _column_missing(sheet: Sheet, name: str, rows: int) -> Problem:
    return Problem("error", "column_missing", sheet.name, values={"column": system_headings(name), "rows": rows})


def _columns_not_taken(
    sheet: Sheet, header: Header, table: TableReader, form: Questionnaire, book: HeadingBook
) -> Iterator[Problem]:
    """Name every column that holds something and is not taken."""
    texts = {item.id: item.text.root for item in form.items}
    free = frozenset(texts) - header.items
    for column, heading in {**header.unknown, **header.repeated, **table.foreign}.items():
        if not _has_content(sheet, header.row, column):
            continue
        place, shown = sheet.address(header.row, column), show(sheet.rows[header.row][column])
        if column in header.repeated:
            yield Problem("warning", "column_twice", sheet.name, place, shown)
        elif column in table.foreign:
            yield Problem("warning", "column_of_other_form", sheet.name, place, shown, {"form": form.title.root})
        else:
            nearest = book.nearest(heading, free)
            values = {"nearest": texts[nearest]} if nearest else {}
            yield Problem("warning", "column_near" if nearest else "column_unknown", sheet.name, place, shown, values)


def _has_content(sheet: Sheet, header_row: int, column: int) -> bool:
    cells = (row[column] for row in sheet.rows[header_row + 1 :] if column < len(row))
    return any(cell is not None for cell in cells)
