"""The counts of a selection past the gate, each screened once, when a table first asks for it."""

from functools import cached_property

from evaluation.measures.counted import Counted
from evaluation.privacy import Screened
from evaluation.store import Selection


class Workbench:
    """Counts as they may be told; whatever is on it is made once. What each holds is said in ``counted``."""

    def __init__(self, counted: Counted, selection: Selection) -> None:
        """Look at ``selection``; its runs and years choose among publication units as wholes."""
        self.library, self.policy = counted.library, counted.policy
        self.answers, self.repeated = counted.answers, counted.repeated
        self.turn = counted.turn
        self._counted = counted
        self._selection = selection
        self._rated: dict[tuple[str, str | None], Screened] = {}

    @cached_property
    def enrolled(self) -> Screened:
        """People of registers, small parts of them in ranges."""
        return self._counted.enrolled.enrolment(self._selection)

    @cached_property
    def marks(self) -> Screened:
        """Marks of registers by session."""
        return self._counted.marks.screened(self._selection)

    @cached_property
    def drop_outs(self) -> Screened:
        """People who left."""
        return self._counted.drop_outs.screened(self._selection)

    @cached_property
    def openings(self) -> Screened:
        """Openings with their visitors."""
        return self._counted.openings.screened(self._selection)

    @cached_property
    def filled_once(self) -> Screened:
        """Clients by form that a person fills once."""
        return self._counted.filled_once.screened(self._selection)

    def rated(self, family: str, asked: str | None = None) -> Screened:
        """Return the answers to the questions of a family."""
        key = family, asked
        if key not in self._rated:
            self._rated[key] = self._counted.rated(family, asked).screened(self._selection)
        return self._rated[key]

    @cached_property
    def scored_forms(self) -> Screened:
        """Forms by the sum of their answers."""
        return self._counted.scored_forms.screened(self._selection)

    @cached_property
    def complete_forms(self) -> Screened:
        """Answers on forms that answer every question of a score."""
        return self._counted.complete_forms.screened(self._selection)

    @cached_property
    def pairs(self) -> Screened:
        """People matched from start to end."""
        return self._counted.pairs.screened(self._selection)

    @cached_property
    def later_pairs(self) -> Screened:
        """People matched from start to follow-up."""
        return self._counted.later_pairs.screened(self._selection)

    @cached_property
    def leavers(self) -> Screened:
        """Answers at start of those who left."""
        return self._counted.leavers.screened(self._selection)

    @cached_property
    def both_ways(self) -> Screened:
        """People who told of a change in both ways."""
        return self._counted.both_ways.screened(self._selection)
