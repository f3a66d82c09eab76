"""What all commands share: exit codes, printing, and names that the user may have misspelt."""

import json
import sys
from collections.abc import Iterable

from evaluation.i18n import Translator

DONE, SOME_REJECTED, REFUSED = 0, 1, 2


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


def show(text: str) -> None:
    """Print a line."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def show_json(value: object) -> None:
    """Print ``value`` as JSON."""
    show(json.dumps(value, ensure_ascii=False, indent=2))


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
