"""Kills a process in the middle of its imports, again and again: ``python -m tests.faults.killed [KIND] [-n TIMES]``.

After each kill it counts what is stored: every file whole or not at all, and every one whose import was told as done.
The next process begins with the file that the killed one was at.
"""

import argparse
import multiprocessing
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from multiprocessing.connection import Connection
from random import Random

from evaluation.store import open_store
from tests.faults.drafts import ITEMS, draft
from tests.faults.stored import empty_database, look, whole
from tests.postgres import DUCKDB

FORMS = 300


@dataclass
class Figures:
    """How the kills came out."""

    kills: int = 0
    at_work: int = 0
    accepted: int = 0
    untold: int = 0
    half: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def run(url: str, times: int, seed: str = "killed") -> Figures:
    """Kill so many processes, each at a random moment of its first imports."""
    chance, figures = Random(seed), Figures()
    told: set[str] = set()
    typical = _time_of_one(url, told)
    number = 1
    for _ in range(times):
        begun, done = _killed(url, number, chance.uniform(0, 2 * typical))
        told |= {_name(each) for each in done}
        figures.kills += 1
        figures.at_work += begun not in done
        stored = look(url)
        figures.half += [file for file, rows in stored.rows.items() if rows != whole(FORMS, len(ITEMS))]
        figures.half += ["rows of no import"] if stored.strays else []
        figures.lost += [file for file in told if stored.imports.get(file) != 1]
        figures.untold += begun not in done and _name(begun) in stored.imports
        number = begun + (begun in done)
    figures.accepted = len(told)
    return figures


def _killed(url: str, first: int, delay: float) -> tuple[int, set[int]]:
    """Let a process import from file ``first`` on, kill it, and return the file it was at and those told as done."""
    context = multiprocessing.get_context("forkserver")
    # So that a new process is there at once and does not read the libraries in anew.
    context.set_forkserver_preload([__name__])
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_import_on, args=(url, first, theirs))
    child.start()
    theirs.close()
    said = _said(ours)
    begun, done = next(said)[1], set()
    deadline = time.monotonic() + delay
    while (left := deadline - time.monotonic()) > 0:
        if ours.poll(left):
            begun = _noted(next(said), begun, done)
    os.kill(child.pid, signal.SIGKILL)
    child.join()
    for each in said:
        begun = _noted(each, begun, done)
    return begun, done


def _said(ours: Connection) -> Iterator[tuple[str, int]]:
    """Give what the process says, also what it said before it was killed."""
    try:
        while True:
            yield ours.recv()
    except (EOFError, OSError):
        return


def _noted(said: tuple[str, int], begun: int, done: set[int]) -> int:
    what, number = said
    if what == "done":
        done.add(number)
        return begun
    return number


def _import_on(url: str, first: int, theirs: Connection) -> None:
    store = open_store(url)
    for number in count(first):
        file = draft(number, FORMS)
        theirs.send(("begun", number))
        store.accept(file)
        theirs.send(("done", number))


def _time_of_one(url: str, told: set[str]) -> float:
    """Import one file whole; return how long that took."""
    store, file = open_store(url), draft(0, FORMS)
    began = time.perf_counter()
    store.accept(file)
    told.add(file.file)
    return time.perf_counter() - began


def _name(number: int) -> str:
    return f"file {number}.xlsx"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", nargs="?", choices=(DUCKDB, "postgresql"), default=DUCKDB)
    parser.add_argument("-n", type=int, default=100, metavar="TIMES")
    options = parser.parse_args()
    with empty_database(options.kind) as url:
        figures = run(url, options.n)
    print(f"processes killed: {figures.kills}, of them in the middle of an import: {figures.at_work}")
    print(f"imports told as done: {figures.accepted}, lost of them: {len(figures.lost)}")
    print(f"files saved in part: {len(figures.half)}")
    print(f"killed after all was saved and before it was told: {figures.untold}")


if __name__ == "__main__":
    main()
