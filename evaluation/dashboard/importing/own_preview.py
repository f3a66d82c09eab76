"""A look ahead at the charts of new questions: the answers in the worker's own file, added up."""

from collections.abc import Sequence
from typing import Any

from evaluation.findings import Words
from evaluation.proposals.new_questions import NewQuestion
from evaluation.proposals.step_counts import counts_of_options, counts_of_steps

_MOST_ROWS, _MOST_BARS = 6, 6
Shown = dict[str, Any]


def look_ahead(questions: Sequence[NewQuestion], words: Words) -> Shown:
    """Return what the charts will look like."""
    t = words.t
    rows = [row for question in questions if (row := _row_ahead(question, words)) is not None]
    return {"title": t("own.ahead"), "text": t("own.ahead_text"), "rows": rows[:_MOST_ROWS]}


def _row_ahead(question: NewQuestion, words: Words) -> Shown | None:
    column, t = question.column, words.t
    if column.kind == "scale" and column.scale is not None:
        counts = counts_of_steps(column)
        total = sum(counts)
        good = sum(
            number for step, number in zip(column.scale.steps, counts, strict=True) if step.answer_class == "favourable"
        )
        parts = [
            [step.label, number, step.answer_class] for step, number in zip(column.scale.steps, counts, strict=True)
        ]
        parts = parts if column.scale.better != "low" else parts[::-1]
        share = "" if column.scale.better == "none" else f"{t.number(good)} / {t.number(total)}"
        return {"short": column.short, "share": share, "parts": parts, "bars": []} if total else None
    if column.kind in ("choice", "choices", "background"):
        bars = [[option, number] for option, number in counts_of_options(column).items() if number][:_MOST_BARS]
        answered = t.plural("own.answered", sum(column.contents.values()))
        return {"short": column.short, "share": answered, "parts": [], "bars": bars} if bars else None
    return None
