"""The command import: reads files, says what was understood, and saves it."""

import argparse
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from evaluation.cli.command import Command
from evaluation.cli.definitions_in_use import library_of
from evaluation.cli.output import (
    DONE,
    REFUSED,
    SOME_REJECTED,
    UserError,
    known,
    known_municipality,
    read_at_most,
    read_file,
    show,
    show_json,
    write_file,
)
from evaluation.definitions import Library, Timing
from evaluation.i18n import Refused, Translator
from evaluation.name_key import name_key
from evaluation.records import Draft, OpenQuestion, Receipt
from evaluation.settings import Settings

if TYPE_CHECKING:
    from evaluation.cli.questions_of_files import FilesOfQuestions
    from evaluation.store import Store

# A mapping of every heading and answer of a large file has a tenth of it.
MOST_MAPPING_MEGABYTES = 5
# When a form of new questions may be filled in.
TIMES = ("once", "visit", "start", "end")


@dataclass(frozen=True)
class MappingFile:
    """What a mapping file says: targets of headings, codes of answers, codes that mean another, rows to keep.

    ``timings`` and ``header_rows`` are as in FileSettings, ``decisions`` choices for open questions by their key.
    """

    columns: Mapping[str, str | None] = field(default_factory=dict)
    labels: Mapping[tuple[str, str], int | None] = field(default_factory=dict)
    same_codes: Mapping[str, str] = field(default_factory=dict)
    keep: frozenset[tuple[str, int]] = frozenset()
    decisions: Mapping[str, str] = field(default_factory=dict)
    timings: Mapping[str, str | None] = field(default_factory=dict)
    header_rows: Mapping[str, int] = field(default_factory=dict)


def add_import_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    for name, metavar in (("practice", "ID"), ("municipality", "NAME"), ("cohort", "NAME"), ("questionnaire", "ID")):
        parser.add_argument(f"--{name}", metavar=metavar)
    parser.add_argument("--new-questions", action="store_true", help=translator("cli.new_questions_help"))
    parser.add_argument("--type", metavar="ID", help=translator("cli.type_help"))
    parser.add_argument("--timing", choices=TIMES, help=translator("cli.timing_help"))
    parser.add_argument("--date", type=date.fromisoformat, metavar="YYYY-MM-DD", help=translator("cli.date_help"))
    parser.add_argument("--dates", choices=("dm", "md"), help=translator("cli.dates_help"))
    parser.add_argument("--ignore-case", action="store_true", help=translator("cli.ignore_case_help"))
    parser.add_argument("--skip-hidden", action="store_true", help=translator("cli.skip_hidden_help"))
    parser.add_argument("--mapping", type=Path, metavar="FILE.json", help=translator("cli.mapping_help"))
    parser.add_argument("--comments", type=Path, metavar="DIR", help=translator("cli.comments_help"))
    parser.add_argument("--dry-run", action="store_true", help=translator("cli.dry_run_help"))
    parser.add_argument("--json", action="store_true", help=translator("cli.json_help"))


