"""Every column of a file as a question of its own: what kind it is, its scale, what it tells, and what to ask."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as attribute
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal

from evaluation.definitions import Library, NationalTheme
from evaluation.definitions.columns import ANSWERED_ON, COHORT, MUNICIPALITY, PARTICIPANT, PRACTICE
from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts import recognise
from evaluation.intake.legends import legends_on
from evaluation.intake.participant_columns import is_code_column
from evaluation.intake.personal_data import as_text, looks_personal, mask
from evaluation.intake.table import LEFT_OUT, RESPONDENT, TIMING, Table, TableField
from evaluation.intake.titles import find_place, timing_named
from evaluation.proposals.answer_labels import outside_kind, plain_label, scales_with
from evaluation.proposals.answer_options import options_of_one, options_of_several
from evaluation.proposals.columns_without_answers import are_marks, says_nothing
from evaluation.proposals.families import (
    Family,
    asks_for_wishes,
    family_of,
    is_background,
    is_count,
    is_open_question,
    short_name,
    theme_of,
)
from evaluation.proposals.number_blocks import between_wider, in_series, scales_told_before
from evaluation.proposals.proposed_scale import Ask, ProposedScale, Surroundings
from evaluation.proposals.scales import asked_for_change, scale_of, without_order
from evaluation.spreadsheets import CellFault, Content, Sheet, Value, Workbook

Kind = Literal[
    "scale",
    "number",
    "choice",
    "choices",
    "open",
    "day",
    "code",
    "background",
    "personal",
    "place",
    "timing",
    "left_out",
]
NO_OTHERS: Mapping[str, Iterable[str]] = MappingProxyType({})
# What a column of answers may be.
QUESTIONS: tuple[Kind, ...] = ("scale", "number", "choice", "choices", "background", "open")
_SYSTEM: Mapping[str, Kind] = {
    PARTICIPANT: "code", ANSWERED_ON: "day", COHORT: "place", MUNICIPALITY: "place", PRACTICE: "place",
    RESPONDENT: "left_out", LEFT_OUT: "left_out", TIMING: "timing",
}  # fmt: skip
_HEADER_WITHIN = 20
START_AND_END = ("start", "end")
_MOST_ANSWERS, _ALIKE = 12, 0.6
_LIKELY = 0.85
_NEARLY_ALL = 0.97
# A day with its year, with or without a clock behind it.
_DAY = re.compile(r"(?:(?:19|20)\d\d-\d\d?-\d\d?|\d\d?[./-]\d\d?[./-](?:19|20)\d\d)(?:$|[T ]+(?:klo\s*)?\d\d?[:.]\d\d)")


@dataclass(frozen=True)
class ProposedColumn:
    """What a column is taken for. ``sure`` runs from 0 to 1; ``ask`` names what only the worker can tell.

    ``question`` is the heading without the time that it may name: what "Uni alku" and "Uni (lopussa)" both ask.
    ``contents`` is what stands in a column of answers, and how often; nothing of a column that is left out.
    """

    sheet: str
    cell: str
    heading: str
    kind: Kind
    scale: ProposedScale | None = None
    options: tuple[str, ...] = ()
    family: Family | None = None
    timing: str | None = None
    short: str = ""
    sure: float = 1.0
    ask: tuple[Ask, ...] = ()
    theme: NationalTheme | None = None
    contents: Mapping[str, int] = attribute(default_factory=dict, repr=False)
    question: str = ""


def propose_columns(
    workbook: Workbook, library: Library, file: str = "", beside: Mapping[str, Iterable[str]] = NO_OTHERS
) -> tuple[ProposedColumn, ...]:
    """Return a proposal for every column of every table in ``workbook``, from left to right.

    Args:
        workbook: the tables.
        library: what is defined.
        file: its name, which tells the time of the answers where neither a band, a title nor the sheet does.
        beside: what other files answer to the same questions, by folded heading.
    """
    known = Known(library)
    tables = [
        _Laid(table, {field.columns: _contents(table, field) for field in table.fields})
        for sheet in workbook.sheets
        if not sheet.empty
        for table in _tables(sheet, known)
    ]
    asked_again = {heading: dict.fromkeys(sorted(texts)) for heading, texts in beside.items()}
    for laid in tables:
        for field in laid.table.fields:
            texts = dict.fromkeys(sorted(laid.contents[field.columns]))
            asked_again.setdefault(fold(field.heading), {}).update(texts)
    timings = [laid.table.timing or find_place(laid.table, library).timing or timing_named(file) for laid in tables]
    at_two_times = _at_two_times(tables, timings)
    return tuple(
        column
        for laid, timing in zip(tables, timings, strict=True)
        for column in _columns(laid, timing, asked_again, at_two_times, known, library)
    )


def _at_two_times(tables: Sequence["_Laid"], timings: Sequence[str | None]) -> Mapping[str, Counter[str]]:
    """Return what is answered to questions that stand under two times, both times together, by what is asked."""
    pooled: dict[str, Counter[str]] = {}
    times: dict[str, set[str]] = {}
    for laid, timing_of_table in zip(tables, timings, strict=True):
        for field in laid.table.fields:
            timing = field.timing or timing_of_table
            if timing is not None:
                question = _question_text(field)
                pooled.setdefault(question, Counter()).update(laid.contents[field.columns])
                times.setdefault(question, set()).add(timing)
    return {question: pooled[question] for question, stood in times.items() if len(stood) > 1}


def _question_text(field: TableField) -> str:
    """Return what a field asks, folded, without the time that its heading names."""
    return fold(field.names[0] if field.names else field.heading)


@dataclass(frozen=True, eq=False)
class _Laid:
    """A table with what stands in the columns of its fields."""

    table: Table
    contents: Mapping[tuple[int, ...], Counter[str]]


def _tables(sheet: Sheet, known: Known) -> Iterator[Table]:
    """Yield the tables of a sheet; where none is known by its shape, its first full row is taken for the headings."""
    recognised = recognise(sheet, known, None, by_shape=True)
    if recognised is None and (row := _first_full_row(sheet)) is not None:
        recognised = recognise(sheet, known, row)
    for table in recognised.tables if recognised else ():
        if isinstance(table, Table):
            yield table


def _first_full_row(sheet: Sheet) -> int | None:
    """Return the first row (from 0) that holds texts in as many columns as any other holds anything in."""
    widths = [sum(cell is not None for cell in sheet.row(row)) for row in range(min(sheet.height, _HEADER_WITHIN))]
    full = (row for row, width in enumerate(widths) if width == max(widths) and row < sheet.height - 1)
    return next((row for row in full if all(isinstance(c, str) for c in sheet.row(row) if c is not None)), None)


def _columns(
    laid: _Laid,
    timing: str | None,
    asked_again: Mapping[str, Mapping[str, None]],
    at_two_times: Mapping[str, Counter[str]],
    known: Known,
    library: Library,
) -> Iterator[ProposedColumn]:
    table = laid.table
    surroundings = _surroundings(laid)
    for number, field in enumerate(table.fields):
        # One question has one scale, whenever it is asked.
        around = surroundings[number]
        around = replace(around, sisters=tuple(dict.fromkeys((*around.sisters, *asked_again[fold(field.heading)]))))
        again = at_two_times.get(_question_text(field))
        column = _column(table, field, again or laid.contents[field.columns], around, known, library)
        if again and column.kind in ("choice", "open") and not is_open_question(column.heading):
            scale = without_order(again)
            column = replace(column, kind="scale", scale=scale, ask=scale.ask, options=()) if scale else column
        time = field.timing or timing or _time_beside(table.fields, number, column.heading)
        if (again or time in START_AND_END) and column.scale is not None:
            scale = asked_for_change(column.scale)
            column = replace(column, scale=scale, ask=scale.ask, sure=scale.sure)
        if column.kind in QUESTIONS:
            column = replace(column, timing=time, contents=dict(laid.contents[field.columns]))
        yield replace(column, theme=theme_of(column.heading, column.family))


def _time_beside(fields: Sequence[TableField], place: int, heading: str) -> str | None:
    """Return when a question without a time of its own is asked in a table that is parted by time.

    Who one is, is asked first. All else was asked with what stands before it: behind the end, at the end. None where
    the table has no times.
    """
    before = [field.timing for field in fields[:place] if field.timing]
    after = [field.timing for field in fields[place:] if field.timing]
    timings = [*before, *after]
    if is_background(heading) and timings:
        return "start" if "start" in timings else timings[0]
    return before[-1] if before else after[0] if after else None


def _surroundings(laid: _Laid) -> tuple[Surroundings, ...]:
    """Return for each column what its neighbours and the texts of the sheet tell of its answers."""
    headings = [field.heading for field in laid.table.fields]
    contents = [laid.contents[field.columns] for field in laid.table.fields]
    legend = _legend(laid.table)
    of_blocks = (tell(headings, contents) for tell in (scales_told_before, between_wider, in_series))
    return tuple(
        Surroundings(sisters, legend, scale_before, wider, series)
        for sisters, scale_before, wider, series in zip(_sisters(contents), *of_blocks, strict=True)
    )


def _legend(table: Table) -> dict[int, str]:
    """Return what titles and notes of the sheet say that numbers mean; nothing where two of them disagree."""
    legends = [legend for legend in legends_on(table.sheet) if legend.row != table.header and len(legend.pairs) > 1]
    pairs = {pair for legend in legends for pair in legend.pairs}
    return dict(pairs) if len(dict(pairs)) == len(pairs) else {}


def _contents(table: Table, field: TableField) -> Counter[str]:
    """Return what stands in the column of a field, as text, and how often."""
    column = table.sheet.columns[field.columns[0]]
    return Counter(
        text
        for row in table.rows.tolist()
        if (cell := column.cell(row)) is not None and not isinstance(cell, CellFault)
        if (text := _text(cell))
    )


def _text(cell: Value) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    return as_text(cell).strip()


def _sisters(columns: Sequence[Counter[str]]) -> list[tuple[str, ...]]:
    """Return for each column what stands in its neighbours that share most of their answers with it, side by side."""
    sets = [frozenset(column) for column in columns]
    return [
        tuple(
            dict.fromkeys(text for step in (-1, 1) for other in _unbroken(sets, number, step) for text in sorted(other))
        )
        for number in range(len(sets))
    ]


def _unbroken(sets: Sequence[frozenset[str]], start: int, step: int) -> Iterator[frozenset[str]]:
    mine, place = sets[start], start + step
    while 0 <= place < len(sets) and max(len(mine), len(sets[place])) <= _MOST_ANSWERS:
        if not (
            _share(mine, sets[place]) >= _ALIKE or are_marks(mine | sets[place]) or _are_of_one_scale(mine, sets[place])
        ):
            return
        yield sets[place]
        place += step


def _are_of_one_scale(mine: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sets that have an answer in common stand together in a published scale."""
    labels = {plain_label(text)[1] for text in mine | other if outside_kind(text) is None}
    return bool(mine & other) and bool(scales_with(labels))


