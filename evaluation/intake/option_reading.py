"""Questions with options: a column, or a column an option, → the code of one option, or every option chosen or not.

Whoever left a question of several choices blank on a form that asks it has chosen none of them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from evaluation.definitions import CHOSEN, NOT_CHOSEN, ONE_OPTION, OPTION_MARK, SEVERAL_OPTIONS, Item, Library
from evaluation.i18n import languages
from evaluation.intake.context import FileSettings
from evaluation.intake.folding import fold
from evaluation.intake.gathering import MISSING, Gathered, Mask
from evaluation.intake.identity_cache import made_once
from evaluation.intake.personal_data import mask, show
from evaluation.intake.suspects import unknown_answers
from evaluation.intake.table import TableField
from evaluation.intake.values import Choices, OptionReader, Read, plain_scale_reader, read_number, read_options
from evaluation.records import UnknownAnswer
from evaluation.spreadsheets import Content

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class OptionAnswers:
    """Codes row by row: of one choice under the id of the question, of several under those of the options."""

    values: Mapping[str, Numbers]
    unknown: tuple[UnknownAnswer, ...] = ()


def read_option_answers(
    gathered: Gathered, field: TableField, item: Item, settings: FileSettings, answering: Mask
) -> OptionAnswers:
    """Return the answers to a question with options; name in their cells those that are no option.

    Args:
        gathered: the rows; an error spoils its row.
        field: the column of the question, or its columns with an option each.
        item: the question.
        settings: the worker's word on answers that are no option.
        answering: the rows that do not sum up others.
    """
    reader = option_reader(item, {text: code for (name, text), code in settings.labels.items() if name == item.id})
    if field.kind == "options":
        chosen = _marked(gathered, field, item, reader)
        if item.kind == SEVERAL_OPTIONS:
            return OptionAnswers(chosen)
        return OptionAnswers({item.id: _one_of(gathered, field, item, chosen)})
    if item.kind == SEVERAL_OPTIONS:
        return _several(gathered, field.columns[0], item, reader, answering)
    return _one(gathered, field.columns[0], item, reader, answering)


def option_reader(item: Item, labels: Mapping[str, int | None] | None = None) -> OptionReader:
    """Return the reader of the answers to a question with options; raise ValueError for another question."""
    if item.option_scale is None:
        raise ValueError(f"{item.id} has no options")
    return OptionReader(item, item.option_scale, labels or {})


# Whether a content fits is asked of every column and every question.
_option_reader = made_once(option_reader)


def content_fits(content: Content, item: Item, library: Library) -> bool:
    """Tell whether a content can be read as an answer to a question that is not open."""
    if item.kind in ONE_OPTION:
        reading = _option_reader(item).read(content)
        return reading.fault is None and not reading.values
    if item.kind == SEVERAL_OPTIONS:
        choices = _option_reader(item).read_several(content).value
        return choices is not None and not choices.unknown and (not choices.own_words or len(choices.codes) > 1)
    if item.scale is not None:
        return plain_scale_reader(library.scales[item.scale]).read(content).fault is None
    return read_number(content, item.step).fault is None


def _one(gathered: Gathered, column: int, item: Item, reader: OptionReader, answering: Mask) -> OptionAnswers:
    def read(content: Content) -> Read[int]:
        reading = reader.read(content)
        return Read(fault="identity_code") if _identifies(content, reading) else reading

    readings = gathered.read_contents(column, read)
    gathered.name_faults(column, readings, _gaps(item))
    own_words = [code for code, reading in enumerate(readings) if reading is not None and "own_words" in reading.values]
    _name_own_words(gathered, column, item, np.isin(gathered.codes(column), own_words))
    unknown = tuple(unknown_answers(gathered, column, item, readings, reader, ~answering))
    return OptionAnswers({item.id: gathered.numbers(column, readings)}, unknown)


def _several(gathered: Gathered, column: int, item: Item, reader: OptionReader, answering: Mask) -> OptionAnswers:
    readings = gathered.read(column, reader.read_several, _gaps(item))
    codes = gathered.codes(column)
    unknown: list[UnknownAnswer] = []
    for code, reading in enumerate(readings):
        if reading is None or reading.value is None:
            continue
        here = codes == code
        if reading.value.unknown:
            unknown += _unknown_parts(gathered, column, item, reader, reading.value, here & answering)
            fault = "identity_code" if any(_is_identity(part) for part in reading.value.unknown) else "not_an_option"
            unknown_parts = ", ".join(f"”{show(part)}”" for part in reading.value.unknown)
            gaps = {**_gaps(item), "unknown": unknown_parts, "expected": _labels(item)}
            gathered.say("error", fault, column, here, gaps)
        if reading.value.own_words:
            _name_own_words(gathered, column, item, here)
    chosen = [reading.value.codes if reading is not None and reading.value else frozenset() for reading in readings]
    values: dict[str, Numbers] = {}
    for name, option in item.option_codes.items():
        of_content = [CHOSEN if option in codes_of else NOT_CHOSEN for codes_of in chosen]
        # The last stands for empty cells.
        values[f"{item.id}{OPTION_MARK}{name}"] = np.array([*of_content, NOT_CHOSEN], dtype=np.int32)[codes]
    return OptionAnswers(values, tuple(unknown))


def _unknown_parts(
    gathered: Gathered, column: int, item: Item, reader: OptionReader, choices: Choices, here: Mask
) -> Iterator[UnknownAnswer]:
    rows = gathered.rows[here]
    for part in choices.unknown if len(rows) else ():
        if not mask(part).kinds:
            place = gathered.sheet.address(int(rows[0]), column)
            text, example = fold(part), show(part) or ""
            yield UnknownAnswer(gathered.sheet.name, place, item.id, text, example, len(rows), reader.suggest(text))


def _marked(gathered: Gathered, field: TableField, item: Item, reader: OptionReader) -> dict[str, Numbers]:
    """Return for every option whether it is marked; nobody was asked where all its columns are blank beside noughts."""
    columns: dict[int, Numbers] = {}
    for column, option in zip(field.columns, field.options, strict=True):
        code = reader.read_heading(option)
        other = code is not None and code == item.other_code
        marks = gathered.read(column, partial(_mark, option=option, other=other), _gaps(item))
        own_words = [number for number, mark in enumerate(marks) if mark is not None and "own_words" in mark.values]
        _name_own_words(gathered, column, item, np.isin(gathered.codes(column), own_words))
        marked = gathered.numbers(column, marks)
        if code is None:
            values = {**_gaps(item), "unknown": f"”{show(option)}”", "expected": _labels(item)}
            gathered.say("error", "not_an_option", column, marked == CHOSEN, values)
        else:
            columns[code] = np.maximum(columns.get(code, marked), marked)
    missing = np.full(len(gathered.rows), MISSING, dtype=np.int32)
    answered = np.logical_or.reduce([marked != MISSING for marked in columns.values()])
    # A file of crosses alone has no sign for what is not chosen.
    noughts = any((marked == NOT_CHOSEN).any() for marked in columns.values())
    reached = answered if noughts else np.ones(len(gathered.rows), dtype=bool)
    return {
        f"{item.id}{OPTION_MARK}{name}": np.where(
            reached, np.where(columns.get(code, missing) == CHOSEN, CHOSEN, NOT_CHOSEN), MISSING
        ).astype(np.int32)
        for name, code in item.option_codes.items()
    }


def _mark(content: Content, option: str, other: bool) -> Read[int]:
    mark = read_options(content, option)
    # In the column of "something else" stands what people wrote.
    return Read(CHOSEN, values={"own_words": True}) if other and mark.fault == "not_a_mark" else mark


def _one_of(gathered: Gathered, field: TableField, item: Item, chosen: Mapping[str, Numbers]) -> Numbers:
    """Return the one option that is marked; two in one row are a fault."""
    values = np.full(len(gathered.rows), MISSING, dtype=np.int32)
    marked = np.zeros(len(gathered.rows), dtype=int)
    for name, code in item.option_codes.items():
        here = chosen[f"{item.id}{OPTION_MARK}{name}"] == CHOSEN
        values[here] = code
        marked += here
    gathered.say("error", "two_answers", field.columns[0], marked > 1, _gaps(item))
    return values


def _name_own_words(gathered: Gathered, column: int, item: Item, here: Mask) -> None:
    other = next((option for option in item.options.values() if option.other), None)
    if other is not None:
        gathered.say("notice", "own_words", column, here, {**_gaps(item), "option": other.label.root})


def _identifies(content: Content, reading: Read[int]) -> bool:
    """Tell whether a personal identity code stands where an option should, or in own words."""
    return isinstance(content, str) and reading.fault == "off_scale" and _is_identity(content)


def _is_identity(text: str) -> bool:
    return "identity_code" in mask(text).kinds


def _labels(item: Item) -> dict[str, str]:
    labels = [option.label.root for option in item.options.values()]
    return {language: ", ".join(label.get(language, "") for label in labels) for language in languages()}


def _gaps(item: Item) -> dict[str, object]:
    return {"item": item.short.root}
