"""Tables fitted to an upright page: what belongs together in one column and one table, as wide as there is room."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docx.shared import Cm

from evaluation.charts import Words
from evaluation.reports.tables import Table

ROOM = int(Cm(16.6))
# Of letters of 9 points, headings bold; and how many of them a line of a column has at best, if no word is longer.
LETTER, MARGINS = int(Cm(0.19)), int(Cm(0.52))
FIGURE = re.compile(r"[+\N{MINUS SIGN}]?\d[^a-zåäö]*$", re.IGNORECASE)
SUBJECT_LINE, FIGURE_LINE, BOLD = 26, 14, 1.2


def compact(told: Iterable[Table], words: Words) -> list[Table]:
    """Return the tables of an exhibit with fewer columns: one of the same subjects, intervals beside figures."""
    found: list[Table] = []
    for each in told:
        narrow = _beside_figures(_one_subject(each), words)
        if found and set(_by_subject(narrow)) <= set(_by_subject(found[-1])):
            found[-1] = _joined(found[-1], narrow, words)
        else:
            found.append(narrow)
    return found


def _one_subject(told: Table) -> Table:
    """Say what a row is about in one column."""
    if not told.subjects:
        return told
    heads, *rows = ((", ".join(row[: told.subjects]), *row[told.subjects :]) for row in (told.heads, *told.rows))
    return Table(heads, tuple(rows), 1)


def _beside_figures(told: Table, words: Words) -> Table:
    """Write each interval behind the figure whose it is."""
    value, interval = words.t("charts.column_value"), words.t("charts.column_interval")
    if value not in told.heads or interval not in told.heads:
        return told
    own, other, none = told.heads.index(value), told.heads.index(interval), words.t("common.not_available")
    rows = []
    for row in (told.heads, *told.rows):
        more = row[other].lower() if row is told.heads else row[other]
        said = row[own] if more in ("", none) else f"{row[own]} ({more})"
        rows.append(tuple(said if place == own else text for place, text in enumerate(row) if place != other))
    return Table(rows[0], tuple(rows[1:]), told.subjects)


def _by_subject(told: Table) -> dict[str, tuple[str, ...]]:
    return {row[0]: row for row in told.rows}


def _joined(told: Table, more: Table, words: Words) -> Table:
    """Add the columns that the first table does not have."""
    new = [place for place, head in enumerate(more.heads) if head not in told.heads]
    other, none = _by_subject(more), (words.t("common.not_available"),) * len(more.heads)
    rows = (row + tuple(other.get(row[0], none)[place] for place in new) for row in told.rows)
    return Table(told.heads + tuple(more.heads[place] for place in new), tuple(rows), told.subjects)


def broken(told: Table) -> Iterator[dict[int, int]]:
    """Yield the columns of each part that fits across the page, with their widths; each begins with the subjects."""
    wanted = {place: _wanted(told, place) for place in range(len(told.heads))}
    least = {place: min(_least(told, place), wanted[place]) for place in wanted}
    subjects = list(range(told.subjects))
    part = list(subjects)
    for place in range(told.subjects, len(wanted)):
        if sum(least[each] for each in (*part, place)) > ROOM and len(part) > told.subjects:
            yield _fitted(part, least, wanted)
            part = list(subjects)
        part.append(place)
    yield _fitted(part, least, wanted)


def _texts(told: Table, place: int) -> tuple[str, list[str]]:
    return told.heads[place], [row[place] for row in told.rows]


def _least(told: Table, place: int) -> int:
    """Return the width of a column in which no word is cut, and a figure stands on one line with its interval."""
    head, texts = _texts(told, place)
    # Subjects are bold as well as headings.
    bold = [head, *texts] if place < told.subjects else [head]
    strong, plain = (max((len(unit) for text in each for unit in _units(text)), default=0) for each in (bold, texts))
    return int(LETTER * max(BOLD * strong, plain)) + MARGINS


def _units(text: str) -> list[str]:
    return [text] if FIGURE.match(text) else text.split(" ")


def _wanted(told: Table, place: int) -> int:
    """Return the width of a column whose texts are on few lines."""
    head, texts = _texts(told, place)
    line = min(max(map(len, [head, *texts])), SUBJECT_LINE if place < told.subjects else FIGURE_LINE)
    return max(_least(told, place), int(LETTER * line) + MARGINS)


def _fitted(part: Sequence[int], least: Mapping[int, int], wanted: Mapping[int, int]) -> dict[int, int]:
    """Fill the line: columns get what they want of the room that is left, and what nobody wants alike."""
    left = ROOM - sum(least[place] for place in part)
    widths = {place: least[place] for place in part}
    if left < 0:
        widest = max(part, key=lambda place: least[place])
        return widths | {widest: widths[widest] + left}
    wishes = {place: wanted[place] - least[place] for place in part}
    granted = min(1.0, left / max(1, sum(wishes.values())))
    widths = {place: least[place] + int(granted * wishes[place]) for place in part}
    spare = (ROOM - sum(widths.values())) // len(part)
    return {place: width + spare for place, width in widths.items()}
