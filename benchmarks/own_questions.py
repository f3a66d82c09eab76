"""Proposes the questions of every survey export in a folder, reads the files by the proposals, and compares counts.

    python benchmarks/own_questions.py FOLDER

FOLDER holds spreadsheets and, if counts are to be compared, a TRUTH.json: by file, ``columns`` by their letters, each
with ``counts`` of its cells. A row is printed for every file: its columns, those of which nothing is asked, how often
something is asked (once for all columns that one answer settles), the columns for which no answer of their own is
needed, the scales among them, and of how many columns the counts are those of TRUTH.json; a line below names each that
differs.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from evaluation.definitions import Library, load_library
from evaluation.intake import FileSettings, draft_of, open_file
from evaluation.intake.folding import fold
from evaluation.intake.values import ScaleReader
from evaluation.own_questions import own_file, with_files
from evaluation.proposals import propose_columns
from evaluation.proposals.ask_choices import asked_together
from evaluation.proposals.new_definitions import Destination, define
from evaluation.proposals.proposed_columns import ProposedColumn
from evaluation.records import Draft

SUFFIXES = (".csv", ".xlsx", ".ods", ".xls")


def main(folder: Path) -> None:
    """Print the table for all files of ``folder``."""
    truth_file = folder / "TRUTH.json"
    truth = json.loads(truth_file.read_text(encoding="utf-8")) if truth_file.exists() else {}
    library = load_library()
    print(f"{'file':44} {'columns':>7} {'asks nothing':>13} {'asked':>5} {'without':>8} {'scales':>6} {'counts':>8}")
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in SUFFIXES:
            _print_file(path, truth.get(path.name, {}), library)


def _print_file(path: Path, truth: Mapping[str, Any], library: Library) -> None:
    opened = open_file(path.read_bytes(), path.name)
    if opened.workbook is None:
        print(f"{path.name[:44]:44} cannot be read")
        return
    columns = propose_columns(opened.workbook, library, path.name)
    clear = sum(not column.ask for column in columns)
    scales = sum(column.kind == "scale" for column in columns)
    differing = _differing(path, columns, truth.get("columns", {}), library)
    compared = sum(reason is not None for reason in differing.values())
    equal = sum(reason == "" for reason in differing.values())
    share = f"{clear} ({clear / max(len(columns), 1):.0%})"
    asked = len(asked_together(columns))
    without = f"{1 - asked / max(len(columns), 1):.0%}"
    shares = f"{len(columns):>7} {share:>13} {asked:>5} {without:>8}"
    print(f"{path.name[:44]:44} {shares} {scales:>6} {f'{equal}/{compared}':>8}")
    for letter, reason in differing.items():
        if reason:
            print(f"    {letter}: {reason}")


def _differing(
    path: Path, columns: tuple[ProposedColumn, ...], truth: Mapping[str, Any], library: Library
) -> dict[str, str | None]:
    """Return by column of ``truth`` why its counts differ: "" where they are equal, None for no question of figures."""
    opened = open_file(path.read_bytes(), path.name)
    draft = draft_of(opened, library, FileSettings())
    file = own_file(opened, draft, library, {})
    questions = file.questions({})
    there = with_files(Destination(name=path.stem, municipalities=("Akaa",)), [(draft, file)], library)
    by_letter = {re.sub(r"\d+$", "", column.cell): column for column in columns}
    result: dict[str, str | None] = {}
    if questions:
        made = define(questions, there, library, "fi", str)
        laid = made.over(library)
        settings = file.instructions(made, FileSettings(municipality="Akaa"), laid)
        draft = draft_of(opened, laid, settings)
    for letter, told in truth.items():
        column = by_letter.get(letter)
        if column is None or column.kind != "scale" or not questions:
            result[letter] = None
            continue
        result[letter] = _difference(draft, laid, made.items.get(fold(column.heading), ""), column, told["counts"])
    return result


def _difference(draft: Draft, library: Library, item: str, column: ProposedColumn, counts: Mapping[str, int]) -> str:
    """Return how the stored answers to an item differ from the cells of its column; "" where they do not."""
    if item not in library.items or column.scale is None:
        return f"not read: {column.heading[:60]}"
    answers = draft.answers[draft.answers["item"] == item]
    scale = library.scale_of(library.items[item])
    if scale is None:
        return "no scale"
    reader = ScaleReader(scale)
    codes = {str(step.code): code for step, code in zip(column.scale.steps, scale.codes, strict=False)}
    stored = Counter(int(code) for code in answers["value"])
    wanted: Counter[int | None] = Counter()
    for text, number in counts.items():
        plain = text.strip().removesuffix(".0")
        wanted[codes[plain] if plain in codes else reader.read(text).value] += number
    if stored == wanted:
        return ""
    return f"{column.heading[:40]}: stored {sorted(stored.items())}, in the file {dict(wanted)}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
