"""Commands about a database: imports, undo, audit, health, backup, restore, copy, delete-everything, sample.

What changes or deletes says first what would become of what is there, and asks; ``--yes`` answers for scripts.
"""

import argparse
from datetime import UTC, datetime

from evaluation.cli.output import DONE, REFUSED, UserError, make_sure, show, show_json, write_file
from evaluation.i18n import Translator
from evaluation.settings import Settings


def list_imports(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """List the accepted imports, the newest last."""
    from evaluation.store import open_store

    records = open_store(settings.database).imports()
    if options.json:
        show_json({"imports": [record.to_dict() for record in records]})
        return DONE
    if not records:
        show(translator("cli.no_imports"))
    for record in records:
        show(
            translator(
                "cli.import_line",
                import_id=record.import_id,
                moment=translator.moment(record.accepted_at),
                file=record.file,
                accepted=record.accepted,
            )
        )
    return DONE


def undo_import(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Take one import back whole."""
    from evaluation.store import open_store

    removed = open_store(settings.database).undo(options.import_id)
    show(translator.plural("cli.undone", removed, import_id=options.import_id))
    return DONE


def save_backup(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Write all that is stored into one file."""
    from evaluation.store import open_store

    if options.output.suffix.lower() != ".zip":
        raise UserError(translator("cli.only_zip", file=options.output))
    store = open_store(settings.database)
    write_file(options.output, store.backup(datetime.now(UTC).astimezone().date(), options.output.name))
    show(translator("cli.written", file=options.output))
    show(translator("settings.backup_careful"))
    return DONE


def restore_backup(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Put what a backup file holds in place of all that is stored."""
    from evaluation.store import open_store, refuse_other_kind, unpack

    saved, store = unpack(options.file.read_bytes()), open_store(settings.database)
    refuse_other_kind(saved.kind, store.kind())
    facts = store.facts()
    show(
        translator(
            "settings.backup_holds", day=translator.date(saved.made_on), forms=saved.forms, imports=saved.imports
        )
    )
    show(translator("settings.backup_replaces", forms=facts.forms, imports=facts.imports))
    make_sure(options.yes, translator("cli.yes_word"), translator)
    store.restore(saved)
    show(translator.plural("settings.restored", saved.forms))
    return DONE


def copy_database(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:  # noqa: ARG001
    """Copy all that is stored from one database into another."""
    from evaluation.store import open_store

    from_there, to_there = (Settings.from_environment(database=url) for url in (options.source, options.target))
    source, target = open_store(from_there.database), open_store(to_there.database)
    facts = target.facts()
    if options.replace:
        show(translator("cli.copy_replaces", forms=facts.forms, imports=facts.imports))
        make_sure(options.yes, translator("cli.yes_word"), translator)
    for table in source.copy_to(target, options.replace):
        show(translator("cli.copy_line", table=table.table, rows=table.rows, fingerprint=table.fingerprint))
    show(translator("cli.copied"))
    show(translator("cli.copy_threshold", here=from_there.threshold, there=to_there.threshold))
    return DONE


def delete_everything(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Delete all that is stored."""
    from evaluation.store import open_store

    store = open_store(settings.database)
    facts = store.facts()
    show(translator("settings.would_delete", forms=facts.forms, imports=facts.imports, file=facts.file or "–"))
    make_sure(options.yes, translator("settings.delete_word"), translator)
    store.delete_everything()
    show(translator("settings.emptied"))
    return DONE


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


def tell_health(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Say how the database is, changing nothing; return 0 only when the toolkit can work with it."""
    from evaluation.store import health_of

    health = health_of(settings.database)
    if options.json:
        show_json({"state": health.state, "found": health.version, "known": health.known})
    else:
        show(translator(f"cli.health_{health.state}", found=health.version or "–", known=health.known))
    return DONE if health.well else REFUSED


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
