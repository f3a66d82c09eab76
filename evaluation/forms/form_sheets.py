"""Parts that all workbooks going out are made of: headings, drop-down lists, instructions, the hidden sheets."""

from collections.abc import Mapping, Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.definitions import SEVERAL_OPTIONS, Item, Library, Practice, Questionnaire, Scale
from evaluation.definitions.columns import ANSWERED_ON, COHORT, MUNICIPALITY, PARTICIPANT, EntryColumn
from evaluation.definitions.municipalities import municipality_name
from evaluation.i18n import Translator

LIST_SHEET = "_lists"
HEADING_FILL = PatternFill("solid", start_color="1F4E5F")
REQUIRED_FILL = PatternFill("solid", start_color="A3261E")
LINE = Side(style="thin", color="B7C4CA")
CELL_BORDER = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
WRAPPED = Alignment(wrap_text=True, vertical="top")
OPEN = Protection(locked=False)
SHEET_TITLE_LENGTH = 31
LONGEST_PROMPT = 250


def sheet_title(text: str) -> str:
    """Return ``text`` as a sheet may be called: 31 signs, none of those that Excel keeps for itself."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in text)[:SHEET_TITLE_LENGTH].strip()


class Lists:
    """The hidden sheet of allowed answers, a column a list; lists written into a rule may have 255 signs only."""

    def __init__(self, book: Workbook, translator: Translator) -> None:
        """Add the hidden sheet to ``book``."""
        self._sheet = book.create_sheet(LIST_SHEET)
        self._sheet.sheet_state = "hidden"
        self.translator = translator
        self._known: dict[tuple[str, ...], str] = {}

    def rule(self, column: EntryColumn, library: Library, practice: Practice) -> DataValidation | None:
        """Return what a cell of ``column`` allows and what it tells who stands on it; a worker may write another."""
        t = self.translator
        if column.item is not None:
            return self._answers(column.item, library)
        if column.id == MUNICIPALITY:
            return self._list(
                [municipality_name(name, t.language) for name in practice.municipalities], t("forms.list_error")
            )
        if column.id == ANSWERED_ON:
            rule = DataValidation(type="date", operator="greaterThan", formula1="36526")
            return _with_messages(rule, t("forms.date_error"), t("forms.date_error"), t)
        if column.id == PARTICIPANT:
            rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1="40")
            return _with_messages(rule, t("forms.code_rule"), t("forms.code_rule"), t)
        return None

    def _answers(self, item: Item, library: Library) -> DataValidation | None:
        t = self.translator
        scale, allowed = library.scale_of(item), allowed_of(item, library, t)
        if scale is not None:
            return self._list([t.label(value.label.root) for value in scale.answers], allowed)
        if item.kind == SEVERAL_OPTIONS:
            # Lists of spreadsheets take one answer only.
            rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1="1000")
            return _with_messages(rule, allowed, allowed, t)
        if item.kind == "number":
            rule = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0")
            rule.type, allowed = ("whole", t("forms.number_error")) if item.step == 1 else ("decimal", allowed)
            return _with_messages(rule, allowed, allowed, t)
        return None

    def _list(self, texts: Sequence[str], prompt: str) -> DataValidation:
        key = tuple(texts)
        if key not in self._known:
            letter = get_column_letter(len(self._known) + 1)
            for row, text in enumerate(key, start=1):
                self._sheet[f"{letter}{row}"] = int(text) if text.isdigit() else text
            self._known[key] = f"={LIST_SHEET}!${letter}$1:${letter}${len(key)}"
        rule = DataValidation(type="list", formula1=self._known[key])
        return _with_messages(rule, prompt, self.translator("forms.list_error"), self.translator)


def _with_messages(rule: DataValidation, prompt: str, error: str, translator: Translator) -> DataValidation:
    rule.allow_blank = True
    rule.errorStyle = "warning"
    rule.showErrorMessage = rule.showInputMessage = True
    rule.errorTitle, rule.error = translator("forms.error_title"), error[:LONGEST_PROMPT]
    rule.promptTitle, rule.prompt = translator("forms.prompt_title"), prompt[:LONGEST_PROMPT]
    return rule


def allowed_answers(scale: Scale, translator: Translator) -> str:
    """Return the allowed answers as "1 = label, 2 = label"."""
    labels = [(value.code, translator.label(value.label.root)) for value in scale.answers]
    return ", ".join(label if label == str(code) else f"{code} = {label}" for code, label in labels)


def allowed_of(item: Item, library: Library, translator: Translator) -> str:
    """Return in words what may be answered to ``item``."""
    if item.options:
        labels = "; ".join(translator.label(option.label.root) for option in item.options.values())
        return translator("forms.allowed_choices", options=labels) if item.kind == SEVERAL_OPTIONS else labels
    scale = library.scale_of(item)
    if scale is not None:
        return allowed_answers(scale, translator)
    if item.step != 1:
        return translator("forms.allowed_steps", step=translator.number(item.step, item.decimals))
    return translator(f"forms.allowed_{item.kind}")


def entry_sheet(
    sheet: Worksheet, columns: Sequence[EntryColumn], library: Library, practice: Practice, lists: Lists, rows: int
) -> None:
    """Make ``sheet`` a table to fill in: headings that cannot be overwritten, and ``rows`` rows with their rules."""
    for number, column in enumerate(columns, start=1):
        letter = get_column_letter(number)
        session = column.id.startswith("session_")
        heading = lists.translator.label(column.headings)
        cell = sheet.cell(row=1, column=number, value=f"{heading} *" if column.required else heading)
        cell.font = Font(bold=True, color="FFFFFF")
        cell.fill = REQUIRED_FILL if column.required else HEADING_FILL
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.border = CELL_BORDER
        if session:
            # Its day is written over it.
            cell.protection, cell.number_format = OPEN, "d.m.yyyy"
        style = sheet.column_dimensions[letter]
        style.width = 11 if session else 20
        style.protection = OPEN
        style.number_format = cell_format(column)
        rule = lists.rule(column, library, practice)
        if rule is not None:
            sheet.add_data_validation(rule)
            rule.add(f"{letter}2:{letter}{rows + 1}")
    sheet.row_dimensions[1].height = 78
    sheet.freeze_panes = "B2"
    sheet.print_title_rows = "1:1"
    protect(sheet)


def cell_format(column: EntryColumn) -> str:
    """Return the number format of a column's cells: text stays as it is typed."""
    if column.id == ANSWERED_ON:
        return "d.m.yyyy"
    text = column.id == PARTICIPANT or (column.item is not None and column.item.kind == "text")
    return "@" if text and column.id != COHORT else "General"


