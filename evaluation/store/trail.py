"""The trail: who did what and when. Entries are only added, and they say nothing of what anybody answered.

Nothing of a person who answered, no code, no name of a worker's file and no free text may come here.
"""

import csv
import io
import logging
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, func, insert, select

from evaluation.store.schema import audit

Deed = Literal[
    # What changes the answers, written by the store itself.
    "imported",
    "undone",
    "remembered",
    "samples_removed",
    "sample_filled",
    "forgotten",
    "retired",
    "different_people",
    "texts_released",
    "texts_held",
    "definition_made",
    "definition_changed",
    "definition_retired",
    "definition_reinstated",
    "definition_removed",
    "emptied",
    "restored",
    "copied_in",
    # What takes something out of the database.
    "copied_out",
    "backup",
    "report",
    "package",
    "answers_file",
    "export",
    "workbook",
    "definitions_exported",
    # What changes how it is used.
    "setting",
    "signed_in",
    "signed_out",
    "sign_in_refused",
]
DEEDS: tuple[str, ...] = get_args(Deed)

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Entry:
    """One deed; ``done_at`` is in universal time, ``actor`` is "" where there was no sign-in.

    ``subject`` is the number of an import, the name of a backup file, what a report was of, kind, id and version of a
    definition, practice and question of open answers, or what an ended sign-in is known by; ``count`` the number of
    forms.
    """

    number: int
    done_at: datetime
    actor: str
    deed: str
    subject: str
    count: int

    @property
    def local(self) -> datetime:
        """When it was, by the clock on the wall."""
        return self.done_at.replace(tzinfo=UTC).astimezone()

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as plain values for JSON."""
        return asdict(self) | {"done_at": self.done_at.isoformat(timespec="seconds")}


def as_csv(trail: Sequence[Entry]) -> str:
    """Return entries as a table of comma-separated values with a row of headings."""
    target = io.StringIO()
    writer = csv.DictWriter(target, [column.name for column in audit.columns], lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in entry.to_dict().items()} for entry in trail)
    return target.getvalue()


def _harmless(value: object) -> object:
    """Return a value that no spreadsheet takes for a formula: who signs in elsewhere may be called anything."""
    return f"'{value}" if str(value)[:1] in {"=", "+", "-", "@", "\t", "\r"} else value


def log(number: int, deed: Deed, count: int) -> None:
    """Write a line of a deed that is done into the log; who did it and to what stands in the trail alone."""
    _log.info("deed=%s audit=%d count=%d", deed, number, count)


def record(connection: Connection, actor: str, deed: Deed, subject: str, count: int) -> int:
    """Add a deed to the trail, in the open transaction, which must be one that writes; return its number."""
    last = connection.execute(select(func.max(audit.c.number))).scalar_one()
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    number = (last or 0) + 1
    row = {"number": number, "done_at": now, "actor": actor, "deed": deed, "subject": subject, "count": count}
    connection.execute(insert(audit).values(row))
    return number


def entries(connection: Connection, since: datetime | None, deeds: Collection[str]) -> tuple[Entry, ...]:
    """Return the trail, the latest first; only from ``since`` on, only ``deeds`` where there are any."""
    wanted = select(audit).order_by(audit.c.number.desc())
    if since is not None:
        wanted = wanted.where(audit.c.done_at >= since)
    if deeds:
        wanted = wanted.where(audit.c.deed.in_(deeds))
    return tuple(Entry(**row) for row in connection.execute(wanted).mappings())
