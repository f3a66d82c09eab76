"""Files that are made when a button is pressed: for whom, whether that person still may, and how long they wait.

Streamlit makes the file away from the page, where nothing is known of who presses, and gives it to whoever asks for its
address. So a file is bound to the session in which its button is drawn, and to the right of the person: both are looked
at when the button is pressed, and again when the file is fetched.
"""

import hashlib
import threading
import time
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from evaluation.access import AccessRefused
from evaluation.dashboard import sign_in

# A browser fetches the file at once; a slow connection gets a while.
WAITS = 120.0
# By what Streamlit knows who is signed in; long ones are divided into several.
USER_COOKIE = "_streamlit_user"

Check = Callable[[], None]

# The session whose message is being answered, as the gate knows it; none where the page is drawn.
answered_session: ContextVar[str | None] = ContextVar("answered_session", default=None)

_LOCK = threading.Lock()
_WAITING: dict[str, list[tuple[float, "_Holder"]]] = {}


@dataclass(frozen=True)
class _Holder:
    """For whom a button was drawn: the session, what the browser was signed in by, and the check of the right."""

    session: str | None
    user: Mapping[str, str]
    check: Check

    def require(self) -> None:
        """Raise AccessRefused or NotSignedIn where the session has ended, or the person has lost any of the right."""
        if self.session and runtime.exists() and not runtime.get_instance().is_active_session(self.session):
            raise AccessRefused("access.role_refused")
        self.check()

    def has(self, cookies: Mapping[str, str]) -> bool:
        """Tell whether a request comes from the browser in which the person is signed in, still by the same sign-in."""
        return _user(cookies) == self.user and self._may()

    def _may(self) -> bool:
        try:
            self.require()
        except sign_in.REFUSED:
            return False
        return True


def bound(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return ``make`` bound to the session and the right of whoever looks at the page now.

    What is returned raises AccessRefused or NotSignedIn where another session presses, the session has ended, or the
    person has lost any of that right meanwhile.
    """
    context = get_script_run_ctx(suppress_warning=True)
    holder = _Holder(context.session_id if context else None, _user(st.context.cookies.to_dict()), sign_in.still())

    def made() -> bytes:
        if answered_session.get() not in (None, holder.session):
            raise AccessRefused("access.role_refused")
        holder.require()
        content = make()
        _wait(content, holder)
        return content

    return made


def take(content: bytes, cookies: Mapping[str, str]) -> bool:
    """Tell whether a file may be handed out to the browser that has these cookies.

    It was made just now, for somebody who still may have it, in a session of that browser that is still open.
    """
    now, mark = time.monotonic(), _mark(content)
    with _LOCK:
        waiting = list(_WAITING.get(mark, ()))
    return any(holder.has(cookies) for until, holder in waiting if until >= now)


def _user(cookies: Mapping[str, str]) -> Mapping[str, str]:
    return {name: value for name, value in cookies.items() if name.startswith(USER_COOKIE)}


def _wait(content: bytes, holder: _Holder) -> None:
    now = time.monotonic()
    with _LOCK:
        for mark in [mark for mark, waiting in _WAITING.items() if all(until < now for until, _ in waiting)]:
            del _WAITING[mark]
        _WAITING.setdefault(_mark(content), []).append((now + WAITS, holder))


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
