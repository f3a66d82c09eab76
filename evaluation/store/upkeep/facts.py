"""Looking after what is stored: where it is and how much, forgetting a participant code."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Table,
    and_,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    true,
    update,
)

from evaluation.codes import near_codes
from evaluation.store.engine import database_file, transaction
from evaluation.store.imports import touch
from evaluation.store.schema import CONTENT, imports, mappings, open_answers, responses

# Practice, municipality and cohort.
CohortKey = tuple[str, str, str]


@dataclass(frozen=True)
class Facts:
    """Where a database is and how much it holds; ``file`` and ``size`` (bytes) are None on a server."""

    file: Path | None
    size: int | None
    forms: int
    imports: int
    last_import: datetime | None


@dataclass(frozen=True)
class CodePlace:
    """How many forms of one questionnaire stand under a code in one cohort, those that another replaced among them."""

    practice: str
    municipality: str
    cohort: str
    questionnaire: str
    forms: int

    @property
    def cohort_key(self) -> CohortKey:
        """The cohort of the forms: in another one the same code may be that of somebody else."""
        return self.practice, self.municipality, self.cohort


@dataclass(frozen=True)
class CodeUse:
    """Where a participant code stands; ``near`` are the codes stored that may be a slip of the hand for it."""

    code: str
    places: tuple[CodePlace, ...]
    near: tuple[str, ...]

    @property
    def forms(self) -> int:
        """How many forms stand under the code."""
        return sum(place.forms for place in self.places)


def facts_of(engine: Engine) -> Facts:
    """Return where the database is and how much it holds."""
    forms = select(func.count()).select_from(responses)
    with transaction(engine) as connection:
        all_forms = int(connection.execute(forms).scalar_one())
        files, last = connection.execute(select(func.count(), func.max(imports.c.accepted_at))).one()
    file = database_file(engine)
    size = file.stat().st_size if file else None
    return Facts(file, size, all_forms, int(files), last)


def forms_in(connection: Connection) -> int:
    """Count the forms that are stored."""
    return int(connection.execute(select(func.count()).select_from(responses)).scalar_one())


def use_of(connection: Connection, code: str) -> CodeUse:
    """Tell what stands under ``code``; no answers."""
    wanted = tidy(code)
    keys = [responses.c[name] for name in ("practice", "municipality", "cohort", "questionnaire")]
    rows = connection.execute(
        select(*keys, func.count().label("forms"))
        .where(responses.c.participant == wanted)
        .group_by(*keys)
        .order_by(*keys)
    )
    places = tuple(CodePlace(**row) for row in rows.mappings())
    stored = select(responses.c.participant).where(responses.c.participant.is_not(None)).distinct()
    near = near_codes([str(stored_code) for stored_code in connection.scalars(stored)], [wanted]) if wanted else {}
    return CodeUse(wanted, places, tuple(sorted(near)))


def forget(connection: Connection, code: str, cohorts: Collection[CohortKey] | None = None) -> int:
    """Delete every form under ``code`` and all that belongs to it; return how many forms went.

    Once no form is left under it, a code that can be nothing else, for it has letters and figures, also goes out of
    what others wrote, of names of files and of remembered headings. "7" and "MK" stand there for other things too, and
    stay.

    Args:
        connection: an open transaction.
        code: the participant code.
        cohorts: the cohorts to delete it in; None for all of them.
    """
    wanted = tidy(code)
    count = delete_forms(
        connection,
        and_(responses.c.participant == wanted, true() if cohorts is None else or_(false(), *map(in_cohort, cohorts))),
    )
    left = connection.execute(select(responses.c.import_id).where(responses.c.participant == wanted)).first()
    if left is None and is_distinctive(wanted):
        _take_mentions_out(connection, wanted)
    touch(connection)
    return count


def delete_forms(connection: Connection, which: ColumnElement[bool]) -> int:
    """Delete the forms of which ``which`` holds and all that belongs to them; return how many forms went."""
    count = int(connection.execute(select(func.count()).select_from(responses).where(which)).scalar_one())
    for table in CONTENT:
        if table is not responses:
            same = (responses.c.import_id == table.c.import_id) & (responses.c.response_no == table.c.response_no)
            connection.execute(delete(table).where(exists().where(same & which)))
    connection.execute(delete(responses).where(which))
    return count


def in_cohort(key: CohortKey) -> ColumnElement[bool]:
    """Tell of a form whether it stands in ``key``."""
    practice, municipality, cohort = key
    named = responses.c.practice == practice, responses.c.municipality == municipality, responses.c.cohort == cohort
    return and_(*named)


def _take_mentions_out(connection: Connection, code: str) -> None:
    """Put a sign in place of ``code`` in texts and names of files, and forget the headings that hold it."""
    _take_out(connection, open_answers, "text", code)
    _take_out(connection, imports, "file", code)
    headings = mappings.c.source
    heard = [
        str(heading) for heading in connection.scalars(select(headings).distinct()) if mention(code).search(heading)
    ]
    connection.execute(delete(mappings).where(headings.in_(heard)))


def _take_out(connection: Connection, table: Table, column: str, code: str) -> None:
    """Put a sign in place of ``code`` wherever it stands as a word in the texts of ``column``."""
    # Looked for here and not by the database, which may not know Ä for a capital ä.
    texts = connection.scalars(select(table.c[column]).distinct())
    for text in [str(text) for text in texts if mention(code).search(text)]:
        rest = mention(code).sub("[…]", text)
        connection.execute(update(table).where(table.c[column] == text).values({column: rest}))


def is_distinctive(code: str) -> bool:
    """Tell whether a code can be nothing else where it stands in a text: it has letters and figures."""
    return re.search(r"\d", code) is not None and re.search(r"[^\W\d]", code) is not None


def mention(code: str) -> re.Pattern[str]:
    """Return what finds ``code`` as a word of a text."""
    return re.compile(rf"(?<![^\W_]){re.escape(code)}(?![^\W_])", re.IGNORECASE)


def tidy(code: str) -> str:
    """Return a code as reading a file writes it: single spaces, none around."""
    return " ".join(code.split())
