"""Files spoilt at random: bytes flipped, cut and spliced, parts of workbooks edited as no program would write them."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from random import Random

HUGE = ("-1", "-5", "0", "1048577", "99999999999999999999", "4294967296", "1e309", "NaN", "", "x")
PLACES = ("A1", "XFD1048576", "XFE1048577", "ZZZZ9", "A0", "A-1", "b2", "", "1A", "A1:B2", "$A$1")
KINDS = ("s", "n", "b", "e", "d", "str", "inlineStr", "", "formula")
WORDS = (
    'repeated="17000000000"',
    "<!-- -- -->",
    "&undefined;",
    "&#0;",
    "&#xFFFF;",
    "]]>",
    "<c>",
    "</row>",
    "<row/>",
    "\x00",
)


def _flip(content: bytes, chance: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 8, 64))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _truncate(content: bytes, chance: Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _nothing(content: bytes, chance: Random) -> bytes:
    """Write NUL bytes into or over the file."""
    at, length = chance.randrange(len(content)), chance.choice((1, 4, 100))
    return content[:at] + bytes(length) + content[at + chance.choice((0, length)) :]


def _repeat(content: bytes, chance: Random) -> bytes:
    start, end = sorted(chance.randrange(len(content)) for _ in range(2))
    return content[:end] + content[start:end] * chance.choice((1, 3)) + content[end:]


BYTES: Mapping[str, Callable[[bytes, Random], bytes]] = {
    "flipped": _flip,
    "truncated": _truncate,
    "nothing": _nothing,
    "repeated": _repeat,
}


def spliced(content: bytes, other: bytes, chance: Random) -> bytes:
    """Return the beginning of one file with the end of another."""
    return content[: chance.randrange(len(content))] + other[chance.randrange(len(other)) :]


def _attribute(name: str, values: Sequence[str]) -> Callable[[str, Random], str]:
    """Return an edit that gives some of the attributes ``name`` a strange value."""

    def edit(text: str, chance: Random) -> str:
        share = chance.choice((0.02, 0.2, 1.0))
        return re.sub(
            rf'(\s{name}=")([^"]*)',
            lambda old: old[1] + (chance.choice(values) if chance.random() < share else old[2]),
            text,
        )

    return edit


def _element(name: str, values: Sequence[str]) -> Callable[[str, Random], str]:
    """Return an edit that gives some of the elements ``name`` a strange content."""

    def edit(text: str, chance: Random) -> str:
        return re.sub(
            rf"(<{name}[^>/]*>)[^<]*",
            lambda old: old[1] + chance.choice(values) if chance.random() < 0.2 else old[0],
            text,
        )

    return edit


def _shuffled(name: str) -> Callable[[str, Random], str]:
    """Return an edit that doubles, drops and moves the elements ``name``."""

    def edit(text: str, chance: Random) -> str:
        elements = re.findall(rf"<{name}\b[^>]*?(?:/>|>.*?</{name}>)", text, re.DOTALL)
        if not elements:
            return text
        old, new = chance.choice(elements), chance.choice(elements)
        return text.replace(old, chance.choice(("", old + new, new, old * 3)), 1)

    return edit


def _inserted(text: str, chance: Random) -> str:
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice(WORDS) + text[at:]


def _cut(text: str, chance: Random) -> str:
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.choice((1, 20, 500)) :]


EDITS: Mapping[str, Callable[[str, Random], str]] = {
    "place": _attribute("r", (*PLACES, *HUGE)),
    "kind": _attribute("t", KINDS),
    "style": _attribute("s", HUGE),
    "name": _attribute("name", ("", "x" * 300, "../../etc", "Taul1", "_evaluation", "\u202e")),
    "reference": _attribute("(?:ref|count|min|max|numFmtId|xfId|sheetId)", ("A1:XFD1048576", *HUGE)),
    "target": _attribute("Target", ("../../x.xml", "http://localhost/x", "", "sharedStrings.xml")),
    "repeat": _attribute("table:number-(?:rows|columns)-repeated", HUGE),
    "format": _attribute("formatCode", ("[$-", "yyyy\\", "[Red", '"', "d" * 5000)),
    "value": _element("v", (*HUGE, "#N/A", "2018-02-30", "\t", "1e400")),
    "text": _element("t", ("", "=1+1", "\ufeff", "a" * 40_000)),
    "cells": _shuffled("c"),
    "rows": _shuffled("row"),
    "inserted": _inserted,
    "cut": _cut,
}


def edited(content: bytes, chance: Random) -> tuple[str, bytes]:
    """Return a zipped workbook with some edits inside its parts, or with parts dropped or exchanged."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {part.filename: archive.read(part) for part in archive.infolist()}
    names = [name for name in parts if name.endswith((".xml", ".rels"))]
    kind = chance.choice((*EDITS, *EDITS, "dropped", "exchanged"))
    if kind == "dropped":
        del parts[chance.choice(names)]
    elif kind == "exchanged":
        one, other = chance.sample(names, 2)
        parts[one], parts[other] = parts[other], parts[one]
    else:
        for name in names:
            text = parts[name].decode("utf-8", "surrogateescape")
            parts[name] = EDITS[kind](text, chance).encode("utf-8", "surrogateescape")
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return f"edited {kind}", target.getvalue()


def respelt(content: bytes, chance: Random) -> tuple[str, bytes]:
    """Return a text file with its separators, quotes, line ends or encoding spoilt."""
    signs = (b";", b",", b"\t", b'"', b"\r", b"\n", b"\r\n", b"\xff", b"\xe4", b"\xc3\xa4", b"=", b"'", b"\xef\xbb\xbf")
    changed = content
    for _ in range(chance.choice((1, 3, 30))):
        at = chance.randrange(len(changed) + 1)
        changed = changed[:at] + chance.choice(signs) + changed[at + chance.choice((0, 1)) :]
    if chance.random() < 0.3:
        changed = changed.replace(chance.choice(signs), chance.choice(signs))
    return "respelt", changed


def mutated(content: bytes, other: bytes, chance: Random) -> tuple[str, bytes]:
    """Return how a file was spoilt, and its bytes."""
    choice = chance.random()
    if choice < 0.15:
        return "spliced", spliced(content, other, chance)
    if choice < 0.45:
        kind = chance.choice(tuple(BYTES))
        return kind, BYTES[kind](content, chance)
    return edited(content, chance) if zipfile.is_zipfile(io.BytesIO(content)) else respelt(content, chance)
