"""What a question tells, by its words: satisfaction, state, change, participation, background; and its short name."""

import re
from collections.abc import Mapping
from typing import Literal

from evaluation.definitions import NationalTheme
from evaluation.intake.folding import fold

Family = Literal["satisfaction", "state", "change", "participation", "conditions", "background"]

_CHANGE = ("verrattuna", "muuttu", "muutos", "parantunut", "parantanut", "lisääntynyt", "vähentynyt", "jälkeen",
           "ansiosta", "jämfört", "förändr", "compared", "changed", "has become", "improved")  # fmt: skip
_STATE = ("mieliala", "voin ", "voit", "vointi", "jaksan", "jaksat", "jaksami", "arki", "arjessa", "arkea", "päiväni",
          "tervey", "toimintakyk", "yksinäi", "ahdist", "raha", "talou", "asuminen", "asumis", "uni",
          "nuku", "päihte", "luotat itse", "itseluottamu", "ystäviä", "ihmissuht", "elämä", "mår", "humör", "orkar",
          "vardag", "hälsa", "ensam", "pengar", "ekonomi", "boende", "sömn", "liv", "mood", "health", "lonel", "money",
          "sleep", "daily life", "cope", "wellbeing", "confident")  # fmt: skip
_BACKGROUND = ("ikä", "ikäsi", "ikäryhmä", "syntymävuo", "sukupuol", "asuinkunta", "kotikunta", "äidinkiel", "koulutu",
               "työtilan", "elämäntilan", "perhetilan", "siviilisää", "ammatti", "mistä kuul", "mistä sait tied",
               "mistä löys", "miten löys", "ålder", "kön", "hemkommun", "modersmål", "utbildning", "yrke",
               "livssituation", "var hörde", "hur hittade", "age", "gender", "sex", "country", "education",
               "occupation",
               "ethnicity", "race", "qualification", "household", "income", "tulotaso", "inkomst",
               "nationality", "marital", "campus", "affiliation", "current role", "current position",
               "how did you hear",
               "where did you hear", "how did you find")  # fmt: skip
_COUNT = ("montako", "kuinka mont", "kuinka moni", "lukumäärä", "määrä", "vuotta", "vuosia", "euro", "tuntia", "kertaa",
          "hur många", "antal", "how many", "number of", "years of", "amount", "hours", "salary", "palkka")  # fmt: skip
_OPEN = ("mitä ", "mikä ", "mitkä", "miksi", "miten ", "millai", "kerro", "kuvaile", "vapaa", "muuta", "terveis",
         "kommentt", "palautetta", "avoin", "parasta", "kehitet", "toive", "ideoita", "lisätieto", "perustel",
         "hälsning", "greeting", "vad ",
         "hur kunde", "varför", "berätta", "övrigt", "kommentar", "fritt", "what ", "why", "how could", "comment",
         "feedback", "suggest", "describe", "please specify", "anything else", "other", "other,")  # fmt: skip
_WISHES = ("toivo", "toive", "ehdot", "kehit", "paran", "muutt", "muuta", "lisää", "terveis", "ideoi", "palautet",
           "sanoa",
           "önsk", "förbättr", "ändra", "hälsning", "föreslå", "suggest", "improve", "wish", "change", "comment",
           "anything else")  # fmt: skip
# Beginnings of words, the theme that is hardest to mistake first.
_THEMES: Mapping[NationalTheme, tuple[str, ...]] = {
    "recommendation": ("suosittel", "rekommend", "recommend"),
    "safety": ("turvalli", "turvatto", "trygg", "säker", "safe", "secure"),
    "participation": ("vaikuttaa", "osallis", "mielipite", "päätök", "toiveeni", "påverka", "delakt", "influence",
                      "participat", "my opinion"),
    "encounter": ("kohdat", "kohdel", "kohtaami", "kuunnel", "kunnioit", "arvosta", "ystävälli", "tervetul",
                  "lähestyttäv", "bemöt", "lyssna", "respekt", "vänlig", "välkom", "treated", "listened", "friendly",
                  "welcom", "approachable"),
    "information": ("tietoa", "tiedän", "neuvoja", "ymmärrettäv", "selkeä", "ohjeet", "information", "begriplig",
                    "tydlig", "inform", "understandable"),
    "access": ("aukiolo", "helppo tulla", "helposti saavut", "nopeasti", "ajanvara", "jono", "saavutettav", "pääsin",
               "öppettid", "snabbt", "tillgäng", "lätt att komma", "opening hours", "quickly", "easy to reach",
               "accessib"),
    "usefulness": ("hyöty", "hyödy", "apua", "auttoi", "autta", "nytta", "hjälp", "useful", "helped", "benefit"),
}  # fmt: skip
_SENSITIVE = ("mieliala", "ahdist", "masen", "itsetuho", "terveyt", "terveyd", "sairau", "kipu", "kivu", "raha",
              "talou", "velka", "velko", "päihte", "alkohol", "juon", "juot", "humör", "ångest", "depress", "hälsa",
              "sjuk", "pengar", "ekonomi", "skuld", "rusmedel", "mood", "anxi", "health", "illness", "money", "debt",
              "drug", "substance")  # fmt: skip
