"""Municipalities as people write them: "Nokian kaupunki" is Nokia, and so is "Nokia stad"; Esbo is Espoo.

What is known without asking is exact; likeness only suggests.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache

from rapidfuzz import fuzz

from evaluation.definitions.municipalities import names_of_municipality
from evaluation.intake.folding import fold

# At 75 "parkno" resembles Parkano and "tampere" resembles neither Parkano (43) nor Pälkäne (57).
LIKENESS = 75
_KINDS_OF_PLACE = re.compile(r"^(?:city|town|municipality) of | (?:kaupunki|kunta|stad|kommun|city|municipality)$")
_ENDINGS = {
    "nen": ("sen", "sten"),
    "i": ("en",),
    "ki": ("en", "gin"),
    "ti": ("den",),
    "si": ("den",),
    "ku": ("un",),
    "kku": ("kun",),
}
_CASES = ("ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle")
# Endings change up to three letters of a name: Riihimäki and Riihimäessä, Huittinen and Huittisissa.
_CHANGED = 3
_SHORTEST_STEM = 3
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN_WORDS = re.compile(r"[^\w&:-]+")


def municipality_meant(text: str, municipalities: tuple[str, ...]) -> str | None:
    """Return the municipality that ``text`` names, with or without the word for what kind of place it is.

    Args:
        text: what stands in a cell.
        municipalities: the Finnish names of those it may be; each is known by its Swedish name too.
    """
    folded = fold(text)
    names = _spellings(municipalities)
    bare = _KINDS_OF_PLACE.sub("", folded)
    if folded in names or bare in names:
        return names.get(folded) or names[bare]
    return None if bare == folded else _forms(municipalities, _genitives).get(bare)


def municipality_in_title(text: str, near: tuple[str, ...], municipalities: tuple[str, ...]) -> str | None:
    """Return the one municipality that a title names, inflected or not; one of ``near`` goes before all others.

    Many names are ordinary words or people's names too (aura, salo): written in small letters they count for nothing,
    unless the municipality is near.
    """
    spoken = f" {_BETWEEN_WORDS.sub(' ', fold(text))} "
    named = {name for spelling, name in _spellings(near).items() if f" {spelling} " in spoken}
    forms = _forms(municipalities, _inflected)
    for word in _WORD.findall(unicodedata.normalize("NFC", text)):
        name = forms.get(fold(word))
        # "II" is a number.
        if name is not None and word[0].isupper() and not (word.isupper() and len(word) <= _SHORTEST_STEM):
            named.add(name)
    places = named & set(near) or named
    return next(iter(places)) if len(places) == 1 else None


def likeliest_municipality(text: str, municipalities: tuple[str, ...]) -> str | None:
    """Return the one municipality that a word of ``text`` names, inflected or not, else the one it resembles most."""
    words = _WORD.findall(fold(text))
    spellings = _spellings(municipalities)
    named = {name for spelling, name in spellings.items() if any(_begins(word, spelling) for word in words)}
    named = {spellings[word] for word in words if word in spellings} or named
    if len(named) == 1:
        return next(iter(named))
    bare = _KINDS_OF_PLACE.sub("", fold(text))
    scores = {spelling: fuzz.ratio(bare, spelling) for spelling in spellings}
    best = max(scores, key=lambda spelling: scores[spelling])
    return spellings[best] if scores[best] >= LIKENESS and not named else None


@lru_cache(maxsize=64)
def _spellings(municipalities: tuple[str, ...]) -> Mapping[str, str]:
    """Return every folded spelling of municipalities, in both languages, with the name it stands for."""
    return {fold(text): name for name in municipalities for text in names_of_municipality(name)}


@lru_cache(maxsize=64)
def _forms(municipalities: tuple[str, ...], inflect: Callable[[str], frozenset[str]]) -> Mapping[str, str | None]:
    """Return every spelling and inflected form of municipalities; None for a form that two of them share."""
    forms: dict[str, str | None] = {}
    for spelling, name in _spellings(municipalities).items():
        for form in inflect(spelling):
            forms[form] = name if forms.get(form, name) == name else None
    return forms | dict(_spellings(municipalities))


def _genitives(name: str) -> frozenset[str]:
    """Return the forms of a name that stand before "kaupunki", "kunta", "stad": Nokian, Riihimäen, Huittisten, Esbos.

    A likeness of letters is not enough here, where nothing is asked: Kangasniemen is not Kangasala.
    """
    forms = {f"{name}n", f"{name}{name[-1]}n", f"{name}s"}
    for ending, others in _ENDINGS.items():
        if name.endswith(ending):
            forms |= {name.removesuffix(ending) + other for other in others}
    return frozenset(forms)


def _inflected(name: str) -> frozenset[str]:
    """Return the genitives of a name and its forms that say where: Ylöjärvellä, Parkanossa, Huittisista."""
    genitives = _genitives(name)
    stems = {form.removesuffix("n") for form in genitives if form.endswith("n")}
    if name.endswith("nen"):
        stems.add(f"{name.removesuffix('nen')}si")
    return genitives | {stem + case for stem in stems for case in _CASES}


def _begins(word: str, name: str) -> bool:
    """Tell whether a word begins as a name does and is about as long: "Parkanossa", "Riihimäen"."""
    stem = name[: max(_SHORTEST_STEM, len(name) - _CHANGED)]
    return word.startswith(stem) and abs(len(word) - len(name)) <= _CHANGED
