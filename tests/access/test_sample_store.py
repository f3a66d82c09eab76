"""The sample is read whole by everybody who may read anything, changed by nobody, and gives no right to own answers."""

import datetime
from collections.abc import Callable
from datetime import UTC, timedelta

import pytest

from evaluation.access import Access, AccessRefused, GuardedStore, Role, SampleStore, seeing_all
from evaluation.records import Remembered
from evaluation.store import SAMPLE, Selection, Store, StoreError, open_store, pack, unpack
from tests.access.conftest import HERS, OTHER
from tests.access.test_guarded import NARROWED, OF_ADMINISTRATORS

DAY = datetime.date(2026, 11, 30)
PEOPLE = {
    "viewer": Access("viewer", "V", Role.VIEWER, (HERS,)),
    "contributor": Access("her", "H", Role.CONTRIBUTOR, (HERS,), (HERS,)),
    "coordinator": Access("coordinator", "C", Role.COORDINATOR),
    "administrator": Access("administrator", "A", Role.ADMINISTRATOR),
}


@pytest.fixture(scope="module")
def made_up(shared: Store) -> Store:
    """Give a sample of the same two municipalities."""
    store = open_store("duckdb:///:memory:")
    store.fill_with_sample(unpack(pack(unpack(shared.backup(DAY)).frames, DAY, SAMPLE)), "mark")
    return store


@pytest.mark.parametrize("access", PEOPLE.values(), ids=PEOPLE)
def test_everybody_sees_every_municipality_of_the_sample(made_up: Store, access: Access) -> None:
    store = SampleStore(made_up, access)
    assert set(store.contents()["municipality"]) == {HERS, OTHER}
    assert len(store.imports()) == 3
    for name in ("people_counts", "written_answers"):
        found = getattr(store, name)(Selection(municipalities=(OTHER,)), *NARROWED[name])
        assert set(found["municipality"]) == {OTHER}


@pytest.mark.parametrize("access", PEOPLE.values(), ids=PEOPLE)
def test_nobody_changes_the_sample_or_takes_it_for_own_answers(made_up: Store, access: Access, draft) -> None:
    store = SampleStore(made_up, access)
    form = draft({"participant": "N1", "municipality": HERS})
    changes: list[Callable[[], object]] = [
        lambda: store.preview(form),
        lambda: store.accept(form),
        lambda: store.undo(1),
        lambda: store.remember("k" * 64, Remembered(columns={"nimi": None})),
        *(lambda name=name: getattr(store, name)(*OF_ADMINISTRATORS[name]) for name in OF_ADMINISTRATORS),
    ]
    for change in changes:
        with pytest.raises(StoreError):
            change()
    assert (store.undoable(), store.remembered(["k" * 64])) == (frozenset(), {})
    before = len(made_up.trail())
    store.note("report", "practice sisu pdf")
    assert len(made_up.trail()) == before, "what is taken away of the sample tells of nobody"


def test_seeing_the_sample_gives_no_right_to_own_answers(shared: Store, made_up: Store) -> None:
    viewer = PEOPLE["viewer"]
    SampleStore(made_up, viewer)
    assert set(GuardedStore(shared, viewer).contents()["municipality"]) == {HERS}
    with pytest.raises(AccessRefused):
        GuardedStore(shared, viewer).people_counts(Selection(municipalities=(OTHER,)))
    assert not seeing_all(viewer).at_least(Role.ADMINISTRATOR)


def test_whose_right_has_ended_sees_no_sample(made_up: Store) -> None:
    ended = Access("v", "V", Role.VIEWER, (HERS,), until=datetime.datetime.now(UTC) - timedelta(seconds=1))
    with pytest.raises(AccessRefused):
        SampleStore(made_up, ended)
