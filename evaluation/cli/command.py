"""What a command of the command line is: the arguments that it takes, and what it does with them."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass

from evaluation.i18n import Translator
from evaluation.settings import Settings

Run = Callable[[argparse.Namespace, Settings, Translator], int]
AddArguments = Callable[[argparse.ArgumentParser, Translator], None]


def no_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add nothing: the command takes only what all of them take."""


def json_argument(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add ``--json``."""
    parser.add_argument("--json", action="store_true", help=translator("cli.json_help"))


def yes_argument(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add ``--yes``, for commands that replace, delete or write answers out."""
    parser.add_argument("--yes", action="store_true", help=translator("cli.yes_help"))


@dataclass(frozen=True)
class Command:
    """One command: ``run`` returns its exit code."""

    run: Run
    add_arguments: AddArguments = no_arguments
