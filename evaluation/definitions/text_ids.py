"""Ids made from texts, so that whoever reads a file of definitions knows what stands there."""

import re
import unicodedata
from collections.abc import Container

LONGEST = 60
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "đ": "d", "ł": "l", "þ": "th"})


def id_of(text: str, reserved: Container[str], otherwise: str = "question") -> str:
    """Return an id for ``text`` that is none of ``reserved``: its words in small plain letters.

    Args:
        text: any text.
        reserved: the ids that mean something else.
        otherwise: the id of a text that has no letters or figures of ours.
    """
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    words = "_".join(re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign))))
    base = words if words[:1].isalpha() else f"{otherwise}_{words}".rstrip("_")
    # Room for a number behind it.
    base = base[: LONGEST - 4].rstrip("_")
    number, candidate = 1, base
    while candidate in reserved:
        number += 1
        candidate = f"{base}_{number}"
    return candidate
