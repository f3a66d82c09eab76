"""Over time joints of several practices tell no more of a small cohort than the joint or unit that it is a part of."""

import os
import random

import pytest

from evaluation.definitions import Library
from tests.privacy.attack.sequences import STEPS, Comparison
from tests.privacy.attack.working_histories import WorkingHistory, play

pytestmark = pytest.mark.thorough
HISTORIES = 20 * int(os.environ.get("EVALUATION_ATTACK_WORLDS", "1"))


def test_histories_of_several_practices_tell_no_more_than_each_joint_by_itself(
    library: Library, record_property
) -> None:
    comparisons, reported, joints = [], 0, 0
    for seed in range(HISTORIES):
        played = play(seed, library)
        assert played.few == []
        comparison = Comparison(played.reports)
        assert comparison.findings(list(played.cohorts), 5) == []
        comparisons.append(comparison)
        reported += sum(map(len, played.reports))
        joints += len({report.unit for reports in played.reports for report in reports if isinstance(report.unit, int)})
    equations, attacked = (sum(getattr(one, name) for one in comparisons) for name in ("equations", "attacked"))
    record_property("figures", (HISTORIES, reported, equations, attacked, joints))
    assert attacked > HISTORIES
    assert joints > HISTORIES / 2, "else this tries no joints"


def test_joints_cut_anew_in_every_report_are_caught(library: Library) -> None:
    played = (play(seed, library, decides_once=False) for seed in range(6))
    assert sum(len(Comparison(one.reports).findings(list(one.cohorts), 5)) for one in played) > 5


def test_what_is_decided_of_several_practices_never_changes(library: Library) -> None:
    for seed in range(6):
        history, known = WorkingHistory(random.Random(seed), library), set()
        for turn in range(15):
            history.take("add" if turn < 5 else history.rng.choice(STEPS))
            history.cubes(decide=True)
            names = ["practice", "municipality", "cohort", "unit"]
            places = set(history.decided[names].itertuples(index=False, name=None))
            assert len({place[:3] for place in places}) == len(history.decided), "a cohort has one place"
            joints = {place for place in places if place[3] < 0}
            assert {place for place in known if place[3] < 0} <= joints
            known = places
