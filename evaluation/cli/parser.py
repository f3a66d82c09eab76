"""The arguments of the command line, and the running of one command."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from evaluation.cli.database_commands import (
    add_audit_arguments,
    add_sample_arguments,
    copy_database,
    delete_everything,
    list_imports,
    make_sample,
    print_trail,
    restore_backup,
    save_backup,
    tell_health,
    undo_import,
)
from evaluation.cli.definition_commands import check, make_forms, make_template, write_schema
from evaluation.cli.import_command import add_import_arguments, import_files
from evaluation.cli.measures_command import add_measures_arguments, print_measures
from evaluation.cli.output import REFUSED, UserError, complain, file_refused
from evaluation.cli.personal_data_commands import (
    add_retire_arguments,
    add_search_arguments,
    find_code,
    forget_code,
    retire_old,
)
from evaluation.cli.propose_command import add_propose_arguments, propose
from evaluation.cli.report_commands import add_report_arguments, make_package, make_report
from evaluation.cli.roll_up import add_roll_up_arguments, export_parquet, roll_up
from evaluation.cli.serving import add_dashboard_arguments, open_dashboard
from evaluation.definitions import DefinitionsRefused
from evaluation.i18n import Translator, languages
from evaluation.logs import keep_values_out
from evaluation.settings import SettingRefused, Settings, preferred_language

Command = Callable[[argparse.Namespace, Settings, Translator], int]


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 some rows rejected, 2 refused."""
    from evaluation.store import StoreError

    keep_values_out()
    translator = Translator(preferred_language())
    options = _parser(translator).parse_args(arguments)
    try:
        settings = Settings.from_environment(database=options.database, definitions=options.definitions)
        translator = Translator(options.lang or settings.language)
        command: Command = options.command
        return command(options, settings, translator)
    except DefinitionsRefused as refused:
        complain(*(problem.message(translator) for problem in refused.problems))
    except (SettingRefused, StoreError) as refused:
        complain(translator(refused.key, **refused.values))
    except UserError as error:
        complain(str(error))
    except BrokenPipeError:
        # Whoever read the output has had enough (``| head``). Python's last flush would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except OSError as error:
        complain(file_refused(error, translator))
    return REFUSED


def _parser(translator: Translator) -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--definitions", metavar="DIR", help=translator("cli.definitions_help"))
    shared.add_argument("--database", metavar="URL", help=translator("cli.database_help"))
    shared.add_argument("--lang", choices=languages(), help=translator("cli.lang_help"))
    parser = argparse.ArgumentParser(prog="evaluation", description=translator("cli.description"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command) -> argparse.ArgumentParser:
        text = translator(f"cli.{name.replace('-', '_')}_help")
        child = commands.add_parser(name, parents=[shared], help=text, description=text)
        child.set_defaults(command=command)
        return child

    checked = add("check", check)
    checked.add_argument("--publish", action="store_true", help=translator("cli.publish_help"))
    add("schema", write_schema).add_argument("-o", "--output", required=True, type=Path, metavar="FILE.json")
    template = add("template", make_template)
    template.add_argument("--practice", required=True, metavar="ID")
    template.add_argument("--questionnaire", required=True, metavar="ID")
    template.add_argument("--cohort", metavar="NAME")
    template.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.xlsx")
    forms = add("forms", make_forms)
    forms.add_argument("--practice", required=True, metavar="ID")
    forms.add_argument("--cohort", metavar="NAME")
    forms.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.zip")
    add_import_arguments(add("import", import_files), translator)
    add_propose_arguments(add("propose", propose), translator)
    add("imports", list_imports).add_argument("--json", action="store_true", help=translator("cli.json_help"))
    add("undo", undo_import).add_argument("import_id", type=int, metavar="IMPORT_ID")
    add_measures_arguments(add("measures", print_measures), translator)
    add_report_arguments(add("report", make_report), translator)
    package = add("package", make_package)
    package.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.zip")
    package.add_argument("--with-answers", type=Path, metavar="FILE.parquet", help=translator("cli.with_answers_help"))
    add("health", tell_health).add_argument("--json", action="store_true", help=translator("cli.json_help"))
    add_audit_arguments(add("audit", print_trail), translator)
    add_sample_arguments(add("sample", make_sample), translator)
    add("backup", save_backup).add_argument("-o", "--output", required=True, type=Path, metavar="FILE.zip")
    restore = add("restore", restore_backup)
    restore.add_argument("file", type=Path, metavar="FILE.zip")
    copy = add("copy", copy_database)
    copy.add_argument("--from", dest="source", required=True, metavar="URL", help=translator("cli.copy_from_help"))
    copy.add_argument("--to", dest="target", required=True, metavar="URL", help=translator("cli.copy_to_help"))
    copy.add_argument("--replace", action="store_true", help=translator("cli.copy_replace_help"))
    add_search_arguments(add("find-code", find_code), translator)
    forget = add("forget", forget_code)
    forget.add_argument("code", metavar="CODE")
    for name, metavar in (("practice", "ID"), ("municipality", "NAME"), ("cohort", "NAME")):
        forget.add_argument(f"--{name}", metavar=metavar)
    retire, export = add("retire", retire_old), add("export-parquet", export_parquet)
    add_retire_arguments(retire, translator)
    add_roll_up_arguments(export, add("roll-up", roll_up), translator)
    for child in (restore, copy, forget, retire, package, export, add("delete-everything", delete_everything)):
        child.add_argument("--yes", action="store_true", help=translator("cli.yes_help"))
    add_dashboard_arguments(add("dashboard", open_dashboard), translator)
    return parser
