"""What pages share between readings: definitions, the store, and evidence while neither data nor choice changes.

All of it is bounded by the right of whoever looks, and is of one database, the worker's or the sample's.
What is kept for the next reading is kept by what bounds it, so that nobody gets what was made for another's right.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
import streamlit as st

from evaluation.access import Access, GuardedStore, Role, SampleStore, seeing_all
from evaluation.dashboard import sample_switch, sign_in, state
from evaluation.dashboard.open_stores import store_at
from evaluation.definitions import DefinitionDocument, Inspection, Library, inspect_library
from evaluation.findings import Words
from evaluation.measures import (
    CountsByUnit,
    Evidence,
    OpenAnswers,
    Policy,
    QuestionTexts,
    pass_open_answers,
    pass_question_texts,
    people_reached,
    take_counts,
    unit_decision,
)
from evaluation.samples import sample_url
from evaluation.settings import EVERY_PRACTICE
from evaluation.store import SAMPLE, Deed, ImportRecord, Kind, Selection, Snapshot, UnitDecision

REMEMBERED = 32
KNOWN_BY: dict[str | type[Any], Callable[[Any], Any]] = {Library: id, Selection: repr, Policy: repr}
VERSION = "data_version"


def _bounds(access: Access) -> tuple[object, ...]:
    """Return what of a right decides which answers it reaches."""
    return access.role, access.municipalities, access.contributes


@dataclass(frozen=True)
class OpenDatabase:
    """The current database, and the right by which it is read: they belong together."""

    url: str
    reach: Access
    person: Access
    is_sample: bool

    def store(self) -> GuardedStore:
        """Return its store, as the person may use it."""
        acting = store_at(self.url).acting(self.person.identifier)
        return SampleStore(acting, self.person) if self.is_sample else GuardedStore(acting, self.person)


def current_database() -> OpenDatabase:
    """Return the current database, and by what right it is read: everybody who may read sees all of the sample."""
    database, person = state.settings().database, sign_in.access()
    if state.chosen_data() == SAMPLE:
        return OpenDatabase(sample_url(database), seeing_all(person), person, is_sample=True)
    return OpenDatabase(database, person, person, is_sample=False)


def library() -> Library:
    """Return the definitions, read anew when one of their files or of the database's documents has changed."""
    return inspection().library


def inspection() -> Inspection:
    """Return the definitions of the current database, and what is broken in them; look() comes first."""
    return inspect_library(state.settings().definitions, _documents(current_database().url, version()))


@st.cache_resource(show_spinner=False, max_entries=REMEMBERED)
def _documents(url: str, data_version: str) -> tuple[DefinitionDocument, ...]:  # noqa: ARG001 - part of the key
    return store_at(url).definitions()


def store() -> GuardedStore:
    """Return the current store, as whoever looks may use it."""
    return current_database().store()


def keep(name: str, value: int | str) -> None:
    """Keep a setting for everybody; only an administrator may."""
    access = sign_in.access()
    access.require(Role.ADMINISTRATOR)
    state.settings().keep(name, value)
    store_at(state.settings().database).acting(access.identifier).note("setting", f"{name} {value}")


def note_sign_in(deed: Deed, who: str, until: datetime | None) -> None:
    """Put into the trail that somebody has signed in, or was refused: once a sign-in, however many pages are opened."""
    _note(state.settings().database, deed, who, until)


@st.cache_resource(show_spinner=False, max_entries=1000)
def _note(url: str, deed: Deed, who: str, until: datetime | None) -> None:  # noqa: ARG001 - the moment is in the key
    store_at(url).acting(who).note(deed)


def words() -> Words:
    """Return the words of the reader's language."""
    return Words(library(), state.translator())


def evidence(selection: Selection) -> Evidence:
    """Return what may be published of ``selection``."""
    return _evidence(*_key_of(selection))


