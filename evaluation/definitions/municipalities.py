"""The municipalities of Finland in Finnish and Swedish, and the wellbeing services counties they belong to.

The list is ``questionnaires/municipalities.csv``. A municipality is stored under its Finnish name and read in the
reader's language. Helsinki arranges the services of a county itself, and Åland has no counties: both belong to none.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Annotated

from pydantic import AfterValidator

from evaluation.bundled_files import QUESTIONNAIRES
from evaluation.i18n import languages

MUNICIPALITIES = QUESTIONNAIRES / "municipalities.csv"
SWEDISH = "sv"


@dataclass(frozen=True)
class County:
    """A wellbeing services county; ``id`` is its two letters."""

    id: str
    name_fi: str
    name_sv: str

    def name(self, language: str) -> str:
        """Return its name in ``language``: Finnish where that is neither of the two."""
        return self.name_sv if language == SWEDISH else self.name_fi


@dataclass(frozen=True)
class Municipality:
    """A municipality; ``code`` is its number in the national register, ``name_fi`` the name it is stored under."""

    code: str
    name_fi: str
    name_sv: str
    county: County | None

    def name(self, language: str) -> str:
        """Return its name in ``language``: Finnish where that is neither of the two."""
        return self.name_sv if language == SWEDISH else self.name_fi


@lru_cache(maxsize=1)
def municipalities() -> Mapping[str, Municipality]:
    """Return every municipality by its Finnish name, in the order of the alphabet."""
    with MUNICIPALITIES.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    counties = {row["county"]: County(row["county"], row["county_fi"], row["county_sv"]) for row in rows}
    return MappingProxyType(
        {
            row["name_fi"]: Municipality(
                row["code"], row["name_fi"], row["name_sv"], counties[row["county"]] if row["county"] else None
            )
            for row in rows
        }
    )


@lru_cache(maxsize=1)
def counties() -> Mapping[str, County]:
    """Return every county by its id, in the order of their Finnish names."""
    counties_of_places = {place.county for place in municipalities().values() if place.county is not None}
    return MappingProxyType(
        {county.id: county for county in sorted(counties_of_places, key=lambda county: county.name_fi)}
    )


def county_of(municipality: str) -> County | None:
    """Return the county of a municipality; None for one that belongs to none or is not on the list."""
    place = municipalities().get(municipality)
    return place.county if place else None


def municipalities_of(county: str) -> tuple[str, ...]:
    """Return the municipalities of the county with that id."""
    return tuple(
        name for name, place in municipalities().items() if place.county is not None and place.county.id == county
    )


def municipality_name(municipality: str, language: str) -> str:
    """Return the name of a municipality in ``language``; as it is for one that is not on the list."""
    place = municipalities().get(municipality)
    return place.name(language) if place else municipality


def name_by_language(municipality: str) -> dict[str, str]:
    """Return the name of a municipality in every language, by language."""
    return {language: municipality_name(municipality, language) for language in languages()}


def list_by_language(names: Iterable[str]) -> dict[str, str]:
    """Return the names of municipalities as one text in every language, by language."""
    listed = list(names)
    return {language: ", ".join(municipality_name(name, language) for name in listed) for language in languages()}


def names_of_municipality(municipality: str) -> tuple[str, ...]:
    """Return the names of a municipality, the Finnish one first."""
    place = municipalities().get(municipality)
    return tuple(dict.fromkeys((place.name_fi, place.name_sv))) if place else (municipality,)


def municipality_named(text: str, among: Iterable[str]) -> str | None:
    """Return the municipality of ``among`` that ``text`` names in either language, whatever its case."""
    wanted = " ".join(text.split()).casefold()
    return next(
        (name for name in among if wanted in (one.casefold() for one in names_of_municipality(name))),
        None,
    )


def _finnish_name(name: str) -> str:
    return municipality_named(name, municipalities()) or name


# A municipality in a definition, in either language; one that is on no list stays as it is.
FinnishName = Annotated[str, AfterValidator(_finnish_name)]


def county_named(text: str) -> County | None:
    """Return the county that ``text`` names: its id, or its name in either language with or without its kind."""
    wanted = " ".join(text.split()).casefold()
    for county in counties().values():
        names = {name.casefold() for name in (county.id, county.name_fi, county.name_sv)}
        short = {name.rsplit(" ", 1)[0] for name in names}
        # "Pirkanmaa" and "Kanta-Häme" are the places whose genitives stand in the names.
        if {wanted, f"{wanted}n", f"{wanted}en"} & (names | short):
            return county
    return None
