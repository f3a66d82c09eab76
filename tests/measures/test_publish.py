"""Published tables against figures computed by hand, and the gate: what must not be told is told nowhere."""

import json
import statistics
from datetime import date

import pandas as pd
import pytest

from evaluation.definitions import Library
from evaluation.findings import Words, limits
from evaluation.i18n import Translator
from evaluation.intake import read_draft
from evaluation.measures import Evidence, Policy, Published, publish
from evaluation.store import Selection, Store, open_store

ALL = Selection()


def row(published: Published, **wanted: object) -> pd.Series:
    found = published.where(**wanted).frame
    assert len(found) == 1, found
    return found.iloc[0]


@pytest.fixture
def accept(store: Store, library: Library, fill):
    """Give a function that fills, reads and accepts a form of Sisu."""

    def accepted(questionnaire: str, rows: list[dict[str, object]], cohort: str = "Kevät 2018") -> None:
        content = fill("sisu", questionnaire, rows, cohort=cohort)
        receipt = store.accept(read_draft(content, f"{questionnaire} {cohort}.xlsx", library))
        assert receipt.rejected == 0, receipt.problems

    return accepted


def evidence(store: Store, library: Library, selection: Selection = ALL, threshold: int = 5) -> Evidence:
    return publish(store, library, selection, Policy(threshold))


def forms(item: str, values: list[object], prefix: str = "A") -> list[dict[str, object]]:
    return [{"participant": f"{prefix}{number}", item: value} for number, value in enumerate(values)]


def test_participation_of_the_sample_agrees_with_what_is_told_of_sisu(sample_evidence: Evidence) -> None:
    table = sample_evidence.table("participation.enrolment")
    registered = row(table, practice="sisu", level="practice", measure="registered")
    completed = row(table, practice="sisu", level="practice", measure="completed")
    assert (registered["n"], registered["count"]) == (12, 12)
    assert (completed["n"], completed["count"]) == (12, 8)
    assert completed["value"] == pytest.approx(8 / 12)
    # Wilson interval of 8 of 12: scipy.stats.binomtest(8, 12).proportion_ci(method="wilson").
    assert (round(completed["low"], 4), round(completed["high"], 4)) == (0.3906, 0.8619)


def test_satisfaction_counts_shares_and_means(store: Store, library: Library, accept) -> None:
    told = [5, 5, 4, 3, 2, 5, 4, 4, 2, 5]
    accept("client_end", [each | {"sat_access": 4} for each in forms("sat_usefulness", [*told, 98, 99, None])])
    found = evidence(store, library)
    share = row(found.table("satisfaction.favourable"), level="cohort", item="sat_usefulness")
    assert (share["n"], share["favourable"], share["dont_know"], share["value"]) == (10, 7, 1, 0.7)
    mean = row(found.table("satisfaction.mean"), level="cohort", item="sat_usefulness")
    assert mean["value"] == pytest.approx(statistics.mean(told))
    assert mean["sd"] == pytest.approx(statistics.stdev(told))
    spread = found.table("satisfaction.distribution").where(level="cohort", item="sat_usefulness").frame
    counts = {
        int(code): (count, value)
        for code, count, value in zip(spread["value_code"], spread["count"], spread["value"], strict=True)
    }
    assert {code: count for code, (count, _) in counts.items()} == {1: 0, 2: 2, 3: 1, 4: 3, 5: 4, 98: 1, 99: 1}
    assert counts[5][1] == 0.4
    assert pd.isna(counts[98][1])


def test_change_is_counted_from_the_same_people_in_the_good_direction(store: Store, library: Library, accept) -> None:
    before, after = [2, 2, 3, 4, 1, 5, 98] * 2, [4, 3, 3, 2, 5, 5, 4] * 2
    # A smaller answer is better where loneliness is asked.
    accept(
        "client_start",
        [
            a | {"state_social_relations": b}
            for a, b in zip(forms("state_mood", before), [5, 5, 4, 2, 3, 1, 3] * 2, strict=True)
        ],
    )
    accept(
        "client_end",
        [
            a | {"state_social_relations": b}
            for a, b in zip(forms("state_mood", after), [3, 4, 4, 4, 3, 1, 3] * 2, strict=True)
        ],
    )
    paired = evidence(store, library).table("change.paired")
    mood = row(paired, level="cohort", item="state_mood")
    assert (mood["n"], mood["improved"], mood["same"], mood["worsened"]) == (12, 6, 4, 2)
    assert mood["start_mean"] == pytest.approx(statistics.mean(before[:6]))
    assert mood["end_mean"] == pytest.approx(statistics.mean(after[:6]))
    lonely = row(paired, level="cohort", item="state_social_relations")
    assert (lonely["n"], lonely["improved"], lonely["same"], lonely["worsened"]) == (14, 4, 8, 2)
    assert (lonely["better"], lonely["scale_low"], lonely["scale_high"]) == ("low", 1, 5)


