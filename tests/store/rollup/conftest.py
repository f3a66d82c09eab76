"""Stores with what goes wrong in real data, and exports of them."""

import datetime
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from evaluation.definitions import Library
from evaluation.store import Store, open_store
from evaluation.store.rollup import Export

DAY = datetime.date(2018, 12, 3)
RUNS = ("Kevät 2018", "kevät 2018", "Äiti & lapsi", "Öljy", "it's 1\\2")
ITEMS = ("state_mood", "state_health", "change_mood", "sat_usefulness", "sat_group", "visit_first")
FORMS = {
    "start": "client_start", "end": "client_end", "follow_up": "client_follow_up", "session": "session_feedback",
    "visit": "visit_feedback",
}  # fmt: skip

Exporting = Callable[..., Export]
Awkward = Callable[..., Store]


@pytest.fixture
def exported(tmp_path: Path, library: Library) -> Exporting:
    """Give a function that exports a store into a folder of that name."""

    def made(store: Store, name: str = "pirha", threshold: int = 5) -> Export:
        return store.export(tmp_path / name, library, threshold, DAY)

    return made


@pytest.fixture(scope="session")
def awkward(draft) -> Awkward:
    """Give a function that fills a store with awkward forms, the same for the same seed.

    Codes stand in two runs, on both timings and more than once a day; days, codes and answers are missing; some forms
    are made of counts, some have been superseded; names sort otherwise in Finnish than by their letters.
    """

    def filled(seed: int, municipality: str = "Äänekoski", store: Store | None = None) -> Store:
        rng = random.Random(seed)
        store = store or open_store("duckdb:///:memory:")
        for turn in range(3):
            forms = [_form(rng, municipality) for _ in range(60)]
            store.accept(draft(*forms, file=f"{municipality}-{seed}-{turn}.xlsx"))
        person = {"participant": "TAAS1", "municipality": municipality, "cohort": "Öljy"}
        store.accept(draft({**person, "answers": {"state_mood": 1}}, file=f"{municipality}-{seed}-ensin.xlsx"))
        again = draft({**person, "answers": {"state_mood": 5}}, file=f"{municipality}-{seed}-taas.xlsx")
        store.accept(again, keep=[("Taul1", 2)])
        return store

    return filled


def _form(rng: random.Random, municipality: str) -> dict[str, object]:
    timing = rng.choice([*FORMS, "start", "end"])
    register, counted = rng.random() < 0.2, rng.random() < 0.05
    answers = {item: rng.choice([1, 2, 3, 4, 4, 5, 5, 98, 99]) for item in ITEMS if rng.random() < 0.9}
    if register:
        answers = {"completed": rng.choice([0, 1])} if rng.random() < 0.8 else {}
    elif timing == "visit" and rng.random() < 0.4:
        answers = {"visits": rng.randrange(9), "visits_new": 1, "occasion": rng.choice([1, 2]), "waiting_minutes": 7}
    return {
        "participant": None if counted else rng.choice([None, *(f"ÄÖ{number}" for number in range(8))]),
        "answers": answers,
        "texts": {"best_thing": "Kahvi Maijan kanssa"} if rng.random() < 0.1 else {},
        "marks": {session: rng.choice([0, 1, 2]) for session in range(rng.randrange(4))} if register else {},
        "timing": "once" if register else timing,
        "questionnaire": "attendance_register" if register else FORMS[timing],
        "cohort": rng.choice(RUNS),
        "municipality": municipality,
        "answered_on": rng.choice([None, DAY, datetime.date(2018, 3, 5), datetime.date(2018, 3, 6)]),
        "counted": counted,
    }
