"""Municipalities as people write them: "Nokian kaupunki" is Nokia, and what only resembles one becomes a question."""

import re
from collections.abc import Mapping

from rapidfuzz import fuzz

from evaluation.definitions import Practice
from evaluation.i18n import languages
from evaluation.intake.folding import fold
from evaluation.intake.gathering import Gathered, Mask
from evaluation.intake.personal_data import mask, show
from evaluation.records import Choice, OpenQuestion

KIND, LEAVE_OUT = "municipality_value", "leave_out"
# At 75 "parkno" resembles Parkano and "tampere" resembles neither Parkano (43) nor Pälkäne (57).
LIKENESS = 75
# A column of ten other places is hardly one of municipalities, or belongs to another practice.
_MOST_QUESTIONS = 10
_KINDS_OF_PLACE = re.compile(r"^(?:city|town|municipality) of | (?:kaupunki|kunta|stad|kommun|city|municipality)$")
_ENDINGS = {"nen": ("sen", "sten"), "i": ("en",), "ki": ("en", "gin"), "ti": ("den",), "ku": ("un",), "kku": ("kun",)}
# Endings change up to three letters of a name: Riihimäki and Riihimäessä, Huittinen and Huittisissa.
_CHANGED = 3
_SHORTEST_STEM = 3


def municipality_meant(text: str, municipalities: tuple[str, ...]) -> str | None:
    """Return the municipality that ``text`` names, with or without the word for what kind of place it is.

    Args:
        text: what stands in a cell.
        municipalities: those of the practice.
    """
    folded = fold(text)
    names = {fold(name): name for name in municipalities}
    bare = _KINDS_OF_PLACE.sub("", folded)
    if folded in names or bare in names:
        return names.get(folded) or names[bare]
    if bare == folded:
        return None
    return next((name for key, name in names.items() if bare in _genitives(key)), None)


def _genitives(name: str) -> frozenset[str]:
    """Return the forms of a name that stand before "kaupunki" and "kunta": Nokian, Tampereen, Riihimäen, Huittisten.

    A likeness of letters is not enough here, where nothing is asked: Kangasniemen is not Kangasala.
    """
    forms = {f"{name}n", f"{name}{name[-1]}n"}
    for ending, others in _ENDINGS.items():
        if name.endswith(ending):
            forms |= {name.removesuffix(ending) + other for other in others}
    return frozenset(forms)


def _begins(word: str, name: str) -> bool:
    """Tell whether a word begins as a name does and is about as long: "Parkanossa", "Riihimäen"."""
    stem = name[: max(_SHORTEST_STEM, len(name) - _CHANGED)]
    return word.startswith(stem) and abs(len(word) - len(name)) <= _CHANGED


def municipality_questions(
    gathered: Gathered, unknown: Mapping[str, Mask], practice: Practice, column: int, decisions: Mapping[str, str]
) -> dict[str, OpenQuestion]:
    """Ask which municipality of ``practice`` every text of ``unknown`` (text → rows) means.

    There is no question about personal data, nor about a column with too many other places to be one of municipalities.
    """
    if len(unknown) > _MOST_QUESTIONS:
        return {}
    return {
        text: _question(gathered, text, rows, practice, column, decisions)
        for text, rows in unknown.items()
        if not mask(text).kinds
    }


def _question(
    gathered: Gathered, text: str, where: Mask, practice: Practice, column: int, decisions: Mapping[str, str]
) -> OpenQuestion:
    rows = gathered.rows[where]
    key = f"{KIND} {practice.id} {fold(text)}"
    choices = [Choice(name, dict.fromkeys(languages(), name)) for name in practice.municipalities]
    return OpenQuestion(
        key=key,
        kind=KIND,
        choices=(*choices, Choice(LEAVE_OUT)),
        sheet=gathered.sheet.name,
        cell=gathered.sheet.address(int(rows[0]), column),
        rows=len(rows),
        values={"value": show(text), "n": len(rows), "practice": practice.name.root},
        suggested=likeliest_municipality(text, practice.municipalities),
        decision=decisions.get(key),
    )


def likeliest_municipality(text: str, municipalities: tuple[str, ...]) -> str | None:
    """Return the one municipality that a word of ``text`` names, inflected or not, else the one it resembles most."""
    words = re.findall(r"[^\W\d_]+", fold(text))
    named = [name for name in municipalities if any(word == fold(name) or _begins(word, fold(name)) for word in words)]
    if len(named) == 1:
        return named[0]
    scores = {name: fuzz.ratio(_KINDS_OF_PLACE.sub("", fold(text)), fold(name)) for name in municipalities}
    best = max(scores, key=lambda name: scores[name])
    return best if scores[best] >= LIKENESS and not named else None
