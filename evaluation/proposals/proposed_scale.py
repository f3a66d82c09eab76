"""The scale that a question is proposed to have: its steps from low to high, their meaning, and what is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from evaluation.proposals.answer_labels import AnswerClass

Better = Literal["high", "low", "none"]
Ask = Literal["order", "better", "range", "middle", "kind", "labels"]

# How sure a proposal is: told by the answers, likely, or asked about.
SURE, LIKELY, UNSURE = 0.95, 0.75, 0.5
MOST_STEPS = 11
# The family of a scale of whose order the labels tell nothing.
UNORDERED = "unordered"


@dataclass(frozen=True)
class ProposedStep:
    """One answer of a scale: the code it is stored as, how it reads, and what it means.

    ``is_told`` says whether the label is the file's or its makers'; else it is the toolkit's for the same scale.
    """

    code: int
    label: str
    answer_class: AnswerClass
    is_told: bool = True


@dataclass(frozen=True)
class ProposedScale:
    """A scale read from a column: ``id`` where the library has it, its steps from low to high, and what to ask.

    ``middle`` is the label of the step between two sides, where the labels name one.
    """

    id: str | None
    family: str
    steps: tuple[ProposedStep, ...]
    better: Better
    outside: tuple[ProposedStep, ...] = ()
    sure: float = SURE
    ask: tuple[Ask, ...] = ()
    middle: str | None = None


@dataclass(frozen=True)
class Surroundings:
    """What else a sheet tells of the answers in a column.

    ``sisters`` stand in neighbouring columns that share answers with it; ``legend`` is what a title or a note says
    that numbers mean, ``told_before`` a heading before it that tells the scale of both. ``between_wider`` tells that
    higher numbers stand on both sides, ``in_series`` that it is of a numbered series with more answers than 0 and 1.
    """

    sisters: tuple[str, ...] = ()
    legend: Mapping[int, str] = field(default_factory=dict)
    told_before: str = ""
    between_wider: bool = False
    in_series: bool = False


def class_of_place(place: int, steps: int, better: Better, family: str, middle_place: int | None = None) -> AnswerClass:
    """Return what a step means by its place: of eleven by the thresholds of their kind, of others by the middle.

    ``middle_place`` is where the middle stands that the labels name: nobody may have chosen an end.
    """
    if better == "none":
        return "none"
    if middle_place is not None:
        side = "high" if place > middle_place else "low"
        return "neutral" if place == middle_place else "favourable" if side == better else "unfavourable"
    place = place if better == "high" else steps - 1 - place
    if steps == MOST_STEPS:
        low, high = (6, 8) if family == "nps" else (5, 7)
        return "unfavourable" if place <= low else "neutral" if place <= high else "favourable"
    middle = (steps - 1) / 2
    return "neutral" if place == middle else "favourable" if place > middle else "unfavourable"


def steps_of(
    codes: Sequence[int],
    labels: Mapping[int, str],
    better: Better,
    family: str,
    known: str | None,
    ask: tuple[Ask, ...],
) -> ProposedScale:
    """Return the scale with these codes, their labels where there are any, and what is asked of it."""
    steps = tuple(
        ProposedStep(code, labels.get(code, str(code)), class_of_place(place, len(codes), better, family))
        for place, code in enumerate(codes)
    )
    return ProposedScale(known, family, steps, better, sure=UNSURE if ask else SURE, ask=ask)
