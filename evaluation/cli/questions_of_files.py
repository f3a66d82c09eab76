"""Files with questions that nobody has defined, on the command line: what they become, and what must be said first."""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from evaluation.changed_questions import ChangedQuestion, changed_questions
from evaluation.cli.output import UserError, known, known_municipality, show, write_file
from evaluation.definitions import Library, Timing
from evaluation.definitions.definition_text import definition_text
from evaluation.i18n import Translator
from evaluation.intake import FileSettings, Opened, draft_of
from evaluation.intake.context import practice_named
from evaluation.own_questions import NEW_QUESTION, OwnFile, answers_of, own_file, with_files
from evaluation.proposals.ask_choices import asked_together, choices_of
from evaluation.proposals.corrections import Field, correction_key
from evaluation.proposals.new_definitions import Destination, NewDefinitions, define
from evaluation.proposals.new_questions import NewQuestion, new_questions
from evaluation.proposals.practice_types import type_of
from evaluation.proposals.proposed_columns import ProposedColumn
from evaluation.records import Draft
from evaluation.store import Store


@dataclass(frozen=True, eq=False)
class FilesOfQuestions:
    """The files that are read by definitions made from them: the library with these, and how each file is read."""

    made: NewDefinitions
    library: Library
    settings: Sequence[FileSettings]


def destination_of(options: argparse.Namespace, library: Library, translator: Translator) -> Destination:
    """Return the practice that is named: a defined one by its id or name, else a new one."""
    there = practice_named(options.practice, library) if options.practice else None
    places = (known_municipality(options.municipality, library, translator),) if options.municipality else ()
    timing = cast(Timing, options.timing or "once")
    if there is not None:
        return Destination(practice=there.id, municipalities=places, timing=timing)
    name = (options.practice or "").strip()
    kind = known(options.type, library.types, translator) if options.type else type_of(name)
    return Destination(name=name, municipalities=places, type=kind, timing=timing)


def files_of_questions(
    opened: Sequence[Opened],
    there: Destination,
    settings: FileSettings,
    library: Library,
    store: Store,
    translator: Translator,
) -> FilesOfQuestions | None:
    """Return how the files are read with their new questions; None where everything in them is defined.

    Args:
        opened: the files.
        there: the practice that asks the questions.
        settings: what is set for all files.
        library: what is defined.
        store: the database, with the definitions that it keeps.
        translator: the language of the questions.

    Raises UserError where the practice or its municipality is not named, and where something must be said of a
    question first: its cell, the question, and the line of a mapping file for every choice.
    """
    read = _read(opened, settings, there, library)
    made_forms = [document.id for document in store.definitions() if document.kind == "questionnaire"]
    changes = [
        change
        for draft, file in read
        for change in changed_questions(file, draft, library, made_forms, settings.columns)
    ]
    columns = [column for _, file in read for column in file.columns]
    questions = new_questions(columns, settings.decisions)
    if not (questions or changes or any(file.mixed and file.added_options(library) for _, file in read)):
        return None
    if there.practice is None and not (there.name and there.municipalities):
        raise UserError(translator("cli.new_practice_missing"))
    waiting = [question for question in questions if question.ask]
    if waiting or changes:
        _print_changes(changes, library, translator)
        _print_asked(waiting, translator)
        raise UserError(translator.plural("cli.questions_asked", len(waiting) + len(changes)))
    spent = store.spent_ids()
    made = define(
        questions, with_files(there, read, library), library, translator.language, translator, made_forms, spent
    )
    laid = made.over(library)
    town = there.municipalities[0] if there.municipalities else settings.municipality
    base = replace(settings, practice=None, municipality=town)
    return FilesOfQuestions(made, laid, [file.instructions(made, base, laid) for _, file in read])


