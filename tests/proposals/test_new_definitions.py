"""Proposals become definitions by which the file itself is read, as proposed or as the worker corrects it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import pytest

from evaluation.definitions import Library
from evaluation.definitions.text_ids import id_of
from evaluation.i18n import Translator
from evaluation.intake import FileSettings, draft_of, open_file
from evaluation.intake.folding import fold
from evaluation.own_questions import OwnFile, own_file, with_files
from evaluation.proposals.corrections import Field, correction_key
from evaluation.proposals.new_definitions import Destination, NewDefinitions, define
from evaluation.records import Draft

Table = Callable[..., bytes]
T = Translator("fi")
KAHVILA = Destination(name="Kahvila Kipinä", municipalities=("Lempäälä",), type="meeting_place")
AGREE = ["täysin eri mieltä", "eri mieltä", "samaa mieltä", "täysin samaa mieltä"]


def asked(library: Library, content: bytes, name: str = "oma.xlsx") -> tuple[OwnFile, Draft]:
    opened = open_file(content, name)
    draft = draft_of(opened, library, FileSettings())
    return own_file(opened, draft, library, {}), draft


def made_of(
    library: Library, content: bytes, decisions: Mapping[str, str] | None = None, there: Destination = KAHVILA
) -> tuple[NewDefinitions, Library, Draft]:
    """Return the definitions of a file's questions, the library with them, and the file as read by it."""
    file, draft = asked(library, content)
    made = define(file.questions(decisions or {}), with_files(there, [(draft, file)], library), library, "fi", T)
    laid = made.over(library)
    settings = file.instructions(made, FileSettings(municipality=there.municipalities[0]), laid)
    return made, laid, draft_of(file.opened, laid, settings)


def counts(draft: Draft, item: str) -> dict[int, int]:
    answers = draft.answers[draft.answers["item"] == item]
    return dict(sorted(Counter(int(value) for value in answers["value"]).items()))


def rows_of(heading: str, answers: Sequence[object]) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    return ("Päivä", heading), [(f"{number % 28 + 1}.3.2026", answer) for number, answer in enumerate(answers)]


def said(heading: str, **fields: str) -> dict[str, str]:
    names: Mapping[str, Field] = {field: field for field in fields}  # type: ignore[assignment]
    return {correction_key(names[field], heading): value for field, value in fields.items()}


@pytest.mark.parametrize(
    ("heading", "answers", "stored"),
    [
        ("Viihdytkö täällä?", ["en koskaan", "joskus", "aina", "aina"] * 3, {1: 3, 3: 3, 5: 6}),
        ("Olivatko ohjaajat apuna?", ["1 - ei lainkaan", "2 - vähän", "3 - paljon"] * 4, {1: 4, 2: 4, 3: 4}),
        ("Tunsitko olosi tervetulleeksi?", ["Kyllä", "Osittain", "En"] * 4, {1: 4, 2: 4, 3: 4}),
        ("Kuinka todennäköisesti suosittelisit?", [0, 7, 9, 10] * 3, {0: 3, 7: 3, 9: 3, 10: 3}),
        ("Palvelu oli nopeaa", [*AGREE, "en samaa enkä eri mieltä"] * 3, {1: 3, 2: 3, 3: 3, 4: 3, 5: 3}),
        ("Hur nöjd är du?", ["mycket missnöjd", "ganska nöjd", "mycket nöjd"] * 4, {1: 4, 3: 4, 4: 4}),
    ],
)
def test_a_file_is_read_by_the_definitions_made_from_it(
    heading: str, answers: list[object], stored: dict[int, int], library: Library, table: Table
) -> None:
    headings, rows = rows_of(heading, answers)
    made, _, draft = made_of(library, table(headings, *rows))
    assert len(draft.responses) == len(answers)
    assert set(draft.responses["practice"]) == {"kahvila_kipina"}
    assert counts(draft, made.items[fold(heading)]) == stored


@pytest.mark.parametrize(
    ("answers", "decisions", "classes"),
    [
        ([1, 2, 3, 4, 5], {"better": "low"}, "ffnuu"),
        ([1, 2, 3, 4, 5], {"better": "high", "favourable": "1"}, "uunnf"),
        ([3, 4, 4, 3], {"range": "1..5", "better": "high"}, "uunff"),
        ([0, 1, 2, 3], {"range": "0..3", "better": "low"}, "ffuu"),
        (
            ["hieno", "huono", "ihan jees"],
            {"kind": "scale", "order": "huono\nihan jees\nhieno", "better": "high"},
            "unf",
        ),
        (["joskus", "usein", "aina"], {"order": "turned"}, "uuff"),
        (["Vähän vähemmän", "Ennallaan", "Vähän enemmän", "Paljon enemmän"], {"better": "high"}, "unff"),
        (["Vähän vähemmän", "Ennallaan", "Vähän enemmän", "Paljon enemmän"], {"better": "low"}, "fnuu"),
        (["Paljon huonommin", "Vähän huonommin", "Ennallaan", "Vähän paremmin"], {}, "uunff"),
    ],
)
def test_what_the_worker_says_of_a_scale_is_what_is_defined(
    answers: list[object], decisions: dict[str, str], classes: str, library: Library, table: Table
) -> None:
    headings, rows = rows_of("Päivän kulku", [answer for answer in answers for _ in range(4)])
    made, laid, draft = made_of(library, table(headings, *rows), said("Päivän kulku", **decisions))
    item = laid.items[made.items["päivän kulku"]]
    scale = laid.scale_of(item)
    assert scale is not None
    assert "".join(str(value.value_class)[0] for value in scale.values) == classes
    assert sum(counts(draft, item.id).values()) == 4 * len(answers)


