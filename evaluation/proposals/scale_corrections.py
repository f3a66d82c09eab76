"""What the worker says of a proposed scale: its range, its order, its good end, its middle, and what is favourable."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import get_args

from evaluation.intake.folding import fold
from evaluation.proposals.answer_labels import outside_kind, plain_label, plain_text
from evaluation.proposals.proposed_scale import UNORDERED, Ask, Better, ProposedScale, ProposedStep, class_of_place

# Values of decisions that are no ids: the order is right as it stands, or runs the other way.
KEPT, TURNED = "kept", "turned"
MIDDLE, OUTSIDE = "middle", "outside"
# Labels in the worker's order stand a line each, a range has its ends on either side.
BETWEEN, RANGE = "\n", ".."
DONT_KNOW = 98
_MOST_STEPS, _LONGEST_RANGE = 11, 21


def corrected_scale(scale: ProposedScale, corrections: Mapping[str, str], contents: Mapping[str, int]) -> ProposedScale:
    """Return ``scale`` as ``corrections`` makes it; what does not fit it changes nothing, and is asked still.

    Args:
        scale: the proposed scale.
        corrections: the worker's word on "range", "middle", "order", "better" and "favourable".
        contents: what stands in the column, and how often.
    """
    for field, correct in _CORRECTIONS.items():
        after = correct(scale, corrections[field], contents) if field in corrections else None
        if after is not None:
            scale = replace(after, ask=tuple(ask for ask in after.ask if ask != field))
    return scale if scale.ask else replace(scale, sure=max(scale.sure, 1.0 if corrections else 0.0))


def scale_in_order(contents: Mapping[str, int]) -> ProposedScale | None:
    """Return the texts of a column as a scale whose order and good end are asked; None where they are too many."""
    labels = {plain_label(text)[1]: text for text in contents if outside_kind(text) is None}
    if not 2 <= len(labels) <= _MOST_STEPS:
        return None
    steps = [ProposedStep(place, plain_text(text) or "", "none") for place, text in enumerate(labels.values(), start=1)]
    outside = tuple(ProposedStep(DONT_KNOW, text, "none") for text in contents if outside_kind(text) == "dont_know")
    ask: tuple[Ask, ...] = ("order", "better")
    return with_better(ProposedScale(None, UNORDERED, tuple(steps), "none", outside, 0.5, ask), "high")


def with_better(scale: ProposedScale, better: Better) -> ProposedScale:
    """Return ``scale`` with its good end at ``better``, and with what its steps mean by their places."""
    size = len(scale.steps)
    middle = next((place for place, step in enumerate(scale.steps) if step.label == scale.middle), None)
    steps = tuple(
        replace(step, answer_class=class_of_place(place, size, better, scale.family, middle))
        for place, step in enumerate(scale.steps)
    )
    return replace(scale, id=None, better=better, steps=steps)


def _range(scale: ProposedScale, value: str, contents: Mapping[str, int]) -> ProposedScale | None:
    low, _, high = value.partition(RANGE)
    try:
        span = range(int(low), int(high) + 1)
    except ValueError:
        return None
    numbers = [float(text.replace(",", ".")) for text in contents if is_number(text)]
    if not 2 <= len(span) <= _LONGEST_RANGE or any(number not in span for number in numbers):
        return None
    labels = {step.code: step.label for step in scale.steps}
    steps = tuple(ProposedStep(code, labels.get(code, str(code)), "none") for code in span)
    return with_better(replace(scale, steps=steps), scale.better)


def is_number(text: str) -> bool:
    """Tell whether a text is a number, with either decimal mark."""
    return text.lstrip("+-").replace(",", "").replace(".", "").isdigit()


def _middle(scale: ProposedScale, value: str, _: Mapping[str, int]) -> ProposedScale | None:
    """Say whether "en osaa sanoa" is the middle of a scale or stands outside it."""
    unsure = next((step for step in scale.outside if step.code == DONT_KNOW), None)
    if value != MIDDLE or unsure is None:
        return scale if value == OUTSIDE else None
    half = len(scale.steps) // 2
    labels = [step.label for step in scale.steps]
    labels = [*labels[:half], unsure.label, *labels[len(labels) - half :]]
    steps = tuple(ProposedStep(place, label, "none") for place, label in enumerate(labels, start=1))
    outside = tuple(step for step in scale.outside if step.code != DONT_KNOW)
    return with_better(replace(scale, steps=steps, outside=outside, middle=unsure.label), scale.better)


def _order(scale: ProposedScale, value: str, _: Mapping[str, int]) -> ProposedScale | None:
    """Keep or turn the order of the answers, or take the worker's: the labels from low to high, a line each."""
    if value == KEPT:
        return scale
    steps = tuple(reversed(scale.steps))
    if value != TURNED:
        by_label = {fold(step.label): step for step in scale.steps}
        steps = tuple(by_label[label] for label in map(fold, value.split(BETWEEN)) if label in by_label)
        if len(steps) != len(scale.steps) or len(set(steps)) != len(steps):
            return None
    if steps == scale.steps:
        return scale
    codes = (step.code for step in scale.steps)
    steps = tuple(replace(step, code=code) for step, code in zip(steps, codes, strict=True))
    return with_better(replace(scale, steps=steps), scale.better)


def _better(scale: ProposedScale, value: str, _: Mapping[str, int]) -> ProposedScale | None:
    if value not in get_args(Better):
        return None
    better: Better = value  # type: ignore[assignment]
    return scale if better == scale.better else with_better(scale, better)


def _favourable(scale: ProposedScale, value: str, _: Mapping[str, int]) -> ProposedScale | None:
    """Count so many answers at the good end as favourable; the others stay what they are, or become neutral."""
    if not value.isdigit() or scale.better == "none" or not 0 < int(value) < len(scale.steps):
        return None
    first = len(scale.steps) - int(value)
    steps = []
    for place, step in enumerate(scale.steps):
        rank = place if scale.better == "high" else len(scale.steps) - 1 - place
        below = "neutral" if step.answer_class == "favourable" else step.answer_class
        steps.append(replace(step, answer_class="favourable" if rank >= first else below))
    return scale if tuple(steps) == scale.steps else replace(scale, id=None, steps=tuple(steps))


_Correct = Callable[[ProposedScale, str, Mapping[str, int]], ProposedScale | None]
# The range and the middle decide which steps there are, the order where they stand, the good end what they mean.
_CORRECTIONS: Mapping[str, _Correct] = {
    "range": _range,
    "middle": _middle,
    "order": _order,
    "better": _better,
    "favourable": _favourable,
}
