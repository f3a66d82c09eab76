"""Codes made of names: the same for the same person however written, another for another, and secret."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings, open_file, read_draft
from evaluation.intake.participant_columns import code_of_name, folded_name, is_code_of_name
from evaluation.intake.picture import pictures_of
from evaluation.intake.values import read_participant
from tests.conftest import Table

KEY = bytes(range(32))


@pytest.mark.parametrize(
    ("name", "again"),
    [
        ("Anna Virtanen", "Virtanen, Anna"),
        ("Anna Virtanen", "  anna   VIRTANEN "),
        ("Pirjo Äyräs", "PIRJO AYRAS"),
        ("Anna-Liisa Mäki", "Mäki Anna Liisa"),
        ("Šimon Novák", "novak, simon"),
        ("Anna K.", "anna k"),
        ("Ахмед Али", "Али, Ахмед"),
    ],
)
def test_one_name_written_otherwise_gives_one_code(name: str, again: str) -> None:
    assert code_of_name(name, KEY) == code_of_name(again, KEY)


@pytest.mark.parametrize(("name", "other"), [("Anna Virtanen", "Anne Virtanen"), ("Mikko", "Mika"), ("Anna K", "Anna")])
def test_other_names_give_other_codes(name: str, other: str) -> None:
    assert code_of_name(name, KEY) != code_of_name(other, KEY)


def test_without_the_key_nobody_can_tell_whose_code_it_is() -> None:
    code = code_of_name("Anna Virtanen", KEY)
    assert code is not None
    assert code != code_of_name("Anna Virtanen", bytes(32))
    assert is_code_of_name(code)
    assert read_participant(code).value == code
    assert not any(part in code.casefold() for part in folded_name("Anna Virtanen").split())


def test_what_is_no_name_has_no_code() -> None:
    assert code_of_name(" - ", KEY) is None
    assert not is_code_of_name("AN0704")


@pytest.mark.parametrize(
    ("heading", "people", "waits"),
    [
        ("Kuka", ["Maija Meikäläinen", "Pekka Pouta", "Aino Ahonen", "Kalle Kivi"], True),
        ("Kenen paperi", ["Virtanen Liisa", "Oja Olli", "Suo Sanna", "Korpi Kaisa"], True),
        ("Ohjaaja", ["Maija Meikäläinen", "Maija Meikäläinen", "Pekka Pouta", "Pekka Pouta"], False),
    ],
)
def test_names_under_any_heading_are_offered_codes_where_each_row_has_its_own(
    heading: str, people: list[str], waits: bool, library: Library, table: Table
) -> None:
    known = library.items["state_mood"].text["fi"]
    content = table((heading, known), *[(name, 3) for name in people], sheet="Alkukysely")
    draft = read_draft(content, "a.xlsx", library, FileSettings(practice="sisu", cohort="K26"))
    assert ("names_as_codes" in {question.kind for question in draft.questions}) is waits


def test_while_names_are_asked_about_place_and_likeliest_questions_are_shown(library: Library, table: Table) -> None:
    content = table(
        ("Sisu, syksy 2026",), ("Kuka", "Oliko ryhmästä hyötyä", "Ilmapiiri oli turvallinen."),
        ("Maija Meikäläinen", 4, 5), ("Pekka Pouta", 3, 4), ("Aino Ahonen", 5, 5), sheet="Loppukysely",
    )  # fmt: skip
    draft = read_draft(content, "a.xlsx", library, FileSettings())
    assert [question.kind for question in draft.questions if question.waiting] == ["names_as_codes"]
    assert [tuple(place) for place in draft.places] == [("sisu", "Lempäälä", "syksy 2026")]
    matched = {match.heading: (match.target, match.alternatives[:1]) for match in draft.columns}
    assert matched["Ilmapiiri oli turvallinen."][0] == "sat_group"
    assert matched["Oliko ryhmästä hyötyä"] == (None, ("sat_usefulness",))


PEOPLE = ("Pirjo Laine", "Matti Aalto", "Ahmed Ali", "Liisa-Maria Koski", "Teuvo Kari", "Fatima Noor")
MOOD = "Miten voit mielialasi puolesta tällä hetkellä?"


@pytest.mark.parametrize("heading", ["Osallistuja", "Kuka", "Koodi", "Tunniste", "Ryhmäläinen", "Deltagare", "Nimi"])
@pytest.mark.parametrize(
    "written",
    [
        lambda name: name,
        lambda name: name.split()[0],
        lambda name: f"{name.split()[0]} {name.split()[1][0]}.",
        lambda name: ", ".join(reversed(name.split())),
        str.upper,
        str.lower,
    ],
    ids=["whole", "first", "initial", "turned", "capitals", "small"],
)
def test_names_in_any_form_are_asked_about_shown_nowhere_and_never_stored(
    library: Library, table: Table, heading: str, written: Callable[[str], str]
) -> None:
    names = [written(name) for name in PEOPLE]
    content = table((heading, MOOD), *((name, 3) for name in names))
    settings = FileSettings(practice="sisu", questionnaire="client_start", name_key=KEY)
    draft = read_draft(content, "a.xlsx", library, settings)
    assert [question.kind for question in draft.questions] == ["names_as_codes"]
    assert draft.responses.empty
    assert draft.columns[0].examples == ()
    decided = replace(settings, decisions={draft.questions[0].key: "make_codes"})
    codes = read_draft(content, "a.xlsx", library, decided)
    assert codes.responses["participant"].map(is_code_of_name).all()
    assert len(codes.responses) == len(PEOPLE)
    (picture,) = pictures_of(open_file(content, "a.xlsx").workbook, codes, library)
    visible = {cell.text for row in picture.rows for cell in row.cells}
    assert not visible & set(names)


@pytest.mark.parametrize("codes", [("AL", "MK", "PR"), ("K1", "K2", "K3"), ("ANE", "OLA", "EVA"), ("7", "8", "9")])
def test_initials_and_short_codes_are_codes(library: Library, table: Table, codes: tuple[str, ...]) -> None:
    content = table(("Koodi", MOOD), *((code, 3) for code in codes))
    draft = read_draft(content, "a.xlsx", library, FileSettings(practice="sisu", questionnaire="client_start"))
    assert not draft.questions
    assert draft.responses["participant"].tolist() == list(codes)


@pytest.mark.parametrize("sheet", ["Alkukysely", "Loppukysely", "Start", "Slut", "Ennen ryhmää"])
def test_names_are_asked_about_wherever_the_same_people_answer_again(
    sheet: str, library: Library, table: Table
) -> None:
    content = table(("Nimi", MOOD), *[(name, 3) for name in PEOPLE], sheet=sheet)
    draft = read_draft(content, "a.xlsx", library, FileSettings(practice="sisu", cohort="K26"))
    assert "names_as_codes" in {question.kind for question in draft.questions}
