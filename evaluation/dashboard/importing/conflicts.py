"""The step that shows forms of one person side by side, and asks which of them holds."""

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.asking import Shown
from evaluation.dashboard.importing.choices import LATER, place_key
from evaluation.dashboard.importing.place import form_title
from evaluation.definitions.columns import SESSION_ITEM
from evaluation.records import Conflict, FormPlace

MOST_SHOWN, MOST_DIFFERENCES, SIDE_BY_SIDE = 20, 12, 3
SESSION = "session_"


def ask_conflicts(shown: Shown) -> None:
    """Ask of each person with several forms which one holds; the first is to decide later."""
    t, conflicts = shown.words.t, shown.asked.conflicts
    if not conflicts:
        return
    decided = [key for key in conflicts if shown.choices.said("keep", key)]
    waiting = [key for key in conflicts if key not in decided]
    with shown.fold(t.plural("dashboard.conflicts_title", len(conflicts)), "conflicts", wanted=True):
        st.caption(t("dashboard.conflicts_text"))
        # Decided ones keep their place: they come first in the order they were met.
        for key in [key for key in conflicts if key in decided or key in waiting[:MOST_SHOWN]]:
            _ask(key, conflicts[key], shown)
        if len(waiting) > MOST_SHOWN:
            st.caption(t("dashboard.more_conflicts", n=t.number(len(waiting) - MOST_SHOWN)))


def _ask(key: str, conflict: Conflict, shown: Shown) -> None:
    words = shown.words
    with st.container(border=True):
        title = words.t("dashboard.conflict_of", code=plain(conflict.participant))
        st.markdown(f"**{title}** · {plain(form_title(conflict.questionnaire, words))}")
        _side_by_side(conflict, words)
        places = {place_key(form): place_name(form, words) for form in conflict.forms}
        texts = {LATER: words.t("dashboard.decide_later"), **{each: plain(name) for each, name in places.items()}}
        st.radio(
            words.t("dashboard.which_holds"),
            list(texts),
            format_func=texts.__getitem__,
            key=shown.choices.key("keep", key),
        )


def _side_by_side(conflict: Conflict, words: Words) -> None:
    for first in range(0, len(conflict.forms), SIDE_BY_SIDE):
        numbers = range(first, min(first + SIDE_BY_SIDE, len(conflict.forms)))
        for column, number in zip(st.columns(len(numbers)), numbers, strict=True):
            with column:
                form = conflict.forms[number]
                st.markdown(f"**{plain(place_name(form, words))}**")
                if form.answered_on:
                    st.caption(words.t("dashboard.answered_on", day=words.t.date(form.answered_on)))
                lines = differences(conflict, number, words)
                st.markdown("\n".join(f"- {plain(item)}: **{plain(said)}**" for item, said in lines))
    if not conflict.differing:
        st.caption(words.t("dashboard.only_days_differ"))
    elif len(conflict.differing) > MOST_DIFFERENCES:
        st.caption(words.t("dashboard.more_differences", n=len(conflict.differing) - MOST_DIFFERENCES))


def differences(conflict: Conflict, number: int, words: Words) -> list[tuple[str, str]]:
    """Return what the form ``number`` of a conflict says where the forms differ: short questions, answers in words."""
    shown = list(conflict.differing.items())[:MOST_DIFFERENCES]
    return [(_question(item, words), _answer(item, said[number], words)) for item, said in shown]


def _question(item: str, words: Words) -> str:
    if item.startswith(SESSION):
        return words.t("dashboard.session", n=item.removeprefix(SESSION))
    return words.t.label(words.library.items[item].short.root)


def _answer(item: str, said: int | str | None, words: Words) -> str:
    if said is None:
        return words.t("dashboard.no_answer")
    asked = words.library.items[SESSION_ITEM if item.startswith(SESSION) else item]
    return words.answer(asked.id, int(said)) if asked.scale else str(said)


def place_name(form: FormPlace, words: Words) -> str:
    """Return where a form stands: on a row of this file, or in an earlier import."""
    if form.row is not None:
        return words.t("dashboard.on_row", row=form.row, sheet=form.sheet)
    day = words.t.date(form.imported_on) if form.imported_on else ""
    return words.t("dashboard.stored_before", number=form.import_id, file=form.file, day=day)
