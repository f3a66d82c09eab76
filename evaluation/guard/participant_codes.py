"""Says why a participant code may not be kept: it is a name, a day of birth, an identity code, a contact or a number.

Kept are codes that say nothing of a person: two letters and the day and month of a birthday, running codes, and the ids
that survey tools give.
"""

import re
from collections.abc import Collection
from itertools import chain
from typing import Literal

from evaluation.guard.identifiers import find_identifiers
from evaluation.guard.person_names import Kind, kind_of

Fault = Literal["identity_code", "contact_as_code", "participant_is_name", "birth_day_as_code", "number_as_code"]

# "A1", "007", "KL-12", "AN1704": letters that are no word, and up to five figures.
_PLAIN = re.compile(r"[^\W\d_]{0,3}[-_ ]?[0-9]{1,5}")
# Initials may happen to be a short name.
LONGEST_INITIALS = 3
# What survey tools give: a UUID, or figures and letters in many short turns.
_TOOL_ID = re.compile(r"(?:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|R_[0-9A-Za-z]{10,20}", re.IGNORECASE)
_SIGN = r"[\s.,/_-]{0,3}"
_DAY = re.compile(rf"(?<!\d)(\d{{2}}){_SIGN}(\d{{2}}){_SIGN}(?:\d{{4}}|\d{{2}})(?!\d{{3}})")
_DAY_BY_YEAR = re.compile(rf"(?<!\d)(?:19|20)\d\d{_SIGN}(\d{{2}}){_SIGN}(\d{{2}})(?!\d)")
_BEHIND = re.compile(rf"{_SIGN}[-+A-FU-Y]?{_SIGN}[0-9A-Z*]{{3,5}}$", re.IGNORECASE)
_BARE_DAY = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_BARE_DAY_BY_YEAR = re.compile(r"(?:19|20)\d\d(\d{2})(\d{2})")
_PHONE = re.compile(rf"[0oO](?:{_SIGN}\d){{6,10}}")
_EMAIL = re.compile(r"\S{1,64}(?:@|\(at\)|\(a\)|\[at\]|\[a\])\S{1,64}\.[^\W\d_]{2,24}", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[^\W\d_]{0,40}(?:katu|kuja|tie|polku|väylä|raitti|tori|kaari|ranta|rinne|penger|aukio|gatan|vägen|gränden|stigen|"
    r"street|road)\s+\d{1,4}(?:\s.{0,12})?",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d{7,}")
_WORD = re.compile(r"[^\W\d_]+")
_HUMP = re.compile(r"(?<=[^\W\d_A-ZÅÄÖ])(?=[A-ZÅÄÖ])")
SHORTEST_NAME = 3
MOSTLY = 0.5


def fault_of(code: str) -> Fault | None:
    """Return why ``code`` may not be kept; None where it says nothing of a person."""
    text = code.strip()
    initials = text.isupper() and len(text) <= LONGEST_INITIALS
    if initials or _PLAIN.fullmatch(text) or _TOOL_ID.fullmatch(text):
        return None
    kinds = {finding.kind for finding in find_identifiers(text)}
    if "identity_code" in kinds:
        return "identity_code"
    if kinds or _EMAIL.search(text) or _PHONE.fullmatch(text) or _ADDRESS.fullmatch(text):
        return "contact_as_code"
    if day := _day_in(text):
        return "identity_code" if _BEHIND.match(text[day.end() :]) else "birth_day_as_code"
    if is_named(text):
        return "participant_is_name"
    return "number_as_code" if _LONG_NUMBER.search(text) and not text.isdigit() else None


def are_days_of_birth(codes: Collection[str]) -> bool:
    """Return whether most of ``codes`` are six or eight figures that can be a day of birth."""
    days = sum(_is_bare_day(code.strip()) for code in codes)
    return len(codes) > 1 and days > MOSTLY * len(codes)


def is_named(text: str) -> bool:
    """Return whether a word of ``text`` is a person's name: "Matti.Virtanen", "MattiVirtanen", "Asiakas Matti V.".

    A name that is an ordinary word too ("Onni") is one where it stands alone with a capital.
    """
    words = [part for word in _WORD.findall(text) for part in (word, *_HUMP.split(word))]
    if any(len(word) >= SHORTEST_NAME and kind_of(word) is Kind.NAME for word in words):
        return True
    return text.istitle() and text.isalpha() and kind_of(text) is Kind.AMBIGUOUS


def _day_in(text: str) -> re.Match[str] | None:
    """Return the day that stands in ``text`` beside something else: figures alone may be a running number."""
    if text.isdigit():
        return None
    days = (match for match in _DAY.finditer(text) if _is_day(match[1], match[2]))
    by_year = (match for match in _DAY_BY_YEAR.finditer(text) if _is_day(match[2], match[1]))
    return next(chain(days, by_year), None)


def _is_bare_day(code: str) -> bool:
    by_day, by_year = _BARE_DAY.fullmatch(code), _BARE_DAY_BY_YEAR.fullmatch(code)
    return bool((by_day and _is_day(by_day[1], by_day[2])) or (by_year and _is_day(by_year[2], by_year[1])))


def _is_day(day: str, month: str) -> bool:
    return 1 <= int(day) <= 31 and 1 <= int(month) <= 12
