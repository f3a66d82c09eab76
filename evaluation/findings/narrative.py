"""What published tables say of a practice as findings, family by family, and what cannot be concluded from them."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import pandas as pd

from evaluation.definitions import Library
from evaluation.findings import verdicts
from evaluation.findings.choices_made import means, most_chosen
from evaluation.findings.finding import Against, Case, Comparator, Direction, Finding, Topic, finding_of
from evaluation.findings.verdicts import OF_FORMS
from evaluation.findings.wording import worded
from evaluation.findings.words import Words
from evaluation.measures import REGISTRY, Evidence, Published, records

FIRST = "usefulness"
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
    """Return ``findings_by_family`` as sentences in the reader's language."""
    by_family = findings_by_family(evidence, practice, words.library, most)
    return {family: worded(findings, words) for family, findings in by_family.items()}


def findings_by_family(
    evidence: Evidence, practice: str, library: Library, most: int | None = None
) -> dict[str, tuple[Finding, ...]]:
    """Return the findings of one practice by family: participation, satisfaction, change, conditions, choices.

    Args:
        evidence: the published tables.
        practice: id of the practice.
        library: all definitions.
        most: how many findings of a family are wanted, None for all; tables that only later ones need stay uncomputed.
    """
    findings = {
        "participation": chain(
            _enrolment(evidence, practice),
            _visits(evidence, practice),
            _reach(evidence, practice),
            registered_findings("participation", evidence, practice),
        ),
        "satisfaction": chain(
            verdicts.trends(evidence, "satisfaction", practice),
            verdicts.recommendation(evidence, practice),
            _opinions(evidence, practice, "satisfaction"),
            registered_findings("satisfaction", evidence, practice),
        ),
        "change": chain(
            verdicts.change_verdicts(evidence, practice),
            matched_pairs(evidence, practice, library),
            verdicts.trends(evidence, "change", practice),
            _change(evidence, practice),
            registered_findings("change", evidence, practice),
        ),
        "conditions": chain(
            verdicts.distances(evidence, practice),
            verdicts.trends(evidence, "conditions", practice),
            _opinions(evidence, practice, "conditions"),
            registered_findings("conditions", evidence, practice),
        ),
        "choices": chain(
            most_chosen(evidence, practice),
            means(evidence, practice),
            registered_findings("choices", evidence, practice),
        ),
    }
    return {family: tuple(islice(of_family, most)) for family, of_family in findings.items()}


def limits(evidence: Evidence, practice: str, words: Words) -> tuple[str, ...]:
    """Return what cannot be concluded: no control group, small numbers, and what is left out for privacy."""
    sentences = [words.t("reports.limit_control"), words.t("reports.limit_small")]
    paired = evidence.table("change.paired").widest(practice)
    if not paired.with_figures.empty:
        sentences.append(words.t("reports.limit_paired"))
    if any((evidence.table(name).widest(practice).frame["method"] == "clusters").any() for name in COUNTED_FIRST):
        sentences.append(words.t("reports.limit_clusters"))
    sentences += worded(verdicts.caveats(evidence, practice), words)
    if any(_leaves_out(evidence.table(name), practice) for name in COUNTED_FIRST):
        threshold = evidence.table("satisfaction.favourable").threshold
        sentences.append(words.t("reports.limit_privacy", threshold=threshold))
    return tuple(sentences)


def _leaves_out(published: Published, practice: str) -> bool:
    frame = published.widest(practice).frame
    return bool(frame["suppressed"].any() or frame["omitted"].any())


def _rows(evidence: Evidence, name: str, practice: str, **wanted: object) -> list[Any]:
    published = evidence.table(name).widest(practice).where(**wanted)
    return list(records(published.with_figures))


def registered_findings(family: str, evidence: Evidence, practice: str) -> Iterator[Finding]:
    """Yield a finding per row of the tables whose row in the registry has a sentence."""
    for measure in REGISTRY.of_family(family):
        if measure.sentence is None:
            continue
        names = [column.name for column in measure.columns if column.integer]
        for row in _rows(evidence, measure.name, practice):
            counts = {name: getattr(row, name) for name in names}
            yield finding_of(
                Topic.REGISTERED_TABLE, row, form=row.questionnaire, counts=counts, message=measure.sentence
            )


def _enrolment(evidence: Evidence, practice: str) -> Iterator[Finding]:
    by_measure = {row.measure: row for row in _rows(evidence, "participation.enrolment", practice)}
    if "registered" in by_measure:
        yield _registered(by_measure["registered"], by_measure.get("started"))
    if "completed" in by_measure:
        yield _completed(by_measure["completed"], by_measure.get("started"))
    for row in _rows(evidence, "participation.forms", practice):
        again = ("reports.filled_again",) if row.method in OF_FORMS else ()
        yield finding_of(Topic(row.measure), row, form=row.questionnaire, addenda=again)
    for row in _rows(evidence, "participation.attendance", practice, measure="present_per_session"):
        yield finding_of(Topic.SESSIONS, row, n=row.sessions)
    for row in _rows(evidence, "participation.attendance", practice, measure="visits_per_person"):
        yield finding_of(Topic.PRESENCES, row, count=(row.present, row.present))


def _registered(registered: Any, started: Any) -> Finding:
    """Return who registered and started; of some or all it is not known whether they did."""
    again = ("reports.registered_again",) if registered.method in OF_FORMS else ()
    if started is None:
        return finding_of(Topic.REGISTERED_ONLY, registered, addenda=again)
    topic = Topic.ENROLLED if started.n == registered.count else Topic.ENROLLED_PARTLY
    message = "reports.enrolled_all" if started.at_least == registered.count else ""
    counts = {"followed": started.n}
    return finding_of(topic, started, n=registered.count, counts=counts, addenda=again, message=message)


