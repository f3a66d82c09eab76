"""Where things are and what is set, from the environment: database, definitions, privacy threshold, language."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from evaluation.i18n import DEFAULT_LANGUAGE, languages

DEFAULT_THRESHOLD = 5
SMALLEST_THRESHOLD = 3


class SettingRefused(ValueError):
    """A setting has a value that cannot be used; ``key`` is its message in the catalogue."""

    def __init__(self, key: str, **values: object) -> None:
        """Keep the message key and its gaps."""
        super().__init__(key)
        self.key = key
        self.values = values


@dataclass(frozen=True)
class Settings:
    """One reading of the settings; ``threshold`` is the least number of people behind any published figure."""

    database: str
    definitions: Path | None
    threshold: int
    language: str

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ, database: str | None = None, definitions: str | None = None
    ) -> "Settings":
        """Read ``EVALUATION_DATABASE``, ``_DEFINITIONS``, ``_THRESHOLD`` and ``_LANGUAGE``; arguments go before them.

        Raises SettingRefused for a threshold that is no number of at least three and for an unknown language.
        """
        folder = definitions or environment.get("EVALUATION_DEFINITIONS")
        return cls(
            database=_fixed(database or environment.get("EVALUATION_DATABASE") or _default_database()),
            definitions=Path(folder) if folder else None,
            threshold=_threshold(environment.get("EVALUATION_THRESHOLD", str(DEFAULT_THRESHOLD))),
            language=_language(environment.get("EVALUATION_LANGUAGE", DEFAULT_LANGUAGE)),
        )


def _default_database() -> str:
    folder = user_data_path("evaluation", appauthor=False, ensure_exists=True)
    return f"duckdb:///{(folder / 'evaluation.duckdb').as_posix()}"


def _fixed(url: str) -> str:
    """Return ``url`` with a relative DuckDB file made absolute, so that it means the same in every process."""
    prefix = "duckdb:///"
    path = url.removeprefix(prefix)
    if path in (url, ":memory:"):
        return url
    return prefix + Path(path).expanduser().resolve().as_posix()


def _threshold(text: str) -> int:
    if not text.isdigit() or int(text) < SMALLEST_THRESHOLD:
        raise SettingRefused("settings.threshold_refused", value=text, smallest=SMALLEST_THRESHOLD)
    return int(text)


def _language(code: str) -> str:
    if code not in languages():
        raise SettingRefused("settings.language_refused", value=code, known=", ".join(languages()))
    return code
