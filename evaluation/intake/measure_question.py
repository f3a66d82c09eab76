"""Whether a table answers a measure that others own: asked once, since its wording stands in no definition.

Its columns may be worded as its makers do, or by somebody who asks the same: the headings are compared with the areas
of the measure and the words related to them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from evaluation.definitions import Item, Library, Practice
from evaluation.intake.context import FileSettings, FormChooser, header_key
from evaluation.intake.known import Known
from evaluation.intake.offered_questions import likest_of_fields, may_ask
from evaluation.intake.parsing import fits
from evaluation.intake.table import Table, TableField
from evaluation.intake.titles import Place
from evaluation.records import Choice, OpenQuestion

KIND = "measure"
OTHER = "other_form"
# How alike a heading and an area must be (0 to 1), and how many columns; fewer resemble any questionnaire by chance.
LEAST, FEWEST = 0.6, 3


def measure_question(
    table: Table, place: Place, practice: Practice | None, known: Known, library: Library, settings: FileSettings
) -> OpenQuestion | None:
    """Return the question which measure of others a table answers; None where the practice's own forms are as alike.

    Where the worker has said which questionnaire it is, nothing is asked.

    Args:
        table: the table.
        place: what its titles name.
        practice: the practice it is from, None where that stands row by row.
        known: the ways in which the questions of the definitions are written.
        library: the definitions.
        settings: what the worker has set.
    """
    if settings.questionnaire is not None:
        return None
    fields = [field for field in table.questions if _may_be_worded(field, table, known)]
    if len(fields) < FEWEST:
        return None

    def alike(items: Sequence[Item]) -> int:
        return _alike(table, fields, items, known, library)

    forms = [form for form in map(library.questionnaire, library.questionnaire_ids) if form.external]
    columns = {form.id: number for form in forms if (number := alike(form.items)) >= FEWEST}
    if not columns:
        return None
    # Once the worker has decided, columns that are confirmed since change nothing of the question.
    decided = _key(table) in settings.decisions
    sure = 0 if decided else FormChooser(table, known, settings, library).most
    own_forms = library.forms_of(practice) if practice else ()
    of_own_forms = max(
        (alike(form.items_for(practice)) for form in own_forms if practice and not form.external), default=0
    )
    columns = {form: number for form, number in columns.items() if number > max(sure, of_own_forms)}
    return _question(table, columns, len(fields), place, library, settings) if columns else None


def settings_of(measure: OpenQuestion | None, settings: FileSettings, library: Library) -> FileSettings:
    """Return the settings with the questionnaire that the worker has named for a table, if any."""
    decided = measure is not None and measure.decision in library.questionnaire_ids
    return replace(settings, questionnaire=measure.decision) if measure and decided else settings


def _question(
    table: Table, columns: Mapping[str, int], size: int, place: Place, library: Library, settings: FileSettings
) -> OpenQuestion:
    """Return the question, with how many of the ``size`` columns resemble each of the likely forms."""
    timings = {form: library.questionnaire(form).timing for form in columns}

    def unlikely(form: str) -> tuple[bool, int, bool, bool]:
        of_title, of_time = form in place.questionnaires, timings[form] == place.timing
        return not of_title, -columns[form], not of_time, timings[form] != "start"

    likely = sorted(columns, key=unlikely)
    first = likely[0]
    # Only the order of equally likely forms is by convention: start before end.
    undecided = [form for form in likely[1:] if unlikely(form)[:3] == unlikely(first)[:3]]
    titles: Mapping[str, Mapping[str, str]] = {form: library.questionnaire(form).title.root for form in likely}
    key = _key(table)
    return OpenQuestion(
        key=key,
        kind=KIND,
        choices=(*(Choice(form, titles[form]) for form in likely), Choice(OTHER)),
        sheet=table.sheet.name,
        rows=len(table.rows),
        values={"form": titles[first], "n": columns[first], "columns": size},
        suggested=None if undecided else first,
        decision=settings.decisions.get(key),
    )


def _key(table: Table) -> str:
    return f"{KIND}:{header_key(table.fields)}"


def _may_be_worded(field: TableField, table: Table, known: Known) -> bool:
    return bool(field.heading) and field.kind == "question" and may_ask(field, table, known)


def _alike(table: Table, fields: Sequence[TableField], items: Sequence[Item], known: Known, library: Library) -> int:
    """Return how many columns resemble a closed question of ``items``, each another; 0 where most columns do not."""

    def suits(field: TableField, item: Item) -> bool:
        return fits(table, field.columns, item, library)

    closed = [item for item in items if item.kind == "scale"]
    likest = likest_of_fields(table, fields, closed, known, suits)
    near = {ranked[0].item for ranked in likest if ranked and ranked[0].score >= LEAST}
    return len(near) if 2 * len(near) >= len(fields) else 0
