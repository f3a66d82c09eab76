"""Turns message keys, numbers and dates into text of one language, from the gettext catalogues beside this file.

A catalogue is a folder named by its language holding one ``.po`` file a room (``intake.po``, ``charts.po``, …).
A message id is a key that begins with the file's name (``intake.rows_accepted``), so that the Finnish text is a
translation like the others. The files are read as they stand: there is no compiled copy that could fall behind.
"""

import gettext
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, localcontext
from functools import cache, cached_property
from pathlib import Path

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from evaluation.printable import printable

CATALOGUES = Path(__file__).parent / "catalogues"
DEFAULT_LANGUAGE = "fi"
# So that a figure is the same in words as in the cells and charts of a spreadsheet, where halves go up: 62.5 is 63.
_AS_SPREADSHEETS_DO = Context(rounding=ROUND_HALF_UP)


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a catalogue, the default one first."""
    languages = sorted(folder.name for folder in CATALOGUES.iterdir() if folder.is_dir())
    return tuple(sorted(languages, key=lambda code: (code != DEFAULT_LANGUAGE, code != "sv", code)))


def in_every_language(texts: Mapping[str, str]) -> dict[str, str]:
    """Return ``texts`` with those of the languages that lack one taken from the first language that has one.

    That is Finnish, then Swedish, then English, then any other. Raises ValueError where no language has a text.
    """
    written = {code: text for code, text in texts.items() if text.strip()}
    if not written:
        raise ValueError("no text in any language")
    first = next(written[code] for code in (*languages(), *written) if code in written)
    return {code: written.get(code, first) for code in dict.fromkeys((*languages(), *written))}


@dataclass(frozen=True)
class _Messages:
    """All messages of one language: the forms of each by its key, one form where it does not count anything."""

    forms: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int]

    def text(self, key: str, count: int = 1) -> str | None:
        """Return the form that fits ``count``; None where there is no such message."""
        forms = self.forms.get(key)
        if forms is None:
            return None
        return forms[self.plural(count)] if len(forms) > 1 else forms[0]

    def counts(self, key: str) -> bool:
        """Tell whether a message has a form for one and another for many."""
        return len(self.forms.get(key, ())) > 1


@cache
def _messages(language: str) -> _Messages:
    """Read the catalogues of a language; raise LookupError where it has none."""
    forms: dict[str, tuple[str, ...]] = {}
    expression = None
    for path in sorted((CATALOGUES / language).glob("*.po")):
        with path.open("rb") as source:
            catalogue = read_po(source, locale=language, domain=path.stem)
        expression = catalogue.plural_expr
        for message in catalogue:
            if message.id and not message.fuzzy:
                key = message.id[0] if message.pluralizable else message.id
                strings = message.string if message.pluralizable else (message.string,)
                texts = tuple(str(text or "") for text in strings or ())
                if any(texts):
                    forms.setdefault(str(key), texts)
    if expression is None:
        raise LookupError(f"no message catalogue for language {language!r}")
    return _Messages(forms, gettext.c2py(expression))


@cache
def message_keys(catalogue: str, beginning: str) -> tuple[str, ...]:
    """Return the keys of ``catalogue`` ("charts") whose name in it starts with ``beginning`` ("column_")."""
    text = (CATALOGUES / DEFAULT_LANGUAGE / f"{catalogue}.po").read_text(encoding="utf-8")
    keys = re.findall(r'^msgid "([\w.]+)"', text, re.MULTILINE)
    return tuple(key for key in keys if key.startswith(f"{catalogue}.{beginning}"))


class Translator:
    """Speaks one language: messages by key, and numbers and dates as that language writes them."""

    def __init__(self, language: str = DEFAULT_LANGUAGE) -> None:
        """Take the catalogue of ``language``; raise LookupError when there is none."""
        if language not in languages():
            raise LookupError(f"no message catalogue for language {language!r}")
        self.language = language

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse("en_GB" if self.language == "en" else self.language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the message ``key`` with its gaps filled in; raise LookupError for an unknown key."""
        text = _messages(self.language).text(key)
        if text is None:
            raise LookupError(f"no message {key!r} in language {self.language!r}")
        return text.format(**values) if values else text

    def plural(self, key: str, count: int, /, **values: object) -> str:
        """Return the form of the message ``key`` that fits ``count``, which also fills the gap ``{n}``."""
        messages = _messages(self.language)
        text = messages.text(key, count) if messages.counts(key) else None
        if text is None:
            raise LookupError(f"no message {key!r} in language {self.language!r}")
        return text.format(n=self.number(count), **values)

    def has(self, key: str) -> bool:
        """Tell whether the catalogue holds the message ``key``."""
        return key in _messages(self.language).forms

    def label(self, texts: Mapping[str, str]) -> str:
        """Return this language's text of a definition's texts, which have one in every language."""
        return printable(texts[self.language])

    def number(self, value: float, decimals: int = 0) -> str:
        """Write a number with this language's decimal mark: ``number(3.25, 1)`` is ``3,3`` in Finnish."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        with localcontext(_AS_SPREADSHEETS_DO):
            return format_decimal(value, format=pattern, locale=self._locale)

    def percent(self, share: float) -> str:
        """Write a share between 0 and 1 as a whole percentage."""
        with localcontext(_AS_SPREADSHEETS_DO):
            return format_percent(share, locale=self._locale)

    @property
    def percent_pattern(self) -> str:
        """How spreadsheets are told to write a share: ``0 %`` in Finnish, ``0%`` in English."""
        return str(self._locale.percent_formats[None].pattern).replace("#,##0", "0")

    def month(self, value: date) -> str:
        """Write the month of a day: ``toukokuu 2018`` in Finnish."""
        return format_date(value, format="LLLL y", locale=self._locale)

    def date(self, value: date) -> str:
        """Write a date the short way of this language: ``3.4.2018`` in Finnish."""
        if self.language == "fi":
            return f"{value.day}.{value.month}.{value.year}"
        return format_date(value, format="medium", locale=self._locale)

    def moment(self, value: datetime) -> str:
        """Write a date with its time of day."""
        return format_datetime(value, format="short", locale=self._locale)
