"""The texts that people read use the words of docs/glossary.md and none that it says to avoid."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from evaluation.definitions import Library
from evaluation.i18n import languages
from evaluation.i18n.translator import CATALOGUES

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
AVOID = {"fi": 4, "sv": 5, "en": 6}
COLUMNS = 7
# A comma within brackets belongs to what they say.
_COMMA = re.compile(r",\s*(?![^()]*\))")
_GAP = re.compile(r"\{\w*\}")


def _rows() -> list[list[str]]:
    lines = [line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines[2:]]


def _pattern(word: str) -> re.Pattern[str]:
    """Return what finds ``word``: at the beginning of a word, and to its end unless an asterisk stands for it."""
    stem = re.escape(word.removesuffix("*"))
    return re.compile(rf"(?<!\w){stem}" + ("" if word.endswith("*") else r"(?!\w)"), re.IGNORECASE)


def _banned(language: str) -> dict[str, re.Pattern[str]]:
    """Return the words to avoid in ``language``, without those that are right in another sense."""
    words = (word for row in _rows() for word in _COMMA.split(row[AVOID[language]]) if word)
    return {word: _pattern(word) for word in words if "(" not in word}


def _messages(language: str) -> Iterator[tuple[str, str]]:
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale=language):
                key = message.id[0] if message.pluralizable else message.id
                for text in message.string if message.pluralizable else (message.string,):
                    if key:
                        yield key, _GAP.sub("…", text)


def _names(library: Library, language: str) -> Iterator[tuple[str, str]]:
    """Yield the names that people see of questionnaires, items, dimensions and scales."""
    for form in map(library.questionnaire, library.questionnaire_ids):
        yield form.id, form.title.root[language]
        yield from ((f"{form.id}.{item.id}", item.short.root[language]) for item in form.items)
    yield from ((dimension.id, dimension.label.root[language]) for dimension in library.dimensions.values())
    yield from ((scale.id, scale.label.root[language]) for scale in library.scales.values())


def refused(texts: Iterator[tuple[str, str]], language: str) -> list[str]:
    """Return "key: word" for every text that has a word to avoid."""
    banned = _banned(language)
    return [f"{key}: {word}" for key, text in texts for word, pattern in banned.items() if pattern.search(text)]


@pytest.mark.parametrize("language", languages())
def test_no_message_has_a_word_that_the_glossary_says_to_avoid(language: str) -> None:
    assert refused(_messages(language), language) == []


@pytest.mark.parametrize("language", languages())
def test_no_name_of_a_question_or_scale_has_a_word_to_avoid(language: str, library: Library) -> None:
    assert refused(_names(library, language), language) == []


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fi", "Kumppanin kysely", ["kumppan*"]),
        ("fi", "Yhteistyökumppanin kysely", []),
        ("fi", "Osuus ja 95 %:n väli", ["95 %:n väli*"]),
        ("fi", "Toteutuksen työkirja", ["toteutuks*"]),
        ("fi", "Toteutuskerran työkirja; tavoitteen toteutuminen", []),
        ("fi", "Kaikki käytännöt rinnakkain", ["rinnakkain"]),
        ("sv", "Ladda ner formuläret", ["formulär*"]),
        ("sv", "Partnerns enkät", ["partner*"]),
        ("sv", "Samarbetspartnerns enkät", []),
        ("sv", "Kykyviisarens poäng", ["kykyviisar*"]),
        ("en", "Share, Wilson 95% interval", ["95% interval*"]),
        ("en", "6 of 8 told of a better situation", ["told of*"]),
    ],
)
def test_a_word_to_avoid_is_found_by_its_stem_and_only_where_a_word_begins(
    language: str, text: str, words: list[str]
) -> None:
    assert refused(iter([("some.key", text)]), language) == [f"some.key: {word}" for word in words]


def test_every_term_has_a_word_in_each_language_a_meaning_and_stands_once() -> None:
    rows = _rows()
    assert all(len(row) == COLUMNS and all(row[:4]) for row in rows)
    assert sorted({row[0] for row in rows}) == sorted(row[0] for row in rows)


def test_the_glossary_avoids_none_of_its_own_terms() -> None:
    for language, column in (("fi", 1), ("sv", 2), ("en", 0)):
        terms = ((row[0], re.sub(r"\([^)]*\)", "", row[column])) for row in _rows())
        assert refused(terms, language) == []
