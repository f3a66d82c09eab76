"""What a table is about: practice, municipality, run and questionnaire, and how each was found out."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from evaluation.definitions import Library, Practice, Questionnaire
from evaluation.definitions.columns import (
    COHORT,
    MANIFEST_FORMAT,
    MANIFEST_SHEET,
    MUNICIPALITY,
    PRACTICE,
    SHEET_KEY,
)
from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.matching import candidates, likely
from evaluation.intake.personal_data import mask, show
from evaluation.intake.place import Place, names_of
from evaluation.intake.table import Table, TableField
from evaluation.records import Problem
from evaluation.spreadsheets import Sheet


@dataclass(frozen=True)
class Given:
    """What the worker says of the whole file; what stands in the workbook goes before it.

    ``day`` is when rows were answered that do not say it. ``columns`` and ``labels`` are as in records.Remembered; what
    is said of a heading without a number holds for every column of it that has no word of its own. ``date_order``
    decides dates such as 3/4/2018 that could be either; ``same_codes`` says that one code means another, ``row_codes``
    which code a row has (sheet and row → code), ``same_runs`` that a run is another (both as municipality and name);
    ``name_key`` is that of codes made of names. ``hidden_rows`` tells whether rows hidden in the workbook are taken.
    ``runs`` are the names of the runs that are known already. ``decisions`` are the choices made for open questions,
    by their key. ``timings`` says when answers were given, by the key of a column, band or block (None: at all times
    alike) or by a folded word that stands in a column of times; "leave_out" for those that are not to be read.
    ``header_rows`` says in which row (from 1) of a sheet the headings stand.
    """

    practice: str | None = None
    municipality: str | None = None
    cohort: str | None = None
    questionnaire: str | None = None
    day: date | None = None
    columns: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    labels: Mapping[tuple[str, str], int | None] = field(default_factory=lambda: MappingProxyType({}))
    date_order: Literal["dm", "md"] | None = None
    same_codes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    row_codes: Mapping[tuple[str, int], str] = field(default_factory=lambda: MappingProxyType({}))
    same_runs: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    name_key: bytes = field(default=b"", repr=False)
    hidden_rows: bool = True
    runs: tuple[str, ...] = ()
    decisions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    timings: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    header_rows: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Context:
    """What holds for every row of a table; a practice or municipality that is missing stands in a column."""

    practice: Practice | None
    municipality: str | None
    cohort: str


class Unclear(Exception):
    """It cannot be told what a table is about; ``problem`` says what is missing."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.code)
        self.problem = problem


def read_manifest(sheets: Sequence[Sheet]) -> Mapping[str, str]:
    """Return what the hidden sheet of a template says, personal data masked; nothing for any other workbook."""
    for sheet in sheets:
        if sheet.name == MANIFEST_SHEET:
            rows = [sheet.row(number)[:2] for number in range(sheet.height)]
            told = (row for row in rows if len(row) > 1 and row[0] and row[1] is not None)
            pairs = {mask(str(name)).text: mask(str(value)).text for name, value in told}
            return pairs if pairs.get("format") == MANIFEST_FORMAT else {}
    return {}


def find_context(
    table: Table, place: Place, manifest: Mapping[str, str], given: Given, library: Library
) -> tuple[Context, tuple[Problem, ...]]:
    """Find out where the answers of ``table`` come from. Raises Unclear where that must be asked.

    Raises also where the workbook names a practice or municipality that is not known.
    """
    sheet = table.sheet.name
    columns = {each.system for each in table.fields}
    practice = _practice(sheet, PRACTICE in columns, place, manifest, given, library)
    municipality = manifest.get("municipality") or place.municipality or given.municipality
    if practice and not municipality and len(practice.municipalities) == 1:
        municipality = practice.municipalities[0]
    if practice and municipality and municipality not in practice.municipalities:
        places = ", ".join(practice.municipalities)
        raise Unclear(Problem("error", "other_municipality", sheet, values={"found": municipality, "places": places}))
    if not municipality and practice and MUNICIPALITY not in columns:
        places = ", ".join(practice.municipalities)
        raise Unclear(Problem("error", "municipality_missing", sheet, values={"places": places}))
    cohort = manifest.get("cohort") or place.cohort or mask(given.cohort or "").text
    found = {
        "practice": manifest.get("practice") or (place.practice.id if place.practice else None),
        MUNICIPALITY: manifest.get("municipality") or place.municipality,
        COHORT: manifest.get("cohort") or place.cohort,
        "questionnaire": manifest.get("questionnaire"),
    }
    said = {given.practice, given.municipality, given.cohort} - {None}
    told = tuple(problem for name, problem in place.told if name not in said)
    return Context(practice, municipality, cohort.strip()), (*told, *_differences(sheet, found, given, library))