def test_retrospective_change_is_counted_by_class(store: Store, library: Library, accept) -> None:
    accept("client_end", forms("change_mood", [5, 4, 3, 3, 2, 98]))
    found = row(evidence(store, library).table("change.retrospective"), level="cohort")
    assert [found[name] for name in ("n", "improved", "same", "worsened", "dont_know")] == [5, 2, 2, 1, 1]


def test_attendance_counts_marks_and_sessions(store: Store, library: Library, accept) -> None:
    marks = [(1, 1, 0), (1, 2, 1), (1, 1, None), (0, 1, 1), (1, 1, 1)]
    rows = [
        {"participant": f"A{number}", "completed": number % 2} | {f"session_{no}": m for no, m in enumerate(each, 1)}
        for number, each in enumerate(marks)
    ]  # fmt: skip
    accept("attendance_register", rows)
    table = evidence(store, library).table("participation.attendance")
    rate = row(table, level="cohort", measure="attendance_rate")
    assert (rate["n"], rate["present"], rate["marks"], rate["value"]) == (5, 11, 14, pytest.approx(11 / 14))
    each = row(table, level="cohort", measure="present_per_session")
    assert (each["sessions"], each["low"], each["high"], each["value"]) == (3, 3, 4, pytest.approx(11 / 3))
    times = row(table, level="cohort", measure="visits_per_person")
    assert (times["n"], times["present"], times["value"]) == (5, 11, pytest.approx(11 / 5))


def test_how_soon_people_came_is_told_as_the_share_of_the_same_week(store: Store, library: Library, fill) -> None:
    waits = [3, 3, 3, 3, 3, 3, 3, 3, 2, 2, 1, 98]
    rows = [{"answered_on": date(2018, 3, 5), "meeting_wait": wait} for wait in waits]
    content = fill("asiakas_edella", "meeting_feedback", rows, cohort="Kevät 2018")
    assert store.accept(read_draft(content, "wait.xlsx", library)).rejected == 0
    found = evidence(store, library)
    share = row(found.table("participation.favourable"), level="cohort", item="meeting_wait")
    assert (share["n"], share["favourable"], share["dont_know"]) == (11, 8, 1)
    assert share["value"] == pytest.approx(8 / 11)
    assert pd.isna(share["low"]), "one person may have met the worker several times"
    spread = found.table("participation.distribution").where(level="cohort", item="meeting_wait").frame
    assert dict(zip(spread["value_code"], spread["count"], strict=True)) == {1: 1, 2: 2, 3: 8, 98: 1, 99: 0}


def _no_longer_asking(library: Library, item: str, timings: tuple[str, ...]) -> Library:
    """Return the definitions without ``item`` on the forms of ``timings``."""
    questionnaires = tuple(
        form.model_copy(update={"items": tuple(each for each in form.items if each.id != item)})
        if form.timing in timings
        else form
        for form in library.questionnaires
    )
    # A copy would keep what the library has worked out of the questionnaires as they were.
    fields = {name: getattr(library, name) for name in Library.model_fields}
    return Library.model_construct(**(fields | {"questionnaires": questionnaires}))


@pytest.mark.parametrize(("later", "table"), [("end", "change.paired"), ("follow_up", "change.follow_up")])
def test_change_in_a_question_that_the_later_form_asks_no_more_is_still_told(
    store: Store, library: Library, fill, later: str, table: str
) -> None:
    for form in ("client_start", f"client_{later}"):
        rows = [each | {"state_everyday_life": 3} for each in forms("state_money", [2, 2, 3, 4, 1, 5])]
        content = fill("fyrkkaa", form, rows, cohort="Kevät 2018")
        assert store.accept(read_draft(content, f"{form}.xlsx", library)).rejected == 0
    whole = evidence(store, library).table(table)
    edited = evidence(store, _no_longer_asking(library, "state_money", (later,))).table(table)
    was, now = (row(each, level="cohort", item="state_money") for each in (whole, edited))
    assert (was["questionnaire"], now["questionnaire"]) == (f"client_{later}", "client_start")
    assert (now["n"], now["same"]) == (was["n"], was["same"]) == (6, 6)
    assert row(edited, level="cohort", item="state_everyday_life")["questionnaire"] == f"client_{later}"


