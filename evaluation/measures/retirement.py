"""Which runs are old enough to be deleted without telling by subtraction what a few people answered.

Runs are published in units of enough people, of which a small one is joined to the next. Were one run of such a unit
deleted and the other kept, yesterday's report less today's would tell what a few people answered. So the runs of a unit
go together, when the youngest of them is old. The units that stay are the same as before: they are formed from
the first run on, and begin anew after every unit.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evaluation.definitions import Library
from evaluation.measures.counted import Counted
from evaluation.privacy import Policy
from evaluation.store import CohortAge, CohortKey, Snapshot

MONTHS = 12


@dataclass(frozen=True)
class Retirement:
    """The runs older than a day: those that may go, and those that wait for a younger one they are published with."""

    older_than: date
    due: tuple[CohortAge, ...]
    waiting: tuple[CohortAge, ...]

    def at_once(self) -> "Retirement":
        """Return the same with nothing waiting, which only those may choose who destroy the reports of before."""
        return Retirement(self.older_than, (*self.due, *self.waiting), ())

    @property
    def forms(self) -> int:
        """How many forms would go."""
        return sum(age.forms for age in self.due)

    @property
    def runs(self) -> frozenset[CohortKey]:
        """The runs that would go."""
        return frozenset(age.cohort_key for age in self.due)


def months_before(day: date, months: int) -> date:
    """Return the day as many months before ``day``, the last of its month where there is no such day."""
    year, month = divmod(day.year * MONTHS + day.month - 1 - months, MONTHS)
    if year < date.min.year:
        return date.min
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def retirement(
    ages: Sequence[CohortAge], counts: Snapshot, library: Library, policy: Policy, older_than: date
) -> Retirement:
    """Return what may be deleted of all that is stored.

    Args:
        ages: every run with its age, as Store.cohort_ages gives them.
        counts: the counts of everything (take_counts).
        library: the definitions of which the answers are.
        policy: what may be told.
        older_than: the day before which the last of a run must have been.
    """
    old = {age.cohort_key for age in ages if age.last_on < older_than}
    due, units = set(old), _published_units(Counted(counts, library, policy))
    # A run that must stay may keep others, with which it is joined in another table.
    while stays := {run for unit in units if not unit <= due for run in unit & due}:
        due -= stays
    return Retirement(
        older_than,
        tuple(age for age in ages if age.cohort_key in due),
        tuple(age for age in ages if age.cohort_key in old - due),
    )


def _published_units(counted: Counted) -> set[frozenset[CohortKey]]:
    """Return the runs of each unit that holds enough people; of others nothing was ever told."""
    found: set[frozenset[CohortKey]] = set()
    for units in counted.partitions():
        told = units[units["people"] >= counted.policy.threshold]
        for practice, municipality, members in told[["practice", "municipality", "members"]].itertuples(index=False):
            found.add(frozenset((practice, municipality, cohort) for cohort in members))
    return found
