"""Takes out of a text what may tell who wrote it or of whom: names, numbers, addresses. A screen, not a guarantee."""

import re
from collections.abc import Collection

MARK = "[…]"

_NUMBERS = re.compile(
    r"""
    \b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b                        # personal identity code
    | \bFI\d{2}(?:\s?\d{4}){3}\s?\d{2}\b                    # account
    | [\w.+-]+@[\w-]+\.[\w.-]+ | (?<!\w)@\w{2,}             # e-mail, name on a social network
    | (?:https?://|www\.)\S+                                # web address
    | (?<![\w+])(?:\+\d{1,3}|0)(?:[\s()-]*\d){5,}           # telephone
    | \b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?                # day, of birth or other
    | \b[^\W\d_]+(?:katu|kadu|tie|kuja|polku|polu|raitti|vägen|gatan|gränden|stigen)\w{0,5}\s+\d+\s?[a-zA-Z]?\b\s?\d*
    | \b\d{5,}\b                                            # any long number
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[A-ZÅÄÖÉÜ][a-zåäöéü]+(?:[-'’][A-ZÅÄÖÉÜ]?[a-zåäöéü]+)*")
_SENTENCE_END = re.compile(r"[.!?…:\n\"”“(–•*-]\s*$")

# Words that are written with a capital letter and name no person.
NO_NAMES = frozenset({
    "kela", "kelan", "kelasta", "kelaan", "kelalta", "kelalle", "suomi", "suomen", "suomessa", "suomeen", "finland",
    "sverige", "fpa", "facebook", "zoom", "teams", "whatsapp", "excel", "kykyviisari", "avain", "sovari", "zekki",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "finnish", "swedish",
    "english",
})  # fmt: skip
# Common first names, for the word a sentence begins with; elsewhere any capital letter will do.
FIRST_NAMES = (
    "aino", "aleksi", "anders", "andreas", "anita", "anja", "anna", "anne", "anneli", "annika", "antero", "antti",
    "arto", "auli", "birgitta", "camilla", "carina", "christian", "daniel", "eero", "eetu", "eeva", "eija", "eila",
    "elina", "elisabeth", "elli", "emilia", "emma", "erik", "erkki", "eva", "fredrik", "hanna", "hannele", "hannu",
    "harri", "heidi", "heikki", "helena", "henna", "henrik", "iida", "ilkka", "inkeri", "irma", "jaakko", "jaana",
    "jan", "janne", "jari", "jarmo", "jenna", "jenni", "joel", "johan", "johanna", "jonna", "jorma", "jouni", "juha",
    "juhani", "juho", "jukka", "julia", "jussi", "jyrki", "kaija", "kaisa", "kalevi", "kalle", "kari", "karin",
    "kati", "katja", "katri", "kimmo", "kirsi", "kristina", "laura", "lauri", "leena", "liisa", "linda", "linnea",
    "maarit", "magnus", "maija", "mari", "maria", "marika", "marja", "marjatta", "marko", "markku", "markus", "martti",
    "matias", "matti", "mats", "mervi", "mia", "mika", "mikael", "mikko", "milla", "minna", "mirja", "mohamed",
    "niina", "niklas", "nina", "noora", "olavi", "olli", "outi", "paavo", "paula", "pauli", "pekka", "pentti",
    "peter", "petra", "petri", "pia", "piia", "pirjo", "pirkko", "päivi", "raija", "raimo", "reijo", "riikka",
    "riitta", "ritva", "roni", "saara", "salla", "sami", "sanna", "santeri", "sari", "seija", "seppo", "simo",
    "sinikka", "sirpa", "sofia", "susanna", "suvi", "tanja", "tapani", "tapio", "tarja", "teemu", "teija", "terhi",
    "tero", "tiina", "timo", "tomi", "tommi", "toni", "tuija", "tuomas", "tuula", "veera", "veikko", "vesa", "ville",
    "virpi", "väinö",
)  # fmt: skip
_ENDINGS = (
    "", "n", "a", "ä", "s", "lle", "lta", "ltä", "lla", "llä", "ssa", "ssä", "sta", "stä", "ta", "tä", "ksi", "kin",
    "han", "hän", "aan", "een", "iin", "an",
)  # fmt: skip
_NAMES = frozenset(name + ending for name in FIRST_NAMES for ending in _ENDINGS)


def without_personal(text: str, known: Collection[str] = ()) -> str:
    """Return ``text`` with what may be personal replaced by a mark.

    Identity codes, accounts, addresses, telephone numbers, days and long numbers; any word with a capital letter
    within a sentence, for in Finnish and Swedish those are names; and common first names at the beginning of one.

    Args:
        text: what a person wrote.
        known: names that are no people's, such as those of municipalities; their cases pass too.
    """
    stems = tuple(name.casefold()[:-1] if len(name) > 4 else name.casefold() for name in known)
    plain = _NUMBERS.sub(MARK, text)

    def replaced(match: re.Match[str]) -> str:
        word = match.group().casefold()
        before = plain[: match.start()]
        begins = not before.strip() or bool(_SENTENCE_END.search(before))
        if word in NO_NAMES or (stems and word.startswith(stems)):
            return match.group()
        return MARK if word in _NAMES or not begins else match.group()

    return _WORD.sub(replaced, plain)
