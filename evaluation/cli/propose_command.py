"""The command propose: every column of a file as a question of one's own, before anything is defined or saved."""

import argparse
from dataclasses import asdict
from pathlib import Path

from evaluation.cli.command import Command
from evaluation.cli.definitions_in_use import library_of
from evaluation.cli.output import DONE, UserError, show, show_json
from evaluation.i18n import Translator
from evaluation.proposals import ProposedColumn, ProposedScale, propose_columns
from evaluation.settings import Settings


def add_propose_arguments(parser: argparse.ArgumentParser, translator: Translator) -> None:
    """Add the arguments of the command to its parser."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--json", action="store_true", help=translator("cli.json_help"))


def propose(options: argparse.Namespace, settings: Settings, translator: Translator) -> int:
    """Print what each column of a file asks, in which scale, and what only the worker can tell; save nothing."""
    from evaluation.spreadsheets import Unreadable, read_workbook

    library = library_of(settings, translator)
    try:
        workbook = read_workbook(options.file.read_bytes(), options.file.name)
    except Unreadable as unreadable:
        message = translator(f"problems.{unreadable.code}", file=options.file.name, **unreadable.values)
        raise UserError(message) from unreadable
    columns = propose_columns(workbook, library)
    if options.json:
        show_json({"columns": [_as_json(column) for column in columns]})
        return DONE
    if not columns:
        show(translator("proposals.no_table", file=options.file.name))
    for column in columns:
        show(_line(column, translator))
    return DONE


def _as_json(column: ProposedColumn) -> dict[str, object]:
    return {**asdict(column), "scale": _scale_as_json(column.scale) if column.scale else None}


def _scale_as_json(scale: ProposedScale) -> dict[str, object]:
    def step(code: int, label: str, answer_class: str) -> dict[str, object]:
        return {"code": code, "label": label, "class": None if answer_class == "none" else answer_class}

    return {
        "id": scale.id,
        "values": [step(value.code, value.label, value.answer_class) for value in scale.steps],
        "better": scale.better,
        "outside": [step(value.code, value.label, value.answer_class) for value in scale.outside],
    }


def _line(column: ProposedColumn, translator: Translator) -> str:
    """Return one line of text: where the column stands, what it asks, its answers in order, and what is asked."""
    parts = [translator(f"proposals.kind_{column.kind}")]
    if column.scale is not None:
        answers = " < ".join(step.label for step in column.scale.steps)
        parts.append(f"{answers} ({translator(f'proposals.better_{column.scale.better}')})")
    elif column.options:
        parts.append(" | ".join(column.options))
    line = f"{column.sheet} {column.cell} {column.heading}: {', '.join(parts)}"
    asks = "".join(f"\n    ? {translator(f'proposals.ask_{ask}')}" for ask in column.ask)
    return line + asks


COMMANDS = {"propose": Command(propose, add_propose_arguments)}
