"""What workers decided on the headings and answers of their files, kept for the next file with the same headings.

Only texts that have passed the guard against personal data may come here: the caller sees to that.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, insert, select

from evaluation.records import Remembered
from evaluation.store.schema import mappings

COLUMN, ANSWER, DECISION = "column", "answer", "decision"


def recall(connection: Connection, header_keys: Sequence[str]) -> Mapping[str, Remembered]:
    """Return what is known of ``header_keys``; those nothing is known of are left out."""
    columns: dict[str, dict[str, str | None]] = {}
    labels: dict[str, dict[tuple[str, str], int | None]] = {}
    decisions: dict[str, dict[str, str]] = {}
    wanted = select(mappings).where(mappings.c.header_key.in_(header_keys))
    for row in connection.execute(wanted):
        if row.kind == COLUMN:
            columns.setdefault(row.header_key, {})[row.source] = row.target
        elif row.kind == DECISION:
            decisions.setdefault(row.header_key, {})[row.source] = row.target
        else:
            code = None if row.target is None else int(row.target)
            labels.setdefault(row.header_key, {})[row.item, row.source] = code
    known = columns.keys() | labels.keys() | decisions.keys()
    return {
        key: Remembered(columns.get(key, {}), labels.get(key, {}), decisions.get(key, {}))
        for key in header_keys
        if key in known
    }


def keep(connection: Connection, header_key: str, mapping: Remembered) -> None:
    """Put ``mapping`` in place of what was known of ``header_key``."""
    connection.execute(delete(mappings).where(mappings.c.header_key == header_key))
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    rows = [(COLUMN, "", heading, target or None) for heading, target in mapping.columns.items()]
    rows += [
        (ANSWER, item, answer, None if code is None else str(code)) for (item, answer), code in mapping.labels.items()
    ]
    rows += [(DECISION, "", key, choice) for key, choice in mapping.decisions.items()]
    names = ("kind", "item", "source", "target")
    values = [{**dict(zip(names, row, strict=True)), "header_key": header_key, "saved_at": now} for row in rows]
    if values:
        connection.execute(insert(mappings), values)
