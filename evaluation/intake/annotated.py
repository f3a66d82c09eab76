"""A workbook that went back to the worker with comments on its cells, known again when it comes in mended."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.spreadsheets import ORIGIN_MARK, ORIGIN_SHEET, Sheet


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
