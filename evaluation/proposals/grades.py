"""Labels of closed questions put in order by their words of degree, where no published scale holds them.

"Not at all able … extremely able" grade one thing; "much less … much more motivated" run from one side to the other;
"less than 5 minutes … more than 30 minutes" are ordered by their numbers. A set of labels is graded as a whole: where
one label has no grade, or two have the same, there is no order.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from evaluation.proposals.frequencies import times_a_year
from evaluation.proposals.tone import tone_of

# How much of a thing a word grants, from nothing (0) to all of it (100).
_AMOUNTS: Mapping[int, tuple[str, ...]] = {
    0: ("definitely not", "certainly not", "ei missään nimessä", "absolut inte", "not at all", "none of it",
        "none of the time", "never", "none", "no", "nothing", "en lainkaan", "ei lainkaan",
        "ei yhtään", "en yhtään", "ei koskaan", "en koskaan", "inte alls", "aldrig", "ingenting", "not", "ei", "en",
        "inte"),
    10: ("probably not", "luultavasti ei", "troligen inte", "little or no", "hardly ever", "hardly at all",
         "hardly any", "almost never", "almost none", "very little",
         "hyvin vähän", "erittäin vähän", "tuskin", "ei juurikaan", "ei juuri", "en juurikaan", "en juuri", "knappt",
         "mycket lite", "hyvin harvoin", "very rarely", "mycket sällan", "nästan aldrig"),
    15: ("not much", "not very much", "not really", "ei paljon", "ei oikein", "en oikein", "ei niinkään", "en niinkään",
         "inte mycket", "inte riktigt", "inte direkt"),
    18: ("less often", "less often than monthly", "less than monthly", "harvemmin", "mer sällan"),
    22: ("rarely", "seldom", "harvoin", "sällan", "a little", "a bit", "slightly", "vähän", "hieman", "hiukan", "lite",
         "något lite", "melko vähän", "ganska lite"),
    38: ("some", "some of it", "some of the time", "sometimes", "occasionally", "somewhat", "partly", "partially",
         "jonkin verran", "jossain määrin", "joskus", "toisinaan", "osittain", "osin", "ibland", "delvis", "i viss mån",
         "i någon mån", "något", "a moderate amount"),
    50: ("maybe", "perhaps", "ehkä", "kanske", "half of it", "about half of it", "half of the time", "about half",
         "half", "puolet", "noin puolet", "hälften",
         "ungefär hälften", "moderately", "moderate", "kohtalaisesti", "kohtalaisen", "måttligt"),
    62: ("fairly", "quite", "rather", "melko", "aika", "ganska", "rätt", "enough", "riittävästi",
         "riittävä", "tarpeeksi", "tillräckligt", "tillräcklig", "sufficiently", "sufficient"),
    70: ("probably", "probably yes", "luultavasti", "luultavasti kyllä", "troligen", "sannolikt", "likely", "often",
         "usein", "ofta", "mostly", "mostly yes", "enimmäkseen", "mestadels", "usually", "yleensä",
         "vanligen", "most of it", "most of the time", "most", "suurimmaksi osaksi", "largely", "suurimman osan"),
    80: ("a lot", "much", "paljon", "mycket", "quite a lot", "melko paljon", "well", "extensive", "hyvin usein",
         "very often", "mycket ofta"),
    90: ("very", "very much", "a great deal", "hyvin", "erittäin", "erittäin paljon", "todella", "oikein", "tosi",
         "highly",
         "väldigt", "väldigt mycket", "almost always", "lähes aina", "nästan alltid"),
    100: ("yes absolutely", "absolutely", "definitely", "certainly", "ehdottomasti", "ehdottomasti kyllä", "varmasti",
          "absolut", "definitivt", "extremely", "completely", "totally", "fully", "entirely", "all of it",
          "all of the time", "all", "always",
          "yes", "yep", "kyllä", "joo", "juu", "jep", "kyl", "ja", "jo", "japp",
          "täysin", "kokonaan", "aina", "koko ajan", "jatkuvasti", "helt", "alltid",
          "hela tiden", "fullständigt"),
}  # fmt: skip
# Whoever can say one of these can say its opposite too, though nobody did.
NO_BESIDE: Mapping[str, str] = {
    **dict.fromkeys(("kyllä", "joo", "juu", "jep", "kyl"), "Ei"),
    **dict.fromkeys(("yes", "yep"), "No"),
    **dict.fromkeys(("ja", "jo", "japp"), "Nej"),
}
_REFUSALS = ("ei", "en", "no", "nope", "nej", "nä", "inte", "not")
# Words, and beginnings of words that Finnish inflects: "parempaan suuntaan", "huonommaksi".
_MORE = re.compile(r"(?:more|better|mera?|bättre|ökat|improved|increased|higher|stronger|easier|enemmän|"
                   r"(?:paremp|paremm|parantu|lisäänty|helpomp|helpomm|vahvemp|vahvemm)\w*)$")  # fmt: skip
_LESS = re.compile(r"(?:less|worse|mindre|sämre|minskat|deteriorated|decreased|lower|weaker|harder|vähemmän|"
                   r"(?:huonomp|huonomm|huonontu|heikenty|heikomp|heikomm|vähenty|vaikeamp|vaikeamm)\w*)$")  # fmt: skip
_SAME = ("no change", "unchanged", "the same", "same", "about the same", "ennallaan", "ei muutosta", "sama",
         "pysynyt ennallaan", "oförändrad", "oförändrat", "ingen förändring", "samma")  # fmt: skip
_MIDDLE = ("neutral", "neutraali", "siltä väliltä", "siinä ja siinä", "niin ja näin", "sådär", "nja", "so-so", "so so",
           "sisådär", "ei kumpikaan", "ei kumpaakaan", "neither", "neither nor",
           "average", "okay", "ok", "en tiedä kumpi",
           "mittemellan", "varken eller", "keskinkertainen")  # fmt: skip
_RIGHT = ("just right", "about right", "balanced", "sopiva", "sopivasti", "juuri sopiva", "lagom", "precis lagom")
_TOO = re.compile(r"^(?:(slightly|a little|a bit|hieman|hiukan|vähän|lite|något)\s+)?(?:(much|aivan|alldeles|far)\s+)?"
                  r"(?:(too|liian|för)\s+)?(.+)$")  # fmt: skip
_BETTER = re.compile(r"\b(?:better|bättre|improved|paremp|paremm|parantu)")
_WORSE = re.compile(r"\b(?:worse|sämre|deteriorated|huonomp|huonomm|huonontu|heikenty)")
# How good something is, by beginnings of words; ``_FAIR`` is neither good nor bad.
_FAIR = 50
_QUALITIES: Mapping[int, tuple[str, ...]] = {
    0: ("surkea", "kurja", "kamala", "kauhea", "terrible", "awful", "usel"),
    20: ("huono", "heiko", "dålig", "bad", "poor"),
    35: ("välttäv", "nipin"),
    _FAIR: ("tyydyttäv", "kohtala", "menettel", "siedettäv", "ok", "keskinkertai", "någorlunda", "hyfsa", "fair"),
    75: ("hyvä", "hyvi", "mukava", "bra", "good", "well"),
    92: ("kiitettäv", "erinomai", "mainio", "loistav", "upea", "utmärkt", "excellent", "great"),
}  # fmt: skip
_NO_DEGREES = ("ihan", "just", "helt")
# Between "rather" and "much".
_PLAIN = 66
_BETWEEN = re.compile(r"^(?:neither\b.+\bn?or\b|ei\b.+\beikä\b|varken\b.+\beller\b)")
# "Ei ole" and "on vähän" grant as much as "ei" and "vähän".
_COPULAS = ("ole", "oo", "on", "ollut", "olen", "är", "var", "is", "was", "are")
# What turns a word into its opposite, before and behind it: "unimportant", "tyytymätön".
_AGAINST = ("un", "dis", "in", "im", "o", "miss", "epä")
_MARKS = re.compile(r"\d+(?:[.,]\d+)?")
_BELOW = re.compile(r"^(?:less than|under|below|up to|at most|alle|enintään|korkeintaan|under|högst|mindre än)\b")
_ABOVE = re.compile(
    r"^(?:more than|over|above|at least|yli|vähintään|över|minst|mer än)\b|\bor more\b|tai enemmän|eller mer|\+$"
)
_UNITS = re.compile(r"^(?:less than|more than|under|over|up to|at least|at most|about|between|alle|yli|noin|väh|enint|"
                    r"över|högst|minst|[\d\s.,:+-]|to|and|till|och|ja|or|tai|eller|more|less|enemmän|mer|"
                    r"years?( old)?|minutes?|min|hours?|days?|weeks?|months?|times?|vuotta|vuotias?\w*|v|kk|viikkoa|"
                    r"viikon|päivää|tuntia|h|minuuttia|kertaa|kerran|år|månader|veckor|dagar|timmar|minuter|gånger|"
                    r"euroa?|€|%|yr|yrs)+$")  # fmt: skip


@dataclass(frozen=True)
class Grading:
    """Labels in order from the least to the most.

    ``high_is_good`` is None where the words do not tell which end is the good one. ``two_sided`` tells that they run
    from one side over a middle to the other; ``middle`` is that label. ``ranges`` tells that they are ranges of
    numbers: amounts of something that was counted or measured.
    """

    labels: tuple[str, ...]
    high_is_good: bool | None
    two_sided: bool = False
    middle: str | None = None
    ranges: bool = False


def tell_of_change(labels: Collection[str]) -> bool:
    """Tell whether folded labels run from less or worse to more or better: they compare with how it was before."""
    sides = [_side(label) for label in labels]
    return len({sign for sign, _ in filter(None, sides)}) > 1


def answer_yes_or_no(labels: Collection[str]) -> bool:
    """Tell whether one folded label begins with a yes and another with a no: the others are more or less of it.

    Where several say yes ("yes, at home", "yes, at work"), they name different things.
    """
    return sum(label.split()[0] in NO_BESIDE for label in labels if label) == 1 and any(map(refuses, labels))


def refuses(label: str) -> bool:
    """Tell whether a folded label says no, more or less: "en", "ei oikein", "not really"."""
    return label.partition(" ")[0] in _REFUSALS


def is_middle(label: str) -> bool:
    """Tell whether a folded label stands in the middle of any scale: "siltä väliltä", "neither … nor …"."""
    return label in _MIDDLE or _BETWEEN.match(label) is not None


def graded(labels: Sequence[str]) -> Grading | None:
    """Return the folded ``labels`` in order by their words; None where not each of them has a grade of its own."""
    return (
        _by_frequency(labels)
        or _by_numbers(labels)
        or _by_sides(labels)
        or _around_the_right_one(labels)
        or _by_amounts(labels)
        or _by_quality(labels)
    )


def good_end(low: str, high: str) -> bool | None:
    """Tell whether of two folded labels, those of the ends of numbers, ``high`` is the good one; None if unknown."""
    qualities = _quality(low), _quality(high)
    if qualities[0] is not None and qualities[1] is not None and qualities[0] != qualities[1]:
        return qualities[1] > qualities[0]
    order = graded((low, high))
    if order is None or order.high_is_good is None:
        return None
    return order.high_is_good == (order.labels[-1] == high)


def is_range(label: str) -> bool:
    """Tell whether a folded label is a range of numbers with a unit: "18 to 20 years", "over 50"."""
    return bool(_MARKS.search(label)) and bool(_UNITS.match(label))


def _by_frequency(labels: Sequence[str]) -> Grading | None:
    """Order labels that say how often, at least one of them by day, week, month or year."""
    rates = {label: rate for label in labels if (rate := times_a_year(label)) is not None}
    if len(rates) < len(labels) or not any(named for _, named in rates.values()):
        return None
    if len({rate for rate, _ in rates.values()}) < len(labels):
        return None
    return Grading(tuple(sorted(rates, key=lambda label: rates[label][0])), None)


def _by_numbers(labels: Sequence[str]) -> Grading | None:
    if len(labels) < 2 or not all(is_range(label) for label in labels):
        return None
    places = {label: _place(label) for label in labels}
    if len(set(places.values())) < len(labels):
        return None
    return Grading(tuple(sorted(labels, key=lambda label: places[label])), None, ranges=True)


def _place(label: str) -> tuple[float, float]:
    numbers = [float(mark.replace(",", ".")) for mark in _MARKS.findall(label)]
    side = -1.0 if _BELOW.search(label) else 1.0 if _ABOVE.search(label) else 0.0
    return (numbers[0], side)


def _by_sides(labels: Sequence[str]) -> Grading | None:
    """Order labels that say more and less of one thing, with or without "no change" between."""
    signs = {label: _side(label) for label in labels}
    # In a small group everybody may be better off: "no change" then tells what the others compare with.
    if None in signs.values() or len({sign for sign, _ in signs.values()}) < 2:  # type: ignore[misc]
        return None
    grades = {label: sign * degree for label, (sign, degree) in signs.items()}  # type: ignore[misc]
    if len(set(grades.values())) < len(labels):
        return None
    middle = next((label for label, grade in grades.items() if grade == 0), None)
    ordered = tuple(sorted(labels, key=lambda label: grades[label]))
    return Grading(ordered, _good_end(ordered[-1], ordered[0]), two_sided=True, middle=middle)


def _by_quality(labels: Sequence[str]) -> Grading | None:
    """Order labels that say how good something is, each in a word of its own: poor, fair, good, excellent."""
    places = {label: place for label in labels if (place := _quality(label)) is not None}
    if len(places) < max(len(labels), 3) or len(set(places.values())) < len(labels):
        return None
    ordered = tuple(sorted(places, key=lambda label: places[label]))
    return Grading(ordered, True, middle=next((label for label in ordered if places[label] == _FAIR), None))


def _quality(label: str) -> int | None:
    if is_middle(label):
        return _FAIR
    *degrees, word = label.split() or [""]
    place = next((place for place, stems in _QUALITIES.items() if word.startswith(stems)), None)
    strength = _amount(" ".join(degrees)) if degrees else None
    if place is None or (degrees and strength is None and " ".join(degrees) not in _NO_DEGREES):
        return None
    if strength is None or place == _FAIR:
        return place
    # "Very" takes a word away from the middle, "rather" takes it nearer.
    away = 8 if strength >= 80 else -8
    return place + away if place > _FAIR else place - away


def _around_the_right_one(labels: Sequence[str]) -> Grading | None:
    """Order labels that run from too much of one thing over the right measure to too much of another."""
    middle = next((label for label in labels if label.split("(")[0].strip() in _RIGHT), None)
    if middle is None or len(labels) < 3:
        return None
    sides: dict[str, list[tuple[int, str]]] = {}
    for label in labels:
        match = _TOO.match(label)
        if label != middle and match:
            strength = 1 if match[1] else 3 if match[2] else 2
            sides.setdefault(match[4].removeprefix("much ").strip(), []).append((strength, label))
    if len(sides) != 2 or any(len({grade for grade, _ in side}) < len(side) for side in sides.values()):
        return None
    low, high = sides.values()
    ordered = (*(label for _, label in sorted(low, reverse=True)), middle, *(label for _, label in sorted(high)))
    return Grading(ordered, None, two_sided=True, middle=middle)


def _side(label: str) -> tuple[int, int] | None:
    words = label.split()
    if any(label == text or label.startswith(f"{text} ") for text in _SAME):
        return (0, 0)
    for sign, group in ((1, _MORE), (-1, _LESS)):
        place = next((number for number, word in enumerate(words) if group.match(word)), None)
        if place is not None:
            degree = _amount(" ".join(words[:place]) or "melko")
            return (sign, degree) if degree else None
    return None


def _by_amounts(labels: Sequence[str]) -> Grading | None:
    """Order labels that grant more or less of one and the same thing."""
    middle = next((label for label in labels if is_middle(label)), None)
    parts = {label: _taken_apart(label) for label in labels if label != middle}
    if len(parts) + (middle is not None) < len(labels) or len(parts) < 2:
        return None
    bases = {base for part in parts.values() if part is not None for base in part[1:] if base}
    # "Hyvältä" beside "oikein hyvältä", and "huonolta" beside "hyvältä": the thing itself, neither much nor little.
    plain = [label for label, part in parts.items() if part is None and _is_plain(label, bases)]
    parts |= {label: (_PLAIN, label) for label in plain}
    bases |= {*plain}
    against = next((base for base in bases if any(_opposes(base, other) for other in bases)), None)
    if None in parts.values() or len(bases) > (1 if against is None else 2):
        return None
    grades = {label: -grade if base == against else grade for label, (grade, base) in parts.items()}  # type: ignore[misc]
    if len(set(grades.values())) < len(grades):
        return None
    ordered = sorted(grades, key=lambda label: grades[label])
    if middle is not None:
        ordered.insert(sum(grade < (50 if against is None else 0) for grade in grades.values()), middle)
    tone = tone_of(next((base for base in bases if base != against), ""))
    return Grading(tuple(ordered), None if tone == 0 else tone > 0, middle=middle)


def _is_plain(label: str, bases: Collection[str]) -> bool:
    """Tell whether a label without a word of degree is one of ``bases``, or good or bad where one of them is."""
    return label in bases or (tone_of(label) != 0 and any(tone_of(base) != 0 for base in bases))


def _opposes(base: str, other: str) -> bool:
    """Tell whether ``base`` is the opposite of ``other``: made of it by a syllable in front, or bad beside good."""
    return any(base == f"{prefix}{other}" for prefix in _AGAINST) or (tone_of(base) < 0 < tone_of(other))


def _taken_apart(label: str) -> tuple[int, str] | None:
    """Return how much a label grants, and of what; None where it has no word of degree."""
    text = re.sub(r"^(?:yes|kyllä|ja|no|ei|nej)\s*[,:–-]\s*", "", label).replace("\u00a0", " ")
    words = [word for word in text.split() if word not in _COPULAS]
    for length in range(len(words), 0, -1):
        amount = _amount(" ".join(words[:length]))
        if amount is not None:
            return (amount, " ".join(words[length:]))
    for length in range(len(words), 0, -1):
        amount = _amount(" ".join(words[-length:]))
        if amount is not None:
            return (amount, " ".join(words[:-length]))
    return None


def _amount(text: str) -> int | None:
    return next((grade for grade, phrases in _AMOUNTS.items() if text in phrases), None)


def _good_end(high: str, low: str) -> bool | None:
    better, worse = tone_of(high), tone_of(low)
    for label, good in ((high, True), (low, False)):
        if _BETTER.search(label):
            return good
        if _WORSE.search(label):
            return not good
    return better > 0 if better != worse and better else None
