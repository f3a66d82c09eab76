"""Workbooks with comments on their cells: written for the worker, and recognised when they come back corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.i18n import Translator
from evaluation.intake.personal_data import MASK, mask
from evaluation.records import Problem
from evaluation.spreadsheets import ORIGIN_MARK, ORIGIN_SHEET, CellNote, Sheet, Summary, annotate, read_workbook


@dataclass(frozen=True)
class Origin:
    """The file that the comments were written into: its name, fingerprint, and the sheet that sums them up."""

    file: str
    sha256: str
    summary: str


def origin_of(sheets: Sequence[Sheet]) -> Origin | None:
    """Return where a workbook with comments comes from; None for any other workbook."""
    for sheet in sheets:
        if sheet.name == ORIGIN_SHEET and sheet.cell(0, 0) == ORIGIN_MARK:
            return Origin(*(str(sheet.cell(row, 1) or "") for row in range(3)))
    return None


def commented(content: bytes, file: str, problems: Sequence[Problem], translator: Translator) -> bytes:
    """Return a file as a workbook with every problem as a comment on its cell, and all of them on a summary sheet.

    When the corrected workbook comes back, its original is known, so that only the missing rows are added.
    """
    file = mask(file).text
    names = _sheet_names(content, file, problems)
    notes = [
        CellNote(names.get(problem.sheet, problem.sheet), problem.cell, problem.message(translator), problem.severity)
        for problem in problems
        if problem.sheet and problem.cell
    ]
    headings = tuple(translator(f"intake.summary_{name}") for name in ("severity", "sheet_name", "cell", "message"))
    rows = tuple(
        (
            translator(f"common.severity_{problem.severity}"),
            problem.sheet or "",
            problem.cell or "",
            problem.message(translator),
        )
        for problem in problems
    )
    return annotate(content, file, notes, Summary(translator("intake.summary_sheet"), headings, rows))


def _sheet_names(content: bytes, file: str, problems: Sequence[Problem]) -> Mapping[str, str]:
    """Return what sheets are called in the file whose names are masked in ``problems``."""
    if not any(problem.sheet and MASK in problem.sheet for problem in problems):
        return {}
    return {mask(sheet.name).text: sheet.name for sheet in read_workbook(content, file).sheets}
