"""Twins of a world: other in everything that must not be told, equal in everything that may.

Whatever is shown of a world must be shown, to the letter, of its twin: then nothing that is shown depends on what must
not be told.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from evaluation.definitions import Library, Scale
from evaluation.measures import JOINT, Policy
from evaluation.privacy.joint_units import JointUnit
from tests.privacy.attack.worlds import Form, World, changed

Row = Mapping[str, Any]
Answers = dict[int, dict[str, int]]
OUTSIDE = 90


def twin(
    world: World,
    library: Library,
    rows: list[Row],
    policy: Policy,
    rng: random.Random,
    joints: Sequence[JointUnit] = (),
) -> tuple[World, Counter]:
    """Return a twin of ``world``, of which ``rows`` are published, and what was changed how often.

    ``joints`` are the units of workers that are published together only.
    """
    maker = _Twin(world, library, rows, policy, rng)
    maker.joints = joints
    told, done = changed(world, maker.answers()), maker.done
    return maker.other_texts(told), done


class _Twin:
    def __init__(self, world: World, library: Library, rows: list[Row], policy: Policy, rng: random.Random) -> None:
        self._world, self._library, self._policy, self._rng = world, library, policy, rng
        self._rows = rows
        self.joints: Sequence[JointUnit] = ()
        self.done: Counter = Counter()

    def answers(self) -> Answers:
        """Return the answers that are other in the twin, by the number of the form."""
        found: Answers = defaultdict(dict)
        for row in self._rows:
            if row["level"] != "cohort":
                continue
            if row["measure"] in ("favourable", "retrospective"):
                self._change_cell(found, row)
            elif row["measure"] == "paired":
                self._change_pairs(found, row)
        self._change_joints(found)
        self._change_unmatched(found)
        self._change_parts(found)
        return dict(found)

    def _of(self, row: Row, questionnaire: str | None = None) -> Iterator[tuple[int, Form]]:
        """Yield the forms of a unit, with an answer on the scale to the row's question."""
        runs = str(row["cohort"] or "").split(JOINT)
        cell = (row["practice"], row["municipality"], questionnaire or row["questionnaire"])
        for number, form in enumerate(self._world):
            if form.cell == cell and form.cohort in runs and form.answers.get(row["item"], 99) < OUTSIDE:
                yield number, form

    def _change_joints(self, found: Answers) -> None:
        """Change at will what is in no joint; within a joint, which of its practices' people answered what."""
        joint_of = {
            (*part.behind.place, JOINT.join(part.cohorts)): number
            for number, joint in enumerate(self.joints)
            for part in joint.parts
        }
        groups: dict[tuple[int, str], list[int]] = defaultdict(list)
        for row in self._rows:
            closed = row["level"] == "cohort" and row["measure"] == "favourable" and row["reason"] == "few"
            if closed and row["role"] != "client":
                joint = joint_of.get((row["practice"], row["municipality"], str(row["cohort"] or "")), -1)
                groups[joint, row["item"]] += [number for number, _ in self._of(row)]
        for (joint, item), numbers in groups.items():
            values = [self._world[number].answers[item] for number in numbers]
            if joint < 0:
                values = [self._rng.choice(self._scale(item).codes) for _ in values]
            self._rng.shuffle(values)
            self.done["joint" if joint >= 0 else "in no joint"] += len(values)
            for number, value in zip(numbers, values, strict=True):
                found[number][item] = value

    def _scale(self, item: str) -> Scale:
        return self._library.scales[str(self._library.items[item].scale)]

    def _change_cell(self, found: Answers, row: Row) -> None:
        """Change a closed cell at will; of an open one, who answered what, and what within a class if it is coarse."""
        item, scale = row["item"], self._scale(row["item"])
        forms = list(self._of(row))
        values = [form.answers[item] for _, form in forms]
        if row["reason"] == "few" and row["role"] != "client":
            # Those who do the work may be counted with other practices (_change_joints).
            return
        if row["reason"] == "few" and row["measure"] == "retrospective" and self._joint(row):
            # Agreement joins cohorts otherwise: what is too few for a question may count there.
            return
        if row["reason"] == "few":
            values = [self._rng.choice(scale.codes) for _ in values]
        elif row["reason"] == "nearly_all":
            bad = scale.codes_of("unfavourable")
            unanimous = all(value in bad for value in values)
            values = [self._rng.choice(bad) for _ in values]
            if unanimous:
                values[0] = self._rng.choice(scale.codes_of("favourable"))
        else:
            # What is told of two questions of the same people at once depends on who answered what.
            if not self._joint(row):
                self._rng.shuffle(values)
            if self._coarse(row) and not self._joint(row):
                values = [self._rng.choice(_alike(scale, value)) for value in values]
                self.done["within a class"] += 1
        self.done[row["reason"] or "who answered what"] += 1
        for (number, _), value in zip(forms, values, strict=True):
            found[number][item] = value

    def _joint(self, row: Row) -> bool:
        """Tell whether a figure of several questions of the same people is published: agreement, balance or a score."""
        kinds = ("score",) if row["measure"] == "favourable" else ("agreement", "balance")
        return any(other["measure"] in kinds and other["practice"] == row["practice"] for other in self._rows)

    def _coarse(self, row: Row) -> bool:
        """Tell whether neither the cell nor any total of it is told answer by answer."""
        if row["measure"] == "retrospective":
            return True
        keys = ("practice", "questionnaire", "item")
        same = [
            other
            for other in self._rows
            if other["measure"] == "distribution"
            and all(other[key] == row[key] for key in keys)
            and (other["level"] != "cohort" or other["cohort"] == row["cohort"])
            and other["municipality"] in (row["municipality"], None)
        ]
        return not any(other["value_code"] is not None and other["value_code"] < OUTSIDE for other in same)

    def _matched(self, item: str) -> tuple[list[tuple[int, int]], list[int]]:
        """Return the numbers of start and end form of each matched person, and the forms of those without a match."""
        sides: dict[str, dict[Any, int]] = {"client_start": {}, "client_end": {}}
        alone = []
        for number, form in enumerate(self._world):
            if form.questionnaire in sides and form.answers.get(item, 99) < OUTSIDE:
                if form.code is None:
                    alone.append(number)
                else:
                    sides[form.questionnaire][form.practice, form.municipality, form.cohort, form.code] = number
        starts, ends = sides["client_start"], sides["client_end"]
        pairs = [(starts[key], ends[key]) for key in starts if key in ends]
        alone += [
            number
            for side, other in ((starts, ends), (ends, starts))
            for key, number in side.items()
            if key not in other
        ]
        return pairs, alone

    def _change_pairs(self, found: Answers, row: Row) -> None:
        item, scale = row["item"], self._scale(row["item"])
        inside = {number for number, _ in self._of(row)}
        pairs = [(start, end) for start, end in self._matched(item)[0] if end in inside]
        values = [tuple(self._world[number].answers[item] for number in pair) for pair in pairs]
        # Agreement and balance join cohorts otherwise: what is too few for a question may count there.
        if row["reason"] == "few" and not self._joint(row):
            values = [(self._rng.choice(scale.codes), self._rng.choice(scale.codes)) for _ in values]
        elif row["reason"] is None and not self._joint(row):
            self._rng.shuffle(values)
        self.done[f"pairs {row['reason'] or 'who changed how'}"] += 1
        for (start, end), (before, after) in zip(pairs, values, strict=True):
            found[start][item], found[end][item] = before, after

    def _change_unmatched(self, found: Answers) -> None:
        """Change how those answered who cannot be matched, where they are too few in the whole place."""
        for item in ("state_mood", "state_taking_part", "state_money"):
            _, alone = self._matched(item)
            places: dict[tuple[str, str, str], list[int]] = defaultdict(list)
            for number in alone:
                places[self._world[number].cell].append(number)
            for numbers in places.values():
                if len({self._world[number].person for number in numbers}) < self._policy.threshold:
                    self.done["unmatched"] += 1
                    for number in numbers:
                        found[number][item] = self._rng.choice(self._scale(item).codes)

    def _change_parts(self, found: Answers) -> None:
        """Let two leave where one did, where that is the only small part of the place."""
        rows = [row for row in self._rows if row["measure"] in ("started", "completed") and not row["suppressed"]]
        ranged = [row for row in rows if row["level"] == "cohort" and row["at_least"] < row["at_most"]]
        for practice in {row["practice"] for row in ranged}:
            own = [row for row in ranged if row["practice"] == practice]
            if len(own) != 1 or own[0]["measure"] != "completed":
                continue
            unit = own[0]
            runs = str(unit["cohort"] or "").split(JOINT)
            forms = [
                (number, form)
                for number, form in enumerate(self._world)
                if form.cell == (practice, unit["municipality"], "attendance_register") and form.cohort in runs
            ]
            stayed = [number for number, form in forms if form.answers["completed"]]
            if unit["n"] - len(stayed) == 1 and unit["at_most"] == unit["n"] - 1:
                found[stayed[0]]["completed"] = 0
                self.done["one more left"] += 1

    def other_texts(self, world: World) -> World:
        """Let other texts be written where fewer than enough people filled the form in all runs together."""
        people: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for form in world:
            people[form.cell].add(form.person)
        small = {cell for cell, persons in people.items() if len(persons) < self._policy.open_from}
        self.done["texts"] += sum(bool(form.texts) and form.cell in small for form in world)
        return tuple(
            replace(form, texts=dict.fromkeys(form.texts, "something else")) if form.cell in small else form
            for form in world
        )


def _alike(scale: Scale, value: int) -> Iterable[int]:
    """Return the answers of the same class."""
    return next(codes for name in ("favourable", "neutral", "unfavourable") if value in (codes := scale.codes_of(name)))
