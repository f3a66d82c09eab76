"""What a report holds, whatever file it becomes: sections of sentences, published tables and quotations."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from evaluation.measures import Published

Kind = Literal[
    "enrolment", "sessions", "openings", "distribution", "recommendation", "favourable", "change", "change_bars",
    "conditions", "comparison", "trend", "glance", "table",
]  # fmt: skip


@dataclass(frozen=True)
class Exhibit:
    """A published table shown in a report, how it is drawn, and the other tables that the drawing needs.

    ``beside`` is of a distribution the favourable shares of the same questions; of change how many were matched; of
    conditions the clients' shares; of a comparison, if there is one, the comparison with the others of the type; of a
    glance the visits, the satisfied and the improved.
    """

    kind: Kind
    title: str
    published: Published
    beside: tuple[Published, ...] = ()


@dataclass(frozen=True)
class Quotes:
    """Open answers to one question, as the gate let them through, in quotation marks."""

    question: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class KeyFigure:
    """A number of the first look: what it is, the number as it is said, and what it stands on."""

    label: str
    figure: str
    ground: str


@dataclass(frozen=True)
class Section:
    """A part of a report: key, reached, satisfaction, change, conditions, voices, comparison, develop or method.

    The sentences begin with the most important; ``asked`` tells what was asked and how many answered.
    """

    id: str
    title: str
    sentences: tuple[str, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()
    quotes: tuple[Quotes, ...] = ()
    asked: tuple[str, ...] = ()

    def said_of(self, exhibit: Exhibit) -> tuple[str, ...]:
        """Return the sentences about one exhibit, which begin with its title, without it."""
        begun = f"{exhibit.title}. "
        return tuple(text.removeprefix(begun) for text in self.sentences if text.startswith(begun))

    @property
    def general(self) -> tuple[str, ...]:
        """The sentences about no exhibit in particular."""
        begun = tuple(f"{exhibit.title}. " for exhibit in self.exhibits)
        return tuple(text for text in self.sentences if not text.startswith(begun))

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing in it."""
        return not (self.sentences or self.exhibits or self.quotes)


@dataclass(frozen=True)
class Report:
    """One report; ``synthetic`` if any of it is sample data, ``threshold`` the least people behind a figure."""

    subject: str
    subtitle: str
    day: date
    language: str
    synthetic: bool
    threshold: int
    key: tuple[KeyFigure, ...]
    sections: tuple[Section, ...]
