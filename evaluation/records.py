"""The plain values that the way in hands over: problems, the draft that intake makes and the receipt of the store."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

import pandas as pd

from evaluation.i18n import Translator, languages

Severity = Literal["error", "warning", "notice"]

RESPONSE_COLUMNS = (
    "response_no", "practice", "municipality", "cohort", "role", "questionnaire", "version", "timing",
    "participant", "answered_on", "sheet", "row", "tool_key", "person_key",
)  # fmt: skip
ANSWER_COLUMNS = ("response_no", "item", "value")
TEXT_COLUMNS = ("response_no", "item", "text")
ATTENDANCE_COLUMNS = ("response_no", "session_no", "held_on", "mark")


@dataclass(frozen=True)
class Problem:
    """One thing to know or to mend in an upload.

    ``error``: the row (or the whole file, when there is no cell) is not saved; ``warning``: saved as it stands, look at
    it; ``notice``: good to know. The text is the message ``problems.<code>`` with the gaps ``values``; it says what was
    expected and what to do. A value may itself be texts by language, such as the labels of a scale.
    """

    severity: Severity
    code: str
    sheet: str | None = None
    cell: str | None = None
    value: str | None = None
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def message(self, translator: Translator) -> str:
        """Say the problem in the language of ``translator``; a gap with texts by language takes that one."""
        gaps = {name: _in_words(value, translator) for name, value in self.values.items()}
        return translator(f"problems.{self.code}", value=self.value, **gaps)


def _in_words(value: object, translator: Translator) -> object:
    if isinstance(value, Mapping):
        return translator.label(value)
    return translator.date(value) if isinstance(value, date) else value


How = Literal["confirmed", "layout", "exact", "normalised", "id", "position", "similar", "near", "none"]


@dataclass(frozen=True)
class ColumnMatch:
    """What one column of an upload was recognised as, and why.

    ``heading`` is as it stands in the file, ``cell`` where. ``target`` is the item or the column every form has
    (records of definitions.columns), None for one that is left out; ``how`` says by what it was matched, ``score``
    (0 to 1) how sure that is. A match that is only ``near`` is offered in ``alternatives`` and not used.
    ``examples`` are a few of its contents, personal data masked. ``kind`` is "left_out" for a column that nobody
    needs, "personal" for one that tells who somebody is. ``timing`` is when its answers are from, where a band
    above the heading, the heading itself or the title of a block says so. ``further`` are the headings of its other
    columns, where every option of a question has a column. ``key`` names the column in ``FileSettings.columns`` and
    ``FileSettings.timings``: its folded heading, with "#2", "#3" … for further columns of the same heading on the
    sheet. ``part`` is the key, in ``FileSettings.timings``, of the band or block that the column belongs to.
    ``other_words`` are words of the heading that may turn its meaning against the first of the alternatives.
    """

    sheet: str
    cell: str
    heading: str
    target: str | None
    how: How
    score: float = 0.0
    alternatives: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    kind: Literal["question", "system", "session", "left_out", "personal"] = "question"
    timing: str | None = None
    further: tuple[str, ...] = ()
    key: str = ""
    part: str | None = None
    other_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class UnknownAnswer:
    """An answer that is none of its scale: the text as compared, the rows that hold it, and the nearest code."""

    sheet: str
    cell: str
    item: str
    text: str
    original: str
    rows: int
    suggestion: int | None


@dataclass(frozen=True)
class Choice:
    """One answer to an open question: its id, and its text by language where no catalogue can know it."""

    id: str
    label: Mapping[str, str] | None = None


@dataclass(frozen=True)
class OpenQuestion:
    """Something about an upload that the worker decides, because guessing could give a wrong figure.

    The text is the message ``questions.<kind>`` with the gaps ``values``; a choice is ``questions.<kind>_<choice>``
    unless it brings a label with it. ``key`` is the same whenever the same file raises the same question, so that the
    decision (``FileSettings.decisions``) finds it again. ``rows`` is how many rows wait while a ``blocking`` question
    is open: they count as rejected. ``suggested`` is the likeliest choice; it is only preselected, never applied.
    ``decision`` is the choice that has been made.
    """

    key: str
    kind: str
    choices: tuple[Choice, ...]
    sheet: str | None = None
    cell: str | None = None
    rows: int = 0
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    suggested: str | None = None
    blocking: bool = True
    decision: str | None = None

    def __post_init__(self) -> None:
        """Take no decision that is none of the choices: a word mistyped in a mapping file decides nothing."""
        if self.decision not in {choice.id for choice in self.choices}:
            object.__setattr__(self, "decision", None)

    @property
    def waiting(self) -> bool:
        """Tell whether rows wait for the decision."""
        return self.blocking and self.decision is None

    def message(self, translator: Translator) -> str:
        """Ask the question in the language of ``translator``."""
        return translator(f"questions.{self.kind}", **self._gaps(translator))

    def choice_text(self, choice: Choice, translator: Translator) -> str:
        """Say one of the choices in the language of ``translator``."""
        if choice.label is not None:
            return translator.label(choice.label)
        return translator(f"questions.{self.kind}_{choice.id}", **self._gaps(translator))

    def as_remembered(self) -> Problem:
        """Return the notice that an earlier decision has answered the question."""
        translators = {language: Translator(language) for language in languages()}
        chosen = next(choice for choice in self.choices if choice.id == self.decision)
        values = {
            "question": {language: self.message(t) for language, t in translators.items()},
            "choice": {language: self.choice_text(chosen, t) for language, t in translators.items()},
        }
        return Problem("notice", "decision_remembered", self.sheet, self.cell, values=values)

    def to_dict(self, translator: Translator) -> dict[str, Any]:
        """Return the question as plain values for JSON."""
        return {
            "key": self.key,
            "kind": self.kind,
            "sheet": self.sheet,
            "cell": self.cell,
            "rows": self.rows,
            "message": self.message(translator),
            "choices": [{"id": choice.id, "label": self.choice_text(choice, translator)} for choice in self.choices],
            "suggested": self.suggested,
            "blocking": self.blocking,
            "decision": self.decision,
        }

    def _gaps(self, translator: Translator) -> dict[str, object]:
        return {name: _in_words(value, translator) for name, value in self.values.items()}


@dataclass(frozen=True)
class Remembered:
    """What a worker has decided on one set of headings.

    ``columns``: key of a column → item or system column, None to leave the column out. ``labels``: (item, folded
    answer) → code, None to take the answer as none. ``decisions``: key of an open question → the choice.
    """

    columns: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    labels: Mapping[tuple[str, str], int | None] = field(default_factory=lambda: MappingProxyType({}))
    decisions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class TablePlace(NamedTuple):
    """Where the rows of a table are from, as far as the file and the worker tell; "" where they do not."""

    practice: str
    municipality: str
    cohort: str


@dataclass(frozen=True)
class Draft:
    """What was read from one file, ready to be accepted. Nothing of it is saved yet.

    ``responses`` has a row an accepted form, register participant or opening (RESPONSE_COLUMNS; ``response_no`` is its
    number within the draft; ``participant`` and ``answered_on`` may be missing; ``tool_key`` is equal for one response
    of a survey tool, ``person_key`` for forms of which a person has only one, both else missing). ``answers``
    (ANSWER_COLUMNS, codes on the items' scales or numbers), ``texts`` (open answers) and
    ``attendance`` (one row a participant and session) refer to it by ``response_no``.
    ``rows`` counts the rows of the file, ``rejected`` those of them that are named in an error, ``set_aside``
    those that are nobody's answers (previews, repeated headings) and are named in a notice.
    ``counted`` is how many questions come from tables that somebody has counted: their responses are no rows of
    the file (``row`` 0).
    ``source`` is the fingerprint of the file that the rows first came from, where that is another (a workbook with our
    comments). ``joined`` gives by response_no how many further rows of the file are part of the same form.
    ``columns`` tells what the columns were recognised as, ``unknown_answers`` which answers the worker may explain, and
    ``headers`` the keys of the sets of headings by which what the worker says of them is remembered.
    ``questions`` are what the worker must or may decide, with the decision where there is one; ``decisions`` are all
    decisions made for the file, for the questions that only the store can raise.
    ``places`` tells where tables are from whose rows wait for an answer, ``assumed`` the municipalities of tables that
    tell none.
    """

    file: str
    sha256: str
    layout: str
    questionnaires: tuple[str, ...]
    responses: pd.DataFrame
    answers: pd.DataFrame
    texts: pd.DataFrame
    attendance: pd.DataFrame
    rows: int
    rejected: int
    problems: tuple[Problem, ...] = ()
    set_aside: int = 0
    counted: int = 0
    columns: tuple[ColumnMatch, ...] = ()
    unknown_answers: tuple[UnknownAnswer, ...] = ()
    headers: tuple[str, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    decisions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    source: str | None = None
    joined: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))
    places: tuple[TablePlace, ...] = ()
    assumed: tuple[str, ...] = ()

    @property
    def readable(self) -> bool:
        """Tell whether the file was recognised as answers at all."""
        return bool(self.questionnaires)


@dataclass(frozen=True)
class FormPlace:
    """Where a form stands: on a row of the draft, or in an import (its number, file and day); when it was filled in."""

    sheet: str | None = None
    row: int | None = None
    import_id: int | None = None
    file: str | None = None
    imported_on: date | None = None
    answered_on: date | None = None


@dataclass(frozen=True)
class Conflict:
    """Forms of one person of which only one can hold: the worker says which.

    ``forms`` are two or more, a stored one first. ``differing`` gives what they say, in that order, where
    they do not agree: by item a code or an open answer, by ``session_<number>`` a register's mark; None for nothing.
    It is empty where they differ by their day alone, and beyond the first thousand persons of a file.
    """

    participant: str
    questionnaire: str
    forms: tuple[FormPlace, ...]
    differing: Mapping[str, tuple[int | str | None, ...]]


@dataclass(frozen=True)
class PairCount:
    """How many people of a file have both forms: in one cohort, of one role, by one timing of the file's forms.

    ``forms`` is how many codes the file has there, ``matched`` how many of them have the other form (of a later form
    the start form, of a start form the end form), in this file or stored. ``elsewhere`` are other cohorts in which
    codes without one have it: (cohort, how many codes), most first. ``without_code`` counts forms that no code can
    match.
    """

    practice: str
    municipality: str
    cohort: str
    role: str
    timing: str
    forms: int
    matched: int
    elsewhere: tuple[tuple[str, int], ...] = ()
    without_code: int = 0

    def message(self, translator: Translator) -> str:
        """Say it in the language of ``translator``."""
        place = {"cohort": self.cohort or self.municipality, "matched": self.matched, "forms": self.forms}
        sentences = [translator(f"store.pairs_{self.timing}", **place)] if self.forms else []
        cohorts = "; ".join(translator("store.pairs_run", run=cohort or "–", n=n) for cohort, n in self.elsewhere)
        if cohorts:
            sentences.append(translator("store.pairs_elsewhere", runs=cohorts))
        if self.without_code:
            sentences.append(translator.plural("store.pairs_without_code", self.without_code))
        return " ".join(sentences)

    def to_dict(self, translator: Translator) -> dict[str, Any]:
        """Return the counts as plain values for JSON."""
        elsewhere = [{"cohort": cohort, "codes": n} for cohort, n in self.elsewhere]
        return asdict(self) | {"elsewhere": elsewhere, "message": self.message(translator)}


class NearCode(NamedTuple):
    """A code that has no start form, and the one code without a later form that it is nearly the same as."""

    sheet: str
    row: int
    code: str
    nearest: str


@dataclass(frozen=True)
class Receipt:
    """What became of one file: rows = accepted + rejected + duplicates + set_aside, and every problem.

    Of the accepted rows ``replaced`` stand in the place of stored ones, and ``completed`` add answers to stored ones.

    ``conflicts`` are the forms among which the worker has not chosen yet, ``near_codes`` the codes that may be
    slips of the hand, ``questions`` what the worker must or may decide, the draft's and the store's. ``pairs`` tells
    how many people have both forms.
    """

    file: str
    sha256: str
    import_id: int | None
    layout: str
    questionnaires: tuple[str, ...]
    rows: int
    accepted: int
    rejected: int
    duplicates: int
    problems: tuple[Problem, ...]
    set_aside: int = 0
    conflicts: tuple[Conflict, ...] = ()
    near_codes: tuple[NearCode, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()
    pairs: tuple[PairCount, ...] = ()
    replaced: int = 0
    completed: int = 0

    @classmethod
    def of(cls, draft: Draft) -> "Receipt":
        """Return the receipt of a draft as it was read: nothing of it is saved, what it rejects is rejected."""
        return cls(
            file=draft.file,
            sha256=draft.sha256,
            import_id=None,
            layout=draft.layout,
            questionnaires=draft.questionnaires,
            rows=draft.rows,
            accepted=0,
            rejected=draft.rejected,
            duplicates=0,
            set_aside=draft.set_aside,
            problems=draft.problems,
            questions=draft.questions,
        )

    def to_dict(self, translator: Translator) -> dict[str, Any]:
        """Return the receipt as plain values for JSON."""
        return {
            "file": self.file,
            "sha256": self.sha256,
            "import_id": self.import_id,
            "layout": self.layout,
            "questionnaire": ", ".join(self.questionnaires),
            "rows": self.rows,
            "accepted": self.accepted,
            "replaced": self.replaced,
            "completed": self.completed,
            "rejected": self.rejected,
            "duplicates": self.duplicates,
            "set_aside": self.set_aside,
            "questions": [question.to_dict(translator) for question in self.questions],
            "pairs": [pair.to_dict(translator) for pair in self.pairs],
            "problems": [
                {
                    "severity": problem.severity,
                    "sheet": problem.sheet,
                    "cell": problem.cell,
                    "code": problem.code,
                    "value": problem.value,
                    "message": problem.message(translator),
                }
                for problem in self.problems
            ],
        }
