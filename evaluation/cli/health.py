"""The command health: whether the database answers and its tables are those of this version."""

import argparse

from evaluation.cli.output import DONE, REFUSED, show, show_json
from evaluation.i18n import Translator
from evaluation.settings import Settings


def tell_health(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Say how the database is, changing nothing; return 0 only when the toolkit can work with it."""
    from evaluation.store import health_of

    health = health_of(settings.database)
    if options.json:
        show_json({"state": health.state, "found": health.version, "known": health.known})
    else:
        show(translator(f"cli.health_{health.state}", found=health.version or "–", known=health.known))
    return DONE if health.well else REFUSED