def _key_of(selection: Selection) -> tuple[str, str, Selection, int, Library]:
    """Return by what answers about ``selection`` are kept: database, version, what the reader sees of it, and rules."""
    here = current_database()
    return here.url, version(), here.reach.narrowed(selection), state.settings().threshold, library()


@st.cache_resource(show_spinner=False, max_entries=REMEMBERED, hash_funcs=KNOWN_BY)
def _evidence(
    url: str,
    data_version: str,
    selection: Selection,
    threshold: int,
    definitions: Library,
) -> Evidence:
    # What cohorts and years do not change is laid out once for all of them.
    whole = replace(selection, cohorts=(), years=())
    return Evidence(_counted(url, data_version, whole, Policy(threshold), definitions), selection)


@st.cache_resource(show_spinner=False, max_entries=2 * REMEMBERED, hash_funcs=KNOWN_BY)
def _counted(url: str, data_version: str, selection: Selection, rules: Policy, definitions: Library) -> CountsByUnit:
    counts = _everything(url, data_version, policy().threshold, definitions)
    return CountsByUnit(counts.narrowed(selection), definitions, rules)


def _counts() -> Snapshot:
    """Return the counts of all that whoever looks may see."""
    here = current_database()
    counts = _everything(here.url, version(), policy().threshold, library())
    return counts.narrowed(here.reach.narrowed(Selection()))


# Those of the worker's answers and of the sample, as they are and as they were.
@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs={Library: id})
def _everything(url: str, data_version: str, threshold: int, definitions: Library) -> Snapshot:  # noqa: ARG001 - key
    return take_counts(store_at(url), definitions, Policy(threshold))


def policy() -> Policy:
    """Return what the settings say of privacy."""
    return Policy(state.settings().threshold)


def unit_rules() -> UnitDecision:
    """Return by which rules publication units are decided."""
    return unit_decision(library(), policy())


def open_answers(selection: Selection) -> tuple[OpenAnswers, ...]:
    """Return what people wrote, as the gate lets it through."""
    return _open_answers(*_key_of(selection))


@st.cache_resource(show_spinner=False, max_entries=REMEMBERED, hash_funcs=KNOWN_BY)
def _open_answers(
    url: str, data_version: str, selection: Selection, threshold: int, definitions: Library
) -> tuple[OpenAnswers, ...]:
    whole = replace(selection, cohorts=(), years=())
    return pass_open_answers(*_written_and_counts(url, data_version, whole, threshold, definitions), selection)


def question_texts(selection: Selection) -> tuple[QuestionTexts, ...]:
    """Return what a person reads before it is published, and has read."""
    return _question_texts(*_key_of(selection))


@st.cache_resource(show_spinner=False, max_entries=REMEMBERED, hash_funcs=KNOWN_BY)
def _question_texts(
    url: str, data_version: str, selection: Selection, threshold: int, definitions: Library
) -> tuple[QuestionTexts, ...]:
    return pass_question_texts(*_written_and_counts(url, data_version, selection, threshold, definitions), selection)


def _written_and_counts(
    url: str, data_version: str, selection: Selection, threshold: int, definitions: Library
) -> tuple[pd.DataFrame, CountsByUnit]:
    """Return what people wrote, and the counts of who wrote under the policy for open answers."""
    counted = _counted(url, data_version, selection, Policy(threshold).for_open_answers, definitions)
    return _written(url, data_version, selection), counted


@st.cache_resource(show_spinner=False, max_entries=4, hash_funcs={Selection: repr})
def _written(url: str, data_version: str, narrowed: Selection) -> pd.DataFrame:  # noqa: ARG001 - part of the key
    return store_at(url).written_answers(narrowed)


def contents() -> pd.DataFrame:
    """Return what is stored, as Store.contents tells it."""
    here = current_database()
    return _contents(here.url, version(), here.reach)


@st.cache_resource(show_spinner=False, max_entries=REMEMBERED, hash_funcs={Access: _bounds})
def _contents(url: str, data_version: str, access: Access) -> pd.DataFrame:  # noqa: ARG001 - the version is in the key
    return GuardedStore(store_at(url), access).contents()


