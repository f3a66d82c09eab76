"""What is offered for columns with headings in the worker's words: the likeliest questions by words and contents.

Words are compared by their beginnings, since Finnish puts endings to them, and rare words count more than common ones.
A heading that compares with before asks for a change, another for a state. Offers are never matched by themselves.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from evaluation.definitions import Item
from evaluation.intake.folding import fold_heading
from evaluation.intake.known import Known
from evaluation.intake.layouts.column_contents import is_answer, share
from evaluation.intake.matching import OFFERED, SURE_LIKENESS, Fits, Match
from evaluation.intake.personal_data import looks_personal
from evaluation.intake.polarity import differing_words, is_negated, words
from evaluation.intake.table import Table, TableField

_VOWELS = frozenset("aeiouyäöå")
# Below this a heading has hardly a word in common with a question.
LEAST = 0.3
_SHORTEST, _SHORT_WORD, _LONG_BEGINNING, _ENDING = 3, 4, 6, 3
_OTHER_KIND, _BY_ANOTHER_WORD, _STRANGE = 0.6, 0.8, 0.5

# Word or its beginning (with a star) → words of our questions, folded.
EVERYDAY_WORDS: dict[str, tuple[str, ...]] = {
    "fiilis*": ("mieliala",), "tunnelma": ("ilmapiiri",), "henki": ("ilmapiiri",), "masennu*": ("mieliala",),
    "kaveri*": ("ihmissuhteet", "yksinäiseksi"), "ystävä*": ("ihmissuhteet",), "porukka*": ("ilmapiiri",),
    "raha*": ("raha",), "talou*": ("raha",), "lasku*": ("raha",), "velka*": ("raha",), "juomi*": ("päihteet",),
    "alkohol*": ("päihteet",), "huume*": ("päihteet",), "asunto*": ("asuminen",), "koti*": ("asuminen",),
    "koulu*": ("opiskelu",), "duuni*": ("työ",), "työllisty*": ("työ",), "arje*": ("arki", "arkea"),
    "kivoin*": ("parasta",), "mukavin*": ("parasta",), "onnistu*": ("parasta",), "plussa*": ("parasta",),
    "kehit*": ("muuttaa",), "paranne*": ("muuttaa",), "parantaa": ("muuttaa",), "toisin": ("muuttaa",),
    "miinus*": ("muuttaa",), "ruusu*": ("parasta",), "risu*": ("muuttaa",), "kohtaa*": ("kohtelivat",),
    "ohjaaj*": ("työntekijät",), "henkilökun*": ("työntekijät",), "tila": ("paikka",), "tilat": ("paikka",),
    "aikataulu*": ("aika",), "osallis*": ("osallistua", "mukaan"), "nps": ("suosittelisi",), "irti": ("hyödyllistä",),
    "auttoi": ("hyödyllistä", "apua"), "anti": ("hyödyllistä",), "jaksa*": ("vointi", "terveys"),
    "terve*": ("terveys", "vointi"), "itsetunto*": ("itseluottamus", "rohkeus"), "uskal*": ("rohkeus", "itseluottamus"),
    "kuunnel*": ("kuunnellaan",), "luotta*": ("luottamus", "luotat"), "palvelu*": ("palvelut",),
    "rytmi*": ("päivärytmi",),
    "humör*": ("sinnesstämning",), "kompis*": ("relationer",), "vänner": ("relationer",), "alkoholi": ("päihteet",),
    "droger": ("rusmedel",), "nytta*": ("nytta",), "ekonomi*": ("pengar",), "bostad*": ("boende",),
    "friend*": ("relationships",), "drink*": ("substances",), "drugs": ("substances",), "helpful": ("useful",),
}  # fmt: skip

# Words that compare now with before, or tell of a change.
COMPARING = (
    "verrattuna", "verrat", "aiemp", "aikaisemp", "ennen", "muutos", "muuttunut", "muuttui", "parantunut", "kohentunut",
    "lisääntynyt", "vähentynyt", "jämfört", "tidigare", "förändr", "compared", "chang", "than before",
)  # fmt: skip

# Words that any question may hold.
COMMON = frozenset({
    "ja", "tai", "on", "oli", "se", "että", "kun", "jos", "miten", "kuinka", "mitä", "mikä", "kuka", "onko", "oliko",
    "voit", "olet", "olen", "sinua", "sinulle", "minulle", "minua", "minun", "sinun", "oma", "omat", "tästä", "tätä",
    "tähän", "nyt", "tällä", "hetkellä", "hyvin", "usein", "asteikolla", "arvio", "kysymys", "sain", "sai",
    "och", "är", "var", "hur", "vad", "det", "att", "nu", "du", "jag", "ofta", "väl",
    "the", "is", "was", "how", "what", "do", "you", "i", "it", "to", "of", "a", "now", "often", "well",
})  # fmt: skip

# How well contents suit a question: numbers under an open one, sentences under a scale, another scale.
_NUMBERS, _SENTENCES, _OTHER_SCALE = 0.2, 0.2, 0.5
# Answers on a scale are hardly as long.
_LONG = 25
# A score of 1 is kept for a text that several questions share.
_MOST = 0.95


@dataclass(frozen=True)
class Likeness:
    """A question that a heading may ask, how likely that is (0 to 1), and whether its words turn the meaning."""

    item: str
    score: float
    negated: bool = False


def likest_items(
    headings: Sequence[str], items: Sequence[Item], suits: Sequence[Mapping[str, float]]
) -> tuple[tuple[Likeness, ...], ...]:
    """Return the likeliest questions of every heading, the best first; a question comes first for one heading only.

    Args:
        headings: the headings in the worker's words.
        items: the questions that may be meant.
        suits: for every heading, by item, how well its column fits it (0 to 1).
    """
    vocabulary = _Vocabulary(items)
    scored = [
        sorted(
            (likeness for item in items if (likeness := _likeness(heading, item, vocabulary, fit)).score >= LEAST),
            key=lambda likeness: (likeness.negated, -likeness.score),
        )
        for heading, fit in zip(headings, suits, strict=True)
    ]
    first = _best_items(scored)
    return tuple(
        tuple(sorted(ranked, key=lambda likeness: likeness.item != best)[:OFFERED])
        for ranked, best in zip(scored, first, strict=True)
    )


class _Vocabulary:
    """The words of some questions, found by their beginnings."""

    def __init__(self, items: Sequence[Item]) -> None:
        """Learn the words of every text of ``items``, and those related to them."""
        self._size = len(items)
        self._compares = {item.id: all(map(_compares, item.text.values())) for item in items}
        self._words: dict[str, dict[str, set[str]]] = {}
        self._cache: dict[str, Mapping[str, float]] = {}
        for item in items:
            for text in (*item.text.values(), *item.short.values(), *item.related_words):
                for word in map(_plain, _words(text)):
                    self._words.setdefault(word[:_SHORTEST], {}).setdefault(word, set()).add(item.id)

    def compares(self, item: str) -> bool:
        """Tell whether a question compares now with before."""
        return self._compares[item]

    def having(self, word: str) -> Mapping[str, float]:
        """Return the questions that hold a word, and how surely: the word itself, or one that people may mean by it."""
        if word not in self._cache:
            self._cache[word] = self._look_up(word)
        return self._cache[word]

    def _look_up(self, word: str) -> Mapping[str, float]:
        first, *others = _meanings(word)
        items = dict.fromkeys((item for other in others for item in self._with(other)), _BY_ANOTHER_WORD)
        return items | dict.fromkeys(self._with(first), 1.0)

    def _with(self, word: str) -> set[str]:
        near = self._words.get(word[:_SHORTEST], {})
        return {item for other, items in near.items() if _same(word, other) for item in items}

    def weight(self, word: str) -> float:
        """Return how much a word tells: more the fewer questions hold it; one that none holds speaks a bit against."""
        having = len(self.having(word))
        return math.log(1 + self._size / having) if having else _STRANGE


def _best_items(scored: Sequence[Sequence[Likeness]]) -> list[str | None]:
    """Return the question that comes first for every heading: the likeliest pairs before all others."""
    pairs = sorted(
        (
            (likeness.negated, -likeness.score, number, likeness.item)
            for number, ranked in enumerate(scored)
            for likeness in ranked
        )
    )
    chosen: list[str | None] = [None] * len(scored)
    for _, _, number, item in pairs:
        if chosen[number] is None and item not in chosen:
            chosen[number] = item
    return chosen


def _words(text: str) -> list[str]:
    """Return the words of a text, those of a compound with a hyphen one by one."""
    return [part for word in words(text) for part in word.split("-") if part]


def _likeness(heading: str, item: Item, vocabulary: _Vocabulary, fit: Mapping[str, float]) -> Likeness:
    tokens = [word for word in _words(heading) if word not in COMMON and not word.isdigit()]
    # Words of comparison show the kind of the question, and not its subject.
    content_words = [word for word in tokens if not _compares(word)] or tokens
    total = sum(map(vocabulary.weight, content_words))
    score = sum(vocabulary.weight(word) * vocabulary.having(word).get(item.id, 0.0) for word in content_words)
    if not score:
        return Likeness(item.id, 0.0)
    kind = 1.0 if _compares(heading) == vocabulary.compares(item.id) else _OTHER_KIND
    likely = score / total * kind * fit.get(item.id, 1.0)
    return Likeness(item.id, likely, likely >= LEAST and is_negated(heading, list(item.text.values())))


def _meanings(word: str) -> tuple[str, ...]:
    """Return a word and the words of our questions that people may mean by it."""
    synonyms = [
        target
        for everyday, targets in EVERYDAY_WORDS.items()
        if (word.startswith(everyday[:-1]) if everyday.endswith("*") else word == everyday)
        for target in targets
    ]
    return tuple(map(_plain, (word, *synonyms)))


def _plain(word: str) -> str:
    """Return a word as its forms have it in common: double and soft consonants single and hard (hyödyn, hyöty)."""
    for double in ("kk", "pp", "tt"):
        word = word.replace(double, double[0])
    return word.replace("d", "t")


def _same(word: str, other: str) -> bool:
    """Tell whether two words may be forms or parts of one: they begin alike, as far as endings leave them."""
    alike = next((at for at, (one, two) in enumerate(zip(word, other, strict=False)) if one != two), None)
    length = min(len(word), len(other)) if alike is None else alike
    shorter = min(len(word), len(other))
    if shorter <= _SHORT_WORD:
        if length < shorter and (word[length] not in _VOWELS or other[length] not in _VOWELS):
            return False
        return length >= max(_SHORTEST, shorter - 1) and abs(len(word) - len(other)) <= _SHORT_WORD
    return length >= _LONG_BEGINNING or length >= max(_SHORT_WORD, shorter - _ENDING)


def _compares(text: str) -> bool:
    folded = f" {fold_heading(text)}"
    return any(f" {word}" in folded for word in COMPARING)


def with_offers(
    table: Table, matches: Sequence[Match], items: Sequence[Item], known: Known, fits: Fits
) -> tuple[Match, ...]:
    """Return the matches, with the likeliest questions offered for columns that no text of the definitions names.

    What resembles a question letter by letter but for words of another meaning stays as it is, and so do columns that
    identify people.

    Args:
        table: where the columns stand.
        matches: what they are matched to so far.
        items: the questions that the practice asks on this form.
        known: tells answers from words.
        fits: tells whether the contents of a field can be answers of an item.
    """
    places = [number for number, match in enumerate(matches) if _is_open(match) and may_ask(match.field, table, known)]
    used = {match.target for match in matches}
    free = [item for item in items if item.id not in used]
    fields = [matches[number].field for number in places]
    likest = likest_of_fields(table, fields, free, known, fits)
    offered = {number: offers for number, offers in zip(places, likest, strict=True) if offers}
    texts = {item.id: item.text.root for item in items}
    return tuple(
        _offered(match, offered[number], texts) if number in offered else match for number, match in enumerate(matches)
    )


def _is_open(match: Match) -> bool:
    if not match.field.heading or match.field.kind != "question":
        return False
    resembles = match.status == "near" and match.how == "near" and match.score < 1
    return match.status == "unknown" or (resembles and match.score * 100 < SURE_LIKENESS)


def may_ask(field: TableField, table: Table, known: Known) -> bool:
    """Tell whether a column is not empty in these rows, and holds nothing that identifies a person."""
    contents = table.sheet.columns[field.columns[0]].contents(table.rows)
    return bool(contents) and looks_personal(field.heading, contents, known) is None


def likest_of_fields(
    table: Table, fields: Sequence[TableField], items: Sequence[Item], known: Known, fits: Fits
) -> tuple[tuple[Likeness, ...], ...]:
    """Return the likeliest of ``items`` for every field by its heading and its contents, as likest_items does."""
    suits = [_suits(field, table, items, known, fits) for field in fields]
    return likest_items([field.names[0] for field in fields], items, suits)


def _suits(
    field: TableField, table: Table, items: Sequence[Item], known: Known, fits: Callable[[TableField, Item], bool]
) -> Mapping[str, float]:
    column = table.sheet.columns[field.columns[0]]
    contents = column.contents(table.rows)
    answers = share(column, table.rows, lambda content: is_answer(content, known))
    sentences = sum(isinstance(content, str) and len(content) > _LONG for content in contents) > len(contents) / 2
    return {
        item.id: (_NUMBERS if answers >= 0.5 else 1.0)
        if item.kind == "text"
        else _SENTENCES
        if sentences and answers < 0.5
        else 1.0
        if fits(field, item)
        else _OTHER_SCALE
        for item in items
    }


def _offered(match: Match, offers: Sequence[Likeness], texts: Mapping[str, Mapping[str, str]]) -> Match:
    first = offers[0]
    other = differing_words(match.field.names[0], next(iter(texts[first.item].values()))) if first.negated else ()
    alternatives = tuple(dict.fromkeys((*(offer.item for offer in offers), *match.alternatives)))[:OFFERED]
    return replace(
        match,
        target=None,
        how="near",
        status="near",
        score=min(first.score, _MOST),
        alternatives=alternatives,
        other_words=other,
    )
