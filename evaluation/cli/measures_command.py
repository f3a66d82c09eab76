"""The command measures: prints the published tables."""

import argparse

from evaluation.cli.command import Command, json_argument
from evaluation.cli.definitions_in_use import library_of
from evaluation.cli.output import DONE, known, known_municipality, show, show_json
from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.settings import Settings

FAMILIES = ("participation", "satisfaction", "change", "conditions", "choices")


def add_measures_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the options of ``measures``."""
    for name, metavar in (("practice", "ID"), ("municipality", "NAME"), ("cohort", "NAME")):
        parser.add_argument(f"--{name}", action="append", default=[], metavar=metavar)
    parser.add_argument("--family", choices=FAMILIES)
    json_argument(parser, translator)


def print_measures(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Print the published tables, one object a row."""
    from evaluation.measures import Policy, publish
    from evaluation.store import SAMPLE, Selection, open_store

    library, store = library_of(settings, translator), open_store(settings.database)
    selection = Selection(
        practices=tuple(known(name, library.practices, translator) for name in options.practice),
        municipalities=tuple(known_municipality(name, library, translator) for name in options.municipality),
        cohorts=tuple(options.cohort),
    )
    evidence = publish(store, library, selection, Policy(settings.threshold))
    rows = [row for row in evidence.rows() if options.family in (None, row["family"])]
    if options.json:
        show_json(rows)
    else:
        if store.kind() == SAMPLE:
            show(translator("common.synthetic"))
        _print_rows(rows, library, translator)
    return DONE


def _print_rows(rows: list[dict[str, object]], library: Library, translator: Translator) -> None:
    from evaluation.findings import Words

    words = Words(library, translator)
    for row in rows:
        show(words.row_line(row))
    if not rows:
        show(translator("cli.no_measures"))


COMMANDS = {"measures": Command(print_measures, add_measures_arguments)}
