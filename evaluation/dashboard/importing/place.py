"""The step that asks what a file does not tell: practice, municipality, questionnaire, run, the order of its dates."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import signed_in
from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.asking import Shown, choose
from evaluation.dashboard.importing.choices import FIELDS, Asked, Choices, Field
from evaluation.definitions import Library
from evaluation.intake.values.dates import FIRST_YEAR


def ask_everyone(choices: Choices, words: Words) -> None:
    """Ask what holds for all the files that were dropped, where that is the same."""
    with st.expander(words.t("dashboard.every_file_title"), key="import_every_file"):
        st.caption(words.t("dashboard.every_file_text"))
        _ask(FIELDS, choices, choices, words, words.t("dashboard.given_unsaid"))


def ask_missing(shown: Shown) -> None:
    """Ask, within the file's card, what is missing."""
    asked, words = shown.asked, shown.words
    if asked.fields:
        if any(name != "cohort" for name in asked.fields):
            st.markdown(f"**{words.t('dashboard.missing_title')}**")
        _ask(asked.fields, shown.choices, shown.everyone, words, words.t("dashboard.choose"))
    if asked.day:
        # Of itself the calendar goes back ten years only.
        since, key = date(FIRST_YEAR, 1, 1), shown.choices.key("day")
        st.date_input(words.t("dashboard.day_for_all"), value=None, min_value=since, format="DD.MM.YYYY", key=key)
    _ask_dates(asked, shown.choices, words)
    if asked.hidden:
        st.checkbox(words.t("dashboard.leave_hidden_out"), key=shown.choices.key("hidden"))


def ask_details(shown: Shown) -> None:
    """Let the worker say of this file what was not asked, in place of what was said of all."""
    left = [name for name in FIELDS if name not in shown.asked.fields]
    if left:
        with shown.fold(shown.words.t("dashboard.details_title"), "details", wanted=False):
            st.caption(shown.words.t("dashboard.details_text"))
            _ask(left, shown.choices, shown.everyone, shown.words, shown.words.t("dashboard.given_unsaid"))


def _ask(names: Sequence[Field], choices: Choices, everyone: Choices, words: Words, placeholder: str) -> None:
    with st.container(horizontal=True, gap="small"):
        for name in names:
            # A container of its own keeps the width of each, and lets them stand below one another on a telephone.
            with st.container(width=280):
                _ask_one(name, choices, everyone, words, placeholder)


def _ask_one(name: Field, choices: Choices, everyone: Choices, words: Words, placeholder: str) -> None:
    t, key = words.t, choices.key("place", name)
    practice = choices.said("place", "practice") or everyone.said("place", "practice")
    if name == "practice":
        practices = sorted(words.library.practices, key=words.practice)
        choose(t("charts.column_practice"), practices, words.practice, key, placeholder)
    elif name == "questionnaire":
        forms = questionnaires_for(practice, words.library)
        choose(t("dashboard.form"), forms, lambda each: form_title(each, words), key, placeholder)
    elif name == "municipality":
        places = words.library.practices[practice].municipalities if practice else words.library.municipalities
        access = signed_in.access()
        own = [place for place in places if access.contributes_to(place)]
        choose(t("charts.column_municipality"), own, str, key, placeholder)
    else:
        st.text_input(t("dashboard.cohort_optional"), key=key, placeholder=t("dashboard.cohort_example"))


def _ask_dates(asked: Asked, choices: Choices, words: Words) -> None:
    if asked.dates is None:
        return
    texts = {
        order: words.t(f"dashboard.dates_{order}", day=words.t.label(asked.dates.values[gap]))  # type: ignore[arg-type]
        for order, gap in (("dm", "day_first"), ("md", "month_first"))
    }
    example = words.t("dashboard.dates_question", value=plain(asked.dates.value or ""))
    st.radio(example, list(texts), index=None, format_func=texts.__getitem__, key=choices.key("dates"))


def questionnaires_for(practice: str | None, library: Library) -> tuple[str, ...]:
    """Return the ids of the questionnaires, those that ``practice`` uses first."""
    own = library.practices[practice].questionnaires if practice else ()
    return tuple(dict.fromkeys([*own, *library.questionnaire_ids]))


def form_title(form: str, words: Words) -> str:
    """Return the title of a questionnaire."""
    return words.t.label(words.library.questionnaire(form).title.root)
