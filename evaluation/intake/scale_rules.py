"""How the numbers of a column are read where their scale is in doubt, and the question that decides it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from evaluation.definitions import Item, Scale
from evaluation.i18n import Translator, languages
from evaluation.intake.folding import fold
from evaluation.intake.legends import Legend
from evaluation.intake.scale_evidence import Numbers, Range
from evaluation.intake.values import Read, ScaleReader
from evaluation.records import Choice, OpenQuestion
from evaluation.spreadsheets import Content

KIND = "scale_differs"
AS_IS, REVERSE, SHIFT, SHIFT_REVERSED, BY_LEGEND, LEAVE_OUT = (
    "as_is",
    "reverse",
    "shift",
    "shift_reversed",
    "by_legend",
    "leave_out",
)
MOST_NAMED = 6
_CODE = re.compile(r"^[(\[]?[+-]?\d+[)\]=:.\s-]*|[\s=:,(\[-]*[+-]?\d+[)\]]?$")


@dataclass(frozen=True)
class ScaleColumn:
    """A column of answers on a scale: its numbers with their counts, its labels with the code they are read as.

    ``column`` is where it stands, ``heading_legends`` are the legends in its heading, ``shared`` those elsewhere, the
    nearest first. ``negated`` means that its heading asks the opposite of the question it matches; ``options`` that its
    answers are marks in a column per option.
    """

    column: int
    heading: str
    item: Item
    scale: Scale
    reader: ScaleReader
    numbers: Numbers
    heading_legends: tuple[Legend, ...] = ()
    shared: tuple[Legend, ...] = ()
    negated: bool = False
    texts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    options: bool = False


@dataclass(frozen=True)
class ScaleRule:
    """How a column is read: ``codes`` by number (None for unchanged), ``labels`` by text, codes reversed or not.

    Labels that are ``unread`` are explained by the worker one by one. A ``waiting`` column waits for the worker, one
    that is ``left_out`` is not read.
    """

    codes: Mapping[int, int] | None = None
    turned: bool = False
    waiting: bool = False
    left_out: bool = False
    labels: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    unread: frozenset[str] = frozenset()

    def also(self, other: "ScaleRule") -> "ScaleRule":
        """Return the rule that does what this one does, and then what the other one does."""
        return ScaleRule(
            self.codes if other.codes is None else other.codes,
            self.turned or other.turned,
            self.waiting or other.waiting,
            self.left_out or other.left_out,
            {**self.labels, **other.labels},
            self.unread | other.unread,
        )

    def read(self, content: Content, reader: ScaleReader) -> Read[int]:
        """Return what ``reader`` reads, but refuse a label that the worker wants to explain."""
        unread = isinstance(content, str) and bare_label(content) in self.unread
        if unread and not reader.explains(content):
            return reader.refused()
        return reader.read(content)

    def apply(self, values: npt.NDArray[np.int32], codes: Sequence[int]) -> npt.NDArray[np.int32]:
        """Return the codes read from a column by the rule; those outside ``codes`` stay unchanged."""
        if not self.turned:
            return values
        opposite = dict(zip(codes, reversed(codes), strict=True))
        return np.array([opposite.get(value, value) for value in values.tolist()], dtype=np.int32)


@dataclass(frozen=True)
class ScaleQuestion:
    """One finding about the scale of ``columns``: ``options`` are what the choices make of a number."""

    key: str
    columns: tuple[ScaleColumn, ...]
    finding: Mapping[str, str]
    options: Mapping[str, Mapping[int, int] | None]
    span: Range
    suggested: str
    legend: Legend | None = None
    turned: bool = False

    @property
    def decides(self) -> str:
        """Return on what of the columns the answer bears: numbers, or everything where their sense is in doubt."""
        return "everything" if self.turned else "numbers"

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the ids of what the worker may choose."""
        return (*self.options, LEAVE_OUT)

    def rule(self, decision: str | None) -> ScaleRule:
        """Return how the columns are read once this has been decided."""
        if decision is None:
            return ScaleRule(waiting=True)
        if decision == LEAVE_OUT:
            return ScaleRule(left_out=True)
        return ScaleRule(self.options[decision], turned=self.turned and decision == REVERSE)

    def open_question(self, rows: int, sheet: str, cell: str, decision: str | None) -> OpenQuestion:
        """Return the question as the worker gets it."""
        scale = self.columns[0].scale
        low, high = scale.codes[0], scale.codes[-1]
        values = {
            "columns": named(self.columns),
            "finding": self.finding,
            "low": self.span[0],
            "high": self.span[1],
            "code_low": low,
            "code_high": high,
            "low_label": _end(scale, low),
            "high_label": _end(scale, high),
            "legend": self.legend.text if self.legend else "",
        }
        choices = tuple(map(Choice, self.choices))
        return OpenQuestion(
            self.key, KIND, choices, sheet, cell, rows, values, suggested=self.suggested, decision=decision
        )


def bare_label(text: str) -> str:
    """Return a label as it is compared, without its code: "4 = Samaa mieltä" is "samaa mieltä"."""
    return _CODE.sub("", fold(text)).strip(" .!;,:\"'")


def finding_text(name: str, **gaps: object) -> Mapping[str, str]:
    """Return a finding in every language; a gap may itself be texts by language."""
    texts = {}
    for language in languages():
        values = {gap: value[language] if isinstance(value, Mapping) else value for gap, value in gaps.items()}
        texts[language] = Translator(language)(f"intake.{name}", **values)
    return texts


def _end(scale: Scale, code: int) -> Mapping[str, str]:
    """Return what an end of a scale means: its label, or the worst and the best where it has numbers only."""
    label = scale.answer(code).label.root
    if all(text != str(code) for text in label.values()):
        return label
    better = scale.direction * (1 if code == scale.codes[-1] else -1)
    return finding_text("scale_best") if better > 0 else finding_text("scale_worst")


def named(columns: Sequence[ScaleColumn]) -> str:
    """Return the headings of columns in quotation marks that every language knows, the first few of many."""
    names = [f"”{column.heading}”" for column in columns[:MOST_NAMED]]
    more = len(columns) - len(names)
    return ", ".join(names) + (f" (+{more})" if more else "")
