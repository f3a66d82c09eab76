"""What reports say of counties: side by side by practices of one type, and the practices of one county together."""

import re
from datetime import date

import pytest

from evaluation.definitions import Library
from evaluation.definitions.municipalities import counties, county_of, municipalities_of
from evaluation.exhibits import Report, comparison_report, county_report
from evaluation.exhibits.comparables import county_comparables, types_in_counties
from evaluation.findings import Words
from evaluation.i18n import Translator
from evaluation.measures import COUNTY, COUNTY_TYPE, MUNICIPALITY, Evidence, records
from evaluation.render.plain_text import plain_text
from tests.conftest import EVERY_LANGUAGE

pytestmark = pytest.mark.thorough
DAY = date(2018, 12, 3)


@pytest.fixture(params=EVERY_LANGUAGE)
def words(request, library: Library) -> Words:
    return Words(library, Translator(request.param))


def _sections(report: Report) -> list[str]:
    return [section.id for section in report.sections]


def test_the_comparison_has_counties_side_by_side_type_by_type(
    sample_evidence: Evidence, library: Library, words: Words
) -> None:
    report = comparison_report(sample_evidence, library, words, DAY, synthetic=True)
    (section,) = (section for section in report.sections if section.id == "counties")
    assert words.t("reports.counties_care") in section.sentences
    assert section.exhibits
    for exhibit in section.exhibits:
        frame = exhibit.published.frame
        assert set(frame["level"]) == {COUNTY_TYPE}
        assert frame["type"].nunique() == 1 < frame["county"].nunique()
        assert words.type(frame["type"].iloc[0]) in exhibit.title
        names = [category.label for category in exhibit.plot.categories]
        assert all(any(words.county(county) in name for name in names) for county in frame["county"])
    text = plain_text(report, words)
    assert not re.search(r"\b(nan|None)\b|\breports\.", text)


def test_a_county_is_the_sum_of_what_its_practices_of_the_type_publish(
    sample_evidence: Evidence, library: Library
) -> None:
    assert types_in_counties(sample_evidence)
    practices = list(records(sample_evidence.table("satisfaction.favourable").where(level="practice").with_figures))
    rows = list(records(sample_evidence.table("satisfaction.counties").frame))
    assert rows
    for row in rows:
        parts = [
            part
            for part in practices
            if (part.item, part.questionnaire, part.role) == (row.item, row.questionnaire, row.role)
            and library.practices[part.practice].type == row.type
            and (county := county_of(part.municipality)) is not None
            and county.id == row.county
        ]
        assert (row.n, row.favourable) == (sum(part.n for part in parts), sum(part.favourable for part in parts))
        assert row.practices == len({part.practice for part in parts})


def test_the_report_of_a_county_compares_its_practices_and_puts_them_together(
    sample_evidence: Evidence, library: Library, words: Words
) -> None:
    county = counties()["PI"]
    evidence = sample_evidence.within(municipalities_of(county.id))
    report = county_report(evidence, library, county, words, DAY, synthetic=True)
    assert report.subject == words.county("PI")
    ids = _sections(report)
    assert ids.index("municipalities") < ids.index("comparison") < ids.index("together")
    (beside, together) = (section for section in report.sections if section.id in ("comparison", "together"))
    places = {place for exhibit in beside.exhibits for place in exhibit.published.frame["municipality"]}
    assert len(places) > 1
    assert places <= set(municipalities_of("PI"))
    assert {level for exhibit in together.exhibits for level in exhibit.published.frame["level"]} <= {
        COUNTY,
        MUNICIPALITY,
    }
    assert "counties" not in ids, "of one county"
    assert types_in_counties(evidence) == []


def test_of_counties_nothing_is_compared_that_only_one_has(sample_evidence: Evidence, library: Library) -> None:
    words = Words(library, Translator("en"))
    compared = [
        one for kind in types_in_counties(sample_evidence) for one in county_comparables(sample_evidence, kind, words)
    ]
    assert compared
    assert all(one.published.with_figures["county"].nunique() > 1 for one in compared)
