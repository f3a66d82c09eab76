"""The gate's rules one by one: classes, sensitive answers, small parts, open answers."""

import math
import random
from dataclasses import replace
from datetime import date

import pytest

from evaluation.definitions import Library
from evaluation.measures import Evidence, Policy, publish, read_open_answers
from evaluation.measures.evidence import plain_rows
from evaluation.privacy.personal import MARK, without_personal
from evaluation.settings import SMALLEST_THRESHOLD
from evaluation.store import Selection
from tests.privacy.attack.worlds import Form, World, stored

ALL = Selection()


def filled(
    item: str, values: list[int], cohort: str = "2016", questionnaire: str = "client_end", prefix: str = "P"
) -> World:
    return tuple(
        Form(
            "sisu",
            "Lempäälä",
            cohort,
            questionnaire,
            f"{prefix}{n}",
            f"{prefix}{n}",
            date(int(cohort), 1, 1),
            {item: v},
        )
        for n, v in enumerate(values)
    )


def register(n: int, came: int, stayed: int, cohort: str = "2016") -> World:
    return tuple(
        Form(
            "sisu", "Lempäälä", cohort, "attendance_register", f"{cohort} {k}", f"{cohort} {k}",
            date(int(cohort), 1, 1), {"completed": int(k < stayed)}, {}, {1: int(k < came), 2: int(k < stayed)},
        )
        for k in range(n)
    )  # fmt: skip


def published(world: World, library: Library, selection: Selection = ALL) -> Evidence:
    return publish(stored(world, library), library, selection, Policy())


TABLES = {"completed": "participation.enrolment", "retrospective": "change.retrospective", "paired": "change.paired"}


def told(evidence: Evidence, measure: str, level: str = "practice") -> dict[str, object]:
    table = plain_rows(evidence.table(TABLES[measure]))
    rows = [row for row in table if row["measure"] == measure and row["level"] == level]
    assert len(rows) == 1, rows
    return rows[0]


def spread(evidence: Evidence, level: str = "cohort") -> dict[object, int]:
    """Return the counts of the distributions of one question, by code, or by class where there is no code."""
    found = evidence.table("satisfaction.distribution").where(level=level).frame
    keys = [
        kind if math.isnan(code) else int(code)
        for code, kind in zip(found["value_code"], found["value_class"], strict=True)
    ]
    return {key: int(count) for key, count in zip(keys, found["count"], strict=True) if key not in (98, 99)}


def test_nine_answers_are_told_in_three_classes_and_ten_one_by_one(library: Library) -> None:
    nine = published(filled("sat_access", [5, 4, 4, 3, 3, 2, 1, 5, 5]), library)
    assert spread(nine) == {"unfavourable": 2, "neutral": 2, "favourable": 5}
    assert nine.table("satisfaction.mean").with_figures.empty
    ten = published(filled("sat_access", [5, 4, 4, 3, 3, 2, 1, 5, 5, 4]), library)
    assert spread(ten) == {1: 1, 2: 1, 3: 2, 4: 3, 5: 3}
    assert not ten.table("satisfaction.mean").with_figures.empty


def test_a_total_is_told_one_by_one_only_where_that_tells_none_of_its_small_parts(library: Library) -> None:
    large = filled("sat_access", [1, 2, 3, 4, 5] * 3)
    small = filled("sat_access", [5, 5, 4, 4, 1, 2], "2017", prefix="Q")
    also = filled("sat_access", [5, 4, 3, 2, 1], "2018", prefix="R")
    assert set(spread(published(large + small, library), "practice")) == {"unfavourable", "neutral", "favourable"}
    assert set(spread(published(large + small + also, library), "practice")) == {1, 2, 3, 4, 5}
    chosen = published(large + small + also, library, Selection(cohorts=("2016", "2017")))
    assert set(spread(chosen, "practice")) == {"unfavourable", "neutral", "favourable"}


@pytest.mark.parametrize("values", [[1, 2, 2, 1, 1, 1], [1, 2, 2, 1, 1, 5]])
def test_all_and_all_but_one_bad_answers_to_something_sensitive_are_told_in_the_same_words(
    library: Library, values: list[int]
) -> None:
    found = told(published(filled("change_mood", values), library), "retrospective", "cohort")
    assert (found["suppressed"], found["reason"]) == (True, "nearly_all")
    assert all(found[name] is None for name in ("n", "value", "low", "high", "improved", "same", "worsened"))


def test_what_is_not_sensitive_or_not_bad_is_told_though_all_say_it(library: Library) -> None:
    good = told(published(filled("change_mood", [5] * 6), library), "retrospective", "cohort")
    assert (good["n"], good["improved"]) == (6, 6)
    plain = told(published(filled("change_taking_part", [1] * 6), library), "retrospective", "cohort")
    assert (plain["n"], plain["worsened"]) == (6, 6)


