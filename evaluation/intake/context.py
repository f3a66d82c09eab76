"""What a table is about: practice, municipality, cohort and questionnaire, and the evidence for them."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
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
from evaluation.definitions.municipalities import list_by_language, name_by_language
from evaluation.intake.folding import fold
from evaluation.intake.known import Known
from evaluation.intake.matching import candidates, likely
from evaluation.intake.municipality_names import municipality_meant
from evaluation.intake.personal_data import mask, show
from evaluation.intake.table import Table, TableField
from evaluation.intake.titles import Place, names_of
from evaluation.records import Problem, TablePlace
from evaluation.spreadsheets import Sheet


@dataclass(frozen=True)
class FileSettings:
    """What the worker has set for the whole file; what stands in the workbook takes precedence.

    ``day`` is the day of rows that have none. ``columns`` and ``labels`` are as in records.Remembered; a setting for a
    heading without a number holds for every column of that heading without its own setting. ``date_order`` decides
    dates such as 3/4/2018 that could be either; ``same_codes`` says that one code means another, ``row_codes`` which
    code a row has (sheet and row → code), ``same_cohorts`` that a cohort is another (both as municipality and name);
    ``name_key`` is the key of codes made of names. ``hidden_rows`` says whether rows hidden in the workbook are read.
    ``cohorts`` are the names of the stored cohorts, ``places`` the municipalities that are stored of a practice.
    ``decisions`` are the choices for open questions, by their key.
    ``timings`` are the times of answers, by the key of a column, band or block (None: at all times alike) or by a
    folded word in a column of times; "leave_out" for those that are not to be read. ``header_rows`` says in which row
    (from 1) of a sheet the headings stand.
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
    same_cohorts: Mapping[tuple[str, str], tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))
    name_key: bytes = field(default=b"", repr=False)
    hidden_rows: bool = True
    cohorts: tuple[str, ...] = ()
    places: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    decisions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    timings: Mapping[str, str | None] = field(default_factory=lambda: MappingProxyType({}))
    header_rows: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def places_of(self, practice: Practice) -> tuple[str, ...]:
        """Return where ``practice`` is known to run: where it is defined or stored to, and what the worker says."""
        explicit = (self.municipality,) if self.municipality else ()
        return tuple(dict.fromkeys((*practice.municipalities, *self.places.get(practice.id, ()), *explicit)))


@dataclass(frozen=True)
class Context:
    """What holds for every row of a table; a practice or municipality that is missing stands in a column.

    ``assumed`` is the municipality where nothing tells it and the practice is known to run in one only.
    """

    practice: Practice | None
    municipality: str | None
    cohort: str
    assumed: str = ""

    @property
    def place(self) -> TablePlace:
        """Return where a table is from, as far as it is known."""
        return TablePlace(self.practice.id if self.practice else "", self.municipality or "", self.cohort)


class Unclear(Exception):
    """It is unclear what a table is about; ``problem`` says what is missing."""

    def __init__(self, problem: Problem) -> None:
        """Keep the problem."""
        super().__init__(problem.code)
        self.problem = problem


def read_manifest(sheets: Sequence[Sheet]) -> Mapping[str, str]:
    """Return what the hidden sheet of a template says, personal data masked; nothing for any other workbook."""
    for sheet in sheets:
        if sheet.name == MANIFEST_SHEET:
            rows = [sheet.row(number)[:2] for number in range(sheet.height)]
            filled = (row for row in rows if len(row) > 1 and row[0] and row[1] is not None)
            pairs = {mask(str(name)).text: mask(str(value)).text for name, value in filled}
            return pairs if pairs.get("format") == MANIFEST_FORMAT else {}
    return {}


