"""The counts of some practices, municipalities and roles by publication unit, made when they are first needed.

Nothing here depends on which cohorts or years are looked at: they choose among units as wholes
(UnitCounts.publishable).
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import pandas as pd

from evaluation.definitions import SEVERAL_OPTIONS, Library
from evaluation.definitions.own_scales import RECOMMENDATION_SCALE
from evaluation.measures import attrition, balance, change, scores
from evaluation.measures.working_joints import joints_of, new_working_units
from evaluation.privacy import Answers, AreaCounts, BackgroundRule, Gate, Joints, OptionRule, Policy, UnitCounts
from evaluation.privacy.area_totals import COUNTY, COUNTY_TYPE, MUNICIPALITY, TYPE
from evaluation.privacy.publication_units import GROUP, new_units, publication_units
from evaluation.privacy.published_forms import published_forms
from evaluation.store import CubeDefinitions, Selection, Snapshot, UnitDecision

ONCE = ("end", "follow_up", "once")
AGAIN_AND_AGAIN = ("session", "visit")
# The kinds of units, as the store keeps them; those of matched people are in MATCHED_KINDS.
FORMS, BACKGROUND, OPEN_ANSWERS, MATCHED = "forms", "background", "open_answers", "matched"


def cube_definitions(library: Library) -> CubeDefinitions:
    """Return what the store has to know of the definitions to count."""
    registers = tuple(form.id for form in library.questionnaires if form.kind == "register")
    return CubeDefinitions(
        registers,
        change.same_thing(library),
        scores.scored_items(library),
        balance.balanced_items(library),
        balance.falling_items(library),
        tuple(item.id for item in library.items.values() if item.kind == "number"),
    )


def unit_decision(library: Library, policy: Policy) -> UnitDecision:
    """Return what the store has to know to decide the units of what it holds."""

    def made(snapshot: Snapshot) -> pd.DataFrame:
        return CountsByUnit(snapshot, library, policy).new_units()

    return UnitDecision(cube_definitions(library), made)


class CountsByUnit:
    """Counts by publication unit, by the names of COUNTS; several threads may share them, and hold ``lock`` meanwhile.

    pandas does not promise that several threads may use the same frames and indexes at once.
    """

    def __init__(self, snapshot: Snapshot, library: Library, policy: Policy) -> None:
        """Take the count cubes of what is looked at."""
        self.cubes: Mapping[str, pd.DataFrame] = snapshot.cubes
        self.library = library
        self.policy = policy
        self.answers = Answers.of(library)
        self.repeated_forms = frozenset(form.id for form in library.questionnaires if form.timing in AGAIN_AND_AGAIN)
        self.lock = threading.RLock()
        self._by_name: dict[str, UnitCounts | AreaCounts] = {}

    def narrowed(self, selection: Selection) -> "CountsByUnit":
        """Return the counts of what ``selection`` leaves of these."""
        return CountsByUnit(Snapshot(self.cubes).narrowed(selection), self.library, self.policy)

    def __getitem__(self, name: str) -> UnitCounts | AreaCounts:
        """Return the counts of one name; raise KeyError when there are none of that name."""
        if name not in self._by_name:
            self._by_name[name] = COUNTS[name](self)
        return self._by_name[name]

    @cached_property
    def gate(self) -> Gate:
        """The gate of forms, by the people who filled them."""
        return self._gate(FORMS, self.cubes["people"])

    @cached_property
    def gate_of_texts(self) -> Gate:
        """The gate of open answers, by the people who filled the forms."""
        return self._gate(OPEN_ANSWERS, self.cubes["people"], self.policy.for_open_answers)

    def of_cube(self, cube: str) -> UnitCounts:
        """Return the counts of whole questionnaires."""
        return self.gate.by_unit(self.cubes[cube].assign(item=""))

    def enrolment(self) -> UnitCounts:
        """Return people of registers, with the end forms that are published of the same cohorts."""
        ends = [form.id for form in self.library.questionnaires if form.role == "client" and form.timing == "end"]
        counts, people = self.cubes["enrolment"], self.cubes["people"]
        forms = people[people["item"] == ""]
        units = publication_units(forms, self.cubes["overlaps"], self.cubes["dates"], self._decided(FORMS))
        end_forms = published_forms(counts, ends, forms, units, self.policy.threshold)
        return self.gate.by_unit(counts.assign(item="", end_forms=end_forms))

    def filled_once(self) -> UnitCounts:
        """Return the clients by form that a person fills once, the start form left out."""
        forms = [
            form.id
            for form in self.library.questionnaires
            if form.kind == "form" and form.role == "client" and form.timing in ONCE
        ]
        people = self.cubes["people"]
        whole = people[(people["item"] == "") & people["questionnaire"].isin(forms)]
        return self.gate.by_unit(whole.rename(columns={"people": "n"}).drop(columns=["coded", "forms"]))

    def without_register(self) -> UnitCounts:
        """Return the clients by start and end form, of the places that have no register."""
        forms = [
            form.id
            for form in self.library.questionnaires
            if form.kind == "form" and form.role == "client" and form.timing in ("start", "end")
        ]
        people, place = self.cubes["people"], ["practice", "municipality"]
        whole = people[(people["item"] == "") & people["questionnaire"].isin(forms)]
        registered = pd.MultiIndex.from_frame(self.cubes["enrolment"][place])
        whole = whole[~pd.MultiIndex.from_frame(whole[place]).isin(registered)]
        return self.gate.by_unit(whole.rename(columns={"people": "n"}).drop(columns=["coded", "forms"]))

    def answers_of(
        self, family: str, change_question: str | None = None, recommendation: bool | None = None
    ) -> UnitCounts:
        """Return the answers to the items of a family whose scale has a good end.

        Args:
            family: the family of the items.
            change_question: how the items are about a change ("retrospective"), None for those that are not.
            recommendation: whether the items ask for a recommendation from 0 to 10, None for all of them.
        """
        scales = self.library.scales
        items = [
            item.id
            for item in self.library.items.values()
            if item.scale
            and item.family == family
            and item.change == change_question
            and scales[item.scale].better != "none"
            and recommendation in (None, item.scale == RECOMMENDATION_SCALE)
        ]
        answers = self.cubes["answers"]
        return self.gate.by_unit(answers[answers["item"].isin(items)])

    def working_together(self) -> AreaCounts:
        """Return what those who do the work think by type of practice, municipality and county, of two practices up."""
        ratings = self.answers_of("conditions", recommendation=False)
        return AreaCounts(ratings, self._types, (TYPE, MUNICIPALITY, COUNTY), 2, self.joints)

    @cached_property
    def joints(self) -> Joints:
        """Which units of those who do the work are joined, of everything stored."""
        return joints_of(self.cubes, FORMS, self._types)

    def by_county(
        self, family: str, change_question: str | None = None, recommendation: bool | None = None
    ) -> AreaCounts:
        """Return the answers of answers_of by county and type of practice."""
        return AreaCounts(self.answers_of(family, change_question, recommendation), self._types, (COUNTY_TYPE,))

    @cached_property
    def _types(self) -> Mapping[str, str]:
        return {practice.id: practice.type for practice in self.library.practices.values()}

    def one_choice(self) -> UnitCounts:
        """Return the answers to questions of which a respondent chooses one option."""
        rule = OptionRule(self.policy.smallest_part, self.policy.values_from)
        return self.gate.options_by_unit(self._answers_to("choice"), rule)

    def background(self) -> UnitCounts:
        """Return who the respondents are, by units large enough for that."""
        gate = self._gate(BACKGROUND, self.cubes["people"], self.policy.for_background)
        return gate.options_by_unit(self._answers_to("background"), BackgroundRule(self.policy.threshold))

    def several_choices(self) -> UnitCounts:
        """Return of every option of questions with several choices who chose it and who did not."""
        rule = OptionRule(self.policy.smallest_part, self.policy.values_from)
        return self.gate.options_by_unit(self._answers_to(SEVERAL_OPTIONS), rule, several=True)

    def numbers(self) -> UnitCounts:
        """Return the answers to questions that ask for a number, in steps."""
        return self.gate.numbers_by_unit(self._answers_to("number"))

    def _answers_to(self, kind: str) -> pd.DataFrame:
        """Return the answers on forms to the questions of a kind; of several choices to their options."""
        forms = [form.id for form in self.library.questionnaires if form.kind == "form"]
        items = [id_ for id_, item in self.library.answered_items.items() if item.kind == kind]
        answers = self.cubes["answers"]
        return answers[answers["item"].isin(items) & answers["questionnaire"].isin(forms)]

    def complete_forms(self) -> UnitCounts:
        """Return the answers on forms that answer every question of a score, by ``question`` and ``code``."""
        complete = self.cubes["complete"].rename(columns={"item": "question", "value": "code"})
        return self.gate.by_unit(complete.assign(item=""))

    def matched(self) -> UnitCounts:
        """Return the people whose end form found their start form, by the units of their answers."""
        people = _matched_people(self.counts_of(MATCHED))
        return self._gate(MATCHED, people).by_unit(self.cubes["matched"].assign(item=""))

    def of_matched(self, kind: str) -> UnitCounts:
        """Return counts of matched people by separate units: fewer are matched than fill in either form."""
        counts = self.counts_of(kind)
        return self._gate(kind, _matched_people(counts)).by_unit(counts)

    def counts_of(self, kind: str) -> pd.DataFrame:
        """Return the counts of a kind of matched people."""
        return MATCHED_KINDS[kind](self)

    def matched_pairs(self, cube: str, later: str) -> pd.DataFrame:
        """Return matched answers under the form that asks ``later``; under another where only that still asks."""
        forms = balance.asking_forms(self.library, later)
        pairs = change.on_scale(self.cubes[cube])
        # What no form at all asks any more has neither words nor a scale.
        defined = pairs[pairs["item"].isin(list(forms))]
        return defined.assign(questionnaire=defined["item"].map(forms))

    def balances(self) -> UnitCounts:
        """Return matched people by whether more questions got better or worse, by the units of their single answers."""
        pairs = self.counts_of(MATCHED)
        gate = self._gate(MATCHED, _matched_people(pairs))
        people = balance.of_half(self.cubes["balances"], self.library)
        return gate.of_balances(people.assign(item=""), gate.by_unit(pairs))

    def leavers(self) -> pd.DataFrame:
        """Return the counts of answers at start of those whose answer at the end is missing."""
        starts = self.cubes["starts"]
        on_scales = [item.id for item in self.library.items.values() if item.scale]
        return attrition.leavers(starts[starts["item"].isin(on_scales)])

    def partitions(self) -> Iterator[pd.DataFrame]:
        """Yield the units of every kind, as publication_units does."""
        for kind, people, _ in self._kinds():
            yield publication_units(people, self.cubes["overlaps"], self.cubes["dates"], self._decided(kind))

    def new_units(self) -> pd.DataFrame:
        """Return the units that can be made of the cohorts that wait, as privacy.new_units does, with their kind."""
        overlaps, dates = self.cubes["overlaps"], self.cubes["dates"]
        made = [
            new_units(people, overlaps, dates, self._decided(kind), threshold).assign(kind=kind)
            for kind, people, threshold in self._kinds()
        ]
        working = new_working_units(self.cubes, FORMS, self._types, self.policy.threshold).assign(kind=FORMS)
        # What is looked at may hold some of those who do the work, whose units are the same whoever looks.
        every = pd.concat([frame for frame in (*made, working) if not frame.empty] or made[:1], ignore_index=True)
        return every.drop_duplicates(["kind", *GROUP, "cohort"], ignore_index=True)

    def _kinds(self) -> Iterator[tuple[str, pd.DataFrame, int]]:
        """Yield the kinds of units with the people of whole questionnaires and the least number of them."""
        policy, people = self.policy, self.cubes["people"]
        forms = people[people["item"] == ""]
        yield FORMS, forms, policy.threshold
        yield BACKGROUND, forms, policy.for_background.threshold
        yield OPEN_ANSWERS, forms, policy.for_open_answers.threshold
        for kind in MATCHED_KINDS:
            matched = _matched_people(self.counts_of(kind))
            yield kind, matched[matched["item"] == ""], policy.threshold

    def _decided(self, kind: str) -> pd.DataFrame:
        units = self.cubes["units"]
        return units[units["kind"] == kind]

    def _gate(self, kind: str, people: pd.DataFrame, policy: Policy | None = None) -> Gate:
        overlaps, dates = self.cubes["overlaps"], self.cubes["dates"]
        return Gate(people, overlaps, dates, self._decided(kind), policy or self.policy, self.answers)


def _matched_people(counts: pd.DataFrame) -> pd.DataFrame:
    """Return the people behind counts of matched people, who are all known by code."""
    people = change.people(counts, GROUP)
    return people.assign(coded=people["people"])


# Matched people, and those who left: each kind has units of its own.
MATCHED_KINDS: Mapping[str, Callable[[CountsByUnit], pd.DataFrame]] = {
    MATCHED: lambda cubes: cubes.matched_pairs("pairs", "end"),
    "followed_up": lambda cubes: cubes.matched_pairs("later_pairs", "follow_up"),
    "leavers": CountsByUnit.leavers,
    "both_ways": lambda cubes: cubes.cubes["crossed"],
}

# What a measure can be computed from.
COUNTS: Mapping[str, Callable[[CountsByUnit], UnitCounts | AreaCounts]] = {
    # People of registers.
    "enrolment": CountsByUnit.enrolment,
    # Marks of registers by session.
    "marks": lambda cubes: cubes.of_cube("marks"),
    # People who left, by their last session.
    "drop_outs": lambda cubes: cubes.of_cube("drop_outs"),
    # Openings with their visitors.
    "openings": lambda cubes: cubes.of_cube("openings"),
    "filled_once": CountsByUnit.filled_once,
    "without_register": CountsByUnit.without_register,
    "participation_answers": lambda cubes: cubes.answers_of("participation"),
    "satisfaction_answers": lambda cubes: cubes.answers_of("satisfaction"),
    "conditions_answers": lambda cubes: cubes.answers_of("conditions"),
    # Answers that have a favourable share; a recommendation is a score.
    "participation_ratings": lambda cubes: cubes.answers_of("participation", recommendation=False),
    "satisfaction_ratings": lambda cubes: cubes.answers_of("satisfaction", recommendation=False),
    "conditions_ratings": lambda cubes: cubes.answers_of("conditions", recommendation=False),
    # The same of several practices together.
    "working_together": CountsByUnit.working_together,
    "satisfaction_by_county": lambda cubes: cubes.by_county("satisfaction", recommendation=False),
    "conditions_by_county": lambda cubes: cubes.by_county("conditions", recommendation=False),
    "change_by_county": lambda cubes: cubes.by_county("change", "retrospective"),
    "recommendation_answers": lambda cubes: cubes.answers_of("satisfaction", recommendation=True),
    "state_answers": lambda cubes: cubes.answers_of("change", "state"),
    # Answers without an order, and numbers.
    "one_choice": CountsByUnit.one_choice,
    "background": CountsByUnit.background,
    "several_choices": CountsByUnit.several_choices,
    "numbers": CountsByUnit.numbers,
    "retrospective_answers": lambda cubes: cubes.answers_of("change", "retrospective"),
    # Forms by the sum of their answers.
    "scored_forms": lambda cubes: cubes.of_cube("scores"),
    "complete_forms": CountsByUnit.complete_forms,
    # People matched from start to end; their answers; and those of people matched from start to follow-up.
    "matched": CountsByUnit.matched,
    "pairs": lambda cubes: cubes.of_matched(MATCHED),
    "balances": CountsByUnit.balances,
    "later_pairs": lambda cubes: cubes.of_matched("followed_up"),
    # Answers at start of those who left.
    "leavers": lambda cubes: cubes.of_matched("leavers"),
    # People with answers about a change in both ways.
    "both_ways": lambda cubes: cubes.of_matched("both_ways"),
}
