"""Fields of a table → questions: what every column is matched to, by which evidence, and what is only offered."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from rapidfuzz import fuzz, process

from evaluation.definitions import Item, Questionnaire
from evaluation.definitions.columns import SYSTEM_COLUMNS
from evaluation.intake.column_keys import UNSAID, confirmed_target
from evaluation.intake.folding import fold, fold_heading
from evaluation.intake.known import Known
from evaluation.intake.polarity import differing_words
from evaluation.intake.table import LEFT_OUT, RESPONDENT, TIMING, TableField, sums_up_options
from evaluation.records import How

# A misspelt heading is matched to a question it resembles this much, if no other question comes near and every word
# is a word of the question misspelt; else it is only offered, since one word may turn the meaning.
SURE_LIKENESS, NEAR_LIKENESS, LEAD = 88, 70, 8
OFFERED = 3
SYSTEM_TARGETS = (*SYSTEM_COLUMNS, TIMING, RESPONDENT)

Status = Literal["matched", "twice", "joined", "other_form", "near", "unknown", "left_out", "personal"]
Fits = Callable[[TableField, Item], bool]

_NUMBERED = re.compile(
    r"^(?:k|q|v|kysymys|väite|väittämä|fråga|påstående|question|statement|var|item|nro|nr)?[ ._]*(\d+)$"
)


@dataclass(frozen=True)
class Match:
    """What one field is matched to: an item or a column that every form has; ``alternatives`` are only offered.

    ``other_words`` are the words that may give a heading another meaning than the first of its alternatives.
    """

    field: TableField
    target: str | None
    how: How
    status: Status
    score: float = 0.0
    alternatives: tuple[str, ...] = ()
    other_words: tuple[str, ...] = ()


def with_confirmed_columns(fields: Sequence[TableField], confirmed: Mapping[str, str | None]) -> tuple[TableField, ...]:
    """Return ``fields`` with the worker's word on which of them are columns that every form has.

    Such columns say where a table is from and when it was answered, before any question is matched.
    """
    return tuple(
        field
        if _shares_heading(field, fields)
        else _as_confirmed(field, confirmed_target(field, confirmed, field.system))
        for field in fields
    )


def _shares_heading(field: TableField, fields: Sequence[TableField]) -> bool:
    """Tell whether a column that is left out shares its heading with one that the worker's word then means."""
    if field.system != LEFT_OUT:
        return False
    key = fold(field.heading)
    return any(other is not field and fold(other.heading) == key for other in fields)


def _as_confirmed(field: TableField, target: str | None) -> TableField:
    if target == field.system or field.kind == "session" or (target is None and field.system == LEFT_OUT):
        return field
    if target in SYSTEM_TARGETS:
        return replace(field, kind="system", system=target)
    return replace(field, kind="question", system=None) if field.system else field


def candidates(field: TableField, known: Known, confirmed: Mapping[str, str | None]) -> frozenset[str]:
    """Return the ids of the questions that ``field`` names for sure, whatever the questionnaire."""
    target = confirmed_target(field, confirmed, UNSAID)
    if target != UNSAID:
        return frozenset() if target is None or target in SYSTEM_TARGETS else frozenset({target})
    for name in field.names:
        items = known.find(name)
        if items:
            return frozenset(items)
    return frozenset()


def likely(field: TableField, known: Known) -> frozenset[str]:
    """Return the ids of the questions that ``field`` resembles so much that it may be one of them misspelt."""
    texts = known.texts
    items: set[str] = set()
    for name in field.names:
        for text, _, _ in process.extract(
            fold_heading(name), list(texts), scorer=fuzz.ratio, score_cutoff=SURE_LIKENESS, limit=OFFERED
        ):
            items |= frozenset() if differing_words(name, text) else texts[text]
    return frozenset(items)


def match_fields(
    fields: Sequence[TableField],
    form: Questionnaire,
    known: Known,
    confirmed: Mapping[str, str | None],
    numbered: Sequence[str],
    fits: Fits,
) -> tuple[Match, ...]:
    """Match every field of a table to the questions of ``form``.

    Args:
        fields: the fields of the table.
        form: the questionnaire that the table answers.
        known: the ways questions are written.
        confirmed: the worker's word: key of a column → target, None to leave it out.
        numbered: ids of the questions in the order they are asked, where headings may be bare numbers of them; empty
            where the questionnaire is a guess of ours.
        fits: tells whether the contents of a field are answers of an item; a match by anything weaker than a text of
            the definitions needs it.
    """
    items = {item.id: item for item in form.items}
    matches = [
        (field.key not in confirmed and sums_up_options(field, fields) and match_by_layout(field, known))
        or _by_name(
            field, items, known, {} if _shares_heading(field, fields) and field.key not in confirmed else confirmed
        )
        for field in fields
    ]
    if form.external:
        # The wording of its questions is its makers', so that a question of ours may stand for one of them.
        matches = [
            Match(match.field, None, "none", "unknown") if match.status == "other_form" else match for match in matches
        ]
    matches = _only_once(matches)
    matches = _by_number(matches, items, numbered, fits)
    return tuple(_by_likeness(matches, items, known, fits))


def _by_name(field: TableField, items: Mapping[str, Item], known: Known, confirmed: Mapping[str, str | None]) -> Match:
    """Match by the worker's word, the layout, or a text of the definitions, in this order.

    Where a layout only guesses that nobody needs a column, the exact text of a question takes precedence.
    """
    match = _confirmed_match(field, items, confirmed)
    if match is None and field.system in (LEFT_OUT, RESPONDENT):
        by_question = _by_question(field, items, known)
        match = by_question if by_question is not None and by_question.how == "exact" else None
    match = match or match_by_layout(field, known) or _by_question(field, items, known)
    if match is not None:
        return match
    system = next(filter(None, map(known.system, field.names)), None)
    if system is not None:
        return Match(field, system, "normalised", "matched", 1.0)
    return Match(field, None, "none", "personal" if _personal(field, known) else "unknown")


