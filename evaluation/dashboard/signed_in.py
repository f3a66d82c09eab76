"""Who looks at the dashboard: the person that is signed in, or the laptop's own user; asked whenever it matters."""

import contextlib
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import streamlit as st

from evaluation.access import (
    LAPTOP,
    Access,
    AccessRefused,
    NotSignedIn,
    Person,
    Rules,
    SignIn,
    access_of,
    load_rules,
    may_listen,
    person_of,
)
from evaluation.access.configuration import ROLES, SECRETS
from evaluation.dashboard import sign_outs, state
from evaluation.definitions import DefinitionsRefused, load_library

LOG = logging.getLogger(__name__)


def required() -> bool:
    """Tell whether people have to sign in: whether Streamlit has been given a provider."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def access() -> Access:
    """Return the right of whoever looks.

    Raises NotSignedIn where somebody has to sign in first, and AccessRefused where the person has no right to anything,
    or where the settings leave open who may.
    """
    sign_in = SignIn.from_environment()
    if not required():
        if sign_in.wanted:
            raise AccessRefused("access.half", missing=f"{SECRETS} ([auth])")
        if not sign_in.without and not may_listen(st.get_option("server.address"), st.context.headers.to_dict()):
            raise AccessRefused("access.open_without")
        return LAPTOP
    if sign_in.roles is None:
        raise AccessRefused("access.half", missing=ROLES)
    rules = _rules(sign_in.roles)
    return access_of(_person(rules, sign_in.longest), rules)


def leave() -> None:
    """Sign the person out: here, in every other tab, and whoever has taken a copy of the cookie.

    Streamlit takes the cookie out of this browser, but goes on believing other tabs and copies.
    """
    sign_in = SignIn.from_environment()
    if sign_in.roles is not None:
        with contextlib.suppress(NotSignedIn):
            sign_outs.end(_person(_rules(sign_in.roles), sign_in.longest), state.settings().database)
    st.logout()


def _person(rules: Rules, longest: timedelta) -> Person:
    person = person_of(st.user.to_dict(), rules, datetime.now(UTC), longest)
    if sign_outs.ended(person, state.settings().database, longest):
        raise NotSignedIn("access.sign_in_old")
    return person


def _rules(path: Path) -> Rules:
    """Read the file of roles; where that cannot be done the log says why, for nobody is known to tell it to."""
    try:
        return load_rules(path, load_library(state.settings().definitions))
    except DefinitionsRefused as refused:
        places = ", ".join(f"{each.file}:{each.line} {each.code}" for each in refused.problems)
    except OSError as error:
        places = f"{path}: {error.strerror}"
    LOG.error("rights cannot be read: %s", places)
    raise AccessRefused("access.rules_broken")
