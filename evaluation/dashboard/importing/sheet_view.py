"""The picture of a worker's sheet in the reader's words: what its columns and its cells became."""

from collections.abc import Iterable
from typing import Any

from evaluation.dashboard.importing.column_choices import short_name, status_of
from evaluation.dashboard.importing.file_view import FileView
from evaluation.findings import Words
from evaluation.intake.column_keys import column_key
from evaluation.intake.outcomes import Outcome
from evaluation.intake.picture import Row, SheetPicture, pictures_of
from evaluation.records import ColumnMatch

# What the legend explains, in this order; the others need no explanation.
LEGEND: tuple[Outcome, ...] = (
    "answer", "code", "day", "background", "no_answer", "set_aside", "left_out", "beside", "rejected", "held",
    "not_understood",
)  # fmt: skip
# Outcomes that a screen reader and a tooltip say of a cell.
SPOKEN: tuple[Outcome, ...] = (
    "no_answer", "set_aside", "left_out", "personal", "beside", "rejected", "held", "not_understood",
)  # fmt: skip


def sheets_of(view: FileView) -> list[dict[str, Any]]:
    """Return the sheets of a file as the workbench shows them."""
    workbook, understood = view.file.opened.workbook, view.understood
    if workbook is None:
        return []
    unread, waiting = understood.suggested.answers, understood.waiting
    pictures = pictures_of(workbook, understood.draft, view.words.library, unread, waiting)
    return [_sheet(picture, view) for picture in pictures]


def outcome_words(words: Words) -> dict[str, str]:
    """Return the words for the outcomes of cells."""
    return {outcome: words.t(f"importing.cell_{outcome}") for outcome in SPOKEN}


def _sheet(picture: SheetPicture, view: FileView) -> dict[str, Any]:
    t = view.words.t
    left_out, counts = picture.more_columns, dict(picture.counts)
    # The head of a column says why it is left out.
    counts["left_out"] = counts.get("left_out", 0) + counts.get("personal", 0)
    return {
        "title": picture.sheet,
        "label": t("importing.sheet_label", sheet=picture.sheet),
        "summary": t.plural("importing.sheet_answers", picture.counts.get("answer", 0)),
        "note": t("importing.turned") if picture.turned else "",
        "letters": list(picture.letters),
        "heads": [_head(matches, view) for matches in picture.matches],
        "more": t.plural("importing.columns_beyond", left_out) if left_out else "",
        "rows": [_row(row, view.words) for row in picture.rows],
        "gaps": [_gap(gap.first, gap.last, gap.rows, gap.in_picture, view.words) for gap in picture.gaps],
        "legend": [
            [outcome, t(f"importing.legend_{outcome}"), t.number(counts[outcome])]
            for outcome in LEGEND
            if counts.get(outcome)
        ],
    }  # fmt: skip


def _row(row: Row, words: Words) -> dict[str, Any]:
    mark = "." if words.t.language == "en" else ","
    cells = [
        [cell.text.replace(".", mark) if cell.decimal and cell.text else cell.text, cell.outcome, cell.spans]
        for cell in row.cells
    ]
    return {"number": row.number, "kind": row.kind, "gap": row.gap, "cells": cells}


def _gap(first: str, last: str, rows: int, inside: int, words: Words) -> dict[str, Any]:
    t = words.t
    if not inside:
        return {"label": t.plural("importing.gap_closed", rows, first=first, last=last), "more": "", "visible": 0}
    beyond = rows - inside
    more = t.plural("importing.gap_more", beyond) if beyond else t("importing.gap_nothing")
    return {"label": t("importing.gap", first=first, last=last), "more": more, "visible": inside}


def _head(matches: tuple[ColumnMatch, ...], view: FileView) -> dict[str, Any]:
    """Return what a column became: its name there, what more there is to say, and the control that corrects it."""
    if not matches:
        return {"title": "", "note": "", "kind": "none"}
    first = matches[0]
    names = _once(_name(match, view) for match in matches)
    notes = _once(note for match in matches if (note := _note(match, view)))
    column = view.choices.key("column", column_key(first)) if can_be_corrected(first) else None
    return {"title": " / ".join(names), "note": ", ".join(notes), "kind": _kind(first), "column": column}


def _name(match: ColumnMatch, view: FileView) -> str:
    """Return what a column became; while nobody knows which form this is, what is not known may be known soon."""
    if not view.understood.draft.readable and status_of(match, False) is not None and match.target is None:
        return view.words.t("importing.not_yet")
    return short_name(match, view.words)


def can_be_corrected(match: ColumnMatch) -> bool:
    """Tell whether a worker may say what a column is: not of a register's sessions, nor where nothing stands."""
    return match.kind != "session" and bool(match.heading)


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _kind(match: ColumnMatch) -> str:
    if match.kind == "personal":
        return "personal"
    if match.target is None and match.kind != "session":
        return "near" if status_of(match, False) in ("near", "twice") else "out"
    return "taken"


def _note(match: ColumnMatch, view: FileView) -> str:
    t = view.words.t
    if match.kind == "personal":
        return t("importing.note_personal")
    if match.target is None and match.kind != "session":
        status = status_of(match, False)
        if not view.understood.draft.readable and status is not None:
            return ""
        return t(f"importing.note_{status}") if status in ("near", "twice") else ""
    if column_key(match) in view.understood.suggested.columns:
        timing = match.timing and t(f"importing.timing_{match.timing}")
        return " · ".join([*([timing] if timing else []), t("importing.suggestion")])
    return timing_of(match, view)


def timing_of(match: ColumnMatch, view: FileView) -> str:
    """Return when the answers of a column are from, where all of them are from one time; else nothing."""
    timing = match.timing
    if timing is None and match.target in view.words.library.items:
        responses = view.understood.draft.responses
        timings = set(responses[responses["sheet"] == match.sheet]["timing"])
        timing = timings.pop() if len(timings) == 1 else None
    return view.words.t(f"importing.timing_{timing}") if timing else ""
