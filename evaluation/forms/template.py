"""The Excel entry template: one row a respondent, drop-down lists, instructions, and a hidden sheet that names it."""

import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.definitions import Library, Practice, Questionnaire, Scale
from evaluation.definitions.columns import (
    ANSWERED_ON,
    COHORT,
    MANIFEST_FORMAT,
    MANIFEST_SHEET,
    MUNICIPALITY,
    EntryColumn,
    entry_columns,
)
from evaluation.i18n import Translator

ROWS = 300
LIST_SHEET = "_lists"
HEADING_FILL = PatternFill("solid", start_color="1F4E5F")
REQUIRED_FILL = PatternFill("solid", start_color="A3261E")
LINE = Side(style="thin", color="B7C4CA")
CELL_BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
SHEET_TITLE_LENGTH = 31


def entry_template(
    library: Library, questionnaire: Questionnaire, practice: Practice, language: str, cohort: str | None = None
) -> bytes:
    """Return an .xlsx workbook in which ``practice`` types the answers to ``questionnaire``.

    Args:
        library: the definitions, for the scales.
        questionnaire: what is asked; its kind decides the shape.
        practice: whose form it is; of the change dimensions only its own are asked.
        language: language of headings, lists and instructions.
        cohort: the run that the whole file belongs to, if it is known already.
    """
    translator = Translator(language)
    columns = entry_columns(questionnaire, practice)
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook always has its first sheet
    sheet.title = translator.label(questionnaire.title.root)[:SHEET_TITLE_LENGTH]
    _head(sheet, columns, translator)
    lists = _Lists(book.create_sheet(LIST_SHEET), translator)
    for number, column in enumerate(columns, start=1):
        _prepare(sheet, get_column_letter(number), column, library, practice, lists)
    _set_print(sheet, f"{translator.label(questionnaire.title.root)} – {translator.label(practice.name.root)}")
    _instruct(
        book.create_sheet(translator("forms.instructions_sheet"), 1), library, questionnaire, practice, translator
    )
    manifest = {
        "format": MANIFEST_FORMAT,
        "questionnaire": questionnaire.id,
        "version": questionnaire.version,
        "practice": practice.id,
        "municipality": practice.municipalities[0] if len(practice.municipalities) == 1 else None,
        "cohort": cohort,
        "language": language,
        "synthetic": "no",
    }
    _hide(book.create_sheet(MANIFEST_SHEET), manifest)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


class _Lists:
    """The hidden sheet of allowed answers, a column a list; lists written into a rule may have 255 signs only."""

    def __init__(self, sheet: Worksheet, translator: Translator) -> None:
        self._sheet = sheet
        self._sheet.sheet_state = "hidden"
        self.translator = translator
        self._known: dict[tuple[str, ...], str] = {}

    def rule(self, texts: Sequence[str]) -> DataValidation:
        """Return a drop-down rule for ``texts``; another entry is possible, for codes are understood too."""
        key = tuple(texts)
        if key not in self._known:
            letter = get_column_letter(len(self._known) + 1)
            for row, text in enumerate(key, start=1):
                self._sheet[f"{letter}{row}"] = int(text) if text.isdigit() else text
            self._known[key] = f"={LIST_SHEET}!${letter}$1:${letter}${len(key)}"
        return _warn(DataValidation(type="list", formula1=self._known[key]), "forms.list_error", self.translator)

    def date_rule(self) -> DataValidation:
        """Return a rule that wants a date."""
        rule = DataValidation(type="date", operator="greaterThan", formula1="36526")
        return _warn(rule, "forms.date_error", self.translator)

    def number_rule(self) -> DataValidation:
        """Return a rule that wants a count."""
        rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
        return _warn(rule, "forms.number_error", self.translator)


def _warn(rule: DataValidation, key: str, translator: Translator) -> DataValidation:
    rule.allow_blank = True
    rule.errorStyle = "warning"
    rule.showErrorMessage = True
    rule.errorTitle = translator("forms.error_title")
    rule.error = translator(key)
    return rule


def _answers(scale: Scale, translator: Translator) -> list[str]:
    return [translator.label(value.label.root) for value in scale.answers]


