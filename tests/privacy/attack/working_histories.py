"""Made-up histories of workers of several practices: what happens to their cohorts, and what is published after it.

The steps are those of sequences.py. After every one of them the toolkit's totals of areas are made, so that joints of
several practices are decided, withheld and brought back as they are in a database.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pandas as pd

from evaluation.definitions import Library
from evaluation.definitions.municipalities import county_of, municipalities_of
from evaluation.measures import AREAS, Policy
from evaluation.measures.unit_counts import FORMS
from evaluation.measures.working_joints import joints_of
from evaluation.privacy.joint_units import Place
from evaluation.privacy.publication_units import GROUP, PLACE_IN_UNIT
from evaluation.store import Selection
from evaluation.store.decided_units import together
from evaluation.store.working_people import UNITS
from tests.privacy.attack.sequences import STEPS, Report
from tests.privacy.attack.working_world import (
    BAD,
    GOOD,
    TOWNS,
    Cell,
    Cubes,
    Span,
    Worker,
    World,
    careful,
    cubes_of,
    joints_counted,
    told,
    types_of,
)

PRACTICES = ("sisu", "fyrkkaa", "neuvonta")
NOTHING_DECIDED = pd.DataFrame(columns=["kind", *GROUP, *PLACE_IN_UNIT], dtype=object)
STAFF = 9


@dataclass(frozen=True)
class Cohort:
    """The forms of a cohort by number, and when it began: now, and when its place was decided."""

    forms: dict[int, Worker]
    first_on: date | None
    decided_on: date | None

    @property
    def span(self) -> Span:
        """When it was going on."""
        return self.first_on, self.first_on and self.first_on + timedelta(days=60)


Cohorts = dict[Cell, Cohort]


@dataclass
class WorkingHistory:
    """The cohorts of workers, and the units and joints that were decided of them.

    ``decides_once`` is false for a gate that leaks: it cuts all units and joints anew for every report.
    """

    rng: random.Random
    library: Library
    decides_once: bool = True
    cohorts: Cohorts = field(default_factory=dict)
    decided: pd.DataFrame = field(default_factory=lambda: NOTHING_DECIDED)
    threshold: int = 5
    stated: frozenset[Place] = frozenset()
    gone: Cohorts = field(default_factory=dict)
    saved: tuple[Cohorts, pd.DataFrame, frozenset[Place]] | None = None
    made: int = 0
    coded: dict[str, bool] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """All forms that are stored."""
        return tuple(worker for cohort in self.cohorts.values() for worker in cohort.forms.values())

    def take(self, step: str) -> None:
        """Take one step; it does nothing where there is nothing to do it with."""
        cells = sorted(self.cohorts)
        cell = self.rng.choice(cells) if cells else None
        if step.startswith("add"):
            self._add(step)
        elif step == "threshold":
            self.threshold = self.rng.choice([3, 5, 10])
        elif step == "back_up":
            self.saved = dict(self.cohorts), self.decided, self.stated
        elif step == "restore" and self.saved is not None:
            self.cohorts, brought, self.stated = dict(self.saved[0]), *self.saved[1:]
            self.decided = together(brought, self.decided)
        elif step == "redo" and self.gone:
            again = self.rng.choice(sorted(self.gone))
            if again[:2] not in self.stated:
                self.cohorts.setdefault(again, self.gone.pop(again))
        elif cell is not None:
            self._change(step, cell)

    def _add(self, step: str) -> None:
        place = (self.rng.choice(PRACTICES), self.rng.choice(TOWNS))
        cell = (*place, f"{self.rng.choice('abcxyz')}{self.made}")
        day = date(2018, 1, 1) + timedelta(days=40 * len(self.cohorts))
        if step == "add_earlier":
            day = date(2016, 1, 1) + timedelta(days=self.rng.randrange(700))
        first_on = None if self.rng.random() < 0.2 else day
        size = self.rng.randint(5, 8) if step == "add_large" else self.rng.randint(1, 4)
        self.cohorts[cell] = Cohort({}, first_on, first_on)
        for _ in range(size):
            self._fill_in(cell)
        self._forget_empty()

    def _fill_in(self, cell: Cell) -> None:
        """Add the form of somebody who has filled in none of the cohort, nor of the place where cohorts differ."""
        county = county_of(cell[1])
        # Whoever has a code may work in several municipalities of a county; whoever has none is another person in each.
        area = cell[1] if county is None else county.id
        coded = self.coded.setdefault(area, self.rng.random() < 0.7)
        staff = [f"{area if coded else cell[1]} {number}" for number in range(STAFF)]
        differs = cell[:2] in self.stated
        busy = {
            worker.person for worker in self.world if worker.cell == cell or (differs and worker.cell[:2] == cell[:2])
        }
        free = [person for person in staff if person not in busy]
        if free:
            person = self.rng.choice(free) if coded else free[0]
            value = None if self.rng.random() < 0.1 else self.rng.choice([GOOD, BAD])
            worker = Worker(cell, person, person if coded else None, value)
            forms = self.cohorts[cell].forms | {self.made: worker}
            self.cohorts[cell] = replace(self.cohorts[cell], forms=forms)
            self.made += 1

    def _change(self, step: str, cell: Cell) -> None:
        cohort = self.cohorts[cell]
        if step == "late_form":
            self._fill_in(cell)
        elif step == "undo":
            self.gone[cell] = self.cohorts.pop(cell)
        elif step == "rename" and cohort.first_on == cohort.decided_on:
            # Under another name and another day at once nothing knows a cohort again: docs/privacy.md says so.
            name = (*cell[:2], f"{self.rng.choice('abcxyz')}{self.made}n")
            forms = {number: replace(worker, cell=name) for number, worker in self.cohorts.pop(cell).forms.items()}
            self.cohorts[name] = replace(cohort, forms=forms)
            self.made += 1
        elif step == "re_date":
            day = date(2015, 1, 1) + timedelta(days=self.rng.randrange(1500))
            self.cohorts[cell] = replace(cohort, first_on=day)
        elif step == "statement":
            people = [worker.person for worker in self.world if worker.cell[:2] == cell[:2]]
            if len(people) == len(set(people)):
                self.stated ^= {cell[:2]}
        elif step in ("correct", "delete", "supersede") and cohort.forms:
            number = self.rng.choice(sorted(cohort.forms))
            rest = {other: worker for other, worker in cohort.forms.items() if other != number}
            self.cohorts[cell] = replace(cohort, forms=rest)
            if step != "delete":
                value = self.rng.choice([GOOD, BAD])
                forms = rest | {self.made: replace(cohort.forms[number], value=value)}
                self.cohorts[cell] = replace(cohort, forms=forms)
                self.made += 1
        self._forget_empty()

    def _forget_empty(self) -> None:
        self.cohorts = {cell: cohort for cell, cohort in self.cohorts.items() if cohort.forms}

    def cubes(self, decide: bool) -> Cubes:
        """Return the count cubes of now; what waits is decided unless ``decide`` is false."""
        days = {cell: cohort.span for cell, cohort in self.cohorts.items()}
        before = {UNITS: self.decided if self.decides_once else NOTHING_DECIDED}
        # No number of people is enough for a unit that is not to be made.
        least = self.threshold if decide else 10**6
        cubes = cubes_of(self.world, self.library, least, before, days, self.stated)
        if self.decides_once:
            self.decided = cubes[UNITS]
        return cubes

    def selections(self) -> list[Selection]:
        """Return the whole, and a county, a municipality, a practice or a type of practices."""
        practice, town = self.rng.choice(PRACTICES), self.rng.choice(TOWNS)
        types, county = types_of(self.library), county_of(town)
        of_type = tuple(name for name in PRACTICES if types[name] == types[practice])
        narrower = [Selection(practices=(practice,)), Selection(practices=of_type), Selection(municipalities=(town,))]
        if county is not None:
            narrower.append(Selection(municipalities=municipalities_of(county.id)))
        return [Selection(), self.rng.choice(narrower)]

    def published(self, decide: bool = True, least: int = 0) -> Iterator[tuple[Report, int]]:
        """Yield what is published now of units, joints and areas, with the number of people who answered.

        Without ``decide`` it is of what was decided before, as in a roll-up, with ``least``, the threshold of others.
        """
        cubes, threshold = self.cubes(decide), max(self.threshold, least)
        joints, world = joints_of(cubes, FORMS, types_of(self.library)), self.world
        number = cubes[UNITS].set_index(["practice", "municipality", "cohort"])["unit"].to_dict()
        counted = joints_counted(world, joints, threshold, self.cohorts)
        # What a joint tells of its parts it is meant to tell.
        for cells in counted:
            yield self._report(cells, number[min(cells)] if self.decides_once else cells)
        rows = [
            row
            for chosen in self.selections()
            for row in told(world, cubes, self.library, Policy(threshold), chosen, careful(self.library))
        ]
        for row in sorted(rows, key=lambda row: row.name[0] in AREAS):
            one = min(row.cells)
            unit: object = (one[:2], number[one]) if self.decides_once else row.cells
            report, people = self._report(row.cells, row.name if row.name[0] in AREAS else unit)
            # What a row is of is known only if the numbers agree.
            assert (row.n, row.n - row.favourable) == (len(report.forms), report.bad), row
            yield report, people

    def _report(self, cells: frozenset[Cell], unit: object) -> tuple[Report, int]:
        forms = {number: worker for cell in cells for number, worker in answered(self.cohorts[cell]).items()}
        bad = sum(worker.value == BAD for worker in forms.values())
        return Report(frozenset(forms), bad, unit), len({worker.person for worker in forms.values()})


def answered(cohort: Cohort) -> dict[int, Worker]:
    """Return the forms with an answer."""
    return {number: worker for number, worker in cohort.forms.items() if worker.value is not None}


@dataclass
class Played:
    """A history of chance: what was published after every step, small cohorts, and reports of too few people."""

    reports: list[list[Report]] = field(default_factory=list)
    cohorts: set[frozenset[int]] = field(default_factory=set)
    few: list[tuple[Report, int]] = field(default_factory=list)


def play(seed: int, library: Library, decides_once: bool = True, steps: int = 10) -> Played:
    """Return what a history of chance publishes."""
    history = WorkingHistory(random.Random(seed), library, decides_once)
    played = Played()
    for turn in range(steps):
        step = "add" if turn < 5 else history.rng.choice(STEPS)
        history.take(step)
        least = 10 if step == "roll_up" else 0
        published = list(history.published(step != "roll_up" or not decides_once, least))
        played.reports.append([report for report, _ in published])
        played.few += [one for one in published if one[1] < max(history.threshold, least)]
        played.cohorts |= {frozenset(answered(cohort)) for cohort in history.cohorts.values()}
    played.cohorts.discard(frozenset())
    return played
