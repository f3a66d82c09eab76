"""Makes the sample workbooks beside it, synthetic feedback of all sixteen practices, and packs what they hold.

It makes the spreadsheet of a café's own questions, too, which the import page offers to try.
The figures agree with what is told of the practices (plans.py); the answers are drawn by chance from a fixed start.
Run ``python sample_data/make.py`` in the checkout, with the toolkit installed.
"""

import random
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path

from evaluation.definitions import Item, Library, Practice, Questionnaire, load_library
from evaluation.definitions.columns import ANSWERED_ON, COHORT, MUNICIPALITY, PARTICIPANT
from evaluation.samples import OWN_FORM, PACKED, pack_workbooks

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER))

from books import Row, workbook  # noqa: E402 - the folder is no package
from own_form import own_form_bytes  # noqa: E402 - the folder is no package
from plans import PLANS, OpenDoor, Plan, Run  # noqa: E402 - the folder is no package

PRESENT, ABSENT, CANCELLED = 1, 0, 2
SKIPPED, UNSURE = 0.04, 0.05
DONT_KNOW = 98
REASONS = ("reason_money", "reason_housing", "reason_services", "reason_wellbeing", "reason_other")
REMARKS = {
    "best_thing": ("Porukka ja juttelu.", "Sai lähdettyä kotoa.", "Ohjaajat kuuntelivat.", "Ruoka ja kahvi."),
    "to_improve": ("Voisi kestää pidempään.", "Lisää retkiä.", "Aloitus myöhemmin aamulla."),
    "visit_comment": ("Kiitos avusta.", "Kahvi oli hyvää.", "Voisi olla useammin auki."),
    "worker_develop": ("Enemmän aikaa suunnitteluun.", "Tilat keskemmälle kuntaa."),
    "partner_develop": ("Yhteinen kalenteri.", "Nimetty yhteyshenkilö."),
}


def main() -> None:
    """Write every workbook anew, and the packed sample that importing them gives."""
    library = load_library()
    for old in FOLDER.glob("*.xlsx"):
        old.unlink()
    for name, content in workbooks(library):
        (FOLDER / name).write_bytes(content)
        print(name)
    (FOLDER / OWN_FORM).parent.mkdir(exist_ok=True)
    (FOLDER / OWN_FORM).write_bytes(own_form_bytes())
    print(OWN_FORM)
    (FOLDER / PACKED).write_bytes(pack_workbooks(library))
    print(PACKED)


