"""What a file says about its scale: "1 = täysin samaa mieltä", "asteikko 1–7", "käännetty", wherever it stands."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np

from evaluation.intake.answer_wording import wording
from evaluation.intake.folding import fold
from evaluation.spreadsheets import Column, Content, Sheet

Part = TypeVar("Part")

# Open answers are many; a legend stands in a cell or a dozen.
_MOST_TEXTS = 3000
_LONGEST = 600
_LONGEST_LABEL = 60
_MOST_COLUMNS, _MOST_ROWS = 60, 200
# Between a number and its label, or a label and its number.
_EQUALS = r"(?:=|tarkoittaa|merkitsee|betyder|means)"
_STRONG = re.compile(rf"(?<![\d.,/])([+-]?\d{{1,2}})\s*{_EQUALS}\s*([^\d=;|,()]+)")
_STRONG_BEFORE = re.compile(rf"([^\W\d][^\d=;|,()]*?)\s*{_EQUALS}\s*([+-]?\d{{1,2}})(?![\d.,]*\d)")
_BRACKETS = re.compile(r"(?<![\d.,/])([+-]?\d{1,2})\s*[(\[]\s*([^\W\d][^\d=;|()\[\]]*)[)\]]")
_BRACKETS_BEFORE = re.compile(r"([^\W\d][^\d=;|,()]*?)\s*[(\[]\s*([+-]?\d{1,2})\s*[)\]]")
_BARE = re.compile(r"(?<![\d.,/])([+-]?\d{1,2})\s*(?:[:.)-]|\bon\b|\bär\b|\bis\b)?\s*([^\W\d][^\d=;|,()]*)")
_RANGE = re.compile(r"(?<![\d.,/:])([+-]?\d{1,3})\s*(?:-|\.{2,}|till|to)\s*([+-]?\d{1,3})(?![.,:/]?\d)")
_ALONE = re.compile(r"[(\[]\s*([+-]?\d{1,3})\s*(?:-|\.{2,})\s*([+-]?\d{1,3})\s*[)\]]")
_MAYBE = re.compile(
    r"\d|käänt|käänn|omvänd|revers|kouluar|kouluas|vitsord|school|%|procent|per ?cent|prosent", re.IGNORECASE
)
_LAST = re.compile(r"(?:^|[\s,:])([+-]?\d{1,3})\s*(?:-|\.{2,})\s*([+-]?\d{1,3})\s*\??$")
_BRIEF = re.compile(r"[(\[]\s*([+-]?\d{1,2})\s*[:-]?\s*([^\W\d]+(?: [^\W\d]+){0,2})\s*[)\]]")
_NUMBERED_LABEL = re.compile(r"([+-]?\d{1,2})\s*[.:)=-]?\s*([^\W\d][^\d]*)")
_SCALE_WORD = re.compile(r"asteik|skala|scale|arvosa|arvioi|pistei|pistee|vitsord|betyg|poäng|points?\b|\brat(?:e|ing)")
_SCHOOL_MARKS = re.compile(r"kouluarvosa|kouluasteik|skolvitsord|school (?:mark|grade)")
_PER_CENT = re.compile(r"%|\bprosent|\bprocent|\bper ?cent")
_TURNED = re.compile(
    r"käännett[yäu]\b|käänteinen|käänteise|omvänd(?:a|t|s)?\b|\breversed?\b|reverse[- ](?:coded|scored)"
)


@dataclass(frozen=True)
class Legend:
    """What one text says about a scale, and where it stands (row and column from 0).

    ``pairs`` are numbers with what they mean, ``ranges`` the lowest and highest number of the scales it names;
    ``turned`` means that it calls the scale reversed; ``cells`` is the number of cells over which it stands.
    """

    sheet: str
    row: int
    column: int
    text: str
    pairs: tuple[tuple[int, str], ...] = ()
    ranges: tuple[tuple[int, int], ...] = ()
    turned: bool = False
    cells: int = 1


def read_legend(text: str, sheet: str = "", row: int = 0, column: int = 0, heading: bool = False) -> Legend | None:
    """Return what a text says of a scale, or None if it says nothing of the kind.

    In the ``heading`` of a question numbers such as "(1–7)" are a scale without a word for it.
    """
    folded = fold(text[:_LONGEST])
    turned = bool(_TURNED.search(folded))
    pairs, ranges = _pairs(folded), _ranges(folded, heading)
    return Legend(sheet, row, column, text, pairs, ranges, turned) if pairs or ranges or turned else None


def legends_on(sheet: Sheet) -> tuple[Legend, ...]:
    """Return the legends on a sheet: cells that hold one, and lists of numbers with their meanings."""
    legends: list[Legend] = []
    for number, column in enumerate(sheet.columns):
        texts = [(code, value) for code, value in enumerate(column.values) if isinstance(value, str)]
        if len(texts) > _MOST_TEXTS:
            continue
        for code, value in texts:
            if not _MAYBE.search(value):
                continue
            legend = read_legend(value, sheet.name, int(np.argmax(column.codes == code)), number)
            if legend is not None:
                legends.append(legend)
    return (*_joined(legends), *_lists(sheet), *_numbered_labels(sheet))


def _pairs(text: str) -> tuple[tuple[int, str], ...]:
    """Return numbers with their meanings, by the surest way of writing that the text shows."""
    after = [(int(number), label) for number, label in _STRONG.findall(text)]
    before = [(int(number), label) for label, number in _STRONG_BEFORE.findall(text)]
    if strong := (after if len(after) >= len(before) else before):
        return _plain(strong)
    for matches in (
        [(int(number), label) for number, label in _BRACKETS.findall(text)],
        [(int(number), label) for label, number in _BRACKETS_BEFORE.findall(text)],
        [(int(number), label) for number, label in _BARE.findall(text)],
    ):
        pairs = _plain(matches)
        sides = _sides(label for _, label in pairs)
        # The number before a heading is its place among the questions.
        alone = len(pairs) == 1 and bool(re.match(r"\d+\s*[.):]", text))
        if (len(pairs) > 1 and len(sides) == 2) or (sides and _says_scale(text) and not alone):
            return pairs
    return _plain([(int(number), label) for number, label in _BRIEF.findall(text) if wording(label)])


def _plain(pairs: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], ...]:
    trimmed = ((number, re.sub(r"[\s.…:/-]+$|^[\s.…:/-]+", "", label)) for number, label in pairs)
    return tuple({number: label for number, label in trimmed if label}.items())


def _says_scale(text: str) -> bool:
    return bool(_SCALE_WORD.search(text))


def _ranges(text: str, heading: bool) -> tuple[tuple[int, int], ...]:
    """Return the scales that a text names by their ends; any numbers with a dash count only beside a word for it."""
    named = _RANGE.findall(text) if _says_scale(text) else []
    if heading:
        named += _ALONE.findall(text) + _LAST.findall(text)
    numbers = [(int(low), int(high)) for low, high in named]
    ranges = [(min(ends), max(ends)) for ends in numbers if _is_scale(min(ends), max(ends))]
    if _SCHOOL_MARKS.search(text):
        ranges.append((4, 10))
    if _PER_CENT.search(text):
        ranges.append((0, 100))
    return tuple(dict.fromkeys(ranges))


def _is_scale(low: int, high: int) -> bool:
    return (-5 <= low <= 1 and 2 <= high - low <= 10) or (low, high) in ((4, 10), (0, 100), (1, 100))


def _joined(legends: Sequence[Legend]) -> Iterator[Legend]:
    """Yield the legends, those of one pair a cell right below one another as one."""
    stack: list[Legend] = []
    for legend in sorted(legends, key=lambda legend: (legend.column, legend.row)):
        if stack and len(legend.pairs) == 1 and (legend.column, legend.row) == (stack[-1].column, stack[-1].row + 1):
            stack.append(legend)
            continue
        yield from _one(stack)
        stack = [legend]
    yield from _one(stack)


def _one(stack: Sequence[Legend]) -> Iterator[Legend]:
    if not stack:
        return
    first = stack[0]
    pairs = dict(pair for legend in stack for pair in legend.pairs)
    text = ", ".join(legend.text for legend in stack)
    ends, count = (first.ranges, first.turned), len(stack)
    yield Legend(first.sheet, first.row, first.column, text, tuple(pairs.items()), *ends, count)


def _lists(sheet: Sheet) -> Iterator[Legend]:
    """Yield lists of two columns: consecutive numbers, and beside them what they mean."""
    for column, (numbers, names) in enumerate(pairwise(sheet.columns[: _MOST_COLUMNS + 1])):
        steps, labels = _by_code(numbers, _step), _by_code(names, _label)
        if not steps or not labels:
            continue
        entries: list[tuple[int, int, str]] = []
        codes = zip(numbers.codes[:_MOST_ROWS].tolist(), names.codes[:_MOST_ROWS].tolist(), strict=True)
        for row, (step_code, label_code) in enumerate(codes):
            number, label = steps.get(step_code), labels.get(label_code)
            if number is None or label is None:
                yield from _listed(sheet, column, entries)
                entries = []
            else:
                entries.append((row, number, label))
        yield from _listed(sheet, column, entries)


def _numbered_labels(sheet: Sheet) -> Iterator[Legend]:
    """Yield lists of one column: a number and its label in every cell ("1 täysin samaa mieltä"), one below the other.

    Two such cells are enough where they name both ends: people write down no more than these.
    """
    for number, column in enumerate(sheet.columns[:_MOST_COLUMNS]):
        labels = _by_code(column, _numbered_label)
        if not labels:
            continue
        entries: list[tuple[int, int, str]] = []
        for row, code in enumerate(column.codes[:_MOST_ROWS].tolist()):
            label = labels.get(code)
            if label is None:
                yield from _ends_named(sheet, number, entries)
                entries = []
            else:
                entries.append((row, *label))
        yield from _ends_named(sheet, number, entries)


def _by_code(column: Column, part: Callable[[Content], Part | None]) -> dict[int, Part]:
    """Return by the code of each distinct content what it holds, of those that hold it in the first rows."""
    parts = ((code, part(column.values[code])) for code in column.used(slice(_MOST_ROWS)))
    return {code: value for code, value in parts if value is not None}


def _label(cell: Content) -> str | None:
    return cell if isinstance(cell, str) and len(cell) <= _LONGEST_LABEL else None


def _numbered_label(cell: Content) -> tuple[int, str] | None:
    label = _label(cell)
    match = None if label is None else _NUMBERED_LABEL.fullmatch(fold(label))
    return (int(match[1]), match[2].strip()) if match and wording(match[2]) else None


def _ends_named(sheet: Sheet, column: int, entries: Sequence[tuple[int, int, str]]) -> Iterator[Legend]:
    steps = [number for _, number, _ in entries]
    one_way = steps in (sorted(set(steps)), sorted(set(steps), reverse=True))
    if len(entries) < 2 or not one_way or len(_sides(label for _, _, label in entries)) < 2:
        return
    pairs = tuple((number, label) for _, number, label in entries)
    text = ", ".join(f"{number} = {label}" for number, label in pairs)
    yield Legend(sheet.name, entries[0][0], column, text, pairs, cells=len(entries))


def _sides(labels: Iterable[str]) -> set[int]:
    """Return on which sides of a scale labels are."""
    return {side[1] for label in labels if (side := wording(label))}


def _step(cell: Content) -> int | None:
    if isinstance(cell, bool) or not isinstance(cell, (int, float, str)):
        return None
    text = str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip(" .):=")
    return int(text) if re.fullmatch(r"[+-]?\d{1,2}", text) else None


def _listed(sheet: Sheet, column: int, entries: Sequence[tuple[int, int, str]]) -> Iterator[Legend]:
    if not 3 <= len(entries) <= 11:
        return
    steps = [number for _, number, _ in entries]
    labels = [fold(label) for _, _, label in entries]
    straight = steps == list(range(steps[0], steps[0] + len(steps)))
    back = steps == list(range(steps[0], steps[0] - len(steps), -1))
    if not (straight or back) or len(set(labels)) < len(labels) or len(_sides(labels)) < 2:
        return
    pairs = tuple(zip(steps, labels, strict=True))
    text = ", ".join(f"{number} = {label}" for number, label in pairs)
    yield Legend(sheet.name, entries[0][0], column, text, pairs, cells=len(entries))
