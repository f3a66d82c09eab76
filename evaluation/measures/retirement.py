"""Which cohorts are old enough to be deleted without revealing by subtraction what a few people answered.

Cohorts are published in units of enough people; a small one is joined to the next. Were one cohort of such a unit
deleted and the other kept, yesterday's report less today's would reveal what a few people answered. So the cohorts of a
unit go together, when the youngest of them is old. The units that stay are the same as before: they are decided once.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evaluation.definitions import Library
from evaluation.measures.unit_counts import CountsByUnit
from evaluation.privacy import Policy
from evaluation.store import CohortAge, CohortKey, Snapshot

MONTHS = 12


@dataclass(frozen=True)
class Retirement:
    """The cohorts older than a day: those that may go, and those that wait for a younger one of the same unit."""

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
        """The cohorts that would go."""
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
        ages: every cohort with its age, as Store.cohort_ages returns them.
        counts: the counts of everything (take_counts).
        library: the definitions of which the answers are.
        policy: the rules of publication.
        older_than: the day before which the last of a cohort must have been.
    """
    old = {age.cohort_key for age in ages if age.last_on < older_than}
    due, units = set(old), _published_units(CountsByUnit(counts, library, policy))
    # A cohort that must stay may keep others, with which it is joined in another table.
    while stays := {run for unit in units if not unit <= due for run in unit & due}:
        due -= stays
    return Retirement(
        older_than,
        tuple(age for age in ages if age.cohort_key in due),
        tuple(age for age in ages if age.cohort_key in old - due),
    )


def _published_units(counts: CountsByUnit) -> set[frozenset[CohortKey]]:
    """Return the cohorts of every unit and joint; of those that wait nothing was ever published."""
    cohorts: set[frozenset[CohortKey]] = set()
    for units in counts.partitions():
        published = units.loc[~units["waits"].astype(bool), ["practice", "municipality", "members"]]
        for practice, municipality, members in published.itertuples(index=False):
            cohorts.add(frozenset((practice, municipality, cohort) for cohort in members))
        joined = units[units["joint"].to_numpy() < 0]
        for _, joint in joined.groupby(["role", "questionnaire", "joint"]):
            names = joint[["practice", "municipality", "cohort"]].itertuples(index=False, name=None)
            cohorts.add(frozenset((practice, municipality, cohort) for practice, municipality, cohort in names))
    return cohorts
