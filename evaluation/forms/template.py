"""Excel workbooks to type answers into: a table, a sheet a respondent, or a whole cohort in one file."""

import io
from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.definitions import Library, Practice, Questionnaire
from evaluation.definitions.columns import (
    INSTRUCTIONS_KEY,
    LAYOUT_KEY,
    MANIFEST_FORMAT,
    MANIFEST_SHEET,
    SHEET_KEY,
    SINGLE_LAYOUT,
    EntryColumn,
    entry_columns,
)
from evaluation.forms.form_sheets import (
    CELL_BORDER,
    HEADING_FILL,
    OPEN,
    REQUIRED_FILL,
    WRAPPED,
    Lists,
    cell_format,
    entry_sheet,
    hide_manifest,
    instruct,
    protect,
    set_print,
    sheet_title,
)
from evaluation.i18n import Translator

ROWS = 300
RESPONDENTS = 12
ANSWER_COLUMN = "B"
# What a cohort collects from its participants and from those who lead it, in one file.
OF_A_COHORT = ("start", "session", "end", "follow_up")


def entry_template(
    library: Library, questionnaire: Questionnaire, practice: Practice, language: str, cohort: str | None = None
) -> bytes:
    """Return an .xlsx workbook in which ``practice`` types the answers to ``questionnaire``, one row a respondent.

    Args:
        library: the definitions, for the scales.
        questionnaire: the questions; its kind decides the shape.
        practice: whose form it is; it has only the change dimensions of that practice.
        language: language of headings, lists and instructions.
        cohort: the cohort that the whole file belongs to, if it is known already.
    """
    return _tables(library, (questionnaire,), practice, language, cohort)


def cohort_workbook(library: Library, practice: Practice, language: str, cohort: str | None = None) -> bytes:
    """Return an .xlsx workbook for a whole cohort: a sheet for every form that its participants fill in.

    Raises ValueError when ``practice`` has no such forms.
    """
    forms = cohort_forms(library, practice)
    if not forms:
        raise ValueError(f"{practice.id} has no forms of a cohort")
    return _tables(library, forms, practice, language, cohort)


def cohort_forms(library: Library, practice: Practice) -> tuple[Questionnaire, ...]:
    """Return the forms of ``practice`` that belong to a cohort, in the order of use."""
    return tuple(form for form in library.forms_of(practice) if form.timing in OF_A_COHORT)


def _tables(
    library: Library, forms: Sequence[Questionnaire], practice: Practice, language: str, cohort: str | None
) -> bytes:
    translator = Translator(language)
    book, lists = _book(translator)
    named: dict[str, object] = {}
    for number, form in enumerate(forms):
        title = sheet_title(translator.label(form.title.root))
        sheet = book.create_sheet(title, number)
        entry_sheet(sheet, entry_columns(form, practice), library, practice, lists, ROWS)
        set_print(sheet, f"{translator.label(form.title.root)} – {translator.label(practice.name.root)}")
        if len(forms) > 1:
            named[f"{SHEET_KEY}{title}"] = f"{form.id}:{form.version}"
    return _finish(book, library, forms, practice, cohort, translator, named)


def single_forms(
    library: Library, questionnaire: Questionnaire, practice: Practice, language: str, cohort: str | None = None
) -> bytes:
    """Return an .xlsx workbook with a sheet a respondent: questions below one another, answers beside them.

    For a form that people answer themselves at a computer, or that is copied from paper one at a time. Arguments as in
    entry_template; raises ValueError for a register or a head count, which have no single respondent.
    """
    if questionnaire.kind != "form":
        raise ValueError(f"{questionnaire.id} is not answered by one respondent at a time")
    translator = Translator(language)
    book, lists = _book(translator)
    columns = entry_columns(questionnaire, practice)
    heading = f"{translator.label(questionnaire.title.root)} – {translator.label(practice.name.root)}"
    for number in range(1, RESPONDENTS + 1):
        sheet = book.create_sheet(translator("forms.respondent_sheet", number=number), number - 1)
        _single(sheet, heading, columns, library, practice, lists)
        set_print(sheet, heading, landscape=False)
    named = {LAYOUT_KEY: SINGLE_LAYOUT}
    return _finish(book, library, (questionnaire,), practice, cohort, translator, named)


def _single(
    sheet: Worksheet,
    heading: str,
    columns: Sequence[EntryColumn],
    library: Library,
    practice: Practice,
    lists: Lists,
) -> None:
    sheet["A1"] = heading
    sheet["A1"].font = Font(bold=True, size=14, color="1F4E5F")
    sheet["A1"].alignment = WRAPPED
    sheet.column_dimensions["A"].width, sheet.column_dimensions[ANSWER_COLUMN].width = 62, 44
    sheet.row_dimensions[1].height = 40
    for row, column in enumerate(columns, start=2):
        question, answer = sheet[f"A{row}"], sheet[f"{ANSWER_COLUMN}{row}"]
        label = lists.translator.label(column.headings)
        question.value = f"{label} *" if column.required else label
        question.font = Font(bold=True, color="FFFFFF")
        question.fill = REQUIRED_FILL if column.required else HEADING_FILL
        question.alignment = WRAPPED
        answer.alignment = Alignment(wrap_text=True, vertical="top", horizontal="left")
        answer.protection, answer.number_format = OPEN, cell_format(column)
        question.border = answer.border = CELL_BORDER
        open_answer = column.item is not None and column.item.kind == "text"
        sheet.row_dimensions[row].height = 80 if open_answer else 34
        rule = lists.rule(column, library, practice)
        if rule is not None:
            sheet.add_data_validation(rule)
            rule.add(answer.coordinate)
    sheet.freeze_panes = "B2"
    protect(sheet)


def _book(translator: Translator) -> tuple[Workbook, Lists]:
    book = Workbook()
    book.remove(book.worksheets[0])
    return book, Lists(book, translator)


def _finish(
    book: Workbook,
    library: Library,
    forms: Sequence[Questionnaire],
    practice: Practice,
    cohort: str | None,
    translator: Translator,
    named: Mapping[str, object],
) -> bytes:
    """Add instructions and the hidden sheet, and return the workbook's bytes."""
    title = translator("forms.instructions_sheet")
    instruct(book.create_sheet(title, len(book.worksheets) - 1), library, forms, practice, translator)
    alone = forms[0] if len(forms) == 1 else None
    manifest = {
        "format": MANIFEST_FORMAT,
        "questionnaire": alone.id if alone else None,
        "version": alone.version if alone else None,
        "practice": practice.id,
        "municipality": practice.municipalities[0] if len(practice.municipalities) == 1 else None,
        "cohort": cohort,
        "language": translator.language,
        "synthetic": "no",
        INSTRUCTIONS_KEY: title,
        **named,
    }
    hide_manifest(book.create_sheet(MANIFEST_SHEET), manifest)
    book.active = 0
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()
