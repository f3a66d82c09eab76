"""One file → a Draft: opens it, has its sheets recognised, matched and read, and adds up the counts."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from evaluation.definitions import Library
from evaluation.definitions.columns import INSTRUCTIONS_KEY, LAYOUT_KEY, SINGLE_LAYOUT
from evaluation.intake.annotated import Origin, origin_of
from evaluation.intake.column_keys import keyed
from evaluation.intake.context import Given, read_manifest
from evaluation.intake.drafting import Tables, draft_tables
from evaluation.intake.known import Known
from evaluation.intake.layouts import recognise
from evaluation.intake.layouts.not_answers import is_marked
from evaluation.intake.personal_data import mask
from evaluation.intake.runs import called_alike, meant_by
from evaluation.intake.scale_reading import file_scales, merged
from evaluation.intake.sheets import SheetReading, TableReader
from evaluation.intake.table import CountTable, Refusal
from evaluation.records import Draft, Problem
from evaluation.spreadsheets import Progress, Sheet, Unreadable, Workbook, read_workbook

# A million rows of thirty columns lie well within; beyond it a cell stands far off from all the others.
LARGEST_AREA = 60_000_000
# Hidden sheets of a template have names that begin with this.
HELPER_MARK = "_"
# The beginnings of the codes that may be said of several tables alike.
_OF_SEVERAL = ("place_from", "column_", "hidden_columns")
# Remarks on the cells that somebody should look at.
_WORTH_A_LOOK = frozenset({"engines_differ", "formula_zero", "rows_longer"})
TEMPLATE, TABLE, RUN, REFUSED = "entry_template", "plain_table", "run_workbook", "refused"


def read_draft(
    content: bytes, file: str, library: Library, given: Given | None = None, progress: Progress | None = None
) -> Draft:
    """Read a file into a draft, saving nothing.

    Args:
        content: the bytes of the file.
        file: its name, for messages and to tell what kind it claims to be.
        library: the definitions by which it is understood.
        given: what the worker says of the whole file.
        progress: told now and then how much of the file is read (0 to 1).

    Every row of the file is in the draft or named in one of its problems. A file that cannot be read at all has no
    questionnaires and an error without a cell.
    """
    return draft_of(open_file(content, file, progress), library, given)


@dataclass(frozen=True, eq=False)
class Opened:
    """A file with the cells read of it, so that it can be understood anew when the worker has said more of it.

    ``workbook`` is None for a file that cannot be read, which ``refused`` tells.
    """

    file: str
    content: bytes
    sha256: str
    workbook: Workbook | None
    refused: Problem | None = None


def open_file(content: bytes, file: str, progress: Progress | None = None) -> Opened:
    """Read the cells of a file; see read_draft. Never raises: what cannot be read is told by the draft."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        return Opened(file, content, sha256, read_workbook(content, file, progress))
    except Unreadable as refused:
        problem = Problem("error", refused.code, values={"file": mask(file).text, **refused.values})
        return Opened(file, content, sha256, None, problem)


@dataclass
class _Found:
    """What has been gathered from the sheets so far."""

    readings: list[SheetReading] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    layouts: list[str] = field(default_factory=list)
    refused: list[tuple[Refusal, str]] = field(default_factory=list)


def draft_of(opened: Opened, library: Library, given: Given | None = None) -> Draft:
    """Understand a file that has been opened already; see read_draft."""
    if opened.workbook is None:
        told = [opened.refused] if opened.refused else []
        return _draft(opened, _Found(problems=told), REFUSED)
    sheets = [replace(sheet, name=mask(sheet.name).text) for sheet in opened.workbook.sheets]
    manifest, origin = read_manifest(sheets), origin_of(sheets)
    file = mask(opened.file).text
    found = _Found()
    if manifest.get("synthetic") == "yes":
        found.problems.append(Problem("warning", "sample_workbook", values={"file": file}))
    found.problems += [
        Problem(
            "warning" if remark.code in _WORTH_A_LOOK else "notice",
            remark.code,
            remark.sheet and mask(remark.sheet).text,
            values={"file": file, **remark.values},
        )
        for remark in opened.workbook.remarks
    ]
    if is_marked(opened.workbook):
        found.problems += [
            Problem("error", "not_answers_report", values={"file": file}),
            Problem("notice", "own_report", values={"file": file}),
        ]
        return _draft(opened, found, REFUSED)
    known = Known(library)
    read = [sheet for sheet in sheets if not _is_helper(sheet, manifest, origin)]
    reader = TableReader(manifest, known, given or Given(), library, file_scales(read))
    tables = _read_sheets(read, known, reader)
    if len(tables.readings) > 1 and reader.scales.ranges:
        # A table whose numbers fit our scale by chance waits with another of the file that shows its own.
        reader = TableReader(manifest, known, given or Given(), library, reader.scales)
        tables = _read_sheets(read, known, reader)
    if not (tables.readings or tables.refused or manifest):
        # Questions that nobody has defined are a table all the same: its rows and columns are shown, not refused whole.
        tables = _read_sheets(read, known, reader, by_shape=True)
    found = replace(tables, problems=[*found.problems, *tables.problems])
    forms = [form for reading in found.readings for form in reading.forms]
    # Beside answers a codebook or a report does no harm; alone it is what the worker took for answers.
    found.problems += [Problem("notice" if forms else "error", refused.code, sheet) for refused, sheet in found.refused]
    if any(refused.ours for refused, _ in found.refused):
        found.problems.append(Problem("notice", "own_report", values={"file": file}))
    errors = {problem.code for problem in found.problems if problem.severity == "error"}
    if not forms and errors <= {"sheet_not_recognised"} and not any(reading.questions for reading in found.readings):
        empty = all(sheet.empty for sheet in sheets)
        found.problems.append(Problem("error", "no_content" if empty else "nothing_recognised", values={"file": file}))
        found.layouts.clear()
    elif forms and not sum(reading.rows for reading in found.readings):
        found.problems.append(Problem("warning", "no_rows", values={"file": file}))
    return _draft(opened, found, _layout(manifest, found), origin, given or Given())


