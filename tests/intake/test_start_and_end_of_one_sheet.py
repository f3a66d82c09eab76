"""Start and end on one sheet are two forms a person, however the sheet is built and whatever its headings are."""

from collections.abc import Callable, Mapping, Sequence

import pytest

from evaluation.definitions import Library
from evaluation.intake import Given, read_draft
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
    draft = read_draft(content, "oma.xlsx", library, Given(practice="sisu", columns=columns))
    assert mood(draft) == BOTH


@pytest.mark.parametrize("name", STACKED)
def test_times_below_one_another_are_two_forms_a_person(library: Library, table: Table, name: str) -> None:
    columns = COLUMNS | {"alku": "participant", "loppu": "participant"}
    content = table(*STACKED[name], sheet="Taul1")
    draft = read_draft(content, "oma.xlsx", library, Given(practice="sisu", columns=columns))
    assert mood(draft) == BOTH


@pytest.mark.parametrize("name", {**SIDE_BY_SIDE, **STACKED})
def test_the_times_are_told_before_a_heading_or_the_practice_is_known(
    library: Library, table: Table, name: str
) -> None:
    content = table(*{**SIDE_BY_SIDE, **STACKED}[name], sheet="Taul1")
    for given in (Given(), Given(practice="sisu")):
        draft = read_draft(content, "oma.xlsx", library, given)
        timings = [match.timing for match in draft.columns if match.heading.startswith(MOOD)]
        assert set(timings) == {"start", "end"} or (len(timings) == 1 and "among" in name)
        assert draft.responses.empty
        assert draft.rows >= 6
