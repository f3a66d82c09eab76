"""The guarded store: every call is bounded by the right of the person, and no call is forgotten."""

import datetime
import inspect
from collections.abc import Callable
from datetime import UTC, timedelta
from typing import Any

import pandas as pd
import pytest

from evaluation.access import Access, AccessRefused, GuardedStore, Role, SampleStore
from evaluation.definitions import Library
from evaluation.measures import take_counts
from evaluation.measures.unit_counts import cube_definitions
from evaluation.records import Remembered
from evaluation.store import Selection, Store, StoreError, UnknownImportError, open_store, unpack
from tests.access.conftest import HERS, OTHER

VIEWER = Access("viewer", "V", Role.VIEWER, (HERS,))
CONTRIBUTOR = Access("her", "H", Role.CONTRIBUTOR, (HERS,), (HERS,))
READS_BOTH = Access("her", "H", Role.CONTRIBUTOR, (HERS, OTHER), (HERS,))
COORDINATOR = Access("coordinator", "C", Role.COORDINATOR)
ADMINISTRATOR = Access("administrator", "A", Role.ADMINISTRATOR)
NOTHING = Access("nothing", "N", Role.CONTRIBUTOR)
DAY = datetime.date(2026, 11, 25)

# What every call of the store is given, and what each is: bounded by municipalities, or by a role.
NARROWED: dict[str, tuple[object, ...]] = {
    "answer_counts": (),
    "pair_counts": (),
    "people_counts": (),
    "overlap_counts": (),
    "enrolment_counts": (["attendance_register"],),
    "session_counts": (),
    "visit_counts": (),
    "written_answers": (),
    "cohort_dates": (),
}
OF_ADMINISTRATORS: dict[str, tuple[object, ...]] = {
    "facts": (),
    "trail": (),
    "backup": (DAY,),
    "pseudonymous_answers": (),
    "export": (None, None, 5, DAY),
    "restore": (None,),
    "copy_to": (None,),
    "fill_with_sample": (None, ""),
    "remove_sample": (),
    "use_of": ("A1",),
    "forget": ("A1",),
    "copies_with": ("A1",),
    "search": ("A1",),
    "files": (),
    "cohort_ages": (),
    "retire": ((), DAY),
    "delete_everything": (),
}
# Bounded in ways of their own, each with a test below.
OF_THEIR_OWN = {
    "preview", "accept", "code_advice", "undo", "imports", "import_places", "remembered", "remember", "contents",
    "snapshot", "acting", "note", "different_people", "state_different", "decide_units", "last_report",
}  # fmt: skip
# A mark that changes whenever the answers do tells nothing of them, and neither does whose they are.
HARMLESS = {"data_version", "kind", "definitions", "spent_ids"}
OF_COORDINATORS: dict[str, tuple[object, ...]] = {
    "answered_definitions": (1,),
    "save_definitions": ((),),
    "retire_definitions": ((("practice", "own"),),),
    "remove_definitions": ((("practice", "own"),),),
    "decide_texts": (pd.DataFrame(), True),
}


def _public() -> set[str]:
    return {name for name, value in inspect.getmembers(Store) if not name.startswith("_") and callable(value)}


def test_every_call_of_the_store_is_guarded_or_known_to_be_harmless() -> None:
    assert _public() == {*NARROWED, *OF_ADMINISTRATORS, *OF_COORDINATORS, *OF_THEIR_OWN, *HARMLESS}
    assert _public() <= vars(GuardedStore).keys()


def test_a_call_that_is_not_guarded_cannot_reach_the_answers(shared: Store) -> None:
    guarded = GuardedStore(shared, ADMINISTRATOR)
    for name in _public() - HARMLESS - {"acting"}:
        unguarded: Callable[..., Any] = getattr(Store, name)
        given = (NARROWED | OF_ADMINISTRATORS).get(name, ("x",))
        with pytest.raises((AttributeError, TypeError)):
            unguarded(guarded, *((Selection(),) if name in NARROWED else ()), *given)


@pytest.mark.parametrize("name", NARROWED)
def test_counts_are_narrowed_to_what_is_seen(shared: Store, name: str) -> None:
    call = getattr(GuardedStore(shared, VIEWER), name)
    given = NARROWED[name]
    found = call(Selection(), *given)
    expected = getattr(shared, name)(Selection(municipalities=(HERS,)), *given)
    assert _rows(found) == _rows(expected)
    assert OTHER not in set(found.get("municipality", ()))
    with pytest.raises(AccessRefused):
        call(Selection(municipalities=(OTHER,)), *given)
    with pytest.raises(AccessRefused):
        getattr(GuardedStore(shared, NOTHING), name)(Selection(), *given)


