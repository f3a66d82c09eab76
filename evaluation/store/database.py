"""One database as somebody uses it: what is written is recorded in the trail in the same transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine

from evaluation.store.engine import transaction
from evaluation.store.trail import Deed, log, record

_DEEDS = "deeds"


class Database:
    """An engine, and who acts. Every call holds the database only while it lasts."""

    def __init__(self, engine: Engine, actor: str = "") -> None:
        """Take an engine that open_engine made, and who acts, as the sign-in names them ("" where there is none)."""
        self._engine = engine
        self._actor = actor

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """Give a transaction that changes what is stored; its deeds are logged once they are done for sure."""
        with transaction(self._engine, writing=True) as connection:
            done: list[tuple[int, Deed, int]] = []
            connection.info[_DEEDS] = done
            yield connection
        for number, deed, count in done:
            log(number, deed, count)

    def _record(self, connection: Connection, deed: Deed, subject: object = "", count: int = 0) -> None:
        number = record(connection, self._actor, deed, str(subject), count)
        connection.info[_DEEDS].append((number, deed, count))
