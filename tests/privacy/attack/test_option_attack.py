"""Answers without an order, and numbers: subtracting totals, units and filters reveals no part of one or two people."""

import itertools
import os
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evaluation.definitions import Library, load_library
from evaluation.measures import JOINT, Policy, publish, take_counts
from evaluation.privacy import BackgroundRule, OptionRule
from evaluation.store import Selection
from tests.own_kinds import KIPINA
from tests.privacy.attack.colleague import filters
from tests.privacy.attack.equations import Equations, Solver
from tests.privacy.attack.worlds import Form, World, stored

WORLDS = int(os.environ.get("EVALUATION_ATTACK_WORLDS", "2"))
FILTERS = 8
FORM = "kipina_feedback"
OPTIONS = ("choices.one", "choices.background", "choices.several")
Row = Mapping[str, Any]


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder: Path = tmp_path_factory.mktemp("kipina")
    (folder / "kipina.yaml").write_text(KIPINA.replace("[Akaa]", "[Akaa, Urjala]"), encoding="utf-8")
    return load_library(folder)


def small_world(seed: int, own: Library) -> World:
    """Return one or two places with a few small runs, some options much rarer than others."""
    rng = random.Random(seed)
    reasons = [item.id for item in own.items["kipina_reasons"].option_items]
    forms = []
    for place in ("Akaa", "Urjala")[: rng.choice([1, 2, 2])]:
        for year in range(2016, 2016 + rng.randint(1, 4)):
            likely = {item: rng.choice([0.0, 0.15, 0.5, 0.9]) for item in reasons}
            weights = {item: [rng.choice([1, 1, 5]) for _ in own.items[item].options] for item in ONE}
            for number in range(rng.choice([2, 4, 5, 6, 7, 8, 9, 11, 14])):
                answers = {item: int(rng.random() < share) for item, share in likely.items()}
                for item, of_item in weights.items():
                    if rng.random() < 0.92:
                        answers[item] = rng.choices(range(1, len(of_item) + 1), of_item)[0]
                answers["kipina_hours"] = rng.randint(0, 250)
                code = f"{place} {rng.choice([number, number, 3])}" if rng.random() < 0.5 else None
                forms.append(Form(
                    "kipina", place, str(year), FORM, f"{place} {year} {number}", code, date(year, 1, 1), answers,
                ))  # fmt: skip
    return tuple({(form.code or form.person, form.cohort): form for form in forms}.values())


ONE = ("kipina_day", "kipina_age", "kipina_found")


@dataclass(frozen=True)
class Finding:
    """A count that everything published tells better than it may."""

    kind: str
    of: tuple[Any, ...]
    bounds: tuple[float, float]


