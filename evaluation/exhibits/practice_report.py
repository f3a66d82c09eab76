"""The report of one practice, from its published tables and open answers."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from evaluation.definitions import Library
from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.practice_exhibits import cohorts, compared_title, of_practice
from evaluation.exhibits.report import Report, Section
from evaluation.findings import verdicts
from evaluation.findings.answer_card import answer_card
from evaluation.findings.coverage_text import coverage_text, made_by
from evaluation.findings.gaps import joined_texts, share_gaps
from evaluation.findings.glance import glance_of_one, usefulness
from evaluation.findings.key_figures import key_figures
from evaluation.findings.narrative import less_favourable, limits, questions, sentences
from evaluation.findings.quotes import quotes
from evaluation.findings.wording import worded
from evaluation.findings.words import Words
from evaluation.measures import PRACTICE, Evidence, OpenAnswers, records

# The tables by which a method is used: where none has figures, no report names it.
METHODS = {
    "share": ("participation.favourable", "satisfaction.favourable", "conditions.favourable"),
    "change": ("change.paired",),
    "effect": ("change.paired",),
    "comparison": ("satisfaction.comparison",),
}
FROM_A_FAMILY = 2
# Under this share of favourable answers a question is worth looking at.
MOST_LOW = 5
# Sections of a report by the family that they are about.
FAMILIES = {
    "reached": "participation",
    "satisfaction": "satisfaction",
    "change": "change",
    "choices": "choices",
    "conditions": "conditions",
}


def practice_report(
    evidence: Evidence,
    voices: tuple[OpenAnswers, ...],
    library: Library,
    practice: str,
    words: Words,
    day: date,
    synthetic: bool,
) -> Report:
    """Return the report of ``practice``; sections that have nothing to say are left out.

    Args:
        evidence: published tables; those of other practices, if there are any, serve the comparison.
        voices: open answers; those of other practices are left out.
        library: all definitions.
        practice: id of the practice.
        words: the reader's language.
        day: the day of the report.
        synthetic: whether any of the answers is sample data.
    """
    definition = library.practices[practice]
    findings = sentences(evidence, practice, words)
    answers = tuple(voice for voice in voices if voice.practice == practice)
    t = words.t
    sections = [
        Section("key", t("reports.section_key"), tuple(summary(findings))),
        *(
            Section(
                section,
                t(f"reports.section_{section}"),
                (*findings[family], *joined(family, evidence, practice, words)),
                of_practice(family, evidence, practice, words),
                questions=tuple(questions(evidence, family, practice, words)),
            )
            for section, family in FAMILIES.items()
        ),
        Section("voices", t("reports.section_voices"), quotes=tuple(quotes(answers, words, future=False))),
        _comparison(evidence, practice, words),
        Section(
            "develop",
            t("reports.section_develop"),
            tuple(_to_develop(evidence, practice, words)),
            quotes=tuple(quotes(answers, words, future=True)),
        ),
        method_section(limits(evidence, practice, words), evidence, [practice], words, voices=bool(answers)),
    ]
    place = words.places(evidence.municipalities(practice))
    described = [f"{part}." for part in (place, *(t.label(text.root) for text in definition.description))]
    return Report(
        words.practice(practice),
        " ".join([*described, coverage_text(evidence, [practice], words)]).strip(),
        day,
        t.language,
        synthetic,
        evidence.table("satisfaction.favourable").threshold,
        key_figures(glance_of_one(evidence, practice, library), words),
        tuple(section for section in sections if not section.empty),
        answer_card(evidence, practice, words, evidence),
    )


def method_section(
    sentences: Iterable[str], evidence: Evidence, practices: Collection[str], words: Words, voices: bool = False
) -> Section:
    """Return what cannot be concluded, and how the figures were computed."""
    of_methods = methods(evidence, practices, words, voices)
    return Section("method", words.t("reports.section_method"), (*sentences, *of_methods))


def methods(evidence: Evidence, practices: Collection[str], words: Words, voices: bool = False) -> tuple[str, ...]:
    """Return how the figures of ``practices`` were computed, as sentences; ``voices`` if open answers stand beside."""
    names = [name for name, tables in METHODS.items() if _used(tables, evidence, practices, tested=name == "effect")]
    names += ["units", *(["voices"] if voices else [])]
    of_methods = (words.t(f"reports.method_{name}", threshold=evidence.threshold) for name in names)
    return (*of_methods, made_by(words))


def _used(tables: Iterable[str], evidence: Evidence, practices: Collection[str], tested: bool) -> bool:
    """Return whether any of ``tables`` has figures of ``practices``, with a p value if ``tested``."""
    frames = (evidence.table(name).where(practice=tuple(practices)).with_figures for name in tables)
    return any(not (frame["p"].dropna() if tested else frame).empty for frame in frames)


def joined(family: str, evidence: Evidence, practice: str, words: Words) -> tuple[str, ...]:
    """Say of the conditions of success which answers stand with other practices' only."""
    return joined_texts(practice, evidence, words) if family == "conditions" else ()


def summary(findings: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the first sentences family by family."""
    for family in findings.values():
        yield from family[:FROM_A_FAMILY]


def _comparison(evidence: Evidence, practice: str, words: Words) -> Section:
    """Return the cohorts of a practice side by side, and the practice beside others of its type."""
    exhibits = [exhibit for exhibit in cohorts(evidence, practice, words) if exhibit.in_report]
    findings, cautions = list(verdicts.since_before(evidence, [practice])), ["comparison_overlap"]
    question = usefulness(practice, words.library)
    if question is not None:
        wanted = {"questionnaire": question[0], "item": question[1], "practice": _of_type(practice, words.library)}
        test = evidence.table("satisfaction.comparison").where(level=PRACTICE, **wanted)
        if test.with_figures["practice"].nunique() > 1 and practice in set(test.with_figures["practice"]):
            published = evidence.table("satisfaction.favourable").where(level=PRACTICE, **wanted)
            title = words.t("reports.of_type", compared=compared_title(published, words))
            exhibits.append(Exhibit("comparison", title, words, published, (test,)))
            findings += verdicts.compared(published, test)
            cautions.append("comparison_care")
    care = [words.t(f"reports.{caution}") for caution in cautions] if exhibits else []
    return Section(
        "comparison", words.t("reports.section_comparison"), (*worded(findings, words), *care), tuple(exhibits)
    )


def _of_type(practice: str, library: Library) -> tuple[str, ...]:
    kind = library.practices[practice].type
    return tuple(other.id for other in library.practices.values() if other.type == kind)


def _to_develop(evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    """Yield what is missing, and the questions with fewer favourable answers than the form's others, lowest first."""
    for gap in share_gaps(practice, evidence, words):
        yield gap.text
    for family in ("satisfaction", "conditions"):
        rows = records(evidence.table(f"{family}.favourable").widest(practice).with_figures)
        low = sorted((row for row in rows if row.fewer), key=lambda row: row.value)
        yield from worded(map(less_favourable, low[:MOST_LOW]), words)
