"""Reads files that were spoilt at random, as many as are asked: ``python -m benchmarks.mutated [N]``.

Prints how many ended in which way, the slowest, the peak of the child's memory, and every exception with the seed that
makes it again.
"""

import sys
import time
import traceback
from collections import Counter
from random import Random

from benchmarks.watch import Watch
from evaluation.definitions import load_library
from evaluation.intake import FileSettings, read_draft
from evaluation.records import Draft
from tests.intake.mutations import mutated
from tests.intake.test_mutated import CORPUS, adds_up

MOST = 60_000


def main() -> None:
    """Print the figures."""
    tries = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    library = load_library()
    files = {path.name: path.read_bytes() for path in sorted(CORPUS.iterdir()) if 0 < path.stat().st_size < MOST}
    given = FileSettings("sisu", "Lempäälä", "kevät 2018")
    outcomes: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    times: list[tuple[float, str]] = []
    faults: list[str] = []
    with Watch() as watch:
        for number in range(tries):
            chance = Random(f"mutated {number}")
            file, other = chance.choice(tuple(files)), chance.choice(tuple(files))
            kind, spoilt = mutated(files[file], files[other], chance)
            kinds[kind] += 1
            began = time.perf_counter()
            try:
                draft = read_draft(spoilt, file, library, given)
            except Exception:  # noqa: BLE001 - whatever it is, it is what this program looks for
                faults.append(f"{number} {file} ({kind})\n{traceback.format_exc()}")
                continue
            finally:
                times.append((time.perf_counter() - began, f"{number} {file} ({kind})"))
            outcomes[_outcome(draft)] += 1
            if not adds_up(draft):
                faults.append(f"{number} {file} ({kind}): rows {draft.rows} do not add up")
    times.sort(reverse=True)
    print(f"{tries} files in {watch.seconds:.0f} s, median {times[len(times) // 2][0] * 1000:.0f} ms")
    print(f"peak memory: child {watch.child:.0f} MiB, parent {watch.parent:.0f} MiB")
    print("how they were spoilt:", ", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    print("how they ended:", ", ".join(f"{code} {count}" for code, count in outcomes.most_common()))
    print("slowest:", *(f"  {seconds:.2f} s  {what}" for seconds, what in times[:5]), sep="\n")
    print(f"faults: {len(faults)}", *faults, sep="\n")


def _outcome(draft: Draft) -> str:
    """Return how a file ended: "read", "read in part", or the code of the error that refused it."""
    if draft.readable:
        return "read in part" if draft.rejected else "read"
    return next(problem.code for problem in draft.problems if problem.severity == "error")


if __name__ == "__main__":
    main()
