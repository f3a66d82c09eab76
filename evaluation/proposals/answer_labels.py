"""The ordered labels of closed questions as public forms write them, and the scales that hold a set of labels."""

import csv
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from evaluation.intake.folding import fold
from evaluation.proposals.grades import is_range

AnswerClass = Literal["favourable", "neutral", "unfavourable", "none"]
Outside = Literal["dont_know", "not_applicable", "no_answer"]

_FILE = Path(__file__).with_name("answer_labels.csv")
# "5 - Mostly other people", "1 = täysin eri mieltä", "(2) joskus"; a number alone is no label.
_NUMBERED = re.compile(r"^[(\[]?([+-]?\d{1,2})\s*(?:[\])=:.–—-]+\s*|\s)(?=\D)(.+)$")
# Open surveys write the answers that stand outside a scale in many ways.
_OUTSIDE_WORDS: Mapping[str, Outside] = {
    **dict.fromkeys(("eos", "e.o.s.", "en tiedä", "vet ej", "vet inte", "don't know", "i don't know", "do not know",
                     "i do not know", "not sure",
                     "unsure", "cannot say", "can't say", "en osaa sanoa", "kan inte säga"), "dont_know"),
    **dict.fromkeys(("n/a", "na", "not applicable", "ei koske minua", "gäller inte mig", "does not apply"),
                    "not_applicable"),
    **dict.fromkeys(("en halua vastata", "vill inte svara", "prefer not to say", "i prefer not to tell",
                     "prefer not to answer", "did not respond", "no answer", "ei vastausta"), "no_answer"),
}  # fmt: skip


@dataclass(frozen=True)
class LabelledStep:
    """One step of a published scale: its rank (1 is the least or worst) and what it means where more is better."""

    rank: int
    answer_class: AnswerClass


@dataclass(frozen=True)
class PublishedScale:
    """The labels of one scale in one language, folded, with the step of each."""

    id: str
    family: str
    points: int
    language: str
    steps: Mapping[str, LabelledStep]
    names: Mapping[int, str]

    @property
    def has_direction(self) -> bool:
        """Tell whether the labels themselves say which end is the good one."""
        classes = {step.answer_class for step in self.steps.values()}
        return "favourable" in classes and "unfavourable" in classes

    @property
    def rises(self) -> bool:
        """Tell whether the last step is the good one; of how often something troubles it is the first."""
        return max(self.steps.values(), key=lambda step: step.rank).answer_class == "favourable"


def plain_label(text: str) -> tuple[int | None, str]:
    """Return the number that a label begins with, None where it has none, and the folded words behind it."""
    folded = fold(text).rstrip(" .")
    match = None if is_range(folded) else _NUMBERED.match(folded)
    return (int(match[1]), _unbracketed(match[2])) if match else (None, folded)


def plain_text(text: str | None) -> str | None:
    """Return a label as written, without the number before it."""
    match = _NUMBERED.match(text.strip()) if text is not None and plain_label(text)[0] is not None else None
    return _unbracketed(match[2]) if match else text and text.strip()


def _unbracketed(words: str) -> str:
    """Return the words behind a number without brackets that stand around them, or that the number began."""
    words = words.strip()
    return words.strip(" ()[]") if words[:1] in ("(", "[") or not {"(", "["} & {*words} else words


def outside_kind(text: str) -> Outside | None:
    """Return what kind of answer outside a scale ``text`` is; None for any other text."""
    label = plain_label(text)[1]
    return _OUTSIDE_WORDS.get(label) or _outside_labels().get(label)


def scales_with(labels: Collection[str]) -> tuple[PublishedScale, ...]:
    """Return the published scales that hold each of the folded ``labels``, those with the fewest other steps first."""
    scales = [scale for scale in published_scales() if all(label in scale.steps for label in labels)]
    return tuple(sorted(scales, key=lambda scale: scale.points))


@cache
def published_scales() -> tuple[PublishedScale, ...]:
    """Return every published scale, in each language it is known in."""
    rows: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in _rows():
        if not row["outside"]:
            rows.setdefault((row["scale"], row["language"]), []).append(row)
    return tuple(_scale(key, members) for key, members in rows.items())


def _scale(key: tuple[str, str], rows: list[Mapping[str, str]]) -> PublishedScale:
    steps: dict[str, LabelledStep] = {}
    names: dict[int, str] = {}
    for row in rows:
        rank = int(row["rank"])
        names[rank] = row["label"]
        answer_class: AnswerClass = row["class"] or "none"  # type: ignore[assignment]
        for text in (row["label"], *row["variants"].split("|")):
            if text:
                steps.setdefault(plain_label(text)[1], LabelledStep(rank, answer_class))
    return PublishedScale(key[0], rows[0]["family"], int(rows[0]["points"] or 0), key[1], steps, names)


@cache
def _outside_labels() -> Mapping[str, Outside]:
    return {
        plain_label(text)[1]: row["outside"]  # type: ignore[misc]
        for row in _rows()
        if row["outside"]
        for text in (row["label"], *row["variants"].split("|"))
        if text
    }


@cache
def _rows() -> tuple[Mapping[str, str], ...]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))
