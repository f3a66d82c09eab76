"""What was understood of a file with the worker's choices, and which queries are left."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from evaluation.dashboard import state
from evaluation.dashboard.importing.choices import (
    AnswerKey,
    Choices,
    Field,
    FileQueries,
    conflict_key,
    still_open,
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

# The queries that a problem leads to.
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

    ``explicit`` is what the worker chose, ``used`` that and what was remembered. ``first`` is the draft by these
    alone, ``draft`` the one with what is ``suggested`` beside, of which ``unknown`` are the answers left empty.
    """

    draft: Draft
    receipt: Receipt
    explicit: FileSettings
    used: FileSettings
    keep: frozenset[tuple[str, int]]
    first: Draft
    suggested: Suggested = field(default_factory=Suggested)
    unknown: tuple[UnknownAnswer, ...] = ()

    @property
    def waiting(self) -> frozenset[tuple[str, int]]:
        """The rows of this file that wait until the worker says which of several forms is valid."""
        forms = (form for conflict in self.receipt.conflicts for form in conflict.forms)
        return frozenset((form.sheet, form.row) for form in forms if form.sheet is not None and form.row is not None)


@dataclass
class OpenFile:
    """A file of the session: read once, understood anew whenever the worker has decided more."""

    opened: Opened
    queries: FileQueries = field(default_factory=FileQueries)
    _known_by: object = None
    _understood: Understood | None = None

    @property
    def mark(self) -> str:
        """The mark by which the choices for this file are kept."""
        return self.opened.sha256[:16]

    def understand(
        self,
        choices: Choices,
        everyone: Choices,
        store: Store,
        library: Library,
        revise: Callable[[FileSettings], FileSettings],
    ) -> Understood:
        """Return what is understood now; read again only where choices or stored answers have changed.

        ``revise`` returns the worker's instructions with what follows from new questions.
        """
        explicit, keep = revise(choices.instructions(self.queries, everyone)), choices.keep(self.queries)
        if MAKE_CODES in explicit.decisions.values():
            explicit = replace(explicit, name_key=name_key(state.settings().database))
        # Mappings have no order that counts, so they are compared as they are and not by a hash.
        known_by = (explicit, keep, store.data_version(), id(library))
        if self._understood is None or known_by != self._known_by:
            self._understood = _understand(self.opened, store, library, explicit, keep)
            self._known_by = known_by
        self.queries = to_ask(self.queries, self._understood, choices, library)
        return self._understood


def _understand(
    opened: Opened, store: Store, library: Library, explicit: FileSettings, keep: frozenset[tuple[str, int]]
) -> Understood:
    """Return what is understood of a file, with the likeliest reading for what nobody knows."""
    first, used = understand(opened, store, library, explicit)
    draft, suggested, unknown = first, Suggested(), first.unknown_answers
    if opened.workbook is not None:
        columns = suggested_columns(first, opened.workbook, library)
        if columns:
            suggested = Suggested(columns)
            draft, _ = understand(opened, store, library, _with(explicit, suggested))
            unknown = draft.unknown_answers
        if unknown:
            suggested = replace(suggested, answers=suggested_answers(draft))
            draft, _ = understand(opened, store, library, _with(explicit, suggested))
    return Understood(draft, store.preview(draft, keep), explicit, used, keep, first, suggested, unknown)


def _with(explicit: FileSettings, suggested: Suggested) -> FileSettings:
    """Return the worker's instructions with what is suggested where there are none."""
    labels = dict.fromkeys(suggested.answers) | dict(explicit.labels)
    return replace(explicit, columns={**suggested.columns, **explicit.columns}, labels=labels)


