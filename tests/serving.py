"""A dashboard served by a process of its own, as the command line does, and sockets to it without a browser."""

import asyncio
import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from email.message import Message
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from benchmarks.client import Reader, reader

ROOT = Path(__file__).parents[1]
COOKIE_SECRET = "0123456789abcdef" * 2
SECRETS = f"""[auth]
redirect_uri = "{{origin}}/oauth2callback"
cookie_secret = "{COOKIE_SECRET}"
client_id = "evaluation"
client_secret = "none"
server_metadata_url = "http://127.0.0.1:9/.well-known/openid-configuration"
"""


@dataclass(frozen=True)
class Served:
    """A process that serves, the address of its pages, and the one that it says, with a key where one is needed."""

    process: "subprocess.Popen[str]"
    address: str
    said: str

    @property
    def port(self) -> int:
        return int(urlsplit(self.address).port or 80)


@contextlib.contextmanager
def serving(
    database: str,
    *options: str,
    launcher: Sequence[str] = ("-m", "evaluation"),
    python: Path | str = sys.executable,
    folder: Path = ROOT,
    **environment: str,
) -> Iterator[Served]:
    """Serve ``database`` from a process until the end of the block.

    Args:
        database: the address of the database.
        options: options of the command ``dashboard``.
        launcher: what Python runs.
        python: the interpreter.
        folder: where the command is given.
        environment: environment variables; without others every browser is let in.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith(("EVALUATION_", "STREAMLIT_"))}
    own |= {
        "STREAMLIT_SERVER_HEADLESS": "true",
        "PYTHONUNBUFFERED": "1",
        "EVALUATION_WITHOUT_SIGN_IN": "yes",
    } | environment
    line = [str(python), *launcher, "dashboard", "--database", database, "--port", str(_free_port()), *options]
    with subprocess.Popen(
        line, cwd=folder, env=own, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            said = next(line.split()[-1] for line in process.stdout if "http://" in line)
            yield Served(process, said.partition("/?")[0], said)
        finally:
            process.kill()


def _free_port() -> int:
    """Return a port that nobody else is given next: a server that ends is not to be followed by another there."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def answers(address: str, path: str = "/_stcore/health", **headers: str) -> int:
    """Return the status of an answer; 0 where nobody answers."""
    try:
        with urllib.request.urlopen(urllib.request.Request(f"{address}{path}", headers=headers), timeout=30) as told:  # noqa: S310
            return int(told.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def cookies(origin: str, **claims: object) -> Mapping[str, str]:
    """Return the cookies of somebody who has signed in at ``origin``."""
    with urllib.request.urlopen(f"{origin}/_stcore/health", timeout=30) as told:  # noqa: S310
        token = told.headers["Set-Cookie"].partition("=")[2].partition(";")[0]
    said = {"origin": origin, "is_logged_in": True, "iat": time.time() - 60, "nonce": str(uuid.uuid4()), **claims}
    signed = create_signed_value(COOKIE_SECRET, "_streamlit_user", json.dumps(said)).decode()
    return {"_streamlit_xsrf": token, "_streamlit_user": signed}


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirect."""

    def redirect_request(self, *_args: object, **_named: object) -> None:
        return None


def answer(address: str, **headers: str) -> tuple[int, Message]:
    """Return the status and the headers of an answer; a redirect is not followed."""
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - an address of this machine
    try:
        with urllib.request.build_opener(_Stays).open(request, timeout=30) as told:
            return int(told.status), told.headers
    except urllib.error.HTTPError as other:
        return other.code, other.headers


def let_in(served: Served) -> str:
    """Open the address that the server says; return the cookie that it gives for the key."""
    _, headers = answer(served.said)
    return str(headers["Set-Cookie"]).partition(";")[0]


async def session(served: Served, told: Mapping[str, str]) -> Reader:
    """Connect as the browser that has these cookies does."""
    line = "; ".join(f"{name}={value}" for name, value in told.items())
    headers = {"Accept-Language": "fi", "Cookie": line, "Origin": served.address}
    return await reader(served.port, headers, told["_streamlit_xsrf"])


async def press_download(one: Reader, button: Any) -> str:
    """Press a button that makes a file; return the path of the file, "" where it was refused."""
    message = BackMsg()
    request = message.backend_operation_request
    request.session_id, request.request_id = one.session, uuid.uuid4().hex
    request.deferred_file.file_id = button.deferred_file_id
    await one.socket.send(message.SerializeToString())
    while True:
        told = ForwardMsg.FromString(await asyncio.wait_for(one.socket.recv(decode=False), 60))
        if told.WhichOneof("type") == "backend_operation_response":
            return told.backend_operation_response.deferred_file.url
