"""Questions to the worker about the scale of a file, where it is not that of the questionnaire.

A column waits as a whole: neither its numbers nor their rows are saved until the question is answered.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from evaluation.definitions import Scale
from evaluation.intake.folding import fold
from evaluation.intake.legends import Legend
from evaluation.intake.scale_evidence import (
    Range,
    Ranges,
    Verdict,
    applies,
    file_range,
    pooled,
    short_range,
    verdict_of,
    whole_numbers,
)
from evaluation.intake.scale_rules import (
    AS_IS,
    BY_LEGEND,
    KIND,
    LEAVE_OUT,
    REVERSE,
    SHIFT,
    SHIFT_REVERSED,
    ScaleColumn,
    ScaleQuestion,
    finding_text,
)


def scale_questions(columns: Sequence[ScaleColumn], ranges: Ranges) -> tuple[ScaleQuestion, ...]:
    """Return the questions about the columns of one table, every finding once for all columns that share it.

    ``ranges`` are the scales of the file that are not ours, as file_ranges gives them.
    """
    counted = [column for column in columns if column.numbers]
    owners = _owners(columns)
    verdicts = {column.column: _verdict(column, counted, owners) for column in counted}
    differing = [column for column in counted if _differs(verdicts[column.column], column)]
    questions = list(_by_legend(differing, verdicts))
    unsaid = [column for column in counted if verdicts[column.column] is None]
    beside = list(_beside(questions, unsaid))
    questions += beside
    covered = {column.column for question in questions for column in question.columns}
    questions += _by_numbers([column for column in counted if column.column not in covered], ranges)
    questions += [_of_negated(column) for column in columns if column.negated]
    return tuple(questions)


def _owners(columns: Sequence[ScaleColumn]) -> Mapping[Legend, frozenset[str]]:
    """Return for every legend the scales whose answers it lists: it is about those and no others."""
    owners: dict[Legend, frozenset[str]] = {}
    for column in columns:
        for legend in column.shared:
            if legend.pairs and all(column.reader.read(label).value is not None for _, label in legend.pairs):
                owners[legend] = owners.get(legend, frozenset()) | {column.scale.id}
    return owners


def _verdict(
    column: ScaleColumn, columns: Sequence[ScaleColumn], owners: Mapping[Legend, frozenset[str]]
) -> Verdict | None:
    """Return what the nearest legend about a column says."""
    others = tuple(
        {(other.scale.codes[0], other.scale.codes[-1]) for other in columns}
        - {(column.scale.codes[0], column.scale.codes[-1])}
    )
    for legend in column.heading_legends:
        verdict = verdict_of(legend, column.scale, column.reader, ())
        if verdict is not None:
            return verdict
    for legend in column.shared:
        if column.scale.id not in owners.get(legend, {column.scale.id}):
            continue
        verdict = verdict_of(legend, column.scale, column.reader, others)
        if verdict is not None and applies(verdict, column.numbers, column.scale):
            return verdict
    return None


def _differs(verdict: Verdict | None, column: ScaleColumn) -> bool:
    if verdict is None:
        return False
    scale = column.scale
    if (verdict.low, verdict.high) != (scale.codes[0], scale.codes[-1]) or verdict.direction < 0:
        return True
    return any(verdict.codes.get(number, number) != number for number in whole_numbers(column.numbers, scale))


def _by_legend(columns: Sequence[ScaleColumn], verdicts: Mapping[int, Verdict | None]) -> Iterator[ScaleQuestion]:
    """Yield a question for every scale and every finding of legends about it."""
    pairs = [(column, verdict) for column in columns if (verdict := verdicts[column.column]) is not None]

    def finding(pair: tuple[ScaleColumn, Verdict]) -> tuple[str, int, int, int, tuple[tuple[int, int], ...]]:
        column, verdict = pair
        codes = tuple(sorted(verdict.codes.items()))
        return column.scale.id, verdict.low, verdict.high, verdict.direction, codes

    for key, group in groupby(sorted(pairs, key=finding), key=finding):
        scale_id, low, high, direction, _ = key
        members = sorted(group, key=lambda pair: pair[0].column)
        sharing, verdict = tuple(column for column, _ in members), members[0][1]
        options = _options(sharing[0].scale, low, high)
        suggested = _likeliest(options, direction)
        by_legend = _legend_codes(verdict, sharing)
        if by_legend and by_legend not in options.values():
            options, suggested = {BY_LEGEND: by_legend, **options}, BY_LEGEND
        yield ScaleQuestion(
            f"{KIND}:{scale_id}:{low}-{high}{'' if direction >= 0 else ':reversed'}",
            sharing,
            finding_text("scale_legend", legend=verdict.legend.text),
            options,
            (low, high),
            suggested,
            verdict.legend,
        )


def _beside(questions: Sequence[ScaleQuestion], unsaid: Sequence[ScaleColumn]) -> Iterator[ScaleQuestion]:
    """Yield a question for columns without a legend beside others of their scale with one in the heading.

    Who writes a scale once may mean it for all columns; a question that is merely marked as reversed stands alone.
    """
    for question in questions:
        first = question.columns[0]
        if (
            question.legend is None
            or first.heading_legends == ()
            or not (question.legend.pairs or question.legend.ranges)
        ):
            continue
        columns = tuple(column for column in unsaid if column.scale.id == first.scale.id)
        if columns:
            finding = finding_text("scale_beside_legend", heading=first.heading, legend=question.legend.text)
            yield replace(question, key=f"{question.key}:beside", columns=columns, finding=finding)
            return


def _legend_codes(verdict: Verdict, columns: Sequence[ScaleColumn]) -> Mapping[int, int]:
    """Return the codes of numbers by a legend that gives every number in the columns a different answer."""
    numbers = set().union(*(whole_numbers(column.numbers, column.scale) for column in columns))
    codes = verdict.codes
    return codes if numbers <= set(codes) and len(set(codes.values())) == len(codes) else {}


def file_ranges(columns: Sequence[ScaleColumn], elsewhere: Ranges) -> Ranges:
    """Return the ranges of the scales in ``columns`` that are not ours, joined with those ``elsewhere`` in the file."""
    ranges = dict(elsewhere)
    order = sorted((column for column in columns if column.numbers), key=lambda column: column.scale.id)
    for scale_id, group in groupby(order, key=lambda column: column.scale.id):
        sharing = tuple(group)
        scale = sharing[0].scale
        span = file_range([column.numbers for column in sharing], scale)
        key = (scale_id, scale.codes)
        if span:
            other = ranges.get(key, span)
            ranges[key] = (min(span[0], other[0]), max(span[1], other[1]))
    return ranges


def _by_numbers(columns: Sequence[ScaleColumn], ranges: Ranges) -> Iterator[ScaleQuestion]:
    """Yield a question for every scale whose columns hold numbers outside it, or seem to be of a shorter one."""
    order = sorted(columns, key=lambda column: (column.scale.id, column.column))
    for _, group in groupby(order, key=lambda column: column.scale.id):
        sharing = tuple(group)
        scale = sharing[0].scale
        beside = next((span for (_, codes), span in ranges.items() if codes == scale.codes), None)
        file_span = ranges.get((scale.id, scale.codes))
        if file_span or beside:
            yield _of_range(sharing, file_span, file_span or beside or (0, 0))
        elif short := short_range(pooled([column.numbers for column in sharing]), scale):
            yield _of_short(sharing, short)


def _of_range(columns: tuple[ScaleColumn, ...], scale_span: Range | None, span: Range) -> ScaleQuestion:
    """Ask about columns whose numbers, or those beside them, go from ``span[0]`` to ``span[1]``."""
    scale = columns[0].scale
    options = _options(scale, *span)
    name = "scale_beside" if scale_span is None else "scale_percent" if span == (0, 100) else "scale_range"
    gaps = {"low": span[0], "high": span[1], "code_low": scale.codes[0], "code_high": scale.codes[-1]}
    # "1 = kyllä, 2 = ei" is how yes and no are usually numbered.
    direction = -1 if scale.codes == (0, 1) else 0
    beside = ":beside" if scale_span is None else ""
    key = f"{KIND}:{scale.id}:{span[0]}-{span[1]}{beside}"
    return ScaleQuestion(key, columns, finding_text(name, **gaps), options, span, _likeliest(options, direction))


def _of_short(columns: tuple[ScaleColumn, ...], span: Range) -> ScaleQuestion:
    scale = columns[0].scale
    gaps = {"low": span[0], "high": span[1], "code_low": scale.codes[0], "code_high": scale.codes[-1]}
    key = f"{KIND}:{scale.id}:{span[0]}-{span[1]}"
    return ScaleQuestion(key, columns, finding_text("scale_short", **gaps), {AS_IS: None}, span, LEAVE_OUT)


def _of_negated(column: ScaleColumn) -> ScaleQuestion:
    scale = column.scale
    return ScaleQuestion(
        f"{KIND}:negated:{fold(column.heading)}",
        (column,),
        finding_text("scale_negated", item=column.item.text.root),
        {REVERSE: None, AS_IS: None},
        (scale.codes[0], scale.codes[-1]),
        REVERSE,
        turned=True,
    )


def _options(scale: Scale, low: int, high: int) -> dict[str, Mapping[int, int] | None]:
    """Return what the defensible choices make of a number: reversed or shifted, but never stretched."""
    codes = scale.codes
    if high - low + 1 != len(codes):
        return {AS_IS: None}
    numbers = range(low, high + 1)
    straight = dict(zip(numbers, codes, strict=True))
    turned = dict(zip(numbers, reversed(codes), strict=True))
    if low == codes[0]:
        return {REVERSE: turned, AS_IS: None}
    return {SHIFT: straight, SHIFT_REVERSED: turned, AS_IS: None}


def _likeliest(options: Mapping[str, object], direction: int) -> str:
    if REVERSE in options:
        return REVERSE if direction < 0 else AS_IS
    if SHIFT in options:
        return SHIFT_REVERSED if direction < 0 else SHIFT
    return LEAVE_OUT
