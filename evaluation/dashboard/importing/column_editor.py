"""The one editor of all columns: what they are read as, and what else they may be read as."""

from collections import defaultdict
from typing import Any

from evaluation.dashboard.importing.choices import LEAVE_OUT
from evaluation.dashboard.importing.column_choices import OFFERED, likely_of, questions_of, status_of, target_name
from evaluation.dashboard.importing.file_view import FileView
from evaluation.dashboard.importing.sheet_view import can_be_corrected, timing_of
from evaluation.dashboard.importing.summary import TIMES
from evaluation.findings import Words
from evaluation.intake.column_keys import column_key
from evaluation.intake.outcomes import place_of
from evaluation.own_questions import NEW_QUESTION
from evaluation.records import ColumnMatch

CLIENT = "client"
# Of more columns than these only those are seen at once that want a look.
FEW_COLUMNS = 12


def editor_of(view: FileView) -> dict[str, Any] | None:
    """Return the editor of a file's columns; None where there is nothing to say of them."""
    columns = _columns(view)
    # What columns may be read as is known once the practice is.
    if not columns or (view.practice is None and not view.understood.draft.readable):
        return None
    words = view.words
    sheets = list(dict.fromkeys(match.sheet for match in columns.values()))
    questions = [questions_of(view.understood.draft, sheet, words.library, view.practice) for sheet in sheets]
    sets = [
        [
            [words.t("importing.questions"), list(ids)],
            [words.t("importing.every_form"), list(OFFERED)],
            [words.t("importing.nothing"), [NEW_QUESTION, LEAVE_OUT]],
        ]
        for ids in questions
    ]
    rows = [_row(key, match, view, sheets, questions) for key, match in columns.items()]
    seen, folded = _parts(rows, words)
    used = {target for row in rows for target in row["likely"]}
    used |= {target for ids in questions for target in ids}
    texts = {target: target_name(target, words) for target in (*used, *OFFERED, NEW_QUESTION, LEAVE_OUT)}
    title, text = words.t("importing.columns_title"), words.t("importing.columns_text")
    return {"title": title, "text": text, "rows": seen, "folded": folded, "texts": texts, "sets": sets}


def _parts(rows: list[dict[str, Any]], words: Words) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows that are seen at once, and those below a line that opens: what is clear, what is left out."""
    clear = [row for row in rows if not row["wanted"] and row["value"] != LEAVE_OUT]
    left = [row for row in rows if not row["wanted"] and row["value"] == LEAVE_OUT]
    if len(rows) <= FEW_COLUMNS:
        return rows, []
    named = (("importing.columns_clear", clear), ("importing.columns_left_out", left))
    folded = [{"summary": words.t.plural(name, len(part)), "rows": part} for name, part in named if part]
    return [row for row in rows if row["wanted"]], folded


def _columns(view: FileView) -> dict[str, ColumnMatch]:
    """Return the columns that can be corrected by their keys, in their order."""
    matches_by_key: dict[str, list[ColumnMatch]] = defaultdict(list)
    for match in view.understood.draft.columns:
        if can_be_corrected(match) and (match.examples or match.target or match.kind == "personal"):
            matches_by_key[column_key(match)].append(match)
    once = {
        key: next((match for match in matches if match.target), matches[0]) for key, matches in matches_by_key.items()
    }
    sheets = list(dict.fromkeys(match.sheet for match in once.values()))

    def across(pair: tuple[str, ColumnMatch]) -> tuple[int, int, int]:
        place = place_of(pair[1].cell)
        return sheets.index(pair[1].sheet), place.column, place.row

    return dict(sorted(once.items(), key=across))


def _row(
    key: str, match: ColumnMatch, view: FileView, sheets: list[str], questions: list[tuple[str, ...]]
) -> dict[str, Any]:
    t = view.words.t
    before = view.queries.columns.get(key, match)
    value = match.target or LEAVE_OUT
    choice, suggested = view.choices.value("column", key), key in view.understood.suggested.columns
    status = None if choice or suggested else status_of(match, False)
    by_likeness = suggested or status in ("similar", "position")
    note = t("importing.suggestion") if by_likeness else ""
    if status in ("near", "twice", "other_form", "remembered"):
        note = t(f"importing.note_{status}")
    elif choice:
        note = t("importing.note_chosen")
    number = sheets.index(match.sheet)
    likely = list(dict.fromkeys([value, *likely_of(before, questions[number])]))
    when = timing_of(match, view)
    return {
        "key": key,
        "name": view.choices.key("column", key),
        "letter": letter_of(match),
        "sheet": match.sheet if len(sheets) > 1 else "",
        "heading": match.heading,
        "examples": t("importing.masked") if match.kind == "personal" else ", ".join(match.examples),
        "label": t("importing.read_as_of", column=letter_of(match), heading=match.heading),
        "value": value,
        "likely": likely,
        "set": number,
        "note": note,
        "suggested": by_likeness,
        "wanted": by_likeness or status in ("near", "twice", "remembered") or choice is not None,
        "timing": _timing(key, match, when, view),
    }


def letter_of(match: ColumnMatch) -> str:
    """Return the letter of a column, which distinguishes two of one heading."""
    return match.cell.rstrip("0123456789")


def _timing(key: str, match: ColumnMatch, when: str, view: FileView) -> dict[str, Any] | None:
    """Return the control for the time of a column's answers; only a text where there is nothing to choose."""
    t, library = view.words.t, view.words.library
    practices = {*view.understood.draft.responses["practice"], *([view.practice] if view.practice else [])}
    used = {form for practice in practices for form in library.practices[practice].questionnaires}
    timings = {form.timing for form in map(library.questionnaire, used) if form.kind == "form" and form.role == CLIENT}
    offered = [timing for timing in TIMES if timing in timings]
    if match.target not in library.items or len(offered) < 2:
        return {"text": when} if when else None
    now = next((timing for timing in offered if t(f"importing.timing_{timing}") == when), "")
    options = [[timing, t(f"importing.timing_{timing}")] for timing in offered]
    return {
        "name": view.choices.key("timing", key),
        "label": t("importing.timing_of", column=letter_of(match), heading=match.heading),
        "value": now,
        "options": [["", options if now else [["", "–"], *options]]],
    }
