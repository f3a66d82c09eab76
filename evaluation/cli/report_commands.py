"""Commands that write reports: of one practice, of a municipality, a comparison, everything, or the set of them all."""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.cli.command import Command, yes_argument
from evaluation.cli.definitions_in_use import library_of
from evaluation.cli.output import (
    DONE,
    UserError,
    known,
    known_county,
    known_municipality,
    make_sure,
    read_at_most,
    show,
    write_file,
)
from evaluation.definitions import Library
from evaluation.definitions.municipalities import municipalities_of
from evaluation.i18n import Translator
from evaluation.settings import Settings

if TYPE_CHECKING:
    import pandas as pd

    from evaluation.exhibits import Report
    from evaluation.findings import Words
    from evaluation.measures import Evidence, OpenAnswers
    from evaluation.store import Selection, Store

FORMATS = ("pptx", "pdf", "xlsx", "html", "docx", "txt", "appendix.pptx")
COMPARISON = "comparison"


def add_report_arguments(report: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the options of ``report``."""
    of = report.add_mutually_exclusive_group(required=True)
    of.add_argument("--practice", metavar="ID")
    of.add_argument("--municipality", metavar="NAME")
    of.add_argument("--county", metavar="NAME", help=translator("cli.county_help"))
    for name in ("comparison", "everything", "all"):
        of.add_argument(f"--{name}", action="store_true", help=translator(f"cli.report_{name}_help"))
    report.add_argument("--format", choices=FORMATS, help=translator("cli.format_help"))
    report.add_argument("--template", type=Path, metavar="FILE.pptx", help=translator("cli.template_file_help"))
    report.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")


def add_package_arguments(package: argparse.ArgumentParser, translator: Translator) -> None:
    """Add what ``package`` can be asked for."""
    package.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.zip")
    package.add_argument("--with-answers", type=Path, metavar="FILE.parquet", help=translator("cli.with_answers_help"))
    yes_argument(package, translator)


def make_report(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Write one report, or with ``--all`` a folder of them."""
    formats, template = _formats(options, translator), _template(options, translator)
    desk = _desk(settings, translator)
    if options.all:
        _write_all(desk, options.output, formats, template)
    else:
        report = desk.report(options)
        desk.store.note("report", f"{_report_subject(options)} {formats[0]}")
        _write(report, options.output, formats[0], template, desk.words)
        show(translator("cli.written", file=options.output))
    return DONE


def _report_subject(options: argparse.Namespace) -> str:
    """Return what a report is of; its name is one of the definitions'."""
    named = options.practice or options.municipality or options.county
    return str(named) if named else "comparison" if options.comparison else "everything"


def make_package(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Write all published tables as a data package, and only with ``--with-answers`` the answers themselves."""
    from evaluation.render.csv_package import data_package
    from evaluation.store import Selection

    if options.output.suffix.lower() != ".zip":
        raise UserError(translator("cli.only_zip", file=options.output))
    desk = _desk(settings, translator)
    if options.with_answers:
        _write_answers(desk, options)
    content = data_package(desk.evidence(Selection()), desk.words, desk.day, synthetic=desk.sample)
    desk.store.note("package")
    write_file(options.output, content)
    show(translator("cli.written", file=options.output))
    return DONE


def _write_answers(desk: "_Desk", options: argparse.Namespace) -> None:
    """Write the answers one by one, once the user has read what they are and says so."""
    t = desk.words.t
    if options.with_answers.suffix.lower() != ".parquet":
        raise UserError(t("cli.only_parquet", file=options.with_answers))
    show(t("cli.answers_are_personal"))
    make_sure(options.yes, t("cli.yes_word"), t)
    write_file(options.with_answers, desk.store.pseudonymous_answers())
    show(t("cli.written", file=options.with_answers))


@dataclass(frozen=True)
class _Desk:
    """What every report is made of: definitions, answers, words and the day."""

    library: Library
    store: "Store"
    contents: "pd.DataFrame"
    words: "Words"
    threshold: int
    day: date
    sample: bool

    def evidence(self, selection: "Selection") -> "Evidence":
        """Return what may be published of ``selection``."""
        from evaluation.measures import Policy, publish

        return publish(self.store, self.library, selection, Policy(self.threshold))

    def voices(self, selection: "Selection") -> "tuple[OpenAnswers, ...]":
        """Return the open answers of ``selection`` that may be read."""
        from evaluation.measures import Policy, read_open_answers

        return read_open_answers(self.store, self.library, selection, Policy(self.threshold))

    def synthetic(self, column: str, *wanted: str) -> bool:
        """Tell whether the answers are the sample's; raise UserError when there are none."""
        if not self.contents[column].isin(wanted).any():
            raise UserError(self.words.t("cli.no_measures"))
        return self.sample

    def report(self, options: argparse.Namespace) -> "Report":
        """Return the report that the options name."""
        from evaluation.exhibits import comparison_report, county_report, everything_report, municipality_report
        from evaluation.store import Selection

        t, library = self.words.t, self.library
        if options.practice:
            practice = known(options.practice, library.practices, t)
            evidence = self.evidence(Selection(practices=_of_type(practice, library)))
            return self.practice(practice, evidence, self.voices(Selection(practices=(practice,))))
        if options.municipality:
            place = known_municipality(options.municipality, library, t)
            synthetic = self.synthetic("municipality", place)
            evidence = self.evidence(Selection(municipalities=(place,)))
            return municipality_report(evidence, library, place, self.words, self.day, synthetic)
        if options.county:
            county = known_county(options.county, t)
            places = municipalities_of(county.id)
            synthetic = self.synthetic("municipality", *places)
            return county_report(
                self.evidence(Selection(municipalities=places)), library, county, self.words, self.day, synthetic
            )
        synthetic = self.synthetic("practice", *library.practices)
        make = comparison_report if options.comparison else everything_report
        return make(self.evidence(Selection()), library, self.words, self.day, synthetic)

    def practice(self, practice: str, evidence: "Evidence", voices: "tuple[OpenAnswers, ...]") -> "Report":
        """Return the report of one practice."""
        from evaluation.exhibits import practice_report

        if not self.contents["practice"].isin([practice]).any():
            raise UserError(self.words.t("cli.no_answers", practice=self.words.practice(practice)))
        synthetic = self.synthetic("practice", practice)
        return practice_report(evidence, voices, self.library, practice, self.words, self.day, synthetic)


def _desk(settings: Settings, translator: Translator) -> _Desk:
    from evaluation.findings import Words
    from evaluation.store import SAMPLE, open_store

    library, store = library_of(settings, translator), open_store(settings.database)
    today = datetime.now(UTC).astimezone().date()
    words, sample = Words(library, translator), store.kind() == SAMPLE
    return _Desk(library, store, store.contents(), words, settings.threshold, today, sample)


def _of_type(practice: str, library: Library) -> tuple[str, ...]:
    """Return the practices of the same type: a practice's report compares it with them."""
    kind = library.practices[practice].type
    return tuple(other.id for other in library.practices.values() if other.type == kind)


def _formats(options: argparse.Namespace, translator: Translator) -> Sequence[str]:
    """Return the formats to write: that of the options, that of the file's ending, or of a set all."""
    if options.all:
        return (options.format,) if options.format else FORMATS
    name = options.output.name.lower()
    ending = next((kind for kind in sorted(FORMATS, key=len, reverse=True) if name.endswith(f".{kind}")), name)
    chosen = str(options.format or ending)
    if chosen not in FORMATS:
        raise UserError(translator("cli.no_such_format", file=options.output, formats=", ".join(FORMATS)))
    if options.template and not chosen.endswith("pptx"):
        raise UserError(translator("cli.template_only_slides"))
    return (chosen,)


def _template(options: argparse.Namespace, translator: Translator) -> bytes | None:
    """Return the template of the slides; raise UserError before anything is computed when it cannot be used."""
    from evaluation.render.deck import Deck
    from evaluation.render.slide_template import MOST_BYTES, TemplateRefused

    if options.template is None:
        return None
    template = read_at_most(options.template, MOST_BYTES)
    try:
        Deck(translator.language, template)
    except TemplateRefused as refused:
        raise UserError(f"{options.template}: {translator(refused.key)}") from None
    return template


def _write(report: "Report", path: Path, chosen: str, template: bytes | None, words: "Words") -> None:
    from evaluation.render.formats import makers

    write_file(path, makers(template)[chosen](report, words))


def _write_all(desk: _Desk, folder: Path, formats: Sequence[str], template: bytes | None) -> None:
    """Write the reports of every practice that has answers, and the comparison, all of them in every format."""
    folder.mkdir(parents=True, exist_ok=True)
    total = len(set(desk.contents["practice"]) & set(desk.library.practices)) + 1
    for number, (name, report) in enumerate(_every(desk), start=1):
        for chosen in formats:
            desk.store.note("report", f"{name} {chosen}")
            _write(report, folder / f"{name}.{chosen}", chosen, template, desk.words)
        show(desk.words.t("cli.report_line", number=number, total=total, subject=report.subject))
    show(desk.words.t("cli.written", file=folder))


def _every(desk: _Desk) -> "Iterator[tuple[str, Report]]":
    from evaluation.exhibits import comparison_report
    from evaluation.store import Selection

    synthetic = desk.synthetic("practice", *desk.library.practices)
    evidence, voices = desk.evidence(Selection()), desk.voices(Selection())
    for practice in sorted(set(desk.contents["practice"]) & set(desk.library.practices)):
        yield practice, desk.practice(practice, evidence, voices)
    yield COMPARISON, comparison_report(evidence, desk.library, desk.words, desk.day, synthetic)


COMMANDS = {
    "report": Command(make_report, add_report_arguments),
    "package": Command(make_package, add_package_arguments),
}
