"""How answers are worded: which side of a scale a wording is on, and how strong it is.

"Täysin samaa" is near the end that agrees, "paras" near the good end. Words of degree such as "täysin" and
"jokseenkin" are compared separately from the words that they strengthen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from evaluation.definitions import Scale
from evaluation.intake.folding import fold
from evaluation.intake.polarity import NEGATIONS, is_slip, words

# Kinds of wording, the surest first: beginnings of the words that say more, and of those that say less.
_FAMILIES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "agree": (
        ("samaa", "samaamieltä", "samanmieli", "samma", "instämmer", "stämmer", "agree", "tsm"),
        ("eri", "erimieltä", "annan", "avvikande", "disagree", "tem"),
    ),
    "often": (
        ("aina", "usein", "jatkuva", "päivittäin", "alltid", "ofta", "always", "often", "constantly"),
        ("koskaan", "harvoin", "aldrig", "sällan", "never", "seldom", "rarely"),
    ),
    "good": (
        ("paras", "parhai", "parasta", "parempi", "paremmin", "hyvi", "hyvä", "erinomai", "kiitettäv", "tyytyväi",
         "loista", "myöntei", "positiiv", "bäst", "bättre", "bra", "god", "utmärk", "nöjd", "best", "better", "good",
         "excellent", "well", "satisfied", "positive", "great"),
        ("huono", "heiko", "heikk", "välttäv", "tyytymät", "surke", "kieltei", "negatiiv", "sämst", "sämre", "dålig",
         "missnöjd", "worst", "worse", "bad", "badly", "poor", "dissatisfied", "unsatisfied", "negative", "terrible"),
    ),
    "much": (
        ("paljon", "täysin", "erittäin", "runsaasti", "mycket", "helt", "extremely", "completely", "totally"),
        ("lainkaan", "yhtään", "ollenkaan", "vähän", "alls", "lite", "little"),
    ),
    "yes": (("kyllä", "ja", "yes"), ("ei", "nej", "no")),
}  # fmt: skip
# These say no by themselves although a word of negation stands before them: "ei koskaan", "not at all".
_NONE_AT_ALL = ("koskaan", "lainkaan", "yhtään", "ollenkaan", "alls", "never", "aldrig")
_EXACT = frozenset({"eri", "ja", "ei", "no", "god", "bra", "tem", "tsm", "bad", "well", "lite", "samma"})

MILD, PLAIN, STRONG = 1, 2, 3
# One letter makes another word of a shorter one.
LONGEST_EXACT = 4
_WORDS = {
    MILD: (
        "jokseenkin", "osittain", "osin", "melko", "hieman", "hiukan", "vähän", "jossain", "lievästi", "jonkin",
        "kohtalaisen", "aika", "jonkun", "pikkuisen", "delvis", "ganska", "lite", "litet", "något", "rätt", "somewhat",
        "partly", "partially", "slightly", "fairly", "rather", "quite", "mostly",
    ),
    STRONG: (
        "täysin", "erittäin", "hyvin", "todella", "aivan", "ehdottomasti", "kokonaan", "paljon", "selvästi", "helt",
        "mycket", "fullständigt", "absolut", "totalt", "strongly", "completely", "totally", "fully", "entirely", "very",
        "extremely", "definitely", "much",
    ),
}  # fmt: skip
# Stand behind a word of degree and add nothing to it: "jossain määrin".
_FILLERS = frozenset({"määrin", "verran", "mån", "olen", "av", "lailla"})


def wording(text: str) -> tuple[str, int] | None:
    """Return the kind of a wording and its side (+1 says more, -1 says less); None for the middle or other words."""
    tokens = words(text)
    at_all = "not at all" in fold(text)
    for family, (more, less) in _FAMILIES.items():
        up, down = _any(tokens, more), _any(tokens, less)
        if family == "much" and at_all:
            return family, -1
        if up and down:
            return None
        if up or down:
            return family, _turned(1 if up else -1, tokens, family)
    return None


def side_of(text: str, scale: Scale) -> int | None:
    """Return the end of ``scale`` that a wording is nearer to: +1 for the highest code, -1 for the lowest, or None."""
    position = wording(text)
    if position is None:
        return None
    family, sign = position
    for value, end in ((scale.values[-1], 1), (scale.values[0], -1)):
        for label in (*value.label.values(), *value.aliases):
            end_wording = wording(label)
            if end_wording is not None and end_wording[0] == family:
                return sign * end_wording[1] * end
    return sign * scale.direction or None if family == "good" else None


def _any(tokens: Sequence[str], stems: tuple[str, ...]) -> bool:
    whole, beginnings = _whole_and_beginnings(stems)
    return any(word in whole or word.startswith(beginnings) for word in tokens)


@cache
def _whole_and_beginnings(stems: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the stems that must be whole words, and those that words may begin with."""
    return frozenset(stems) & _EXACT, tuple(stem for stem in stems if stem not in _EXACT)


def _turned(sign: int, tokens: Sequence[str], family: str) -> int:
    """Return the side with the negations before it: "ei samaa mieltä", "instämmer inte"."""
    if family == "yes" or _any(tokens, _NONE_AT_ALL):
        return sign if family != "agree" else -1
    return -sign if sum(word in NEGATIONS for word in tokens) % 2 else sign


@dataclass(frozen=True)
class Wording:
    """A parsed wording: its words of degree, how strong they make it, the rest, and how many words negate it."""

    degrees: tuple[str, ...]
    strength: int
    base: tuple[str, ...]
    negations: int


def parse_wording(text: str) -> Wording:
    """Parse a wording; its last word is never one of degree: "hyvin" alone is an answer."""
    tokens = words(text)
    degrees: list[str] = []
    strengths: list[int] = []
    base: list[str] = []
    for number, word in enumerate(tokens):
        strength = _strength(word) if number < len(tokens) - 1 else PLAIN
        if strength == PLAIN:
            base.append(word)
        else:
            degrees.append(word)
            strengths.append(strength)
    rest = tuple(word for word in base if word not in _FILLERS)
    # "Melko paljon" is milder than "paljon".
    strength = MILD if MILD in strengths else STRONG if strengths else PLAIN
    return Wording(tuple(degrees), strength, rest, sum(word in NEGATIONS for word in rest))


def may_mean(text: str, label: str) -> bool:
    """Tell whether a label may be offered for a text: on its side, not stronger, negated as often."""
    typed, offered = parse_wording(text), parse_wording(label)
    if typed.negations != offered.negations or offered.strength > typed.strength:
        return False
    sides = wording(text), wording(label)
    if None in sides:
        return True
    (family, side), (other, other_side) = sides  # type: ignore[misc]
    return family != other or side == other_side


def is_same(text: str, label: str) -> bool:
    """Tell whether a text is a label with another word of the same strength: "osin eri mieltä"."""
    typed, offered = parse_wording(text), parse_wording(label)
    return bool(typed.degrees) and typed.strength == offered.strength and _are_slips(typed.base, offered.base)


def _strength(word: str) -> int:
    """Return the strength of a word of degree, also where one letter of it is wrong; PLAIN for any other word."""
    for strength, known in _WORDS.items():
        if word in known:
            return strength
    nearest = {
        strength
        for strength, known in _WORDS.items()
        for degree in known
        if len(degree) > LONGEST_EXACT and OSA.distance(word, degree) == 1
    }
    return nearest.pop() if len(nearest) == 1 else PLAIN


def _are_slips(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    return len(mine) == len(theirs) and all(map(is_slip, mine, theirs))
