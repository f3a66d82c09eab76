"""Every shape a form can leave in, and all forms of a practice in one zip."""

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from evaluation.definitions import Library, Practice, Questionnaire
from evaluation.forms.question_list import question_list
from evaluation.forms.template import cohort_forms, cohort_workbook, entry_template, single_forms
from evaluation.forms.word import word_form
from evaluation.forms.xlsform import xlsform

Make = Callable[[Library, Questionnaire, Practice, str, str | None], bytes]

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Shape:
    """A shape that a form can leave in; ``kinds`` are the kinds of questionnaires that can."""

    id: str
    make: Make
    suffix: str
    mime: str
    kinds: frozenset[str]


ALL_KINDS = frozenset({"form", "register", "head_count"})
SHAPES = (
    Shape("table", entry_template, ".xlsx", XLSX, ALL_KINDS),
    Shape("single", single_forms, "_single.xlsx", XLSX, frozenset({"form"})),
    Shape("paper", word_form, ".docx", DOCX, ALL_KINDS),
    Shape("xlsform", xlsform, "_xlsform.xlsx", XLSX, ALL_KINDS - {"register"}),
    Shape("list", question_list, "_questions.xlsx", XLSX, frozenset({"form"})),
)


def shapes_of(questionnaire: Questionnaire) -> tuple[Shape, ...]:
    """Return the shapes that ``questionnaire`` can leave in."""
    return tuple(shape for shape in SHAPES if questionnaire.kind in shape.kinds)


def form_file(practice: Practice, questionnaire: Questionnaire, shape: Shape) -> str:
    """Return the name of a form's file: practice and questionnaire, whose id may begin with the practice's already."""
    form = questionnaire.id.removeprefix(f"{practice.id}_")
    return f"{practice.id}_{form}{shape.suffix}"


def all_forms(
    library: Library, practice: Practice, language: str, cohort: str | None = None
) -> Iterator[tuple[str, bytes]]:
    """Yield every form of ``practice`` in every shape: its name, numbered in order of use, and its bytes."""
    for number, form in enumerate(library.forms_of(practice), start=1):
        for shape in shapes_of(form):
            name = form_file(practice, form, shape)
            yield f"{number:02}_{form.id}/{name}", shape.make(library, form, practice, language, cohort)
    if len(cohort_forms(library, practice)) > 1:
        yield f"{practice.id}_run.xlsx", cohort_workbook(library, practice, language, cohort)


def forms_zip(library: Library, practice: Practice, language: str, cohort: str | None = None) -> bytes:
    """Return a zip of all_forms."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in all_forms(library, practice, language, cohort):
            archive.writestr(name, content)
    return target.getvalue()