def _practice(
    sheet: str, in_column: bool, place: Place, manifest: Mapping[str, str], given: Given, library: Library
) -> Practice | None:
    if "practice" not in manifest and place.practice is not None:
        return place.practice
    name = manifest.get("practice") or given.practice
    if name is None:
        if not in_column:
            raise Unclear(Problem("error", "practice_missing", sheet))
        return None
    if name not in library.practices:
        raise Unclear(Problem("error", "practice_unknown", sheet, value=name))
    return library.practices[name]


def _differences(sheet: str, found: Mapping[str, str | None], given: Given, library: Library) -> tuple[Problem, ...]:
    """Say where the worker's word and the workbook's differ; the workbook's holds."""
    said = {
        "practice": given.practice,
        "questionnaire": given.questionnaire,
        MUNICIPALITY: given.municipality,
        COHORT: given.cohort,
    }
    return tuple(
        Problem(
            "warning",
            "given_differs",
            sheet,
            values={"found": _say(key, str(found[key]), library), "given": _say(key, value, library)},
        )
        for key, value in said.items()
        if value and found.get(key) and found[key] != value
    )


def _say(key: str, value: str, library: Library) -> object:
    """Return what a message calls a practice or questionnaire: its name in each language, never its id."""
    if key == "practice" and value in library.practices:
        return library.practices[value].name.root
    if key == "questionnaire" and value in library.questionnaire_ids:
        return library.questionnaire(value).title.root
    return show(value)


