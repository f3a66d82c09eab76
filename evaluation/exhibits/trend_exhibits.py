"""The course of a practice over its cohorts, form by form and place by place, broken where the form changed."""

from collections.abc import Iterator

import pandas as pd

from evaluation.exhibits.exhibit import Exhibit
from evaluation.findings.headlines import course
from evaluation.findings.words import Words
from evaluation.measures import COHORT, JOINT, Evidence, Published

# Shares that have an interval and a course worth following.
FOLLOWED = {
    "satisfaction": "satisfaction.favourable",
    "change": "change.retrospective",
    "conditions": "conditions.favourable",
}


def courses(family: str, evidence: Evidence, practice: str, contents: pd.DataFrame, words: Words) -> Iterator[Exhibit]:
    """Yield the questions of a family over at least two cohorts.

    Args:
        family: satisfaction, change or conditions.
        evidence: the published tables.
        practice: id of the practice.
        contents: practice, municipality, questionnaire, cohort and version of the stored forms.
        words: the reader's language.
    """
    published = evidence.table(FOLLOWED[family]).where(practice=practice, level=COHORT)
    places = sorted(set(published.frame["municipality"]))
    for form in words.library.questionnaire_ids:
        for place in places:
            rows = published.where(questionnaire=form, municipality=place)
            if rows.with_figures["cohort"].nunique() > 1:
                title = words.t("dashboard.trend_of", form=words.form(form), measure=_measure(rows, words))
                title = f"{place}. {title}" if len(places) > 1 else title
                tests = evidence.table(f"{family}.trend").where(
                    practice=practice, questionnaire=form, municipality=place
                )
                conclusion = course(rows, tests)
                yield Exhibit("trend", title, words, rows, breaks=_breaks(rows, contents), conclusion=conclusion)


def _measure(published: Published, words: Words) -> str:
    return words.measure(published.with_figures["measure"].iloc[0]).lower()


def _breaks(published: Published, contents: pd.DataFrame) -> tuple[str, ...]:
    """Return the cohorts from which on another version of the questionnaire was in use."""
    row = published.frame.iloc[0]
    stored = contents[
        (contents["practice"] == row["practice"])
        & (contents["municipality"] == row["municipality"])
        & (contents["questionnaire"] == row["questionnaire"])
    ]
    versions = stored.groupby("cohort")["version"].max()
    units = list(dict.fromkeys(published.frame["cohort"]))
    numbers = [max(int(versions[cohort]) for cohort in unit.split(JOINT)) for unit in units]
    return tuple(unit for unit, before, now in zip(units[1:], numbers, numbers[1:], strict=False) if before != now)
