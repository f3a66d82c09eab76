"""Words by which people and programs head statistics: means, quartiles, totals, shares and counts; and which it is."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from evaluation.intake.folding import fold, fold_heading

Kind = Literal["mean", "middle", "minimum", "maximum", "sum", "count", "spread", "any"]

# No longer text heads a row of figures.
LONGEST = 40

ANSWER_WORDS = (
    "vastaus", "vastauk", "vastausten", "vaihtoehto", "arvosana", "lukumäär", "montako", "svar", "alternativ", "antal",
    "answer", "response", "rating", "how many", "count",
)  # fmt: skip
PEOPLE_WORDS = frozenset({
    "vastaaja", "vastaajat", "vastaaja nro", "osallistuja", "osallistujat", "asiakas", "henkilö", "nro", "nr", "no",
    "id", "respondent", "respondents", "person", "participants", "svarare", "deltagare", "svarande", "klient", "client",
})  # fmt: skip
COUNT_WORDS = frozenset({
    "n", "lkm", "kpl", "yht", "yhteensä", "vastaajia", "vastauksia", "vastaajat", "vastanneita", "vastaajien määrä",
    "vastausten määrä", "vastauksia yhteensä", "vastaajia yhteensä", "summa", "totalt", "antal", "antal svar",
    "svar totalt", "antal svarande", "total", "sum", "count", "responses", "respondents", "number of responses",
    "grand total",
})  # fmt: skip
MEAN_WORDS = frozenset({
    "ka", "k.a", "keskiarvo", "keskiarvot", "ka (1-5)", "mediaani", "keskihajonta", "hajonta", "kh", "medelvärde",
    "medeltal", "medel", "median", "standardavvikelse", "mean", "average", "avg", "std", "sd", "std. dev",
    "standard deviation", "mode", "moodi", "minimi", "maksimi", "min", "max",
})  # fmt: skip
SHARE_WORDS = ("%", "prosent", "osuus", "osuudet", "procent", "andel", "percent", "share")
_OF_A_PERSON = re.compile(
    r"(?:numero|nummer|tunnus|tunniste|aika|päivä|pvm|\btid|datum|kod)\w*$|^\w*svarstid"
    r"|\b(?:nro|nr|no|id|number|#|time|date|code|koodi)$|#$"
)
_SUMS = frozenset({"yht", "yhteensä", "summa", "totalt", "total", "sum", "grand total"})
_TOTAL_HEADING = re.compile(r"^(?:yht\.?|yhteensä|kaikki yhteensä|summa|totalt|summa totalt|total|grand total|sum)\b")


class Statistic(NamedTuple):
    """What a word names; ``sure`` where the word is neither a participant's code nor anybody's answer."""

    kind: Kind
    sure: bool


# "middle" is a median, a mode or a quartile: one of the answers, or halfway between two.
_SURE: Mapping[Kind, tuple[str, ...]] = {
    "mean": (
        "keskiarvo", "keskiarvot", "k.a", "aritmeettinen keskiarvo", "keskimäärin", "keskiarvoluku", "medelvärde",
        "medelvärden", "medeltal", "genomsnitt", "i genomsnitt", "average", "averages", "avg", "arithmetic mean",
        "mean score", "mean value", "trimmed mean", "5% trimmed mean", "painotettu keskiarvo",
    ),
    "middle": (
        "mediaani", "mediaanit", "moodi", "moodit", "tyyppiarvo", "yleisin", "yleisin arvo", "median", "medianvärde",
        "typvärde", "modalvärde", "most common", "kvartiili", "alakvartiili", "yläkvartiili", "alaneljännes",
        "yläneljännes", "ensimmäinen kvartiili", "toinen kvartiili", "kolmas kvartiili", "kvartil", "undre kvartil",
        "nedre kvartil", "övre kvartil", "första kvartilen", "tredje kvartilen", "quartile", "lower quartile",
        "upper quartile", "first quartile", "second quartile", "third quartile", "persentiili", "prosenttipiste",
        "percentil", "percentile",
    ),
    "minimum": ("minimi", "minimiarvo", "pienin arvo", "minimum", "minimum value", "minimivärde", "minsta värde",
                "lägsta värde", "smallest", "lowest value"),
    "maximum": ("maksimi", "maksimiarvo", "suurin arvo", "maximum", "maximum value", "maximivärde", "största värde",
                "högsta värde", "largest", "highest value"),
    "sum": (
        "yhteensä", "välisumma", "delsumma", "subtotal", "yht", "kaikki yhteensä",
        "summat", "loppusumma", "yhteissumma", "totalt", "sammanlagt",
        "slutsumma", "grand total", "totals", "kokonaissumma",
    ),
    "count": (
        "vastauksia yhteensä", "vastaajia yhteensä", "vastaajia", "vastauksia", "vastanneita", "lukumäärä",
        "lukumäärät", "vastausten määrä", "vastaajien määrä", "vastausten lukumäärä", "vastaajien lukumäärä",
        "antal svar", "antal svarande", "number of responses", "number of answers", "number of respondents",
        "valid n", "valid n (listwise)", "frekvenssi", "frekvens", "frequency", "havaintoja", "observations",
        "osallistujia yhteensä", "paikalla yhteensä", "läsnä yhteensä", "närvarande totalt", "present total",
    ),
    "spread": (
        "keskihajonta", "hajonta", "varianssi", "vaihteluväli", "keskivirhe", "vinous", "huipukkuus",
        "standardavvikelse", "varians", "variationsvidd", "medelfel", "standardfel", "skevhet", "standard deviation",
        "std. deviation", "std. dev", "std dev", "st. dev", "stdev", "st.dev", "variance", "std. error",
        "std. error of mean", "standard error", "standard error of mean", "skewness", "kurtosis", "kvartiiliväli",
        "interquartile range", "iqr", "std. error of skewness", "std. error of kurtosis",
    ),
    "any": (
        "luottamusväli", "95 % luottamusväli", "konfidensintervall", "confidence interval", "luottamusvälin alaraja",
        "luottamusvälin yläraja", "pearson correlation", "sig. (2-tailed)", "sig. (1-tailed)", "korrelaatio",
        "korrelaatiokerroin", "spearman's rho", "kendall's tau", "p-arvo", "p-value", "p-värde", "tunnusluvut",
        "cronbach's alpha", "suositteluluku", "nps",
    ),
}  # fmt: skip
# These may be somebody's initials, a mark or an answer: the figures beside them decide.
_UNSURE: Mapping[Kind, tuple[str, ...]] = {
    "mean": ("ka", "mean", "medel", "snitt", "m", "mv"),
    "middle": ("md", "med", "mo", "mode", "q1", "q2", "q3", "p25", "p50", "p75"),
    "minimum": ("min", "pienin", "alin", "vähintään", "minst", "minsta", "lägst", "lägsta", "lowest"),
    "maximum": ("max", "maks", "suurin", "ylin", "enintään", "mest", "störst", "största", "högst", "högsta", "highest"),
    "sum": ("summa", "sum", "total", "tot", "kaikki", "alla", "all"),
    "count": (
        "n", "lkm", "kpl", "hlö", "antal", "count", "valid", "missing", "puuttuvat", "puuttuu", "bortfall", "freq",
        "f", "unique", "top", "paikalla", "läsnä", "poissa", "perui", "osallistujia", "läsnäolijoita", "kävijöitä",
        "närvarande", "frånvarande", "avbokade", "antal deltagare", "deltagare", "present", "absent", "cancelled",
        "attendees", "attendance",
    ),
    "spread": ("sd", "std", "s.d", "kh", "se", "var", "range", "s"),
}  # fmt: skip
_KINDS: Mapping[str, Statistic] = {
    **{word: Statistic(kind, False) for kind, words in _UNSURE.items() for word in words},
    **{word: Statistic(kind, True) for kind, words in _SURE.items() for word in words},
}
# "Koko ryhmän keskiarvo", "Medelvärde (alla)": a sure word with words that say of whom.
_OF_WHOM = frozenset({
    "koko", "kaikki", "kaikkien", "ryhmän", "ryhmä", "vastausten", "vastaajien", "rivin", "sarakkeen", "kysymyksen",
    "alku", "alun", "alussa", "loppu", "lopun", "lopussa", "hela", "alla", "gruppens", "gruppen", "svaren", "svar",
    "of", "all", "the", "group", "answers", "column", "start", "end", "yhteensä", "arvo", "arvon", "lukumäärä", "n",
    "total", "totalt", "värde", "value", "1", "2", "3", "i", "ii", "iii", "1.", "2.", "3.",
})  # fmt: skip
# Behind a number they say whose number it is: "yhteensä 11 kävijää".
_PEOPLE = frozenset({
    "kävijää", "vastaajaa", "vastausta", "henkilöä", "henkeä", "hlö", "osallistujaa", "asiakasta", "lomaketta",
    "ihmistä", "personer", "deltagare", "people", "persons", "respondents", "answers", "forms", "clients",
})  # fmt: skip
_COUNTED = re.compile(r"^n ?[=:]")
_SHARE = re.compile(r"^(?:[1-9]?\d(?:[.,]\d+)?|100) ?%$")
# "N1" is a code.
_FIGURES_BEHIND = re.compile(r"[ =:]+[0-9]+(?:[.,][0-9]+)?$")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")


def statistic_of(content: object) -> Statistic | None:
    """Return the statistic that ``content`` names ("Keskiarvo:", "n = 12", "Min", "75%"); None for all else."""
    if not isinstance(content, str) or len(content) > LONGEST:
        return None
    text = fold(content)
    if _COUNTED.match(text):
        return Statistic("count", True)
    if _SHARE.match(text):
        return Statistic("middle", False)
    return next((kind for word in _forms(text) if (kind := _KINDS.get(word) or _of_several(word))), None)


def _forms(text: str) -> Iterator[str]:
    """Yield the ways to read a text: as it stands, without brackets, without the figures behind it."""
    plain = text.strip(" .:=*")
    yield plain
    yield _BRACKETS.sub(" ", plain).strip(" .:=*")
    yield _FIGURES_BEHIND.sub("", plain).strip(" .:=*")


def _of_several(text: str) -> Statistic | None:
    words = [word.strip(".:,") or word for word in text.split()]
    if not 2 <= len(words) <= 4:
        return None
    counts = any(word.isdigit() for word in words) and not _PEOPLE.isdisjoint(words)
    named = {word: kind for word in words if (kind := _KINDS.get(word)) and (kind.sure or counts)}
    others = {word for word in words if not word.isdigit()} - {*named, *_OF_WHOM, *_PEOPLE}
    return Statistic(next(iter(named.values())).kind, True) if named and not others else None


def is_about_answers(heading: str) -> bool:
    """Tell whether a folded heading says that answers, or numbers of them, stand below or beside it.

    "Vastausnumero", "Vastausaika" and "Response ID" stand over people's own numbers and moments.
    """
    if _OF_A_PERSON.search(heading):
        return False
    return any(heading.startswith(word) or f" {word}" in heading for word in ANSWER_WORDS)


def is_sum(heading: str) -> bool:
    """Tell whether a folded heading stands over sums, whether of counted answers or of points."""
    return heading in _SUMS


def is_mean(text: str) -> bool:
    """Tell whether a heading stands over means or spreads."""
    folded = fold_heading(text)
    return folded in MEAN_WORDS or folded.startswith(("keskiarvo", "medelvärde", "average of", "mean of"))


def is_share(text: str) -> bool:
    """Tell whether a heading stands over shares."""
    folded = fold_heading(text)
    return any(word in folded for word in SHARE_WORDS)


def is_total(text: str) -> bool:
    """Tell whether a row or column is a total, a mean or a number of answers."""
    folded = fold_heading(text)
    return folded in COUNT_WORDS or is_mean(text) or _TOTAL_HEADING.match(folded) is not None
