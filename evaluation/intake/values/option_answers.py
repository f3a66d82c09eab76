"""Answers that are options without an order: one in a cell, or several in one however the survey tool parts them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from evaluation.definitions import Item, Scale
from evaluation.intake.folding import fold
from evaluation.intake.personal_data import as_text
from evaluation.intake.values.cell_values import Read, faulty
from evaluation.intake.values.scale_answers import ScaleReader
from evaluation.spreadsheets import CellFault, Content

NO_LABELS: Mapping[str, int | None] = MappingProxyType({})
# How "something else" begins, whatever the form calls it.
OTHER_WORDS = ("jokin muu", "muu", "muut", "muuta", "något annat", "annat", "annan", "something else", "other")

_STRONG = re.compile(r"[;\n\r|]+")
_WEAK = re.compile(r"\s*[,/]\s*")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Choices:
    """What one content chooses: codes; ``unknown`` parts that are no option; whether own words were among them."""

    codes: frozenset[int] = frozenset()
    unknown: tuple[str, ...] = ()
    own_words: bool = False


class OptionReader:
    """Reads the answers to a question with options."""

    def __init__(self, item: Item, scale: Scale, labels: Mapping[str, int | None] = NO_LABELS) -> None:
        """Learn how the options of ``item`` are written.

        Args:
            item: the question.
            scale: its options.
            labels: the worker's word on answers that are no option: text → code, or None for no answer.
        """
        texts = [text for value in scale.values for text in (*value.label.values(), *value.aliases)]
        # Where options are themselves numbers, a number is the option and not its place.
        numbers: dict[int, int] | None = {} if any(_NUMBER.fullmatch(fold(text)) for text in texts) else None
        compact = {_compact(text): value.code for value in scale.values for text in value.label.values()}
        self._one = ScaleReader(scale, {**compact, **labels}, numbers)
        self._other = item.other_code
        self._names = {fold(name): code for name, code in item.option_codes.items()}
        if numbers is None:
            self._names |= {str(code): code for code in item.option_codes.values()}
        longest_first = sorted({*map(fold, texts), *self._names}, key=len, reverse=True)
        self._option = re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})\\.?(?=\\s*(?:[,/]|$))")
        others = (*map(fold, _texts_of(scale, self._other)), *OTHER_WORDS)
        stems = sorted({re.split(r"[,:?(]", text)[0].strip() for text in others}, key=len, reverse=True)
        self._other_first = re.compile(f"(?:{'|'.join(map(re.escape, filter(None, stems)))})(?![\\w-])")

    def read(self, content: Content) -> Read[int]:
        """Return the one option that ``content`` says; ``values`` has ``own_words`` for an answer in own words."""
        reading = self._as_option(content)
        if reading.fault != "off_scale" or not isinstance(content, str) or not self._is_other(content):
            return reading
        return Read(self._other, values={"own_words": True})

    def read_heading(self, text: str) -> int | None:
        """Return the option that a column of marks is about, None for no option: own words head no column."""
        reading = self._as_option(text)
        return self._other if reading.fault and self._other_first.match(fold(text)) else reading.value

    def _as_option(self, content: Content) -> Read[int]:
        reading = self._one.read(content)
        if reading.fault == "off_scale" and isinstance(content, str):
            # "18 – 29" is "18–29".
            compact = self._one.read(_compact(content))
            return compact if compact.fault is None else reading
        return reading

    def read_several(self, content: Content) -> Read[Choices]:
        """Return all options that ``content`` says, parted by ``;``, lines, commas, or blanks between their names."""
        if isinstance(content, CellFault):
            return faulty(content)
        codes: set[int] = set()
        unknown: list[str] = []
        own_words = False
        for part in self._parts(as_text(content)):
            reading = self.read(part)
            if reading.fault is not None:
                unknown.append(part)
            elif reading.value is not None:
                codes.add(reading.value)
            own_words |= "own_words" in reading.values
        return Read(Choices(frozenset(codes), tuple(unknown), own_words))

    def suggest(self, text: str) -> int | None:
        """Return the option that is written nearly as ``text``, None if none is near."""
        return self._one.suggest(text)

    def refused(self) -> Read[int]:
        """Return the reading of a text that is no option."""
        return self._one.refused()

    def _is_other(self, text: str) -> bool:
        """Tell whether a text that is no option is an answer in own words, and no other option misspelt."""
        folded = fold(text)
        if self._other is None or _NUMBER.fullmatch(folded):
            return False
        if self._other_first.match(folded):
            return True
        # A known option and something else are two answers.
        return self._option.match(folded) is None and self.suggest(text) is None

    def _parts(self, text: str) -> Iterator[str]:
        for chunk in filter(None, map(str.strip, _STRONG.split(text))):
            words = fold(chunk).split()
            if self._as_option(chunk).fault is None:
                yield chunk
            elif len(words) > 1 and all(word in self._names for word in words):
                yield from words
            else:
                yield from self._listed(chunk)

    def _listed(self, text: str) -> Iterator[str]:
        """Yield the parts of a text with commas: an option that holds a comma is one part, and so are own words."""
        folded, position = fold(text), 0
        while position < len(folded):
            option = self._option.match(folded, position)
            end = option.end() if option else self._next_option(folded, position)
            yield folded[position:end].strip(" ,/")
            between = _WEAK.match(folded, end)
            position = between.end() if between else end + (not option)

    def _next_option(self, text: str, start: int) -> int:
        """Return where the next option begins that follows a separator, or the end of the text."""
        for separator in _WEAK.finditer(text, start):
            following = separator.end()
            if self._option.match(text, following) or self._other_first.match(text, following):
                return separator.start()
            if self._other is None:
                return separator.start()
        return len(text)


def _compact(text: str) -> str:
    return re.sub(r" ?- ?", "-", fold(text))


def _texts_of(scale: Scale, code: int | None) -> tuple[str, ...]:
    return tuple(text for value in scale.values if value.code == code for text in value.label.values())
