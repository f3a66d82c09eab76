"""A file is known by its bytes; what cannot be read ends as one sentence, what can be is read whatever its name."""

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest

from evaluation.spreadsheets import Unreadable, read_workbook

FILES = Path(__file__).parent / "files"


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Tunniste", "Vastaus"])
    book.active.append(["A1", 4])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _ole(*streams: str, start: bytes = b"") -> bytes:
    """Write the bones of an OLE file: a header, a sector of contents and directory entries."""
    entries = b""
    for name in ("Root Entry", *streams):
        text = f"{name}\0".encode("utf-16-le")
        entries += text.ljust(64, b"\0") + struct.pack("<H", len(text)).ljust(64, b"\0")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + start.ljust(512, b"\0") + entries


def _zip(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/"), text)
    return target.getvalue()


LOCKED_STREAM = struct.pack("<HH16sHH", 0x0809, 16, b"", 0x2F, 6)
ENCRYPTED_ODS = {
    "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
    "META-INF/manifest.xml": "<manifest:encryption-data/>",
}


@pytest.mark.parametrize(
    ("content", "file", "code"),
    [
        (b"", "a.xlsx", "empty_file"),
        (b"\x05Maija".ljust(165, b" "), "~$palaute.xlsx", "lock_file"),
        (_ole("EncryptionInfo", "EncryptedPackage"), "a.xlsx", "password_protected"),
        (_ole("Workbook", start=LOCKED_STREAM), "a.xls", "password_protected"),
        (_zip(**ENCRYPTED_ODS), "a.ods", "password_protected"),
        (_ole("WordDocument"), "a.xls", "not_a_workbook"),
        (_ole("Workbook"), "a.xls", "damaged_workbook"),
        (_zip(word__document="<a/>"), "a.xlsx", "not_a_workbook"),
        (_workbook()[:-200], "a.xlsx", "damaged_workbook"),
        (_workbook()[:300], "a.xlsx", "damaged_workbook"),
        (b"%PDF-1.7 ...", "a.xlsx", "not_a_workbook"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "a.xlsx", "not_a_workbook"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a.xls", "not_a_workbook"),
        (b'\xef\xbb\xbf  <?xml version="1.0"?><Workbook/>', "a.xls", "not_a_workbook"),
        (b"{\\rtf1 teksti}", "a.csv", "not_a_workbook"),
        (b"a;b\n1;\x002\n", "a.csv", "not_a_workbook"),
        ("nimi;määrä\n".encode() + b"\x81\x8d;\xff\n", "a.csv", "unknown_encoding"),
    ],
)
def test_file_that_cannot_be_read_is_refused_with_its_reason(content: bytes, file: str, code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_workbook(content, file)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("xl/workbook.xml", b"<workbook><sheets>"),
        ("xl/workbook.xml", None),
        ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r='1'><c r='A1'><v>1</c></row>"),
        ("xl/_rels/workbook.xml.rels", b"no xml"),
    ],
)
def test_workbook_with_broken_parts_is_damaged(changed, name: str, part: bytes | None) -> None:
    with pytest.raises(Unreadable, match="damaged_workbook"):
        read_workbook(changed(_workbook(), {name: part}))


@pytest.mark.parametrize(("name", "kind"), [("a.xls", "xlsx"), ("a.csv", "xlsx"), ("a.ods", "xlsx")])
def test_workbook_with_another_ending_is_read_and_said(name: str, kind: str) -> None:
    book = read_workbook(_workbook(), name)
    assert book.format == kind
    assert [(remark.code, remark.values["kind"]) for remark in book.remarks] == [("wrong_extension", kind)]


@pytest.mark.parametrize("name", ["a.xlsx", "A.XLSX", "palaute", "a.dat", ""])
def test_ending_that_promises_nothing_else_is_not_remarked_on(name: str) -> None:
    assert not read_workbook(_workbook(), name).remarks


def test_text_named_as_a_workbook_is_read_as_text() -> None:
    book = read_workbook(b"Tunniste;Vastaus\nA1;4\n", "vastaukset.xlsx")
    assert (book.format, book.engine) == ("csv", "csv")
    assert [remark.code for remark in book.remarks] == ["wrong_extension"]
    assert book.sheets[0].row(1) == ("A1", "4")


def test_workbook_whose_parts_have_backslashes_is_read_by_the_other_engine(raw) -> None:
    plain = raw('<row r="1"><c r="A1"><v>7</v></c><c r="B1" t="e"><v>#N/A</v></c></row>')
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name.replace("/", "\\"), source.read(name))
    book = read_workbook(target.getvalue(), "a.xlsx")
    assert [remark.code for remark in book.remarks] == ["other_engine"]
    assert book.sheets[0].cell(0, 0) == 7
    assert book.sheets[0].cell(0, 1).text == "#N/A"


def test_workbook_without_its_shared_texts_is_read_as_far_as_it_goes(raw) -> None:
    data = '<row r="1"><c r="A1"><v>7</v></c><c r="B1" t="inlineStr"><is><t>hyvä</t></is></c></row>'
    book = read_workbook(raw(data, parts={"xl/sharedStrings.xml": None}))
    assert [remark.code for remark in book.remarks] == ["other_engine"]
    assert book.sheets[0].row(0) == (7, "hyvä")


def test_strict_workbook_is_read_with_its_errors_and_formulas(raw) -> None:
    data = '<row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><f>A1</f></c><c r="C1"><v>3</v></c></row>'
    parts = {}
    with zipfile.ZipFile(io.BytesIO(raw(data))) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            text = text.replace(
                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                "http://purl.oclc.org/ooxml/spreadsheetml/main",
            ).replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            parts[name] = text
    book = read_workbook(raw(data, parts=parts))
    assert (book.engine, [remark.code for remark in book.remarks]) == ("calamine", ["other_engine"])
    assert [getattr(cell, "text", cell) for cell in book.sheets[0].row(0)] == ["#N/A", "=A1", 3]


def test_macros_and_links_to_other_files_are_left_alone_and_said(changed) -> None:
    content = changed(_workbook(), {"xl/vbaProject.bin": b"macro", "xl/externalLinks/externalLink1.xml": b"<a/>"})
    book = read_workbook(content, "a.xlsm")
    assert [remark.code for remark in book.remarks] == ["macros_ignored", "links_ignored"]
    assert book.sheets[0].row(1) == ("A1", 4)
