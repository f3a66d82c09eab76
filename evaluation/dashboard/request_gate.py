"""What stands before Streamlit's server: requests from other pages, and by other names, are refused."""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from functools import cached_property
from typing import Any

import streamlit as st

from evaluation.access import ServerNames
from evaluation.access.network_access import TO_ALL
from evaluation.dashboard import downloads
from evaluation.i18n import Translator
from evaluation.settings import preferred_language

LOG = logging.getLogger(__name__)
MEDIA = "/media/"
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
        # A browser names the page at every socket, and at every request that could change or read something.
        if not self._known.has_host(host):
            await _refuse("access.host_refused", scope, receive, send)
        elif (opens and origin is None) or (origin is not None and not self._known.has_origin(origin, host)):
            await _refuse("access.origin_refused", scope, receive, send)
        elif not opens and scope["path"].startswith(MEDIA):
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


async def _refuse(key: str, scope: Scope, receive: Receive, send: Send) -> None:
    LOG.warning("a request was refused: %s", key)
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    await _answer(send, 403, Translator(preferred_language())(key))


async def _answer(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})


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
    if start["status"] == 200 and taken_away and not await asyncio.to_thread(downloads.take, content):
        await _answer(send, 404, "")
        return
    for message in messages:
        await send(message)
