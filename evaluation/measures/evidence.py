"""All published tables of a selection: one call from the store's counts to what may be shown."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from evaluation.definitions import Library
from evaluation.measures import change, participation, satisfaction
from evaluation.measures.disclosure import Gate, OpenAnswers, Policy, Published, Screened, screen_texts, seal
from evaluation.measures.units import GROUP
from evaluation.store import Selection, Store

CODE_COLUMNS = frozenset({"session_no", "occasion", "value_code", "scale_low", "scale_high"})
COUNT_COLUMNS = frozenset({
    "n", "count", "at_least", "at_most", "present", "marks", "sessions", "visits", "favourable", "dont_know",
    "improved", "same", "worsened",
})  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """The published tables by name, such as ``participation.enrolment``."""

    tables: Mapping[str, Published]

    def table(self, name: str) -> Published:
        """Return one table; raise KeyError when there is none of that name."""
        return self.tables[name]

    def rows(self) -> list[dict[str, Any]]:
        """Return every row of every table as plain values, missing ones as None."""
        return [row for published in self.tables.values() for row in _rows(published.frame)]


def _rows(frame: pd.DataFrame) -> Iterator[dict[str, Any]]:
    names = [str(name) for name in frame.columns]
    for values in frame.itertuples(index=False, name=None):
        yield {name: _plain(name, value) for name, value in zip(names, values, strict=True)}


def _plain(name: str, value: Any) -> Any:
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, date):
        return value.isoformat()
    value = value.item() if hasattr(value, "item") else value
    return int(value) if name in COUNT_COLUMNS | CODE_COLUMNS else value


def publish(store: Store, library: Library, selection: Selection, policy: Policy) -> Evidence:
    """Compute every table of ``selection``, through the gate.

    Practices, municipalities and roles narrow what is counted; runs choose among publication units as wholes.
    """
    people, overlaps = store.people_counts(selection), store.overlap_counts(selection)
    dates = store.cohort_dates(selection)
    gate = Gate(people, overlaps, dates, selection, policy, library)
    tables = {
        **_participation(store, library, selection, gate),
        **_opinions(store, library, selection, gate),
        **_paired(store, library, selection, overlaps, dates, policy),
    }
    dimensions = {item.id: item.dimension for item in library.items.values()}
    return Evidence(
        {
            name: seal(name.partition(".")[0], name, estimates, screened, policy, dimensions)
            for name, (estimates, screened) in tables.items()
        }
    )


Tables = dict[str, tuple[pd.DataFrame, Screened]]


def _participation(store: Store, library: Library, selection: Selection, gate: Gate) -> Tables:
    registers = [form.id for form in library.questionnaires if form.kind == "register"]
    enrolled = gate.screen_enrolment(store.enrolment_counts(selection, registers).assign(item=""))
    marks = gate.screen(store.session_counts(selection).assign(item=""))
    opened = gate.screen(store.visit_counts(selection).assign(item=""))
    return {
        "participation.enrolment": (participation.enrolment(enrolled), enrolled),
        "participation.attendance": (participation.attendance(marks, enrolled), marks),
        "participation.sessions": (participation.sessions(marks, enrolled), _units_only(marks)),
        "participation.visits": (participation.visits(opened), opened),
        "participation.openings": (participation.openings(opened), _units_only(opened)),
    }


def _units_only(screened: Screened) -> Screened:
    return Screened(screened.counts, screened.cells[screened.cells["level"] == "cohort"])


def _opinions(store: Store, library: Library, selection: Selection, gate: Gate) -> Tables:
    """Return what people think: of the practice (satisfaction), of its conditions, and of what has changed for them."""
    answers = store.answer_counts(selection)
    repeated = frozenset(form.id for form in library.questionnaires if form.timing in ("session", "visit"))
    tables: Tables = {}
    for family in ("satisfaction", "conditions"):
        rated = gate.screen(answers[answers["item"].isin(_items(library, family))])
        tables |= {
            f"{family}.distribution": (satisfaction.distribution(rated, library), rated),
            f"{family}.favourable": (satisfaction.favourable(rated, repeated), rated),
            f"{family}.mean": (satisfaction.mean(rated), rated),
        }
    told = gate.screen(answers[answers["item"].isin(_items(library, "change", "retrospective"))])
    return tables | {"change.retrospective": (change.retrospective(told, repeated), told)}


def _items(library: Library, family: str, asked: str | None = None) -> list[str]:
    """Return the items of a family whose scale has a good end."""
    return [
        item.id
        for item in library.items.values()
        if item.scale and item.family == family and item.change == asked and library.scales[item.scale].better != "none"
    ]


def _paired(
    store: Store, library: Library, selection: Selection, overlaps: pd.DataFrame, dates: pd.DataFrame, policy: Policy
) -> Tables:
    """Matched people form units of their own: fewer are matched than fill in either form."""
    ends = {item.id: form.id for form in library.questionnaires if form.timing == "end" for item in form.items}
    pairs = change.on_scale(store.pair_counts(selection))
    pairs = pairs.assign(questionnaire=pairs["item"].map(ends))
    people = change.pair_people(pairs, GROUP)
    gate = Gate(people.assign(coded=people["people"]), overlaps, dates, selection, policy, library)
    screened = gate.screen(pairs)
    return {"change.paired": (change.paired(screened, library), screened)}


def read_open_answers(store: Store, library: Library, selection: Selection, policy: Policy) -> tuple[OpenAnswers, ...]:
    """Return what people wrote, from units of at least ``policy.open_from`` people, through the gate."""
    stricter = replace(policy, threshold=max(policy.threshold, policy.open_from))
    people, overlaps = store.people_counts(selection), store.overlap_counts(selection)
    gate = Gate(people, overlaps, store.cohort_dates(selection), selection, stricter, library)
    names = " ".join(name for practice in library.practices.values() for name in practice.name.root.values())
    return screen_texts(store.written_answers(selection), gate, {*library.municipalities, *names.split()})
