"""The command definitions: what a database keeps of them, listed, moved to files and back, and removed."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.cli.command import Command, json_argument
from evaluation.cli.output import DONE, UserError, known, read_file, show, show_json, write_file
from evaluation.definitions import KINDS, DefinitionDocument, DefinitionsRefused, inspect_library
from evaluation.i18n import Translator
from evaluation.settings import Settings

if TYPE_CHECKING:
    from evaluation.store import DefinitionKey, Store


def add_definitions_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add what can be done with the definitions of a database, and with which."""
    parser.add_argument("action", choices=ACTIONS, help=translator("cli.definitions_action_help"))
    parser.add_argument("target", nargs="*", metavar="DIR|KIND ID", help=translator("cli.definitions_target_help"))
    json_argument(parser, translator)


def keep_definitions(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Do what was asked with the definitions that the database keeps."""
    from evaluation.store import open_store

    act, operands = ACTIONS[options.action]
    if len(options.target) != len(operands):
        usage = " ".join(["evaluation definitions", options.action, *operands])
        raise UserError(translator("cli.definitions_usage", usage=usage))
    act(options, settings, translator, open_store(settings.database))
    return DONE


def _list(options: argparse.Namespace, _settings: Settings, translator: Translator, store: "Store") -> None:
    documents = store.definitions()
    if options.json:
        show_json({"definitions": [_plain(document) for document in documents]})
        return
    show(translator.plural("cli.definitions_kept", len(documents)))
    for document in documents:
        show(f"  {_line(document, translator)}")


def _export(options: argparse.Namespace, _settings: Settings, translator: Translator, store: "Store") -> None:
    from evaluation.definitions.definition_files import files_of

    folder, files = Path(options.target[0]), files_of(store.definitions())
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        write_file(folder / name, text.encode())
    store.note("definitions_exported", count=len(files))
    show(translator.plural("cli.definitions_exported", len(files), folder=folder))


def _import(options: argparse.Namespace, settings: Settings, translator: Translator, store: "Store") -> None:
    from evaluation.definitions.definition_files import documents_of, files_in
    from evaluation.definitions.loader import definition_files
    from evaluation.own_definitions import save_documents

    folder = Path(options.target[0])
    paths = definition_files(folder) if folder.is_dir() else []
    if not paths:
        raise UserError(translator("cli.definitions_none_in", folder=folder))
    files = {name: text for path in paths for name, text in files_in(read_file(path), path.name).items()}
    try:
        made = save_documents(store, settings.definitions, documents_of(files))
    except DefinitionsRefused:
        # Whoever wrote the files looks for a fault where it stands in them.
        faults = inspect_library(folder).faults
        if faults:
            raise DefinitionsRefused(faults) from None
        raise
    show(translator.plural("cli.definitions_imported", len(made)))
    for document in made:
        show(f"  {_line(document, translator)}")


def _retire(options: argparse.Namespace, _settings: Settings, translator: Translator, store: "Store") -> None:
    key = _known_key(options, translator, store)
    retired = options.action == "retire"
    store.retire_definitions([key], retired)
    show(translator("cli.definitions_retired" if retired else "cli.definitions_reinstated", id=key[1]))


def _remove(options: argparse.Namespace, _settings: Settings, translator: Translator, store: "Store") -> None:
    key = _known_key(options, translator, store)
    store.remove_definitions([key])
    show(translator("cli.definitions_removed", id=key[1]))


def _known_key(options: argparse.Namespace, translator: Translator, store: "Store") -> "DefinitionKey":
    """Return which definition is meant; raise UserError where the database keeps none of that kind and id."""
    kind, name = options.target
    known(kind, KINDS, translator)
    for document in store.definitions():
        if document.key == (kind, name):
            return document.key
    raise UserError(translator("cli.definitions_unknown", kind=translator(f"definitions.kind_{kind}"), id=name))


def _line(document: DefinitionDocument, translator: Translator) -> str:
    kind = translator(f"definitions.kind_{document.kind}")
    facts = [f"v{document.version}", translator.moment(document.created_at), document.created_by]
    facts += [translator("cli.definitions_is_retired")] if document.retired else []
    return f"{kind} {document.id} ({', '.join(fact for fact in facts if fact)})"


def _plain(document: DefinitionDocument) -> dict[str, object]:
    """Return what is known of a document, without its text, as plain values for JSON."""
    return {
        "kind": document.kind,
        "id": document.id,
        "version": document.version,
        "created_at": document.created_at.isoformat(timespec="seconds"),
        "created_by": document.created_by,
        "retired": document.retired,
        "made_by_import": document.made_by_import,
        "file": document.file,
    }


Act = Callable[[argparse.Namespace, Settings, Translator, "Store"], None]
# What each action does, and what it is done with.
ACTIONS: Mapping[str, tuple[Act, tuple[str, ...]]] = {
    "list": (_list, ()),
    "export": (_export, ("DIR",)),
    "import": (_import, ("DIR",)),
    "retire": (_retire, ("KIND", "ID")),
    "reinstate": (_retire, ("KIND", "ID")),
    "remove": (_remove, ("KIND", "ID")),
}
COMMANDS = {"definitions": Command(keep_definitions, add_definitions_arguments)}
