"""The columns that identify participants: codes under a heading that only names a person, and codes made of names.

The contents decide whether a column holds codes. A code made of a name is the same for the same name, and nobody
without the key can tell whose it is; a table with such codes holds no names, so that everything after it reads codes.
"""

import hashlib
import hmac
import re
import unicodedata
from base64 import b32encode
from collections.abc import Mapping, Sequence
from dataclasses import replace

from evaluation.definitions import Library, Practice, Questionnaire
from evaluation.definitions.columns import PARTICIPANT
from evaluation.guard.participant_codes import are_days_of_birth, fault_of
from evaluation.intake.aliases import PERSON_HEADINGS
from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.known import Known
from evaluation.intake.personal_data import as_text, looks_personal
from evaluation.intake.table import Table, TableField
from evaluation.intake.values import is_total, read_participant
from evaluation.records import Choice, OpenQuestion
from evaluation.spreadsheets import CellFault, Column, Content, address

# So much of a column looks like codes; a few cells may be anything.
MOSTLY = 0.8
FEWEST = 2
# The forms that the people of a form answer at another time.
_PAIRED_TIMINGS = {"start": ("end", "follow_up"), "end": ("start",), "follow_up": ("start",)}
ONCE_OR_TWICE = 0.45
# What stands in place of codes that codes can be made of.
MADE_CODES_OF = ("participant_is_name", "birth_day_as_code", "number_as_code")
# "K1", "AN0704", "kevät-12": letters and figures together are what people make codes of.
_MADE_UP = re.compile(r"(?=.*[^\W\d_])(?=.*\d)\S{2,16}")

# Forty bits: of a thousand people two share a code once in two million times.
CODE_LENGTH = 8
NAME_MARK = "N"
_MADE = re.compile(rf"{NAME_MARK}[A-Z2-7]{{{CODE_LENGTH}}}(?:-\d+)?")
_WORDS = re.compile(r"[^\W\d_]+")

NAMES, MAKE_CODES, LEAVE_OUT = "names_as_codes", "make_codes", "leave_out"
WHOLE = frozenset({
    "nimi", "koko nimi", "asiakkaan nimi", "vastaajan nimi", "osallistujan nimi", "namn", "deltagarens namn",
    "klientens namn", "name", "full name", "client name", "your name",
})  # fmt: skip
FIRST = frozenset({"etunimi", "förnamn", "first name"})
LAST = frozenset({"sukunimi", "efternamn", "last name", "surname"})
_FIGURE = re.compile(r"\d")


def with_code_column(table: Table, known: Known, confirmed: Mapping[str, str | None]) -> Table:
    """Return ``table`` with the column under a word for a person as that of codes, where codes stand in it.

    Nothing is changed where another column is that of codes already, or the worker has confirmed what the column is.
    """
    if any(is_code_column(field, known, confirmed) for field in table.fields):
        return table
    fitting = [
        field
        for field in table.fields
        if field.kind == "question"
        and fold(field.heading) not in confirmed
        and any(fold_heading(name) in PERSON_HEADINGS for name in field.names)
        and _holds_codes(table, field)
    ]
    if len(fitting) != 1:
        return table
    code_field = replace(fitting[0], kind="system", system=PARTICIPANT)
    return replace(table, fields=tuple(code_field if field is fitting[0] else field for field in table.fields))


def is_code_column(field: TableField, known: Known, confirmed: Mapping[str, str | None]) -> bool:
    """Tell whether ``field`` is the column of codes: by the worker's word, the layout, or its heading."""
    key = fold(field.heading)
    if key in confirmed:
        return confirmed[key] == PARTICIPANT
    if field.system is not None:
        return field.system == PARTICIPANT
    return field.kind == "question" and any(known.system(name) == PARTICIPANT for name in field.names)


def _holds_codes(table: Table, field: TableField) -> bool:
    contents = list(table.sheet.columns[field.columns[0]].contents(table.rows))
    codes = {str(content).strip() for content in contents if is_made_up_code(content)}
    return len(codes) >= FEWEST and sum(map(is_made_up_code, contents)) >= MOSTLY * len(contents)


def is_made_up_code(content: Content) -> bool:
    """Tell whether a content is a code of letters and figures, and no name, number or address."""
    read = read_participant(content)
    return read.fault is None and read.value is not None and _MADE_UP.fullmatch(read.value) is not None


