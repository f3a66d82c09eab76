"""How often something happens, in words: "pari kertaa kuussa" is more than "harvemmin" and less than "viikoittain"."""

import re
from collections.abc import Mapping

# Times a year of what names its own period.
_PERIODS: Mapping[str, float] = {
    r"vuorokaudessa|päivässä|päivittäin|joka (?:toinen )?päiv\w*|(?:a|per|every|each|every other) day|daily|"
    r"(?:om|per|varje|varannan) dag(?:en)?|dagligen": 365,
    r"viikossa|viikoittain|viikottain|joka (?:toinen )?viikko|(?:a|per|every|each|every other) week|weekly|"
    r"(?:i|per|varje|varannan) vecka(?:n)?|veckovis|veckan": 52,
    r"kuussa|kuukaudessa|kuukausittain|joka (?:toinen )?kuukausi|(?:a|per|every|each|every other) month|monthly|"
    r"(?:i|per|varje|varannan) månad(?:en)?|månatligen|månadsvis": 12,
    r"vuodessa|vuosittain|joka vuosi|(?:a|per|every|each) year|yearly|annually|"
    r"(?:om|per|varje) år(?:et)?|årligen": 1,
}  # fmt: skip
# How many times, where no number says it.
_TIMES: Mapping[str, float] = {
    r"pari|couple|twice|två gånger|ett par|kahdesti": 2,
    r"muutam\w*|few|några|kolmesti": 3,
    r"usei(?:ta|tä|mman|mpia|mmin)|mon(?:ta|ia|een)|several|many|multiple|flera|många": 5,
    r"(?:joka )?toinen|toisena|every other|every second|varannan": 0.5,
}
# Words without a period, below whatever names one and above it.
_BARE: Mapping[str, float] = {
    r"(?:ei|en) (?:juuri|juurikaan|juuri ikinä|juuri koskaan|oikeastaan koskaan)|(?:hyvin|erittäin|todella) harvoin|"
    r"tuskin koskaan|almost never|hardly ever|very rarely|nästan aldrig|mycket sällan": 0.1,
    r"(?:ei|en)(?: (?:koskaan|ikinä|milloinkaan|lainkaan|ollenkaan|kertaakaan))?|never|not at all|aldrig|inte alls|"
    r"ei yhtään|en yhtään": 0,
    r"harvoin|rarely|seldom|sällan|harvemmin|less often|mer sällan|mera sällan": 0.3,
    r"joskus|silloin tällöin|satunnaisesti|toisinaan|sometimes|occasionally|now and then|ibland|då och då": 0.6,
    r"aina|koko ajan|jatkuvasti|always|all the time|constantly|alltid|hela tiden": 10_000,
}  # fmt: skip
_ALMOST = re.compile(r"\b(?:lähes|melkein|miltei|almost|nearly|nästan)\b")
_LESS = re.compile(r"\b(?:harvemmin|less (?:often )?than|alle|vähemmän|mer sällan|mindre än|sällan)\b")
_MORE = re.compile(r"\b(?:useammin|more (?:often )?than|yli|enemmän|oftare|mer än|at least|vähintään|minst)\b")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")


def times_a_year(label: str) -> tuple[float, bool] | None:
    """Return how often a folded ``label`` says, in times a year, and whether it names a period; None for other words.

    What names no period ("harvoin") stands in its place among labels that do: the number itself means nothing.
    """
    text = re.sub(r"[()*.]", " ", label).strip()
    for words, rate in _BARE.items():
        if re.fullmatch(words, text):
            return rate, False
    for words, rate in _PERIODS.items():
        if re.search(rf"\b(?:{words})\b", text):
            return rate * _times(text) * _nearly(text), True
    return None


def _times(text: str) -> float:
    numbers = [float(number.replace(",", ".")) for number in _NUMBER.findall(text)]
    if numbers:
        return sum(numbers) / len(numbers)
    for words, times in _TIMES.items():
        if re.search(rf"\b(?:{words})\b", text):
            return times
    return 1


def _nearly(text: str) -> float:
    """Return what is less or more than the amount that is named."""
    for words, share in ((_ALMOST, 0.85), (_LESS, 0.6), (_MORE, 1.3)):
        if words.search(text):
            return share
    return 1
