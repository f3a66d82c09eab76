"""The counts of some practices, municipalities and roles, each laid out by publication unit when it is first asked for.

Nothing here depends on which runs or years are looked at: they choose among units as wholes (workbench).
"""

import threading
from collections.abc import Iterator, Mapping
from functools import cached_property

import pandas as pd

from evaluation.definitions import Library
from evaluation.measures import agreement, attrition, change, scores
from evaluation.privacy import Answers, Gate, Laid, Policy
from evaluation.privacy.publication_units import GROUP, publication_units
from evaluation.store import Asked, Snapshot


def asked_of(library: Library) -> Asked:
    """Return what the store has to know of the definitions to count."""
    registers = tuple(form.id for form in library.questionnaires if form.kind == "register")
    return Asked(registers, agreement.same_thing(library), scores.scored_items(library))


class Counted:
    """Counts by name, laid out by units; several threads may share them, and take turns (``turn``) to use them.

    pandas does not promise that several threads may use the same frames and indexes at once.
    """

    def __init__(self, snapshot: Snapshot, library: Library, policy: Policy) -> None:
        """Take the cubes of what is looked at."""
        self.cubes: Mapping[str, pd.DataFrame] = snapshot.cubes
        self.library = library
        self.policy = policy
        self.repeated = frozenset(form.id for form in library.questionnaires if form.timing in ("session", "visit"))
        self.answers = Answers.of(library)
        self.turn = threading.RLock()
        self._rated: dict[tuple[str, str | None], Laid] = {}

    @cached_property
    def gate(self) -> Gate:
        """The gate of forms, by the people who filled them."""
        return self._gate(self.cubes["people"])

    @cached_property
    def enrolled(self) -> Laid:
        """People of registers."""
        return self.gate.lay(self._whole("enrolment"))

    @cached_property
    def marks(self) -> Laid:
        """Marks of registers by session."""
        return self.gate.lay(self._whole("marks"))

    @cached_property
    def drop_outs(self) -> Laid:
        """People who left, by their last session."""
        return self.gate.lay(self._whole("drop_outs"))

    @cached_property
    def openings(self) -> Laid:
        """Openings with their visitors."""
        return self.gate.lay(self._whole("openings"))

    @cached_property
    def filled_once(self) -> Laid:
        """Clients by form that a person fills once, the start form left out."""
        forms = [each.id for each in self.library.questionnaires if each.kind == "form" and each.role == "client"]
        once = [form for form in forms if self.library.questionnaire(form).timing in ("end", "follow_up", "once")]
        people = self.cubes["people"]
        whole = people[(people["item"] == "") & people["questionnaire"].isin(once)]
        return self.gate.lay(whole.rename(columns={"people": "n"}).drop(columns="coded"))

    def rated(self, family: str, asked: str | None = None) -> Laid:
        """Return the answers to the questions of a family, of those asked that way about change if it is given."""
        key = family, asked
        if key not in self._rated:
            answers = self.cubes["answers"]
            self._rated[key] = self.gate.lay(answers[answers["item"].isin(self._items(family, asked))])
        return self._rated[key]

    def _items(self, family: str, asked: str | None) -> list[str]:
        """Return the items of a family whose scale has a good end."""
        scales = self.library.scales
        return [
            item.id
            for item in self.library.items.values()
            if item.scale and item.family == family and item.change == asked and scales[item.scale].better != "none"
        ]

    @cached_property
    def scored_forms(self) -> Laid:
        """Forms by the sum of their answers."""
        return self.gate.lay(self._whole("scores"))

    @cached_property
    def complete_forms(self) -> Laid:
        """Answers on forms that answer every question of a score."""
        complete = self.cubes["complete"].rename(columns={"item": "question", "value": "code"})
        return self.gate.lay(complete.assign(item=""))

    @cached_property
    def pairs(self) -> Laid:
        """People matched from start to end."""
        return self._of_matched(self._paired("pairs", "end"))

    @cached_property
    def later_pairs(self) -> Laid:
        """People matched from start to follow-up."""
        return self._of_matched(self._paired("later_pairs", "follow_up"))

    def _paired(self, cube: str, later: str) -> pd.DataFrame:
        """Return matched answers under the form that asks ``later``; under another where only that still asks."""
        asking = sorted(self.library.questionnaires, key=lambda form: (form.timing == later, form.timing == "start"))
        forms = {item.id: form.id for form in asking for item in form.items}
        counted = change.on_scale(self.cubes[cube])
        # What no form at all asks any more has neither words nor a scale to be told by.
        defined = counted[counted["item"].isin(list(forms))]
        return defined.assign(questionnaire=defined["item"].map(forms))

    @cached_property
    def leavers(self) -> Laid:
        """Answers at start of those who left."""
        return self._of_matched(attrition.left(self.cubes["starts"]))

    @cached_property
    def both_ways(self) -> Laid:
        """People who told of a change in both ways."""
        return self._of_matched(self.cubes["crossed"])

    def _of_matched(self, counted: pd.DataFrame) -> Laid:
        """Matched people form units of their own: fewer are matched than fill in either form. All are known by code."""
        return self._gate(_heads(counted)).lay(counted)

    def partitions(self) -> Iterator[pd.DataFrame]:
        """Give the units of forms, of open answers and of each kind of matched people (units.publication_units)."""
        forms, policy = self.cubes["people"], self.policy
        forms = forms[forms["item"] == ""]
        matched = (
            self._paired("pairs", "end"),
            self._paired("later_pairs", "follow_up"),
            attrition.left(self.cubes["starts"]),
            self.cubes["crossed"],
        )
        heads = [_heads(counted) for counted in matched]
        asked = [(forms, policy.threshold), (forms, max(policy.threshold, policy.open_from))]
        asked += [(people[people["item"] == ""], policy.threshold) for people in heads]
        for people, threshold in asked:
            yield publication_units(people, self.cubes["overlaps"], self.cubes["dates"], threshold)

    def _gate(self, people: pd.DataFrame) -> Gate:
        return Gate(people, self.cubes["overlaps"], self.cubes["dates"], self.policy, self.answers)

    def _whole(self, cube: str) -> pd.DataFrame:
        """Return the counts of whole questionnaires."""
        return self.cubes[cube].assign(item="")


def _heads(counted: pd.DataFrame) -> pd.DataFrame:
    """Return the people behind counts of matched people, who are all known by code."""
    people = change.people(counted, GROUP)
    return people.assign(coded=people["people"])
