"""Small made-up worlds: people, some of whom come back, and the forms they fill, with or without a code."""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import duckdb
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures import with_everything_released
from evaluation.records import ANSWER_COLUMNS, ATTENDANCE_COLUMNS, RESPONSE_COLUMNS, TEXT_COLUMNS, Draft
from evaluation.store import Selection, Store, open_store

PLACES = {"sisu": ("Lempäälä",), "lape": ("Parkano", "Kihniö"), "fyrkkaa": ("Tampere",)}
ASKED = {
    "client_start": ("state_mood", "state_taking_part", "state_money"),
    "client_end": (
        "state_mood", "state_taking_part", "state_money", "change_mood", "change_taking_part", "sat_access",
        "sat_usefulness", "recommend",
    ),
    "family_feedback": ("family_useful", "family_heard", "change_taking_part", "recommend"),
    "session_feedback": ("session_useful",),
    "worker": ("worker_goals", "worker_budget"),
}  # fmt: skip
WRITTEN = {"client_end": "best_thing", "family_feedback": "family_best", "session_feedback": "session_comment"}


@dataclass(frozen=True)
class Form:
    """One filled form, register row included; ``person`` is who filled it in truth, known to nobody but the test."""

    practice: str
    municipality: str
    cohort: str
    questionnaire: str
    person: str
    code: str | None
    day: date
    answers: dict[str, int] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    marks: dict[int, int] = field(default_factory=dict)

    @property
    def cell(self) -> tuple[str, str, str]:
        return self.practice, self.municipality, self.questionnaire


World = tuple[Form, ...]


def changed(world: Sequence[Form], answers: dict[int, dict[str, int]]) -> World:
    """Return the world with some answers put in place of others, by the number of the form."""
    return tuple(
        replace(form, answers=form.answers | answers[number]) if number in answers else form
        for number, form in enumerate(world)
    )


def stored(world: Sequence[Form], library: Library) -> Store:
    """Return a store that holds the world, all of whose texts a person has released."""
    store = open_store("duckdb:///:memory:")
    receipt = store.accept(draft_of(world, library))
    assert receipt.accepted == len(world), receipt
    if any(form.texts for form in world):
        store.decide_texts(with_everything_released(store.written_answers(Selection()), library), publishable=True)
    return store


def draft_of(world: Sequence[Form], library: Library) -> Draft:
    """Return the draft of a file that holds the world."""
    responses, answers, texts, marks = [], [], [], []
    for number, form in enumerate(world):
        asked = library.questionnaire(form.questionnaire)
        again = asked.kind == "form" and asked.timing in ("session", "visit")
        key = [*form.cell, form.cohort, form.code, form.day if again else ""]
        person_key = _digest(key) if form.code else None
        responses.append((
            number, form.practice, form.municipality, form.cohort, asked.role, asked.id, asked.version, asked.timing,
            form.code, form.day, "Taul1", number + 2, None, person_key,
        ))  # fmt: skip
        answers += [(number, item, value) for item, value in form.answers.items()]
        texts += [(number, item, text) for item, text in form.texts.items()]
        marks += [(number, session, None, mark) for session, mark in form.marks.items()]
    return Draft(
        file="world.xlsx",
        sha256=_digest(["world", len(world)]),
        layout="template",
        questionnaires=tuple({form.questionnaire for form in world}),
        responses=pd.DataFrame(responses, columns=list(RESPONSE_COLUMNS)),
        answers=pd.DataFrame(answers, columns=list(ANSWER_COLUMNS)),
        texts=pd.DataFrame(texts, columns=list(TEXT_COLUMNS)),
        attendance=pd.DataFrame(marks, columns=list(ATTENDANCE_COLUMNS)),
        rows=len(world),
        rejected=0,
    )


def _digest(parts: Sequence[object]) -> str:
    return hashlib.sha256("\x1f".join(map(str, parts)).encode()).hexdigest()


def random_world(seed: int, library: Library) -> World:
    """Return a world of one or two practices with small runs, in which everything that endangers people is common."""
    rng = random.Random(seed)
    forms: list[Form] = []
    for practice in rng.sample(sorted(PLACES), rng.choice([1, 1, 2])):
        for municipality in PLACES[practice]:
            forms += _place(rng, library, practice, municipality)
    return tuple(forms)


def in_places(rng: random.Random, library: Library, practice: str, municipalities: Sequence[str]) -> World:
    """Return a world of one practice with small runs in several municipalities."""
    return tuple(form for place in municipalities for form in _place(rng, library, practice, place))


