"""Findings as sentences, worded here alone, so that page, chart, notes, report and gaps say the same.

The topics of cards have a label, a figure and its ground instead of a sentence (``key_figures.card``).
"""

from collections.abc import Iterable, Mapping, Sequence

from evaluation.definitions import OPTION_MARK
from evaluation.findings.finding import Against, Case, Comparator, Direction, Finding, Part, Topic
from evaluation.findings.words import LEAST_FOR_MARK, Words
from evaluation.measures import AREAS

# One message per topic; more where the case, the direction or repeated answers change the sentence.
_MESSAGES: Mapping[Topic, str] = {
    Topic.REGISTERED_ONLY: "reports.registered",
    Topic.ENROLLED: "reports.enrolled",
    Topic.ENROLLED_PARTLY: "reports.enrolled_partly",
    Topic.COMPLETED: "reports.completed",
    Topic.COMPLETED_KNOWN: "reports.completed_known",
    Topic.STARTED_BY_FORM: "reports.started_by_form",
    Topic.ENDED_BY_FORM: "reports.ended_by_form",
    Topic.SESSIONS: "reports.present",
    Topic.PRESENCES: "reports.times_each",
    Topic.OPENINGS: "reports.visits",
    Topic.OPENINGS_OF_KIND: "reports.visits_kind",
    Topic.LEFT_EARLY: "reports.left_early",
    Topic.CANCELLED: "reports.cancelled",
    Topic.NEWCOMERS: "reports.newcomers",
    Topic.WAITING: "reports.waiting",
    Topic.GOOD_ANSWER: "reports.answered_so",
    Topic.RESPONSE: "reports.response",
    Topic.MATCHED: "reports.matched",
    Topic.RECOMMENDATION: "reports.nps",
    Topic.FAVOURABLE: "reports.favourable",
    Topic.BALANCE: "reports.balance",
    Topic.PAIRED: "reports.paired",
    Topic.RETROSPECTIVE: "reports.retrospective",
    Topic.CHOSEN: "reports.chosen",
    Topic.NUMBER: "reports.number_mean",
    Topic.SPREAD: "reports.compared_spread",
    Topic.CEILING: "reports.limit_ceiling",
    Topic.REGRESSION: "reports.limit_regression",
    Topic.SHIFT: "reports.limit_shift",
    Topic.LEAVERS: "reports.limit_leavers",
}
_OF_ANSWERS: Mapping[Topic, str] = {
    Topic.GOOD_ANSWER: "reports.answers_so",
    Topic.FAVOURABLE: "reports.favourable_answers",
    Topic.RETROSPECTIVE: "reports.retrospective_answers",
    Topic.RECOMMENDATION: "reports.nps_answers",
    Topic.COMPARISON: "reports.compared_repeated",
}
_OF_FORMS: Mapping[Topic, str] = {
    Topic.GOOD_ANSWER: "reports.answers_so",
    Topic.FAVOURABLE: "reports.favourable_forms",
    Topic.BALANCE: "reports.balance_forms",
    Topic.PAIRED: "reports.paired_forms",
    Topic.RETROSPECTIVE: "reports.retrospective_forms",
}
_BY_CASE: Mapping[tuple[Topic, Case, Direction | None], str] = {
    (Topic.CHANGE, Case.CLEAR, Direction.UP): "reports.verdict_better",
    (Topic.CHANGE, Case.CLEAR, Direction.DOWN): "reports.verdict_worse",
    (Topic.CHANGE, Case.NOT_APART, None): "reports.verdict_not_apart",
    (Topic.CHANGE, Case.UNTESTED, None): "reports.verdict_described",
    (Topic.TREND, Case.CLEAR, Direction.UP): "reports.trend_rising",
    (Topic.TREND, Case.CLEAR, Direction.DOWN): "reports.trend_falling",
    (Topic.SINCE_BEFORE, Case.CLEAR, Direction.UP): "reports.since_rising",
    (Topic.SINCE_BEFORE, Case.CLEAR, Direction.DOWN): "reports.since_falling",
    (Topic.DISTANCE, Case.CLEAR, Direction.UP): "reports.distance_above",
    (Topic.DISTANCE, Case.CLEAR, Direction.DOWN): "reports.distance_below",
    (Topic.COMPARISON, Case.CLEAR, Direction.UP): "reports.compared_higher",
    (Topic.COMPARISON, Case.CLEAR, Direction.DOWN): "reports.compared_lower",
    (Topic.COMPARISON, Case.NOT_APART, None): "reports.compared_not_apart",
    (Topic.COMPARISON, Case.TOO_FEW, None): "reports.compared_too_few",
    (Topic.COMPARISON, Case.NOT_ESTIMATED, None): "reports.compared_not_estimated",
    (Topic.COMPARISON, Case.UNTESTED, None): "reports.compared_untested",
    (Topic.COMPARISON, Case.UNLIKE, None): "reports.compared_unlike",
}
# The form, where the finding names it, shows whose opinion it is.
_AFTER_ITS_FORM = frozenset({Topic.FAVOURABLE})


