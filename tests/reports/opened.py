"""What stands in a file, however it is packed: its parts, its visible text, its numbers."""

import io
import re
import zipfile
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

MARKUP = (".xml", ".rels", ".json", ".csv", ".txt", ".html")


def parts(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Yield every part as text by its name, those of files within files too."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for inner in archive.namelist():
                yield from parts(f"{name}/{inner}", archive.read(inner))
    elif content.startswith(b"%PDF"):
        reader = PdfReader(io.BytesIO(content))
        yield name, "\n".join(page.extract_text() for page in reader.pages)
        yield f"{name}/properties", repr(reader.metadata)
    elif name.endswith(MARKUP):
        yield name, content.decode("utf-8-sig")


# Of one file several things are checked, and the pages of a PDF are read slowly.
@lru_cache(maxsize=16)
def visible(kind: str, content: bytes) -> str:
    """Return the text that a reader of the file sees, alternative texts and notes included, in single spaces."""
    return " ".join("\n".join(_READERS[kind](content)).replace("\u00a0", " ").split())


def _pptx(content: bytes) -> Iterator[str]:
    for slide in Presentation(io.BytesIO(content)).slides:
        for shape in slide.shapes:
            yield shape._element.xpath(".//p:cNvPr")[0].get("descr") or ""
            if shape.has_text_frame:
                yield shape.text_frame.text
            if getattr(shape, "has_table", False) and shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)
            if shape.has_chart:
                yield from re.findall(r"<(?:c:v|a:t)>([^<]*)<", shape.chart.part.blob.decode())
        if slide.has_notes_slide:
            yield slide.notes_slide.notes_text_frame.text


def _xlsx(content: bytes) -> Iterator[str]:
    for sheet in load_workbook(io.BytesIO(content)):
        yield from (cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.startswith(("xl/drawings/drawing", "xl/charts/chart")):
                text = archive.read(name).decode()
                yield from map(unescape, re.findall(r'descr="([^"]*)"', text) + re.findall(r"<a:t>([^<]*)<", text))


def _pdf(content: bytes) -> Iterator[str]:
    yield from (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def _html(content: bytes) -> Iterator[str]:
    body = re.sub(r"<(script|style)\b.*?</\1>", " ", content.decode(), flags=re.DOTALL)
    yield from re.findall(r'(?:alt|aria-label|title)="([^"]*)"', body)
    yield unescape(re.sub(r"<[^>]+>", " ", body))


def _docx(content: bytes) -> Iterator[str]:
    document = Document(io.BytesIO(content))
    yield from (paragraph.text for paragraph in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    yield from document.element.xpath(".//wp:docPr/@descr")


def _txt(content: bytes) -> Iterator[str]:
    yield content.decode("utf-8-sig")


_READERS = {
    "pptx": _pptx,
    "appendix.pptx": _pptx,
    "xlsx": _xlsx,
    "pdf": _pdf,
    "html": _html,
    "docx": _docx,
    "txt": _txt,
}
