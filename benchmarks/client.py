"""A reader of the dashboard without a browser: one websocket that speaks the messages of Streamlit's own page."""

import asyncio
import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
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
    seconds: float

    @property
    def texts(self) -> tuple[str, ...]:
        """All that the reader is shown, word for word; tables by their fingerprint."""
        return tuple(text for element in self.elements for text in _strings(element, NOT_SHOWN))

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
        while True:
            told = ForwardMsg.FromString(await asyncio.wait_for(self.socket.recv(decode=False), PATIENCE))
            kind = told.WhichOneof("type")
            if kind == "new_session":
                elements, self.page = {}, told.new_session.page_script_hash
            elif kind == "navigation":
                self.pages = {each.url_pathname: each.page_script_hash for each in told.navigation.app_pages}
                self.page = told.navigation.page_script_hash
            elif kind == "page_info_changed":
                self.query = told.page_info_changed.query_string
            elif kind == "delta" and told.delta.WhichOneof("type") == "new_element":
                elements[tuple(told.metadata.delta_path)] = told.delta.new_element
            elif kind == "script_finished" and told.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY:
                shown = Shown(tuple(elements[path] for path in sorted(elements)), time.perf_counter() - began)
                # A widget that is gone from the page is forgotten, as a browser does.
                self.widgets = {key: value for key, value in self.widgets.items() if key in shown.ids}
                return shown


async def reader(port: int, headers: Mapping[str, str]) -> Reader:
    """Connect a session; ``headers`` are those of its browser: its language, its cookies."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    # A browser asks for no sign of life: a server that many use at once may be late with it.
    settings = {"max_size": None, "ping_interval": None}
    socket = await connect(address, subprotocols=["streamlit"], additional_headers=headers, **settings)
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
            yield from (each if isinstance(each, str) else hashlib.sha256(each).hexdigest() for each in values)
