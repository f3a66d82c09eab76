"""The scales of one table: which of its columns wait for the worker, and by what rule the others are read."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np

from evaluation.definitions import Item, Scale
from evaluation.definitions.columns import ANSWERED_ON, PARTICIPANT
from evaluation.intake.folding import fold
from evaluation.intake.gathering import Gathered, Mask
from evaluation.intake.label_sets import LabelQuestion, label_questions
from evaluation.intake.layouts.column_contents import number, whole
from evaluation.intake.layouts.headers import one_line
from evaluation.intake.legends import Legend, legends_on, read_legend
from evaluation.intake.matching import Match
from evaluation.intake.personal_data import show
from evaluation.intake.polarity import is_negated
from evaluation.intake.scale_evidence import Ranges
from evaluation.intake.scale_questions import file_ranges, scale_questions
from evaluation.intake.scale_rules import ScaleColumn, ScaleQuestion, ScaleRule, bare_label
from evaluation.intake.table import RESPONDENT, TIMING, Table
from evaluation.intake.values import Read, ScaleReader
from evaluation.records import OpenQuestion
from evaluation.spreadsheets import EMPTY, Content, Sheet

_SHARE = re.compile(r"([+-]?\d+(?:[.,]\d+)?)\s*%")
# A content in these columns makes a row a response, even if it does not count or answers another form.
_RESPONSE_COLUMNS = frozenset({RESPONDENT, PARTICIPANT, ANSWERED_ON, TIMING})
_AS_THEY_ARE = ScaleRule()
Question = ScaleQuestion | LabelQuestion


@dataclass(frozen=True, eq=False)
class FileScales:
    """What the sheets of a file say about scales, and the ranges of numbers in its tables that are not our scales."""

    legends: tuple[Legend, ...] = ()
    ranges: Ranges = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, eq=False)
class Scaled:
    """A field that matches a question on a scale, with the reader of its answers."""

    match: Match
    item: Item
    scale: Scale
    reader: ScaleReader


@dataclass(frozen=True, eq=False)
class TableScales:
    """How the columns of a table are read, by their first column; ``waiting`` are the rows that wait for the worker.

    ``waiting_contents`` are the contents (their numbers in the column) of each column that wait.
    """

    rules: Mapping[int, ScaleRule]
    waiting_contents: Mapping[int, frozenset[int]]
    questions: tuple[OpenQuestion, ...]
    waiting: Mask
    ranges: Ranges

    def rule(self, column: int) -> ScaleRule:
        """Return how ``column`` is read."""
        return self.rules.get(column, _AS_THEY_ARE)

    def without_waiting(self, column: int, reads: Sequence[Read[int] | None]) -> list[Read[int] | None]:
        """Return the readings of ``column`` without the answers that wait, so that these are not named one by one."""
        waiting = self.waiting_contents.get(column, frozenset())
        return [
            Read() if code in waiting and reading is not None and reading.fault in (None, "off_scale") else reading
            for code, reading in enumerate(reads)
        ]


def table_scales(
    gathered: Gathered,
    table: Table,
    scaled: Sequence[Scaled],
    file: FileScales,
    decisions: Mapping[str, str],
    answering: Mask,
) -> TableScales:
    """Find the columns of a table that hold another scale than their questions'.

    Args:
        gathered: the rows of the table.
        table: the table.
        scaled: its columns of answers on a scale.
        file: the scales of the whole file.
        decisions: what the worker has decided, by the key of the question.
        answering: the rows that are somebody's answers, and no sums of others.
    """
    legends = file.legends
    if table.sheet.turned:
        legends = (*legends_on(table.sheet), *(legend for legend in legends if legend.sheet != table.sheet.name))
    shared = _shared(table, legends)
    columns = [_column(gathered, scaled_field, shared, answering) for scaled_field in scaled]
    places = {scaled_field.match.field.columns[0]: scaled_field.match.field.columns for scaled_field in scaled}
    rules: dict[int, ScaleRule] = {}
    waiting_contents: dict[int, frozenset[int]] = {}
    questions = []
    waiting = np.zeros(len(gathered.rows), dtype=bool)
    ranges = file_ranges(columns, file.ranges)
    all_questions: list[Question] = [*scale_questions(columns, ranges), *label_questions(columns)]
    for question in all_questions:
        decision = decisions.get(question.key)
        decision = decision if decision in question.choices else None
        contents = {
            place: _undecided_contents(gathered, place, question, column) for column, place in _places(question, places)
        }
        rows = np.zeros(len(gathered.rows), dtype=bool)
        for place, codes in contents.items():
            rows |= np.isin(gathered.codes(place), sorted(codes))
            if decision is None:
                waiting_contents[place] = waiting_contents.get(place, frozenset()) | codes
        for column in question.columns:
            rule = question.rule(decision)
            rules[column.column] = rules.get(column.column, _AS_THEY_ARE).also(rule)
        waiting |= rows & (decision is None)
        cell = table.sheet.address(table.header, question.columns[0].column)
        questions.append(question.open_question(int(rows.sum()), table.sheet.name, cell, decision))
    return TableScales(rules, waiting_contents, tuple(questions), waiting, ranges)


def _places(question: Question, places: Mapping[int, tuple[int, ...]]) -> Iterator[tuple[ScaleColumn, int]]:
    for column in question.columns:
        for place in places[column.column]:
            yield column, place


def file_scales(sheets: Sequence[Sheet]) -> FileScales:
    """Return what the sheets of a file say about scales."""
    return FileScales(tuple(legend for sheet in sheets for legend in legends_on(sheet)))


def merged(questions: Sequence[OpenQuestion]) -> tuple[OpenQuestion, ...]:
    """Return every question once: one that several tables of a file share is asked once, for the rows of all."""
    by_key: dict[str, OpenQuestion] = {}
    for question in questions:
        first = by_key.get(question.key)
        by_key[question.key] = replace(first, rows=first.rows + question.rows) if first else question
    return tuple(by_key.values())


def _undecided_contents(gathered: Gathered, place: int, question: Question, column: ScaleColumn) -> frozenset[int]:
    """Return which contents of a column the answer to ``question`` decides: all where its sense is in doubt."""
    contents = gathered.sheet.columns[place].values
    used = [code for code in np.unique(gathered.codes(place)).tolist() if code != EMPTY]
    if question.decides == "everything" or column.options:
        return frozenset(used)
    numbers = frozenset(code for code in used if _number(contents[code], column.reader) is not None)
    return numbers if question.decides == "numbers" else frozenset(used) - numbers


def _column(gathered: Gathered, scaled: Scaled, shared: Sequence[tuple[Legend, range]], answering: Mask) -> ScaleColumn:
    match, item, reader = scaled.match, scaled.item, scaled.reader
    names = dict.fromkeys((match.field.heading, *match.field.names))
    heading_legends = [legend for name in names if (legend := read_legend(name, heading=True)) is not None]
    place = match.field.columns[0]
    texts = (*item.text.values(), *item.short.values())
    negated = match.how == "confirmed" and is_negated(match.field.heading, texts)
    numbers = _numbers(gathered, place, reader, answering)
    labels: Sequence[Content] = gathered.sheet.columns[place].contents(gathered.rows[answering])
    if match.field.kind == "options":
        numbers, options = _of_options(gathered, match, answering, scaled.scale.outside_codes)
        heading_legends, labels = [*heading_legends, *options], match.field.options
    return ScaleColumn(
        place,
        match.field.heading,
        item,
        scaled.scale,
        reader,
        numbers,
        tuple(replace(legend, text=show(legend.text) or "") for legend in heading_legends),
        tuple(legend for legend, columns in shared if place in columns),
        negated and bool(gathered.sheet.columns[place].filled[gathered.rows].any()),
        dict(_labels(labels, reader, scaled.scale)),
        match.field.kind == "options",
    )


def _labels(contents: Sequence[Content], reader: ScaleReader, scale: Scale) -> Iterator[tuple[str, int]]:
    """Yield the labels among contents with the code they are read as.

    Labels with a number beside them, and labels that the worker has explained, need no look.
    """
    for content in contents:
        if not isinstance(content, str) or re.search(r"\d", content) or reader.explains(content):
            continue
        code = reader.read(content).value
        if code in scale.codes:
            yield bare_label(content), code


def _numbers(gathered: Gathered, place: int, reader: ScaleReader, answering: Mask) -> Counter[float]:
    """Return the numbers in a column that the worker has not explained, with their counts."""
    column = gathered.sheet.columns[place]
    codes = gathered.codes(place)[answering]
    counts = np.bincount(codes[codes != EMPTY], minlength=len(column.values))
    numbers: Counter[float] = Counter()
    for code in np.flatnonzero(counts).tolist():
        value = _number(column.values[code], reader)
        if value is not None:
            numbers[value] += int(counts[code])
    return numbers


def _number(content: Content, reader: ScaleReader) -> float | None:
    if reader.explains(content):
        return None
    share = _SHARE.fullmatch(fold(content)) if isinstance(content, str) else None
    return float(share[1].replace(",", ".")) if share else number(content)


def _of_options(
    gathered: Gathered, match: Match, answering: Mask, outside: Collection[int]
) -> tuple[Counter[float], list[Legend]]:
    """Return numbers that are options with a column each, with how many marks, and the scale that they make.

    ``outside`` are the codes of answers that are no step of the scale.
    """
    values = [whole(option) for option in match.field.options]
    numbers = [value for value in values if value is not None]
    if len(numbers) < len(values) or len(numbers) < 2:
        return Counter(), []
    marks = {
        value: int((gathered.codes(place)[answering] != EMPTY).sum())
        for value, place in zip(numbers, match.field.columns, strict=True)
    }
    text = ", ".join(map(str, numbers))
    # "Does not know" has a code far from those of the scale.
    steps = [value for value in numbers if value not in outside] or numbers
    legend = Legend(gathered.sheet.name, 0, 0, text, ranges=((min(steps), max(steps)),))
    return Counter({value: count for value, count in marks.items() if count}), [legend]


def _shared(table: Table, legends: Sequence[Legend]) -> tuple[tuple[Legend, range], ...]:
    """Return the legends that may speak of columns of ``table``, the nearest first, with the columns they may mean."""
    headings = {fold(name) for field in table.fields for name in (field.heading, *field.names)}
    answers = {column for field in table.questions if field.heading for column in field.columns}
    everywhere = range(table.sheet.width)
    above, beside, elsewhere = [], [], []
    for legend in legends:
        masked = replace(legend, text=show(legend.text) or "")
        if legend.sheet != table.sheet.name:
            elsewhere.append((masked, everywhere))
        elif legend.row > table.header:
            if _is_note(legend, table, answers):
                beside.append((masked, everywhere))
        elif fold(one_line(table.sheet.cell(legend.row, legend.column))) not in headings:
            above.append((masked, _under(legend, table)))
    above.sort(key=lambda entry: -entry[0].row)
    return (*above, *beside, *elsewhere)


def _is_note(legend: Legend, table: Table, answers: set[int]) -> bool:
    """Tell whether a legend below the header is a note, and no answer that only looks like one."""
    if legend.turned and not legend.pairs:
        return False
    if legend.row not in table.rows and legend.cells == 1 and _is_response(table, legend.row, legend.column):
        return False
    if legend.row not in table.rows or not any(table.sheet.cell(legend.row, column) for column in answers):
        return True
    return legend.column not in answers and len(legend.pairs) > 1 and legend.cells == 1


def _is_response(table: Table, row: int, without: int) -> bool:
    """Tell whether a row has, in another column than ``without``, a code, a day or the like of a response."""
    columns = (field.columns[0] for field in table.fields if field.system in _RESPONSE_COLUMNS)
    return any(table.sheet.cell(row, column) is not None for column in columns if column != without)


def _under(legend: Legend, table: Table) -> range:
    """Return the columns under a legend: up to the next thing in its row where several stand side by side."""
    filled = [place for place, cell in enumerate(table.sheet.row(legend.row)) if cell is not None]
    if len(filled) < 2:
        return range(table.sheet.width)
    following = next((place for place in filled if place > legend.column), table.sheet.width)
    return range(legend.column, following)
