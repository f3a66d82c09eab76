"""Definitions that a database keeps, as files: to move them to another database, or to keep them safe."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from evaluation.definitions.definition_text import definition_text
from evaluation.definitions.documents import KINDS, SECTION_OF, DefinitionDocument, Kind
from evaluation.definitions.problems import DefinitionProblem, DefinitionsRefused
from evaluation.definitions.yaml_limits import MOST_CHARACTERS
from evaluation.definitions.yaml_source import Source, source_of

ENDING = ".yaml"
_ZIP_MARK = b"PK"
MOST_FILES = 2000
MOST_BYTES = 20_000_000


def files_of(documents: Sequence[DefinitionDocument]) -> dict[str, str]:
    """Return ``documents`` as files by name: every version of a questionnaire, of all else the newest."""
    newest = {document.file: document for document in sorted(documents, key=lambda document: document.version)}
    return {name: _text(newest[name]) for name in sorted(newest)}


def _text(document: DefinitionDocument) -> str:
    """Return the text of a document; a practice says in it whether it is retired."""
    if document.kind != "practice" or not document.retired:
        return document.document
    (_, body), *_ = _entries(source_of(document.document, document.file), document.kind)
    return definition_text(document.kind, {**body, "retired": True})


def documents_of(files: Mapping[str, str]) -> tuple[DefinitionDocument, ...]:
    """Return the definitions in ``files``, one document each, in the order in which one builds on another.

    Raises DefinitionsRefused, naming file and line, for what is no YAML or no definitions.
    """
    now = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
    sources = [source_of(text, name) for name, text in files.items()]
    faults = tuple(source.problem((), "not_a_mapping") for source in sources if not isinstance(source.data, dict))
    if faults:
        raise DefinitionsRefused(faults)
    documents = []
    for kind in KINDS:
        for source in sources:
            for name, body in _entries(source, kind):
                retired = kind == "practice" and bool(body.pop("retired", False))
                text = definition_text(kind, body)
                version = _version(source, body) if kind == "questionnaire" else 1
                documents.append(DefinitionDocument(kind, name, version, text, now, retired=retired))
    if not documents:
        raise DefinitionsRefused((DefinitionProblem(next(iter(files), ENDING), 1, "no_definition_file"),))
    return tuple(documents)


def _entries(source: Source, kind: Kind) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the definitions of a kind in a source, each with its id among its fields."""
    section = source.data.get(SECTION_OF[kind], {})
    if not isinstance(section, dict):
        raise DefinitionsRefused((source.problem((SECTION_OF[kind],), "section_shape", key=SECTION_OF[kind]),))
    entries = {section.get("id"): section} if kind == "questionnaire" and section else section
    for name, body in entries.items():
        if not isinstance(name, str) or not isinstance(body, dict):
            raise DefinitionsRefused((source.problem((SECTION_OF[kind],), "section_shape", key=SECTION_OF[kind]),))
        yield name, {"id": name, **body}


def _version(source: Source, body: Mapping[str, Any]) -> int:
    version = body.get("version")
    if not isinstance(version, int) or version < 1:
        values = {"field": "questionnaire.version", "value": repr(version)[:60]}
        raise DefinitionsRefused((source.problem(("questionnaire", "version"), "wrong_number", **values),))
    return version


def name_of(document: DefinitionDocument, language: str) -> str:
    """Return what a definition is called, in ``language`` where it has a name in that."""
    (name, body), *_ = _entries(source_of(document.document, document.file), document.kind)
    texts: Mapping[str, str] = next(
        (body[field] for field in ("name", "title", "label") if isinstance(body.get(field), dict)), {}
    )
    return str(texts.get(language) or next(iter(texts.values()), name))


def zip_of(files: Mapping[str, str]) -> bytes:
    """Return ``files`` as one zip."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return target.getvalue()


def files_in(content: bytes, name: str) -> dict[str, str]:
    """Return the definition files in a zip, or the one that ``content`` is itself, by name.

    Raises DefinitionsRefused for what is neither, or far too large: nothing is unpacked beyond what is allowed.
    """
    refused = DefinitionsRefused((DefinitionProblem(name, 1, "no_definition_file"),))
    try:
        if not content.startswith(_ZIP_MARK):
            return {name: _decoded(content)}
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if info.filename.endswith(ENDING)]
            if len(infos) > MOST_FILES:
                raise refused
            files: dict[str, str] = {}
            for info in infos:
                with archive.open(info) as part:
                    files[info.filename] = _decoded(part.read(4 * MOST_CHARACTERS + 1))
                if sum(map(len, files.values())) > MOST_BYTES:
                    raise refused
            return files
    except (zipfile.BadZipFile, UnicodeDecodeError, OSError, RuntimeError, NotImplementedError) as error:
        raise refused from error


def _decoded(content: bytes) -> str:
    return content.decode("utf-8-sig")
