"""The columns of an entry table, described once for the forms that go out and for the reading that takes them in."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.definitions.models import Item, Practice, Questionnaire
from evaluation.i18n import Translator, languages

# The hidden sheet by which a template is known again, and the format of what stands on it.
MANIFEST_SHEET = "_evaluation"
MANIFEST_FORMAT = "evaluation-entry-1"
# A property of every workbook that we write of answers or questions: the import knows by it that nobody has filled
# this in.
REPORT_PROPERTY = "evaluation"
REPORT_MARK = "report-1"
# Which questionnaire and version stands on a sheet of a workbook that has several.
SHEET_KEY = "sheet:"
INSTRUCTIONS_KEY = "instructions"
LAYOUT_KEY, SINGLE_LAYOUT = "layout", "single_form"

PARTICIPANT, ANSWERED_ON, COHORT, MUNICIPALITY, PRACTICE = (
    "participant",
    "answered_on",
    "cohort",
    "municipality",
    "practice",
)
SYSTEM_COLUMNS = (PARTICIPANT, ANSWERED_ON, COHORT, MUNICIPALITY, PRACTICE)
SESSIONS_IN_TEMPLATE = 12
SESSION_ITEM = "presence"


@dataclass(frozen=True)
class EntryColumn:
    """One column: its id, its heading in every language, and its item (none for a system column)."""

    id: str
    headings: Mapping[str, str]
    item: Item | None = None
    required: bool = False


def entry_columns(questionnaire: Questionnaire, practice: Practice) -> tuple[EntryColumn, ...]:
    """Return the columns that ``practice`` fills in for ``questionnaire``; a register's sessions come last.

    A participant code and a date stand there where the questionnaire wants them, the cohort always, the municipality
    where the practice has several.
    """
    columns = []
    if questionnaire.participant_code != "none":
        columns.append(_system(PARTICIPANT, questionnaire.participant_code == "required"))
    if questionnaire.date != "none":
        columns.append(_system(ANSWERED_ON, questionnaire.date == "required"))
    columns.append(_system(COHORT))
    if len(practice.municipalities) > 1:
        columns.append(_system(MUNICIPALITY, required=True))
    items = [item for item in questionnaire.items_for(practice) if item.id != SESSION_ITEM]
    columns += [EntryColumn(item.id, item.text.root, item) for item in items]
    if questionnaire.kind == "register":
        presence = questionnaire.item(SESSION_ITEM)
        columns += [_session(number, presence) for number in range(1, SESSIONS_IN_TEMPLATE + 1)]
    return tuple(columns)


def system_headings(column: str) -> Mapping[str, str]:
    """Return the heading of a system column in every language."""
    return {language: Translator(language)(f"columns.{column}") for language in languages()}


def _system(column: str, required: bool = False) -> EntryColumn:
    return EntryColumn(column, system_headings(column), required=required)


def _session(number: int, presence: Item) -> EntryColumn:
    headings = {language: f"{text} {number}" for language, text in presence.text.root.items()}
    return EntryColumn(f"session_{number}", headings, presence)
