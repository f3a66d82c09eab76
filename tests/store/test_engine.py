"""Frames go in and out of a database whole, on every kind of engine."""

import datetime

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import BigInteger, Column, Date, Integer, MetaData, String, Table, create_engine, func, select

from evaluation.store.engine import transaction
from evaluation.store.frames import fetch_frame, insert_frame, listed

THINGS = Table(
    "things",
    MetaData(),
    Column("number", BigInteger),
    Column("item", String),
    Column("value", Integer),
    Column("held_on", Date),
)


@pytest.fixture
def connection(new_database):
    engine = create_engine(new_database())
    with transaction(engine, writing=True) as connection:
        THINGS.create(connection)
        yield connection
    engine.dispose()


def things() -> pd.DataFrame:
    """Return rows in the narrow types that a large draft has."""
    return pd.DataFrame(
        {
            "number": np.arange(3, dtype="int32"),
            "item": pd.Categorical(["mood", "money", "mood"]),
            "value": np.array([1, 5, 98], dtype="int8"),
            "held_on": [datetime.date(2018, 1, 4), None, datetime.date(2018, 1, 11)],
        }
    )


def test_a_frame_comes_back_as_it_went_in(connection) -> None:
    insert_frame(connection, THINGS, things())
    found = fetch_frame(connection, select(THINGS).order_by(THINGS.c.number))
    assert found["item"].tolist() == ["mood", "money", "mood"]
    assert found["value"].tolist() == [1, 5, 98]
    assert str(found["value"].dtype) == "int64"
    assert found["held_on"].iloc[0] == datetime.date(2018, 1, 4)
    assert pd.isna(found["held_on"].iloc[1])


def test_an_empty_answer_has_its_columns(connection) -> None:
    insert_frame(connection, THINGS, things().iloc[:0])
    found = fetch_frame(connection, select(THINGS.c.number, func.count().label("n")).group_by(THINGS.c.number))
    assert found.empty
    assert list(found.columns) == ["number", "n"]


def test_many_marks_can_be_asked_for_at_once_and_twice(connection) -> None:
    insert_frame(connection, THINGS, things())
    for wanted, expected in ((["mood", *map(str, range(50_000))], [0, 2]), (["money"], [1]), ([], [])):
        with listed(connection, pd.Series(wanted, dtype=object)) as marks:
            found = fetch_frame(connection, select(THINGS.c.number).where(THINGS.c.item.in_(marks)))
        assert sorted(found["number"]) == expected