def _place(rng: random.Random, library: Library, practice: str, municipality: str) -> list[Form]:
    forms: list[Form] = []
    coded = rng.choice([0.0, 0.6, 1.0, 1.0])
    people = [f"{practice} {municipality} {number}" for number in range(rng.choice([8, 16, 40]))]
    workers = [f"worker {practice} {municipality} {number}" for number in range(rng.randint(1, 7))]
    for year in range(2015, 2015 + rng.randint(1, 5)):
        members = rng.sample(people, min(rng.choice([1, 2, 3, 4, 5, 6, 7, 9, 12]), len(people)))
        run = _Run(rng, library, practice, municipality, str(year), coded)
        forms += run.forms(members, workers)
    return forms


@dataclass
class _Run:
    rng: random.Random
    library: Library
    practice: str
    municipality: str
    cohort: str
    coded: float

    def forms(self, members: Sequence[str], workers: Sequence[str]) -> list[Form]:
        rng, found = self.rng, []
        asked = self.library.practices[self.practice].questionnaires
        codes = {person: (person if rng.random() < self.coded else None) for person in members}
        answered = [person for person in members if rng.random() < 0.85]
        if "attendance_register" in asked:
            found += [self._registered(person, person in answered) for person in members]
            found += self._filled("client_start", members, {person: person for person in members})
            found += self._filled("client_end", answered, codes)
            for day in range(1, 1 + rng.randint(0, 3)):
                present = [person for person in members if rng.random() < 0.8]
                found += self._filled("session_feedback", present, codes, day)
        else:
            found += self._filled("family_feedback", answered, codes)
        return found + self._filled("worker", workers, {})

    def _registered(self, person: str, stayed: bool) -> Form:
        came = stayed or self.rng.random() < 0.7
        marks = {session: int(came and (session == 1 or self.rng.random() < 0.7)) for session in (1, 2, 3)}
        form = self._form("attendance_register", person, person, 1)
        return replace(form, answers={"completed": int(stayed)}, marks=marks)

    def _filled(
        self, questionnaire: str, people: Sequence[str], codes: dict[str, str | None], day: int = 1
    ) -> list[Form]:
        practice = self.library.practices[self.practice]
        own = {item.id for item in self.library.questionnaire(questionnaire).items_for(practice)}
        draw = {item: self._drawing(item) for item in ASKED[questionnaire] if item in own}
        found = []
        for person in people:
            answers = {item: value for item, one in draw.items() if (value := one()) is not None}
            form = self._form(questionnaire, person, codes.get(person), day)
            item = WRITTEN.get(questionnaire)
            texts = {item: f"{person} {questionnaire} {self.cohort}"} if item and self.rng.random() < 0.5 else {}
            found.append(replace(form, answers=answers, texts=texts))
        return found

    def _form(self, questionnaire: str, person: str, code: str | None, day: int) -> Form:
        when = date(int(self.cohort), 1, day)
        return Form(self.practice, self.municipality, self.cohort, questionnaire, person, code, when)

    def _drawing(self, item: str):
        """Return a function that draws answers: mixed or at one end; some are missing or outside the scale."""
        rng = self.rng
        scale = self.library.scales[str(self.library.items[item].scale)]
        bad, good = scale.codes_of("unfavourable"), scale.codes_of("favourable")
        kind, missing = rng.choice(["mixed", "mixed", "bad", "nearly bad", "good"]), rng.choice([0.0, 0.1, 0.3])

        def one() -> int | None:
            if rng.random() < missing:
                return None
            if rng.random() < 0.04:
                return scale.outside_codes[0]
            if kind == "nearly bad" and rng.random() < 0.12:
                return rng.choice(good)
            return rng.choice({"mixed": scale.codes, "good": good}.get(kind, bad))

        return one


def world_of(database: str) -> World:
    """Return what a DuckDB database holds as a world; who gave no code is taken for a person of each form."""
    with duckdb.connect(database.removeprefix("duckdb:///"), read_only=True) as connection:
        answers = _by_form(connection, "SELECT import_id, response_no, item, value FROM answers")
        marks = _by_form(connection, "SELECT import_id, response_no, session_no, mark FROM attendances")
        rows = connection.execute(
            "SELECT import_id, response_no, practice, municipality, cohort, questionnaire, participant, answered_on "
            "FROM responses"
        ).fetchall()
    return tuple(
        Form(
            *place,
            person=code or f"form {key}",
            code=code,
            day=day,
            answers=answers.get(key, {}),
            marks=marks.get(key, {}),
        )
        for *key_parts, practice, municipality, cohort, questionnaire, code, day in rows
        for key, place in [(tuple(key_parts), (practice, municipality, cohort, questionnaire))]
    )


def _by_form(connection: duckdb.DuckDBPyConnection, query: str) -> dict[tuple[int, ...], dict[Any, int]]:
    found: dict[tuple[int, ...], dict[Any, int]] = {}
    for import_id, number, name, value in connection.execute(query).fetchall():
        found.setdefault((import_id, number), {})[name] = value
    return found