def places_of(practice: str) -> tuple[str, ...]:
    """Return where a practice runs: where it starts with, and where answers are stored of it."""
    towns = contents()["municipality"][contents()["practice"] == practice]
    return tuple(dict.fromkeys((*library().practices[practice].municipalities, *sorted(set(towns)))))


def practices_in_use() -> frozenset[str]:
    """Return the practices that have answers, were made or changed here, or are picked in the settings."""
    defined, picked = library().practices, state.settings().practices
    if EVERY_PRACTICE in picked:
        return frozenset(defined)
    made = {document.id for document in _documents(current_database().url, version()) if document.kind == "practice"}
    return frozenset(defined) & {*contents()["practice"], *made, *picked}


def offered_practices(*, beside: Collection[str] = ()) -> list[str]:
    """Return the practices to choose from by name: those in use and those of ``beside``; all where none is in use.

    The others are examples, which nobody has to look past.
    """
    in_use, current = practices_in_use(), library().current_practices
    offered = {name for name in current if not in_use or name in in_use} | (set(beside) & set(library().practices))
    return sorted(offered, key=words().practice)


def stored() -> pd.DataFrame:
    """Return what is stored of the defined practices, with the cohorts' first and last years (0: not known)."""
    here = current_database()
    return _stored(here.url, version(), here.reach, library())


@st.cache_resource(show_spinner=False, max_entries=REMEMBERED, hash_funcs={Access: _bounds, Library: id})
def _stored(url: str, data_version: str, access: Access, definitions: Library) -> pd.DataFrame:
    contents = _contents(url, data_version, access)
    known = contents[contents["practice"].isin(definitions.practices)]
    days = _everything(url, data_version, policy().threshold, definitions).cubes["dates"]
    dated = known.merge(days, on=["practice", "municipality", "cohort"], how="left")
    for name in ("first_on", "last_on"):
        dated[name] = [day.year if pd.notna(day) else 0 for day in dated[name]]
    return dated


def imports() -> tuple[ImportRecord, ...]:
    """Return the imports made that whoever looks may know of, the latest first."""
    here = current_database()
    return _imports(here.url, version(), here.reach)


@st.cache_resource(show_spinner=False, max_entries=REMEMBERED, hash_funcs={Access: _bounds})
def _imports(url: str, data_version: str, access: Access) -> tuple[ImportRecord, ...]:  # noqa: ARG001 - as above
    return GuardedStore(store_at(url), access).imports()


def last_report_since(import_id: int) -> date | None:
    """Return the day on which figures last went out, where that was after an import."""
    here, made_at = current_database(), {record.import_id: record.accepted_at for record in imports()}
    last = _last_report(here.url)
    if last is None or import_id not in made_at or last < made_at[import_id]:
        return None
    return last.replace(tzinfo=UTC).astimezone().date()


# Once a page, however many imports it lists.
@st.cache_data(show_spinner=False, ttl=2)
def _last_report(url: str) -> datetime | None:
    return store_at(url).last_report()


def people() -> int | None:
    """Return how many clients have been reached at least; None below the threshold."""
    cubes = _counts().cubes
    return people_reached(cubes["people"], cubes["overlaps"], policy())


def synthetic() -> bool:
    """Tell whether the current database is the sample."""
    return _kind(current_database().url, version()) == SAMPLE


# Whoever marks a database otherwise changes what is in it.
@st.cache_resource(show_spinner=False, max_entries=REMEMBERED)
def _kind(url: str, data_version: str) -> Kind:  # noqa: ARG001 - part of the key
    return store_at(url).kind()


def look() -> None:
    """Ask the store once a rerun whether its answers have changed; the sample is made if it is not there yet."""
    here = current_database()
    if here.is_sample:
        sample_switch.make_ready(here.url, state.translator())
    st.session_state[VERSION] = here.store().data_version()


def version() -> str:
    """Return the mark of the answers as they were when this rerun began."""
    return str(st.session_state[VERSION])
