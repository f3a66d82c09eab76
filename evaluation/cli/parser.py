"""The arguments of the command line, and the running of one command."""

import argparse
import os
import sys
from collections.abc import Collection, Mapping
from importlib import import_module

from evaluation import bootstrap
from evaluation.cli.command import Run
from evaluation.cli.console_encoding import fit_output
from evaluation.cli.output import REFUSED, UserError, complain, file_refused
from evaluation.i18n import Refused, Translator, languages
from evaluation.logs import keep_values_out
from evaluation.private_files import only_private
from evaluation.settings import Settings, preferred_language

# Each command and the module whose COMMANDS say what it takes and does. Only the module of the command that is given is
# imported, since the libraries of all of them together take longer to import than most commands take to run.
MODULES: Mapping[str, str] = {
    "check": "definition_commands",
    "schema": "definition_commands",
    "template": "definition_commands",
    "forms": "definition_commands",
    "definitions": "kept_definitions",
    "import": "import_command",
    "propose": "propose_command",
    "imports": "database_commands",
    "undo": "database_commands",
    "texts": "texts_command",
    "measures": "measures_command",
    "report": "report_commands",
    "package": "report_commands",
    "health": "database_commands",
    "audit": "database_commands",
    "sample": "sample_command",
    "backup": "database_commands",
    "restore": "database_commands",
    "copy": "database_commands",
    "find-code": "personal_data_commands",
    "forget": "personal_data_commands",
    "retire": "personal_data_commands",
    "export-parquet": "roll_up",
    "roll-up": "roll_up",
    "delete-everything": "database_commands",
    "dashboard": "serving",
}

# These run before anything else is imported (evaluation/__main__.py), so that they can install it.
SETTING_UP: Mapping[str, Run] = {
    "start": lambda _options, _settings, _translator: bootstrap.start([]),
    "test": lambda _options, _settings, _translator: bootstrap.test([]),
}


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 done, 1 some rows rejected, 2 refused."""
    keep_values_out()
    fit_output()
    words = sys.argv[1:] if arguments is None else arguments
    translator = Translator(preferred_language())
    options = command_parser(translator, words[:1]).parse_args(words)
    try:
        settings = Settings.from_environment(database=options.database, definitions=options.definitions)
        translator = Translator(options.lang or settings.language)
        with only_private():
            return int(options.run(options, settings, translator))
    except Refused as refused:
        complain(refused.message(translator))
    except UserError as error:
        complain(str(error))
    except BrokenPipeError:
        # Whoever read the output has had enough (``| head``). Python's own last flush would complain again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except OSError as error:
        complain(file_refused(error, translator))
    return REFUSED


def command_parser(translator: Translator, complete: Collection[str]) -> argparse.ArgumentParser:
    """Return the parser of the command line.

    Args:
        translator: the language of the help texts.
        complete: the commands whose own arguments are added; of the others the parser knows name and purpose.
    """
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--definitions", metavar="DIR", help=translator("cli.definitions_folder_help"))
    shared.add_argument("--database", metavar="URL", help=translator("cli.database_help"))
    shared.add_argument("--lang", choices=languages(), help=translator("cli.lang_help"))
    parser = argparse.ArgumentParser(prog="evaluation", description=translator("cli.description"))
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run in SETTING_UP.items():
        text = translator(f"cli.{name}_help")
        commands.add_parser(name, parents=[shared], help=text, description=text).set_defaults(run=run)
    for name, module in MODULES.items():
        text = translator(f"cli.{name.replace('-', '_')}_help")
        child = commands.add_parser(name, parents=[shared], help=text, description=text)
        if name in complete:
            command = import_module(f"evaluation.cli.{module}").COMMANDS[name]
            command.add_arguments(child, translator)
            child.set_defaults(run=command.run)
    return parser
