"""Lets many readers use the dashboard at once: ``python -m benchmarks.sessions [READERS ...] [--rounds N]``.

The dashboard is served as ``evaluation dashboard`` serves it, with the sample data. Each reader has a language, a
municipality and a practice of their own, and goes from page to page. What each page shows them is compared, word for
word, table for table and drawing for drawing, with what the same page showed one who was alone. Prints how long a rerun
took at the median and at the 95th percentile, and every difference and error.
"""

import argparse
import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.client import Reader, Shown, reader
from evaluation.definitions import load_library
from evaluation.i18n import Translator, languages
from evaluation.samples import load_samples
from evaluation.store import open_store

# Who looks at what: a place and a practice there, none twice.
VIEWS = (
    ("Lempäälä", "sisu"), ("Tampere", "fyrkkaa"), ("Ylöjärvi", "ylojarvi_group"), ("Hämeenkyrö", "hameenkyro_groups"),
    ("Nokia", "solmut_auki"), ("Kangasala", "asumisneuvonta"), ("Sastamala", "neuvonta"),
)  # fmt: skip
LATER = ("comparison", "trend", "start", "overview")
STARTING = 120

# What the browser of a reader says of itself, by the number of the reader: where readers sign in, their cookie.
Headers = Callable[[int], Mapping[str, str]]


@dataclass(frozen=True)
class Wish:
    """What a reader looks at."""

    language: str
    place: str
    practice: str


@dataclass
class Figures:
    """How long the reruns of all readers took, and what was not as it is for one alone."""

    seconds: list[float] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)


def wishes(number: int) -> list[Wish]:
    """Return as many wishes; every language meets every view."""
    return [Wish(languages()[each % len(languages())], *VIEWS[each % len(VIEWS)]) for each in range(number)]


async def journey(one: Reader, wish: Wish) -> Mapping[str, Shown]:
    """Go from page to page, choosing on the way; return what each step showed."""
    t = Translator(wish.language)
    steps = {"overview": await one.open("overview", f"lang={wish.language}")}
    place = steps["overview"].find("multiselect", t("dashboard.filter_municipality"))
    steps["place"] = await one.choose("string_array_value", place, [wish.place])
    # From here on the address says nothing: language and place are remembered of the session alone.
    opened = await one.open("practice")
    practice = opened.find("selectbox", t("charts.column_practice"))
    name = t.label(load_library().practices[wish.practice].name.root)
    steps["practice"] = await one.choose("string_value", practice, name)
    for page in LATER:
        steps[f"{page} later"] = await one.open(page)
    return steps


def unlike(wish: Wish, steps: Mapping[str, Shown], alone: Mapping[str, Shown]) -> Iterator[str]:
    """Say what a reader was shown that is an error, or is not theirs."""
    others = {place for place, _ in VIEWS} - {wish.place}
    foreign = {Translator(each)("dashboard.language") for each in languages() if each != wish.language}
    for name, shown in steps.items():
        yield from (f"{wish} {name}: {message}" for message in shown.exceptions)
        if shown.texts != alone[name].texts:
            yield f"{wish} {name}: not what a reader alone is shown"
        if foreign & set(shown.texts):
            yield f"{wish} {name}: another language"
        if name in ("place", "practice", "overview later") and any(other in shown.said for other in others):
            yield f"{wish} {name}: another place"


async def visit(port: int, number: int, headers: Headers, rounds: int = 1) -> Figures:
    """Let so many readers go their ways at once, after each way was gone by one alone."""
    chosen = wishes(number)
    alone = {}
    for each in dict.fromkeys(chosen):
        one = await reader(port, headers(0))
        alone[each] = await journey(one, each)
        await one.socket.close()
    figures = Figures()

    async def go(each: int) -> None:
        one = await reader(port, headers(each))
        for _ in range(rounds):
            steps = await journey(one, chosen[each])
            figures.seconds += [shown.seconds for shown in steps.values()]
            figures.unlike += unlike(chosen[each], steps, alone[chosen[each]])
        await one.socket.close()

    await asyncio.gather(*(go(each) for each in range(number)))
    return figures


@contextmanager
def served(database: str) -> Iterator[int]:
    """Serve the dashboard meanwhile; give its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "evaluation", "dashboard", "--database", database, "--port", str(port)]
    process = subprocess.Popen(
        command,
        env=os.environ | {"STREAMLIT_SERVER_HEADLESS": "true", "EVALUATION_WITHOUT_SIGN_IN": "yes"},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/_stcore/health")
        yield port
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait(address: str) -> None:
    deadline = time.monotonic() + STARTING
    while True:
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310 - an address of our own
                return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("readers", nargs="*", type=int, default=[1, 10, 50])
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = f"duckdb:///{(Path(folder) / 'sample.duckdb').as_posix()}"
        load_samples(open_store(database), load_library())
        with served(database) as port:
            for number in options.readers:
                figures = asyncio.run(visit(port, number, lambda _: {}, options.rounds))
                middle, most = np.quantile(figures.seconds, [0.5, 0.95])
                print(
                    f"{number} readers, {len(figures.seconds)} reruns: median {middle:.2f} s, 95 % within {most:.2f} s",
                    f"  longest {max(figures.seconds):.2f} s; not their own: {len(figures.unlike)}",
                    *figures.unlike,
                    sep="\n",
                    flush=True,
                )


if __name__ == "__main__":
    main()
