"""Commands about definitions and the forms made of them: check, schema, template, forms."""

import argparse
import json
from pathlib import Path

from evaluation.bundled_files import QUESTIONNAIRES
from evaluation.cli.command import Command
from evaluation.cli.definitions_in_use import inspection, library_of
from evaluation.cli.output import DONE, SOME_REJECTED, UserError, complain, known, known_municipality, show, write_file
from evaluation.definitions import Library, Practice
from evaluation.definitions.questionnaire_lock import read_lock, write_lock
from evaluation.i18n import Translator, languages
from evaluation.settings import Settings


def add_check_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add what ``check`` can be asked for."""
    parser.add_argument("--publish", action="store_true", help=translator("cli.publish_help"))


def check(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Print what the definitions hold, what is broken and left out, and what could be better.

    Returns 1 where anything is broken.
    """
    inspected = inspection(settings)
    library = inspected.library
    show(translator.plural("cli.check_practices", len(library.practices)))
    for practice in library.practices.values():
        places = ", ".join(practice.municipalities)
        show(f"  {practice.id:<20} {translator.label(practice.name.root)} ({places})")
    show(translator.plural("cli.check_municipalities", len(library.municipalities)))
    show(translator.plural("cli.check_questionnaires", len(library.questionnaires)))
    for form in library.questionnaires:
        items = translator.plural("cli.check_items", len(form.items))
        show(f"  {form.id:<20} v{form.version}  {translator.label(form.title.root)} ({items})")
    show(translator.plural("cli.check_scales", len(library.scales)))
    lacking = [
        str(problem.values["languages"]) for problem in inspected.advice if problem.code == "missing_translation"
    ]
    whole = [language for language in languages() if language not in ", ".join(lacking).split(", ")]
    show(translator("cli.check_languages", languages=", ".join(whole) or "–"))
    if not inspected.faults:
        show(translator("cli.check_in_order"))
    show(translator.plural("cli.check_odd", len(inspected.advice)))
    for problem in inspected.advice:
        show(f"  {problem.message(translator)}")
    if inspected.faults:
        complain(translator.plural("definitions.left_out", len(inspected.faults)))
        complain(*(f"  {problem.message(translator)}" for problem in inspected.faults))
        return SOME_REJECTED
    if options.publish:
        folder = settings.definitions or QUESTIONNAIRES
        new = write_lock(library, folder, {**read_lock(QUESTIONNAIRES), **read_lock(folder)})
        show(translator.plural("cli.published", len(new)))
    return DONE


def add_schema_arguments(parser: argparse.ArgumentParser, _translator: Translator) -> None:
    """Add where the schema is written."""
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.json")


def write_schema(options: argparse.Namespace, _settings: Settings, translator: Translator) -> int:
    """Write the JSON Schema by which an editor checks definition files."""
    from evaluation.definitions.json_schema import definitions_schema

    write_file(options.output, (json.dumps(definitions_schema(), indent=2) + "\n").encode())
    show(translator("cli.written", file=options.output))
    return DONE


def add_template_arguments(parser: argparse.ArgumentParser, _translator: Translator) -> None:
    """Add which template is made."""
    parser.add_argument("--practice", required=True, metavar="ID")
    parser.add_argument("--questionnaire", required=True, metavar="ID")
    parser.add_argument("--municipality", metavar="NAME")
    parser.add_argument("--cohort", metavar="NAME")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.xlsx")


def make_template(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Write the entry template of one questionnaire of one practice."""
    from evaluation.forms import entry_template

    library = library_of(settings, translator)
    practice = _practice(options, library, translator)
    form = library.questionnaire(known(options.questionnaire, library.questionnaire_ids, translator))
    content = entry_template(library, form, practice, translator.language, options.cohort)
    write_file(options.output, content)
    show(translator("cli.written", file=options.output))
    return DONE


def _practice(options: argparse.Namespace, library: Library, translator: Translator) -> Practice:
    """Return the practice that the options name, in the municipality they name."""
    practice = library.practices[known(options.practice, library.practices, translator)]
    if not options.municipality:
        return practice
    return practice.in_municipality(known_municipality(options.municipality, library, translator))


def add_forms_arguments(parser: argparse.ArgumentParser, _translator: Translator) -> None:
    """Add of what forms are made."""
    parser.add_argument("--practice", required=True, metavar="ID")
    parser.add_argument("--municipality", metavar="NAME")
    parser.add_argument("--cohort", metavar="NAME")
    parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE.zip")


def make_forms(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Write every form of one practice, in every shape, as a zip."""
    from evaluation.forms import forms_zip

    library = library_of(settings, translator)
    practice = _practice(options, library, translator)
    if options.output.suffix.lower() != ".zip":
        raise UserError(translator("cli.only_zip", file=options.output))
    write_file(options.output, forms_zip(library, practice, translator.language, options.cohort))
    show(translator("cli.written", file=options.output))
    return DONE


COMMANDS = {
    "check": Command(check, add_check_arguments),
    "schema": Command(write_schema, add_schema_arguments),
    "template": Command(make_template, add_template_arguments),
    "forms": Command(make_forms, add_forms_arguments),
}
