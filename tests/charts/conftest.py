"""Small published tables made up row by row, sealed by the gate itself."""

from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import pytest

from evaluation.charts import Words
from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.measures import Policy, Published
from evaluation.measures.disclosure import CELL, Screened, seal

Make = Callable[[str, Sequence[Mapping[str, object]]], Published]
UNIT = {
    "level": "practice", "practice": "sisu", "municipality": "Lempäälä", "cohort": "", "role": "client",
    "questionnaire": "client_end", "item": "",
}  # fmt: skip


@pytest.fixture(scope="session")
def make(library: Library) -> Make:
    """Give a function that seals rows of estimates; a row that says why it is withheld (``reason``) has none."""
    dimensions = {item.id: item.dimension for item in library.items.values()}

    def made(measure: str, rows: Sequence[Mapping[str, object]]) -> Published:
        common = UNIT | {"measure": measure.partition(".")[2], "method": "wilson"}
        whole = pd.DataFrame([common | dict(row) for row in rows])
        reason = whole.pop("reason") if "reason" in whole else pd.Series(None, whole.index, object)
        closed = reason.notna()
        cells = whole[CELL].assign(suppressed=closed, reason=reason, omitted=0, rank=range(len(whole)))
        cells = cells.drop_duplicates(CELL)
        estimates = whole[~closed]
        return seal(measure.partition(".")[0], measure, estimates, Screened(estimates, cells), Policy(), dimensions)

    return made


@pytest.fixture(scope="session")
def words(library: Library) -> Words:
    return Words(library, Translator("fi"))


def share(value: float, n: int = 10, **more: object) -> dict[str, object]:
    """Return a row of a share with some interval."""
    return {"value": value, "low": max(0.0, value - 0.2), "high": min(1.0, value + 0.2), "n": n} | more
