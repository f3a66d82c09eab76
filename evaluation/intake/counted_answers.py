"""A table of counts → as many anonymous answers as the counts say, which are never matched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from evaluation.definitions import ONE_OPTION, Item, Library, Questionnaire
from evaluation.intake.context import Context, FileSettings
from evaluation.intake.gathering import MISSING
from evaluation.intake.label_sets import colliding
from evaluation.intake.parsing import Numbers, Parsed
from evaluation.intake.personal_data import show
from evaluation.intake.scale_rules import bare_label
from evaluation.intake.table import COUNTED, CountedItem, CountTable, TableField
from evaluation.intake.values import OptionReader, ScaleReader
from evaluation.records import Problem


@dataclass(frozen=True, eq=False)
class CountedAnswers:
    """What became of a counted table: its answers, the numbers of accepted and rejected questions, and problems."""

    parsed: Parsed
    accepted: int
    rejected: int
    problems: tuple[Problem, ...]


def can_be_counted(_field: TableField, item: Item) -> bool:
    """Tell whether somebody may have counted the answers to a question: those on a scale, and of one choice."""
    return item.kind in ("scale", *ONE_OPTION)


def read_counts(
    table: CountTable,
    targets: Mapping[int, Item],
    form: Questionnaire,
    context: Context,
    settings: FileSettings,
    library: Library,
) -> CountedAnswers:
    """Turn the counts of ``table`` into answers, question by question.

    Args:
        table: the table of counts.
        targets: the item of every known question of ``table`` by its number; the others become problems.
        form: the questionnaire that they answer.
        context: practice, municipality and cohort of all of them.
        settings: the worker's word on unknown answers.
        library: the definitions.

    Nobody knows any more which answers belong to one person. The answers of every question are distributed over forms
    from the first one on, so that there are as many forms as the most answered question has answers: no fewer people
    can have answered. The forms carry no code, so they are never matched with others.
    """
    problems = [Problem("notice", "counted_table", table.sheet.name)]
    columns: dict[str, list[int]] = {}
    rejected = 0
    for number, counted in enumerate(table.items):
        item = targets.get(number)
        answers, faults = _answers(table, counted, item, settings, library) if item else ([], [])
        problems += faults
        if item is None or faults:
            rejected += 1
        else:
            columns[item.id] = answers
    size = max(map(len, columns.values()), default=0)
    padded = {item: np.array([*codes, *[MISSING] * (size - len(codes))], np.int32) for item, codes in columns.items()}
    return CountedAnswers(_parsed(table, form, context, padded, size), len(columns), rejected, tuple(problems))


def _answers(
    table: CountTable, counted: CountedItem, item: Item, settings: FileSettings, library: Library
) -> tuple[list[int], list[Problem]]:
    sheet = table.sheet
    gaps: dict[str, object] = {"item": item.short.root}
    scale = library.scale_of(item)
    if scale is None:
        cell = sheet.address(counted.row, counted.column)
        return [], [Problem("error", "counted_without_scale", sheet.name, cell, show(counted.heading), gaps)]
    explained = {text: code for (item_id, text), code in settings.labels.items() if item_id == item.id}
    reader = OptionReader(item, scale, explained) if item.options else ScaleReader(scale, explained)
    answers: list[int] = []
    faults = []
    for label, count, row, column in counted.counts:
        read = reader.read(label)
        if read.value is not None:
            answers += [read.value] * count
        elif read.fault and count:
            cell = sheet.address(row, column)
            faults.append(Problem("error", read.fault, sheet.name, cell, show(label), {**gaps, **read.values}))
    codes = ((label, reader.read(label).value) for label, n, _, _ in counted.counts if n)
    labels = {
        bare_label(label): code
        for label, code in codes
        if code is not None and code in scale.codes and not re.search(r"\d", label)
    }
    alike = colliding(labels)
    if alike:
        cell, texts = sheet.address(counted.row, counted.column), ", ".join(alike)
        faults.append(
            Problem("error", "counted_labels_alike", sheet.name, cell, show(counted.heading), {"labels": texts})
        )
    return answers, faults


def _parsed(
    table: CountTable, form: Questionnaire, context: Context, answers: Mapping[str, Numbers], size: int
) -> Parsed:
    def all_rows(value: str | None) -> np.ndarray:
        return np.full(size, value, dtype=object)

    practice = context.practice.id if context.practice else None
    return Parsed(
        form=form,
        layout=COUNTED,
        sheet=table.sheet.name,
        rows=np.arange(size),
        practice=all_rows(practice),
        municipality=all_rows(context.municipality),
        cohort=all_rows(context.cohort),
        participant=all_rows(None),
        answered_on=all_rows(None),
        respondent=all_rows(None),
        answers=answers,
        texts={},
        marks=(),
    )
