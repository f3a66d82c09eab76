"""Commands about a database: imports, undo, audit, health, backup, restore, copy, delete-everything, sample.

What changes or deletes says first what would become of what is there, and asks; ``--yes`` answers for scripts.
"""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.cli.command import Command, json_argument, yes_argument
from evaluation.cli.output import (
    DONE,
    REFUSED,
    UserError,
    make_sure,
    read_file,
    show,
    show_json,
    show_report_made,
    write_file,
)
from evaluation.i18n import Translator
from evaluation.settings import Settings

if TYPE_CHECKING:
    from evaluation.store import ImportRecord


def list_imports(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """List the accepted imports, the newest first."""
    from evaluation.store import open_store

    records = open_store(settings.database).imports()
    if options.json:
        show_json({"imports": [record.to_dict() for record in records]})
        return DONE
    if not records:
        show(translator("cli.no_imports"))
    for record in records:
        _show_import(record, translator)
    return DONE


def _show_import(record: "ImportRecord", translator: Translator) -> None:
    """Print the number, moment, file and rows of one import."""
    moment = translator.moment(record.accepted_at)
    values = {"import_id": record.import_id, "moment": moment, "file": record.file, "accepted": record.accepted}
    show(translator("cli.import_line", **values))


def add_undo_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of ``undo``."""
    parser.add_argument("import_id", type=int, metavar="IMPORT_ID", help=translator("cli.import_id_help"))
    parser.add_argument("--with-definitions", action="store_true", help=translator("cli.with_definitions_help"))
    yes_argument(parser, translator)


def undo_import(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Take one import back whole, once the user has read which one it is and says so.

    The questionnaires that came with it go too if the user wants that and nothing else needs them.
    """
    from evaluation.definitions_of_imports import definitions_of
    from evaluation.store import open_store

    store = open_store(settings.database)
    keys = definitions_of(store, settings.definitions, options.import_id)
    names = ", ".join(f"{kind} {name}" for kind, name in keys)
    for record in store.imports():
        if record.import_id == options.import_id:
            _show_import(record, translator)
            show_report_made(store.last_report(), settings.threshold, translator, since=record.accepted_at)
            if keys and options.with_definitions:
                show(translator("cli.undo_takes_definitions", names=names))
            make_sure(options.yes, translator("cli.yes_word"), translator)
    removed = store.undo(options.import_id)
    show(translator.plural("cli.undone", removed, import_id=options.import_id))
    if keys:
        if options.with_definitions:
            store.remove_definitions(keys)
        message = "cli.undone_definitions" if options.with_definitions else "cli.undone_without_definitions"
        show(translator.plural(message, len(keys), names=names))
    return DONE


def add_backup_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add where the backup is written."""
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.zip")
    yes_argument(parser, translator)


def save_backup(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Write all that is stored into one file; one of that name is replaced once the user says so."""
    from evaluation.store import open_store

    if options.output.suffix.lower() != ".zip":
        raise UserError(translator("cli.only_zip", file=options.output))
    if options.output.is_file():
        show(translator("cli.backup_replaces", file=options.output))
        make_sure(options.yes, translator("cli.yes_word"), translator)
    store = open_store(settings.database)
    write_file(options.output, store.backup(datetime.now(UTC).astimezone().date(), options.output.name))
    show(translator("cli.written", file=options.output))
    show(translator("settings.backup_careful"))
    return DONE


def add_restore_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add which backup is restored."""
    parser.add_argument("file", type=Path, metavar="FILE.zip")
    yes_argument(parser, translator)


def restore_backup(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Put what a backup file holds in place of all that is stored."""
    from evaluation.store import open_store, refuse_other_kind, unpack

    saved, store = unpack(read_file(options.file)), open_store(settings.database)
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


def add_copy_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of ``copy``."""
    parser.add_argument("--from", dest="source", required=True, metavar="URL", help=translator("cli.copy_from_help"))
    parser.add_argument("--to", dest="target", required=True, metavar="URL", help=translator("cli.copy_to_help"))
    parser.add_argument("--replace", action="store_true", help=translator("cli.copy_replace_help"))
    yes_argument(parser, translator)


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


COMMANDS = {
    "imports": Command(list_imports, json_argument),
    "undo": Command(undo_import, add_undo_arguments),
    "backup": Command(save_backup, add_backup_arguments),
    "restore": Command(restore_backup, add_restore_arguments),
    "copy": Command(copy_database, add_copy_arguments),
    "delete-everything": Command(delete_everything, yes_argument),
    "audit": Command(print_trail, add_audit_arguments),
    "health": Command(tell_health, json_argument),
}
