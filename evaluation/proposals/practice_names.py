"""The name of a practice in a title: "Naisten iltapiiri, Orivesi – kevät 2026" is of Naisten iltapiiri."""

import re

from evaluation.intake.folding import fold
from evaluation.intake.municipality_names import municipality_meant
from evaluation.intake.personal_data import mask

_PARTS = re.compile(r"\s*(?:[,;:|/()]|\s[-–—]\s)\s*")
# Words that say what a paper is, when it was filled in and by whom: alone they name no practice.
_OF_PAPERS = re.compile(
    r"(?:\w*(?:palaut|kysely|lomak|koont|kooste|yhteenve|vastau|tulok|seuran|arvioin|mittar|taulukk|raport|keruu)\w*|"
    r"(?:alku|loppu|start|slut|pre|post|before|after|ennen|jälkeen|alussa|lopussa)|"
    r"\w*(?:feedback|survey|questionnaire|response|answer|result|form|summary|enkät|respons|svar|återkoppl|blankett)\w*|"
    r"(?:asiakka|asiakas|kävijä|osallistuj|ryhm|client|deltagar|kund)\w*|"
    r"(?:kevät|kesä|syksy|talvi|kevään|kesän|syksyn|talven|vår\w*|sommar\w*|höst\w*|vinter\w*|spring|summer|autumn|"
    r"fall|winter)|koon\w*|sheet|taul|blad|excel|data|of|the|and|ja|och|\d+)$"
)
# What begins so tells who filled the paper in, or when.
_OF_WHO_AND_WHEN = re.compile(
    r"\W*(?:kirjan|kirjaa|täytt|ohjaaj|työntekij|vastuu|laati|tekij|päiv(?:ä|ys|itetty)\b|pvm|ifylld|handledar|datum|"
    r"filled|worker|facilitator|date)",
    re.IGNORECASE,
)
_LONGEST = 60


def name_in_title(title: str, municipalities: tuple[str, ...]) -> str | None:
    """Return the first part of ``title`` that may be the name of a practice; None where it has none.

    What names a municipality, a season or a form is no name, nor is a sentence or what holds somebody's contacts.
    """
    if _OF_WHO_AND_WHEN.match(title) or title.rstrip().endswith((".", "?", "!")):
        return None
    parts: list[str] = _PARTS.split(title.strip())
    for part in filter(None, parts):
        words = [word.strip("-") for word in re.findall(r"[\w'’-]+", fold(part))]
        if not words or len(part) > _LONGEST or mask(part).kinds:
            continue
        of_papers = all(_OF_PAPERS.match(word) for word in words)
        if not of_papers and municipality_meant(part, municipalities) is None:
            return part
    return None
