"""The guard of personal data: masks what identifies a person, and recognises columns of nothing else."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from evaluation.definitions.columns import PARTICIPANT
from evaluation.guard.identifiers import Finding, Kind, find_identifiers, may_identify
from evaluation.intake.aliases import PERSON_HEADINGS, heads_personal_data
from evaluation.intake.folding import UNSEEN, fold, fold_heading
from evaluation.intake.known import Known
from evaluation.spreadsheets import CellFault, Content, Value

Personal = Literal["heading", "name", "address", "email", "phone", "identity_code", "iban"]

MASK = "***"
LONGEST_SHOWN = 60

# Enough of a column's distinct contents to know what it holds, and how many a name or an address has to be seen among.
_LOOKED_AT = 500
_FEWEST_WORDED = 2
# As many letters may stand around an identifier ("puh. 040 …") without a further message.
_AROUND = 4

_INITIAL = re.compile(r"^[^\W\d_]\.$")
# A word that can be said: a letter that is a vowel, or of a script without capitals of its own.
_NAME_WORD = re.compile(
    r"(?:[^\W\d_]{1,2}\.?|(?=.*[aeiouyåäöéèáíóúàü\u0370-\uffff])[^\W\d_]+(?:[-'][^\W\d_]+)*\.?)", re.IGNORECASE
)
_FEWEST_PEOPLE, _SHORTEST_NAME, _LONGEST_INITIALS = 3, 3, 4
_PARTICLES = frozenset({"af", "av", "von", "van", "der", "de", "da", "di", "al", "el", "bin"})
_ROLES = frozenset(
    {
        "asiakas", "osallistuja", "vastaaja", "henkilö", "nuori", "jäsen", "perhe", "ryhmä", "ryhmäläinen", "kävijä",
        "deltagare", "klient", "svarande", "person", "medlem", "familj", "grupp", "besökare",
        "client", "participant", "respondent", "member", "family", "group", "visitor",
        "läheinen", "omainen", "työntekijä", "ohjaaja", "esihenkilö", "kumppani", "yhteistyökumppani", "vapaaehtoinen",
        "anhörig", "närstående", "arbetstagare", "handledare", "chef", "relative", "worker", "supervisor", "partner",
    }
)  # fmt: skip
_ADDRESS = re.compile(
    r"^(?:[^\W\d_][\w.'-]*\s+){0,3}[^\W\d_]*(?:katu|kuja|tie|polku|väylä|raitti|tori|kaari|ranta|rinne|penger|aukio|"
    r"bulevardi|esplanadi|gatan|vägen|gränden|stigen|allén|stranden|torget|street|road|avenue|lane)"
    r"\s+\d{1,4}\s?(?:[a-z]\b|-\s?\d+)?(?:\s?(?:as\.?\s?)?\d{1,4})?(?:,?\s+\d{5}(?:\s+[^\W\d_]+)?)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Masked:
    """A text with everything masked that identifies a person, and the kinds of what was masked."""

    text: str
    kinds: frozenset[Kind] = frozenset()


def mask(text: str) -> Masked:
    """Replace identity codes, e-mail addresses, phone and account numbers in ``text``; else keep it as it is."""
    if not may_identify(text):
        return Masked(text)
    masked, kinds = text, set[Kind]()
    # What is masked may have shut something else in, and a sign that cannot be seen may part a code or stand between
    # two things. So look at both, until nothing is found.
    while True:
        seen, findings = masked, find_identifiers(masked)
        if not findings and (bare := masked.translate(UNSEEN)) != masked:
            seen, findings = bare, find_identifiers(bare)
        if not findings:
            return Masked(masked, frozenset(kinds))
        kinds |= {finding.kind for finding in findings}
        masked = _without(seen, findings)


def _without(text: str, findings: Sequence[Finding], sign: str = MASK) -> str:
    for finding in reversed(findings):
        text = text[: finding.start] + sign + text[finding.end :]
    return text


def looks_personal(heading: str, values: Sequence[Content], known: Known | None = None) -> Personal | None:
    """Tell whether a column holds who people are and where to find them; None if it does not.

    Args:
        heading: the heading of the column.
        values: its distinct contents.
        known: what the library calls things; a column of the answers of a scale is never personal.
    """
    texts = [content.strip() for content in values[:_LOOKED_AT] if isinstance(content, str) and content.strip()]
    if known and texts and _most(texts, known.is_answer):
        return None
    if heads_personal_data(heading):
        return "heading"
    of_codes = known is not None and known.system(heading) == PARTICIPANT
    if (of_codes or fold_heading(heading) in PERSON_HEADINGS) and _are_given_names(texts, any_case=of_codes):
        return "name"
    return _contents(texts) if texts else None


def _are_given_names(texts: Sequence[str], *, any_case: bool) -> bool:
    """Tell whether most of ``texts``, which stand where each row's person is named, are names or nicknames.

    "Pirjo", "Liisa-Maria", "ahmed ali": words without figures. Initials and short codes in capitals are none, nor are
    the roles that a word for a person may stand over ("Vastaaja": asiakas, läheinen), nor single small words ("nainen")
    unless ``any_case``: under a heading of codes only codes may stand.
    """
    if len(texts) < _FEWEST_PEOPLE or any(fold(text) in _ROLES for text in texts):
        return False
    return _most(texts, lambda text: _is_given_name(text) and (any_case or " " in text or text[0].isupper()))


def _is_given_name(text: str) -> bool:
    words = text.replace(",", " ").split()
    if not 1 <= len(words) <= 4 or (len(words) == 1 and text.isupper() and len(text) <= _LONGEST_INITIALS):
        return False
    return all(_NAME_WORD.fullmatch(word) for word in words) and len(words[0]) >= _SHORTEST_NAME


def _contents(texts: Sequence[str]) -> Personal | None:
    """Return what most of ``texts`` are, if that identifies people."""
    alone = Counter(map(_only_identifier, texts))
    kind, count = alone.most_common(1)[0]
    if kind and count * 2 > len(texts):
        return kind
    if len(texts) < _FEWEST_WORDED:
        return None
    if _most(texts, is_name):
        return "name"
    return "address" if _most(texts, is_address) else None


def _most(texts: Sequence[str], true: Callable[[str], bool]) -> bool:
    return sum(map(true, texts)) * 2 > len(texts)


def _only_identifier(text: str) -> Kind | None:
    """Return what kind of identifier ``text`` is, if it says next to nothing else."""
    findings = find_identifiers(text)
    if not findings or len(re.findall(r"\w", _without(text, findings, ""))) > _AROUND:
        return None
    return findings[0].kind


def is_name(text: str) -> bool:
    """Tell whether ``text`` is written as a person's name is: two to four words of letters, each with a capital."""
    words = text.replace(",", " ").split()
    if not 2 <= len(words) <= 4 or fold(words[0]) in _ROLES:
        return False
    full = [word for word in words if fold(word) not in _PARTICLES and not _INITIAL.match(word)]
    initials = sum(bool(_INITIAL.match(word)) for word in words)
    return len(full) >= 1 and len(full) + initials >= 2 and all(map(_is_capitalised, full))


