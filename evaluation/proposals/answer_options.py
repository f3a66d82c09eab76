"""The options of a question that takes one answer, or several joined in one cell, from what people answered."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from evaluation.intake.folding import fold
from evaluation.proposals.families import is_open_question

_SEPARATORS = re.compile(r"\s*[;\n]\s*|,\s+(?=[^\W\d_])")
_LISTED = re.compile(r"\s*;\s*")
_MOST_OPTIONS, _FEW_OPTIONS = 15, 6
_LONGEST_OPTION = 60


def options_of_several(contents: Counter[str], heading: str) -> tuple[str, ...]:
    """Return the options of a question that takes several answers, joined in one cell; none for any other question."""
    cells = _cells_of_parts(contents)
    filled = sum(contents.values())
    several = sum(count for parts, count in cells if len(parts) > 1)
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for parts, count in cells:
        for part in parts:
            counts[fold(part)] += count
            written.setdefault(fold(part), part)
    usual = [part for part, count in counts.items() if count > 1 and len(part) <= 2 * _LONGEST_OPTION]
    covered = sum(counts[part] for part in usual) / max(sum(counts.values()), 1)
    # A comma may as well stand within an option; a semicolon is what survey tools put between options.
    alone = {fold(parts[0]) for parts, _ in cells if len(parts) == 1}
    parted = any(";" in text for text in contents) or len(alone.intersection(usual)) > 1
    enough = covered >= (0.9 if is_open_question(heading) else 0.8)
    if not (parted and enough and usual) or several < max(2, 0.05 * filled):
        return ()
    # Options combine freely, so there are more answers than options; sentences with commas are each their own.
    if len(usual) > 2 * _MOST_OPTIONS or len(usual) >= len(contents) + 3 or len(counts) > 0.8 * filled:
        return ()
    return tuple(written[part] for part, _ in counts.most_common() if part in usual)


def parts_of(contents: Mapping[str, int]) -> dict[str, int]:
    """Return the answers of a question that takes several, joined in one cell, and how often each was given."""
    parts: Counter[str] = Counter()
    for answers, count in _cells_of_parts(Counter(dict(contents))):
        for answer in dict.fromkeys(answers):
            parts[answer] += count
    return dict(parts)


def _cells_of_parts(contents: Counter[str]) -> list[tuple[tuple[str, ...], int]]:
    """Split each cell into its answers; what always stands behind the same other part is the rest of one answer."""
    separator = _LISTED if any(";" in text for text in contents) else _SEPARATORS
    cells = [(tuple(filter(None, separator.split(text.strip("; ")))), count) for text, count in contents.items()]
    before: dict[str, set[str]] = {}
    for parts, _ in cells:
        for number, part in enumerate(parts):
            before.setdefault(part, set()).add(parts[number - 1] if number else "")
    rests = {part for part, others in before.items() if "" not in others and len(others) == 1}
    return [(_rejoined(parts, rests), count) for parts, count in cells] if separator is _SEPARATORS else cells


def _rejoined(parts: Sequence[str], rests: set[str]) -> tuple[str, ...]:
    answers: list[str] = []
    for part in parts:
        if part in rests and answers:
            answers[-1] = f"{answers[-1]}, {part}"
        else:
            answers.append(part)
    return tuple(answers)


def options_of_one(contents: Counter[str], heading: str) -> tuple[str, ...]:
    """Return the options of a question that takes one answer; none where people wrote what they liked."""
    filled = sum(contents.values())
    usual = [text for text, count in contents.most_common() if count > (1 if filled < 40 else 2)]
    covered = sum(contents[text] for text in usual) / filled
    average = sum(len(text) for text in usual) / max(len(usual), 1)
    fewest = 4 if is_open_question(heading) else 2
    longest = _LONGEST_OPTION * (2 if len(usual) <= _FEW_OPTIONS else 1)
    if len(usual) < 2 or average > longest or len(usual) > _MOST_OPTIONS or filled < fewest * len(usual):
        return ()
    return tuple(usual) if covered >= (0.95 if is_open_question(heading) else 0.8) else ()
