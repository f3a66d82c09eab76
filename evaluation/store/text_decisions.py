"""What a person decided on open answers after reading them: each is released to be published, or held back."""

import pandas as pd
from sqlalchemy import Column, Connection, MetaData, String, Table, and_, update

from evaluation.store.frames import insert_frame
from evaluation.store.schema import open_answers, responses

# By what a text is known: no number of a form leaves the store beside it.
_OF_FORM = ("practice", "municipality", "cohort", "role", "questionnaire")
TEXT_KEYS = (*_OF_FORM, "item", "text")


def decide_texts(connection: Connection, texts: pd.DataFrame, publishable: bool) -> int:
    """Release ``texts`` or hold them back, in the open transaction; return how many stored ones that are.

    Args:
        connection: an open transaction.
        texts: TEXT_KEYS, and ``reading_digest`` of the screened form in which each was read.
        publishable: whether they are released.
    """
    columns = [*TEXT_KEYS, "reading_digest"]
    if texts.empty:
        return 0
    chosen = Table("text_decisions", MetaData(), *(Column(name, String) for name in columns), prefixes=["TEMPORARY"])
    chosen.create(connection, checkfirst=False)
    insert_frame(connection, chosen, texts[columns].drop_duplicates(list(TEXT_KEYS)))
    same = [responses.c[name] == chosen.c[name] for name in _OF_FORM]
    same += [open_answers.c[name] == responses.c[name] for name in ("import_id", "response_no")]
    same += [open_answers.c[name] == chosen.c[name] for name in ("item", "text")]
    decision = {"reading_digest": chosen.c.reading_digest, "publishable": publishable}
    count = connection.execute(
        update(open_answers).where(and_(*same), responses.c.superseded_by.is_(None)).values(decision)
    ).rowcount
    chosen.drop(connection)
    return int(count)


def keep_decisions(connection: Connection, import_id: int) -> None:
    """Let what was decided on a text hold in the form of ``import_id`` that says the same instead of the stored one."""
    form, before = responses.alias(), open_answers.alias()
    same = [form.c.superseded_by == import_id, form.c.superseded_as == open_answers.c.response_no]
    same += [before.c[name] == form.c[name] for name in ("import_id", "response_no")]
    same += [before.c[name] == open_answers.c[name] for name in ("item", "text")]
    decision = {name: before.c[name] for name in ("reading_digest", "publishable")}
    connection.execute(update(open_answers).where(open_answers.c.import_id == import_id, and_(*same)).values(decision))
