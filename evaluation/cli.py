"""The command line: the calls of the dashboard, for scripts and for checking."""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from evaluation.definitions import DefinitionsRefused, Library, load_library
from evaluation.i18n import Translator, languages
from evaluation.records import Receipt
from evaluation.settings import SettingRefused, Settings

Command = Callable[[argparse.Namespace, Settings, Translator], int]

ROOT = Path(__file__).resolve().parents[1]
DONE, SOME_REJECTED, REFUSED = 0, 1, 2
FAMILIES = ("participation", "satisfaction", "change", "conditions")


class UserError(Exception):
    """Something the user can mend; the text is in their language already."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 some rows rejected, 2 refused."""
    from evaluation.store import StoreError

    language = os.environ.get("EVALUATION_LANGUAGE", "fi")
    translator = Translator(language if language in languages() else "fi")
    options = _parser(translator).parse_args(arguments)
    try:
        settings = Settings.from_environment(database=options.database, definitions=options.definitions)
        translator = Translator(options.lang or settings.language)
        command: Command = options.command
        return command(options, settings, translator)
    except DefinitionsRefused as refused:
        _complain(*(problem.message(translator) for problem in refused.problems))
    except (SettingRefused, StoreError) as refused:
        _complain(translator(refused.key, **refused.values))
    except UserError as error:
        _complain(str(error))
    except OSError as error:
        _complain(translator("cli.file_refused", file=error.filename, reason=error.strerror))
    return REFUSED


