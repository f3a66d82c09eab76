"""The picture of a sheet: what became of every cell is told, and nothing that tells who somebody is."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings, draft_of, open_file
from evaluation.intake.outcomes import NUMBER, OUTCOMES, Outcome, outcomes_of, place_of
from evaluation.intake.personal_data import mask
from evaluation.intake.picture import MOST_IN_GAP, SheetPicture, pictures_of
from evaluation.records import OpenQuestion

CORPUS = Path(__file__).parents[1] / "corpus" / "files"
FILES = sorted(path.name for path in CORPUS.iterdir())
Table = Callable[..., bytes]
SISU = FileSettings(practice="sisu")


def _pictures(
    content: bytes, library: Library, given: FileSettings = SISU, name: str = "a.xlsx"
) -> tuple[SheetPicture, ...]:
    opened = open_file(content, name)
    assert opened.workbook is not None
    return pictures_of(opened.workbook, draft_of(opened, library, given), library)


def _outcomes(picture: SheetPicture) -> dict[str, list[Outcome]]:
    """Return the outcomes of the cells of every row by its number."""
    return {row.number: [cell.outcome for cell in row.cells] for row in picture.rows}


@pytest.mark.thorough
@pytest.mark.parametrize("given", [FileSettings(), SISU], ids=["before", "after"])
@pytest.mark.parametrize("name", FILES)
def test_every_block_and_column_of_every_file_is_accounted_for(
    library: Library, name: str, given: FileSettings
) -> None:
    opened = open_file((CORPUS / name).read_bytes(), name)
    if opened.workbook is None:
        return
    draft = draft_of(opened, library, given)
    sheets = [replace(sheet, name=mask(sheet.name).text) for sheet in opened.workbook.sheets if not sheet.empty]
    for sheet in sheets:
        outcomes = outcomes_of(sheet, draft)
        assert sum(outcomes.counts().values()) == int(sheet.filled_cells().sum())
        matches = [match for match in draft.columns if match.sheet == sheet.name]
        if not matches:
            continue
        assert outcomes.counts().get("beside", 0) == 0, "a cell of a table that nothing is told of"
        for match in matches:
            place = place_of(match.cell, outcomes.sheet.turned)
            there = outcomes.sheet.cell(*place) is not None
            assert outcomes.outcome(*place) == ("heading" if there else "empty")
    pictures = pictures_of(opened.workbook, draft, library)
    assert {match.sheet for match in draft.columns} <= {picture.sheet for picture in pictures}
    for picture in pictures:
        assert all(sum(cell.spans for cell in row.cells) == len(picture.letters) for row in picture.rows)


@pytest.mark.thorough
@pytest.mark.parametrize("name", FILES)
def test_rows_that_are_saved_and_no_others_hold_answers(library: Library, name: str) -> None:
    opened = open_file((CORPUS / name).read_bytes(), name)
    if opened.workbook is None:
        return
    draft = draft_of(opened, library, SISU)
    saved = draft.responses[draft.responses["row"] > 0]
    for sheet in opened.workbook.sheets:
        ours = set(saved[saved["sheet"] == mask(sheet.name).text]["row"] - 1)
        outcomes = outcomes_of(replace(sheet, name=mask(sheet.name).text), draft)
        if outcomes.columns:
            rows = {int(row) for codes in outcomes.codes for row in np.flatnonzero(codes == NUMBER["answer"])}
            assert rows <= ours


def test_the_cells_of_a_table_are_told_by_what_became_of_them(library: Library, table: Table) -> None:
    texts = [library.items[item].text["fi"] for item in ("sat_usefulness", "sat_group")]
    rows = (
        ("Sisu, loppukysely", None, None, None, None),
        ("Tunniste", *texts, "Sää", "Puhelin"),
        ("A1", 4, 5, "sade", "040 123 4567"),
        ("A2", "joo!", 4, "pouta", "040 123 4568"),
        ("A3", "-", 4, "pouta", "040 123 4569"),
        ("Keskiarvo", 4, 4.5, None, None),
    )
    explained = replace(SISU, labels={("sat_usefulness", "-"): None})
    (picture,) = _pictures(table(*rows, sheet="Loppukysely"), library, explained)
    outcomes = _outcomes(picture)
    assert outcomes["1"] == ["title"], "a title runs over the empty cells beside it"
    assert set(outcomes["2"]) == {"heading"}
    assert outcomes["3"] == ["code", "answer", "answer", "left_out", "personal"]
    assert outcomes["4"] == ["rejected", "not_understood", "rejected", "left_out", "personal"]
    assert outcomes["5"] == ["code", "no_answer", "answer", "left_out", "personal"]
    assert outcomes["6"][:3] == ["set_aside"] * 3
    assert picture.letters == ("A", "B", "C", "D", "E")
    assert [matches[0].target for matches in picture.matches] == [
        "participant",
        "sat_usefulness",
        "sat_group",
        None,
        None,
    ]


def test_an_answer_taken_as_none_by_a_suggestion_is_still_shown_as_not_understood(
    library: Library, table: Table
) -> None:
    texts = [library.items[item].text["fi"] for item in ("sat_usefulness", "sat_group")]
    opened = open_file(table(("Tunniste", *texts), ("A1", "joo!", 4), ("A2", 4, 4), sheet="Loppukysely"), "a.xlsx")
    empty: Mapping[tuple[str, str], int | None] = {("sat_usefulness", "joo!"): None}
    draft = draft_of(opened, library, replace(SISU, labels=empty))
    assert opened.workbook is not None
    (picture,) = pictures_of(opened.workbook, draft, library, unread=empty.keys())
    assert _outcomes(picture)["2"] == ["code", "not_understood", "answer"]


def test_all_rows_of_a_sheet_wait_while_something_is_missing_or_asked(library: Library, table: Table) -> None:
    text = library.items["sat_usefulness"].text["fi"]
    opened = open_file(table(("Tunniste", text), ("A1", 3), ("A2", 4), sheet="Loppukysely"), "a.xlsx")
    assert opened.workbook is not None
    (before,) = pictures_of(opened.workbook, draft_of(opened, library), library)
    assert _outcomes(before)["2"] == ["held", "held"]
    draft = draft_of(opened, library, SISU)
    waiting_draft = replace(
        draft, questions=(OpenQuestion("a", "timing_value", (), "Loppukysely"),), responses=draft.responses[:0]
    )
    (entry,) = pictures_of(opened.workbook, waiting_draft, library)
    assert _outcomes(entry)["2"] == ["held", "held"]
    (waiting,) = pictures_of(opened.workbook, draft, library, waiting=[("Loppukysely", 2)])
    assert _outcomes(waiting)["2"] == ["held", "held"]
    assert _outcomes(waiting)["3"] == ["code", "answer"]


def test_names_and_telephone_numbers_do_not_get_into_the_picture(library: Library, table: Table) -> None:
    text = library.items["sat_usefulness"].text["fi"]
    rows = (
        ("Tunniste", text, "Nimi", "Kuka", "Lisätieto"),
        ("A1", 3, "Maija Mehiläinen", "Matti Meikäläinen", "soita 040 123 4567"),
        ("A2", 4, "Kalle", "Liisa Virtanen", "ei"),
        ("Yhteensä", 2, "Maija Mehiläinen", "Liisa Virtanen", None),
    )
    (picture,) = _pictures(table(*rows, sheet="Loppukysely"), library)
    visible = " ".join(cell.text or "" for row in picture.rows for cell in row.cells)
    for private in ("Maija", "Matti", "Liisa", "Kalle", "123"):
        assert private not in visible
    assert "Yhteensä" in visible


def test_long_sheets_show_their_first_rows_those_with_something_and_the_last(library: Library, table: Table) -> None:
    text = library.items["sat_usefulness"].text["fi"]
    people = [(f"K{number:03}", "öö" if number == 100 else 4) for number in range(1, 201)]
    (picture,) = _pictures(table(("Tunniste", text), *people, sheet="Loppukysely"), library)
    assert [row.number for row in picture.rows if row.gap is None] == ["1", "2", "3", "4", "5", "101", "201"]
    assert [(gap.first, gap.last, gap.rows) for gap in picture.gaps] == [("6", "100", 95), ("102", "200", 99)]
    assert [row.gap for row in picture.rows].count(0) == MOST_IN_GAP
    assert picture.counts["answer"] == 199


def test_three_hundred_columns_that_nobody_knows_are_counted_beyond_the_first(library: Library, table: Table) -> None:
    text = library.items["sat_usefulness"].text["fi"]
    unknown = [f"Muu {number}" for number in range(300)]
    (picture,) = _pictures(table(("Tunniste", *unknown, text), ("A1", *unknown, 4), sheet="Loppukysely"), library)
    assert picture.matches[-1][0].target == "sat_usefulness"
    assert len(picture.letters) + picture.more_columns == 302


def test_outcomes_are_numbered_as_they_stand() -> None:
    assert [NUMBER[outcome] for outcome in OUTCOMES] == list(range(len(OUTCOMES)))
    assert OUTCOMES[0] == "empty"
