"""Several processes of several threads import at once: ``python -m tests.faults.side_by_side [duckdb|postgresql]``.

Every thread imports files of its own and, in an order of its own, files that all the others import too. Prints how
often each was saved, whether the sums agree, and how often somebody was told to wait.
"""

import argparse
import multiprocessing
import multiprocessing.connection
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from random import Random

from evaluation.store import Store, StoreBusyError, open_store
from tests.faults.drafts import ITEMS, draft
from tests.faults.stored import Stored, empty_database, look, whole
from tests.postgres import DUCKDB

SHARED = 4
OWN = 2
FORMS = 50
# Who is told to wait tries so often again.
TRIES = 100


# What a process tells: how many forms of each file were saved, how often it waited, its time; or what went wrong.
Told = tuple[Counter[str], int, float] | str


@dataclass(frozen=True)
class Figures:
    """What came of it; ``accepted`` is by file how many forms all receipts together say were saved."""

    stored: Stored
    accepted: Counter[str]
    waits: int
    files: int
    seconds: float

    @property
    def agree(self) -> bool:
        """Tell whether every file is saved once, whole, and as the receipts say."""
        expected = whole(FORMS, len(ITEMS))
        return (
            len(self.stored.imports) == self.files
            and set(self.stored.imports.values()) == {1}
            and all(rows == expected for rows in self.stored.rows.values())
            and set(self.accepted.values()) == {FORMS}
            and self.stored.strays == 0
        )


def run(url: str, processes: int, threads: int) -> Figures:
    """Let all import at once, and count."""
    context = multiprocessing.get_context("spawn")
    barrier, told = context.Barrier(processes), context.SimpleQueue()
    children = [context.Process(target=_process, args=(url, each, threads, barrier, told)) for each in range(processes)]
    for child in children:
        child.start()
    said = list(_heard(children, told))
    if died := [child.exitcode for child in children if child.exitcode]:
        raise RuntimeError(f"processes ended with {died}")
    if faults := [each for each in said if isinstance(each, str)]:
        raise RuntimeError(faults[0])
    accepted: Counter[str] = Counter()
    for receipts, _, _ in said:
        accepted.update(receipts)
    files = SHARED + processes * threads * OWN
    return Figures(look(url), accepted, sum(waits for _, waits, _ in said), files, max(each for *_, each in said))


def _heard(children: list[SpawnProcess], told: "SimpleQueue[Told]") -> Iterator[Told]:
    """Yield what the processes tell until all have ended: one that dies tells nothing."""
    left = list(children)
    while left or not told.empty():
        if not told.empty():
            yield told.get()
            continue
        multiprocessing.connection.wait([child.sentinel for child in left], timeout=0.2)
        for child in [each for each in left if not each.is_alive()]:
            child.join()
            left.remove(child)
            if child.exitcode:
                # The others would wait for it at the barrier for ever.
                for other in left:
                    other.terminate()


def _process(url: str, number: int, threads: int, barrier: Barrier, told: "SimpleQueue[Told]") -> None:
    """Import with ``threads`` at once; tell what the receipts say, how often somebody had to wait, and the time."""
    barrier.wait()
    began = time.perf_counter()
    try:
        with ThreadPoolExecutor(threads) as pool:
            done = list(pool.map(lambda each: _import_all(url, number * threads + each), range(threads)))
    except Exception:  # noqa: BLE001 - whatever it is, it is what this program looks for
        told.put(traceback.format_exc())
        return
    accepted: Counter[str] = Counter()
    for receipts, _ in done:
        accepted.update(receipts)
    told.put((accepted, sum(waits for _, waits in done), time.perf_counter() - began))


def _import_all(url: str, number: int) -> tuple[Counter[str], int]:
    files = [*range(SHARED), *(1000 + number * OWN + each for each in range(OWN))]
    Random(number).shuffle(files)
    accepted: Counter[str] = Counter()
    waits = 0
    for file in files:
        forms, waited = _import(url, file)
        accepted.update({f"file {file}.xlsx": forms})
        waits += waited
    return accepted, waits


def _import(url: str, file: int) -> tuple[int, int]:
    """Import one file, again and again while told to wait; return the forms saved and how often that was."""
    for waits in range(TRIES):
        try:
            store: Store = open_store(url)
            return store.accept(draft(file, FORMS)).accepted, waits
        except StoreBusyError:
            continue
    raise StoreBusyError("store.busy")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kind", nargs="?", choices=(DUCKDB, "postgresql"), default=DUCKDB)
    parser.add_argument("--processes", type=int, default=4)
    parser.add_argument("--threads", type=int, default=4)
    options = parser.parse_args()
    with empty_database(options.kind) as url:
        figures = run(url, options.processes, options.threads)
    tried = options.processes * options.threads * (SHARED + OWN)
    print(f"{options.processes} processes of {options.threads} threads, {tried} imports of {figures.files} files")
    print(f"each file saved once and whole, sums as the receipts say: {'yes' if figures.agree else 'NO'}")
    print(f"forms stored: {sum(rows['responses'] for rows in figures.stored.rows.values())}")
    print(f"told that the database is busy, tried again: {figures.waits}; {figures.seconds:.1f} s")


if __name__ == "__main__":
    main()
