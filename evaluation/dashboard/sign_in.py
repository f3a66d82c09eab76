"""Who looks at the dashboard: the person that is signed in, or the user of the laptop; checked whenever it matters."""

import contextlib
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

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
from evaluation.settings import SettingRefused
from evaluation.store import StoreError

LOG = logging.getLogger(__name__)
# The errors that say that somebody has no right, or that it cannot be known.
REFUSED = (NotSignedIn, StoreError, SettingRefused)


def required() -> bool:
    """Tell whether people have to sign in: whether Streamlit has a provider."""
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
    return _access(st.user.to_dict(), sign_in)


def still() -> Callable[[], None]:
    """Return a check of whether whoever looks at the page now still has all of the right that it is drawn for.

    It may be made later and away from the page: it asks the roles, the hours and the sign-outs as they are then, and
    raises one of REFUSED.
    """
    drawn = access()
    if not required():
        return lambda: None
    claims = st.user.to_dict()

    def check() -> None:
        if not _access(claims, SignIn.from_environment()).covers(drawn):
            raise AccessRefused("access.role_refused")

    return check


def _access(claims: Mapping[str, Any], sign_in: SignIn) -> Access:
    if sign_in.roles is None:
        raise AccessRefused("access.half", missing=ROLES)
    rules = _rules(sign_in.roles)
    return access_of(_person(claims, rules, sign_in.longest), rules)


def leave() -> None:
    """Sign the person out: here, in every other tab, and whoever has a copy of the cookie.

    Streamlit takes the cookie out of this browser, but goes on believing other tabs and copies.
    """
    sign_in = SignIn.from_environment()
    if sign_in.roles is not None:
        with contextlib.suppress(NotSignedIn):
            person = _person(st.user.to_dict(), _rules(sign_in.roles), sign_in.longest)
            sign_outs.end(person, state.settings().database)
    st.logout()


def _person(claims: Mapping[str, Any], rules: Rules, longest: timedelta) -> Person:
    person = person_of(claims, rules, datetime.now(UTC), longest)
    if sign_outs.ended(person, state.settings().database, longest):
        raise NotSignedIn("access.sign_in_old")
    return person


def _rules(path: Path) -> Rules:
    """Read the file of roles; where that cannot be done the log says why, for nobody is known to tell it to."""
    try:
        return load_rules(path, load_library(state.settings().definitions))
    except DefinitionsRefused as refused:
        places = ", ".join(f"{problem.file}:{problem.line} {problem.code}" for problem in refused.problems)
    except OSError as error:
        places = f"{path}: {error.strerror}"
    LOG.error("rights cannot be read: %s", places)
    raise AccessRefused("access.rules_broken")
