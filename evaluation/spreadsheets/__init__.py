"""Spreadsheet bytes become sheets of cells: engines, limits and attacks are dealt with here, questionnaires are not."""

from evaluation.spreadsheets.isolation import read_workbook
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
    "CellFault",
    "Codes",
    "Column",
    "Content",
    "Progress",
    "Remark",
    "Sheet",
    "Unreadable",
    "Value",
    "Workbook",
    "address",
    "read_workbook",
]
