"""What a sheet is about: which questionnaire, practice, municipality and run, and how that was found out."""

from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.definitions import Library, Practice, Questionnaire
from evaluation.definitions.columns import COHORT, MANIFEST_FORMAT, MANIFEST_SHEET, MUNICIPALITY, PRACTICE, SHEET_KEY
from evaluation.intake.answers import names_of
from evaluation.intake.folding import fold
from evaluation.intake.headings import Header, questionnaires_with
from evaluation.intake.workbook import Sheet
from evaluation.records import Problem

TEMPLATE, TABLE = "entry_template", "plain_table"


@dataclass(frozen=True)
class Given:
    """What the worker says of the whole file; what stands in the workbook goes before it."""

    practice: str | None = None
    municipality: str | None = None
    cohort: str | None = None
    questionnaire: str | None = None


@dataclass(frozen=True)
class Context:
    """What holds for every row of a sheet; a practice or municipality that is missing stands in a column."""

    questionnaire: Questionnaire
    practice: Practice | None
    municipality: str | None
    cohort: str


class Unclear(Exception):
    """It cannot be told what a sheet is about; ``problem`` says what is missing."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.code)
        self.problem = problem


def read_manifest(sheets: tuple[Sheet, ...]) -> Mapping[str, str]:
    """Return what the hidden sheet of a template says; nothing for a table typed by hand."""
    for sheet in sheets:
        if sheet.name == MANIFEST_SHEET:
            pairs = {str(row[0]): str(row[1]) for row in sheet.rows if len(row) > 1 and row[0] and row[1] is not None}
            return pairs if pairs.get("format") == MANIFEST_FORMAT else {}
    return {}


def find_context(
    sheet: Sheet, header: Header, manifest: Mapping[str, str], given: Given, library: Library
) -> tuple[Context, tuple[Problem, ...]]:
    """Find out what ``sheet`` is about. Raises Unclear where that must be asked."""
    practice = _practice(sheet, header, manifest, given, library)
    questionnaire = _questionnaire(sheet, header, manifest, given, library, practice)
    municipality = manifest.get("municipality") or given.municipality
    if practice and not municipality and len(practice.municipalities) == 1:
        municipality = practice.municipalities[0]
    if practice and municipality and municipality not in practice.municipalities:
        places = ", ".join(practice.municipalities)
        raise Unclear(
            Problem("error", "other_municipality", sheet.name, values={"found": municipality, "places": places})
        )
    if not municipality and practice and header.column(MUNICIPALITY) is None:
        places = ", ".join(practice.municipalities)
        raise Unclear(Problem("error", "municipality_missing", sheet.name, values={"places": places}))
    cohort = manifest.get("cohort") or given.cohort or ""
    return Context(questionnaire, practice, municipality, cohort.strip()), _differences(sheet, manifest, given)


def _practice(
    sheet: Sheet, header: Header, manifest: Mapping[str, str], given: Given, library: Library
) -> Practice | None:
    name = manifest.get("practice") or given.practice
    if name is None:
        if header.column(PRACTICE) is None:
            raise Unclear(Problem("error", "practice_missing", sheet.name))
        return None
    if name not in library.practices:
        raise Unclear(Problem("error", "practice_unknown", sheet.name, value=name))
    return library.practices[name]


def _questionnaire(
    sheet: Sheet,
    header: Header,
    manifest: Mapping[str, str],
    given: Given,
    library: Library,
    practice: Practice | None,
) -> Questionnaire:
    named = manifest.get(f"{SHEET_KEY}{sheet.name}")
    if named or "questionnaire" in manifest:
        name, version = named.split(":") if named else (manifest["questionnaire"], manifest.get("version", ""))
        try:
            return library.questionnaire(name, int(version) if version.isdigit() else None)
        except KeyError as error:
            values = {"name": name, "version": version}
            raise Unclear(Problem("error", "questionnaire_unknown", sheet.name, values=values)) from error
    fitting = questionnaires_with(header, library)
    chosen = [form for form in fitting if form.id == given.questionnaire]
    if given.questionnaire and not chosen:
        form = library.questionnaire(given.questionnaire)
        raise Unclear(Problem("error", "other_questionnaire", sheet.name, values={"form": form.title.root}))
    titled = [form for form in fitting if _is_title(sheet.name, form)]
    used = [form for form in fitting if practice and form.id in practice.questionnaires]
    for candidates in (chosen, titled, used, list(fitting)):
        if len(candidates) == 1:
            return candidates[0]
    raise Unclear(Problem("error", "questionnaire_unclear", sheet.name))


def _is_title(name: str, form: Questionnaire) -> bool:
    """Tell whether a sheet has the title of ``form`` for its name, cut as Excel cuts it."""
    return any(fold(name) == fold(title[: len(name)]) and len(name) > 5 for title in form.title.values())


def _differences(sheet: Sheet, manifest: Mapping[str, str], given: Given) -> tuple[Problem, ...]:
    """Say where the worker's word and the workbook's differ; the workbook's holds."""
    said = {
        "practice": given.practice,
        "questionnaire": given.questionnaire,
        MUNICIPALITY: given.municipality,
        COHORT: given.cohort,
    }
    return tuple(
        Problem("warning", "given_differs", sheet.name, values={"found": manifest[key], "given": value})
        for key, value in said.items()
        if value and manifest.get(key) and manifest[key] != value
    )


def practice_named(text: str, library: Library) -> Practice | None:
    """Return the practice whose id or name in any language ``text`` is."""
    folded = fold(text)
    return next((each for each in library.practices.values() if folded in names_of(each.name, each.id)), None)
