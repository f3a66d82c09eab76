"""How many of those who could have answered did, and how many answers of an end form could be matched to a start.

Computed from published counts alone: people on the register, people who filled a form, matched people.
"""

import pandas as pd

from evaluation.measures.disclosure import CELL, COHORT, PRACTICE, Screened
from evaluation.measures.participation import DESCRIPTIVE

UNIT = ["practice", "municipality", "cohort"]


def rates(forms: Screened, enrolled: pd.DataFrame) -> pd.DataFrame:
    """Return the share of the registered who filled a form that is filled once.

    Units are compared where form and register are published for the same runs; a practice's total is of those units.
    ``count`` people of ``n`` answered. Where more people answered than are registered, the register is not whole and
    there is no rate.

    Args:
        forms: people by form, column ``n``, item "".
        enrolled: estimates of participation.enrolment.
    """
    registered = enrolled[(enrolled["measure"] == "registered") & (enrolled["level"] == COHORT)]
    could = registered.groupby(UNIT, as_index=False)["n"].sum()
    filled = forms.counts[forms.counts["level"] == COHORT].groupby(CELL, as_index=False).agg(count=("n", "sum"))
    units = filled.merge(could, on=UNIT)
    units = units[units["count"] <= units["n"]]
    return _with_totals(units).assign(measure="response_rate", method=DESCRIPTIVE)


def matched(forms: Screened, pairs: Screened) -> pd.DataFrame:
    """Return the share of those who filled the end form whose start form was found by their code.

    ``count`` people of ``n`` were matched, at the question where most were.
    """
    by_item = pairs.counts[pairs.counts["level"] == COHORT].groupby(CELL, as_index=False)["n"].sum()
    most = by_item.assign(item="").groupby(CELL, as_index=False).agg(count=("n", "max"))
    filled = forms.counts[forms.counts["level"] == COHORT].groupby(CELL, as_index=False)["n"].sum()
    units = most.merge(filled, on=CELL)
    return _with_totals(units[units["count"] <= units["n"]]).assign(measure="matched", method=DESCRIPTIVE)


def _with_totals(units: pd.DataFrame) -> pd.DataFrame:
    whole = units.assign(level=PRACTICE, cohort="").groupby(CELL, as_index=False)[["count", "n"]].sum()
    found = pd.concat([units, whole], ignore_index=True)
    return found.assign(value=found["count"] / found["n"])
