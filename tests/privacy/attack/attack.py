"""The attack: bounds for every small cell from everything published, held against what each unit tells by itself."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.definitions import Library
from evaluation.measures import JOINT, Policy
from tests.privacy.attack.colleague import Rows
from tests.privacy.attack.equations import Colleague, Equations, Solver
from tests.privacy.attack.worlds import Form, World

CLASSES = ("favourable", "neutral", "unfavourable")


@dataclass(frozen=True)
class Finding:
    """Something the colleague found out and must not."""

    kind: str
    of: tuple[Any, ...]
    bounds: tuple[float, ...]
    allowed: tuple[float, float]


@dataclass
class Attack:
    """An attack on the published tables of one world; ``tried`` counts the cells."""

    world: World
    library: Library
    policy: Policy
    tables: Sequence[Rows]
    tried: int = 0

    def __post_init__(self) -> None:
        colleague = Colleague(self.library)
        alone = [[row for row in self.tables[0] if row["level"] == "cohort"]]
        self._alone = self._solver(colleague.equations(alone))
        self._all = self._solver(colleague.equations(self.tables))
        self._units = [row for row in alone[0] if not row["suppressed"]]
        self._by_total: dict[tuple[Any, ...], Rows] = defaultdict(list)
        for row in self._units:
            self._by_total[row["measure"], _total_of(row)].append(row)

    def findings(self) -> list[Finding]:
        """Return everything found; empty where the gate holds."""
        parts = (
            self._small_units(), self._narrowed(), self._pairs(), self._balances(), self._finer(), self._levels(),
            self._unanimous(), self._parts(),
        )  # fmt: skip
        return [finding for part in parts for finding in part]

    def _solver(self, equations: Equations) -> Solver:
        """Add what the colleague knows of old: how many answered what in each run, who registered."""
        for (kind, *cell, item), forms in self._answered().items():
            codes = self._scale(item).codes
            values = [(start, end) for start in codes for end in codes] if kind == "pair" else codes
            equations.hold({(kind, *cell, item, value): 1.0 for value in values}, len(forms))
        for cell, forms in self._registers().items():
            equations.hold({("started", *cell): 1.0}, 0, len(forms))
            equations.hold({("started", *cell): 1.0, ("completed", *cell): -1.0}, 0, len(forms))
        return equations.solver()

    def _classed(self, item: str) -> bool:
        scale = self.library.scale_of(self.library.items[item])
        return scale is not None and scale.better != "none"

    def _scale(self, item: str):
        return self.library.scales[str(self.library.items[item].scale)]

    def _answered(self) -> dict[tuple[str, ...], list[Form]]:
        """Return the forms by kind (answer, pair), cell, run and item: those with an answer on the scale."""
        found: dict[tuple[str, ...], list[Form]] = defaultdict(list)
        timings = {form.id: form.timing for form in self.library.questionnaires}
        paired = {item.id for form in self.library.questionnaires if form.timing == "start" for item in form.items}
        starts = {
            (form.practice, form.municipality, form.cohort, form.code, item)
            for form in self.world
            if timings[form.questionnaire] == "start" and form.code
            for item, value in form.answers.items()
            if value < 90
        }
        for form in self.world:
            for item, value in form.answers.items():
                if value > 90 or not self._classed(item):
                    continue
                started = (form.practice, form.municipality, form.cohort, form.code, item) in starts
                if item not in paired:
                    found["answer", *form.cell, form.cohort, item].append(form)
                elif timings[form.questionnaire] == "end" and started:
                    found["pair", *form.cell, form.cohort, item].append(form)
        return found

    def _registers(self) -> dict[tuple[str, ...], list[Form]]:
        found: dict[tuple[str, ...], list[Form]] = defaultdict(list)
        for form in self.world:
            if form.questionnaire == "attendance_register":
                found[*form.cell, form.cohort].append(form)
        return found

    def _small_units(self) -> Iterator[Finding]:
        """Yield the units of too few people of which any number is told."""
        answered = self._answered()
        for row in self._units:
            kind = {"paired": "pair", "favourable": "answer", "retrospective": "answer"}.get(row["measure"])
            if kind:
                cell = (row["practice"], row["municipality"], row["questionnaire"])
                runs = str(row["cohort"] or "").split(JOINT)
                people = {form.person for run in runs for form in answered.get((kind, *cell, run, row["item"]), [])}
                self.tried += 1
                if len(people) < self.policy.threshold:
                    yield Finding("small unit", (*cell, row["cohort"], row["item"]), (row["n"], row["n"]), (0, 0))

    def _narrowed(self) -> Iterator[Finding]:
        """Yield the classes of answers of small runs that all tables together tell better than the unit's own."""
        for (kind, *cell, item), forms in self._answered().items():
            if kind == "answer" and len({form.person for form in forms}) < self.policy.threshold:
                for name in CLASSES:
                    wanted = [("answer", *cell, item, code) for code in self._scale(item).codes_of(name)]
                    yield from self._compared("narrowed", (*cell, item, name), wanted)

    def _pairs(self) -> Iterator[Finding]:
        for (kind, *cell, item), forms in self._answered().items():
            if kind == "pair" and len(forms) < self.policy.threshold:
                codes, direction = self._scale(item).codes, self._scale(item).direction
                for name, sign in (("improved", 1), ("worsened", -1)):
                    wanted = [
                        ("pair", *cell, item, (start, end))
                        for start in codes
                        for end in codes
                        if (end - start) * direction * sign > 0
                    ]
                    yield from self._compared("narrowed pair", (*cell, item, name), wanted)

    def _balances(self) -> Iterator[Finding]:
        """Yield what change on the whole tells of few people, or of people in a question that is withheld."""
        counted: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for (kind, *cell, _), forms in self._answered().items():
            if kind == "pair":
                counted[tuple(cell)].append(len(forms))
        for cell, pairs in counted.items():
            # The colleague knows how many were matched in the run, whatever they answered.
            if max(pairs) < self.policy.threshold:
                for side in ("improved", "same", "worsened"):
                    yield from self._compared("narrowed balance", (*cell, side), [("balance", *cell, side)])
        rows = [row for row in self.tables[0] if row["level"] == "cohort" and row["measure"] == "paired"]
        withheld = {_unit_of(row) for row in rows if row["suppressed"]}
        for row in self._units:
            if row["measure"] == "balance":
                self.tried += 1
                sides = (row["improved"], row["same"], row["worsened"])
                if _unit_of(row) in withheld or sum(sides) < self.policy.threshold or sides[2] >= row["n"] - 1:
                    yield Finding("balance", _unit_of(row), sides, (0, row["n"]))

    def _compared(self, kind: str, of: tuple[Any, ...], wanted: list[Any]) -> Iterator[Finding]:
        self.tried += 1
        bounds, allowed = self._all.bounds(wanted), self._alone.bounds(wanted)
        if bounds != allowed:
            yield Finding(kind, of, bounds, allowed)

    def _finer(self) -> Iterator[Finding]:
        """Yield the answers of units of few answers of which more than the class is told."""
        totals = {_total_of(row) for row in self.tables[0] if _full_total(row)}
        for row in self._units:
            if row["measure"] not in ("distribution", "retrospective") or row["n"] >= self.policy.values_from:
                continue
            if _total_of(row) in totals and self._pool(row) >= self.policy.values_from:
                continue
            cell = (row["practice"], row["municipality"], row["questionnaire"])
            runs = str(row["cohort"] or "").split(JOINT)
            for name in CLASSES:
                codes = self._scale(row["item"]).codes_of(name)
                if len(codes) < 2:
                    continue
                count = self._all.bounds([("answer", *cell, run, row["item"], code) for run in runs for code in codes])
                for code in codes:
                    self.tried += 1
                    bounds = self._all.bounds([("answer", *cell, run, row["item"], code) for run in runs])
                    if bounds != (0, count[1]):
                        yield Finding("finer", (*cell, row["cohort"], row["item"], code), bounds, (0, count[1]))

    def _levels(self) -> Iterator[Finding]:
        """Yield the units of few matched people of whom it is told where they stood."""
        for row in self._units:
            if row["measure"] == "paired" and row["n"] < self.policy.values_from:
                self.tried += 1
                if row["start_mean"] is not None:
                    yield Finding("levels", _unit_of(row), (row["start_mean"], row["end_mean"]), (0, 0))

    def _pool(self, row: dict[str, Any]) -> int:
        """Return the answers of all units of a place that are told in classes only."""
        same = {other["cohort"]: other["n"] for other in self._by_total[row["measure"], _total_of(row)]}
        return sum(n for n in same.values() if n < self.policy.values_from)

    def _unanimous(self) -> Iterator[Finding]:
        """Yield the units of which it comes out that nearly all answered badly to something sensitive."""
        cells: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for row in self.tables[0]:
            if row["level"] == "cohort" and row["measure"] in ("favourable", "retrospective"):
                key = (row["practice"], row["municipality"], row["questionnaire"], row["item"])
                cells[key].add(str(row["cohort"] or ""))
        answered = self._answered()
        for (*cell, item), units in cells.items():
            dimension = self.library.items[item].dimension
            if dimension is None or not self.library.dimensions[dimension].sensitive:
                continue
            for unit in units:
                runs = unit.split(JOINT)
                n = sum(len(answered.get(("answer", *cell, run, item), [])) for run in runs)
                bad = self._scale(item).codes_of("unfavourable")
                self.tried += 1
                bounds = self._all.bounds([("answer", *cell, run, item, code) for run in runs for code in bad])
                if n > 1 and bounds[0] >= n - 1:
                    yield Finding("unanimous", (*cell, unit, item), bounds, (n - 1, n))

    def _parts(self) -> Iterator[Finding]:
        """Yield the units of which the number who left or completed comes out though it is one or two."""
        for (*cell, run), forms in self._registers().items():
            if len(forms) < self.policy.threshold:
                continue
            started, completed = ("started", *cell, run), ("completed", *cell, run)
            n = len(forms)
            came = sum(1 in form.marks.values() or form.answers.get("completed") == 1 for form in forms)
            if self._end_forms(cell[0], cell[1], run) in {came - 1, came - 2, 1, 2}:
                # As many end forms are published beside it: whoever reads both knows, and no range says otherwise.
                continue
            parts = {
                "left": self._all.bounds_of({started: 1.0, completed: -1.0}),
                "completed": self._all.bounds([completed]),
            }
            for name, bounds in parts.items():
                self.tried += 1
                if bounds[0] == bounds[1] and 0 < bounds[0] < self.policy.smallest_part:
                    yield Finding("small part", (*cell, run, name), bounds, (0, n))

    def _end_forms(self, practice: str, municipality: str, run: str) -> int:
        """Return how many end forms of a run are published, of the form with most of them."""
        ends = {form.id for form in self.library.questionnaires if form.role == "client" and form.timing == "end"}
        place = (practice, municipality, run)
        numbers = Counter(
            form.questionnaire
            for form in self.world
            if form.questionnaire in ends and (form.practice, form.municipality, form.cohort) == place
        )
        most = max(numbers.values(), default=0)
        return most if most >= self.policy.threshold else 0


def _unit_of(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["practice"], row["municipality"], row["questionnaire"], row["cohort"]


def _total_of(row: dict[str, Any]) -> tuple[Any, ...]:
    return row["family"], row["practice"], row["municipality"], row["questionnaire"], row["item"]


def _full_total(row: dict[str, Any]) -> bool:
    return row["level"] == "practice" and row["measure"] == "distribution" and row["value_code"] not in (None, 98, 99)
