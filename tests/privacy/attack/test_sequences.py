"""Over time nothing comes out that one report would not tell: units are decided once, whatever happens to runs."""

import random
from datetime import date

import pytest

from tests.privacy.attack.sequences import (
    STEPS,
    Comparison,
    History,
    Rule,
    Run,
    cut_anew,
    decided_once,
    play,
    published,
)

SEQUENCES = 50
FIVE = {"a": 4, "b": 3, "c": 3, "d": 2, "e": 5}


def _history(**sizes: int) -> History:
    history = History(random.Random(1))
    for month, (name, size) in enumerate(sizes.items(), start=2):
        history.runs[name] = Run(date(2018, month, 1), history.new_forms(size))
    return history


def _small_runs(*histories: History) -> list[frozenset[int]]:
    return list({frozenset(run.forms) for history in histories for run in [*history.runs.values()]})


def _late(history: History) -> None:
    run = history.runs["a"]
    history.runs["a"] = Run(run.first_on, run.forms | history.new_forms(1))


def _earlier(history: History) -> None:
    history.runs["viime vuosi"] = Run(date(2017, 1, 1), history.new_forms(4))


def _erased(history: History) -> None:
    run = history.runs["d"]
    history.runs["d"] = Run(run.first_on, dict(list(run.forms.items())[:-1]))


def _re_dated(history: History) -> None:
    history.runs["b"] = Run(date(2018, 12, 1), history.runs["b"].forms)


def _first_by_name(history: History) -> None:
    history.runs = {name: Run(None, run.forms) for name, run in history.runs.items()}
    history.decided = history.decided.assign(first_on=None, last_on=None)
    history.runs["A"] = Run(None, history.new_forms(2))


def _renamed(history: History) -> None:
    history.runs["uusi nimi"] = history.runs.pop("c")


def _undone(history: History) -> None:
    del history.runs["a"]


def _stricter(history: History) -> None:
    history.threshold = 10


CHANGES = (_late, _earlier, _erased, _re_dated, _first_by_name, _renamed, _undone, _stricter)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("rule", [decided_once, cut_anew])
def test_what_shifted_the_borders_of_units_no_longer_does(change, rule: Rule) -> None:
    history = _history(**FIVE)
    if change is _first_by_name:
        history.runs = {name: Run(None, run.forms) for name, run in history.runs.items()}
    before = list(published(history, rule, history.threshold))
    runs = _small_runs(history)
    change(history)
    after = list(published(history, rule, history.threshold))
    if rule is decided_once:
        assert {report.unit for report in after} <= {report.unit for report in before} | {4}
        assert Comparison([before, after]).findings(runs, 5) == []
    else:
        assert {report.unit for report in after} - {report.unit for report in before}, "else this tries nothing"


def test_one_late_form_told_two_people_exactly_when_units_were_cut_anew() -> None:
    """Four, three, three, two, five: with a fifth in the first run, the two of the fourth stood alone."""
    found = []
    for seed in range(20):
        history = _history(**FIVE)
        history.rng = random.Random(seed)
        before = list(published(history, cut_anew, 5))
        runs = _small_runs(history)
        _late(history)
        found += Comparison([before, list(published(history, cut_anew, 5))]).findings(runs, 5)
    assert any(finding.bounds[0] == finding.bounds[1] for finding in found)


def test_sequences_of_changes_tell_no_more_than_each_unit_by_itself(record_property) -> None:
    figures = {}
    for rule in (decided_once, cut_anew):
        equations = attacked = found = 0
        for seed in range(SEQUENCES):
            history, reports = play(seed, rule)
            comparison = Comparison(reports)
            found += len(comparison.findings(_small_runs(history), 5))
            equations, attacked = equations + comparison.equations, attacked + comparison.attacked
        figures[rule] = (SEQUENCES, equations, attacked, found)
        record_property(rule.__name__, figures[rule])
    assert figures[decided_once][-1] == 0
    assert figures[decided_once][2] > SEQUENCES
    assert figures[cut_anew][-1] > 10, "a rule that leaks is found out"


def test_what_is_decided_never_changes() -> None:
    for seed in range(40):
        history, known = History(random.Random(seed)), set()
        for turn in range(12):
            history.take("add" if turn < 3 else history.rng.choice(STEPS))
            decided_once(history, history.threshold)
            places = set(zip(history.decided["cohort"], history.decided["unit"], strict=True))
            assert len({cohort for cohort, _ in places}) == len(history.decided), "a run has one place"
            if history.saved is None:
                assert known <= places
            known = places
