"""The row that says where answers come from: practice, run, municipality; read from the files where they tell it."""

from collections.abc import MutableMapping, Sequence
from typing import Any

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard import signed_in
from evaluation.dashboard.importing.asking import Shown, choose
from evaluation.dashboard.importing.choices import Choices, Field
from evaluation.definitions import Library

ROW: tuple[Field, ...] = ("practice", "cohort", "municipality")


def ask_place(files: Sequence[Shown], everyone: Choices, words: Words) -> None:
    """Ask in one row what holds for all files; what the files tell themselves stands there and cannot be changed."""
    told = {name: told_by_files(name, files) for name in ROW}
    asked = {name for shown in files for name in shown.asked.fields}
    names = (*ROW, "questionnaire") if "questionnaire" in asked else ROW
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="import_place"):
        for name in names:
            # A container of its own keeps the width of each, and lets them stand below one another on a telephone.
            with st.container(width=300 if name == "questionnaire" else 250):
                if told.get(name):
                    _show(name, told[name], words)
                else:
                    _ask_one(name, everyone, everyone, words, words.t("dashboard.choose"))
    if any(told.values()):
        st.caption(words.t("importing.place_read"))


def told_by_files(name: Field, files: Sequence[Shown]) -> tuple[str, ...]:
    """Return what the files themselves tell of ``name``; nothing where not all do, or what holds was chosen."""
    found: dict[str, None] = {}
    for shown in files:
        draft = shown.understood.draft
        waiting = [getattr(place, name, "") for place in draft.places]
        values = dict.fromkeys(str(value) for value in (*draft.responses[name], *waiting) if value)
        said = shown.choices.said("place", name) or shown.everyone.said("place", name)
        if not values or list(values) == [said]:
            return ()
        found |= values
    return tuple(found)


def ask_missing(shown: Shown) -> None:
    """Ask, within the card of one of several files, what it does not tell."""
    names = [name for name in shown.asked.fields if name != "cohort"]
    if names:
        st.markdown(f"**{shown.words.t('dashboard.missing_title')}**")
        with st.container(horizontal=True, gap="small"):
            for name in names:
                with st.container(width=250):
                    _ask_one(name, shown.choices, shown.everyone, shown.words, shown.words.t("dashboard.choose"))


def forget_elsewhere(
    values: MutableMapping[Any, Any], choices: Choices, practice: str | None, library: Library
) -> None:
    """Forget a municipality that was chosen for another practice than the one that is chosen now."""
    key = choices.key("place", "municipality")
    if practice and values.get(key) not in (None, *library.practices[practice].municipalities):
        del values[key]


def _show(name: Field, told: Sequence[str], words: Words) -> None:
    say = words.practice if name == "practice" else str
    text = ", ".join(say(value) for value in told[:3]) + (" …" if len(told) > 3 else "")
    label = words.t(f"columns.{name}")
    st.text_input(label, value=text, disabled=True, key=f"import_told_{name}_{text}")


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
        choose(t("charts.column_municipality"), _municipalities(practice, words.library), str, key, placeholder)
    else:
        st.text_input(t("dashboard.cohort_optional"), key=key, placeholder=t("dashboard.cohort_example"))


def _municipalities(practice: str | None, library: Library) -> list[str]:
    places = library.practices[practice].municipalities if practice else library.municipalities
    access = signed_in.access()
    return [place for place in places if access.contributes_to(place)]


def questionnaires_for(practice: str | None, library: Library) -> tuple[str, ...]:
    """Return the ids of the questionnaires, those that ``practice`` uses first."""
    own = library.practices[practice].questionnaires if practice else ()
    return tuple(dict.fromkeys([*own, *library.questionnaire_ids]))


def form_title(form: str, words: Words) -> str:
    """Return the title of a questionnaire."""
    return words.t.label(words.library.questionnaire(form).title.root)
