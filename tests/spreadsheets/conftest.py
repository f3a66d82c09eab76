"""Workbooks written by hand, part by part, as no library would write them."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping

import pytest

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

TYPES = f"""<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/>
<Override PartName="/xl/sharedStrings.xml" ContentType="{KIND}.sharedStrings+xml"/></Types>"""
RELATIONS = f"""<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
WORKBOOK = f"""<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">
<sheets><sheet name="Taul1" sheetId="1" r:id="rId1"/></sheets></workbook>"""
WORKBOOK_RELATIONS = f"""<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>
<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>"""

Parts = Mapping[str, str | bytes | None]
Raw = Callable[..., bytes]
Change = Callable[[bytes, Parts], bytes]


def sheet_xml(data: str, before: str = "", after: str = "") -> str:
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}">{before}<sheetData>{data}</sheetData>{after}</worksheet>'


def strings_xml(texts: Iterable[str]) -> str:
    return f'<?xml version="1.0"?><sst xmlns="{MAIN}">{"".join(texts)}</sst>'


def zipped(parts: Parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            if text is not None:
                archive.writestr(name, text)
    return target.getvalue()


@pytest.fixture
def raw() -> Raw:
    """Give a function that writes an .xlsx from the XML inside sheetData and from other parts."""

    def written(
        data: str = "", strings: Iterable[str] = (), before: str = "", after: str = "", parts: Parts | None = None
    ) -> bytes:
        ours: Parts = {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELATIONS,
            "xl/workbook.xml": WORKBOOK,
            "xl/_rels/workbook.xml.rels": WORKBOOK_RELATIONS,
            "xl/sharedStrings.xml": strings_xml(strings),
            "xl/worksheets/sheet1.xml": sheet_xml(data, before, after),
        }
        return zipped({**ours, **(parts or {})})

    return written


@pytest.fixture
def changed() -> Change:
    """Give a function that replaces or (None) leaves out parts of an archive."""

    def replaced(content: bytes, parts: Parts) -> bytes:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            ours = {name: archive.read(name) for name in archive.namelist()}
        return zipped({**ours, **parts})

    return replaced
