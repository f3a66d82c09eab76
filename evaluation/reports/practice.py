"""The report of one practice, from its published tables and open answers."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from evaluation.charts import Words
from evaluation.definitions import Library
from evaluation.measures import PRACTICE, Evidence, OpenAnswers, records
from evaluation.reports import exhibits, verdicts
from evaluation.reports.content import Exhibit, Quotes, Report, Section
from evaluation.reports.gaps import share_gaps
from evaluation.reports.glance import glance, usefulness
from evaluation.reports.key_figures import key_figures
from evaluation.reports.narrative import asked, limits, sentences

FUTURE = "future"
METHODS = ("share", "change", "effect", "comparison", "units", "voices")
FROM_EACH = 2
# Under this share of favourable answers a question is worth looking at.
LOW, MOST_LOW = 0.6, 5


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
    told = sentences(evidence, practice, words)
    own = tuple(voice for voice in voices if voice.practice == practice)
    t = words.t
    sections = [
        Section("key", t("reports.section_key"), tuple(summary(told))),
        _family("reached", "participation", exhibits.participation, evidence, practice, words, told),
        _family("satisfaction", "satisfaction", exhibits.satisfaction, evidence, practice, words, told),
        _family("change", "change", exhibits.change, evidence, practice, words, told),
        _family("conditions", "conditions", exhibits.conditions, evidence, practice, words, told),
        Section("voices", t("reports.section_voices"), quotes=tuple(quotes(own, words, future=False))),
        _comparison(evidence, practice, words),
        Section(
            "develop",
            t("reports.section_develop"),
            tuple(_to_develop(evidence, practice, words)),
            quotes=tuple(quotes(own, words, future=True)),
        ),
        method_section(limits(evidence, practice, words), evidence, words),
    ]
    places = ", ".join(definition.municipalities)
    return Report(
        words.practice(practice),
        f"{places}. {t.label(definition.target_group.root)}. {t.label(definition.rhythm.root)}.",
        day,
        t.language,
        synthetic,
        evidence.table("satisfaction.favourable").threshold,
        key_figures(glance(evidence, [practice], library), words),
        tuple(section for section in sections if not section.empty),
    )


def method_section(told: Iterable[str], evidence: Evidence, words: Words) -> Section:
    """Return what cannot be concluded, and how the figures were computed."""
    return Section("method", words.t("reports.section_method"), (*told, *methods(evidence, words)))


def methods(evidence: Evidence, words: Words) -> tuple[str, ...]:
    """Return how the figures were computed, as sentences."""
    threshold = evidence.table("satisfaction.favourable").threshold
    return tuple(words.t(f"reports.method_{name}", threshold=threshold) for name in METHODS)


def summary(told: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the first sentences of each family."""
    for family in told.values():
        yield from family[:FROM_EACH]


def _family(
    section: str,
    family: str,
    exhibited: Callable[[Evidence, str, Words], Iterator[Exhibit]],
    evidence: Evidence,
    practice: str,
    words: Words,
    told: dict[str, tuple[str, ...]],
) -> Section:
    shown = tuple(exhibited(evidence, practice, words))
    asked_of = tuple(asked(evidence, family, practice, words))
    return Section(section, words.t(f"reports.section_{section}"), told[family], shown, asked=asked_of)


def _comparison(evidence: Evidence, practice: str, words: Words) -> Section:
    """Return the runs of a practice beside each other, and the practice beside others of its type."""
    shown = list(exhibits.runs(evidence, practice, words))
    said = list(verdicts.since_before(evidence, [practice], words))
    question = usefulness(practice, words.library)
    if question is not None:
        wanted = {"questionnaire": question[0], "item": question[1], "practice": _of_type(practice, words.library)}
        compared = evidence.table("satisfaction.comparison").where(level=PRACTICE, **wanted)
        if compared.shown["practice"].nunique() > 1 and practice in set(compared.shown["practice"]):
            drawn = evidence.table("satisfaction.favourable").where(level=PRACTICE, **wanted)
            title = words.t("reports.of_type", compared=exhibits.compared_title(drawn, words))
            shown.append(Exhibit("comparison", title, drawn, (compared,)))
            said += verdicts.compared(compared, words)
    care = (words.t("reports.comparison_care"),) if shown else ()
    return Section("comparison", words.t("reports.section_comparison"), (*said, *care), tuple(shown))


def _of_type(practice: str, library: Library) -> tuple[str, ...]:
    kind = library.practices[practice].type
    return tuple(each.id for each in library.practices.values() if each.type == kind)


def _to_develop(evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    """Yield what is missing, and the questions with least favourable answers, a few of a family, the lowest first."""
    for gap in share_gaps(practice, evidence, words):
        yield gap.text
    for family in ("satisfaction", "conditions"):
        rows = [
            row for row in records(evidence.table(f"{family}.favourable").widest(practice).shown) if row.value < LOW
        ]
        for row in sorted(rows, key=lambda row: row.value)[:MOST_LOW]:
            yield words.t(
                "reports.low_share",
                form=words.form(row.questionnaire),
                item=words.item(row.item),
                share=words.value("favourable", row.value),
                interval=words.interval("favourable", row.low, row.high),
                n=words.n(row.n),
            )


def quotes(voices: Iterable[OpenAnswers], words: Words, future: bool) -> Iterator[Quotes]:
    """Yield the open answers question by question; ``future``: those about what should be otherwise, or the rest.

    An answer that several gave stands once, with how many times.
    """
    order = words.library.questionnaire_ids
    items = words.library.items
    chosen = [voice for voice in voices if _looks_ahead(voice, words) == future]
    chosen.sort(key=lambda voice: (order.index(voice.questionnaire), voice.item))
    for (form, item), units in groupby(chosen, key=lambda voice: (voice.questionnaire, voice.item)):
        said = Counter(" ".join(text.split()) for unit in units for text in unit.texts)
        texts = [_quoted(text, said[text], words) for text in sorted(said, key=lambda text: (-said[text], text))]
        yield Quotes(f"{words.form(form)}: {words.t.label(items[item].text.root)}", tuple(texts))


def _looks_ahead(voice: OpenAnswers, words: Words) -> bool:
    """Tell whether it was asked what should be otherwise; what is asked time after time takes greetings instead."""
    form = words.library.questionnaire(voice.questionnaire)
    return words.library.items[voice.item].theme == FUTURE and form.timing in ("end", "once")


def _quoted(text: str, times: int, words: Words) -> str:
    quoted = words.t("reports.quoted", text=text)
    return quoted if times == 1 else words.t("reports.quoted_times", text=quoted, n=words.t.number(times))
