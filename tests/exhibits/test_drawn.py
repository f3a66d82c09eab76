"""What a reader sees in the charts of change, conditions, trend, comparison and of all practices at a glance."""

import json

import plotly.graph_objects as go

from evaluation.exhibits.colours import BAD, GOOD
from evaluation.findings import Words
from evaluation.measures import FEW

from .conftest import Make, drawn, share

PAIRED = {
    "improved": 4, "same": 2, "worsened": 1, "n": 7, "value": 4 / 7, "low": 0.2, "high": 0.8,
    "start_mean": 2.5, "end_mean": 3.5, "scale_low": 1, "scale_high": 5,
}  # fmt: skip


def _texts(figure: go.Figure) -> str:
    return (
        json.dumps(figure.to_plotly_json(), ensure_ascii=False, default=str)
        .replace("<br>", " ")
        .replace("\N{NO-BREAK SPACE}", " ")
    )


def _names(figure: go.Figure) -> list[str]:
    return [trace.name for trace in figure.data if trace.showlegend is not False]


def test_change_says_of_how_many_people_both_answers_are_known(make: Make, words: Words) -> None:
    paired = make("change.paired", [PAIRED | {"item": "state_mood"}])
    matched = make("change.matched", [{"n": 9, "count": 7, "value": 7 / 9, "low": None, "high": None}])
    assert "n = 7 / 9" in _texts(drawn("change", paired, words, matched))


def test_change_whose_levels_are_withheld_is_a_bar_only_and_says_so(make: Make, words: Words) -> None:
    secret = PAIRED | {"start_mean": None, "end_mean": None}
    paired = make("change.paired", [PAIRED | {"item": "state_mood"}, secret | {"item": "state_money"}])
    figure = drawn("change", paired, words)
    points = [trace for trace in figure.data if trace.type == "scatter" and trace.text]
    assert [len(trace.x) for trace in points] == [1, 1]
    assert all(len(trace.x) == 2 for trace in figure.data if trace.type == "bar")
    assert words.t("charts.levels_withheld") in _texts(figure)


def test_a_step_down_is_good_where_a_smaller_answer_is_better(make: Make, words: Words) -> None:
    down = PAIRED | {"start_mean": 3.5, "end_mean": 2.5}
    for item, colour in (("state_social_relations", GOOD), ("state_mood", BAD)):
        figure = drawn("change", make("change.paired", [down | {"item": item}]), words)
        steps = [trace.line.color for trace in figure.data if trace.type == "scatter" and trace.mode == "lines"]
        assert steps[-1] == colour


def test_each_question_lies_on_its_own_scale(make: Make, words: Words) -> None:
    wide = PAIRED | {"start_mean": 2.5, "end_mean": 5.0, "scale_low": 0, "scale_high": 10}
    paired = make("change.paired", [PAIRED | {"item": "state_mood"}, wide | {"item": "state_money"}])
    figure = drawn("change", paired, words)
    at_end = next(trace for trace in figure.data if trace.name == words.t("charts.at_end"))
    assert sorted(at_end.x) == [0.5, 0.625]


UNITS = [
    share(0.5, practice="sisu", municipality="Lempäälä", item="sat_usefulness"),
    share(0.9, practice="fyrkkaa", municipality="Tampere", item="sat_usefulness"),
    {"practice": "gruppis", "municipality": "Huittinen", "item": "sat_usefulness", "reason": FEW},
]


def test_comparison_goes_by_name_unless_asked_otherwise(make: Make, words: Words) -> None:
    rated = make("satisfaction.favourable", UNITS)
    by_name, by_value = (drawn("comparison", rated, words, order=order) for order in ("name", "value"))
    for figure, order in ((by_name, ["Fyrkkaa", "Gruppis", "Sisu"]), (by_value, ["Fyrkkaa", "Sisu", "Gruppis"])):
        rows = list(reversed(figure.layout.yaxis.categoryarray))
        assert [row.split()[0].rstrip(",") for row in rows] == order


def test_a_unit_too_small_stands_in_the_comparison_without_a_figure(make: Make, words: Words) -> None:
    rated = make("satisfaction.favourable", UNITS)
    figure = drawn("comparison", rated, words)
    assert len(figure.data[0].x) == 2
    assert words.too_few(rated) in _texts(figure)


def test_comparison_draws_the_whole_and_the_range_of_chance_where_they_are_known(make: Make, words: Words) -> None:
    known = {"shrunk": 0.6, "limit_low": 0.3, "limit_high": 0.9, "whole": 0.7}
    rated = make("satisfaction.favourable", UNITS)
    compared = make("satisfaction.comparison", [unit | known for unit in UNITS[:2]])
    figure = drawn("comparison", rated, words, compared)
    assert f"{words.t('charts.whole')}: {words.t.percent(0.7)}" in _names(figure)
    assert words.t("charts.column_shrunk") in _names(figure)
    assert sum(shape.type == "rect" for shape in figure.layout.shapes) == 2


