"""Prints how often the intervals hold the truth at the sizes of small groups, and how often chance is called a finding.

Coverage of shares, differences and net shares is exact: every outcome counted with its chance. The rest is drawn at
random, seeded. Run with: python -m benchmarks.coverage
"""

import time
from collections.abc import Callable, Iterable, Sequence
from itertools import product

import numpy as np
from scipy.stats import beta, binom, multinomial

from evaluation.statistics.multiplicity import holm
from evaluation.statistics.nps import net_interval
from evaluation.statistics.paired import rank_biserial, signed_rank
from evaluation.statistics.pooling import pooled_shares
from evaluation.statistics.proportions import newcombe, normal_quantile, trend_of_shares, wilson
from evaluation.statistics.reliability import weighted_kappa
from evaluation.statistics.start_adjustment import adjusted_change
from evaluation.statistics.unit_differences import HIGHER, LOWER, TOO_FEW, compare_change, compare_shares

SIZES = (5, 8, 12, 30)
SHARES = np.round(np.arange(0.05, 1, 0.05), 2)
Z = normal_quantile(0.95)
SEED = 5
STEPS = np.arange(-4, 5)
# Shares of people by step from −4 to 4: no change, a little better, much better, all but one kind of step.
CHANGES = {
    "no change": (0, 0, 0.05, 0.2, 0.5, 0.2, 0.05, 0, 0),
    "a little": (0, 0, 0.05, 0.1, 0.4, 0.3, 0.15, 0, 0),
    "much": (0, 0, 0, 0.05, 0.15, 0.4, 0.25, 0.1, 0.05),
    "one step": (0, 0, 0, 0.1, 0, 0.9, 0, 0, 0),
}
Ends = tuple[np.ndarray, np.ndarray]


def main() -> None:
    """Print all figures."""
    began = time.perf_counter()
    generator = np.random.default_rng(SEED)
    _table("One share, 0.05 … 0.95: coverage in %, mean and least", {"Wilson": wilson, "Wald": _wald}, _share_coverage)
    _table("Difference of two shares", {"Newcombe": newcombe, "Wald": _wald_difference}, _difference_coverage)
    nets = {"score (used)": net_interval, "adjusted Wald": _adjusted_wald, "Wald": _wald_net}
    _table("Net share (NPS, net change)", nets, _net_coverage)
    _ranks(generator)
    _kappas(generator)
    _pooled(generator)
    _trends(generator)
    _signed_ranks(generator)
    _null_of_shares(generator)
    _null_of_change(generator)
    print(f"\n{time.perf_counter() - began:.0f} s")


def _table(title: str, methods: dict[str, Callable[..., Ends]], cover: Callable[..., np.ndarray]) -> None:
    print(f"\n{title}")
    for name, method in methods.items():
        _line(name, ((n, cover(method, n)) for n in SIZES))


def _line(name: str, found: Iterable[tuple[int, np.ndarray]]) -> None:
    told = [f"n={n}: {100 * part.mean():.1f} ({100 * part.min():.1f})" for n, part in found]
    print(f"  {name:<16}" + "  ".join(told))


def _share_coverage(interval: Callable[..., Ends], n: int) -> np.ndarray:
    x = np.arange(n + 1)
    low, high = interval(x, np.full(n + 1, n))
    return np.array([binom.pmf(x, n, p)[(low <= p) & (p <= high)].sum() for p in SHARES])


def _wald(x: np.ndarray, n: np.ndarray) -> Ends:
    half = Z * np.sqrt(x / n * (1 - x / n) / n)
    return x / n - half, x / n + half


def _difference_coverage(interval: Callable[..., Ends], n: int) -> np.ndarray:
    x, y = (each.ravel() for each in np.meshgrid(np.arange(n + 1), np.arange(n + 1)))
    low, high = interval(x, np.full(len(x), n), y, np.full(len(x), n))
    return np.array(
        [
            (binom.pmf(x, n, p) * binom.pmf(y, n, q))[(low <= p - q + 1e-12) & (p - q <= high + 1e-12)].sum()
            for p, q in product(SHARES[::2], SHARES[::2])
        ]
    )


def _wald_difference(x: np.ndarray, n: np.ndarray, y: np.ndarray, m: np.ndarray) -> Ends:
    half = Z * np.sqrt(x / n * (1 - x / n) / n + y / m * (1 - y / m) / m)
    return x / n - y / m - half, x / n - y / m + half


