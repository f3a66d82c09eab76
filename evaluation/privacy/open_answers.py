"""Open answers: only from units large enough, without personal data, in an order that reveals nothing."""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field

import pandas as pd

from evaluation.privacy.gate import Gate
from evaluation.privacy.personal import without_personal
from evaluation.privacy.publication_units import GROUP
from evaluation.privacy.publishable_counts import COHORT
from evaluation.store import Selection

_SEAL = object()
# What XML 1.0 has no room for; tabs and line ends are kept.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class OpenAnswers:
    """What was written to one question in one publication unit; a text stands by itself, tied to no other answer."""

    practice: str
    municipality: str
    cohort: str
    role: str
    questionnaire: str
    item: str
    texts: tuple[str, ...]
    _seal: object = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse to be made outside the gate."""
        if self._seal is not _SEAL:
            raise TypeError("only the gate for privacy lets open answers through")


def screen_texts(
    written: pd.DataFrame, gate: Gate, selection: Selection, known: Collection[str]
) -> tuple[OpenAnswers, ...]:
    """Return the open answers that may be read, question by question.

    Texts of a question are in the order of their digests: neither the order of the file nor that of another question's
    texts, so that nobody can pair two texts as one person's. Where fewer than ``smallest_part`` were written none is
    published.

    Args:
        written: GROUP, cohort, item, text.
        gate: a gate whose threshold is that of open answers; its units hold the people who filled the form.
        selection: what is looked at.
        known: names that are no people's.
    """
    counts = gate.by_unit(written.drop(columns=["item", "text"]).assign(item="", n=1)).publishable(selection)
    names = counts.names(counts.counts["cell"]).assign(stored_cohort=counts.counts["stored_cohort"].to_numpy())
    units = names.loc[names["level"] == COHORT, [*GROUP, "cohort", "stored_cohort"]].drop_duplicates()
    texts = written.rename(columns={"cohort": "stored_cohort"}).merge(units, on=[*GROUP, "stored_cohort"])
    passed = []
    for key, rows in texts.groupby([*GROUP, "cohort", "item"]):
        practice, municipality, role, questionnaire, cohort, item = (str(name) for name in key)
        screened = [without_personal(_printable(str(text)), known) for text in rows["text"]]
        if len(screened) >= gate.policy.smallest_part:
            ordered = tuple(sorted(screened, key=lambda text: _digest(item, text)))
            passed.append(OpenAnswers(practice, municipality, cohort, role, questionnaire, item, ordered, _SEAL))
    return tuple(passed)


def _printable(text: str) -> str:
    """Return ``text`` without the signs that no document may hold, such as a bell: Word refuses a whole report."""
    return _UNPRINTABLE.sub(" ", text)


def _digest(item: str, text: str) -> str:
    return hashlib.sha256(f"{item}\x1f{text}".encode()).hexdigest()
