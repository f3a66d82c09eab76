"""A file with questions that nobody has defined, read by definitions made from itself, before anything is saved."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from evaluation.definitions import Item, Library
from evaluation.definitions.columns import PARTICIPANT
from evaluation.intake import FileSettings, Opened
from evaluation.intake.column_keys import column_key
from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.measure_question import KIND as MEASURE
from evaluation.intake.measure_question import OTHER as OTHER_FORM
from evaluation.intake.municipality_names import municipality_in_title
from evaluation.intake.personal_data import mask
from evaluation.intake.suggestions import LEAST, suggested_columns
from evaluation.intake.table import TIMING
from evaluation.intake.titles import timing_named
from evaluation.intake.values import ScaleReader
from evaluation.proposals import ProposedColumn, propose_columns
from evaluation.proposals.answer_labels import outside_kind
from evaluation.proposals.answer_options import parts_of
from evaluation.proposals.families import is_open_question
from evaluation.proposals.new_definitions import Destination, NewDefinitions
from evaluation.proposals.new_questions import NewQuestion, new_questions
from evaluation.proposals.practice_names import name_in_title
from evaluation.proposals.proposed_columns import QUESTIONS
from evaluation.records import ColumnMatch, Draft
from evaluation.spreadsheets import Sheet

NO_OTHERS: Mapping[str, frozenset[str]] = MappingProxyType({})
# What a column is read as that is to become a question; no id looks like this.
NEW_QUESTION = "-new"
_KNOWN_BY = ("exact", "normalised", "id", "confirmed")
# A file of a known questionnaire asks two of its questions at least, and no more than twice as many others.
_FEWEST_KNOWN, _KNOWN_SHARE = 2, 3
CHOSEN_KINDS = ("choice", "choices", "background")
_ROW = re.compile(r"\D")
# Rows in which titles stand above headings.
_TITLES = 5
Place = tuple[str, str]


@dataclass(frozen=True, eq=False)
class OwnFile:
    """One file and the columns of it that ask what nobody has defined.

    ``proposals`` are those for all its questions, ``columns`` those for what is not defined, ``keys`` their keys by
    sheet and cell, ``known`` the columns that ask something defined. ``mixed`` tells whether the file is one of a
    questionnaire that is known, with more questions, ``codes`` whether it has codes of respondents;
    ``times`` are the keys of columns that name a time row by row. ``measures`` are the questionnaires of others that
    the file answers by the worker's word; of a file that may answer one, ``asks_measure`` holds.
    """

    opened: Opened
    columns: tuple[ProposedColumn, ...] = ()
    proposals: tuple[ProposedColumn, ...] = ()
    keys: Mapping[Place, str] | None = None
    known: tuple[ColumnMatch, ...] = ()
    mixed: bool = False
    codes: bool = False
    times: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    asks_measure: bool = False

    def questions(self, decisions: Mapping[str, str], timing: str | None = None) -> tuple[NewQuestion, ...]:
        """Return the new questions as the worker's ``decisions`` correct them."""
        return new_questions(self.columns, decisions, timing)

    def added_options(self, library: Library) -> dict[str, tuple[str, ...]]:
        """Return the options that have come to questions which the worker says are the same as before."""
        columns = {(column.sheet, column.cell): column for column in self.proposals}
        added = {}
        for match in self.known:
            item, column = library.items[str(match.target)], columns.get((match.sheet, match.cell))
            if match.how == "confirmed" and item.kind in CHOSEN_KINDS and column is not None:
                added[item.id] = strange_answers(column, item, library)
        return {item: labels for item, labels in added.items() if labels}

    def instructions(self, made: NewDefinitions, before: FileSettings, library: Library) -> FileSettings:
        """Return the instructions for intake by which every new question is read as what it becomes.

        Args:
            made: the definitions made from the file.
            before: what the worker has set for the whole file.
            library: all that is defined, these definitions among it.
        """
        columns: dict[str, str | None] = {}
        for column in self.columns:
            item, key = made.items.get(fold(column.question)), (self.keys or {}).get((column.sheet, column.cell))
            # What has the words of the question is known by them, at whatever time it is asked.
            if (
                item
                and key
                and fold_heading(column.heading) not in map(fold_heading, library.items[item].text.values())
            ):
                columns[key] = item
        if not set(made.forms) & {"start", "end"}:
            # One form is filled in again and again: which time it was changes nothing of how it is read.
            columns |= dict.fromkeys(self.times)
        columns_before = {key: target for key, target in before.columns.items() if target != NEW_QUESTION}
        times = {column.timing for column in self.columns} | {match.timing for match in self.known}
        only = next(iter(times)) if len(times) == 1 else None
        form = made.forms.get(only or "") or (next(iter(made.forms.values())) if len(made.forms) == 1 else None)
        return replace(
            before,
            practice=made.practice,
            questionnaire=form or before.questionnaire,
            columns={**columns, **columns_before},
            labels={**made.labels, **before.labels},
        )


