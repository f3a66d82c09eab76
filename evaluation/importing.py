"""Taking a file in, step by step: what was said of its headings before is offered, what is said now is remembered."""

from dataclasses import replace

from evaluation.definitions import Library
from evaluation.intake import Given, Opened, draft_of
from evaluation.intake.personal_data import mask
from evaluation.records import Draft, Remembered
from evaluation.store import Store


def understand(opened: Opened, store: Store, library: Library, given: Given) -> tuple[Draft, Given]:
    """Return the draft of a file and what it was read with: ``given``, and what was said of the same headings before.

    What is said now goes before what was said then. Runs are called as those that are stored.
    """
    given = replace(given, runs=tuple(store.contents()["cohort"].unique()))
    draft = draft_of(opened, library, given)
    before = store.remembered(draft.headers).values() if draft.headers else ()
    if not any(each.columns or each.labels for each in before):
        return draft, given
    columns: dict[str, str | None] = {}
    labels: dict[tuple[str, str], int | None] = {}
    for each in before:
        columns |= each.columns
        labels |= each.labels
    together = replace(given, columns=columns | dict(given.columns), labels=labels | dict(given.labels))
    return draft_of(opened, library, together), together


def remember(store: Store, draft: Draft, given: Given) -> None:
    """Keep what was said of the columns and answers of ``draft`` for the next file with the same headings.

    What was said of a heading or an answer that tells who somebody is holds for this file only.
    """
    columns = {heading: target for heading, target in given.columns.items() if not mask(heading).kinds}
    labels = {(item, text): code for (item, text), code in given.labels.items() if not mask(text).kinds}
    if columns or labels:
        for header in draft.headers:
            store.remember(header, Remembered(columns, labels))
