"""Reads a YAML file and remembers on which line every value stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from evaluation.definitions.problems import DefinitionProblem, DefinitionsRefused

KeyPath = tuple[str | int, ...]

# The loader written in C, where the machine has it, takes a quarter of the time.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Source:
    """The content of one file and the line of every key path in it."""

    file: str
    data: Any
    lines: Mapping[KeyPath, int]

    def line(self, path: KeyPath) -> int:
        """Return the line of ``path``, or of its nearest ancestor that stands in the file."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def problem(self, path: KeyPath, code: str, **values: object) -> DefinitionProblem:
        """Return a problem that points at ``path``."""
        return DefinitionProblem(self.file, self.line(path), code, values)


def read_source(path: Path) -> Source:
    """Read one file; raise DefinitionsRefused when it is not YAML or a key stands in it twice."""
    try:
        root = _compose(path.read_text(encoding="utf-8-sig"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise _not_yaml(path, line) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise _not_yaml(path, 1) from error
    lines: dict[KeyPath, int] = {}
    twice: list[DefinitionProblem] = []
    data = _plain(root, (), lines, twice, path.name) if root is not None else {}
    if twice:
        raise DefinitionsRefused(tuple(twice))
    return Source(path.name, data, lines)


def _compose(text: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=LOADER)
    except yaml.YAMLError:
        # Of a fault the loader written in Python tells the line more exactly.
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _not_yaml(path: Path, line: int) -> DefinitionsRefused:
    return DefinitionsRefused((DefinitionProblem(path.name, line, "not_yaml"),))


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
