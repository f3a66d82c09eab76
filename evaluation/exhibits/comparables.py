"""What units can be compared by: every measure of which some unit has rows, question by question and form by form."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.figures import Order
from evaluation.exhibits.practice_exhibits import compared_title
from evaluation.findings.glance import USEFULNESS
from evaluation.findings.verdicts import compared
from evaluation.findings.words import Words
from evaluation.measures import REGISTRY, Evidence, Measure, Published, records

# Measures of participation of which a unit has one row; the report begins with the first.
COUNTED = (
    ("participation.enrolment", "completed"),
    ("participation.attendance", "attendance_rate"),
    ("participation.attendance", "present_per_session"),
    ("participation.visits", "visits_per_opening"),
)
RECOMMENDATION = "recommendation"


@dataclass(frozen=True)
class Comparable:
    """One thing by which units can be compared: its id in the address, its name, its rows, the table of its test.

    ``in_report``: whether a report shows it; a page shows whichever the reader chooses. ``title`` is that of its chart
    where its name does not say who is compared, and ``care`` the message about what a reader must keep in mind.
    """

    id: str
    name: str
    published: Published
    tested: str | None = None
    in_report: bool = False
    title: str = ""
    care: str = "reports.comparison_care"

    def test(self, evidence: Evidence) -> Published | None:
        """Return whether the units differ, computed only now: it takes longer than all the rest.

        None where that was not tested: of answers, since one person may have answered several times; and of too few.
        """
        if self.tested is None:
            return None
        names = ["practice", "municipality", "county", "cohort", "level"]
        rows = self.published.frame[[*names, *(["type"] if "type" in self.published.frame else [])]]
        row = self.published.frame.iloc[0]
        units = {tuple(unit) for unit in rows.itertuples(index=False, name=None)}
        table = evidence.table(self.tested).where(item=row["item"], questionnaire=row["questionnaire"])
        among = table.among(tuple(rows.columns), units)
        return None if among.with_figures.empty else among

    def exhibit(self, evidence: Evidence, words: Words, title: str = "", order: Order = "name") -> Exhibit:
        """Return the units side by side, with the findings about their differences."""
        test = self.test(evidence)
        beside = () if test is None else (test,)
        findings = tuple(compared(self.published, test, tested=self.tested is not None))
        return Exhibit(
            "comparison", title or self.title or self.name, words, self.published, beside, findings, order=order
        )


def comparables(evidence: Evidence, wanted: Mapping[str, object], words: Words) -> Iterator[Comparable]:
    """Yield every measure of which some unit has the ``wanted`` rows."""
    for number, (table, measure) in enumerate(COUNTED):
        published = evidence.table(table).where(measure=measure, **wanted)
        if measure == "visits_per_opening":
            published = published.where(occasion=math.nan)
        if not published.empty:
            name = f"{words.t('common.family_participation')}: {words.measure(measure).lower()}"
            yield Comparable(measure, name, published, in_report=number == 0)
    for row in (row for row in REGISTRY.comparisons if not _of_counties(row)):
        yield from _by_question(evidence.table(str(row.compares)).where(**wanted), row.name, words)
    yield from _by_theme(evidence.table("satisfaction.favourable").where(**wanted), words)


def types_in_counties(evidence: Evidence) -> list[str]:
    """Return the types of practices of which several counties have figures."""
    counties: dict[str, set[str]] = {}
    for row in (row for row in REGISTRY.comparisons if _of_counties(row)):
        for kind, county in evidence.table(str(row.compares)).with_figures[["type", "county"]].itertuples(index=False):
            counties.setdefault(str(kind), set()).add(str(county))
    return [kind for kind, found in counties.items() if len(found) > 1]


def county_comparables(evidence: Evidence, kind: str, words: Words) -> Iterator[Comparable]:
    """Yield every question by which several counties can be compared: of all their practices of one type together."""
    for row in (row for row in REGISTRY.comparisons if _of_counties(row)):
        for comparable in _by_question(evidence.table(str(row.compares)).where(type=kind), row.name, words):
            if len(comparable.published.with_figures) > 1:
                compared = compared_title(comparable.published, words)
                title = words.t("reports.counties_compared", type=words.type(kind), compared=compared)
                yield replace(comparable, title=title, care="reports.counties_care")


def _of_counties(row: Measure) -> bool:
    """Whether a test compares counties: its rows are of practices of a type, of no single one."""
    return any(column.name == "type" for column in row.columns)


def _by_theme(published: Published, words: Words) -> Iterator[Comparable]:
    """Yield the themes of the national client feedback, with every unit's first question that belongs to it.

    The questions are not the same, so that nothing tests whether units differ.
    """
    themes = {item.id: item.national_theme for item in words.library.items.values()}
    order = {form: number for number, form in enumerate(words.library.questionnaire_ids)}
    rows = sorted(records(published.frame), key=lambda row: order[row.questionnaire])
    for theme in dict.fromkeys(theme for theme in themes.values() if theme is not None):
        first: dict[tuple[str, ...], tuple[str, ...]] = {}
        for row in (row for row in rows if themes[row.item] == theme):
            unit = (row.practice, row.municipality, row.cohort)
            first.setdefault(unit, (*unit, row.questionnaire, row.item))
        if len({item for *_, item in first.values()}) > 1:
            columns = ("practice", "municipality", "cohort", "questionnaire", "item")
            name = words.t("charts.national_theme_of", theme=words.t(f"charts.national_{theme}").lower())
            yield Comparable(f"national-{theme}", name, published.among(columns, set(first.values())))


def _by_question(published: Published, tested: str, words: Words) -> Iterator[Comparable]:
    """Yield every question of every questionnaire: one at a visit and the same at the end are two things."""
    family, _, measure = published.measure.partition(".")
    pairs = list(dict.fromkeys(zip(published.frame["item"], published.frame["questionnaire"], strict=True)))
    for item, form in pairs:
        figure = words.measure(str(published.frame["measure"].iloc[0])).lower()
        name = f"{words.t(f'common.family_{family}')}: {words.item(item)} – {figure}"
        if sum(other == item for other, _ in pairs) > 1:
            name = f"{name} ({words.form(form)})"
        rows = published.where(item=item, questionnaire=form)
        dimension = words.library.items[item].dimension
        in_report = published.measure in ("change.retrospective", "change.counties") or (
            family == "satisfaction" and dimension in (USEFULNESS, RECOMMENDATION)
        )
        yield Comparable(f"{measure}-{form}-{item}", name, rows, tested, in_report)
