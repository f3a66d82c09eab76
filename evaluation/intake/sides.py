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
    said = words(text)
    at_all = "not at all" in fold(text)
    for family, (more, less) in _FAMILIES.items():
        up, down = _any(said, more), _any(said, less)
        if family == "much" and at_all:
            return family, -1
        if up and down:
            return None
        if up or down:
            return family, _turned(1 if up else -1, said, family)
    return None


def side_of(text: str, scale: Scale) -> int | None:
    """Return the end of ``scale`` that a wording is nearer to: +1 for the highest code, -1 for the lowest, or None."""
    found = wording(text)
    if found is None:
        return None
    family, sign = found
    for value, end in ((scale.values[-1], 1), (scale.values[0], -1)):
        for label in (*value.label.values(), *value.aliases):
            own = wording(label)
            if own is not None and own[0] == family:
                return sign * own[1] * end
    return sign * scale.direction or None if family == "good" else None


def _any(said: Sequence[str], stems: Sequence[str]) -> bool:
    return any(word == stem if stem in _EXACT else word.startswith(stem) for word in said for stem in stems)


def _turned(sign: int, said: Sequence[str], family: str) -> int:
    """Return the side with the negations before it: "ei samaa mieltä", "instämmer inte"."""
    if family == "yes" or _any(said, _NONE_AT_ALL):
        return sign if family != "agree" else -1
    return -sign if sum(word in NEGATIONS for word in said) % 2 else sign
