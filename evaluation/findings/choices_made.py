"""What people chose: of every question with options the one that most chose, where all options are published."""

from collections.abc import Iterator

from evaluation.definitions import OPTION_MARK, Library
from evaluation.findings.finding import Finding, Topic, finding_of
from evaluation.measures import Evidence, records

TABLES = ("choices.one", "choices.several", "choices.background")


def most_chosen(evidence: Evidence, practice: str, library: Library) -> Iterator[Finding]:
    """Yield question by question the option that more people chose than any other; none of alike ones.

    Where an option is suppressed, or joined to others, it may have been chosen most.
    """
    for name in TABLES:
        published = evidence.table(name).widest(practice)
        questions = [str(item).partition(OPTION_MARK)[0] for item in published.frame["item"]]
        frame = published.frame.assign(question=questions)
        for (_, question), rows in frame.groupby(["questionnaire", "question"], sort=False):
            codes = library.items[str(question)].option_codes
            together = "value_code" in rows and rows["value_code"].isna().any()
            if rows["suppressed"].any() or together or (rows["omitted"] > 0).any():
                continue
            first, *others = sorted(records(rows), key=lambda row: -row.count)
            if not others or first.count == others[0].count:
                continue
            option = str(first.item).partition(OPTION_MARK)[2]
            code = codes[option] if option else int(first.value_code)
            yield finding_of(Topic.CHOSEN, first, form=first.questionnaire, items=(str(question),), option=code)


def means(evidence: Evidence, practice: str) -> Iterator[Finding]:
    """Yield the means of the answers to questions for a number."""
    for row in records(evidence.table("choices.numbers").widest(practice).with_figures):
        if row.value == row.value:
            yield finding_of(Topic.NUMBER, row, form=row.questionnaire)
