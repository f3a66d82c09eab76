"""Reads YAML and remembers on which line every value stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evaluation.definitions.documents import DefinitionDocument
from evaluation.definitions.problems import DefinitionProblem, DefinitionsRefused
from evaluation.definitions.yaml_limits import LOADER, MOST_CHARACTERS, YamlTooMuch, check_limits

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True)
class Source:
    """The content of one file or document and the line of every key path in it."""

    file: str
    data: Any
    lines: Mapping[KeyPath, int]
    document: DefinitionDocument | None = None

    def line(self, path: KeyPath) -> int:
        """Return the line of ``path``, or of its nearest ancestor that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: KeyPath, code: str, **values: object) -> DefinitionProblem:
        """Return a problem that points at ``path``."""
        return DefinitionProblem(self.file, self.line(path), code, values, document=self.document)


def read_source(path: Path) -> Source:
    """Read one file; raise DefinitionsRefused when it is no YAML, too much of it, or has a key twice in one place."""
    try:
        # A character takes four bytes at most.
        text = "" if path.stat().st_size > 4 * MOST_CHARACTERS else path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(path.name, 1, "not_yaml") from error
    except OSError as error:
        raise _refused(path.name, 1, "not_readable", reason=error.strerror) from error
    if not text and path.stat().st_size:
        raise _refused(path.name, 1, "yaml_too_large")
    return source_of(text, path.name)


def source_of(text: str, file: str, document: DefinitionDocument | None = None) -> Source:
    """Read the text of a file or of a document; raises as read_source does."""
    lines: dict[KeyPath, int] = {}
    twice: list[DefinitionProblem] = []
    try:
        root = _compose(text)
        data = _plain(root, (), lines, twice, file) if root is not None else {}
    except YamlTooMuch as error:
        raise _refused(file, error.line, error.code, document) from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _refused(file, line, "not_yaml", document) from error
    # A number or a day that there cannot be, or a list as a key.
    except (yaml.YAMLError, ValueError, TypeError) as error:
        raise _refused(file, 1, "not_yaml", document) from error
    if twice:
        raise DefinitionsRefused(tuple(twice))
    return Source(file, data, lines, document)


def _compose(text: str) -> yaml.Node | None:
    try:
        return _limited(text, LOADER)
    except yaml.YAMLError:
        # Of a fault the loader written in Python tells the line more exactly.
        return _limited(text, yaml.SafeLoader)


def _limited(text: str, loader: Any) -> yaml.Node | None:
    check_limits(text, loader)
    return yaml.compose(text, Loader=loader)


def _refused(
    file: str, line: int, code: str, document: DefinitionDocument | None = None, **values: object
) -> DefinitionsRefused:
    return DefinitionsRefused((DefinitionProblem(file, line, code, values, document=document),))


def _plain(node: yaml.Node, path: KeyPath, lines: dict[KeyPath, int], twice: list[DefinitionProblem], file: str) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node)
            line = key_node.start_mark.line + 1
            if key in result:
                twice.append(DefinitionProblem(file, line, "key_twice", {"key": key}))
            lines[(*path, key)] = line
            result[key] = _plain(value_node, (*path, key), lines, twice, file)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_plain(child, (*path, index), lines, twice, file) for index, child in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    constructor = yaml.constructor.SafeConstructor()
    return constructor.construct_object(node, deep=True)
