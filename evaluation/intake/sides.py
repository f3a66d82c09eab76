"""Which side of a scale a wording is on: "täysin samaa" is near the end that agrees, "paras" near the good end."""

from collections.abc import Mapping, Sequence

from evaluation.definitions import Scale
from evaluation.intake.folding import fold
from evaluation.intake.polarity import NEGATIONS, words

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


def _any(tokens: Sequence[str], stems: Sequence[str]) -> bool:
    return any(word == stem if stem in _EXACT else word.startswith(stem) for word in tokens for stem in stems)


def _turned(sign: int, tokens: Sequence[str], family: str) -> int:
    """Return the side with the negations before it: "ei samaa mieltä", "instämmer inte"."""
    if family == "yes" or _any(tokens, _NONE_AT_ALL):
        return sign if family != "agree" else -1
    return -sign if sum(word in NEGATIONS for word in tokens) % 2 else sign
