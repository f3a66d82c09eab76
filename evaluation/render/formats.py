"""The files that a report can become, by the ending of their names."""

from collections.abc import Callable, Mapping
from functools import partial

from evaluation.exhibits.report import Report
from evaluation.findings import Words
from evaluation.render.board_slides import slides
from evaluation.render.pdf import one_page
from evaluation.render.plain_text import plain_text
from evaluation.render.slides import all_slides
from evaluation.render.web_page import web_page
from evaluation.render.word_document import word_document
from evaluation.render.workbook import workbook

Maker = Callable[[Report, Words], bytes]
# The slides of all charts, beside the few for a board.
APPENDIX = "appendix.pptx"
_OFFICE = "application/vnd.openxmlformats-officedocument"
MIMES: Mapping[str, str] = {
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "pdf": "application/pdf",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "html": "text/html",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "txt": "text/plain",
    APPENDIX: f"{_OFFICE}.presentationml.presentation",
}


def makers(template: bytes | None = None) -> Mapping[str, Maker]:
    """Return the makers by format; ``template`` is that of the slides."""
    return {
        "pptx": partial(slides, template=template),
        APPENDIX: partial(all_slides, template=template),
        "pdf": one_page,
        "xlsx": workbook,
        "html": lambda report, words: web_page(report, words).encode(),
        "docx": word_document,
        # The editor of Windows knows the letters of a text that begins with this mark.
        "txt": lambda report, words: plain_text(report, words).encode("utf-8-sig"),
    }