def _head(sheet: Worksheet, columns: Sequence[EntryColumn], translator: Translator) -> None:
    for number, column in enumerate(columns, start=1):
        cell = sheet.cell(row=1, column=number, value=translator.label(column.headings))
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = REQUIRED_FILL if column.required else HEADING_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.border = CELL_BORDER
        session = column.id.startswith("session_")
        sheet.column_dimensions[get_column_letter(number)].width = 11 if session else 20
    sheet.row_dimensions[1].height = 78
    sheet.freeze_panes = "B2"


def _prepare(
    sheet: Worksheet, letter: str, column: EntryColumn, library: Library, practice: Practice, lists: _Lists
) -> None:
    area = f"{letter}2:{letter}{ROWS + 1}"
    scale = library.scale_of(column.item) if column.item else None
    rule = None
    if scale is not None:
        rule = lists.rule(_answers(scale, lists.translator))
    elif column.id == MUNICIPALITY:
        rule = lists.rule(practice.municipalities)
    elif column.id == ANSWERED_ON:
        rule = lists.date_rule()
        for (cell,) in sheet[area]:
            cell.number_format = "d.m.yyyy"
    elif column.item is not None and column.item.kind == "number":
        rule = lists.number_rule()
    elif column.item is None or column.item.kind == "text":
        for (cell,) in sheet[area]:
            cell.number_format = "@" if column.id != COHORT else "General"
    if rule is not None:
        sheet.add_data_validation(rule)
        rule.add(area)


def _set_print(sheet: Worksheet, title: str) -> None:
    _fit_width(sheet)
    sheet.print_title_rows = "1:1"
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.center.text, footer.right.text = title.replace("&", "&&"), "&P / &N"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = header, footer


def _fit_width(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _instruct(
    sheet: Worksheet, library: Library, questionnaire: Questionnaire, practice: Practice, translator: Translator
) -> None:
    sheet.column_dimensions["A"].width = 58
    sheet.column_dimensions["B"].width = 78
    wrap = Alignment(wrap_text=True, vertical="top")
    steps = [translator(f"forms.step_{questionnaire.kind}")]
    if questionnaire.participant_code != "none":
        steps.append(translator(f"forms.step_code_{questionnaire.participant_code}"))
    if questionnaire.date == "required":
        steps.append(translator("forms.step_date"))
    steps += [translator("forms.step_answers"), translator("forms.step_privacy"), translator("forms.step_import")]
    sheet["A1"] = f"{translator.label(questionnaire.title.root)} – {translator.label(practice.name.root)}"
    sheet["A1"].font = Font(bold=True, size=16, color="1F4E5F")
    sheet["A2"] = translator.label(questionnaire.instructions.root)
    for number, step in enumerate(steps, start=1):
        sheet.cell(row=3 + number, column=1, value=f"{number}. {step}")
    top = 3 + len(steps)
    for row in range(2, top + 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        sheet.cell(row=row, column=1).alignment = wrap
        sheet.row_dimensions[row].height = 32
    head = top + 2
    for number, key in enumerate(("forms.question", "forms.allowed"), start=1):
        cell = sheet.cell(row=head, column=number, value=translator(key))
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEADING_FILL
    for row, item in enumerate(questionnaire.items_for(practice), start=head + 1):
        scale = library.scale_of(item)
        if scale is not None:
            labels = [(value.code, translator.label(value.label.root)) for value in scale.answers]
            allowed = ", ".join(label if label == str(code) else f"{code} = {label}" for code, label in labels)
        else:
            allowed = translator(f"forms.allowed_{item.kind}")
        for column, text in enumerate((translator.label(item.text.root), allowed), start=1):
            cell = sheet.cell(row=row, column=column, value=text)
            cell.alignment, cell.border = wrap, CELL_BORDER
        sheet.row_dimensions[row].height = 32
    _fit_width(sheet)


def _hide(sheet: Worksheet, manifest: dict[str, object]) -> None:
    for row, (key, value) in enumerate(manifest.items(), start=1):
        sheet.cell(row=row, column=1, value=key)
        sheet.cell(row=row, column=2, value=str(value) if value is not None else None)
    sheet.sheet_state = "hidden"
