"""Questions with options are read in every shape that people and survey tools write; what is no option is named."""

import csv
import io
from collections.abc import Callable, Sequence

import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings, draft_of, open_file, read_draft
from evaluation.intake.picture import pictures_of
from evaluation.records import Draft
from tests.own_kinds import kipina_library

Table = Callable[..., bytes]
REASONS, DAY, AGE, FOUND, HOURS = (
    "Miksi tulit Kipinään", "Mikä päivä sopii parhaiten", "Ikäryhmä", "Mistä kuulit Kipinästä", "Montako tuntia viivyt",
)  # fmt: skip
USEFUL = "Oliko käynnistä hyötyä"
SETTINGS = FileSettings(practice="kipina", cohort="Kevät 2026")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return kipina_library(tmp_path_factory.mktemp("kipina"))


def read(own: Library, content: bytes, file: str = "kipina.xlsx", settings: FileSettings = SETTINGS) -> Draft:
    return read_draft(content, file, own, settings)


def answers(draft: Draft, item: str) -> dict[int, int]:
    ours = draft.answers[draft.answers["item"] == item]
    return dict(zip(ours["response_no"].tolist(), ours["value"].tolist(), strict=True))


def chosen(draft: Draft) -> list[str]:
    """Return by form the reasons that were chosen."""
    names = ("coffee", "company", "advice", "food", "something_else")
    by_option = {name: answers(draft, f"kipina_reasons/{name}") for name in names}
    return [
        " ".join(name for name in names if by_option[name].get(int(number)) == 1)
        for number in draft.responses["response_no"]
    ]


def codes(draft: Draft) -> list[tuple[str, str | None]]:
    return [(problem.code, problem.cell) for problem in draft.problems]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Kahvi; Seura", "coffee company"),
        ("Kahvi;Seura;", "coffee company"),
        ("Seura, Kahvi", "coffee company"),
        ("kahvi,SEURA", "coffee company"),
        ("Kahvi\nSeura", "coffee company"),
        ("coffee company", "coffee company"),
        ("Kaffe; Sällskap", "coffee company"),
        ("kahvittelu", "coffee"),
        ("1; 2", "coffee company"),
        ("1,2", "coffee company"),
        ("1 2", "coffee company"),
        (2, "company"),
        ("Neuvoja, tukea", "advice"),
        ("Kahvi, Neuvoja, tukea, Ruoka", "coffee advice food"),
        ("Neuvoja, tukea;Ruoka", "advice food"),
        ("Muu, mikä?", "something_else"),
        ("Kahvi | Ruoka", "coffee food"),
        ("“Kahvi”", "coffee"),
    ],
)
def test_several_choices_in_one_column(cell: object, expected: str, own: Library, table: Table) -> None:
    draft = read(own, table((USEFUL, REASONS), (4, cell), (5, "Kahvi")))
    assert (chosen(draft), codes(draft), draft.rejected) == ([expected, "coffee"], [], 0)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Muu, mikä: koira pihalla", "something_else"),
        ("Kahvi; Muu: koira", "coffee something_else"),
        ("Kahvi;Koira halusi ulos;", "coffee something_else"),
        ("Kahvi, koira, joka haukkui, Seura", "coffee company something_else"),
        ("muu (bingo)", "something_else"),
        ("Annat, vad? Hund", "something_else"),
        ("Tietokoneen käyttö", "something_else"),
    ],
)
def test_own_words_are_counted_as_something_else_and_not_kept(
    cell: str, expected: str, own: Library, table: Table
) -> None:
    draft = read(own, table((USEFUL, REASONS), (4, cell), (5, "Kahvi")))
    assert (chosen(draft), draft.rejected) == ([expected, "coffee"], 0)
    assert codes(draft) == [("own_words", "B2")]
    assert draft.texts.empty


def test_a_blank_on_a_form_that_asks_has_chosen_none_and_an_empty_row_is_nobodys(own: Library, table: Table) -> None:
    draft = read(own, table((USEFUL, REASONS), (4, None), (5, "Kahvi"), (None, None), (3, "Ruoka")))
    assert chosen(draft) == ["", "coffee", "food"]
    assert answers(draft, "kipina_reasons/coffee") == {0: 0, 1: 1, 2: 0}


def test_a_row_that_only_leaves_choices_blank_answers_nothing(own: Library, table: Table) -> None:
    draft = read(own, table(("Tunnus", USEFUL, REASONS), ("A1", 4, "Kahvi"), ("A2", None, None)))
    assert (draft.rows, draft.set_aside, codes(draft)) == (2, 1, [("no_answers", "A3")])


