"""What one distinct content of a column says: a value, or the code of the message that says why it has none.

Open answers, counts of people and marks of options are read here; scales, dates and participant codes have modules.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from evaluation.intake.folding import fold
from evaluation.intake.personal_data import as_text
from evaluation.spreadsheets import CellFault, Content

T = TypeVar("T")

NOTHING: Mapping[str, object] = MappingProxyType({})

# Faults of cells that identify a person: no message may repeat what stands there.
NEVER_SHOWN = frozenset(
    {"identity_code", "contact_as_code", "participant_is_name", "birth_day_as_code", "number_as_code"}
)

LARGEST_COUNT = 100_000

# Three decimals are refused even when they are zeros: "1,000" is one in Finnish and a thousand in English.
_COUNT = re.compile(
    r"^\+?([0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,]0{1,2})?"
    r"(?: ?(?:hlö|hlöä|henkilö|henkilöä|henkeä|ihmistä|asiakasta|kävijää|kpl|pers|person|personer|besökare|"
    r"persons|people|visitors)\.?)?$"
)

_DECIMAL = re.compile(
    r"^\+?(?P<whole>[0-9]+|[0-9]{1,3}(?: [0-9]{3})+)(?:[.,](?P<decimals>[0-9]{1,2}))?"
    r"(?: ?(?:h|t|tuntia?|timmar|timme|hours?|min|minuuttia?|minuter|minutes?|€|eur|euroa?|euros?|km|kg|pv|"
    r"päivää|dagar|days|vk|viikkoa|veckor|weeks|kk|v|vuotta|år|years|%)\.?)?$"
)

CHOSEN = frozenset({
    "1", "x", "xx", "v", "k", "y", "j", "+", "yes", "kyllä", "ja", "true", "tosi", "sant", "on", "ok", "checked",
    "selected", "valittu", "vald", "✓", "✔", "☑", "☒", "✅", "✗", "✘",
})  # fmt: skip
NOT_CHOSEN = frozenset({
    "0", "-", "n", "e", "no", "ei", "nej", "false", "epätosi", "falskt", "off", "unchecked", "not selected",
    "ei valittu", "ej vald", "inte vald", "n/a", "☐", "⬜",
})  # fmt: skip


@dataclass(frozen=True)
class Read(Generic[T]):
    """What a content says: ``value``, or ``fault`` with its gaps ``values``; neither where it says nothing."""

    value: T | None = None
    fault: str | None = None
    values: Mapping[str, object] = field(default_factory=lambda: NOTHING)


def faulty(cell: CellFault) -> Read[Any]:
    """Return what an error or a formula without a value is read as."""
    return Read(fault="formula_cell" if cell.kind == "formula" else "error_cell")


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


def read_number(content: Content, step: float) -> Read[int]:
    """Return the number that ``content`` says in whole steps; one that lies between two steps is refused."""
    if step == 1 or isinstance(content, CellFault):
        return read_count(content)
    number: float | None = None
    if isinstance(content, str):
        text = fold(content)
        if not text:
            return Read()
        match = _DECIMAL.match(text)
        number = float(f"{match['whole'].replace(' ', '')}.{match['decimals'] or 0}") if match else None
    elif isinstance(content, (int, float)) and not isinstance(content, bool):
        number = content
    if number is None or not math.isfinite(number) or not 0 <= number <= LARGEST_COUNT:
        return Read(fault="not_a_count")
    steps = round(number / step)
    return Read(steps) if math.isclose(steps * step, number, abs_tol=step / 1000) else Read(fault="not_a_count")


def read_text(content: Content) -> Read[str]:
    """Return an open answer as written; nothing is masked yet."""
    if isinstance(content, CellFault):
        return faulty(content)
    return Read(as_text(content) or None)


def read_options(content: Content, option: str) -> Read[int]:
    """Return 1 for a mark or the option's text, and 0 for a sign that it was not chosen.

    Args:
        content: a cell of the option's column.
        option: what the option is called.
    """
    if isinstance(content, CellFault):
        return faulty(content)
    text = fold(as_text(content)).rstrip(" ;.")
    is_option = text == fold(option).rstrip(" ;.")
    if not text:
        return Read()
    # In a column of the option "No" the word "No" may say either.
    if is_option and text in NOT_CHOSEN and text.isalpha():
        return Read(fault="not_a_mark")
    if text in NOT_CHOSEN:
        return Read(0)
    return Read(1) if is_option or text in CHOSEN else Read(fault="not_a_mark")
