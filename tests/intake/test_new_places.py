"""A practice runs in any municipality: one in which it has not been is asked about, wherever the file tells it."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.definitions import Library
from evaluation.definitions.municipalities import (
    counties,
    county_named,
    county_of,
    municipalities,
    municipalities_of,
    municipality_name,
    municipality_named,
)
from evaluation.forms import entry_template
from evaluation.importing import understand
from evaluation.intake import FileSettings, open_file, read_draft
from evaluation.intake.municipality_names import municipality_in_title
from evaluation.records import Draft
from evaluation.store import Store, open_store
from tests.conftest import Table

USEFUL = "Yhteisistä tapaamisista oli meille hyötyä."
LAPE = FileSettings(practice="lape")
NEW = "new_place lape ylöjärvi"


def where(draft: Draft) -> list[str]:
    return draft.responses["municipality"].tolist()


def test_the_list_has_every_municipality_and_its_county() -> None:
    assert (len(municipalities()), len(counties())) == (309, 21)
    assert sum(county_of(name) is None for name in municipalities()) == 17, "Helsinki and Åland"
    county = county_of("Ylöjärvi")
    assert county is not None
    assert (county.id, county.name("fi"), county.name("en")) == ("PI", *["Pirkanmaan hyvinvointialue"] * 2)
    assert county.name("sv") == "Birkalands välfärdsområde"
    assert "Ylöjärvi" in municipalities_of("PI")
    assert len(municipalities_of("PI")) == 23


@pytest.mark.parametrize(
    ("text", "name"),
    [("esbo", "Espoo"), ("Espoo", "Espoo"), ("ÅBO", "Turku"), ("Mariehamn", "Maarianhamina"), ("Esboo", None)],
)
def test_a_municipality_is_named_in_either_language(text: str, name: str | None) -> None:
    assert municipality_named(text, municipalities()) == name


def test_a_municipality_has_its_name_in_the_language_of_the_reader() -> None:
    assert [municipality_name("Espoo", language) for language in ("fi", "sv", "en")] == ["Espoo", "Esbo", "Espoo"]
    assert municipality_name("Kuvitteellinen", "sv") == "Kuvitteellinen"


@pytest.mark.parametrize("text", ["PI", "Pirkanmaan hyvinvointialue", "pirkanmaan", "Birkalands välfärdsområde"])
def test_a_county_is_named_in_either_language(text: str) -> None:
    county = county_named(text)
    assert county is not None
    assert county.id == "PI"


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("Sisu-ryhmä, Ylöjärvi", "Ylöjärvi"),
        ("Palautteet Ylöjärveltä", "Ylöjärvi"),
        ("Ylöjärven kaupunki, loppukysely", "Ylöjärvi"),
        ("Huittisissa keväällä 2024", "Huittinen"),
        ("Respons från Esbo", "Espoo"),
        ("lempäälä 2024", "Lempäälä"),
        ("Lempäälä ja Ylöjärvi", "Lempäälä"),
        ("Nokia ja Ylöjärvi", None),
        ("aura ja salo", None),
        ("Ryhmä II, syksy 2024", None),
        ("Porukan palautteet", None),
    ],
)
def test_a_title_names_a_municipality_inflected_or_not(title: str, place: str | None) -> None:
    assert municipality_in_title(title, ("Lempäälä",), tuple(municipalities())) == place


def test_no_inflected_form_stands_for_two_municipalities() -> None:
    everywhere = tuple(municipalities())
    for name in everywhere:
        assert municipality_in_title(f"{name.split()[0].capitalize()}n", (), everywhere) in (name, None)


@pytest.mark.parametrize(
    ("decision", "stored"),
    [(None, []), ("new", ["Ylöjärvi"] * 2), ("Parkano", ["Parkano"] * 2), ("leave_out", [])],
)
def test_a_place_in_a_column_waits_for_the_worker(
    library: Library, table: Table, decision: str | None, stored: list[str]
) -> None:
    content = table(("Kunta", USEFUL), ("Ylöjärvi", 5), ("Ylöjärven kaupunki", 4))
    decisions = {NEW: decision} if decision else {}
    draft = read_draft(content, "a.xlsx", library, replace(LAPE, decisions=decisions))
    assert where(draft) == stored
    (question,) = draft.questions
    assert (question.key, question.rows, question.suggested) == (NEW, 2, "new")
    assert [choice.id for choice in question.choices] == ["new", "Parkano", "Kihniö", "leave_out"]
    assert draft.rows == len(stored) + draft.rejected
    assert {problem.code for problem in draft.problems} == ({"place_left_out"} if decision == "leave_out" else set())


def test_a_place_in_a_title_waits_for_the_worker(library: Library, table: Table) -> None:
    content = table(("Muotoutuva tiimi, Ylöjärvi", None), (USEFUL, "Kommentti"), (5, None), (4, None))
    waiting = read_draft(content, "a.xlsx", library, LAPE)
    assert [question.key for question in waiting.questions] == [NEW]
    assert waiting.places[0].municipality == "Ylöjärvi"
    draft = read_draft(content, "a.xlsx", library, replace(LAPE, decisions={NEW: "new"}))
    assert where(draft) == ["Ylöjärvi"] * 2


def test_a_place_in_a_form_of_ours_waits_for_the_worker(library: Library) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    practice = library.practices["sisu"].in_municipality("Ylöjärvi")
    form = library.questionnaire("worker")
    book = load_workbook(BytesIO(entry_template(library, form, practice, "fi", "kevät 2024")))
    sheet = book.worksheets[0]
    headings = [cell.value for cell in sheet[1]]
    for column, _ in enumerate(headings[2:], start=3):
        sheet.cell(row=2, column=column, value=4)
    target = BytesIO()
    book.save(target)
    draft = read_draft(target.getvalue(), "a.xlsx", library)
    assert [question.key for question in draft.questions] == ["new_place sisu ylöjärvi"]


def test_many_new_places_are_one_question(library: Library, table: Table) -> None:
    towns = ("Akaa", "Nokia", "Orivesi", "Åbo")
    content = table(("Kunta", USEFUL), *((town, 4) for town in (*towns, "Kihniö")))
    draft = read_draft(content, "a.xlsx", library, LAPE)
    (question,) = draft.questions
    assert (question.kind, question.rows, where(draft)) == ("new_places", 4, ["Kihniö"])
    decided = read_draft(content, "a.xlsx", library, replace(LAPE, decisions={question.key: "new"}))
    assert sorted(where(decided)) == ["Akaa", "Kihniö", "Nokia", "Orivesi", "Turku"]


def test_a_place_that_the_worker_names_is_taken_and_told(library: Library, table: Table) -> None:
    content = table((USEFUL, "Kommentti"), (5, None), (4, None))
    draft = read_draft(content, "a.xlsx", library, replace(LAPE, municipality="Ylöjärvi"))
    assert where(draft) == ["Ylöjärvi"] * 2
    assert not draft.questions
    assert "place_added" in {problem.code for problem in draft.problems}


def test_a_place_that_is_stored_is_known(library: Library, table: Table, tmp_path: Path) -> None:
    store: Store = open_store(f"duckdb:///{tmp_path / 'a.duckdb'}")
    content = table(("Kunta", USEFUL), *[("Ylöjärvi", 5)] * 2)
    first, _ = understand(open_file(content, "a.xlsx"), store, library, replace(LAPE, decisions={NEW: "new"}))
    assert store.accept(first).accepted == 2
    again = table(("Kunta", USEFUL), ("Ylöjärvi", 2), ("Ylöjärvi", 3), ("Ylöjärvi", 1))
    second, _ = understand(open_file(again, "b.xlsx"), store, library, LAPE)
    assert not second.questions
    assert where(second) == ["Ylöjärvi"] * 3


def test_a_municipality_that_nothing_tells_is_marked_as_assumed(library: Library, table: Table) -> None:
    content = table(("Tunniste", "Miten voit mielialasi puolesta tällä hetkellä?"), ("A1", 3), ("A2", 4))
    settings = FileSettings(practice="sisu", questionnaire="client_start")
    draft = read_draft(content, "a.xlsx", library, settings)
    assert (where(draft), draft.assumed) == (["Lempäälä"] * 2, ("Lempäälä",))
    named = read_draft(content, "a.xlsx", library, replace(settings, municipality="Ylöjärvi"))
    assert (where(named), named.assumed) == (["Ylöjärvi"] * 2, ())