def folded_name(name: str) -> str:
    """Return a name as it is compared: no case, accents, commas, hyphens or order of its words ("Virtanen, Anna")."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(sorted(_WORDS.findall(letters)))


def code_of_name(name: str, key: bytes) -> str | None:
    """Return the code of ``name`` under ``key`` (HMAC-SHA256, shortened); None where there is no name."""
    folded = folded_name(name)
    if not folded:
        return None
    digest = hmac.new(key, folded.encode(), hashlib.sha256).digest()
    return NAME_MARK + b32encode(digest).decode()[:CODE_LENGTH]


def is_code_of_name(code: str) -> bool:
    """Tell whether ``code`` looks like one that is made of a name."""
    return _MADE.fullmatch(code) is not None


def name_fields(table: Table, known: Known, confirmed: Mapping[str, str | None]) -> tuple[TableField, ...]:
    """Return the columns of names that identify the people of ``table``; none where there are codes.

    First and last name in separate columns are both needed.
    """
    codes = [field for field in table.fields if is_code_column(field, known, confirmed)]
    if codes:
        named = fold_heading(codes[0].heading) in WHOLE or _holds_names(table, codes[0], known)
        return (codes[0],) if named else ()
    free = [
        field
        for field in table.fields
        if field.kind == "question" and confirmed.get(fold(field.heading), "") is not None
    ]
    whole = [field for field in free if _is(field, WHOLE)]
    parts = [field for headings in (LAST, FIRST) for field in free if _is(field, headings)]
    by_contents = [field for field in free if _is(field, PERSON_HEADINGS) and _holds_names(table, field, known)]
    if not (whole or parts or by_contents):
        # Under an unknown word ("Kuka") a single column that names every row's person becomes a question.
        alone = [field for field in free if not _asks(field, known) and _names_each_row(table, field, known)]
        return tuple(alone) if len(alone) == 1 else ()
    return tuple((whole or parts or by_contents)[: 1 if whole or not parts else 2])


def is_wanted(forms: Sequence[Questionnaire], practice: Practice | None, library: Library) -> bool:
    """Tell whether codes matter to a table: a form needs one, or the same people answer another form too."""
    if any(form.participant_code == "required" for form in forms):
        return True
    practice_forms = library.forms_of(practice) if practice else ()
    coded = [form for form in forms if form.participant_code != "none" and form.timing in _PAIRED_TIMINGS]
    return any(
        other.timing in _PAIRED_TIMINGS[form.timing] and other.role == form.role
        for form in coded
        for other in practice_forms
    )


def names_question(table: Table, fields: Sequence[TableField], rows: int, decisions: Mapping[str, str]) -> OpenQuestion:
    """Ask whether codes are to be made of the names in ``fields``; ``rows`` wait until that is answered."""
    cell = table.sheet.address(table.header, fields[0].columns[0])
    key = f"{NAMES}:{table.sheet.name}:{cell}"
    return OpenQuestion(
        key=key,
        kind=NAMES,
        choices=(Choice(MAKE_CODES), Choice(LEAVE_OUT)),
        sheet=table.sheet.name,
        cell=cell,
        rows=rows,
        values={"heading": ", ".join(_name(field) for field in fields), "n": rows},
        suggested=MAKE_CODES,
        decision=decisions.get(key),
    )


def with_codes_of_names(table: Table, fields: Sequence[TableField], key: bytes) -> Table:
    """Return ``table`` with codes under ``key`` in place of the names in ``fields``, as its column of codes."""
    columns = [table.sheet.columns[field.columns[0]] for field in fields]
    cells = [columns[0].cell(row) for row in range(table.sheet.height)]
    for row in table.rows.tolist():
        cells[row] = _code([column.cell(row) for column in columns], key)
    at = fields[0].columns[0]
    sheet = replace(
        table.sheet,
        columns=tuple(Column.of(cells) if place == at else column for place, column in enumerate(table.sheet.columns)),
    )
    code_field = replace(fields[0], kind="system", system=PARTICIPANT)
    return replace(
        table, sheet=sheet, fields=tuple(code_field if field is fields[0] else field for field in table.fields)
    )


def without_code_column(table: Table, known: Known, confirmed: Mapping[str, str | None]) -> Table:
    """Return ``table`` without the column of codes, in which no codes stand: nothing of it is read."""
    fields = tuple(field for field in table.fields if not is_code_column(field, known, confirmed))
    return replace(table, fields=fields)


def _code(parts: Sequence[Content | None], key: bytes) -> Content | None:
    """Return the code of a name; everything else stays: nothing, a made-up code, the head of a sum."""
    first = parts[0]
    whole = " ".join(str(part) for part in parts if part is not None).strip()
    if not whole or is_total(whole) or read_participant(whole) == read_participant("-"):
        return first
    if _FIGURE.search(whole) and fault_of(whole) is None and not are_days_of_birth((whole, whole)):
        return first
    return code_of_name(whole, key) or first


def _name(field: TableField) -> str:
    return field.heading or address(0, field.columns[0]).rstrip("1")


def _is(field: TableField, headings: frozenset[str]) -> bool:
    return any(fold_heading(name) in headings for name in field.names)


def _asks(field: TableField, known: Known) -> bool:
    return any(known.find(name) for name in field.names)


def _names_each_row(table: Table, field: TableField, known: Known) -> bool:
    """Tell whether a column holds names, and hardly any of them twice: workers' names stand on many rows."""
    column = table.sheet.columns[field.columns[0]]
    filled = int(column.filled[table.rows].sum())
    return filled > 1 and len(column.contents(table.rows)) >= MOSTLY * filled and _holds_names(table, field, known)


def _are_personal_codes(field: TableField, contents: Sequence[Content], known: Known) -> bool:
    """Tell whether most of the codes of a column tell who people are: days of birth, names, numbers.

    Identity codes and contacts do not belong in any sheet: each is refused where it stands.
    """
    if not is_code_column(field, known, {}):
        return False
    codes = [as_text(content) for content in contents if not isinstance(content, CellFault)]
    faulty = sum(fault_of(code) in MADE_CODES_OF for code in codes)
    return are_days_of_birth(codes) or (len(codes) >= FEWEST and faulty > ONCE_OR_TWICE * len(codes))


def _holds_names(table: Table, field: TableField, known: Known) -> bool:
    column = table.sheet.columns[field.columns[0]]
    contents = column.contents(table.rows)
    # The heading may be that of codes, so the contents count.
    if looks_personal("", contents, known) == "name" or _are_personal_codes(field, contents, known):
        return True
    # A first name alone tells a person where it stands on a row or two; a word on many rows is a group of people.
    filled = int(column.filled[table.rows].sum())
    named = any(looks_personal(heading, contents, known) == "name" for heading in field.names)
    return named and len(contents) >= ONCE_OR_TWICE * filled
