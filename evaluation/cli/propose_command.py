"""The command propose: every column of a file as a question of one's own, before anything is defined or saved."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

from evaluation.cli.command import Command
from evaluation.cli.definitions_in_use import library_of
from evaluation.cli.import_command import TIMES
from evaluation.cli.output import DONE, UserError, read_file, show, show_json
from evaluation.i18n import Translator
from evaluation.proposals import ProposedColumn, ProposedScale, propose_columns
from evaluation.proposals.ask_choices import asked_with
from evaluation.settings import Settings


def add_propose_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help=translator("cli.json_help"))
    parser.add_argument("-o", "--output", type=Path, metavar="DIR", help=translator("cli.propose_folder_help"))
    parser.add_argument("--practice", metavar="NAME")
    parser.add_argument("--municipality", metavar="NAME")
    parser.add_argument("--type", metavar="ID", help=translator("cli.type_help"))
    parser.add_argument("--timing", choices=TIMES, help=translator("cli.timing_help"))


def propose(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Print what each column of a file asks, in which scale, and what only the worker can tell.

    With ``-o`` the proposal is written as definition files, each question that asks something marked so; nothing is
    saved.
    """
    from evaluation.spreadsheets import Unreadable, read_workbook

    library = library_of(settings, translator)
    try:
        workbook = read_workbook(read_file(options.file), options.file.name)
    except Unreadable as unreadable:
        message = translator(f"problems.{unreadable.code}", file=options.file.name, **unreadable.values)
        raise UserError(message) from unreadable
    columns = propose_columns(workbook, library, options.file.name)
    if options.output is not None:
        from evaluation.cli.questions_of_files import write_definitions

        files = write_definitions(columns, options, library, translator)
        show(translator.plural("cli.definitions_written", len(files), folder=options.output))
        return DONE
    if options.json:
        show_json({"columns": _as_json(columns)})
        return DONE
    if not columns:
        show(translator("proposals.no_table", file=options.file.name))
    first = asked_with(columns)
    for place, column in enumerate(columns):
        before = columns[first[place]] if first.get(place, place) != place else None
        show(_line(column, before, translator))
    return DONE


def _as_json(columns: Sequence[ProposedColumn]) -> list[dict[str, object]]:
    """Return the proposals; "asked_with" is the cell of the first column that one answer settles together with it."""
    first = asked_with(columns)
    result = []
    for place, column in enumerate(columns):
        # What stands in the column is the respondents' own.
        plain = {name: value for name, value in asdict(replace(column, contents={})).items() if name != "contents"}
        together = columns[first[place]].cell if place in first else None
        scale = _scale_as_json(column.scale) if column.scale else None
        result.append({**plain, "scale": scale, "asked_with": together})
    return result


def _scale_as_json(scale: ProposedScale) -> dict[str, object]:
    def step(code: int, label: str, answer_class: str) -> dict[str, object]:
        return {"code": code, "label": label, "class": None if answer_class == "none" else answer_class}

    return {
        "id": scale.id,
        "values": [step(value.code, value.label, value.answer_class) for value in scale.steps],
        "better": scale.better,
        "outside": [step(value.code, value.label, value.answer_class) for value in scale.outside],
    }


def _line(column: ProposedColumn, before: ProposedColumn | None, translator: Translator) -> str:
    """Return one line of text: where the column stands, what it asks, its answers in order, and what is asked.

    ``before`` is the column with which it is asked together.
    """
    parts = [translator(f"proposals.kind_{column.kind}")]
    if column.scale is not None:
        answers = " < ".join(step.label for step in column.scale.steps)
        parts.append(f"{answers} ({translator(f'proposals.better_{column.scale.better}')})")
    elif column.options:
        parts.append(" | ".join(column.options))
    line = f"{column.sheet} {column.cell} {column.heading}: {', '.join(parts)}"
    if before is not None:
        return f"{line}\n    ? {translator('proposals.asked_with', place=f'{before.sheet} {before.cell}')}"
    return line + "".join(f"\n    ? {translator(f'proposals.ask_{ask}')}" for ask in column.ask)


COMMANDS = {"propose": Command(propose, add_propose_arguments)}
