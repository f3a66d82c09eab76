"""The catalogues are whole: every key in every language, with the same gaps, and every key the code names."""

import ast
import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from evaluation.definitions.columns import SYSTEM_COLUMNS
from evaluation.i18n import Translator, languages
from evaluation.i18n.translator import CATALOGUES

PACKAGE = Path(__file__).parents[2] / "evaluation"


def _messages(language: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for path in sorted((CATALOGUES / language).glob("*.po")):
        # The reader of catalogues keeps the last of two messages of one key, and says nothing.
        named = re.findall(r'^msgid "(.+)"$', path.read_text(encoding="utf-8"), re.MULTILINE)
        assert len(named) == len(set(named)), f"{path.name} of {language} names a key twice"
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


def _keys_in_code() -> tuple[set[str], list[re.Pattern[str]]]:
    """Return the keys that the code names whole, and patterns of those it puts together."""
    domains = {path.stem for path in (CATALOGUES / "fi").glob("*.po")}
    pattern = re.compile(rf"^({'|'.join(sorted(domains))})\.[a-z0-9_]*$")
    whole: set[str] = set()
    composed: list[re.Pattern[str]] = []
    for path in [*PACKAGE.rglob("*.py"), PACKAGE.parent / "app.py"]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        pieces: set[ast.expr] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                pieces |= set(node.values)
                first = node.values[0]
                if isinstance(first, ast.Constant) and pattern.match(str(first.value)):
                    parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in node.values]
                    composed.append(re.compile("".join(parts)))
        constants = {node for node in ast.walk(tree) if isinstance(node, ast.Constant)} - pieces
        whole |= {str(node.value) for node in constants if pattern.match(str(node.value))}
    return whole, composed


@pytest.mark.parametrize("language", [language for language in languages() if language != "fi"])
def test_language_has_the_same_keys_as_finnish(language: str) -> None:
    assert ALL[language].keys() == ALL["fi"].keys()


@pytest.mark.parametrize("language", languages())
def test_no_text_is_empty_and_gaps_are_those_of_finnish(language: str) -> None:
    for key, texts in ALL[language].items():
        assert all(text.strip() for text in texts), key
        assert set().union(*map(_gaps, texts)) == set().union(*map(_gaps, ALL["fi"][key])), key


def test_every_key_named_in_the_code_has_a_text() -> None:
    whole, composed = _keys_in_code()
    assert whole - ALL["fi"].keys() == set()
    assert [each.pattern for each in composed if not any(each.fullmatch(key) for key in ALL["fi"])] == []


def test_every_text_is_used() -> None:
    whole, composed = _keys_in_code()
    left = ALL["fi"].keys() - whole
    assert {key for key in left if not any(each.fullmatch(key) for each in composed)} == set()


def test_every_problem_is_told_by_the_code() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py"))
    names = {key.removeprefix("problems.") for key in ALL["fi"] if key.startswith("problems.")}
    missing = {f"{column}_missing" for column in SYSTEM_COLUMNS}
    assert {name for name in names - missing if f'"{name}"' not in code} == set()


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


def test_halves_are_rounded_up_as_spreadsheets_do() -> None:
    finnish = Translator("fi")
    assert [finnish.percent(share) for share in (0.125, 0.625, 0.635)] == [
        f"{share}\N{NO-BREAK SPACE}%" for share in (13, 63, 64)
    ]
    assert [finnish.number(mean, 1) for mean in (2.25, 2.35, -0.25)] == ["2,3", "2,4", "-0,3"]


def test_unknown_key_is_an_error_and_never_shown() -> None:
    with pytest.raises(LookupError):
        Translator("fi")("common.no_such_key")
