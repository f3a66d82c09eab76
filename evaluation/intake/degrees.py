"""How strong a wording is: words of degree such as "täysin" and "jokseenkin" are compared separately."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from evaluation.intake.polarity import NEGATIONS, is_slip, words
from evaluation.intake.sides import wording

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
