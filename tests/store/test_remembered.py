"""What a worker said of a set of headings is offered next time, until something else is said."""

from evaluation.records import Remembered
from evaluation.store import Store, open_store

SPRING, AUTUMN = "a" * 64, "b" * 64
SAID = Remembered(
    columns={"mieliala nyt": "state_mood", "nimi": None, "mistä kuulit?": "participant"},
    labels={("state_mood", "ihan ok"): 4, ("state_mood", "-"): None, ("state_money", "ihan ok"): 3},
    decisions={"scale_differs:agreement5:0-4": "shift"},
)


def test_what_was_said_of_headings_is_known_again(store: Store) -> None:
    store.remember(SPRING, SAID)
    assert store.remembered([SPRING, AUTUMN]) == {SPRING: SAID}
    assert store.remembered([]) == {}


def test_what_is_said_anew_replaces_what_was_known_of_those_headings_only(store: Store) -> None:
    store.remember(SPRING, SAID)
    store.remember(AUTUMN, SAID)
    store.remember(SPRING, Remembered(columns={"mieliala nyt": "state_trust"}))
    assert store.remembered([SPRING, AUTUMN]) == {
        SPRING: Remembered(columns={"mieliala nyt": "state_trust"}),
        AUTUMN: SAID,
    }
    store.remember(AUTUMN, Remembered())
    assert store.remembered([AUTUMN]) == {}


def test_undoing_an_import_forgets_nothing_and_remembering_leaves_the_answers_as_they_are(store: Store, draft) -> None:
    store.accept(draft({"participant": "A1", "answers": {"state_mood": 2}}))
    version = store.data_version()
    store.remember(SPRING, SAID)
    assert store.data_version() == version
    store.undo(1)
    assert store.remembered([SPRING]) == {SPRING: SAID}


def test_what_was_said_is_there_when_the_file_is_opened_again(kept) -> None:
    open_store(kept.url).remember(SPRING, SAID)
    assert open_store(kept.url).remembered([SPRING]) == {SPRING: SAID}


def test_a_column_left_out_may_be_said_with_an_empty_target(store: Store) -> None:
    store.remember(SPRING, Remembered(columns={"nimi": ""}))
    assert store.remembered([SPRING])[SPRING].columns == {"nimi": None}
