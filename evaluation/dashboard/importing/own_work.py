"""The questions in the session's files that nobody has defined: what they become, and the library that reads them."""

import json
from collections.abc import Collection, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from evaluation.changed_questions import ChangedQuestion, changed_questions
from evaluation.dashboard.importing.choices import NEW_PRACTICE, Choices
from evaluation.dashboard.importing.understanding import OpenFile
from evaluation.definitions import Library, Timing
from evaluation.i18n import Translator
from evaluation.intake import FileSettings, draft_of
from evaluation.intake.matching import SYSTEM_TARGETS
from evaluation.own_questions import (
    NEW_QUESTION,
    NO_OTHERS,
    OwnFile,
    answers_of,
    named_municipality,
    named_practice,
    own_file,
    with_files,
)
from evaluation.proposals.corrections import PREFIX
from evaluation.proposals.new_definitions import Destination, NewDefinitions, define
from evaluation.proposals.new_questions import NewQuestion, new_questions
from evaluation.proposals.practice_types import type_of
from evaluation.records import Draft

_KEPT = "import_own_work"
ONCE: Timing = "once"


@dataclass(frozen=True, eq=False)
class OwnWork:
    """The new questions of all open files.

    ``files`` are the files by their marks, and what each asks that is not defined; ``changes`` what they may ask in
    other words or with other answers than before, each with the mark of its file. ``definitions`` are None until it is
    known which practice the questions belong to; ``library`` has them laid over what is defined.
    """

    files: Mapping[str, OwnFile]
    questions: tuple[NewQuestion, ...]
    changes: tuple[tuple[str, ChangedQuestion], ...]
    left_out: tuple[NewQuestion, ...]
    destination: Destination
    library: Library
    definitions: NewDefinitions | None = None

    @property
    def asking(self) -> tuple[NewQuestion, ...]:
        """The questions of which the worker has still to tell something."""
        return tuple(question for question in self.questions if question.ask)

    @property
    def whole(self) -> bool:
        """Tell whether the files ask nothing that is defined: they are of a practice's own form."""
        return not any(file.mixed for file in self.files.values())

    @property
    def municipality(self) -> str | None:
        """The one municipality that titles or names of the files name; None where they name none, or several."""
        towns = {named_municipality(file, self.library) for file in self.files.values()} - {None}
        return towns.pop() if len(towns) == 1 else None

    @property
    def practice_name(self) -> str | None:
        """The one name of a practice that titles of the files hold; None where they hold none, or several."""
        names = {named_practice(file, self.library) for file in self.files.values()} - {None}
        return names.pop() if len(names) == 1 else None

    def instructions(self, mark: str, before: FileSettings) -> FileSettings:
        """Return the instructions by which the file with ``mark`` is read."""
        file = self.files.get(mark)
        if self.definitions is None or file is None:
            return before
        return file.instructions(self.definitions, before, self.library)


@dataclass
class _Memory:
    """What is worked out once and kept while nothing that it follows from has changed."""

    drafts: dict[str, tuple[object, Draft, OwnFile]] = field(default_factory=dict)
    laid: tuple[object, Library] | None = None


