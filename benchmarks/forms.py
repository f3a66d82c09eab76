"""Makes every form of every practice in every language and shape, fills each workbook at random and reads it back.

Prints how many forms there are, how long each step takes, and every workbook that did not come home whole.
"""

import io
import random
import time
from collections import Counter

from openpyxl import load_workbook

from evaluation.definitions import Library, Practice, Questionnaire, load_library
from evaluation.definitions.columns import EntryColumn, entry_columns
from evaluation.forms import all_forms, cohort_forms, cohort_workbook, entry_template, single_forms
from evaluation.i18n import languages
from evaluation.intake import read_draft

RESPONDENTS = 6


def main() -> None:
    """Print the figures."""
    library = load_library()
    began = time.perf_counter()
    shapes: Counter[str] = Counter()
    size = 0
    for language in languages():
        for practice in library.practices.values():
            for name, content in all_forms(library, practice, language, "2019"):
                shapes[name.rpartition("/")[2].removeprefix(f"{practice.id}_").rpartition(".")[2]] += 1
                size += len(content)
    print(f"{shapes.total()} forms made in {time.perf_counter() - began:.1f} s, {size / 2**20:.1f} MB: {dict(shapes)}")
    began = time.perf_counter()
    faults = [fault for language in languages() for fault in _round_trips(library, language)]
    print(f"filled at random and read back in {time.perf_counter() - began:.1f} s; not whole: {len(faults)}")
    for fault in faults:
        print(f"  {fault}")


def _round_trips(library: Library, language: str) -> list[str]:
    faults = []
    count = 0
    for practice in library.practices.values():
        forms = tuple(library.forms_of(practice))
        books = [((form,), entry_template(library, form, practice, language, "2019"), False) for form in forms]
        books += [
            ((form,), single_forms(library, form, practice, language, "2019"), True)
            for form in forms
            if form.kind == "form"
        ]
        if cohort_forms(library, practice):
            run = cohort_forms(library, practice)
            books.append((run, cohort_workbook(library, practice, language, "2019"), False))
        for asked, content, turned in books:
            count += 1
            draft = read_draft(_filled(content, asked, practice, library, language, turned), "form.xlsx", library)
            if draft.problems or draft.rejected or draft.rows != RESPONDENTS * len(asked):
                faults.append(f"{language} {practice.id} {[form.id for form in asked]}: {draft.problems[:2]}")
    print(f"{language}: {count} workbooks read back")
    return faults


def _filled(
    content: bytes,
    asked: tuple[Questionnaire, ...],
    practice: Practice,
    library: Library,
    language: str,
    turned: bool,
) -> bytes:
    book = load_workbook(io.BytesIO(content))
    for place, form in enumerate(asked):
        for number in range(RESPONDENTS):
            sheet = book.worksheets[number if turned else place]
            for column_no, column in enumerate(entry_columns(form, practice), start=1):
                row, column_at = (column_no + 1, 2) if turned else (number + 2, column_no)
                sheet.cell(row, column_at).value = _answer(column, number, practice, library, language)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _answer(column: EntryColumn, number: int, practice: Practice, library: Library, language: str) -> str | int | None:
    chance = random.Random(f"{column.id} {number}")
    item = column.item
    if item is None:
        system = {
            "participant": f"A{number}",
            "answered_on": f"{chance.randint(1, 28)}.3.2019",
            "municipality": practice.municipalities[0],
        }
        return system.get(column.id)
    scale = library.scale_of(item)
    if scale is not None:
        answer = chance.choice(scale.answers)
        return chance.choice((answer.code, answer.label[language]))
    return chance.randint(0, 9) if item.kind == "number" else "..."


if __name__ == "__main__":
    main()
