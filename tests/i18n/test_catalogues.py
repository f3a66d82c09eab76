"""The catalogues are whole: every key in every language, with the same gaps, and every key the code names."""

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from evaluation.i18n import Translator, languages
from evaluation.i18n.translator import CATALOGUES

PACKAGE = Path(__file__).parents[2] / "evaluation"


def _messages(language: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as source:
            for message in read_po(source, locale=language):
                if message.id:
                    key, texts = (
                        (message.id[0], message.string) if message.pluralizable else (message.id, (message.string,))
                    )
                    assert key not in found, f"{key} stands twice in {language}"
                    found[key] = tuple(texts)
    return found


def _gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


ALL = {language: _messages(language) for language in languages()}


def _keys_in_code() -> set[str]:
    domains = {path.stem for path in (CATALOGUES / "fi").glob("*.po")}
    pattern = re.compile(rf"^({'|'.join(sorted(domains))})\.[a-z0-9_]+$")
    found: set[str] = set()
    for path in [*PACKAGE.rglob("*.py"), PACKAGE.parent / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and pattern.match(node.value):
                found.add(node.value)
    return found


@pytest.mark.parametrize("language", [language for language in languages() if language != "fi"])
def test_language_has_the_same_keys_as_finnish(language: str) -> None:
    assert ALL[language].keys() == ALL["fi"].keys()


@pytest.mark.parametrize("language", languages())
def test_no_text_is_empty_and_gaps_are_those_of_finnish(language: str) -> None:
    for key, texts in ALL[language].items():
        assert all(text.strip() for text in texts), key
        assert set().union(*map(_gaps, texts)) == set().union(*map(_gaps, ALL["fi"][key])), key


def test_every_key_named_in_the_code_has_a_text() -> None:
    assert _keys_in_code() - ALL["fi"].keys() == set()


def test_swedish_and_english_texts_are_translated() -> None:
    long_enough = {key: texts for key, texts in ALL["fi"].items() if len(texts[0].split()) > 3}
    same = [key for key, texts in long_enough.items() if texts in (ALL["sv"][key], ALL["en"][key])]
    assert same == []


def test_numbers_and_dates_follow_the_language() -> None:
    import datetime

    finnish, english = Translator("fi"), Translator("en")
    assert finnish.number(3.26, 1) == "3,3"
    assert finnish.percent(0.667) == "67\N{NO-BREAK SPACE}%"
    assert finnish.date(datetime.date(2018, 4, 3)) == "3.4.2018"
    assert english.percent(0.667) == "67%"


def test_unknown_key_is_an_error_and_never_shown() -> None:
    with pytest.raises(LookupError):
        Translator("fi")("common.no_such_key")
