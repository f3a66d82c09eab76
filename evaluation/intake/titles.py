"""What titles and sheet names say about a table: its practice, municipality, cohort, time and questionnaire."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from evaluation.definitions import Library, Practice
from evaluation.definitions.municipalities import name_by_language
from evaluation.intake.aliases import TIMING_BEGINNINGS, TIMING_STEMS, TIMING_WORDS
from evaluation.intake.folding import fold
from evaluation.intake.municipality_names import municipality_in_title, municipality_meant
from evaluation.intake.personal_data import show
from evaluation.intake.table import Table
from evaluation.records import Problem

T = TypeVar("T")

SHORTEST_TITLE = 5
# A word as long as "alkukysely" is known by its beginning: Finnish puts endings to it.
INFLECTED = 8

_SEASON = (
    r"kevät|kesä|syksy|talvi|kevään|kesän|syksyn|talven|vår|våren|sommar|sommaren|höst|hösten|vinter|vintern|"
    r"spring|summer|autumn|fall|winter"
)
_COHORT = re.compile(rf"\b(?:{_SEASON})\s+(?:19|20)\d\d(?:\s*[-/]\s*(?:19|20)?\d\d)?\b", re.IGNORECASE)
_COHORT_TURNED = re.compile(rf"\b(?:19|20)\d\d\s+(?:{_SEASON})\b", re.IGNORECASE)
_TIMED_WORD = re.compile(
    rf"(?:^| )({'|'.join(sorted(TIMING_BEGINNINGS, key=len, reverse=True))})-?(?:{'|'.join(TIMING_STEMS)})"
)
_YEAR = re.compile(r"^(?:19|20)\d\d(?:\s*[-/]\s*(?:[12]|(?:19|20)\d\d))?$")


@dataclass(frozen=True)
class Place:
    """What the titles of one table name, and the notices about it with the id of what they name."""

    practice: Practice | None = None
    municipality: str | None = None
    cohort: str | None = None
    timing: str | None = None
    questionnaires: frozenset[str] = frozenset()
    notices: tuple[tuple[str, Problem], ...] = ()


# A title's text, and its cell; no cell for the name of the sheet.
_Source = tuple[str, str | None]


@dataclass(frozen=True)
class _Named(Generic[T]):
    value: T | None
    source: _Source


def names_of(practice: Practice) -> frozenset[str]:
    """Return every folded way to write a practice: its id, and its name in every language."""
    return frozenset({fold(practice.id), *(fold(text) for text in practice.name.values())})


def find_place(
    table: Table,
    library: Library,
    chosen: Practice | None = None,
    places_of: Callable[[Practice], tuple[str, ...]] = lambda practice: practice.municipalities,
) -> Place:
    """Read the cells above the header, and then the sheet's name, as titles.

    A name counts only where exactly one of its kind is named. A cell takes precedence over the sheet's name.

    Args:
        table: the table with its titles.
        library: the definitions.
        chosen: the practice that the worker has set for the file.
        places_of: tells where a practice is known to run.
    """
    sheet = table.sheet
    sources: list[_Source] = [(text, sheet.address(row, column)) for row, column, text in table.titles]
    sources.append((sheet.name, None))
    practice = _first(sources, lambda text, _: _practice(text, library))
    known = practice.value or chosen
    practices = (known,) if known else tuple(library.practices.values())
    near = tuple(dict.fromkeys(town for one in practices for town in places_of(one)))
    town = _first(sources, lambda text, cell: _municipality(text, near, library, alone=cell is None))
    cohort = _first(sources, lambda text, _: _cohort(text))
    timing = _first(sources, lambda text, _: timing_named(text))
    forms = _first(sources, lambda text, _: _questionnaires(text, library))
    notices = [
        (name, Problem("notice", _code(cell), sheet.name, cell, show(text), {"found": value}))
        for (text, cell), name, value in (
            (practice.source, practice.value and practice.value.id, practice.value and practice.value.name.root),
            (town.source, town.value, town.value and name_by_language(town.value)),
            (cohort.source, cohort.value, cohort.value),
        )
        if name
    ]
    return Place(practice.value, town.value, cohort.value, timing.value, forms.value or frozenset(), tuple(notices))


def _code(cell: str | None) -> str:
    return "place_from_title" if cell else "place_from_sheet"


def _first(sources: Sequence[_Source], look: Callable[[str, str | None], T | None]) -> _Named[T]:
    for text, cell in sources:
        value = look(text, cell)
        if value:
            return _Named(value, (text, cell))
    return _Named(None, ("", None))


def _practice(text: str, library: Library) -> Practice | None:
    """Return the practice that ``text`` names, a longer name before one that is part of it."""
    folded = f" {_words(text)} "
    named = {
        practice.id: max((len(name) for name in names_of(practice) if _names(folded, _words(name))), default=0)
        for practice in library.practices.values()
    }
    longest = max(named.values(), default=0)
    best = [practice for practice, length in named.items() if length == longest]
    return library.practices[best[0]] if longest and len(best) == 1 else None


def _names(folded: str, name: str) -> bool:
    """Tell whether a name stands in a title by itself or at the beginning of a compound ("Sisu-ryhmän palautteet")."""
    return f" {name} " in folded or f" {name}-" in folded


def _municipality(text: str, near: tuple[str, ...], library: Library, alone: bool) -> str | None:
    """Return the one municipality that a title names, or that the name of a sheet is and nothing more (``alone``)."""
    everywhere = library.municipalities
    return municipality_meant(text, everywhere) if alone else municipality_in_title(text, near, everywhere)


def _cohort(text: str) -> str | None:
    match = _COHORT.search(text) or _COHORT_TURNED.search(text) or _YEAR.match(text.strip())
    return " ".join(match[0].split()) if match else None


def is_cohort_name(text: str) -> bool:
    """Tell whether a text is the name of a cohort ("kevät 2024") and nothing more."""
    return _cohort(text) == " ".join(text.split())


def timing_named(text: str) -> str | None:
    """Return the one time (start, end, follow-up) that a word of ``text`` names, inflected or not."""
    words = _words(text.replace("_", " ").strip(" -–—"))
    timings = {
        timing
        for word, timing in TIMING_WORDS.items()
        if f" {word} " in f" {words} " or (len(word) >= INFLECTED and f" {word}" in f" {words}")
    }
    timings |= {TIMING_BEGINNINGS[beginning] for beginning in _TIMED_WORD.findall(words)}
    return next(iter(timings)) if len(timings) == 1 else None


def _questionnaires(text: str, library: Library) -> frozenset[str]:
    """Return the questionnaires whose title ``text`` is or holds, cut as Excel cuts the name of a sheet."""
    folded = fold(text)
    if len(folded) < SHORTEST_TITLE:
        return frozenset()
    return frozenset(
        form_id
        for form_id in library.questionnaire_ids
        for title in library.questionnaire(form_id).title.values()
        if folded == fold(title[: len(text)]) or fold(title) in folded
    )


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^\w&-]+", " ", fold(text)).split())
