"""Commands about people's data: retire deletes old answers, find-code searches for a code, forget deletes it."""

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.cli.command import Command, yes_argument
from evaluation.cli.definitions_in_use import library_of
from evaluation.cli.output import DONE, SOME_REJECTED, UserError, make_sure, read_file, show, show_report_made
from evaluation.i18n import Translator
from evaluation.settings import Settings

if TYPE_CHECKING:
    from evaluation.findings import Words
    from evaluation.store import CodeOccurrence, CohortAge, Store

FOUND = SOME_REJECTED


def add_retire_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("--older-than", metavar="MONTHS", help=translator("cli.older_than_help"))
    parser.add_argument("--dry-run", action="store_true", help=translator("cli.retire_dry_help"))
    parser.add_argument("--with-waiting", action="store_true", help=translator("cli.with_waiting_help"))
    yes_argument(parser, translator)


def retire_old(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Print which cohorts are older than they are to be kept, and delete them for good."""
    from evaluation.findings import Words
    from evaluation.measures import Policy, months_before, retirement, take_counts
    from evaluation.store import open_store

    today = datetime.now(UTC).astimezone().date()
    day = months_before(today, _months(options.older_than, settings, translator))
    library, store = library_of(settings, translator), open_store(settings.database)
    words = Words(library, translator)
    policy = Policy(settings.threshold)
    plan = retirement(store.cohort_ages(), take_counts(store, library, policy), library, policy, day)
    if options.with_waiting:
        plan = plan.at_once()
    if plan.due:
        show(translator.plural("settings.retire_due", plan.forms, day=translator.date(day)))
        _list(plan.due, words)
    else:
        show(translator("settings.retire_none", day=translator.date(day)))
    if plan.waiting:
        show(translator("settings.retire_waiting"))
        _list(plan.waiting, words)
    if not plan.due or options.dry_run:
        return DONE
    make_sure(options.yes, translator("settings.retire_word"), translator)
    show(translator.plural("settings.retired", store.retire(plan.runs, day)))
    return DONE


def _list(ages: Iterable["CohortAge"], words: "Words") -> None:
    for age in ages:
        show(f"  {words.stored_run(age.cohort_key)}: {words.t.date(age.last_on)} ({age.forms})")


def _months(option: str | None, settings: Settings, translator: Translator) -> int:
    """Return how many months answers are kept: the option, else the setting; raise UserError where there is neither."""
    if option is None and settings.keep_months:
        return settings.keep_months
    match = re.fullmatch(r"(\d+)\s*(?:kk|mån|m|months?)?", option or "")
    if match is None or not int(match[1]):
        raise UserError(translator("cli.no_months"))
    return int(match[1])


def add_search_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("code", metavar="CODE")
    parser.add_argument(
        "--backups", nargs="+", type=Path, default=[], metavar="PATH", help=translator("cli.backups_help")
    )


def find_code(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Say where a code stands and nothing else; return 1 when it stands anywhere."""
    from evaluation.store import is_distinctive, left_unfinished, open_store

    t = translator
    # Opening the database deletes them.
    left = left_unfinished(settings.database)
    places = list(_in_files(left, options.code, t))
    store = open_store(settings.database)
    backups = list(_files(options.backups))
    places += [*_in_store(store, options.code, t), *_in_backups(backups, options.code, t)]
    for line in (
        *places,
        *(t("audit.left_deleted", file=file.name) for file in left),
        *_not_searched(store, backups, t),
    ):
        show(line)
    if not is_distinctive(options.code):
        show(t("audit.only_codes"))
    show(t("audit.searched", files=len(store.files()), backups=len(backups)))
    if not places:
        show(t("audit.found_nowhere", code=options.code))
    return FOUND if places else DONE


def _in_store(store: "Store", code: str, t: Translator) -> Iterator[str]:
    """Give a line for every place of the database in which the code stands."""
    for occurrence in store.search(code):
        yield t("audit.found_store", **_gaps(occurrence, t))
    yield from _in_files(store.files(), code, t)


def _in_files(files: Iterable[Path], code: str, t: Translator) -> Iterator[str]:
    """Give a line for every file in whose bytes the code stands."""
    from evaluation.store import count_in_file

    for file in files:
        if times := count_in_file(file, code):
            yield t("audit.found_bytes", file=file.name, n=times)


def _in_backups(backups: Sequence[Path], code: str, t: Translator) -> Iterator[str]:
    """Give a line for every place of a backup in which the code stands."""
    from evaluation.store import StoreError, search_backup, unpack

    for path in backups:
        try:
            saved = unpack(read_file(path))
        except StoreError:
            show(t("audit.not_backup", file=path))
            continue
        for occurrence in search_backup(saved, code):
            yield t("audit.found_backup", file=path, **_gaps(occurrence, t))


def _not_searched(store: "Store", backups: Sequence[Path], t: Translator) -> Iterator[str]:
    """Give a line for every backup that only the trail knows, and for what a server keeps itself."""
    from evaluation.store import fingerprint

    seen = {fingerprint(read_file(path)) for path in backups}
    for entry in store.trail(deeds=["backup"]):
        if not any(mark in entry.subject for mark in seen):
            yield t("audit.not_given", moment=t.moment(entry.local), subject=entry.subject)
    if not store.files():
        yield t("audit.not_server")


def _gaps(occurrence: "CodeOccurrence", t: Translator) -> dict[str, object]:
    return {"place": t(f"audit.place_{occurrence.place}"), "n": occurrence.times}


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    """Give the files named, and all that stand in the folders named."""
    for path in paths:
        yield from sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else (path,)


def add_forget_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of ``forget``."""
    parser.add_argument("code", metavar="CODE")
    for name, metavar in (("practice", "ID"), ("municipality", "NAME"), ("cohort", "NAME")):
        parser.add_argument(f"--{name}", metavar=metavar)
    yes_argument(parser, translator)


def forget_code(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Delete a participant code and all that stands under it."""
    from evaluation.findings import Words
    from evaluation.store import open_store

    store, words = open_store(settings.database), Words(library_of(settings, translator), translator)
    use = store.use_of(options.code)
    if use.near:
        show(translator("settings.code_near", codes=", ".join(use.near)))
    places = [place for place in use.places if _among(place.cohort_key, options)]
    if not places:
        raise UserError(translator("settings.code_unknown", code=use.code))
    show(translator.plural("settings.code_forms", sum(place.forms for place in places), code=use.code))
    for place in places:
        show(f"  {words.stored_run(place.cohort_key)}: {words.stored_form(place.questionnaire)} ({place.forms})")
    show_report_made(store.last_report(), settings.threshold, translator)
    make_sure(options.yes, translator("cli.yes_word"), translator)
    copies = store.copies_with(use.code)
    gone = store.forget(use.code, frozenset(place.cohort_key for place in places))
    show(translator.plural("settings.forgotten", gone))
    show(translator("settings.code_elsewhere"))
    show(translator("audit.copies" if copies else "audit.copies_none"))
    for entry in copies:
        show(f"  {translator.moment(entry.local)} {translator(f'audit.deed_{entry.deed}')} {entry.subject}")
    return DONE


def _among(key: tuple[str, str, str], options: argparse.Namespace) -> bool:
    """Tell whether a cohort is among those that the options name; a missing option means all."""
    named = (options.practice, options.municipality, options.cohort)
    return all(wanted in (None, value) for wanted, value in zip(named, key, strict=True))


COMMANDS = {
    "retire": Command(retire_old, add_retire_arguments),
    "find-code": Command(find_code, add_search_arguments),
    "forget": Command(forget_code, add_forget_arguments),
}
