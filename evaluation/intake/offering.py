"""What is offered for columns with headings in the worker's words: the likeliest questions by words and contents."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from evaluation.definitions import Item
from evaluation.intake.known import Known
from evaluation.intake.layouts.column_contents import is_answer, share
from evaluation.intake.matching import OFFERED, SURE_LIKENESS, Fits, Match
from evaluation.intake.personal_data import looks_personal
from evaluation.intake.polarity import differing_words
from evaluation.intake.table import Table, TableField
from evaluation.intake.wording_likeness import Likeness, likest_items

# How well contents suit a question: numbers under an open one, sentences under a scale, another scale.
_NUMBERS, _SENTENCES, _OTHER_SCALE = 0.2, 0.2, 0.5
# Answers on a scale are hardly as long.
_LONG = 25
# A score of 1 is kept for a text that several questions share.
_MOST = 0.95


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
    places = [number for number, match in enumerate(matches) if _is_open(match) and _may_ask(match, table, known)]
    used = {match.target for match in matches}
    free = [item for item in items if item.id not in used]
    fields = [matches[number].field for number in places]
    suits = [_suits(field, table, free, known, fits) for field in fields]
    likest = likest_items([field.names[0] for field in fields], free, suits)
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


def _may_ask(match: Match, table: Table, known: Known) -> bool:
    """Tell whether a column is not empty in these rows, and holds nothing that identifies a person."""
    contents = table.sheet.columns[match.field.columns[0]].contents(table.rows)
    return bool(contents) and looks_personal(match.field.heading, contents, known) is None


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
