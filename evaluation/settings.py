"""What is set: database and definitions by the environment, privacy threshold and language also on the settings page.

What is set on the page is kept in a small file beside the database, for the threshold belongs to the answers: whoever
opens the same database publishes with the same threshold, from the dashboard as from the command line. The environment
goes before the file. A database on a server has no file; there the environment alone decides.
"""

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

from evaluation.i18n import DEFAULT_LANGUAGE, Refused, languages
from evaluation.private_files import close_to_others, make_folder, write_whole

DEFAULT_THRESHOLD = 5
SMALLEST_THRESHOLD = 3
THRESHOLD, LANGUAGE, KEEP_MONTHS, PRACTICES = "threshold", "language", "keep_months", "practices"
# Shows every practice of the definitions.
EVERY_PRACTICE = "all"
_DUCKDB = "duckdb:///"


class SettingRefused(Refused):
    """A setting has a value that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """One reading of the settings; ``threshold`` is the least number of people behind any published figure.

    ``keep_months`` is how long answers are to be kept, 0 for no limit. ``practices`` are ids of practices to offer
    beside those that are in use; EVERY_PRACTICE among them stands for all.

    ``fixed`` names the settings that cannot be changed on the page: those that the environment says.
    """

    database: str
    definitions: Path | None
    threshold: int
    language: str
    fixed: frozenset[str] = frozenset()
    keep_months: int = 0
    practices: tuple[str, ...] = ()

    @classmethod
    def from_environment(
        cls, environment: Mapping[str, str] = os.environ, database: str | None = None, definitions: str | None = None
    ) -> "Settings":
        """Read ``EVALUATION_DATABASE``, ``_DEFINITIONS``, and the variable of each setting that the page keeps.

        Arguments go before the environment.

        Raises SettingRefused for a threshold that is no number of at least three, for an unknown language, and for a
        file of settings that cannot be read: to go on with another threshold than was chosen could tell too much.
        """
        folder = definitions or environment.get("EVALUATION_DEFINITIONS")
        url = _database(environment, database)
        variables = {name: environment[f"EVALUATION_{name.upper()}"] for name in _said_by(environment)}
        settings = _settings_in_file(url)
        return cls(
            database=url,
            definitions=Path(folder) if folder else None,
            threshold=_threshold(str(variables.get(THRESHOLD, settings.get(THRESHOLD, DEFAULT_THRESHOLD)))),
            language=_language(str(variables.get(LANGUAGE, settings.get(LANGUAGE, DEFAULT_LANGUAGE)))),
            fixed=frozenset(variables if settings_file(url) else _CHECKED),
            keep_months=_months(str(variables.get(KEEP_MONTHS, settings.get(KEEP_MONTHS, 0)))),
            practices=tuple(
                filter(None, _practices(str(variables.get(PRACTICES, settings.get(PRACTICES, "")))).split(","))
            ),
        )

    @property
    def database_exists(self) -> bool:
        """Whether there may be something in the database: one in a file that is not there would have to be made."""
        path = self.database.removeprefix(_DUCKDB)
        return path != ":memory:" and (path == self.database or Path(path).exists())

    def keep(self, name: str, value: int | str) -> None:
        """Keep ``value`` for the setting ``name``, one of those above, for everybody who opens this database.

        Raises SettingRefused for a value that cannot be used, a fixed setting, and a file that cannot be written.
        """
        path = settings_file(self.database)
        if name in self.fixed or path is None:
            raise SettingRefused("settings.fixed", name=f"EVALUATION_{name.upper()}")
        text = json.dumps({**_settings_in_file(self.database), name: _CHECKED[name](str(value))}, indent=2)
        try:
            make_folder(path.parent)
            # Half a file would be refused at the next start.
            write_whole(path, f"{text}\n".encode())
        except OSError as error:
            raise SettingRefused("settings.file_not_written", file=path, reason=error.strerror) from error


def preferred_language(environment: Mapping[str, str] = os.environ) -> str:
    """Return the language to speak while it is not known whether the settings hold; so nothing is refused here."""
    try:
        settings = _settings_in_file(_database(environment, None))
    except SettingRefused:
        settings = {}
    wanted = environment.get("EVALUATION_LANGUAGE") or settings.get(LANGUAGE)
    return str(wanted) if wanted in languages() else DEFAULT_LANGUAGE


def settings_file(database: str) -> Path | None:
    """Return where the settings of the database at that address are kept; None where it is no file."""
    path = database.removeprefix(_DUCKDB)
    return None if path in (database, ":memory:") else Path(path).with_suffix(".settings.json")


def _settings_in_file(database: str) -> Mapping[str, object]:
    path = settings_file(database)
    if path is None or not path.exists():
        return {}
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(settings, dict):
            raise TypeError("not an object of JSON")
        return {name: check(str(settings[name])) for name, check in _CHECKED.items() if name in settings}
    except (ValueError, TypeError, OSError) as error:
        raise SettingRefused("settings.file_refused", file=path) from error


def _said_by(environment: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name in _CHECKED if f"EVALUATION_{name.upper()}" in environment)


def _database(environment: Mapping[str, str], option: str | None) -> str:
    return _fixed(option or environment.get("EVALUATION_DATABASE") or _default_database())


def _default_database() -> str:
    folder = user_data_path("evaluation", appauthor=False)
    make_folder(folder)
    close_to_others(folder)
    return f"{_DUCKDB}{(folder / 'evaluation.duckdb').as_posix()}"


def _fixed(url: str) -> str:
    """Return ``url`` with a relative DuckDB file made absolute, so that it means the same in every process."""
    path = url.removeprefix(_DUCKDB)
    if path in (url, ":memory:"):
        return url
    return _DUCKDB + Path(path).expanduser().resolve().as_posix()


def _threshold(text: str) -> int:
    if not text.isdigit() or int(text) < SMALLEST_THRESHOLD:
        raise SettingRefused("settings.threshold_refused", value=text, smallest=SMALLEST_THRESHOLD)
    return int(text)


def _language(code: str) -> str:
    if code not in languages():
        raise SettingRefused("settings.language_refused", value=code, known=", ".join(languages()))
    return code


def _months(text: str) -> int:
    if not text.isdigit():
        raise SettingRefused("settings.keep_refused", value=text)
    return int(text)


def _practices(text: str) -> str:
    return ",".join(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))


_CHECKED: Mapping[str, Callable[[str], int | str]] = {
    THRESHOLD: _threshold,
    LANGUAGE: _language,
    KEEP_MONTHS: _months,
    PRACTICES: _practices,
}