def test_that_few_told_how_soon_they_came_is_said_as_an_omission(store: Store, library: Library, fill) -> None:
    rows = [{"answered_on": date(2018, 3, 5), "meeting_wait": 3} for _ in range(3)]
    content = fill("asiakas_edella", "meeting_feedback", rows, cohort="Kevät 2018")
    assert store.accept(read_draft(content, "wait.xlsx", library)).rejected == 0
    words = Words(library, Translator("fi"))
    found = limits(evidence(store, library), "asiakas_edella", words)
    assert words.t("reports.limit_privacy", threshold=5) in found


def test_a_question_that_is_defined_nowhere_any_more_stops_no_other(store: Store, library: Library, accept) -> None:
    for form in ("client_start", "client_end"):
        accept(form, [each | {"state_taking_part": 3} for each in forms("state_mood", [2, 2, 3, 4, 1, 5])])
    every = tuple({form.timing for form in library.questionnaires})
    found = evidence(store, _no_longer_asking(library, "state_mood", every))
    assert {row["item"] for row in found.rows() if row["family"] == "change"} - {None} == {"state_taking_part"}


def test_fewer_people_than_the_threshold_are_told_nowhere(store: Store, library: Library, accept) -> None:
    accept("client_end", forms("sat_usefulness", [5, 5, 1, 1]))
    found = evidence(store, library)
    for published in found.tables.values():
        assert published.with_figures.empty
    hidden = found.table("satisfaction.favourable").frame
    assert hidden["suppressed"].all()
    assert hidden[["n", "value", "low", "high", "favourable"]].isna().all(axis=None)
    assert not evidence(store, library, threshold=4).table("satisfaction.favourable").with_figures.empty


def test_small_runs_are_joined_until_they_hold_enough_people(store: Store, library: Library, accept) -> None:
    accept("client_end", forms("sat_usefulness", [5, 4, 2]), cohort="2016")
    accept("client_end", forms("sat_usefulness", [5, 5, 1], "B"), cohort="2017")
    table = evidence(store, library).table("satisfaction.favourable").where(level="cohort", item="sat_usefulness")
    found = row(table)
    assert found["cohort"] == "2016 + 2017"
    assert (found["n"], found["favourable"]) == (6, 4)


def test_the_same_people_in_two_runs_do_not_make_a_unit_large_enough(store: Store, library: Library, accept) -> None:
    accept("client_end", forms("sat_usefulness", [5, 4, 2, 3]), cohort="2016")
    accept("client_end", forms("sat_usefulness", [4, 5, 3, 2]), cohort="2017")
    assert evidence(store, library).table("satisfaction.favourable").with_figures.empty


def test_a_question_few_answered_is_left_out_of_the_total_and_the_total_says_so(
    store: Store, library: Library, accept
) -> None:
    accept(
        "client_end",
        [a | {"sat_access": 4} for a in forms("sat_usefulness", [5, 5, 4, None, None, None])],
        cohort="2016",
    )
    accept("client_end", [a | {"sat_access": 5} for a in forms("sat_usefulness", [1, 1, 1, 4, 4], "B")], cohort="2017")
    table = evidence(store, library).table("satisfaction.favourable")
    total = row(table, level="practice", item="sat_usefulness")
    assert (total["n"], total["favourable"], total["omitted"]) == (5, 2, 1)
    assert row(table, level="cohort", item="sat_usefulness", cohort="2016")["suppressed"]
    assert row(table, level="practice", item="sat_access")["n"] == 11


def test_answers_outside_the_scale_do_not_make_a_cell_large_enough(store: Store, library: Library, accept) -> None:
    accept("client_end", forms("sat_usefulness", [5, 5, 1, 1, 98, 99]))
    assert row(evidence(store, library).table("satisfaction.favourable"), level="cohort")["suppressed"]


def test_choosing_a_run_takes_its_whole_unit(store: Store, library: Library, accept) -> None:
    accept("client_end", forms("sat_usefulness", [5, 4, 2]), cohort="2016")
    accept("client_end", forms("sat_usefulness", [5, 5, 1], "B"), cohort="2017")
    accept("client_end", forms("sat_usefulness", [3, 3, 3, 3, 3], "C"), cohort="2018")
    whole = evidence(store, library).table("satisfaction.favourable").where(level="cohort")
    for cohort in ("2016", "2017"):
        chosen = evidence(store, library, Selection(cohorts=(cohort,)))
        part = chosen.table("satisfaction.favourable").where(level="cohort")
        assert part.frame["cohort"].tolist() == ["2016 + 2017"]
        assert part.frame["n"].tolist() == whole.where(cohort="2016 + 2017").frame["n"].tolist()


