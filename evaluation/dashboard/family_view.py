"""Shows the exhibits of a practice on its page: family by family, and its cohorts side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import streamlit as st

from evaluation.dashboard import components, panel
from evaluation.exhibits.exhibit import TABLE, Exhibit
from evaluation.exhibits.practice_exhibits import cohorts, details, main
from evaluation.exhibits.practice_report import joined
from evaluation.findings import Words, responses, waiting, waiting_text, worded
from evaluation.measures import REGISTRY, Evidence

# Kinds that are as wide as the page, and what stands on the right, beside the answers it sums up.
WIDE, ON_THE_RIGHT = ("change", "conditions"), ("favourable",)


def draw(family: str, evidence: Evidence, practice: str, words: Words, findings: Sequence[str]) -> None:
    """Say the findings of a family, draw its exhibits, and offer its details as tables."""
    if findings:
        st.markdown("\n".join(f"- {text}" for text in findings))
    exhibits = list(main(family, evidence, practice, words))
    if not exhibits and not findings:
        st.write(words.t("dashboard.nothing_yet"))
    elif family == "satisfaction":
        _form_by_form(exhibits, evidence, practice, words)
    else:
        _in_columns(exhibits, family, words)
    if any(not exhibit.empty for exhibit in exhibits):
        components.explain_suppression(tuple(exhibit.published for exhibit in exhibits), words)
    for text in joined(family, evidence, practice, words):
        st.write(text)
    panel.more_figures(_Details(family, evidence, practice, words), words, f"practice_more_{family}")


def is_asked(family: str, evidence: Evidence, practice: str) -> bool:
    """Tell whether there are answers to questions of a family, published or not."""
    return any(not evidence.table(row.name).widest(practice).empty for row in REGISTRY.of_family(family))


@dataclass(frozen=True)
class _Details:
    """Details of a family, computed when somebody goes through them, each time anew."""

    family: str
    evidence: Evidence
    practice: str
    words: Words

    def __iter__(self) -> Iterator[Exhibit]:
        return details(self.family, self.evidence, self.practice, self.words)


def _form_by_form(exhibits: list[Exhibit], evidence: Evidence, practice: str, words: Words) -> None:
    drawn = [exhibit for exhibit in exhibits if exhibit.kind != TABLE]
    for form, group in groupby(drawn, key=lambda exhibit: exhibit.form or ""):
        if not form:
            _in_columns(list(group), "forms", words)
            continue
        st.subheader(words.form(form))
        for text in worded(responses(evidence, practice, questionnaire=form), words):
            st.caption(text)
        of_form = list(group)
        if all(exhibit.empty for exhibit in of_form):
            st.write(_left_out(form, evidence, practice, words))
        else:
            _in_columns(of_form, form, words)
    for number, exhibit in enumerate(exhibit for exhibit in exhibits if exhibit.kind == TABLE):
        panel.as_table(exhibit, f"practice_table_{number}")


def _left_out(form: str, evidence: Evidence, practice: str, words: Words) -> str:
    """Say why nothing of a form may be shown: too few people, or forms that may be of the same people."""
    for of_form in waiting(practice, evidence):
        if of_form.questionnaire == form:
            return waiting_text(of_form, evidence, words)
    return words.t("dashboard.form_left_out", threshold=evidence.threshold)


def _in_columns(exhibits: list[Exhibit], key: str, words: Words) -> None:
    """Draw exhibits in two columns, those that sum answers up on the right, and wide ones across both."""
    columns = st.columns(2)
    sums_up = any(exhibit.kind in ON_THE_RIGHT for exhibit in exhibits)
    number = 0
    for place, exhibit in enumerate(exhibits):
        name = f"practice_{key}_{place}"
        if exhibit.kind in WIDE:
            _exhibit(exhibit, name, words)
            columns, number = st.columns(2), 0
            continue
        with columns[exhibit.kind in ON_THE_RIGHT if sums_up else number % 2]:
            _exhibit(exhibit, name, words)
        number += 1


def _exhibit(exhibit: Exhibit, key: str, words: Words) -> None:
    """Draw an exhibit; of what people say in words that none of it may be shown."""
    if exhibit.empty and exhibit.kind in ("distribution", "recommendation", "long_scale", "conditions"):
        left_out = words.t("dashboard.form_left_out", threshold=exhibit.published.threshold)
        # The heading of the family says what this is of.
        st.write(left_out if exhibit.kind in WIDE else f"{exhibit.title}: {left_out}")
    else:
        panel.chart(exhibit, key)


def has_cohorts(evidence: Evidence, practice: str, words: Words) -> bool:
    """Tell whether cohorts of a practice can be seen beside each other."""
    return next(iter(cohorts(evidence, practice, words)), None) is not None


def cohorts_side_by_side(evidence: Evidence, practice: str, words: Words) -> None:
    """Draw the cohorts of a practice beside each other."""
    exhibits = list(cohorts(evidence, practice, words))
    st.caption(words.t("reports.comparison_overlap"))
    _in_columns(exhibits, "cohorts", words)
