"""A form that says more than the stored one completes it, and an import taken back takes its own answers along."""

import pandas as pd

from evaluation.store import Selection, Store
from tests.store.conftest import MakeDraft

ALL = Selection()


def said(store: Store) -> tuple[list[tuple[str, int]], list[str], list[tuple[int, int]]]:
    answers, marks = store.answer_counts(ALL), store.session_counts(ALL)
    pairs = answers[["item", "value"]].itertuples(index=False, name=None)
    sessions = marks[["session_no", "mark"]].itertuples(index=False, name=None)
    return sorted(pairs), sorted(store.written_answers(ALL)["text"]), sorted(sessions)


def test_answers_texts_and_marks_are_added_and_go_with_the_import_that_brought_them(
    store: Store, draft: MakeDraft
) -> None:
    first = draft({"participant": "A1", "answers": {"state_mood": 2}, "marks": {1: 1}}, file="eka.xlsx")
    second = draft({"participant": "A1", "answers": {"state_money": 4}, "texts": {"best": "Retki"}}, file="toka.xlsx")
    third = draft({"participant": "A1", "marks": {2: 0}}, file="kolmas.xlsx")
    assert [store.accept(each).completed for each in (first, second, third)] == [0, 1, 1]
    whole = ([("state_money", 4), ("state_mood", 2)], ["Retki"], [(1, 1), (2, 0)])
    assert said(store) == whole
    store.undo(2)
    assert said(store) == ([("state_mood", 2)], [], [(1, 1), (2, 0)])
    assert store.accept(second).completed == 1
    assert said(store) == whole
    store.undo(1)
    assert said(store) == ([("state_money", 4)], ["Retki"], [(2, 0)])
    assert int(pd.Series(store.contents()["responses"]).sum()) == 1


def test_a_form_that_says_less_changes_nothing(store: Store, draft: MakeDraft) -> None:
    store.accept(draft({"participant": "A1", "answers": {"state_mood": 2, "state_money": 4}}, file="eka.xlsx"))
    receipt = store.accept(draft({"participant": "A1", "answers": {"state_mood": 2}}, file="toka.xlsx"))
    assert (receipt.accepted, receipt.duplicates) == (0, 1)
    assert said(store)[0] == [("state_money", 4), ("state_mood", 2)]


def test_what_was_decided_on_a_text_stays_with_it_and_goes_with_it(store: Store, draft: MakeDraft) -> None:
    said_first = {"participant": "A1", "answers": {"state_mood": 2}, "texts": {"best": "Retki"}}
    store.accept(draft(said_first, {"participant": "A2", "texts": {"best": "Kahvi"}}, file="eka.xlsx"))
    texts = store.written_answers(ALL)
    assert texts["publishable"].isna().all()
    assert store.decide_texts(texts.assign(reading_digest="0" * 64), publishable=True) == 2
    assert store.decide_texts(texts[texts["text"] == "Kahvi"].assign(reading_digest="1" * 64), publishable=False) == 1
    store.accept(draft({"participant": "A1", "answers": {"state_money": 4}}, file="toka.xlsx"))
    kept = store.written_answers(ALL).set_index("text")
    assert kept["publishable"].to_dict() == {"Retki": True, "Kahvi": False}
    assert kept["reading_digest"].to_dict() == {"Retki": "0" * 64, "Kahvi": "1" * 64}
    assert [entry.deed for entry in store.trail()] == ["imported", "texts_held", "texts_released", "imported"]
    store.forget("A2")
    assert store.written_answers(ALL)["text"].tolist() == ["Retki"]
