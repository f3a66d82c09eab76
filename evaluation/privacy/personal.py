"""Takes out of a text what may tell who wrote it or of whom: names, numbers, addresses, ages. No guarantee."""

import re
from collections.abc import Collection, Iterator, Sequence

from evaluation.guard.identifiers import find_identifiers
from evaluation.guard.person_names import Kind, kind_of

MARK = "[…]"
# What is longer is no answer to a question; it is cut, so that screening never takes long.
LONGEST = 4000

# Every repetition is bounded and begins where no letter of its kind stands before, so that no text takes long.
_SIGNS = r"[\s./_()-]{0,3}"
_PATTERNS = re.compile(
    rf"""
    (?<!\d)\d{{6}}\s?[-+A-FU-Y]\s?\d{{3}}\w{{0,3}}                               # personal identity code
    | (?<![^\W\d_])[A-Z]{{2}}\d{{2}}(?:[\s.-]?[A-Z0-9]){{10,30}}\b             # account
    | (?<![\w.+-])[\w.+-]{{1,64}}\s?(?:@|[(\[]\s?(?:at|ät|a)\s?[)\]])\s?[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,8}}
    | (?<!\w)@\w{{2,40}}                                                        # name on a social network
    | (?:https?://|www\.)\S{{1,200}}                                            # web address
    | (?<!\d)[oO]?\d(?:{_SIGNS}\d){{4,20}}(?:[^\W\d_]\b|,\s?\d{{3,4}}\w?\b)?     # telephone, day, long number
    | (?<!\d)\d{{1,2}}\.\s?\d{{1,2}}\.(?:\s?\d{{2,4}})?,?(?:\s?\d{{3,4}}\w?\b)? # day, of birth or other
    | \b(?:s|synt|f|född|born)\.?\s{{0,2}}\d{{4}}(?:[-./]\d{{1,2}}){{0,2}}\b     # year or day of birth
    | (?<!\d)\d{{1,3}}(?:\s?-\s?|\s)?(?:v\b\.?|vuotia\w{{1,12}}|vuotis\w{{1,12}}|åri\w{{1,8}}|years?[\s-]old)  # age
    | \b(?:\d{{1,2}}|yhden|kahden|kolmen|neljän|viiden|kuuden)\s(?:pienen\s)?lapsen\s(?:yh[-\s]?|yksinhuoltaja[-\s]?)?
      (?:äi\w{{1,8}}|isä\w{{0,8}}|vanhem\w{{1,8}}|huoltaja\w{{0,8}})            # family
    | \b(?:os|osoite|adress|address)\.?:?\s[^\W\d_]{{1,30}}(?:\s[^\W\d_]{{1,30}})?\s\d{{1,4}}\s?[a-zA-Z]?\b\s?\d{{0,4}}
    | (?<![^\W\d_])[^\W\d_]{{1,40}}(?:katu|kadu|tie|kuja|polku|polu|raitti|rait|rinne|rintee|kaari|kaare|ranta|ranna|
      penger|aukio|tori|vägen|gatan|gränden|stigen)\w{{0,5}}\s{{1,2}}\d{{1,4}}\s?[a-zA-Z]?\b\s?\d{{0,4}}  # address
    """,
    re.VERBOSE | re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’:‐][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"[.!?…:\n\"”“(–•*-]\s*$")
_INITIAL = re.compile(r"(?<!\w)[^\W\d_]\.\s?$")

# Words that are written with a capital letter and name no person.
NO_NAMES = frozenset({
    "kela", "kelan", "kelasta", "kelaan", "kelalta", "kelalle", "suomi", "suomen", "suomessa", "suomeen", "finland",
    "sverige", "fpa", "facebook", "zoom", "teams", "whatsapp", "excel", "kykyviisari", "avain", "sovari", "zekki",
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "finnish", "swedish",
    "english",
})  # fmt: skip
# Beside these a word that is also a name is one.
BEFORE = frozenset({
    "kiitos", "kiitokset", "terveisin", "terveiset", "terveisiä", "ohjaaja", "ohjaajan", "ohjaajani", "työntekijä",
    "työntekijän", "nimeni", "nimi", "ystäväni", "tack", "hälsningar", "handledaren", "handledare", "thanks", "regards",
})  # fmt: skip
BEHIND = frozenset({
    "kanssa", "luona", "luokse", "auttoi", "ohjasi", "kuunteli", "neuvoi", "kertoi", "soitti", "tulkkasi", "opetti",
    "hjälpte", "berättade", "helped",
})  # fmt: skip
# Names that are words of another kind: what is said of somebody behind them makes them names.
SAID_OF_SOMEBODY = frozenset({"on", "oli", "ja", "är", "var", "och", "is", "was", "and"})
WORDS_OF_ANOTHER_KIND = frozenset({"anna", "satu", "kai"})


