"""What was understood of a file by what was said of it, and what that leaves to ask."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evaluation.dashboard import state
from evaluation.dashboard.importing.choices import (
    AnswerKey,
    Asked,
    Choices,
    Field,
    conflict_key,
    still_asked,
)
from evaluation.dashboard.importing.column_choices import status_of
from evaluation.definitions import Library
from evaluation.definitions.columns import ANSWERED_ON, system_headings
from evaluation.importing import understand
from evaluation.intake import FileSettings, Opened
from evaluation.intake.column_keys import column_key
from evaluation.intake.participant_columns import MAKE_CODES
from evaluation.intake.suggestions import Suggested, suggested_answers, suggested_columns
from evaluation.name_key import name_key
from evaluation.records import ColumnMatch, Conflict, Draft, OpenQuestion, Receipt, UnknownAnswer
from evaluation.store import Store

# What is asked where a problem says that it is missing.
MISSING: Mapping[str, tuple[Field, ...]] = {
    "practice_missing": ("practice",),
    "municipality_missing": ("municipality",),
    "questionnaire_unclear": ("questionnaire",),
    "other_questionnaire": ("questionnaire",),
    "sheet_not_recognised": ("practice", "questionnaire"),
    "nothing_recognised": ("practice", "questionnaire"),
}


@dataclass(frozen=True, eq=False)
class Understood:
    """One file as it stands now.

    ``said`` is what the worker said of it, ``used`` that and what was remembered. ``first`` is the draft by these
    alone, ``draft`` the one with what is ``suggested`` beside, of which ``unknown`` are the answers left empty.
    """

    draft: Draft
    receipt: Receipt
    said: FileSettings
    used: FileSettings
    keep: frozenset[tuple[str, int]]
    first: Draft
    suggested: Suggested = field(default_factory=Suggested)
    unknown: tuple[UnknownAnswer, ...] = ()

    @property
    def waiting(self) -> frozenset[tuple[str, int]]:
        """The rows of this file that wait until it is said which of several forms holds."""
        forms = (form for conflict in self.receipt.conflicts for form in conflict.forms)
        return frozenset((form.sheet, form.row) for form in forms if form.sheet is not None and form.row is not None)


@dataclass
class OpenFile:
    """A file of the session: read once, understood anew whenever more has been said of it."""

    opened: Opened
    asked: Asked = field(default_factory=Asked)
    _known_by: object = None
    _understood: Understood | None = None

    @property
    def mark(self) -> str:
        """The mark by which the choices for this file are kept."""
        return self.opened.sha256[:16]

    def understand(self, choices: Choices, everyone: Choices, store: Store, library: Library) -> Understood:
        """Return what is understood now; read again only where what was said or what is stored has changed."""
        said, keep = choices.given(self.asked, everyone), choices.keep(self.asked)
        if MAKE_CODES in said.decisions.values():
            said = replace(said, name_key=name_key(state.settings().database))
        # Mappings have no order that counts, so they are compared as they are and not by a hash.
        known_by = (said, keep, store.data_version(), id(library))
        if self._understood is None or known_by != self._known_by:
            self._understood = _understand(self.opened, store, library, said, keep)
            self._known_by = known_by
        self.asked = to_ask(self.asked, self._understood, choices, library)
        return self._understood


def _understand(
    opened: Opened, store: Store, library: Library, said: FileSettings, keep: frozenset[tuple[str, int]]
) -> Understood:
    """Return what is understood of a file with the likeliest taken for what nobody knows."""
    first, used = understand(opened, store, library, said)
    draft, suggested, unknown = first, Suggested(), first.unknown_answers
    if opened.workbook is not None:
        columns = suggested_columns(first, opened.workbook, library)
        if columns:
            suggested = Suggested(columns)
            draft, _ = understand(opened, store, library, _with(said, suggested))
            unknown = draft.unknown_answers
        if unknown:
            suggested = replace(suggested, answers=suggested_answers(draft))
            draft, _ = understand(opened, store, library, _with(said, suggested))
    return Understood(draft, store.preview(draft, keep), said, used, keep, first, suggested, unknown)


def _with(said: FileSettings, suggested: Suggested) -> FileSettings:
    """Return what was said with what is suggested where nothing was."""
    labels = dict.fromkeys(suggested.answers) | dict(said.labels)
    return replace(said, columns={**suggested.columns, **said.columns}, labels=labels)


def to_ask(before: Asked, understood: Understood, choices: Choices, library: Library) -> Asked:
    """Return what to ask of a file, after ``before`` was asked and answered with ``choices``."""
    draft, receipt = understood.draft, understood.receipt
    codes = {problem.code for problem in draft.problems}
    dates = next((problem for problem in draft.problems if problem.code == "date_undecided"), None)
    columns = _columns(understood.first, understood.said)
    answers, recalled = _answers(understood.unknown, library), _recalled(understood, library)
    conflicts = {conflict_key(each): each for each in receipt.conflicts}
    near = {each.code: each.nearest for each in receipt.near_codes}
    questions = {question.key: question for question in receipt.questions}
    every_answer = {*before.answers, *before.recalled, *answers, *recalled}
    explained = {key for key in every_answer if choices.said("answer", *key)}
    return Asked(
        fields=_fields(before, draft, choices, library),
        day=_lacks_day(draft) or choices.day() is not None,
        dates=dates or (before.dates if choices.said("dates") else None),
        hidden=bool({"hidden_rows", "hidden_row", "hidden_sheet"} & codes),
        columns=still_asked(before.columns, columns, _chosen(choices, before.columns)),
        answers=still_asked(before.answers, answers, explained),
        recalled=still_asked(before.recalled, recalled, explained),
        conflicts=still_asked(before.conflicts, conflicts, _kept(choices, before.conflicts)),
        near=still_asked(before.near, near, {code for code in before.near if choices.ticked("same", code)}),
        questions=still_asked(before.questions, questions, _decided(choices, {**before.questions, **questions})),
    )


def _lacks_day(draft: Draft) -> bool:
    """Tell whether rows are rejected because nothing says on which day they were answered."""
    heading = system_headings(ANSWERED_ON)
    return any(
        problem.code == "answered_on_missing" or problem.values.get("column") == heading for problem in draft.problems
    )


def _chosen(choices: Choices, columns: Mapping[str, ColumnMatch]) -> set[str]:
    return {heading for heading in columns if choices.said("column", heading)}


def _decided(choices: Choices, questions: Mapping[str, OpenQuestion]) -> set[str]:
    return {key for key in questions if choices.said("decision", key)}


def _kept(choices: Choices, conflicts: Mapping[str, Conflict]) -> set[str]:
    return {key for key in conflicts if choices.said("keep", key)}


def _fields(before: Asked, draft: Draft, choices: Choices, library: Library) -> tuple[Field, ...]:
    """Return the fields to ask: what a problem says is missing, and a run where none is named though there may be."""
    wanted: dict[Field, None] = dict.fromkeys(name for name in before.fields if choices.said("place", name))
    for problem in draft.problems:
        if problem.severity == "error" and draft.columns:
            wanted |= dict.fromkeys(MISSING.get(problem.code, ()))
    runs = draft.responses[["practice", "cohort"]].drop_duplicates().itertuples(index=False, name=None)
    if any(not cohort and not library.practices[practice].open_door for practice, cohort in runs):
        wanted["cohort"] = None
    order: tuple[Field, ...] = ("practice", "questionnaire", "municipality", "cohort")
    return tuple(name for name in order if name in wanted)


def _columns(draft: Draft, said: FileSettings) -> dict[str, ColumnMatch]:
    """Return the columns that need a look by their keys; a heading that stands there twice is one."""
    taken = {column_key(match) for match in draft.columns if match.target}
    found: dict[str, ColumnMatch] = {}
    for match in draft.columns:
        heading = column_key(match)
        status = status_of(match, heading in said.columns)
        if status is None or (status == "twice" and heading in taken):
            continue
        found.setdefault(heading, match)
    return found


def _answers(unknown: Sequence[UnknownAnswer], library: Library) -> dict[AnswerKey, tuple[UnknownAnswer, ...]]:
    """Return the answers that are not known, each once for all questions of one scale, the most frequent first."""
    found: dict[AnswerKey, list[UnknownAnswer]] = defaultdict(list)
    for answer in unknown:
        found[str(library.items[answer.item].scale), answer.text].append(answer)
    frequent = sorted(found.items(), key=lambda pair: -sum(answer.rows for answer in pair[1]))
    return {key: tuple(answers) for key, answers in frequent}


def _recalled(understood: Understood, library: Library) -> dict[AnswerKey, dict[str, int | None]]:
    """Return the answers that an earlier file explained and this session has not, with the code of each question."""
    found: dict[AnswerKey, dict[str, int | None]] = defaultdict(dict)
    for (item, text), code in understood.used.labels.items():
        if (item, text) not in understood.said.labels and item in library.items:
            found[str(library.items[item].scale), text][item] = code
    return dict(found)
