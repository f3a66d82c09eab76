"""A table of answers that somebody has counted: how many people gave which answer to which question."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.definitions.columns import PARTICIPANT
from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.certainty import LIKELY, NO, SHAPE_ONLY, weaker
from evaluation.intake.layouts.column_contents import SCALE_LENGTHS, is_label, number, whole
from evaluation.intake.layouts.headers import one_line, titles_above
from evaluation.intake.layouts.statistic_words import (
    COUNT_WORDS,
    PEOPLE_WORDS,
    SHARE_WORDS,
    is_about_answers,
    is_sum,
    is_total,
)
from evaluation.intake.layouts.typed_table import headed_row, heading_text, rows_searched
from evaluation.intake.table import COUNTED, CountedItem, CountTable, Recognised, Refusal
from evaluation.spreadsheets import CellFault, Content, Sheet

NAME = COUNTED
LARGEST = 500
# Surer than a turned table of numbered people, so that these numbers are not read as answers.
_DOUBTFUL = weaker(LIKELY, 17)
_UNIT = re.compile(
    r"(?:\s*[(\[,]\s*|\s+)(?:n|kpl|lkm|hlö|henkilöä|vastaajaa|vastausta|st|antal|pers|svar|count)\.?\s*[)\]]?$"
)
_PERCENT = re.compile(r"^([+-]?\d{1,3}(?:[.,](\d+))?)\s*%$")


@dataclass(frozen=True)
class _Grid:
    """Where the counts may stand: header row, the questions' column, the answers' columns, the number of all."""

    sheet: Sheet
    header: int
    labels: int
    answers: tuple[int, ...]
    total: int | None
    rows: tuple[int, ...]


def recognise(sheet: Sheet, known: Known) -> Recognised:
    """Return the counts on ``sheet``, questions down and answers across or the other way round.

    Shares without the number of people are refused: they cannot be turned into counts. So are numbers of which
    nobody can tell whether they are counts or the answers of numbered people.
    """
    if not 2 <= sheet.height < LARGEST or not 2 <= sheet.width < LARGEST:
        return Recognised(NAME, NO)
    upright = _read(sheet, known)
    turned = _read(sheet.turn(), known, answers_down=True)
    return upright if upright.score >= turned.score else turned


def _read(sheet: Sheet, known: Known, answers_down: bool = False) -> Recognised:
    grid = _grid(sheet, known)
    if grid is None:
        return Recognised(NAME, NO)
    corner = fold_heading(heading_text(sheet.cell(grid.header, grid.labels)))
    known_rows = tuple(row for row in grid.rows if known.find(heading_text(sheet.cell(row, grid.labels))))
    labels = any(is_label(_answer(sheet.cell(grid.header, place)), known) for place in grid.answers)
    # A column of respondents' answers has its own heading; a column of counted answers is named after the answers.
    if not (known_rows or labels) or (answers_down and corner and not is_about_answers(corner)):
        return Recognised(NAME, NO)
    sure = LIKELY if known_rows else SHAPE_ONLY
    if _are_shares(grid):
        return Recognised(NAME, sure, (_from_shares(grid) or Refusal("shares_not_counts"),))
    if labels or is_about_answers(corner):
        return _counted(grid, sure)
    return _counted_by_codes(grid, known_rows, known, may_be_people=not answers_down and corner not in PEOPLE_WORDS)


def _counted(grid: _Grid, sure: float) -> Recognised:
    table = _counts(grid)
    if table is None or all(sum(n for _, n, _, _ in item.counts) <= 1 for item in table.items):
        return Recognised(NAME, NO)
    return Recognised(NAME, sure, (table,))


def _counted_by_codes(grid: _Grid, known_rows: Sequence[int], known: Known, may_be_people: bool) -> Recognised:
    """Return counts under bare codes if they are surely counts; refuse those that may as well be people's answers.

    Numbers beside a numbered row count as a respondent's answers, as they mostly are.
    """
    recognised = _counted(grid, LIKELY)
    if not recognised.tables or any(
        isinstance(table, CountTable) and _proven(grid, table, known_rows, known) for table in recognised.tables
    ):
        return recognised
    doubtful = may_be_people and len(grid.answers) in SCALE_LENGTHS
    return Recognised(NAME, _DOUBTFUL, (Refusal("counts_or_answers"),)) if doubtful else Recognised(NAME, NO)


def _grid(sheet: Sheet, known: Known) -> _Grid | None:
    """Find the row with most answers for headings, and the column of questions before them."""
    best: tuple[int, ...] = ()
    header = 0
    for row in rows_searched(sheet):
        places = _answer_columns(sheet, row, known)
        if len(places) > len(best):
            best, header = places, row
    headed = headed_row(sheet, known)
    if not best or best[0] == 0 or (headed is not None and headed < header):
        return None
    answers = [fold(_answer(sheet.cell(header, place))) for place in best]
    if len(set(answers)) < len(answers):
        # The same answer again and again is what people gave.
        return None
    total = next(
        (place for place, cell in enumerate(sheet.row(header)) if place not in best and _is_count_heading(cell)), None
    )
    labels = max(range(best[0]), key=lambda place: _texts(sheet, place, header, known))
    heading = heading_text(sheet.cell(header, labels))
    if known.find(heading) or known.system(heading) == PARTICIPANT:
        return None
    rows = tuple(row for row in range(header + 1, sheet.height) if _is_item(sheet, row, labels, best))
    items = [fold(one_line(sheet.cell(row, labels))) for row in rows]
    return _Grid(sheet, header, labels, best, total, rows) if items and len(set(items)) == len(items) else None


def _answer(cell: Content | None) -> str:
    """Return an answer as a heading names it, without "(kpl)" behind it."""
    return _UNIT.sub("", heading_text(cell))


def _answer_columns(sheet: Sheet, row: int, known: Known) -> tuple[int, ...]:
    """Return the columns headed by answers: labels of scales, or whole numbers one after another."""
    cells = sheet.row(row)
    # "n" is a short "no" where people answer, but the number of answers above counts.
    labelled = [
        place
        for place, cell in enumerate(cells)
        if len(text := _answer(cell)) > 1 and is_label(text, known) and not is_total(text)
    ]
    numbered = [place for place, cell in enumerate(cells) if whole(cell) in range(11)]
    values = [whole(cells[place]) for place in numbered]
    first = values[0] if values else None
    orderly = len(values) >= 3 and first in (0, 1) and values == list(range(first, first + len(values)))
    if orderly:
        return tuple(sorted({*numbered, *labelled}))
    return tuple(labelled) if len(labelled) >= 2 else ()


def _is_count_heading(cell: Content | None) -> bool:
    return isinstance(cell, str) and fold_heading(cell) in COUNT_WORDS


def _texts(sheet: Sheet, place: int, header: int, known: Known) -> tuple[int, int]:
    """Return how many questions of ours, and how many texts, a column holds."""
    below = [heading_text(sheet.cell(row, place)) for row in range(header + 1, sheet.height)]
    return sum(bool(known.find(text)) for text in below if text), sum(not text.isdigit() for text in below if text)


def _is_item(sheet: Sheet, row: int, labels: int, answers: Sequence[int]) -> bool:
    label = sheet.cell(row, labels)
    return (
        isinstance(label, str)
        and whole(label) is None
        and not is_total(label)
        and any(_amount(sheet.cell(row, place)) is not None for place in answers)
    )


def _amount(cell: Content | None) -> float | None:
    """Return the number in a cell; "45 %" is 45."""
    percent = _PERCENT.match(fold(cell)) if isinstance(cell, str) else None
    return float(percent[1].replace(",", ".")) if percent else number(cell)


def _amounts(grid: _Grid, row: int) -> Mapping[int, float]:
    amounts = {place: _amount(grid.sheet.cell(row, place)) for place in grid.answers}
    return {place: amount for place, amount in amounts.items() if amount is not None}


def _are_shares(grid: _Grid) -> bool:
    """Tell whether the rows add up to 1 or to 100 as shares do, and the number of all does not say otherwise."""
    cells = [grid.sheet.cell(row, place) for row in grid.rows for place in grid.answers]
    if any(isinstance(cell, str) and _PERCENT.match(fold(cell)) for cell in cells):
        return True
    sums = [sum(_amounts(grid, row).values()) for row in grid.rows]
    broken = any(amount != int(amount) for row in grid.rows for amount in _amounts(grid, row).values())
    if broken:
        return all(abs(total - 1) < 0.03 or abs(total - 100) < 1.6 for total in sums)
    totals = [_total(grid, row) for row in grid.rows]
    if all(total is not None for total in totals):
        return all(abs(row_sum - 100) < 1.6 for row_sum in sums) and any(
            total != row_sum for total, row_sum in zip(totals, sums, strict=True)
        )
    texts = [text for _, _, text in titles_above(grid.sheet, grid.header)]
    texts += [one_line(cell) for cell in grid.sheet.row(grid.header)]
    names_shares = any(word in fold(text) for text in texts for word in SHARE_WORDS)
    return all(abs(row_sum - 100) < 1.6 for row_sum in sums) and (names_shares or len(sums) > 1)


def _total(grid: _Grid, row: int) -> int | None:
    return whole(grid.sheet.cell(row, grid.total)) if grid.total is not None else None


def _from_shares(grid: _Grid) -> CountTable | None:
    """Return the counts behind shares with the number of people beside them, if only one count fits every share."""
    items = []
    for row in grid.rows:
        total, shares = _total(grid, row), _amounts(grid, row)
        if not total or total < 1:
            return None
        texts = [_written(grid.sheet.cell(row, place)) for place in shares]
        scale = 1 if sum(shares.values()) < 1.5 and not any(text.endswith("%") for text in texts) else 100
        step = _step(texts, scale)
        counts = {place: round(share * total / scale) for place, share in shares.items()}
        fitting = all(abs(counts[place] / total - share / scale) <= step / 2 + 1e-9 for place, share in shares.items())
        if not fitting or step * total > 1 or sum(counts.values()) != total:
            return None
        items.append(_item(grid, row, counts))
    return _table(grid, items)


def _written(cell: Content | None) -> str:
    return f"{cell:.10g}" if isinstance(cell, float) else fold(one_line(cell))


def _step(texts: Sequence[str], scale: int) -> float:
    """Return how finely the shares of a row are written, by the longest; parts of 1 are whole percents at least."""
    decimals = max(len(text.rstrip(" %").replace(",", ".").partition(".")[2]) for text in texts)
    return 10.0 ** -max(decimals, 2 if scale == 1 else 0) / scale


def _counts(grid: _Grid) -> CountTable | None:
    items = []
    for row in grid.rows:
        cells = {place: grid.sheet.cell(row, place) for place in grid.answers}
        counts = {
            place: whole(_UNIT.sub("", fold(cell)) if isinstance(cell, str) else cell) for place, cell in cells.items()
        }
        strange = [
            place
            for place, cell in cells.items()
            if cell is not None and not isinstance(cell, CellFault) and fold(one_line(cell)) not in ("-", "–")
            if (counts[place] is None or (counts[place] or 0) < 0)
        ]
        if strange:
            return None
        items.append(_item(grid, row, {place: count for place, count in counts.items() if count is not None}))
    return _table(grid, items)


def _item(grid: _Grid, row: int, counts: Mapping[int, int]) -> CountedItem:
    label = one_line(grid.sheet.cell(row, grid.labels))
    entries = tuple(
        (_answer(grid.sheet.cell(grid.header, place)), counts[place], row, place)
        for place in grid.answers
        if place in counts
    )
    return CountedItem(label, (heading_text(label),), row, grid.labels, entries)


def _table(grid: _Grid, items: Sequence[CountedItem]) -> CountTable:
    return CountTable(grid.sheet, NAME, tuple(items), titles_above(grid.sheet, grid.header))


def _proven(grid: _Grid, table: CountTable, known_rows: Sequence[int], known: Known) -> bool:
    """Tell whether numbers under bare codes are surely counts and not the answers of numbered people.

    Their sum equals the number of answers beside them, or one number is larger than any code of a scale.
    """
    named = "" if grid.total is None else fold_heading(heading_text(grid.sheet.cell(grid.header, grid.total)))
    sums = [sum(n for _, n, _, _ in item.counts) for item in table.items]
    # "Yhteensä" may be the sum of people's points just as well.
    if named and not is_sum(named) and [_total(grid, item.row) for item in table.items] == sums:
        return True
    scaled = [
        item
        for item in table.items
        if item.row in known_rows and not any(map(known.is_count, known.find(item.names[0])))
    ]
    return any(n > 10 and n not in (98, 99) for item in scaled for _, n, _, _ in item.counts)
