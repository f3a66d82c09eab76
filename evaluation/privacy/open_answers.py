"""Open answers: of large units, without personal data, read by a person, in an order that reveals nothing.

What screening cannot recognise is a person's to find: a text is published only in the very form in which somebody with
the right has read and released it.
"""

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, get_args

import pandas as pd

from evaluation.printable import printable
from evaluation.privacy.gate import Gate
from evaluation.privacy.personal import without_personal
from evaluation.privacy.publication_units import GROUP
from evaluation.privacy.publishable_counts import COHORT
from evaluation.store import Selection

# What became of a text: nobody has read it in its present form, or somebody has and released it or held it back.
Decision = Literal["waiting", "released", "held"]
DECISIONS: tuple[Decision, ...] = get_args(Decision)

_SEAL = object()


@dataclass(frozen=True)
class _OfQuestion:
    """The question to which texts were written."""

    practice: str
    questionnaire: str
    item: str


@dataclass(frozen=True)
class OpenAnswers(_OfQuestion):
    """What was written to one question in one publication unit; a text stands by itself, tied to no other answer."""

    municipality: str
    cohort: str
    role: str
    texts: tuple[str, ...]
    _seal: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse to be made outside the gate."""
        if self._seal is not _SEAL:
            raise TypeError("only the gate for privacy lets open answers through")


@dataclass(frozen=True)
class ScreenedText:
    """A text for a person to decide on, in the form in which it would be published, and what was decided.

    ``digest`` is of that form. ``rows`` are the stored texts that it stands for, as Store.decide_texts takes them.
    """

    text: str
    digest: str
    decision: Decision
    rows: pd.DataFrame = field(repr=False, compare=False)


@dataclass(frozen=True)
class QuestionTexts(_OfQuestion):
    """All texts of one question that may be published if a person releases them; for that person's eyes alone."""

    texts: tuple[ScreenedText, ...]

    def of(self, decision: Decision) -> tuple[ScreenedText, ...]:
        """Return the texts of which that was decided."""
        return tuple(text for text in self.texts if text.decision == decision)


def screen_texts(
    written: pd.DataFrame, gate: Gate, selection: Selection, known: frozenset[str]
) -> tuple[OpenAnswers, ...]:
    """Return the open answers that are published, question by question: those that a person has released.

    Texts of a question are in the order of their digests: neither the order of the file nor that of another question's
    texts, so that nobody can pair two texts as one person's. Where fewer than ``smallest_part`` are released none is
    published.

    Args:
        written: GROUP, cohort, item, text, reading_digest, publishable.
        gate: a gate whose threshold is that of open answers; its units hold the people who filled the form.
        selection: what is looked at.
        known: names that are no people's.
    """
    screened = _screened(written, gate, selection, known)
    passed = []
    for key, rows in screened[screened["decision"] == "released"].groupby([*GROUP, "unit", "item"]):
        practice, municipality, role, questionnaire, cohort, item = (str(name) for name in key)
        if len(rows) >= gate.policy.smallest_part:
            texts = tuple(sorted(rows["screened"], key=lambda text: _place(item, text)))
            passed.append(OpenAnswers(practice, questionnaire, item, municipality, cohort, role, texts, _SEAL))
    return tuple(passed)


def texts_to_read(
    written: pd.DataFrame, gate: Gate, selection: Selection, known: frozenset[str]
) -> tuple[QuestionTexts, ...]:
    """Return, question by question, the texts that are published if a person releases them, with what was decided.

    Those of units in which too few people wrote are left out: nobody has to read what is not published anyway.
    The arguments are those of ``screen_texts``.
    """
    screened = _screened(written, gate, selection, known)
    many = screened.groupby([*GROUP, "unit", "item"])["text"].transform("size") >= gate.policy.smallest_part
    questions = []
    for key, rows in screened[many].groupby(["practice", "questionnaire", "item"]):
        practice, questionnaire, item = (str(name) for name in key)
        texts = [
            ScreenedText(str(text), str(digest), decision, alike.drop(columns=["unit", "screened", "decision"]))
            for decision in DECISIONS
            for (text, digest), alike in rows[rows["decision"] == decision].groupby(["screened", "reading_digest"])
        ]
        texts.sort(key=lambda text: _place(item, text.text))
        questions.append(QuestionTexts(practice, questionnaire, item, tuple(texts)))
    return tuple(questions)


# A page that decides on one text after the other screens the rest again each time.
@lru_cache(maxsize=20_000)
def _screened_form(text: str, known: frozenset[str]) -> str:
    """Return a text as a person reads it and as it is published; ``known`` are names that are no people's."""
    return without_personal(printable(text), known)


def _digest(screened: str) -> str:
    """Return by what the form of a text is known in which a person has read it."""
    return hashlib.sha256(screened.encode()).hexdigest()


def with_everything_released(written: pd.DataFrame, known: frozenset[str]) -> pd.DataFrame:
    """Return ``written`` as if a person had released all of its texts in their screened form."""
    digests = [_digest(_screened_form(str(text), known)) for text in written["text"]]
    return written.assign(reading_digest=digests, publishable=True)


def _screened(written: pd.DataFrame, gate: Gate, selection: Selection, known: frozenset[str]) -> pd.DataFrame:
    """Return the texts of publishable units.

    Columns: those of ``written``, with the ``reading_digest`` of the present form; unit, screened and decision.
    """
    counts = gate.by_unit(written[[*GROUP, "cohort"]].assign(item="", n=1)).publishable(selection)
    names = counts.names(counts.counts["cell"]).assign(stored_cohort=counts.counts["stored_cohort"].to_numpy())
    units = names.loc[names["level"] == COHORT, [*GROUP, "cohort", "stored_cohort"]].drop_duplicates()
    units = units.rename(columns={"cohort": "unit", "stored_cohort": "cohort"})
    texts = written.merge(units, on=[*GROUP, "cohort"])
    forms = {text: _screened_form(str(text), known) for text in texts["text"].unique()}
    screened = texts["text"].map(forms).astype(object)
    digests = screened.map(_digest).astype(object)
    released = texts["publishable"].eq(True).fillna(False).astype(bool)
    decisions = released.map({True: "released", False: "held"}).where(texts["reading_digest"] == digests, "waiting")
    return texts.assign(screened=screened, reading_digest=digests, decision=decisions.astype(object))


def _place(item: str, text: str) -> str:
    return hashlib.sha256(f"{item}\x1f{text}".encode()).hexdigest()
