"""Builds the library: reads the YAML files, turns them into models and refuses what does not make sense.

The user's folder is laid over the built-in one file by file: a file of the same name takes the built-in
one's place, any other file is added.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from evaluation.bundled_files import QUESTIONNAIRES
from evaluation.definitions.checks import check_library, odd_places
from evaluation.definitions.models import Dimension, Library, Notice, Practice, PracticeType, Questionnaire, Scale
from evaluation.definitions.problems import DefinitionProblem, DefinitionsRefused
from evaluation.definitions.questionnaire_lock import LOCK, check_published, read_lock
from evaluation.definitions.yaml_source import KeyPath, Source, read_source

SECTIONS = ("scales", "dimensions", "types", "practices", "notices")
QUESTIONNAIRE = "questionnaire"
MODULE = "module"

# What pydantic calls a fault, and the message that says it.
WRONG = {
    "string_type": "wrong_text",
    "int_type": "wrong_number",
    "int_parsing": "wrong_number",
    "float_type": "wrong_number",
    "float_parsing": "wrong_number",
    "greater_than": "wrong_number",
    "greater_than_equal": "wrong_number",
    "less_than_equal": "wrong_number",
    "string_pattern_mismatch": "wrong_id",
    "string_too_long": "wrong_id",
    "tuple_type": "wrong_list",
    "too_short": "wrong_list",
}


def load_library(own_folder: Path | None = None) -> Library:
    """Load the built-in definitions with those of ``own_folder`` laid over them.

    While none of the files has changed it returns the library of before. Raises DefinitionsRefused, naming file,
    line and reason of every fault.
    """
    files = [*_files(own_folder), *(folder / LOCK for folder in _folders(own_folder) if (folder / LOCK).exists())]
    stamps = tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files)
    return _loaded(own_folder, stamps)


@lru_cache(maxsize=8)
def _loaded(own_folder: Path | None, stamps: tuple[tuple[str, int, int], ...]) -> Library:  # noqa: ARG001 - part of the key
    return inspect_library(own_folder)[0]


def inspect_library(own_folder: Path | None = None) -> tuple[Library, tuple[DefinitionProblem, ...]]:
    """Load the definitions as load_library does, and return what is odd in them beside: nothing that stands in the way.

    Raises DefinitionsRefused, naming file, line and reason of every fault.
    """
    sources = [read_source(path) for path in _files(own_folder)]
    reader = _Reader(sources)
    library = reader.library()
    if reader.problems:
        raise DefinitionsRefused(tuple(reader.problems))
    if not (library.questionnaires and library.practices):
        raise DefinitionsRefused((DefinitionProblem(str(own_folder or QUESTIONNAIRES), 1, "no_definitions"),))
    published = {name: mark for folder in _folders(own_folder) for name, mark in read_lock(folder).items()}
    problems = (*check_library(library, reader.places), *check_published(library, published, reader.places))
    if problems:
        raise DefinitionsRefused(problems)
    return library, tuple(odd_places(library, reader.places))


def _folders(own_folder: Path | None) -> tuple[Path, ...]:
    return (QUESTIONNAIRES, own_folder) if own_folder else (QUESTIONNAIRES,)


def _files(own_folder: Path | None) -> list[Path]:
    files = {path.name: path for path in sorted(QUESTIONNAIRES.glob("*.yaml"))}
    if own_folder is not None:
        if not own_folder.is_dir():
            raise DefinitionsRefused((DefinitionProblem(str(own_folder), 1, "no_folder"),))
        files |= {path.name: path for path in sorted(own_folder.glob("*.yaml"))}
    return list(files.values())


class _Reader:
    """Goes through the sources once, collecting models, their places, and faults."""

    def __init__(self, sources: list[Source]) -> None:
        self.problems: list[DefinitionProblem] = []
        self.places: dict[tuple[str, str], tuple[Source, KeyPath]] = {}
        self._sources = sources
        self._modules = self._read_modules()

    def library(self) -> Library:
        forms = tuple(form for source in self._sources if (form := self._questionnaire(source)) is not None)
        return Library.model_construct(
            scales=self._section("scales", Scale),
            dimensions=self._section("dimensions", Dimension),
            types=self._section("types", PracticeType),
            practices=self._section("practices", Practice),
            notices=self._section("notices", Notice),
            questionnaires=forms,
        )

    def _read_modules(self) -> dict[str, tuple[Source, list[Any]]]:
        modules = {}
        for source, data in self._mappings():
            if MODULE in data:
                body = data[MODULE]
                if not isinstance(body, dict) or not isinstance(body.get("items"), list) or "id" not in body:
                    self.problems.append(source.problem((MODULE,), "module_shape"))
                    continue
                modules[body["id"]] = (source, body["items"])
        return modules

    def _mappings(self) -> Iterator[tuple[Source, dict[str, Any]]]:
        known = {*SECTIONS, QUESTIONNAIRE, MODULE}
        for source in self._sources:
            if not isinstance(source.data, dict):
                self._say(source.problem((), "not_a_mapping"))
                continue
            for key in source.data:
                if key not in known:
                    self._say(source.problem((key,), "unknown_section", key=key, known=", ".join(sorted(known))))
            yield source, source.data

    def _say(self, problem: DefinitionProblem) -> None:
        if problem not in self.problems:
            self.problems.append(problem)

    def _section(self, name: str, model: type[BaseModel]) -> dict[str, Any]:
        models: dict[str, Any] = {}
        for source, data in self._mappings():
            entries = data.get(name)
            if entries is None:
                continue
            if not isinstance(entries, dict):
                self._say(source.problem((name,), "section_shape", key=name))
                continue
            for key, body in entries.items():
                path = (name, key)
                if key in models:
                    self._say(source.problem(path, "id_twice", id=key))
                    continue
                raw = {"id": key, **body} if isinstance(body, dict) else body
                value = self._model(model, raw, source, path)
                if value is not None:
                    models[key] = value
                    self.places[(name, key)] = (source, path)
        return models

    def _questionnaire(self, source: Source) -> Questionnaire | None:
        raw = source.data.get(QUESTIONNAIRE) if isinstance(source.data, dict) else None
        if raw is None:
            return None
        path: KeyPath = (QUESTIONNAIRE,)
        if not isinstance(raw, dict) or not isinstance(raw.get("items"), list):
            self._say(source.problem(path, "questionnaire_shape"))
            return None
        items: list[Any] = []
        origins: list[tuple[Source, KeyPath]] = []
        for index, entry in enumerate(raw["items"]):
            if isinstance(entry, dict) and set(entry) == {MODULE}:
                module = self._modules.get(entry[MODULE])
                if module is None:
                    self._say(source.problem((*path, "items", index), "unknown_module", id=entry[MODULE]))
                    continue
                items += module[1]
                origins += [(module[0], (MODULE, "items", number)) for number in range(len(module[1]))]
            else:
                items.append(entry)
                origins.append((source, (*path, "items", index)))
        form: Questionnaire | None = self._model(Questionnaire, raw | {"items": items}, source, path, origins)
        if form is not None:
            self.places[(QUESTIONNAIRE, f"{form.id}:{form.version}")] = (source, path)
            for item, origin in zip(form.items, origins, strict=True):
                self.places[(f"{QUESTIONNAIRE}:{form.id}:{form.version}", item.id)] = origin
        return form

    def _model(
        self,
        model: type[BaseModel],
        raw: Any,
        source: Source,
        path: KeyPath,
        origins: list[tuple[Source, KeyPath]] | None = None,
    ) -> Any:
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            for fault in error.errors():
                place, where = source, (*path, *fault["loc"])
                if origins and len(fault["loc"]) > 1 and fault["loc"][0] == "items":
                    place, item_path = origins[int(fault["loc"][1])]
                    where = (*item_path, *fault["loc"][2:])
                self._say(problem_of_fault(place, where, fault))
        return None


def problem_of_fault(source: Source, path: KeyPath, fault: Any) -> DefinitionProblem:
    """Say in the words of the catalogue what is wrong at ``path`` according to pydantic."""
    name = ".".join(str(part) for part in path)
    kind = fault["type"]
    if kind == "missing":
        return source.problem(path, "missing_field", field=path[-1], place=".".join(map(str, path[:-1])))
    if kind == "extra_forbidden":
        return source.problem(path, "unknown_field", field=path[-1])
    value = repr(fault["input"])[:60]
    if kind == "literal_error":
        return source.problem(path, "wrong_value", field=name, value=value, expected=fault["ctx"]["expected"])
    return source.problem(path, WRONG.get(kind, "wrong_shape"), field=name, value=value)
