"""The scale of a column, from the labels or numbers that stand in it: its steps in order, and which end is good.

What the labels do not tell is asked: the order of labels nobody has published, which end of bare numbers is good,
and whether "en osaa sanoa" is the middle of a scale that lacks one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from evaluation.definitions import Library, Scale
from evaluation.intake.folding import fold
from evaluation.intake.values import ScaleReader
from evaluation.proposals.answer_labels import (
    AnswerClass,
    PublishedScale,
    outside_kind,
    plain_label,
    plain_text,
    scales_with,
)
from evaluation.proposals.grades import NO_BESIDE, Grading, answer_yes_or_no, graded, refuses, tell_of_change
from evaluation.proposals.label_spellings import known_spellings
from evaluation.proposals.numbered_answers import numbered_scale, turned
from evaluation.proposals.proposed_scale import (
    LIKELY,
    MOST_STEPS,
    SURE,
    UNORDERED,
    UNSURE,
    Ask,
    Better,
    ProposedScale,
    ProposedStep,
    Surroundings,
    class_of_place,
    steps_of,
)
from evaluation.proposals.tone import tone_of

# As many labels, and as long, as a scale of words has.
_MOST_WORDS, _LONGEST_WORDS = 7, 40
# Codes of answers outside a scale, as in the house's own scales.
_OUTSIDE_CODES: Mapping[str, int] = {"dont_know": 98, "not_applicable": 99, "no_answer": 97}
_USUAL = 5


def scale_of(contents: Mapping[str, int], heading: str, around: Surroundings, library: Library) -> ProposedScale | None:
    """Return the scale of the texts in a column; None where they are no scale.

    Args:
        contents: what stands in the column (numbers as text) and how often.
        heading: the question.
        around: what else the sheet tells of the answers.
        library: the scales that are known.
    """
    outside = {text: kind for text in contents if (kind := outside_kind(text)) is not None}
    inside = [text for text in contents if text not in outside]
    if not inside:
        return None
    # What neighbours have in their middle stands there in this column too, chosen or not.
    unsure = {text: kind for text in around.sisters if (kind := outside_kind(text)) == "dont_know"}
    pooled = dict.fromkeys((*inside, *(text for text in around.sisters if outside_kind(text) is None)))
    if set(inside) <= {"0", "1"} and not around.in_series:
        scale: ProposedScale | None = steps_of(range(2), {}, "none", "yes_no", "yes_no", ())
    else:
        scale = numbered_scale(inside, list(pooled), heading, around) or _labelled(
            inside, list(pooled), heading, library
        )
    if scale is None:
        return without_order(contents) if answer_yes_or_no([plain_label(text)[1] for text in inside]) else None
    asks_middle = _may_be_the_middle(scale, (*outside.values(), *unsure.values()))
    if asks_middle:
        outside = {text: kind for text, kind in unsure.items() if fold(text) not in map(fold, outside)} | outside
    kinds = tuple(
        ProposedStep(_OUTSIDE_CODES[kind], text, "none") for text, kind in sorted(outside.items(), key=lambda o: o[1])
    )
    return replace(
        scale,
        outside=kinds,
        ask=(*scale.ask, *(("middle",) if asks_middle else ())),
        sure=min(scale.sure, UNSURE) if asks_middle else scale.sure,
    )


def without_order(contents: Mapping[str, int]) -> ProposedScale | None:
    """Return the few labels of a question asked at two times as a scale whose order the worker tells; None for more.

    As a choice or as own words the question would show no change.
    """
    labels = [text for text in contents if outside_kind(text) is None]
    enough = sum(contents[text] for text in labels) >= 2 * len(labels)
    if not (2 <= len(labels) <= _MOST_WORDS and enough) or max(map(len, labels)) > _LONGEST_WORDS:
        return None
    steps = tuple(ProposedStep(place, text, "none") for place, text in enumerate(labels, 1))
    return ProposedScale(None, UNORDERED, steps, "none", sure=UNSURE, ask=("order", "better"))


def asked_for_change(scale: ProposedScale) -> ProposedScale:
    """Return the scale of a question at start or end: which of two ranges is better, only the worker knows."""
    if scale.family != "ranges" or scale.better != "none":
        return scale
    return replace(scale, ask=("better",), sure=UNSURE)


def _may_be_the_middle(scale: ProposedScale, outside: Collection[str]) -> bool:
    """Tell whether "don't know" may be the middle step: the scale has two sides, and nobody chose its middle."""
    neutral = [step for step in scale.steps if step.answer_class == "neutral"]
    two_sided = scale.family in ("agreement", "satisfaction") and len(scale.steps) in (4, 5)
    return two_sided and "dont_know" in outside and not any(step.is_told for step in neutral)


def _labelled(inside: Sequence[str], pooled: Sequence[str], heading: str, library: Library) -> ProposedScale | None:
    labels = {plain_label(text)[1]: text for text in pooled}
    if len(labels) == 1 and (alone := _published(labels, heading, library)) is not None:
        # One answer of everybody's is of many a scale: which one is looked at by the worker.
        return replace(alone, ask=tuple(dict.fromkeys(("order", *alone.ask))), sure=UNSURE)
    if len(labels) < 2 or len(labels) > MOST_STEPS:
        return _labelled(inside, inside, heading, library) if len(pooled) > len(inside) else None
    published = _published(labels, heading, library)
    if published is not None:
        return published
    order = graded(tuple(labels))
    if order is not None:
        return _from_grades(order, labels, heading)
    return _labelled(inside, inside, heading, library) if len(pooled) > len(inside) else None


def _published(labels: Mapping[str, str], heading: str, library: Library) -> ProposedScale | None:
    """Return the scale of labels that public forms use; where such forms disagree about the order, it is asked."""
    labels = known_spellings(labels)
    candidates = scales_with(labels)
    if not candidates:
        return None
    # Of one answer alone a scale of five is the likeliest.
    best = next((scale for scale in candidates if len(labels) == 1 and scale.points == _USUAL), candidates[0])
    if best.points > max(_MOST_WORDS, 2 * len(labels)) and graded(tuple(labels)) is not None:
        # Few words are no scale of eleven where they are in order by themselves.
        return None
    orders = {tuple(sorted(labels, key=lambda label: scale.steps[label].rank)) for scale in candidates}
    merged = any(len({scale.steps[label].rank for label in labels}) < len(labels) for scale in candidates[:1])
    if merged:
        return None
    ask: tuple[Ask, ...] = ("order",) if len(orders) > 1 and not _are_numbered_in_order(best, labels) else ()
    better, sure_end = _direction(best, heading)
    ask = ask if sure_end else (*ask, "better")
    texts = {best.steps[label].rank: text for label, text in labels.items()}
    capital = all((plain_text(text) or "")[:1].isupper() for text in texts.values())
    steps = tuple(
        ProposedStep(rank, plain_text(texts.get(rank)) or _name(best, rank, capital), _class_of(best, rank, better))
        for rank in sorted(best.names)
    )
    known = _library_scale(labels, steps, better, library)
    if known is not None:
        steps = _steps_of_library(library.scales[known], labels, best.language)
    return ProposedScale(known, best.family, steps, better, sure=UNSURE if ask else SURE, ask=ask)


def _name(scale: PublishedScale, rank: int, capital: bool) -> str:
    """Return the label of a step that nobody chose, with a capital letter where the file writes them so."""
    name = scale.names[rank]
    return name[:1].upper() + name[1:] if capital else name


def _are_numbered_in_order(scale: PublishedScale, labels: Mapping[str, str]) -> bool:
    """Tell whether the file numbers its labels, up or down, in the order of ``scale``."""
    ordered = sorted(labels, key=lambda label: scale.steps[label].rank)
    numbers = [plain_label(labels[label])[0] for label in ordered]
    if any(number is None for number in numbers):
        return False
    return numbers in (sorted(numbers), sorted(numbers, reverse=True))  # type: ignore[type-var]


def _class_of(scale: PublishedScale, rank: int, better: Better) -> AnswerClass:
    if better == "none":
        return "none"
    if scale.has_direction and better == ("high" if scale.rises else "low"):
        return next(step.answer_class for step in scale.steps.values() if step.rank == rank)
    return class_of_place(rank - 1, scale.points, better, scale.family)


def _direction(scale: PublishedScale, heading: str) -> tuple[Better, bool]:
    """Return which end of a published scale is good under a heading, and whether that is sure."""
    if scale.family == "yes_no" or scale.id == "recommend3":
        tone = tone_of(heading)
        return ("high" if tone > 0 else "low" if tone < 0 else "none"), tone >= 0
    if scale.has_direction and scale.rises:
        return turned("high", scale.family, heading)
    # Of how often something happens the question alone tells whether that is good.
    tone = tone_of(heading)
    return ("high" if tone >= 0 else "low"), tone != 0


def _from_grades(order: Grading, labels: Mapping[str, str], heading: str) -> ProposedScale:
    tone = tone_of(heading)
    good = order.high_is_good if order.high_is_good is not None else None if tone == 0 else tone > 0
    if order.two_sided and order.high_is_good is None and order.middle is not None and tone == 0:
        good = None
    better: Better = "none" if good is None else "high" if good else "low"
    unseen = _unseen_no(order.labels)
    size = len(order.labels) + len(unseen)
    middle = len(unseen) + order.labels.index(order.middle) if order.middle is not None else None
    texts = [(plain_text(labels[label]) or label, True) for label in order.labels]
    capital = texts[0][0][:1].isupper()
    texts = [(no if capital else no.lower(), False) for no in unseen] + texts
    steps = tuple(
        ProposedStep(place + 1, text, class_of_place(place, size, better, "graded", middle), is_told)
        for place, (text, is_told) in enumerate(texts)
    )
    # What was counted or measured has no good end unless the question names one.
    ask: tuple[Ask, ...] = () if good is not None or order.ranges else ("better",)
    family = "ranges" if order.ranges else "change" if tell_of_change(order.labels) else "graded"
    middle_label = steps[middle].label if middle is not None else None
    sure = UNSURE if ask else LIKELY
    return ProposedScale(None, family, steps, better, sure=sure, ask=ask, middle=middle_label)


def _unseen_no(labels: Sequence[str]) -> tuple[str, ...]:
    """Return the "no" of labels that run up to a yes where nobody said it: "a little" is not the worst there can be."""
    no = NO_BESIDE.get(labels[-1])
    return () if no is None or any(map(refuses, labels)) else (no,)


def _library_scale(
    labels: Mapping[str, str], steps: Sequence[ProposedStep], better: Better, library: Library
) -> str | None:
    """Return the library's scale that reads the same labels in the same order, with the same good end."""
    meanings = {fold(plain_text(text) or "") for text in labels.values()}
    ordered = [step.label for step in steps if fold(step.label) in meanings or plain_label(step.label)[1] in labels]
    for scale in library.scales.values():
        if scale.better == better and len(scale.values) == len(steps) and _reads_in_order(scale, ordered):
            return scale.id
    return None


def _steps_of_library(scale: Scale, texts_by_label: Mapping[str, str], language: str) -> tuple[ProposedStep, ...]:
    """Return the steps with the labels of the file; what nobody chose is named in the language of the others."""
    reader = ScaleReader(scale)
    written = {reader.read(label).value: plain_text(text) or "" for label, text in texts_by_label.items()}
    return tuple(
        ProposedStep(
            value.code,
            written.get(value.code) or value.label.root.get(language) or value.label.root["fi"],
            value.value_class or "none",
            value.code in written,
        )
        for value in scale.values
    )


def _reads_in_order(scale: Scale, labels: Sequence[str]) -> bool:
    reader = ScaleReader(scale)
    codes = [reader.read(label).value for label in labels]
    known = [code for code in codes if code is not None and code in scale.codes]
    return len(known) == len(labels) > 1 and known == sorted(set(known))
