"""A plain table of the questions, to make the same survey in Microsoft Forms or Webropol by copying and pasting."""

import io

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font

from evaluation.definitions import SEVERAL_OPTIONS, Library, Practice, Questionnaire
from evaluation.definitions.columns import (
    ANSWERED_ON,
    MUNICIPALITY,
    PARTICIPANT,
    REPORT_MARK,
    REPORT_PROPERTY,
    EntryColumn,
    entry_columns,
)
from evaluation.definitions.municipalities import municipality_name
from evaluation.forms.form_sheets import CELL_BORDER, HEADING_FILL, WRAPPED, set_print, sheet_title
from evaluation.i18n import Translator

LINES_OF_RULE = 5
WIDTHS = {"A": 6, "B": 70, "C": 26, "D": 48}


def question_list(
    library: Library, questionnaire: Questionnaire, practice: Practice, language: str, cohort: str | None = None
) -> bytes:
    """Return an .xlsx workbook with a row a question: its text, how it is answered, and the answers line by line.

    The texts are those the import recognises. Arguments as in entry_template.
    """
    t = Translator(language)
    book = Workbook()
    sheet = book.worksheets[0]
    title = t.label(questionnaire.title.root)
    sheet.title = sheet_title(title)
    heading = " – ".join(part for part in (title, t.label(practice.name.root), cohort) if part)
    sheet["A1"], sheet["A2"] = heading, t("forms.list_lead")
    sheet["A1"].font = Font(bold=True, size=14, color="1F4E5F")
    for letter, key in zip(WIDTHS, ("number", "text", "kind", "answers"), strict=True):
        sheet.column_dimensions[letter].width = WIDTHS[letter]
        cell = sheet[f"{letter}4"]
        cell.value, cell.font, cell.fill = t(f"forms.list_{key}"), Font(bold=True, color="FFFFFF"), HEADING_FILL
    for number, column in enumerate(entry_columns(questionnaire, practice), start=1):
        answers = _answers(column, library, practice, t)
        values: tuple[str, ...] = (
            str(number),
            t.label(column.headings),
            t(_kind(column, bool(answers))),
            "\n".join(answers) or (t("forms.code_rule") if column.id == PARTICIPANT else ""),
        )
        for place, value in enumerate(values, start=1):
            cell = sheet.cell(row=4 + number, column=place, value=value)
            cell.alignment, cell.border = WRAPPED, CELL_BORDER
        lines = len(answers) if column.id != PARTICIPANT else LINES_OF_RULE
        sheet.row_dimensions[4 + number].height = 16 * max(1, lines)
    set_print(sheet, heading)
    book.custom_doc_props.append(  # type: ignore[attr-defined]
        StringProperty(name=REPORT_PROPERTY, value=REPORT_MARK)
    )
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _answers(column: EntryColumn, library: Library, practice: Practice, t: Translator) -> list[str]:
    scale = library.allowed_answers(column.item) if column.item else None
    if scale is not None:
        return [t.label(answer.label.root) for answer in scale.answers]
    if column.id == MUNICIPALITY:
        return [municipality_name(name, t.language) for name in practice.municipalities]
    return []


def _kind(column: EntryColumn, has_answers: bool) -> str:
    """Return the key of how a question is answered."""
    if has_answers:
        several = column.item is not None and column.item.kind == SEVERAL_OPTIONS
        return "forms.list_choices" if several else "forms.list_choice"
    if column.id == ANSWERED_ON:
        return "forms.list_date"
    return f"forms.allowed_{column.item.kind}" if column.item is not None else "forms.list_short"