def sentence(finding: Finding, words: Words) -> str:
    """Return ``finding`` as one sentence in the reader's language; raise KeyError for the topic of a card."""
    gaps = _gaps(finding, words)
    text = words.t(_message(finding), **gaps)
    if finding.topic in _AFTER_ITS_FORM and finding.form:
        text = f"{words.form(finding.form)}, {text}"
    return " ".join((text, *(words.t(addendum, **gaps) for addendum in finding.addenda)))


def worded(findings: Iterable[Finding], words: Words) -> tuple[str, ...]:
    """Return ``findings`` as sentences."""
    return tuple(sentence(finding, words) for finding in findings)


def _message(finding: Finding) -> str:
    if finding.message:
        return finding.message
    if finding.repeated:
        of_answers = _OF_ANSWERS.get(finding.topic)
        if of_answers:
            return of_answers
    by_case = _BY_CASE.get((finding.topic, finding.case, finding.direction))
    if by_case:
        return by_case
    of_forms = _OF_FORMS.get(finding.topic) if finding.of_forms else None
    return of_forms or _MESSAGES[finding.topic]


def _gaps(finding: Finding, words: Words) -> dict[str, str]:
    """Return what fills the gaps of the messages; every message takes what it needs."""
    t = words.t
    against = finding.against or Against(Comparator.START)
    names = dict.fromkeys(words.item(item.partition(OPTION_MARK)[0]) for item in finding.items)
    return {
        "practice": words.practice(finding.practice) if finding.practice else "",
        "form": words.form(finding.form) if finding.form else "",
        "item": next(iter(names), ""),
        "items": ", ".join(names),
        "places": "; ".join(words.place(unit) for unit in finding.units),
        "answer": _answer(finding, words),
        "kind": words.occasion(finding.occasion),
        "count": "" if finding.count is None else words.number_between(*finding.count),
        "n": "" if finding.n is None else t.number(finding.n),
        "n_label": "" if finding.n is None else words.n(finding.n),
        "figure": _figure(finding, words),
        **_in_percent(finding, words),
        "share": words.share(finding.count, finding.n) if finding.count and finding.n else "",
        "interval": words.interval(finding.measure, *finding.interval) if finding.interval else "",
        **_mean(finding, words),
        "mean_answer": "" if finding.mean is None else t.number(finding.mean, 1),
        "against": words.value(finding.measure, against.value) if finding.against else "",
        "before_period": words.cohort(against.period),
        "last_period": words.cohort(finding.period),
        **{name: t.number(count) for name, count in finding.counts.items()},
        **(_of_parts(finding, words) if finding.parts or finding.lowest else {}),
    }


