"""The likeliest choice for a column or an answer that is not clear: preselected and marked as a suggestion."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from evaluation.definitions import Item, Library
from evaluation.definitions.columns import PARTICIPANT
from evaluation.intake.column_keys import column_key
from evaluation.intake.option_reading import content_fits
from evaluation.intake.outcomes import is_turned, place_of
from evaluation.intake.participant_columns import MOSTLY, is_made_up_code
from evaluation.intake.personal_data import mask
from evaluation.intake.polarity import words
from evaluation.records import ColumnMatch, Draft
from evaluation.spreadsheets import Content, Sheet, Workbook

# How alike a heading must be to a question (0 to 1), and by how much more than another that resembles the same one.
LEAST, LEAD = 0.7, 0.05
# So few codes may be answers that look like codes.
FEWEST_CODES = 3
# Beginnings of words for other people than the one who answers: "your child's mood" is another question.
_OTHERS = (
    "laps", "last", "lähei", "omai", "puoliso", "perhe", "vanhem", "äiti", "äidi", "isä", "sisar", "ystäv",
    "barn", "anhörig", "närståend", "partner", "familj", "föräld", "mamma", "pappa", "syskon", "vän",
    "child", "kid", "relative", "spouse", "famil", "parent", "mother", "father", "sibling", "friend",
)  # fmt: skip


@dataclass(frozen=True)
class Suggested:
    """What holds unless the worker says otherwise.

    ``columns``: key of a column → its likeliest question; ``answers``: answers (item, text as compared) that are left
    out, because nobody knows what they mean.
    """

    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    answers: frozenset[tuple[str, str]] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether anything is suggested."""
        return bool(self.columns or self.answers)


def suggested_columns(draft: Draft, workbook: Workbook, library: Library) -> dict[str, str]:
    """Return the likeliest question of every column that resembles one and holds its answers.

    A question that is matched already, or that two columns resemble alike, is not suggested.
    """
    sheets = {mask(sheet.name).text: sheet for sheet in workbook.sheets}
    used = {(match.sheet, match.timing, match.target) for match in draft.columns if match.target}
    wanted: dict[tuple[str, str | None, str], list[ColumnMatch]] = defaultdict(list)
    for match in draft.columns:
        near = match.how == "near" and match.target is None and LEAST <= match.score < 1
        if near and match.alternatives and not match.other_words:
            wanted[match.sheet, match.timing, match.alternatives[0]].append(match)
    suggested: dict[str, str] = {}
    for (sheet, timing, target), matches in wanted.items():
        best, *others = sorted(matches, key=lambda match: -match.score)
        item = library.items.get(target)
        if item is None or (sheet, timing, target) in used or (others and best.score - others[0].score < LEAD):
            continue
        if _asks_of_others(best.heading, item):
            continue
        turned = is_turned([match for match in draft.columns if match.sheet == sheet])
        if _answers(_contents(best, sheets[sheet].turn() if turned else sheets[sheet], turned), item, library):
            suggested[column_key(best)] = target
    return suggested | _suggested_codes(draft, sheets)


def _suggested_codes(draft: Draft, sheets: Mapping[str, Sheet]) -> dict[str, str]:
    """Return the one column of a sheet without participant codes that holds unique made-up codes, as these.

    Such a column may have any heading ("Nimikirjaimet"); letters and figures together in its contents identify it.
    """
    suggested: dict[str, str] = {}
    for name, sheet in sheets.items():
        matches = [match for match in draft.columns if match.sheet == name]
        if any(match.target == PARTICIPANT for match in matches) or is_turned(matches):
            continue
        fitting = {
            column_key(match): PARTICIPANT
            for match in matches
            if match.target is None and match.kind == "question" and match.heading and _are_codes(match, sheet)
        }
        if len(fitting) == 1:
            suggested |= fitting
    return suggested


def _are_codes(match: ColumnMatch, sheet: Sheet) -> bool:
    header, number = place_of(match.cell, turned=False)
    column = sheet.columns[number]
    filled = int(np.count_nonzero(column.filled[header + 1 :]))
    codes = sum(map(is_made_up_code, column.contents(slice(header + 1, None))))
    return codes >= FEWEST_CODES and codes >= MOSTLY * filled


def _asks_of_others(heading: str, item: Item) -> bool:
    """Tell whether a heading speaks of people that the question does not speak of."""
    mine = _others(heading)
    return not mine <= {stem for text in (*item.text.values(), *item.related_words) for stem in _others(text)}


def _others(text: str) -> set[str]:
    return {stem for word in words(text) for stem in _OTHERS if word.startswith(stem)}


def _contents(match: ColumnMatch, sheet: Sheet, turned: bool) -> tuple[Content, ...]:
    """Return the distinct contents of a column below its heading."""
    header, column = place_of(match.cell, turned)
    return sheet.columns[column].contents(slice(header + 1, None)) if column < sheet.width else ()


def _answers(contents: tuple[Content, ...], item: Item, library: Library) -> bool:
    """Tell whether more than half of the contents of a column are answers of an item."""
    if item.kind == "text":
        return True
    read = [content_fits(content, item, library) for content in contents]
    return bool(read) and sum(read) * 2 > len(read)


def suggested_answers(draft: Draft) -> frozenset[tuple[str, str]]:
    """Return the unknown answers: leaving one out never makes a figure wrong, whatever it means."""
    return frozenset((answer.item, answer.text) for answer in draft.unknown_answers)
