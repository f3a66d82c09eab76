"""The step that shows what each column was read as, and lets the worker correct it."""

from collections.abc import Sequence

import streamlit as st

from evaluation.charts import Words
from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.asking import Shown, choose
from evaluation.dashboard.importing.choices import LEAVE_OUT
from evaluation.dashboard.importing.column_choices import options_of, questions_of, status_of
from evaluation.definitions.columns import SYSTEM_COLUMNS
from evaluation.intake.folding import fold
from evaluation.records import ColumnMatch


def ask_columns(shown: Shown) -> None:
    """Show the columns that need a look, one below the other, each with what it may be read as."""
    words, asked = shown.words, shown.asked.columns
    if asked:
        title = words.t.plural("dashboard.columns_title", len(asked))
        # While it is not known which form this is, the headings may all be known soon.
        known = shown.understood.draft.readable
        with shown.fold(title, f"columns_{known}", wanted=known):
            st.caption(words.t("dashboard.columns_text"))
            draft = shown.understood.draft
            questions = {
                sheet: questions_of(draft, sheet, words.library) for sheet in {match.sheet for match in asked.values()}
            }
            for heading, match in asked.items():
                _ask(heading, match, questions[match.sheet], shown)


def show_other_columns(shown: Shown) -> None:
    """Show the columns that need no look as a plain table below a fold."""
    words, asked = shown.words, shown.asked.columns
    others = [match for match in shown.understood.draft.columns if fold(match.heading) not in asked]
    if others:
        with shown.fold(words.t.plural("dashboard.other_columns_title", len(others)), "other_columns", wanted=False):
            _show_others(others, words)


def _ask(heading: str, match: ColumnMatch, questions: Sequence[str], shown: Shown) -> None:
    words, draft = shown.words, shown.understood.draft
    now = next((each for each in draft.columns if fold(each.heading) == heading), match)
    taken = {each.target for each in draft.columns if each.target and fold(each.heading) != heading}
    options = options_of(match, questions, taken)
    said = shown.choices.said("column", heading)
    with st.container(border=True):
        left, right = st.columns(2, gap="medium")
        with left:
            st.markdown(f"**{plain(match.heading)}**")
            lines = [_examples(match, words), _why(match, now, said, words)]
            # Two spaces before the end of a line make Markdown begin a new one.
            st.caption("  \n".join(line for line in lines if line))
        with right:
            choose(
                words.t("dashboard.read_as"),
                options,
                lambda each: _option(each, match, words),
                shown.choices.key("column", heading),
                words.t("dashboard.as_now") if match.target else words.t("dashboard.choose_question"),
            )


def _examples(match: ColumnMatch, words: Words) -> str:
    if not match.examples:
        return ""
    return words.t("dashboard.examples", examples=plain(", ".join(match.examples)))


def _why(match: ColumnMatch, now: ColumnMatch, said: str | None, words: Words) -> str:
    """Say what becomes of a column as things stand, and why it is asked."""
    status = status_of(now, True) if said else status_of(match, False)
    if status is None:
        # The chosen text may be cut within its box on a narrow screen.
        return words.t("dashboard.column_chosen", what=plain(target_name(said, words))) if said else ""
    if status == "remembered":
        return words.t("dashboard.column_remembered", what=plain(target_name(match.target, words)))
    if status in ("similar", "position"):
        score = words.t.percent(match.score)
        return words.t(f"dashboard.column_{status}", item=plain(target_name(match.target, words)), score=score)
    return words.t(f"dashboard.column_{status}")


def _option(target: str, match: ColumnMatch, words: Words) -> str:
    name = target_name(target, words)
    likely = next(iter((*([match.target] if match.target else []), *match.alternatives)), None)
    # A likeness of 1 is a text that several questions share, which tells nothing of this one.
    if target == likely and match.how in ("similar", "near") and match.score < 1:
        return words.t("dashboard.likeness", item=name, score=words.t.percent(match.score))
    return name


def target_name(target: str | None, words: Words) -> str:
    """Return what a column is read as, in the reader's words."""
    if target is None or target == LEAVE_OUT:
        return words.t("dashboard.leave_out")
    if target in words.library.items:
        return words.t.label(words.library.items[target].text.root)
    return words.t(f"columns.{target}") if target in SYSTEM_COLUMNS else words.t(f"dashboard.column_as_{target}")


def _show_others(matches: list[ColumnMatch], words: Words) -> None:
    t = words.t
    heading, read_as, how = (t(f"dashboard.{name}") for name in ("heading_in_file", "read_as", "how"))
    rows: dict[tuple[str, str, str], None] = {}
    for match in matches:
        name = t("dashboard.a_session") if match.kind == "session" else target_name(match.target, words)
        rows[plain(match.heading), plain(name), how_read(match, words)] = None
    st.table([dict(zip((heading, read_as, how), row, strict=True)) for row in rows], hide_index=True)


def how_read(match: ColumnMatch, words: Words) -> str:
    """Return by what a column was read as what it is, or why it is left out."""
    if match.kind in ("left_out", "personal", "session"):
        return words.t(f"dashboard.how_{match.kind}")
    if match.target is None:
        status = status_of(match, False)
        return words.t(f"dashboard.how_{'empty' if status is None else 'twice' if status == 'twice' else 'none'}")
    return words.t(f"dashboard.how_{match.how}")
