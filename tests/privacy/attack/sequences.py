"""Made-up histories: runs come, change and go, something is published after every step, and all of it is compared.

A history is played against a rule of units. What it publishes are cells: how many of the people in one unit were badly
off. All reports together must tell of a small run no more than the reports of its own unit do.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from evaluation.privacy.publication_units import GROUP, PLACE_IN_UNIT, new_units, publication_units
from evaluation.store.decided_units import together

PLACE = ("sisu", "Lempäälä", "client", "client_end")
NOTHING_DECIDED = pd.DataFrame(columns=[*GROUP, *PLACE_IN_UNIT], dtype=object)
STEPS = (
    "add", "add_earlier", "add_large", "correct", "late_form", "delete", "undo", "redo", "supersede", "rename",
    "re_date", "threshold", "statement", "back_up", "restore", "roll_up",
)  # fmt: skip


@dataclass(frozen=True)
class Run:
    """A run: when it began (at first, and now), and its forms by number with whether the person was badly off."""

    first_on: date | None
    forms: dict[int, bool]
    coded: bool = True
    decided_on: date | None = None


@dataclass(frozen=True)
class Report:
    """What was published of one unit: the numbers of its forms, how many were badly off, and which unit it is."""

    forms: frozenset[int]
    bad: int
    unit: object


@dataclass
class History:
    """The runs of one practice and the units that were decided of them."""

    rng: random.Random
    runs: dict[str, Run] = field(default_factory=dict)
    decided: pd.DataFrame = field(default_factory=lambda: NOTHING_DECIDED)
    threshold: int = 5
    different: bool = False
    gone: dict[str, Run] = field(default_factory=dict)
    saved: tuple[dict[str, Run], pd.DataFrame] | None = None
    made: int = 0

    def new_forms(self, number: int) -> dict[int, bool]:
        """Return new forms."""
        first, self.made = self.made, self.made + number
        return {n: self.rng.random() < 0.5 for n in range(first, first + number)}

    def take(self, step: str) -> None:
        """Take one step; it does nothing where there is nothing to do it with."""
        rng, names = self.rng, sorted(self.runs)
        name = rng.choice(names) if names else None
        if step.startswith("add"):
            day = date(2018, 1, 1) + timedelta(days=90 * len(self.runs))
            if step == "add_earlier":
                day = date(2016, 1, 1) + timedelta(days=rng.randrange(700))
            size = rng.randint(5, 9) if step == "add_large" else rng.randint(1, 5)
            first_on = None if rng.random() < 0.2 else day
            coded = rng.random() < 0.8
            self.runs[f"{rng.choice('abcxyz')}{self.made}"] = Run(first_on, self.new_forms(size), coded, first_on)
        elif step == "threshold":
            self.threshold = rng.choice([3, 5, 10])
        elif step == "statement":
            self.different = not self.different
        elif step == "back_up":
            self.saved = dict(self.runs), self.decided
        elif step == "restore" and self.saved is not None:
            self.runs, units = dict(self.saved[0]), self.saved[1]
            self.decided = together(*(frame.assign(kind="forms") for frame in (units, self.decided)))
        elif step == "redo" and self.gone:
            again = rng.choice(sorted(self.gone))
            self.runs.setdefault(again, self.gone.pop(again))
        elif name is not None:
            self._change(step, name)

    def _change(self, step: str, name: str) -> None:
        rng, run = self.rng, self.runs[name]
        if step == "late_form":
            self.runs[name] = replace(run, forms=run.forms | self.new_forms(1))
        elif step == "undo":
            self.gone[name] = self.runs.pop(name)
        elif step == "rename" and run.first_on == run.decided_on:
            # Under another name and another day at once nothing knows a run again: docs/privacy.md says so.
            self.runs[f"{rng.choice('abcxyz')}{self.made}n"] = self.runs.pop(name)
            self.made += 1
        elif step == "re_date":
            self.runs[name] = replace(run, first_on=date(2015, 1, 1) + timedelta(days=rng.randrange(1500)))
        elif step in ("correct", "delete", "supersede") and run.forms:
            one = rng.choice(sorted(run.forms))
            rest = {number: bad for number, bad in run.forms.items() if number != one}
            new = {} if step == "delete" else self.new_forms(1)
            self.runs[name] = replace(run, forms=rest | new)
        self.runs = {name: run for name, run in self.runs.items() if run.forms}

    def cubes(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Return people, overlaps and dates as the store counts them."""
        sizes = {name: len(run.forms) for name, run in self.runs.items()}
        known = {name: size if self.runs[name].coded or self.different else 0 for name, size in sizes.items()}
        people = [(*PLACE, name, size, known[name]) for name, size in sizes.items()]
        days = [
            (*PLACE[:2], name, run.first_on, run.first_on and run.first_on + timedelta(days=60))
            for name, run in self.runs.items()
        ]
        return (
            pd.DataFrame(people, columns=[*GROUP, "cohort", "people", "coded"]),
            pd.DataFrame(columns=[*GROUP, "cohort_a", "cohort_b", "people"]),
            pd.DataFrame(days, columns=["practice", "municipality", "cohort", "first_on", "last_on"], dtype=object),
        )