@pytest.mark.parametrize("cell", ["Kahvvi; Ruoka", "Kahvvi"])
def test_an_option_misspelt_is_asked_with_the_likeliest(cell: str, own: Library, table: Table) -> None:
    content = table((USEFUL, REASONS), (4, cell), (5, "Kahvi"))
    draft = read(own, content)
    assert (draft.rejected, codes(draft)) == (1, [("not_an_option", "B2")])
    (unknown,) = draft.unknown_answers
    assert (unknown.item, unknown.text, unknown.suggestion, unknown.rows) == ("kipina_reasons", "kahvvi", 1, 1)
    told = FileSettings(**{**vars(SETTINGS), "labels": {("kipina_reasons", "kahvvi"): 1}})
    assert chosen(read(own, content, settings=told))[0].startswith("coffee")


@pytest.mark.parametrize("cell", ["Tiistai", "Maanantai; Perjantai", "Maanantai, tiistai", "4", 12.5, "x"])
def test_what_is_no_option_of_one_choice_is_named_in_its_cell(cell: object, own: Library, table: Table) -> None:
    draft = read(own, table((USEFUL, DAY), (4, cell), (5, "Perjantai")))
    assert draft.rejected == 1
    assert codes(draft) in ([("off_scale", "B2")], [("two_answers", "B2")])
    assert answers(draft, "kipina_day") == {0: 3}


@pytest.mark.parametrize(
    ("heading", "cells", "item", "expected"),
    [
        (DAY, ["maanantai", "ONSDAG", "Friday", 2], "kipina_day", [1, 2, 3, 2]),
        (AGE, ["alle 30", "30-64", "30 – 64", "65 tai yli", 2], "kipina_age", [1, 2, 2, 3, 2]),
        (FOUND, ["Ystävältä", "naapurin rouvalta", "Muualta: lehdestä", "worker"], "kipina_found", [1, 3, 3, 2]),
    ],
)
def test_one_choice_by_label_code_or_own_words(
    heading: str, cells: Sequence[object], item: str, expected: list[int], own: Library, table: Table
) -> None:
    draft = read(own, table((USEFUL, heading), *((4, cell) for cell in cells)))
    assert (list(answers(draft, item).values()), draft.rejected) == (expected, 0)
    assert {problem.code for problem in draft.problems} <= {"own_words"}


@pytest.mark.parametrize(
    "marks",
    [
        ((1, 0, 0), (0, 1, 1), (0, 0, 0)),
        (("Kyllä", "Ei", "Ei"), ("Ei", "Kyllä", "Kyllä"), ("Ei", "Ei", "Ei")),
        (("x", None, None), (None, "x", "X"), (None, None, None)),
        (("Kahvi", None, None), (None, "Seura", "Neuvoja, tukea"), (None, None, None)),
        ((True, False, False), (False, True, True), (False, False, False)),
    ],
)
@pytest.mark.parametrize("mark", ["{}: {}", "{} [{}]", "{} - {}"])
def test_a_column_an_option(marks: Sequence[Sequence[object]], mark: str, own: Library, table: Table) -> None:
    options = ("Kahvi", "Seura", "Neuvoja, tukea")
    heads = [mark.format(REASONS, option) for option in options]
    draft = read(own, table((USEFUL, *heads), *((5, *row) for row in marks)))
    assert (chosen(draft), codes(draft), draft.rejected) == (["coffee", "company advice", ""], [], 0)


def test_a_column_of_own_words_beside_those_of_the_options(own: Library, table: Table) -> None:
    heads = [f"{REASONS}: {option}" for option in ("Kahvi", "Seura", "Muu, mikä?")]
    draft = read(own, table((USEFUL, *heads), (5, 1, 0, "koira haukkui"), (4, 0, 1, None), (3, 0, 0, "bingo")))
    assert chosen(draft) == ["coffee something_else", "company", "something_else"]
    assert codes(draft) == [("own_words", "D2"), ("own_words", "D4")]


def test_an_unknown_option_in_a_column_of_its_own_is_named(own: Library, table: Table) -> None:
    heads = [f"{REASONS}: {option}" for option in ("Kahvi", "Seura", "Uinti")]
    draft = read(own, table((USEFUL, *heads), (5, 1, 0, 1), (4, 0, 1, 0)))
    assert (draft.rejected, codes(draft)) == (1, [("not_an_option", "D2")])


@pytest.mark.parametrize("marks", [(1, 0, 0), ("x", None, None), ("Maanantai", None, None), ("Kyllä", "Ei", "Ei")])
def test_one_choice_with_a_column_an_option(marks: Sequence[object], own: Library, table: Table) -> None:
    heads = [f"{DAY}: {option}" for option in ("Maanantai", "Keskiviikko", "Perjantai")]
    turned = (*marks[1:], marks[0] if marks[0] != "Maanantai" else "Perjantai")
    draft = read(own, table((USEFUL, *heads), (5, *marks), (4, *turned)))
    assert (answers(draft, "kipina_day"), codes(draft)) == ({0: 1, 1: 3}, [])


def test_two_marks_of_one_choice_are_a_fault(own: Library, table: Table) -> None:
    heads = [f"{DAY}: {option}" for option in ("Maanantai", "Keskiviikko", "Perjantai")]
    draft = read(own, table((USEFUL, *heads), (5, 1, 1, 0), (4, 0, 1, 0)))
    assert (draft.rejected, [code for code, _ in codes(draft)]) == (1, ["two_answers"])