def _share(mine: frozenset[str], other: frozenset[str]) -> float:
    return len(mine & other) / min(len(mine), len(other)) if mine and other else 0.0


def _column(
    table: Table, field: TableField, contents: Counter[str], around: Surroundings, known: Known, library: Library
) -> ProposedColumn:
    heading = mask(field.heading).text
    cell = table.sheet.address(table.header, field.columns[0])
    question = mask(field.names[0]).text if field.timing and field.names else heading
    base = ProposedColumn(table.sheet.name, cell, heading, "open", short=short_name(question), question=question)
    kind = _kind_without_answers(table, field, contents, known)
    if kind is not None:
        options = field.options if kind == "choices" else ()
        return replace(base, kind=kind, options=options, sure=1.0 if field.kind != "question" else _LIKELY)
    return _question(base, heading, contents, around, library)


def _kind_without_answers(table: Table, field: TableField, contents: Counter[str], known: Known) -> Kind | None:
    """Return the kind of a column that the tool or its contents tell, whatever is asked; None for other columns."""
    heading, values = field.heading, table.sheet.columns[field.columns[0]].contents(table.rows)
    kinds: tuple[tuple[bool, Kind], ...] = (
        (field.kind == "system", _SYSTEM.get(field.system or "", "left_out")),
        (field.kind in ("options", "session"), "choices"),
        (says_nothing(heading, contents), "personal" if known.is_personal(heading) else "left_out"),
        (is_code_column(field, known, {}), "code"),
        (_is_personal(heading, values, contents, known), "personal"),
        (_are_days(values), "day"),
    )
    return next((kind for holds, kind in kinds if holds), None)