def _rows(frame: pd.DataFrame) -> list[str]:
    """Return the rows in an order of their own: the database gives them in any."""
    return sorted(map(repr, frame.to_dict("records")))


def test_the_narrowed_calls_would_show_the_other_municipality_if_they_were_not(shared: Store) -> None:
    assert OTHER in set(shared.people_counts(Selection())["municipality"])
    assert OTHER in set(shared.written_answers(Selection())["municipality"])


@pytest.mark.parametrize("name", OF_ADMINISTRATORS)
def test_what_is_an_administrators_is_refused_to_all_others(shared: Store, name: str) -> None:
    for access in (VIEWER, CONTRIBUTOR, COORDINATOR):
        with pytest.raises(AccessRefused):
            getattr(GuardedStore(shared, access), name)(*OF_ADMINISTRATORS[name])
    assert len(shared.imports()) == 3


@pytest.mark.thorough
@pytest.mark.parametrize("name", OF_COORDINATORS)
@pytest.mark.parametrize("access", [VIEWER, CONTRIBUTOR, NOTHING], ids=lambda access: access.identifier)
def test_definitions_and_texts_are_decided_on_by_a_coordinator(shared: Store, name: str, access: Access) -> None:
    with pytest.raises(AccessRefused) as refused:
        getattr(GuardedStore(shared, access), name)(*OF_COORDINATORS[name])
    assert refused.value.key == f"access.{'texts' if name == 'decide_texts' else 'definitions'}_refused"
    for allowed in (COORDINATOR, ADMINISTRATOR):
        getattr(GuardedStore(shared, allowed), name)(*OF_COORDINATORS[name])
    with pytest.raises(StoreError) as kept:
        getattr(SampleStore(shared, ADMINISTRATOR), name)(*OF_COORDINATORS[name])
    assert kept.value.key == "store.sample_takes_nothing"


def test_an_administrator_restores_and_copies(whole: Store) -> None:
    guarded = GuardedStore(whole, ADMINISTRATOR)
    guarded.restore(unpack(guarded.backup(DAY)))
    other = open_store("duckdb:///:memory:")
    guarded.copy_to(other)
    assert other.contents().equals(whole.contents())
    assert guarded.facts().forms == 18
    assert guarded.use_of("A1").forms == guarded.forget("A1") == 1
    assert guarded.pseudonymous_answers()
    guarded.delete_everything()
    assert guarded.trail()[0].deed == "emptied"


def test_a_right_that_has_ended_hands_out_no_backup_that_was_made_ready(shared: Store) -> None:
    ended = Access("a", "A", Role.ADMINISTRATOR, until=datetime.datetime.now(UTC) - timedelta(seconds=1))
    with pytest.raises(AccessRefused):
        GuardedStore(shared, ended).backup(DAY)


def test_contents_and_cubes_hold_what_is_seen_and_nothing_else(shared: Store, library: Library) -> None:
    guarded = GuardedStore(shared, VIEWER)
    assert set(guarded.contents()["municipality"]) == {HERS}
    cubes = take_counts(guarded, library).cubes
    told = shared.snapshot(cube_definitions(library), Selection(municipalities=(HERS,))).cubes
    assert all(_rows(cubes[name]) == _rows(told[name]) for name in told)
    assert GuardedStore(shared, NOTHING).contents().empty
    with pytest.raises(AccessRefused):
        take_counts(GuardedStore(shared, NOTHING), library)


def test_a_viewer_brings_nothing_in(shared: Store, draft) -> None:
    guarded = GuardedStore(shared, VIEWER)
    for call in (guarded.preview, guarded.accept):
        with pytest.raises(AccessRefused):
            call(draft({"municipality": HERS, "participant": "N1"}))
    for refused in (lambda: guarded.undo(1), lambda: guarded.remembered(["k"]), lambda: guarded.remember("k", SAID)):
        with pytest.raises(AccessRefused):
            refused()
    assert guarded.imports() == ()
    assert guarded.import_places().empty
    assert guarded.undoable() == frozenset()


def test_a_contributor_brings_in_forms_of_its_municipality_alone(whole: Store, draft) -> None:
    guarded = GuardedStore(whole.acting("her"), READS_BOTH)
    own = draft({"municipality": HERS, "participant": "N1"}, file="uusi.xlsx")
    assert guarded.preview(own).accepted == 1
    number = guarded.accept(own).import_id
    assert next(each.actor for each in whole.imports() if each.import_id == number) == "her"
    mixed = draft({"municipality": HERS, "participant": "N2"}, {"municipality": OTHER, "participant": "N3"})
    with pytest.raises(AccessRefused) as refused:
        guarded.accept(mixed)
    assert refused.value.values == {"municipalities": OTHER}
    assert len(whole.imports()) == 4