def _read(
    opened: Sequence[Opened], settings: FileSettings, there: Destination, library: Library
) -> list[tuple[Draft, OwnFile]]:
    wanted = {key: None if target == NEW_QUESTION else target for key, target in settings.columns.items()}
    before = replace(settings, practice=there.practice, columns=wanted)
    drafts = [draft_of(file, library, before) for file in opened]
    pairs = list(zip(opened, drafts, strict=True))
    files = [own_file(file, draft, library, settings.columns) for file, draft in pairs]
    if sum(bool(file.columns) for file in files) > 1:
        beside = answers_of(files)
        files = [own_file(file, draft, library, settings.columns, beside) for file, draft in pairs]
    return list(zip(drafts, files, strict=True))


def _print_changes(changes: Sequence[ChangedQuestion], library: Library, translator: Translator) -> None:
    """Print which questions may be ones that were asked before, with the lines of a mapping file that say it."""
    for change in changes:
        place = f"{change.column.sheet} {change.column.cell}"
        question = translator(f"own.ask_{change.what}")
        show(f"  [{translator('cli.question')}] {place} {change.column.heading}: {question}")
        key = json.dumps(change.key, ensure_ascii=False)
        for target in sorted((*change.items, NEW_QUESTION), key=lambda item: item != change.likeliest):
            new = target == NEW_QUESTION
            text = "" if new else translator.label(library.items[target].text.root)
            stated = translator("own.new_question") if new else translator("own.same_question", text=text)
            likeliest = f" ({translator('cli.likeliest')})" if target == change.likeliest else ""
            show(f'    "columns": {{{key}: {json.dumps(target)}}}  {stated}{likeliest}')


def _print_asked(questions: Sequence[NewQuestion], translator: Translator) -> None:
    """Print what must be said of questions, with the lines of a mapping file that say it; once where it is alike."""
    for ask, places in asked_together([question.column for question in questions]):
        together = [questions[place] for place in places]
        for question in together:
            place = f"{question.column.sheet} {question.column.cell}"
            show(f"  [{translator('cli.question')}] {place} {question.heading}: {translator(f'proposals.ask_{ask}')}")
        keys = [correction_key(cast(Field, ask), question.heading) for question in together]
        for number, choice in enumerate(choices_of(ask, [question.column for question in together])):
            likeliest = "" if number else f" ({translator('cli.likeliest')})"
            stated = json.dumps(dict.fromkeys(keys, choice.value), ensure_ascii=False)[1:-1]
            show(f"    {stated}  {translator(choice.key, **choice.gaps)}{likeliest}")


def write_definitions(
    columns: Sequence[ProposedColumn], options: argparse.Namespace, library: Library, translator: Translator
) -> tuple[Path, ...]:
    """Write the definitions of the questions in ``columns`` into a folder; return the files.

    A practice whose name or place is not named is left out. What is still asked stands above a questionnaire.
    """
    there = destination_of(options, library, translator)
    named = there.practice is not None or bool(there.name and there.municipalities)
    if there.practice is None and not there.name:
        there = replace(there, name=options.file.stem)
    codes = any(column.kind == "code" for column in columns)
    questions = new_questions(columns, {})
    if not questions:
        raise UserError(translator("proposals.no_table", file=options.file.name))
    made = define(questions, replace(there, codes=codes), library, translator.language, translator)
    options.output.mkdir(parents=True, exist_ok=True)
    written = []
    for entry in made.entries:
        if entry.kind == "practice" and not named:
            continue
        open_questions = _asked_in(questions, translator) if entry.kind == "questionnaire" else ""
        version = f"_{entry.version}" if entry.version is not None else ""
        target = options.output / f"{entry.kind}_{entry.id}{version}.yaml"
        write_file(target, (open_questions + definition_text(entry.kind, entry.fields)).encode())
        written.append(target)
    return tuple(written)


def _asked_in(questions: Sequence[NewQuestion], translator: Translator) -> str:
    """Return what is still asked of questions as comments of a file."""
    return "".join(
        f"# {question.column.sheet} {question.column.cell} {question.heading}: {translator(f'proposals.ask_{ask}')}\n"
        for question in questions
        for ask in question.ask
    )
