"""The one editor of all columns: what each is read as, and what else it may be read as."""

from collections import defaultdict
from typing import Any

from evaluation.charts import Words
from evaluation.dashboard.importing.asking import Shown
from evaluation.dashboard.importing.choices import LEAVE_OUT
from evaluation.dashboard.importing.column_choices import OFFERED, likely_of, questions_of, status_of, target_name
from evaluation.dashboard.importing.painting import can_be_corrected, timing_of
from evaluation.dashboard.importing.summary import TIMES
from evaluation.intake.column_keys import column_key
from evaluation.intake.outcomes import place_of
from evaluation.records import ColumnMatch

CLIENT = "client"
# Of more columns than these only those are seen at once that want a look.
FEW_COLUMNS = 12


def editor_of(shown: Shown) -> dict[str, Any] | None:
    """Return the editor of a file's columns; None where there is nothing to say of them."""
    columns = _columns(shown)
    # What columns may be read as is known once the practice is.
    if not columns or (shown.practice is None and not shown.understood.draft.readable):
        return None
    words = shown.words
    sheets = list(dict.fromkeys(match.sheet for match in columns.values()))
    questions = [questions_of(shown.understood.draft, sheet, words.library, shown.practice) for sheet in sheets]
    sets = [
        [
            [words.t("importing.questions"), list(asked)],
            [words.t("importing.every_form"), list(OFFERED)],
            [words.t("importing.nothing"), [LEAVE_OUT]],
        ]
        for asked in questions
    ]
    rows = [_row(key, match, shown, sheets, questions) for key, match in columns.items()]
    seen, folded = _parts(rows, words)
    used = {each for row in rows for each in row["likely"]}
    used |= {each for asked in questions for each in asked}
    texts = {each: target_name(each, words) for each in (*used, *OFFERED, LEAVE_OUT)}
    title, text = words.t("importing.columns_title"), words.t("importing.columns_text")
    return {"title": title, "text": text, "rows": seen, "folded": folded, "texts": texts, "sets": sets}


def _parts(rows: list[dict[str, Any]], words: Words) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows that are seen at once, and those below a line that opens: what is clear, what is left out."""
    clear = [row for row in rows if not row["wanted"] and row["value"] != LEAVE_OUT]
    left = [row for row in rows if not row["wanted"] and row["value"] == LEAVE_OUT]
    if len(rows) <= FEW_COLUMNS:
        return rows, []
    named = (("importing.columns_clear", clear), ("importing.columns_left_out", left))
    folded = [{"summary": words.t.plural(name, len(each)), "rows": each} for name, each in named if each]
    return [row for row in rows if row["wanted"]], folded


def _columns(shown: Shown) -> dict[str, ColumnMatch]:
    """Return the columns that can be corrected by their keys, each once, in their order."""
    found: dict[str, list[ColumnMatch]] = defaultdict(list)
    for match in shown.understood.draft.columns:
        if can_be_corrected(match) and (match.examples or match.target or match.kind == "personal"):
            found[column_key(match)].append(match)
    once = {key: next((each for each in matches if each.target), matches[0]) for key, matches in found.items()}
    sheets = list(dict.fromkeys(match.sheet for match in once.values()))

    def across(pair: tuple[str, ColumnMatch]) -> tuple[int, int, int]:
        place = place_of(pair[1].cell)
        return sheets.index(pair[1].sheet), place.column, place.row

    return dict(sorted(once.items(), key=across))


def _row(
    key: str, match: ColumnMatch, shown: Shown, sheets: list[str], questions: list[tuple[str, ...]]
) -> dict[str, Any]:
    t = shown.words.t
    before = shown.asked.columns.get(key, match)
    value = match.target or LEAVE_OUT
    said, suggested = shown.choices.said("column", key), key in shown.understood.suggested.columns
    status = None if said or suggested else status_of(match, False)
    by_likeness = suggested or status in ("similar", "position")
    note = t("importing.suggestion") if by_likeness else ""
    if status in ("near", "twice", "other_form", "remembered"):
        note = t(f"importing.note_{status}")
    elif said:
        note = t("importing.note_chosen")
    number = sheets.index(match.sheet)
    likely = list(dict.fromkeys([value, *likely_of(before, questions[number])]))
    when = timing_of(match, shown)
    return {
        "key": key,
        "name": shown.choices.key("column", key),
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
        "wanted": by_likeness or status in ("near", "twice", "remembered") or said is not None,
        "timing": _timing(key, match, when, shown),
    }


def letter_of(match: ColumnMatch) -> str:
    """Return the letter of a column, by which two of one heading are told apart."""
    return match.cell.rstrip("0123456789")


def _timing(key: str, match: ColumnMatch, when: str, shown: Shown) -> dict[str, Any] | None:
    """Return the control that says when the answers of a column were given; only a text where that cannot be said."""
    t, library = shown.words.t, shown.words.library
    practices = {*shown.understood.draft.responses["practice"], *([shown.practice] if shown.practice else [])}
    used = {form for practice in practices for form in library.practices[practice].questionnaires}
    timings = {form.timing for form in map(library.questionnaire, used) if form.kind == "form" and form.role == CLIENT}
    offered = [timing for timing in TIMES if timing in timings]
    if match.target not in library.items or len(offered) < 2:
        return {"text": when} if when else None
    now = next((timing for timing in offered if t(f"importing.timing_{timing}") == when), "")
    options = [[each, t(f"importing.timing_{each}")] for each in offered]
    return {
        "name": shown.choices.key("timing", key),
        "label": t("importing.timing_of", column=letter_of(match), heading=match.heading),
        "value": now,
        "options": [["", options if now else [["", "–"], *options]]],
    }
