"""One file → a Draft: opens it, has its sheets recognised, matched and read, and adds up the counts."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from evaluation.definitions import Library
from evaluation.definitions.columns import INSTRUCTIONS_KEY, LAYOUT_KEY, SINGLE_LAYOUT
from evaluation.intake.column_keys import keyed
from evaluation.intake.comments import Origin, origin_of
from evaluation.intake.context import FileSettings, read_manifest
from evaluation.intake.drafting import Tables, draft_tables
from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.layouts import recognise
from evaluation.intake.layouts.not_answers import is_marked
from evaluation.intake.parsing import Parsed
from evaluation.intake.personal_data import mask
from evaluation.intake.scale_reading import file_scales, merged
from evaluation.intake.sheet_reading import SheetReading
from evaluation.intake.table import CountTable, Refusal
from evaluation.intake.table_reading import TableReader
from evaluation.records import Draft, Problem
from evaluation.spreadsheets import Progress, Sheet, Unreadable, Workbook, read_workbook

# A million rows of thirty columns lie well within; beyond it a cell stands far off from all the others.
LARGEST_AREA = 60_000_000
# Hidden sheets of a template have names that begin with this.
HELPER_MARK = "_"
# The beginnings of the codes that may hold for several tables.
_OF_SEVERAL = ("place_from", "column_", "hidden_columns")
# Remarks on the cells that the worker should check.
_WORTH_A_LOOK = frozenset({"engines_differ", "formula_zero", "rows_longer"})
TEMPLATE, TABLE, RUN, REFUSED = "entry_template", "plain_table", "cohort_workbook", "refused"


def read_draft(
    content: bytes, file: str, library: Library, settings: FileSettings | None = None, progress: Progress | None = None
) -> Draft:
    """Read a file into a draft, saving nothing.

    Args:
        content: the bytes of the file.
        file: its name, for messages and to tell what kind it claims to be.
        library: the definitions by which it is understood.
        settings: what the worker has set for the whole file.
        progress: receives now and then the share of the file that is read (0 to 1).

    Every row of the file is in the draft or named in one of its problems. A file that cannot be read at all has no
    questionnaires and an error without a cell.
    """
    return draft_of(open_file(content, file, progress), library, settings)


@dataclass(frozen=True, eq=False)
class Opened:
    """A file with its cells, so that it can be understood anew when the worker has set more.

    ``workbook`` is None for a file that cannot be read; ``refused`` says why.
    """

    file: str
    content: bytes
    sha256: str
    workbook: Workbook | None
    refused: Problem | None = None


def open_file(content: bytes, file: str, progress: Progress | None = None) -> Opened:
    """Read the cells of a file; see read_draft. Never raises: the draft says what cannot be read."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        return Opened(file, content, sha256, read_workbook(content, file, progress))
    except Unreadable as refused:
        problem = Problem("error", refused.code, values={"file": mask(file).text, **refused.values})
        return Opened(file, content, sha256, None, problem)


