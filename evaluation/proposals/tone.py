"""Whether what a question asks about is welcome or not: more safety is good, more loneliness is not."""

import re

from evaluation.intake.folding import fold
from evaluation.intake.polarity import NEGATIONS

# Beginnings of words. A question that has words of both kinds, or a negation, tells nothing.
_WELCOME = (
    "viihdy", "viihty", "mieluis", "mielekä", "iloi", "ilo", "hyvinvoin", "turvalli", "luotta", "luotan", "kuunnel",
    "kunnioit", "arvost", "kohdat", "kohdel", "hyöty", "hyödy", "hyödylli", "apua", "apuna", "avuksi", "autta",
    "tuke", "tuki", "tukea",
    "ystäv", "tutustu", "osallis", "vaikuttaa", "päättää", "selkeä", "selväs", "helposti", "helppo", "onnistu",
    "rohkai",    "jaksa", "jaksoi", "jaksan", "nuku", "nukut", "toivo", "voimavaro", "tyytyväi", "kannust", "piristä",
    "virkist",
    "innost", "motivoi", "motivaatio", "riittäv", "toimiv", "sujuu", "sujuv", "sopiva", "suosittel", "lähestyttäv",
    "tervetul", "yhteisö", "taito", "osaami", "varma", "itseluottamu", "pärjä", "palvelua nopeasti", "tarpeeksi",
    "trivs", "trygg", "litar", "lyssna", "respekt", "bemöt", "nytta", "hjälp", "stöd", "vänn", "delakt", "tydlig",
    "nöjd", "uppmuntr", "motivera", "lätt", "rekommend", "självförtro", "välkom", "gemenskap", "tillräcklig",
    "enjoy", "safe", "trust", "listen", "respect", "useful", "help", "support", "friend", "clear", "considerate",
    "enthusias", "welcom", "recommend", "satisf", "confiden", "motivat", "able", "ability", "knowledge", "learn",
    "understand", "easy", "easily", "communicat", "competent", "pleasant", "encourag", "valued", "belong", "hope",
    "hyvä", "hyväl", "hyvää", "mukav", "kiva", "kivoj", "ihana", "bra",
    "opit", "oppinut", "oppia", "oppimaan", "lärde", "lärt",
    "skill", "sufficient", "enough", "improv", "excit", "reusable", "reproducible", "worth", "good", "happy",
    "likely", "experience",
)  # fmt: skip
_UNWELCOME = (
    "yksinäi", "ahdist", "masen", "pelko", "pelkä", "pelot", "huolt", "huole", "huoli", "stress", "väsy", "uupu",
    "vaike", "hankal", "ongelm", "riita", "riido", "väkival", "kipu", "kipuj", "kivu", "kipeä", "särky", "velka",
    "velko", "häpe", "univaike", "unettom", "päihte", "alkohol", "juot", "juon", "jännit", "haitta", "haitan",
    "loukka", "kiusa",
    "epävarm", "turvatto", "toivotto", "puute", "oire", "itsetuho",
    "ensam", "ångest", "oro", "rädd", "trött", "svår", "problem", "gräl", "våld", "smärt", "skuld", "skam", "sömnlös",
    "lonel", "anxi", "depress", "fear", "afraid", "worr", "tired", "exhaust", "difficult", "trouble", "quarrel",
    "violence", "pain", "debt", "shame", "insomnia", "alcohol", "drug", "hopeless", "symptom", "bother", "harm",
    "demotivat", "huono", "kurja", "kurjal", "ikävä", "ikäväl", "paha", "pahal", "dålig",
)  # fmt: skip
# Survey tools name columns so: "TrainersClearAnswers".
_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])|_")
_WORD = re.compile(r"[\w'-]+")


def tone_of(text: str) -> int:
    """Return 1 where more of what ``text`` speaks of is good, -1 where less of it is, 0 where the words do not tell."""
    words = _WORD.findall(fold(_CAMEL.sub(" ", text)))
    if any(word in NEGATIONS for word in words):
        return 0
    unwelcome = any(word.startswith(_UNWELCOME) for word in words)
    welcome = any(word.startswith(_WELCOME) and not word.startswith(_UNWELCOME) for word in words)
    return int(welcome) - int(unwelcome) if welcome != unwelcome else 0