def to_ask(before: FileQueries, understood: Understood, choices: Choices, library: Library) -> FileQueries:
    """Return the queries about a file, after those of ``before`` and the answers in ``choices``."""
    draft, receipt = understood.draft, understood.receipt
    codes = {problem.code for problem in draft.problems}
    dates = next((problem for problem in draft.problems if problem.code == "date_undecided"), None)
    columns = _columns(understood.first, understood.explicit)
    answers, recalled = _answers(understood.unknown, library), _recalled(understood, library)
    conflicts = {conflict_key(conflict): conflict for conflict in receipt.conflicts}
    near = {near_code.code: near_code.nearest for near_code in receipt.near_codes}
    questions = {question.key: question for question in receipt.questions}
    every_answer = {*before.answers, *before.recalled, *answers, *recalled}
    explained = {key for key in every_answer if choices.value("answer", *key)}
    return FileQueries(
        fields=_fields(before, draft, choices, library),
        day=_lacks_day(draft) or choices.day() is not None,
        dates=dates or (before.dates if choices.value("dates") else None),
        hidden=bool({"hidden_rows", "hidden_row", "hidden_sheet"} & codes),
        columns=still_open(before.columns, columns, _chosen(choices, before.columns)),
        answers=still_open(before.answers, answers, explained),
        recalled=still_open(before.recalled, recalled, explained),
        conflicts=still_open(before.conflicts, conflicts, _decided_conflicts(choices, before.conflicts)),
        near=still_open(before.near, near, {code for code in before.near if choices.ticked("same", code)}),
        questions=still_open(before.questions, questions, _decided(choices, {**before.questions, **questions})),
    )


def _lacks_day(draft: Draft) -> bool:
    """Tell whether rows are rejected because nothing says on which day they were answered."""
    heading = system_headings(ANSWERED_ON)
    return any(
        problem.code == "answered_on_missing" or problem.values.get("column") == heading for problem in draft.problems
    )


def _chosen(choices: Choices, columns: Mapping[str, ColumnMatch]) -> set[str]:
    return {heading for heading in columns if choices.value("column", heading)}


def _decided(choices: Choices, questions: Mapping[str, OpenQuestion]) -> set[str]:
    return {key for key in questions if choices.value("decision", key)}


def _decided_conflicts(choices: Choices, conflicts: Mapping[str, Conflict]) -> set[str]:
    return {key for key in conflicts if choices.value("keep", key)}


def _fields(before: FileQueries, draft: Draft, choices: Choices, library: Library) -> tuple[Field, ...]:
    """Return the fields to ask: what a problem says is missing, and a cohort where it may be missing."""
    wanted: dict[Field, None] = dict.fromkeys(name for name in before.fields if choices.value("place", name))
    for problem in draft.problems:
        if problem.severity == "error" and draft.columns:
            wanted |= dict.fromkeys(MISSING.get(problem.code, ()))
    cohorts = draft.responses[["practice", "cohort"]].drop_duplicates().itertuples(index=False, name=None)
    if any(not cohort and not library.practices[practice].open_door for practice, cohort in cohorts):
        wanted["cohort"] = None
    order: tuple[Field, ...] = ("practice", "questionnaire", "municipality", "cohort")
    return tuple(name for name in order if name in wanted)


def _columns(draft: Draft, explicit: FileSettings) -> dict[str, ColumnMatch]:
    """Return the columns that need a look by their keys; a heading that stands there twice is one."""
    recognised = {column_key(match) for match in draft.columns if match.target}
    by_key: dict[str, ColumnMatch] = {}
    for match in draft.columns:
        heading = column_key(match)
        status = status_of(match, heading in explicit.columns)
        if status is None or (status == "twice" and heading in recognised):
            continue
        by_key.setdefault(heading, match)
    return by_key


def _answers(unknown: Sequence[UnknownAnswer], library: Library) -> dict[AnswerKey, tuple[UnknownAnswer, ...]]:
    """Return the unknown answers, one for all questions of one scale, the most frequent first."""
    by_key: dict[AnswerKey, list[UnknownAnswer]] = defaultdict(list)
    for answer in unknown:
        by_key[answers_key(answer.item, library), answer.text].append(answer)
    frequent = sorted(by_key.items(), key=lambda pair: -sum(answer.rows for answer in pair[1]))
    return {key: tuple(answers) for key, answers in frequent}


def answers_key(item: str, library: Library) -> str:
    """Return the id of the scale of a question, or that of its options."""
    scale = library.allowed_answers(library.items[item])
    return scale.id if scale is not None else item


def _recalled(understood: Understood, library: Library) -> dict[AnswerKey, dict[str, int | None]]:
    """Return the answers that an earlier file explained and this session has not, with their codes by question."""
    by_key: dict[AnswerKey, dict[str, int | None]] = defaultdict(dict)
    for (item, text), code in understood.used.labels.items():
        if (item, text) not in understood.explicit.labels and item in library.items:
            by_key[answers_key(item, library), text][item] = code
    return dict(by_key)
