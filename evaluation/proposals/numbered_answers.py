"""The scale of answers that are numbers: its range, its good end, and what of these only the worker can tell."""

import re
from collections.abc import Collection, Mapping, Sequence

from evaluation.intake.folding import fold
from evaluation.intake.legends import read_legend
from evaluation.intake.polarity import NEGATIONS
from evaluation.proposals.answer_labels import plain_label, plain_text, scales_with
from evaluation.proposals.grades import good_end
from evaluation.proposals.proposed_scale import MOST_STEPS, Ask, Better, ProposedScale, Surroundings, steps_of
from evaluation.proposals.tone import tone_of

# Families whose labels say by themselves which end is good, where the question does not turn it.
_CLEAR = frozenset({"agreement", "satisfaction", "quality", "how_well", "likelihood", "ease", "change", "nps"})
# Ranges that forms use, the usual ones first; the first that holds all numbers is the likeliest.
RANGES = ((1, 5), (1, 3), (1, 4), (0, 10), (1, 7), (1, 10), (0, 4), (0, 5), (-2, 2), (1, 6), (4, 10), (0, 100))
_MARKS = re.compile(
    r"\b(?:kouluarvosan|yleisarvosan|arvosan|kouluasteik|skolvitsord|vitsord|tähteä|tähdin|stjärnor|stars)"
)
_RECOMMEND = ("suosittel", "rekommend", "recommend")


def numbered_scale(
    inside: Sequence[str], pooled: Sequence[str], heading: str, around: Surroundings
) -> ProposedScale | None:
    """Return the scale of bare numbers, or of numbers of which some have a label: "0 - Mostly me", "1", …; else None.

    Args:
        inside: the answers in the column, without those outside any scale.
        pooled: these and the answers of its neighbours.
        heading: the question.
        around: what else the sheet tells of the answers.
    """
    numbers_inside = {number for text in inside if (number := _number(text)) is not None}
    if len(numbers_inside) < len(set(inside)):
        return None
    # Numbers that fill a usual range by themselves have no need of their neighbours.
    fills_range = (min(numbers_inside), max(numbers_inside)) in RANGES[:7] and len(numbers_inside) > 2
    alone = fills_range and not around.between_wider
    numbers = {text: number for text in (inside if alone else pooled) if (number := _number(text)) is not None}
    if len(set(numbers.values())) > MOST_STEPS:
        return None
    labels = {numbers[text]: plain_text(text) or "" for text in inside if _has_words(text)}
    labels = {numbers[text]: plain_text(text) or "" for text in numbers if _has_words(text)} | labels
    if labels and len(labels) == len(set(numbers.values())) > 2:
        return None
    legend = read_legend(heading, heading=True) or read_legend(around.told_before, heading=True)
    labels |= {number: text for number, text in (legend.pairs if legend else ()) if number not in labels}
    sheet_legend = around.legend
    if (
        sheet_legend
        and not labels
        and min(sheet_legend) <= min(numbers_inside)
        and max(numbers_inside) <= max(sheet_legend)
    ):
        labels, numbers = dict(sheet_legend), {text: numbers[text] for text in inside}
    low, high = min(numbers.values()), max(numbers.values())
    named = next(
        (span for span in (legend.ranges if legend else ()) if span[0] <= low and high <= span[1] <= 100), None
    )
    recommend = any(word in fold(heading) for word in _RECOMMEND)
    span, sure_range = _span(low, high, named, recommend, {*labels})
    if span is None or span[1] - span[0] >= 2 * MOST_STEPS:
        return None
    if recommend and span == (0, 10):
        return steps_of(range(11), {}, "high", "nps", "recommend10", ())
    better, sure_end = _direction_of_numbers(labels, heading)
    sure_range = sure_range and (max(numbers_inside) * 2 > span[1] or named is not None)
    sure_range = sure_range and (named is not None or alone or not fills_range)
    ask: tuple[Ask, ...] = (*(() if sure_range else ("range",)), *(() if sure_end else ("better",)))
    return steps_of(range(span[0], span[1] + 1), labels, better, "numbers", None, ask)


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


def tell_good_end(labels: Mapping[int, str]) -> bool:
    """Tell whether the labels of some numbers say which end is the good one, whatever is asked."""
    return _direction_of_numbers(labels, "")[1]


def _direction_of_numbers(labels: Mapping[int, str], heading: str) -> tuple[Better, bool]:
    if len(labels) >= 2:
        low, high = labels[min(labels)], labels[max(labels)]
        for scale in scales_with((fold(low), fold(high))):
            if scale.family in _CLEAR and scale.has_direction:
                rising = scale.steps[fold(high)].rank > scale.steps[fold(low)].rank
                better, sure = turned("high" if rising else "low", scale.family, heading)
                return better, sure
        good = good_end(fold(low), fold(high))
        if good is not None:
            return turned("high" if good else "low", "agreement", heading)
    # Finnish marks and stars rise, whatever they are given for; who marks something unwelcome is asked.
    if tone_of(heading) >= 0 and _MARKS.search(fold(heading)):
        return "high", True
    return ("low" if tone_of(heading) < 0 else "high"), False


def turned(better: Better, family: str, heading: str) -> tuple[Better, bool]:
    """Turn a direction where the question speaks of something unwelcome: to agree with loneliness is no good."""
    if family not in ("agreement", "likelihood"):
        return better, True
    tone = tone_of(heading)
    if tone < 0:
        return ("low" if better == "high" else "high"), False
    return better, not _is_negated(heading)


def _is_negated(heading: str) -> bool:
    return any(word.strip("(),.:;?!\"'") in NEGATIONS for word in fold(heading).split())