def workbooks(library: Library) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of every sample workbook."""
    for practice_id, plan in PLANS.items():
        practice = library.practices[practice_id]
        for form in library.forms_of(practice):
            rows = list(_rows(form, practice, plan, library))
            title = form.title["fi"].lower().translate(str.maketrans("äö ", "ao_"))
            yield f"{practice_id}_{title}.xlsx", workbook(form, practice, rows, library)


def _rows(form: Questionnaire, practice: Practice, plan: Plan, library: Library) -> Iterator[Row]:
    chance = random.Random(f"{practice.id} {form.id}")
    if form.timing == "visit":
        for period in plan.open_doors:
            openings = _openings(period, practice)
            yield from (
                _diary(form, openings, chance)
                if form.kind == "head_count"
                else _visit_forms(form, practice, openings, period, chance, library)
            )
    if form.timing == "once":
        yield from _professionals(form, practice, plan, chance, library)
    for run, letter in zip(plan.runs, "ABCD", strict=False):
        people = _People(practice, run, letter)
        if form.kind == "register":
            yield from people.register()
        elif form.timing == "start":
            yield from people.start_forms(form, library)
        elif form.timing in ("end", "follow_up"):
            yield from people.later_forms(form, library)
        elif form.timing == "session":
            yield from people.session_forms(form, library)


class _People:
    """The people of one run: who came when, who stayed, and how things stood with them. Drawn once, then told."""

    def __init__(self, practice: Practice, run: Run, letter: str) -> None:
        self.practice, self.run = practice, run
        self.chance = random.Random(f"{practice.id} {run.municipality} {run.cohort}")
        self.waits = random.Random(f"waits {practice.id} {run.municipality} {run.cohort}")
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
                row[item.id] = _blurred(self._state(code, item, library), item, self.chance)
            yield row

    def later_forms(self, form: Questionnaire, library: Library) -> Iterator[Row]:
        """Tell the end, or how things are months after it: fewer answer then."""
        answering = [code for code in self.codes if code in self.completed]
        late = form.timing == "follow_up"
        for number, code in enumerate(answering[: len(answering) * 3 // 4] if late else answering):
            forgot = form.participant_code != "required" and (self.run.uncoded or number % 8 == 5)
            row = self._head(None if forgot else code, self.days[-1] + timedelta(days=120 if late else 0))
            change = self._change(code)
            for item in form.items_for(self.practice):
                row[item.id] = self._later_answer(code, item, change, library)
            yield row

    def session_forms(self, form: Questionnaire, library: Library) -> Iterator[Row]:
        for day, marks in zip(self.days, self.marks, strict=True):
            present = [code for code, mark in marks.items() if mark == PRESENT]
            for _ in present:
                if self.chance.random() < self.run.answers_session:
                    row = self._head(None, day)
                    given = {item.id: self._said(item, library) for item in form.items_for(self.practice)}
                    if any(value is not None for value in given.values()):
                        yield row | given

    def _said(self, item: Item, library: Library) -> object:
        """Draw an answer about a session; how long people waited is drawn by a chance of its own."""
        chance = self.waits if str(item.scale).startswith("wait") else self.chance
        return _blurred(_opinion(item, library, chance), item, chance)

    def _head(self, code: str | None, day: date) -> Row:
        return {PARTICIPANT: code, ANSWERED_ON: day, COHORT: self.run.cohort, MUNICIPALITY: self.run.municipality}

    def _state(self, code: str, item: Item, library: Library) -> int:
        """Draw how things stood with a person at the start; the same whenever asked."""
        own = random.Random(f"{self.practice.id} {self.run.cohort} {self.run.municipality} {code} {item.id}")
        good = own.choices((1, 2, 3, 4), weights=(2, 5, 4, 1))[0]
        scale = library.scales[str(item.scale)]
        if len(scale.codes) > 7:
            return 2 * good - own.randint(0, 1)
        return good if scale.better == "high" else 6 - good

    def _change(self, code: str) -> dict[str, int]:
        own = random.Random(f"change {self.practice.id} {self.run.cohort} {code}")
        weights = (1, 4, 6, 2)
        return {name: own.choices((-1, 0, 1, 2), weights=weights)[0] for name in self.practice.change_dimensions}

    def _later_answer(self, code: str, item: Item, change: dict[str, int], library: Library) -> object:
        if item.change is None:
            return _blurred(_opinion(item, library, self.chance), item, self.chance)
        codes = library.scales[str(item.scale)].codes
        step = change.get(str(item.dimension), self.chance.choice((0, 1, 1)))
        if item.change == "retrospective":
            return _blurred(min(codes[len(codes) // 2] + step, codes[-1]), item, self.chance)
        better = 1 if library.scales[str(item.scale)].better == "high" else -1
        now = self._state(code, item, library) + better * step
        return _blurred(min(max(now, codes[0]), codes[-1]), item, self.chance)


def _opinion(item: Item, library: Library, chance: random.Random) -> object:
    """Draw an answer to a question that is not about a state."""
    if item.kind == "text":
        texts = REMARKS.get(item.id, ())
        return chance.choice(texts) if texts and chance.random() < 0.5 else None
    if item.id == "recommend":
        return chance.choices(range(3, 11), weights=(1, 1, 1, 2, 4, 7, 7, 6))[0]
    codes = library.scales[str(item.scale)].codes
    if str(item.scale).startswith("wait"):
        return chance.choices(codes, weights=(1, 3, 8))[0]
    if len(codes) == 2:
        return chance.choices(codes, weights=(2, 1))[0]
    return chance.choices(codes, weights=(1, 2, 6, 7, 3) if item.family != "satisfaction" else (1, 2, 3, 8, 9))[0]


def _blurred(value: object, item: Item, chance: random.Random) -> object:
    """Leave some questions unanswered, and let some people not know."""
    if value is None or item.kind == "text":
        return value
    if chance.random() < SKIPPED:
        return None
    unsure = item.family != "participation" and not str(item.scale).startswith(("score", "goal"))
    return DONT_KNOW if unsure and chance.random() < UNSURE else value


def _professionals(
    form: Questionnaire, practice: Practice, plan: Plan, chance: random.Random, library: Library
) -> Iterator[Row]:
    """Tell what workers, partners and supervisors answer, a year's forms at its end."""
    number = {"worker": plan.workers, "partner": plan.partners, "supervisor": plan.supervisors}[form.role]
    for municipality in practice.municipalities:
        for _ in range(number):
            row: Row = {ANSWERED_ON: date(2018, 12, chance.randint(3, 14)), COHORT: "2018", MUNICIPALITY: municipality}
            given = {item.id: _blurred(_opinion(item, library, chance), item, chance) for item in form.items}
            yield row | given


def _visit_forms(
    form: Questionnaire,
    practice: Practice,
    openings: Sequence[Row],
    period: OpenDoor,
    chance: random.Random,
    library: Library,
) -> Iterator[Row]:
    """Tell what some of an opening's visitors answer as they leave."""
    for opening in openings:
        for _ in range(int(str(opening["visits"]))):
            if chance.random() < period.answers:
                asked = form.items_for(practice)
                given = {item.id: _blurred(_opinion(item, library, chance), item, chance) for item in asked}
                if any(value is not None for value in given.values()):
                    yield {ANSWERED_ON: opening[ANSWERED_ON], COHORT: opening[COHORT]} | given


def _diary(form: Questionnaire, openings: Sequence[Row], chance: random.Random) -> Iterator[Row]:
    """Tell the openings, with what a diary asks beside the number of visitors."""
    asked = {item.id for item in form.items}
    for opening in openings:
        visits = int(str(opening["visits"]))
        reasons = chance.choices(REASONS, weights=(5, 3, 5, 4, 1), k=visits)
        counted = {name: reasons.count(name) for name in REASONS}
        new = sum(chance.random() < 0.2 for _ in range(visits))
        row = opening | counted | {"visits_new": new, "waiting_minutes": 5 * chance.randint(0, 6)}
        yield {name: value for name, value in row.items() if name in asked | {ANSWERED_ON, COHORT}}


def _openings(plan: OpenDoor, practice: Practice) -> list[Row]:
    """Return the openings of a period, the same for every form that tells of them."""
    chance = random.Random(f"{practice.id} {plan.cohort}")
    found: list[Row] = []
    number = 0
    day = plan.first_on
    while number < plan.openings:
        if day.weekday() in plan.weekdays:
            special = bool(plan.special_every) and number % plan.special_every == plan.special_every - 1
            low, high = plan.special_visits if special else plan.visits
            # The greatest and least day told of the practice are among the days drawn.
            visits = {0: high, 1: low}.get(number, chance.randint(low, high))
            found.append({ANSWERED_ON: day, COHORT: plan.cohort, "visits": visits, "occasion": 2 if special else 1})
            number += 1
        day += timedelta(days=1)
    return found


if __name__ == "__main__":
    main()
