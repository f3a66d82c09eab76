"""Commands that look after what is stored: backup, restore, copy, forget, delete-everything.

What changes or deletes says first what would become of what is there, and asks; ``--yes`` answers for scripts.
"""

import argparse
from datetime import UTC, datetime

from evaluation.cli.output import DONE, UserError, make_sure, show, write_file
from evaluation.definitions import load_library
from evaluation.i18n import Translator
from evaluation.settings import Settings


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


def forget_code(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Delete a participant code and all that stands under it."""
    from evaluation.charts import Words
    from evaluation.store import open_store

    store, words = open_store(settings.database), Words(load_library(settings.definitions), translator)
    use = store.use_of(options.code)
    if use.near:
        show(translator("settings.code_near", codes=", ".join(use.near)))
    places = [place for place in use.places if _among(place.cohort_key, options)]
    if not places:
        raise UserError(translator("settings.code_unknown", code=use.code))
    show(translator.plural("settings.code_forms", sum(place.forms for place in places), code=use.code))
    for place in places:
        show(f"  {words.stored_run(place.cohort_key)}: {words.stored_form(place.questionnaire)} ({place.forms})")
    make_sure(options.yes, translator("cli.yes_word"), translator)
    copies = store.copies_with(use.code)
    gone = store.forget(use.code, frozenset(place.cohort_key for place in places))
    show(translator.plural("settings.forgotten", gone))
    show(translator("settings.code_elsewhere"))
    show(translator("audit.copies" if copies else "audit.copies_none"))
    for entry in copies:
        show(f"  {translator.moment(entry.local)} {translator(f'audit.deed_{entry.deed}')} {entry.subject}")
    return DONE


def _among(run: tuple[str, str, str], options: argparse.Namespace) -> bool:
    """Tell whether a run is among those that the options name; an option that is not given means all."""
    named = (options.practice, options.municipality, options.cohort)
    return all(wanted in (None, own) for wanted, own in zip(named, run, strict=True))


def copy_database(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:  # noqa: ARG001
    """Copy all that is stored from one database into another."""
    from evaluation.store import open_store

    from_there, to_there = (Settings.from_environment(database=url) for url in (options.source, options.target))
    source, target = open_store(from_there.database), open_store(to_there.database)
    facts = target.facts()
    if options.replace:
        show(translator("cli.copy_replaces", forms=facts.forms, imports=facts.imports))
        make_sure(options.yes, translator("cli.yes_word"), translator)
    for each in source.copy_to(target, options.replace):
        show(translator("cli.copy_line", table=each.table, rows=each.rows, fingerprint=each.fingerprint))
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
