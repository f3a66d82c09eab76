"""The words of charts, tables and sentences: labels of practices, items and measures, and figures as written."""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

from evaluation.definitions import OPTION_MARK, Library, Scale
from evaluation.definitions.municipalities import counties, county_of, municipality_name, names_of_municipality
from evaluation.findings.finding import counted, in_range
from evaluation.i18n import Translator
from evaluation.measures import (
    AREAS,
    FEW,
    MUNICIPALITY,
    NEARLY_ALL,
    REGISTRY,
    SMALL_PARTS,
    TYPE,
    Format,
    Published,
)
from evaluation.printable import printable

# Differences of shares, written in percentage points with their sign; the net promoter score without the word.
NETS = frozenset({Format.POINTS, Format.NET_SCORE})
# Of fewer people a percentage says more than is known: a title counts them, with a percentage from twenty on; a mark on
# a chart, whose axis shows the share, has room for one of the two and counts fewer than ten. Of these no sentence has
# a percentage either.
LEAST_FOR_PERCENT = 20
LEAST_FOR_MARK = 10
MOST_NAMES = 3


class Words:
    """Says what stands in published tables, in one language."""

    def __init__(self, library: Library, translator: Translator) -> None:
        """Take the definitions for their labels and the translator for everything else."""
        self.library = library
        self.t = translator

    def practice(self, practice_id: str) -> str:
        """Return the name of a practice."""
        return self.t.label(self.library.practices[practice_id].name.root)

    def municipality(self, municipality: str | None) -> str:
        """Return the name of a municipality; None or "" stands for all of them."""
        if not municipality:
            return self.t("charts.all_municipalities")
        return municipality_name(municipality, self.t.language)

    def county(self, county: str) -> str:
        """Return the name of a wellbeing services county, by its id."""
        return counties()[county].name(self.t.language)

    def places(self, municipalities: Iterable[str]) -> str:
        """Return municipalities by county: "Lempäälä, Nokia (Pirkanmaan hyvinvointialue)"."""
        by_county: dict[str, list[str]] = {}
        for municipality in sorted(municipalities, key=self.municipality):
            county = county_of(municipality)
            by_county.setdefault("" if county is None else self.county(county.id), []).append(
                self.municipality(municipality)
            )
        parts = ((", ".join(names), county) for county, names in by_county.items())
        return "; ".join(f"{names} ({county})" if county else names for names, county in parts)

    def municipality_in_full(self, municipality: str) -> str:
        """Return the names of a municipality in both languages, the reader's first, for whoever searches by either."""
        first = self.municipality(municipality)
        others = ", ".join(name for name in names_of_municipality(municipality) if name != first)
        return f"{first} ({others})" if others else first

    def place(self, row: Any) -> str:
        """Return practice and municipality of a row, its run too if the row is of one; of an area its name."""
        if row.level in AREAS:
            return self.area(row)
        parts = [self.practice(row.practice), self.municipality(row.municipality)]
        return ", ".join([*parts, self.cohort(row.cohort)] if row.level == "cohort" else parts)

    def whose(self, row: Any) -> str:
        """Return the practice of a row, or the area of a row of several practices."""
        return self.area(row) if row.level in AREAS else self.practice(row.practice)

    def type(self, kind: str) -> str:
        """Return the name of a type of practices."""
        return self.t.label(self.library.types[kind].label.root)

    def area(self, row: Any) -> str:
        """Return the name of the area of a row: a municipality, a county or a type of practices."""
        if row.level == MUNICIPALITY:
            return self.municipality(row.municipality)
        return self.type(row.type) if row.level == TYPE else self.county(row.county)

    def cohort(self, cohort: str | None) -> str:
        """Return the name of a run; None stands for all of them."""
        if cohort is None:
            return self.t("common.all_cohorts")
        return printable(cohort) or self.t("common.no_cohort")

    def item(self, item_id: str) -> str:
        """Return the short text of a question; marked where a smaller answer is better."""
        short = self.short(item_id)
        if OPTION_MARK in item_id:
            return short
        scale = self.library.scale_of(self.library.items[item_id])
        return self.t("charts.less_is_better", item=short) if scale is not None and scale.better == "low" else short

    def short(self, item_id: str) -> str:
        """Return the short text of a question, for sentences that say themselves which way is better."""
        question, _, option = item_id.partition(OPTION_MARK)
        item = self.library.items[question]
        short = self.t.label(item.short.root)
        return f"{short}: {self.t.label(item.options[option].label.root)}" if option else short

    def option(self, item_id: str) -> str:
        """Return the label of an option of several choices."""
        question, _, option = item_id.partition(OPTION_MARK)
        return self.t.label(self.library.items[question].options[option].label.root)

    def scale(self, item_id: str) -> Scale:
        """Return the scale of a question; raise KeyError when it has none."""
        scale = self.library.scale_of(self.library.answered_items[item_id])
        if scale is None:
            raise KeyError(item_id)
        return scale

    def answer(self, item_id: str, code: float | None, value_class: str = "") -> str:
        """Return the label of an answer; where only its class is published, that of the class."""
        if code is None or math.isnan(code):
            return self.t(f"charts.class_{value_class}")
        return self.t.label(self.scale(item_id).answer(int(code)).label.root)

    def occasion(self, code: float | None) -> str:
        """Return the label of a kind of opening."""
        if code is None or math.isnan(code):
            return self.t("charts.all_openings")
        return self.answer("occasion", int(code))

    def measure(self, measure: str) -> str:
        """Return the name of a measure."""
        return self.t(f"charts.measure_{measure}")

    def value(self, measure: str, value: float | None) -> str:
        """Return a figure as it is written: a percentage, a count or a mean."""
        if value is None or math.isnan(value):
            return self.t("common.not_available")
        format_ = REGISTRY.figures[measure]
        if format_ is Format.COUNT:
            return self.t.number(value)
        if format_ in NETS:
            number = self.signed(100 * value)
            return number if format_ is Format.NET_SCORE else self.t("charts.points", points=number)
        if format_ in (Format.STEP, Format.DIFFERENCE):
            return self.signed(value, 0 if format_ is Format.DIFFERENCE else 1)
        return self.t.number(value, 1) if format_ is Format.MEAN else self.t.percent(value)

    def interval(self, measure: str, low: float | None, high: float | None) -> str:
        """Return an interval or a range as it is written, such as 39–86 %; empty where there is none."""
        if low is None or high is None or math.isnan(low) or math.isnan(high):
            return ""
        format_ = REGISTRY.figures[measure]
        if format_ in NETS:
            return f"{self.signed(100 * low)} … {self.signed(100 * high)}"
        if format_ is Format.STEP:
            return f"{self.signed(low, 1)} … {self.signed(high, 1)}"
        if format_ in (Format.COUNT, Format.MEAN):
            return f"{self.t.number(low)}–{self.t.number(high)}"
        return f"{self.t.number(100 * low)}–{self.t.percent(high)}"

    def signed(self, value: float, decimals: int = 0) -> str:
        """Return a number with its sign, such as +12 or −0,4; nought has none."""
        rounded = round(value, decimals)
        sign = "+" if rounded > 0 else "\N{MINUS SIGN}" if rounded < 0 else ""
        return sign + self.t.number(abs(rounded), decimals)

    def role(self, role: str) -> str:
        """Return the name of a role of respondents."""
        return self.t(f"common.role_{role}")

    def form(self, questionnaire_id: str) -> str:
        """Return the title of a questionnaire."""
        return self.t.label(self.library.questionnaire(questionnaire_id).title.root)

    def stored_run(self, run: tuple[str, str, str]) -> str:
        """Return practice, municipality and run of what is stored, also where no definition knows the practice."""
        practice, municipality, cohort = run
        name = self.practice(practice) if practice in self.library.practices else practice
        return f"{name}, {self.municipality(municipality)}, {self.cohort(cohort)}"

    def stored_form(self, questionnaire: str) -> str:
        """Return the title of a questionnaire of what is stored, also where no definition knows it."""
        return self.form(questionnaire) if questionnaire in self.library.questionnaire_ids else questionnaire

    def number_between(self, low: float, high: float) -> str:
        """Return a number, or the range in which it lies, such as 8–9."""
        return self.t.number(low) if low == high else f"{self.t.number(low)}–{self.t.number(high)}"

    def share(self, count: tuple[float, float], n: float) -> str:
        """Return a share as counts, such as 8 / 12; of twenty and more with the percentage in front."""
        least, most = count
        text = self.fraction(count, n)
        return text if n < LEAST_FOR_PERCENT or least < most else f"{self.t.percent(least / n)} ({text})"

    def fraction(self, count: tuple[float, float], n: float) -> str:
        """Return counts that stay together in one line, such as 8 / 12."""
        text = self.t("charts.count_of", count=self.number_between(*count), n=self.t.number(n))
        return text.replace(" ", "\N{NO-BREAK SPACE}")

    def count_of(self, count: tuple[float, float], n: float) -> str:
        """Return a share as the beginning of a sentence, in words up to twelve: six of seven."""
        least, most = count
        names, of_names = self.t("headlines.numerals").split(), self.t("headlines.numerals_of").split()
        if not 0 < least == most or n >= len(of_names):
            return self.share(count, n)
        text = self.t("headlines.count_of", count=names[int(most)], n=of_names[int(n)])
        return text[:1].upper() + text[1:]

    def shortened(self, names: Sequence[str]) -> str:
        """Return names one after the other; of many only the first, and how many there are beside them."""
        if len(names) <= MOST_NAMES:
            return ", ".join(names)
        rest = self.t.number(len(names) - MOST_NAMES + 1)
        return self.t("headlines.and_more", names=", ".join(names[: MOST_NAMES - 1]), rest=rest)

    def figure(self, row: Any) -> str:
        """Return the figure of a published row as it is written, or the range of a small part."""
        if in_range(row):
            return self.interval(str(row.measure), row.at_least / row.n, row.at_most / row.n)
        return self.value(str(row.measure), row.value)

    def mark(self, row: Any) -> str:
        """Return the figure of a published row as it is written on a chart: a share of fewer than ten as counts."""
        count = counted(row)
        return self.fraction(count, row.n) if count is not None and row.n < LEAST_FOR_MARK else self.figure(row)

    def mark_with_interval(self, row: Any) -> str:
        """Return the figure on a chart with its interval behind it, if it has one."""
        interval = self.interval(str(row.measure), row.low, row.high)
        return f"{self.mark(row)} ({interval})" if interval else self.mark(row)

    def n(self, n: float) -> str:
        """Return "n = 12"."""
        return self.t("common.n", n=self.t.number(n))

    def n_of(self, row: Any) -> str:
        """Return the n of a published row, with the number of those who could not say; empty where it has none."""
        if row.n is None or math.isnan(row.n):
            return ""
        unsure = getattr(row, "dont_know", None)
        if unsure is None or math.isnan(unsure) or not unsure:
            return self.n(row.n)
        return self.t("common.n_and_unsure", n=self.n(row.n), unsure=self.t.number(unsure))

    def too_few(self, published: Published) -> str:
        """Return the mark of a cell of too few people."""
        return self.withheld(published, FEW)

    def withheld(self, published: Published, reason: str | None) -> str:
        """Return the mark of a cell without figures, by its reason."""
        if reason == SMALL_PARTS:
            return self.t("common.small_parts")
        changed = published.measure.startswith("change.")
        return self.suppression(nearly_all=reason == NEARLY_ALL, changed=changed, threshold=published.threshold)

    def suppression(self, *, nearly_all: bool, changed: bool, threshold: int) -> str:
        """Return why a figure is not published: nearly all answered alike (of a change: none improved), or too few."""
        if nearly_all:
            return self.t("common.nearly_all_worse" if changed else "common.nearly_all")
        return self.t("common.too_few", threshold=threshold)

    def day(self, value: Any) -> str:
        """Return a day, or a dash where it is not known."""
        return self.t.date(value) if isinstance(value, date) else self.t("common.not_available")

    def row_line(self, row: Mapping[str, Any]) -> str:
        """Return one published row as a line of text."""
        if row["practice"] is None:
            parts = [self.area(SimpleNamespace(**row)), *([self.type(str(row["type"]))] if row["type"] else [])]
            parts = list(dict.fromkeys(parts))
            parts += [] if row["measure"] in REGISTRY.figures_by_form else [self.form(str(row["questionnaire"]))]
        else:
            parts = [self.practice(str(row["practice"])), self.municipality(row["municipality"])]
            parts.append(self.cohort(row["cohort"]))
        if row["item"]:
            parts.append(self.item(str(row["item"])))
        measure = str(row["measure"])
        if measure in REGISTRY.figures_by_form:
            parts.append(self.form(str(row["questionnaire"])))
        head = f"{', '.join(parts)}: {self.measure(measure)}"
        if row["suppressed"]:
            return f"{head} {self.t('charts.suppressed')}"
        interval = self.interval(measure, row["low"], row["high"])
        figure = self.value(measure, row["value"]) + (f" ({interval})" if interval else "")
        line = f"{head} {figure}, {self.n(row['n'])}"
        verdict = row.get("verdict")
        return f"{line}: {self.t(f'charts.verdict_{verdict}')}" if verdict else line
