"""Participant codes: pseudonyms that join the forms of a person; never a name, a contact or an identity code."""

import re
import unicodedata
from datetime import date

from evaluation.guard.participant_codes import fault_of
from evaluation.intake.folding import UNSEEN, fold
from evaluation.intake.personal_data import as_text, is_name, mask
from evaluation.intake.values.cell_values import Read, faulty
from evaluation.spreadsheets import CellFault, Content

LONGEST_CODE, LONGEST_LOOKED_AT = 40, 200

_TOTALS = frozenset({
    "yhteensä", "yht", "summa", "keskiarvo", "keskiarvot", "ka", "k.a", "mediaani", "keskihajonta", "hajonta", "kh",
    "kaikki yhteensä", "vastauksia yhteensä", "vastaajia yhteensä", "vastaajia", "vastauksia", "lukumäärä",
    "totalt", "sammanlagt", "medeltal", "medelvärde", "genomsnitt", "median", "standardavvikelse", "antal",
    "antal svar", "total", "totals", "grand total", "sum", "average", "avg", "mean", "count",
    "standard deviation", "std", "sd",
})  # fmt: skip
# These head the row of a register that counts those present; in other columns they are marks.
_PRESENT = frozenset({
    "paikalla", "läsnä", "poissa", "perui", "osallistujia", "läsnäolijoita", "kävijöitä", "lkm", "kpl", "närvarande",
    "frånvarande", "avbokade", "antal deltagare", "present", "absent", "cancelled", "attendees", "attendance",
})  # fmt: skip
# What people write where there is no code. As a code it would join all of them.
_NONE = frozenset({
    "n/a", "none", "null", "nimetön", "nimettömänä", "anonyymi", "ei ole", "ei koodia", "ei tunnistetta", "ei tiedossa",
    "ei tietoa", "tuntematon", "puuttuu", "tyhjä", "anonym", "namnlös", "ingen kod", "okänd", "saknas", "anonymous",
    "no code", "unknown", "missing", "empty",
})  # fmt: skip
_SIGNS = re.compile(r"[-–—.,?!*_/() ]+")
# Codes may be initials, so these words tell of a sum only where they are not in capitals or a sign follows.
_SHORT = frozenset({"ka", "kh", "sd"})
# A day is no code; a date of birth even identifies a person.
_DAY = re.compile(r"[0-3]?[0-9][./-][01]?[0-9][./-](?:[0-9]{2}){1,2}\.?")
# "A1", "007", "KL-12": what most codes look like can be nothing else, and needs no closer look.
_PLAIN = re.compile(r"[A-Za-zÅÄÖåäö]{0,3}-?[0-9]{1,5}")
_COUNTED = re.compile(r"^n ?[=:]")
_FIGURES_BEHIND = re.compile(r"[ =:]*[0-9]+(?:[.,][0-9]+)?$")


def read_participant(content: Content) -> Read[str]:
    """Return a participant code as written, spaces trimmed and single; 7.0 is 7, and "-" or "nimetön" is none."""
    if isinstance(content, CellFault):
        return faulty(content)
    if isinstance(content, (bool, date)):
        return Read(fault="not_a_code")
    written = as_text(content)
    if _PLAIN.fullmatch(written):
        return Read(written)
    text = " ".join(unicodedata.normalize("NFKC", written.translate(UNSEEN)).split())
    code = re.sub(r"^([0-9]+)[.,]0$", r"\1", text)
    if not code or _SIGNS.fullmatch(code) or fold(code) in _NONE:
        return Read()
    fault = _fault(written, code)
    if fault:
        return Read(fault=fault)
    return Read(code)


def is_total(content: Content) -> bool:
    """Tell whether ``content`` heads a row that sums up others: "Yhteensä:", "ka", "n = 12" and the like."""
    if not isinstance(content, str) or len(content) > LONGEST_CODE or _PLAIN.fullmatch(content):
        return False
    text = fold(content)
    if _COUNTED.match(text):
        return True
    word = _FIGURES_BEHIND.sub("", text).strip(" .:=")
    if word in _SHORT:
        return not content.strip().isupper() or not content.strip()[-1].isalnum()
    return word in _TOTALS


def _heads_those_present(code: str) -> bool:
    return _FIGURES_BEHIND.sub("", fold(code)).strip(" .:=").removesuffix(" yhteensä") in _PRESENT


def _fault(written: str, code: str) -> str | None:
    """Return why ``code`` cannot be a participant's, None if it can."""
    kinds = mask(written).kinds
    if kinds:
        return "identity_code" if "identity_code" in kinds else "contact_as_code"
    if is_total(code) or _heads_those_present(code):
        return "total_row"
    if is_name(code):
        return "participant_is_name"
    if _DAY.fullmatch(code):
        return "not_a_code"
    return fault_of(code[:LONGEST_LOOKED_AT]) or ("not_a_code" if len(code) > LONGEST_CODE else None)
