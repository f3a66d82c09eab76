"""How large, how deep and how entangled a YAML text may be: looked at as a stream, before anything is built of it."""

from dataclasses import dataclass
from typing import Any

import yaml

# Ten times the largest file of the toolkit's own.
MOST_CHARACTERS = 300_000
MOST_NODES = 20_000
DEEPEST = 20

# The loader written in C, where the machine has it, takes a quarter of the time.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class YamlTooMuch(Exception):
    """A text goes beyond a limit; ``code`` is the message that says which, ``line`` where."""

    def __init__(self, code: str, line: int = 1) -> None:
        """Keep which limit, and where."""
        super().__init__(code)
        self.code, self.line = code, line


@dataclass
class _Size:
    """How many nodes lie below one, itself included, and how deep, once every alias is written out."""

    nodes: int = 1
    depth: int = 1


def check_limits(text: str, loader: Any = LOADER) -> None:
    """Raise YamlTooMuch where ``text`` is too large, too deep, or refers to itself; yaml.YAMLError where it is no YAML.

    A few aliases in one another stand for a billion nodes: what they stand for is counted, and never built.
    """
    if len(text) > MOST_CHARACTERS:
        raise YamlTooMuch("yaml_too_large")
    anchors: dict[str | None, _Size | None] = {}
    open_nodes: list[tuple[str | None, _Size]] = []
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, size = open_nodes.pop()
            anchors |= {anchor: size} if anchor else {}
        elif isinstance(event, yaml.CollectionStartEvent):
            # Until it is closed it stands for nothing.
            anchors |= {event.anchor: None} if event.anchor else {}
            open_nodes.append((event.anchor, _Size()))
            if len(open_nodes) > DEEPEST:
                raise YamlTooMuch("yaml_too_deep", _line(event))
            continue
        elif isinstance(event, yaml.AliasEvent):
            known = anchors.get(event.anchor, _Size())
            if known is None:
                raise YamlTooMuch("yaml_recursive", _line(event))
            size = known
        elif isinstance(event, yaml.ScalarEvent):
            size = _Size()
            anchors |= {event.anchor: size} if event.anchor else {}
        else:
            continue
        _count_in(open_nodes, size, _line(event))


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _count_in(open_nodes: list[tuple[str | None, _Size]], size: _Size, line: int) -> None:
    """Count a finished node into the one that holds it."""
    if not open_nodes:
        return
    holder = open_nodes[-1][1]
    holder.nodes += size.nodes
    holder.depth = max(holder.depth, size.depth + 1)
    if holder.nodes > MOST_NODES:
        raise YamlTooMuch("yaml_too_large", line)
    if len(open_nodes) - 1 + holder.depth > DEEPEST:
        raise YamlTooMuch("yaml_too_deep", line)
