"""A table that somebody has counted already adds to the distributions and is never read as people's whole forms."""

import datetime

from evaluation.store import Selection, Store

ALL = Selection()


def counted(**counts: dict[int, int]) -> list[dict[str, object]]:
    """Return forms without a code that hold these counts, as a counted table becomes them."""
    values = {item: [code for code, n in given.items() for _ in range(n)] for item, given in counts.items()}
    size = max(map(len, values.values()))
    return [
        {"answers": {item: codes[number] for item, codes in values.items() if number < len(codes)}}
        for number in range(size)
    ]


def people(store: Store) -> dict[str, int]:
    return store.people_counts(ALL).set_index("item")["people"].to_dict()


def test_counts_come_out_as_they_went_in(store: Store, draft) -> None:
    forms = counted(state_mood={1: 2, 4: 5}, state_money={3: 4})
    store.accept(draft(*forms, layout="counted"))
    rows = store.answer_counts(ALL)[["item", "value", "n"]].sort_values(["item", "value"])
    assert rows.to_numpy().tolist() == [["state_money", 3, 4], ["state_mood", 1, 2], ["state_mood", 4, 5]]


def test_the_people_of_a_counted_table_are_the_largest_count_of_an_item(store: Store, draft) -> None:
    store.accept(draft(*counted(state_mood={1: 2, 4: 5}, state_money={3: 4}), layout="counted"))
    assert people(store) == {"": 7, "state_mood": 7, "state_money": 4}


def test_counted_start_and_end_tables_make_no_pairs_and_no_overlaps(store: Store, draft) -> None:
    start = counted(state_mood={1: 6})
    end = [{**form, "timing": "end"} for form in counted(state_mood={5: 6})]
    other_run = [{**form, "cohort": "Syksy 2018"} for form in start]
    store.accept(draft(*start, *end, *other_run, layout="counted"))
    assert store.pair_counts(ALL).empty
    assert store.overlap_counts(ALL).empty


def test_first_visits_of_a_counted_table_are_not_taken_for_those_who_answered_another_item(store: Store, draft) -> None:
    """Six came for the first time; that the first six answers to another item are theirs, nobody has said."""
    for number, day in enumerate((datetime.date(2018, 1, 4), datetime.date(2018, 1, 11))):
        forms = counted(visit_first={1: 6, 0: 6}, visit_useful={4: 8})
        visits = [{**form, "timing": "visit", "answered_on": day} for form in forms]
        store.accept(draft(*visits, file=f"{number}.xlsx", layout="counted"))
    found = people(store)
    assert found["visit_useful"] == 8
    assert found[""] == 12
