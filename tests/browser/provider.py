"""A provider of sign-in on this machine, and the dashboard that trusts it, for the tests of who is shown what."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.bundled_files import SAMPLE_DATA

ROOT = SAMPLE_DATA.parent
# Who there is: what the provider says of each, and what each may do by the file of roles.
PEOPLE: Mapping[str, Mapping[str, object]] = {
    "viewer": {"name": "Veera Katselija", "email": "Veera@Nokia.example", "email_verified": True},
    "contributor": {"name": "Tuomas Tallentaja", "roles": ["palaute-nokia"]},
    "coordinator": {"name": "Kaisa Koordinaattori", "roles": ["palaute-koordinaattorit", "muut"]},
    "administrator": {"name": "Yrjö Ylläpitäjä"},
    "stranger": {"name": "Olli Outo", "email": "veera@nokia.example", "email_verified": False, "roles": ["viewer"]},
}
ROLES = """
people:
  veera@nokia.example: {role: viewer, municipalities: [Nokia]}
  administrator: {role: administrator}
groups:
  palaute-nokia: {role: contributor, municipalities: [Nokia]}
  palaute-koordinaattorit: {role: coordinator}
"""
SECRETS = """[auth]
redirect_uri = "{address}/oauth2callback"
cookie_secret = "only-for-the-tests-on-this-machine-0123456789"
client_id = "evaluation"
client_secret = "any"
server_metadata_url = "{provider}/.well-known/openid-configuration"
"""


@dataclass(frozen=True)
class Signed:
    """The address of a dashboard that asks people to sign in, and of the provider where they do."""

    address: str
    provider: str


@contextlib.contextmanager
def signed(
    database: Path, folder: Path, people: Mapping[str, Mapping[str, object]] = PEOPLE, roles: str = ROLES
) -> Iterator[Signed]:
    """Serve a provider that knows ``people``, and the dashboard with sign-in over ``database``.

    Args:
        database: the file of the database, which is written to.
        folder: where the settings of sign-in are put.
        people: what the provider says of each.
        roles: the file of roles.
    """
    inner = f"http://127.0.0.1:{_free_port()}"
    with _running("-m", "oidc_provider_mock", "--host", "127.0.0.1", "--port", inner.rsplit(":", 1)[1]) as provider:
        _ready(provider, "Running on", "Uvicorn running")
        for sub, claims in people.items():
            _told(f"{inner}/users/{sub}", claims)
        port = _free_port()
        made = Signed(f"http://127.0.0.1:{port}", inner)
        (folder / "access.yaml").write_text(roles, encoding="utf-8")
        secrets = SECRETS.format(address=made.address, provider=made.provider)
        (folder / "secrets.toml").write_text(secrets, encoding="utf-8")
        own = {
            "EVALUATION_ACCESS": str(folder / "access.yaml"),
            "EVALUATION_SECRETS": str(folder / "secrets.toml"),
            "EVALUATION_DATABASE": f"duckdb:///{database.as_posix()}",
        }
        with _running("-m", "evaluation", "dashboard", "--port", str(port), **own) as dashboard:
            _ready(dashboard, made.address)
            yield made


@contextlib.contextmanager
def _running(*arguments: str, **environment: str) -> Iterator[subprocess.Popen[str]]:
    own = os.environ | {"STREAMLIT_SERVER_HEADLESS": "true"} | environment
    with subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)


def _ready(process: subprocess.Popen[str], *signs: str) -> None:
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if any(sign in line for sign in signs):
            # A server whose log nobody reads stops at some point, and one that cannot say goodbye does not stop.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return
    raise AssertionError("".join(said))


def _told(url: str, claims: Mapping[str, object]) -> None:
    body = json.dumps(dict(claims)).encode()
    asked = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method="PUT")  # noqa: S310 - ours
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - ours
        assert answer.status == 204


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