def test_two_rows_of_headings(own: Library, table: Table) -> None:
    content = table(
        (None, REASONS, None, None), (USEFUL, "Kahvi", "Seura", "Ruoka"), (5, "x", None, "x"), (4, None, "x", None)
    )
    assert chosen(read(own, content)) == ["coffee food", "company"]


def kobo(own: Library, heads: Sequence[str], *rows: Sequence[object]) -> Draft:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["start", "end", *heads, "_id", "_uuid", "_submission_time", "_index"])
    for number, row in enumerate(rows, start=1):
        tool = [number, f"a-{number}", "2026-03-01T10:00:00", number]
        writer.writerow(["2026-03-01T09:00:00", "2026-03-01T09:10:00", *row, *tool])
    return read(own, text.getvalue().encode(), "kobo.csv")


def test_kobotoolbox_with_a_column_an_option(own: Library) -> None:
    heads = [
        "kipina_useful",
        "kipina_reasons",
        *(f"kipina_reasons/{n}" for n in ("coffee", "company", "something_else")),
    ]
    draft = kobo(own, heads, (4, "coffee company", 1, 1, 0), (5, "something_else", 0, 0, 1), (3, "", "", "", ""))
    assert chosen(draft) == ["coffee company", "something_else", ""]
    # Nobody was asked who has neither ones nor noughts.
    assert answers(draft, "kipina_reasons/coffee") == {0: 1, 1: 0}


def test_kobotoolbox_with_names_in_one_column(own: Library) -> None:
    draft = kobo(
        own, ["kipina_useful", "kipina_reasons", "kipina_age"], (4, "coffee food", "from_65"), (5, "advice", "under_30")
    )
    assert chosen(draft) == ["coffee food", "advice"]
    assert answers(draft, "kipina_age") == {0: 3, 1: 1}


@pytest.mark.parametrize(
    ("cell", "steps"),
    [(2.5, 5), ("2,5", 5), ("2.5", 5), (3, 6), ("0,5 h", 1), ("2 tuntia", 4), (0, 0), (100, 200), ("noin 2,5", 5)],
)
def test_a_decimal_is_read_in_whole_steps(cell: object, steps: int, own: Library, table: Table) -> None:
    draft = read(own, table((USEFUL, HOURS), (4, cell), (5, None)))
    assert (answers(draft, "kipina_hours"), draft.rejected) == ({0: steps}, 0)


def test_a_number_between_two_steps_is_asked_and_left_empty_meanwhile(own: Library, table: Table) -> None:
    content = table((USEFUL, HOURS), (4, 2.3), (5, 1))
    draft = read(own, content)
    assert (answers(draft, "kipina_hours"), codes(draft)) == ({1: 2}, [("number_between_steps", "B2")])
    (question,) = draft.questions
    assert [choice.id for choice in question.choices] == ["2", "2.5", "empty"]
    decided = FileSettings(**{**vars(SETTINGS), "decisions": {question.key: "2.5"}})
    assert answers(read(own, content, settings=decided), "kipina_hours") == {0: 5, 1: 2}


def test_an_identity_code_among_choices_is_never_repeated(own: Library, table: Table) -> None:
    draft = read(
        own, table((USEFUL, REASONS, DAY), (4, "Kahvi; 131052-308T", "Perjantai"), (5, "Kahvi", "131052-308T"))
    )
    assert all("131052" not in str((problem.value, dict(problem.values))) for problem in draft.problems)
    assert draft.unknown_answers == ()


def outcomes(own: Library, content: bytes, unread: Sequence[tuple[str, str]] = ()) -> list[list[str]]:
    """Return what became of the cells below the headings, row by row."""
    labels = dict.fromkeys(unread)
    opened = open_file(content, "kipina.xlsx")
    assert opened.workbook is not None
    draft = draft_of(opened, own, FileSettings(**{**vars(SETTINGS), "labels": labels}))
    (picture,) = pictures_of(opened.workbook, draft, own, unread=unread)
    return [[cell.outcome for cell in row.cells] for row in picture.rows[1:]]


def test_the_picture_of_the_sheet_shows_choices_as_answers(own: Library, table: Table) -> None:
    content = table((USEFUL, REASONS), (4, "Kahvi; Seura"), (5, "Kahvvi; Ruoka"), (3, "koira"), (3, None))
    unread = [("kipina_reasons", "kahvvi")]
    assert [row[1] for row in outcomes(own, content, unread)] == ["answer", "not_understood", "answer", "empty"]


def test_the_picture_of_the_sheet_shows_marks_as_answers(own: Library, table: Table) -> None:
    heads = [f"{REASONS}: {option}" for option in ("Kahvi", "Seura")]
    content = table((USEFUL, *heads), (4, 1, 0), (5, 0, 0), (3, 0, 1))
    assert outcomes(own, content) == [["answer"] * 3] * 3