def import_files(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Read files and save their rows; with ``--dry-run`` only report what would happen."""
    from evaluation.importing import remember, understand
    from evaluation.intake import FileSettings, commented, open_file
    from evaluation.intake.participant_columns import MAKE_CODES
    from evaluation.measures import Policy, unit_decision
    from evaluation.store import open_store

    library = library_of(settings, translator)
    mapping = _read_mapping(options.mapping, library, translator)
    instructions = FileSettings(
        practice=None
        if options.new_questions
        else options.practice and known(options.practice, library.practices, translator),
        municipality=options.municipality and known_municipality(options.municipality, library, translator),
        cohort=options.cohort,
        questionnaire=options.questionnaire and known(options.questionnaire, library.questionnaire_ids, translator),
        day=options.date,
        columns=mapping.columns,
        labels=mapping.labels,
        date_order=options.dates,
        same_codes=mapping.same_codes,
        hidden_rows=not options.skip_hidden,
        decisions=mapping.decisions,
        timings=mapping.timings,
        header_rows=mapping.header_rows,
        name_key=name_key(settings.database) if MAKE_CODES in mapping.decisions.values() else b"",
    )
    contents = [(path, read_file(path)) for path in options.files]
    if options.comments:
        # Before anything is saved: what cannot be commented on is not half done.
        options.comments.mkdir(parents=True, exist_ok=True)
    store = open_store(settings.database)
    opened = [open_file(content, path.name) for path, content in contents]
    new = None
    if options.new_questions:
        from evaluation.cli.questions_of_files import destination_of, files_of_questions

        there = destination_of(options, library, translator)
        new = files_of_questions(opened, there, instructions, library, store, translator)
        instructions = replace(instructions, practice=there.practice)
    policy = Policy(settings.threshold)
    if not options.dry_run:
        store.decide_units(unit_decision(library, policy))
    done: list[tuple[Draft, Receipt]] = []
    try:
        for number, (path, content) in enumerate(contents):
            file_settings, defined = (new.settings[number], new.library) if new else (instructions, library)
            draft, used = understand(opened[number], store, defined, file_settings)
            # Files that come together are put into publication units together.
            decision = unit_decision(defined, policy) if number == len(contents) - 1 else None
            if options.dry_run:
                receipt = store.preview(draft, mapping.keep)
            else:
                receipt = store.accept(draft, mapping.keep, decision=decision)
            done.append((draft, receipt))
            if receipt.import_id is not None and not options.dry_run:
                remember(store, draft, used)
                if new is not None and sum(receipt.import_id is not None for _, receipt in done) == 1:
                    _define(new, store, settings, receipt.import_id)
            if options.comments and receipt.problems:
                target = options.comments / f"{path.stem}_{translator('cli.comments_suffix')}.xlsx"
                write_file(target, commented(content, path.name, receipt.problems, translator))
    finally:
        # What is saved is printed also where a later file meets a full disk or a database that is away.
        if done:
            _print_receipts(done, options, translator)
    return _exit_code(done)


def _exit_code(done: list[tuple[Draft, Receipt]]) -> int:
    """Return whether all was saved, some was, or nothing could be read."""
    if not any(draft.readable for draft, _ in done):
        return REFUSED
    unread = any(not draft.readable for draft, _ in done)
    return SOME_REJECTED if unread or any(receipt.rejected for _, receipt in done) else DONE


def _define(new: "FilesOfQuestions", store: "Store", settings: Settings, import_id: int) -> None:
    """Save the new questions with the import they came with; where that cannot be, the import is undone."""
    from evaluation.own_definitions import DefinitionDraft, save_drafts

    drafts = [DefinitionDraft(entry.kind, entry.fields) for entry in new.made.entries]
    try:
        save_drafts(store, settings.definitions, drafts, import_id)
    except Refused:
        store.undo(import_id)
        raise


def _print_receipts(done: list[tuple[Draft, Receipt]], options: argparse.Namespace, translator: Translator) -> None:
    if options.json:
        show_json({"files": [receipt.to_dict(translator) | _recognised(draft) for draft, receipt in done]})
        return
    for _, receipt in done:
        _print_receipt(receipt, options.dry_run, translator)


def _recognised(draft: Draft) -> dict[str, Any]:
    """Return what the columns were recognised as and which answers are unknown, as plain values for JSON."""
    return {
        "columns": [
            {
                "sheet": match.sheet,
                "cell": match.cell,
                "heading": match.heading,
                "target": match.target,
                "how": match.how,
                "score": round(match.score, 2),
                "alternatives": list(match.alternatives),
                "kind": match.kind,
                "key": match.key,
                "timing": match.timing,
                "part": match.part,
            }
            for match in draft.columns
        ],
        "unknown_answers": [
            {
                "sheet": answer.sheet,
                "cell": answer.cell,
                "item": answer.item,
                "answer": answer.text,
                "rows": answer.rows,
                "suggestion": answer.suggestion,
            }
            for answer in draft.unknown_answers
        ],
    }


def _print_receipt(receipt: Receipt, dry_run: bool, translator: Translator) -> None:
    show(
        translator(
            "cli.dry_receipt" if dry_run else "cli.receipt",
            file=receipt.file,
            rows=receipt.rows,
            accepted=receipt.accepted,
            rejected=receipt.rejected,
            duplicates=receipt.duplicates,
            set_aside=receipt.set_aside,
        )
    )
    for pair in receipt.pairs:
        show(f"  {pair.message(translator)}")
    for problem in receipt.problems:
        kind = f"[{translator(f'common.severity_{problem.severity}')}]"
        place = " ".join(part for part in (kind, problem.sheet, problem.cell) if part)
        show(f"  {place}: {problem.message(translator)}")
    for question in receipt.questions:
        if question.decision is None:
            _print_question(question, translator)


def _print_question(question: OpenQuestion, translator: Translator) -> None:
    """Print an open question, with the line of a mapping file that makes every choice."""
    place = " ".join(part for part in (f"[{translator('cli.question')}]", question.sheet, question.cell) if part)
    show(f"  {place}: {question.message(translator)}")
    for choice in question.choices:
        likeliest = f" ({translator('cli.likeliest')})" if choice.id == question.suggested else ""
        show(
            f"    {json.dumps(question.key, ensure_ascii=False)}: "
            f"{json.dumps(choice.id, ensure_ascii=False)}  {question.choice_text(choice, translator)}{likeliest}"
        )


def _read_mapping(path: Path | None, library: Library, translator: Translator) -> MappingFile:
    """Read a mapping file; raise UserError where it is not of the form that the manual gives."""
    from evaluation.intake.column_keys import part_key
    from evaluation.intake.folding import fold
    from evaluation.intake.form_parts import LEAVE_OUT
    from evaluation.intake.matching import SYSTEM_TARGETS
    from evaluation.own_questions import NEW_QUESTION

    if path is None:
        return MappingFile()
    content = read_at_most(path, MOST_MAPPING_MEGABYTES * 1_000_000)
    if len(content) > MOST_MAPPING_MEGABYTES * 1_000_000:
        raise UserError(translator("cli.mapping_too_large", file=path, most=MOST_MAPPING_MEGABYTES))
    try:
        raw = json.loads(content.decode("utf-8"))
        columns = {fold(heading): target for heading, target in raw.get("columns", {}).items()}
        labels = {
            (item, fold(text)): code
            for item, answers in raw.get("answers", {}).items()
            for text, code in answers.items()
        }
        keep = frozenset((str(sheet), int(row)) for sheet, row in raw.get("keep", []))
        same = {str(code): str(meant) for code, meant in raw.get("same_codes", {}).items()}
        decisions = {str(key): str(choice) for key, choice in raw.get("decisions", {}).items()}
        timings = {part_key(key): timing for key, timing in raw.get("timings", {}).items()}
        header_rows = {str(sheet): int(row) for sheet, row in raw.get("header_rows", {}).items()}
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise UserError(translator("cli.mapping_refused", file=path, **place)) from error
    except (ValueError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise UserError(translator("cli.mapping_otherwise", file=path)) from error
    for target in {*columns.values(), *(item for item, _ in labels)} - {None}:
        known(str(target), [*library.items, *SYSTEM_TARGETS, NEW_QUESTION], translator)
    for timing in set(timings.values()) - {LEAVE_OUT, None}:
        known(str(timing), get_args(Timing), translator)
    for (item, text), code in labels.items():
        _check_code(item, text, code, library, translator)
    return MappingFile(columns, labels, same, keep, decisions, timings, header_rows)


def _check_code(item: str, text: str, code: object, library: Library, translator: Translator) -> None:
    """Raise UserError for a code that is not on the scale of ``item``; None means that the text is no answer."""
    scale = library.allowed_answers(library.items[item]) if item in library.items else None
    codes = (*scale.codes, *scale.outside_codes) if scale else ()
    if code is not None and (type(code) is not int or code not in codes):
        allowed = ", ".join(map(str, codes)) or "–"
        raise UserError(translator("cli.mapping_code", item=item, answer=text, code=code, allowed=allowed))


COMMANDS = {"import": Command(import_files, add_import_arguments)}
