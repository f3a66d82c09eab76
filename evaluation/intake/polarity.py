"""What turns the meaning of a sentence: negations, opposites and persons, compared word by word with another sentence.

Likeness of letters cannot tell a slip of the keyboard from a word of another meaning: "arvostavasti" and
"halveksivasti" share most of theirs. A heading is a misspelt question only if every word is a misspelt word of it.
"""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import OSA

from evaluation.intake.folding import fold_heading

NEGATIONS = frozenset({
    "ei", "en", "et", "emme", "ette", "eivät", "ilman", "mitään", "kukaan", "ketään",
    "inte", "ej", "icke", "utan", "aldrig", "ingen", "inget", "inga", "ingenting",
    "no", "not", "never", "without", "none", "nobody", "nothing", "neither", "cannot", "isn't", "aren't", "wasn't",
    "weren't", "don't", "didn't", "doesn't", "can't", "couldn't", "won't", "haven't", "hasn't", "hadn't",
})  # fmt: skip
# Words that differ by a letter and mean another person or another time.
_OTHERS = frozenset({
    "minä", "sinä", "hän", "me", "te", "he", "minun", "sinun", "hänen", "minua", "sinua", "häntä", "minut", "sinut",
    "minulle", "sinulle", "hänelle", "minulla", "sinulla", "minulta", "sinulta", "meidän", "teidän", "heidän",
    "meille", "teille", "heille", "meitä", "teitä", "heitä", "jag", "du", "han", "hon", "vi", "ni", "min", "din", "mig",
    "dig", "mitt", "ditt", "mina", "dina", "hans", "hennes", "my", "your", "his", "her", "our", "their", "you",
    "him", "we", "they", "us", "them", "ennen", "före", "now", "nyt", "nu",
})  # fmt: skip
# Pairs of opposites, the favourable or greater words first; a star stands for any ending.
_OPPOSITES = (
    ("helpo* helpp*", "vaike* hankal* raska*"),
    ("hyvin hyvä* paras parasta parhai*", "huono* heikko* heikosti"),
    ("parem* paran* kohen*", "huonom* huonon* pahem* pahen* heiken*"),
    ("enem* lisään* lisänn* kasvo* nousi nousut", "vähem* vähen* laski"),
    ("paljon usein aina", "vähän harvoin koskaan"),
    ("arvosta* kunnioit* ystäväl*", "halveksi* töyke* epäystäväl*"),
    ("lätt* enkel*", "svår*"),
    ("bra god goda gott bäst*", "dålig* sämst*"),
    ("bättre förbättr*", "sämre försämr*"),
    ("mer mera mycket ofta alltid ökat ökade", "mindre lite sällan aldrig minskat minskade"),
    ("easy easier easily", "difficult* hard harder"),
    ("well good best", "badly bad poor poorly worst"),
    ("better improv*", "worse*"),
    ("more often always increas*", "less seldom rarely never decreas*"),
)
# Opposites that make another question, but no reversed one.
_OTHER_TIMES = (
    ("ennen alussa aiemmin", "jälkeen lopussa"),
    ("före innan", "efter"),
    ("before", "after"),
    ("includ* insid*", "exclud* outsid*"),
)


