"""What is being edited on the page of own practices: kept in the session from one drawing of the page to the next."""

from dataclasses import dataclass, field, replace

import streamlit as st

from evaluation.definitions import Library, Practice, Questionnaire, Role, Timing
from evaluation.definitions.own_forms import OwnForm, own_forms
from evaluation.definitions.question_documents import QuestionDraft

_EDITING, _TURNS = "practice_editing", "practice_turn"


@dataclass
class QuestionRow:
    """A question in the editor: ``number`` is part of the keys of its fields, ``draft`` what it was at first."""

    number: int
    draft: QuestionDraft | None


@dataclass
class FormRows:
    """The questions of one form in the editor."""

    form: OwnForm
    rows: list[QuestionRow]

    def move(self, row: QuestionRow, step: int) -> None:
        """Move a question up (-1) or down (1) by one place, where there is one."""
        place = self.rows.index(row)
        if 0 <= place + step < len(self.rows):
            self.rows[place], self.rows[place + step] = self.rows[place + step], self.rows[place]


@dataclass
class Editing:
    """The practice in the editor: one there is, a new one like another, or a new one.

    ``turn`` is part of the keys of its fields, so that nothing of the editor before stands there. ``language`` is the
    one that its texts are in, whatever the reader chooses meanwhile; ``before`` is the practice as it was at first.
    """

    turn: int
    language: str
    before: Practice | None = None
    like: str | None = None
    forms: list[FormRows] = field(default_factory=list)
    last_number: int = 0

    @property
    def practice(self) -> str | None:
        """The id of the practice that is changed, None for a new one."""
        return self.before.id if self.before else None

    def is_current(self, library: Library) -> bool:
        """Tell whether nobody has changed meanwhile what is being edited."""
        forms = [form for rows in self.forms for form in rows.form.before]
        practice = self.before is None or library.practices.get(self.before.id) == self.before
        return practice and all(
            form.id in library.questionnaire_ids and library.questionnaire(form.id) == form for form in forms
        )

    def key(self, name: str) -> str:
        """Return the key of a field."""
        return f"practice_{name}_{self.turn}"

    def add_form(self, role: Role, timing: Timing) -> FormRows:
        """Begin a form for own questions."""
        rows = FormRows(OwnForm(role, timing, ()), [])
        self.forms.append(rows)
        return rows

    def add_question(self, rows: FormRows) -> None:
        """Add an empty question to a form."""
        rows.rows.append(self.row(None))

    def row(self, draft: QuestionDraft | None) -> QuestionRow:
        """Return a row for a question, with a number of its own."""
        self.last_number += 1
        return QuestionRow(self.last_number, draft)


def current() -> Editing | None:
    """Return what is being edited, None for nothing."""
    return st.session_state.get(_EDITING)


def close() -> None:
    """Edit nothing any more."""
    st.session_state.pop(_EDITING, None)


def begin_new(language: str, like: str | None = None) -> None:
    """Edit a new practice, like another or like those of its type."""
    st.session_state[_EDITING] = Editing(_turn(), language, like=like)


def begin(practice: str, own_ids: frozenset[str], library: Library, language: str) -> None:
    """Edit a practice with those of its questionnaires that are ``own``: made on this page or from a file."""
    editing = Editing(_turn(), language, library.practices[practice])
    questionnaires: list[Questionnaire] = [
        form
        for form in library.forms_of(library.practices[practice])
        if form.id in own_ids and form.kind == "form" and not form.external
    ]
    for form in own_forms(questionnaires, language):
        rows = [editing.row(question) for question in form.questions]
        editing.forms.append(FormRows(replace(form, questions=()), rows))
    st.session_state[_EDITING] = editing


def _turn() -> int:
    turn = int(st.session_state.get(_TURNS, 0)) + 1
    st.session_state[_TURNS] = turn
    return turn