def _are_days(values: Sequence[Content]) -> bool:
    """Tell whether all contents are days, real ones or texts that can be nothing else ("2015-04-02", "5.9.2018")."""
    texts = [value for value in values if not isinstance(value, (date, datetime))]
    return all(isinstance(text, str) and _DAY.match(text.strip()) for text in texts)


def _is_personal(heading: str, values: Sequence[Content], contents: Counter[str], known: Known) -> bool:
    """Tell whether a column holds who people are. What few words say of many people, such as regions, is no name."""
    personal = looks_personal(heading, values, known)
    return personal is not None and (personal != "name" or len(contents) * 3 > sum(contents.values()))


def _question(
    base: ProposedColumn, heading: str, contents: Counter[str], around: Surroundings, library: Library
) -> ProposedColumn:
    """Return a question by its answers: a scale or a number, several choices, one choice, or own words."""
    if is_background(heading) and not _are_figures(contents):
        return replace(base, kind="background", options=options_of_one(contents, heading), family="background")
    figure = _figure(base, heading, contents, around, library)
    if figure is not None:
        return figure
    parts = options_of_several(contents, heading)
    options = parts or options_of_one(contents, heading)
    if not options or (not parts and asks_for_wishes(heading)):
        return replace(base, kind="open", sure=0.9)
    kind: Kind = "choices" if parts else "choice"
    return replace(base, kind=kind, options=options, sure=_LIKELY)


