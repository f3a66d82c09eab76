"""Answers → spreadsheets in the layouts that people and survey tools use; knows the definitions, but no reader."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from random import Random

import xlsxwriter

from evaluation.definitions import Item, Library, Practice, Questionnaire
from evaluation.definitions.columns import SESSION_ITEM, system_headings

LANGUAGES = ("fi", "sv", "en")
MOST_OPTIONS = 8
Rows = list[list[object]]


@dataclass(frozen=True)
class Person:
    """One filled form: codes and counts by item, open answers by item, marks of a register by session."""

    participant: str | None = None
    day: date | None = None
    answers: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    marks: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class Survey:
    """The forms that one run of a practice has filled in; ``questions`` are those that the table has."""

    library: Library
    practice: Practice
    form: Questionnaire
    cohort: str
    people: tuple[Person, ...]
    questions: tuple[Item, ...]
    language: str = "fi"
    sessions: int = 0


@dataclass(frozen=True)
class Written:
    """Sheets as rows of cells, and the forms on them in the order of their rows; None stands for a row set aside."""

    sheets: tuple[tuple[str, Rows], ...]
    forms: tuple[tuple[Survey, Person] | None, ...]


@dataclass(frozen=True)
class Column:
    """A column: the lines of its heading, and a cell for every person."""

    heading: tuple[str, ...]
    cells: tuple[object, ...]


def stamp(person: Person, number: int, minute: int = 7) -> datetime:
    """Return the moment at which a tool notes the form of ``person``."""
    return datetime.combine(person.day or date(2018, 1, 1), time(9 + number % 9, minute, 13))


def own(survey: Survey, heading: str, say: Callable[[int, Person], object]) -> Column:
    """Return a column that a tool adds by itself."""
    return Column((heading,), tuple(say(number, person) for number, person in enumerate(survey.people, 1)))


def moments(survey: Survey, heading: str, minute: int = 7, pattern: str | None = None) -> Column:
    """Return a tool's column of moments, as datetimes or written by ``pattern``."""

    def say(number: int, person: Person) -> object:
        moment = stamp(person, number, minute)
        return moment.strftime(pattern) if pattern else moment

    return own(survey, heading, say)


def code_column(survey: Survey, heading: str) -> Column:
    """Return the column of participant codes under ``heading``."""
    return own(survey, heading, lambda _, person: person.participant)


def values(survey: Survey, item: Item, chance: Random, labels: bool) -> tuple[object, ...]:
    """Return the answers to ``item`` as a tool writes them: labels of one language, or codes."""
    if item.kind == "text":
        return tuple(person.texts.get(item.id) for person in survey.people)
    scale = survey.library.scale_of(item)
    codes = [person.answers.get(item.id) for person in survey.people]
    if scale is None or not labels:
        return tuple(codes)
    return tuple(None if code is None else scale.answer(code).label[survey.language] for code in codes)


def as_typed(survey: Survey, item: Item, chance: Random) -> tuple[object, ...]:
    """Return the answers to ``item`` as people type them: every cell its own way."""
    if item.kind == "text":
        return values(survey, item, chance, labels=True)
    return tuple(typed(survey, item, person.answers.get(item.id), chance) for person in survey.people)


def typed(survey: Survey, item: Item, code: int | None, chance: Random) -> object:
    """Return one answer as somebody types it: a number or its text, a label of any language, or both."""
    scale = survey.library.scale_of(item)
    if code is None:
        return chance.choice((None, None, "", " "))
    if scale is None:
        return chance.choice((code, float(code), str(code), f" {code}", f"{code:,}".replace(",", "\u00a0")))
    label = scale.answer(code).label[chance.choice(LANGUAGES)]
    named = [label, label.upper(), label.lower(), f" {label} ", label.replace(" ", "\u00a0"), f"{label}."]
    named += (
        [] if label.isdigit() else [f"{code} = {label}", f"{label} ({code})", f"{code} {label}", f"{code}: {label}"]
    )
    return chance.choice((code, float(code), str(code), f"{code} ", *named))


