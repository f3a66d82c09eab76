"""Answers as marks: a question over several columns, one per option, with an x for the chosen option."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, SHAPE_ONLY, weaker
from evaluation.intake.layouts.column_contents import is_label, whole
from evaluation.intake.layouts.headers import one_line, values_below
from evaluation.intake.layouts.options import MARKS
from evaluation.intake.layouts.typed_table import (
    fields_under,
    headed_row,
    heading_text,
    rows_searched,
    shape_header,
    table_of,
)
from evaluation.intake.table import Recognised, TableField
from evaluation.spreadsheets import Sheet

NAME = "option_columns"
_SPLIT = re.compile(r"\s*:\s+|\s+[-–—/|]\s+|\s*\[(?=[^\[\]]+\]$)")
# LimeSurvey puts the code of question and option before both: "Q5[3]. Which of these? [Other]".
_CODE = re.compile(r"^[A-Za-z_]\w*(?:\[[^\[\]]*\])+\.\s+")
_MANY = 50


@dataclass(frozen=True)
class _Option:
    """An option's column: the question and the option that its headings name."""

    column: int
    question: str
    option: str


@dataclass(frozen=True)
class _OptionGroups:
    rows: tuple[int, ...]
    groups: tuple[tuple[_Option, ...], ...]
    score: float

    @property
    def columns(self) -> int:
        return sum(map(len, self.groups))


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return the table on ``sheet`` in which options are marked; sure where the options are answers of our scales."""
    best: _OptionGroups | None = None
    last = _last_row(sheet, known)
    for row in rows_searched(sheet):
        if last is not None and row > last:
            break
        for candidate in (_two_rows(sheet, row, known), _one_row(sheet, row, known)):
            if candidate is not None and (
                best is None or (candidate.score, candidate.columns) > (best.score, best.columns)
            ):
                best = candidate
    if best is None:
        return Recognised(NAME, NO)
    skip = {option.column for group in best.groups for option in group}
    fields = [*fields_under(sheet, best.rows, known, skip), *map(_field, best.groups)]
    return Recognised(
        NAME, best.score, (table_of(sheet, NAME, best.rows, sorted(fields, key=lambda field: field.columns)),)
    )


def _last_row(sheet: Sheet, known: Known) -> int | None:
    """Return the last row that may head options, None where any may.

    People's answers in words look like options, but options never stand below the headings of a table: a row that
    names our questions, or a row of different words over all filled columns.
    """
    headed, shaped = headed_row(sheet, known), shape_header(sheet, known)
    rows = [row for row in (headed, shaped.last if shaped else None) if row is not None]
    return min(rows) if rows else None


def _field(group: Sequence[_Option]) -> TableField:
    question = group[0].question
    options = tuple(option.option for option in group)
    return TableField(question, tuple(option.column for option in group), (question,), "options", options)


def _two_rows(sheet: Sheet, row: int, known: Known) -> _OptionGroups | None:
    """Read ``row`` as questions, each over the columns up to the next one, and the row below as their options."""
    upper = [heading_text(cell) for cell in sheet.row(row)]
    lower = [heading_text(cell) for cell in sheet.row(row + 1)] if row + 1 < sheet.height else []
    if not any(lower):
        return None
    starts = [place for place, text in enumerate(upper) if text]
    groups = []
    for start, following in pairwise([*starts, sheet.width]):
        end = next((right + 1 for top, left, _, right in sheet.merged if (top, left) == (row, start)), following)
        options = [_Option(place, upper[start], lower[place]) for place in range(start, min(end, following))]
        groups += list(_marked(options, sheet, row + 1, known))
    return _option_groups((row + 1, row), groups, known)


def _one_row(sheet: Sheet, row: int, known: Known) -> _OptionGroups | None:
    """Read ``row`` as headings that name question and option both: "Question: option", "Question [option]"."""
    parts = [_split(place, one_line(cell), known) for place, cell in enumerate(sheet.row(row)) if isinstance(cell, str)]
    groups = []
    for question, same in groupby(parts, key=lambda part: fold(part.question)):
        if question:
            groups += list(_marked(list(same), sheet, row, known))
    return _option_groups((row,), groups, known)


def _split(place: int, text: str, known: Known) -> _Option:
    """Return the question and the option of a heading: parted where both are known, or else at the last separator."""
    text = _CODE.sub("", text.strip(" *"))
    separators = list(_SPLIT.finditer(text))
    # What stands in brackets at the end is one option, whatever signs it has.
    separators = [separator for separator in separators if separator[0].endswith("[")] or separators
    parts = [
        _Option(place, heading_text(text[: separator.start()]), text[separator.end() :].rstrip("]").strip())
        for separator in separators
    ]
    parts = [part for part in parts if part.question and part.option]
    sure = [part for part in parts if known.find(part.question) or is_label(part.option, known)]
    return (sure or parts[-1:] or [_Option(place, "", "")])[0]


def _marked(options: Sequence[_Option], sheet: Sheet, header: int, known: Known) -> Iterator[tuple[_Option, ...]]:
    """Yield the first of ``options`` that stand side by side with only marks below them, if they are two at least."""
    group: list[_Option] = []
    for option in options if len(options) > 1 else ():
        follows = not group or option.column == group[-1].column + 1
        marks = known.is_own_words(option.question, option.option) or _only_marks(option, sheet, header)
        if not follows or not _is_option(option.option, known) or not marks:
            break
        group.append(option)
    filled = any(sheet.columns[option.column].filled[header + 1 :].any() for option in group)
    if len(group) >= 2 and filled and _are_one_scale([option.option for option in group], known):
        yield tuple(group)


def _are_one_scale(options: Sequence[str], known: Known) -> bool:
    """Tell whether headings side by side may be options of one question: each once, numbers in their order."""
    if any(known.find(option) for option in options) or len(set(options)) < len(options):
        return False
    numbers = [value for value in map(whole, options) if value is not None]
    return len(numbers) < len(options) or numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _is_option(text: str, known: Known) -> bool:
    """Tell whether a heading may be an option; a mark is none, unless it is a number of a scale."""
    value = whole(text)
    if value is not None:
        return 0 <= value <= 10
    return len(text) > 1 and known.system(text) is None and (fold(text) not in MARKS or is_label(text, known))


def _only_marks(option: _Option, sheet: Sheet, header: int) -> bool:
    column = sheet.columns[option.column]
    if len(column.values) > _MANY:
        return False
    allowed = MARKS | {fold(option.option)}
    return all(fold(one_line(content)) in allowed for content in values_below(sheet, option.column, header))


def _option_groups(rows: tuple[int, ...], groups: Sequence[tuple[_Option, ...]], known: Known) -> _OptionGroups | None:
    # A heading of one letter is no question; it may be a mark among the answers.
    groups = [group for group in groups if len(group[0].question) > 2 and whole(group[0].question) is None]
    if not groups:
        return None
    known_question = any(known.find(group[0].question) for group in groups)
    answers = any(all(_is_answer(option.option, known) for option in group) for group in groups)
    if answers:
        score = LIKELY if known_question else weaker(LIKELY, 5)
    else:
        score = weaker(LIKELY, 15) if known_question else weaker(SHAPE_ONLY, 10)
    return _OptionGroups(rows, tuple(groups), score)


def _is_answer(text: str, known: Known) -> bool:
    return is_label(text, known) or whole(text) is not None
