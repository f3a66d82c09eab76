"""Text without the signs that no document may hold: Word and slides refuse a whole report for one bell in an answer."""

import re

# What XML 1.0 has no room for, and what shows nothing; tabs and line ends are kept. Those that part words are spaces.
_PARTING = re.compile("[\x0b\x0c\x1c-\x1f\x85]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def printable(text: str) -> str:
    """Return ``text`` as a document can hold it."""
    return _UNPRINTABLE.sub("", _PARTING.sub(" ", text))
