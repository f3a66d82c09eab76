"""All published tables of a selection: one call from the store's counts to what may be shown."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

import pandas as pd

from evaluation.definitions import Library
from evaluation.measures import (
    agreement,
    attrition,
    change,
    comparison,
    conditions,
    latest,
    participation,
    response,
    satisfaction,
    scores,
    trend,
)
from evaluation.measures.disclosure import Gate, OpenAnswers, Policy, Published, Screened, screen_texts, seal
from evaluation.measures.units import GROUP
from evaluation.store import Selection, Store

CODE_COLUMNS = frozenset({"session_no", "occasion", "value_code", "scale_low", "scale_high"})
COUNT_COLUMNS = frozenset({
    "n", "count", "at_least", "at_most", "present", "marks", "sessions", "visits", "favourable", "dont_know",
    "improved", "same", "worsened", "neutral", "unfavourable", "at_best", "crossed", "fell", "reliable_better",
    "reliable_worse", "cancelled", "periods", "units", "left_n", "stayed_n", "client_n", "questions", "alpha_n",
    "last_n", "before_n",
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
    gate_of = partial(Gate, overlaps=overlaps, dates=dates, selection=selection, policy=policy, library=library)
    tables = {
        **_participation(store, library, selection, gate),
        **_opinions(store, library, selection, gate),
        **_changes(store, library, selection, gate_of),
    }
    forms = gate.screen(_filled_once(people, library))
    enrolled, pairs = tables["participation.enrolment"][0], tables["change.paired"][1]
    tables["participation.response"] = (response.rates(forms, enrolled), _open_only(forms))
    tables["change.matched"] = (response.matched(forms, pairs), _open_only(forms))
    tables |= _derived(tables, library)
    dimensions = {item.id: item.dimension for item in library.items.values()}
    return Evidence(
        {
            name: seal(name.partition(".")[0], name, estimates, screened, policy, dimensions)
            for name, (estimates, screened) in tables.items()
        }
    )


Tables = dict[str, tuple[pd.DataFrame, Screened]]
GateOf = Callable[[pd.DataFrame], Gate]


def _participation(store: Store, library: Library, selection: Selection, gate: Gate) -> Tables:
    registers = [form.id for form in library.questionnaires if form.kind == "register"]
    enrolled = gate.screen_enrolment(store.enrolment_counts(selection, registers).assign(item=""))
    marks = gate.screen(store.session_counts(selection).assign(item=""))
    left = store.drop_out_counts(selection, registers).assign(item="")
    leavers = gate.screen(left)
    opened = gate.screen(store.visit_counts(selection).assign(item=""))
    return {
        "participation.enrolment": (participation.enrolment(enrolled), enrolled),
        "participation.attendance": (participation.attendance(marks, enrolled), marks),
        "participation.sessions": (participation.sessions(marks, enrolled), _units_only(marks)),
        "participation.visits": (participation.visits(opened), opened),
        "participation.openings": (participation.openings(opened), _units_only(opened)),
        "participation.drop_out": (attrition.moments(leavers, enrolled, gate.policy), _open_only(leavers)),
        "participation.newcomers": (participation.newcomers(opened, gate.policy.smallest_part), _open_only(opened)),
        "participation.waiting": (participation.waiting(opened), _open_only(opened)),
    }


def _units_only(screened: Screened) -> Screened:
    return Screened(screened.counts, screened.cells[screened.cells["level"] == "cohort"])


def _open_only(screened: Screened) -> Screened:
    """Leave out the closed cells: the table from which another follows names them."""
    return Screened(screened.counts, screened.cells[~screened.cells["suppressed"]])


def _filled_once(people: pd.DataFrame, library: Library) -> pd.DataFrame:
    """Return how many clients filled each form that a person fills once, the start form left out."""
    forms = [each.id for each in library.questionnaires if each.kind == "form" and each.role == "client"]
    once = [form for form in forms if library.questionnaire(form).timing in ("end", "follow_up", "once")]
    whole = people[(people["item"] == "") & people["questionnaire"].isin(once)]
    return pd.DataFrame(whole.rename(columns={"people": "n"}).drop(columns="coded"))


def _derived(tables: Tables, library: Library) -> Tables:
    """Return what follows from other published tables; answers that may be one person's again are not tested."""
    found: Tables = {}
    for name, counted in (
        ("satisfaction.favourable", "favourable"),
        ("conditions.favourable", "favourable"),
        ("change.retrospective", "improved"),
    ):
        estimates, screened = tables[name]
        once = estimates[estimates["method"] == satisfaction.WILSON]
        family = name.partition(".")[0]
        found[f"{family}.comparison"] = (comparison.shares(once, counted, library), _open_only(screened))
        found[f"{family}.trend"] = (trend.shares(once, counted, screened), _open_only(screened))
        found[f"{family}.latest"] = (latest.shares(once, counted, screened), _open_only(screened))
    people, enrolled = tables["participation.enrolment"]
    found["participation.latest"] = (latest.people(people, enrolled), _open_only(enrolled))
    rated, rated_screened = tables["conditions.favourable"]
    apart = conditions.distance(rated, tables["satisfaction.favourable"][0], library)
    found["conditions.distance"] = (apart, _open_only(rated_screened))
    return found


