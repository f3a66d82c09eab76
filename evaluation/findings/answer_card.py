"""The answer card of a practice: who was reached, who was satisfied, who is better off, each against something.

A line says its figure, what may be concluded from it, how sure that is, and what it stands beside. Everything comes
from published tables; people are counted as marks only where each part is published.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from evaluation.findings.finding import Finding, Topic, in_range, suppressed
from evaluation.findings.glance import Glance, glance_of_one
from evaluation.findings.key_figures import BY_FORM, card, reached
from evaluation.findings.narrative import findings_by_family
from evaluation.findings.verdicts import OF_FORMS
from evaluation.findings.wording import sentence
from evaluation.findings.words import LEAST_FOR_PERCENT, Words
from evaluation.measures import PRACTICE, Evidence, Published, records

# More people than this are a bar: nobody counts so many marks.
MOST_MARKS = 20
# What the figures of the card are said of, by the measures that they come from.
COUNTED = {
    Topic.SATISFIED: "satisfied",
    Topic.FAVOURABLE: "favourable",
    Topic.IMPROVED: "improved",
    Topic.PAIRED: "paired",
}
_CLASSES = ("favourable", "neutral", "unfavourable")
_OF_GROUP = (Topic.SESSIONS, Topic.PRESENCES, Topic.OPENINGS)
# The sentences of figures that count forms instead of people.
_OF_FORMS = {
    "completed": "completed_forms", "satisfied": "forms", "favourable": "forms",
    "improved": "changed_forms", "paired": "changed_forms", "balance": "changed_forms",
}  # fmt: skip
_SURE = {"rising": "clear", "falling": "clear", "higher": "clear", "lower": "clear", "not_apart": "not_apart"}


@dataclass(frozen=True)
class Parts:
    """How many people said yes, something between, and no."""

    good: int
    between: int
    bad: int

    @property
    def n(self) -> int:
        """All of them."""
        return self.good + self.between + self.bad


@dataclass(frozen=True)
class Beside:
    """What a figure is compared with: its name, its figure, and whether the difference may be chance."""

    name: str
    figure: str
    verdict: str = ""


@dataclass(frozen=True)
class AnswerLine:
    """A line of the card, in words.

    Attributes:
        family: participation, satisfaction or change.
        figure, of: the figure and what it is out of; without a figure ``of`` is empty.
        label: what is counted.
        finding: what may be concluded, in one sentence.
        notes: sentences below it.
        parts: the people as marks or a bar; None where a part is withheld or forms are no people.
        parts_text: the parts in words.
        likely: the interval in words; empty where there is none.
        beside: what it is compared with.
        sure: 2 of a change that is more than chance, 1 where the interval tells most or few, else 0.
    """

    family: str
    figure: str = ""
    label: str = ""
    finding: str = ""
    of: str = ""
    notes: tuple[str, ...] = ()
    parts: Parts | None = None
    parts_text: str = ""
    likely: str = ""
    beside: tuple[Beside, ...] = ()
    sure: int = 0


def answer_card(
    evidence: Evidence, practice: str, words: Words, of_type: Evidence | None = None
) -> tuple[AnswerLine, ...]:
    """Return the three lines of a practice's card.

    Args:
        evidence: what may be published of the practice.
        practice: its id.
        words: the reader's language.
        of_type: what may be published of other practices too: those of its type are compared with it.
    """
    glance = glance_of_one(evidence, practice, words.library)
    return (
        _participation(evidence, practice, glance, words),
        _satisfaction(evidence, practice, glance, of_type, words),
        _change(evidence, practice, glance, words),
    )


def _participation(evidence: Evidence, practice: str, glance: Glance, words: Words) -> AnswerLine:
    t = words.t
    findings = findings_by_family(evidence, practice, words.library)["participation"]
    notes = tuple(sentence(finding, words) for finding in findings if finding.topic in _OF_GROUP)[:1]
    rows = list(
        records(evidence.table("participation.enrolment").widest(practice).where(measure="completed").with_figures)
    )
    if len(rows) == 1:
        (row,) = rows
        count = (float(row.at_least), float(row.at_most))
        parts = (
            None if in_range(row) or row.method != "wilson" else Parts(int(row.at_least), 0, int(row.n - row.at_least))
        )
        beside = _since_before(evidence, practice, "participation.latest", "", words)
        line = AnswerLine("participation", notes=notes, parts=parts, beside=beside)
        return _share(line, "completed", row, count, words)
    first = next(reached(glance), None)
    if first is None or first.n is None:
        return _without_figure("participation", first, words)
    ground = "by_form" if first.topic in BY_FORM else first.topic
    figure, label = card(first, words).figure, t(f"card.label_{first.topic}")
    forms = (finding for finding in findings if finding.topic in BY_FORM)
    of_forms = tuple(f"{words.form(finding.form)}: {t.number(finding.n or 0)}" for finding in forms)
    return AnswerLine("participation", figure, label, t(f"card.known_{ground}"), notes=(*notes, *of_forms))


def _satisfaction(
    evidence: Evidence, practice: str, glance: Glance, of_type: Evidence | None, words: Words
) -> AnswerLine:
    rows = list(records(glance.satisfied.with_figures))
    if len(rows) != 1:
        return _without_figure("satisfaction", _withheld(glance.satisfied_as, glance.satisfied), words)
    (row,) = rows
    parts = _classes(evidence.table("satisfaction.distribution"), row)
    beside = (
        *_since_before(evidence, practice, "satisfaction.latest", row.item, words),
        *(_beside_type(of_type, practice, row, words) if of_type is not None else ()),
    )
    notes = (words.t("card.asked", item=words.item(row.item)), *_unsure(row, words))
    count = (float(row.favourable), float(row.favourable))
    line = AnswerLine("satisfaction", notes=notes, parts=parts, beside=beside)
    return _share(line, COUNTED[glance.satisfied_as], row, count, words)


def _change(evidence: Evidence, practice: str, glance: Glance, words: Words) -> AnswerLine:
    balances = sorted(
        records(evidence.table("change.balance").widest(practice).with_figures), key=lambda row: row.n, reverse=True
    )
    if balances:
        row = balances[0]
        parts = Parts(int(row.improved), int(row.same), int(row.worsened)) if row.method == "wilson" else None
        together = words.t.plural("card.questions_together", int(row.questions))
        count = (float(row.improved), float(row.improved))
        line = _share(AnswerLine("change", notes=(together,), parts=parts), "balance", row, count, words)
        sure = 2 if row.verdict in ("better", "worse") else 0
        return replace(line, finding=words.t(f"card.balance_{row.verdict}"), sure=sure)
    rows = list(records(glance.improved.with_figures))
    if len(rows) != 1:
        return _without_figure("change", _withheld(glance.improved_as, glance.improved), words)
    row = rows[0]
    known = not any(pd.isna(value) for value in (row.improved, row.same, row.worsened))
    parts = Parts(int(row.improved), int(row.same), int(row.worsened)) if known and row.method == "wilson" else None
    notes = (words.t("card.asked", item=words.item(row.item)), *_unsure(row, words))
    beside = _since_before(evidence, practice, "change.latest", row.item, words)
    count = (float(row.improved), float(row.improved))
    line = AnswerLine("change", notes=notes, parts=parts, beside=beside)
    return _share(line, COUNTED[glance.improved_as], row, count, words)


def _share(line: AnswerLine, counted: str, row: Any, count: tuple[float, float], words: Words) -> AnswerLine:
    """Return ``line`` with the share; of few people a count, where a percentage would say more than is known."""
    t, few = words.t, row.n < LEAST_FOR_PERCENT or in_range(row)
    interval = None if pd.isna(row.low) or pd.isna(row.high) else (float(row.low), float(row.high))
    as_count, of = words.number_between(*count), t("card.of", n=t.number(row.n))
    share = sum(count) / 2 / row.n
    of_forms = row.method in OF_FORMS
    return replace(
        line,
        figure=as_count if few else t.percent(share),
        of=of if few else f"{as_count} {of}",
        label=t(f"card.label_{counted}"),
        finding=t(
            f"card.{_OF_FORMS[counted]}_{_part_of(share)}"
            if of_forms
            else f"card.{counted}_{how_many(share, interval)}"
        ),
        notes=(*line.notes, *((t("card.repeated"),) if of_forms else ())),
        parts_text="" if line.parts is None else _parts_text(counted, line.parts, words),
        sure=int(not of_forms and how_many(share, interval) in ("all", "most", "few")),
        likely="" if interval is None else _likely(*interval, words),
    )


def _part_of(share: float) -> str:
    return "most" if share > 0.5 else "half" if share == 0.5 else "few"


def how_many(value: float, interval: tuple[float, float] | None) -> str:
    """Return how many that is: by the interval most, or less than half; else only of those who answered."""
    if value == 1:
        return "all"
    if interval is not None and interval[0] > 0.5:
        return "most"
    if interval is not None and interval[1] < 0.5:
        return "few"
    return f"{_part_of(value)}_here"


def _likely(low: float, high: float, words: Words) -> str:
    """Return an interval in tenths, which everybody can picture."""
    least, most = round(low * 10), round(high * 10)
    return words.t("card.likely_one" if least == most else "card.likely", low=least, high=most)


def _parts_text(counted: str, parts: Parts, words: Words) -> str:
    name = {"completed": "completed", "satisfied": "classes", "favourable": "classes"}.get(counted, "changed")
    return words.t(f"card.parts_{name}", good=parts.good, between=parts.between, bad=parts.bad)


def _classes(distribution: Published, row: Any) -> Parts | None:
    """Return the people behind a row by the class of their answer; None where that is withheld."""
    if row.method != "wilson":
        return None
    wanted = {name: getattr(row, name) for name in ("practice", "municipality", "level", "questionnaire", "item")}
    rows = [one for one in records(distribution.where(**wanted).frame) if one.value_class in _CLASSES]
    if not rows or any(one.suppressed or pd.isna(one.count) for one in rows):
        return None
    counts = dict.fromkeys(_CLASSES, 0)
    for one in rows:
        counts[one.value_class] += int(one.count)
    parts = Parts(counts["favourable"], counts["neutral"], counts["unfavourable"])
    return parts if parts.n == row.n and parts.good == row.favourable else None


def _unsure(row: Any, words: Words) -> tuple[str, ...]:
    unsure = getattr(row, "dont_know", None)
    return () if pd.isna(unsure) or not unsure else (words.t("reports.could_not_say", unsure=int(unsure)),)


def _since_before(evidence: Evidence, practice: str, table: str, item: str, words: Words) -> tuple[Beside, ...]:
    """Return the cohort before the latest one, and whether they differ more than chance."""
    t = words.t
    rows = evidence.table(table).where(practice=practice).with_figures
    of_item = list(records(rows[rows["item"] == item] if item else rows))
    if len(of_item) != 1:
        return ()
    (row,) = of_item
    name = t("card.before", last=words.cohort(row.last_period), before=words.cohort(row.before_period))
    if table == "participation.latest":
        people = (t.number(row.last_n), t.number(row.before_n))
        return (Beside(name, t("card.registered_both", last=people[0], before=people[1])),)
    last, before = (
        words.share((round(share * n),) * 2, n) for share, n in ((row.last, row.last_n), (row.before, row.before_n))
    )
    verdict = t(f"card.difference_{_SURE.get(row.verdict, 'untested')}")
    return (Beside(name, t("card.both", last=last, before=before), verdict),)


def _beside_type(of_type: Evidence, practice: str, row: Any, words: Words) -> Iterator[Beside]:
    """Yield the other practices of the type that were asked the same, and whether this one differs from all of them."""
    t = words.t
    wanted = {"questionnaire": row.questionnaire, "item": row.item, "level": PRACTICE}
    shares = records(of_type.table("satisfaction.favourable").where(**wanted).with_figures)
    practices = words.library.practices
    alike = {one.id for one in practices.values() if one.type == practices[practice].type and one.id != practice}
    others = [one for one in shares if one.practice in alike and one.method == "wilson"]
    if not others:
        return
    count, n = sum(one.favourable for one in others), sum(one.n for one in others)
    tests = records(of_type.table("satisfaction.comparison").where(**wanted, practice=practice).with_figures)
    verdicts = {test.verdict for test in tests}
    verdict = _SURE.get(verdicts.pop(), "untested") if len(verdicts) == 1 else "untested"
    name = t.plural("card.of_type", len({one.practice for one in others}))
    yield Beside(name, words.share((count, count), n), t(f"card.difference_{verdict}"))


def _withheld(topic: Topic, rows: Published) -> Finding | None:
    """Return the finding that a figure is withheld; None where nothing was asked."""
    reasons = [row.reason for row in records(rows.frame) if row.suppressed]
    return suppressed(topic, rows, reasons[0]) if reasons else None


def _without_figure(family: str, finding: Finding | None, words: Words) -> AnswerLine:
    """Return the line that says why there is no figure."""
    t = words.t
    if finding is None:
        return AnswerLine(family, t("common.not_available"), "", t("dashboard.nothing_yet"))
    return AnswerLine(family, t("common.not_available"), "", f"{card(finding, words).ground.rstrip('.')}.")
