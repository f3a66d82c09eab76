"""The figures that a chart is drawn from, and its finding read from: published tables in the reader's words."""

from dataclasses import dataclass
from typing import Any, Literal

from evaluation.findings.words import Words
from evaluation.measures import Published, records

Order = Literal["name", "value"]


@dataclass(frozen=True)
class Figures:
    """A published table with what a chart of it needs.

    Attributes:
        words: the reader's language.
        published: the table.
        beside: other tables that the chart needs; which, ``Exhibit`` says kind by kind.
        order: of a comparison, "name", or "value" for the greatest first.
        breaks: of a trend, the cohorts from which on the questions were put in another way.
    """

    words: Words
    published: Published
    beside: tuple[Published, ...] = ()
    order: Order = "name"
    breaks: tuple[str, ...] = ()

    @property
    def rows(self) -> list[Any]:
        """The published rows, suppressed ones among them."""
        return list(records(self.published.frame))