Rule = Callable[[History, int], pd.DataFrame]


def decided_once(history: History, threshold: int) -> pd.DataFrame:
    """Decide units of what waits, and keep them, as the toolkit does."""
    new = new_units(*history.cubes(), history.decided, threshold)
    if not new.empty:
        history.decided = pd.concat([history.decided, new], ignore_index=True)
    return history.decided


def cut_anew(history: History, threshold: int) -> pd.DataFrame:
    """Decide all units anew every time, as the toolkit once did."""
    return new_units(*history.cubes(), NOTHING_DECIDED, threshold)


def published(history: History, rule: Rule, threshold: int, decide: bool = True) -> Iterator[Report]:
    """Yield what a rule publishes now; without ``decide`` only of what was decided before, as a roll-up does."""
    decided = rule(history, threshold) if decide else history.decided
    units = publication_units(*history.cubes(), decided)
    number = dict(zip(decided["cohort"], decided["unit"], strict=True))
    shown = units[(units["people"] >= threshold) & ~units["waits"].astype(bool)]
    for members in dict.fromkeys(shown["members"]):
        forms = {form: bad for cohort in members for form, bad in history.runs[cohort].forms.items()}
        chain: object = number[members[0]] if rule is decided_once else members
        yield Report(frozenset(forms), sum(forms.values()), chain)


def play(seed: int, rule: Rule, steps: int = 10) -> tuple[History, list[list[Report]]]:
    """Return a history of chance, and what was published after every step."""
    history = History(random.Random(seed))
    reports = []
    for turn in range(steps):
        step = "add" if turn < 3 else history.rng.choice(STEPS)
        history.take(step)
        if step == "roll_up":
            # Counted together with others, who publish of ten or more.
            reports.append(list(published(history, rule, max(history.threshold, 10), rule is not decided_once)))
        else:
            reports.append(list(published(history, rule, history.threshold)))
    return history, reports


@dataclass(frozen=True)
class Finding:
    """Of how many forms of a small group all reports tell more than those of its own unit."""

    forms: frozenset[int]
    bounds: tuple[int, int]
    allowed: tuple[int, int]


@dataclass
class Comparison:
    """All reports laid over each other; counts what was tried."""

    reports: list[list[Report]]
    equations: int = 0
    attacked: int = 0

    def findings(self, groups: list[frozenset[int]], threshold: int) -> list[Finding]:
        """Return what comes out about groups of fewer people than the threshold."""
        every = list(dict.fromkeys(report for reports in self.reports for report in reports))
        self.equations += len(every)
        found = []
        for group in groups:
            touching = [report for report in every if report.forms & group]
            if len(group) >= threshold or not touching:
                continue
            self.attacked += 1
            own = [report for report in every if report.unit == touching[0].unit]
            connected = _connected(every, group)
            if len(connected) == len(own):
                continue
            bounds, allowed = _bounds(connected, group), _bounds(own, group)
            if bounds != allowed:
                found.append(Finding(group, bounds, allowed))
        return found


def _connected(reports: list[Report], group: frozenset[int]) -> list[Report]:
    """Return the reports that share forms with the group, directly or by way of others."""
    reached, chosen = set(group), []
    while new := [report for report in reports if report not in chosen and report.forms & reached]:
        chosen += new
        reached = reached.union(*(report.forms for report in new))
    return chosen


def _bounds(reports: list[Report], group: frozenset[int]) -> tuple[int, int]:
    """Return the least and greatest number of a group who can have been badly off, after ``reports``."""
    forms = sorted(group.union(*(report.forms for report in reports)))
    # Forms that every report counts together are one unknown.
    atoms: dict[tuple[bool, ...], int] = {}
    for form in forms:
        key = (form in group, *(form in report.forms for report in reports))
        atoms[key] = atoms.get(key, 0) + 1
    wanted = np.array([float(key[0]) for key in atoms])
    table = np.array([[float(key[n + 1]) for key in atoms] for n in range(len(reports))]).reshape(len(reports), -1)
    said: Any = [report.bad for report in reports]
    limits = {"constraints": LinearConstraint(table, said, said), "bounds": Bounds(0, list(atoms.values()))}
    ends = [milp(sign * wanted, integrality=np.ones(len(atoms)), **limits).fun * sign for sign in (1, -1)]
    return round(ends[0]), round(ends[1])
