"""A municipality written in another way: known where only one can be meant, asked about otherwise."""

import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings, read_draft
from evaluation.intake.municipality_names import likeliest_municipality, municipality_meant
from tests.conftest import Table

USEFUL = "Yhteisistä tapaamisista oli meille hyötyä."
LAPE = FileSettings(practice="lape")
TOWNS = ("Huittinen", "Hämeenkyrö", "Kihniö", "Nokia", "Riihimäki", "Tampere", "Ylöjärvi")


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("NOKIA ", "Nokia"),
        ("Nokian kaupunki", "Nokia"),
        ("Kihniön kunta", "Kihniö"),
        ("Tampereen kaupunki", "Tampere"),
        ("Riihimäen kaupunki", "Riihimäki"),
        ("Huittisten kaupunki", "Huittinen"),
        ("Ylöjärven kaupunki", "Ylöjärvi"),
        ("Hämeenkyrön kunta", "Hämeenkyrö"),
        ("Nokia stad", "Nokia"),
        ("City of Tampere", "Tampere"),
        ("Tammerfors", "Tampere"),
        ("Vittis stad", "Huittinen"),
        ("Tavastkyros kommun", "Hämeenkyrö"),
    ],
)
def test_a_municipality_is_known_with_the_word_for_what_it_is(text: str, town: str) -> None:
    assert municipality_meant(text, TOWNS) == town


@pytest.mark.parametrize(
    "text", ["Nokai", "Nokialla", "Tammerforss", "Noormarkun kunta", "kunta", "Tampereen seutu", "-"]
)
def test_a_municipality_that_only_resembles_one_is_not_known(text: str) -> None:
    assert municipality_meant(text, TOWNS) is None


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("Nokialla", "Nokia"),
        ("37100 Nokia", "Nokia"),
        ("Tampere, Hervanta", "Tampere"),
        ("Riihimäen kaupungin sosiaalitoimi", "Riihimäki"),
        ("Kihniön kunnassa", "Kihniö"),
        ("Nokai", "Nokia"),
        ("Nokia/Tampere", None),
        ("Pori", None),
    ],
)
def test_the_likeliest_municipality_is_the_one_that_a_word_names(text: str, town: str | None) -> None:
    assert likeliest_municipality(text, TOWNS) == town


def test_a_neighbour_in_the_alphabet_is_another_municipality() -> None:
    assert municipality_meant("Kangasniemen kunta", ("Kangasala",)) is None
    assert municipality_meant("Kangasalan kaupunki", ("Kangasala", "Kangasniemi")) == "Kangasala"


def test_rows_with_a_municipality_of_another_spelling_wait_and_come_in_by_the_decision(
    library: Library, table: Table
) -> None:
    rows = (("PARKANO ", 5), ("Parkno", 5), ("Parkno", 4), ("Kihniössä", 4), ("Pori", 3), ("Kihniö", 4))
    content = table(("Kunta", USEFUL), *rows)
    draft = read_draft(content, "a.xlsx", library, LAPE)
    assert draft.responses["municipality"].tolist() == ["Parkano", "Kihniö"]
    assert [(question.cell, question.rows, question.suggested) for question in draft.questions] == [
        ("A3", 2, "Parkano"),
        ("A5", 1, "Kihniö"),
        ("A6", 1, "new"),
    ]
    assert draft.rejected == 4
    assert not draft.problems, "what waits for a decision is no fault"
    keys = [question.key for question in draft.questions]
    decisions = dict(zip(keys, ("Parkano", "Kihniö", "leave_out"), strict=True))
    decided = read_draft(content, "a.xlsx", library, FileSettings(practice="lape", decisions=decisions))
    assert decided.responses["municipality"].tolist() == ["Parkano", "Parkano", "Parkano", "Kihniö", "Kihniö"]
    assert [(problem.code, problem.cell) for problem in decided.problems] == [("place_left_out", "A6")]


def test_an_empty_cell_and_a_column_of_other_things_are_named_and_not_asked_about(
    library: Library, table: Table
) -> None:
    rows = ((None, 5), *((f"Paikka {letter}", 4) for letter in "ABCDEFGHIJK"))
    draft = read_draft(table(("Kunta", USEFUL), *rows), "a.xlsx", library, LAPE)
    assert not draft.questions
    assert {problem.code for problem in draft.problems} == {"municipality_unknown"}
    assert draft.rejected == 12
