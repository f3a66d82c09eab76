"""A small report with an exhibit of every kind that files draw in their own way, made up row by row."""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date

import pytest

from evaluation.exhibits import Exhibit, Report, Section
from evaluation.findings import KeyFigure, Quotes, Words
from evaluation.measures import FEW, Coverage, Evidence, Published, Waiting
from tests.exhibits.conftest import Make, make, share, words

__all__ = ["make", "words"]

MakeReport = Callable[..., Report]
DAY = date(2018, 12, 3)
METHOD = "Vertailuryhmää ei ole."


class Laid(Evidence):
    """Tables laid out as they stand."""

    def __init__(self, tables: Mapping[str, Published]) -> None:
        self._laid = dict(tables)

    def table(self, name: str) -> Published:
        return self._laid[name]

    @property
    def threshold(self) -> int:
        return next(iter(self._laid.values())).threshold

    def waiting(self) -> tuple[Waiting, ...]:
        return ()

    def coverage(self, practices: Collection[str]) -> Coverage:
        return Coverage(cohorts=len(practices), left_out=0)

    def __iter__(self) -> Iterator[str]:
        return iter(self._laid)

    def __len__(self) -> int:
        return len(self._laid)


@pytest.fixture(scope="session")
def exhibits(make: Make, words: Words) -> tuple[Exhibit, ...]:
    answers = [("Ei", 0, "unfavourable", 2), ("Kyllä", 1, "favourable", 8)]
    spread = make("satisfaction.distribution", [
        {"item": "sat_usefulness", "value_code": None, "value_class": kind, "count": count, "n": 10,
         "value": count / 10, "method": "descriptive"}
        for _, _, kind, count in answers
    ] + [{"item": "sat_access", "reason": FEW}])  # fmt: skip
    rated = make("satisfaction.favourable", [
        share(0.8, item="sat_usefulness", favourable=8, dont_know=1, national_theme="usefulness"),
        {"item": "sat_access", "reason": FEW},
    ])  # fmt: skip
    moved = {"net": 0.4, "net_low": 0.1, "net_high": 0.6, "median_step": 1.0, "p": 0.2, "effect": 0.5,
             "effect_low": 0.1, "effect_high": 0.8, "verdict": "not_apart", "at_best": 0, "crossed": 2, "fell": 1,
             "reliable_better": None, "reliable_worse": None, "scale_low": 1, "scale_high": 5,
             "better": "high"}  # fmt: skip
    changed = make("change.paired", [
        share(0.6, item="state_mood", improved=6, same=3, worsened=1, start_mean=2.25, end_mean=3.5, **moved)
    ])  # fmt: skip
    matched = make("change.matched", [{"n": 16, "count": 10, "value": 10 / 16, "method": "descriptive"}])
    unit = {"level": "cohort", "cohort": "Kevät 2018", "questionnaire": "attendance_register"}
    enrolled = make("participation.enrolment", [
        unit | {"measure": "registered", "n": 14, "value": 14, "count": 14, "at_least": 14, "at_most": 14},
        unit | {"measure": "completed", "n": 14, "value": None, "count": None, "at_least": 12, "at_most": 13,
                "low": 0.6, "high": 0.99, "unknown": 0},
    ])  # fmt: skip
    return (
        Exhibit("enrolment", "Ilmoittautuneet", words, enrolled),
        Exhibit("distribution", "Vastaukset", words, spread, (rated,)),
        Exhibit("favourable", "Myönteiset", words, rated),
        Exhibit("change", "Muutos", words, changed, (matched,)),
        Exhibit("table", "Luvut", words, rated),
    )


@pytest.fixture(scope="session")
def made_report(exhibits: tuple[Exhibit, ...], words: Words) -> MakeReport:
    """Give a function that makes the report of all exhibits, with more or other sentences."""

    def made(sentences: tuple[str, ...] = ("Kaikki kertovat jotakin.",), **more: object) -> Report:
        reached, satisfaction, change = exhibits[:1], exhibits[1:3], exhibits[3:]
        values = {
            "subject": "Sisu", "subtitle": "Lempäälä.", "day": DAY, "language": words.t.language, "synthetic": False,
            "threshold": 5,
            "key": (KeyFigure("Piti hyödyllisenä", "80 %", "95 %:n luottamusväli 60–100 %, vastauksia 10"),),
            "sections": (
                Section("key", "Tärkeimmät luvut", ("Ensin tämä.",)),
                Section("reached", "Keitä tavoitettiin", sentences, reached),
                Section("satisfaction", "Mitä mieltä", ("Toiseksi tämä.",), satisfaction),
                Section("change", "Mikä muuttui", (), change),
                Section("voices", "Sanottua", quotes=(Quotes("Mikä oli parasta?", ("=1+1", "Kahvi")),)),
                Section("method", "Mitä voi päätellä", (METHOD,)),
            ),
        }  # fmt: skip
        return Report(**(values | more))

    return made


@pytest.fixture(scope="session")
def report(made_report: MakeReport) -> Report:
    return made_report()
