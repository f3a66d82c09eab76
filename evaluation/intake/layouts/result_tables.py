"""Tables of results, which are no answers: means, frequencies, correlations, whatever program made them."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np

from evaluation.definitions.columns import ANSWERED_ON, PARTICIPANT
from evaluation.intake.folding import fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.column_contents import is_label, number, share, whole
from evaluation.intake.layouts.headers import header_texts, one_line
from evaluation.intake.layouts.statistic_words import LONGEST, Kind, is_mean, is_share, is_total, statistic_of
from evaluation.intake.layouts.typed_table import headed_row, heading_text, read_header, rows_searched
from evaluation.intake.table import Table
from evaluation.spreadsheets import Content, Sheet

WIDEST = 60
_SUMMARIES: frozenset[Kind] = frozenset({"mean", "middle", "minimum", "maximum", "spread", "any"})
_NUMBERS: frozenset[Kind] = frozenset({"sum", "count"})
# Correlations, with the stars that say how sure they are.
_STARS = "*†‡ "


def is_report(sheet: Sheet, known: Known) -> bool:
    """Tell whether ``sheet`` holds only results: figures of questions, groups or answers, and no respondent's row."""
    if sheet.width > WIDEST:
        return False
    return _holds_results(sheet, known) or _holds_frequencies(sheet, known) or _holds_correlations(sheet)


def is_table_of_means(table: Table, known: Known) -> bool:
    """Tell whether questions on a scale have mostly fractions below them, so that the rows are groups.

    A row with a participant's code or a day is somebody's. Fractions of one may be percentages.
    """
    if {PARTICIPANT, ANSWERED_ON} & {field.system for field in table.fields}:
        return False
    figures = [
        value
        for field in table.questions
        if any(not all(map(known.is_count, matches)) for name in field.names if (matches := known.find(name)))
        for row in table.rows.tolist()
        if (value := number(table.sheet.cell(row, field.columns[0]))) is not None
    ]
    broken = [value for value in figures if value != int(value)]
    return len(broken) >= 2 and 2 * len(broken) > len(figures) and max(figures) > 1


def _holds_results(sheet: Sheet, known: Known) -> bool:
    """Tell whether the sheet is a list of labels with means or shares beside them."""
    heads = []
    for row in rows_searched(sheet):
        header = read_header(sheet, row, known)
        texts = [heading_text(text) for text in header_texts(sheet, row)]
        if (
            header.questions + header.systems >= 2
            or header.sessions
            or sum(is_label(text, known) for text in texts) >= 2
        ):
            return False
        if any(texts) and row + 1 < sheet.height:
            heads.append((row, texts))
    return any(_are_results(sheet, row, texts, known) for row, texts in heads)


def _are_results(sheet: Sheet, row: int, texts: Sequence[str], known: Known) -> bool:
    """Tell whether below a row each label has results: headings of means or shares, or broken numbers of questions."""
    rows = np.arange(row + 1, sheet.height)
    numeric = [
        place
        for place, column in enumerate(sheet.columns)
        if share(column, rows, lambda content: number(str(content).rstrip(" %")) is not None) > 0.7
    ]
    if not numeric or numeric[0] == 0:
        return False
    labels = [
        text
        for below in range(row + 1, sheet.height)
        if any(sheet.cell(below, place) is not None for place in numeric)
        and (text := heading_text(sheet.cell(below, numeric[0] - 1)))
    ]
    if len(labels) < 2 or len(set(labels)) != len(labels) or any(whole(text) is not None for text in labels):
        return False
    questions = sum(bool(known.find(text)) for text in labels)
    broken = any(share(sheet.columns[place], rows, _is_broken) > 0.4 for place in numeric)
    headed = [texts[place] for place in numeric if texts[place]]
    results = [text for text in headed if is_mean(text) or is_share(text) or _names(text, _SUMMARIES)]
    others = [text for text in headed if text not in results and not (is_total(text) or _names(text, _NUMBERS))]
    if questions >= 2:
        return broken or (bool(results) and not others)
    return bool(results) and not others and broken