class OptionAttack:
    """The colleague's equations in the counts of every option in every run."""

    def __init__(self, world: World, own: Library, policy: Policy, views: Sequence[Sequence[Row]]) -> None:
        """Take everything published under several filters; the first view has all units."""
        self._world, self._own, self._policy = world, own, policy
        self._units = [row for row in views[0] if row["level"] == "cohort"]
        self._alone, self._all = self._solver([self._units]), self._solver(views)
        self.tried = 0

    def findings(self) -> list[Finding]:
        return [*self._small_units(), *self._small_parts()]

    def _codes(self, item: str) -> tuple[int, ...]:
        scale = self._own.scale_of(self._own.answered_items[item])
        assert scale is not None
        return scale.codes

    def _solver(self, views: Sequence[Sequence[Row]]) -> Solver:
        equations = Equations()
        for (place, cohort, item), values in self._answers().items():
            equations.hold({(place, cohort, item, code): 1.0 for code in self._codes(item)}, len(values))
        for rows in views:
            cells: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
            for row in rows:
                if f"{row['family']}.{row['table']}" in OPTIONS:
                    cells[row["table"], row["level"], row["municipality"], row["cohort"], row["item"]].append(row)
            for cell in cells.values():
                self._tell(equations, cell, rows)
        return equations.solver()

    def _answers(self) -> dict[tuple[str, str, str], list[int]]:
        answers: dict[tuple[str, str, str], list[int]] = defaultdict(list)
        for form in self._world:
            for item, value in form.answers.items():
                if item != "kipina_hours":
                    answers[form.municipality, form.cohort, item].append(value)
        return answers

    def _tell(self, equations: Equations, cell: Sequence[Row], view: Sequence[Row]) -> None:
        if cell[0]["suppressed"]:
            return
        item, places = cell[0]["item"], list(self._places(cell[0], view))
        listed = {1: cell[0]["count"], 0: cell[0]["n"] - cell[0]["count"]} if cell[0]["table"] == "several" else {
            row["value_code"]: row["count"] for row in cell if row["value_code"] is not None
        }  # fmt: skip
        for code, count in listed.items():
            equations.hold({(*place, item, code): 1.0 for place in places}, count)
        rest = [code for code in self._codes(item) if code not in listed]
        equations.hold(
            {(*place, item, code): 1.0 for place in places for code in rest}, cell[0]["n"] - sum(listed.values())
        )

    def _places(self, row: Row, view: Sequence[Row]) -> Iterator[tuple[str, str]]:
        """Yield municipality and run of all that a row covers: a total is of the units that are published with it."""
        if row["level"] == "cohort":
            units = [row]
        else:
            beside = [
                other
                for other in view
                if (other["table"], other["level"]) == (row["table"], "cohort")
                and other["item"].partition("/")[0] == row["item"].partition("/")[0]
                and row["municipality"] in (None, other["municipality"])
            ]
            joining = {
                (other["municipality"], other["cohort"])
                for other in beside
                if other["reason"] == "small_parts" or other.get("value_class") == "others"
            }
            left_out = ("few",) if row["table"] == "several" else ("few", "small_parts")
            units = [other for other in beside if other["item"] == row["item"] and other["reason"] not in left_out]
            if row["omitted"] > sum(other["item"] == row["item"] and other["reason"] in left_out for other in beside):
                # Units that join options are left out of the total of their place where the others hold most people.
                units = [unit for unit in units if not self._left_out(unit, units, joining)]
        yield from dict.fromkeys((unit["municipality"], run) for unit in units for run in unit["cohort"].split(JOINT))

    def _left_out(self, unit: Row, units: Sequence[Row], joining: set[tuple[str, str]]) -> bool:
        """Tell whether a unit is left out of totals, from how many people answered in each unit of its place."""
        people = {
            other["cohort"]: sum(
                len(self._answers()[other["municipality"], run, other["item"]]) for run in other["cohort"].split(JOINT)
            )
            for other in units
            if other["municipality"] == unit["municipality"]
        }
        plain = sum(n for cohort, n in people.items() if (unit["municipality"], cohort) not in joining)
        here = (unit["municipality"], unit["cohort"]) in joining
        return here and plain > 0 and 2 * plain >= sum(people.values())

    def _small_units(self) -> Iterator[Finding]:
        """Yield the units of too few people of which anything is published."""
        for row in self._units:
            if f"{row['family']}.{row['table']}" in OPTIONS and not row["suppressed"]:
                runs = [(row["municipality"], run) for run in row["cohort"].split(JOINT)]
                people = {
                    f.person for f in self._world if (f.municipality, f.cohort) in runs and row["item"] in f.answers
                }
                least = self._policy.for_background if row["table"] == "background" else self._policy
                self.tried += 1
                if len(people) < least.threshold:
                    yield Finding("small unit", (*runs, row["item"]), (len(people), least.threshold))

    def _small_parts(self) -> Iterator[Finding]:
        """Yield the small parts that come out, and whatever totals tell better than the run's own unit does."""
        units = {
            (row["municipality"], run, row["item"]): row for row in self._units for run in row["cohort"].split(JOINT)
        }
        for (place, cohort, item), values in self._answers().items():
            unit = units[place, cohort, item]
            background = unit["table"] == "background"
            n = unit["n"] if not unit["suppressed"] else len(values)
            if n >= self._policy.values_from and not background:
                continue
            least = self._policy.threshold if background else self._policy.smallest_part
            for code in self._codes(item):
                count, wanted = values.count(code), [(place, cohort, item, code)]
                bounds, alone = self._all.bounds(wanted), self._alone.bounds(wanted)
                self.tried += 1
                of_few = unit["suppressed"] and unit["reason"] == "few"
                if 0 < count < least and bounds[0] == bounds[1]:
                    yield Finding("small part", (*wanted[0],), bounds)
                elif bounds != alone and (of_few or unit["table"] != "several"):
                    yield Finding("narrowed", (*wanted[0],), bounds)


