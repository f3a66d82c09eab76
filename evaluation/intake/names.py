"""Codes made of names: the same name gives the same code, and nobody without the key can tell whose it is."""

import hashlib
import hmac
import re
import unicodedata
from base64 import b32encode

# Forty bits: of a thousand people two share a code once in two million times.
LENGTH = 8
MARK = "N"
_MADE = re.compile(rf"{MARK}[A-Z2-7]{{{LENGTH}}}(?:-\d+)?")
_WORDS = re.compile(r"[^\W\d_]+")


def folded_name(name: str) -> str:
    """Return a name as it is compared: no case, accents, commas, hyphens or order of its words ("Virtanen, Anna")."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(sorted(_WORDS.findall(letters)))


def code_of_name(name: str, key: bytes) -> str | None:
    """Return the code of ``name`` under ``key`` (HMAC-SHA256, shortened); None where no name stands there."""
    folded = folded_name(name)
    if not folded:
        return None
    digest = hmac.new(key, folded.encode(), hashlib.sha256).digest()
    return MARK + b32encode(digest).decode()[:LENGTH]


def is_code_of_name(code: str) -> bool:
    """Tell whether ``code`` looks like one that is made of a name."""
    return _MADE.fullmatch(code) is not None
