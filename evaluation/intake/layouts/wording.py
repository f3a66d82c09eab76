"""Words by which people head totals, means and shares in the tables they have counted; folded as headings are."""

import re

from evaluation.intake.folding import fold_heading

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
_TOTAL = re.compile(r"^(?:yht\.?|yhteensä|kaikki yhteensä|summa|totalt|summa totalt|total|grand total|sum)\b")


def is_about_answers(heading: str) -> bool:
    """Tell whether a folded heading says that answers, or numbers of them, stand below or beside it.

    "Vastausnumero", "Vastausaika" and "Response ID" stand over people's own numbers and moments.
    """
    if _OF_A_PERSON.search(heading):
        return False
    return any(heading.startswith(word) or f" {word}" in heading for word in ANSWER_WORDS)


def is_sum(heading: str) -> bool:
    """Tell whether a folded heading stands over sums, be they of answers counted or of points given."""
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
    return folded in COUNT_WORDS or is_mean(text) or _TOTAL.match(folded) is not None