def rows_of(store: Any, own: Library, chosen: Selection, policy: Policy) -> list[Row]:
    """Return the published rows with the name of their table, which ``measures --json`` calls its family's."""
    evidence = publish(store, own, chosen, policy)
    rows = []
    for name in OPTIONS:
        table = evidence.table(name)
        frame = table.frame.astype(object).where(table.frame.notna(), None)
        rows += [row | {"table": name.partition(".")[2]} for row in frame.to_dict("records")]
    return rows


def attacked(world: World, own: Library, policy: Policy, careful: Policy | None = None) -> OptionAttack:
    store = stored(world, own)
    first, *others = filters(store)
    some = random.Random(len(world)).sample(others, min(FILTERS, len(others)))
    counts = take_counts(store, own, policy)
    views = [rows_of(counts, own, chosen, policy) for chosen in (first, *some)]
    return OptionAttack(world, own, careful or policy, views)


@pytest.mark.thorough
@pytest.mark.parametrize("threshold", [3, 5, 10])
@pytest.mark.parametrize("seed", range(WORLDS))
def test_totals_units_and_filters_tell_no_small_part(seed: int, threshold: int, own: Library) -> None:
    attack = attacked(small_world(seed, own), own, Policy(threshold))
    assert attack.findings() == []
    assert attack.tried > 10


def leaky(**values: int) -> Policy:
    policy = Policy()
    for name, value in values.items():
        object.__setattr__(policy, name, value)
    return policy


@pytest.mark.parametrize(
    ("rule", "threshold", "kind"),
    [
        ({"threshold": 1}, 5, "small unit"),
        ({"smallest_part": 1}, 5, "small part"),
        ({"threshold": 3, "background_from": 1}, 3, "small unit"),
    ],
)
def test_a_gate_that_leaks_is_found_out(rule: dict[str, int], threshold: int, kind: str, own: Library) -> None:
    worlds = (small_world(seed, own) for seed in range(40, 44))
    attacks = (attacked(world, own, leaky(**rule), Policy(threshold)) for world in worlds)
    assert any(finding.kind == kind for attack in attacks for finding in attack.findings())


def test_totals_option_by_option_over_units_that_join_some_are_found_out(own: Library) -> None:
    found = set()
    for seed in range(3):
        world = small_world(seed, own)
        store = stored(world, own)
        careful = rows_of(store, own, Selection(), Policy())
        raw = rows_of(store, own, Selection(), leaky(values_from=1))
        rows = [row for row in careful if row["level"] == "cohort"] + [row for row in raw if row["level"] != "cohort"]
        found |= {finding.kind for finding in OptionAttack(world, own, Policy(), [rows]).findings()}
    assert found & {"narrowed", "small part"}


def vectors(n: int, options: int) -> Iterator[tuple[int, ...]]:
    if options == 1:
        yield (n,)
        return
    for count in range(n + 1):
        yield from ((count, *rest) for rest in vectors(n - count, options - 1))


@pytest.mark.parametrize(
    ("rule", "sizes", "options"),
    [
        (OptionRule(3, 10), range(3, 10), range(2, 6)),
        (BackgroundRule(3), range(10, 14), range(2, 5)),
        (BackgroundRule(5), range(10, 16), range(2, 5)),
        (BackgroundRule(10), range(10, 26), range(2, 4)),
    ],
)
def test_whoever_knows_the_rule_works_no_small_part_out(rule: OptionRule, sizes: range, options: range) -> None:
    """Of every small group there can be: what is published leaves every small part at least two sizes."""
    for number, n in itertools.product(options, sizes):
        published: dict[tuple[Any, ...], list[tuple[int, ...]]] = defaultdict(list)
        for counts in vectors(n, number):
            joined = rule.joined(counts)
            if joined is not None:
                alone = tuple(count for count, is_joined in zip(counts, joined, strict=True) if not is_joined)
                rest = n - sum(alone)
                assert all(count == 0 or count >= rule.least for count in (*alone, rest)), counts
                published[joined, alone].append(counts)
        for worlds in published.values():
            for place in range(number):
                sizes_of_part = {world[place] for world in worlds}
                assert len(sizes_of_part) > 1 or not 0 < min(sizes_of_part) < rule.least, worlds
