"""The ready examples among the practices: offered beside those in use when the reader asks for them."""

from collections.abc import Sequence

import streamlit as st

from evaluation.findings import Words


def with_examples(offered: Sequence[str], key: str, words: Words) -> list[str]:
    """Return ``offered``, or every current practice by name where the reader switches the examples on.

    Args:
        offered: the practices in use, as resources.offered_practices returns them.
        key: the key of the switch.
        words: the reader's words.
    """
    every = sorted(words.library.current_practices, key=words.practice)
    examples = [practice for practice in every if practice not in offered]
    if examples and st.toggle(words.t.plural("dashboard.show_examples", len(examples)), key=key):
        return sorted({*offered, *every}, key=words.practice)
    return list(offered)
