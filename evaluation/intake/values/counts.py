"""Counts of people: whole numbers, also written as text with spaces, a plus sign or a word for people."""

import math
import re

from evaluation.intake.folding import fold
from evaluation.intake.values.read import Read, faulty
from evaluation.spreadsheets import CellFault, Content

LARGEST_COUNT = 100_000

# Three decimals are refused even when they are zeros: "1,000" is one in Finnish and a thousand in English.
_COUNT = re.compile(
    r"^\+?([0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,]0{1,2})?"
    r"(?: ?(?:hlö|hlöä|henkilö|henkilöä|henkeä|ihmistä|asiakasta|kävijää|kpl|pers|person|personer|besökare|"
    r"persons|people|visitors)\.?)?$"
)


def read_count(content: Content) -> Read[int]:
    """Return the whole number of people that ``content`` says; sums, ranges and guesses are refused."""
    if isinstance(content, CellFault):
        return faulty(content)
    number: float | None = None
    if isinstance(content, str):
        text = fold(content)
        if not text:
            return Read()
        match = _COUNT.match(text)
        number = int(match[1].replace(" ", "")) if match else None
    elif isinstance(content, (int, float)) and not isinstance(content, bool):
        number = content
    if number is None or not math.isfinite(number) or number != int(number) or not 0 <= number <= LARGEST_COUNT:
        return Read(fault="not_a_count")
    return Read(int(number))
