"""The reports of several practices: all beside each other, those of one municipality, or everything."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice

from evaluation.charts import Words
from evaluation.definitions import Library
from evaluation.measures import PRACTICE, Evidence, Published, records
from evaluation.reports import exhibits, verdicts
from evaluation.reports.content import Exhibit, Report, Section
from evaluation.reports.gaps import share_gaps
from evaluation.reports.glance import USEFULNESS, glance, usefulness
from evaluation.reports.key_figures import key_figures, reached, shares
from evaluation.reports.narrative import COUNTED_FIRST, sentences
from evaluation.reports.practice import method_section, summary

RECOMMENDATION = "recommendation"


def comparison_report(evidence: Evidence, library: Library, words: Words, day: date, synthetic: bool) -> Report:
    """Return practices and municipalities beside each other, type by type."""
    practices = _practices(evidence, library, words)
    shown = list(_by_type(evidence, practices, words))
    # What differs is said before what does not, and what was not tested last.
    told = [text for exhibit in sorted(shown, key=_telling) for text in _compared(exhibit, words)]
    told = [*_found(shown, words), *([words.t("reports.comparison_care")] if shown else []), *told]
    sections = (
        _overview(evidence, practices, words),
        _municipalities(evidence, practices, words),
        Section("comparison", words.t("reports.section_comparison"), tuple(told), tuple(shown)),
        _since(evidence, practices, words),
        _develop(evidence, practices, words),
        method_section(_limits(words), evidence, words),
    )
    title = words.t("reports.comparison_title")
    return _report(title, words.t("reports.comparison_subtitle"), evidence, sections, words, day, synthetic)


def municipality_report(
    evidence: Evidence, library: Library, municipality: str, words: Words, day: date, synthetic: bool
) -> Report:
    """Return the practices of ``municipality``, one after the other; ``evidence`` is of that municipality alone."""
    return _one_by_one(municipality, evidence, library, words, day, synthetic)


def everything_report(evidence: Evidence, library: Library, words: Words, day: date, synthetic: bool) -> Report:
    """Return all practices, one after the other."""
    return _one_by_one(words.t("reports.everything_title"), evidence, library, words, day, synthetic)


def _one_by_one(subject: str, evidence: Evidence, library: Library, words: Words, day: date, synthetic: bool) -> Report:
    practices = _practices(evidence, library, words)
    told = (
        *_limits(words),
        *(
            f"{words.practice(practice)}. {text}"
            for practice in practices
            for text in verdicts.caveats(evidence, practice, words)
        ),
    )
    sections = (
        _overview(evidence, practices, words),
        *(_of_practice(evidence, practice, words) for practice in practices),
        _since(evidence, practices, words),
        _develop(evidence, practices, words),
        method_section(told, evidence, words),
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
    return Report(
        subject,
        subtitle,
        day,
        words.t.language,
        synthetic,
        evidence.table("satisfaction.favourable").threshold,
        key_figures(glance(evidence, practices, words.library), words),
        tuple(section for section in sections if not section.empty),
    )


def _practices(evidence: Evidence, library: Library, words: Words) -> list[str]:
    """Return the practices that something is told of, by name."""
    found = {practice for name in COUNTED_FIRST for practice in evidence.table(name).frame["practice"]}
    return sorted(found & set(library.practices), key=words.practice)


def _overview(evidence: Evidence, practices: Sequence[str], words: Words) -> Section:
    """Return all practices at a glance."""
    seen = glance(evidence, practices, words.library)
    beside = (seen.visits, seen.satisfied, seen.improved)
    drawn = Exhibit("glance", words.t("charts.glance_title"), seen.registered, beside)
    any_shown = any(not each.shown.empty for each in (seen.registered, *beside))
    return Section("key", words.t("reports.section_key"), exhibits=(drawn,) if any_shown else ())


def _municipalities(evidence: Evidence, practices: Sequence[str], words: Words) -> Section:
    told = tuple(_by_municipality(evidence, practices, words))
    return Section("municipalities", words.t("reports.by_municipality"), told)


def _by_municipality(evidence: Evidence, practices: Sequence[str], words: Words) -> Iterator[str]:
    """Say the first figures of each municipality."""
    seen = glance(evidence, practices, words.library, within=True)
    places = sorted({place for each in practices for place in words.library.practices[each].municipalities})
    for place in places:
        own = seen.of(place)
        counted = (f"{exhibits.lowered(each.label)} {each.figure}" for each in reached(own, words))
        shared = (f"{exhibits.lowered(each.label)} {each.figure} ({each.ground})" for each in shares(own, words))
        told = "; ".join([*counted, *shared])
        if told:
            yield f"{place}: {told}."


def _by_type(evidence: Evidence, practices: Sequence[str], words: Words) -> Iterator[Exhibit]:
    """Yield what practices of one type can be laid beside each other by."""
    for kind, definition in words.library.types.items():
        own = tuple(each for each in practices if words.library.practices[each].type == kind)
        label = words.t.label(definition.label.root)
        for published, tested in _comparable(evidence, own, words):
            if len(published.shown) > 1:
                beside = () if tested is None or tested.shown.empty else (tested,)
                title = f"{label}. {exhibits.compared_title(published, words)}"
                yield Exhibit("comparison", title, published, beside)


def _comparable(
    evidence: Evidence, practices: tuple[str, ...], words: Words
) -> Iterator[tuple[Published, Published | None]]:
    """Yield the figures of ``practices`` with the table that tells whether they differ: completion, then questions."""
    wanted = {"practice": practices, "level": PRACTICE}
    yield evidence.table("participation.enrolment").where(measure="completed", **wanted), None
    items = words.library.items
    for name, tested in (
        ("satisfaction.favourable", "satisfaction.comparison"),
        ("change.retrospective", "change.comparison"),
    ):
        shown = evidence.table(name).where(**wanted).shown
        for form, item in dict.fromkeys(zip(shown["questionnaire"], shown["item"], strict=True)):
            if name.startswith("satisfaction") and items[item].dimension not in (USEFULNESS, RECOMMENDATION):
                continue
            one = {"questionnaire": form, "item": item}
            yield evidence.table(name).where(**wanted, **one), evidence.table(tested).where(**wanted, **one)


def _verdicts(exhibit: Exhibit) -> set[str]:
    """Return what the test says of the units that it says anything of: nothing of too few answers."""
    said = {row.verdict for tested in exhibit.beside for row in records(tested.shown)}
    return said & {"higher", "lower", "not_apart"}


def _differs(exhibit: Exhibit) -> bool:
    """Tell whether any unit of a comparison differs from the others by more than chance."""
    return bool(_verdicts(exhibit) - {"not_apart"})


def _telling(exhibit: Exhibit) -> int:
    """Return the place of a comparison: those that differ, those that do not, of too few, and not tested."""
    return 0 if _differs(exhibit) else 1 if _verdicts(exhibit) else 2 if exhibit.beside else 3


def _found(shown: Sequence[Exhibit], words: Words) -> Iterator[str]:
    """Say how many comparisons were tested, and which of them found a difference beyond chance."""
    tested = [exhibit for exhibit in shown if _verdicts(exhibit)]
    found = [exhibit.title for exhibit in tested if _differs(exhibit)]
    if tested:
        name = "compared_some" if found else "compared_none"
        yield words.t(f"reports.{name}", tested=words.t.number(len(tested)), found=", ".join(found))


def _compared(exhibit: Exhibit, words: Words) -> Iterator[str]:
    """Say of one comparison what may be said of its units."""
    for tested in exhibit.beside or (None,):
        for text in verdicts.compared(tested, words):
            yield f"{exhibit.title}. {text}"


def _of_practice(evidence: Evidence, practice: str, words: Words) -> Section:
    """Return the most important of one practice: one drawing a family at most, two of change."""
    name = words.practice(practice)
    question = usefulness(practice, words.library)
    useful = [
        each
        for each in exhibits.satisfaction(evidence, practice, words)
        if each.kind == "favourable" and question is not None and question[1] in set(each.published.shown["item"])
    ]
    changes = list(exhibits.change(evidence, practice, words))
    every = (
        *islice(exhibits.participation(evidence, practice, words), 1),
        *useful[:1],
        *(each for kind in ("change", "change_bars") for each in [one for one in changes if one.kind == kind][:1]),
    )
    shown = tuple(replace(each, title=f"{name}. {each.title}") for each in every)
    return Section(f"practice_{practice}", name, tuple(summary(sentences(evidence, practice, words))), shown)


def _since(evidence: Evidence, practices: Sequence[str], words: Words) -> Section:
    told = verdicts.since_before(evidence, practices, words)
    return Section("change", words.t("reports.since_title"), told)


def _develop(evidence: Evidence, practices: Sequence[str], words: Words) -> Section:
    told = tuple(gap.text for practice in practices for gap in share_gaps(practice, evidence, words))
    return Section("develop", words.t("reports.section_develop"), told)


def _limits(words: Words) -> Iterator[str]:
    for name in ("limit_control", "limit_small"):
        yield words.t(f"reports.{name}")