def test_choosing_a_year_takes_the_units_that_ran_in_it(store: Store, library: Library, accept) -> None:
    for cohort, day in (("A", date(2016, 11, 1)), ("B", date(2017, 2, 1)), ("C", date(2018, 3, 1))):
        accept(
            "client_end",
            [each | {"answered_on": day} for each in forms("sat_usefulness", [5, 4, 2, 5, 5], cohort)],
            cohort,
        )
    for years, runs in (((2016,), ["A"]), ((2017, 2018), ["B", "C"]), ((2015,), [])):
        chosen = evidence(store, library, Selection(years=years)).table("satisfaction.favourable")
        assert chosen.where(level="cohort").frame["cohort"].tolist() == runs


@pytest.mark.thorough
def test_no_filter_changes_what_a_unit_says(sample_store: Store, library: Library, sample_evidence: Evidence) -> None:
    """Whatever is chosen, a unit's row is the row it has when nothing is chosen: nothing comes back by subtraction."""
    for practice, cohorts in (("gruppis", ("Kevät 2018",)), ("lape", ("2018",)), ("solmut_auki", ())):
        chosen = publish(sample_store, library, Selection((practice,), (), cohorts), Policy())
        for name, published in chosen.tables.items():
            keys = ["measure", "practice", "municipality", "cohort", "item"]
            extra = [each for each in ("value_code", "session_no", "held_on", "occasion") if each in published.frame]
            part = published.where(level="cohort").frame.set_index([*keys, *extra])
            whole = sample_evidence.table(name).where(level="cohort").frame.set_index([*keys, *extra])
            pd.testing.assert_frame_equal(
                part, whole[whole.index.isin(part.index)], check_dtype=False, check_index_type=False
            )


def test_every_shown_figure_stands_on_enough_people(sample_evidence: Evidence, sample_store: Store) -> None:
    people = sample_store.people_counts(ALL)
    for name in ("satisfaction.favourable", "change.retrospective"):
        for cell in sample_evidence.table(name).where(level="cohort").with_figures.itertuples():
            runs = str(cell.cohort).split(" + ")
            own = people[
                (people["practice"] == cell.practice)
                & (people["municipality"] == cell.municipality)
                & (people["questionnaire"] == cell.questionnaire)
                & (people["item"] == cell.item)
                & people["cohort"].isin(runs)
            ]
            assert own["people"].sum() >= 5
    assert (sample_evidence.table("change.paired").with_figures["n"] >= 5).all()


def test_only_the_gate_makes_published_tables() -> None:
    with pytest.raises(TypeError, match="gate"):
        Published("satisfaction.mean", pd.DataFrame(), 5)


def test_totals_are_the_sums_of_their_shown_parts(sample_evidence: Evidence) -> None:
    for name, counts in (
        ("satisfaction.favourable", ["n", "favourable"]),
        ("change.paired", ["n", "improved", "worsened"]),
    ):
        table = sample_evidence.table(name)
        keys = ["practice", "municipality", "questionnaire", "item"]
        parts = table.where(level="cohort").with_figures.groupby(keys)[counts].sum().astype(float)
        totals = table.where(level="practice").with_figures.set_index(keys)[counts].astype(float)
        pd.testing.assert_frame_equal(parts.sort_index(), totals.sort_index(), check_index_type=False)
    everywhere = sample_evidence.table("satisfaction.favourable").where(level="practice_all").frame
    assert set(everywhere["practice"]) == {"lape"}
    assert everywhere["municipality"].isna().all()


def test_an_empty_store_publishes_empty_tables(library: Library) -> None:
    found = publish(open_store("duckdb:///:memory:"), library, ALL, Policy())
    assert all(published.empty for published in found.tables.values())
    assert found.rows() == []


def test_rows_are_plain_values(sample_evidence: Evidence, library: Library) -> None:
    rows = sample_evidence.rows()
    assert json.loads(json.dumps(rows, allow_nan=False)) == rows
    assert {each["practice"] for each in rows if each["practice"] and not each["suppressed"]} == set(library.practices)
    keys = {"family", "measure", "practice", "municipality", "cohort", "item", "dimension"}
    figures = {"n", "value", "low", "high", "suppressed"}
    assert all(keys | figures <= each.keys() for each in rows)
