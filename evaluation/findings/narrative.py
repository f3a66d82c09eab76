"""Published tables in sentences: what they show, and what cannot be concluded from them."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import pandas as pd

from evaluation.findings import verdicts
from evaluation.findings.words import Words
from evaluation.measures import REGISTRY, Evidence, Published, records

# Methods of figures of which one person may have filled several forms.
OF_FORMS = ("clusters", "answers")
_FAVOURABLE_KEYS = {
    "wilson": "reports.favourable",
    "clusters": "reports.favourable_forms",
    "answers": "reports.favourable_answers",
}
_RETROSPECTIVE_KEYS = {
    "wilson": "reports.retrospective",
    "clusters": "reports.retrospective_forms",
    "answers": "reports.retrospective_answers",
}
FIRST = ("usefulness", "recommendation")
# The tables from which the others follow: what is left out of any is left out of one of these.
COUNTED_FIRST = (
    "participation.enrolment",
    "participation.forms",
    "participation.attendance",
    "participation.visits",
    "participation.favourable",
    "satisfaction.favourable",
    "conditions.favourable",
    "change.retrospective",
    "change.paired",
)


def sentences(evidence: Evidence, practice: str, words: Words, most: int | None = None) -> dict[str, tuple[str, ...]]:
    """Return the findings of one practice by family (participation, satisfaction, change, conditions), as sentences.

    Args:
        evidence: the published tables.
        practice: id of the practice.
        words: the reader's language.
        most: how many sentences of a family are wanted, None for all; tables that only later ones need stay uncomputed.
    """
    findings = {
        "participation": chain(
            _enrolment(evidence, practice, words),
            _visits(evidence, practice, words),
            _reach(evidence, practice, words),
            registered_sentences("participation", evidence, practice, words),
        ),
        "satisfaction": chain(
            verdicts.trends(evidence, "satisfaction", practice, words),
            verdicts.recommendation(evidence, practice, words),
            _opinions(evidence, practice, "satisfaction", words),
            registered_sentences("satisfaction", evidence, practice, words),
        ),
        "change": chain(
            verdicts.change_verdicts(evidence, practice, words),
            _matched(evidence, practice, words),
            verdicts.trends(evidence, "change", practice, words),
            _change(evidence, practice, words),
            registered_sentences("change", evidence, practice, words),
        ),
        "conditions": chain(
            verdicts.distances(evidence, practice, words),
            verdicts.trends(evidence, "conditions", practice, words),
            _opinions(evidence, practice, "conditions", words),
            registered_sentences("conditions", evidence, practice, words),
        ),
    }
    return {family: tuple(islice(sentences, most)) for family, sentences in findings.items()}


def limits(evidence: Evidence, practice: str, words: Words) -> tuple[str, ...]:
    """Return what the figures do not tell: no control group, small numbers, and what was left out for privacy."""
    sentences = [words.t("reports.limit_control"), words.t("reports.limit_small")]
    paired = evidence.table("change.paired").widest(practice)
    if not paired.shown.empty:
        sentences.append(words.t("reports.limit_paired"))
    if any((evidence.table(name).widest(practice).frame["method"] == "clusters").any() for name in COUNTED_FIRST):
        sentences.append(words.t("reports.limit_clusters"))
    sentences += verdicts.caveats(evidence, practice, words)
    if any(_leaves_out(evidence.table(name), practice) for name in COUNTED_FIRST):
        threshold = evidence.table("satisfaction.favourable").threshold
        sentences.append(words.t("reports.limit_privacy", threshold=threshold))
    return tuple(sentences)


def _leaves_out(published: Published, practice: str) -> bool:
    frame = published.widest(practice).frame
    return bool(frame["suppressed"].any() or frame["omitted"].any())


def _rows(evidence: Evidence, name: str, practice: str, **wanted: object) -> list[Any]:
    published = evidence.table(name).widest(practice).where(**wanted)
    return list(records(published.shown))


def registered_sentences(family: str, evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    """Say the rows of the tables whose row in the registry has a sentence."""
    for row in REGISTRY.of_family(family):
        if row.sentence is None:
            continue
        counts = [column.name for column in row.columns if column.integer]
        for estimate in _rows(evidence, row.name, practice):
            yield words.t(
                row.sentence,
                item=words.item(estimate.item) if estimate.item else "",
                form=words.form(estimate.questionnaire),
                figure=words.figure(estimate),
                interval=words.interval(estimate.measure, estimate.low, estimate.high),
                n=words.t.number(estimate.n),
                **{name: words.t.number(getattr(estimate, name)) for name in counts},
            )


def _enrolment(evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    by_measure = {row.measure: row for row in _rows(evidence, "participation.enrolment", practice)}
    if "registered" in by_measure:
        count, started = by_measure["registered"].count, by_measure.get("started")
        if started is None:
            yield words.t("reports.registered", registered=words.t.number(count))
        else:
            yield words.t(
                "reports.enrolled" if started.n == count else "reports.enrolled_partly",
                registered=words.t.number(count),
                followed=words.t.number(started.n),
                started=words.number_between(started.at_least, started.at_most),
            )
        if by_measure["registered"].method in OF_FORMS:
            yield words.t("reports.registered_again")
    if "completed" in by_measure:
        row = by_measure["completed"]
        followed = "started" in by_measure and by_measure["started"].at_least == row.n + row.unknown
        completed = words.t(
            "reports.completed" if followed and not row.unknown else "reports.completed_known",
            completed=words.number_between(row.at_least, row.at_most),
            n=words.t.number(row.n),
            share=words.figure(row),
        )
        unknown = words.t("reports.completion_unknown", unknown=words.t.number(row.unknown))
        yield f"{completed} {unknown}" if row.unknown else completed
    for row in _rows(evidence, "participation.forms", practice):
        key = "reports.started_by_form" if row.measure == "started_by_form" else "reports.ended_by_form"
        filled = words.t(key, form=words.form(row.questionnaire), n=words.t.number(row.n))
        yield f"{filled} {words.t('reports.filled_again')}" if row.method in OF_FORMS else filled
    for row in _rows(evidence, "participation.attendance", practice, measure="present_per_session"):
        yield words.t(
            "reports.present",
            sessions=words.t.number(row.sessions),
            mean=words.t.number(row.value, 1),
            low=words.t.number(row.low),
            high=words.t.number(row.high),
        )
    for row in _rows(evidence, "participation.attendance", practice, measure="visits_per_person"):
        yield words.t("reports.times_each", visits=words.t.number(row.present), mean=words.t.number(row.value, 1))


def _visits(evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    rows = _rows(evidence, "participation.visits", practice, measure="visits_per_opening")
    for row in rows:
        figures = {
            "openings": words.t.number(row.n),
            "visits": words.t.number(row.visits),
            "mean": words.t.number(row.value, 1),
            "low": words.t.number(row.low),
            "high": words.t.number(row.high),
        }
        if pd.isna(row.occasion):
            yield words.t("reports.visits", **figures)
        else:
            yield words.t("reports.visits_kind", kind=words.occasion(row.occasion), **figures)


def _reach(evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    """Say cancellations, people new to the service, waiting, and how many of the registered answered."""
    for row in _rows(evidence, "participation.drop_out", practice):
        yield words.t("reports.left_early", **_count_of(row, words, share=False))
    for row in _rows(evidence, "participation.attendance", practice, measure="cancellation_rate"):
        if row.cancelled:
            yield words.t("reports.cancelled", share=words.figure(row))
    for row in _rows(evidence, "participation.newcomers", practice):
        yield words.t("reports.newcomers", share=words.figure(row), **_count_of(row, words, share=False))
    for row in _rows(evidence, "participation.waiting", practice):
        low, high = words.t.number(row.low), words.t.number(row.high)
        yield words.t("reports.waiting", mean=words.t.number(row.value), low=low, high=high)
    yield from _facts(evidence, practice, words)
    yield from responses(evidence, practice, words)


def _facts(evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    """Say how many gave the answer that is the good one, in the words of that answer."""
    for row in _rows(evidence, "participation.favourable", practice):
        good = [value for value in words.scale(row.item).values if value.value_class == "favourable"]
        sentence = words.t(
            "reports.answers_so" if row.method in OF_FORMS else "reports.answered_so",
            item=words.item(row.item),
            answer=" / ".join(words.t.label(value.label.root) for value in good),
            count=words.t.number(row.favourable),
            n=words.t.number(row.n),
            share=words.value("favourable", row.value),
            interval=words.interval("favourable", row.low, row.high),
        )
        yield _with_unsure(sentence, row, words)


def responses(evidence: Evidence, practice: str, words: Words, **wanted: object) -> Iterator[str]:
    """Say of each form, or of the ``wanted`` ones, how many of those on the register answered it."""
    for row in _rows(evidence, "participation.response", practice, **wanted):
        yield words.t("reports.response", form=words.form(row.questionnaire), **_count_of(row, words))


def questions(evidence: Evidence, family: str, practice: str, words: Words) -> Iterator[str]:
    """Say what was asked on each form, and how many answered a question at least and at most."""
    tables = ("change.paired", "change.retrospective") if family == "change" else (f"{family}.favourable",)
    for name in tables if family != "participation" else ():
        estimates = evidence.table(name).widest(practice).shown
        for form in dict.fromkeys(estimates["questionnaire"]):
            rows = estimates[estimates["questionnaire"] == form]
            yield words.t(
                _asked_key(name, bool(rows["method"].isin(OF_FORMS).any())),
                form=words.form(form),
                items=", ".join(words.item(item) for item in dict.fromkeys(rows["item"])),
                n=words.number_between(rows["n"].min(), rows["n"].max()),
            )


def _asked_key(table: str, of_answers: bool) -> str:
    if table == "change.paired":
        return "reports.asked_twice_forms" if of_answers else "reports.asked_twice"
    return "reports.asked_answers" if of_answers else "reports.asked"


def _matched(evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    for row in _rows(evidence, "change.matched", practice):
        if not words.library.questionnaire(row.questionnaire).external:
            yield words.t("reports.matched", **_count_of(row, words, share=False))


def _count_of(row: Any, words: Words, share: bool = True) -> dict[str, str]:
    """Return the gaps of a sentence that says how many of how many."""
    gaps = {"count": words.t.number(row.count), "n": words.t.number(row.n)}
    return gaps | {"share": words.figure(row)} if share else gaps


def _opinions(evidence: Evidence, practice: str, family: str, words: Words) -> Iterator[str]:
    """Say how many gave a favourable answer; of those who do the work with the form's name, which tells whose it is."""
    rows = _rows(evidence, f"{family}.favourable", practice)
    rows.sort(key=_rank)
    for row in rows:
        sentence = words.t(
            _FAVOURABLE_KEYS[row.method],
            item=words.item(row.item),
            count=words.t.number(row.favourable),
            n=words.t.number(row.n),
            share=words.value("favourable", row.value),
            interval=words.interval("favourable", row.low, row.high),
        )
        of_form = f"{words.form(row.questionnaire)}, {sentence}" if family == "conditions" else sentence
        yield _with_unsure(of_form, row, words)


def _with_unsure(sentence: str, row: Any, words: Words) -> str:
    """Return the sentence with the number of those who could not say, if there are any."""
    unsure = getattr(row, "dont_know", 0)
    return f"{sentence} {words.t('reports.could_not_say', n=words.t.number(unsure))}" if unsure else sentence


def _rank(row: Any) -> int:
    return FIRST.index(row.dimension) if row.dimension in FIRST else len(FIRST)


def _change(evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    for table in ("change.paired", "change.retrospective"):
        for row in _rows(evidence, table, practice):
            sentence = words.t(
                _change_key(table, row.method),
                item=words.item(row.item),
                improved=words.t.number(row.improved),
                same=words.t.number(row.same),
                worsened=words.t.number(row.worsened),
                n=words.t.number(row.n),
            )
            yield _with_unsure(sentence, row, words)


def _change_key(table: str, method: str) -> str:
    if table == "change.paired":
        return "reports.paired_forms" if method in OF_FORMS else "reports.paired"
    return _RETROSPECTIVE_KEYS[method]
