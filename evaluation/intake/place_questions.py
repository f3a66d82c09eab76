"""Practice and municipality of every row, and what the worker is asked about municipalities.

A practice runs in any municipality. One where it has not been before is asked about: it is a new place, or a slip.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from evaluation.definitions import Library, Practice
from evaluation.definitions.municipalities import list_by_language, name_by_language
from evaluation.intake.context import Context, FileSettings, Unclear, practice_named
from evaluation.intake.folding import fold
from evaluation.intake.gathering import Gathered, Mask, Objects, unsaid
from evaluation.intake.municipality_names import likeliest_municipality, municipality_meant
from evaluation.intake.personal_data import mask, show
from evaluation.intake.values import Read
from evaluation.records import Choice, OpenQuestion, Problem
from evaluation.spreadsheets import EMPTY, Content

KIND, NEW_PLACE, NEW_PLACES = "municipality_value", "new_place", "new_places"
LEAVE_OUT, NEW = "leave_out", "new"
# A column of ten other places is hardly one of municipalities, or belongs to another practice.
_MOST_QUESTIONS = 10
# Of more new places than these one question asks.
_ONE_BY_ONE = 3


def places(
    gathered: Gathered,
    practice_column: int | None,
    town_column: int | None,
    context: Context,
    settings: FileSettings,
    library: Library,
) -> tuple[Objects, Objects, tuple[OpenQuestion, ...]]:
    """Return practice and municipality of every row, and questions about municipalities.

    The cells of a row take precedence over what holds for the table.
    """
    size = len(gathered.rows)
    practice = np.full(size, context.practice.id if context.practice else None, dtype=object)
    if practice_column is not None:

        def read(content: Content) -> Read[str]:
            named = practice_named(str(show(content)), library)
            return Read(named.id) if named else Read(fault="practice_unknown")

        named_practice = gathered.objects(practice_column, gathered.read(practice_column, read))
        empty = gathered.codes(practice_column) == EMPTY
        practice = np.where(empty, practice, named_practice)
        gathered.say("error", "practice_cell_missing", practice_column, empty & unsaid(practice))
    municipality = np.full(size, context.municipality, dtype=object)
    if town_column is not None:
        written = gathered.read_contents(town_column, lambda content: Read(str(content)))
        named = gathered.objects(town_column, written)
        municipality = np.where(gathered.codes(town_column) == EMPTY, municipality, named)
    questions: list[OpenQuestion] = []
    for practice_id in dict.fromkeys(name for name in practice if name is not None):
        settler = _Settler(gathered, library.practices[practice_id], town_column, settings, library)
        questions += settler.settle(practice == practice_id, municipality)
    return practice, municipality, tuple(questions)


class _Settler:
    """Settles the municipalities of the rows of one practice."""

    def __init__(
        self, gathered: Gathered, practice: Practice, column: int | None, settings: FileSettings, library: Library
    ) -> None:
        """Keep the rows, the column in which municipalities stand, and what the worker has set."""
        self._gathered, self._practice, self._column = gathered, practice, column
        self._settings, self._everywhere = settings, library.municipalities
        self._towns = settings.places_of(practice)

    def settle(self, where: Mask, municipality: Objects) -> list[OpenQuestion]:
        """Write the municipalities of the rows ``where`` by their names; ask about others, or name them.

        Rows whose municipality waits for a decision are spoiled.
        """
        only = self._towns[0] if len(self._towns) == 1 else None
        written = municipality.copy()
        unknown: dict[str, Mask] = {}
        new: dict[str, Mask] = {}
        for text in dict.fromkeys(written[where]):
            here = where & (unsaid(written) if text is None else written == text)
            meant = only if text is None else municipality_meant(text, self._towns)
            elsewhere = municipality_meant(text, self._everywhere) if text and meant is None else None
            municipality[here] = meant or elsewhere
            if elsewhere is not None:
                new[elsewhere] = new[elsewhere] | here if elsewhere in new else here
            elif meant is None:
                unknown[text or ""] = here
        return [*self._ask_unknown(unknown, municipality), *self._ask_new(new, municipality)]

    def _ask_unknown(self, unknown: Mapping[str, Mask], municipality: Objects) -> list[OpenQuestion]:
        """Ask which municipality every text means.

        There is no question about personal data, nor about a column with too many other texts to be one of
        municipalities.
        """
        readable = {text: here for text, here in unknown.items() if text and not mask(text).kinds}
        questions = (
            {} if len(readable) > _MOST_QUESTIONS else {text: self._which(text, readable[text]) for text in readable}
        )
        for text, here in unknown.items():
            question = questions.get(text)
            if question is None or question.decision == LEAVE_OUT:
                values = {"places": list_by_language(self._towns)}
                self._reject("municipality_unknown", here, values)
            elif question.decision is None:
                self._gathered.bad |= here
            else:
                municipality[here] = question.decision
        return list(questions.values())

    def _ask_new(self, new: Mapping[str, Mask], municipality: Objects) -> list[OpenQuestion]:
        """Ask whether municipalities are new places of the practice: one by one, or about many at once."""
        groups = [[name] for name in new] if len(new) <= _ONE_BY_ONE else [list(new)]
        questions = []
        for names in groups:
            here = np.logical_or.reduce([new[name] for name in names])
            question = new_place_question(self._practice, names, self._settings, int(here.sum()))
            questions.append(self._placed(question, here))
            if question.decision is None:
                self._gathered.bad |= here
            elif question.decision == LEAVE_OUT:
                for name in names:
                    self._reject("place_left_out", new[name], {"municipality": name_by_language(name)})
            elif question.decision != NEW:
                municipality[here] = question.decision
        return questions

    def _reject(self, code: str, here: Mask, values: Mapping[str, object]) -> None:
        """Name rows where their municipality stands, or at their beginning where a title says it."""
        cells = self._gathered.first_filled(here) if self._column is None else {self._column: here}
        for column, rows in cells.items():
            self._gathered.say("error", code, column, rows, values)

    def _placed(self, question: OpenQuestion, here: Mask) -> OpenQuestion:
        """Return ``question`` with the sheet and the first cell that it is about."""
        sheet = self._gathered.sheet
        row = int(self._gathered.rows[here][0])
        cell = None if self._column is None else sheet.address(row, self._column)
        return replace(question, sheet=sheet.name, cell=cell)

    def _which(self, text: str, here: Mask) -> OpenQuestion:
        """Ask which municipality ``text`` means: one of the practice's, or the likeliest of all others."""
        likeliest = likeliest_municipality(text, self._towns) or likeliest_municipality(text, self._everywhere)
        key = f"{KIND} {self._practice.id} {fold(text)}"
        rows = int(here.sum())
        question = OpenQuestion(
            key=key,
            kind=KIND,
            choices=(*_choices([*self._towns, *([likeliest] if likeliest else [])]), Choice(LEAVE_OUT)),
            rows=rows,
            values={"value": show(text), "n": rows, "practice": self._practice.name.root},
            suggested=likeliest,
            decision=self._settings.decisions.get(key),
        )
        return self._placed(question, here)


