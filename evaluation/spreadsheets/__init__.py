"""Spreadsheet bytes become sheets of cells: engines, limits and attacks are dealt with here, questionnaires are not."""

from evaluation.spreadsheets.isolation import (
    ORIGIN_MARK,
    ORIGIN_SHEET,
    CellNote,
    Summary,
    annotate,
    decoded_bytes,
    read_workbook,
)
from evaluation.spreadsheets.model import (
    EMPTY,
    CellFault,
    Codes,
    Column,
    Content,
    Progress,
    Remark,
    Sheet,
    Unreadable,
    Value,
    Workbook,
    address,
)

__all__ = [
    "EMPTY",
    "ORIGIN_MARK",
    "ORIGIN_SHEET",
    "CellFault",
    "CellNote",
    "Codes",
    "Column",
    "Content",
    "Progress",
    "Remark",
    "Sheet",
    "Summary",
    "Unreadable",
    "Value",
    "Workbook",
    "address",
    "annotate",
    "decoded_bytes",
    "read_workbook",
]