def _parser(translator: Translator) -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--definitions", metavar="DIR", help=translator("cli.definitions_help"))
    shared.add_argument("--database", metavar="URL", help=translator("cli.database_help"))
    shared.add_argument("--lang", choices=languages(), help=translator("cli.lang_help"))
    parser = argparse.ArgumentParser(prog="evaluation", description=translator("cli.description"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command) -> argparse.ArgumentParser:
        text = translator(f"cli.{name}_help")
        child = commands.add_parser(name, parents=[shared], help=text, description=text)
        child.set_defaults(command=command)
        return child

    add("check", check)
    template = add("template", make_template)
    template.add_argument("--practice", required=True, metavar="ID")
    template.add_argument("--questionnaire", required=True, metavar="ID")
    template.add_argument("--cohort", metavar="NAME")
    template.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.xlsx")
    taken = add("import", import_files)
    taken.add_argument("files", nargs="+", type=Path, metavar="FILE")
    for name, metavar in (("practice", "ID"), ("municipality", "NAME"), ("cohort", "NAME"), ("questionnaire", "ID")):
        taken.add_argument(f"--{name}", metavar=metavar)
    taken.add_argument("--dry-run", action="store_true", help=translator("cli.dry_run_help"))
    taken.add_argument("--json", action="store_true", help=translator("cli.json_help"))
    add("imports", list_imports).add_argument("--json", action="store_true", help=translator("cli.json_help"))
    add("undo", undo_import).add_argument("import_id", type=int, metavar="IMPORT_ID")
    measures = add("measures", print_measures)
    measures.add_argument("--practice", action="append", default=[], metavar="ID")
    measures.add_argument("--municipality", action="append", default=[], metavar="NAME")
    measures.add_argument("--cohort", action="append", default=[], metavar="NAME")
    measures.add_argument("--family", choices=FAMILIES)
    measures.add_argument("--json", action="store_true", help=translator("cli.json_help"))
    report = add("report", make_report)
    report.add_argument("--practice", required=True, metavar="ID")
    report.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.pptx")
    add("sample", load_sample)
    add("dashboard", open_dashboard).add_argument("--port", type=int, metavar="N", help=translator("cli.port_help"))
    return parser


def check(_options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Validate the definitions and print what they hold."""
    library = load_library(settings.definitions)
    _print(translator.plural("cli.check_practices", len(library.practices)))
    for practice in library.practices.values():
        places = ", ".join(practice.municipalities)
        _print(f"  {practice.id:<20} {translator.label(practice.name.root)} ({places})")
    _print(translator.plural("cli.check_municipalities", len(library.municipalities)))
    _print(translator.plural("cli.check_questionnaires", len(library.questionnaires)))
    for form in library.questionnaires:
        items = translator.plural("cli.check_items", len(form.items))
        _print(f"  {form.id:<20} v{form.version}  {translator.label(form.title.root)} ({items})")
    _print(translator.plural("cli.check_scales", len(library.scales)))
    _print(translator("cli.check_languages", languages=", ".join(languages())))
    return DONE


def make_template(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Write the entry template of one questionnaire of one practice."""
    from evaluation.forms import entry_template

    library = load_library(settings.definitions)
    practice = library.practices[_known(options.practice, library.practices, translator)]
    asked = _known(options.questionnaire, library.questionnaire_ids, translator)
    form = library.questionnaire(asked)
    content = entry_template(library, form, practice, translator.language, options.cohort)
    options.output.write_bytes(content)
    _print(translator("cli.written", file=options.output))
    return DONE


def import_files(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Read files and save their rows; with ``--dry-run`` only say what would happen."""
    from evaluation.intake import Given, read_draft
    from evaluation.store import open_store

    library = load_library(settings.definitions)
    given = Given(
        practice=options.practice and _known(options.practice, library.practices, translator),
        municipality=options.municipality and _known(options.municipality, library.municipalities, translator),
        cohort=options.cohort,
        questionnaire=options.questionnaire and _known(options.questionnaire, library.questionnaire_ids, translator),
    )
    contents = [(path.name, path.read_bytes()) for path in options.files]
    drafts = [read_draft(content, name, library, given) for name, content in contents]
    store = open_store(settings.database)
    receipts = [store.preview(draft) if options.dry_run else store.accept(draft) for draft in drafts]
    if options.json:
        _print(_json({"files": [receipt.to_dict(translator) for receipt in receipts]}))
    else:
        for receipt in receipts:
            _print_receipt(receipt, options.dry_run, translator)
    if not any(draft.readable for draft in drafts):
        return REFUSED
    unread = any(not draft.readable for draft in drafts)
    return SOME_REJECTED if unread or any(receipt.rejected for receipt in receipts) else DONE


def _print_receipt(receipt: Receipt, dry_run: bool, translator: Translator) -> None:
    _print(
        translator(
            "cli.dry_receipt" if dry_run else "cli.receipt",
            file=receipt.file,
            rows=receipt.rows,
            accepted=receipt.accepted,
            rejected=receipt.rejected,
            duplicates=receipt.duplicates,
        )
    )
    for problem in receipt.problems:
        kind = f"[{translator(f'common.severity_{problem.severity}')}]"
        place = " ".join(part for part in (kind, problem.sheet, problem.cell) if part)
        _print(f"  {place}: {problem.message(translator)}")


def list_imports(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """List the accepted imports, the newest last."""
    from evaluation.store import open_store

    records = open_store(settings.database).imports()
    if options.json:
        _print(_json({"imports": [record.to_dict() for record in records]}))
        return DONE
    if not records:
        _print(translator("cli.no_imports"))
    for record in records:
        _print(
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
    _print(translator.plural("cli.undone", removed, import_id=options.import_id))
    return DONE


def print_measures(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Print the published tables, one object a row."""
    from evaluation.measures import Policy, publish
    from evaluation.store import Selection, open_store

    library = load_library(settings.definitions)
    selection = Selection(
        practices=tuple(_known(name, library.practices, translator) for name in options.practice),
        municipalities=tuple(_known(name, library.municipalities, translator) for name in options.municipality),
        cohorts=tuple(options.cohort),
    )
    evidence = publish(open_store(settings.database), library, selection, Policy(settings.threshold))
    rows = [row for row in evidence.rows() if options.family in (None, row["family"])]
    if options.json:
        _print(_json(rows))
    else:
        _print_rows(rows, library, translator)
    return DONE


def _print_rows(rows: list[dict[str, object]], library: Library, translator: Translator) -> None:
    from evaluation.charts import Words

    words = Words(library, translator)
    for row in rows:
        _print(words.row_line(row))
    if not rows:
        _print(translator("cli.no_measures"))


def make_report(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Write the slides of one practice."""
    from evaluation.measures import Policy, publish
    from evaluation.reports import slides
    from evaluation.store import Selection, open_store

    library = load_library(settings.definitions)
    practice = _known(options.practice, library.practices, translator)
    if options.output.suffix.lower() != ".pptx":
        raise UserError(translator("cli.only_pptx", file=options.output))
    store = open_store(settings.database)
    evidence = publish(store, library, Selection(practices=(practice,)), Policy(settings.threshold))
    contents = store.contents()
    own = contents[contents["practice"] == practice]
    if own.empty:
        raise UserError(translator("cli.no_answers", practice=translator.label(library.practices[practice].name.root)))
    options.output.write_bytes(slides(evidence, library, practice, translator, bool(own["synthetic"].any())))
    _print(translator("cli.written", file=options.output))
    return DONE


def load_sample(_options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Load the synthetic sample data into the database."""
    from evaluation.samples import load_samples
    from evaluation.store import open_store

    receipts = load_samples(open_store(settings.database), load_library(settings.definitions))
    rows = sum(receipt.accepted for receipt in receipts)
    _print(translator("cli.sample_loaded", files=len(receipts), rows=translator.number(rows)))
    return DONE


def open_dashboard(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Serve the dashboard on this machine until it is stopped."""
    load_library(settings.definitions)
    environment = os.environ | {"EVALUATION_DATABASE": settings.database, "EVALUATION_LANGUAGE": translator.language}
    if settings.definitions:
        environment["EVALUATION_DEFINITIONS"] = str(settings.definitions.resolve())
    command = [sys.executable, "-m", "streamlit", "run", "app.py"]
    if options.port:
        command.append(f"--server.port={options.port}")
    try:
        # Streamlit reads its settings from the folder it is started in.
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return DONE


def _known(name: str, known: Iterable[str], translator: Translator) -> str:
    """Return ``name`` if it is among ``known``; raise UserError naming the nearest one otherwise."""
    from rapidfuzz import process

    names = list(known)
    if name in names:
        return name
    nearest, *_ = process.extractOne(name, names)
    raise UserError(translator("cli.unknown_name", name=name, nearest=nearest, all=", ".join(names)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")


def _complain(*lines: str) -> None:
    sys.stderr.write("\n".join(lines) + "\n")