def without_personal(text: str, known: Collection[str] = (), more_names: frozenset[str] = frozenset()) -> str:
    """Return ``text`` with what may be personal replaced by a mark, cut after LONGEST signs.

    Identity codes, accounts, addresses, telephone numbers, days, ages and long numbers; names, also inflected, in small
    letters or in capitals; and any word with a capital letter within a sentence, for in Finnish and Swedish those are
    names. A name that is an ordinary word too goes beside another name, or beside a word that tells it from one.

    Args:
        text: what a person wrote.
        known: names that are no people's, such as those of municipalities; their cases pass too.
        more_names: further names of people in small letters.
    """
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]} {MARK}"
    plain = _PATTERNS.sub(MARK, _without_identifiers(cut))
    words = list(_WORD.finditer(plain))
    hidden = _names(plain, words, tuple(_stem(name) for name in known), more_names)
    for match in reversed([word for word, is_hidden in zip(words, hidden, strict=True) if is_hidden]):
        begin = match.start()
        if initial := _INITIAL.search(plain, max(0, begin - 3), begin):
            begin -= len(initial[0])
        plain = plain[:begin] + MARK + plain[match.end() :]
    return plain


def _without_identifiers(text: str) -> str:
    for finding in reversed(find_identifiers(text)):
        text = text[: finding.start] + MARK + text[finding.end :]
    return text


def _stem(name: str) -> str:
    return name.casefold()[:-1] if len(name) > 4 else name.casefold()


def _names(text: str, words: Sequence[re.Match[str]], known: tuple[str, ...], more: frozenset[str]) -> list[bool]:
    """Return by word whether it is a person's name."""
    plain = [word.group().casefold() for word in words]
    passes = [word in NO_NAMES or bool(known and word.startswith(known)) for word in plain]
    kinds = [Kind.NO_NAME if passed else kind_of(word, more) for word, passed in zip(plain, passes, strict=True)]
    within = list(_capital_within_sentence(text, words))
    sure = [
        not passed and (kind is Kind.NAME or capital)
        for passed, kind, capital in zip(passes, kinds, within, strict=True)
    ]
    for place, kind in enumerate(kinds):
        if kind is Kind.AMBIGUOUS and not sure[place]:
            sure[place] = _beside(place, plain, sure, kinds)
    return sure


def _beside(place: int, words: Sequence[str], sure: Sequence[bool], kinds: Sequence[Kind]) -> bool:
    """Return whether a word stands beside a name or a word that makes it one."""
    before, behind = place - 1, place + 1
    if before >= 0 and (words[before] in BEFORE or (sure[before] and kinds[before] is Kind.NAME)):
        return True
    if behind < len(words) and words[place] in WORDS_OF_ANOTHER_KIND and words[behind] in SAID_OF_SOMEBODY:
        return True
    return behind < len(words) and (words[behind] in BEHIND or (sure[behind] and kinds[behind] is Kind.NAME))


def _capital_within_sentence(text: str, words: Sequence[re.Match[str]]) -> Iterator[bool]:
    """Yield by word whether it begins with a capital where no sentence begins; not in a text all in capitals."""
    for word in words:
        letters = word.group()
        if not (letters[0].isupper() and any(letter.islower() for letter in letters[1:])):
            yield False
            continue
        before = text[max(0, word.start() - 6) : word.start()]
        begins = word.start() == 0 or not text[: word.start()].strip() or bool(_SENTENCE_END.search(before))
        yield not begins
