"""Participant codes as they are compared: the same code written otherwise, and what a slip of the hand makes of one."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping

# Codes are compared in capitals, so a small l has become L.
_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = str.maketrans("", "", " \u00a0-‐‑‒–—")
SHORTEST_WITH_SLIP = 5
# Excel takes "1E5" for a number, 100000; a longer one it would write in another way itself.
_POWER = re.compile(r"([0-9]{1,4})E\+?([0-9]{1,2})")
_LONGEST_POWER = 12
# The rule of the forms (two letters, day, month) written as people write a day: "AN 7.4.".
_DAY_APART = re.compile(r"([^\W\d_]{2})[ .]?([0-9]{1,2})[./]([0-9]{1,2})\.?")
_ZEROS = re.compile(r"(?<![0-9])0+(?=[0-9])")


def compared(code: str) -> str:
    """Return the form in which two codes are equal that differ only by how they are written.

    Case, spaces, hyphens and zeros in front of a number make no difference, and a number that Excel has made of a code
    is that code: 007 is 7, k1 is K1, AN07 is AN7, AN-0704 and "AN 7.4." are AN0704, 1E5 is 100000.
    """
    plain = unicodedata.normalize("NFKC", code).upper().strip()
    day = _DAY_APART.fullmatch(plain)
    if day:
        plain = f"{day[1]}{int(day[2]):02}{int(day[3]):02}"
    plain = plain.translate(_SEPARATORS)
    power = _POWER.fullmatch(plain)
    if power and len(power[1]) + int(power[2]) <= _LONGEST_POWER:
        plain = str(int(power[1]) * 10 ** int(power[2]))
    return _ZEROS.sub("", plain)


def near_codes(codes: Collection[str], known: Collection[str]) -> Mapping[str, str]:
    """Return, for each of ``codes`` that is nearly one of ``known``, which one.

    Near are codes that differ only by case, spaces, hyphens and look-alikes (O and 0; I, l and 1), or by one
    character left out, added, replaced or swapped with its neighbour where both have at least five characters: A1 and
    A2 are two people. A code that is known as it stands, or near to several, is not told.

    Args:
        codes: the codes to find a counterpart for.
        known: the codes that may be meant.
    """
    by_shape: dict[str, set[str]] = {}
    for code in known:
        for shape in _shapes(_plain(code)):
            by_shape.setdefault(shape, set()).add(code)
    meant = {}
    for code in sorted(set(codes) - set(known)):
        plain = _plain(code)
        offered = set().union(*(by_shape.get(shape, ()) for shape in _shapes(plain)))
        near = [other for other in offered if _one_slip(plain, _plain(other))]
        if len(near) == 1:
            meant[code] = near[0]
    return meant


def _plain(code: str) -> str:
    return code.upper().translate(_SEPARATORS).translate(_LOOK_ALIKES)


def _shapes(plain: str) -> Iterator[str]:
    """Give a code and what is left of it without one character: two codes one slip apart share one of these."""
    yield plain
    if len(plain) >= SHORTEST_WITH_SLIP:
        yield from (plain[:place] + plain[place + 1 :] for place in range(len(plain)))


def _one_slip(one: str, other: str) -> bool:
    """Tell whether two plain codes are equal or a single slip apart."""
    if one == other:
        return True
    if min(len(one), len(other)) < SHORTEST_WITH_SLIP:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    return (len(one) <= 1 and len(other) <= 1) or (len(one) == 2 and one == other[::-1])
