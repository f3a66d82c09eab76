"""Time all measures of one practice and of everything, beside the bare GROUP BY and beside pandas on rows.

Usage: python -m benchmarks.measures [answers ...]   (default: 100000 1000000 10000000)

For each number of answers a DuckDB file is made with made-up people of all practices: start and end forms of the same
people, session feedback, registers. Then are timed, each as the quickest of some runs:

bare        the one GROUP BY of the answers into counts, fetched as a frame
cubes       all statements of the measures, fetched as frames, nothing computed
measures    publish: cubes, privacy gate, statistics and all published tables
narrowed    the same of a snapshot of everything that was taken before, as the dashboard does when a filter changes
pandas      the same counts by pandas from rows that are already in memory, nothing computed
read        the same by pandas that first reads the rows it needs from the file, as bare, cubes and measures do
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from evaluation.definitions import Library, load_library
from evaluation.measures import Policy, Published, publish, take_counts, unit_comparison
from evaluation.measures.change import same_thing
from evaluation.measures.scores import scored_items
from evaluation.measures.unit_counts import cube_definitions
from evaluation.store import Selection, Snapshot, Store, open_store

# On average over the practices, with the forms that clients fill.
ANSWERS_OF_A_PERSON = 13
RUNS = tuple(f"{season} {year}" for year in (2015, 2016, 2017, 2018) for season in ("kevät", "syksy"))
SESSIONS = 6
ONE = Selection(practices=("sisu",))


def fill(path: Path, library: Library, answers: int) -> None:
    """Make a database of about ``answers`` answers."""
    rng = np.random.default_rng(1)
    forms = list(_forms(library))
    people = max(answers // ANSWERS_OF_A_PERSON, len(forms))
    responses, told, marks = [], [], []
    number = 0
    share = [people // len(forms)] * len(forms)
    for (practice, municipality, cohort, day), size in zip(forms, share, strict=True):
        # One in ten comes back in the next run.
        first = RUNS.index(cohort) * (9 * size // 10)
        codes = np.array([f"P{person}" for person in range(first, first + size)])
        for questionnaire in library.practices[practice].questionnaires:
            form = library.questionnaire(questionnaire)
            if form.kind == "head_count" or form.role != "client":
                continue
            answered = codes[rng.random(size) < (0.95 if form.timing == "start" else 0.75)]
            ids = np.arange(number, number + len(answered))
            number += len(answered)
            responses.append(
                pd.DataFrame({
                    "import_id": 1, "response_no": ids, "practice": practice, "municipality": municipality,
                    "cohort": cohort, "role": form.role, "questionnaire": form.id, "version": form.version,
                    "timing": form.timing, "participant": answered, "answered_on": day,
                })
            )  # fmt: skip
            for item in form.items_for(library.practices[practice]):
                scale = library.scale_of(item)
                if item.kind == "scale" and scale is not None and item.id != "presence":
                    values = rng.choice(scale.codes, len(ids))
                    told.append(pd.DataFrame({"response_no": ids, "item": item.id, "value": values}))
            if form.kind == "register":
                for session in range(1, SESSIONS + 1):
                    mark = (rng.random(len(ids)) < 0.8).astype(int)
                    marks.append(pd.DataFrame({"response_no": ids, "session_no": session, "mark": mark}))
    _save(path, pd.concat(responses), pd.concat(told), pd.concat(marks))


def _forms(library: Library) -> Iterator[tuple[str, str, str, str]]:
    for practice in library.practices.values():
        for municipality in practice.municipalities:
            for number, cohort in enumerate(RUNS):
                day = f"{2015 + number // 2}-{'02' if number % 2 == 0 else '09'}-01"
                yield practice.id, municipality, cohort, day


def _save(path: Path, responses: pd.DataFrame, answers: pd.DataFrame, marks: pd.DataFrame) -> None:
    url = f"duckdb:///{path.as_posix()}"
    open_store(url)
    answers, marks = answers.assign(import_id=1), marks.assign(import_id=1, held_on=None)
    # Rows come form by form in life, not question by question.
    answers = answers.sort_values("response_no", kind="stable")
    with duckdb.connect(path.as_posix()) as connection:
        connection.execute(
            "INSERT INTO imports VALUES (1, 'made.xlsx', 'm', now()::timestamp, 'made', '', ?, ?, 0, 0, true, 0, '')",
            [len(responses), len(responses)],
        )
        for table, frame in (("responses", responses), ("answers", answers), ("attendances", marks)):
            columns = ", ".join(frame.columns)
            connection.register("frame", frame)
            chosen = columns.replace("answered_on", "answered_on::date").replace("held_on", "held_on::date")
            connection.execute(f"INSERT INTO {table} ({columns}) SELECT {chosen} FROM frame")  # noqa: S608
            connection.unregister("frame")


def quickest(call: Callable[[], object], times: int) -> float:
    """Return the shortest duration of a call in seconds, after one that warms up: other load only ever adds."""
    call()
    found = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        found.append(time.perf_counter() - start)
    return min(found)


class Rows:
    """The rows in memory, and the counts that pandas makes of them."""

    def __init__(self, path: Path, library: Library, practices: tuple[str, ...] = ()) -> None:
        """Read the whole database, or what it holds of ``practices``."""
        self._scored = [item for items in scored_items(library).values() for item in items]
        self._told = same_thing(library)
        with duckdb.connect(path.as_posix(), read_only=True) as connection:
            responses = connection.table("responses")
            if practices:
                responses = responses.filter(f"practice IN ({', '.join(map(repr, practices))})")
            connection.register("chosen", responses)
            own = "SEMI JOIN chosen USING (import_id, response_no)" if practices else ""
            self._responses = responses.df()
            self._answers, self._marks = (
                connection.execute(f"SELECT * FROM {table} {own}").df()  # noqa: S608
                for table in ("answers", "attendances")
            )

    def counts(self, selection: Selection) -> list[pd.DataFrame]:
        """Return answers, people, pairs, leavers, agreement, scores, enrolment and marks, counted from rows."""
        place, key = ["practice", "municipality", "cohort", "role"], ["import_id", "response_no"]
        responses = self._responses
        if selection.practices:
            responses = responses[responses["practice"].isin(selection.practices)]
        columns = [*key, *place, "questionnaire", "timing", "participant"]
        given = self._answers.merge(responses[columns], on=key)
        unit = [*place, "questionnaire", "item"]
        found = [
            given.groupby([*unit, "value"], as_index=False).size(),
            given.groupby(unit, as_index=False)["participant"].nunique(),
            responses.groupby([*place, "questionnaire"], as_index=False)["participant"].nunique(),
        ]
        person = [*place, "participant", "item"]
        sides = {timing: given.loc[given["timing"] == timing, [*person, "value"]] for timing in ("start", "end")}
        pairs = sides["start"].merge(sides["end"], on=person, how="left", suffixes=("_start", "_end"))
        both = pairs[pairs["value_end"].notna()]
        found.append(both.groupby([*place, "item", "value_start", "value_end"], as_index=False).size())
        left = pairs[pairs["value_end"].isna()]
        found.append(left.groupby([*place, "item", "value_start"], as_index=False).size())
        asked = both.assign(told=both["item"].map(self._told)).dropna(subset=["told"])
        told = given[[*place, "participant", "item", "value"]].rename(columns={"item": "told", "value": "value_told"})
        crossed = asked.merge(told, on=[*place, "participant", "told"])
        values = ["value_start", "value_end", "value_told"]
        found.append(crossed.groupby([*place, "item", *values], as_index=False).size())
        scored = given[given["item"].isin(self._scored)]
        forms = scored.groupby([*place, "questionnaire", *key], as_index=False).agg(
            answered=("value", "size"), total=("value", "sum")
        )
        found.append(forms.groupby([*place, "questionnaire", "answered", "total"], as_index=False).size())
        whole = forms[forms["answered"] == forms.groupby("questionnaire")["answered"].transform("max")]
        complete = scored.merge(whole[key], on=key)
        found.append(complete.groupby([*unit, "value"], as_index=False).size())
        marks = self._marks.merge(responses[columns], on=key)
        found.append(marks.groupby([*place, "questionnaire", "session_no", "mark"], as_index=False).size())
        came = marks[marks["mark"] == 1].groupby(place)["participant"].nunique()
        return [*found, came.reset_index()]


def measure(answers: int, library: Library) -> None:
    """Print the figures of one size."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.duckdb"
        fill(path, library, answers)
        store = open_store(f"duckdb:///{path.as_posix()}")
        times = 3 if answers > 10**6 else 7
        rows = Rows(path, library)
        stored, counted, asked = len(rows._answers), take_counts(store, library), cube_definitions(library)
        for name, selection in (("one practice", ONE), ("everything", Selection())):
            bare = quickest(lambda chosen=selection: store.answer_counts(chosen), times)
            cubes = quickest(lambda chosen=selection: store.snapshot(asked, chosen), times)
            whole = quickest(lambda chosen=selection: tables(store, library, chosen), times)
            narrowed = quickest(lambda chosen=selection: tables(counted, library, chosen), times)
            pandas = quickest(lambda chosen=selection: rows.counts(chosen), times)
            read = quickest(lambda chosen=selection: Rows(path, library, chosen.practices).counts(chosen), 2)
            ways = {
                "bare": bare,
                "cubes": cubes,
                "measures": whole,
                "narrowed": narrowed,
                "pandas": pandas,
                "read": read,
            }
            said = ", ".join(f"{way} {seconds:7.3f} s" for way, seconds in ways.items())
            ratios = f"measures/cubes {whole / cubes:.2f}, read/measures {read / whole:.2f}"
            ratios += f", pandas/narrowed {pandas / narrowed:.2f}"
            print(f"{stored:>10,} answers, {name:<12}: {said}; {ratios}", flush=True)


def tables(counts: Store | Snapshot, library: Library, selection: Selection) -> list[Published]:
    """Make every table anew: what comparisons remember of the same counts is forgotten first."""
    unit_comparison._shares.cache_clear()
    unit_comparison._steps.cache_clear()
    return list(publish(counts, library, selection, Policy()).tables.values())


if __name__ == "__main__":
    for size in [int(each) for each in sys.argv[1:]] or [10**5, 10**6, 10**7]:
        measure(size, load_library())
