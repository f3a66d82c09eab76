"""Columns of one question side by side: rows of a grid, or options with a mark for every chosen one."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.known import OTHER, Known
from evaluation.intake.layouts.headers import one_line, plain, values_below
from evaluation.intake.table import TableField
from evaluation.intake.values.cell_values import CHOSEN, NOT_CHOSEN
from evaluation.spreadsheets import Sheet

# What stands in an option's column besides the option's text. A grid with such answers has rows that name questions,
# which distinguishes it from options.
MARKS = CHOSEN | NOT_CHOSEN
_MANY = 40


@dataclass(frozen=True)
class Part:
    """A column of one question: the question (``stem``) and the row or option of the column (``label``).

    ``code`` is the tool's name of the column; ``names`` are the ways to name the question, the best first, where there
    are more than its text.
    """

    column: int
    heading: str
    stem: str
    label: str = ""
    code: str = ""
    names: tuple[str, ...] = ()


def question(column: int, heading: str, names: Iterable[str], known: Known) -> TableField:
    """Return the field of one column, under all of ``names`` without HTML and repetition; system if one says so."""
    cleaned = _cleaned(names)
    if not any(known.find(name) for name in cleaned):
        system = next(filter(None, map(known.system, cleaned)), None)
        if system is not None:
            return TableField(heading, (column,), cleaned, "system", system=system)
    return TableField(heading, (column,), cleaned)


def _cleaned(names: Iterable[str]) -> tuple[str, ...]:
    """Return names without HTML and repetition; an empty one where nothing is left, since every field has a name."""
    return tuple(dict.fromkeys(name for name in map(plain, names) if name)) or ("",)


def fields_of(parts: Sequence[Part], sheet: Sheet, header: int, known: Known) -> Iterator[TableField]:
    """Yield the fields of ``parts``: side by side with one stem they are rows of a grid, or options if filled so.

    Args:
        parts: columns in the order of the sheet.
        sheet: where they stand.
        header: the last row of the header.
        known: tells a row that names a question from an option.
    """
    for _, same in groupby(parts, key=lambda part: (part.stem, part.names) if part.label else part.column):
        yield from _of_one_stem(tuple(same), sheet, header, known)


def _of_one_stem(parts: Sequence[Part], sheet: Sheet, header: int, known: Known) -> Iterator[TableField]:
    marked = [part for part in parts if part.label and _is_option(part, sheet, header, known)]
    if not _are_options(parts, marked, known):
        yield from (row_field(part, known) for part in parts)
        return
    yield options_field(marked)
    yield from (
        question(part.column, part.heading, (part.heading, part.code), known) for part in parts if part not in marked
    )


def _is_option(part: Part, sheet: Sheet, header: int, known: Known) -> bool:
    own_words = any(known.is_own_words(plain(name), plain(part.label)) for name in (part.stem, *part.names))
    return own_words or is_marked(sheet, part.column, header, part.label)


def _are_options(parts: Sequence[Part], marked: Sequence[Part], known: Known) -> bool:
    if len(marked) < 2 or any(known.find(plain(part.label)) for part in parts):
        return False
    # Beside the options stands at most the column for what somebody wrote as another option.
    rest = [part for part in parts if part not in marked and not OTHER.search(fold(part.label))]
    return len(rest) <= 1 or all(known.is_answer(plain(part.label)) for part in marked)


def options_field(parts: Sequence[Part], names: Sequence[str] = ()) -> TableField:
    """Return the field of options with a column of marks per option, under ``names`` or those of its parts."""
    stem = parts[0].stem
    cleaned = _cleaned(names or parts[0].names or (stem,))
    options = tuple(plain(part.label) for part in parts)
    return TableField(stem, tuple(part.column for part in parts), cleaned, "options", options)


def row_field(part: Part, known: Known) -> TableField:
    """Return the field of a single question, or of one row of a grid: the row's text before the whole heading."""
    return question(part.column, part.heading, (part.label or part.stem, part.heading, part.code), known)


def is_marked(sheet: Sheet, column: int, header: int, option: str) -> bool:
    """Tell whether a column holds nothing but marks or the text of its ``option``."""
    values = values_below(sheet, column, header)
    if len(values) > _MANY:
        return False
    allowed = MARKS | {fold(option), fold(plain(option))}
    return all(fold(one_line(value)) in allowed for value in values)


def bracketed(text: str) -> tuple[str, str]:
    """Return a heading "Question [Row]" as its question and row; ("…", "") where no row stands at its end."""
    match = re.match(r"^(.*\S)\s*\[([^\[\]]+(?:\[[^\[\]]*\])*[^\[\]]*)\]$", text)
    return (match[1], match[2].strip()) if match else (text, "")


def after_separator(text: str, known: Known) -> tuple[str, str]:
    """Return "Question: row" as its parts where what follows the separator is a question or an answer we know."""
    for separator in (" >> ", " > ", " | ", ": ", " - ", " – ", " / "):
        stem, between, row = text.rpartition(separator)
        if between and (known.is_heading(row) or known.is_answer(row)) and fold_heading(stem):
            return stem.strip(), row.strip()
    return text, ""


def under_questions(
    headings: Sequence[str], below: Sequence[str], columns: Sequence[int], known: Known
) -> Iterator[Part]:
    """Yield the parts of a header of two rows, where a question stands over the first of its columns only."""
    stem = ""
    for place, column in enumerate(columns):
        beside = place > 0 and columns[place - 1] == column - 1
        stem = headings[column] or (stem if beside else "")
        followed = column + 1 in columns and not headings[column + 1]
        # Over a lone column the second row says "Response" or the like.
        named = known.is_heading(below[column]) or not stem
        label = below[column] if followed or not headings[column] or named else ""
        yield Part(column, " – ".join(filter(None, (stem, label))), stem, label)
