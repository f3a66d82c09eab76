"""Prints how often small groups are said to have changed, on the whole and by question, and how often by chance.

Drawn at random, seeded: people with a level of their own answer four questions from 1 to 5 at start and at the end. Run
with: python -m benchmarks.gatekeeper
"""

import time
from dataclasses import dataclass
from functools import cache

import numpy as np

from evaluation.statistics.multiplicity import after_gatekeeper, holm
from evaluation.statistics.paired import sign_test, signed_rank

SIZES = (5, 6, 7, 8, 10, 12)
QUESTIONS, DRAWS, SEED = 4, 4000, 19
ALPHA = 0.05


@dataclass(frozen=True)
class World:
    """How people change between two answers, on the latent scale of the answers, and which answers are missing.

    ``common`` is the spread of what happens to a person in all questions alike, ``own`` that of the questions;
    ``skipped`` the share of answers that are missing, and ``bad_skipped`` that of unfavourable answers at the end.
    """

    rise: tuple[float, ...] = (0.0,) * QUESTIONS
    common: float = 0.5
    own: float = 0.7
    skipped: float = 0.0
    bad_skipped: float = 0.0


NULLS = {
    "nothing changed": World(),
    "alike in all questions": World(common=1.0, own=0.3),
    "10 % of answers missing": World(skipped=0.1),
    "25 % of answers missing": World(skipped=0.25),
    "30 % of bad answers at the end missing": World(bad_skipped=0.3),
}
CHANGES = {
    "a little in all questions": World((0.6,) * QUESTIONS),
    "much in all questions": World((1.2,) * QUESTIONS),
    "much in two questions": World((1.2, 1.2, 0.0, 0.0)),
    "much in one question": World((1.6, 0.0, 0.0, 0.0)),
    "much, 25 % missing": World((1.2,) * QUESTIONS, skipped=0.25),
}
HEADS = ("on the whole", "any question, after it", "any question, Holm", "any of the two")


def main() -> None:
    """Print all figures."""
    began = time.perf_counter()
    generator = np.random.default_rng(SEED)
    for title, worlds in (("Nothing has changed: said to have, %", NULLS), ("Changed: found, %", CHANGES)):
        print(f"\n{title} ({QUESTIONS} questions, {DRAWS} draws)")
        print(f"  {'':<42}{'':<24}" + "".join(f"n={n:<6}" for n in SIZES))
        for name, world in worlds.items():
            shares = np.array([said(world, n, generator) for n in SIZES]).T
            for head, line in zip(HEADS, shares, strict=True):
                print(f"  {name:<42}{head:<24}" + "".join(f"{100 * share:<8.1f}" for share in line))
    print(f"\n{time.perf_counter() - began:.0f} s")


def said(world: World, n: int, generator: np.random.Generator, draws: int = DRAWS) -> tuple[float, ...]:
    """Return the shares of draws in which change is said, by HEADS: by the procedure, and by Holm alone."""
    found = np.zeros(len(HEADS))
    for _ in range(draws):
        steps = drawn(world, n, generator)
        whole, after, alone = verdicts(steps)
        found += (whole, after, alone, whole or after)
    return tuple((found / draws).tolist())


def drawn(world: World, n: int, generator: np.random.Generator) -> np.ndarray:
    """Return the steps of n people in the questions, missing where an answer is."""
    level = generator.normal(3, 0.8, (n, 1))
    happened = generator.normal(0, world.common, (n, 1)) + np.array(world.rise)
    start, end = (
        np.clip(np.rint(latent + generator.normal(0, world.own, (n, QUESTIONS))), 1, 5)
        for latent in (level - happened / 2, level + happened / 2)
    )
    missing = generator.random((2, n, QUESTIONS)) < world.skipped
    bad = (end < 3) & (generator.random((n, QUESTIONS)) < world.bad_skipped)
    return np.where(missing.any(axis=0) | bad, np.nan, end - start)


def verdicts(steps: np.ndarray) -> tuple[bool, bool, bool]:
    """Return whether change is said on the whole, of any question after that, and of any question by Holm alone."""
    balance = np.nansum(np.sign(steps), axis=1)
    counted = 2 * (~np.isnan(steps)).sum(axis=1) >= QUESTIONS
    better, worse = (int((counted & (side * balance > 0)).sum()) for side in (1, -1))
    gate = float(sign_test([better], [worse])[0])
    p = [_p(tuple(sorted(question[~np.isnan(question)].tolist()))) for question in steps.T]
    after = after_gatekeeper([gate], p, np.zeros(QUESTIONS, dtype=int))
    return gate < ALPHA, bool((after < ALPHA).any()), bool((holm(p) < ALPHA).any())


@cache
def _p(steps: tuple[float, ...]) -> float:
    return signed_rank(steps, np.ones(len(steps))).p if steps else np.nan


if __name__ == "__main__":
    main()