def test_i_cannot_say_may_be_the_middle_or_stand_outside(library: Library, table: Table) -> None:
    answers = ["täysin eri mieltä", "jokseenkin samaa mieltä", "en osaa sanoa", "täysin samaa mieltä"] * 3
    headings, rows = rows_of("Palvelu oli hyvää", answers)
    content = table(headings, *rows)
    for choice, code in (("outside", 98), ("middle", 3)):
        made, _, draft = made_of(library, content, said("Palvelu oli hyvää", middle=choice))
        assert counts(draft, made.items["palvelu oli hyvää"])[code] == 3


def test_the_same_heading_at_start_and_end_becomes_one_state_that_pairs(library: Library, table: Table) -> None:
    headings = ("Koodi", "Ajankohta", "Päivä", "Kuinka jaksat?")
    rows = [
        (f"AN{number:02d}{number:02d}", time, f"{number}.{month}.2026", answer)
        for number in range(1, 9)
        for time, month, answer in (("alku", 2, "huonosti"), ("loppu", 5, "hyvin"))
    ]
    for content in (table(headings, *rows), table(headings, *rows[::-1])):
        file, draft = asked(library, content)
        there = with_files(KAHVILA, [(draft, file)], library)
        questions = file.questions({})
        made = define(questions, there, library, "fi", T)
        laid = made.over(library)
        item = laid.items[made.items["kuinka jaksat?"]]
        assert (item.family, item.change) == ("change", "state")
        assert set(made.forms) == {"start", "end"}
        assert {laid.questionnaire(form).timing for form in made.forms.values()} == {"start", "end"}
        read = draft_of(file.opened, laid, file.instructions(made, FileSettings(municipality="Lempäälä"), laid))
        assert sorted(read.responses["timing"]) == ["end"] * 8 + ["start"] * 8
        assert sum(questions[0].column.contents.values()) == 16


def test_rows_of_times_that_nobody_knows_are_forms_filled_in_again(library: Library, table: Table) -> None:
    headings = ("Koodi", "Käyntikerta", "Päivä", "Kuinka jaksat?")
    rows = [
        (f"AN{n % 5:02d}{n % 5:02d}", f"{n // 5 + 1}", f"{n + 1}.3.2026", ("huonosti", "hyvin")[n % 2])
        for n in range(20)
    ]
    made, laid, draft = made_of(library, table(headings, *rows))
    assert sum(counts(draft, made.items["kuinka jaksat?"]).values()) == 20
    assert all(laid.questionnaire(form).timing in ("once", "visit") for form in made.forms.values())


def test_a_question_that_is_left_out_is_not_defined(library: Library, table: Table) -> None:
    headings, rows = ("Päivä", "Oliko kivaa?", "Oliko hyötyä?"), [("1.3.2026", "Kyllä", "Ei")] * 8
    made, laid, _ = made_of(library, table(headings, *rows), said("Oliko kivaa?", kind="left_out"))
    assert "oliko kivaa?" not in made.items
    assert len(laid.questionnaire("kahvila_kipina").items) == 1


def test_own_questions_of_a_known_form_make_a_form_of_this_practice_alone(library: Library, table: Table) -> None:
    form = library.questionnaire("client_end")
    texts = [item.text.root["fi"] for item in form.items if item.scale == "agreement5"][:5]
    headings = ("Koodi", "Päivämäärä", *texts, "Auttoiko ryhmäläisten tuki?")
    rows = [
        (f"AN{n:02d}{n:02d}", f"{n}.5.2026", *([4] * len(texts)), "paljon" if n % 2 else "vähän") for n in range(1, 13)
    ]
    opened = open_file(table(headings, *rows), "sisu.xlsx")
    draft = draft_of(opened, library, FileSettings(practice="sisu"))
    file = own_file(opened, draft, library, {})
    assert file.mixed
    assert [column.heading for column in file.columns] == ["Auttoiko ryhmäläisten tuki?"]
    made = define(
        file.questions({}), with_files(Destination(practice="sisu"), [(draft, file)], library), library, "fi", T
    )
    laid = made.over(library)
    practice = laid.practices["sisu"]
    assert "sisu_client_end" in practice.questionnaires
    assert "client_end" not in practice.questionnaires
    assert laid.practices["gruppis"] == library.practices["gruppis"]
    asks = {item.id for item in laid.questionnaire("sisu_client_end").items}
    assert asks == {item.id for item in form.items} | {made.items["auttoiko ryhmäläisten tuki?"]}
    read = draft_of(opened, laid, file.instructions(made, FileSettings(practice="sisu"), laid))
    assert len(read.responses) == 12
    assert sum(counts(read, made.items["auttoiko ryhmäläisten tuki?"]).values()) == 12
    again = define(
        file.questions({}),
        Destination(practice="sisu", forms=("sisu_client_end",)),
        laid,
        "fi",
        T,
        ("sisu_client_end",),
    )
    assert [entry.version for entry in again.entries if entry.kind == "questionnaire"] == [2]


@pytest.mark.parametrize(
    ("text", "taken", "expected"),
    [
        ("Viihdytkö täällä?", (), "viihdytko_taalla"),
        ("Viihdytkö täällä?", ("viihdytko_taalla",), "viihdytko_taalla_2"),
        ("1–5", (), "question_1_5"),
        ("", (), "question"),
        ("Åsikt & ändå", (), "asikt_anda"),
        ("Как дела?", (), "question"),
    ],
)
def test_an_id_is_made_from_its_text(text: str, taken: tuple[str, ...], expected: str) -> None:
    assert id_of(text, taken) == expected


def test_an_id_has_room_and_is_never_that_of_another() -> None:
    taken: set[str] = set()
    for _ in range(120):
        name = id_of("Kuinka usein " * 20, taken)
        assert len(name) <= 60
        assert name not in taken
        taken.add(name)
