"""The column of participant codes where its heading only names a person: what stands in it decides."""

import re
from collections.abc import Mapping
from dataclasses import replace

from evaluation.definitions.columns import PARTICIPANT
from evaluation.intake.aliases import PERSON_HEADINGS
from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.known import Known
from evaluation.intake.table import Table, TableField
from evaluation.intake.values import read_participant
from evaluation.spreadsheets import Content

# So much of a column looks like codes; a few cells may be anything.
MOSTLY = 0.8
FEWEST = 2
# "K1", "AN0704", "kevät-12": letters and figures together are what people make codes of.
_MADE_UP = re.compile(r"(?=.*[^\W\d_])(?=.*\d)\S{2,16}")


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
    """Tell whether a content is a code of letters and figures, and nobody's name, number or address."""
    read = read_participant(content)
    return read.fault is None and read.value is not None and _MADE_UP.fullmatch(read.value) is not None
