"""Imports: saving what is new in a draft, taking an import back whole, and listing them."""

import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from evaluation.records import Draft
from evaluation.store.counted import NO_ROW
from evaluation.store.errors import UnknownImportError
from evaluation.store.frames import insert_frame
from evaluation.store.judging import Verdict
from evaluation.store.replacement import restore_superseded, supersede, take_over
from evaluation.store.schema import CONTENT, answers, attendances, import_ids, imports, open_answers, responses, state
from evaluation.store.text_decisions import keep_decisions


@dataclass(frozen=True)
class ImportRecord:
    """One accepted file; ``accepted_at`` is in universal time, ``actor`` who imported it ("" without a sign-in)."""

    import_id: int
    file: str
    sha256: str
    accepted_at: datetime
    layout: str
    questionnaires: tuple[str, ...]
    rows: int
    accepted: int
    rejected: int
    duplicates: int
    set_aside: int
    actor: str

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain values for JSON."""
        return asdict(self) | {
            "accepted_at": self.accepted_at.isoformat(timespec="seconds"),
            "questionnaires": list(self.questionnaires),
        }


def save(connection: Connection, draft: Draft, verdict: Verdict, actor: str) -> int:
    """Save the fresh responses of ``verdict`` with all that belongs to them; return the number of the import."""
    import_id = int(connection.execute(import_ids.next_value()).scalar_one())
    receipt = verdict.receipt
    connection.execute(
        insert(imports).values(
            import_id=import_id,
            file=draft.file,
            sha256=draft.sha256,
            accepted_at=datetime.now(UTC).replace(tzinfo=None, microsecond=0),
            layout=draft.layout,
            questionnaires=",".join(draft.questionnaires),
            rows=receipt.rows,
            accepted=receipt.accepted,
            rejected=receipt.rejected,
            duplicates=receipt.duplicates,
            set_aside=receipt.set_aside,
            actor=actor,
        )
    )
    supersede(connection, verdict.superseded, import_id)
    columns = [column.name for column in responses.columns if column.name in verdict.fresh.columns]
    made = verdict.fresh[columns].assign(import_id=import_id, counted=verdict.fresh["row"] == NO_ROW)
    insert_frame(connection, responses, made)
    numbers = verdict.fresh["response_no"]
    for table, frame in ((answers, draft.answers), (open_answers, draft.texts), (attendances, draft.attendance)):
        rows = frame if len(numbers) == len(draft.responses) else frame[frame["response_no"].isin(numbers)]
        insert_frame(connection, table, rows.assign(import_id=import_id))
    take_over(connection, verdict.carried, import_id)
    keep_decisions(connection, import_id)
    touch(connection)
    return import_id


def remove(connection: Connection, import_id: int) -> int:
    """Delete an import and all that came with it, and put back what it superseded; return the number of responses.

    Raises UnknownImportError.
    """
    if connection.execute(select(imports.c.import_id).where(imports.c.import_id == import_id)).first() is None:
        raise UnknownImportError("store.unknown_import", import_id=import_id)
    forms = select(func.count()).select_from(responses).where(responses.c.import_id == import_id)
    count = int(connection.execute(forms).scalar_one())
    restore_superseded(connection, import_id)
    for table in CONTENT:
        connection.execute(delete(table).where(table.c.import_id == import_id))
    connection.execute(delete(imports).where(imports.c.import_id == import_id))
    touch(connection)
    return count


def touch(connection: Connection) -> None:
    """Mark that the answers have changed."""
    connection.execute(update(state).values(data_version=uuid.uuid4().hex))


def records(connection: Connection) -> tuple[ImportRecord, ...]:
    """Return the accepted imports, the latest first."""
    rows = connection.execute(select(imports).order_by(imports.c.import_id.desc())).mappings()
    return tuple(
        ImportRecord(**{**row, "questionnaires": tuple(str(row["questionnaires"]).split(","))}) for row in rows
    )
