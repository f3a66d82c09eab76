"""The filters of a page: what is looked at. They stand in the address and go along from page to page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from evaluation.dashboard import resources, state
from evaluation.definitions.municipalities import county_of, municipalities_of
from evaluation.findings import Words
from evaluation.store import Selection

TYPE, PRACTICE, COUNTY, MUNICIPALITY = "type", "practice", "county", "municipality"
COHORT, YEAR, ROLE = "cohort", "year", "role"
# Wide enough for long Finnish names, narrow enough for a telephone.
WIDTH = 270


@dataclass(frozen=True)
class _Column:
    """Where a filter finds its options in what is stored, and how it says one."""

    name: str
    values: Callable[[pd.DataFrame], Iterator[str]]
    keeps: Callable[[pd.DataFrame, Sequence[str]], pd.DataFrame]
    say: Callable[[str], str]


def choose(names: Sequence[str], words: Words, practice: str | None = None, width: int = WIDTH) -> Selection:
    """Show the filters ``names`` that have more than one option, and return what they choose.

    Each filter, ``width`` pixels wide, offers what those before it leave. ``practice`` narrows to one practice from the
    start.
    """
    left = resources.stored()
    if practice is not None:
        left = left[left["practice"] == practice]
    chosen: dict[str, tuple[str, ...]] = {}
    with st.container(horizontal=True, width="stretch" if practice is None else "content"):
        for column in (column for column in _columns(words) if column.name in names):
            options = list(dict.fromkeys(column.values(left)))
            if len(options) < 2:
                continue
            label, every = words.t(f"dashboard.filter_{column.name}"), words.t(f"dashboard.all_{column.name}")
            with st.container(width=width):
                picked = state.choose_some(column.name, label, options, every, column.say)
            if picked:
                chosen[column.name] = picked
                left = column.keeps(left, picked)
    narrowed = chosen.keys() & {TYPE, PRACTICE}
    practices = tuple(dict.fromkeys(left["practice"])) if narrowed else ((practice,) if practice else ())
    of_counties = tuple(place for county in chosen.get(COUNTY, ()) for place in municipalities_of(county))
    return Selection(
        practices,
        chosen.get(MUNICIPALITY, of_counties),
        chosen.get(COHORT, ()),
        chosen.get(ROLE, ()),
        tuple(int(year) for year in chosen.get(YEAR, ())),
    )


def _columns(words: Words) -> Iterator[_Column]:
    library = words.library
    types = {practice.id: practice.type for practice in library.practices.values()}

    def of_type(frame: pd.DataFrame, picked: Sequence[str]) -> pd.DataFrame:
        return frame[frame["practice"].map(types).isin(picked)]

    def years(frame: pd.DataFrame) -> Iterator[str]:
        known = frame[frame["first_on"] > 0]
        spans = zip(known["first_on"], known["last_on"], strict=True)
        yield from sorted({str(year) for first, last in spans for year in range(first, last + 1)}, reverse=True)

    def of_years(frame: pd.DataFrame, picked: Sequence[str]) -> pd.DataFrame:
        wanted = [(frame["first_on"] <= int(year)) & (frame["last_on"] >= int(year)) for year in picked]
        return frame[pd.concat(wanted, axis=1).any(axis=1)]

    def counties_in(frame: pd.DataFrame) -> Iterator[str]:
        places = {county.id for town in set(frame["municipality"]) if (county := county_of(town)) is not None}
        yield from sorted(places, key=words.county)

    def of_counties(frame: pd.DataFrame, picked: Sequence[str]) -> pd.DataFrame:
        return frame[frame["municipality"].isin([town for county in picked for town in municipalities_of(county)])]

    def type_label(kind: str) -> str:
        return words.t.label(library.types[kind].label.root)

    yield _Column(
        TYPE, lambda frame: iter(sorted({types[practice] for practice in frame["practice"]})), of_type, type_label
    )
    yield _plain(PRACTICE, words.practice)
    yield _Column(COUNTY, counties_in, of_counties, words.county)
    yield _plain(MUNICIPALITY, words.municipality)
    yield _plain(COHORT, words.cohort)
    yield _Column(YEAR, years, of_years, str)
    yield _plain(ROLE, words.role)


def _plain(name: str, say: Callable[[str], str]) -> _Column:
    """Return the filter of a column of what is stored."""
    return _Column(
        name,
        lambda frame: iter(sorted(set(frame[name]), key=say)),
        lambda frame, picked: frame[frame[name].isin(picked)],
        say,
    )