def _net_coverage(interval: Callable[..., Ends], n: int) -> np.ndarray:
    outcomes = np.array([(b, c) for b in range(n + 1) for c in range(n + 1 - b)])
    b, c = outcomes.T
    low, high = interval(b, c, np.full(len(b), n))
    cells = np.column_stack([b, c, n - b - c])
    truths = [(p, q) for p in SHARES[::2] for q in SHARES[::2] if p + q <= 1]
    return np.array(
        [
            multinomial.pmf(cells, n, (p, q, max(1 - p - q, 0)))[(low <= p - q + 1e-12) & (p - q <= high + 1e-12)].sum()
            for p, q in truths
        ]
    )


def _wald_net(b: np.ndarray, c: np.ndarray, n: np.ndarray) -> Ends:
    half = Z * np.sqrt(np.maximum((b + c) / n - ((b - c) / n) ** 2, 0) / n)
    return (b - c) / n - half, (b - c) / n + half


def _adjusted_wald(b: np.ndarray, c: np.ndarray, n: np.ndarray) -> Ends:
    return _wald_net(b + 0.75, c + 0.75, n + 3)


def _true_effect(shares: Sequence[float]) -> float:
    """Return the rank-biserial value of very many people."""
    counts = np.rint(1e6 * np.asarray(shares))
    return rank_biserial(signed_rank(STEPS, counts)).value


def _ranks(generator: np.random.Generator, draws: int = 1000) -> None:
    print("\nMatched-pairs rank-biserial effect: coverage in %, mean and least over kinds of change")
    used: dict[int, list[float]] = {n: [] for n in SIZES}
    usual: dict[int, list[float]] = {n: [] for n in SIZES}
    for n, shares in product(SIZES, CHANGES.values()):
        truth = _true_effect(shares)
        tests = [signed_rank(STEPS, counts) for counts in generator.multinomial(n, shares, size=draws)]
        effects = [rank_biserial(test) for test in tests]
        used[n].append(float(np.mean([effect.low <= truth <= effect.high for effect in effects])))
        r = np.array([effect.value for effect in effects])
        half = Z * np.sqrt(n * (n + 1) * (2 * n + 1) / 6) / (n * (n + 1) / 2)
        with np.errstate(divide="ignore"):
            low, high = np.tanh(np.arctanh(r) - half), np.tanh(np.arctanh(r) + half)
        usual[n].append(float(np.mean((low <= truth) & (truth <= high))))
    _line("score (used)", ((n, np.array(part)) for n, part in used.items()))
    _line("tanh of atanh", ((n, np.array(part)) for n, part in usual.items()))


def _kappas(generator: np.random.Generator, draws: int = 1500) -> None:
    print("\nLinear weighted kappa of 3 × 3 classes: coverage in %, mean and least over three tables")
    counts = ([[3, 1, 0], [1, 4, 1], [0, 1, 6]], [[2, 1, 1], [1, 3, 2], [1, 2, 4]], [[1, 1, 0], [0, 2, 1], [0, 1, 9]])
    tables = [np.array(each, dtype=float) / np.sum(each) for each in counts]
    for_sizes = {}
    for n in (*SIZES, 100):
        parts = []
        for table in tables:
            truth = weighted_kappa(table * 1e6).value
            found = [weighted_kappa(each.reshape(3, 3)) for each in generator.multinomial(n, table.ravel(), size=draws)]
            known = [each for each in found if np.isfinite(each.value)]
            parts.append(float(np.mean([each.low <= truth <= each.high for each in known])))
        for_sizes[n] = np.array(parts)
    _line("large-sample", for_sizes.items())


def _pooled(generator: np.random.Generator, draws: int = 300) -> None:
    print("\nShrunk shares of 6 units, true shares Beta: coverage in %, (error of shrunk / error of raw shares)")
    for alpha, other in ((40, 10), (8, 2), (3, 3)):
        told = []
        for n in SIZES:
            truths = beta.rvs(alpha, other, size=(draws, 6), random_state=generator)
            counts = generator.binomial(n, truths)
            found = [pooled_shares(each, np.full(6, n)) for each in counts]
            held = np.mean([(one.low <= t) & (t <= one.high) for one, t in zip(found, truths, strict=True)])
            shrunk = np.mean([(one.value - t) ** 2 for one, t in zip(found, truths, strict=True)])
            told.append(f"n={n}: {100 * held:.1f} ({shrunk / np.mean((counts / n - truths) ** 2):.2f})")
        print(f"  Beta({alpha}, {other}):".ljust(18) + "  ".join(told))


def _trends(generator: np.random.Generator, draws: int = 1000) -> None:
    print("\nTrend over 4 periods of n answers: coverage in % of the slope's interval, mean and least over 5 trends")
    found = {}
    for n in SIZES:
        parts = []
        for start, slope in ((0.5, 0.0), (0.8, 0.0), (0.9, 0.0), (0.4, 0.1), (0.6, 0.1)):
            counts = generator.binomial(n, start + slope * np.arange(4), size=(draws, 4))
            trends = [trend_of_shares(each, np.full(4, n), np.arange(4)) for each in counts]
            parts.append(float(np.mean([one.low <= slope <= one.high for one in trends])))
        found[n] = np.array(parts)
    _line("interval", found.items())


