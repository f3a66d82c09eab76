"""The likeliest question of a column in a worker's own words is suggested, and one of another meaning never is."""

from collections.abc import Callable

import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings, draft_of, open_file
from evaluation.intake.suggestions import suggested_answers, suggested_columns
from evaluation.records import Draft

Table = Callable[..., bytes]


def _read(content: bytes, library: Library) -> tuple[Draft, dict[str, str]]:
    opened = open_file(content, "a.xlsx")
    assert opened.workbook is not None
    draft = draft_of(opened, library, FileSettings(practice="sisu"))
    return draft, suggested_columns(draft, opened.workbook, library)


def _suggested(table: Table, library: Library, heading: str, *answers: object) -> str | None:
    rows = [(f"A{number}", answer, 4) for number, answer in enumerate(answers or (4, 5, 3, 2), 1)]
    known = library.items["sat_arrangements"].text["fi"]
    _, actual = _read(table(("Tunniste", heading, known), *rows, sheet="Loppukysely"), library)
    return next(iter(actual.values()), None)


@pytest.mark.parametrize(
    ("heading", "item"),
    [
        ("Kuinka usein olet yksinäinen?", "state_social_relations"),
        ("Haittaavatko päihteet arkeasi?", "state_substance_use"),
        ("Ilmapiiri tuntui turvalliselta", "sat_group"),
        ("Toiminnasta oli hyötyä", "sat_usefulness"),
    ],
)
def test_her_own_words_for_a_question_are_a_suggestion(library: Library, table: Table, heading: str, item: str) -> None:
    assert _suggested(table, library, heading) == item


@pytest.mark.parametrize(
    "heading",
    [
        "Mukaan ei ollut helppo päästä.",
        "Ilmapiiri oli turvaton.",
        "Työntekijät kohtelivat minua halveksivasti.",
        "Toiminta ei ollut minulle hyödyllistä.",
        "Mukaan oli vaikea päästä.",
        "Miten lapsesi voi mielialansa puolesta tällä hetkellä?",
        "Kuinka usein päihteet haittaavat läheisesi arkea?",
        "Mikä oli huonointa?",
    ],
)
def test_the_opposite_or_another_person_is_never_a_suggestion(library: Library, table: Table, heading: str) -> None:
    assert _suggested(table, library, heading) is None


def test_a_column_of_which_the_contents_are_no_answers_is_no_suggestion(library: Library, table: Table) -> None:
    assert _suggested(table, library, "Ilmapiiri tuntui turvalliselta", 12, 30, 45, 80) is None


def test_a_question_that_a_column_names_for_sure_is_suggested_for_no_other(library: Library, table: Table) -> None:
    heading = ("Tunniste", library.items["sat_usefulness"].text["fi"], "Oliko toiminta hyödyllistä")
    _, actual = _read(table(heading, ("A1", 4, 5), ("A2", 3, 5), sheet="Loppukysely"), library)
    assert actual == {}


def test_answers_that_nobody_knows_are_left_empty_by_suggestion(library: Library, table: Table) -> None:
    text = library.items["sat_usefulness"].text["fi"]
    draft, _ = _read(table(("Tunniste", text), ("A1", "joo!"), ("A2", 4), sheet="Loppukysely"), library)
    assert suggested_answers(draft) == {("sat_usefulness", "joo!")}


@pytest.mark.parametrize(
    ("heading", "codes", "suggested"),
    [
        ("Nimikirjaimet", ["AN0704", "MA1502", "LE2209", "KA0311"], True),
        ("Lappu", ["K1", "K2", "K3", "K4"], True),
        ("Initialer", ["ab12", "cd34", "ef56", "gh78"], True),
        ("Ryhmä", ["R1", "R1", "R2", "R2"], False),
        ("Lappu", [1, 2, 3, 4], False),
        ("Mistä kuulit?", ["lehdestä", "kaverilta", "netistä", "muualta"], False),
        ("Yhteys", ["a1@kunta.fi", "b2@kunta.fi", "c3@kunta.fi", "d4@kunta.fi"], False),
    ],
)
def test_a_column_of_made_up_codes_is_suggested_as_that_of_the_participants(
    heading: str, codes: list[object], suggested: bool, library: Library, table: Table
) -> None:
    known = library.items["sat_arrangements"].text["fi"]
    _, actual = _read(table((heading, known), *[(code, 4) for code in codes], sheet="Loppukysely"), library)
    assert ("participant" in actual.values()) is suggested
