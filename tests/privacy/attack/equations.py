"""The curious colleague's mathematics: all published rows as equations in the counts behind them, solved for bounds.

The unknowns are the counts of each run: of answers by item and value, of pairs by start and end value, of people who
started and completed. The colleague knows how many people answered what in which run, the definitions and the rules.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from evaluation.definitions import Library
from evaluation.measures import COUNTY_TYPE, JOINT

Unknown = tuple[Any, ...]
Row = Mapping[str, Any]
Terms = dict[Unknown, float]

ANSWER_TABLES = ("distribution", "favourable", "mean", "retrospective")
# The counts of a change; a county's row has the first only.
CHANGES = (("improved", "favourable"), ("same", "neutral"), ("worsened", "unfavourable"))
TOLERANCE = 1e-6


@dataclass
class Equations:
    """Linear constraints on whole numbers that are not negative."""

    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def hold(self, terms: Terms, low: float, high: float | None = None) -> None:
        """Demand low ≤ Σ terms ≤ high (equal to low where no high is given); of no terms nothing is learned."""
        if terms:
            self.rows.append((terms, low, low if high is None else high))

    def solver(self) -> "Solver":
        return Solver(self)


class Solver:
    """Finds the least and greatest value of a sum of unknowns that all equations allow."""

    def __init__(self, equations: Equations) -> None:
        """Find which unknowns hang together, so that each question is solved by itself."""
        self._rows = equations.rows
        names = {name for terms, _, _ in self._rows for name in terms}
        self._index = {name: number for number, name in enumerate(sorted(names, key=repr))}
        links = [(self._index[next(iter(terms))], self._index[name]) for terms, _, _ in self._rows for name in terms]
        size = len(self._index)
        ones = np.ones(len(links))
        graph = csr_array((ones, tuple(np.array(links).T)), shape=(size, size)) if links else csr_array((size, size))
        _, self._part = connected_components(graph, directed=False) if size else (0, np.array([], dtype=int))
        self._by_part: dict[int, list[tuple[Terms, float, float]]] = defaultdict(list)
        for row in self._rows:
            self._by_part[self._part[self._index[next(iter(row[0]))]]].append(row)
        self._problems: dict[frozenset[int], tuple[dict[int, int], LinearConstraint]] = {}
        # Rows of one unit and question ask for the same sums.
        self._answers: dict[frozenset[tuple[Unknown, float]], tuple[float, float]] = {}

    def bounds(self, wanted: Iterable[Unknown]) -> tuple[float, float]:
        """Return the bounds of the sum of ``wanted``; an unknown that stands in no equation has none above."""
        return self.bounds_of(dict.fromkeys(wanted, 1.0))

    def bounds_of(self, wanted: Terms) -> tuple[float, float]:
        """Return the bounds of a sum of unknowns with factors."""
        names = list(wanted)
        if not names:
            return 0.0, 0.0
        if any(name not in self._index for name in names):
            return 0.0, float("inf")
        key = frozenset(wanted.items())
        if key not in self._answers:
            self._answers[key] = self._solved(wanted)
        return self._answers[key]

    def _solved(self, wanted: Terms) -> tuple[float, float]:
        places, limits = self._problem(frozenset(self._part[self._index[name]] for name in wanted))
        target = np.zeros(len(places))
        for name, factor in wanted.items():
            target[places[self._index[name]]] = factor
        ends = []
        for sign in (1, -1):
            result = milp(sign * target, constraints=limits, integrality=np.ones(len(places)), bounds=Bounds(0, np.inf))
            assert result.status in (0, 3), result.message
            ends.append(round(sign * result.fun) if result.status == 0 else float("inf"))
        return ends[0], ends[1]

    def _problem(self, parts: frozenset[int]) -> tuple[dict[int, int], LinearConstraint]:
        """Return where each unknown of ``parts`` stands in the problem, and its constraints; made once."""
        if parts not in self._problems:
            rows = [row for part in parts for row in self._by_part[part]]
            own = sorted({self._index[name] for terms, _, _ in rows for name in terms})
            places = {number: position for position, number in enumerate(own)}
            matrix = np.zeros((len(rows), len(own)))
            for line, (terms, _, _) in enumerate(rows):
                for name, factor in terms.items():
                    matrix[line, places[self._index[name]]] += factor
            low, high = (np.array([row[end] for row in rows], dtype=float) for end in (1, 2))
            self._problems[parts] = places, LinearConstraint(matrix, low - TOLERANCE, high + TOLERANCE)
        return self._problems[parts]


class Colleague:
    """Turns published rows into equations."""

    def __init__(self, library: Library) -> None:
        """Take the definitions, which anybody can read."""
        self._library = library

    def equations(self, tables: Iterable[list[Row]]) -> Equations:
        """Return what the rows of each view tell."""
        found = Equations()
        seen: set[str] = set()
        for rows in tables:
            scopes = self._scopes(rows)
            for row in rows:
                if not row["suppressed"]:
                    for terms, low, high in self._told(row, scopes):
                        mark = repr((sorted(terms.items(), key=repr), low, high))
                        if mark not in seen:
                            seen.add(mark)
                            found.hold(terms, low, high)
        return found

    def _scopes(self, rows: list[Row]) -> dict[Unknown, list[Row]]:
        """Return the rows of units by what they are of: a total is the sum of those that are shown beside it."""
        found: dict[Unknown, list[Row]] = defaultdict(list)
        for row in rows:
            if row["level"] == "cohort":
                for place in (row["municipality"], None):
                    found[(*_subject(row), place)].append(row)
                found[self._of_county(row, self._library.practices[row["practice"]].type)].append(row)
        return found

    def _of_county(self, row: Row, kind: str) -> Unknown:
        """Return what rows of one county and type have in common."""
        answers, family, _, *question = _subject(row)
        return (answers, family, COUNTY_TYPE, kind, row["county"], *question)

    def _told(self, row: Row, scopes: Mapping[Unknown, list[Row]]) -> Iterator[tuple[Terms, float, float]]:
        places = list(self._places(row, scopes))
        measure = row["measure"]
        if measure in ANSWER_TABLES:
            for codes, factor, value in self._answers(row):
                yield self._terms("answer", row, places, {code: factor(code) for code in codes}), value, value
        elif measure == "paired":
            yield from self._pairs(row, places)
        elif measure == "balance":
            for side in ("improved", "same", "worsened"):
                yield dict.fromkeys([("balance", *place, side) for place in places], 1.0), row[side], row[side]
        elif measure in ("started", "completed"):
            names = [(measure, *place) for place in places]
            yield dict.fromkeys(names, 1.0), row["at_least"], row["at_most"]
        elif measure == "left_early":
            left = {(name, *place): sign for place in places for name, sign in (("started", 1.0), ("completed", -1.0))}
            yield left, row["n"], row["n"]

    def _places(self, row: Row, scopes: Mapping[Unknown, list[Row]]) -> Iterator[tuple[str, ...]]:
        """Yield practice, municipality, questionnaire and run of all that a row covers."""
        if row["level"] == "cohort":
            units = [row]
        else:
            of_county = row["level"] == COUNTY_TYPE
            key = self._of_county(row, row["type"]) if of_county else (*_subject(row), row["municipality"])
            beside = scopes[key]
            told = [other for other in beside if not other["suppressed"]]
            # A total that is not the sum of what is shown holds what is not shown, too.
            units = told if _same_sum(row, told) else beside
        done = set()
        for unit in units:
            key = (unit["practice"], unit["municipality"], unit["questionnaire"])
            for run in str(unit["cohort"] or "").split(JOINT):
                if (*key, run) not in done:
                    done.add((*key, run))
                    yield (*key, run)

    def _terms(self, kind: str, row: Row, places: list[tuple[str, ...]], factors: Mapping[Any, float]) -> Terms:
        return {
            (kind, *place, row["item"], value): float(factor)
            for place in places
            for value, factor in factors.items()
            if factor
        }

    def _answers(self, row: Row) -> Iterator[tuple[Iterable[int], Callable[[int], float], float]]:
        scale = self._library.scales[str(self._library.items[row["item"]].scale)]
        every = scale.codes

        def one(_code: int) -> float:
            return 1.0

        measure = row["measure"]
        if measure == "distribution":
            kind = row["value_class"]
            if row["value_code"] is None:
                yield scale.codes_of(kind), one, row["count"]
            elif row["value_code"] in every:
                yield (row["value_code"],), one, row["count"]
        elif measure == "favourable":
            yield scale.codes_of("favourable"), one, row["favourable"]
            yield every, one, row["n"]
        elif measure == "retrospective":
            yield from ((scale.codes_of(kind), one, row[name]) for name, kind in CHANGES if name in row)
        elif measure == "mean":
            n, mean = row["n"], row["value"]
            yield every, float, mean * n
            if row["sd"] is not None:
                yield every, lambda code: float(code * code), row["sd"] ** 2 * (n - 1) + n * mean * mean

    def _pairs(self, row: Row, places: list[tuple[str, ...]]) -> Iterator[tuple[Terms, float, float]]:
        scale = self._library.scales[str(self._library.items[row["item"]].scale)]
        steps = {(start, end): (end - start) * scale.direction for start in scale.codes for end in scale.codes}
        for name, sign in (("improved", 1), ("same", 0), ("worsened", -1)):
            chosen = {pair: 1.0 for pair, step in steps.items() if np.sign(step) == sign}
            yield self._terms("pair", row, places, chosen), row[name], row[name]
        for side, name in enumerate(("start_mean", "end_mean")):
            if row[name] is not None:
                value = row[name] * row["n"]
                yield self._terms("pair", row, places, {pair: float(pair[side]) for pair in steps}), value, value


def _subject(row: Row) -> Unknown:
    # The mean of a unit of few answers is not told, but it is in the mean of the total.
    kind = "answers" if row["measure"] in ("distribution", "favourable", "mean") else row["measure"]
    return (kind, *(row[name] for name in ("family", "practice", "role", "questionnaire", "item")))


def _same_sum(total: Row, units: list[Row]) -> bool:
    """Tell whether a total can be the sum of the units shown."""
    if total["measure"] in ("started", "completed", "left_early"):
        return True
    each = {(unit["practice"], unit["municipality"], unit["cohort"]): unit["n"] for unit in units}
    return sum(each.values()) == total["n"]
