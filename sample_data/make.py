"""Makes the sample workbooks beside it: synthetic feedback of all sixteen practices, the same at every run.

The figures agree with what is told of the practices (plans.py); the answers are drawn by chance from a fixed start.
Run ``python sample_data/make.py`` in the checkout, with the toolkit installed.
"""

import io
import random
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from openpyxl import load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.definitions import Item, Library, Practice, Questionnaire, load_library
from evaluation.definitions.columns import ANSWERED_ON, COHORT, MANIFEST_SHEET, MUNICIPALITY, PARTICIPANT, entry_columns
from evaluation.forms import entry_template
from evaluation.i18n import Translator, languages

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))

from plans import PLANS, OpenDoor, Plan, Run  # noqa: E402 - the folder is no package

Row = dict[str, object]

PRESENT, ABSENT, CANCELLED = 1, 0, 2
SKIPPED, UNSURE = 0.04, 0.05
DONT_KNOW = 98
MADE_ON = (2018, 12, 31, 12, 0, 0)


def main() -> None:
    """Write every workbook anew."""
    library = load_library()
    for old in FOLDER.glob("*.xlsx"):
        old.unlink()
    for name, content in workbooks(library):
        (FOLDER / name).write_bytes(content)
        print(name)


def workbooks(library: Library) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of every sample workbook."""
    for practice_id, plan in PLANS.items():
        practice = library.practices[practice_id]
        for form in library.forms_of(practice):
            rows = list(_rows(form, practice, plan, library))
            title = form.title["fi"].lower().replace("ä", "a").replace(" ", "_")
            yield f"{practice_id}_{title}.xlsx", _workbook(form, practice, rows, library)


def _rows(form: Questionnaire, practice: Practice, plan: Plan, library: Library) -> Iterator[Row]:
    chance = random.Random(f"{practice.id} {form.id}")
    if form.kind == "head_count":
        for opening in plan.open_doors:
            yield from _openings(opening, chance)
    for run, letter in zip(plan.runs, "ABCD", strict=False):
        people = _People(practice, run, letter)
        if form.kind == "register":
            yield from people.register()
        elif form.timing == "start":
            yield from people.start_forms(form, library)
        elif form.timing == "end":
            yield from people.end_forms(form, library)
        elif form.timing == "session":
            yield from people.session_forms(form, library)


class _People:
    """The people of one run: who came when, who stayed, and how things stood with them. Drawn once, then told."""

    def __init__(self, practice: Practice, run: Run, letter: str) -> None:
        self.practice, self.run = practice, run
        self.chance = random.Random(f"{practice.id} {run.municipality} {run.cohort}")
        self.codes = [f"{letter}{number}" for number in range(1, run.registered + 1)]
        self.days = [run.first_on + timedelta(days=offset) for offset in run.offsets]
        self.completed = set(self.codes[: run.completed])
        self.started = self.codes[: run.started]
        self.marks = [self._marks(number) for number in range(len(self.days))]

    def _marks(self, session: int) -> dict[str, int]:
        """Draw who is present: as many as the plan says; those who stop come only at first."""
        still = [
            code for number, code in enumerate(self.started)
            if code in self.completed or session <= max(1, (number * 5) % max(len(self.days) - 2, 2))
        ]  # fmt: skip
        low, high = self.run.present
        # The greatest and least number told of the practice are among those drawn.
        wanted = {1: high, 2: low}.get(session, self.chance.randint(low, high))
        first_times = [code for number, code in enumerate(self.started) if session == number * 2 // max(high, 1)]
        others = [code for code in still if code not in first_times]
        self.chance.shuffle(others)
        rest = [code for code in self.started if code not in first_times and code not in others]
        present = set([*first_times, *others, *rest][:wanted])
        away = {code: CANCELLED if self.chance.random() < self.run.cancels else ABSENT for code in self.codes}
        return away | dict.fromkeys(present, PRESENT)

    def register(self) -> Iterator[Row]:
        for code in self.codes:
            row: Row = {PARTICIPANT: code, COHORT: self.run.cohort, "completed": int(code in self.completed)}
            row |= {f"session_{number}": marks[code] for number, marks in enumerate(self.marks, start=1)}
            yield row | {f"held_{number}": day for number, day in enumerate(self.days, start=1)}

    def start_forms(self, form: Questionnaire, library: Library) -> Iterator[Row]:
        for code in self.started:
            row = self._head(code, self.days[0])
            for item in form.items_for(self.practice):
                row[item.id] = self._blurred(self._state(code, item, library), item)
            yield row

    def end_forms(self, form: Questionnaire, library: Library) -> Iterator[Row]:
        answering = [code for code in self.codes if code in self.completed]
        for number, code in enumerate(answering):
            forgot = self.run.uncoded or number % 8 == 5
            row = self._head(None if forgot else code, self.days[-1])
            change = self._change(code)
            for item in form.items_for(self.practice):
                row[item.id] = self._end_answer(code, item, change, library)
            yield row

    def session_forms(self, form: Questionnaire, library: Library) -> Iterator[Row]:
        for day, marks in zip(self.days, self.marks, strict=True):
            present = [code for code, mark in marks.items() if mark == PRESENT]
            for _ in present:
                if self.chance.random() < self.run.answers_session:
                    row = self._head(None, day)
                    given = {item.id: self._blurred(self._opinion(item, library), item) for item in form.items}
                    if any(value is not None for value in given.values()):
                        yield row | given

    def _head(self, code: str | None, day: date) -> Row:
        return {PARTICIPANT: code, ANSWERED_ON: day, COHORT: self.run.cohort, MUNICIPALITY: self.run.municipality}

    def _state(self, code: str, item: Item, library: Library) -> int:
        """Draw how things stood with a person at the start; the same whenever asked."""
        own = random.Random(f"{self.practice.id} {self.run.cohort} {self.run.municipality} {code} {item.id}")
        good = own.choices((1, 2, 3, 4), weights=(2, 5, 4, 1))[0]
        return good if library.scales[str(item.scale)].better == "high" else 6 - good

    def _change(self, code: str) -> dict[str, int]:
        own = random.Random(f"change {self.practice.id} {self.run.cohort} {code}")
        weights = (1, 4, 6, 2)
        return {name: own.choices((-1, 0, 1, 2), weights=weights)[0] for name in self.practice.change_dimensions}

    def _end_answer(self, code: str, item: Item, change: dict[str, int], library: Library) -> object:
        if item.kind == "text":
            return self._remark(item)
        if item.change is None:
            return self._blurred(self._opinion(item, library), item)
        step = change[str(item.dimension)]
        if item.change == "retrospective":
            return self._blurred(min(3 + step, 5), item)
        better = 1 if library.scales[str(item.scale)].better == "high" else -1
        return self._blurred(min(max(self._state(code, item, library) + better * step, 1), 5), item)

    def _opinion(self, item: Item, library: Library) -> object:
        if item.kind == "text":
            return None
        if item.id == "recommend":
            return self.chance.choices(range(3, 11), weights=(1, 1, 1, 2, 4, 7, 7, 6))[0]
        return self.chance.choices(library.scales[str(item.scale)].codes, weights=(1, 2, 3, 8, 9))[0]

    def _remark(self, item: Item) -> str | None:
        texts = {
            "best_thing": ("Porukka ja juttelu.", "Sai lähdettyä kotoa.", "Ohjaajat kuuntelivat.", "Ruoka ja kahvi."),
            "to_improve": ("Voisi kestää pidempään.", "Lisää retkiä.", "Aloitus myöhemmin aamulla."),
        }[item.id]
        return self.chance.choice(texts) if self.chance.random() < 0.5 else None

    def _blurred(self, value: object, item: Item) -> object:
        """Leave some questions unanswered, and let some people not know."""
        if value is None or self.chance.random() < SKIPPED:
            return None
        return DONT_KNOW if item.kind == "scale" and self.chance.random() < UNSURE else value


def _openings(plan: OpenDoor, chance: random.Random) -> Iterator[Row]:
    number = 0
    day = plan.first_on
    while number < plan.openings:
        if day.weekday() in plan.weekdays:
            special = bool(plan.special_every) and number % plan.special_every == plan.special_every - 1
            low, high = plan.special_visits if special else plan.visits
            # The greatest and least day told of the practice are among the days drawn.
            visits = {0: high, 1: low}.get(number, chance.randint(low, high))
            yield {ANSWERED_ON: day, COHORT: plan.cohort, "visits": visits, "occasion": 2 if special else 1}
            number += 1
        day += timedelta(days=1)


def _workbook(form: Questionnaire, practice: Practice, rows: Sequence[Row], library: Library) -> bytes:
    """Fill the toolkit's own template in, in the manner of one worker: codes or labels, tidy or not."""
    book = load_workbook(io.BytesIO(entry_template(library, form, practice, "fi")))
    sheet = book.worksheets[0]
    manner = random.Random(f"manner {practice.id} {form.id}").choice(("labels", "codes", "untidy", "labels"))
    for number, column in enumerate(entry_columns(form, practice), start=1):
        day = next((row[key] for row in rows if (key := column.id.replace("session_", "held_")) in row), None)
        if column.id.startswith("session_") and day is not None and len({row.get("held_1") for row in rows}) == 1:
            cell = sheet.cell(row=1, column=number, value=day)
            cell.number_format = "d.m.yyyy"
        for line, row in enumerate(rows, start=2):
            value = row.get(column.id)
            if value is not None:
                sheet.cell(row=line, column=number, value=_written(value, column.item, manner, library))
    _mark_synthetic(book[Translator("fi")("forms.instructions_sheet")], book[MANIFEST_SHEET])
    target = io.BytesIO()
    book.save(target)
    return _timeless(target.getvalue())


def _written(value: object, item: Item | None, manner: str, library: Library) -> object:
    scale = library.scale_of(item) if item else None
    if scale is None or not isinstance(value, int) or manner == "codes":
        return value
    label = scale.answer(value).label["fi"]
    if label.isdigit():
        return value
    return f" {label.upper()} " if manner == "untidy" and value % 2 else label


def _mark_synthetic(instructions: Worksheet, manifest: Worksheet) -> None:
    note = "  ·  ".join(Translator(language)("common.synthetic") for language in languages())
    instructions["A3"] = note
    instructions["A3"].font = Font(bold=True, color="A3261E")
    instructions["A3"].alignment = Alignment(vertical="center")
    for key, value in manifest.iter_rows(max_col=2):
        if key.value == "synthetic":
            value.value = "yes"


def _timeless(content: bytes) -> bytes:
    """Return the workbook without the moment it was made, so that equal contents are equal files."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "docProps/core.xml":
                data = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"2018-12-31T12:00:00Z", data)
            archive.writestr(zipfile.ZipInfo(part.filename, MADE_ON), data, zipfile.ZIP_DEFLATED)
    return target.getvalue()


if __name__ == "__main__":
    main()
