"""What people wrote: what of it is published, and what a person has to read first."""

from collections.abc import Collection

import pandas as pd

from evaluation import privacy
from evaluation.definitions import Library
from evaluation.measures.decided_counts import decided_counts
from evaluation.measures.unit_counts import CountsByUnit
from evaluation.privacy import OpenAnswers, Policy, QuestionTexts, ScreenedText, screen_texts, texts_to_read
from evaluation.store import UNIT_CUBES, Selection, Store


def read_open_answers(store: Store, library: Library, selection: Selection, policy: Policy) -> tuple[OpenAnswers, ...]:
    """Return what people wrote, as far as it is published, through the gate."""
    return pass_open_answers(store.written_answers(selection), _counts(store, library, selection, policy), selection)


def read_question_texts(
    store: Store, library: Library, selection: Selection, policy: Policy
) -> tuple[QuestionTexts, ...]:
    """Return what a person reads before it is published, and has read; see privacy.texts_to_read."""
    return pass_question_texts(store.written_answers(selection), _counts(store, library, selection, policy), selection)


def _counts(store: Store, library: Library, selection: Selection, policy: Policy) -> CountsByUnit:
    cubes = decided_counts(store, library, policy, selection, UNIT_CUBES)
    return CountsByUnit(cubes, library, policy.for_open_answers)


def pass_open_answers(written: pd.DataFrame, counts: CountsByUnit, selection: Selection) -> tuple[OpenAnswers, ...]:
    """Return what is published of ``written``, the store's texts of ``selection``.

    Args:
        written: what Store.written_answers returns.
        counts: the counts of the same practices, under the policy for open answers; ValueError otherwise.
        selection: what is looked at.
    """
    defined = _defined(written, counts)
    with counts.lock:
        return screen_texts(defined, counts.gate_of_texts, selection, names_of_no_people(counts.library))


def pass_question_texts(written: pd.DataFrame, counts: CountsByUnit, selection: Selection) -> tuple[QuestionTexts, ...]:
    """Return what a person reads of ``written`` before it is published; the arguments are those of the other."""
    defined = _defined(written, counts)
    with counts.lock:
        return texts_to_read(defined, counts.gate_of_texts, selection, names_of_no_people(counts.library))


def waiting_texts(questions: Collection[QuestionTexts]) -> int:
    """Return how many texts wait for a person to read them; equal ones are one."""
    return sum(len(question.of("waiting")) for question in questions)


def stored_rows(texts: Collection[ScreenedText]) -> pd.DataFrame:
    """Return what Store.decide_texts takes to decide on texts, which are of one question."""
    return pd.concat([text.rows for text in texts], ignore_index=True) if texts else pd.DataFrame()


def with_everything_released(written: pd.DataFrame, library: Library) -> pd.DataFrame:
    """Return the rows of a table of texts as if a person had released all of them: those of the sample are made up."""
    return privacy.with_everything_released(written, names_of_no_people(library))


def names_of_no_people(library: Library) -> frozenset[str]:
    """Return the names of places and practices, which may stand in a text."""
    names = " ".join(name for practice in library.practices.values() for name in practice.name.root.values())
    return frozenset({*library.municipalities, *names.split()})


def _defined(written: pd.DataFrame, counts: CountsByUnit) -> pd.DataFrame:
    """Return the texts of defined questions: answers to one that is defined no more stay stored, and are not shown."""
    if counts.policy != counts.policy.for_open_answers:
        raise ValueError("texts are published under the policy for open answers only")
    library = counts.library
    return written[written["item"].isin(library.items) & written["questionnaire"].isin(library.questionnaire_ids)]
