"""The form on paper, as a Word document: large type, boxes to tick, room to write, what happens with the answers."""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from evaluation.definitions import (
    SEVERAL_OPTIONS,
    Item,
    Library,
    OutsideValue,
    Practice,
    Questionnaire,
    Scale,
    ScaleValue,
)
from evaluation.definitions.columns import entry_columns
from evaluation.definitions.municipalities import municipality_name
from evaluation.i18n import Translator

FONT = "Arial"
BOX = "☐"
BLUE, GREY = RGBColor(0x1F, 0x4E, 0x5F), RGBColor(0x55, 0x65, 0x6E)
PAGE = (Cm(21), Cm(29.7))
MARGIN = Cm(1.7)
WRITING_LINES = 2
ROWS_ON_PAPER = 18
LONG_SCALE = 7
OPTION_COLUMNS = 2


def word_form(
    library: Library, questionnaire: Questionnaire, practice: Practice, language: str, cohort: str | None = None
) -> bytes:
    """Return a .docx to print; arguments as in entry_template."""
    paper = _Paper(library, Translator(language))
    if questionnaire.kind == "form":
        paper.head(questionnaire, practice, cohort)
        paper.questions(questionnaire.items_for(practice))
        paper.notice(questionnaire)
    else:
        paper.turn()
        paper.head(questionnaire, practice, cohort)
        paper.table([paper.t.label(column.headings) for column in entry_columns(questionnaire, practice)])
        paper.remark(paper.t("forms.step_privacy"))
    return paper.save()


