"""Commands of a roll-up: a county writes its export, and whoever has them all counts and publishes their union."""

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.cli.command import Command, yes_argument
from evaluation.cli.definitions_in_use import library_of
from evaluation.cli.output import DONE, make_sure, show, write_file
from evaluation.cli.report_commands import COMPARISON, FORMATS
from evaluation.i18n import Translator
from evaluation.settings import Settings

if TYPE_CHECKING:
    from evaluation.findings import Words
    from evaluation.store.rollup import Export

PACKAGE = "data-package.zip"
SPARK, DUCKDB = "spark", "duckdb"


def add_export_arguments(export: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the options of ``export-parquet``."""
    export.add_argument("-o", "--output", required=True, type=Path, metavar="DIR")
    yes_argument(export, translator)


def add_roll_up_arguments(roll_up: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the options of ``roll-up``."""
    roll_up.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    roll_up.add_argument("-o", "--output", required=True, type=Path, metavar="OUT")
    roll_up.add_argument("--engine", choices=(SPARK, DUCKDB), default=SPARK, help=translator("cli.engine_help"))
    roll_up.add_argument("--format", choices=FORMATS, default="html", help=translator("cli.format_help"))


def export_parquet(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Write what the count cubes read, once the user has read what it is and says so."""
    from evaluation.measures import Policy, unit_decision
    from evaluation.store import open_store

    library, store = library_of(settings, translator), open_store(settings.database)
    show(translator("cli.export_is_personal"))
    make_sure(options.yes, translator("cli.yes_word"), translator)
    store.decide_units(unit_decision(library, Policy(settings.threshold)))
    today = datetime.now(UTC).astimezone().date()
    export = store.export(options.output, library, settings.threshold, today)
    show(_line(export, translator))
    show(translator("cli.written", file=options.output))
    return DONE


def roll_up(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Publish the union of exports: the data package and the comparison of practices and municipalities."""
    from evaluation.exhibits import comparison_report
    from evaluation.findings import Words
    from evaluation.measures import Policy, publish
    from evaluation.measures.unit_counts import cube_definitions
    from evaluation.render.csv_package import data_package
    from evaluation.render.formats import makers
    from evaluation.store import Selection
    from evaluation.store.rollup import check_together, count_exports, read_export, strictest_threshold

    library = library_of(settings, translator)
    exports = [read_export(folder) for folder in options.folders]
    check_together(exports, library)
    words, threshold = Words(library, translator), strictest_threshold(exports, settings.threshold)
    _tell(exports, words, threshold)
    counts = count_exports(exports, cube_definitions(library), options.engine)
    evidence = publish(counts, library, Selection(), Policy(threshold))
    today = datetime.now(UTC).astimezone().date()
    synthetic = any(export.manifest.synthetic for export in exports)
    report = comparison_report(evidence, library, words, today, synthetic)
    options.output.mkdir(parents=True, exist_ok=True)
    for name, content in (
        (PACKAGE, data_package(evidence, words, today, synthetic)),
        (f"{COMPARISON}.{options.format}", makers(None)[options.format](report, words)),
    ):
        write_file(options.output / name, content)
        show(translator("cli.written", file=options.output / name))
    return DONE


def _tell(exports: "Sequence[Export]", words: "Words", threshold: int) -> None:
    """Say what is counted together, and of how many people at least is published."""
    from evaluation.store.rollup import versions_beside

    for export in exports:
        show(_line(export, words.t))
    for form, versions in versions_beside(exports).items():
        numbers = ", ".join(map(str, versions))
        show(words.t("cli.roll_up_versions", questionnaire=words.form(form), versions=numbers))
    show(words.t("cli.roll_up_threshold", threshold=threshold))


def _line(export: "Export", translator: Translator) -> str:
    manifest = export.manifest
    return translator(
        "cli.export_line",
        folder=export.folder.name,
        day=translator.date(manifest.made_on),
        municipalities=len(manifest.municipalities),
        forms=translator.number(manifest.rows["responses"]),
        answers=translator.number(manifest.rows["answers"]),
        threshold=manifest.threshold,
    )


COMMANDS = {
    "export-parquet": Command(export_parquet, add_export_arguments),
    "roll-up": Command(roll_up, add_roll_up_arguments),
}
