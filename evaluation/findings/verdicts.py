"""What may be said of differences, and what must be said beside a change: only what docs/statistics.md allows."""

from collections.abc import Iterable, Iterator
from typing import Any

from evaluation.findings.words import Words
from evaluation.measures import Evidence, Published, records

VERDICTS = ("better", "worse", "not_apart")
COMPARED = ("higher", "lower", "not_apart", "too_few")
LEAST_FOR_NPS = 10
# Own views of change that are this much more favourable than start and end tell of another yardstick.
SHIFT = 0.25


def change_verdicts(evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    """Say of which questions the change from start to end is more than chance, and of which it is not."""
    rows = list(records(evidence.table("change.paired").widest(practice).shown))
    for verdict in VERDICTS:
        items = _named((row.item for row in rows if row.verdict == verdict), words)
        if items:
            yield words.t(f"reports.verdict_{verdict}", items=items)


def recommendation(evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    """Say the net promoter score with its interval, of ten people or more."""
    for row in records(evidence.table("satisfaction.recommendation").widest(practice).shown):
        if row.n >= LEAST_FOR_NPS:
            interval = words.interval(row.measure, row.low, row.high)
            key = "reports.nps_answers" if row.method == "answers" else "reports.nps"
            mean = words.value("mean", row.mean_answer)
            yield words.t(key, value=words.figure(row), interval=interval, n=words.n_of(row), mean=mean)


def trends(evidence: Evidence, family: str, practice: str, words: Words) -> Iterator[str]:
    """Say which shares have risen or fallen over the periods, more than chance."""
    for row in records(evidence.table(f"{family}.trend").where(practice=practice).shown):
        if row.verdict in ("rising", "falling"):
            yield words.t(
                f"reports.trend_{row.verdict}",
                item=words.item(row.item),
                periods=words.t.number(row.periods),
                first=words.value("favourable", row.first),
                last=words.value("favourable", row.last),
            )


def since_before(evidence: Evidence, practices: Iterable[str], words: Words, *families: str) -> tuple[str, ...]:
    """Say which shares differ from those of the period before, more than chance; of clients if no family is named."""
    rows = [
        row
        for name in (f"{family}.latest" for family in families or ("satisfaction", "change"))
        for row in records(evidence.table(name).where(practice=tuple(practices)).shown)
    ]
    return tuple(
        words.t(
            f"reports.since_{row.verdict}",
            practice=words.practice(row.practice),
            item=words.item(row.item),
            before=words.value("favourable", row.before),
            last=words.value("favourable", row.last),
            before_period=words.cohort(row.before_period),
            last_period=words.cohort(row.last_period),
            n=words.n(row.n),
        )
        for row in rows
        if row.verdict in ("rising", "falling")
    )


def distances(evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    """Say where those who do the work see it otherwise than the clients, more than chance."""
    for row in records(evidence.table("conditions.distance").widest(practice).shown):
        if row.verdict in ("above", "below"):
            yield words.t(
                f"reports.distance_{row.verdict}",
                form=words.form(row.questionnaire),
                item=words.item(row.item),
                share=words.value("favourable", row.role_value),
                clients=words.value("favourable", row.client_value),
            )


def caveats(evidence: Evidence, practice: str, words: Words) -> Iterator[str]:
    """Say what bites in this practice's change: ceiling, regression to the mean, another yardstick, leavers."""
    paired = list(records(evidence.table("change.paired").widest(practice).shown))
    known = [row for row in paired if row.start_mean is not None and row.start_mean == row.start_mean]
    caveats = {
        "ceiling": [row.item for row in known if row.at_best > row.n / 2],
        "regression": [row.item for row in known if _starts_low(row) and row.verdict == "better"],
        "shift": list(_shifted(evidence, paired, practice)),
        "leavers": [
            row.item
            for row in records(evidence.table("change.attrition").widest(practice).shown)
            if row.low > 0 or row.high < 0
        ],
    }
    for name, items in caveats.items():
        if items:
            yield words.t(f"reports.limit_{name}", items=_named(items, words))


def _starts_low(row: Any) -> bool:
    """Tell whether people stood on the bad half of the scale at start, on average."""
    middle = (row.scale_low + row.scale_high) / 2
    return bool(row.start_mean < middle) if row.better == "high" else bool(row.start_mean > middle)


def _shifted(evidence: Evidence, paired: list[Any], practice: str) -> Iterator[str]:
    views = list(records(evidence.table("change.retrospective").widest(practice).shown))
    for row in paired:
        for view in views:
            if view.dimension == row.dimension and view.net - row.net >= SHIFT and view.net_low > row.net:
                yield row.item


def compared(published: Published | None, words: Words) -> tuple[str, ...]:
    """Say which of the units compared differ, which cannot be told apart and which are too few; by practice type.

    None stands for a comparison that was not tested: of answers, of which one person may have given several.
    """
    if published is None:
        return (words.t("reports.compared_untested"),)
    rows = list(records(published.shown))
    sentences: list[str] = []
    for verdict in COMPARED:
        places = "; ".join(words.place(row) for row in rows if row.verdict == verdict)
        if places:
            sentences.append(words.t(f"reports.compared_{verdict}", places=places))
    if any(row.verdict in ("higher", "lower") for row in rows):
        most = max(row.i2 for row in rows if row.verdict in ("higher", "lower"))
        sentences.append(words.t("reports.compared_spread", share=words.t.percent(most)))
    return tuple(sentences)


def _named(items: Iterable[str], words: Words) -> str:
    """Return the questions by name, each once."""
    return ", ".join(dict.fromkeys(words.item(item) for item in items))
