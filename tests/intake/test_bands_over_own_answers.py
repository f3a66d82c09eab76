"""Bands of time over headings, where the answers are words that nobody has defined: the first person is no heading."""

import io
from collections.abc import Sequence

import pytest
from openpyxl import Workbook

from evaluation.definitions import Library
from evaluation.intake import open_file
from evaluation.intake.known import Known
from evaluation.intake.layouts.start_and_end import recognise

OWN_WORDS = ("surkeasti", "menettelee", "mainiosti", "välttävästi")


def sheet_of(titles: Sequence[str], before: Sequence[str], bands: Sequence[str], asked: Sequence[str]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    row = 1
    for title in titles:
        sheet.cell(row, 1, title)
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=6)
        row += 1
    for number, band in enumerate(bands):
        first = len(before) + 1 + number * len(asked)
        sheet.cell(row, first, band)
        sheet.merge_cells(start_row=row, start_column=first, end_row=row, end_column=first + len(asked) - 1)
    for column, heading in enumerate([*before, *(len(bands) * list(asked))], 1):
        sheet.cell(row + 1, column, heading)
    for person in range(9):
        cells = [f"Tuulikki {person}." for _ in before]
        cells += [OWN_WORDS[(person + place * 3) % 4] for place in range(len(asked) * len(bands))]
        for column, content in enumerate(cells, 1):
            sheet.cell(row + 2 + person, column, content)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.parametrize(
    ("titles", "before", "bands", "asked"),
    [
        (["Naisten iltapiiri, Orivesi"], ["Kuka"], ["ENNEN", "JÄLKEEN"], ["Uni", "Jaksaminen", "Kaverit"]),
        (["Isien sauna"], ["Nimi"], ["Ennen", "Jälkeen"], ["Uni", "Mieli"]),
        ([], ["Koodi"], ["ALUSSA", "LOPUSSA"], ["Miten nukut", "Kaverit", "Kunto"]),
        (["Kvinnogruppen", "Hösten 2025"], ["Kod"], ["Före", "Efter"], ["Sömn", "Ork"]),
        (["Evening group"], ["Who"], ["Before", "After"], ["Sleep", "Friends"]),
        (["Ryhmä"], [], ["Alku", "Loppu"], ["Uni", "Arki", "Ystävät"]),
    ],
)
def test_the_headings_stand_right_under_their_bands(
    titles: list[str], before: list[str], bands: list[str], asked: list[str], library: Library
) -> None:
    opened = open_file(sheet_of(titles, before, bands, asked), "ryhma.xlsx")
    assert opened.workbook is not None
    (table,) = recognise(opened.workbook.sheets[0], Known(library)).tables
    assert table.header == len(titles) + 1
    assert [band.timing for band in table.bands] == ["start", "end"]
    assert [field.heading for field in table.fields] == [*before, *asked, *asked]
    assert len(table.rows) == 9
