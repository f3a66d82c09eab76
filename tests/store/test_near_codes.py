"""A code of a later form that is nearly a start form's code is told, and never joined."""

from evaluation.i18n import Translator
from evaluation.records import NearCode
from evaluation.store import Selection, Store

ANSWER = {"answers": {"state_mood": 3}}


def start(code: str, **more: object) -> dict[str, object]:
    return {"participant": code, **ANSWER, **more}


def end(code: str, **more: object) -> dict[str, object]:
    return {"participant": code, "timing": "end", **ANSWER, **more}


def test_a_code_one_slip_from_a_stored_start_form_is_told(store: Store, draft) -> None:
    store.accept(draft(start("KEVÄT12"), start("KEVÄT34")))
    receipt = store.accept(draft(end("KEVÄT34"), end("KEVÄT21"), file="loppu.xlsx"))
    assert receipt.near_codes == (NearCode("Taul1", 3, "KEVÄT21", "KEVÄT12"),)
    (problem,) = receipt.problems
    assert (problem.severity, problem.code, problem.cell) == ("notice", "code_near", "A3")
    told = problem.message(Translator("fi"))
    assert "KEVÄT21" in told
    assert "KEVÄT12" in told
    assert int(store.pair_counts(Selection())["n"].sum()) == 1


def test_start_and_end_forms_of_one_file_are_compared(store: Store, draft) -> None:
    receipt = store.preview(draft(start("AO1"), end("A01"), {**end("A-O1"), "timing": "follow_up"}))
    assert {(each.row, each.nearest) for each in receipt.near_codes} == {(3, "AO1"), (4, "AO1")}


def test_a_start_form_that_has_its_end_form_already_is_not_offered(store: Store, draft) -> None:
    store.accept(draft(start("KEVÄT12"), end("KEVÄT12")))
    assert store.preview(draft(end("KEVÄT13"), file="loppu.xlsx")).near_codes == ()


def test_a_code_near_in_another_run_or_municipality_is_not_offered(store: Store, draft) -> None:
    store.accept(draft(start("KEVÄT12", cohort="Syksy 2018"), start("KEVÄT12", municipality="Nokia")))
    assert store.preview(draft(end("KEVÄT13"), file="loppu.xlsx")).near_codes == ()


def test_a_code_near_to_two_is_not_offered(store: Store, draft) -> None:
    store.accept(draft(start("KEVÄT12"), start("KEVÄT14")))
    assert store.preview(draft(end("KEVÄT13"), file="loppu.xlsx")).near_codes == ()


def test_a_replaced_start_form_is_not_offered_in_its_old_place(store: Store, draft) -> None:
    store.accept(draft(start("KEVÄT12")))
    store.accept(draft({**start("KEVÄT12"), "answers": {"state_mood": 5}}, file="toka.xlsx"), keep=[("Taul1", 2)])
    (near,) = store.preview(draft(end("KEVÄT13"), file="loppu.xlsx")).near_codes
    assert near.nearest == "KEVÄT12"
