"""The exhibits of areas: what those who do the work in several practices think together."""

from collections.abc import Iterator, Sequence

from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.report import Section
from evaluation.findings.words import Words
from evaluation.measures import COUNTY, MUNICIPALITY, TYPE, Evidence, Published, records

WIDEST_FIRST = (COUNTY, MUNICIPALITY, TYPE)


def together(evidence: Evidence, words: Words, levels: Sequence[str] = WIDEST_FIRST) -> Iterator[Exhibit]:
    """Yield the conditions of success of every area of some levels, form by form."""
    published = evidence.table("conditions.together")
    forms = {form: number for number, form in enumerate(words.library.questionnaire_ids)}
    areas = {
        (levels.index(row.level), words.area(row), forms[row.questionnaire]): row
        for row in records(published.frame)
        if row.level in levels
    }
    for _, row in sorted(areas.items()):
        place = {"level": row.level, "municipality": row.municipality, "county": row.county, "type": row.type}
        yield _of_area(published.where(questionnaire=row.questionnaire, **place), words)


def _of_area(published: Published, words: Words) -> Exhibit:
    """Return the conditions of one area and form, with who is behind them."""
    row, frame = next(records(published.frame)), published.frame
    practices = words.number_between(frame["practices"].min(), frame["practices"].max())
    key = "charts.together_of_type" if row.level == TYPE else "charts.together_in"
    title = words.t(key, area=words.area(row), form=words.form(row.questionnaire))
    behind = words.t("charts.together_behind", practices=practices, people=words.t.number(frame["people"].min()))
    return Exhibit("favourable", title, words, published, explanation=behind)


def together_section(evidence: Evidence, words: Words, levels: Sequence[str] = WIDEST_FIRST) -> Section:
    """Return the conditions of success of areas, with why they stand together; empty where nothing may be published."""
    exhibits = tuple(together(evidence, words, levels))
    lead = (words.t("reports.together_lead", threshold=evidence.threshold),) if exhibits else ()
    told = (f"{exhibit.title}. {exhibit.headline}. {exhibit.explanation}." for exhibit in exhibits)
    return Section("together", words.t("reports.section_together"), (*lead, *told), exhibits)
