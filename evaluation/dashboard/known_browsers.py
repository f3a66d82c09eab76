"""Which browsers a dashboard without sign-in answers: that of whoever started it, by the address it was opened at."""

import secrets
import sys
from contextlib import suppress
from functools import cache
from urllib.parse import parse_qsl, quote, urlencode

import streamlit as st
from streamlit.web.server.server_util import get_display_address, get_url

from evaluation.access import BrowserKeys, SignIn, may_listen
from evaluation.access.browser_keys import BYTES, PARAMETER
from evaluation.access.network_access import LOCAL, TO_ALL
from evaluation.dashboard import sign_in
from evaluation.i18n import Translator
from evaluation.kept_keys import kept_key
from evaluation.settings import SettingRefused, Settings, preferred_language, settings_file

# What is asked by programs that watch over the server, and tells nothing; and what is the same in every Streamlit.
OPEN_PATHS = ("/_stcore/health", "/static/", "/favicon.png", "/manifest.json")


@cache
def browser_keys() -> BrowserKeys | None:
    """Return the keys of this server; None where people sign in, or where it was said that nobody has to."""
    try:
        if sign_in.required() or SignIn.from_environment().without or not may_listen(_listens_at(), {}):
            return None
        beside = settings_file(Settings.from_environment().database)
        name = beside.name.removesuffix(".settings.json") if beside else ""
        return BrowserKeys(kept_key(beside.with_name(f"{name}.browser.key")) if beside else secrets.token_bytes(BYTES))
    except SettingRefused:
        # What is wrong with the settings is said on the page.
        return BrowserKeys(secrets.token_bytes(BYTES))


def address() -> str:
    """Return the address of the pages for a browser, with a key that counts once where one is needed."""
    host = _listens_at()
    host = st.get_option("browser.serverAddress") if host in TO_ALL else get_display_address(host)
    keys = browser_keys()
    return get_url(host or LOCAL) + (f"/?{PARAMETER}={keys.new_key()}" if keys else "")


def say_address(key: str) -> None:
    """Print the address for a browser, in the message ``key``."""
    line = Translator(preferred_language())(key, address=address())
    # Nobody may be left to read it.
    with suppress(OSError, ValueError, AttributeError):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def is_open(path: str) -> bool:
    """Tell whether ``path`` is answered to everybody."""
    base = st.get_option("server.baseUrlPath").strip("/")
    within = path.removeprefix(f"/{base}") if base else path
    return within.startswith(OPEN_PATHS)


def key_in(query: str) -> tuple[str | None, str]:
    """Return the key in a query, and the query without it."""
    pairs = parse_qsl(query, keep_blank_values=True)
    keys = [value for name, value in pairs if name == PARAMETER]
    return (keys[-1] if keys else None), urlencode([pair for pair in pairs if pair[0] != PARAMETER])


def same_page(path: str, query: str) -> str:
    """Return the address of a page of this server, whatever ``path`` is: one that begins twice with "/" is a host."""
    plain = "/" + quote(path.lstrip("/\\"), safe="/~")
    return f"{plain}?{query}" if query else plain


def usual_origin(scheme: str, host: str) -> str | None:
    """Return the origin that the server's pages are opened at; None where ``host`` is its own.

    A cookie holds for one name: "localhost" and "127.0.0.1" are two, of the same machine.
    """
    usual = get_display_address(_listens_at())
    name, colon, port = host.rpartition(":") if not host.endswith("]") else (host, "", "")
    return None if (name or host) == usual else f"{scheme}://{usual}{colon}{port}"


def _listens_at() -> str:
    return str(st.get_option("server.address") or "")