def _is_capitalised(word: str) -> bool:
    parts = re.split(r"[-'’]", word)
    shouted = len(word) >= 3 and word.isupper()
    return all(part.isalpha() for part in parts) and (
        shouted or (len(word) >= 2 and all(part[0].isupper() and not part[1:].isupper() for part in parts))
    )


def is_address(text: str) -> bool:
    """Tell whether ``text`` is a street address: a street, a number and perhaps a door and a postal code."""
    return _ADDRESS.match(text.strip()) is not None


def as_text(content: Value) -> str:
    """Return a content as people would write it: whole numbers without decimals, a day as 5.9.2018."""
    if isinstance(content, bool):
        return str(content).upper()
    if isinstance(content, datetime) and content.time() != time():
        return f"{as_text(content.date())} {content:%H:%M}"
    if isinstance(content, date):
        return f"{content.day}.{content.month}.{content.year}"
    if isinstance(content, float) and content.is_integer():
        return str(int(content))
    return content.strip() if isinstance(content, str) else str(content)


def show(content: Content | None) -> str | None:
    """Return the content of a cell as a message may repeat it: cut short, personal data masked; None for nothing."""
    if content is None:
        return None
    whole = content.text if isinstance(content, CellFault) else as_text(content)
    # Masked before it is cut, since half an identity code would not be known for one.
    text = " ".join(mask(whole).text.split())
    return text if len(text) <= LONGEST_SHOWN else text[: LONGEST_SHOWN - 1] + "…"
