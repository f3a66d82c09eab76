"""Says whether a word is a person's name, however it is inflected: Finnish writes Pekka as Pekan, Matti as Matille.

Endings are taken off the word, consonant gradation and changes of the stem are undone, and what comes out is looked up
among names. ``names.txt`` has names; ``also_words.txt`` has those of their forms that are ordinary Finnish words, too
("aamu", "pian"). Where the lists come from is told in docs/licences.md.
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum
from functools import cache, lru_cache
from importlib.resources import files

SHORTEST = 3
VOWELS = "aeiouyåäö"
# Endings of cases, those with the vowel that links a name without one ("Ahmedin") among them.
ENDINGS = (
    "", "n", "a", "ä", "s", "ta", "tä", "na", "nä", "ksi", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä",
    "lle", "tta", "ttä", "an", "en", "in", "on", "un", "yn", "än", "ön", "han", "hen", "hin", "hon", "hun", "hyn",
    "hän", "hön", "seen", "ia", "iä", "iin", "iksi", "issa", "issä", "ista", "istä", "illa", "illä", "ilta", "iltä",
    "ille", "ina", "inä", "itta", "ittä", "t", "ten", "jen", "ien",
)  # fmt: skip
CLITICS = ("", "kin", "kaan", "kään", "han", "hän", "ko", "kö", "pa", "pä")
# Weak grades and what they come from, before the last vowel of a stem.
STRONG = {
    "ng": ("nk",), "nn": ("nt",), "mm": ("mp",), "ll": ("lt",), "rr": ("rt",), "hd": ("ht",), "d": ("t",),
    "v": ("p",), "k": ("kk",), "p": ("pp",), "t": ("tt",),
}  # fmt: skip
CYRILLIC_ENDINGS = ("а", "у", "ом", "ой", "ою", "е", "ы", "и", "я", "ю", "ем", "ей", "єю", "ові", "еві", "ём")
ARABIC_PREFIXES = ("و", "ل", "ب")
_CYRILLIC, _ARABIC = re.compile(r"[\u0400-\u04ff]"), re.compile(r"[\u0600-\u06ff]")


class Kind(Enum):
    """What a word is: a name, a name that is an ordinary word too, or no name."""

    NAME = "name"
    AMBIGUOUS = "ambiguous"
    NO_NAME = "no name"


def kind_of(word: str, more: frozenset[str] = frozenset()) -> Kind:
    """Return whether ``word`` is a person's name, inflected or not, whatever its capitals.

    Args:
        word: one word; of a name with a hyphen any part decides.
        more: further names in small letters, such as those that a county knows.
    """
    plain = _plain(word)
    parts = [part for part in re.split(r"[-‐–]", plain) if part]
    kinds = [_kind(part, more) for part in (plain, *(parts if len(parts) > 1 else ()))]
    return Kind.NAME if Kind.NAME in kinds else Kind.AMBIGUOUS if Kind.AMBIGUOUS in kinds else Kind.NO_NAME


def names() -> frozenset[str]:
    """Return all names, in small letters."""
    return _words("names.txt")


def also_words() -> frozenset[str]:
    """Return the forms of names that are ordinary words, too, in small letters."""
    return _words("also_words.txt")


@cache
def _words(file: str) -> frozenset[str]:
    text = files(__package__).joinpath(file).read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def _plain(word: str) -> str:
    """Return the word in small letters, without what follows a colon or an apostrophe: "Ahmed:n", "Fatima's"."""
    return re.split(r"[:’']", unicodedata.normalize("NFC", word).casefold().strip("._"))[0]


def _kind(word: str, more: frozenset[str]) -> Kind:
    if len(word) < SHORTEST:
        return Kind.NO_NAME
    if not _is_form_of(word, more):
        return Kind.NO_NAME
    return Kind.AMBIGUOUS if word in also_words() else Kind.NAME


@lru_cache(maxsize=20_000)
def _is_form_of(word: str, more: frozenset[str]) -> bool:
    known = names()
    return any(base in known or base in more for base in bases(word))


def bases(word: str) -> Iterator[str]:
    """Yield what ``word``, in small letters, may be a form of: itself first."""
    yield word
    if _CYRILLIC.search(word):
        for ending in CYRILLIC_ENDINGS:
            stem = word.removesuffix(ending)
            if stem != word and len(stem) >= SHORTEST:
                yield from (stem, f"{stem}а", f"{stem}я", f"{stem}й")
        return
    if _ARABIC.search(word):
        yield from (word[1:] for prefix in ARABIC_PREFIXES if word.startswith(prefix))
        return
    for clitic in CLITICS:
        bare = word.removesuffix(clitic)
        if not clitic or bare != word:
            yield from _without_case(bare)


def _without_case(word: str) -> Iterator[str]:
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if (ending and stem == word) or len(stem) < SHORTEST:
            continue
        yield from _of_stem(stem) if ending else (stem,)


def _of_stem(stem: str) -> Iterator[str]:
    """Yield the words that have ``stem``: Virtase and Virtas of Virtanen, Tuomakse of Tuomas, Peka of Pekka."""
    yield stem
    if stem.endswith("se"):
        yield f"{stem[:-2]}nen"
    if stem.endswith("s"):
        yield f"{stem[:-1]}nen"
    if stem.endswith("kse"):
        yield f"{stem[:-3]}s"
    if stem.endswith("e"):
        yield f"{stem[:-1]}i"
    for strong in _strong(stem):
        yield strong
        if strong.endswith("e"):
            yield f"{strong[:-1]}i"


def _strong(stem: str) -> Iterator[str]:
    """Yield the stem with its last consonants in the strong grade."""
    if stem[-1] not in VOWELS:
        return
    body, vowel = stem[:-1], stem[-1]
    for weak, grades in STRONG.items():
        if body.endswith(weak):
            yield from (f"{body.removesuffix(weak)}{strong}{vowel}" for strong in grades)
    if body and body[-1] in VOWELS:
        yield f"{body}k{vowel}"
