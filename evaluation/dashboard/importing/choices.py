"""What the worker has chosen for each file: keys of the session that name the file, read back as what is given."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar, cast

from evaluation.intake import FileSettings
from evaluation.records import ColumnMatch, Conflict, FormPlace, OpenQuestion, Problem, UnknownAnswer

Key = TypeVar("Key")
Value = TypeVar("Value")
Kind = Literal["place", "day", "dates", "hidden", "column", "answer", "same", "keep", "decision", "timing", "header"]
Field = Literal["practice", "municipality", "questionnaire", "cohort"]

FIELDS: tuple[Field, ...] = ("practice", "municipality", "questionnaire", "cohort")
# The mark of what holds for all files; the marks of files are hexadecimal.
EVERY_FILE = "all"
# No id of a question looks like these.
LEAVE_OUT, NO_ANSWER = "-leave-out", "-no-answer"
LATER, STORED = "-later", "-stored"
YES, NO = "-yes", "-no"
_PREFIX, _BETWEEN = "import_choice", "\x1f"
# An answer is asked once for all questions of its scale: id of the scale, and the text as compared.
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
class Asked:
    """What has been asked of one file and is still open, or has been answered in this session.

    ``columns`` by folded heading, as first met; ``answers`` by scale and text, one of each question; ``recalled`` are
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

    def said(self, kind: Kind, *names: str) -> str | None:
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

    def given(self, asked: Asked, everyone: "Choices") -> FileSettings:
        """Return what intake is told of the file: what was said of it, else what was said of all files."""
        practice, municipality, form, cohort = (
            self.said("place", name) or everyone.said("place", name) for name in FIELDS
        )
        order = self.said("dates")
        return FileSettings(
            practice=practice,
            municipality=municipality,
            cohort=cohort,
            questionnaire=form,
            day=self.day(),
            columns=self.columns(),
            labels=self._labels(asked),
            date_order=cast(Literal["dm", "md"], order) if order in ("dm", "md") else None,
            same_codes={code: nearest for code, nearest in asked.near.items() if self.ticked("same", code)},
            hidden_rows=not self.ticked("hidden"),
            timings=self.timings(),
            header_rows=self.header_rows(),
            decisions={key: choice for key in asked.questions if (choice := self.said("decision", key))},
        )

    def keep(self, asked: Asked) -> frozenset[tuple[str, int]]:
        """Return the places of the forms that hold where several of one person stand against each other."""
        chosen = {self.said("keep", key) for key in asked.conflicts}
        forms = [form for conflict in asked.conflicts.values() for form in conflict.forms]
        return frozenset(
            (form.sheet, form.row)
            for form in forms
            if form.sheet is not None and form.row is not None and place_key(form) in chosen
        )

    def columns(self) -> dict[str, str | None]:
        """Return what was said of columns by their keys: what to read them as, None to leave them out."""
        said = {name: self.said("column", name) for name in self._names("column")}
        return {name: None if target == LEAVE_OUT else target for name, target in said.items() if target}

    def timings(self) -> dict[str, str | None]:
        """Return when answers were given, as was said of columns by their keys."""
        said = {name: self.said("timing", name) for name in self._names("timing")}
        return {name: timing for name, timing in said.items() if timing}

    def header_rows(self) -> dict[str, int]:
        """Return in which row (from 1) of a sheet its headings stand, as was said."""
        said = {name: self.said("header", name) for name in self._names("header")}
        return {name: int(row) for name, row in said.items() if row and row.isdigit()}

    def _names(self, kind: Kind) -> list[str]:
        """Return what a kind of choice was made for."""
        start = self.key(kind, "")
        return [str(key).removeprefix(start) for key in self._values if str(key).startswith(start)]

    def _labels(self, asked: Asked) -> dict[tuple[str, str], int | None]:
        items = {key: {answer.item for answer in answers} for key, answers in asked.answers.items()}
        for key, recalled in asked.recalled.items():
            items.setdefault(key, set()).update(recalled)
        found = {}
        for (scale, text), each in items.items():
            said = self.said("answer", scale, text)
            if said is not None:
                found.update({(item, text): None if said == NO_ANSWER else int(said) for item in sorted(each)})
        return found


def place_key(form: FormPlace) -> str:
    """Return the key of a form by where it stands: row and sheet, or STORED for one of an earlier import."""
    return STORED if form.row is None else f"{form.row} {form.sheet}"


def conflict_key(conflict: Conflict) -> str:
    """Return the key of a conflict: where the first of its forms stands in the file."""
    return next(place_key(form) for form in conflict.forms if form.row is not None)


def still_asked(before: Mapping[Key, Value], now: Mapping[Key, Value], decided: Collection[Key]) -> dict[Key, Value]:
    """Return what to go on asking: what was answered stays as it was asked, what has gone of itself does not.

    Args:
        before: what was asked so far; what is still there keeps its place.
        now: what there is to ask by the draft, which already knows the answers.
        decided: the keys that the worker has answered.
    """
    kept = {key: value if key in decided else now[key] for key, value in before.items() if key in decided or key in now}
    return kept | {key: value for key, value in now.items() if key not in kept}
