"""The reports of several practices: all side by side, those of one municipality, or everything."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, islice

from evaluation.definitions import Library
from evaluation.definitions.municipalities import County, county_of, municipalities_of
from evaluation.exhibits.area_exhibits import WIDEST_FIRST, together_section
from evaluation.exhibits.comparables import comparables, county_comparables, types_in_counties
from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.practice_exhibits import compared_title, details, lowered, main
from evaluation.exhibits.practice_report import method_section, summary
from evaluation.exhibits.report import Report, Section
from evaluation.findings import verdicts
from evaluation.findings.coverage_text import coverage_text
from evaluation.findings.gaps import share_gaps
from evaluation.findings.glance import Glance, glance, usefulness
from evaluation.findings.key_figures import cards, key_figures, reached, shares
from evaluation.findings.narrative import COUNTED_FIRST, sentences
from evaluation.findings.wording import worded
from evaluation.findings.words import Words
from evaluation.measures import COUNTY, MUNICIPALITY, PRACTICE, Evidence, records

# The areas of which a county's report tells.
OF_COUNTY = (COUNTY, MUNICIPALITY)


def comparison_report(evidence: Evidence, library: Library, words: Words, day: date, synthetic: bool) -> Report:
    """Return practices and municipalities side by side, type by type."""
    practices = _practices(evidence, library, words)
    sections = (
        _overview(evidence, practices, words),
        _counties(evidence, words),
        _municipalities(evidence, practices, words),
        _side_by_side(evidence, practices, words),
        together_section(evidence, words),
        _since(evidence, practices, words),
        _develop(evidence, practices, words),
        method_section(_limits(words), evidence, practices, words),
    )
    title = words.t("reports.comparison_title")
    return _report(title, words.t("reports.comparison_subtitle"), evidence, sections, words, day, synthetic)


def _counties(evidence: Evidence, words: Words) -> Section:
    """Return the counties side by side, type by type, and their first figures."""
    exhibits = tuple(
        comparable.exhibit(evidence, words)
        for kind in types_in_counties(evidence)
        for comparable in county_comparables(evidence, kind, words)
        if comparable.in_report
    )
    figures = county_figures(evidence, evidence.within, words)
    findings = (f"{exhibit.title}. {text}" for exhibit in sorted(exhibits, key=_rank) for text in exhibit.sentences)
    care = (words.t("reports.counties_care"),) if exhibits else ()
    return Section("counties", words.t("reports.by_county"), (*figures, *care, *findings), exhibits)


def municipality_report(
    evidence: Evidence, library: Library, municipality: str, words: Words, day: date, synthetic: bool
) -> Report:
    """Return the practices of ``municipality``, one after the other; ``evidence`` is of that municipality alone."""
    subject = words.municipality(municipality)
    return _one_by_one(subject, evidence, library, words, day, synthetic, (MUNICIPALITY,))


def county_report(
    evidence: Evidence, library: Library, county: County, words: Words, day: date, synthetic: bool
) -> Report:
    """Return the practices of ``county``, one after the other; ``evidence`` is of its municipalities alone."""
    return _one_by_one(words.county(county.id), evidence, library, words, day, synthetic, OF_COUNTY)


def everything_report(evidence: Evidence, library: Library, words: Words, day: date, synthetic: bool) -> Report:
    """Return all practices, one after the other."""
    return _one_by_one(words.t("reports.everything_title"), evidence, library, words, day, synthetic)


def _one_by_one(
    subject: str,
    evidence: Evidence,
    library: Library,
    words: Words,
    day: date,
    synthetic: bool,
    levels: Sequence[str] = WIDEST_FIRST,
) -> Report:
    """Return the report of several practices; the conditions of success stand together at ``levels``."""
    practices = _practices(evidence, library, words)
    limits = (
        *_limits(words),
        *(
            f"{words.practice(practice)}. {text}"
            for practice in practices
            for text in worded(verdicts.caveats(evidence, practice), words)
        ),
    )
    sections = (
        _overview(evidence, practices, words),
        *((_municipalities(evidence, practices, words),) if levels == OF_COUNTY else ()),
        *(_of_practice(evidence, practice, words) for practice in practices),
        *((_side_by_side(evidence, practices, words),) if levels == OF_COUNTY else ()),
        together_section(evidence, words, levels),
        _since(evidence, practices, words),
        _develop(evidence, practices, words),
        method_section(limits, evidence, practices, words),
    )
    subtitle = words.t.plural("reports.of_practices", len(practices))
    return _report(subject, subtitle, evidence, sections, words, day, synthetic)


def _report(
    subject: str,
    subtitle: str,
    evidence: Evidence,
    sections: Iterable[Section],
    words: Words,
    day: date,
    synthetic: bool,
) -> Report:
    practices = _practices(evidence, words.library, words)
    key = key_figures(glance(evidence, practices, words.library), words)
    return Report(
        subject,
        f"{subtitle}. {coverage_text(evidence, practices, words)}".strip(),
        day,
        words.t.language,
        synthetic,
        evidence.table("satisfaction.favourable").threshold,
        key,
        tuple(section for section in sections if not section.empty or (section.id == "key" and key)),
    )


def _practices(evidence: Evidence, library: Library, words: Words) -> list[str]:
    """Return the practices of which there are figures, by name."""
    practices = {practice for name in COUNTED_FIRST for practice in evidence.table(name).frame["practice"]}
    return sorted(practices & set(library.practices), key=words.practice)


def _overview(evidence: Evidence, practices: Sequence[str], words: Words) -> Section:
    """Return all practices at a glance; of a single one the key figures say the same."""
    exhibit = glance_exhibit(glance(evidence, practices, words.library), words)
    shown = len(practices) > 1 and not exhibit.empty
    return Section("key", words.t("reports.section_key"), exhibits=(exhibit,) if shown else ())


def glance_exhibit(figures: Glance, words: Words) -> Exhibit:
    """Return the first figures of practices side by side."""
    beside = (figures.visits, figures.satisfied, figures.improved)
    return Exhibit("glance", words.t("charts.glance_title"), words, figures.registered, beside)


def _municipalities(evidence: Evidence, practices: Sequence[str], words: Words) -> Section:
    return Section(
        "municipalities", words.t("reports.by_municipality"), tuple(_by_municipality(evidence, practices, words))
    )


def _by_municipality(evidence: Evidence, practices: Sequence[str], words: Words) -> Iterator[str]:
    """Yield the first figures municipality by municipality."""
    figures = glance(evidence, practices, words.library, within=True)
    for place in sorted(figures.municipalities, key=words.municipality):
        if text := _first_figures(figures.of(place), words):
            yield f"{words.municipality(place)}: {text}."


def _first_figures(figures: Glance, words: Words) -> str:
    counts = (f"{lowered(figure.label)} {figure.figure}" for figure in cards(reached(figures), words))
    rated = (f"{lowered(figure.label)} {figure.figure} ({figure.ground})" for figure in cards(shares(figures), words))
    return "; ".join([*counts, *rated])


def county_figures(evidence: Evidence, within: Callable[[tuple[str, ...]], Evidence], words: Words) -> tuple[str, ...]:
    """Return the first figures county by county, where there are several.

    Args:
        evidence: what is looked at.
        within: returns what may be published of some municipalities of it alone.
        words: the reader's words.
    """
    practices = _practices(evidence, words.library, words)
    places = glance(evidence, practices, words.library, within=True).municipalities
    ids = {county.id for place in places if (county := county_of(place)) is not None}
    text = []
    for id_ in sorted(ids, key=words.county) if len(ids) > 1 else ():
        here = glance(within(municipalities_of(id_)), practices, words.library)
        if figures := _first_figures(here, words):
            text.append(f"{words.county(id_)}: {figures}.")
    return tuple(text)


def _side_by_side(evidence: Evidence, practices: Sequence[str], words: Words) -> Section:
    """Return practices of one type, or one practice in several municipalities, side by side."""
    exhibits = list(_by_type(evidence, practices, words))
    # What differs comes before what does not, and what was not tested last.
    findings = [f"{exhibit.title}. {text}" for exhibit in sorted(exhibits, key=_rank) for text in exhibit.sentences]
    care = [words.t(f"reports.comparison_{name}") for name in ("overlap", "care")] if exhibits else []
    text = (*_tested(exhibits, words), *care, *findings)
    return Section("comparison", words.t("reports.section_comparison"), text, tuple(exhibits))


def _by_type(evidence: Evidence, practices: Sequence[str], words: Words) -> Iterator[Exhibit]:
    """Yield the measures by which practices of one type can be compared."""
    for kind, definition in words.library.types.items():
        of_type = tuple(name for name in practices if words.library.practices[name].type == kind)
        label = words.t.label(definition.label.root)
        for comparable in comparables(evidence, {"practice": of_type, "level": PRACTICE}, words):
            if comparable.in_report and len(comparable.published.with_figures) > 1:
                title = f"{label}. {compared_title(comparable.published, words)}"
                yield comparable.exhibit(evidence, words, title)


def _verdicts(exhibit: Exhibit) -> set[str]:
    """Return the verdicts on the units that have one: those of too few answers have none."""
    verdict = {row.verdict for test in exhibit.beside for row in records(test.with_figures)}
    return verdict & {"higher", "lower", "not_apart"}


def _differs(exhibit: Exhibit) -> bool:
    """Whether any unit of a comparison differs from the others by more than chance."""
    return bool(_verdicts(exhibit) - {"not_apart"})


def _rank(exhibit: Exhibit) -> int:
    """Return the place of a comparison: those that differ, those that do not, of too few, and not tested."""
    return 0 if _differs(exhibit) else 1 if _verdicts(exhibit) else 2 if exhibit.beside else 3


def _tested(exhibits: Sequence[Exhibit], words: Words) -> Iterator[str]:
    """Say how many comparisons were tested, and in which of them there is a difference beyond chance."""
    tested = [exhibit for exhibit in exhibits if _verdicts(exhibit)]
    differing = [exhibit.title for exhibit in tested if _differs(exhibit)]
    if tested:
        key = "reports.compared_some" if differing else "reports.compared_none"
        yield words.t(key, tested=words.t.number(len(tested)), differing=", ".join(differing))
    elif exhibits:
        yield words.t("reports.compared_nothing")


def _of_practice(evidence: Evidence, practice: str, words: Words) -> Section:
    """Return the most important of one practice: one exhibit a family at most, two of change."""
    name = words.practice(practice)
    question = usefulness(practice, words.library)
    by_family = {
        family: [exhibit for exhibit in main(family, evidence, practice, words) if not exhibit.empty]
        for family in ("satisfaction", "change")
    }
    # A practice without sessions and openings is reached in ways that have no chart.
    ways = chain(*(part("participation", evidence, practice, words) for part in (main, details)))
    reach = islice((exhibit for exhibit in ways if not exhibit.empty), 1)
    useful = [
        exhibit
        for exhibit in by_family["satisfaction"]
        if exhibit.kind == "favourable"
        and question is not None
        and question[1] in set(exhibit.published.with_figures["item"])
    ]
    changes = [
        next((exhibit for exhibit in by_family["change"] if exhibit.kind == kind), None)
        for kind in ("change", "change_bars")
    ]
    every = (*reach, *useful[:1], *(exhibit for exhibit in changes if exhibit is not None))
    exhibits = tuple(replace(exhibit, title=f"{name}. {exhibit.title}") for exhibit in every)
    return Section(f"practice_{practice}", name, tuple(summary(sentences(evidence, practice, words))), exhibits)


def _since(evidence: Evidence, practices: Sequence[str], words: Words) -> Section:
    text = worded(verdicts.since_before(evidence, practices), words)
    return Section("change", words.t("reports.since_title"), text)


def _develop(evidence: Evidence, practices: Sequence[str], words: Words) -> Section:
    text = tuple(gap.text for practice in practices for gap in share_gaps(practice, evidence, words))
    return Section("develop", words.t("reports.section_develop"), text)


def _limits(words: Words) -> Iterator[str]:
    for key in ("reports.limit_control", "reports.limit_small"):
        yield words.t(key)
