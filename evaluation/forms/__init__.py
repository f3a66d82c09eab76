"""What goes out to be filled in: workbooks, paper, telephones, and lists to copy; one questionnaire, many shapes."""

from evaluation.forms.bundle import SHAPES, Shape, all_forms, forms_zip, shapes_of
from evaluation.forms.template import cohort_forms, cohort_workbook, entry_template, single_forms

__all__ = [
    "SHAPES",
    "Shape",
    "all_forms",
    "cohort_forms",
    "cohort_workbook",
    "entry_template",
    "forms_zip",
    "shapes_of",
    "single_forms",
]