def settle_table(
    context: Context, rows: int, sheet: str, settings: FileSettings, library: Library
) -> tuple[Context, tuple[OpenQuestion, ...]]:
    """Return the context of a table that has one municipality, and the question whether that is a new place.

    Raises Unclear where nobody knows the municipality, or the worker says that it is none of the practice's.
    """
    practice, named = context.practice, context.municipality
    if practice is None or named is None or named in settings.places_of(practice):
        return context, ()
    values = {"places": list_by_language(settings.places_of(practice))}
    if named not in library.municipalities:
        raise Unclear(Problem("error", "municipality_missing", sheet, values=values))
    question = replace(new_place_question(practice, [named], settings, rows), sheet=sheet)
    if question.decision == LEAVE_OUT:
        raise Unclear(Problem("error", "place_left_out", sheet, values={"municipality": name_by_language(named)}))
    other = question.decision if question.decision not in (None, NEW) else named
    return replace(context, municipality=other), (question,)


def asks_new_place(questions: Sequence[OpenQuestion]) -> bool:
    """Tell whether rows wait until the worker says that a municipality is a new place."""
    return any(question.waiting and question.kind in (NEW_PLACE, NEW_PLACES) for question in questions)


def new_place_question(practice: Practice, names: Sequence[str], settings: FileSettings, rows: int) -> OpenQuestion:
    """Ask whether municipalities where ``practice`` has not been are new places of it; a single one may be a slip."""
    kind = NEW_PLACE if len(names) == 1 else NEW_PLACES
    key = " ".join((kind, practice.id, *(fold(name) for name in names)))
    others = _choices(settings.places_of(practice)) if len(names) == 1 else ()
    return OpenQuestion(
        key=key,
        kind=kind,
        choices=(Choice(NEW), *others, Choice(LEAVE_OUT)),
        rows=rows,
        values={"municipality": list_by_language(names), "practice": practice.name.root, "n": rows},
        suggested=NEW,
        decision=settings.decisions.get(key),
    )


def _choices(names: Sequence[str]) -> tuple[Choice, ...]:
    return tuple(Choice(name, name_by_language(name)) for name in dict.fromkeys(names))
