"""Pieces that several pages show: the greeting of an empty database, offers of files, what was left out."""

import re
from collections.abc import Callable

import streamlit as st

from evaluation.access import LAPTOP, Role
from evaluation.dashboard import downloads, resources, sample_switch, sign_in, state
from evaluation.findings import COUNTED_FIRST, Words
from evaluation.measures import JOINT, Evidence, Published

# Streamlit makes icons, emojis and arrows of these even where they are escaped; between their signs stands one unseen.
_SIGNS_OF_STREAMLIT = re.compile(r":(?:[^\W\d]|[+-])(?=[\w+/-]*:)|<->|<-|->|--|>=|<=|~=")
JOINER = "\N{WORD JOINER}"


def plain(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it stands: names and answers come from people's files."""
    joined = _SIGNS_OF_STREAMLIT.sub(lambda sign: JOINER.join(sign[0]), text)
    escaped = re.sub(r"([\\`*_{}\[\]()#+!|~$:<>])", r"\\\1", joined)
    return re.sub(r"(?m)^(\s*)(\d*)([-.=])", r"\1\2\\\3", escaped)


def begin(least: Role, title: str, lead: str) -> Words:
    """Refuse whoever has less than a role, and show the title and the lead of a page; return the reader's words."""
    sign_in.access().require(least)
    words = resources.words()
    st.title(words.t(title))
    st.write(words.t(lead))
    return words


def greet() -> None:
    """Greet a reader who has nothing to see yet with the ways to begin that are open to that reader."""
    t, access = state.translator(), sign_in.access()
    st.title(t("dashboard.title"))
    st.write(t("dashboard.greeting" if access is LAPTOP else "access.nothing_yet"))
    ways = {"try": Role.VIEWER, "begin_forms": Role.VIEWER, "begin_import": Role.CONTRIBUTOR}
    open_ways = [name for name, role in ways.items() if access.at_least(role)]
    for column, name in zip(st.columns(len(ways), border=True), open_ways, strict=False):
        with column:
            st.subheader(t(f"dashboard.{name}_title"))
            st.write(t(f"dashboard.{name}_text"))
            if name == "try":
                key, label = "try_sample", t("dashboard.try_button")
                st.button(label, type="primary", key=key, width="stretch", on_click=sample_switch.open_sample)
            elif st.button(t(f"dashboard.{name}_button"), key=name, width="stretch"):
                go_to(name.removeprefix("begin_"))


def go_to(page: str, **query: str) -> None:
    """Open another page."""
    st.switch_page(st.session_state[state.PAGES][page], query_params={"lang": state.language(), **query})


def offer(
    label: str,
    make: Callable[[], bytes],
    file: str,
    mime: str,
    key: str,
    icon: str | None = "download",
    first: bool = False,
) -> None:
    """Show a button that makes a file when it is pressed, for whoever may still have it then.

    ``first``: the one most readers want on the page.
    """
    st.download_button(
        label,
        data=downloads.bound(make),
        file_name=file,
        mime=mime,
        icon=f":material/{icon}:" if icon else None,
        type="primary" if first else "secondary",
        key=key,
        on_click="ignore",
    )


def explain_suppression(published: tuple[Published, ...], words: Words) -> None:
    """Say what was left out for privacy, where something was."""
    if any(table.frame["suppressed"].any() or table.frame["omitted"].any() for table in published):
        st.caption(words.t("dashboard.left_out", threshold=published[0].threshold))


def explain_units(evidence: Evidence, practice: str, words: Words) -> None:
    """Say which cohorts of a practice are published together, where some are: they cannot be chosen one by one."""
    labels = [
        label
        for name in COUNTED_FIRST
        for label in evidence.table(name).where(practice=practice, level="cohort").with_figures["cohort"]
    ]
    joint = [str(label) for label in dict.fromkeys(labels) if JOINT in str(label)]
    if joint:
        st.caption(words.t("dashboard.merged", units="; ".join(joint)))