def own_work(
    files: Mapping[str, OpenFile],
    everyone: Choices,
    library: Library,
    made_before: Collection[str],
    spent: Collection[str],
    t: Translator,
    values: MutableMapping[Any, Any],
) -> OwnWork | None:
    """Return the new questions of ``files``; None where everything in them is defined.

    Args:
        files: the open files by their marks.
        everyone: the worker's choices that hold for all files.
        library: what is defined.
        made_before: ids of the questionnaires that were made from files before.
        spent: ids that nothing new may have.
        t: the reader's language, in which new questions are taken to be written.
        values: what the session keeps.
    """
    memory: _Memory = values.setdefault(_KEPT, _Memory())
    memory.drafts = {name: kept_draft for name, kept_draft in memory.drafts.items() if name.split()[0] in files}
    read = {mark: _read(file, Choices(values, mark), everyone, library, memory) for mark, file in files.items()}
    if sum(bool(file.columns) for _, file in read.values()) > 1:
        beside = answers_of([file for _, file in read.values()])
        read = {
            mark: _read(file, Choices(values, mark), everyone, library, memory, beside) for mark, file in files.items()
        }
    changes = tuple(
        (mark, change)
        for mark, (draft, file) in read.items()
        for change in changed_questions(file, draft, library, made_before, Choices(values, mark).columns())
    )
    unsure = {(change.column.sheet, change.column.cell) for _, change in changes}
    columns = [c for _, file in read.values() for c in file.columns if (c.sheet, c.cell) not in unsure]
    grown = any(file.mixed and file.added_options(library) for _, file in read.values())
    # A practice may ask what another one asks already.
    same = everyone.value("place", "practice") == NEW_PRACTICE and any(file.known for _, file in read.values())
    practice = everyone.value("place", "practice")
    measured = practice in (None, NEW_PRACTICE) and any(
        file.asks_measure and not _tells_practice(draft) for draft, file in read.values()
    )
    if not (columns or changes or grown or same or measured):
        return None
    decisions = everyone.decisions(PREFIX)
    timing = _timing(everyone)
    questions = new_questions(columns, decisions, timing)
    known = {id(column) for question in questions for column in question.columns}
    left_out = new_questions([column for column in columns if id(column) not in known], {}, timing)
    asking = {mark: draft for mark, (draft, file) in read.items() if file.columns or file.mixed}
    chosen = {Choices(values, mark).value("place", "practice") for mark in asking} - {None}
    destination = _destination(list(asking.values()), chosen.pop() if len(chosen) == 1 else None, everyone, library)
    destination = with_files(destination, list(read.values()), library)
    if measured:
        measures = (form for _, file in read.values() for form in file.measures)
        destination = replace(destination, measures=tuple(dict.fromkeys(measures)))
    work = OwnWork({mark: file for mark, (_, file) in read.items()}, questions, changes, left_out, destination, library)
    if not (questions or grown or same or destination.measures) or not (
        destination.practice or (destination.name and destination.municipalities)
    ):
        return work
    made = define(questions, destination, library, t.language, t, made_before, spent)
    laid = _laid(made, library, memory)
    return replace(work, definitions=made, library=laid)


def _tells_practice(draft: Draft) -> bool:
    return not draft.responses.empty or any(place.practice for place in draft.places)


def _read(
    file: OpenFile,
    choices: Choices,
    everyone: Choices,
    library: Library,
    memory: _Memory,
    beside: Mapping[str, frozenset[str]] = NO_OTHERS,
) -> tuple[Draft, OwnFile]:
    """Return what is understood of a file by what is defined already, and what it asks beside."""
    wanted = choices.columns()
    explicit = choices.instructions(file.queries, everyone)
    columns = {
        key: None if target == NEW_QUESTION else target
        for key, target in wanted.items()
        if target in (None, NEW_QUESTION) or target in library.items or target in SYSTEM_TARGETS
    }
    explicit = replace(explicit, columns=columns)
    name, known_by = f"{file.mark} {bool(beside)}", (explicit, wanted, id(library), beside)
    before = memory.drafts.get(name)
    if before is None or before[0] != known_by:
        draft = draft_of(file.opened, library, explicit)
        before = (known_by, draft, own_file(file.opened, draft, library, wanted, beside))
        memory.drafts[name] = before
    return before[1], before[2]


def _timing(everyone: Choices) -> Timing | None:
    chosen = everyone.value("place", "new_timing")
    return chosen if chosen in get_args(Timing) else None  # type: ignore[return-value]


def _destination(drafts: Sequence[Draft], chosen: str | None, everyone: Choices, library: Library) -> Destination:
    """Return the practice that the files with new questions belong to, as the worker says or they tell."""
    chosen = chosen or everyone.value("place", "practice")
    practices_of_rows = {place.practice for draft in drafts for place in draft.places if place.practice}
    practices_of_rows |= {str(practice) for draft in drafts for practice in draft.responses["practice"].unique()}
    timing = _timing(everyone) or ONCE
    if chosen is None and len(practices_of_rows) == 1:
        return Destination(practice=practices_of_rows.pop(), timing=timing)
    if chosen is not None and chosen in library.practices:
        return Destination(practice=chosen, timing=timing)
    name, municipality = everyone.value("place", "new_name") or "", everyone.value("place", "municipality")
    kind = everyone.value("place", "new_type") or type_of(name)
    places = (municipality,) if municipality else ()
    named = name if chosen == NEW_PRACTICE else ""
    return Destination(name=named, municipalities=places, type=kind, timing=timing)


def _laid(made: NewDefinitions, library: Library, memory: _Memory) -> Library:
    """Return the library with the new definitions; the same one while these are the same."""
    text = json.dumps([(entry.kind, entry.fields) for entry in made.entries], ensure_ascii=False, sort_keys=True)
    key = (text, id(library))
    if memory.laid is None or memory.laid[0] != key:
        memory.laid = (key, made.over(library))
    return memory.laid[1]