def _confirmed_match(field: TableField, items: Mapping[str, Item], confirmed: Mapping[str, str | None]) -> Match | None:
    target = confirmed_target(field, confirmed, UNSAID)
    if target == UNSAID:
        return None
    if target is None:
        return Match(field, None, "confirmed", "left_out", 1.0)
    return Match(field, target, "confirmed", "matched", 1.0) if target in items or target in SYSTEM_TARGETS else None


def match_by_layout(field: TableField, known: Known) -> Match | None:
    """Return the match that the layout knows of a field, whatever the questionnaire; None where it knows none."""
    if field.kind == "session":
        return Match(field, None, "layout", "matched", 1.0)
    if field.system == LEFT_OUT:
        return Match(field, None, "layout", "personal" if _personal(field, known) else "left_out", 1.0)
    return Match(field, field.system, "layout", "matched", 1.0) if field.system is not None else None


def _by_question(field: TableField, items: Mapping[str, Item], known: Known) -> Match | None:
    elsewhere: tuple[str, ...] = ()
    for name in field.names:
        matches = known.find(name)
        here = [item for item in matches if item in items]
        if len(here) == 1:
            return Match(field, here[0], matches[here[0]], "matched", 1.0)
        if here:
            return Match(field, None, "near", "near", 1.0, tuple(here))
        elsewhere = elsewhere or tuple(matches)
    return Match(field, None, "none", "other_form", 0.0, elsewhere) if elsewhere else None


def _personal(field: TableField, known: Known) -> bool:
    return any(known.is_personal(name) for name in field.names)


def _only_once(matches: Sequence[Match]) -> list[Match]:
    """Give a question to the field that names it most surely, the first of equals; the others stand there twice."""
    rank: Mapping[How, int] = {"confirmed": 0, "layout": 1, "exact": 2, "normalised": 3, "id": 4}
    first: dict[str, int] = {}
    order = sorted(range(len(matches)), key=lambda number: (rank.get(matches[number].how, 9), number))
    checked = list(matches)
    for number in order:
        match = matches[number]
        if match.status != "matched" or match.target is None:
            continue
        if match.target in first:
            checked[number] = replace(match, target=None, status="twice", alternatives=(match.target,))
        else:
            first[match.target] = number
    return checked


def _by_number(matches: Sequence[Match], items: Mapping[str, Item], numbered: Sequence[str], fits: Fits) -> list[Match]:
    """Match headings that are bare numbers to the questions in their order, if the contents of all of them fit."""
    numbers = {
        at: int(numeral[1])
        for at, match in enumerate(matches)
        if match.status == "unknown" and (numeral := _NUMBERED.match(fold_heading(match.field.names[0])))
    }
    free = {match.target for match in matches}
    if not numbered or sorted(numbers.values()) != list(range(1, len(numbers) + 1)) or len(numbers) > len(numbered):
        return list(matches)
    chosen = {at: numbered[number - 1] for at, number in numbers.items()}
    if any(item in free or not fits(matches[at].field, items[item]) for at, item in chosen.items()):
        return list(matches)
    return [
        replace(match, target=chosen[at], how="position", status="matched", score=0.9) if at in chosen else match
        for at, match in enumerate(matches)
    ]


def _by_likeness(matches: Sequence[Match], items: Mapping[str, Item], known: Known, fits: Fits) -> list[Match]:
    """Match a heading to the one free question it resembles closely; offer those that it resembles less."""
    if not any(match.status == "unknown" for match in matches):
        return list(matches)
    free = set(items) - {match.target for match in matches}
    texts = {text: ids & free for text, ids in known.texts.items() if ids & free}
    scored = {
        at: _likeness(match.field, texts) for at, match in enumerate(matches) if match.status == "unknown" and texts
    }
    wanted = [likes[0].item for likes in scored.values() if likes and not likes[0].other_words]
    result = list(matches)
    for at, likes in scored.items():
        if not likes:
            continue
        best, *others = likes
        field, offered = matches[at].field, tuple(like.item for like in likes)
        ahead = not others or best.score - others[0].score >= LEAD
        clear = best.score >= SURE_LIKENESS and ahead and not best.other_words and wanted.count(best.item) == 1
        if clear and fits(field, items[best.item]):
            result[at] = Match(field, best.item, "similar", "matched", best.score / 100, offered[1:])
        else:
            result[at] = Match(field, None, "near", "near", best.score / 100, offered, best.other_words)
    return result


class _Like(NamedTuple):
    """A question that a heading resembles (0 to 100), and the words of the heading that the question lacks."""

    item: str
    score: float
    other_words: tuple[str, ...]


def _likeness(field: TableField, texts: Mapping[str, frozenset[str]]) -> list[_Like]:
    """Return the questions that ``field`` resembles, those of the same words first, then the nearest first."""
    best: dict[str, _Like] = {}
    for name in field.names:
        for text, score, _ in process.extract(
            fold_heading(name), list(texts), scorer=fuzz.ratio, score_cutoff=NEAR_LIKENESS, limit=2 * OFFERED
        ):
            other = differing_words(name, text)
            for item in texts[text]:
                like = _Like(item, score, other)
                best[item] = min(best.get(item, like), like, key=_nearest_first)
    return sorted(best.values(), key=_nearest_first)[:OFFERED]


def _nearest_first(like: _Like) -> tuple[bool, float, str]:
    return bool(like.other_words), -like.score, like.item
