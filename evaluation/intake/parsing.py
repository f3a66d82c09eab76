"""A matched table → answers: reads column by column what every row says, and rejects rows that cannot be understood."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from evaluation.definitions import NOT_CHOSEN, OPTION_MARK, Item, Library, Questionnaire
from evaluation.definitions.columns import (
    ANSWERED_ON,
    COHORT,
    MUNICIPALITY,
    PARTICIPANT,
    PRACTICE,
    SESSION_ITEM,
    system_headings,
)
from evaluation.intake.context import Context, FileSettings
from evaluation.intake.gathering import MISSING, Gathered, Mask, Objects, filled_down, joined, unsaid
from evaluation.intake.matching import Match
from evaluation.intake.numbers import read_numbers
from evaluation.intake.option_reading import content_fits, read_option_answers
from evaluation.intake.personal_data import mask
from evaluation.intake.place_questions import places
from evaluation.intake.row_identity import cohorts, days, nothing, participants, response_marks
from evaluation.intake.scale_evidence import Ranges
from evaluation.intake.scale_reading import FileScales, Scaled, TableScales, table_scales
from evaluation.intake.scale_rules import ScaleRule
from evaluation.intake.suspects import (
    name_beside,
    name_calculated,
    name_empty,
    name_totals,
    total_rows,
    unknown_answers,
)
from evaluation.intake.table import RESPONDENT, Session, Table
from evaluation.intake.values import Read, ScaleReader, plain_scale_reader, read_options, read_text
from evaluation.records import OpenQuestion, Problem, UnknownAnswer
from evaluation.spreadsheets import Column, Content

Numbers = npt.NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Parsed:
    """The accepted rows of one table and questionnaire, one entry a row in every array.

    ``answers`` has codes or counts by item, MISSING where there is none; ``texts`` open answers by item. ``marks`` are
    the marks of a register by session. ``respondent`` is the survey tool's mark by which a response is recognised.
    """

    form: Questionnaire
    layout: str
    sheet: str
    rows: npt.NDArray[np.int64]
    practice: Objects
    municipality: Objects
    cohort: Objects
    participant: Objects
    answered_on: Objects
    respondent: Objects
    answers: Mapping[str, Numbers]
    texts: Mapping[str, Objects]
    marks: Sequence[tuple[Session, Numbers]]


@dataclass(frozen=True, eq=False)
class Reading:
    """What became of one table: its accepted rows, the number of rejected ones, problems and questions.

    ``ranges`` are those of its numbers that are not our scales.
    """

    parsed: Parsed
    rejected: int
    problems: tuple[Problem, ...]
    unknown_answers: tuple[UnknownAnswer, ...]
    questions: tuple[OpenQuestion, ...]
    ranges: Ranges


def missing_columns(
    form: Questionnaire, matches: Sequence[Match], context: Context, settings: FileSettings
) -> tuple[str, ...]:
    """Return the columns that every form has, that this one needs and the table lacks."""
    there = {match.target for match in matches}
    needed = {
        PARTICIPANT: form.participant_code == "required",
        ANSWERED_ON: form.date == "required" and settings.day is None,
        PRACTICE: context.practice is None,
        MUNICIPALITY: context.practice is not None and context.municipality is None,
    }
    return tuple(name for name, wanted in needed.items() if wanted and name not in there)


class TableParser:
    """Reads the rows of one table that answer one questionnaire."""

    def __init__(
        self,
        table: Table,
        form: Questionnaire,
        matches: Sequence[Match],
        context: Context,
        settings: FileSettings,
        library: Library,
        scales: FileScales,
    ) -> None:
        """Prepare to read ``table``, whose fields are matched by ``matches``; ``scales`` are those of its file."""
        self._table, self._form, self._context, self._settings, self._library = table, form, context, settings, library
        self._matches = [match for match in matches if match.status in ("matched", "joined")]
        # The first of columns that complete one another stands for all.
        self._columns = {match.target: match.field.columns[0] for match in reversed(self._matches) if match.target}
        sheet = table.sheet
        filled: dict[int, Column] = {}
        for match in self._matches:
            if match.target in (PARTICIPANT, ANSWERED_ON, PRACTICE, MUNICIPALITY, COHORT):
                column = self._columns[match.target]
                filled_column = filled_down(sheet, match.field.columns[0])
                filled[column] = joined(filled[column], filled_column) if column in filled else filled_column
        if filled and (sheet.merged or any(match.status == "joined" for match in self._matches)):
            columns = [filled.get(number, column) for number, column in enumerate(sheet.columns)]
            sheet = replace(sheet, columns=tuple(columns))
        self._all = Gathered(sheet, table.rows)
        self._unknown: list[UnknownAnswer] = []
        self._questions: list[OpenQuestion] = []
        self._sums: Mask = np.zeros(len(table.rows), dtype=bool)
        self._file = scales
        self._scales: TableScales

    def read(self) -> Reading:
        """Read all rows."""
        gathered, form, at = self._all, self._form, self._columns.get
        participant = participants(gathered, at(PARTICIPANT), form.participant_code == "required", self._settings)
        day = days(gathered, at(ANSWERED_ON), form, self._settings, self._heading(ANSWERED_ON))
        practice, municipality, unclear_places = places(
            gathered, at(PRACTICE), at(MUNICIPALITY), self._context, self._settings, self._library
        )
        self._questions += unclear_places
        cohort = cohorts(gathered, at(COHORT), self._context)
        respondent = response_marks(
            gathered,
            self._table.layout,
            at(RESPONDENT),
            at(ANSWERED_ON),
            day,
            self._settings,
            self._heading(ANSWERED_ON),
        )
        answered = {c for match in self._matches if match.field.kind != "system" for c in match.field.columns}
        totals = total_rows(gathered, answered)
        self._sums = np.logical_or.reduce([np.zeros(len(gathered.rows), dtype=bool), *totals.values()])
        self._scales = table_scales(
            gathered, self._table, self._scaled(), self._file, self._settings.decisions, ~self._sums
        )
        self._questions += self._scales.questions
        answers, texts = self._answers()
        marks = self._marks()
        gathered.bad |= self._scales.waiting
        name_beside(gathered, [column for match in self._matches for column in match.field.columns])
        name_totals(gathered, totals)
        name_empty(gathered, self._says_something(answers, texts, marks))
        answer_columns = [match.field.columns[0] for match in self._matches if match.field.kind != "system"]
        name_calculated(gathered, answer_columns, ~unsaid(participant))
        good = ~gathered.bad
        parsed = Parsed(
            form=form,
            layout=self._table.layout,
            sheet=gathered.sheet.name,
            rows=gathered.rows[good],
            practice=practice[good],
            municipality=municipality[good],
            cohort=cohort[good],
            participant=(nothing(gathered) if form.participant_code == "none" else participant)[good],
            answered_on=day[good],
            respondent=respondent[good],
            answers={item: values[good] for item, values in answers.items()},
            texts={item: values[good] for item, values in texts.items()},
            marks=[(session, values[good]) for session, values in marks],
        )
        unknown, open_questions = tuple(self._unknown), tuple(self._questions)
        return Reading(parsed, int(gathered.bad.sum()), gathered.problems, unknown, open_questions, self._scales.ranges)

    def _heading(self, target: str) -> str:
        return next((match.field.heading for match in self._matches if match.target == target), "")

    def _says_something(
        self,
        answers: Mapping[str, Numbers],
        texts: Mapping[str, Objects],
        marks: Sequence[tuple[Session, Numbers]],
    ) -> Mask:
        coded = [values != MISSING for values in (*self._spoken(answers), *(marked for _, marked in marks))]
        written = [~unsaid(values) for values in texts.values()]
        return (
            np.logical_or.reduce([*coded, *written]) if coded or written else np.zeros(len(self._all.rows), dtype=bool)
        )

    @staticmethod
    def _spoken(answers: Mapping[str, Numbers]) -> Iterator[Numbers]:
        """Yield the answers that somebody gave: an option that is not chosen says nothing by itself."""
        for item, values in answers.items():
            yield np.where(values == NOT_CHOSEN, MISSING, values) if OPTION_MARK in item else values

    def _answers(self) -> tuple[dict[str, Numbers], dict[str, Objects]]:
        answers: dict[str, Numbers] = {}
        texts: dict[str, Objects] = {}
        counts = self._form.kind == "head_count"
        first_number = next((item.id for item in self._form.items if counts and item.kind == "number"), None)
        for match in self._matches:
            item = next((candidate for candidate in self._form.items if candidate.id == match.target), None)
            if item is None:
                continue
            column, again = match.field.columns[0], item.id in texts
            if item.kind == "text":
                written = self._open_answers(column)
                texts[item.id] = np.where(unsaid(texts[item.id]), written, texts[item.id]) if again else written
            elif match.field.kind == "options" and item.scale:
                answers[item.id] = self._marked_options(match, item)
            else:
                for name, coded in self._coded(match, item, first_number).items():
                    before = answers.get(name, coded)
                    answers[name] = np.where(before == MISSING, coded, before)
        return answers, texts

    def _coded(self, match: Match, item: Item, first_number: str | None) -> Mapping[str, Numbers]:
        """Return the answers by item; those of several choices by option."""
        column = match.field.columns[0]
        if item.options:
            read = read_option_answers(self._all, match.field, item, self._settings, ~self._sums)
            self._unknown += read.unknown
            return read.values
        return {
            item.id: self._numbers(column, item, first_number)
            if item.kind == "number"
            else self._closed_answers(column, item)
        }

    def _numbers(self, column: int, item: Item, first_number: str | None) -> Numbers:
        numbers = read_numbers(self._all, column, item, item.id == first_number, self._settings)
        self._questions += numbers.questions
        return numbers.values

    def _open_answers(self, column: int) -> Objects:
        reads = self._all.read(column, read_text)
        codes = self._all.codes(column)
        for code, reading in enumerate(reads):
            if reading is None or reading.value is None:
                continue
            masked = mask(reading.value)
            reads[code] = Read(masked.text)
            for problem in sorted({_masked_code(kind) for kind in masked.kinds}):
                self._all.say("warning", problem, column, codes == code)
        return self._all.objects(column, reads)

    def _closed_answers(self, column: int, item: Item) -> Numbers:
        rule = self._scales.rule(column)
        if rule.left_out:
            return np.full(len(self._all.rows), MISSING, dtype=np.int32)
        reader = self._reader(item, rule)

        def read(content: Content) -> Read[int]:
            reading = rule.read(content, reader)
            # Whoever put an identity code here must hear of that, not of a scale.
            guarded = reading.fault == "off_scale" and "identity_code" in mask(str(content)).kinds
            return Read(fault="identity_code") if guarded else reading

        readings = self._scales.without_waiting(column, self._all.read_contents(column, read))
        self._all.name_faults(column, readings, _gaps(item))
        self._unknown += unknown_answers(self._all, column, item, readings, reader, self._sums)
        self._name_emptied(column, item, readings, reader)
        return rule.apply(self._all.numbers(column, readings), self._library.scales[str(item.scale)].codes)

    def _name_emptied(self, column: int, item: Item, readings: Sequence[Read[int] | None], reader: ScaleReader) -> None:
        """Tell which answers stand for no step because somebody has said so."""
        contents = self._all.sheet.columns[column].values
        emptied = [
            code for code, reading in enumerate(readings) if reading == Read() and reader.explains(contents[code])
        ]
        self._all.say("warning", "answer_left_empty", column, np.isin(self._all.codes(column), emptied), _gaps(item))

    def _scaled(self) -> list[Scaled]:
        items = {item.id: item for item in self._form.items if item.scale}
        matched = [(match, items[match.target]) for match in self._matches if match.target in items]
        scales = self._library.scales
        return [Scaled(match, item, scales[str(item.scale)], self._reader(item)) for match, item in matched]

    def _reader(self, item: Item, rule: ScaleRule | None = None) -> ScaleReader:
        labels: dict[str, int | None] = {**rule.labels} if rule else {}
        labels |= {text: code for (item_id, text), code in self._settings.labels.items() if item_id == item.id}
        scale, numbers = self._library.scales[str(item.scale)], rule.codes if rule else None
        return ScaleReader(scale, labels, numbers) if labels or numbers is not None else plain_scale_reader(scale)

    def _marked_options(self, match: Match, item: Item) -> Numbers:
        """Return the one marked option of every row; two marks in one row are a fault."""
        gathered, rule = self._all, self._scales.rule(match.field.columns[0])
        reader = self._reader(item, rule)
        values = np.full(len(gathered.rows), MISSING, dtype=np.int32)
        if rule.waiting or rule.left_out:
            return values
        marked = np.zeros(len(gathered.rows), dtype=np.int32)
        for column, option in zip(match.field.columns, match.field.options, strict=True):
            marks = gathered.read(column, partial(read_options, option=option), _gaps(item))
            here = gathered.numbers(column, marks) == 1
            code = rule.read(option, reader)
            if code.fault:
                gathered.say("error", code.fault, column, here, {**_gaps(item), **code.values})
            values[here] = MISSING if code.value is None else code.value
            marked += here
            second = here & (marked > 1)
            gathered.say("error", "two_answers", column, second, _gaps(item))
        return rule.apply(values, self._library.scales[str(item.scale)].codes)

    def _marks(self) -> list[tuple[Session, Numbers]]:
        if self._form.kind != "register":
            return []
        presence = self._form.item(SESSION_ITEM)
        sessions = [match.field for match in self._matches if match.field.session is not None]
        return [
            (field.session, self._closed_answers(field.columns[0], presence))
            for field in sessions
            if field.session is not None
        ]


def column_missing(table: Table, name: str, rows: int) -> Problem:
    """Say that a table lacks a column that its questionnaire needs."""
    values = {"column": system_headings(name), "rows": rows}
    return Problem("error", "column_missing", table.sheet.name, values=values)


def fits(table: Table, columns: Sequence[int], item: Item, library: Library) -> bool:
    """Tell whether ``columns`` could hold answers of ``item``: at least half of the contents can be read."""
    if item.kind == "text":
        return True
    contents = [content for column in columns for content in table.sheet.columns[column].contents(table.rows)]
    read = [content_fits(content, item, library) for content in contents]
    return not read or sum(read) * 2 >= len(read)


def _gaps(item: Item) -> dict[str, object]:
    return {"item": item.short.root}


def _masked_code(kind: str) -> str:
    return "identity_code_masked" if kind.startswith("identity") else "contact_masked"
