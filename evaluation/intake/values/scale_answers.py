"""Answers on a scale: codes, labels of any language and their mixtures, as people and survey tools write them."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from rapidfuzz import fuzz, process

from evaluation.definitions import OutsideValue, Scale, ScaleValue
from evaluation.intake.answer_wording import is_same, may_mean
from evaluation.intake.folding import fold
from evaluation.intake.identity_cache import made_once
from evaluation.intake.values.cell_values import Read, faulty
from evaluation.spreadsheets import CellFault, Content

# How alike a text and a label have to be (0 to 100) for the label to be offered, and by how much the next answer has
# to be less so.
NEAR = 80
APART = 4

NO_LABELS: Mapping[str, int | None] = MappingProxyType({})

_NUMBER = re.compile(r"^[+-]?[0-9]+(?:[.,][0-9]+)?$")
# Separate patterns, since the colon of "5 :)" is no separator.
_CODE_FIRST = (
    re.compile(r"^([+-]?[0-9]{1,3})\s*([(\[])(.+)[)\]]$"),
    re.compile(r"^([+-]?[0-9]{1,3})(\s)(.+)$"),
    re.compile(r"^[(\[]?([+-]?[0-9]{1,3})\s*([\])=:.-])\s*(.+)$"),
)
_CODE_LAST = re.compile(r"^(.+?)(?:\s*[=:,;]\s*|\s+-\s+|\s*[(\[]|\s+)([+-]?[0-9]{1,3})[)\]]?$")
# A number before a label may be its place in a list. After a space or a dash it may as well count people.
_PLACE_IN_LIST = frozenset(")].:=")
_BETWEEN = re.compile(r"\s*\.?\s*([;,/|])\s*")


class ScaleReader:
    """Reads the answers of one scale."""

    def __init__(
        self, scale: Scale, labels: Mapping[str, int | None] = NO_LABELS, numbers: Mapping[int, int] | None = None
    ) -> None:
        """Learn how the answers of ``scale`` are written.

        Args:
            scale: the scale.
            labels: the worker's word on answers that the scale does not know: text → code, or None for no answer.
            numbers: the code that every number means where the file numbers the answers in another way.
        """
        code_of_number = numbers if numbers is not None else {code: code for code in scale.codes}
        self._numbers: dict[float, int] = {code: code for code in scale.outside_codes}
        self._numbers.update(code_of_number.items())
        self._codes = frozenset((*scale.codes, *scale.outside_codes))
        self._explained = {
            _explained_key(text): code for text, code in labels.items() if code is None or code in self._codes
        }
        self._labels = {_plain(text): answer.code for answer in scale.answers for text in _written(answer)}
        self._booleans = set(scale.codes) == {0, 1}
        self._expected = _expected(scale.answers)
        self._option = _any_of((*self._labels, *map(str, self._codes)))

    def read(self, content: Content) -> Read[int]:
        """Return the code that ``content`` says, or why it says none."""
        if isinstance(content, CellFault):
            return faulty(content)
        text = _text(content)
        plain = _plain(text)
        if not plain:
            return Read()
        if _explained_key(plain) in self._explained:
            return Read(self._explained[_explained_key(plain)])
        if isinstance(content, bool):
            code = int(content) if self._booleans else None
        elif isinstance(content, date):
            code = None
        else:
            code = self._code(plain)
        if code is not None:
            return Read(code)
        return self._several(text)

    def suggest(self, text: str) -> int | None:
        """Return the answer whose label is nearest to ``text``, to be offered to the worker; None if none is near.

        It is on the same side as the text and not stronger, however alike the letters of a stronger one are.
        """
        plain = _plain(text)
        wanted = next((match[3] for pattern in reversed(_CODE_FIRST) if (match := pattern.match(plain))), plain)
        worded = [label for label in self._labels if not _NUMBER.match(label)]
        same = {self._labels[label] for label in worded if is_same(wanted, label)}
        if len(same) == 1:
            return same.pop()
        alike = process.extract(wanted, worded, scorer=fuzz.ratio, score_cutoff=NEAR - APART, limit=None)
        alike = [candidate for candidate in alike if may_mean(wanted, candidate[0])]
        if not alike or alike[0][1] < NEAR:
            return None
        best = self._labels[alike[0][0]]
        rivals = [score for label, score, _ in alike if self._labels[label] != best]
        return best if not rivals or alike[0][1] - rivals[0] >= APART else None

    def explains(self, content: Content) -> bool:
        """Tell whether the worker has explained ``content``."""
        return not isinstance(content, CellFault) and _explained_key(_text(content)) in self._explained

    def refused(self) -> Read[int]:
        """Return the reading of a text that is none of the answers."""
        return Read(fault="off_scale", values={"expected": self._expected})

    def _code(self, text: str) -> int | None:
        if _NUMBER.match(text):
            return self._numbers.get(float(text.replace(",", ".")))
        if text in self._labels:
            return self._labels[text]
        return self._numbered(text)

    def _numbered(self, text: str) -> int | None:
        """Read a code with its label, on either side, if the two agree."""
        last = _CODE_LAST.match(text)
        if last and int(last[2]) in self._numbers:
            code = self._labels.get(_plain(last[1]))
            if code is not None and code == self._numbers[int(last[2])]:
                return code
        for pattern in _CODE_FIRST:
            first = pattern.match(text)
            if first is None:
                continue
            number, label = int(first[1]), _plain(first[3])
            code = self._labels.get(label)
            placed = number not in self._numbers and not _NUMBER.match(label) and first[2] in _PLACE_IN_LIST
            if code is not None and (code == self._numbers.get(number) or placed):
                return code
        return None

    def _several(self, text: str) -> Read[int]:
        """Read a cell that may hold more than one answer.

        Known answers are matched, the longest first, and never split at a separator that an answer itself contains.
        One answer in two languages is one answer.
        """
        plain = _plain(text.replace("\n", ";"))
        answers, separators, position = [], set(), 0
        while match := self._option.match(plain, position):
            answers.append(match[0])
            position = match.end()
            between = _BETWEEN.match(plain, position)
            if between is None:
                break
            separators.add(between[1])
            position = between.end()
        codes = {self._code(answer) for answer in answers}
        numbers = any(_NUMBER.match(answer) for answer in answers)
        if position < len(plain) or _NUMBER.match(plain):
            codes = set()
        if len(codes) == 1 and not numbers:
            return Read(codes.pop())
        # "A / B" may be one answer of a shorter scale that means both.
        several = len(codes) > 1 and "/" not in separators
        return Read(fault="two_answers" if several else "off_scale", values={"expected": self._expected})


# The reader of a scale without the worker's word.
plain_scale_reader = made_once(ScaleReader)


def _text(content: str | float | bool | date) -> str:
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return str(content).strip()


def _plain(text: str) -> str:
    """Return a text as answers are compared: folded, without quotes around it and signs that close it."""
    folded = fold(text)
    return folded.lstrip(" \"'").rstrip(" \"'.!;,:") or folded


def _explained_key(text: str) -> str:
    """Return the key of the worker's word on a text: 6.0 is 6, whatever the file calls it."""
    return re.sub(r"^([0-9]+)[.,]0$", r"\1", _plain(text))


def _written(answer: ScaleValue | OutsideValue) -> Iterator[str]:
    yield from answer.label.values()
    yield from answer.aliases
    if isinstance(answer, ScaleValue) and answer.face:
        yield answer.face


def _any_of(texts: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(texts, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})(?=\\s*\\.?\\s*(?:[;,/|]|$))")


def _expected(answers: tuple[ScaleValue | OutsideValue, ...]) -> Mapping[str, str]:
    def say(answer: ScaleValue | OutsideValue, language: str) -> str:
        label = answer.label[language]
        return label if label == str(answer.code) else f"{answer.code} = {label}"

    return {language: ", ".join(say(answer, language) for answer in answers) for language in answers[0].label.root}
