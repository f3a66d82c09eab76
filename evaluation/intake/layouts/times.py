"""When answers were given: words of time in labels, columns that hold the time, and tables of several times.

Labels say it with a word ("ALKU", "Loppuarvio"), a number ("1. mittaus"), a day or a season, and in an order.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from evaluation.definitions.columns import ANSWERED_ON, PARTICIPANT
from evaluation.intake.column_keys import area_key
from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.gathering import filled_down
from evaluation.intake.known import Known
from evaluation.intake.layouts.column_contents import content_counts
from evaluation.intake.layouts.headers import one_line
from evaluation.intake.layouts.typed_table import HEADER_ROWS
from evaluation.intake.table import TIMING, Table, TableField, TableOrRefusal
from evaluation.intake.titles import timing_named
from evaluation.intake.values import read_dates
from evaluation.spreadsheets import Content

ORDER = ("start", "end", "follow_up")
# A longer text is a sentence that happens to hold a word of time.
LONGEST_LABEL = 40
_WORDS = re.compile(r"[^\W_]")
_NUMBER = re.compile(r"\d+")
# Behind every measurement that is counted.
LAST = 99
_ORDINALS = {
    "ensimmäinen": 1, "toinen": 2, "kolmas": 3, "eka": 1, "toka": 2, "kolmas kerta": 3, "i": 1, "ii": 2, "iii": 3,
    "första": 1, "andra": 2, "tredje": 3, "first": 1, "second": 2, "third": 3,
    **dict.fromkeys(("viimeinen", "viimeisin", "viimeksi", "vika", "sista", "senaste", "last", "latest"), LAST),
}  # fmt: skip
_SEASON = re.compile(
    r"\b(?:kevät|kevää|kesä|syksy|talvi|talve|vår|sommar|höst|vinter|spring|summer|autumn|tammi|helmi|maalis|huhti|touko|"
    r"kesäkuu|heinä|elo|syys|loka|marras|joulu|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|"
    r"november|december|january|february|march|june|july|august|october)"
)

# Share of the headings of the smaller table that stand in both.
SAME_SHARE = 0.6

# Share of the filled cells that hold words of time, and of the rows that are filled.
MOST = 0.8
MOST_CONTENTS = 12
# Beginnings of words, and whole words, in headings of columns that may hold the time; their contents must fit.
_HEADING = re.compile(
    r"\b(?:lomak|kysel|vaihe|milloin|ajankoh|mittau|mittaa|kerta|kartoitu|formulär|enkät|mätning|tidpunkt|mättillfäll)|"
    r"\b(?:alku ?/ ?loppu|alku vai loppu|när|fas|form|survey|when|phase|wave|round)\b"
)
# Share of the cells under such a heading that hold words of time.
SOME = 0.5


def says_something(text: str) -> bool:
    """Tell whether a cell holds a word or a number, and not only a dash, a dot or an arrow that fills it."""
    return bool(_WORDS.search(text))


def label_timing(text: str) -> str | None:
    """Return the time that a short label names; None for a sentence and for a label that does not tell."""
    return timing_named(text) if len(text) <= LONGEST_LABEL else None


def ordinal(text: str) -> int | None:
    """Return which of several measurements a label counts: "1. mittaus", "T2", "toinen"; None where it counts none."""
    numbers = _NUMBER.findall(text)
    if len(numbers) == 1 and len(numbers[0]) < 3:
        return int(numbers[0])
    words = fold(text).replace(".", " ").split()
    return next((_ORDINALS[word] for word in words if word in _ORDINALS), None)


def is_moment_label(text: str) -> bool:
    """Tell whether a label may be one of several times: a number, a day, a month, a season or a word of time."""
    if label_timing(text) or ordinal(text) is not None:
        return True
    return bool(_SEASON.search(fold(text))) or _day(text) is not None or bool(re.search(r"\b(?:19|20)\d\d\b", text))


def suggested_timings(texts: Sequence[str], named: Sequence[str | None]) -> tuple[str | None, ...]:
    """Return the likeliest time of each label, in the order of the sheet; None where nothing speaks for one.

    Args:
        texts: the labels, "" for columns that stand twice without one.
        named: the times that the labels themselves name.
    """
    if len(texts) == 2 and set(named) & {"start", "end"} and None in named:
        # "Ennen" beside "Nyt": the other of two is the other time, whatever it is called.
        other = "end" if "start" in named else "start"
        return tuple(timing or other for timing in named)
    if not all(not text or is_moment_label(text) for text in texts) or len(texts) > len(ORDER):
        return tuple(named)
    free = [timing for timing in ORDER if timing not in named]
    places = [number for number, timing in enumerate(named) if timing is None]
    numbers = [ordinal(texts[place]) for place in places]
    days = [_day(texts[place]) for place in places]
    if None not in numbers:
        places.sort(key=lambda place: ordinal(texts[place]) or 0)
    elif None not in days:
        places.sort(key=lambda place: _day(texts[place]) or date.min)
    timings = list(named)
    for place, timing in zip(places, free, strict=False):
        timings[place] = timing
    return tuple(timings)


def _day(text: str) -> date | None:
    (day,) = read_dates([text], "dm")
    value = day.value
    return value.date() if isinstance(value, datetime) else value


def with_times(blocks: Sequence[TableOrRefusal]) -> tuple[TableOrRefusal, ...]:
    """Return the tables of one sheet with their keys; ``undecided`` are those whose time the worker must tell.

    These are tables without a title that ask much the same of the same people.
    """
    tables = [table for table in blocks if isinstance(table, Table)]
    if len(tables) < 2:
        return tuple(blocks)
    named = [_timing(table) for table in tables]
    # A title above the first may be that of the whole sheet.
    titled = any(_titles(table) for table in tables[1:])
    likely = suggested_timings([""] * len(tables), named)
    by_table = {
        id(table): replace(
            table,
            block=table.block or area_key(table.sheet.name, table.header, _first_column(table)),
            suggested=suggestion,
            undecided=timing is None and not titled and any(_alike(table, other) for other in tables),
        )
        for table, timing, suggestion in zip(tables, named, likely, strict=True)
    }
    return tuple(by_table.get(id(block), block) for block in blocks)


def _first_column(table: Table) -> int:
    return min((column for field in table.fields for column in field.columns), default=0)


def _titles(table: Table) -> list[str]:
    """Return the titles that stand right above a table: not those below the rows of another table."""
    filled = table.sheet.filled_rows()
    return [text for row, _, text in table.titles if filled[row]]


def _timing(table: Table) -> str | None:
    times = (label_timing(text) for text in _titles(table))
    return table.timing or next(filter(None, times), None)


def _alike(table: Table, other: Table) -> bool:
    """Tell whether another table asks most of the same questions of at least half of the same people."""
    if table is other:
        return False
    one, two = _question_headings(table), _question_headings(other)
    same = one & two
    if not same or len(same) < SAME_SHARE * min(len(one), len(two)):
        return False
    people, others = _people(table), _people(other)
    return bool(people & others) and 2 * len(people & others) >= min(len(people), len(others))


def _question_headings(table: Table) -> frozenset[str]:
    return frozenset(text for field in table.questions if (text := fold_heading(field.heading)))


def _people(table: Table) -> frozenset[str]:
    """Return the codes of a table; without a column of codes what its first column holds."""
    fields = [field for field in table.fields if field.system == PARTICIPANT] or list(table.fields[:1])
    return frozenset(
        one_line(content) for field in fields for content in table.sheet.columns[field.columns[0]].contents(table.rows)
    )


def with_timing_column(table: Table, known: Known) -> Table:
    """Return a table with the column that holds the time of its rows, if it has one and nothing else says the time.

    A column that is headed like one and holds days is the day of the answer.
    """
    fields = tuple(_as_day(field, table) for field in table.fields)
    table = replace(table, fields=fields)
    if table.timing or table.bands or any(field.system == TIMING for field in fields):
        return table
    shares = {number: share for number, field in enumerate(fields) if (share := _share(field, table, known))}
    if not shares:
        return table
    best = max(shares, key=lambda number: (shares[number], -number))
    timing = replace(fields[best], kind="system", system=TIMING)
    return replace(table, fields=(*fields[:best], timing, *fields[best + 1 :]))


def _contents(field: TableField, table: Table) -> Mapping[Content, int]:
    return content_counts(filled_down(table.sheet, field.columns[0]), table.rows)


def _share(field: TableField, table: Table, known: Known) -> float:
    """Return the share of a column's cells that name a time; 0 for a column of something else."""
    if field.kind != "question" or any(map(known.find, field.names)):
        return 0.0
    # Above the table stand a few more; a column of open answers needs no closer look.
    if len(table.sheet.columns[field.columns[0]].values) > MOST_CONTENTS + HEADER_ROWS:
        return 0.0
    contents = _contents(field, table)
    total = sum(contents.values())
    if not 0 < len(contents) <= MOST_CONTENTS or total < MOST * len(table.rows):
        return 0.0
    timings = {content: label_timing(one_line(content)) if isinstance(content, str) else None for content in contents}
    share = sum(contents[content] for content, timing in timings.items() if timing) / total
    if share >= MOST and len(set(timings.values()) - {None}) > 1:
        return share
    if not _is_headed_so(field):
        return 0.0
    numbered = len(contents) > 1 and all(_counts_measurements(content) for content in contents)
    return share if share >= SOME else 0.5 if numbered else 0.0


def _is_headed_so(field: TableField) -> bool:
    heading = fold_heading(field.heading)
    return len(heading) <= LONGEST_LABEL and _HEADING.search(heading) is not None


def _counts_measurements(content: Content) -> bool:
    number = ordinal(one_line(content))
    return number is not None and number <= 3 and not isinstance(content, date)


def _as_day(field: TableField, table: Table) -> TableField:
    if field.system != TIMING or any(other.system == ANSWERED_ON for other in table.fields):
        return field
    contents = list(_contents(field, table))
    days = sum(day.value is not None for day in read_dates(contents, "dm"))
    return replace(field, system=ANSWERED_ON) if contents and days >= MOST * len(contents) else field