def _bare(text: str) -> str:
    """Return a text without the dots over its letters, as people write who have no such keys."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def _pattern(stems: str) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(stem).replace(r"\*", r"\w*") for stem in _bare(stems).split()))


_POLAR = tuple((_pattern(high), _pattern(low)) for high, low in _OPPOSITES)
_BARE_NEGATIONS, _BARE_OTHERS = frozenset(map(_bare, NEGATIONS)), frozenset(map(_bare, _OTHERS))
_SIDES = tuple(_pattern(side) for both in (*_OPPOSITES, *_OTHER_TIMES) for side in both)
_STEMS = frozenset(side.pattern for side in _SIDES)
# A word of up to so many letters may have one slip, a longer one two.
_LONGEST_SHORT = 6
_PREFIXES = ("epa", "o", "un", "in", "im", "ir", "dis", "non", "miss", "mis", "icke")
_SUFFIXES = re.compile(r"(?:ton(?:ta)?|ttom\w*|less|lessly|los|lost|losa)$")
# A sentence of the same meaning may have these or lack them.
_FILLERS = frozenset({"the", "a", "an"})
_WORD = re.compile(r"\w+(?:['-]\w+)*")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def words(text: str) -> tuple[str, ...]:
    """Return the words of a heading as they are compared."""
    return tuple(_WORD.findall(fold_heading(text)))


def is_slip(word: str, other: str) -> bool:
    """Tell whether a word may be the other misspelt: a letter or two differ, and nothing that turns its meaning."""
    word, other = _bare(word), _bare(other)
    if word == other:
        return True
    longest = max(len(word), len(other))
    if longest <= 2 or word.isdigit() or other.isdigit():
        return False
    mine, theirs = _turning(word), _turning(other)
    # A slip may fall into the very stem by which a long word is known: then only one of the two is known by it.
    stem_only = longest > _LONGEST_SHORT and not (mine and theirs) and mine | theirs <= _STEMS
    if mine != theirs and not stem_only:
        return False
    if {word, other} <= _BARE_OTHERS or _negates(word, other) or _negates(other, word):
        return False
    return OSA.distance(word, other) <= (1 if longest <= _LONGEST_SHORT else 2)


def differing_words(heading: str, text: str) -> tuple[str, ...]:
    """Return the words by which a heading differs from a text more than by slips; none where it is the misspelt text.

    Words that only the text has are returned where the heading has none in their place.
    """
    mine, theirs = words(heading), words(text)
    differing: list[str] = []
    for kind, left, right, low, high in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        if kind != "equal" and not _is_misspelt(mine[left:right], theirs[low:high]):
            differing += _different(mine[left:right], theirs[low:high])
    return tuple(differing)


def is_negated(heading: str, texts: Sequence[str]) -> bool:
    """Tell whether a heading asks the opposite of what the likest of ``texts`` asks.

    What stands in brackets is left out: there an answer may be explained ("0 = en lainkaan").
    """
    heading_words = _sentence_words(heading)
    flips = [_flips(heading_words, _sentence_words(text)) for text in texts]
    likeness = [SequenceMatcher(None, heading.casefold(), text.casefold(), autojunk=False).ratio() for text in texts]
    return bool(flips) and flips[likeness.index(max(likeness))] % 2 == 1


def _sentence_words(text: str) -> tuple[str, ...]:
    return tuple(map(_bare, words(_IN_BRACKETS.sub(" ", text))))


def _is_misspelt(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    mine = [word for word in mine if word not in _FILLERS]
    theirs = [word for word in theirs if word not in _FILLERS]
    if len(mine) == len(theirs):
        return all(is_slip(word, other) for word, other in zip(mine, theirs, strict=True))
    # A space too many or too few.
    negated = any(_bare(word) in _BARE_NEGATIONS for word in (*mine, *theirs))
    return bool(mine and theirs and not negated) and is_slip("".join(mine), "".join(theirs))


def _different(mine: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Return the words of a stretch that have no counterpart there."""
    left = [word for word in mine if not any(is_slip(word, other) for other in theirs)]
    return left or [word for word in theirs if not any(is_slip(word, other) for other in mine)] or list(mine)


def _turning(word: str) -> frozenset[str]:
    """Return what of a word turns the meaning of a sentence: itself, or the words that have the same opposite."""
    if word in _BARE_NEGATIONS:
        return frozenset({word})
    stems = {side.pattern for side in _SIDES if side.fullmatch(word)}
    return frozenset(stems | ({"-less"} if _SUFFIXES.search(word) else set()))


def _negates(word: str, other: str) -> bool:
    """Tell whether ``word`` is ``other`` with a prefix that negates it."""
    rests = (word.removeprefix(prefix) for prefix in _PREFIXES if word.startswith(prefix))
    return any(len(rest) > 2 and OSA.distance(rest, other) <= (len(rest) > 5) for rest in rests)


def _flips(mine: Sequence[str], theirs: Sequence[str]) -> int:
    """Return how often the meaning turns from one sentence to the other."""
    negations = abs(_negations(mine, theirs) - _negations(theirs, mine))
    return negations + sum(_opposed(mine, theirs, high, low) for high, low in _POLAR)


def _negations(mine: Sequence[str], theirs: Sequence[str]) -> int:
    affixes = sum(
        bool(_SUFFIXES.search(word)) or any(_negates(word, other) for other in theirs)
        for word in mine
        if word not in theirs
    )
    return sum(word in _BARE_NEGATIONS for word in mine) + affixes


def _opposed(mine: Sequence[str], theirs: Sequence[str], high: re.Pattern[str], low: re.Pattern[str]) -> bool:
    """Tell whether one sentence has the unfavourable word where the other has its opposite, or the heading alone."""

    def has(sentence: Sequence[str], pattern: re.Pattern[str]) -> bool:
        return any(pattern.fullmatch(word) for word in sentence)

    if has(theirs, low):
        return has(mine, high) and not has(mine, low)
    return has(mine, low) and not has(mine, high)