class FormChooser:
    """Finds the questionnaire that a table answers."""

    def __init__(self, table: Table, known: Known, given: Given, library: Library) -> None:
        """Look up what the fields of ``table`` may ask; where nothing is named for sure, what they resemble."""
        self._table, self._given, self._library = table, given, library
        self._asked = [found for each in table.questions if (found := candidates(each, known, given.columns))]
        self._sure = len(self._asked) > 1
        if not self._asked:
            self._asked = [found for each in table.questions if (found := likely(each, known))]
        self._sessions = any(each.kind == "session" for each in table.fields)

    def fitting(self, timing: str | None = None) -> tuple[Questionnaire, ...]:
        """Return the latest questionnaires that ask most of what the table asks, the shortest first."""
        forms = [self._library.questionnaire(form_id) for form_id in self._library.questionnaire_ids]
        counted = {form.id: self._weight(form) for form in forms if timing in (None, form.timing)}
        most = max(counted.values(), default=0)
        best = [form for form in forms if most and counted.get(form.id) == most]
        return tuple(sorted(best, key=lambda form: len(form.items)))

    def only_practice(self) -> Practice | None:
        """Return the one practice that uses what the table answers; None for several, or where little is sure."""
        fitting = {form.id for form in self.fitting()} if self._sure else set()
        using = [each for each in self._library.practices.values() if fitting & set(each.questionnaires)]
        return using[0] if len(using) == 1 else None

    def answerable(self, practice: Practice | None) -> tuple[Questionnaire, ...]:
        """Return the latest questionnaires that ask something of what the table asks, of ``practice`` where it has.

        Of a table that asks nothing we know they are the practice's own for clients, where it asks them at several
        times: where it asks at one, a column of times tells nothing about the table.
        """
        forms = [self._library.questionnaire(form_id) for form_id in self._library.questionnaire_ids]
        possible = tuple(form for form in forms if self._weight(form))
        used = tuple(form for form in possible if practice and form.id in practice.questionnaires)
        own = self._of_clients(practice)
        return used or possible or (tuple(own) if len({form.timing for form in own}) > 1 else ())

    def choose(
        self, manifest: Mapping[str, str], place: Place, practice: Practice | None, timing: str | None = None
    ) -> Questionnaire:
        """Return the questionnaire; raise Unclear where several fit or none does.

        What a template says holds; then what a timing column says, what the worker says, the sheet's or the table's
        title, and what the practice uses.
        """
        sheet = self._table.sheet.name
        named = self._named(manifest)
        if named is not None:
            return named
        fitting = self.fitting(timing or None)
        chosen = self._given.questionnaire
        if chosen and timing is None:
            return self._given_form(chosen)
        titled = [form for form in fitting if form.id in place.questionnaires]
        timed = [form for form in fitting if place.timing is not None and form.timing == place.timing]
        used = [form for form in fitting if practice and form.id in practice.questionnaires]
        both = [form for form in timed if form in used]
        for found in (titled, both, timed, used, list(fitting)):
            if len(found) == 1:
                return found[0]
        # The time is told by the structure of the sheet, also where no heading is known yet.
        at_time = self._at_time(practice, timing or place.timing) if not titled and not both else []
        if len(at_time) == 1:
            return at_time[0]
        raise Unclear(Problem("error", "questionnaire_unclear" if fitting else "sheet_not_recognised", sheet))

    def _of_clients(self, practice: Practice | None) -> list[Questionnaire]:
        forms = [self._library.questionnaire(each) for each in practice.questionnaires] if practice else []
        return [form for form in forms if (form.kind, form.role) == ("form", "client")]

    def _at_time(self, practice: Practice | None, timing: str | None) -> list[Questionnaire]:
        """Return the forms of clients that the practice uses at a time; of several the likest to the one given."""
        if practice is None or timing is None:
            return []
        found = [each for each in self._of_clients(practice) if each.timing == timing]
        if self._given.questionnaire is None or len(found) < 2:
            return found
        items = {item.id for item in self._library.questionnaire(self._given.questionnaire).items}
        shared = {form.id: len(items & {item.id for item in form.items}) for form in found}
        return [form for form in found if shared[form.id] == max(shared.values())]

    def _weight(self, form: Questionnaire) -> int:
        if self._sessions != (form.kind == "register"):
            return 0
        items = {item.id for item in form.items}
        return sum(bool(found & items) for found in self._asked) + (1 if self._sessions else 0)

    def _given_form(self, form_id: str) -> Questionnaire:
        form = self._library.questionnaire(form_id)
        if self._asked and not self._weight(form):
            values = {"form": form.title.root}
            raise Unclear(Problem("error", "other_questionnaire", self._table.sheet.name, values=values))
        return form

    def _named(self, manifest: Mapping[str, str]) -> Questionnaire | None:
        """Return the questionnaire and version that a template names."""
        sheet = self._table.sheet.name
        named = manifest.get(f"{SHEET_KEY}{sheet}")
        if not named and "questionnaire" not in manifest:
            return None
        name, version = named.split(":") if named else (manifest["questionnaire"], manifest.get("version", ""))
        try:
            return self._library.questionnaire(name, int(version) if version.isdigit() else None)
        except KeyError as error:
            values = {"name": name, "version": version}
            raise Unclear(Problem("error", "questionnaire_unknown", sheet, values=values)) from error


def practice_named(text: str, library: Library) -> Practice | None:
    """Return the practice whose id or name in any language ``text`` is."""
    folded = fold(text)
    return next((each for each in library.practices.values() if folded in names_of(each)), None)


def header_key(fields: Sequence[TableField]) -> str:
    """Return the mark of a set of headings, by which what a worker said of them is found again."""
    texts = sorted({fold(each.heading) for each in fields})
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()
