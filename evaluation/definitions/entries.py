"""Turns the sources of one layer into entries: single definitions, each with the place where it stands.

A source or an entry that is broken is named as a fault, and the others are read on.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from evaluation.definitions.models import (
    Definition,
    Dimension,
    Notice,
    Practice,
    PracticeType,
    Questionnaire,
    Scale,
)
from evaluation.definitions.problems import DefinitionProblem, EntryKey
from evaluation.definitions.yaml_source import KeyPath, Source

SECTIONS: Mapping[str, type[Definition]] = {
    "scales": Scale,
    "dimensions": Dimension,
    "types": PracticeType,
    "practices": Practice,
    "notices": Notice,
}
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
    "value_error": "no_text",
}

Place = tuple[Source, KeyPath]
# The questions of a module, and where each stands.
Modules = Mapping[str, tuple[Source, list[Any]]]


@dataclass(frozen=True)
class Entry:
    """One definition, where it stands, and of a questionnaire where each of its questions does."""

    key: EntryKey
    definition: Definition
    place: Place
    items: tuple[Place, ...] = ()
    built_in: bool = False

    @property
    def places(self) -> Iterator[tuple[EntryKey, Place]]:
        """The definition and its questions, each with its place; the checks name them so."""
        yield self.key, self.place
        if isinstance(self.definition, Questionnaire):
            for item, place in zip(self.definition.items, self.items, strict=True):
                yield (f"{QUESTIONNAIRE}:{self.key[1]}", item.id), place


@dataclass(frozen=True)
class Layer:
    """What one layer holds: its entries, its modules, and what is broken in it."""

    entries: tuple[Entry, ...]
    modules: Modules
    faults: tuple[DefinitionProblem, ...]


def read_layer(sources: Sequence[Source], below: Layer | None = None) -> Layer:
    """Read the entries of ``sources``; their questionnaires may use the modules of the layer below, if there is one."""
    reader = _Reader(sources, below.modules if below else {})
    entries = tuple(replace(entry, built_in=below is None) for entry in reader.entries())
    return Layer(entries, reader.modules, tuple(reader.faults))


class _Reader:
    """Goes through the sources once, collecting entries and faults."""

    def __init__(self, sources: Sequence[Source], modules: Modules) -> None:
        self.faults: list[DefinitionProblem] = []
        self._sources = [source for source in sources if self._is_mapping(source)]
        self.modules = {**modules, **self._own_modules()}

    def entries(self) -> Iterator[Entry]:
        for name, model in SECTIONS.items():
            yield from self._section(name, model)
        for source in self._sources:
            if QUESTIONNAIRE in source.data:
                yield from self._questionnaire(source)

    def _is_mapping(self, source: Source) -> bool:
        if not isinstance(source.data, dict):
            self.faults.append(source.problem((), "not_a_mapping"))
            return False
        known = {*SECTIONS, QUESTIONNAIRE, MODULE}
        for key in source.data:
            if key not in known:
                self.faults.append(source.problem((key,), "unknown_section", key=key, known=", ".join(sorted(known))))
        return True

    def _own_modules(self) -> Modules:
        modules = {}
        for source in self._sources:
            body = source.data.get(MODULE, {})
            if MODULE not in source.data:
                continue
            if isinstance(body, dict) and isinstance(body.get("items"), list) and isinstance(body.get("id"), str):
                modules[body["id"]] = (source, body["items"])
            else:
                self.faults.append(source.problem((MODULE,), "module_shape"))
        return modules

    def _section(self, name: str, model: type[Definition]) -> Iterator[Entry]:
        seen: set[tuple[str, object]] = set()
        for source in self._sources:
            section = source.data.get(name)
            if section is None:
                continue
            if not isinstance(section, dict):
                self.faults.append(source.problem((name,), "section_shape", key=name))
                continue
            for key, body in section.items():
                path = (name, key)
                # The versions of one document take each other's place; two files of a folder are a slip.
                if source.document is None and (name, key) in seen:
                    self.faults.append(source.problem(path, "id_twice", id=key))
                    continue
                seen.add((name, key))
                raw = {"id": key, **body} if isinstance(body, dict) else body
                value = self._model(model, raw, source, path)
                if value is not None:
                    yield Entry((name, key), value, (source, path))

    def _questionnaire(self, source: Source) -> Iterator[Entry]:
        raw = source.data[QUESTIONNAIRE]
        path: KeyPath = (QUESTIONNAIRE,)
        if not isinstance(raw, dict) or not isinstance(raw.get("items"), list):
            self.faults.append(source.problem(path, "questionnaire_shape"))
            return
        faults = len(self.faults)
        items: list[Any] = []
        origins: list[Place] = []
        for index, entry in enumerate(raw["items"]):
            if isinstance(entry, dict) and set(entry) == {MODULE}:
                module = self.modules.get(str(entry[MODULE]))
                if module is None:
                    where = (*path, "items", index)
                    self.faults.append(source.problem(where, "unknown_module", id=entry[MODULE]))
                    continue
                items += module[1]
                origins += [(module[0], (MODULE, "items", number)) for number in range(len(module[1]))]
            else:
                items.append(entry)
                origins.append((source, (*path, "items", index)))
        form = self._model(Questionnaire, raw | {"items": items}, source, path, origins)
        if isinstance(form, Questionnaire) and len(self.faults) == faults:
            yield Entry((QUESTIONNAIRE, f"{form.id}:{form.version}"), form, (source, path), tuple(origins))

    def _model(
        self,
        model: type[Definition],
        raw: Any,
        source: Source,
        path: KeyPath,
        origins: Sequence[Place] = (),
    ) -> Definition | None:
        try:
            return model.model_validate(raw)
        except ValidationError as error:
            for fault in error.errors():
                place, where = source, (*path, *fault["loc"])
                if origins and len(fault["loc"]) > 1 and fault["loc"][0] == "items":
                    place, item_path = origins[int(fault["loc"][1])]
                    where = (*item_path, *fault["loc"][2:])
                problem = problem_of_fault(place, where, fault)
                # What is wrong in a module is wrong in every questionnaire that uses it, and is said once.
                if problem not in self.faults:
                    self.faults.append(problem)
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