def test_a_unit_where_nearly_all_answered_badly_is_left_out_of_the_total(library: Library) -> None:
    world = filled("change_mood", [1] * 6) + filled("change_mood", [5, 4, 3, 2, 1], "2017", prefix="Q")
    found = told(published(world, library), "retrospective")
    assert (found["n"], found["worsened"], found["omitted"]) == (5, 2, 1)


def test_where_nearly_all_began_badly_the_change_is_told_without_the_levels(library: Library) -> None:
    start = filled("state_mood", [1, 1, 2, 1, 2, 1], questionnaire="client_start")
    end = filled("state_mood", [3, 4, 2, 1, 4, 5])
    found = told(published(start + end, library), "paired")
    assert (found["improved"], found["same"], found["worsened"]) == (4, 2, 0)
    assert (found["start_mean"], found["end_mean"]) == (None, None)


@pytest.mark.parametrize("stayed", [8, 9])
def test_one_or_two_who_left_are_told_in_the_same_range(library: Library, stayed: int) -> None:
    found = told(published(register(10, 10, stayed), library), "completed")
    assert (found["at_least"], found["at_most"], found["n"]) == (8, 9, 10)
    assert (found["count"], found["value"]) == (None, None)
    assert found["low"] < 0.8
    assert found["high"] > 0.9


def ended(n: int, cohort: str = "2016", start: int = 3, end: int = 4) -> World:
    """Return start and end forms of the same people about something that is not sensitive."""
    starts = filled("state_taking_part", [start] * n, cohort, "client_start", f"{cohort} ")
    return starts + filled("state_taking_part", [end] * n, cohort, "client_end", f"{cohort} ")


@pytest.mark.parametrize(
    ("sizes", "cohorts", "level", "levels"),
    [
        ({"2016": 9}, (), "cohort", False),
        ({"2016": 9}, (), "practice", False),
        ({"2016": 10}, (), "cohort", True),
        ({"2016": 5, "2017": 5}, (), "practice", True),
        ({"2016": 12, "2017": 9}, (), "practice", False),
        ({"2016": 12, "2017": 5, "2018": 5}, (), "practice", True),
        ({"2016": 12, "2017": 5, "2018": 5}, ("2016", "2017"), "practice", False),
        ({"2016": 12, "2017": 5, "2018": 5}, ("2016",), "practice", True),
    ],
)
def test_where_people_stood_is_told_of_ten_and_in_totals_of_which_no_part_comes_out(
    library: Library, sizes: dict[str, int], cohorts: tuple[str, ...], level: str, levels: bool
) -> None:
    world = tuple(form for cohort, n in sizes.items() for form in ended(n, cohort))
    found = told(published(world, library, Selection(cohorts=cohorts)), "paired", level)
    names = ("start_mean", "end_mean", "at_best", "crossed", "fell", "median_step")
    assert {found[name] is not None for name in names} == {levels}
    assert found["improved"] == found["n"]


@pytest.mark.parametrize(
    ("stayed", "end_forms", "span"),
    [
        (9, 9, (9, 9)),
        (8, 9, (8, 8)),
        (8, 8, (8, 8)),
        (9, 7, (8, 9)),
        (8, 10, (8, 9)),
        (9, 0, (8, 9)),
        (10, 9, (10, 10)),
    ],
)
def test_a_range_is_told_where_the_number_of_end_forms_beside_it_does_not_tell_which(
    library: Library, stayed: int, end_forms: int, span: tuple[int, int]
) -> None:
    found = told(published(register(10, 10, stayed) + filled("sat_access", [4] * end_forms), library), "completed")
    assert (found["at_least"], found["at_most"]) == span


def test_end_forms_of_other_units_leave_a_range(library: Library) -> None:
    """Of each register alone ten came; of the end forms those of both years are published together."""
    world = register(10, 10, 9) + register(10, 10, 9, "2017")
    ends = filled("sat_access", [4] * 4) + filled("sat_access", [4] * 8, "2017", prefix="Q")
    found = published(world + ends, library).table(TABLES["completed"])
    rows = [row for row in plain_rows(found) if row["measure"] == "completed" and row["level"] == "cohort"]
    assert [(row["at_least"], row["at_most"]) for row in rows] == [(8, 9), (8, 9)]


def test_nobody_and_three_who_left_are_told_as_they_are(library: Library) -> None:
    assert told(published(register(10, 10, 10), library), "completed")["count"] == 10
    assert told(published(register(12, 12, 8), library), "completed")["count"] == 8


