"""What is missing: forms that too few answered or that could not be matched, and what to do about it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pandas as pd

from evaluation.findings.finding import Against, Case, Comparator, Finding
from evaluation.findings.narrative import matched_pairs, responses
from evaluation.findings.wording import sentence
from evaluation.findings.words import Words
from evaluation.measures import Evidence, Waiting

# Under half, those who answered may well differ from those who did not.
LOW = 0.5
BEFORE, AFTER = "start", "end"


@dataclass(frozen=True)
class Gap:
    """Something missing of one practice: what (``no_end``, ``no_start``, ``no_feedback``, …), as a sentence."""

    kind: str
    practice: str
    text: str


def gaps(evidence: Evidence, contents: pd.DataFrame, words: Words) -> tuple[Gap, ...]:
    """Return what is missing of the practices of ``contents``, practice by practice.

    Args:
        evidence: published tables of the same selection.
        contents: practice, timing and role of the stored forms.
        words: the reader's words.
    """
    practices = sorted(set(contents["practice"]) & set(words.library.practices), key=words.practice)
    return tuple(
        gap
        for practice in practices
        for gap in (
            *_forms(practice, contents[contents["practice"] == practice], words),
            *share_gaps(practice, evidence, words),
        )
    )


def _forms(practice: str, stored: pd.DataFrame, words: Words) -> Iterator[Gap]:
    wanted = {
        form.timing for form in words.library.forms_of(words.library.practices[practice]) if form.role == "client"
    }
    clients = stored[(stored["role"] == "client") & stored["timing"].notna()]
    stored_timings = set(clients["timing"])
    name = words.practice(practice)
    if {BEFORE, AFTER} <= wanted and BEFORE in stored_timings and AFTER not in stored_timings:
        yield Gap("no_end", practice, words.t("reports.gap_no_end", practice=name))
    elif {BEFORE, AFTER} <= wanted and AFTER in stored_timings and BEFORE not in stored_timings:
        yield Gap("no_start", practice, words.t("reports.gap_no_start", practice=name))


def share_gaps(practice: str, evidence: Evidence, words: Words) -> Iterator[Gap]:
    """Yield the forms of one practice that wait, that too few answered, or of which too few could be matched."""
    for form in waiting(practice, evidence):
        name = f"{words.practice(practice)}, {words.municipality(form.municipality)}: {words.form(form.questionnaire)}"
        yield Gap("waiting", practice, f"{name}: {waiting_text(form, evidence, words)}")
    findings = {
        "response": responses(evidence, practice),
        "matched": matched_pairs(evidence, practice, words.library),
    }
    for kind, of_kind in findings.items():
        for finding in below(LOW, of_kind):
            if not words.library.questionnaire(finding.form).external:
                text = sentence(finding, words)
                yield Gap(
                    kind, practice, words.t(f"reports.gap_{kind}", practice=words.practice(practice), finding=text)
                )


def waiting(practice: str, evidence: Evidence) -> tuple[Waiting, ...]:
    """Return the questionnaires of a practice with forms enough, whose people may be too few: the same ones again."""
    threshold = evidence.threshold
    return tuple(form for form in evidence.waiting() if form.practice == practice and form.forms >= threshold)


def waiting_text(form: Waiting, evidence: Evidence, words: Words) -> str:
    """Say how many forms wait, how many people they are of at least, and why that is not enough."""
    values = {"forms": form.forms, "people": form.people, "threshold": evidence.threshold}
    return words.t("reports.forms_wait", **values)


def joined_texts(practice: str, evidence: Evidence, words: Words) -> tuple[str, ...]:
    """Say of forms of which nothing is shown by itself that they are shown together with those of other practices."""
    alone = set(evidence.table("conditions.favourable").where(practice=practice).with_figures["questionnaire"])
    forms = (form for form in evidence.joined_forms(practice) if form not in alone)
    return tuple(words.t("reports.joined", form=words.form(form)) for form in forms)


def below(level: float, findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings whose figure misses ``level``, compared with it."""
    for finding in findings:
        if finding.value is not None and finding.value < level:
            yield replace(finding, case=Case.TARGET, against=Against(Comparator.LEVEL, level))
