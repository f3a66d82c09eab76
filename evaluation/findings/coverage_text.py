"""Says from when figures are, of how many cohorts, what is left out, and by what they were made."""

from collections.abc import Collection

from evaluation import __version__
from evaluation.definitions.questionnaire_lock import library_fingerprint
from evaluation.findings.words import Words
from evaluation.measures import Evidence


def coverage_text(evidence: Evidence, practices: Collection[str], words: Words) -> str:
    """Return from when the answers are and of how many cohorts; empty where no figure is published."""
    coverage, t = evidence.coverage(practices), words.t
    if not coverage.cohorts:
        return ""
    cohorts = t.plural("reports.coverage_cohorts", coverage.cohorts)
    parts = [cohorts]
    if coverage.first is not None and coverage.last is not None:
        months = dict.fromkeys((t.month(coverage.first), t.month(coverage.last)))
        parts = [" – ".join(months), cohorts]
    if coverage.left_out:
        parts.append(t.plural("reports.coverage_left_out", coverage.left_out))
    return t("reports.coverage", parts=", ".join(parts))


def made_by(words: Words) -> str:
    """Return by which version of the toolkit and by which definitions figures were computed."""
    return words.t("reports.made_by", version=__version__, definitions=library_fingerprint(words.library))
