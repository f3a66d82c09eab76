"""Recognises exports of Qualtrics: a row of codes, a row of texts and, in CSV, a row of {"ImportId": …} below."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import NO, TOOL_RECOGNISED, weaker
from evaluation.intake.layouts.headers import (
    export_table,
    find_tool_header,
    header_texts,
    open_columns,
    plain,
    rows_with,
)
from evaluation.intake.layouts.options import Part, fields_of
from evaluation.intake.layouts.system_columns import QUALTRICS, tool_field, tool_fields
from evaluation.intake.table import LEFT_OUT, Recognised, RowCode, TableField
from evaluation.spreadsheets import Sheet

NAME = "qualtrics"
_SURE = frozenset(
    {
        "startdate",
        "enddate",
        "recordeddate",
        "responseid",
        "distributionchannel",
        "userlanguage",
        "duration (in seconds)",
        "ipaddress",
        "responseset",
    }
)
_DATES = frozenset({"startdate", "enddate", "recordeddate"})
_LEGACY = re.compile(r"^v\d{1,2}$")
_NUMBERED = re.compile(r"^(.+)_\d+$")
# The display order, and how long a page was open.
_UNASKED = re.compile(r"(?:_DO(?:_.+)?|_(?:First|Last)[ _]Click|_Page[ _]Submit|_Click[ _]Count)$")
_CHOICE = re.compile(r"\s+-\s+(?:Selected Choice|Valittu vaihtoehto|Valt alternativ)$", re.IGNORECASE)
_NOT_FINISHED = frozenset({"false", "0", "no", "epätosi", "ei", "falskt", "nej"})
_PREVIEW = ("preview", "survey test", "esikatselu", "förhandsgranskning")
_SPAM = ("spam", "roskaposti", "skräppost")


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Recognise an export of Qualtrics, today's or the old kind (V1, V2, …), and set previews and spam aside."""
    row, present = find_tool_header(sheet, QUALTRICS)
    if len(present & _SURE) < 3:
        return Recognised(NAME, NO)
    codes, texts, rows = _header(sheet, row)
    tool_columns = tool_fields(header_texts(sheet, row), QUALTRICS)
    tool_columns |= {
        column: tool_field(texts[column] or code, column, LEFT_OUT)
        for column, code in enumerate(codes)
        if column not in tool_columns
        and (_UNASKED.search(code) or (_LEGACY.match(fold(code)) and len(tool_columns) > column))
    }
    columns = open_columns(sheet, codes, tool_columns, rows[-1])
    questions = fields_of(tuple(_parts(codes, texts, columns)), sheet, rows[-1], known)
    aside = _set_aside(sheet, header_texts(sheet, row), tool_columns, rows[-1])
    score = TOOL_RECOGNISED if len(rows) > 1 else weaker(TOOL_RECOGNISED, 7)
    return Recognised(NAME, score, (export_table(sheet, NAME, rows, (*questions, *tool_columns.values()), aside),))


def _header(sheet: Sheet, row: int) -> tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...]]:
    """Return codes and texts by column, and the rows of the header; ``row`` names the tool's columns."""
    here = header_texts(sheet, row)
    above = header_texts(sheet, row - 1) if row else ()
    if sum(bool(_LEGACY.match(fold(code))) for code in above) >= 3:
        return above, here, (row - 1, row)
    rows = [row]
    # Codes without a row of texts are followed by answers, which begin with a time.
    dates = [cell for column, cell in enumerate(sheet.row(row + 1)) if fold(here[column]) in _DATES]
    if any(isinstance(cell, str) and not re.search(r"\d", cell) for cell in dates):
        rows.append(row + 1)
    texts = header_texts(sheet, rows[-1])
    if any("importid" in text.lower() for text in header_texts(sheet, rows[-1] + 1)):
        rows.append(rows[-1] + 1)
    return here, texts, tuple(rows)


def _parts(codes: Sequence[str], texts: Sequence[str], columns: Sequence[int]) -> Iterator[Part]:
    """Yield the parts: rows and options share the code before "_1", "_2" and the text before " - "."""
    together: dict[str, list[int]] = {}
    for column in columns:
        match = _NUMBERED.match(codes[column])
        if match:
            together.setdefault(match[1], []).append(column)
    stems = {
        column: (code, _stem(texts[column], [texts[other] for other in group if other != column]))
        for code, group in together.items()
        for column in group
    }
    for column in columns:
        code, stem = stems.get(column, ("", ""))
        text = plain(texts[column])
        label = text[len(stem) :] if stem else ""
        question = _CHOICE.sub("", stem.removesuffix(" - ") if label else text) or codes[column]
        yield Part(column, texts[column] or codes[column], question, label, codes[column], (question, code))


def _stem(text: str, beside: Sequence[str]) -> str:
    """Return what a text begins with like one beside it, up to the " - " before the row or option."""
    cleaned = plain(text)
    starts = [cleaned[: match.end()] for match in re.finditer(r"(?<=\S) - ", cleaned)]
    others = [plain(other) for other in beside] or [cleaned]
    return next((start for start in reversed(starts) if any(other.startswith(start) for other in others)), "")


def _set_aside(
    sheet: Sheet, headings: Sequence[str], tool_columns: Mapping[int, TableField], header: int
) -> dict[int, RowCode]:
    """Return the rows that are no answers, with the weightiest reason for it."""
    aside: dict[int, RowCode] = {}
    tests: tuple[tuple[str, RowCode, Callable[[str], bool]], ...] = (
        ("finished", "unfinished_row", _NOT_FINISHED.__contains__),
        ("status", "spam_row", lambda state: any(word in state for word in _SPAM) or _has(state, 8)),
        ("status", "preview_row", lambda state: any(word in state for word in _PREVIEW) or _has(state, 1 | 2)),
    )
    for name, code, test in tests:
        for column in tool_columns:
            if fold(headings[column]) == name:
                aside.update(dict.fromkeys(rows_with(sheet, column, header, test), code))
    return aside


def _has(state: str, bits: int) -> bool:
    """Tell whether a status written as a number has one of ``bits``: 1 preview, 2 test, 8 spam and others."""
    return state.isdigit() and bool(int(state) & bits)
