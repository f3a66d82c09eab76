"""The command retire: deletes answers that are older than they are to be kept."""

import argparse
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from evaluation.cli.output import DONE, UserError, make_sure, show
from evaluation.definitions import load_library
from evaluation.i18n import Translator
from evaluation.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from evaluation.charts import Words
    from evaluation.store import CohortAge


def add_retire_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("--older-than", metavar="MONTHS", help=translator("cli.older_than_help"))
    parser.add_argument("--dry-run", action="store_true", help=translator("cli.retire_dry_help"))
    parser.add_argument("--with-waiting", action="store_true", help=translator("cli.with_waiting_help"))


def retire_old(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Say which runs are older than they are to be kept, and delete them for good."""
    from evaluation.charts import Words
    from evaluation.measures import Policy, months_before, retirement, take_counts
    from evaluation.store import open_store

    today = datetime.now(UTC).astimezone().date()
    day = months_before(today, _months(options.older_than, settings, translator))
    library, store = load_library(settings.definitions), open_store(settings.database)
    words = Words(library, translator)
    found = retirement(store.cohort_ages(), take_counts(store, library), library, Policy(settings.threshold), day)
    if options.with_waiting:
        found = found.at_once()
    if found.due:
        show(translator.plural("settings.retire_due", found.forms, day=translator.date(day)))
        _list(found.due, words)
    else:
        show(translator("settings.retire_none", day=translator.date(day)))
    if found.waiting:
        show(translator("settings.retire_waiting"))
        _list(found.waiting, words)
    if not found.due or options.dry_run:
        return DONE
    make_sure(options.yes, translator("settings.retire_word"), translator)
    show(translator.plural("settings.retired", store.retire(found.runs, day)))
    return DONE


def _list(ages: "Iterable[CohortAge]", words: "Words") -> None:
    for age in ages:
        show(f"  {words.stored_run(age.cohort_key)}: {words.t.date(age.last_on)} ({age.forms})")


def _months(given: str | None, settings: Settings, translator: Translator) -> int:
    """Return how many months answers are kept: as said, else as set; raise UserError where neither is."""
    if given is None and settings.keep_months:
        return settings.keep_months
    said = re.fullmatch(r"(\d+)\s*(?:kk|mån|m|months?)?", given or "")
    if said is None or not int(said[1]):
        raise UserError(translator("cli.no_months"))
    return int(said[1])
