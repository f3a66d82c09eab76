"""What goes back to the worker: the workbook with comments on its cells, asked of the child."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from evaluation.spreadsheets.isolation import write_annotated

# A very hidden sheet tells what the comments were written into: the mark in A1; in B1 to B3 the original's name,
# its sha256 and the name of the summary's sheet.
ORIGIN_SHEET = "_evaluation_origin"
ORIGIN_MARK = "evaluation-notes-1"


@dataclass(frozen=True)
class CellNote:
    """What to say at one cell ("B7") of a sheet."""

    sheet: str
    cell: str
    text: str
    severity: Literal["error", "warning", "notice"]


@dataclass(frozen=True)
class Summary:
    """The sheet that is put in front: its title, the headings of its columns and their rows, all of it text."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def annotate(content: bytes, file: str, notes: Sequence[CellNote], summary: Summary) -> bytes:
    """Return a file as .xlsx with a comment and a fill on each noted cell and a summary in front.

    Args:
        content: the bytes of the file.
        file: its name, which is written into the result.
        notes: what to say; several at one cell are joined, the fill is that of the gravest.
        summary: the sheet in front.

    An .xlsx or .xlsm keeps its looks and formulas and loses macros and links to other files; any other kind, or one
    too large for that, is written anew from the cells read, its text as text. The result reads like the original
    apart from the two sheets added. Annotating it again replaces what was added. Raises Unreadable as read_workbook.
    """
    job = {"file": file, "notes": [asdict(note) for note in notes], "summary": asdict(summary)}
    return write_annotated(content, job)
