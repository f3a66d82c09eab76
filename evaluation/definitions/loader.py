"""Builds the library: the toolkit's own definitions, and over them those of a folder and of a database.

They are laid over one another entry by entry. What is broken in the layers above is named and left out, and what stands
below it is used in its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from evaluation.bundled_files import QUESTIONNAIRES
from evaluation.definitions.checks import advice_on, check_library
from evaluation.definitions.documents import DefinitionDocument
from evaluation.definitions.entries import QUESTIONNAIRE, SECTIONS, Entry, Layer, Place, read_layer
from evaluation.definitions.models import Library, Practice, Questionnaire
from evaluation.definitions.problems import DefinitionProblem, DefinitionsRefused, EntryKey
from evaluation.definitions.questionnaire_lock import LOCK, check_published, read_lock
from evaluation.definitions.yaml_source import Source, read_source, source_of

ENDINGS = (".yaml", ".yml")
Stamps = tuple[tuple[str, int, int], ...]
# Every entry of a key, the one on top last.
Stacks = dict[EntryKey, list[Entry]]
# How a problem of a built-in definition is said of what has been laid over something that it uses.
_REPLACED = {"edited_after_publication": "questionnaire_would_change"}


@dataclass(frozen=True)
class Inspection:
    """The library, what is broken and therefore not in it, and what could be better and stands in nothing's way."""

    library: Library
    faults: tuple[DefinitionProblem, ...]
    advice: tuple[DefinitionProblem, ...]


def load_library(own_folder: Path | None = None, documents: Sequence[DefinitionDocument] = ()) -> Library:
    """Return the library, without what is broken in ``own_folder`` or ``documents``; see inspect_library."""
    return inspect_library(own_folder, documents).library


def inspect_library(own_folder: Path | None = None, documents: Sequence[DefinitionDocument] = ()) -> Inspection:
    """Lay ``own_folder`` over the built-in definitions and ``documents`` over both.

    While no file and no document has changed it returns what it returned before. Raises DefinitionsRefused where there
    is no such folder, and where the built-in definitions do not make sense.
    """
    if own_folder is not None and not own_folder.is_dir():
        raise DefinitionsRefused((DefinitionProblem(str(own_folder), 1, "no_folder"),))
    return _inspected(own_folder, _stamps(QUESTIONNAIRES), _stamps(own_folder), tuple(documents))


def _stamps(folder: Path | None) -> Stamps:
    files = [*_files(folder), *([folder / LOCK] if folder and (folder / LOCK).exists() else [])]
    return tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files)


def _files(folder: Path | None) -> list[Path]:
    return definition_files(folder) if folder else []


