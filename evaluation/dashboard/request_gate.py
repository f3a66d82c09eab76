"""What stands before Streamlit's server: requests of other pages, by other names, of unknown browsers are refused."""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from functools import cached_property
from html import escape
from typing import Any

import streamlit as st
from starlette.requests import HTTPConnection

from evaluation.access import ServerNames
from evaluation.access.network_access import TO_ALL
from evaluation.dashboard import downloads, known_browsers, uploading_sessions
from evaluation.dashboard.response_headers import protecting_headers
from evaluation.dashboard.socket_messages import page_message
from evaluation.i18n import Translator
from evaluation.settings import preferred_language

LOG = logging.getLogger(__name__)
MEDIA = "/media/"
UPLOADS = "/_stcore/upload_file/"
PAGE = (
    '<!doctype html><html lang="{language}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    '<meta name="color-scheme" content="light dark"><title>{title}</title><style>body {{ font: 18px/1.5 sans-serif; '
    "max-width: 38em; margin: 3em auto; padding: 0 1em }}</style><h1>{title}</h1>{text}</html>"
)
PARTLY = frozenset({b"range", b"if-range", b"accept-encoding"})

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Server = Callable[[Scope, Receive, Send], Awaitable[None]]


class Gate:
    """An ASGI server that passes on to another what pages of that server ask."""

    def __init__(self, app: Server) -> None:
        """Take the server that stands behind."""
        self._app = app

    @cached_property
    def _known(self) -> ServerNames:
        return server_names()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or one socket for as long as it is open."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        host, origin, opens = headers.get("host"), headers.get("origin"), scope["type"] == "websocket"
        send = _protected(send, host)
        # A browser names the page at every socket, and at every request that could change or read something.
        if not self._known.has_host(host):
            await _refuse("access.host_refused", scope, receive, send)
        elif (opens and origin is None) or (origin is not None and not self._known.has_origin(origin, host)):
            await _refuse("access.origin_refused", scope, receive, send)
        elif not await _is_known_browser(scope, receive, send, headers):
            return
        elif opens:
            await self._app(scope, _of_pages(receive), send)
        elif UPLOADS in scope["path"] and not uploading_sessions.may_upload(scope["path"]):
            await _answer(send, 403, "")
        elif MEDIA in scope["path"]:
            await _hand_out(self._app, scope, receive, send)
        else:
            await self._app(scope, receive, send)


def server_names() -> ServerNames:
    """Return what this server is known by, as Streamlit's settings and those of sign-in have it."""
    address = st.get_option("server.address") or ""
    names = [*st.get_option("server.allowedHosts"), st.get_option("browser.serverAddress") or "", address]
    if address in TO_ALL:
        hostname = socket.gethostname()
        names += [hostname, f"{hostname}.local"]
    addresses = list(st.get_option("server.corsAllowedOrigins"))
    if st.secrets.load_if_toml_exists() and "auth" in st.secrets:
        # Nobody is signed in at any other address than this one.
        addresses.append(str(st.secrets["auth"].get("redirect_uri", "")))
    return ServerNames.of(names, addresses)


async def _is_known_browser(scope: Scope, receive: Receive, send: Send, headers: Mapping[str, str]) -> bool:
    """Tell whether a request is to be answered to this browser; where it is not, answer it here."""
    keys, path = known_browsers.browser_keys(), scope["path"]
    if keys is None or known_browsers.is_open(path):
        return True
    known = keys.has_cookie(value.decode("latin-1") for name, value in scope["headers"] if name.lower() == b"cookie")
    if scope["type"] == "http" and scope["method"] == "GET":
        query = scope["query_string"].decode("latin-1")
        key, rest = known_browsers.key_in(query)
        fresh = key is not None and keys.use(key)
        if key is not None and (fresh or known):
            # The key is to stand in no address that is kept or passed on.
            await _lead(send, known_browsers.same_page(path, rest), keys.set_cookie if fresh else None)
            if fresh and keys.all_used:
                known_browsers.say_address("access.open_another")
            return False
        usual = known_browsers.usual_origin(scope["scheme"], headers["host"])
        if not known and usual and "text/html" in headers.get("accept", ""):
            await _lead(send, usual + known_browsers.same_page(path, query))
            return False
    if not known:
        await _refuse("access.browser_refused", scope, receive, send)
    return known


async def _lead(send: Send, address: str, cookie: str | None = None) -> None:
    """Send the browser to another address."""
    headers = [(b"location", address.encode("latin-1")), (b"cache-control", b"no-store"), (b"content-length", b"0")]
    headers += [(b"set-cookie", cookie.encode())] if cookie else []
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def _protected(send: Send, host: str | None) -> Send:
    """Return ``send`` with the headers that protect a page in every answer that lacks them."""

    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name.lower() for name, _ in message.get("headers", ())}
            added = [header for header in protecting_headers(host or "").items() if header[0] not in there]
            message = {**message, "headers": [*message.get("headers", ()), *added]}
        await send(message)

    return sent


def _of_pages(receive: Receive) -> Receive:
    """Return ``receive`` without the messages that no page of the dashboard sends."""

    async def received() -> Message:
        while True:
            message = await receive()
            content = message.get("bytes") if message["type"] == "websocket.receive" else None
            if content is None:
                return message
            if (back_message := page_message(content)) is not None:
                # Streamlit refuses a request that names another session than the socket's own.
                downloads.answered_session.set(back_message.backend_operation_request.session_id or None)
                return message
            LOG.warning("a message of a socket was refused")

    return received


async def _refuse(key: str, scope: Scope, receive: Receive, send: Send) -> None:
    LOG.warning("a request was refused: %s", key)
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    t = Translator(preferred_language())
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in t(key).split("\n\n"))
    page = PAGE.format(language=t.language, title=escape(t("dashboard.title")), text=paragraphs)
    await _answer(send, 403, page)


async def _answer(send: Send, status: int, page: str) -> None:
    headers = [(b"content-type", b"text/html; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page.encode()})


async def _hand_out(app: Server, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with a file of Streamlit's memory; a download only while it waits to be fetched."""
    messages: list[Message] = []

    async def keep(message: Message) -> None:
        messages.append(message)

    # All of it and as it is: of a part, or of what is compressed, nobody could tell which file it is.
    whole = [(name, value) for name, value in scope["headers"] if name.lower() not in PARTLY]
    await app({**scope, "headers": whole}, receive, keep)
    start = next(message for message in messages if message["type"] == "http.response.start")
    content = b"".join(message.get("body", b"") for message in messages if message["type"] == "http.response.body")
    taken_away = any(
        name.lower() == b"content-disposition" and value.lower().startswith(b"attachment")
        for name, value in start["headers"]
    )
    if (
        start["status"] == 200
        and taken_away
        and not await asyncio.to_thread(downloads.take, content, HTTPConnection(scope).cookies)
    ):
        await _answer(send, 404, "")
        return
    for message in messages:
        await send(message)