def _is_helper(sheet: Sheet, manifest: Mapping[str, str], origin: Origin | None) -> bool:
    """Tell whether a sheet is one of our own that holds no answers."""
    if sheet.name.startswith(HELPER_MARK) and sheet.hidden:
        return True
    return sheet.name == manifest.get(INSTRUCTIONS_KEY) or (origin is not None and sheet.name == origin.summary)


def _layout(manifest: Mapping[str, str], found: _Found) -> str:
    """Return what the file as a whole is laid out as."""
    if not manifest:
        # A copy of our table without its hidden sheet is a table like any other.
        return {TEMPLATE: TABLE}.get(found.layouts[0], found.layouts[0]) if found.layouts else REFUSED
    return manifest.get(LAYOUT_KEY) or (TEMPLATE if "questionnaire" in manifest else RUN)


def _read_sheets(sheets: Sequence[Sheet], known: Known, reader: TableReader, *, by_shape: bool = False) -> _Found:
    found = _Found()
    for sheet in sheets:
        _read_sheet(sheet, known, reader, found, by_shape=by_shape)
    return found


def _read_sheet(sheet: Sheet, known: Known, reader: TableReader, found: _Found, *, by_shape: bool) -> None:
    if sheet.empty:
        return
    if sheet.height * sheet.width > LARGEST_AREA:
        place = sheet.address(sheet.height - 1, sheet.width - 1)
        found.problems.append(Problem("error", "stray_cell", sheet.name, place, values={"cell": place}))
        return
    single = reader.manifest.get(LAYOUT_KEY) == SINGLE_LAYOUT
    row = reader.header_row(sheet)
    recognised = recognise(sheet.turn() if single else sheet, known, row, by_shape=by_shape)
    if recognised is None:
        if not reader.manifest:
            found.problems.append(Problem("notice" if sheet.hidden else "warning", "sheet_not_recognised", sheet.name))
        return
    for each in keyed(recognised.tables):
        if isinstance(each, Refusal):
            found.refused.append((each, sheet.name))
            continue
        found.layouts.append(each.layout)
        if each.sheet.turned and not single:
            found.problems.append(Problem("notice", "turned_table", sheet.name))
        reading = reader.read_counted(each) if isinstance(each, CountTable) else reader.read(each)
        found.readings.append(reading)
        # Tables of one sheet may have titles and columns in common.
        found.problems += [
            each for each in reading.problems if not each.code.startswith(_OF_SEVERAL) or each not in found.problems
        ]


def _draft(
    opened: Opened, found: _Found, layout: str, origin: Origin | None = None, given: Given | None = None
) -> Draft:
    file = mask(opened.file).text
    readings = found.readings
    given = given or Given()
    parsed, told = called_alike((parsed for each in readings for parsed in each.parsed), given.runs)
    tables = draft_tables(meant_by(parsed, given.same_runs))
    return Draft(
        file=file,
        sha256=opened.sha256,
        layout=layout,
        questionnaires=tuple(dict.fromkeys(form.id for each in readings for form in each.forms)),
        responses=tables.responses,
        answers=tables.answers,
        texts=tables.texts,
        attendance=tables.attendance,
        rows=sum(each.rows for each in readings),
        rejected=sum(each.rejected for each in readings),
        problems=(*found.problems, *told, *_joined(tables)),
        set_aside=sum(each.set_aside for each in readings),
        counted=sum(each.counted for each in readings),
        columns=tuple(match for each in readings for match in each.columns),
        unknown_answers=tuple(answer for each in readings for answer in each.unknown_answers),
        headers=tuple(dict.fromkeys(key for each in readings for key in each.headers)),
        questions=merged([question for reading in readings for question in reading.questions]),
        decisions=given.decisions,
        places=tuple(dict.fromkeys(reading.place for reading in readings if reading.place is not None)),
        source=origin.sha256 if origin else None,
        joined=tables.joined,
    )


def _joined(tables: Tables) -> tuple[Problem, ...]:
    """Say where forms stand in several tables."""
    forms = len(tables.joined)
    values = {"n": forms, "rows": forms + sum(tables.joined.values())}
    return (Problem("notice", "forms_joined", values=values),) if forms else ()
