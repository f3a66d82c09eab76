"""Tells columns that hold no answers: empty, always the same, computed by a tool, or numbers of the rows."""

import re
from collections import Counter

from evaluation.intake.folding import fold
from evaluation.proposals.answer_labels import plain_label, scales_with
from evaluation.proposals.families import is_open_question

_MOST_ANSWERS, _HIGHEST_MARK, _FEW_OPTIONS = 12, 10, 6
_FEWEST_NUMBERED = 6
_NUMBERED = frozenset({
    "nro", "nr", "no", "n:o", "#", "numero", "järjestysnumero", "rivi", "nummer", "number", "row",
})  # fmt: skip


def says_nothing(heading: str, contents: Counter[str]) -> bool:
    """Tell whether a column is empty, always the same, computed by the tool or a running number."""
    filled = sum(contents.values())
    if not contents or heading.startswith("{"):
        return True
    if len(contents) == 1:
        # Everybody may give the same answer; what is no answer anywhere is the tool's or the worker's.
        (text,) = contents
        is_answer = are_marks(frozenset(contents)) or bool(scales_with([plain_label(text)[1]]))
        return filled > _FEW_OPTIONS and not is_answer and not is_open_question(heading)
    if _run_on(heading, contents):
        return True
    numbers = {int(text) for text in contents if text.isdigit()}
    counted = len(numbers) == len(contents) == filled > _MOST_ANSWERS
    return counted and (not heading or max(numbers) < 2 * filled or fold(heading).endswith("id"))


def _run_on(heading: str, contents: Counter[str]) -> bool:
    """Tell whether a column numbers its rows: 1, 2, 3 … one after the other, or a number of its own under "Nro"."""
    numbers = [int(text) for text in contents if text.isdigit()]
    if len(numbers) < len(contents) or len(contents) < sum(contents.values()):
        return False
    in_order = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    return (in_order and len(numbers) >= _FEWEST_NUMBERED) or fold(heading).strip(".: ") in _NUMBERED


def are_marks(texts: frozenset[str]) -> bool:
    """Tell whether all texts are whole numbers such as people give as marks."""
    return all(re.fullmatch(r"\d{1,2}(?:\.0)?", text) and float(text) <= _HIGHEST_MARK for text in texts)