def _is_broken(content: object) -> bool:
    text = str(content).strip()
    value = number(text.rstrip(" %"))
    return value is not None and (value != int(value) or text.endswith("%"))


def _holds_frequencies(sheet: Sheet, known: Known) -> bool:
    """Tell whether every question named on the sheet has its answers below it, with how many and what share beside."""
    if headed_row(sheet, known) is not None:
        return False
    blocks = set(_frequency_blocks(sheet, known))
    if not blocks:
        return False
    filled = sheet.filled_cells()
    question_cells = [
        (row, place)
        for place, column in enumerate(sheet.columns)
        if (codes := [code for code, content in enumerate(column.values) if known.find(heading_text(content))])
        for row in np.flatnonzero(np.isin(column.codes, codes)).tolist()
    ]
    # Unknown questions get no answers in any case.
    return bool(question_cells) and all(cell in blocks or filled[cell[0]] == 1 for cell in question_cells)


def _frequency_blocks(sheet: Sheet, known: Known) -> Iterator[tuple[int, int]]:
    """Yield the heading's row and column of each list of answers with their numbers and shares."""
    for row in range(sheet.height - 2):
        heads = [place for place, text in enumerate(header_texts(sheet, row)) if _heads_frequency(text)]
        for first in (place for place in heads if place and place - 1 not in heads):
            labels = list(_labels_below(sheet, row, first))
            answers = [label for label in labels if not is_total(one_line(label))]
            fits = [is_label(label, known) or whole(label) is not None for label in answers]
            if len(answers) >= 2 and len(set(answers)) == len(answers) and sum(fits) >= 0.8 * len(fits):
                yield row, first - 1


def _heads_frequency(text: str) -> bool:
    return 0 < len(text) <= LONGEST and (
        is_share(text) or _names(text, _NUMBERS) or (is_total(text) and not is_mean(text))
    )


def _names(text: str, kinds: Collection[Kind]) -> bool:
    statistic = statistic_of(text)
    return statistic is not None and statistic.kind in kinds


def _labels_below(sheet: Sheet, row: int, first: int) -> Iterator[Content]:
    for below in range(row + 1, sheet.height):
        label, figure = sheet.cell(below, first - 1), sheet.cell(below, first)
        if label is None or (figure is not None and number(one_line(figure).rstrip(" %")) is None):
            return
        yield label


def _holds_correlations(sheet: Sheet) -> bool:
    """Tell whether the same things stand above and beside one square of numbers from -1 to 1, each 1 with itself."""
    for row in rows_searched(sheet):
        names = {fold_heading(text): place for place, text in enumerate(header_texts(sheet, row)) if text}
        for beside in range(min(names.values(), default=0) + 1):
            rows = {
                fold_heading(one_line(sheet.cell(below, beside))): below
                for below in range(row + 1, sheet.height)
                if sheet.cell(below, beside) is not None
            }
            shared = [name for name in names if name in rows and names[name] > beside]
            if len(shared) >= 2 and 2 * len(shared) > len(rows) and _is_square(sheet, shared, rows, names):
                return True
    return False


def _is_square(sheet: Sheet, shared: Sequence[str], rows: dict[str, int], columns: dict[str, int]) -> bool:
    cells = {(a, b): sheet.cell(rows[a], columns[b]) for a in shared for b in shared}
    values = {pair: number(one_line(cell).strip(_STARS)) for pair, cell in cells.items() if cell is not None}
    diagonal = [values.get((name, name), 1.0) for name in shared]
    between = [value for (a, b), value in values.items() if a != b]
    return (
        bool(between)
        and all(value is not None and -1 <= value <= 1 for value in between)
        and all(value is None or abs(value - 1) < 0.001 for value in diagonal)
    )
