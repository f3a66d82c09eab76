"""Finds in any text what identifies a person: personal identity codes, e-mail addresses, phone and account numbers."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from typing import Literal, NamedTuple

Kind = Literal["identity_code", "email", "phone", "iban"]

# The signs of the century of birth in use since 2023, and the check character for every remainder of 31.
_CENTURIES: Mapping[str, int] = {"+": 1800, **dict.fromkeys("-YXWVU", 1900), **dict.fromkeys("ABCDEF", 2000)}
_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY"

# The lengths of account numbers by country (the registry of IBAN formats), without which one could not tell where a
# number in a sentence ends.
_IBAN_LENGTHS = {
    country: int(length)
    for country, length in re.findall(
        r"([A-Z]{2})([0-9]{2})",
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 "
        "EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 "
        "KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 "
        "PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 "
        "UA29 VA22 VG24 XK20 YE30",
    )
}

# Neither inside a longer word or number …
_OPEN, _SHUT = r"(?<![^\W_])", r"(?![^\W_])"
_IDENTITY = re.compile(
    rf"{_OPEN}([0-9]{{6}}) {{0,2}}([-+A-FU-Y]) {{0,2}}([0-9]{{3}}) ?([0-9A-Z]){_SHUT}", re.IGNORECASE
)
_IDENTITY_WITHOUT_SIGN = re.compile(rf"{_OPEN}([0-9]{{6}}) ?([0-9]{{3}})([0-9A-Y]){_SHUT}", re.IGNORECASE)
# Spellings that only a right check character distinguishes from other numbers: another sign, a day with points, spaces.
_IDENTITY_ODD = (
    re.compile(rf"{_OPEN}([0-9]{{6}})(?:[^0-9A-Z]{{1,3}})([0-9]{{3}})[ _-]?([0-9A-Y]){_SHUT}", re.IGNORECASE),
    re.compile(
        rf"{_OPEN}([0-9]{{1,2}}[./-][0-9]{{1,2}}[./-](?:1[89]|20)?[0-9]{{2}}) {{0,2}}[-+_A-FU-Y] {{0,2}}"
        rf"([0-9]{{3}}) ?([0-9A-Y]){_SHUT}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_OPEN}([0-9](?: [0-9]){{5}}) {{0,3}}[-+A-FU-Y] {{0,3}}([0-9](?: [0-9]){{2}}) ([0-9A-Y]){_SHUT}",
        re.IGNORECASE,
    ),
)
_EMAIL = re.compile(
    r"(?<![\w.+%'-])[\w.+%'-]{1,64}(?:@| ?[\[(] ?(?:at|ät|miuku|miukumauku) ?[\])] ?)"
    r"(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}",
    re.IGNORECASE,
)
_IBAN_START = re.compile(rf"{_OPEN}[A-Z]{{2}}[0-9]{{2}}(?=[ -]?[A-Z0-9])", re.IGNORECASE)
# … nor behind another number: that makes a date, an hour, a range, a decimal or a reference.
_PHONE_ABROAD = re.compile(
    rf"(?:(?<![0-9+])\+ ?|{_OPEN}00 ?(?=358|46|47|45|372))[1-9](?:[ ./-]?\(?[0-9]\)?){{6,14}}{_SHUT}"
)
_PHONE_WITHOUT_PLUS = re.compile(rf"{_OPEN}(?<![0-9][.,:/-])358 ?(?:4[0-9]|50)(?:[ -]?[0-9]){{6,8}}{_SHUT}")
# It begins with its first figure, so that the engine can leap from one 0 to the next.
_PHONE = re.compile(r"0(?<![^\W_]0)(?<![0-9][.,:/-]0)([1-9][0-9]{0,2})\)?(?:[ ./-]{0,3}[0-9]{2,9}){1,5}")
_AREAS = re.compile(r"0(?:[235689]|1[0-9]|2[09]|30|4[0-9]{1,2}|500?|7[0135])")
_FIGURES = re.compile(r"\d(?:[^\w,:;]{0,3}\d){5}")


class Finding(NamedTuple):
    """Something that identifies a person: what it is, and where it stands in the text."""

    kind: Kind
    start: int
    end: int


class _Plain(dict[int, str]):
    """Signs → the plain ones they are a form of, one for one so that places in the text stay."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        plain = unicodedata.normalize("NFKC", sign)
        self[code] = plain if len(plain) == 1 else sign
        return self[code]


_PLAIN = _Plain({**{ord(dash): "-" for dash in "‐‑‒–—―−﹘﹣－"}, **{ord(space): " " for space in "\t\n\r"}})