def find_context(
    table: Table, place: Place, manifest: Mapping[str, str], settings: FileSettings, library: Library
) -> tuple[Context, tuple[Problem, ...]]:
    """Return where the answers of ``table`` come from, and notices about it.

    Raises Unclear where the worker must be asked, and where the workbook names an unknown practice or municipality.
    """
    sheet = table.sheet.name
    columns = {field.system for field in table.fields}
    practice = _practice(sheet, PRACTICE in columns, place, manifest, settings, library)
    named = manifest.get("municipality")
    stated = (named and municipality_meant(named, library.municipalities)) or named or place.municipality
    municipality = stated or settings.municipality
    towns = settings.places_of(practice) if practice else ()
    if not municipality and len(towns) == 1:
        municipality = towns[0]
    if not municipality and practice and MUNICIPALITY not in columns:
        raise Unclear(Problem("error", "municipality_missing", sheet, values={"places": list_by_language(towns)}))
    cohort = manifest.get("cohort") or place.cohort or mask(settings.cohort or "").text
    from_workbook = {
        "practice": manifest.get("practice") or (place.practice.id if place.practice else None),
        MUNICIPALITY: stated,
        COHORT: manifest.get("cohort") or place.cohort,
        "questionnaire": manifest.get("questionnaire"),
    }
    from_worker = {settings.practice, settings.municipality, settings.cohort} - {None}
    notices = tuple(problem for name, problem in place.notices if name not in from_worker)
    unsaid = not (stated or settings.municipality or MUNICIPALITY in columns)
    return Context(practice, municipality, cohort.strip(), (municipality or "") if unsaid else ""), (
        *notices,
        *_new_place(sheet, practice, municipality, settings),
        *_differences(sheet, from_workbook, settings, library),
    )


def _new_place(
    sheet: str, practice: Practice | None, municipality: str | None, settings: FileSettings
) -> tuple[Problem, ...]:
    """Say where the worker brings a practice to a municipality in which it has not been."""
    if practice is None or municipality is None or municipality != settings.municipality:
        return ()
    if municipality in replace(settings, municipality=None).places_of(practice):
        return ()
    values = {"municipality": name_by_language(municipality), "practice": practice.name.root}
    return (Problem("notice", "place_added", sheet, values=values),)


def _practice(
    sheet: str, in_column: bool, place: Place, manifest: Mapping[str, str], settings: FileSettings, library: Library
) -> Practice | None:
    if "practice" not in manifest and place.practice is not None:
        return place.practice
    name = manifest.get("practice") or settings.practice
    if name is None:
        if not in_column:
            raise Unclear(Problem("error", "practice_missing", sheet))
        return None
    if name not in library.practices:
        raise Unclear(Problem("error", "practice_unknown", sheet, value=name))
    return library.practices[name]


def _differences(
    sheet: str, from_workbook: Mapping[str, str | None], settings: FileSettings, library: Library
) -> tuple[Problem, ...]:
    """Name the differences between the worker's settings and the workbook; the workbook holds."""
    from_worker = {
        "practice": settings.practice,
        "questionnaire": settings.questionnaire,
        MUNICIPALITY: settings.municipality,
        COHORT: settings.cohort,
    }
    return tuple(
        Problem(
            "warning",
            "given_differs",
            sheet,
            values={"found": _say(key, str(from_workbook[key]), library), "given": _say(key, value, library)},
        )
        for key, value in from_worker.items()
        if value and from_workbook.get(key) and from_workbook[key] != value
    )


def _say(key: str, value: str, library: Library) -> object:
    """Return the name of a practice or questionnaire in a message, by language, never its id."""
    if key == "practice" and value in library.practices:
        return library.practices[value].name.root
    if key == "questionnaire" and value in library.questionnaire_ids:
        return library.questionnaire(value).title.root
    return name_by_language(value) if key == MUNICIPALITY else show(value)


