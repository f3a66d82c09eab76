"""The answers to what a proposed scale asks, the likeliest first, as decisions have them and as messages say them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evaluation.proposals.numbered_answers import RANGES
from evaluation.proposals.proposed_columns import ProposedColumn
from evaluation.proposals.proposed_scale import Ask, Better, ProposedScale
from evaluation.proposals.scale_corrections import KEPT, MIDDLE, OUTSIDE, RANGE, TURNED, is_number
from evaluation.proposals.tone import tone_of

# What is asked first: which answers there are, then their order, then what they mean.
ASK_ORDER: tuple[Ask, ...] = ("range", "order", "middle", "better")
_MOST_RANGES = 6


@dataclass(frozen=True)
class AskChoice:
    """One answer: what a decision says, the message that says it, and what fills its gaps."""

    value: str
    key: str
    gaps: Mapping[str, object] = field(default_factory=dict)


def first_ask(column: ProposedColumn) -> Ask | None:
    """Return what is asked of a column first; None where nothing is."""
    return next((ask for ask in ASK_ORDER if ask in column.ask), None)


def asked_with(columns: Sequence[ProposedColumn]) -> dict[int, int]:
    """Return by the place of each column that asks something the first with which it is asked together."""
    return {place: places[0] for _, places in asked_together(columns) for place in places}


def asked_together(columns: Sequence[ProposedColumn]) -> tuple[tuple[Ask, tuple[int, ...]], ...]:
    """Return what is asked first of ``columns``, each time with the places of all columns of which one answer tells it.

    These have the same answers and lack the same. Of what is unwelcome the other end is good: it is asked by itself.
    """
    groups: dict[tuple[Ask, object, bool], list[int]] = {}
    for place, column in enumerate(columns):
        ask, scale = first_ask(column), column.scale
        if ask is not None and scale is not None:
            unwelcome = ask == "better" and (tone_of(column.heading) < 0 or scale.better == "low")
            groups.setdefault((ask, tuple(step.label for step in scale.steps), unwelcome), []).append(place)
    return tuple((ask, tuple(places)) for (ask, _, _), places in groups.items())


def choices_of(ask: Ask, columns: Sequence[ProposedColumn]) -> tuple[AskChoice, ...]:
    """Return the answers to what is asked alike of ``columns``, whose scales have the same steps."""
    scale = columns[0].scale
    if scale is None:
        return ()
    if ask == "better":
        # A change is most often asked about for the better, and of what should grow it is asked at start and end.
        likeliest = scale.better if scale.better != "none" or columns[0].family not in ("change", "state") else "high"
        return ends_of(scale, likeliest)
    if ask == "order":
        return AskChoice(KEPT, "own.order_kept"), AskChoice(TURNED, "own.order_turned")
    if ask == "middle":
        return AskChoice(OUTSIDE, "own.middle_outside"), AskChoice(MIDDLE, "own.middle_inside")
    return _ranges(scale, columns)


def ends_of(scale: ProposedScale, likeliest: Better) -> tuple[AskChoice, ...]:
    """Return which end of a scale may be the good one."""
    ends: dict[Better, AskChoice] = {
        "high": AskChoice("high", "own.end_good", {"label": scale.steps[-1].label}),
        "low": AskChoice("low", "own.end_good", {"label": scale.steps[0].label}),
        "none": AskChoice("none", "own.end_none"),
    }
    return (ends[likeliest], *(end for better, end in ends.items() if better != likeliest))


def _ranges(scale: ProposedScale, columns: Sequence[ProposedColumn]) -> tuple[AskChoice, ...]:
    likeliest = scale.steps[0].code, scale.steps[-1].code
    numbers = [float(text.replace(",", ".")) for column in columns for text in column.contents if is_number(text)]
    low, high = min(numbers, default=likeliest[0]), max(numbers, default=likeliest[1])
    fitting = [span for span in RANGES if span != likeliest and span[0] <= low and high <= span[1]]
    return tuple(
        AskChoice(f"{first}{RANGE}{last}", "own.range", {"first": first, "last": last})
        for first, last in (likeliest, *fitting)[:_MOST_RANGES]
    )