def _figure(
    base: ProposedColumn, heading: str, contents: Counter[str], around: Surroundings, library: Library
) -> ProposedColumn | None:
    numbers = [text for text in contents if _is_number(text)]
    mostly_numbers = _mostly(numbers, contents)
    number = replace(base, kind="number", family=family_of(heading, "number", None), sure=_LIKELY)
    fractions = any(re.fullmatch(r"[+-]?\d*[.,]\d*[1-9]\d*", text) for text in numbers)
    if mostly_numbers and (is_count(heading) or fractions or _are_figures(contents)):
        return number
    scale = scale_of(_without_rare(contents, sum(contents.values())), heading, around, library)
    if scale is not None:
        family = family_of(heading, "scale", scale.family)
        return replace(base, kind="scale", scale=scale, family=family, sure=scale.sure, ask=scale.ask)
    return number if mostly_numbers else None


def _are_figures(contents: Counter[str]) -> bool:
    """Tell whether what stands in a column are numbers beyond any scale: years, ages, amounts."""
    numbers = [text for text in contents if _is_number(text)]
    return _mostly(numbers, contents) and (len(contents) > 11 or _largest(contents) > 10)


def _mostly(texts: Sequence[str], contents: Counter[str]) -> bool:
    """Tell whether nearly all answers are among ``texts``: what one or two people wrote is no answer of many."""
    answers = sum(contents[text] for text in texts)
    return len(texts) > 0.8 * len(contents) or answers > _NEARLY_ALL * sum(contents.values())


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[+-]?(?:\d[\d\s]*(?:[.,]\d+)?|[.,]\d+)\s*(?:%|€|e|h|v)?", text))


def _largest(contents: Counter[str]) -> float:
    numbers = [
        float(match[0].replace(",", ".")) for text in contents if (match := re.match(r"-?\d+(?:[.,]\d+)?", text))
    ]
    return max(numbers, default=0.0)


def _without_rare(contents: Counter[str], filled: int) -> Mapping[str, int]:
    """Leave out what one or two people wrote among many: answers typed into the field for "other"."""
    if filled < 40:
        return contents
    # A number is never typed there: few may be as dissatisfied as that.
    return {t: count for t, count in contents.items() if count > 2 or outside_kind(t) or _is_number(t)} or contents
