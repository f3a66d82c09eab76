"""An attendance register: participants below one another, sessions side by side, a mark where they meet."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.definitions.columns import PARTICIPANT
from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, weaker
from evaluation.intake.layouts.column_contents import content_counts, is_label, whole
from evaluation.intake.layouts.headers import one_line
from evaluation.intake.layouts.statistics_rows import without_statistics
from evaluation.intake.layouts.typed_table import fields_under, heading_text, rows_searched, session_of, table_of
from evaluation.intake.table import Recognised, Session, Table, TableField
from evaluation.intake.values.dates import WEEKDAY
from evaluation.spreadsheets import Content, Sheet

NAME = "attendance_register"
# Other headings of the people in a register than those of codes; a name typed there is caught when it is read.
PEOPLE = frozenset({"osallistuja", "osallistujat", "asiakas", "deltagare", "klient", "participants", "client"})
MARKS = frozenset({
    "x", "p", "l", "k", "e", "o", "+", "-", "v", "ok", "✓", "✔", "☑", "0", "1", "2", "kyllä", "ei", "paikalla", "läsnä",
    "poissa", "perui", "perunut", "peruutus", "peruttu", "ja", "nej", "närvarande", "frånvarande", "avbokade",
    "avbokat", "yes", "no", "present", "absent", "cancelled", "true", "false",
})  # fmt: skip
_WEEKDAYS = frozenset({
    "ma", "ti", "ke", "to", "pe", "la", "su", "maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai",
    "sunnuntai", "mån", "tis", "ons", "tor", "fre", "lör", "sön", "måndag", "tisdag", "onsdag", "torsdag", "fredag",
    "lördag", "söndag", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday",
})  # fmt: skip
_SURE = weaker(LIKELY, 5)
# The share of the cells under the sessions that must be marks: headings such as "Kerta 1" or a day need less proof.
_STRICT, _LENIENT = 0.8, 0.5
# A day without its year, the number of a week, a session written short.
_LOOSE = re.compile(
    rf"^(?:(?:{WEEKDAY}|[a-zåäö]{{2,3}}\.?\s*)\d{{1,2}}\.\s?\d{{1,2}}\.?"
    r"|(?:viikko|vko|vk|vecka|v|week|wk)\.?\s*\d{1,2}|\d{1,2}\.?\s*(?:krt|kerta)|(?:krt|k)\.?\s*\d{1,2})$"
)


@dataclass(frozen=True)
class _Heading:
    rows: tuple[int, ...]
    sessions: Mapping[int, Session]
    sure: int


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return the register on ``sheet``: people in front of at least two sessions, with marks below the sessions."""
    best: _Heading | None = None
    for row in rows_searched(sheet):
        heading = _heading(sheet, row, known)
        if heading is not None and (best is None or len(heading.sessions) > len(best.sessions)):
            best = heading
    if best is None:
        return Recognised(NAME, NO)
    table = _table(sheet, best, known)
    people = without_statistics(table)
    score = _score(people, best, known) if isinstance(people, Table) else NO
    return Recognised(NAME, score, (table,) if score else ())


def _heading(sheet: Sheet, row: int, known: Known) -> _Heading | None:
    """Read a row as the header of a register: whose column stands first, then the sessions; days may stand below."""
    cells = sheet.row(row)
    people = next((place for place, cell in enumerate(cells) if is_people(cell, known)), None)
    if people is None:
        return None
    sessions: dict[int, Session] = {}
    sure = 0
    for place in range(people + 1, sheet.width):
        session = session_of(cells[place], len(sessions) + 1)
        sure += session is not None
        if session is None and _is_loose(cells[place], known):
            session = Session(len(sessions) + 1, None)
        if session is not None:
            sessions[place] = session
    if len(sessions) < 2:
        return None
    days = {place: session_of(sheet.cell(row + 1, place), session.number) for place, session in sessions.items()}
    if sheet.cell(row + 1, people) is None and sum(day is not None for day in days.values()) * 2 > len(sessions):
        with_days = {place: _joined(session, days[place]) for place, session in sessions.items()}
        return _Heading((row, row + 1), with_days, len(sessions))
    return _Heading((row,), sessions, sure)


def is_people(cell: Content | None, known: Known) -> bool:
    """Tell whether a heading stands over the people of a table: their codes, or names that should not be there."""
    if not isinstance(cell, str):
        return False
    text = heading_text(cell)
    return known.system(text) == PARTICIPANT or fold_heading(text) in PEOPLE or known.is_personal(text)


def _is_loose(cell: Content | None, known: Known) -> bool:
    value = whole(cell)
    if value is not None:
        return 1 <= value <= 60
    return isinstance(cell, str) and not known.find(cell) and _is_loose_text(fold(cell))


def _is_loose_text(text: str) -> bool:
    return text.strip(".") in _WEEKDAYS or _LOOSE.match(text) is not None


def _joined(session: Session, day: Session | None) -> Session:
    return session if day is None or session.held_on is not None else Session(session.number, day.held_on)


def _table(sheet: Sheet, heading: _Heading, known: Known) -> Table:
    fields = list(fields_under(sheet, heading.rows, known, skip=heading.sessions))
    fields = [_person(field, known) for field in fields]
    for place, session in heading.sessions.items():
        label = " ".join(text for text in (one_line(sheet.cell(row, place)) for row in heading.rows) if text)
        fields.append(TableField(label, (place,), (label,), "session", session=session))
    return table_of(sheet, NAME, heading.rows, sorted(fields, key=lambda field: field.columns))


def _person(field: TableField, known: Known) -> TableField:
    if field.kind == "question" and fold_heading(field.names[0]) in PEOPLE and not known.is_personal(field.names[0]):
        return TableField(field.heading, field.columns, field.names, "system", system=PARTICIPANT)
    return field


def _score(table: Table, heading: _Heading, known: Known) -> float:
    """Return how sure it is: headings that are no days or sessions need marks below that are nothing else."""
    strict = heading.sure * 2 < len(heading.sessions)
    contents: dict[Content, int] = {}
    for place in heading.sessions:
        for content, count in _mark_counts(table, place).items():
            contents[content] = contents.get(content, 0) + count
    if not contents:
        return NO if strict else _SURE
    marks = sum(count for content, count in contents.items() if _is_mark(content, known, strict))
    if marks < (_STRICT if strict else _LENIENT) * sum(contents.values()):
        return NO
    # Ones and twos under bare numbers may be answers to numbered questions.
    if strict and {whole(content) for content in contents} <= {1, 2} and 2 in map(whole, contents):
        return NO
    return _SURE


def _mark_counts(table: Table, place: int) -> Mapping[Content, int]:
    column = table.sheet.columns[place]
    # Marks are few; where a column holds much else, one text that is no mark says the same.
    return content_counts(column, table.rows) if len(column.values) <= 100 else {"": len(table.rows)}


def _is_mark(content: Content, known: Known, strict: bool) -> bool:
    text = fold(one_line(content)).rstrip(" .")
    return text in MARKS or whole(content) in (0, 1, 2) or (not strict and is_label(text, known))
