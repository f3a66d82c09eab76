"""What people chose: of every question with options the one that most chose, where all options are published."""

from collections.abc import Iterator

import pandas as pd

from evaluation.definitions import OPTION_MARK
from evaluation.findings.finding import Finding, Topic, finding_of
from evaluation.measures import Evidence, Published, records

TABLES = ("choices.one", "choices.several", "choices.background")


def most_chosen(evidence: Evidence, practice: str) -> Iterator[Finding]:
    """Yield question by question the option that more people chose than any other."""
    for name in TABLES:
        published = evidence.table(name).widest(practice)
        questions: dict[tuple[str, str], list[str]] = {}
        for form, item in zip(published.frame["questionnaire"], published.frame["item"], strict=True):
            questions.setdefault((form, str(item).partition(OPTION_MARK)[0]), []).append(item)
        for (form, _), items in questions.items():
            finding = commonest(published.where(questionnaire=form, item=tuple(items)))
            if finding is not None:
                yield finding


def commonest(published: Published) -> Finding | None:
    """Return the option of one question that more people chose than any other; None where that is not known.

    An option that is suppressed may have been chosen most, and so may one of several that are more together.
    """
    frame = published.frame
    if frame["suppressed"].any():
        return None
    first, *others = sorted(records(published.frame), key=lambda row: -row.count)
    if pd.isna(getattr(first, "value_code", 0)) or any(other.count == first.count for other in others):
        return None
    option = None if OPTION_MARK in str(first.item) else int(first.value_code)
    return finding_of(Topic.CHOSEN, first, form=first.questionnaire, option=option)


def means(evidence: Evidence, practice: str) -> Iterator[Finding]:
    """Yield the means of the answers to questions for a number; of few people there is none."""
    for row in records(evidence.table("choices.numbers").widest(practice).with_figures):
        if not pd.isna(row.value):
            yield finding_of(Topic.NUMBER, row, form=row.questionnaire)
