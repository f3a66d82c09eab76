"""The command measures: prints the published tables."""

import argparse

from evaluation.cli.command import Command, json_argument
from evaluation.cli.definitions_in_use import library_of
from evaluation.cli.output import DONE, UserError, known, known_county, known_municipality, show, show_json
from evaluation.definitions import Library
from evaluation.definitions.municipalities import municipalities_of
from evaluation.i18n import Translator
from evaluation.settings import Settings

FAMILIES = ("participation", "satisfaction", "change", "conditions", "choices")


def add_measures_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the options of ``measures``."""
    for name, metavar in (("practice", "ID"), ("municipality", "NAME"), ("cohort", "NAME")):
        parser.add_argument(f"--{name}", action="append", default=[], metavar=metavar)
    parser.add_argument("--county", metavar="NAME", help=translator("cli.county_help"))
    parser.add_argument("--family", choices=FAMILIES)
    json_argument(parser, translator)


def print_measures(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Print the published tables, one object a row."""
    from evaluation.measures import Policy, publish
    from evaluation.store import SAMPLE, Selection, open_store

    library, store = library_of(settings, translator), open_store(settings.database)
    selection = Selection(
        practices=tuple(known(name, library.practices, translator) for name in options.practice),
        municipalities=_places(options, library, translator),
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


def _places(options: argparse.Namespace, library: Library, translator: Translator) -> tuple[str, ...]:
    """Return the municipalities that the options name; of a county those among them, or all of its own."""
    named = tuple(known_municipality(name, library, translator) for name in options.municipality)
    if not options.county:
        return named
    of_county = municipalities_of(known_county(options.county, translator).id)
    within = tuple(place for place in named if place in of_county)
    if named and not within:
        raise UserError(translator("cli.not_in_county", names=", ".join(named)))
    return within or of_county


def _print_rows(rows: list[dict[str, object]], library: Library, translator: Translator) -> None:
    from evaluation.findings import Words

    words = Words(library, translator)
    for row in rows:
        show(words.row_line(row))
    if not rows:
        show(translator("cli.no_measures"))


COMMANDS = {"measures": Command(print_measures, add_measures_arguments)}
