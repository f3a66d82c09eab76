"""Keeps what is made of a definition while the definition is in use: definitions are compared as objects."""

from collections.abc import Callable
from typing import TypeVar

Definition = TypeVar("Definition")
Made = TypeVar("Made")

MOST_KEPT = 1000


def made_once(make: Callable[[Definition], Made]) -> Callable[[Definition], Made]:
    """Return ``make`` as a function that makes one thing of one definition, however often it is called."""
    entries: dict[int, tuple[Definition, Made]] = {}

    def once(definition: Definition) -> Made:
        entry = entries.get(id(definition))
        if entry is None or entry[0] is not definition:
            if len(entries) >= MOST_KEPT:
                entries.clear()
            entry = entries[id(definition)] = (definition, make(definition))
        return entry[1]

    return once
