"""Forms that take the place of stored ones, with the answers they take over from them; and the way back."""

import pandas as pd
from sqlalchemy import Connection, and_, delete, exists, or_, select, update

from evaluation.store.answer_comparison import SESSION
from evaluation.store.frames import insert_frame, listed_forms
from evaluation.store.schema import answers, attendances, open_answers, responses

PARTS = (answers, open_answers, attendances)
_VALUES = {answers.name: "value", open_answers.name: "text", attendances.name: "mark"}


def supersede(connection: Connection, superseded: pd.DataFrame, import_id: int) -> None:
    """Take stored forms out of every count in favour of ``import_id``, and their keys from them.

    ``superseded`` has import_id and stored_no, and response_no of the form in its place, if there is one.
    """
    if superseded.empty:
        return
    numbered = superseded.rename(columns={"response_no": "place", "stored_no": "response_no"})
    for place, forms in numbered.groupby(numbered["place"].isna()):
        with listed_forms(connection, forms, None if place else "place") as chosen:
            same = and_(responses.c.import_id == chosen.c.import_id, responses.c.response_no == chosen.c.response_no)
            connection.execute(
                update(responses)
                .where(same)
                .values(
                    superseded_by=import_id,
                    superseded_as=None if place else chosen.c.place,
                    superseded_key=responses.c.person_key,
                    person_key=None,
                )
            )


def take_over(connection: Connection, stored: pd.DataFrame, import_id: int) -> None:
    """Save stored answers (carried_answers) with the forms of ``import_id`` that complete those they stood in."""
    for table in PARTS:
        part = stored[stored["part"] == table.name]
        if part.empty:
            continue
        value = part["value"] if table is open_answers else part["value"].astype("int64")
        rows = {"response_no": part["response_no"], _VALUES[table.name]: value, "carried_from": part["carried_from"]}
        if table is attendances:
            rows |= {"session_no": part["item"].str.removeprefix(SESSION).astype("int64"), "held_on": part["held_on"]}
        else:
            rows |= {"item": part["item"]}
        insert_frame(connection, table, pd.DataFrame(rows).assign(import_id=import_id))


def restore_superseded(connection: Connection, import_id: int) -> None:
    """Undo what the import superseded; where one of its forms has been superseded since, that one takes over.

    The forms of the import itself must be there for it, and gone before keys go back; so this deletes them.
    Where somebody has the key meanwhile, their form keeps the place.
    """
    successor, holder = responses.alias("successor"), responses.alias("holder")
    same = and_(successor.c.import_id == import_id, successor.c.response_no == responses.c.superseded_as)
    by, at = (
        select(column).where(same).scalar_subquery()
        for column in (successor.c.superseded_by, successor.c.superseded_as)
    )
    replaced = responses.c.superseded_by == import_id
    connection.execute(update(responses).where(replaced).values(superseded_by=by, superseded_as=at))
    connection.execute(delete(responses).where(responses.c.import_id == import_id))
    _take_back(connection, import_id)
    free = and_(responses.c.superseded_by.is_(None), responses.c.superseded_key.is_not(None))
    same_key = holder.c.person_key == responses.c.superseded_key
    by, at = (select(column).where(same_key).scalar_subquery() for column in (holder.c.import_id, holder.c.response_no))
    connection.execute(
        update(responses)
        .where(free, exists(select(holder.c.import_id).where(same_key)))
        .values(superseded_by=by, superseded_as=at)
    )
    connection.execute(update(responses).where(free).values(person_key=responses.c.superseded_key, superseded_key=None))


def _take_back(connection: Connection, import_id: int) -> None:
    """Take the answers that came with the import out of the forms that took them over."""
    carrying = []
    for table in PARTS:
        carried = and_(
            table.c.carried_from == import_id,
            table.c.import_id == responses.c.import_id,
            table.c.response_no == responses.c.response_no,
        )
        carrying.append(exists(select(table.c.import_id).where(carried)))
    connection.execute(update(responses).where(or_(*carrying)).values(contents=None))
    for table in PARTS:
        connection.execute(delete(table).where(table.c.carried_from == import_id))
