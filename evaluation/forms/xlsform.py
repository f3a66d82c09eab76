"""XLSForm for ODK and KoboToolbox: the same questions on a telephone or a tablet, in every language.

Question names are the items' ids and answer names the codes of scales or the ids of options, so that results come home
without any mapping.
"""

import io
from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from evaluation.definitions import SEVERAL_OPTIONS, Item, Library, Practice, Questionnaire
from evaluation.definitions.columns import ANSWERED_ON, COHORT, MUNICIPALITY, PARTICIPANT, PRACTICE, system_headings
from evaluation.definitions.municipalities import name_by_language
from evaluation.i18n import Translator, languages

LANGUAGE_NAMES = {"fi": "Suomi (fi)", "sv": "Svenska (sv)", "en": "English (en)"}
SURVEY = ("type", "name", "required", "appearance", "default", "calculation")
YES = "yes"

Row = dict[str, str]


def xlsform(
    library: Library, questionnaire: Questionnaire, practice: Practice, language: str, cohort: str | None = None
) -> bytes:
    """Return an XLSForm workbook; arguments as in entry_template, ``language`` is the first one.

    Raises ValueError for a register, in which one row is not one answering.
    """
    if questionnaire.kind == "register":
        raise ValueError(f"{questionnaire.id} is a register")
    book = Workbook()
    survey, choices, settings = book.worksheets[0], book.create_sheet("choices"), book.create_sheet("settings")
    survey.title = "survey"
    texts = [f"{column}::{name}" for column in ("label", "hint") for name in LANGUAGE_NAMES.values()]
    _write(survey, [*SURVEY, *texts], list(_survey(library, questionnaire, practice, cohort)))
    labels = [f"label::{name}" for name in LANGUAGE_NAMES.values()]
    _write(choices, ["list_name", "name", *labels], list(_choices(library, questionnaire, practice)))
    title = f"{Translator(language).label(questionnaire.title.root)} – {Translator(language).label(practice.name.root)}"
    row = {
        "form_title": title,
        "form_id": f"{practice.id}_{questionnaire.id}",
        "version": str(questionnaire.version),
        "default_language": LANGUAGE_NAMES[language],
    }
    _write(settings, list(row), [row])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write(sheet: Worksheet, columns: Sequence[str], rows: Sequence[Row]) -> None:
    sheet.append(list(columns))
    for row in rows:
        sheet.append([row.get(column) for column in columns])


def _texts(column: str, texts: dict[str, str]) -> Row:
    return {f"{column}::{LANGUAGE_NAMES[language]}": text for language, text in texts.items()}


def _in_every_language(key: str) -> dict[str, str]:
    return {language: Translator(language)(key) for language in languages()}


def _code_how() -> dict[str, str]:
    rules = _in_every_language("forms.code_rule")
    return {language: Translator(language)("forms.code_how", rule=rule) for language, rule in rules.items()}


def _survey(library: Library, form: Questionnaire, practice: Practice, cohort: str | None) -> Iterator[Row]:
    for name, value in (("questionnaire", form.id), ("version", str(form.version)), (PRACTICE, practice.id)):
        yield {"type": "calculate", "name": name, "calculation": f"'{value}'"}
    notice = library.notices[form.role].text.root
    yield {"type": "note", "name": "notice"} | _texts("label", dict(notice))
    if form.participant_code != "none":
        needed = YES if form.participant_code == "required" else ""
        row = {"type": "text", "name": PARTICIPANT, "required": needed}
        yield row | _texts("label", dict(system_headings(PARTICIPANT))) | _texts("hint", _code_how())
    if form.date != "none":
        row = {"type": "date", "name": ANSWERED_ON, "required": YES, "default": "today()"}
        yield row | _texts("label", dict(system_headings(ANSWERED_ON)))
    yield {"type": "text", "name": COHORT, "default": cohort or ""} | _texts("label", dict(system_headings(COHORT)))
    if len(practice.municipalities) > 1:
        row = {"type": f"select_one {MUNICIPALITY}", "name": MUNICIPALITY, "required": YES}
        yield row | _texts("label", dict(system_headings(MUNICIPALITY)))
    else:
        yield {"type": "calculate", "name": MUNICIPALITY, "calculation": f"'{practice.municipalities[0]}'"}
    for item in form.items_for(practice):
        yield {"type": _type(item), "name": item.id} | _look(item, library) | _texts("label", dict(item.text.root))


def _type(item: Item) -> str:
    if item.options:
        return f"{'select_multiple' if item.kind == SEVERAL_OPTIONS else 'select_one'} {item.id}"
    number = "integer" if item.step == 1 else "decimal"
    return {"text": "text", "number": number, "scale": f"select_one {item.scale}"}[item.kind]


def _look(item: Item, library: Library) -> Row:
    scale = library.scale_of(item)
    if scale is None:
        return {"appearance": "multiline"} if item.kind == "text" else {}
    return {"appearance": "horizontal-compact"} if len(scale.values) > 7 else {}


def _choices(library: Library, form: Questionnaire, practice: Practice) -> Iterator[Row]:
    scales = [library.scales[item.scale] for item in form.items_for(practice) if item.scale]
    for scale in {scale.id: scale for scale in scales}.values():
        for answer in scale.answers:
            yield {"list_name": scale.id, "name": str(answer.code)} | _texts("label", dict(answer.label.root))
    for item in form.items_for(practice):
        for name, option in item.options.items():
            yield {"list_name": item.id, "name": name} | _texts("label", dict(option.label.root))
    if len(practice.municipalities) > 1:
        for name in practice.municipalities:
            yield {"list_name": MUNICIPALITY, "name": name} | _texts("label", name_by_language(name))