def _completed(completed: Any, started: Any) -> Finding:
    """Return who completed, of those who started or of those of whom it is known; and of how many it is not."""
    of_started = started is not None and started.at_least == completed.n and not completed.unknown
    unknown = ("reports.completion_unknown",) if completed.unknown else ()
    topic = Topic.COMPLETED if of_started else Topic.COMPLETED_KNOWN
    return finding_of(topic, completed, counts={"unknown": completed.unknown}, addenda=unknown)


def _visits(evidence: Evidence, practice: str) -> Iterator[Finding]:
    for row in _rows(evidence, "participation.visits", practice, measure="visits_per_opening"):
        all_kinds = pd.isna(row.occasion)
        topic = Topic.OPENINGS if all_kinds else Topic.OPENINGS_OF_KIND
        occasion = None if all_kinds else row.occasion
        yield finding_of(topic, row, count=(row.visits, row.visits), occasion=occasion)


def _reach(evidence: Evidence, practice: str) -> Iterator[Finding]:
    """Yield cancellations, people new to the service, waiting, and how many of the registered answered."""
    for row in _rows(evidence, "participation.drop_out", practice):
        yield finding_of(Topic.LEFT_EARLY, row)
    for row in _rows(evidence, "participation.attendance", practice, measure="cancellation_rate"):
        if row.cancelled:
            yield finding_of(Topic.CANCELLED, row)
    for row in _rows(evidence, "participation.newcomers", practice):
        yield finding_of(Topic.NEWCOMERS, row)
    for row in _rows(evidence, "participation.waiting", practice):
        yield finding_of(Topic.WAITING, row)
    for row in _rows(evidence, "participation.favourable", practice):
        yield _share_of_good_answers(Topic.GOOD_ANSWER, row)
    yield from responses(evidence, practice)


def _share_of_good_answers(topic: Topic, row: Any, **more: Any) -> Finding:
    return finding_of(topic, row, measure="favourable", count=(row.favourable, row.favourable), **more)


def responses(evidence: Evidence, practice: str, **wanted: object) -> Iterator[Finding]:
    """Yield form by form, or for the ``wanted`` ones, how many of those on the register answered it."""
    for row in _rows(evidence, "participation.response", practice, **wanted):
        yield finding_of(Topic.RESPONSE, row, form=row.questionnaire)


def questions(evidence: Evidence, family: str, practice: str, words: Words) -> Iterator[str]:
    """Yield form by form its items in words, and how many answered one of them at least and at most."""
    tables = ("change.paired", "change.retrospective") if family == "change" else (f"{family}.favourable",)
    for name in tables if family not in ("participation", "choices") else ():
        estimates = evidence.table(name).widest(practice).with_figures
        for form in dict.fromkeys(estimates["questionnaire"]):
            rows = estimates[estimates["questionnaire"] == form]
            yield words.t(
                _questions_key(name, of_forms=bool(rows["method"].isin(OF_FORMS).any())),
                form=words.form(form),
                items=", ".join(words.item(item) for item in dict.fromkeys(rows["item"])),
                n=words.number_between(rows["n"].min(), rows["n"].max()),
            )


def _questions_key(table: str, of_forms: bool) -> str:
    if table == "change.paired":
        return "reports.asked_twice_forms" if of_forms else "reports.asked_twice"
    return "reports.asked_answers" if of_forms else "reports.asked"


def matched_pairs(evidence: Evidence, practice: str, library: Library) -> Iterator[Finding]:
    """Yield how many respondents to a form of the toolkit could be matched to their form at start.

    Where more answered than the total counts, the sentence says that it is of some cohorts only.
    """
    answered = {row.questionnaire: row.count for row in _rows(evidence, "participation.response", practice)}
    for row in _rows(evidence, "change.matched", practice):
        if not library.questionnaire(row.questionnaire).external:
            partly = row.omitted or row.n < answered.get(row.questionnaire, row.n)
            message = "reports.matched_partly" if partly else ""
            yield finding_of(Topic.MATCHED, row, form=row.questionnaire, message=message)


def opinion(row: Any, with_form: bool) -> Finding:
    """Return how many answered an item favourably; ``with_form`` names the form, which tells whose opinion it is."""
    return _share_of_good_answers(Topic.FAVOURABLE, row, form=row.questionnaire if with_form else "")


def less_favourable(row: Any) -> Finding:
    """Return the opinion on an item with fewer favourable answers than the other items of its form."""
    against = Against(Comparator.OTHER_ITEMS, row.others)
    addenda = ("reports.fewer_than_others",)
    return _share_of_good_answers(
        Topic.FAVOURABLE, row, form=row.questionnaire, case=Case.CLEAR, direction=Direction.DOWN, against=against,
        addenda=addenda,
    )  # fmt: skip


def _opinions(evidence: Evidence, practice: str, family: str) -> Iterator[Finding]:
    rows = _rows(evidence, f"{family}.favourable", practice)
    rows.sort(key=lambda row: row.dimension != FIRST)
    for row in rows:
        yield opinion(row, with_form=family == "conditions")


def _change(evidence: Evidence, practice: str) -> Iterator[Finding]:
    for topic, table in ((Topic.PAIRED, "change.paired"), (Topic.RETROSPECTIVE, "change.retrospective")):
        for row in _rows(evidence, table, practice):
            counts = {"same": row.same, "worsened": row.worsened}
            yield finding_of(topic, row, count=(row.improved, row.improved), counts=counts)