def protect(sheet: Worksheet) -> None:
    """Keep what is printed from being overwritten; there is no password, and columns may be widened."""
    sheet.protection.sheet = True
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False
    sheet.protection.insertRows = sheet.protection.deleteRows = sheet.protection.sort = False


def set_print(sheet: Worksheet, title: str, landscape: bool = True) -> None:
    """Print on A4 as wide as the page, the title on top and page numbers below."""
    sheet.page_setup.orientation = "landscape" if landscape else "portrait"
    sheet.page_setup.paperSize = Worksheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    header, footer = HeaderFooterItem(), HeaderFooterItem()
    header.center.text, footer.right.text = title.replace("&", "&&"), "&P / &N"
    sheet.HeaderFooter.oddHeader, sheet.HeaderFooter.oddFooter = header, footer


def instruct(
    sheet: Worksheet, library: Library, forms: Sequence[Questionnaire], practice: Practice, translator: Translator
) -> None:
    """Write how to fill the workbook in, and every question with its allowed answers."""
    sheet.column_dimensions["A"].width = 58
    sheet.column_dimensions["B"].width = 78
    titles = ", ".join(translator.label(form.title.root) for form in forms)
    sheet["A1"] = f"{titles} – {translator.label(practice.name.root)}"
    sheet["A1"].font = Font(bold=True, size=16, color="1F4E5F")
    sheet["A1"].alignment = WRAPPED
    sheet["A2"] = " ".join(dict.fromkeys(translator.label(form.instructions.root) for form in forms))
    steps = _steps(forms, translator)
    for number, step in enumerate(steps, start=1):
        sheet.cell(row=3 + number, column=1, value=f"{number}. {step}")
    top = 3 + len(steps)
    for row in range(1, top + 1):
        sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
        sheet.cell(row=row, column=1).alignment = WRAPPED
        text = str(sheet.cell(row=row, column=1).value or "")
        sheet.row_dimensions[row].height = 16 * max(2, 1 + len(text) // 110)
    row = top + 2
    for form in forms:
        row = _questions(sheet, row, form, library, practice, translator) + 1
    set_print(sheet, str(sheet["A1"].value))
    protect(sheet)


def _steps(forms: Sequence[Questionnaire], translator: Translator) -> list[str]:
    keys = [f"forms.step_{form.kind}" for form in forms]
    keys += [f"forms.step_code_{form.participant_code}" for form in forms if form.participant_code != "none"]
    keys += ["forms.step_date" for form in forms if form.date == "required"]
    keys += ["forms.step_answers", "forms.step_privacy", "forms.step_import"]
    rule = translator("forms.code_rule")
    return [translator(key, rule=rule) for key in dict.fromkeys(keys)]


def _questions(
    sheet: Worksheet, row: int, form: Questionnaire, library: Library, practice: Practice, translator: Translator
) -> int:
    """Write the questions of one form from ``row`` on; return the row after them."""
    for number, text in enumerate((translator.label(form.title.root), translator("forms.allowed")), start=1):
        cell = sheet.cell(row=row, column=number, value=text)
        cell.font, cell.fill = Font(bold=True, color="FFFFFF"), HEADING_FILL
    for item in form.items_for(practice):
        row += 1
        allowed = allowed_of(item, library, translator)
        for number, text in enumerate((translator.label(item.text.root), allowed), start=1):
            cell = sheet.cell(row=row, column=number, value=text)
            cell.alignment, cell.border = WRAPPED, CELL_BORDER
        sheet.row_dimensions[row].height = 16 * max(2, 1 + len(allowed) // 75)
    return row + 1


def hide_manifest(sheet: Worksheet, manifest: Mapping[str, object]) -> None:
    """Write what the workbook is on a hidden sheet, by which it is known again."""
    for row, (key, value) in enumerate(manifest.items(), start=1):
        sheet.cell(row=row, column=1, value=key)
        sheet.cell(row=row, column=2, value=str(value) if value is not None else None)
    sheet.sheet_state = "hidden"
