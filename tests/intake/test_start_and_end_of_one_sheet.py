"""Start and end on one sheet are two forms a person, however the sheet is built and whatever its headings are."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings, read_draft
from evaluation.records import Draft

Table = Callable[..., bytes]
Rows = Sequence[Sequence[object]]

# Headings that no definition knows.
MOOD, ALONE, USE = "Millä mielellä olet", "Yksinolon tunne viikossa", "Saitko tästä jotain irti"
COLUMNS = {"millä mielellä olet": "state_mood", "yksinolon tunne viikossa": "state_social_relations"}
CODES = ("A1", "A2", "A3")
BOTH = {"client_start": [2, 2, 2], "client_end": [4, 4, 4]}


def rows(*values: object) -> list[tuple[object, ...]]:
    return [(code, *values) for code in CODES]


def mood(draft: Draft) -> dict[str, list[int]]:
    """Return what everybody answered about the mood, by form, in the order of their codes."""
    answers = draft.answers[draft.answers["item"] == "state_mood"].merge(draft.responses, on="response_no")
    ordered = answers.sort_values("participant")
    return {str(form): list(part["value"]) for form, part in ordered.groupby("questionnaire")}


WIDE = [(None, "ALKU", None, "LOPPU", None), ("Koodi", MOOD, ALONE, MOOD, ALONE), *rows(2, 5, 4, 3)]
SIDE_BY_SIDE: Mapping[str, Rows] = {
    "a word over the first column of each time": WIDE,
    "a word over each column": [(None, "Alku", "Alku", "Loppu", "Loppu"), *WIDE[1:]],
    "signs fill the rest of the row": [(None, "Ennen", "-", "Jälkeen", "-"), *WIDE[1:]],
    "longer words of time": [(None, "Alkukartoitus", None, "Loppuarvio", None), *WIDE[1:]],
    "words of time in a phrase": [(None, "Ennen ryhmää", None, "Ryhmän jälkeen", None), *WIDE[1:]],
    "swedish": [(None, "Startmätning", None, "Slutmätning", None), *WIDE[1:]],
    "english": [(None, "Pre-survey", None, "Post-survey", None), *WIDE[1:]],
    "days between the times and the headings": [WIDE[0], (None, "12.1.2026", None, "20.5.2026", None), *WIDE[1:]],
    "a blank row between": [WIDE[0], (), *WIDE[1:]],
    "a title above and numbers of answers behind": [
        ("Sisu 2026",),
        (None, "Alku (n=3)", None, "Loppu (n=3)", None),
        *WIDE[1:],
    ],
    "one question and more at the end": [
        (None, "ALKU", "LOPPU", None),
        ("Koodi", MOOD, MOOD, USE),
        *rows(2, 4, "kyllä sain"),
    ],
    "the end stands first": [(None, "LOPPU", None, "ALKU", None), *WIDE[1:2], *rows(4, 3, 2, 5)],
    "codes of each time": [
        ("Alku", None, None, "Loppu", None, None),
        ("Koodi", MOOD, ALONE, "Koodi", MOOD, ALONE),
        *((code, 2, 5, code, 4, 3) for code in CODES),
    ],
    "times below the questions": [
        (None, MOOD, None, ALONE, None),
        ("Koodi", "alku", "loppu", "alku", "loppu"),
        *rows(2, 4, 5, 3),
    ],
    "times in the headings": [
        ("Koodi", f"{MOOD} (alku)", f"{MOOD} (loppu)", f"{ALONE} (alku)", f"{ALONE} (loppu)"),
        *rows(2, 4, 5, 3),
    ],
}
STACKED: Mapping[str, Rows] = {
    "titles of time": [
        ("ALKULOMAKKEET",), ("Koodi", MOOD, ALONE), *rows(2, 5), (),
        ("LOPPULOMAKKEET",), ("Koodi", MOOD, ALONE, USE), *rows(4, 3, "kyllä sain"),
    ],
    "titles right below the rows": [
        ("Alkukysely",), ("Koodi", MOOD, ALONE), *rows(2, 5), ("Loppukysely",), ("Koodi", MOOD, ALONE), *rows(4, 3),
    ],
    "a title of the sheet, and averages below each": [
        ("Sisu 2026",), (), ("Ennen",), ("Koodi", MOOD, ALONE), *rows(2, 5), (), ("Keskiarvo", 2, 5), (), (),
        ("Jälkeen",), (), ("Koodi", MOOD, ALONE), *rows(4, 3), ("Keskiarvo", 4, 3),
    ],
    "the time in the first heading": [
        ("ALKU", MOOD, ALONE), *rows(2, 5), (), ("LOPPU", MOOD, ALONE), *rows(4, 3),
    ],
    "the end stands first": [
        ("LOPPU",), ("Koodi", MOOD, ALONE), *rows(4, 3), (), ("ALKU",), ("Koodi", MOOD, ALONE), *rows(2, 5),
    ],
    "words of time among the rows of one header": [
        ("Koodi", MOOD, ALONE), ("Alku",), *rows(2, 5), ("Loppu",), *rows(4, 3),
    ],
}  # fmt: skip


@pytest.mark.parametrize("name", SIDE_BY_SIDE)
def test_times_side_by_side_are_two_forms_a_person(library: Library, table: Table, name: str) -> None:
    columns = COLUMNS | {
        f"{heading} ({time})": target for heading, target in COLUMNS.items() for time in ("alku", "loppu")
    }
    content = table(*SIDE_BY_SIDE[name], sheet="Taul1")
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", columns=columns))
    assert mood(draft) == BOTH


@pytest.mark.parametrize("name", STACKED)
def test_times_below_one_another_are_two_forms_a_person(library: Library, table: Table, name: str) -> None:
    columns = COLUMNS | {"alku": "participant", "loppu": "participant"}
    content = table(*STACKED[name], sheet="Taul1")
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", columns=columns))
    assert mood(draft) == BOTH


@pytest.mark.parametrize("name", {**SIDE_BY_SIDE, **STACKED})
def test_the_times_are_told_before_a_heading_or_the_practice_is_known(
    library: Library, table: Table, name: str
) -> None:
    content = table(*{**SIDE_BY_SIDE, **STACKED}[name], sheet="Taul1")
    for settings in (FileSettings(), FileSettings(practice="sisu")):
        draft = read_draft(content, "oma.xlsx", library, settings)
        timings = [match.timing for match in draft.columns if match.heading.startswith(MOOD)]
        assert set(timings) == {"start", "end"} or (len(timings) == 1 and "among" in name)
        assert draft.responses.empty
        assert draft.rows >= 6


WHEN: Mapping[str, tuple[str, Sequence[object]]] = {
    "a heading that names the form": ("Lomake", ("alku", "loppu")),
    "a question": ("Milloin täytetty?", ("ennen", "jälkeen")),
    "a phase": ("Vaihe", ("Aloitus", "Lopetus")),
    "a heading of something else": ("Huomio", ("Alkukysely", "Loppukysely")),
    "no heading at all": (None, ("alussa", "lopussa")),
    "swedish": ("Enkät", ("före", "efter")),
    "capitals and spaces": ("KYSELY", (" ALKU ", "LOPPU")),
    "the whole name of a form": ("Mikä kysely", ("Alkulomake 2026", "Loppulomake 2026")),
}


@pytest.mark.parametrize("name", WHEN)
def test_a_column_that_holds_words_of_time_parts_the_rows(library: Library, table: Table, name: str) -> None:
    heading, (start, end) = WHEN[name]
    content = table(
        ("Koodi", heading, MOOD, ALONE),
        *((code, start, 2, 5) for code in CODES),
        *((code, end, 4, 3) for code in CODES),
        ("Keskiarvo", None, 3, 4),
    )
    for columns in (COLUMNS, COLUMNS | {str(heading or "").lower().rstrip("?"): "timing"}):
        draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", columns=columns))
        assert mood(draft) == BOTH
        assert (draft.rows, draft.rejected + draft.set_aside) == (7, 1)


def test_what_only_a_number_tells_is_asked_with_the_order_as_likeliest(library: Library, table: Table) -> None:
    content = table(("Koodi", "Lomake", MOOD), *((code, n, 2 * n) for n in (1, 2) for code in CODES))
    settings = FileSettings(practice="sisu", columns=COLUMNS)
    draft = read_draft(content, "oma.xlsx", library, settings)
    assert [(question.kind, question.suggested) for question in draft.questions] == [
        ("timing_value", "start"),
        ("timing_value", "end"),
    ]
    assert (draft.rejected, draft.readable) == (6, True)
    decided = {question.key: str(question.suggested) for question in draft.questions}
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", columns=COLUMNS, decisions=decided))
    assert mood(draft) == BOTH


@pytest.mark.parametrize(
    ("heading", "contents"),
    [
        ("Lomake", ("paperi", "sähköinen")),
        ("Mikä oli parasta?", ("alku oli hyvä", "loppu meni nopeasti")),
        ("Ajankohta", ("3.5.2024", "20.5.2024")),
    ],
)
def test_other_words_part_no_rows(library: Library, table: Table, heading: str, contents: Sequence[object]) -> None:
    rows = [(code, content, 2, 3) for code, content in zip(CODES[:2], contents, strict=True)]
    content = table(("Koodi", heading, "Mieliala", "Yksinäisyys"), *rows)
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", questionnaire="client_start"))
    assert draft.questionnaires == ("client_start",)
    assert (draft.rejected, len(draft.responses)) == (0, 2)


UNCLEAR: Mapping[str, Sequence[object]] = {
    "numbers": ("1. mittaus", None, "2. mittaus", None),
    "seasons": ("Syksy", None, "Kevät", None),
    "days": ("12.1.2026", None, "20.5.2026", None),
    "roman numbers": ("I", None, "II", None),
    "months": ("Tammikuu", None, "Toukokuu", None),
    "the later one first": ("2. kerta", None, "1. kerta", None),
}


@pytest.mark.parametrize("name", UNCLEAR)
def test_bands_that_do_not_say_when_are_asked(library: Library, table: Table, name: str) -> None:
    turned = name == "the later one first"
    values = rows(4, 3, 2, 5) if turned else rows(2, 5, 4, 3)
    content = table((None, *UNCLEAR[name]), WIDE[1], *values)
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", columns=COLUMNS))
    first, second = draft.questions
    assert {first.kind, second.kind} == {"band_timing"}
    assert (first.suggested, second.suggested) == (("end", "start") if turned else ("start", "end"))
    assert (draft.rows, draft.rejected, draft.readable) == (3, 3, False)
    for settings in (
        FileSettings(
            practice="sisu",
            columns=COLUMNS,
            decisions={question.key: str(question.suggested) for question in draft.questions},
        ),
        FileSettings(
            practice="sisu",
            columns=COLUMNS,
            timings={match.part: ("end" if match.key.endswith("#2") != turned else "start")
                     for match in draft.columns if match.part},
        ),
    ):  # fmt: skip
        assert mood(read_draft(content, "oma.xlsx", library, settings)) == BOTH


def test_bands_of_something_else_are_asked_without_a_likeliest_time(library: Library, table: Table) -> None:
    content = table((None, "Ohjaaja Aalto", None, "Ohjaaja Niemi", None), WIDE[1], *WIDE[2:])
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", columns=COLUMNS))
    assert [question.suggested for question in draft.questions] == [None, None]
    assert draft.responses.empty


def test_headings_that_stand_twice_without_a_word_are_asked_by_run(library: Library, table: Table) -> None:
    content = table(*WIDE[1:])
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", columns=COLUMNS))
    assert [(question.kind, question.suggested) for question in draft.questions] == [
        ("run_timing", "start"),
        ("run_timing", "end"),
    ]
    decided = {question.key: str(question.suggested) for question in draft.questions}
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", columns=COLUMNS, decisions=decided))
    assert mood(draft) == BOTH


@pytest.mark.parametrize("form", [None, "client_end"])
def test_blocks_without_a_title_are_asked(library: Library, table: Table, form: str | None) -> None:
    block = ("Koodi", MOOD, ALONE)
    content = table(block, *rows(2, 5), (), block, *rows(4, 3))
    settings = FileSettings(practice="sisu", columns=COLUMNS, questionnaire=form)
    draft = read_draft(content, "oma.xlsx", library, settings)
    assert [(question.kind, question.suggested, question.rows) for question in draft.questions] == [
        ("block_timing", "start", 3),
        ("block_timing", "end", 3),
    ]
    assert (draft.rows, draft.rejected) == (6, 6)
    decided = {question.key: str(question.suggested) for question in draft.questions}
    assert (
        mood(
            read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", columns=COLUMNS, decisions=decided))
        )
        == BOTH
    )
    left = {draft.questions[0].key: "leave_out", draft.questions[1].key: "end"}
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", columns=COLUMNS, decisions=left))
    assert (mood(draft), draft.set_aside) == ({"client_end": [4, 4, 4]}, 3)


def test_headings_printed_again_over_other_people_head_no_block(library: Library, table: Table) -> None:
    head = ("Koodi", MOOD, ALONE)
    content = table(head, *rows(2, 5), (), head, ("B1", 4, 3), ("B2", 4, 3))
    settings = FileSettings(practice="sisu", columns=COLUMNS, questionnaire="client_start")
    draft = read_draft(content, "oma.xlsx", library, settings)
    assert mood(draft) == {"client_start": [2, 2, 2, 4, 4]}


def test_the_worker_may_say_otherwise_of_a_band_a_block_and_a_column(library: Library, table: Table) -> None:
    wide = table(*WIDE)
    turned = FileSettings(practice="sisu", columns=COLUMNS, timings={"Taul1!B1": "end", "Taul1!D1": "start"})
    assert mood(read_draft(wide, "oma.xlsx", library, turned)) == {"client_start": [4, 4, 4], "client_end": [2, 2, 2]}
    stacked = table(*STACKED["titles of time"])
    turned = FileSettings(practice="sisu", columns=COLUMNS, timings={"Taul1!A1": "end", "Taul1!A7": "start"})
    assert mood(read_draft(stacked, "oma.xlsx", library, turned)) == {
        "client_start": [4, 4, 4],
        "client_end": [2, 2, 2],
    }
    alone = FileSettings(
        practice="sisu",
        columns=COLUMNS,
        timings={"yksinolon tunne viikossa#2": "start", "yksinolon tunne viikossa": "end"},
    )
    draft = read_draft(wide, "oma.xlsx", library, alone)
    both = draft.answers.merge(draft.responses, on="response_no")
    values = both.groupby(["timing", "item"], observed=True)["value"].first().to_dict()
    assert values == {
        ("start", "state_mood"): 2, ("start", "state_social_relations"): 3,
        ("end", "state_mood"): 4, ("end", "state_social_relations"): 5,
    }  # fmt: skip


def test_each_of_two_columns_of_one_heading_may_be_mapped_by_itself(library: Library, table: Table) -> None:
    columns = {**COLUMNS, "millä mielellä olet#2": "state_everyday_life"}
    draft = read_draft(table(*WIDE), "oma.xlsx", library, FileSettings(practice="gruppis", columns=columns))
    both = draft.answers.merge(draft.responses, on="response_no")
    assert set(both[both["timing"] == "end"]["item"]) == {"state_everyday_life", "state_social_relations"}
    assert set(both[both["timing"] == "start"]["item"]) == {"state_mood", "state_social_relations"}


def test_three_bands_are_three_forms(library: Library, table: Table) -> None:
    content = table(
        (None, "ALKU", "LOPPU", "SEURANTA"),
        ("Koodi", MOOD, MOOD, MOOD),
        *rows(2, 3, 4),
    )
    settings = FileSettings(practice="yksilollinen", columns={"millä mielellä olet": "state_trust"})
    draft = read_draft(content, "oma.xlsx", library, settings)
    both = draft.answers.merge(draft.responses, on="response_no")
    assert both.groupby("timing")["value"].first().to_dict() == {"start": 2, "end": 3, "follow_up": 4}


def test_a_question_that_stands_twice_may_be_start_and_end(library: Library, table: Table) -> None:
    content = table(("Koodi", MOOD, MOOD), *rows(2, 4))
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", columns=COLUMNS))
    (question,) = draft.questions
    assert (question.kind, draft.rejected) == ("repeated_column", 3)
    decided = FileSettings(practice="sisu", columns=COLUMNS, decisions={question.key: "start_end"})
    assert mood(read_draft(content, "oma.xlsx", library, decided)) == BOTH


def test_what_a_band_means_and_the_practice_are_asked_together(library: Library, table: Table) -> None:
    content = table((None, "1. mittaus", None, "2. mittaus", None), *WIDE[1:])
    draft = read_draft(content, "oma.xlsx", library)
    assert [problem.code for problem in draft.problems] == ["practice_missing"]
    assert {question.kind for question in draft.questions} == {"band_timing"}


def test_the_worker_says_in_which_row_the_headings_stand(library: Library, table: Table) -> None:
    content = table(("Sisu",), ("eka", "toka", "kolmas"), ("Koodi", MOOD, ALONE), *rows(2, 5))
    settings = FileSettings(practice="sisu", questionnaire="client_start", columns=COLUMNS, header_rows={"Taul1": 3})
    draft = read_draft(content, "oma.xlsx", library, settings)
    assert (mood(draft), draft.rows) == ({"client_start": [2, 2, 2]}, 3)
    bands = table(("Raportti", "x"), *WIDE)
    settings = FileSettings(practice="sisu", columns=COLUMNS, header_rows={"Taul1": 3})
    assert mood(read_draft(bands, "oma.xlsx", library, settings)) == BOTH


NAMELESS: Mapping[str, tuple[Sequence[object], Sequence[Sequence[object]], str | None]] = {
    "codes in front": ((None, "Mieliala", "Yksinäisyys"), [("K1", 2, 5), ("K2", 3, 4), ("K3", 2, 2)], "participant"),
    "codes behind": (
        ("Mieliala", "Yksinäisyys", None),
        [(2, 5, "AN07"), (3, 4, "PE12"), (2, 2, "MI31")],
        "participant",
    ),
    "days": (
        ("Koodi", "Mieliala", "Yksinäisyys", None),
        [("K1", 2, 5, "3.5.2026"), ("K2", 3, 4, "4.5.2026"), ("K3", 1, 4, "4.5.2026")],
        "answered_on",
    ),
    "the same day and answer all down": (
        ("Koodi", "Mieliala", "Yksinäisyys", None),
        [("K1", 2, 5, "3.5.2026"), ("K2", 2, 5, "3.5.2026"), ("K3", 2, 5, "3.5.2026")],
        "answered_on",
    ),
    "a running number": (
        (None, "Koodi", "Mieliala", "Yksinäisyys"),
        [(1, "K1", 2, 5), (2, "K2", 3, 4), (3, "K3", 2, 2)],
        None,
    ),
    "notes": (
        ("Koodi", "Mieliala", "Yksinäisyys", None),
        [("K1", 2, 5, "soita"), ("K2", 3, 4, None), ("K3", 2, 2, "soita")],
        None,
    ),
}


@pytest.mark.parametrize("name", NAMELESS)
def test_a_nameless_column_of_codes_or_days_is_asked(library: Library, table: Table, name: str) -> None:
    head, people, target = NAMELESS[name]
    content = table(head, *people)
    choices = {"practice": "sisu", "questionnaire": "client_start"}
    draft = read_draft(content, "oma.xlsx", library, FileSettings(**choices))
    assert [(question.kind, question.suggested) for question in draft.questions] == (
        [("nameless_column", target)] if target else []
    )
    assert draft.rejected == (3 if target else 0)
    if target:
        decided = FileSettings(**choices, decisions={draft.questions[0].key: target})
        draft = read_draft(content, "oma.xlsx", library, decided)
        assert len(draft.responses) == 3
        assert draft.responses[target].notna().all()
