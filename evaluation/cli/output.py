"""What all commands share: exit codes, printing, and names that the user may have misspelt."""

import errno
import json
import os
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from evaluation.cli.console_encoding import holds_everything
from evaluation.definitions import Library
from evaluation.definitions.municipalities import County, counties, county_named, municipality_named
from evaluation.i18n import Translator
from evaluation.private_files import write_whole

DONE, SOME_REJECTED, REFUSED = 0, 1, 2
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
NO_FILE = errno.ENXIO


class UserError(Exception):
    """Something the user can mend; the text is in their language already."""


def known(name: str, names: Iterable[str], translator: Translator) -> str:
    """Return ``name`` if it is among ``names``; raise UserError naming the nearest one otherwise."""
    from rapidfuzz import process

    choices = list(names)
    if name in choices:
        return name
    nearest, *_ = process.extractOne(name, choices)
    raise UserError(translator("cli.unknown_name", name=name, nearest=nearest, all=", ".join(choices)))


def known_municipality(name: str, library: Library, translator: Translator) -> str:
    """Return the Finnish name of a municipality by its name in either language; raise UserError naming the nearest."""
    from rapidfuzz import process

    named = municipality_named(name, library.municipalities)
    if named is not None:
        return named
    nearest, *_ = process.extractOne(name, library.municipalities)
    raise UserError(translator("cli.unknown_municipality", name=name, nearest=nearest))


def known_county(name: str, translator: Translator) -> County:
    """Return the county of that id, or of that name in either language; raise UserError naming all of them."""
    county = county_named(name)
    if county is not None:
        return county
    listed = ", ".join(f"{county.name(translator.language)} ({county.id})" for county in counties().values())
    raise UserError(translator("cli.unknown_county", name=name, all=listed))


def show(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def show_json(value: object) -> None:
    """Print ``value`` as JSON."""
    show(json.dumps(value, ensure_ascii=not holds_everything(sys.stdout), indent=2))


def read_file(path: Path) -> bytes:
    """Return the content of a file. Raises OSError."""
    _refuse_pipe(path)
    return path.read_bytes()


def _refuse_pipe(path: Path) -> None:
    """Raise OSError for a pipe or a device: nobody might ever write into it, or stop writing."""
    if path.exists() and not path.is_file() and not path.is_dir():
        raise OSError(NO_FILE, os.strerror(NO_FILE), str(path))


def read_at_most(path: Path, size: int) -> bytes:
    """Return the content of a file, of a larger one the first ``size`` bytes and one more. Raises OSError."""
    _refuse_pipe(path)
    with path.open("rb") as source:
        return source.read(size + 1)


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only. Raises OSError, which names the file."""
    target = path.resolve()
    try:
        if target.is_file() or not target.exists():
            write_whole(target, content)
        else:
            # A device or a pipe cannot be replaced.
            target.write_bytes(content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def file_refused(error: OSError, translator: Translator) -> str:
    """Say that a file could not be read or written, and why."""
    keys = {**dict.fromkeys(NO_ROOM, "cli.disk_full"), NO_FILE: "cli.no_plain_file"}
    key = keys.get(error.errno or 0, "cli.file_refused")
    return translator(key, file=error.filename or "–", reason=error.strerror)


def complain(*lines: str) -> None:
    """Print lines on the error stream."""
    sys.stderr.write("\n".join(lines) + "\n")


def make_sure(yes: bool, word: str, translator: Translator) -> None:
    """Let the user type ``word``; raise UserError where they type anything else, or nobody is there to type."""
    if yes:
        return
    sys.stdout.write(translator("cli.make_sure", word=word) + " ")
    sys.stdout.flush()
    if sys.stdin.readline().strip().casefold() != word.casefold():
        raise UserError(translator("cli.not_sure"))


def show_report_made(
    made: datetime | None, threshold: int, translator: Translator, since: datetime | None = None
) -> None:
    """Say before something is deleted that a report of before, if one was made since, can tell what it was."""
    if made is not None and (since is None or made >= since):
        day = made.replace(tzinfo=UTC).astimezone().date()
        show(translator("settings.report_made", day=translator.date(day), threshold=threshold))
