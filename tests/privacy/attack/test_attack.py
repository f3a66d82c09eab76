"""The curious colleague, with everything that is published, finds out nothing about fewer people than the threshold.

EVALUATION_ATTACK_WORLDS sets how many made-up worlds are attacked.
"""

import os
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evaluation.definitions import Library
from evaluation.measures import Policy, publish, take_counts
from evaluation.measures.unit_counts import FORMS
from evaluation.measures.working_joints import joints_of
from evaluation.store import Selection, Store
from tests.privacy.attack.attack import Attack
from tests.privacy.attack.colleague import every_row, everything_shown, filters
from tests.privacy.attack.twins import twin
from tests.privacy.attack.worlds import random_world, stored, world_of

pytestmark = pytest.mark.thorough

WORLDS = int(os.environ.get("EVALUATION_ATTACK_WORLDS", "2"))
CAREFULLY = settings(
    max_examples=WORLDS,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
SEEDS = st.integers(0, 2**32)
FILTERS = 4


@CAREFULLY
@given(SEEDS, st.sampled_from([3, 5, 10]))
def test_equations_over_all_tables_and_filters_tell_no_more_than_each_unit_by_itself(
    library: Library, seed: int, threshold: int
) -> None:
    world, policy = random_world(seed, library), Policy(threshold)
    store = stored(world, library)
    chosen = filters(store)
    some = random.Random(seed).sample(chosen[1:], min(FILTERS, len(chosen) - 1))
    tables = [publish(store, library, each, policy).rows() for each in (chosen[0], *some)]
    attack = Attack(world, library, policy, tables)
    assert attack.findings() == []


@CAREFULLY
@given(SEEDS)
def test_what_is_shown_is_the_same_to_the_letter_where_only_secrets_differ(library: Library, seed: int) -> None:
    policy = Policy()
    world = random_world(seed, library)
    store = stored(world, library)
    rows = publish(store, library, Selection(), policy).rows()
    types = {practice.id: practice.type for practice in library.practices.values()}
    joints = joints_of(take_counts(store, library).cubes, FORMS, types).units
    other, changes = twin(world, library, rows, policy, random.Random(seed), joints)
    again = stored(other, library)
    for chosen in (Selection(), random.Random(seed).choice(filters(store)))[: 1 + (WORLDS > 2)]:
        shown = dict(everything_shown(store, library, policy, chosen))
        twins = dict(everything_shown(again, library, policy, chosen))
        assert shown.keys() == twins.keys()
        for name, content in shown.items():
            assert content == twins[name], (name, changes)


def test_every_pair_of_filters_of_a_world_tells_no_more(library: Library) -> None:
    world = random_world(17, library)
    tables = every_row(stored(world, library), library, Policy(), most=None if WORLDS > 2 else 8)
    attack = Attack(world, library, Policy(), tables)
    assert attack.findings() == []
    assert attack.tried > 100


def _leaky(**values: int) -> Policy:
    """Return a policy that protects too little, as no setting allows."""
    policy = Policy()
    for name, value in values.items():
        object.__setattr__(policy, name, value)
    return policy


@pytest.fixture(scope="module")
def small_world(library: Library):
    """Give a world with small runs, and its store."""
    world = random_world(19, library)
    return world, stored(world, library)


def _kinds(world, library: Library, tables) -> set[str]:
    return {finding.kind for finding in Attack(world, library, Policy(), tables).findings()}


def test_a_gate_that_lets_single_people_through_is_found_out(small_world, library: Library) -> None:
    world, store = small_world
    kinds = _kinds(world, library, [publish(store, library, Selection(), _leaky(threshold=1)).rows()])
    assert "small unit" in kinds


def test_change_on_the_whole_of_few_or_beside_a_withheld_question_is_found_out(library: Library) -> None:
    world = random_world(10, library)
    store = stored(world, library)
    careful = publish(store, library, Selection(), Policy()).rows()
    raw = publish(store, library, Selection(), _leaky(threshold=1)).rows()
    rows = [row for row in careful if row["measure"] != "balance"]
    assert "balance" in _kinds(world, library, [rows + [row for row in raw if row["measure"] == "balance"]])


def test_totals_that_hold_what_is_closed_are_found_out(small_world, library: Library) -> None:
    world, store = small_world
    careful = publish(store, library, Selection(), Policy()).rows()
    raw = publish(store, library, Selection(), _leaky(threshold=1)).rows()
    rows = [row for row in careful if row["level"] == "cohort"] + [row for row in raw if row["level"] != "cohort"]
    # Sensitive answers are left out for another reason, too, and people on registers told in ranges.
    plain = [row for row in rows if str(row["item"]).startswith(("sat_", "worker_", "session_"))]
    assert "narrowed" in _kinds(world, library, [plain])


def test_units_that_depend_on_the_filter_are_found_out(library: Library) -> None:
    """Without the first run others are merged: the two partitions laid over each other part small runs."""
    world = random_world(17, library)
    whole = publish(stored(world, library), library, Selection(), Policy()).rows()
    first = min(form.cohort for form in world)
    rest = tuple(form for form in world if form.cohort != first)
    part = publish(stored(rest, library), library, Selection(), Policy()).rows()
    assert "narrowed" in _kinds(world, library, [whole, part])


def test_answers_one_by_one_of_few_are_found_out(small_world, library: Library) -> None:
    world, store = small_world
    kinds = _kinds(world, library, [publish(store, library, Selection(), _leaky(values_from=1)).rows()])
    assert {"finer", "levels"} <= kinds


def test_a_mean_beside_three_classes_is_found_out(small_world, library: Library) -> None:
    world, store = small_world
    rows = publish(store, library, Selection(), Policy()).rows()
    fine = publish(store, library, Selection(), _leaky(values_from=1)).rows()
    assert "finer" in _kinds(world, library, [rows + [row for row in fine if row["measure"] == "mean"]])


def test_the_number_of_one_or_two_who_left_is_found_out(library: Library) -> None:
    world = random_world(23, library)
    rows = publish(stored(world, library), library, Selection(), _leaky(smallest_part=1)).rows()
    assert "small part" in _kinds(world, library, [rows])


def test_the_sample_data_tells_no_more_than_each_unit_by_itself(
    sample_store: Store, sample_database: str, library: Library
) -> None:
    tables = [
        publish(sample_store, library, chosen, Policy()).rows()
        for chosen in (
            Selection(),
            Selection(("solmut_auki", "yksilollinen"), (), ("2017", "Kevät 2018")),
            Selection((), ("Lempäälä",)),
        )
    ]
    attack = Attack(world_of(sample_database), library, Policy(), tables)
    assert attack.findings() == []
    assert attack.tried > 1000
