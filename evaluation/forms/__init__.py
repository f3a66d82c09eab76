"""What goes out to be filled in: workbooks, paper, telephones, and lists to copy; one questionnaire, many shapes."""

from evaluation.forms.bundle import SHAPES, Shape, all_forms, forms_zip, shapes_of
from evaluation.forms.template import entry_template, run_forms, run_workbook, single_forms

__all__ = [
    "SHAPES",
    "Shape",
    "all_forms",
    "entry_template",
    "forms_zip",
    "run_forms",
    "run_workbook",
    "shapes_of",
    "single_forms",
]
