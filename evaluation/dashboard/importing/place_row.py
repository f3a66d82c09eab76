"""The row that says where answers come from: practice, cohort, municipality; read from the files where they tell it."""

from collections.abc import Mapping, Sequence

import streamlit as st

from evaluation.dashboard import resources, sign_in
from evaluation.dashboard.importing.choices import NEW_PRACTICE, Choices, Field
from evaluation.dashboard.importing.file_view import FileView, choose
from evaluation.dashboard.practice_choice import with_examples
from evaluation.definitions import Library
from evaluation.findings import Words
from evaluation.records import Draft

ROW: tuple[Field, ...] = ("practice", "cohort", "municipality")


def ask_place(files: Sequence[FileView], everyone: Choices, words: Words, offer_new: bool = False) -> None:
    """Ask in one row what holds for all files; what the files tell themselves stands there and cannot be changed.

    With ``offer_new`` the practice may be one that is not defined; where it is inferred, another may ask the same.
    """
    offer_new = offer_new or any("practice" in _inferred(view.understood.draft) for view in files)
    values = {name: values_in_files(name, files) for name in ROW}
    missing = {name for view in files for name in view.queries.fields}
    names = (*ROW, "questionnaire") if "questionnaire" in missing else ROW
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom", key="import_place"):
        for name in names:
            # A container around every field keeps its width, and lets them stand below one another on a telephone.
            with st.container(width=300 if name == "questionnaire" else 250):
                if values.get(name):
                    _show(name, values[name], words)
                else:
                    _ask_one(name, everyone, everyone, words, _placeholder(name, files, words), offer_new)
    if any(values.values()):
        st.caption(words.t("importing.place_read"))


def values_in_files(name: Field, files: Sequence[FileView]) -> tuple[str, ...]:
    """Return what the files themselves tell of ``name``; nothing where not all do, or it was chosen or assumed."""
    values_of_all: dict[str, None] = {}
    for view in files:
        draft = view.understood.draft
        waiting = [getattr(place, name, "") for place in draft.places]
        if name in _inferred(draft):
            return ()
        values = dict.fromkeys(str(value) for value in (*draft.responses[name], *waiting) if value)
        choice = view.choices.value("place", name) or view.everyone.value("place", name)
        if not values or list(values) == [choice]:
            return ()
        values_of_all |= values
    return tuple(values_of_all)


def _inferred(draft: Draft) -> Mapping[Field, str]:
    """Return what is assumed of a file's origin: another practice may ask the same, and a place be another."""
    meant_places: dict[Field, str] = {}
    places = {place.practice for place in draft.places} | set(draft.responses["practice"])
    if any(problem.code == "practice_inferred" for problem in draft.problems) and len(places) == 1:
        meant_places["practice"] = str(next(iter(places)))
    if len(draft.assumed) == 1:
        meant_places["municipality"] = next(iter(draft.assumed))
    elif draft.assumed:
        meant_places["municipality"] = ""
    return meant_places


def ask_missing(view: FileView) -> None:
    """Ask, within the card of one of several files, what it does not tell."""
    # The row of a new practice asks these for all files.
    asked_above = ("practice", "municipality") if view.everyone.value("place", "practice") == NEW_PRACTICE else ()
    names = [name for name in view.queries.fields if name not in ("cohort", *asked_above)]
    if names:
        st.markdown(f"**{view.words.t('dashboard.missing_title')}**")
        with st.container(horizontal=True, gap="small"):
            for name in names:
                with st.container(width=250):
                    _ask_one(name, view.choices, view.everyone, view.words, _placeholder(name, [view], view.words))


def _placeholder(name: Field, files: Sequence[FileView], words: Words) -> str:
    """Return what a field says before anything is chosen: what is assumed of all files, where that is one thing."""
    assumed = {_inferred(view.understood.draft).get(name, "") for view in files}
    value = assumed.pop() if len(assumed) == 1 else ""
    if value:
        say = words.practice if name == "practice" else words.municipality
        return words.t("importing.assumed", value=say(value))
    return words.t("dashboard.choose")


def _show(name: Field, values: Sequence[str], words: Words) -> None:
    say = {"practice": words.practice, "municipality": words.municipality}.get(name, str)
    text = ", ".join(say(value) for value in values[:3]) + (" …" if len(values) > 3 else "")
    label = words.t(f"columns.{name}")
    st.text_input(label, value=text, disabled=True, key=f"import_read_{name}_{text}")


def _ask_one(
    name: Field, choices: Choices, everyone: Choices, words: Words, placeholder: str, offer_new: bool = False
) -> None:
    t, key = words.t, choices.key("place", name)
    practice = choices.value("place", "practice") or everyone.value("place", "practice")
    if name == "practice":
        beside = [practice] if practice and practice != NEW_PRACTICE else []
        practices = with_examples(resources.offered_practices(beside=beside), f"{key}_examples", words)
        offered = [NEW_PRACTICE, *practices] if offer_new else practices
        choose(t("charts.column_practice"), offered, lambda choice: practice_name(choice, words), key, placeholder)
    elif name == "questionnaire":
        forms = questionnaires_for(practice, words.library)
        choose(t("dashboard.form"), forms, lambda form: form_title(form, words), key, placeholder)
    elif name == "municipality":
        offered = _municipalities(practice, words)
        choose(t("charts.column_municipality"), offered, words.municipality_in_full, key, placeholder)
    else:
        st.text_input(t("dashboard.cohort_optional"), key=key, placeholder=t("dashboard.cohort_example"))


def practice_name(practice: str, words: Words) -> str:
    """Return the name of a practice to choose; one that is not defined is a new one."""
    return words.t("own.new_practice") if practice == NEW_PRACTICE else words.practice(practice)


def _municipalities(practice: str | None, words: Words) -> list[str]:
    """Return every municipality that the person contributes to, those where ``practice`` runs first."""
    near = resources.places_of(practice) if practice and practice != NEW_PRACTICE else ()
    others = sorted(words.library.municipalities, key=words.municipality)
    access = sign_in.access()
    return [place for place in dict.fromkeys((*near, *others)) if access.contributes_to(place)]


def questionnaires_for(practice: str | None, library: Library) -> tuple[str, ...]:
    """Return the ids of the questionnaires, those that ``practice`` uses first."""
    known = library.practices.get(practice or "")
    used = known.questionnaires if known else ()
    return tuple(dict.fromkeys([*used, *library.questionnaire_ids]))


def form_title(form: str, words: Words) -> str:
    """Return the title of a questionnaire."""
    return words.t.label(words.library.questionnaire(form).title.root)
