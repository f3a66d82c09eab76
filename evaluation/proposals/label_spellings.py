"""Labels that are hardly otherwise spelt than those of a published scale, or stand in the middle of any."""

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from evaluation.intake.answer_wording import may_mean
from evaluation.proposals.answer_labels import PublishedScale, published_scales, scales_with
from evaluation.proposals.grades import is_middle

# "Neither agree or disagree" is "neither agree nor disagree" (98); "agree" and "disagree" are far apart (77).
_SAME_SPELLING = 90


def known_spellings(labels: Mapping[str, str]) -> Mapping[str, str]:
    """Return the labels with those in place of which a published scale has the same words, hardly otherwise spelt."""
    if scales_with(labels):
        return labels
    for scale in sorted(published_scales(), key=lambda scale: scale.points):
        free = [label for label in scale.steps if label not in labels]
        strange = [label for label in labels if label not in scale.steps]
        if not strange or len(strange) > len(labels) // 2:
            continue
        meant = {label: _middle_of(label, scale, free) or _spelt_nearly(label, free) for label in strange}
        if None not in meant.values() and len(set(meant.values())) == len(meant):
            return {meant.get(label) or label: text for label, text in labels.items()}
    return labels


def _middle_of(label: str, scale: PublishedScale, free: Sequence[str]) -> str | None:
    """Return the middle step of a scale, in its own words, for a label that stands in the middle of any scale."""
    neutral = [other for other in free if scale.steps[other].answer_class == "neutral"]
    return neutral[0] if neutral and scale.points % 2 and is_middle(label) else None


def _spelt_nearly(label: str, others: Sequence[str]) -> str | None:
    near = process.extractOne(label, others, scorer=fuzz.ratio, score_cutoff=_SAME_SPELLING)
    return near[0] if near and may_mean(label, near[0]) and may_mean(near[0], label) else None