class FormChooser:
    """Chooses the questionnaire that a table answers."""

    def __init__(self, table: Table, known: Known, settings: FileSettings, library: Library) -> None:
        """Look up what the fields of ``table`` may ask; where nothing is named for sure, what they resemble."""
        self._table, self._settings, self._library = table, settings, library
        self._possible_items = [
            items for field in table.questions if (items := candidates(field, known, settings.columns))
        ]
        self._sure = len(self._possible_items) > 1
        if not self._possible_items:
            self._possible_items = [items for field in table.questions if (items := likely(field, known))]
        self._sessions = any(field.kind == "session" for field in table.fields)

    def fitting(self, timing: str | None = None) -> tuple[Questionnaire, ...]:
        """Return the latest questionnaires that ask most of what the table asks, the shortest first."""
        forms = [self._library.questionnaire(form_id) for form_id in self._library.questionnaire_ids]
        counted = {form.id: self._weight(form) for form in forms if timing in (None, form.timing)}
        most = max(counted.values(), default=0)
        best = [form for form in forms if most and counted.get(form.id) == most]
        return tuple(sorted(best, key=lambda form: len(form.items)))

    @property
    def most(self) -> int:
        """How many of the table's columns the fitting questionnaires ask."""
        return max((self._weight(form) for form in self.fitting()), default=0)

    def only_practice(self) -> Practice | None:
        """Return the one practice that uses what the table answers; None for several, or where little is sure."""
        fitting = {form.id for form in self.fitting()} if self._sure else set()
        using = [practice for practice in self._library.practices.values() if fitting & set(practice.questionnaires)]
        return using[0] if len(using) == 1 else None

    def answerable(self, practice: Practice | None) -> tuple[Questionnaire, ...]:
        """Return the latest questionnaires that ask something of what the table asks, of ``practice`` where it has.

        For a table without known questions they are the practice's questionnaires for clients, where these have several
        times: where they have one, a column of times says nothing about the table.
        """
        forms = [self._library.questionnaire(form_id) for form_id in self._library.questionnaire_ids]
        possible = tuple(form for form in forms if self._weight(form))
        used = tuple(form for form in possible if practice and form.id in practice.questionnaires)
        client_forms = self._of_clients(practice)
        return used or possible or (tuple(client_forms) if len({form.timing for form in client_forms}) > 1 else ())

    def choose(
        self, manifest: Mapping[str, str], place: Place, practice: Practice | None, timing: str | None = None
    ) -> Questionnaire:
        """Return the questionnaire; raise Unclear where several fit or none does.

        The template decides; then the timing column, the worker, the title of the sheet or table, and what the practice
        uses.
        """
        sheet = self._table.sheet.name
        named = self._named(manifest)
        if named is not None:
            return named
        fitting = self.fitting(timing or None)
        chosen = self._settings.questionnaire
        if chosen and timing is None:
            return self._form_of_settings(chosen)
        titled = [form for form in fitting if form.id in place.questionnaires]
        timed = [form for form in fitting if place.timing is not None and form.timing == place.timing]
        used = [form for form in fitting if practice and form.id in practice.questionnaires]
        both = [form for form in timed if form in used]
        for forms in (titled, both, timed, used, list(fitting)):
            if len(forms) == 1:
                return forms[0]
        # The structure of the sheet shows the time, also where no heading is known yet.
        at_time = self._at_time(practice, timing or place.timing) if not titled and not both else []
        if len(at_time) == 1:
            return at_time[0]
        raise Unclear(Problem("error", "questionnaire_unclear" if fitting else "sheet_not_recognised", sheet))

    def _of_clients(self, practice: Practice | None) -> list[Questionnaire]:
        forms = [self._library.questionnaire(form_id) for form_id in practice.questionnaires] if practice else []
        return [form for form in forms if (form.kind, form.role) == ("form", "client")]

    def _at_time(self, practice: Practice | None, timing: str | None) -> list[Questionnaire]:
        """Return the forms of clients that the practice uses at a time; of several the one most like the worker's."""
        if practice is None or timing is None:
            return []
        forms = [form for form in self._of_clients(practice) if form.timing == timing]
        if self._settings.questionnaire is None or len(forms) < 2:
            return forms
        items = {item.id for item in self._library.questionnaire(self._settings.questionnaire).items}
        shared = {form.id: len(items & {item.id for item in form.items}) for form in forms}
        return [form for form in forms if shared[form.id] == max(shared.values())]

    def _weight(self, form: Questionnaire) -> int:
        if self._sessions != (form.kind == "register"):
            return 0
        items = {item.id for item in form.items}
        return sum(bool(possible & items) for possible in self._possible_items) + (1 if self._sessions else 0)

    def _form_of_settings(self, form_id: str) -> Questionnaire:
        form = self._library.questionnaire(form_id)
        # The questions of an external one stand in no definition, so that no column can name them.
        if self._possible_items and not self._weight(form) and not form.external:
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
    return next((practice for practice in library.practices.values() if folded in names_of(practice)), None)


def header_key(fields: Sequence[TableField]) -> str:
    """Return the fingerprint of a set of headings, under which the worker's choices for them are stored."""
    texts = sorted({fold(field.heading) for field in fields})
    return hashlib.sha256("\x1f".join(texts).encode()).hexdigest()
