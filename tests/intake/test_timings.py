"""What a word in a column of times means: known words are read, others are asked once, for all their rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings, read_draft
from evaluation.intake.layouts.times import label_timing, suggested_timings
from evaluation.records import Draft

Table = Callable[..., bytes]
CASES = Path(__file__).parents[1] / "cases" / "import"
GIVEN = {"practice": "gruppis", "cohort": "Kevät 2024"}


def _counts(draft: Draft) -> dict[str, int]:
    return draft.responses["timing"].value_counts().to_dict()


def test_rows_of_an_incomplete_state_with_answers_are_taken(library: Library) -> None:
    name = "redcap_incomplete.csv"
    draft = read_draft((CASES / name).read_bytes(), name, library, FileSettings(**GIVEN))
    assert (_counts(draft), draft.rejected, draft.set_aside) == ({"start": 6, "end": 6}, 0, 0)


def test_event_of_redcap_is_asked_and_means_what_the_worker_says(library: Library) -> None:
    name = "redcap_events.csv"
    content = (CASES / name).read_bytes()
    draft = read_draft(content, name, library, FileSettings(**GIVEN))
    (question,) = draft.questions
    assert (question.kind, question.cell, question.rows, question.waiting) == ("timing_value", "B2", 6, True)
    assert dict(question.values) == {"value": "enrolment_arm_1", "heading": "redcap_event_name"}
    assert [choice.id for choice in question.choices] == ["start", "end", "leave_out"]
    assert question.suggested == "start"
    assert (_counts(draft), draft.rejected) == ({"end": 6}, 6)
    for settings in (
        FileSettings(**GIVEN, decisions={question.key: "start"}),
        FileSettings(**GIVEN, timings={"enrolment_arm_1": "start"}),
    ):
        decided = read_draft(content, name, library, settings)
        assert (_counts(decided), decided.rejected) == ({"start": 6, "end": 6}, 0)
        assert not any(question.waiting for question in decided.questions)


WORDS = {
    "events of a study": ("Event Name", ("Screening", "Käynti 3"), ()),
    "one of two": ("Vaihe", ("Käynti 1", "loppu"), ("loppu",)),
    "waves by number": ("Ajankohta", ("aalto 1", "aalto 2"), ()),
    "numbers": ("Ajankohta", (1, 2), ()),
    "in Swedish": ("Tidpunkt", ("inledande samtal", "avslutande samtal"), ()),
    "arms": ("Timing", ("visit_a_arm_1", "visit_b_arm_1"), ()),
}


@pytest.mark.parametrize(("heading", "words", "known"), WORDS.values(), ids=WORDS)
def test_every_unknown_word_is_asked_once(
    heading: str, words: tuple[object, ...], known: tuple[object, ...], library: Library, table: Table
) -> None:
    text = library.items["state_everyday_life"].text["fi"]
    rows = [(f"A{number}", word, 2) for word in words for number in range(3)]
    content = table(("Tunniste", heading, text), *rows)
    columns = {heading.casefold(): "timing"}
    draft = read_draft(content, "taulu.xlsx", library, FileSettings(**GIVEN, columns=columns))
    questions = [question for question in draft.questions if question.kind == "timing_value"]
    assert [question.values["value"] for question in questions] == [str(word) for word in words if word not in known]
    assert draft.rejected == 3 * len(questions)
    suggested = {question.key: str(question.suggested) for question in questions}
    assert list(suggested.values()) == ["start", "end"][: len(questions)]
    decided = read_draft(content, "taulu.xlsx", library, FileSettings(**GIVEN, columns=columns, decisions=suggested))
    assert (_counts(decided), decided.rejected) == ({"start": 3, "end": 3}, 0)


def test_rows_of_a_word_may_be_left_out_and_are_then_set_aside(library: Library) -> None:
    name = "redcap_events.csv"
    settings = FileSettings(**GIVEN, timings={"enrolment_arm_1": "leave_out"})
    draft = read_draft((CASES / name).read_bytes(), name, library, settings)
    assert (_counts(draft), draft.rejected, draft.set_aside) == ({"end": 6}, 0, 6)
    (notice,) = [problem for problem in draft.problems if problem.code == "timing_left_out"]
    assert (notice.severity, notice.value, notice.values["n"]) == ("notice", "enrolment_arm_1", 6)


def test_a_timing_that_is_none_of_the_choices_decides_nothing(library: Library) -> None:
    name = "redcap_events.csv"
    key = "timing_value redcap_event_name enrolment_arm_1"
    draft = read_draft((CASES / name).read_bytes(), name, library, FileSettings(**GIVEN, decisions={key: "visit"}))
    assert draft.rejected == 6


def test_a_file_of_which_every_row_waits_still_shows_its_columns(library: Library, table: Table) -> None:
    text = library.items["state_everyday_life"].text["fi"]
    content = table(("Tunniste", "Ajankohta", text), ("A1", "aalto 1", 2))
    draft = read_draft(content, "taulu.xlsx", library, FileSettings(**GIVEN))
    assert (draft.readable, draft.rejected) == (True, 1)
    assert [match.target for match in draft.columns] == ["participant", "timing", "state_everyday_life"]


@pytest.mark.parametrize(
    "labels",
    [
        ("Ensimmäinen kerta", "Viimeinen kerta"),
        ("Ennen ryhmää", "Nyt"),
        ("Tullessa", "Lähtiessä"),
        ("Första gången", "Sista gången"),
        ("First time", "Last time"),
        ("1. tapaaminen", "Viimeisin tapaaminen"),
        ("Silloin", "Jälkeen"),
    ],
)
def test_the_likeliest_times_of_two_bands_are_start_and_end(labels: tuple[str, str]) -> None:
    assert suggested_timings(labels, [label_timing(label) for label in labels]) == ("start", "end")


@pytest.mark.parametrize("labels", [("Oma arvio", "Ohjaajan arvio"), ("Minä", "Perheeni"), ("Osa A", "Osa B")])
def test_bands_that_speak_of_no_time_have_no_likeliest(labels: tuple[str, str]) -> None:
    assert suggested_timings(labels, [label_timing(label) for label in labels]) == (None, None)


def test_where_a_table_is_from_is_known_while_its_times_are_asked_about(library: Library, table: Table) -> None:
    rows = (
        ("Gruppis, kevät 2026", None, None, None, None),
        (None, "Ensimmäinen kerta", None, "Viimeinen kerta", None),
        ("Koodi", "Mieli", "Arki", "Mieli", "Arki"),
        *((f"K{number}", 2, 3, 4, 4) for number in range(1, 5)),
    )
    draft = read_draft(table(*rows), "a.xlsx", library, FileSettings())
    assert {question.kind for question in draft.questions} == {"band_timing"}
    assert [(place.practice, place.cohort) for place in draft.places] == [("gruppis", "kevät 2026")]
