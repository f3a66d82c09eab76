"""One question of one's own: its text, how it is answered, and what it tells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from evaluation.dashboard.components import plain
from evaluation.dashboard.own_practices.editing import Editing, FormRows, QuestionRow
from evaluation.definitions import Library, NationalTheme
from evaluation.definitions.own_scales import RECOMMENDATION_SCALE, YES_FAVOURABLE, YES_NO
from evaluation.definitions.question_documents import AnswerKind, QuestionDraft, Tells
from evaluation.findings import Words
from evaluation.proposals.families import family_of

_ZERO_TO_TEN = "score10"
# Scales that belong to certain questions of the toolkit, and the one that stands behind yes and no.
_OF_OTHERS = frozenset({"goal5", "wait3", YES_FAVOURABLE})
_GRADED: tuple[Tells, ...] = ("satisfaction", "state", "change", "conditions")
_TELLS: Mapping[AnswerKind, tuple[Tells, ...]] = {
    "scale": _GRADED,
    "number": ("participation",),
    "choice": ("participation", "satisfaction", "conditions"),
    "choices": ("participation", "satisfaction", "conditions"),
    "background": ("background",),
    "text": ("satisfaction",),
}
WITH_OPTIONS: tuple[AnswerKind, ...] = ("choice", "choices", "background")
_KINDS: tuple[AnswerKind, ...] = (*WITH_OPTIONS, "text", "number")
_THEMES: tuple[NationalTheme, ...] = get_args(NationalTheme)
# What a question of satisfaction is about, by its national theme, as the house's own questions have it.
OF_THEMES: Mapping[NationalTheme, str] = {
    "recommendation": "recommendation",
    "access": "access",
    "encounter": "encounter",
    "participation": "influence",
    "information": "information",
    "usefulness": "usefulness",
}

_KeyOf = Callable[[str], str]


@dataclass(frozen=True)
class AnswerWay:
    """A way to answer, as the list of ways names it."""

    kind: AnswerKind
    scale: str | None = None

    def label(self, words: Words) -> str:
        """Return its name: of a scale with its ends."""
        t = words.t
        if self.scale is None or self.scale in (YES_NO, _ZERO_TO_TEN):
            return t(f"practices.answer_{self.scale or self.kind}")
        scale = words.library.scales[self.scale]
        ends = [t.label(value.label.root) for value in (scale.values[0], scale.values[-1])]
        # A scale made from a file has no other name than its ends.
        name, span = t.label(scale.label.root), f"{ends[0]} – {ends[1]}"
        return span if name == span else f"{name}: {span}"


def answer_ways(library: Library) -> tuple[AnswerWay, ...]:
    """Return the ways to answer: the scales with a good end, yes or no, 0–10, and the kinds without a scale."""
    graded = [
        scale.id
        for scale in library.scales.values()
        if scale.better != "none" and scale.id not in _OF_OTHERS | {_ZERO_TO_TEN}
    ]
    named = [name for name in (_ZERO_TO_TEN, YES_NO) if name in library.scales]
    return (*(AnswerWay("scale", scale) for scale in (*graded, *named)), *(AnswerWay(kind) for kind in _KINDS))


def show(row: QuestionRow, rows: FormRows, editing: Editing, open_door: bool, words: Words) -> QuestionDraft | None:
    """Show the fields of a question of a form; return it as it stands in them, None where it is to be removed."""
    t, before = words.t, row.draft

    def key(name: str) -> str:
        return editing.key(f"question_{name}_{row.number}")

    columns = st.columns([5, 4, 3])
    value = before.text if before else ""
    text = columns[0].text_input(
        t("practices.question_text"),
        value=value,
        key=key("text"),
        max_chars=500,
        placeholder=t("practices.question_example"),
    )
    ways = answer_ways(words.library)
    way = columns[1].selectbox(
        t("practices.question_answer"),
        ways,
        index=ways.index(_way_of(before, ways)),
        format_func=lambda option: option.label(words),
        key=key("answer"),
    )
    tells = _tells(before, way, _likely(text, way, open_door), columns[2], key, words)
    scale = YES_FAVOURABLE if way.scale == YES_NO and tells in _GRADED else way.scale
    draft = QuestionDraft(text, way.kind, tells, scale, _options(way, before, key, words))
    if before is not None:
        topic = before.dimension if before.tells == tells else None
        draft = replace(draft, before=before.before, step=before.step, dimension=topic)
    with st.container(horizontal=True):
        draft = _details(draft, before, key, words)
        _places(row, rows, key, words)
        if st.button(t("practices.question_remove"), key=key("remove"), icon=":material/close:", type="tertiary"):
            return None
    return replace(draft, continues=_continues(draft, before, key("same"), words)) if before else draft


def _places(row: QuestionRow, rows: FormRows, key: _KeyOf, words: Words) -> None:
    """Offer to move a question to another place in its form."""
    ends = {-1: rows.rows[0], 1: rows.rows[-1]}
    for step, name in ((-1, "up"), (1, "down")):
        st.button(
            words.t(f"practices.question_{name}"),
            key=key(name),
            icon=f":material/arrow_{name}ward:",
            type="tertiary",
            disabled=ends[step] is row,
            on_click=rows.move,
            args=(row, step),
        )


def _way_of(before: QuestionDraft | None, ways: Sequence[AnswerWay]) -> AnswerWay:
    if before is None:
        return ways[0]
    way = AnswerWay(before.kind, YES_NO if before.scale == YES_FAVOURABLE else before.scale)
    return way if way in ways else ways[0]


def _likely(text: str, way: AnswerWay, open_door: bool) -> Tells:
    """Return what a question tells by its words and its scale; where people come and go, no state is followed."""
    options = _TELLS[way.kind]
    family = family_of(text, way.kind, "change" if way.scale == "change5" else None)
    likely = family if family in options and not (open_door and family == "state") else options[0]
    return likely or options[0]


def _tells(
    before: QuestionDraft | None, way: AnswerWay, likely: Tells, column: DeltaGenerator, key: _KeyOf, words: Words
) -> Tells:
    """Ask what a question tells, where its answers can tell several things."""
    options: tuple[Tells, ...] = _TELLS[way.kind]
    if way.scale == YES_NO:
        options = (*options, "participation")
    if len(options) == 1:
        return options[0]
    first = before.tells if before and before.tells in options else likely
    tells: Tells = column.selectbox(
        words.t("practices.question_tells"),
        options,
        index=options.index(first),
        format_func=lambda family: words.t(f"practices.tells_{family}"),
        key=key(f"tells_{way.kind}_{way.scale}_{first}"),
    )
    return tells


def _options(way: AnswerWay, before: QuestionDraft | None, key: _KeyOf, words: Words) -> tuple[str, ...]:
    """Show the answers of a scale, or ask for those to choose from, a line each."""
    t = words.t
    if way.scale is not None:
        answers = words.library.scales[way.scale].values
        st.caption(plain(" · ".join(t.label(answer.label.root) for answer in answers)))
    if way.kind not in WITH_OPTIONS:
        return ()
    value = "\n".join(before.options) if before else ""
    typed = st.text_area(t("practices.question_options"), value=value, key=key("options"), height=120)
    options: dict[str, str] = {}
    for line in filter(None, (" ".join(line.split()) for line in typed.splitlines())):
        # An upload could not tell two options apart that differ in their case alone.
        options.setdefault(line.casefold(), line)
    return tuple(options.values())


def _details(draft: QuestionDraft, before: QuestionDraft | None, key: _KeyOf, words: Words) -> QuestionDraft:
    """Offer what need not be answered: the name in charts, what a change is about, the national theme."""
    t, dimensions = words.t, words.library.dimensions
    with st.popover(t("practices.question_more"), icon=":material/tune:"):
        value = before.short if before else ""
        short = st.text_input(t("practices.question_short"), value=value, key=key("short"), max_chars=60)
        draft = replace(draft, short=short)
        if draft.tells in ("state", "change"):
            topics = [name for name, topic in dimensions.items() if topic.family == "change"]
            chosen = before.dimension if before and before.dimension in topics else None
            topic = st.selectbox(
                t("practices.question_dimension"),
                topics,
                index=topics.index(chosen) if chosen else None,
                format_func=lambda name: t.label(dimensions[name].label.root),
                placeholder=t("practices.question_dimension_own"),
                key=key("dimension"),
            )
            return replace(draft, dimension=topic)
        if draft.tells == "satisfaction" and draft.kind == "scale":
            theme = _theme(draft, before, key, words)
            if before is None or theme != before.national_theme:
                topic = OF_THEMES.get(theme) if theme else None
                draft = replace(draft, dimension=topic if topic in dimensions else None)
            return replace(draft, national_theme=theme)
    return draft


def _theme(draft: QuestionDraft, before: QuestionDraft | None, key: _KeyOf, words: Words) -> NationalTheme | None:
    """Ask for the national theme; whether one recommends is one by its scale, whatever the words."""
    t = words.t
    if draft.scale == RECOMMENDATION_SCALE:
        return "recommendation"
    theme: NationalTheme | None = st.selectbox(
        t("practices.question_theme"),
        _THEMES,
        index=_THEMES.index(before.national_theme) if before and before.national_theme else None,
        format_func=lambda name: t(f"practices.theme_{name}"),
        placeholder=t("practices.question_theme_none"),
        key=key("theme"),
    )
    return theme


def _continues(draft: QuestionDraft, before: QuestionDraft, key: str, words: Words) -> bool:
    """Ask whether other words ask the same; what is answered otherwise is another question, which is only said."""
    t = words.t
    if not draft.answered_as(before):
        st.caption(t("practices.question_is_new"))
        return False
    if " ".join(draft.text.split()) == before.text and set(before.options) <= set(draft.options):
        return True
    same, new = t("practices.question_same"), t("practices.question_other")
    return (
        st.segmented_control(t("practices.question_changed"), [same, new], default=same, required=True, key=key) == same
    )
