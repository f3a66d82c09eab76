"""The scale of a column, from the labels or numbers that stand in it: its steps in order, and which end is good.

What the labels do not tell is asked: the order of labels nobody has published, which end of bare numbers is good,
and whether "en osaa sanoa" is the middle of a scale that lacks one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from evaluation.definitions import Library, Scale
from evaluation.intake.folding import fold
from evaluation.intake.legends import read_legend
from evaluation.intake.polarity import NEGATIONS
from evaluation.intake.values import ScaleReader
from evaluation.proposals.answer_labels import (
    AnswerClass,
    PublishedScale,
    outside_kind,
    plain_label,
    scales_with,
)
from evaluation.proposals.grades import Grading, graded, tell_of_change
from evaluation.proposals.label_spellings import known_spellings
from evaluation.proposals.tone import tone_of

Better = Literal["high", "low", "none"]
Ask = Literal["order", "better", "range", "middle", "kind", "labels"]

# Families whose labels say by themselves which end is good, where the question does not turn it.
_CLEAR = frozenset({"agreement", "satisfaction", "quality", "how_well", "likelihood", "ease", "change", "nps"})
# As many labels, and as long, as a scale of words has.
_MOST_WORDS, _LONGEST_WORDS = 7, 40
# Codes of answers outside a scale, as in the house's own scales.
_OUTSIDE_CODES: Mapping[str, int] = {"dont_know": 98, "not_applicable": 99, "no_answer": 97}
# Ranges that forms use, the usual ones first; the first that holds all numbers is the likeliest.
RANGES = ((1, 5), (1, 3), (1, 4), (0, 10), (1, 7), (1, 10), (0, 4), (0, 5), (-2, 2), (1, 6), (4, 10), (0, 100))
_RECOMMEND = ("suosittel", "rekommend", "recommend")
_MOST_STEPS, _USUAL = 11, 5
_SURE, _LIKELY, _UNSURE = 0.95, 0.75, 0.5


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
    sure: float = _SURE
    ask: tuple[Ask, ...] = ()
    middle: str | None = None


@dataclass(frozen=True)
class Surroundings:
    """What else a sheet tells of the answers in a column.

    ``sisters`` stand in neighbouring columns that share answers with it; ``legend`` is what a title or a note says
    that numbers mean.
    """

    sisters: tuple[str, ...] = ()
    legend: Mapping[int, str] = field(default_factory=dict)


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
    pooled = dict.fromkeys((*inside, *(text for text in around.sisters if outside_kind(text) is None)))
    if set(inside) <= {"0", "1"}:
        scale: ProposedScale | None = _steps_of(range(2), {}, "none", "yes_no", "yes_no", ())
    else:
        scale = _numbered(inside, list(pooled), heading, around.legend) or _labelled(
            inside, list(pooled), heading, library
        )
    if scale is None:
        return None
    kinds = tuple(
        ProposedStep(_OUTSIDE_CODES[kind], text, "none") for text, kind in sorted(outside.items(), key=lambda o: o[1])
    )
    asks_middle = _may_be_the_middle(scale, outside.values())
    return replace(
        scale,
        outside=kinds,
        ask=(*scale.ask, *(("middle",) if asks_middle else ())),
        sure=min(scale.sure, _UNSURE) if asks_middle else scale.sure,
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
    return ProposedScale(None, "graded", steps, "none", sure=_UNSURE, ask=("order", "better"))


def _may_be_the_middle(scale: ProposedScale, outside: Collection[str]) -> bool:
    """Tell whether "don't know" may be the middle step: the scale has two sides, and nobody chose its middle."""
    neutral = [step for step in scale.steps if step.answer_class == "neutral"]
    two_sided = scale.family in ("agreement", "satisfaction") and len(scale.steps) in (4, 5)
    return two_sided and "dont_know" in outside and not any(step.is_told for step in neutral)


def _numbered(
    inside: Sequence[str], pooled: Sequence[str], heading: str, sheet_legend: Mapping[int, str]
) -> ProposedScale | None:
    """Read bare numbers, and numbers of which some have a label: "0 - Mostly me", "1", …, "5 - Mostly others"."""
    own = {number for text in inside if (number := _number(text)) is not None}
    if len(own) < len(set(inside)):
        return None
    # Numbers that fill a usual range by themselves have no need of their neighbours.
    alone = (min(own), max(own)) in RANGES[:7] and len(own) > 2
    numbers = {text: number for text in (inside if alone else pooled) if (number := _number(text)) is not None}
    if len(set(numbers.values())) > _MOST_STEPS:
        return None
    labels = {numbers[text]: plain_label(text)[1] for text in inside if _has_words(text)}
    labels = {numbers[text]: plain_label(text)[1] for text in numbers if _has_words(text)} | labels
    if labels and len(labels) == len(set(numbers.values())) > 2:
        return None
    legend = read_legend(heading, heading=True)
    labels |= {number: text for number, text in (legend.pairs if legend else ()) if number not in labels}
    if sheet_legend and not labels and min(sheet_legend) <= min(own) and max(own) <= max(sheet_legend):
        labels, numbers = dict(sheet_legend), {text: numbers[text] for text in inside}
    low, high = min(numbers.values()), max(numbers.values())
    named = next(
        (span for span in (legend.ranges if legend else ()) if span[0] <= low and high <= span[1] <= 100), None
    )
    recommend = any(word in fold(heading) for word in _RECOMMEND)
    span, sure_range = _span(low, high, named, recommend, {*labels})
    if span is None or span[1] - span[0] >= 2 * _MOST_STEPS:
        return None
    if recommend and span == (0, 10):
        return _steps_of(range(11), {}, "high", "nps", "recommend10", ())
    better, sure_end = _direction_of_numbers(labels, heading)
    sure_range = sure_range and (max(own) * 2 > span[1] or named is not None)
    ask: tuple[Ask, ...] = (*(() if sure_range else ("range",)), *(() if sure_end else ("better",)))
    return _steps_of(range(span[0], span[1] + 1), labels, better, "numbers", None, ask)


def _number(text: str) -> int | None:
    plain = text.strip().replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        return plain_label(text)[0]
    return int(value) if value.is_integer() else None


def _has_words(text: str) -> bool:
    return plain_label(text)[0] is not None and bool(plain_label(text)[1])


def _span(
    low: int, high: int, named: tuple[int, int] | None, recommend: bool, ends: Collection[int]
) -> tuple[tuple[int, int] | None, bool]:
    """Return the range of numbered answers, and whether it is sure."""
    if named is not None:
        return named, True
    if len(ends) >= 2 and min(ends) <= low and high <= max(ends):
        return (min(ends), max(ends)), True
    if recommend and low >= 0 and 5 < high <= 10:
        return (0, 10), True
    fitting = [span for span in RANGES if span[0] <= low and high <= span[1]]
    if not fitting:
        return None, False
    exact = next((span for span in fitting if span == (low, high)), None)
    likeliest = exact or fitting[0]
    # Numbers that reach neither end of a range may be of a wider one.
    return likeliest, likeliest == (low, high) and (low, high) not in ((1, 3), (1, 4), (0, 4), (1, 6), (0, 5))


def _direction_of_numbers(labels: Mapping[int, str], heading: str) -> tuple[Better, bool]:
    if len(labels) >= 2:
        low, high = labels[min(labels)], labels[max(labels)]
        for scale in scales_with((fold(low), fold(high))):
            if scale.family in _CLEAR and scale.has_direction:
                rising = scale.steps[fold(high)].rank > scale.steps[fold(low)].rank
                better, sure = _turned("high" if rising else "low", scale.family, heading)
                return better, sure
    return "high", False


def _steps_of(
    codes: Sequence[int],
    labels: Mapping[int, str],
    better: Better,
    family: str,
    known: str | None,
    ask: tuple[Ask, ...],
) -> ProposedScale:
    steps = tuple(
        ProposedStep(code, labels.get(code, str(code)), class_of_place(place, len(codes), better, family))
        for place, code in enumerate(codes)
    )
    return ProposedScale(known, family, steps, better, sure=_UNSURE if ask else _SURE, ask=ask)


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
    if steps == _MOST_STEPS:
        low, high = (6, 8) if family == "nps" else (5, 7)
        return "unfavourable" if place <= low else "neutral" if place <= high else "favourable"
    middle = (steps - 1) / 2
    return "neutral" if place == middle else "favourable" if place > middle else "unfavourable"


def _labelled(inside: Sequence[str], pooled: Sequence[str], heading: str, library: Library) -> ProposedScale | None:
    labels = {plain_label(text)[1]: text for text in pooled}
    if len(labels) == 1 and (alone := _published(labels, heading, library)) is not None:
        # One answer of everybody's is of many a scale: which one is looked at by the worker.
        return replace(alone, ask=tuple(dict.fromkeys(("order", *alone.ask))), sure=_UNSURE)
    if len(labels) < 2 or len(labels) > _MOST_STEPS:
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
    orders = {tuple(sorted(labels, key=lambda label: scale.steps[label].rank)) for scale in candidates}
    merged = any(len({scale.steps[label].rank for label in labels}) < len(labels) for scale in candidates[:1])
    if merged:
        return None
    ask: tuple[Ask, ...] = ("order",) if len(orders) > 1 and not _are_numbered_in_order(best, labels) else ()
    better, sure_end = _direction(best, heading)
    ask = ask if sure_end else (*ask, "better")
    texts = {best.steps[label].rank: text for label, text in labels.items()}
    capital = all(text[:1].isupper() for text in texts.values())
    steps = tuple(
        ProposedStep(rank, plain_text(texts.get(rank)) or _name(best, rank, capital), _class_of(best, rank, better))
        for rank in sorted(best.names)
    )
    known = _library_scale(labels, steps, better, library)
    if known is not None:
        steps = _steps_of_library(library.scales[known], texts_by_label=labels)
    return ProposedScale(known, best.family, steps, better, sure=_UNSURE if ask else _SURE, ask=ask)


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


def plain_text(text: str | None) -> str | None:
    """Return a label as written, without the number before it."""
    if text is None:
        return None
    number, words = plain_label(text)
    return text.strip() if number is None else text.strip()[-len(words) :].strip(" )]")


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
        return _turned("high", scale.family, heading)
    # Of how often something happens the question alone tells whether that is good.
    tone = tone_of(heading)
    return ("high" if tone >= 0 else "low"), tone != 0


def _turned(better: Better, family: str, heading: str) -> tuple[Better, bool]:
    """Turn a direction where the question speaks of something unwelcome: to agree with loneliness is no good."""
    if family not in ("agreement", "likelihood"):
        return better, True
    tone = tone_of(heading)
    if tone < 0:
        return ("low" if better == "high" else "high"), False
    return better, not _is_negated(heading)


def _is_negated(heading: str) -> bool:
    return any(word.strip("(),.:;?!\"'") in NEGATIONS for word in fold(heading).split())


def _from_grades(order: Grading, labels: Mapping[str, str], heading: str) -> ProposedScale:
    tone = tone_of(heading)
    good = order.high_is_good if order.high_is_good is not None else None if tone == 0 else tone > 0
    if order.two_sided and order.high_is_good is None and order.middle is not None and tone == 0:
        good = None
    better: Better = "none" if good is None else "high" if good else "low"
    size, middle = len(order.labels), order.labels.index(order.middle) if order.middle is not None else None
    steps = tuple(
        ProposedStep(
            place + 1, plain_text(labels[label]) or label, class_of_place(place, size, better, "graded", middle)
        )
        for place, label in enumerate(order.labels)
    )
    ask: tuple[Ask, ...] = () if good is not None else ("better",)
    family = "change" if tell_of_change(order.labels) else "graded"
    middle_label = steps[middle].label if middle is not None else None
    sure = _UNSURE if ask else _LIKELY
    return ProposedScale(None, family, steps, better, sure=sure, ask=ask, middle=middle_label)


def _library_scale(
    labels: Mapping[str, str], steps: Sequence[ProposedStep], better: Better, library: Library
) -> str | None:
    """Return the library's scale that reads the same labels in the same order, with the same good end."""
    ordered = [step.label for step in steps if fold(step.label) in labels or plain_label(step.label)[1] in labels]
    for scale in library.scales.values():
        if scale.better == better and len(scale.values) == len(steps) and _reads_in_order(scale, ordered):
            return scale.id
    return None


def _steps_of_library(scale: Scale, texts_by_label: Mapping[str, str]) -> tuple[ProposedStep, ...]:
    reader = ScaleReader(scale)
    written = {reader.read(label).value: plain_text(text) or "" for label, text in texts_by_label.items()}
    return tuple(
        ProposedStep(
            value.code,
            written.get(value.code) or value.label.root["fi"],
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
