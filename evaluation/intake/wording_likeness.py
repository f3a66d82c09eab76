"""Which questions a heading in the worker's words may ask, the likeliest first. They are only offered.

Words are compared by their beginnings, since Finnish puts endings to them, and rare words tell more than common ones.
A heading that compares with before asks for a change, another for a state.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.definitions import Item
from evaluation.intake.folding import fold_heading
from evaluation.intake.polarity import is_negated, words
from evaluation.intake.wording_words import COMMON, COMPARING, EVERYDAY_WORDS

_VOWELS = frozenset("aeiouyäöå")
# Below this a heading has hardly a word in common with a question.
LEAST = 0.3
OFFERED = 3
_SHORTEST, _SHORT_WORD, _LONG_BEGINNING, _ENDING = 3, 4, 6, 3
_OTHER_KIND, _BY_ANOTHER_WORD, _STRANGE = 0.6, 0.8, 0.5


@dataclass(frozen=True)
class Likeness:
    """A question that a heading may ask, how likely that is (0 to 1), and whether its words turn the meaning."""

    item: str
    score: float
    negated: bool = False


def likest_items(
    headings: Sequence[str], items: Sequence[Item], suits: Sequence[Mapping[str, float]]
) -> tuple[tuple[Likeness, ...], ...]:
    """Return the likeliest questions of every heading, the best first; a question comes first for one heading only.

    Args:
        headings: the headings in the worker's words.
        items: the questions that may be meant.
        suits: for every heading, by item, how well its column fits it (0 to 1).
    """
    vocabulary = _Vocabulary(items)
    scored = [
        sorted(
            (likeness for item in items if (likeness := _likeness(heading, item, vocabulary, fit)).score >= LEAST),
            key=lambda likeness: (likeness.negated, -likeness.score),
        )
        for heading, fit in zip(headings, suits, strict=True)
    ]
    first = _best_items(scored)
    return tuple(
        tuple(sorted(ranked, key=lambda likeness: likeness.item != best)[:OFFERED])
        for ranked, best in zip(scored, first, strict=True)
    )


class _Vocabulary:
    """The words of some questions, found by their beginnings."""

    def __init__(self, items: Sequence[Item]) -> None:
        """Learn the words of every text of ``items``."""
        self._size = len(items)
        self._compares = {item.id: all(map(_compares, item.text.values())) for item in items}
        self._words: dict[str, dict[str, set[str]]] = {}
        self._cache: dict[str, Mapping[str, float]] = {}
        for item in items:
            for text in (*item.text.values(), *item.short.values()):
                for word in map(_plain, _words(text)):
                    self._words.setdefault(word[:_SHORTEST], {}).setdefault(word, set()).add(item.id)

    def compares(self, item: str) -> bool:
        """Tell whether a question compares now with before."""
        return self._compares[item]

    def having(self, word: str) -> Mapping[str, float]:
        """Return the questions that hold a word, and how surely: the word itself, or one that people may mean by it."""
        if word not in self._cache:
            self._cache[word] = self._look_up(word)
        return self._cache[word]

    def _look_up(self, word: str) -> Mapping[str, float]:
        first, *others = _meanings(word)
        items = dict.fromkeys((item for other in others for item in self._with(other)), _BY_ANOTHER_WORD)
        return items | dict.fromkeys(self._with(first), 1.0)

    def _with(self, word: str) -> set[str]:
        near = self._words.get(word[:_SHORTEST], {})
        return {item for other, items in near.items() if _same(word, other) for item in items}

    def weight(self, word: str) -> float:
        """Return how much a word tells: more the fewer questions hold it; one that none holds speaks a bit against."""
        having = len(self.having(word))
        return math.log(1 + self._size / having) if having else _STRANGE


def _best_items(scored: Sequence[Sequence[Likeness]]) -> list[str | None]:
    """Return the question that comes first for every heading: the likeliest pairs before all others."""
    pairs = sorted(
        (
            (likeness.negated, -likeness.score, number, likeness.item)
            for number, ranked in enumerate(scored)
            for likeness in ranked
        )
    )
    chosen: list[str | None] = [None] * len(scored)
    for _, _, number, item in pairs:
        if chosen[number] is None and item not in chosen:
            chosen[number] = item
    return chosen


def _words(text: str) -> list[str]:
    """Return the words of a text, those of a compound with a hyphen one by one."""
    return [part for word in words(text) for part in word.split("-") if part]


def _likeness(heading: str, item: Item, vocabulary: _Vocabulary, fit: Mapping[str, float]) -> Likeness:
    tokens = [word for word in _words(heading) if word not in COMMON and not word.isdigit()]
    # Words of comparison show the kind of the question, and not its subject.
    content_words = [word for word in tokens if not _compares(word)] or tokens
    total = sum(map(vocabulary.weight, content_words))
    score = sum(vocabulary.weight(word) * vocabulary.having(word).get(item.id, 0.0) for word in content_words)
    if not score:
        return Likeness(item.id, 0.0)
    kind = 1.0 if _compares(heading) == vocabulary.compares(item.id) else _OTHER_KIND
    likely = score / total * kind * fit.get(item.id, 1.0)
    return Likeness(item.id, likely, likely >= LEAST and is_negated(heading, list(item.text.values())))


def _meanings(word: str) -> tuple[str, ...]:
    """Return a word and the words of our questions that people may mean by it."""
    synonyms = [
        target
        for everyday, targets in EVERYDAY_WORDS.items()
        if (word.startswith(everyday[:-1]) if everyday.endswith("*") else word == everyday)
        for target in targets
    ]
    return tuple(map(_plain, (word, *synonyms)))


def _plain(word: str) -> str:
    """Return a word as its forms have it in common: double and soft consonants single and hard (hyödyn, hyöty)."""
    for double in ("kk", "pp", "tt"):
        word = word.replace(double, double[0])
    return word.replace("d", "t")


def _same(word: str, other: str) -> bool:
    """Tell whether two words may be forms or parts of one: they begin alike, as far as endings leave them."""
    alike = next((at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), None)
    length = min(len(word), len(other)) if alike is None else alike
    shorter = min(len(word), len(other))
    if shorter <= _SHORT_WORD:
        if length < shorter and (word[length] not in _VOWELS or other[length] not in _VOWELS):
            return False
        return length >= max(_SHORTEST, shorter - 1) and abs(len(word) - len(other)) <= _SHORT_WORD
    return length >= _LONG_BEGINNING or length >= max(_SHORT_WORD, shorter - _ENDING)


def _compares(text: str) -> bool:
    folded = f" {fold_heading(text)}"
    return any(f" {word}" in folded for word in COMPARING)
