"""Imports files that were spoilt at random into a database: ``python -m tests.faults.spoilt [N] [--kind KIND]``.

Each goes the whole road of an import and is saved where anything of it can be. Prints how many ended in which way, the
slowest, the peaks of memory, what was saved otherwise than its receipt says, and every exception with its seed.
"""

import argparse
import time
import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

from sqlalchemy import func, select

from benchmarks.watch import Watch
from evaluation.bundled_files import SAMPLE_DATA
from evaluation.definitions import Library, load_library
from evaluation.importing import understand
from evaluation.intake import FileSettings, open_file
from evaluation.records import Draft, Receipt
from evaluation.store import Store, open_store
from evaluation.store.engine import transaction
from evaluation.store.schema import CONTENT, responses
from tests.faults.stored import empty_database, look
from tests.intake.mutations import mutated
from tests.intake.test_mutated import CORPUS, adds_up
from tests.postgres import DUCKDB

LARGEST = 60_000
# Half of the files say themselves what they are, of the others the worker says it.
SAID = (FileSettings(), FileSettings("sisu", "Lempäälä", "kevät 2018"))


@dataclass
class Figures:
    """How the files ended; ``faults`` are exceptions, ``unlike`` what is stored otherwise than was told."""

    outcomes: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    times: list[tuple[float, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)


def files() -> Mapping[str, bytes]:
    """Return the workbooks of the sample and the files of the corpus."""
    paths = [*sorted(SAMPLE_DATA.glob("*.xlsx")), *sorted(CORPUS.iterdir())]
    return {path.name: path.read_bytes() for path in paths if 0 < path.stat().st_size < LARGEST}


def run(url: str, tries: int, library: Library) -> Figures:
    """Spoil and import so many files."""
    figures, given, whole = Figures(), files(), set()
    store, names = open_store(url), tuple(given)
    for number in range(tries):
        chance = Random(f"spoilt {number}")
        file, other = chance.choice(names), chance.choice(names)
        kind, content = mutated(given[file], given[other], chance)
        what = f"{number} {file} ({kind})"
        figures.kinds[kind] += 1
        began = time.perf_counter()
        try:
            draft, _ = understand(open_file(content, file), store, library, SAID[number % 2])
            receipt = store.accept(draft)
        except Exception:  # noqa: BLE001 - whatever it is, it is what this program looks for
            figures.faults.append(f"{what}\n{traceback.format_exc()}")
            continue
        finally:
            figures.times.append((time.perf_counter() - began, what))
        figures.outcomes[_outcome(draft, receipt)] += 1
        if not adds_up(draft) or receipt.rows != receipt.accepted + receipt.rejected + receipt.duplicates + (
            receipt.set_aside
        ):
            figures.unlike.append(f"{what}: the rows of the receipt do not add up")
        if receipt.accepted:
            whole.add(receipt.import_id)
            figures.unlike += [f"{what}: {each}" for each in _unlike(store, draft, receipt)]
    stored = look(url)
    if stored.strays or sum(stored.imports.values()) != len(whole):
        figures.unlike.append(
            f"{stored.strays} rows of no import; {sum(stored.imports.values())} of {len(whole)} files"
        )
    return figures


def _outcome(draft: Draft, receipt: Receipt) -> str:
    """Return how a file ended, or the code of the error that refused it."""
    if not draft.readable:
        return next(problem.code for problem in draft.problems if problem.severity == "error")
    if not receipt.accepted:
        return "read, nothing new" if receipt.duplicates else "read, nothing accepted"
    return "saved in part, as told" if receipt.rejected else "saved"


def _unlike(store: Store, draft: Draft, receipt: Receipt) -> list[str]:
    """Return which tables do not hold of an import what its draft holds of the forms that were accepted."""
    with transaction(store._engine) as connection:
        own = select(responses.c.response_no).where(responses.c.import_id == receipt.import_id)
        kept = set(connection.scalars(own))
        found = {
            table.name: connection.scalar(
                select(func.count()).select_from(table).where(table.c.import_id == receipt.import_id)
            )
            for table in CONTENT
        }
    frames = {"answers": draft.answers, "open_answers": draft.texts, "attendances": draft.attendance}
    wanted = {name: int(frame["response_no"].isin(kept).sum()) for name, frame in frames.items()}
    # A form made of counts stands for none of the rows.
    rows = draft.responses[draft.responses["response_no"].isin(kept) & (draft.responses["row"] > 0)]
    wanted["responses"] = len(kept)
    unlike = [name for name, number in wanted.items() if found[name] != number]
    return [*unlike, *(["responses"] if len(rows) != receipt.accepted - _of_counts(draft, kept) else [])]


def _of_counts(draft: Draft, kept: set[int]) -> int:
    """Return how many rows of the file were counted tables that were taken."""
    made = draft.responses[draft.responses["row"] == 0]
    return draft.counted if made["response_no"].isin(kept).any() else 0


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tries", nargs="?", type=int, default=1000)
    parser.add_argument("--kind", choices=(DUCKDB, "postgresql"), default=DUCKDB)
    options = parser.parse_args()
    library = load_library()
    with empty_database(options.kind) as url, Watch() as watch:
        figures = run(url, options.tries, library)
    figures.times.sort(reverse=True)
    middle = figures.times[len(figures.times) // 2][0]
    print(f"{options.tries} files of {len(files())} in {watch.seconds:.0f} s, median {middle * 1000:.0f} ms")
    print(f"peak memory: child {watch.child:.0f} MiB, parent {watch.parent:.0f} MiB, {watch.at_start:.0f} at the start")
    print("how they were spoilt:", ", ".join(f"{kind} {number}" for kind, number in figures.kinds.most_common()))
    print("how they ended:", ", ".join(f"{code} {number}" for code, number in figures.outcomes.most_common()))
    print("slowest:", *(f"  {seconds:.2f} s  {what}" for seconds, what in figures.times[:3]), sep="\n")
    print(f"saved otherwise than told: {len(figures.unlike)}", *figures.unlike, sep="\n")
    print(f"exceptions: {len(figures.faults)}", *figures.faults, sep="\n")


if __name__ == "__main__":
    main()
