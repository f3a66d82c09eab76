"""The sign that separates the cells of a text file, and where its table begins.

It is the separator of the table, not that of a title above it nor of the commas within headings: the sign that splits
the lines most alike. Lines with more of it than the header hold an unquoted sign in an answer; lines with less of it
are titles, notes or cut short.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

# Of signs that split the lines equally well the first that splits into most cells is taken.
SEPARATORS = "\t;,|"
_SAMPLE_LINES = 60
_SAMPLE_LETTERS = 65_536
# A sheet has a title or two and a line of notes above its table, seldom more.
_HEADERS_TRIED = 12
_LONGER = 0.5
# A comma of a sentence or of a decimal number: a space behind it, or one figure group before and behind.
_PUNCTUATION = re.compile(r",(?=\s|$)|(?<![0-9,])(?<!,[0-9])([0-9]+),[0-9]+(?![0-9]*,)")


@dataclass(frozen=True)
class Separated:
    """How a text is separated: the sign, the text without Excel's ``sep=`` line, and how many cells its header has.

    ``cells`` is 0 where the table was not found.
    """

    separator: str
    text: str
    cells: int = 0


def find_separator(text: str) -> Separated:
    """Return how the cells of ``text`` are separated; a semicolon where nothing shows it."""
    first, _, rest = text.partition("\n")
    line = first.strip().strip('"')
    if line.lower().startswith("sep=") and len(line) == 5:
        return _of(rest, line[4])
    if first.rstrip("\r").lower() == "sep=\t":
        return _of(rest, "\t")
    lines = _sample(text)
    fits = {separator: _fit([each.count(separator) for each in lines]) for separator in SEPARATORS}
    if fits[","].score < 1 and _only_punctuation(lines):
        fits[","] = _Fit()
    best = max(fit.score for fit in fits.values())
    equal = [separator for separator, fit in fits.items() if fit.score == best]
    if "," in equal and len(equal) > 1 and _only_punctuation(lines):
        equal.remove(",")
    if best <= 0:
        return Separated(_commonest(lines), text)
    separator = max(equal, key=lambda each: (fits[each].cells, -SEPARATORS.index(each)))
    return Separated(separator, text, fits[separator].cells)


def _of(text: str, separator: str) -> Separated:
    return Separated(separator, text, _fit([line.count(separator) for line in _sample(text)]).cells)


@dataclass(frozen=True)
class _Fit:
    """How well a sign splits the lines (1: all alike), and into how many cells it splits the header."""

    score: float = 0.0
    cells: int = 0


def _fit(counts: Sequence[int]) -> _Fit:
    """Return the fit of a sign by how often it stands in each line."""
    tried = [row for row, count in enumerate(counts[:_HEADERS_TRIED]) if count]
    scores = {row: _score(counts, row) for row in tried}
    if not scores:
        return _Fit()
    return _Fit(max(scores.values()), _header_cells(counts))


def _score(counts: Sequence[int], header: int) -> float:
    """Return how well the lines from ``header`` on are split alike; each other line weighs against it."""
    below = counts[header:]
    alike = sum(count == counts[header] for count in below)
    longer = sum(count > counts[header] for count in below)
    shorter = len(below) - alike - longer
    return (alike + _LONGER * longer - shorter - header) / len(counts)


def _header_cells(counts: Sequence[int]) -> int:
    """Return how many cells the header has: it is the first line, or heads the first, of those that are most alike."""
    usual, _ = Counter(count for count in counts if count).most_common(1)[0]
    row = counts.index(usual)
    while row and counts[row - 1] * 2 >= counts[row]:
        row -= 1
    return counts[row] + 1


def _only_punctuation(lines: Sequence[str]) -> bool:
    """Tell whether all commas are those of sentences and decimal numbers."""
    return all("," not in _PUNCTUATION.sub("", line) for line in lines)


def _commonest(lines: Sequence[str]) -> str:
    """Return the sign that stands most often in the first line that holds any but a comma, which sentences hold."""
    counts = {separator: sum(line.count(separator) for line in lines) for separator in "\t;|"}
    best = max(counts, key=lambda each: counts[each])
    return best if counts[best] else ";"


def _sample(text: str) -> list[str]:
    """Return the first lines of the text that hold something, with what stands in quotes taken out."""
    lines: list[list[str]] = [[]]
    inside = False
    for letter in text[:_SAMPLE_LETTERS].replace("\r\n", "\n").replace("\r", "\n"):
        if letter == '"':
            inside = not inside
        elif inside:
            continue
        elif letter == "\n":
            if len(lines) == _SAMPLE_LINES:
                break
            lines.append([])
        else:
            lines[-1].append(letter)
    joined = ("".join(line) for line in lines)
    return [line for line in joined if line.strip(" ")] or [""]
