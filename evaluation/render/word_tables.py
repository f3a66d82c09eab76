"""Tables fitted to an upright page: what belongs together in one column and one table, as wide as there is room."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from docx.shared import Cm

from evaluation.exhibits.exhibit_tables import Table
from evaluation.findings import Words

ROOM = int(Cm(16.6))
# Of letters of 9 points, headings bold; and how many of them a line of a column has at best, if no word is longer.
LETTER, MARGINS = int(Cm(0.19)), int(Cm(0.52))
FIGURE = re.compile(r"[+\N{MINUS SIGN}]?\d[^a-zåäö]*$", re.IGNORECASE)
SUBJECT_LINE, FIGURE_LINE, BOLD = 26, 14, 1.2


def compact(tables: Iterable[Table], words: Words) -> list[Table]:
    """Return the tables of an exhibit with fewer columns: one of the same subjects, intervals beside figures."""
    joined: list[Table] = []
    for table in tables:
        narrow = _beside_figures(_one_subject(table), words)
        if joined and set(_by_subject(narrow)) <= set(_by_subject(joined[-1])):
            joined[-1] = _joined(joined[-1], narrow, words)
        else:
            joined.append(narrow)
    return joined


def _one_subject(table: Table) -> Table:
    """Say what a row is about in one column."""
    if not table.subjects:
        return table
    heads, *rows = ((", ".join(row[: table.subjects]), *row[table.subjects :]) for row in (table.heads, *table.rows))
    return Table(heads, tuple(rows), 1)


def _beside_figures(table: Table, words: Words) -> Table:
    """Write each interval behind the figure whose it is."""
    value, none = words.t("charts.column_value"), words.t("common.not_available")
    ends = [head for name in ("interval", "range") if (head := words.t(f"charts.column_{name}")) in table.heads]
    if value not in table.heads or not ends:
        return table
    figure, other = table.heads.index(value), table.heads.index(ends[0])
    rows = []
    for row in (table.heads, *table.rows):
        more = row[other].lower() if row is table.heads else row[other]
        text = row[figure] if more in ("", none) else f"{row[figure]} ({more})"
        rows.append(tuple(text if place == figure else cell for place, cell in enumerate(row) if place != other))
    return Table(rows[0], tuple(rows[1:]), table.subjects)


def _by_subject(table: Table) -> dict[str, tuple[str, ...]]:
    return {row[0]: row for row in table.rows}


def _joined(table: Table, more: Table, words: Words) -> Table:
    """Add the columns that the first table does not have."""
    new = [place for place, head in enumerate(more.heads) if head not in table.heads]
    other, none = _by_subject(more), (words.t("common.not_available"),) * len(more.heads)
    rows = (row + tuple(other.get(row[0], none)[place] for place in new) for row in table.rows)
    return Table(table.heads + tuple(more.heads[place] for place in new), tuple(rows), table.subjects)


def broken(table: Table) -> Iterator[dict[int, int]]:
    """Yield part by part the columns that fit across the page, with widths; every part begins with the subjects."""
    wanted = {place: _wanted(table, place) for place in range(len(table.heads))}
    least = {place: min(_least(table, place), wanted[place]) for place in wanted}
    subjects = list(range(table.subjects))
    part = list(subjects)
    for place in range(table.subjects, len(wanted)):
        if sum(least[column] for column in (*part, place)) > ROOM and len(part) > table.subjects:
            yield _fitted(part, least, wanted)
            part = list(subjects)
        part.append(place)
    yield _fitted(part, least, wanted)


def _texts(table: Table, place: int) -> tuple[str, list[str]]:
    return table.heads[place], [row[place] for row in table.rows]


def _least(table: Table, place: int) -> int:
    """Return the width of a column in which no word is cut, and a figure stands on one line with its interval."""
    head, texts = _texts(table, place)
    # Subjects are bold as well as headings.
    bold = [head, *texts] if place < table.subjects else [head]
    strong, plain = (max((len(unit) for text in texts for unit in _units(text)), default=0) for texts in (bold, texts))
    return int(LETTER * max(BOLD * strong, plain)) + MARGINS


def _units(text: str) -> list[str]:
    return [text] if FIGURE.match(text) else text.split(" ")


def _wanted(table: Table, place: int) -> int:
    """Return the width of a column whose texts are on few lines."""
    head, texts = _texts(table, place)
    line = min(max(map(len, [head, *texts])), SUBJECT_LINE if place < table.subjects else FIGURE_LINE)
    return max(_least(table, place), int(LETTER * line) + MARGINS)


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
