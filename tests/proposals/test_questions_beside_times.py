"""Questions that stand beside start and end, under no time of their own, are saved with the time they were asked at."""

from collections.abc import Callable

import pytest

from evaluation.definitions import Library
from evaluation.intake.folding import fold
from tests.proposals.test_new_definitions import counts, made_of, said

Table = Callable[..., bytes]
SEEN = ("en koskaan", "harvoin", "joskus", "usein")
PEOPLE = [
    (f"KU{n:02d}{n:02d}", (44, 51, 63, 70)[n % 4], SEEN[n % 2], SEEN[1 + n % 3], ("huono", "ok", "hyvä")[n % 3],
     ("kaveri", "lehti")[n % 2])
    for n in range(1, 13)
]  # fmt: skip
# The columns by their order in PEOPLE: code, age, start, end, opinion, where heard.
CODE, AGE, START, END, OPINION, HEARD = range(6)
HEADINGS = {CODE: "Koodi", AGE: "Ikä", START: "Näetkö ystäviä?", END: "Näetkö ystäviä?", OPINION: "Ohjaus",
            HEARD: "Mistä kuulit ryhmästä?"}  # fmt: skip
BANDED = {START: "ALUSSA", END: "LOPUSSA"}


@pytest.mark.parametrize("order", [
    (CODE, AGE, START, END, OPINION, HEARD),
    (CODE, START, END, OPINION, HEARD, AGE),
    (CODE, OPINION, HEARD, AGE, START, END),
    (CODE, HEARD, START, OPINION, END, AGE),
], ids=["around", "behind", "before", "between"])  # fmt: skip
@pytest.mark.parametrize("named", ["bands", "headings"])
def test_no_answer_is_lost_wherever_a_question_stands(
    order: tuple[int, ...], named: str, library: Library, table: Table
) -> None:
    rows: list[tuple[object, ...]] = [tuple(person[column] for column in order) for person in PEOPLE]
    if named == "bands":
        above = tuple(BANDED.get(column) for column in order)
        content = table(("Ystäväpiiri",), above, tuple(HEADINGS[column] for column in order), *rows)
    else:
        times = {START: " (alussa)", END: " (lopussa)"}
        content = table(tuple(HEADINGS[column] + times.get(column, "") for column in order), *rows)
    better = said(HEADINGS[START], better="high")
    made, laid, draft = made_of(library, content, better)
    stored = {
        heading: sum(counts(draft, made.items[fold(heading)]).values())
        for heading in (HEADINGS[AGE], HEADINGS[START], HEADINGS[OPINION], HEADINGS[HEARD])
    }
    assert stored == {HEADINGS[AGE]: 12, HEADINGS[START]: 24, HEADINGS[OPINION]: 12, HEADINGS[HEARD]: 12}
    asked_at = {form.timing: {item.id for item in form.items} for form in map(laid.questionnaire, made.forms.values())}
    assert set(asked_at) == {"start", "end"}
    assert all(made.items[fold(HEADINGS[START])] in items for items in asked_at.values()), "what is compared is one"


def test_ages_in_years_are_a_number_of_who_took_part(library: Library, table: Table) -> None:
    made, laid, draft = made_of(
        library, table(("Ikä", "Ohjaus"), *((person[AGE], person[OPINION]) for person in PEOPLE))
    )
    item = laid.items[made.items["ikä"]]
    assert (item.kind, item.family) == ("number", "participation")
    assert counts(draft, item.id) == {44: 3, 51: 3, 63: 3, 70: 3}