def test_a_total_is_exact_only_where_each_range_keeps_both_its_numbers(library: Library) -> None:
    one_each = register(10, 10, 9) + register(10, 10, 9, "2017")
    found = told(published(one_each, library), "completed")
    assert (found["at_least"], found["at_most"]) == (16, 18)
    one_and_two = register(10, 10, 9) + register(10, 10, 8, "2017")
    assert told(published(one_and_two, library), "completed")["count"] == 17


def test_when_people_left_is_told_of_no_runs_but_those_of_which_their_number_is_told(library: Library) -> None:
    """Two left in one run (told as one or two), three in another: five together would tell which."""
    together = published(register(10, 10, 8) + register(12, 12, 9, "2017"), library)
    assert together.table("participation.drop_out").empty
    assert not published(register(16, 16, 8), library).table("participation.drop_out").empty


def test_people_without_a_code_in_two_runs_may_be_the_same(library: Library) -> None:
    def worker(year: str, n: int) -> Form:
        return Form("sisu", "Lempäälä", year, "worker", f"W{n}", None, date(int(year), 1, 1), {"worker_goals": 4})

    same = tuple(worker(year, n) for year in ("2015", "2016", "2017") for n in range(3))
    assert published(same, library).table("conditions.favourable").with_figures.empty


def test_a_threshold_under_three_is_refused() -> None:
    with pytest.raises(ValueError, match="protects nobody"):
        Policy(SMALLEST_THRESHOLD - 1)
    assert Policy(SMALLEST_THRESHOLD).threshold == SMALLEST_THRESHOLD


def written(n: int) -> World:
    forms = filled("sat_access", [4] * n)
    return tuple(
        Form(**{**vars(form), "texts": {"best_thing": f"Kahvi {k}", "to_improve": f"Aamut {k}"}})
        for k, form in enumerate(forms)
    )


def test_open_answers_are_read_from_ten_people_on(library: Library) -> None:
    assert read_open_answers(stored(written(9), library), library, ALL, Policy()) == ()
    found = read_open_answers(stored(written(10), library), library, ALL, Policy())
    assert {(each.item, len(each.texts)) for each in found} == {("best_thing", 10), ("to_improve", 10)}


@pytest.mark.parametrize(("wrote", "questions"), [(2, {"best_thing"}), (3, {"best_thing", "to_improve"})])
def test_a_question_that_hardly_anybody_answered_in_words_is_left_out(
    library: Library, wrote: int, questions: set[str]
) -> None:
    world = tuple(
        form if k < wrote else replace(form, texts={"best_thing": f"Kahvi {k}"}) for k, form in enumerate(written(12))
    )
    found = read_open_answers(stored(world, library), library, ALL, Policy())
    assert {each.item for each in found} == questions


def test_open_answers_stand_in_an_order_that_ties_them_to_nobody(library: Library) -> None:
    world = written(30)
    shuffled = tuple(random.Random(1).sample(world, len(world)))
    first = read_open_answers(stored(world, library), library, ALL, Policy())
    assert first == read_open_answers(stored(shuffled, library), library, ALL, Policy())
    orders = [[text.rpartition(" ")[2] for text in each.texts] for each in first]
    assert orders[0] != orders[1]
    assert orders[0] != sorted(orders[0], key=int)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Soita 040 123 4567 tai kirjoita a.b@example.fi", f"Soita {MARK} tai kirjoita {MARK}"),
        ("Ohjaaja Maija oli paras", f"Ohjaaja {MARK} oli paras"),
        ("Maijalle kiitos!", f"{MARK} kiitos!"),
        ("Ryhmä oli hyvä. Pekka auttoi.", f"Ryhmä oli hyvä. {MARK} auttoi."),
        ("Jag tackar Anna-Lisa", f"Jag tackar {MARK}"),
        ("Asun osoitteessa Koivukatu 12 B 3", f"Asun osoitteessa {MARK}"),
        ("Synnyin 1.2.1985, tunnus 010285-123A", f"Synnyin {MARK}, tunnus {MARK}"),
        ("Tampereella Kelan asiat hoituivat", "Tampereella Kelan asiat hoituivat"),
        ("Kahvi oli hyvää ja porukka mukava. Kiitos!", "Kahvi oli hyvää ja porukka mukava. Kiitos!"),
        ("Voisi alkaa klo 10 eikä klo 9.", "Voisi alkaa klo 10 eikä klo 9."),
    ],
)
def test_what_may_tell_who_is_meant_is_taken_out_of_a_text(text: str, kept: str) -> None:
    assert without_personal(text, ("Tampere", "Kangasala")) == kept