def _signed_ranks(generator: np.random.Generator, draws: int = 1000) -> None:
    print("\nNo change at all: part of cases in % where p < 0.05, one question, and any of five questions after Holm")
    shares = np.array(CHANGES["no change"])
    one, five, found = [], [], []
    for n in SIZES:
        p = np.array([signed_rank(STEPS, each).p for each in generator.multinomial(n, shares, size=5 * draws)])
        one.append(f"n={n}: {100 * np.mean(p < 0.05):.1f}")
        five.append(f"n={n}: {100 * np.mean([holm(each).min() < 0.05 for each in p.reshape(draws, 5)]):.1f}")
        much = generator.multinomial(n, np.array(CHANGES["much"]), size=draws)
        found.append(f"n={n}: {100 * np.mean([signed_rank(STEPS, each).p < 0.05 for each in much]):.1f}")
    print("  one question    " + "  ".join(one))
    print("  any of five     " + "  ".join(five))
    print("  for comparison, much change is found: " + "  ".join(found))


def _null_of_shares(generator: np.random.Generator, draws: int = 250) -> None:
    print("\nComparison of shares, no true difference: part of comparisons in % in which any unit is said to differ")
    for units, share in product((3, 8), (0.5, 0.8, 0.95)):
        told = []
        for n in (12, 30, 100):
            verdicts = [
                compare_shares(each, np.full(units, n)).verdict for each in generator.binomial(n, share, (draws, units))
            ]
            told.append(f"n={n}: {100 * np.mean([HIGHER in each or LOWER in each for each in verdicts]):.1f}")
        print(f"  {units:>2} units, {share}:".ljust(18) + "  ".join(told))
    told = []
    for n in (12, 30, 100):
        drawn = generator.binomial(n, [0.5, *[0.85] * 5], (draws, 6))
        verdicts = [compare_shares(each, np.full(6, n)).verdict[0] for each in drawn]
        told.append(f"n={n}: {100 * np.mean([each not in ('not_apart', TOO_FEW) for each in verdicts]):.1f}")
    print("  one unit at 0.5 among five at 0.85 is found: " + "  ".join(told))


def _null_of_change(generator: np.random.Generator, draws: int = 300) -> None:
    print("\nComparison of change over 4 units, nothing truly differs: any unit said to differ, in %")
    for name, draw in (("low by nature", _low_by_nature), ("taken in when low", _taken_in_when_low)):
        for n in (12, 30, 100):
            told = np.array([_said_of_change(*draw(generator, 4, n)) for _ in range(draws)]).mean(axis=0)
            parts = zip(("as it is", "adjusted", "both (used)"), told, strict=True)
            spoken = "  ".join(f"{kind}: {100 * part:.1f}" for kind, part in parts)
            print(f"  one unit's people {name}, n={n}:".ljust(46) + spoken)


Drawn = tuple[np.ndarray, np.ndarray, np.ndarray]


def _answers(generator: np.random.Generator, level: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(level + generator.normal(0, 0.7, len(level))), 1, 5)


def _low_by_nature(generator: np.random.Generator, units: int, n: int) -> Drawn:
    unit = np.repeat(np.arange(units), n)
    level = generator.normal(np.where(unit == 0, 2.2, 3.2), 0.8)
    return unit, _answers(generator, level), _answers(generator, level)


def _taken_in_when_low(generator: np.random.Generator, units: int, n: int) -> Drawn:
    """Units are of the same people, but one takes in only those who answer 2 or less at start."""
    level = generator.normal(3, 0.8, units * n * 12)
    start = _answers(generator, level)
    first = np.flatnonzero(start <= 2)[:n]
    others = np.setdiff1d(np.arange(len(level)), first)[: (units - 1) * n]
    kept = np.concatenate([first, others])
    return np.repeat(np.arange(units), n), start[kept], _answers(generator, level[kept])


def _said_of_change(unit: np.ndarray, start: np.ndarray, end: np.ndarray) -> tuple[bool, bool, bool]:
    """Return whether any unit is said to differ: by change as it is, by adjusted change, by both."""
    one = np.ones(len(unit))
    single = [
        found.heterogeneity.p < 0.05 and holm(found.p).min() < 0.05
        for found in (adjusted_change(unit, starts, end - start, one) for starts in (np.ones_like(start), start))
    ]
    both = compare_change(unit, start, end - start, one)
    return single[0], single[1], both is not None and bool({HIGHER, LOWER} & set(both.verdict))


if __name__ == "__main__":
    main()
