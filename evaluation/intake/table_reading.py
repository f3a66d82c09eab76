"""Reads one recognised table: context, questionnaire, matches, rows, and an account of every column."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from evaluation.definitions import Item, Library, Practice, Questionnaire
from evaluation.definitions.columns import PRACTICE, SESSION_ITEM
from evaluation.intake.accounting import (
    column_matches,
    column_problems,
    hidden_problems,
    row_problems,
    without_unanswered,
)
from evaluation.intake.column_questions import ask_nameless, ask_same_headings, settle_repeated, with_decided_times
from evaluation.intake.context import Context, FileSettings, FormChooser, Unclear, find_context, header_key
from evaluation.intake.counted_answers import can_be_counted, read_counts
from evaluation.intake.drafting import AGAIN_AND_AGAIN
from evaluation.intake.form_parts import PartFinder, Parts
from evaluation.intake.known import Known
from evaluation.intake.matching import (
    SYSTEM_TARGETS,
    Match,
    candidates,
    match_by_layout,
    match_fields,
    with_confirmed_columns,
)
from evaluation.intake.measure_question import measure_question, settings_of
from evaluation.intake.offered_questions import with_offers
from evaluation.intake.parsing import TableParser, column_missing, fits, missing_columns
from evaluation.intake.participant_columns import (
    MAKE_CODES,
    is_code_column,
    is_wanted,
    name_fields,
    names_question,
    with_code_column,
    with_codes_of_names,
    without_code_column,
)
from evaluation.intake.personal_data import mask
from evaluation.intake.place_questions import asks_new_place, settle_table
from evaluation.intake.scale_reading import FileScales
from evaluation.intake.sheet_reading import SheetReading
from evaluation.intake.table import CountTable, Table, TableField
from evaluation.intake.timed_parts import LEAVE_OUT, block_question, by_time, timed
from evaluation.intake.titles import Place, find_place
from evaluation.records import ColumnMatch, OpenQuestion, Problem, TablePlace
from evaluation.spreadsheets import Sheet

Rows = npt.NDArray[np.int64]

TIMINGS = ("start", "end", "follow_up")
# Why a table waits where only its time may be missing.
FORM_UNCLEAR = ("questionnaire_unclear", "sheet_not_recognised")


class TableReader:
    """Reads the tables of one file."""

    def __init__(
        self,
        manifest: Mapping[str, str],
        known: Known,
        settings: FileSettings,
        library: Library,
        scales: FileScales,
    ) -> None:
        """Keep what holds for the whole file; ``scales`` are its scales."""
        self.manifest, self._known, self._settings, self._library = manifest, known, settings, library
        self.scales = scales

    def header_row(self, sheet: Sheet) -> int | None:
        """Return the row (from 0) in which the worker says that the headings of a sheet stand; None where unsaid."""
        row = self._settings.header_rows.get(sheet.name)
        return row - 1 if row is not None and 0 < row < sheet.height else None

    def read(self, table: Table) -> SheetReading:
        """Read a table with a row per respondent."""
        fields = with_confirmed_columns(_masked(table.fields), self._settings.columns)
        table = with_code_column(replace(table, fields=fields), self._known, self._settings.columns)
        table, bands = timed(with_decided_times(table, self._settings), self._settings)
        visible, hidden = self._visible(table)
        aside = len(table.set_aside) + len(table.rows) - len(visible)
        notices = (*hidden, *row_problems(table))
        table, nameless = ask_nameless(replace(table, rows=visible), self._settings)
        block = block_question(table, self._settings)
        questions = (*bands, block) if block and table.undecided and self._may_be_of_several_times(table) else bands
        questions = (*questions, *nameless)
        if any(question.waiting for question in questions):
            origin = self._origin(table)
            unknown = (origin,) if isinstance(origin, Problem) else ()
            return self._waiting(table, aside, (*unknown, *notices), questions)
        if block is not None and table.timing is None and block.decision in (*TIMINGS, LEAVE_OUT):
            questions = questions if block in questions else (*questions, block)
            if block.decision == LEAVE_OUT:
                return self._left_out(table, aside, notices, questions)
            table = replace(table, timing=block.decision)
        try:
            place = self._place(table)
            context, differing = find_context(table, place, self.manifest, self._settings, self._library)
            measure = self._measure(table, place, context.practice)
            questions = (*questions, measure) if measure else questions
            if measure is not None and measure.waiting:
                return self._waiting(table, aside, (*differing, *notices), questions)
            settings = settings_of(measure, self._settings, self._library)
            finder = PartFinder(self.manifest, self._known, settings, self._library, place, context.practice)
            parts = finder.find(by_time(table, self._known, self._items_of))
            forms = tuple(form for form, _ in parts.forms)
            names = self._names(table, forms, context.practice, parts.rows)
            if names and names.decision == MAKE_CODES:
                # From here on the table holds no names.
                table = with_codes_of_names(table, self._name_fields(table), self._settings.name_key)
                parts = finder.find(by_time(table, self._known, self._items_of))
            elif names and names.decision == LEAVE_OUT:
                table = without_code_column(table, self._known, self._settings.columns)
                parts = finder.find(by_time(table, self._known, self._items_of))
        except Unclear as unclear:
            # Its rows are counted, so that a preview tells how much waits for the answer.
            questions = (*questions, *self._asked_anyway(table, unclear.problem.code))
            asks_time = block is not None and block.waiting and unclear.problem.code in FORM_UNCLEAR
            problems = notices if asks_time else (unclear.problem, *notices)
            return self._waiting(table, aside, problems, (*questions, block) if asks_time and block else questions)
        questions = (*questions, names) if names else questions
        if names and names.waiting:
            problems = (*differing, *notices, *parts.problems)
            waiting = self._waiting(table, aside, problems, (*questions, *parts.questions))
            return replace(waiting, forms=forms, columns=self._columns(parts, context) or waiting.columns)
        readings = [self._part(part, form, context) for form, part in parts.forms]
        return SheetReading(
            parsed=tuple(parsed for reading in readings for parsed in reading.parsed),
            forms=tuple(form for form, _ in parts.forms) or parts.possible,
            rows=parts.rows + aside,
            rejected=sum(reading.rejected for reading in readings) + parts.waiting,
            set_aside=aside + parts.left_out + sum(reading.set_aside for reading in readings),
            problems=(
                *differing,
                *notices,
                *parts.problems,
                *(problem for reading in readings for problem in reading.problems),
            ),
            columns=_once(match for reading in readings for match in reading.columns)
            or column_matches(table, self._guesses(table), self._known),
            unknown_answers=tuple(answer for reading in readings for answer in reading.unknown_answers),
            headers=(header_key(table.fields),),
            questions=(
                *questions,
                *parts.questions,
                *(question for reading in readings for question in reading.questions),
            ),
            place=context.place if any(asks_new_place(reading.questions) for reading in readings) else None,
            assumed=context.assumed,
        )

    def _measure(self, table: Table, place: Place, practice: Practice | None) -> OpenQuestion | None:
        """Return the question which measure of others a table answers; a template says it by itself."""
        known = table, place, practice, self._known, self._library, self._settings
        return None if self.manifest else measure_question(*known)

    def _asked_anyway(self, table: Table, missing: str) -> tuple[OpenQuestion, ...]:
        """Return what can be asked of a table though its practice or its form is not known yet."""
        if missing in FORM_UNCLEAR:
            return ask_same_headings(table, self._settings)
        measure = self._measure(table, self._titled(table), None) if missing == "practice_missing" else None
        return (measure,) if measure else ()

    def _origin(self, table: Table) -> TablePlace | Problem:
        """Return where a table is from, so that the page tells it while its rows wait; else what is missing."""
        try:
            context, _ = find_context(table, self._place(table), self.manifest, self._settings, self._library)
        except Unclear as unclear:
            return unclear.problem
        return context.place

    def _place(self, table: Table) -> Place:
        """Return what titles say about a table, and the practice where only one uses its questionnaire."""
        if self.manifest:
            return Place()
        place = self._titled(table)
        if place.practice or self._settings.practice or any(field.system == PRACTICE for field in table.fields):
            return place
        practice = FormChooser(table, self._known, self._settings, self._library).only_practice()
        if practice is None:
            return place
        notice = Problem("notice", "practice_inferred", table.sheet.name, values={"found": practice.name.root})
        return replace(place, practice=practice, notices=(*place.notices, (practice.id, notice)))

    def _titled(self, table: Table) -> Place:
        chosen = self._library.practices.get(self._settings.practice or "")
        return find_place(table, self._library, chosen, self._settings.places_of)

    def _waiting(
        self, table: Table, aside: int, problems: tuple[Problem, ...], questions: tuple[OpenQuestion, ...]
    ) -> SheetReading:
        """Return the reading of a table of which something must be known before any row of it can be read."""
        forms = sum(len(part.rows) for part in by_time(table, self._known, self._items_of))
        origin = self._origin(table)
        return SheetReading(
            rows=forms + aside,
            rejected=forms,
            set_aside=aside,
            problems=problems,
            columns=column_matches(table, self._guesses(table), self._known),
            headers=(header_key(table.fields),),
            questions=questions,
            place=origin if isinstance(origin, TablePlace) else None,
        )

    def _left_out(
        self, table: Table, aside: int, problems: tuple[Problem, ...], questions: tuple[OpenQuestion, ...]
    ) -> SheetReading:
        """Return the reading of a block that the worker leaves out."""
        return SheetReading(
            rows=len(table.rows) + aside,
            set_aside=len(table.rows) + aside,
            problems=problems,
            headers=(header_key(table.fields),),
            questions=questions,
        )

    def read_counted(self, table: CountTable) -> SheetReading:
        """Read a table that somebody has counted, with a row per question."""
        fields = _masked(TableField(item.heading, (item.column,), item.names) for item in table.items)
        nobody = Table(table.sheet, table.layout, 0, fields, np.zeros(0, np.int64), titles=table.titles)
        headers = (header_key(fields),)
        size = len(table.items)
        rows = np.array([item.row for item in table.items if table.sheet.hidden], np.int64)
        hidden = hidden_problems(nobody, rows, self._settings.hidden_rows)
        if table.sheet.hidden and not self._settings.hidden_rows:
            return SheetReading(rows=size, set_aside=size, problems=hidden, headers=headers)
        try:
            place = Place() if self.manifest else self._titled(nobody)
            context, differing = find_context(nobody, place, self.manifest, self._settings, self._library)
            chooser = FormChooser(nobody, self._known, self._settings, self._library)
            form = chooser.choose(self.manifest, place, context.practice)
            if form.kind != "form" or form.timing in AGAIN_AND_AGAIN:
                raise Unclear(Problem("error", "counted_of_visits", table.sheet.name))
            context, questions = settle_table(context, size, table.sheet.name, self._settings, self._library)
        except Unclear as unclear:
            return SheetReading(rows=size, rejected=size, problems=(unclear.problem, *hidden), headers=headers)
        if any(question.waiting for question in questions):
            return SheetReading(
                rows=size, rejected=size, problems=hidden, headers=headers, questions=questions, place=context.place
            )
        matches = match_fields(fields, form, self._known, self._settings.columns, (), can_be_counted)
        items = {item.id: item for item in form.items}
        targets = {number: items[str(match.target)] for number, match in enumerate(matches) if match.target in items}
        counted = read_counts(table, targets, form, context, self._settings, self._library)
        cells = {number: (item.row, item.column) for number, item in enumerate(table.items)}
        return SheetReading(
            parsed=(counted.parsed,),
            forms=(form,),
            rows=size,
            rejected=counted.rejected,
            counted=counted.accepted,
            problems=(
                *differing,
                *hidden,
                *counted.problems,
                *column_problems(nobody, matches, form, self._known, cells),
            ),
            columns=column_matches(nobody, matches, self._known, cells),
            headers=headers,
            questions=questions,
            assumed=context.assumed,
        )

    def _visible(self, table: Table) -> tuple[Rows, tuple[Problem, ...]]:
        """Return the rows to read; those hidden in the workbook are included unless the worker says otherwise."""
        hidden = np.isin(table.rows, sorted(table.sheet.hidden_rows)) | table.sheet.hidden
        visible = table.rows if self._settings.hidden_rows else table.rows[~hidden]
        return visible, hidden_problems(table, table.rows[hidden], self._settings.hidden_rows)

    def _may_be_of_several_times(self, table: Table) -> bool:
        """Tell whether the questions of a table belong to several times, or are unknown."""
        fitting = FormChooser(table, self._known, self._settings, self._library).fitting()
        return table.timing is None and len({form.timing for form in fitting}) != 1

    def _items_of(self, field: TableField) -> frozenset[str]:
        return candidates(field, self._known, self._settings.columns)

    def _name_fields(self, table: Table) -> tuple[TableField, ...]:
        return name_fields(table, self._known, self._settings.columns)

    def _names(
        self, table: Table, forms: tuple[Questionnaire, ...], practice: Practice | None, rows: int
    ) -> OpenQuestion | None:
        """Return the question whether codes are made of names, where names stand and codes are wanted."""
        fields = self._name_fields(table)
        if not fields:
            return None
        # What stands where codes belong is refused row by row, so it is asked about whether codes are wanted or not.
        in_place_of_codes = is_code_column(fields[0], self._known, self._settings.columns)
        if not in_place_of_codes and not is_wanted(forms, practice, self._library):
            return None
        question = names_question(table, fields, rows, self._settings.decisions)
        # Without a key anybody could tell whose code it is.
        return (
            question if self._settings.name_key or question.decision != MAKE_CODES else replace(question, decision=None)
        )

    def _columns(self, parts: Parts, context: Context) -> tuple[ColumnMatch, ...]:
        """Return the matches of the columns, so that all corrections can be made while the names wait."""
        return _once(
            match
            for form, part in parts.forms
            for match in column_matches(part, self._match(part, form, context.practice), self._known)
        )

    def _part(self, table: Table, form: Questionnaire, context: Context) -> SheetReading:
        """Read a table whose rows all answer ``form``."""
        items = {item.id: item for item in form.items}
        matches, repeated = settle_repeated(table, self._match(table, form, context.practice), items, self._settings)
        columns = column_matches(table, matches, self._known)
        problems = column_problems(table, matches, form, self._known)
        size = len(table.rows)
        table, unanswered = without_unanswered(table, matches)
        problems, aside = (*problems, *unanswered), size - len(table.rows)
        if table.timing:
            values = {"form": form.title.root, "rows": len(table.rows)}
            problems = (Problem("notice", "columns_of_time", table.sheet.name, values=values), *problems)
        missing = missing_columns(form, matches, context, self._settings)
        if missing:
            errors = [column_missing(table, name, len(table.rows)) for name in missing]
            return SheetReading(
                rejected=len(table.rows), set_aside=aside, problems=(*errors, *problems), columns=columns
            )
        if any(question.waiting for question in repeated):
            return SheetReading(
                rejected=len(table.rows), set_aside=aside, problems=problems, columns=columns, questions=repeated
            )
        if len(table.rows) and _ask_nothing(matches):
            waiting = Problem("error", "no_question_taken", table.sheet.name, values={"rows": len(table.rows)})
            errors = [waiting, *problems]
            return SheetReading(rejected=len(table.rows), set_aside=aside, problems=tuple(errors), columns=columns)
        reading = TableParser(table, form, matches, context, self._settings, self._library, self.scales).read()
        self.scales = replace(self.scales, ranges=reading.ranges)
        return SheetReading(
            parsed=(reading.parsed,),
            rejected=reading.rejected,
            set_aside=aside,
            problems=(*problems, *reading.problems),
            columns=columns,
            unknown_answers=reading.unknown_answers,
            questions=(*repeated, *reading.questions),
        )

    def _match(self, table: Table, form: Questionnaire, practice: Practice | None) -> tuple[Match, ...]:
        """Match the fields; bare numbers count only where the worker or a template has named the questionnaire."""
        confirmed_form = self._settings.questionnaire or self.manifest
        items = form.items_for(practice) if practice else form.items
        numbered = [item.id for item in items if item.id != SESSION_ITEM] if confirmed_form else []

        def suits(field: TableField, item: Item) -> bool:
            return fits(table, field.columns, item, self._library)

        matches = match_fields(table.fields, form, self._known, self._settings.columns, numbered, suits)
        return with_offers(table, matches, items, self._known, suits)

    def _guesses(self, table: Table) -> tuple[Match, ...]:
        """Return what the fields name for sure while the questionnaire is not known."""
        return tuple(self._guess(field) for field in table.fields)

    def _guess(self, field: TableField) -> Match:
        items = sorted(candidates(field, self._known, self._settings.columns))
        by_layout = match_by_layout(field, self._known)
        if by_layout is not None:
            return by_layout
        if len(items) == 1:
            return Match(field, items[0], "exact", "matched", 1.0)
        return Match(field, None, "near" if items else "none", "near" if items else "unknown", 0.0, tuple(items))


def _masked(fields: Iterable[TableField]) -> tuple[TableField, ...]:
    """Return ``fields`` with personal data masked in their headings, which are displayed and stored."""
    return tuple(replace(field, heading=mask(field.heading).text) for field in fields)


def _once(matches: Iterable[ColumnMatch]) -> tuple[ColumnMatch, ...]:
    """Return every column once: where rows answer several questionnaires, the surest match counts."""
    best: dict[tuple[str, str], ColumnMatch] = {}
    for match in matches:
        key = (match.sheet, match.cell)
        now = best.get(key)
        if now is None or (match.target is not None, match.score) > (now.target is not None, now.score):
            best[key] = match
    return tuple(best.values())


def _ask_nothing(matches: Iterable[Match]) -> bool:
    """Tell whether no column matches a question or a session, so that no row can be read."""
    return not any(match.status == "matched" and match.target not in SYSTEM_TARGETS for match in matches)