def own_file(
    opened: Opened,
    draft: Draft,
    library: Library,
    wanted: Mapping[str, str | None],
    beside: Mapping[str, frozenset[str]] = NO_OTHERS,
) -> OwnFile:
    """Return what ``opened`` asks that no questionnaire does.

    Args:
        opened: the file.
        draft: what is understood of it without new questions.
        library: what is defined.
        wanted: what the worker reads columns as, by their keys: NEW_QUESTION, an id, or None to leave them out.
        beside: what other files answer to the same questions, by folded heading.
    """
    if opened.workbook is None or any(problem.code.startswith("not_answers") for problem in draft.problems):
        return OwnFile(opened)
    measures = [question for question in draft.questions if question.kind == MEASURE]
    if any(question.decision != OTHER_FORM for question in measures):
        # What a measure of others asks is defined; only if it is none, its columns are new questions.
        forms = tuple(str(question.decision) for question in measures if question.decision in library.questionnaire_ids)
        return OwnFile(opened, measures=forms, asks_measure=True)
    # Our own workbooks keep lists and marks on hidden sheets.
    visible = replace(opened.workbook, sheets=tuple(sheet for sheet in opened.workbook.sheets if not sheet.hidden))
    proposals = propose_columns(visible, library, opened.file, beside)
    matches = {(match.sheet, match.cell): match for match in draft.columns}
    asking = [column for column in proposals if column.kind in QUESTIONS]
    by_place = {(mask(column.sheet).text, column.cell): column for column in asking}
    known = [match for match in draft.columns if match.target in library.items and match.how in _KNOWN_BY]
    alike = suggested_columns(draft, opened.workbook, library)
    mixed = len(known) + len(alike) >= max(_FEWEST_KNOWN, len(asking) / _KNOWN_SHARE)
    if mixed and not _tells_practice(draft, known, library):
        # Likeness is to the questions of a practice: which one it is comes first.
        return OwnFile(opened)
    if not mixed:
        # A practice's own form may use the words of a question and mean other answers.
        known = [match for match in known if _answers(by_place.get((match.sheet, match.cell)), match, library)]
    known_places = {(match.sheet, match.cell) for match in known}
    columns, keys = [], {}
    for column in asking:
        place = (mask(column.sheet).text, column.cell)
        match = matches.get(place)
        key = column_key(match) if match else fold(column.heading)
        stated = wanted.get(key, "")
        if (place not in known_places or stated == NEW_QUESTION) and _is_new(column, match, stated, mixed):
            columns.append(column)
            keys[column.sheet, column.cell] = key
    codes = any(match.target == PARTICIPANT for match in draft.columns) or _has_codes(proposals)
    timed = [match for match in draft.columns if match.target == TIMING]
    named = sorted({time for match in timed for text in match.examples if (time := timing_named(text)) is not None})
    if len(named) > 1:
        columns = [at_time for column in columns for at_time in _at_times(column, named)]
    times = tuple(map(column_key, timed))
    return OwnFile(opened, tuple(columns), tuple(asking), keys, tuple(known), mixed, codes, times)


def named_municipality(file: OwnFile, library: Library) -> str | None:
    """Return the one municipality that a title above the headings, the name of a sheet or of the file names."""
    for texts in (_titles(file), _names(file)):
        matches = {municipality_in_title(text, (), library.municipalities) for text in texts} - {None}
        if matches:
            return matches.pop() if len(matches) == 1 else None
    return None


def named_practice(file: OwnFile, library: Library) -> str | None:
    """Return the name of a practice that the first title alone in its row above the headings holds."""
    names = (name_in_title(row[0], library.municipalities) for row in _title_rows(file) if len(row) == 1)
    return next(filter(None, names), None)


def _titles(file: OwnFile) -> list[str]:
    """Return what stands above the headings; where nothing is proposed, what stands in a row alone."""
    return [text for row in _title_rows(file) if file.proposals or len(row) == 1 for text in row]


def _title_rows(file: OwnFile) -> Iterator[list[str]]:
    """Yield the texts of each row above the headings, or of the first rows where nothing is proposed."""
    headings = _headings(file)
    for sheet in _sheets(file):
        for row in range(min(headings.get(sheet.name, _TITLES), sheet.height)):
            yield [str(cell) for cell in sheet.row(row) if cell is not None]


def _names(file: OwnFile) -> list[str]:
    return [*(sheet.name for sheet in _sheets(file)), Path(file.opened.file).stem.replace("_", " ")]