@dataclass
class _Collected:
    """What the sheets have yielded so far."""

    readings: list[SheetReading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    layouts: list[str] = field(default_factory=list)
    refused: list[tuple[Refusal, str]] = field(default_factory=list)


def draft_of(opened: Opened, library: Library, settings: FileSettings | None = None) -> Draft:
    """Understand a file that has been opened already; see read_draft."""
    if opened.workbook is None:
        problems = [opened.refused] if opened.refused else []
        return _draft(opened, _Collected(problems=problems), REFUSED)
    sheets = [replace(sheet, name=mask(sheet.name).text) for sheet in opened.workbook.sheets]
    manifest, origin = read_manifest(sheets), origin_of(sheets)
    file = mask(opened.file).text
    collected = _Collected()
    if manifest.get("synthetic") == "yes":
        collected.problems.append(Problem("warning", "sample_workbook", values={"file": file}))
    collected.problems += [
        Problem(
            "warning" if remark.code in _WORTH_A_LOOK else "notice",
            remark.code,
            remark.sheet and mask(remark.sheet).text,
            values={"file": file, **remark.values},
        )
        for remark in opened.workbook.remarks
    ]
    if is_marked(opened.workbook):
        collected.problems += [
            Problem("error", "not_answers_report", values={"file": file}),
            Problem("notice", "own_report", values={"file": file}),
        ]
        return _draft(opened, collected, REFUSED)
    known = Known(library)
    read = [sheet for sheet in sheets if not _is_helper(sheet, manifest, origin)]
    reader = TableReader(manifest, known, settings or FileSettings(), library, file_scales(read))
    tables = _read_sheets(read, known, reader)
    if len(tables.readings) > 1 and reader.scales.ranges:
        # A table whose numbers fit our scale by chance waits with another one of the file that shows another scale.
        reader = TableReader(manifest, known, settings or FileSettings(), library, reader.scales)
        tables = _read_sheets(read, known, reader)
    if not (tables.readings or tables.refused or manifest):
        # Undefined questions are still a table: its rows and columns are displayed, not refused altogether.
        tables = _read_sheets(read, known, reader, by_shape=True)
    collected = replace(tables, problems=[*collected.problems, *tables.problems])
    forms = [form for reading in collected.readings for form in reading.forms]
    # Beside answers a codebook or a report does no harm; alone it is what the worker mistook for answers.
    collected.problems += [
        Problem("notice" if forms else "error", refused.code, sheet) for refused, sheet in collected.refused
    ]
    if any(refused.ours for refused, _ in collected.refused):
        collected.problems.append(Problem("notice", "own_report", values={"file": file}))
    errors = {problem.code for problem in collected.problems if problem.severity == "error"}
    if (
        not forms
        and errors <= {"sheet_not_recognised"}
        and not any(reading.questions for reading in collected.readings)
    ):
        empty = all(sheet.empty for sheet in sheets)
        collected.problems.append(
            Problem("error", "no_content" if empty else "nothing_recognised", values={"file": file})
        )
        collected.layouts.clear()
    elif forms and not sum(reading.rows for reading in collected.readings):
        collected.problems.append(Problem("warning", "no_rows", values={"file": file}))
    return _draft(opened, collected, _layout(manifest, collected), origin, settings or FileSettings())


def _is_helper(sheet: Sheet, manifest: Mapping[str, str], origin: Origin | None) -> bool:
    """Tell whether a sheet is one of ours that holds no answers."""
    if sheet.name.startswith(HELPER_MARK) and sheet.hidden:
        return True
    return sheet.name == manifest.get(INSTRUCTIONS_KEY) or (origin is not None and sheet.name == origin.summary)


def _layout(manifest: Mapping[str, str], collected: _Collected) -> str:
    """Return the layout of the file as a whole."""
    if not manifest:
        # A copy of our table without its hidden sheet is a table like any other.
        return {TEMPLATE: TABLE}.get(collected.layouts[0], collected.layouts[0]) if collected.layouts else REFUSED
    return manifest.get(LAYOUT_KEY) or (TEMPLATE if "questionnaire" in manifest else RUN)


def _read_sheets(sheets: Sequence[Sheet], known: Known, reader: TableReader, *, by_shape: bool = False) -> _Collected:
    collected = _Collected()
    for sheet in sheets:
        _read_sheet(sheet, known, reader, collected, by_shape=by_shape)
    return collected


def _read_sheet(sheet: Sheet, known: Known, reader: TableReader, collected: _Collected, *, by_shape: bool) -> None:
    if sheet.empty:
        return
    if sheet.height * sheet.width > LARGEST_AREA:
        place = sheet.address(sheet.height - 1, sheet.width - 1)
        collected.problems.append(Problem("error", "stray_cell", sheet.name, place, values={"cell": place}))
        return
    single = reader.manifest.get(LAYOUT_KEY) == SINGLE_LAYOUT
    row = reader.header_row(sheet)
    recognised = recognise(sheet.turn() if single else sheet, known, row, by_shape=by_shape)
    if recognised is None:
        if not reader.manifest:
            collected.problems.append(
                Problem("notice" if sheet.hidden else "warning", "sheet_not_recognised", sheet.name)
            )
        return
    for table in keyed(recognised.tables):
        if isinstance(table, Refusal):
            collected.refused.append((table, sheet.name))
            continue
        collected.layouts.append(table.layout)
        if table.sheet.turned and not single:
            collected.problems.append(Problem("notice", "turned_table", sheet.name))
        reading = reader.read_counted(table) if isinstance(table, CountTable) else reader.read(table)
        collected.readings.append(reading)
        # Tables of one sheet may have titles and columns in common.
        collected.problems += [
            problem
            for problem in reading.problems
            if not problem.code.startswith(_OF_SEVERAL) or problem not in collected.problems
        ]


def _draft(
    opened: Opened,
    collected: _Collected,
    layout: str,
    origin: Origin | None = None,
    settings: FileSettings | None = None,
) -> Draft:
    file = mask(opened.file).text
    readings = collected.readings
    settings = settings or FileSettings()
    parsed, notices = with_one_spelling((parsed for reading in readings for parsed in reading.parsed), settings.cohorts)
    tables = draft_tables(with_same_cohorts(parsed, settings.same_cohorts))
    return Draft(
        file=file,
        sha256=opened.sha256,
        layout=layout,
        questionnaires=tuple(dict.fromkeys(form.id for reading in readings for form in reading.forms)),
        responses=tables.responses,
        answers=tables.answers,
        texts=tables.texts,
        attendance=tables.attendance,
        rows=sum(reading.rows for reading in readings),
        rejected=sum(reading.rejected for reading in readings),
        problems=(*collected.problems, *notices, *_joined(tables)),
        set_aside=sum(reading.set_aside for reading in readings),
        counted=sum(reading.counted for reading in readings),
        columns=tuple(match for reading in readings for match in reading.columns),
        unknown_answers=tuple(answer for reading in readings for answer in reading.unknown_answers),
        headers=tuple(dict.fromkeys(key for reading in readings for key in reading.headers)),
        questions=merged([question for reading in readings for question in reading.questions]),
        decisions=settings.decisions,
        places=tuple(dict.fromkeys(reading.place for reading in readings if reading.place is not None)),
        assumed=tuple(dict.fromkeys(reading.assumed for reading in readings if reading.assumed)),
        source=origin.sha256 if origin else None,
        joined=tables.joined,
    )


def _joined(tables: Tables) -> tuple[Problem, ...]:
    """Say where forms stand in several tables."""
    forms = len(tables.joined)
    values = {"n": forms, "rows": forms + sum(tables.joined.values())}
    return (Problem("notice", "forms_joined", values=values),) if forms else ()


def with_same_cohorts(tables: Iterable[Parsed], same: Mapping[tuple[str, str], tuple[str, str]]) -> list[Parsed]:
    """Return the tables with every cohort replaced by the one it means (both as municipality and name)."""
    if not same:
        return list(tables)
    return [_meant(parsed, same) for parsed in tables]


def _meant(parsed: Parsed, same: Mapping[tuple[str, str], tuple[str, str]]) -> Parsed:
    places = list(zip(parsed.municipality, parsed.cohort, strict=True))
    meant = [same.get(place, place) for place in places]
    municipality, cohort = (np.empty(len(places), dtype=object) for _ in range(2))
    municipality[:], cohort[:] = [place[0] for place in meant], [place[1] for place in meant]
    return replace(parsed, municipality=municipality, cohort=cohort)


def with_one_spelling(
    parsed_tables: Iterable[Parsed], before: Iterable[str]
) -> tuple[list[Parsed], tuple[Problem, ...]]:
    """Return the tables with every cohort under the name it had first, and notices about renamed ones.

    People of "Kevät 2018" and "kevät-2018" could not be matched, although nobody means two cohorts.

    Args:
        parsed_tables: the tables of a file, in order.
        before: the names of the cohorts that are stored already.
    """
    names = {_comparable_name(name): name for name in before}
    tables: list[Parsed] = []
    notices: dict[tuple[str, str], Problem] = {}
    for parsed in parsed_tables:
        written = dict.fromkeys(parsed.cohort.tolist())
        called: Mapping[str, str] = {name: names.setdefault(_comparable_name(name), name) for name in written}
        for name in (name for name in written if called[name] != name):
            values = {"called": called[name]}
            notices[parsed.sheet, name] = Problem("notice", "cohort_called", parsed.sheet, None, name, values)
        cohort = np.empty(len(parsed.cohort), dtype=object)
        cohort[:] = [called[name] for name in parsed.cohort]
        tables.append(replace(parsed, cohort=cohort))
    return tables, tuple(notices.values())


def _comparable_name(name: str) -> str:
    """Return the name of a cohort as it is compared: its words and figures, whatever separates them."""
    return " ".join(re.findall(r"[^\W\d_]+|[0-9]+|[^\w\s_–-]+", fold(name)))
