"""Sign-ins that people have ended before their time: known at once here, soon to every other process of the server.

They stand in the trail of the database, so that another process, and one that is started later, knows them too.
"""

import hashlib
import logging
from datetime import UTC, datetime, timedelta

import streamlit as st

from evaluation.access import SLACK, Person
from evaluation.dashboard.open_stores import store_at
from evaluation.store import StoreError

LOG = logging.getLogger(__name__)
# For so many seconds the trail is not read again.
REMEMBERED = 5


def end(person: Person, url: str) -> None:
    """End the sign-in of ``person``: here whatever happens, for all where the database can be reached."""
    mark = _mark(person)
    _here()[mark] = person.until
    try:
        store_at(url).acting(person.identifier).note("signed_out", mark)
    except StoreError as error:
        LOG.error("a sign-in was ended in this process only: %s", error.key)


def ended(person: Person, url: str, longest: timedelta) -> bool:
    """Tell whether this sign-in has been ended.

    Args:
        person: who is signed in.
        url: the database whose trail tells what happened in other processes.
        longest: how long a sign-in lasts; what was ended longer ago is over anyway.

    Raises StoreError when the database does not answer.
    """
    now, here = datetime.now(UTC), _here()
    for old in [mark for mark, until in list(here.items()) if until < now]:
        here.pop(old, None)
    return (mark := _mark(person)) in here or mark in _anywhere(url, longest)


def _mark(person: Person) -> str:
    """Return what a sign-in is known by in the trail, which tells nothing of the person."""
    return hashlib.sha256(person.sign_in.encode()).hexdigest()[:32]


@st.cache_resource(show_spinner=False)
def _here() -> dict[str, datetime]:
    return {}


@st.cache_resource(show_spinner=False, max_entries=4, ttl=REMEMBERED)
def _anywhere(url: str, longest: timedelta) -> frozenset[str]:
    # The provider's clock may be ahead, and the sign-in last so much longer by ours.
    since = datetime.now(UTC).replace(tzinfo=None) - longest - SLACK
    return frozenset(entry.subject for entry in store_at(url).trail(since, ("signed_out",)))
