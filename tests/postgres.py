"""A PostgreSQL of one's own: made in a new folder, reached by a socket in it, gone afterwards."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.engine import URL

if TYPE_CHECKING:
    import psycopg

# What tests of the store run on; the second only as part of the whole run.
DUCKDB = "duckdb"
POSTGRESQL = pytest.param("postgresql", marks=pytest.mark.postgres)
KINDS = [DUCKDB, POSTGRESQL]

MISSING = "PostgreSQL is not installed on this machine"
# A server refuses to run as root.
UNPRIVILEGED = ("postgres", "nobody")
# Who made the server, and whose databases are those of the toolkit: nobody with rights over the server.
MAKER, OWNER = "maker", "evaluation"
INITDB = (f"--username={MAKER}", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
# The version from which a database may have an order of words that the machine does not know.
ORDERS = 150_000
_numbers = count(1)


@dataclass(frozen=True)
class Cluster:
    """A running server; ``folder`` holds its files and its socket."""

    folder: Path
    programs: Path
    user: str | None

    def new_database(self) -> str:
        """Make an empty database; return its address as the toolkit takes it."""
        name = f"own_{next(_numbers)}"
        with self._as_maker() as connection:
            # Words in the order of Finnish, as the server of a county would have them.
            order = "LOCALE_PROVIDER icu ICU_LOCALE 'fi'" if connection.info.server_version >= ORDERS else ""
            connection.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE template0 {order}")
        return self.address(name)

    def make_owner(self) -> None:
        with self._as_maker() as connection:
            connection.execute(f"CREATE ROLE {OWNER} LOGIN")

    def _as_maker(self) -> "psycopg.Connection[object]":
        import psycopg

        return psycopg.connect(host=str(self.folder), user=MAKER, dbname="postgres", autocommit=True)

    def address(self, name: str, user: str = OWNER) -> str:
        url = URL.create("postgresql+psycopg", user, database=name, query={"host": str(self.folder)})
        return url.render_as_string(hide_password=False)

    def start(self) -> None:
        self.control("-o", f"-k {self.folder} -c listen_addresses= -c fsync=off -c max_connections=200", "start")

    def control(self, *arguments: str) -> None:
        """Run pg_ctl, which stops and starts the server."""
        data = ["-D", str(self.folder / "data"), "-l", str(self.folder / "log"), "-w", "-s"]
        self.run("pg_ctl", *data, *arguments)

    def run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        subprocess.run(command, user=self.user, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs: on the path, or where Debian keeps them."""
    found = shutil.which("initdb")
    places = [Path(found).parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


@contextmanager
def running(where: Path | None = None) -> Iterator[Cluster]:
    """Give a server that runs meanwhile, with all its files in a new folder in ``where``.

    Skips the test where PostgreSQL is not installed.
    """
    place = programs()
    if place is None:
        pytest.skip(MISSING)
    user = next(filter(_known, UNPRIVILEGED)) if os.geteuid() == 0 else None
    # The path of a socket may have a hundred letters; the folders of tests have more.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=where))
    if user is not None:
        shutil.chown(folder, user)
    cluster = Cluster(folder, place, user)
    try:
        cluster.run("initdb", "-D", str(folder / "data"), *INITDB)
        cluster.start()
        cluster.make_owner()
        yield cluster
        cluster.control("-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _known(name: str) -> bool:
    import pwd

    try:
        return pwd.getpwnam(name).pw_uid != 0
    except KeyError:
        return False
