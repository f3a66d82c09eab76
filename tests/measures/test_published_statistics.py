"""What is published of change, comparison, trend and reach, against figures computed by hand from the answers given."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import fisher_exact

from evaluation.definitions import Library
from evaluation.intake import read_draft
from evaluation.measures import Evidence, Policy, Published, publish
from evaluation.statistics.nps import net_interval
from evaluation.statistics.proportions import newcombe
from evaluation.store import Selection, Store

CHECKED = ["value", "low", "high"]


def row(published: Published, **wanted: object) -> pd.Series:
    found = published.where(**wanted).frame
    assert len(found) == 1, found
    return found.iloc[0]


@pytest.fixture
def accept(store: Store, library: Library, fill):
    """Give a function that fills, reads and accepts a form of a practice."""

    def accepted(form: str, rows: list[dict[str, object]], cohort: str = "Kevät 2018", practice: str = "sisu") -> None:
        content = fill(practice, form, rows, cohort=cohort)
        receipt = store.accept(read_draft(content, f"{practice} {form} {cohort}.xlsx", library))
        assert receipt.rejected == 0, receipt.problems

    return accepted


def evidence(store: Store, library: Library) -> Evidence:
    return publish(store, library, Selection(), Policy())


def forms(item: str, values: list[object], prefix: str = "A") -> list[dict[str, object]]:
    return [{"participant": f"{prefix}{number}", item: value} for number, value in enumerate(values)]


STARTS, ENDS = [1, 2, 2, 3, 1, 2, 5, 5], [3, 4, 3, 4, 2, 2, 5, 4]


def test_change_says_net_change_steps_and_what_may_be_said(store: Store, library: Library, accept) -> None:
    accept("client_start", forms("state_mood", STARTS))
    accept("client_end", forms("state_mood", ENDS))
    found = row(evidence(store, library).table("change.paired"), level="practice", item="state_mood")
    assert [found[name] for name in ("n", "improved", "same", "worsened")] == [8, 5, 2, 1]
    assert found["net"] == pytest.approx(4 / 8)
    low, high = net_interval([5], [1], [8])
    assert (found["net_low"], found["net_high"]) == pytest.approx((low[0], high[0]))
    # Ranks with Pratt: zeros 1.5 each; four ones 4.5 each, one of them for the worse; twos 7.5 each: 28.5, 4.5 of 36.
    assert found["effect"] == pytest.approx((28.5 - 4.5) / 36)
    # Of the 64 ways to sign four ranks of 4.5 and two of 7.5, those with a sum of 4.5 or less: none, or one 4.5: 5.
    assert found["p"] == pytest.approx(2 * 5 / 64)
    assert found["verdict"] == "not_apart"
    levels = ["median_step", "start_mean", "end_mean", "at_best", "crossed", "fell"]
    assert found[levels].isna().all(), "of fewer than ten people nobody is told where they stood"


def test_of_ten_people_it_is_told_where_they_stood(store: Store, library: Library, accept) -> None:
    starts, ends = [*STARTS, 3, 3], [*ENDS, 3, 4]
    accept("client_start", forms("state_mood", starts))
    accept("client_end", forms("state_mood", ends))
    found = row(evidence(store, library).table("change.paired"), level="cohort", item="state_mood")
    assert found["median_step"] == np.median(np.subtract(ends, starts))
    assert (found["start_mean"], found["end_mean"]) == pytest.approx((np.mean(starts), np.mean(ends)))
    assert [found[name] for name in ("at_best", "crossed", "fell")] == [2, 3, 0]


def test_questions_asked_together_are_tested_together(store: Store, library: Library, accept) -> None:
    """Eight of eight better is p = 2/256 alone; Holm doubles it with two questions."""
    start = [each | {"state_taking_part": 2} for each in forms("state_mood", [2] * 8)]
    accept("client_start", start)
    accept("client_end", [each | {"state_taking_part": 2} for each in forms("state_mood", [3] * 8)])
    table = evidence(store, library).table("change.paired").where(level="practice")
    assert row(table, item="state_mood")["p"] == pytest.approx(2 * 2 / 256)
    assert row(table, item="state_mood")["verdict"] == "better"
    assert row(table, item="state_taking_part")["verdict"] == "not_apart"


def test_recommendation_is_a_net_share_with_its_interval(store: Store, library: Library, accept) -> None:
    accept("client_end", forms("recommend", [10, 9, 9, 10, 8, 7, 6, 3, 10, 9, 98]))
    found = row(evidence(store, library).table("satisfaction.recommendation"), level="practice")
    assert [found[name] for name in ("n", "favourable", "neutral", "unfavourable")] == [10, 6, 2, 2]
    assert found["value"] == pytest.approx(0.4)
    low, high = net_interval([6], [2], [10])
    assert (found["low"], found["high"]) == pytest.approx((low[0], high[0]))


def test_practices_of_one_type_are_compared_and_others_are_not(store: Store, library: Library, accept) -> None:
    for practice, good, bad in (("sisu", 2, 18), ("gruppis", 17, 3), ("ylojarvi_group", 15, 5), ("musapaja", 1, 19)):
        accept("client_end", forms("sat_usefulness", [5] * good + [1] * bad), practice=practice)
    table = evidence(store, library).table("satisfaction.comparison").where(level="practice")
    assert set(table.frame["practice"]) == {"sisu", "gruppis", "ylojarvi_group"}, "a workshop is no group"
    assert dict(zip(table.frame["practice"], table.frame["verdict"], strict=True))["sisu"] == "lower"
    sisu = row(table, practice="sisu")
    assert sisu["units"] == 3
    rest = float(fisher_exact([[2, 18], [32, 8]]).pvalue)
    assert sisu["p"] == pytest.approx(3 * rest)
    assert sisu["value"] < sisu["shrunk"] < sisu["whole"]
    assert sisu["value"] < sisu["limit_low"]
    assert sisu["spread_p"] < 0.05


def test_runs_of_a_practice_are_compared_and_followed_in_time(store: Store, library: Library, accept) -> None:
    for year, good in enumerate((2, 5, 9)):
        values = [{"answered_on": f"{year + 1}.3.201{year + 6}"} for _ in range(10)]
        answers = forms("sat_usefulness", [5] * good + [1] * (10 - good), prefix="ABC"[year])
        accept("client_end", [a | b for a, b in zip(answers, values, strict=True)], cohort=f"201{year + 6}")
    found = evidence(store, library)
    runs = found.table("satisfaction.comparison").where(level="cohort")
    assert runs.frame["cohort"].tolist() == ["2016", "2017", "2018"]
    trend = row(found.table("satisfaction.trend"), practice="sisu")
    assert (trend["periods"], trend["first"], trend["last"]) == (3, 0.2, 0.9)
    assert trend["value"] == pytest.approx(0.35)
    assert trend["verdict"] == "rising"


def test_answers_that_may_be_one_persons_are_not_tested(sample_evidence: Evidence) -> None:
    repeated = {"session_feedback", "visit_feedback", "meeting_feedback", "panel_feedback"}
    for name in ("satisfaction.comparison", "satisfaction.trend", "change.comparison", "change.trend"):
        assert not repeated & set(sample_evidence.table(name).frame["questionnaire"])


def test_those_who_left_are_laid_beside_those_who_stayed(store: Store, library: Library, accept) -> None:
    accept("client_start", forms("state_taking_part", [4, 4, 5, 4, 2, 3, 4, 4, 2, 3, 1, 1, 2, 4, 2]))
    accept("client_end", forms("state_taking_part", [4, 5, 5, 4, 3, 3, 4, 4, 4, 3]))
    found = evidence(store, library)
    attrition = row(found.table("change.attrition"), item="state_taking_part")
    assert [attrition[name] for name in ("stayed_n", "left_n")] == [10, 5]
    assert (attrition["stayed_value"], attrition["left_value"]) == pytest.approx((6 / 10, 1 / 5))
    low, high = newcombe([6], [10], [1], [5])
    assert [attrition[name] for name in CHECKED] == pytest.approx([6 / 10 - 1 / 5, low[0], high[0]])
    matched = row(found.table("change.matched"), level="practice")
    assert (matched["count"], matched["n"], matched["value"]) == (10, 10, 1.0)


def test_few_leavers_are_told_of_nowhere(store: Store, library: Library, accept) -> None:
    accept("client_start", forms("state_taking_part", [4, 4, 5, 4, 2, 3, 1, 1, 2, 4]))
    accept("client_end", forms("state_taking_part", [4, 5, 5, 4, 3, 3]))
    assert evidence(store, library).table("change.attrition").empty


def test_follow_up_is_matched_to_the_start_and_tells_no_levels(store: Store, library: Library, accept) -> None:
    accept("client_start", forms("state_money", [2, 2, 3, 3, 2, 1]), practice="fyrkkaa")
    accept("client_follow_up", forms("state_money", [3, 4, 3, 2, 4, 2]), practice="fyrkkaa")
    found = row(evidence(store, library).table("change.follow_up"), level="practice", item="state_money")
    assert [found[name] for name in ("n", "improved", "same", "worsened")] == [6, 4, 1, 1]
    assert not {"start_mean", "end_mean", "crossed"} & set(found.index), "two tables of levels could be subtracted"


def test_steps_are_compared_on_the_scale_and_not_as_shares(store: Store, library: Library, accept) -> None:
    for practice, gain in (("sisu", 0), ("ylojarvi_group", 2)):
        starts = [1, 2, 3, 2, 1, 3, 2, 2, 1, 3, 2, 1]
        ends = [start + gain + (number % 3 == 0) for number, start in enumerate(starts)]
        accept("client_start", forms("state_taking_part", starts), practice=practice)
        accept("client_end", forms("state_taking_part", [min(end, 5) for end in ends]), practice=practice)
    table = evidence(store, library).table("change.steps").where(level="practice")
    assert set(table.frame["measure"]) == {"adjusted_change"}
    assert dict(zip(table.frame["practice"], table.frame["verdict"], strict=True)) == {
        "sisu": "lower", "ylojarvi_group": "higher",
    }  # fmt: skip
    sisu = row(table, practice="sisu")
    assert (sisu["plain"], sisu["value"]) == pytest.approx((4 / 12, 4 / 12)), "both started alike"


def test_two_ways_of_asking_are_compared_person_by_person(store: Store, library: Library, accept) -> None:
    accept("client_start", forms("state_mood", [2] * 12))
    ends = [3, 3, 3, 3, 2, 2, 2, 2, 1, 1, 3, 3]
    told = [4, 5, 4, 4, 3, 3, 4, 3, 2, 1, 3, 2]
    accept("client_end", [a | {"change_mood": t} for a, t in zip(forms("state_mood", ends), told, strict=True)])
    found = row(evidence(store, library).table("change.agreement"), level="practice")
    assert (found["n"], found["value"]) == (12, pytest.approx(9 / 12))
    assert pd.isna(found["kappa"]), "twelve people are too few for kappa"


def test_scores_follow_the_half_rule(store: Store, library: Library, accept) -> None:
    items = ("sat_access", "sat_arrangements", "sat_encounter", "sat_influence", "sat_usefulness", "sat_group")
    full = [dict.fromkeys(items, 4) for _ in range(8)]
    half = [*[dict.fromkeys(items[:3], 2)] * 2, *[dict.fromkeys(items[:3], 5)] * 3, {items[0]: 1, items[1]: 98}]
    people = [{"participant": f"A{number}"} | answers for number, answers in enumerate(full + half)]
    accept("client_end", people)
    found = row(evidence(store, library).table("satisfaction.score"), level="practice")
    assert (found["n"], found["questions"]) == (13, 6), "who answered one of six has no score"
    assert found["value"] == round((8 * 4 + 2 * 2 + 3 * 5) / 13, 1)
    assert pd.isna(found["alpha"])


def test_no_score_tells_of_the_few_who_left_a_question_out(store: Store, library: Library, accept) -> None:
    items = ("sat_access", "sat_arrangements", "sat_encounter", "sat_influence", "sat_usefulness", "sat_group")
    people = [{"participant": f"A{number}"} | dict.fromkeys(items, 4) for number in range(12)]
    del people[0]["sat_group"]
    accept("client_end", people)
    assert evidence(store, library).table("satisfaction.score").empty


def test_a_measure_of_others_is_scored_as_its_makers_do(store: Store, library: Library, accept) -> None:
    items = [item.id for item in library.questionnaire("inclusion_start").items]
    start = [dict(zip(items, [1 + (person + n) % 5 for n in range(10)], strict=True)) for person in range(12)]
    end = [dict.fromkeys(items, 5 if person < 6 else 4) for person in range(12)]
    short = [dict.fromkeys(items[:9], 1) for _ in range(5)]
    for form, people in (("inclusion_start", start + short), ("inclusion_end", end)):
        accept(form, [{"participant": f"A{number}"} | answers for number, answers in enumerate(people)])
    table = evidence(store, library).table("change.score")
    before, after = (row(table, level="practice", questionnaire=f"inclusion_{time}") for time in ("start", "end"))
    sums = np.array([sum(person.values()) for person in start])
    assert (before["n"], before["value"]) == (12, round(float(((sums - 10) / 40 * 100).mean()), 1)), "nine are too few"
    assert (after["n"], after["value"]) == (12, (6 * 100 + 6 * 75) / 12)
    assert (after["scale_low"], after["scale_high"], after["method"]) == (0, 100, "makers_rule")
    assert evidence(store, library).table("satisfaction.score").empty


def test_national_feedback_has_a_recommendation_and_shares_of_its_statements(
    store: Store, library: Library, accept
) -> None:
    people = [{"national_recommendation": n % 11, "national_access": n % 5 + 1} for n in range(22)]
    accept("national_feedback", people)
    made = evidence(store, library)
    found = row(made.table("satisfaction.recommendation"), level="practice")
    assert (found["n"], found["value"], found["mean_answer"]) == (22, pytest.approx(2 * (2 - 7) / 22), 5)
    shares = made.table("satisfaction.favourable")
    assert set(shares.frame["item"]) == {"national_access"}, "a recommendation is no favourable share"
    assert row(shares, level="practice")["national_theme"] == "access"
    assert set(made.table("satisfaction.distribution").frame["item"]) == {"national_recommendation", "national_access"}
    assert made.table("satisfaction.score").empty, "its makers publish no score"


def test_alpha_is_that_of_the_answers_where_the_group_is_large(store: Store, library: Library, accept) -> None:
    items = ("sat_access", "sat_arrangements", "sat_encounter", "sat_influence", "sat_usefulness", "sat_group")
    generator = np.random.default_rng(11)
    level = generator.integers(2, 5, 33)
    answers = np.clip(level[:, None] + generator.integers(-1, 2, (33, 6)), 1, 5)
    rows = [dict(zip(items, map(int, each), strict=True)) for each in answers]
    people = [{"participant": f"A{number}"} | each for number, each in enumerate(rows)]
    accept("client_end", people)
    found = row(evidence(store, library).table("satisfaction.score"), level="practice")
    alpha = 6 / 5 * (1 - answers.var(axis=0, ddof=1).sum() / answers.sum(axis=1).var(ddof=1))
    assert found["alpha"] == round(float(alpha), 2)
    assert found["alpha_n"] == 33
    assert found["value"] == round(float(answers.mean()), 1)


def test_response_is_of_the_people_on_the_register(store: Store, library: Library, accept) -> None:
    accept("attendance_register", [{"participant": f"A{n}", "completed": 1, "session_1": 1} for n in range(12)])
    accept("client_end", forms("sat_usefulness", [5, 4, 4, 3, 5, 5, 2]))
    found = row(evidence(store, library).table("participation.response"), level="practice")
    assert (found["count"], found["n"], found["value"]) == (7, 12, pytest.approx(7 / 12))


def test_cancellations_are_a_share_of_the_marks(store: Store, library: Library, accept) -> None:
    marks = [(1, 1), (2, 1), (1, 2), (0, 1), (1, 1), (2, 2)]
    accept(
        "attendance_register",
        [{"participant": f"A{n}", "session_1": a, "session_2": b} for n, (a, b) in enumerate(marks)],
    )
    found = row(evidence(store, library).table("participation.attendance"), level="cohort", measure="cancellation_rate")
    assert (found["cancelled"], found["marks"], found["value"]) == (4, 12, pytest.approx(4 / 12))


NO_REASONS = {f"reason_{name}": 0 for name in ("money", "housing", "services", "wellbeing", "other")}


def test_visits_of_newcomers_and_waiting_come_from_the_diary(store: Store, library: Library, accept) -> None:
    diary = [
        NO_REASONS | {"answered_on": f"{day}.5.2018", "visits": visits, "visits_new": new, "waiting_minutes": wait}
        for day, visits, new, wait in ((2, 6, 2, 10), (9, 8, 1, 30), (16, 6, 3, 5))
    ]
    accept("visit_diary", diary, practice="passeli")
    found = evidence(store, library)
    new = row(found.table("participation.newcomers"), level="practice")
    assert (new["count"], new["n"], new["value"]) == (6, 20, 0.3)
    wait = row(found.table("participation.waiting"), level="practice")
    assert (wait["value"], wait["low"], wait["high"], wait["n"]) == (15, 5, 30, 3)


def test_one_or_two_newcomers_are_not_counted(store: Store, library: Library, accept) -> None:
    diary = [
        NO_REASONS | {"answered_on": f"{day}.5.2018", "visits": 6, "visits_new": int(day == 2), "waiting_minutes": 0}
        for day in (2, 9, 16)
    ]
    accept("visit_diary", diary, practice="passeli")
    assert evidence(store, library).table("participation.newcomers").frame["suppressed"].all()


def test_workers_and_clients_are_laid_beside_each_other(store: Store, library: Library, accept) -> None:
    accept("client_end", forms("sat_usefulness", [5, 4, 2, 2, 1, 3]))
    accept("worker", [{"answered_on": "3.5.2018", "worker_benefit_seen": value} for value in (5, 5, 4, 4, 5)])
    found = row(evidence(store, library).table("conditions.distance"), level="practice")
    assert (found["role_value"], found["client_value"]) == pytest.approx((1.0, 2 / 6))
    low, high = newcombe([5], [5], [2], [6])
    assert [found[name] for name in CHECKED] == pytest.approx([1 - 2 / 6, low[0], high[0]])
    assert found["client_item"] == "sat_usefulness"


def test_reliable_change_is_told_where_a_measure_gives_its_reliability(store: Store, library: Library, accept) -> None:
    """R = 0.91 and spread 2 need 1.96·2·√0.18 = 1.66 points: steps of two count, steps of one do not."""
    forms_known = tuple(
        form.model_copy(
            update={"items": tuple(item.model_copy(update={"reliability": 0.91, "spread": 2.0}) for item in form.items)}
        )
        for form in library.questionnaires
    )
    known = library.model_copy(update={"questionnaires": forms_known})
    known.__dict__.pop("items", None)
    known.__dict__.pop("_latest", None)
    accept("functioning_start", forms("functioning_mind", [3, 4, 5, 6, 4, 5] * 2), practice="kostiakeskus")
    accept("functioning_end", forms("functioning_mind", [5, 7, 6, 6, 1, 6] * 2), practice="kostiakeskus")
    found = row(publish(store, known, Selection(), Policy()).table("change.paired"), level="practice")
    assert (found["improved"], found["reliable_better"], found["reliable_worse"]) == (8, 4, 2)


def test_national_themes_stand_beside_the_shares(sample_evidence: Evidence) -> None:
    shown = sample_evidence.table("satisfaction.favourable").where(practice="sisu", level="practice").frame
    themes = dict(zip(shown["item"], shown["national_theme"], strict=True))
    assert (themes["sat_access"], themes["sat_usefulness"]) == ("access", "usefulness")
    assert pd.isna(themes["sat_arrangements"])


def _register(last: list[int], finished: int) -> list[dict[str, object]]:
    """Return a register of eight sessions: who came up to which one and left, and who finished."""
    rows = [{"completed": 0} | {f"session_{no}": int(no <= end) for no in range(1, 9)} for end in last]
    rows += [{"completed": 1} | {f"session_{no}": 1 for no in range(1, 9)} for _ in range(finished)]
    return [{"participant": f"A{number}"} | each for number, each in enumerate(rows)]


def test_leaving_early_or_late_is_told_of_enough_people(store: Store, library: Library, accept) -> None:
    accept("attendance_register", _register([1, 2, 4, 3, 6, 7, 5], 8))
    found = row(evidence(store, library).table("participation.drop_out"), level="practice")
    assert (found["count"], found["n"], found["value"]) == (4, 7, pytest.approx(4 / 7))


@pytest.mark.parametrize("last", [[1, 2, 4, 3], [1, 2, 4, 3, 6]], ids=["four left", "one of five late"])
def test_when_few_left_is_not_told(store: Store, library: Library, accept, last: list[int]) -> None:
    accept("attendance_register", _register(last, 8))
    assert evidence(store, library).table("participation.drop_out").with_figures.empty