RUNS = [
    share(value, level="cohort", cohort=run, item="sat_usefulness")
    for run, value in (("Kevät 2017", 0.4), ("Syksy 2017", 0.6), ("Kevät 2018", 0.8))
]


def test_a_line_is_not_joined_over_a_change_of_the_form(make: Make, words: Words) -> None:
    rated = make("satisfaction.favourable", RUNS)
    joined = drawn("trend", rated, words)
    broken = drawn("trend", rated, words, breaks=("Kevät 2018",))
    assert list(joined.data[0].x) == [0, 1, 2]
    assert list(broken.data[0].x) == [0, 1, None, 2]
    assert words.t("charts.form_changed") in _texts(broken)
    assert words.t("charts.form_changed") not in _texts(joined)


def test_a_run_too_small_leaves_a_gap_that_says_why(make: Make, words: Words) -> None:
    closed = {"level": "cohort", "cohort": "Syksy 2017", "item": "sat_usefulness", "reason": FEW}
    rated = make("satisfaction.favourable", [RUNS[0], closed, RUNS[2]])
    figure = drawn("trend", rated, words)
    assert list(figure.data[0].x) == [0, None, 2]
    assert words.too_few(rated) in _texts(figure)


def test_conditions_show_the_clients_view_of_the_same_thing_as_each_person_gave_it_once(
    make: Make, words: Words
) -> None:
    workers = make(
        "conditions.favourable",
        [
            share(0.4, role="worker", questionnaire="worker", item="worker_benefit_seen"),
            {"role": "worker", "questionnaire": "worker", "item": "worker_budget", "reason": FEW},
        ],
    )
    clients = make(
        "satisfaction.favourable",
        [
            share(0.8, item="sat_usefulness"),
            share(0.7, 90, item="session_useful", questionnaire="session_feedback", method="answers"),
        ],
    )
    figure = drawn("conditions", workers, words, clients)
    points = {trace.name: [x for x in trace.x if x is not None] for trace in figure.data}
    assert points == {words.role("client"): [0.8], words.role("worker"): [0.4]}
    assert words.too_few(workers) in _texts(figure)


def test_conditions_of_which_nothing_may_be_shown_are_named_together_below(make: Make, words: Words) -> None:
    closed = [
        {"role": role, "questionnaire": role, "item": item, "reason": FEW}
        for item in ("worker_budget", "worker_develop")
        for role in ("worker", "supervisor")
    ]
    told = share(0.4, role="worker", questionnaire="worker", item="worker_benefit_seen")
    clients = make("satisfaction.favourable", UNITS[:1])
    figure = drawn("conditions", make("conditions.favourable", [told, *closed]), words, clients)
    texts = [text.text.replace("<br>", " ") for text in figure.layout.annotations]
    withheld = [text for text in texts if words.too_few(make("conditions.favourable", closed)) in text]
    assert len(withheld) == 1
    budget = words.library.dimensions[words.library.items["worker_budget"].dimension]
    assert words.t.label(budget.label.root) in withheld[0]
    assert words.item("worker_develop") in withheld[0]


def test_a_condition_that_is_about_no_dimension_stands_under_what_was_asked(make: Make, words: Words) -> None:
    asked = make("conditions.favourable", [share(0.4, role="worker", questionnaire="worker", item="worker_develop")])
    figure = drawn("conditions", asked, words, make("satisfaction.favourable", UNITS[:1]))
    assert words.item("worker_develop") in _texts(figure)
    assert list(figure.data[0].x) == [0.4]


def test_practices_at_a_glance_say_what_is_counted_and_what_is_withheld(make: Make, words: Words) -> None:
    registered = make(
        "participation.enrolment", [{"measure": "registered", "n": 12, "value": 12, "low": None, "high": None}]
    )
    visited = {"practice": "passeli", "municipality": "Huittinen", "measure": "visits", "n": 30, "value": 338}
    visits = make("participation.visits", [visited | {"low": None, "high": None, "occasion": None}])
    satisfied = make("satisfaction.favourable", UNITS[:1] + UNITS[2:])
    improved = make("change.retrospective", [share(0.5, item="change_mood")])
    figure = drawn("glance", registered, words, visits, satisfied, improved)
    told = _texts(figure)
    for text in (words.t("charts.unit_registered"), words.t("charts.unit_visits"), "338", words.too_few(satisfied)):
        assert text in told
    assert all(name in told for name in ("Sisu", "Passeli", "Gruppis"))
