"""Whose answers a database holds: those of workers, or of the sample, which are made up; never both."""

from typing import Literal

from sqlalchemy import Connection, select, update

from evaluation.store.errors import StoreError
from evaluation.store.schema import state

Kind = Literal["own", "sample"]
OWN: Kind = "own"
SAMPLE: Kind = "sample"


def kind_of(connection: Connection) -> Kind:
    """Return what the open database is marked as."""
    return known_kind(connection.execute(select(state.c.kind)).scalar_one())


def set_kind(connection: Connection, kind: Kind) -> None:
    """Mark the open database."""
    connection.execute(update(state).values(kind=kind))


def known_kind(mark: object) -> Kind:
    """Return a mark as it was read from elsewhere; raise ValueError where it is none."""
    if mark == OWN:
        return OWN
    if mark == SAMPLE:
        return SAMPLE
    raise ValueError(f"no kind of answers: {mark}")


def refuse_sample(connection: Connection) -> None:
    """Raise StoreError where the open database is the sample's: nothing is imported there."""
    if kind_of(connection) == SAMPLE:
        raise StoreError("store.sample_takes_nothing")


def refuse_other_kind(kind: Kind, wanted: Kind) -> None:
    """Raise StoreError where answers of ``kind`` would be mixed with those of ``wanted``."""
    if kind != wanted:
        raise StoreError("store.sample_into_own" if kind == SAMPLE else "store.own_into_sample")
