"""The command sample: makes the sample's database, beside the worker's or at another address, or deletes it."""

import argparse

from evaluation.cli.command import Command
from evaluation.cli.output import DONE, UserError, show
from evaluation.i18n import Translator
from evaluation.settings import Settings


def add_sample_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("--remove", action="store_true", help=translator("cli.remove_help"))


def make_sample(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Make the sample's database; with ``--remove`` delete it. A database of real answers is refused."""
    from evaluation.samples import fill_with_sample
    from evaluation.store import open_store

    url = _address(options, settings, translator)
    if options.remove:
        return _remove(url, translator)
    store = open_store(url)
    forms, facts = fill_with_sample(store), store.facts()
    place = facts.file or "–"
    show(translator("cli.sample_made", files=facts.imports, forms=translator.number(forms), place=place))
    return DONE


def _address(options: argparse.Namespace, settings: Settings, translator: Translator) -> str:
    """Return the sample's database: that of ``--database``, else the one beside the worker's."""
    from evaluation.samples import lies_apart, sample_url

    if options.database:
        return settings.database
    if lies_apart(settings.database):
        raise UserError(translator("cli.sample_on_server"))
    return sample_url(settings.database)


def _remove(url: str, translator: Translator) -> int:
    from evaluation.samples import is_missing
    from evaluation.store import open_store

    if is_missing(url):
        show(translator("cli.sample_missing"))
        return DONE
    open_store(url).remove_sample()
    show(translator("settings.sample_removed"))
    return DONE


COMMANDS = {"sample": Command(make_sample, add_sample_arguments)}
