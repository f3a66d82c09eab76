"""Words by which people and programs head a statistic: a mean, the smallest, a quartile, how many; and which it is."""

import re
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from evaluation.intake.folding import fold

Kind = Literal["mean", "middle", "minimum", "maximum", "sum", "count", "spread", "any"]

# No longer text heads a row of figures.
LONGEST = 40


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
    return next((found for word in _forms(text) if (found := _KINDS.get(word) or _of_several(word))), None)


def _forms(text: str) -> Iterator[str]:
    """Yield the ways to read a text: as it stands, without brackets, without the figures behind it."""
    plain = text.strip(" .:=*")
    yield plain
    yield _BRACKETS.sub(" ", plain).strip(" .:=*")
    yield _FIGURES_BEHIND.sub("", plain).strip(" .:=*")


def _of_several(text: str) -> Statistic | None:
    words = text.split()
    if not 2 <= len(words) <= 4:
        return None
    named = [found for word in words if (found := _KINDS.get(word)) and found.sure]
    others = [word for word in words if not ((found := _KINDS.get(word)) and found.sure) and word not in _OF_WHOM]
    return named[0] if named and not others else None