def heading(survey: Survey, item: Item, chance: Random) -> str:
    """Return a heading that names ``item``: its question in a language, dressed up a little, or its id."""
    text = item.text[chance.choice(LANGUAGES)]
    return chance.choice(
        (text, text, item.id, f"{text} *", f"{chance.randint(1, 30)}. {text}", f" {text}  ", text.upper())
    )


def options(survey: Survey, item: Item) -> tuple[tuple[int, str], ...]:
    """Return code and label of every answer to ``item``, if they are several words but few; else nothing.

    A lone "Yes" and "No" are no options to mark: "No" in the column "No" could mean either.
    """
    scale = survey.library.scale_of(item)
    answers = scale.answers if scale else ()
    named = tuple((answer.code, answer.label[survey.language]) for answer in answers)
    worded = not any(label.isdigit() or code < 0 for code, label in named)
    return named if worded and 2 < len(named) <= MOST_OPTIONS else ()


def marked(survey: Survey, item: Item, code: int, chosen: object, other: object = None) -> tuple[object, ...]:
    """Return the column of one option: ``chosen`` where it was, ``other`` where another was, nothing for no answer."""
    answers = [person.answers.get(item.id) for person in survey.people]
    return tuple(None if answer is None else chosen if answer == code else other for answer in answers)


def is_split(survey: Survey, item: Item, chance: Random) -> bool:
    """Decide whether ``item`` has a column for each option; only one that somebody has answered can."""
    answered = any(item.id in person.answers for person in survey.people)
    return answered and bool(options(survey, item)) and chance.random() < 0.3


def sheet_rows(columns: Sequence[Column], chance: Random, titles: Sequence[str] = (), lines: int = 1) -> Rows:
    """Return titles, the header in ``lines`` rows and the persons' rows, blank rows strewn in between."""
    rows: Rows = [[title] for title in titles]
    rows += [[] for _ in titles[:1] if chance.random() < 0.5]
    rows += [[(column.heading + ("",) * lines)[line] for column in columns] for line in range(lines)]
    for cells in zip(*(column.cells for column in columns), strict=True):
        rows += [[] for _ in range(chance.choice((0, 0, 0, 0, 1)))]
        rows.append(list(cells))
    return rows


def titles(survey: Survey, chance: Random) -> list[str]:
    """Return what somebody may have written above a table, mostly nothing; the practice never wrongly."""
    name = survey.practice.name[survey.language]
    return chance.choice(([], [], [], [name], ["Palautteet", f"{name}, {survey.cohort}"], ["Koonti"]))


def by_hand(survey: Survey, chance: Random, cohort_column: bool) -> list[Column]:
    """Return the columns of a table typed by hand, in an order of somebody's own."""
    columns = []
    if survey.form.participant_code != "none":
        columns.append(code_column(survey, system(survey, "participant", chance, "Koodi", "code", "Nimimerkki")))
    if survey.form.date != "none":
        columns.append(Column((system(survey, "answered_on", chance, "Pvm", "datum", "Date"),), days(survey, chance)))
    if cohort_column:
        columns.append(own(survey, system(survey, "cohort", chance, "Toteutuskerta"), lambda *_: survey.cohort))
    columns += [
        Column((heading(survey, item, chance),), as_typed(survey, item, chance))
        for item in survey.questions
        if item.id != SESSION_ITEM
    ]
    chance.shuffle(columns)
    return columns + sessions(survey, chance)


def system(survey: Survey, column: str, chance: Random, *others: str) -> str:
    """Return a heading of a column that every form has."""
    return chance.choice((*system_headings(column).values(), *others))


def days(survey: Survey, chance: Random) -> tuple[object, ...]:
    """Return the days as one person types them all down."""
    write = chance.choice(
        (
            lambda day: day,
            lambda day: datetime.combine(day, time()),
            lambda day: f"{day.day}.{day.month}.{day.year}",
            lambda day: f"{day:%d.%m.%y}",
            lambda day: day.isoformat(),
            lambda day: int(f"{day:%Y%m%d}"),
        )
    )
    return tuple(None if person.day is None else write(person.day) for person in survey.people)