def find_identifiers(text: str) -> tuple[Finding, ...]:
    """Return everything in ``text`` that identifies a person, in order; of overlapping findings only the first.

    A mistyped identity code identifies the person just as well, so its form and a possible day of birth suffice.
    Without a sign of the century, or oddly written, its check character has to be right.
    """
    if not may_identify(text):
        return ()
    plain = text.translate(_PLAIN)
    findings: list[Finding] = []
    covered = bytearray(len(plain))
    for candidate in chain(_ibans(plain), _identity_codes(plain), _emails(plain), _phones(plain)):
        if 1 not in covered[candidate.start : candidate.end]:
            findings.append(candidate)
            covered[candidate.start : candidate.end] = bytes([1]) * (candidate.end - candidate.start)
    return tuple(sorted(findings, key=lambda finding: finding.start))


def may_identify(text: str) -> bool:
    """Tell, at little cost, whether ``text`` may hold anything that identifies a person."""
    return any(sign in text for sign in "@\uff20([") or _FIGURES.search(text) is not None


def _identity_codes(text: str) -> Iterator[Finding]:
    for match in _IDENTITY.finditer(text):
        if 1 <= int(match[1][:2]) <= 31 and 1 <= int(match[1][2:4]) <= 12:
            yield Finding("identity_code", *match.span())
    for match in _IDENTITY_WITHOUT_SIGN.finditer(text):
        right = any(_has_right_check(match[1], sign, match[2], match[3]) for sign in "-A")
        if right and not _is_domestic_phone(match[0]):
            yield Finding("identity_code", *match.span())
    for pattern in _IDENTITY_ODD:
        for match in pattern.finditer(text):
            born, number, check = _day_in_figures(match[1]), match[2].replace(" ", ""), match[3]
            if any(_has_right_check(born, sign, number, check) for sign in "-A") and not _is_domestic_phone(match[0]):
                yield Finding("identity_code", *match.span())


def _day_in_figures(written: str) -> str:
    """Return "19.1.1990" and "1 9 0 1 9 0" as 190190."""
    parts = re.split(r"[./-]", written.replace(" ", ""))
    return "".join(part.zfill(2)[-2:] for part in parts) if len(parts) > 1 else parts[0]


def _has_right_check(born: str, sign: str, number: str, check: str) -> bool:
    try:
        date(_CENTURIES[sign.upper()] + int(born[4:]), int(born[2:4]), int(born[:2]))
    except ValueError:
        return False
    return int(number) >= 2 and _CHECK[int(born + number) % 31] == check.upper()


def _emails(text: str) -> Iterator[Finding]:
    if any(sign in text for sign in "@(["):
        for match in _EMAIL.finditer(text):
            yield Finding("email", *match.span())


def _ibans(text: str) -> Iterator[Finding]:
    for match in _IBAN_START.finditer(text):
        length = _IBAN_LENGTHS.get(match[0][:2].upper())
        number, end = "", match.start()
        while length and len(number) < length and end < len(text):
            sign = text[end]
            if sign.isalnum():
                number += sign
            elif sign not in " -":
                break
            end += 1
        ends = end == len(text) or not text[end].isalnum()
        if length == len(number) and ends and number.isascii() and _is_iban(number):
            yield Finding("iban", match.start(), end)


def _is_iban(text: str) -> bool:
    turned = text[4:] + text[:4]
    return int("".join(str(int(sign, 36)) for sign in turned)) % 97 == 1


def _phones(text: str) -> Iterator[Finding]:
    for sign, pattern in (("+", _PHONE_ABROAD), ("00", _PHONE_ABROAD), ("358", _PHONE_WITHOUT_PLUS)):
        for match in pattern.finditer(text) if sign in text else ():
            yield Finding("phone", *match.span())
    position = 0
    while domestic := _PHONE.search(text, position):
        bracketed = ")" in domestic[0] and text[domestic.start() - 1 : domestic.start()] == "("
        # A year or another number may follow, so what is too much is left out from the end.
        ends = [domestic.start() + group.end() for group in re.finditer(r"[0-9]+", domestic[0])]
        whole = [end for end in ends if not text[end : end + 1].isalnum()]
        number_end = next((end for end in reversed(whole) if _is_domestic_phone(text[domestic.start() : end])), None)
        if number_end:
            yield Finding("phone", domestic.start() - bracketed, number_end)
        position = number_end or domestic.end(1)


def _is_domestic_phone(text: str) -> bool:
    """Tell a Finnish number with its area code or mobile prefix from dates, hours and other numbers."""
    if text[-1:].isalpha():
        return False
    groups = re.findall(r"[0-9]+", text)
    digits = "".join(groups)
    area = _AREAS.match(digits)
    if area is None:
        return False
    if len(groups) == 1:
        return 9 <= len(digits) <= 11
    lengths = [len(group) for group in groups]
    # An hour may follow a day.
    split_as_date = lengths[:3] == [2, 2, 4] or lengths == [2, 2, 2]
    split_as_hours = lengths == [4, 4]
    by_dots = "." in text and len(groups[0]) < 3
    in_twos = len(groups[0]) == 2 and max(map(len, groups[1:])) < 3
    return 7 <= len(digits) <= 11 and not (split_as_date or split_as_hours or by_dots or in_twos)