def test_a_draft_of_others_is_rejected_without_telling_what_is_stored(shared: Store, draft) -> None:
    """A form of the same person in the same run: compared with the stored one, it would show what that one says."""
    foreign = draft({"municipality": OTHER, "participant": "C1", "answers": {"mood": 1}}, file="arvaus.xlsx")
    assert shared.preview(foreign).conflicts, "what must not be shown"
    told = GuardedStore(shared, READS_BOTH).preview(foreign)
    assert (told.rows, told.accepted, told.rejected, told.duplicates) == (1, 0, 1, 0)
    assert [problem.code for problem in told.problems] == ["municipality_not_yours"]
    assert told.conflicts == ()
    assert told.near_codes == ()
    assert told.import_id is None


def test_a_contributor_sees_the_imports_of_its_municipality_and_takes_back_its_own(whole: Store, draft) -> None:
    guarded = GuardedStore(whole, READS_BOTH)
    assert [each.file for each in guarded.imports()] == ["kollegan.xlsx", "oma.xlsx"]
    assert set(guarded.import_places()["municipality"]) == {HERS}
    assert guarded.undoable() == {1}
    for number in (2, 3, 99):
        with pytest.raises(AccessRefused):
            guarded.undo(number)
    assert len(whole.imports()) == 3
    assert guarded.undo(1) == 6


def test_an_own_import_that_holds_another_municipality_is_a_coordinators(whole: Store, draft) -> None:
    mixed = draft({"municipality": HERS, "participant": "M1"}, {"municipality": OTHER, "participant": "M2"})
    number = whole.acting("her").accept(mixed).import_id
    assert number is not None
    with pytest.raises(AccessRefused):
        GuardedStore(whole, CONTRIBUTOR).undo(number)
    assert GuardedStore(whole, COORDINATOR).undo(number) == 2


def test_a_coordinator_takes_back_any_import(whole: Store) -> None:
    guarded = GuardedStore(whole, COORDINATOR)
    assert guarded.undoable() == {1, 2, 3}
    assert guarded.undo(3) == 6
    with pytest.raises(UnknownImportError):
        guarded.undo(3)


SAID = Remembered({"mieliala": "mood"}, {("mood", "ok"): 3}, {"scale_differs:agreement5:0-4": "shift"})


def test_what_was_said_of_headings_stays_within_a_municipality(whole: Store) -> None:
    hers = GuardedStore(whole, CONTRIBUTOR)
    other = GuardedStore(whole, Access("o", "O", Role.CONTRIBUTOR, (OTHER,), (OTHER,)))
    hers.remember("key", SAID)
    assert hers.remembered(["key", "none"]) == {"key": SAID}
    assert other.remembered(["key"]) == {}
    assert GuardedStore(whole, COORDINATOR).remembered(["key"]) == {}
    other.remember("key", Remembered({"mieliala": "other"}, {}))
    assert hers.remembered(["key"]) == {"key": SAID}
    GuardedStore(whole, COORDINATOR).remember("key", Remembered({"mieliala": None}, {}))
    assert hers.remembered(["key"]) == {"key": SAID}


def test_a_person_acts_as_nobody_else_and_notes_under_its_own_name(whole: Store) -> None:
    guarded = GuardedStore(whole.acting("viewer"), VIEWER)
    with pytest.raises(AccessRefused):
        guarded.acting("administrator")
    guarded.note("report", "overview.pptx")
    assert next((each.actor, each.deed) for each in whole.trail()) == ("viewer", "report")


def test_what_is_stated_of_people_is_bounded_by_the_municipality(shared: Store) -> None:
    for place in (HERS, OTHER):
        GuardedStore(shared, COORDINATOR).state_different("sisu", place, ["cohort"])
    assert GuardedStore(shared, VIEWER).different_people().cohorts == (("sisu", HERS),)
    her = GuardedStore(shared, READS_BOTH)
    her.state_different("sisu", HERS, ["day"])
    assert her.different_people().days == (("sisu", HERS),)
    for right, place in ((READS_BOTH, OTHER), (VIEWER, HERS)):
        with pytest.raises(AccessRefused):
            GuardedStore(shared, right).state_different("sisu", place, [])
