"""Imports: judging a draft against what is stored, saving what is new, and taking an import back whole."""

import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, delete, insert, select, update

from evaluation.records import Draft, Problem, Receipt
from evaluation.store.engine import insert_frame
from evaluation.store.errors import UnknownImportError
from evaluation.store.schema import CONTENT, answers, attendances, import_ids, imports, open_answers, responses, state


@dataclass(frozen=True)
class ImportRecord:
    """One accepted file; ``accepted_at`` is in universal time."""

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
    synthetic: bool

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain values for JSON."""
        return asdict(self) | {
            "accepted_at": self.accepted_at.isoformat(timespec="seconds"),
            "questionnaires": list(self.questionnaires),
        }


@dataclass(frozen=True)
class Verdict:
    """What would become of a draft: the responses to save, and the receipt as it would be without saving them."""

    fresh: pd.DataFrame
    receipt: Receipt


def judge(connection: Connection, draft: Draft) -> Verdict:
    """Compare ``draft`` with what is stored, changing nothing.

    A file of the same bytes is known by its fingerprint, and so is each of its rows. A second form of one person where
    only one can be given is rejected: which of the two holds is not ours to guess.
    """
    found = draft.responses
    earlier = connection.execute(select(imports.c.import_id).where(imports.c.sha256 == draft.sha256)).scalar()
    if earlier is not None:
        again = Problem("notice", "already_imported", values={"import_id": earlier})
        return Verdict(found.iloc[:0], _receipt(draft, 0, 0, len(found), (again,), earlier))
    stored = _stored_marks(connection, found)
    in_store = found["fingerprint"].isin(stored["fingerprint"])
    twice = found["fingerprint"].duplicated()
    duplicate = in_store | twice
    keyed = found["person_key"].notna() & ~duplicate
    known_person = keyed & found["person_key"].isin(stored["person_key"].dropna())
    candidates = found[keyed & ~known_person]
    second = known_person.copy()
    second.loc[candidates.index[candidates["person_key"].duplicated()]] = True
    problems = (
        *_name_rows(found[duplicate], "notice", "row_already_imported"),
        *_name_rows(found[second], "error", "second_form"),
    )
    fresh = found[~duplicate & ~second]
    return Verdict(fresh, _receipt(draft, len(fresh), int(second.sum()), int(duplicate.sum()), problems, None))


def _stored_marks(connection: Connection, found: pd.DataFrame) -> pd.DataFrame:
    """Return fingerprint and person_key of the stored responses that those of ``found`` could equal."""
    columns = (responses.c.fingerprint, responses.c.person_key)
    same = [responses.c[name].in_(found[name].unique().tolist()) for name in ("practice", "questionnaire")]
    return pd.DataFrame(
        connection.execute(select(*columns).where(*same)).fetchall(), columns=["fingerprint", "person_key"]
    )


def _name_rows(rows: pd.DataFrame, severity: Any, code: str) -> Iterator[Problem]:
    for row in rows.itertuples():
        values = {"row": row.row}
        yield Problem(severity, code, sheet=str(row.sheet), cell=f"A{row.row}", values=values)


def _receipt(
    draft: Draft, accepted: int, rejected: int, duplicates: int, problems: tuple[Problem, ...], import_id: int | None
) -> Receipt:
    return Receipt(
        file=draft.file,
        sha256=draft.sha256,
        import_id=import_id,
        layout=draft.layout,
        questionnaires=draft.questionnaires,
        rows=draft.rows,
        accepted=accepted,
        rejected=draft.rejected + rejected,
        duplicates=duplicates,
        problems=(*draft.problems, *problems),
    )


def save(connection: Connection, draft: Draft, verdict: Verdict) -> int:
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
            synthetic=draft.synthetic,
        )
    )
    columns = [column.name for column in responses.columns if column.name != "import_id"]
    insert_frame(connection, responses, verdict.fresh[columns].assign(import_id=import_id))
    kept = verdict.fresh["response_no"]
    for table, frame in ((answers, draft.answers), (open_answers, draft.texts), (attendances, draft.attendance)):
        insert_frame(connection, table, frame[frame["response_no"].isin(kept)].assign(import_id=import_id))
    _touch(connection)
    return import_id


def remove(connection: Connection, import_id: int) -> int:
    """Delete an import and all that came with it; return the number of responses. Raises UnknownImportError."""
    if connection.execute(select(imports.c.import_id).where(imports.c.import_id == import_id)).first() is None:
        raise UnknownImportError("store.unknown_import", import_id=import_id)
    kept = select(responses.c.response_no).where(responses.c.import_id == import_id)
    count = len(connection.execute(kept).fetchall())
    for table in CONTENT:
        connection.execute(delete(table).where(table.c.import_id == import_id))
    connection.execute(delete(imports).where(imports.c.import_id == import_id))
    _touch(connection)
    return count


def _touch(connection: Connection) -> None:
    connection.execute(update(state).values(data_version=uuid.uuid4().hex))


def records(connection: Connection) -> tuple[ImportRecord, ...]:
    """Return the accepted imports, the latest first."""
    rows = connection.execute(select(imports).order_by(imports.c.import_id.desc())).mappings()
    return tuple(
        ImportRecord(**{**row, "questionnaires": tuple(str(row["questionnaires"]).split(","))}) for row in rows
    )
