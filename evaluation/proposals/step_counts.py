"""How often every answer of a proposed question stands in the file that it was read from."""

from evaluation.intake.folding import fold
from evaluation.proposals.answer_labels import outside_kind, plain_label
from evaluation.proposals.answer_options import parts_of
from evaluation.proposals.proposed_columns import ProposedColumn


def counts_of_steps(column: ProposedColumn) -> tuple[int, ...]:
    """Return how many gave each answer of the scale of ``column``, in its order; nothing for another column."""
    if column.scale is None:
        return ()
    by_label = {plain_label(step.label)[1]: place for place, step in enumerate(column.scale.steps)}
    by_code = {step.code: place for place, step in enumerate(column.scale.steps)}
    counts = [0] * len(column.scale.steps)
    for text, number in column.contents.items():
        place = by_label.get(plain_label(text)[1])
        code = _code(text)
        place = by_code.get(code) if place is None and code is not None else place
        if place is not None:
            counts[place] += number
    return tuple(counts)


def outside_of(column: ProposedColumn) -> dict[str, int]:
    """Return the answers outside the scale of ``column``, as they are written, and how often."""
    outside = {step.label for step in column.scale.outside} if column.scale else set()
    return {text: number for text, number in column.contents.items() if outside_kind(text) and text in outside}


def counts_of_options(column: ProposedColumn) -> dict[str, int]:
    """Return how many chose each option of ``column``, the most frequent first."""
    counts = {fold(option): 0 for option in column.options}
    answers = parts_of(column.contents) if column.kind == "choices" else column.contents
    for text, number in answers.items():
        if fold(text) in counts:
            counts[fold(text)] += number
    written = {fold(option): option for option in column.options}
    return {written[name]: number for name, number in sorted(counts.items(), key=lambda pair: -pair[1])}


def _code(text: str) -> int | None:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return None
    return int(value) if value.is_integer() else None
