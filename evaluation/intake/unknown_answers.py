"""Answers that are not on the scale of their question, for the worker to say what they mean."""

from collections.abc import Iterator, Sequence

import numpy as np

from evaluation.definitions import Item
from evaluation.intake.folding import fold
from evaluation.intake.gathering import Gathered, Mask
from evaluation.intake.personal_data import mask, show
from evaluation.intake.values import Read, ScaleReader
from evaluation.records import UnknownAnswer


def unknown_answers(
    gathered: Gathered, column: int, item: Item, readings: Sequence[Read[int] | None], reader: ScaleReader, sums: Mask
) -> Iterator[UnknownAnswer]:
    """Yield the contents of ``column`` that are off the scale, unless they identify a person.

    Args:
        gathered: the rows of the table.
        column: the column of the question.
        item: the question.
        readings: what was read of each distinct content.
        reader: reads the question's answers, and offers the nearest one.
        sums: the rows that sum up others.
    """
    codes = gathered.codes(column)
    for code, reading in enumerate(readings):
        if reading is None or reading.fault != "off_scale":
            continue
        content = gathered.sheet.columns[column].values[code]
        rows = np.flatnonzero((codes == code) & ~sums)
        if not len(rows):
            continue
        place = gathered.sheet.address(int(gathered.rows[rows[0]]), column)
        example, text = show(content) or "", fold(str(content))
        if not mask(text).kinds:
            yield UnknownAnswer(gathered.sheet.name, place, item.id, text, example, len(rows), reader.suggest(text))