def _of_parts(finding: Finding, words: Words) -> dict[str, str]:
    """Return the names and figures of the highest and the lowest parts."""
    every = (*finding.parts, *finding.lowest)
    first, last = every[0], every[-1]
    highest, lowest = (
        words.shortened([_name_and_figure(part, every, words) for part in parts])
        for parts in (finding.parts, finding.lowest)
    )
    return {
        "highest": highest,
        "lowest": lowest,
        "highest_figure": _figure_of(first, words),
        "lowest_figure": _figure_of(last, words),
        "part": _name(first, every, words),
        "count_of": words.count_of(first.count, first.n) if first.count else "",
    }


def _name_and_figure(part: Part, every: Sequence[Part], words: Words) -> str:
    name, figure = _name(part, every, words), _figure_of(part, words)
    # A bracket within a bracket is hard to read.
    return f"{name} ({figure.replace(' (', ', ').removesuffix(')')})" if name else figure


def _figure_of(part: Part, words: Words) -> str:
    if part.count is None:
        return f"{words.value(part.measure, part.value)} ({words.n(part.n)})"
    return words.share(part.count, part.n)


def _name(part: Part, every: Sequence[Part], words: Words) -> str:
    """Return the question of a part, with its role where there are several; or else its unit.

    Of a unit only that stands there which is not the same of all; of an area its name.
    """
    if part.item or part.unit is None:
        item = words.short(part.item) if part.item else ""
        several = len({other.role for other in every}) > 1
        return f"{words.role(part.role)}: {item}" if several else item
    if part.unit.level in AREAS:
        return words.place(part.unit)
    units = {other.unit for other in every}
    practice, municipality, cohort = (
        len({getattr(unit, name) for unit in units}) > 1 for name in ("practice", "municipality", "cohort")
    )
    names = (
        words.practice(part.unit.practice) if practice and part.unit.practice else "",
        words.municipality(part.unit.municipality) if municipality else "",
        words.cohort(part.unit.cohort) if cohort else "",
    )
    return ", ".join(filter(None, names)) or words.place(part.unit)


def _answer(finding: Finding, words: Words) -> str:
    """Return the answer that a finding counts, where it counts one."""
    if finding.topic is Topic.CHOSEN:
        item = finding.items[0]
        return words.option(item) if finding.option is None else words.answer(item, finding.option)
    return _good_answer(finding, words) if finding.topic is Topic.GOOD_ANSWER else ""


def _figure(finding: Finding, words: Words) -> str:
    """Return the figure as it is written, or the range of a small part."""
    if finding.value is None and finding.measure and finding.count and finding.n:
        least, most = finding.count
        return words.interval(finding.measure, least / finding.n, most / finding.n)
    return words.value(finding.measure, finding.value) if finding.measure else ""


def _in_percent(finding: Finding, words: Words) -> dict[str, str]:
    """Return a share in percent, to stand behind its counts: alone in brackets, or before the interval within them."""
    if finding.n is None or finding.n < LEAST_FOR_MARK:
        return {"percent_before": "", "percent_behind": ""}
    figure = _figure(finding, words)
    return {"percent_before": f"{figure}, ", "percent_behind": f" ({figure})"}


def _mean(finding: Finding, words: Words) -> dict[str, str]:
    """Return a mean and its range; minutes of waiting are written without decimals."""
    if finding.value is None or finding.interval is None:
        mean = "" if finding.value is None else words.t.number(finding.value, 1)
        return {"mean": mean, "low": "", "high": ""}
    low, high = finding.interval
    decimals = 0 if finding.topic is Topic.WAITING else 1
    return {
        "mean": words.t.number(finding.value, decimals),
        "low": words.t.number(low),
        "high": words.t.number(high),
    }


def _good_answer(finding: Finding, words: Words) -> str:
    """Return the labels of the favourable answers."""
    good = [value for value in words.scale(finding.items[0]).values if value.value_class == "favourable"]
    return " / ".join(words.t.label(value.label.root) for value in good)
