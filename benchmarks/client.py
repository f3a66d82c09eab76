"""A reader of the dashboard without a browser: one websocket that speaks the messages of Streamlit's own page."""

import asyncio
import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.NewSession_pb2 import Config
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 600
# What differs from session to session or run to run and says nothing to the reader.
NOT_SHOWN = {"id", "key", "url", "hash", "deferred_file_id", "fragment_id", "form_id", "active_script_hash"}
# What could be chosen, and is not.
OFFERED = {"options"}


@dataclass(frozen=True)
class Shown:
    """What a run of the page left on the screen, in order, and how long it took."""

    elements: tuple[Message, ...]
    blocks: tuple[Message, ...]
    seconds: float

    @property
    def texts(self) -> tuple[str, ...]:
        """All that the reader is shown, word for word, charts too; tables by their fingerprint; names of folds last."""
        return tuple(text for part in (*self.elements, *self.blocks) for text in _strings(part, NOT_SHOWN))

    @property
    def said(self) -> str:
        """What the reader is told: all but what the widgets offer to be chosen."""
        return "\n".join(text for element in self.elements for text in _strings(element, NOT_SHOWN | OFFERED))

    @property
    def exceptions(self) -> tuple[str, ...]:
        """The errors of the programme itself that the reader is shown."""
        return tuple(each.exception.message for each in self.elements if each.WhichOneof("type") == "exception")

    @property
    def ids(self) -> set[str]:
        """The marks of the widgets."""
        return {getattr(getattr(each, str(each.WhichOneof("type"))), "id", "") for each in self.elements}

    def find(self, kind: str, label: str) -> Any:
        """Return the one widget of that kind and label."""
        (found,) = [each for each in self.all(kind) if each.label == label]
        return found

    def all(self, kind: str) -> list[Any]:
        """Return the elements of a kind."""
        return [getattr(each, kind) for each in self.elements if each.WhichOneof("type") == kind]


@dataclass
class Reader:
    """One session: its connection, the address of its page, and what its widgets were set to."""

    socket: ClientConnection
    query: str = ""
    page: str = ""
    pages: dict[str, str] = field(default_factory=dict)
    widgets: dict[str, tuple[str, Any]] = field(default_factory=dict)
    # Where the page last sent the browser: to the provider of sign-in.
    sent_to: str = ""
    # What the server calls the session, and how it told the browser to behave.
    session: str = ""
    settings: Config = field(default_factory=Config)

    async def open(self, page: str, query: str = "") -> Shown:
        """Open a page by its name, as a link or the address does."""
        self.query, self.page = query, self.pages.get(page, "")
        return await self.run(page)

    async def choose(self, kind: str, widget: Any, value: Any) -> Shown:
        """Set a widget, and let the page be drawn anew."""
        self.widgets[widget.id] = (kind, value)
        return await self.run()

    async def run(self, page: str = "") -> Shown:
        """Ask for the page once, and wait until all of it has come."""
        message = BackMsg()
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash, asked.page_name = self.query, self.page, page
        for key, (kind, value) in self.widgets.items():
            state = asked.widget_states.widgets.add(id=key)
            if isinstance(value, list):
                getattr(state, kind).data.extend(value)
            else:
                setattr(state, kind, value)
        began = time.perf_counter()
        await self.socket.send(message.SerializeToString())
        elements: dict[tuple[int, ...], Message] = {}
        blocks: dict[tuple[int, ...], Message] = {}
        while True:
            told = ForwardMsg.FromString(await asyncio.wait_for(self.socket.recv(decode=False), PATIENCE))
            kind = told.WhichOneof("type")
            if kind == "new_session":
                elements, blocks = {}, {}
            elif kind == "delta":
                added = str(told.delta.WhichOneof("type"))
                if added in ("new_element", "add_block"):
                    kept = elements if added == "new_element" else blocks
                    kept[tuple(told.metadata.delta_path)] = getattr(told.delta, added)
            elif kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                parts = (tuple(each[path] for path in sorted(each)) for each in (elements, blocks))
                shown = Shown(*parts, time.perf_counter() - began)
                # A widget that is gone from the page is forgotten, as a browser does.
                self.widgets = {key: value for key, value in self.widgets.items() if key in shown.ids}
                return shown
            self._follow(told)

    def _follow(self, told: ForwardMsg) -> None:
        """Take over where the server says that the page is now."""
        kind = told.WhichOneof("type")
        if kind == "new_session":
            self.page, self.session = told.new_session.page_script_hash, told.new_session.initialize.session_id
            self.settings = told.new_session.config
        elif kind == "navigation":
            self.pages = {each.url_pathname: each.page_script_hash for each in told.navigation.app_pages}
            self.page = told.navigation.page_script_hash
        elif kind == "auth_redirect":
            self.sent_to = told.auth_redirect.url
        elif kind == "page_info_changed":
            self.query = told.page_info_changed.query_string


async def reader(port: int, headers: Mapping[str, str], token: str = "") -> Reader:
    """Connect a session.

    Args:
        port: where on this machine the dashboard is.
        headers: those of its browser: its language, its cookies.
        token: what shows the server that the page is its own (its cookie against forged requests); nobody is believed
            to be signed in without it.
    """
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    # A browser asks for no sign of life: a server that many use at once may be late with it.
    settings = {"max_size": None, "ping_interval": None}
    socket = await connect(
        address,
        subprotocols=["streamlit", *([token] if token else [])],
        additional_headers={"Origin": f"http://127.0.0.1:{port}", **headers},
        **settings,
    )
    return Reader(socket)


def _strings(message: Message, without: set[str]) -> Iterator[str]:
    for descriptor, value in message.ListFields():
        if descriptor.name in without:
            continue
        values = [value] if isinstance(value, str | bytes | Message) else value
        if descriptor.type == FieldDescriptor.TYPE_MESSAGE:
            for each in values:
                yield from _strings(each, without) if isinstance(each, Message) else ()
        elif descriptor.type in (FieldDescriptor.TYPE_STRING, FieldDescriptor.TYPE_BYTES):
            yield from (each if isinstance(each, str) else _of_bytes(each) for each in values)


def _of_bytes(content: bytes) -> str:
    """Return what a chart holds, in letters as they are read; of a table its fingerprint."""
    if content.startswith(b"{"):
        return json.dumps(json.loads(content), ensure_ascii=False)
    return hashlib.sha256(content).hexdigest()