def _opinions(store: Store, library: Library, selection: Selection, gate: Gate) -> Tables:
    """Return what people think: of the practice (satisfaction), of its conditions, and of what has changed for them."""
    answers = store.answer_counts(selection)
    repeated = frozenset(form.id for form in library.questionnaires if form.timing in ("session", "visit"))
    tables: Tables = {}
    for family in ("satisfaction", "conditions"):
        rated = gate.screen(answers[answers["item"].isin(_items(library, family))])
        tables |= {
            f"{family}.distribution": (satisfaction.distribution(rated, library), rated),
            f"{family}.favourable": (satisfaction.favourable(rated, library, repeated), rated),
            f"{family}.mean": (satisfaction.mean(rated), rated),
        }
        if family == "satisfaction":
            asked = [item.id for item in library.items.values() if item.national_theme == "recommendation"]
            recommended = satisfaction.recommendation(rated, asked, repeated)
            tables["satisfaction.recommendation"] = (recommended, _open_only(rated))
    asked_of = scores.scored_items(library)
    items = sorted({item for each in asked_of.values() for item in each})
    forms = gate.screen(store.score_counts(selection, items).assign(item=""))
    complete = store.complete_counts(selection, items, {form: len(each) for form, each in asked_of.items()})
    whole = gate.screen(complete.rename(columns={"item": "question", "value": "code"}).assign(item=""))
    opinions = tables["satisfaction.favourable"][1]
    scored = scores.scores(forms, whole, opinions, library, gate.policy.threshold)
    tables["satisfaction.score"] = (scored, _open_only(forms))
    told = gate.screen(answers[answers["item"].isin(_items(library, "change", "retrospective"))])
    return tables | {"change.retrospective": (change.retrospective(told, repeated), told)}


def _items(library: Library, family: str, asked: str | None = None) -> list[str]:
    """Return the items of a family whose scale has a good end."""
    return [
        item.id
        for item in library.items.values()
        if item.scale and item.family == family and item.change == asked and library.scales[item.scale].better != "none"
    ]


def _changes(store: Store, library: Library, selection: Selection, gate_of: GateOf) -> Tables:
    """Matched people form units of their own: fewer are matched than fill in either form."""
    screened: dict[str, Screened] = {}
    for later in ("end", "follow_up"):
        forms = {item.id: form.id for form in library.questionnaires if form.timing == later for item in form.items}
        counted = change.on_scale(store.pair_counts(selection, later))
        counted = counted.assign(questionnaire=counted["item"].map(forms))
        screened[later] = gate_of(_coded(change.people(counted, GROUP))).screen(counted)
    pairs, later_pairs = screened["end"], screened["follow_up"]
    leavers = attrition.left(store.start_counts(selection))
    gone = gate_of(_coded(change.people(leavers, GROUP))).screen(leavers)
    crossed = store.agreement_counts(selection, agreement.same_thing(library))
    both_ways = gate_of(_coded(change.people(crossed, GROUP))).screen(crossed)
    return {
        "change.paired": (change.paired(pairs, library), pairs),
        "change.steps": (comparison.steps(pairs, library), _open_only(pairs)),
        "change.follow_up": (change.steps(later_pairs, "follow_up"), later_pairs),
        "change.attrition": (attrition.difference(gone, pairs, library), _open_only(gone)),
        "change.agreement": (agreement.ways(both_ways, library), _open_only(both_ways)),
    }


def _coded(people: pd.DataFrame) -> pd.DataFrame:
    """Matched people are all known by a code."""
    return people.assign(coded=people["people"])


def read_open_answers(store: Store, library: Library, selection: Selection, policy: Policy) -> tuple[OpenAnswers, ...]:
    """Return what people wrote, from units of at least ``policy.open_from`` people, through the gate."""
    stricter = replace(policy, threshold=max(policy.threshold, policy.open_from))
    people, overlaps = store.people_counts(selection), store.overlap_counts(selection)
    gate = Gate(people, overlaps, store.cohort_dates(selection), selection, stricter, library)
    names = " ".join(name for practice in library.practices.values() for name in practice.name.root.values())
    return screen_texts(store.written_answers(selection), gate, {*library.municipalities, *names.split()})