class _Paper:
    """A document in the making, in one language."""

    def __init__(self, library: Library, translator: Translator) -> None:
        self.library, self.t = library, translator
        self._document = Document()
        section = self._document.sections[0]
        section.page_width, section.page_height = PAGE
        section.left_margin = section.right_margin = MARGIN
        section.top_margin, section.bottom_margin = Cm(1.3), Cm(1.2)
        style = self._document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(12)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after = Pt(3)

    def save(self) -> bytes:
        target = io.BytesIO()
        self._document.save(target)
        return target.getvalue()

    def turn(self) -> None:
        """Lay the paper on its side, for tables."""
        section = self._document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = reversed(PAGE)

    def head(self, form: Questionnaire, practice: Practice, cohort: str | None) -> None:
        """Write the title, whose form it is, the lines for code and date, and how to answer."""
        t = self.t
        self._line(t.label(form.title.root), size=20, bold=True, colour=BLUE, after=0)
        towns = practice.municipalities
        places = municipality_name(towns[0], t.language) if len(towns) == 1 else "_" * 16
        cohort_line = cohort or "_" * 16
        heading = f"{t.label(practice.name.root)}, {places}     {t('columns.cohort')}: {cohort_line}"
        self._line(heading, size=12, after=4)
        blanks = []
        if form.kind == "form" and form.participant_code != "none":
            blanks.append(f"{t('columns.participant')}: ______________")
        if form.kind == "form" and form.date != "none":
            blanks.append(f"{t('columns.answered_on')}: ____.____.________")
        if blanks:
            self._line("        ".join(blanks), size=13, bold=True, after=2)
        if form.kind == "form" and form.participant_code != "none":
            self._line(t("forms.code_how", rule=t("forms.code_rule")), size=11, colour=GREY, after=4)
        self._line(t.label(form.instructions.root), size=12, after=6)

    def questions(self, items: Sequence[Item]) -> None:
        """Write the questions one below another, none of them parted by the end of a page."""
        for number, item in enumerate(items, start=1):
            question = self._line(f"{number}. {self.t.label(item.text.root)}", size=13, bold=True, after=1, before=3)
            question.paragraph_format.keep_with_next = True
            scale = self.library.scale_of(item)
            if item.options:
                self._options(item)
            elif scale is not None:
                self._boxes(scale)
            elif item.kind == "number":
                self._line("__________", size=13)
            else:
                for _ in range(WRITING_LINES):
                    self._rule()

    def table(self, headings: Sequence[str]) -> None:
        """Write a table with empty rows to fill in by hand."""
        table = self._document.add_table(rows=1 + ROWS_ON_PAPER, cols=len(headings))
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        for cell, heading in zip(table.rows[0].cells, headings, strict=True):
            self._fill(cell.paragraphs[0], heading, 9 if len(headings) > 10 else 11, bold=True)
        for row in table.rows[1:]:
            row.height = Cm(0.75)

    def notice(self, form: Questionnaire) -> None:
        """Write what happens with the answers."""
        self.remark(f"{self.t('forms.notice_title')} {self.t.label(self.library.notices[form.role].text.root)}")

    def remark(self, text: str) -> None:
        """Write a remark below everything else."""
        self._line(text, size=10, colour=GREY, before=6)

    def _boxes(self, scale: Scale) -> None:
        """Write a box for every answer with its label below, those outside the scale smaller at the end."""
        answers = scale.answers
        table = self._document.add_table(rows=1, cols=len(answers))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for cell, answer in zip(table.rows[0].cells, answers, strict=True):
            self._box(cell, answer, small=len(answers) > LONG_SCALE)
        self._keep_together(table.rows[0])

    def _options(self, item: Item) -> None:
        """Write a box for every option with its label beside it, in two columns, and lines for own words."""
        if item.kind == SEVERAL_OPTIONS:
            hint = self._line(self.t("forms.choose_several"), size=11, colour=GREY, after=1)
            hint.paragraph_format.keep_with_next = True
        options = list(item.options.values())
        height = -(-len(options) // OPTION_COLUMNS)
        table = self._document.add_table(rows=height, cols=OPTION_COLUMNS)
        for place, option in enumerate(options):
            paragraph = table.cell(place % height, place // height).paragraphs[0]
            blank = f" {'_' * 16}" if option.other else ""
            self._fill(paragraph, f"{BOX} {self.t.label(option.label.root)}{blank}", 12)
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.keep_with_next = place % height < height - 1
        for row in table.rows:
            self._keep_together(row)

    def _box(self, cell: Any, answer: ScaleValue | OutsideValue, small: bool) -> None:
        box, label = cell.paragraphs[0], cell.add_paragraph()
        face = getattr(answer, "face", None)
        self._fill(box, f"{BOX} {face}" if face else BOX, 16)
        self._fill(label, self.t.label(answer.label.root), 9.5 if small else 10)
        for paragraph in (box, label):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.space_after = Pt(0)

    @staticmethod
    def _keep_together(row: Any) -> None:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))

    def _line(
        self, text: str, size: float, bold: bool = False, colour: RGBColor | None = None, after: float = 3,
        before: float = 0,
    ) -> Any:  # fmt: skip
        paragraph = self._document.add_paragraph()
        self._fill(paragraph, text, size, bold, colour)
        paragraph.paragraph_format.space_after, paragraph.paragraph_format.space_before = Pt(after), Pt(before)
        return paragraph

    @staticmethod
    def _fill(paragraph: Any, text: str, size: float, bold: bool = False, colour: RGBColor | None = None) -> None:
        run = paragraph.add_run(text)
        run.font.size, run.font.bold = Pt(size), bold
        if colour is not None:
            run.font.color.rgb = colour

    def _rule(self) -> None:
        """Draw a line to write on."""
        paragraph = self._line("", size=16, after=2)
        border = OxmlElement("w:pBdr")
        # Neighbouring paragraphs with one border share it: a line between them needs a border of its kind.
        for side in ("bottom", "between"):
            line = OxmlElement(f"w:{side}")
            for name, value in (("val", "single"), ("sz", "4"), ("space", "1"), ("color", "8A979E")):
                line.set(qn(f"w:{name}"), value)
            border.append(line)
        paragraph._p.get_or_add_pPr().append(border)
