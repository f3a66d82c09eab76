"""A published table as page and files show it: title and findings, chart as data, tables, notes and description."""

from dataclasses import dataclass
from functools import cached_property

from evaluation.exhibits.alternative_text import alternative_text
from evaluation.exhibits.exhibit_tables import Table, glance_table, tables_of
from evaluation.exhibits.figures import Figures, Order
from evaluation.exhibits.plot import Plot
from evaluation.exhibits.plots import PLOTS
from evaluation.findings.finding import Finding
from evaluation.findings.headlines import headline
from evaluation.findings.wording import sentence, worded
from evaluation.findings.words import Words
from evaluation.measures import Published

TABLE = "table"
MOST_NAMED = 3


@dataclass(frozen=True)
class Exhibit:
    """A published table as every page and file shows it.

    Attributes:
        kind: the name of its plot (``exhibits.plots.PLOTS``), or ``table``.
        title: what it is about.
        words: the reader's language.
        published: the table.
        beside: other tables that the plot needs. Of a distribution these are the favourable shares of the same
            questions; of change how many were matched; of conditions the clients' shares; of a comparison, if there is
            one, the test of whether units differ; of a glance the visits, the satisfied and the improved.
        findings: what it says.
        explanation: how its n is to be read, where that is not plain.
        order: of a comparison, "name", or "value" for the greatest first.
        breaks: of a trend, the cohorts from which on the questions were put in another way.
        conclusion: what its chart shows, where that does not follow from its tables.
    """

    kind: str
    title: str
    words: Words
    published: Published
    beside: tuple[Published, ...] = ()
    findings: tuple[Finding, ...] = ()
    explanation: str = ""
    order: Order = "name"
    breaks: tuple[str, ...] = ()
    conclusion: Finding | None = None

    @cached_property
    def headline(self) -> str:
        """What its chart shows, in one sentence; of a table, which has none, what it is about."""
        finding = self.conclusion or headline(self.kind, (self.published, *self.beside))
        return self.title if finding is None else sentence(finding, self.words)

    @property
    def topic(self) -> str:
        """What its chart is about, where the headline does not say it."""
        return self.title if self.headline != self.title else ""

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Its findings in the reader's language."""
        return worded(self.findings, self.words)

    @cached_property
    def plot(self) -> Plot | None:
        """The chart as data; None of a table."""
        return None if self.kind == TABLE else PLOTS[self.kind](self.figures)

    @property
    def figures(self) -> Figures:
        """What its chart is drawn from."""
        return Figures(self.words, self.published, self.beside, self.order, self.breaks)

    @property
    def drawn(self) -> Plot | None:
        """The part of the chart that has figures; None of a table, and where everything is suppressed."""
        return None if self.plot is None or self.plot.empty else self.plot.drawn

    @property
    def empty(self) -> bool:
        """Whether all its figures are suppressed."""
        every = (self.published, *self.beside) if self.kind == "glance" else (self.published,)
        return all(published.with_figures.empty for published in every)

    @property
    def in_report(self) -> bool:
        """Whether a report shows it: not where everything is suppressed, nor a comparison of fewer than two figures."""
        return len(self.published.with_figures) > 1 if self.kind == "comparison" else not self.empty

    @property
    def form(self) -> str | None:
        """The questionnaire that its rows are of; None where there are several."""
        forms = self.published.frame["questionnaire"].unique()
        return str(forms[0]) if len(forms) == 1 else None

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """What it draws, and what it draws from beside that, as texts."""
        return tuple(tables_of(self.kind, self.published, self.beside, self.words))

    @cached_property
    def summary_table(self) -> Table | None:
        """The table that is short enough for a slide; of a glance only."""
        return glance_table(self.published, self.beside, self.words) if self.kind == "glance" else None

    @property
    def leaves_out(self) -> bool:
        """Whether anything of it is left out for privacy."""
        every = (self.published, *self.beside)
        return any(bool(table.frame["suppressed"].any() or table.frame["omitted"].any()) for table in every)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What stands beside its figures wherever they go: n, what is left out, whose feedback it is."""
        words, every = self.words, (self.published, *self.beside)
        t = words.t
        notes = [self.explanation] if self.explanation else []
        numbers = [n for published in every for n in published.with_figures["n"].dropna()]
        if numbers:
            notes.append(t("dashboard.panel_n", n=words.number_between(min(numbers), max(numbers))))
        if self.leaves_out:
            notes.append(t("dashboard.panel_left_out", threshold=self.published.threshold))
        practices = list(dict.fromkeys(practice for published in every for practice in published.frame["practice"]))
        # An area is no practice's: its explanation says of how many it is.
        if None not in practices:
            many = t("dashboard.panel_source_many", count=t.number(len(practices)))
            few = t("dashboard.panel_source", practices=", ".join(map(words.practice, practices)))
            notes.append(few if len(practices) <= MOST_NAMED else many)
        return tuple(f"{note}." for note in notes)

    @cached_property
    def alternative_text(self) -> str:
        """Topic, headline, and every figure of the chart with its category, for those who do not see it."""
        parts = (self.topic, self.headline, "" if self.plot is None else alternative_text(self.plot))
        return ". ".join(filter(None, parts))