def definition_files(folder: Path) -> list[Path]:
    """Return the files of ``folder`` that hold definitions, by name."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.is_file())


@lru_cache(maxsize=8)
def _inspected(
    own_folder: Path | None, built_in: Stamps, _own_stamps: Stamps, documents: tuple[DefinitionDocument, ...]
) -> Inspection:
    house = _built_in(built_in)
    files, files_broken = _sources_of_files(own_folder)
    texts, texts_broken = _sources_of_documents(documents)
    folder = read_layer(files, house)
    documents_layer = read_layer(texts, folder)
    stacks: Stacks = {}
    for layer in (house, folder, documents_layer):
        for entry in layer.entries:
            stacks.setdefault(entry.key, []).append(entry)
    published = _published(QUESTIONNAIRES) | _published(own_folder)
    retired = frozenset(document.key for document in documents if document.retired)
    library, left_out = _sound(stacks, published, retired)
    faults = (*files_broken, *texts_broken, *folder.faults, *documents_layer.faults, *left_out)
    return Inspection(library, faults, tuple(advice_on(library, _places(stacks))))


@lru_cache(maxsize=2)
def _built_in(_stamps: Stamps) -> Layer:
    layer = read_layer([read_source(path) for path in _files(QUESTIONNAIRES)])
    if layer.faults:
        raise DefinitionsRefused(layer.faults)
    if not layer.entries:
        raise DefinitionsRefused((DefinitionProblem(str(QUESTIONNAIRES), 1, "no_definitions"),))
    return layer


def _sources_of_files(folder: Path | None) -> tuple[list[Source], list[DefinitionProblem]]:
    sources: list[Source] = []
    broken: list[DefinitionProblem] = []
    for path in _files(folder):
        try:
            sources.append(read_source(path))
        except DefinitionsRefused as refused:
            broken += refused.problems
    return sources, broken


def _sources_of_documents(
    documents: Sequence[DefinitionDocument],
) -> tuple[list[Source], list[DefinitionProblem]]:
    sources: list[Source] = []
    broken: list[DefinitionProblem] = []
    for document in sorted(documents, key=lambda document: document.version):
        try:
            sources.append(source_of(document.document, document.file, document))
        except DefinitionsRefused as refused:
            broken += refused.problems
    return sources, broken


def _published(folder: Path | None) -> dict[str, str]:
    return dict(read_lock(folder)) if folder else {}


def _sound(
    stacks: Stacks, published: Mapping[str, str], retired: frozenset[EntryKey]
) -> tuple[Library, list[DefinitionProblem]]:
    """Take broken entries from ``stacks`` until what is left makes sense; return it, and what was wrong.

    Raises DefinitionsRefused for a fault of the built-in definitions.
    """
    faults: list[DefinitionProblem] = []
    while True:
        library, places = _library(stacks, retired), _places(stacks)
        problems = [*check_library(library, places), *check_published(library, published, places)]
        if not problems:
            return library, faults
        blamed: set[EntryKey] = set()
        for problem in problems:
            key = problem.entry
            if key is not None and not stacks[key][-1].built_in:
                faults.append(problem)
                blamed.add(key)
        # A built-in definition is sound by itself: where a problem stands in one, what it uses was replaced.
        for problem in problems if not blamed else ():
            for key in sorted(_replaced(problem, stacks) - blamed):
                source, path = stacks[key][-1].place
                faults.append(source.problem(path, _REPLACED.get(problem.code, problem.code), **problem.values))
                blamed.add(key)
        if not blamed:
            raise DefinitionsRefused(tuple(problems))
        for key in blamed:
            _take_off(stacks, key, library)


def _replaced(problem: DefinitionProblem, stacks: Stacks) -> set[EntryKey]:
    """Return the entries that took the place of built-in ones which the entry of a problem uses; or all that did."""
    replaced = {key for key, stack in stacks.items() if stack[0].built_in and not stack[-1].built_in}
    return (replaced & set(_used(problem.entry, stacks)) if problem.entry else set()) or replaced


def _used(key: EntryKey, stacks: Stacks) -> Iterator[EntryKey]:
    """Yield what a definition names, as far as it is there, and what that names."""
    definition = stacks[key][-1].definition
    names: list[EntryKey] = []
    if isinstance(definition, Questionnaire):
        names = [("notices", definition.role)]
        names += [("scales", item.scale) for item in definition.items if item.scale]
        names += [("dimensions", item.dimension) for item in definition.items if item.dimension]
    elif isinstance(definition, Practice):
        forms = [other for other in stacks if other[0] == QUESTIONNAIRE]
        names = [("types", definition.type), *(("dimensions", name) for name in definition.change_dimensions)]
        names += [form for form in forms if form[1].rpartition(":")[0] in definition.questionnaires]
    for name in names:
        if name in stacks:
            yield name
            yield from _used(name, stacks)


def _take_off(stacks: Stacks, key: EntryKey, library: Library) -> None:
    """Take the entry on top away, so that the one below it is used; a practice goes on with the forms there are."""
    stack = stacks[key]
    entry = stack.pop()
    if not stack and isinstance(entry.definition, Practice):
        less = _with_known(entry.definition, library)
        stack += [replace(entry, definition=less)] if less != entry.definition and less.questionnaires else []
    if not stack:
        del stacks[key]


def _with_known(practice: Practice, library: Library) -> Practice:
    """Return ``practice`` with those of its questionnaires and dimensions that there are."""
    forms = tuple(form for form in practice.questionnaires if form in library.questionnaire_ids)
    dimensions = tuple(name for name in practice.change_dimensions if name in library.dimensions)
    return practice.model_copy(update={"questionnaires": forms, "change_dimensions": dimensions})


def _library(stacks: Stacks, retired: frozenset[EntryKey]) -> Library:
    top = [_retired(stack[-1], retired) for stack in stacks.values()]
    parts: dict[str, Any] = {
        name: {entry.key[1]: entry.definition for entry in top if entry.key[0] == name} for name in SECTIONS
    }
    parts |= {"questionnaires": tuple(entry.definition for entry in top if entry.key[0] == QUESTIONNAIRE)}
    return Library.model_construct(**parts, retired=retired)


def _retired(entry: Entry, retired: frozenset[EntryKey]) -> Entry:
    practice = entry.definition
    if not isinstance(practice, Practice) or ("practice", practice.id) not in retired:
        return entry
    return replace(entry, definition=practice.model_copy(update={"retired": True}))


def _places(stacks: Stacks) -> dict[EntryKey, Place]:
    return {key: place for stack in stacks.values() for key, place in stack[-1].places}