def sessions(survey: Survey, chance: Random) -> list[Column]:
    """Return the columns of a register's sessions, under their numbers or their days."""
    if survey.form.kind != "register":
        return []
    presence = survey.form.item(SESSION_ITEM)
    name = chance.choice(
        (
            lambda number: f"Kerta {number}",
            lambda number: f"{number}. kerta",
            lambda number: f"{number + 2}.9.2018",
            lambda number: f"Session {number}",
        )
    )
    return [
        Column(
            (name(number),),
            tuple(typed(survey, presence, person.marks.get(number), chance) for person in survey.people),
        )
        for number in range(1, survey.sessions + 1)
    ]


def plain_table(survey: Survey, chance: Random, cohort_column: bool) -> Rows:
    """Return a table typed by hand, perhaps below a title."""
    return sheet_rows(by_hand(survey, chance, cohort_column), chance, titles(survey, chance))


def turned_table(survey: Survey, chance: Random, cohort_column: bool) -> Rows:
    """Return a table with the questions below one another and people side by side."""
    rows = sheet_rows(by_hand(survey, chance, cohort_column), chance)
    width = max(map(len, rows))
    padded = [row + [None] * (width - len(row)) for row in rows]
    return [list(column) for column in zip(*padded, strict=True)]


def option_columns(survey: Survey, chance: Random, cohort_column: bool) -> Rows:
    """Return a table in which a mark in an option's column is the answer; headings in one row or in two."""
    two = chance.random() < 0.5
    split = next(
        item for item in survey.questions if options(survey, item) and any(item.id in p.answers for p in survey.people)
    )
    columns = by_hand(
        replace(survey, questions=tuple(item for item in survey.questions if item != split)), chance, cohort_column
    )
    groups = [[column] for column in columns]
    question, mark = split.text[survey.language], chance.choice(("x", "X", 1, "✓"))
    between = chance.choice((": ", " - ", " ["))
    options_group = []
    for place, (code, label) in enumerate(options(survey, split)):
        whole = f"{question}{between}{label}{']' if '[' in between else ''}"
        named = (question if place == 0 else "", label) if two else (whole,)
        options_group.append(Column(named, marked(survey, split, code, mark)))
    groups.insert(chance.randrange(len(groups) + 1), options_group)
    columns = [column for group in groups for column in group]
    # Over the columns after the options the lower row stands empty; a question there would be over them too.
    return sheet_rows(columns, chance, titles(survey, chance), lines=2 if two else 1)


HAND_MADE: Mapping[str, Callable[[Survey, Random, bool], Rows]] = {
    "plain_table": plain_table,
    "turned_table": turned_table,
    "option_columns": option_columns,
}


def as_xlsx(sheets: Sequence[tuple[str, Rows]]) -> bytes:
    """Return an .xlsx workbook of ``sheets``; texts that look like formulas or numbers stay texts."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    day = book.add_format({"num_format": "d.m.yyyy"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, datetime):
                    sheet.write_datetime(row, column, cell, moment)
                elif isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, day)
                elif isinstance(cell, str) and cell:
                    sheet.write_string(row, column, cell)
                elif cell is not None and cell != "":
                    sheet.write_number(row, column, cell)
    book.close()
    return target.getvalue()


def as_text(rows: Rows, separator: str, encoding: str) -> bytes:
    """Return a text file of ``rows``; signs that ``encoding`` lacks make it UTF-8."""
    width = max(map(len, rows))
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=separator, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_in_text(cell) for cell in row + [None] * (width - len(row))])
    try:
        return target.getvalue().encode(encoding)
    except UnicodeEncodeError:
        return target.getvalue().encode("utf-8")


def _in_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return f"{cell.day}.{cell.month}.{cell.year}"
    return str(cell)
