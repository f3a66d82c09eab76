"""What the worker has chosen for a file: keys of the session that name the file, read back as instructions."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar, cast

from evaluation.intake import FileSettings
from evaluation.own_questions import NEW_QUESTION
from evaluation.records import ColumnMatch, Conflict, FormPlace, OpenQuestion, Problem, UnknownAnswer

Key = TypeVar("Key")
Value = TypeVar("Value")
Kind = Literal["place", "day", "dates", "hidden", "column", "answer", "same", "keep", "decision", "timing", "header"]
Field = Literal["practice", "municipality", "questionnaire", "cohort"]

FIELDS: tuple[Field, ...] = ("practice", "municipality", "questionnaire", "cohort")
# What is chosen for the practice where it is one that is not defined.
NEW_PRACTICE = "-new-practice"
# The mark of what holds for all files; the marks of files are hexadecimal.
EVERY_FILE = "all"
# No id of a question looks like these.
LEAVE_OUT, NO_ANSWER = "-leave-out", "-no-answer"
LATER, STORED = "-later", "-stored"
YES, NO = "-yes", "-no"
_PREFIX, _BETWEEN = "import_choice", "\x1f"
# All questions of one scale share an answer's meaning: id of the scale, and the text as compared.
AnswerKey = tuple[str, str]


def choice_key(mark: str, kind: Kind, *names: str) -> str:
    """Return the key of the session under which a choice for the file with ``mark`` is kept."""
    return _BETWEEN.join((_PREFIX, mark, kind, *names))


def marked(key: object) -> str | None:
    """Return the mark of the file that a key of the session belongs to; None for any other key."""
    parts = str(key).split(_BETWEEN, 2)
    return parts[1] if parts[0] == _PREFIX and len(parts) == 3 else None


def kind_of(key: object) -> str | None:
    """Return of which kind the choice is that a key of the session keeps; None for any other key."""
    return str(key).split(_BETWEEN, 3)[2] if marked(key) is not None else None


@dataclass(frozen=True)
class FileQueries:
    """The queries about one file that are still open, or have been answered in this session.

    ``columns`` by folded heading, as first met; ``answers`` by scale and text, one a question; ``recalled`` are
    the answers that an earlier file explained, with their codes; ``conflicts`` by the place of their first form in the
    file; ``near`` gives the code that another is nearly the same as; ``day`` tells whether rows lack their day,
    ``hidden`` whether rows are hidden. ``questions`` are the open questions by their key.
    """

    fields: tuple[Field, ...] = ()
    day: bool = False
    dates: Problem | None = None
    hidden: bool = False
    columns: Mapping[str, ColumnMatch] = field(default_factory=dict)
    answers: Mapping[AnswerKey, tuple[UnknownAnswer, ...]] = field(default_factory=dict)
    recalled: Mapping[AnswerKey, Mapping[str, int | None]] = field(default_factory=dict)
    conflicts: Mapping[str, Conflict] = field(default_factory=dict)
    near: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, OpenQuestion] = field(default_factory=dict)


class Choices:
    """The choices for one file among the ``values`` of the session."""

    def __init__(self, values: Mapping[Any, Any], mark: str) -> None:
        """Keep the values and the mark of the file."""
        self._values, self._mark = values, mark

    def key(self, kind: Kind, *names: str) -> str:
        """Return the key under which a choice is kept."""
        return choice_key(self._mark, kind, *names)

    def value(self, kind: Kind, *names: str) -> str | None:
        """Return what was chosen; None where nothing was."""
        value = self._values.get(self.key(kind, *names))
        return value.strip() or None if isinstance(value, str) else None

    def ticked(self, kind: Kind, *names: str) -> bool:
        """Tell whether a box was ticked."""
        return self._values.get(self.key(kind, *names)) is True

    def day(self) -> date | None:
        """Return the day that was chosen for rows that have none."""
        value = self._values.get(self.key("day"))
        return value if isinstance(value, date) else None

    def instructions(self, queries: FileQueries, everyone: "Choices") -> FileSettings:
        """Return the instructions for intake: what the worker decided of the file, else what holds for all files."""
        practice, municipality, form, cohort = (
            self.value("place", name) or everyone.value("place", name) for name in FIELDS
        )
        order = self.value("dates")
        return FileSettings(
            practice=None if practice == NEW_PRACTICE else practice,
            municipality=municipality,
            cohort=cohort,
            questionnaire=form,
            day=self.day(),
            columns={name: target for name, target in self.columns().items() if target != NEW_QUESTION},
            labels=self._labels(queries),
            date_order=cast(Literal["dm", "md"], order) if order in ("dm", "md") else None,
            same_codes={code: nearest for code, nearest in queries.near.items() if self.ticked("same", code)},
            hidden_rows=not self.ticked("hidden"),
            timings=self.timings(),
            header_rows=self.header_rows(),
            decisions={key: choice for key in queries.questions if (choice := self.value("decision", key))},
        )

    def keep(self, queries: FileQueries) -> frozenset[tuple[str, int]]:
        """Return the places of the forms that are valid where several of one person contradict one another."""
        chosen = {self.value("keep", key) for key in queries.conflicts}
        forms = [form for conflict in queries.conflicts.values() for form in conflict.forms]
        return frozenset(
            (form.sheet, form.row)
            for form in forms
            if form.sheet is not None and form.row is not None and place_key(form) in chosen
        )

    def columns(self) -> dict[str, str | None]:
        """Return the decisions on columns by their keys: what to read them as, None to leave them out."""
        targets = {name: self.value("column", name) for name in self._names("column")}
        return {name: None if target == LEAVE_OUT else target for name, target in targets.items() if target}

    def decisions(self, beginning: str) -> dict[str, str]:
        """Return the decisions whose keys begin so, by their keys."""
        names = [name for name in self._names("decision") if name.startswith(beginning)]
        return {name: choice for name in names if (choice := self.value("decision", name))}

    def timings(self) -> dict[str, str | None]:
        """Return when answers are from, as the worker decided of columns by their keys."""
        timings = {name: self.value("timing", name) for name in self._names("timing")}
        return {name: timing for name, timing in timings.items() if timing}

    def header_rows(self) -> dict[str, int]:
        """Return in which row (from 1) of a sheet its headings stand, as the worker decided."""
        rows = {name: self.value("header", name) for name in self._names("header")}
        return {name: int(row) for name, row in rows.items() if row and row.isdigit()}

    def _names(self, kind: Kind) -> list[str]:
        """Return what a kind of choice was made for."""
        start = self.key(kind, "")
        return [str(key).removeprefix(start) for key in self._values if str(key).startswith(start)]

    def _labels(self, queries: FileQueries) -> dict[tuple[str, str], int | None]:
        items = {key: {answer.item for answer in answers} for key, answers in queries.answers.items()}
        for key, recalled in queries.recalled.items():
            items.setdefault(key, set()).update(recalled)
        codes = {}
        for (scale, text), item_ids in items.items():
            choice = self.value("answer", scale, text)
            if choice is not None:
                codes.update({(item, text): None if choice == NO_ANSWER else int(choice) for item in sorted(item_ids)})
        return codes


def place_key(form: FormPlace) -> str:
    """Return the key of a form by where it stands: row and sheet, or STORED for one of an earlier import."""
    return STORED if form.row is None else f"{form.row} {form.sheet}"


def conflict_key(conflict: Conflict) -> str:
    """Return the key of a conflict: where the first of its forms stands in the file."""
    return next(place_key(form) for form in conflict.forms if form.row is not None)


def still_open(before: Mapping[Key, Value], now: Mapping[Key, Value], decided: Collection[Key]) -> dict[Key, Value]:
    """Return the queries to go on with: what was answered stays as it was, what has gone of itself does not.

    Args:
        before: the queries so far; those that are still there keep their places.
        now: what there is to ask by the draft, which already knows the answers.
        decided: the keys that the worker has answered.
    """
    earlier = {
        key: value if key in decided else now[key] for key, value in before.items() if key in decided or key in now
    }
    return earlier | {key: value for key, value in now.items() if key not in earlier}
