"""How many forms are published of the cohorts of a unit, beside another form of the same cohorts."""

from collections.abc import Collection

import pandas as pd

from evaluation.privacy.numbering import Whole
from evaluation.privacy.publication_units import GROUP


def published_forms(
    counts: pd.DataFrame, questionnaires: Collection[str], people: pd.DataFrame, units: pd.DataFrame, threshold: int
) -> Whole:
    """Return by row of ``counts`` how many forms of other questionnaires are published of a cohort, in the same unit.

    It is 0 where they are not published, or in a unit of other cohorts. Of several questionnaires the most forms count.

    Args:
        counts: GROUP, cohort; a row a cohort.
        questionnaires: the others.
        people: as of publication_units, with forms.
        units: the unit of every cohort, as publication_units returns them.
        threshold: least people of a unit.
    """
    key = ["practice", "municipality", "cohort"]
    published = ~units["waits"].astype(bool) & (units["people"] >= threshold)
    others = units[published & units["questionnaire"].isin(list(questionnaires))]
    others = others.merge(people[[*GROUP, "cohort", "forms"]], on=[*GROUP, "cohort"])
    members = counts[[*GROUP, "cohort"]].merge(units[[*GROUP, "cohort", "members"]], on=[*GROUP, "cohort"], how="left")
    same = members[[*key, "members"]].merge(others[[*key, "members", "forms"]], on=[*key, "members"])
    forms = same.groupby(key)["forms"].max().reindex(pd.MultiIndex.from_frame(counts[key]))
    return forms.fillna(0).to_numpy(dtype="int64")
