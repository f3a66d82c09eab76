"""The command audit: who did what and when."""

import argparse

from evaluation.cli.output import DONE, show, show_json
from evaluation.i18n import Translator
from evaluation.settings import Settings


def add_audit_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of the command to its parser."""
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help=translator("cli.json_help"))
    shape.add_argument("--csv", action="store_true", help=translator("cli.csv_help"))


def print_trail(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Print the trail, the latest last."""
    from evaluation.store import as_csv, open_store

    trail = open_store(settings.database).trail()[::-1]
    if options.json:
        show_json({"audit": [entry.to_dict() for entry in trail]})
        return DONE
    if options.csv:
        show(as_csv(trail).rstrip("\n"))
        return DONE
    for entry in trail:
        who, deed = entry.actor or "–", translator(f"audit.deed_{entry.deed}")
        show(f"{entry.number}  {translator.moment(entry.local)}  {who}: {deed}  {entry.subject} ({entry.count})")
    if not trail:
        show(translator("audit.nothing"))
    return DONE