def _headings(file: OwnFile) -> dict[str, int]:
    """Return the row (from 0) of the headings of each sheet of which something is proposed."""
    return {column.sheet: int(_ROW.sub("", column.cell)) - 1 for column in file.proposals}


def _sheets(file: OwnFile) -> list[Sheet]:
    """Return the visible sheets of which something is proposed; all visible ones where nothing is."""
    headings, book = _headings(file), file.opened.workbook
    sheets = book.sheets if book is not None else ()
    return [sheet for sheet in sheets if not sheet.hidden and (sheet.name in headings or not headings)]


def _at_times(column: ProposedColumn, times: Sequence[str]) -> list[ProposedColumn]:
    """Return a column whose rows are from several times as one at each; what stands in it stands in the first."""
    if column.timing is not None:
        return [column]
    first, *others = times
    return [replace(column, timing=first), *(replace(column, timing=time, contents={}) for time in others)]


def _answers(column: ProposedColumn | None, match: ColumnMatch, library: Library) -> bool:
    """Tell whether the answers in a column are those of the question that it is matched with."""
    item = library.items[str(match.target)]
    scale = library.scale_of(item)
    if column is None or scale is None:
        return column is None or item.kind != "text" or column.kind == "open"
    reader = ScaleReader(scale)
    return all(reader.read(text).value is not None for text in column.contents)


def _has_codes(proposals: Sequence[ProposedColumn]) -> bool:
    return any(column.kind == "code" for column in proposals)


def _tells_practice(draft: Draft, known: Sequence[ColumnMatch], library: Library) -> bool:
    """Tell whether it is known of which practice a file is: said, or the only one that asks what the file does."""
    if not draft.responses.empty or any(place.practice for place in draft.places):
        return True
    wanted = {str(match.target) for match in known}
    asking = (
        practice.id
        for practice in library.practices.values()
        if wanted & {item.id for form in library.forms_of(practice) for item in form.items}
    )
    return len(set(asking)) == 1


def _is_new(column: ProposedColumn, match: ColumnMatch | None, wanted: str | None, mixed: bool) -> bool:
    """Tell whether a column becomes a question: by the worker's word, else where nothing that is defined is like it.

    In a file of a known questionnaire a column of own words is left out where its heading asks nobody anything: the
    worker's notes on people stand in such columns.
    """
    if wanted != "" or match is None:
        return wanted == NEW_QUESTION or (wanted == "" and not mixed)
    if match.kind != "question" or not mixed:
        return match.kind == "question"
    asks = column.kind != "open" or is_open_question(column.heading)
    strange = (match.how == "none" and not match.alternatives) or (match.how == "near" and match.score < LEAST)
    return match.target is None and strange and asks


def with_files(there: Destination, files: Sequence[tuple[Draft, OwnFile]], library: Library) -> Destination:
    """Return ``there`` with what the files tell: the forms they answer, or the defined questions they ask."""
    forms: dict[str, None] = {}
    added: dict[str, tuple[str, ...]] = {}
    known: dict[tuple[str, str | None], None] = {}
    for draft, file in files:
        if file.mixed and there.practice is not None:
            forms |= dict.fromkeys(draft.questionnaires)
            added |= file.added_options(library)
        else:
            known |= dict.fromkeys((str(match.target), match.timing) for match in file.known)
    codes = any(file.codes for _, file in files)
    if there.timing == "once" and any(file.times for _, file in files):
        there = replace(there, timing="visit")
    return replace(there, forms=tuple(forms), known=tuple(known), codes=codes, options=tuple(added.items()))


def answers_of(files: Sequence[OwnFile]) -> dict[str, frozenset[str]]:
    """Return what all files together answer to every question that is not defined: one question has one scale."""
    answers: dict[str, frozenset[str]] = {}
    for column in (column for file in files for column in file.columns):
        heading = fold(column.heading)
        answers[heading] = answers.get(heading, frozenset()).union(column.contents)
    return answers


def strange_answers(column: ProposedColumn, item: Item, library: Library) -> tuple[str, ...]:
    """Return the answers in a column that a question does not take, those left out that only one person wrote."""
    scale = item.option_scale if item.kind in CHOSEN_KINDS else library.scale_of(item)
    if scale is None:
        return ()
    reader = ScaleReader(scale)
    answers = parts_of(column.contents) if item.kind == "choices" else column.contents
    strange = {
        text: number
        for text, number in answers.items()
        if reader.read(text).value is None and outside_kind(text) is None
    }
    numbers = [text for text in strange if text.lstrip("+-").replace(".", "", 1).isdigit()]
    return tuple(text for text, number in strange.items() if number > 1 or text in numbers)
