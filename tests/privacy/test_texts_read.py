"""Open answers wait until a person has read them: what is released, held back, changed, and of how few."""

from dataclasses import replace

import pandas as pd
import pytest

from evaluation.definitions import Library
from evaluation.measures import (
    OpenAnswers,
    Policy,
    QuestionTexts,
    read_open_answers,
    read_question_texts,
    stored_rows,
    waiting_texts,
)
from evaluation.store import Selection, Store, StoreError, open_store
from tests.privacy.attack.worlds import draft_of
from tests.privacy.test_disclosure import filled

ALL = Selection()
BEST = "best_thing"


def unread(texts: list[str], library: Library, people: int = 12) -> Store:
    """Return a store whose texts nobody has read."""
    forms = [
        replace(form, texts={BEST: texts[k]} if k < len(texts) else {})
        for k, form in enumerate(filled("sat_access", [4] * people))
    ]
    store = open_store("duckdb:///:memory:")
    store.accept(draft_of(forms, library))
    return store


def read(store: Store, library: Library) -> QuestionTexts:
    (question,) = read_question_texts(store, library, ALL, Policy())
    return question


def shown(store: Store, library: Library) -> list[str]:
    answers: tuple[OpenAnswers, ...] = read_open_answers(store, library, ALL, Policy())
    return sorted(text for answer in answers for text in answer.texts)


def decide(store: Store, library: Library, *texts: str, publishable: bool = True) -> None:
    chosen = [text for text in read(store, library).texts if text.text in texts]
    store.decide_texts(stored_rows(chosen), publishable)


def test_nothing_is_shown_before_somebody_has_read_it(library: Library) -> None:
    store = unread(["Kahvi", "Retki", "Ruoka", "Porukka"], library)
    assert shown(store, library) == []
    assert waiting_texts([read(store, library)]) == 4
    decide(store, library, "Kahvi", "Retki", "Ruoka")
    assert shown(store, library) == ["Kahvi", "Retki", "Ruoka"]
    assert [text.text for text in read(store, library).of("waiting")] == ["Porukka"]
    last = store.trail()[0]
    assert (last.deed, last.subject, last.count) == ("texts_released", f"sisu client_end {BEST}", 3)


def test_a_text_that_is_held_back_is_not_shown_and_can_be_released_later(library: Library) -> None:
    store = unread(["Kahvi", "Retki", "Ruoka", "Porukka"], library)
    decide(store, library, "Kahvi", "Retki", "Ruoka", "Porukka")
    decide(store, library, "Porukka", publishable=False)
    assert shown(store, library) == ["Kahvi", "Retki", "Ruoka"]
    assert [text.text for text in read(store, library).of("held")] == ["Porukka"]
    decide(store, library, "Porukka")
    assert "Porukka" in shown(store, library)


def test_fewer_than_three_released_texts_of_a_group_are_not_shown(library: Library) -> None:
    store = unread(["Kahvi", "Retki", "Ruoka", "Porukka"], library)
    decide(store, library, "Kahvi", "Retki")
    assert shown(store, library) == []


@pytest.mark.parametrize(("texts", "people"), [(["Kahvi", "Retki"], 12), (["Kahvi", "Retki", "Ruoka"], 9)])
def test_what_is_not_published_anyway_waits_for_nobody(library: Library, texts: list[str], people: int) -> None:
    assert read_question_texts(unread(texts, library, people), library, ALL, Policy()) == ()


def test_the_screened_form_is_what_is_read(library: Library) -> None:
    store = unread(["Maija auttoi", "Soita 040 123 4567", "Ruoka"], library)
    assert {text.text for text in read(store, library).texts} == {"[…] auttoi", "Soita […]", "Ruoka"}


def test_equal_texts_are_read_once(library: Library) -> None:
    store = unread(["ok", "ok", "ok", "hyvä"], library)
    assert sorted(text.text for text in read(store, library).texts) == ["hyvä", "ok"]
    decide(store, library, "ok")
    assert shown(store, library) == ["ok", "ok", "ok"]


def test_a_text_whose_screened_form_is_another_is_read_anew(library: Library) -> None:
    store = unread(["Kahvi", "Retki", "Ruoka"], library)
    rows = stored_rows(read(store, library).texts)
    store.decide_texts(rows.assign(reading_digest="0" * 64), publishable=True)
    assert shown(store, library) == []
    assert waiting_texts([read(store, library)]) == 3


def test_a_text_that_comes_with_a_later_form_is_read_and_one_that_stays_is_not_read_again(library: Library) -> None:
    store = unread(["Kahvi", "Retki", "Ruoka"], library)
    decide(store, library, "Kahvi", "Retki", "Ruoka")
    forms = filled("sat_access", [4] * 12)
    more = [replace(forms[0], answers={"sat_usefulness": 5}), replace(forms[11], texts={BEST: "Sauna"})]
    receipt = store.accept(replace(draft_of(more, library), sha256="f" * 64))
    assert receipt.completed == 2
    assert shown(store, library) == ["Kahvi", "Retki", "Ruoka"]
    assert [text.text for text in read(store, library).of("waiting")] == ["Sauna"]
    assert receipt.import_id is not None
    store.undo(receipt.import_id)
    assert shown(store, library) == ["Kahvi", "Retki", "Ruoka"]
    assert not read(store, library).of("waiting")


def test_what_came_in_while_a_page_was_open_is_not_released_by_a_press_on_it(library: Library) -> None:
    store = unread(["Kahvi", "Retki", "Ruoka"], library)
    on_page = stored_rows(read(store, library).texts)
    late = [replace(form, texts={BEST: "Virtanen"}) for form in filled("sat_access", [4], prefix="Z")]
    store.accept(replace(draft_of(late, library), sha256="e" * 64))
    store.decide_texts(on_page, publishable=True)
    assert len(read(store, library).of("waiting")) == 1
    assert len(shown(store, library)) == 3


def test_decisions_travel_with_the_answers(library: Library) -> None:
    store, other = unread(["Kahvi", "Retki", "Ruoka"], library), open_store("duckdb:///:memory:")
    decide(store, library, "Kahvi", "Retki", "Ruoka")
    store.copy_to(other)
    assert shown(other, library) == ["Kahvi", "Retki", "Ruoka"]


def test_nobody_decides_on_the_texts_of_the_sample(sample_store: Store) -> None:
    with pytest.raises(StoreError):
        sample_store.decide_texts(pd.DataFrame(), publishable=True)