_PREFIX = re.compile(r"^(?:[a-z]+\d+\w*(?:\[\w+\])?[.:]\s+|\d+\s*[.):]\s*)", re.IGNORECASE)
# What charts have room for.
_LONGEST_SHORT = 50
_WORDS = re.compile(r"[^\W_]+")
# Letters of a stem that stands in no other word.
_LONG = 7
_OPENINGS = (
    (r"(?:kuinka|miten) tyytyväi(?:nen|siä) (?:olet(?:te)?|olit(?:te)?)(?: ollut| olleet)?", "Tyytyväisyys"),
    (r"hur nöjda? (?:är|var) (?:du|ni) med", "Nöjdhet med"),
    (r"how satisfied (?:are|were) you with", "Satisfaction with"),
)
# "Mistä kuulit ryhmästä ensimmäisen kerran?" A long sentence that holds such a word asks something else.
_LONGEST_BACKGROUND = 9


def is_background(heading: str) -> bool:
    """Tell whether a question asks who the respondent is, not what the practice did."""
    text = fold(_PREFIX.sub("", heading)).strip(" ?.:*")
    first = re.findall(r"[\w'-]+", text)[:5]
    return len(text.split()) <= _LONGEST_BACKGROUND and any(
        word in text if " " in word else any(w == word or (len(word) > 4 and w.startswith(word)) for w in first)
        for word in _BACKGROUND
    )


def is_count(heading: str) -> bool:
    """Tell whether a question asks how many or how much, in numbers of its own."""
    return any(word in fold(heading) for word in _COUNT)


def asks_for_wishes(heading: str) -> bool:
    """Tell whether a question asks for wishes and ideas in own words, however few of them there are."""
    text = fold(_PREFIX.sub("", heading))
    return is_open_question(heading) and any(word in text for word in _WISHES)


def is_open_question(heading: str) -> bool:
    """Tell whether a question invites own words."""
    text = fold(_PREFIX.sub("", heading))
    return any(text.startswith(word) or f" {word}" in text for word in _OPEN)


def family_of(heading: str, kind: str, scale_family: str | None) -> Family | None:
    """Return what a question tells; None for open words and other columns without figures."""
    text = fold(heading)
    if is_background(heading):
        # Age in years and the like have no options: their mean says who took part.
        return "participation" if kind == "number" else "background"
    visits = kind == "number" and any(word in text for word in ("kert", "käy", "gång", "time", "visit"))
    visits |= scale_family in ("amount", "frequency") and any(word in text for word in ("käyt", "kävit", "visit"))
    if visits or scale_family == "ranges":
        return "participation"
    if kind != "scale":
        return None
    if scale_family == "change" or any(word in text for word in _CHANGE):
        return "change"
    if scale_family == "nps":
        return "satisfaction"
    return "state" if _speaks_of_state(text) else "satisfaction"


def _speaks_of_state(text: str) -> bool:
    """Tell whether a folded heading speaks of how people are; a short stem begins a word, as none in "olivat"."""
    spoken = f" {' '.join(_WORDS.findall(text))} "
    return any(word in spoken if len(word) >= _LONG else f" {word}" in spoken for word in _STATE)


def without_number(heading: str) -> str:
    """Return a heading as people read it, without the number or code that a survey tool puts before it."""
    return " ".join(_PREFIX.sub("", heading).split())


def asks_of_sensitive(heading: str) -> bool:
    """Tell whether a question is about mood, health, money or intoxicants."""
    text = f" {fold(heading)}"
    return any(f" {word}" in text for word in _SENSITIVE)


def short_name(heading: str) -> str:
    """Return a heading cut for charts at the end of a word, without its number or code."""
    text = " ".join(_PREFIX.sub("", heading).split()).strip(" ?:.*")
    text = re.sub(r"\s*[(\[][^()\[\]]*[)\]]$", "", text)
    for opening, word in _OPENINGS:
        text = re.sub(rf"^{opening}(?=\s+\w)", word, text, flags=re.IGNORECASE)
    if len(text) <= _LONGEST_SHORT:
        return text
    return text[:_LONGEST_SHORT].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def theme_of(heading: str, family: Family | None) -> NationalTheme | None:
    """Return the theme of the national client feedback that a question of satisfaction is about, if any."""
    if family != "satisfaction":
        return None
    text = f" {fold(heading)}"
    return next((theme for theme, words in _THEMES.items() if any(f" {word}" in text for word in words)), None)
