"""Titles name a practice, or say only what the paper is."""

import pytest

from evaluation.definitions import Library
from evaluation.proposals.practice_names import name_in_title


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Miesten kokkikerho, Kaustinen – syksy 2025, koonti", "Miesten kokkikerho"),
        ("Naisten iltapiiri, Orivesi – kevät 2026", "Naisten iltapiiri"),
        ("Palautelomake: Miesten kokkikerho", "Miesten kokkikerho"),
        ("Kevät 2026 / Kävelyryhmä", "Kävelyryhmä"),
        ("Vertaisryhmä Voima (Kokkola)", "Vertaisryhmä Voima"),
        ("Promenadgruppen – återkoppling våren 2026", "Promenadgruppen"),
        ("Feedback: Walking group, spring 2026", "Walking group"),
        ("Asiakaspalaute 2026", None),
        ("Palaute, Orivesi", None),
        ("Alku- ja loppukysely", None),
        ("Asiakkaiden palautteet", None),
        ("Responses", None),
        ("Enkätsvar, hösten 2025", None),
        ("Kirjannut: ohjaaja Päivi", None),
        ("Ohjaaja Matti Virtanen", None),
        ("Päivitetty 3.4.2026", None),
        ("Kiitos, että vastasit!", None),
        ("Soita 040 123 4567", None),
    ],
)
def test_the_name_of_a_practice_is_the_part_of_a_title_that_says_nothing_else(
    title: str, name: str | None, library: Library
) -> None:
    assert name_in_title(title, library.municipalities) == name
