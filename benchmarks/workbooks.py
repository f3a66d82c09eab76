"""Makes the files that the benchmark of reading reads: answers as people give them, by a writer that is not ours."""

import csv
import datetime
import random
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from evaluation.definitions import Library

PRACTICE, QUESTIONNAIRE = "sisu", "client_end"
FIRST_DAY = datetime.date(2014, 1, 7)
TOPICS = ("ryhmä", "ohjaaja", "ruoka", "retki", "juttelu", "vertaistuki", "rauha", "apu", "aikataulu", "tila")
SYSTEM, OPEN = 3, 2


def answers(library: Library, rows: int, columns: int, variant: str = "") -> Iterator[list[object]]:
    """Yield the headings and ``rows`` filled forms: code, day and run, answers as labels or as codes, open answers.

    Every second question is answered in words; one in twenty leaves a question out, one in ten writes something.
    ``columns`` below ten leave the run and the open answers out, and give codes only. Another ``variant`` draws other
    answers.
    """
    chance = random.Random(f"{rows} {columns}{variant}")
    form = library.questionnaire(QUESTIONNAIRE)
    small = columns < 10
    scaled = [item for item in form.items if item.kind == "scale"][: columns - (2 if small else SYSTEM + OPEN)]
    texts = [] if small else [item for item in form.items if item.kind == "text"][:OPEN]
    yield ["Tunniste", "Päivä", *([] if small else ["Toteutus"]), *(item.text["fi"] for item in (*scaled, *texts))]
    choices: list[list[object]] = []
    for place, item in enumerate(scaled):
        values = library.scales[str(item.scale)].values
        words = place % 2 == 0 and not small
        choices.append([value.label["fi"] if words else value.code for value in values])
    for number in range(1, rows + 1):
        day = FIRST_DAY + datetime.timedelta(days=number % 1800)
        system: list[object] = [f"A{number}" if not small else number, day]
        if not small:
            system.append(f"Ryhmä {number % 50 + 1}")
        # The first question is always answered: a row without an answer would be rejected.
        given = [
            None if place and chance.random() < 0.05 else chance.choice(each) for place, each in enumerate(choices)
        ]
        said = [_sentence(chance, number) if chance.random() < 0.1 else None for _ in texts]
        yield [*system, *given, *said]


def _sentence(chance: random.Random, number: int) -> str:
    return f"{chance.choice(TOPICS).capitalize()} ja {chance.choice(TOPICS)} olivat tärkeitä, kerta {number % 97}."


def write_xlsx(path: Path, library: Library, rows: int, columns: int) -> None:
    """Write the answers as a workbook; texts are shared strings as Excel writes them, except in the largest."""
    book = xlsxwriter.Workbook(path, {"constant_memory": rows > 200_000})
    sheet = book.add_worksheet("Loppukysely")
    day = book.add_format({"num_format": "d.m.yyyy"})
    for row, cells in enumerate(answers(library, rows, columns)):
        for column, cell in enumerate(cells):
            if isinstance(cell, datetime.date):
                sheet.write_datetime(row, column, cell, day)
            elif cell is not None:
                sheet.write(row, column, cell)
    book.close()


def write_csv(path: Path, library: Library, rows: int, columns: int) -> None:
    """Write the answers as Finnish Excel saves them as text: semicolons, Windows-1252, days as 5.9.2018."""
    with path.open("w", encoding="cp1252", newline="") as target:
        writer = csv.writer(target, delimiter=";")
        for cells in answers(library, rows, columns):
            writer.writerow([_as_text(cell) for cell in cells])


def _as_text(cell: object) -> object:
    return f"{cell.day}.{cell.month}.{cell.year}" if isinstance(cell, datetime.date) else cell
