"""Fills the toolkit's own templates in as a worker would, and marks the workbooks as synthetic."""

import io
import random
import re
import zipfile
from collections.abc import Sequence

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.definitions import Item, Library, Practice, Questionnaire
from evaluation.definitions.columns import MANIFEST_SHEET, entry_columns
from evaluation.forms import entry_template
from evaluation.i18n import Translator, languages

Row = dict[str, object]

MADE_ON = (2018, 12, 31, 12, 0, 0)


def workbook(form: Questionnaire, practice: Practice, rows: Sequence[Row], library: Library) -> bytes:
    """Fill the toolkit's own template in, in the manner of one worker: codes or labels, tidy or not."""
    book = load_workbook(io.BytesIO(entry_template(library, form, practice, "fi")))
    sheet = book.worksheets[0]
    manner = random.Random(f"manner {practice.id} {form.id}").choice(("labels", "codes", "untidy", "labels"))
    for number, column in enumerate(entry_columns(form, practice), start=1):
        day = next((row[key] for row in rows if (key := column.id.replace("session_", "held_")) in row), None)
        if column.id.startswith("session_") and day is not None and len({row.get("held_1") for row in rows}) == 1:
            cell = sheet.cell(row=1, column=number, value=day)
            cell.number_format = "d.m.yyyy"
        for line, row in enumerate(rows, start=2):
            value = row.get(column.id)
            if value is not None:
                sheet.cell(row=line, column=number, value=_written(value, column.item, manner, library))
    _mark_synthetic(book[Translator("fi")("forms.instructions_sheet")], book[MANIFEST_SHEET])
    target = io.BytesIO()
    book.save(target)
    return _timeless(target.getvalue())


def _written(value: object, item: Item | None, manner: str, library: Library) -> object:
    scale = library.scale_of(item) if item else None
    if scale is None or not isinstance(value, int) or manner == "codes":
        return value
    label = scale.answer(value).label["fi"]
    if label.isdigit():
        return value
    return f" {label.upper()} " if manner == "untidy" and value % 2 else label


def _mark_synthetic(instructions: Worksheet, manifest: Worksheet) -> None:
    note = "  ·  ".join(Translator(language)("common.synthetic") for language in languages())
    instructions["A3"] = note
    instructions["A3"].font = Font(bold=True, color="A3261E")
    instructions["A3"].alignment = Alignment(vertical="center")
    for key, value in manifest.iter_rows(max_col=2):
        if key.value == "synthetic":
            value.value = "yes"


def _timeless(content: bytes) -> bytes:
    """Return the workbook without the moment it was made, so that equal contents are equal files."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2018-12-31T12:00:00Z", data)
            archive.writestr(zipfile.ZipInfo(part.filename, MADE_ON), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()
