"""An organisation's template of slides: opened within limits, and without the slides that it has of its own."""

import io
import re
import zipfile
import zlib
from typing import Any

from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.oxml.ns import qn

MEBIBYTE = 1024 * 1024
# Of a packed file and of what it unpacks to. A template full of photographs has a few tens.
MOST_BYTES = 200 * MEBIBYTE
# Of the parts that are read into a tree, which takes many times their size.
MOST_XML_BYTES = 20 * MEBIBYTE
MOST_PARTS = 2000
# So many bytes tell whether a part is XML: the name does not bind whoever made the file.
BEGINNING = 256
BYTE_ORDER_MARKS = b"\xef\xbb\xbf\xff\xfe\x00"


class TemplateRefused(ValueError):
    """The template cannot be used; ``key`` is the message that says why."""

    def __init__(self, key: str) -> None:
        """Keep the key of the message."""
        super().__init__(key)
        self.key = key


def opened(template: bytes) -> Any:
    """Return the template without its slides; raise TemplateRefused where it is too large or no presentation."""
    if len(template) > MOST_BYTES:
        raise TemplateRefused("reports.template_too_large")
    try:
        deck = Presentation(io.BytesIO(_as_presentation(template)))
        listed = deck.slides._sldIdLst
        for entry in list(listed):
            deck.part.drop_rel(entry.rId)
            listed.remove(entry)
        # Sections name slides that are gone.
        for extra in deck.part._element.findall(qn("p:extLst")):
            deck.part._element.remove(extra)
    except TemplateRefused:
        raise
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        SyntaxError,
        OSError,
        NotImplementedError,
        RuntimeError,
        zlib.error,
    ):
        raise TemplateRefused("reports.template_broken") from None
    return deck


def _as_presentation(template: bytes) -> bytes:
    """Return a PowerPoint template (.potx) as a presentation; python-pptx opens nothing else."""
    source = zipfile.ZipFile(io.BytesIO(template))
    _check_size(source)
    kinds = source.read("[Content_Types].xml")
    changed = re.sub(rb"presentationml\.template\.main", b"presentationml.presentation.main", kinds)
    if changed == kinds:
        return template
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name in source.namelist():
            package.writestr(name, changed if name == "[Content_Types].xml" else source.read(name))
    return target.getvalue()


def _check_size(package: zipfile.ZipFile) -> None:
    """Refuse a package that would unpack to too much; no part unpacks to more than the directory says of it."""
    parts = package.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
        raise TemplateRefused("reports.template_too_large")
    if sum(part.file_size for part in parts if _is_xml(package, part)) > MOST_XML_BYTES:
        raise TemplateRefused("reports.template_too_large")


def _is_xml(package: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with package.open(part) as content:
        return content.read(BEGINNING).lstrip(BYTE_ORDER_MARKS + b" \t\r\n")[:1] in (b"<", b"")
