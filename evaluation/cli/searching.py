"""The command find-code: tells where a participant code stands, in the database, its files and given backups."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.cli.output import DONE, SOME_REJECTED, show
from evaluation.i18n import Translator
from evaluation.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluation.store import CodeOccurrence, Store

FOUND = SOME_REJECTED


def add_search_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("code", metavar="CODE")
    parser.add_argument(
        "--backups", nargs="+", type=Path, default=[], metavar="PATH", help=translator("cli.backups_help")
    )


def find_code(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Say where a code stands and nothing else; return 1 when it stands anywhere."""
    from evaluation.store import open_store, tells_somebody

    store, t = open_store(settings.database), translator
    backups = list(_files(options.backups))
    found = [*_in_store(store, options.code, t), *_in_backups(backups, options.code, t)]
    for line in (*found, *_not_searched(store, backups, t)):
        show(line)
    if not tells_somebody(options.code):
        show(t("audit.only_codes"))
    show(t("audit.searched", files=len(store.files()), backups=len(backups)))
    if not found:
        show(t("audit.found_nowhere", code=options.code))
    return FOUND if found else DONE


def _in_store(store: "Store", code: str, t: Translator) -> Iterator[str]:
    """Give a line for each place of the database in which the code stands."""
    from evaluation.store import times_in_bytes

    for each in store.search(code):
        yield t("audit.found_store", **_told(each, t))
    for file in store.files():
        if times := times_in_bytes(file, code):
            yield t("audit.found_bytes", file=file.name, n=times)


def _in_backups(backups: "Sequence[Path]", code: str, t: Translator) -> Iterator[str]:
    """Give a line for each place of a backup in which the code stands."""
    from evaluation.store import StoreError, search_backup, unpack

    for path in backups:
        try:
            saved = unpack(path.read_bytes())
        except StoreError:
            show(t("audit.not_backup", file=path))
            continue
        for each in search_backup(saved, code):
            yield t("audit.found_backup", file=path, **_told(each, t))


def _not_searched(store: "Store", backups: "Sequence[Path]", t: Translator) -> Iterator[str]:
    """Give a line for each backup that the trail knows and that was not given, and for what a server keeps itself."""
    from evaluation.store import fingerprint

    seen = {fingerprint(path.read_bytes()) for path in backups}
    for entry in store.trail(deeds=["backup"]):
        if not any(mark in entry.subject for mark in seen):
            yield t("audit.not_given", moment=t.moment(entry.local), subject=entry.subject)
    if not store.files():
        yield t("audit.not_server")


def _told(found: "CodeOccurrence", t: Translator) -> dict[str, object]:
    return {"place": t(f"audit.place_{found.place}"), "n": found.times}


def _files(given: "Sequence[Path]") -> Iterator[Path]:
    """Give the files named, and all that stand in the folders named."""
    for path in given:
        yield from sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else (path,)
