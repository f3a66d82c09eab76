"""What every step of a file's card works with, and the ways in which a step asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from evaluation.dashboard.importing.choices import NEW_PRACTICE, Choices, FileQueries
from evaluation.dashboard.importing.understanding import OpenFile, Understood
from evaluation.findings import Words
from evaluation.records import OpenQuestion, Problem

# With more files than this their steps are folded up, so that all cards can be seen.
FEW_FILES = 3
# Problems that the row of practice, cohort and municipality answers.
HOLDING = {"practice_missing": "practice", "municipality_missing": "municipality"}


@dataclass(frozen=True, eq=False)
class FileView:
    """One file with what was understood of it, the choices for it and for all files, and the reader's words."""

    file: OpenFile
    understood: Understood
    choices: Choices
    everyone: Choices
    words: Words
    files: int

    @property
    def practice(self) -> str | None:
        """Return the practice that was chosen for the file, or is made from it."""
        chosen = self.choices.value("place", "practice") or self.everyone.value("place", "practice")
        return self.understood.explicit.practice if chosen == NEW_PRACTICE else chosen

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return what there is to mend in the file; whose answers it holds the row of a new practice asks."""
        chosen = self.choices.value("place", "practice") or self.everyone.value("place", "practice")
        problems = self.understood.receipt.problems
        return tuple(problem for problem in problems if chosen != NEW_PRACTICE or problem.code not in HOLDING)

    @property
    def sheets(self) -> int:
        """Return how many sheets of the file hold tables."""
        return len({match.sheet for match in self.understood.draft.columns})

    @property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """Return the questions that rows wait for."""
        return tuple(
            question
            for key, question in self.queries.questions.items()
            if question.waiting and self.choices.value("decision", key) is None
        )

    @property
    def waiting(self) -> bool:
        """Tell whether rows wait for something that only the worker can say."""
        return bool(self.open_questions or self.queries.conflicts)

    @property
    def queries(self) -> FileQueries:
        """Return the queries about the file."""
        return self.file.queries

    def fold(self, title: str, name: str, wanted: bool, always: bool = False) -> DeltaGenerator:
        """Return a fold for a step; one that is ``wanted`` stands open where the files are few, or ``always``."""
        # The title counts what is left, and a fold that is known by its title would close at every answer.
        return st.expander(
            title, expanded=always or (wanted and self.files <= FEW_FILES), key=f"{self.file.mark}_{name}"
        )


def choose(label: str, options: Sequence[str], say: Callable[[str], str], key: str, placeholder: str) -> None:
    """Ask for one of ``options``, beginning with none; what was chosen and is not offered any more is forgotten."""
    if st.session_state.get(key) not in (None, *options):
        del st.session_state[key]
    st.selectbox(label, options, index=None, format_func=say, key=key, placeholder=placeholder)
