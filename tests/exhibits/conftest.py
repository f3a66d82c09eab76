"""Small published tables made up row by row, with the columns and the seal that the gate gives them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from evaluation.definitions import Library
from evaluation.exhibits import Exhibit
from evaluation.findings import Words
from evaluation.i18n import Translator
from evaluation.measures import Published
from evaluation.privacy import published as gate
from evaluation.render.plotly import figure

Make = Callable[[str, Sequence[Mapping[str, object]]], Published]
FIGURES = ("n", "value", "low", "high")
UNIT = {
    "level": "practice", "practice": "sisu", "county": "PI", "municipality": "Lempäälä", "cohort": None,
    "role": "client",
    "questionnaire": "client_end", "item": None, "method": "wilson", "reason": None, "omitted": 0,
}  # fmt: skip


@pytest.fixture(scope="session")
def make(library: Library) -> Make:
    """Give a function that makes a table; a row that says why it is withheld (``reason``) has no figures."""
    dimensions = {item.id: item.dimension for item in library.items.values()}

    def made(measure: str, rows: Sequence[Mapping[str, object]]) -> Published:
        family, _, table = measure.partition(".")
        common = UNIT | {"family": family, "measure": table} | dict.fromkeys(FIGURES)
        frame = pd.DataFrame([common | dict(row) for row in rows])
        frame = _with_counts(frame, measure)
        frame = frame.assign(dimension=frame["item"].map(dimensions), suppressed=frame["reason"].notna())
        return Published(measure, frame.astype(dict.fromkeys(FIGURES, float)), 5, gate._SEAL)

    return made


def _with_counts(frame: pd.DataFrame, measure: str) -> pd.DataFrame:
    """Return a table with the columns that its rows leave out though every table of the measure has them."""
    people = (frame["value"].astype(float) * frame["n"].astype(float)).round()
    left_out = {
        "favourable": {"favourable": people, "fewer": False, "others": float("nan")},
        "paired": {"improved": people, "verdict": "untested"},
        "retrospective": {"improved": people},
        "comparison": {"verdict": "not_apart"},
        "enrolment": {"count": frame["value"], "at_least": people, "at_most": people},
        "visits": {"visits": frame["value"]},
    }.get(measure.partition(".")[2], {})
    return frame.assign(**{name: column for name, column in left_out.items() if name not in frame})


@pytest.fixture(scope="session")
def words(library: Library) -> Words:
    return Words(library, Translator("fi"))


def exhibit(kind: str, published: Published, words: Words, *beside: Published, **more: Any) -> Exhibit:
    """Return an exhibit with some title."""
    return Exhibit(kind, "Otsikko", words, published, beside, **more)


def drawn(kind: str, published: Published, words: Words, *beside: Published, **more: Any) -> go.Figure:
    """Return the figure of an exhibit as Plotly has checked it."""
    return figure(exhibit(kind, published, words, *beside, **more)).checked()


def share(value: float, n: int = 10, **more: object) -> dict[str, object]:
    """Return a row of a share with some interval."""
    return {"value": value, "low": max(0.0, value - 0.2), "high": min(1.0, value + 0.2), "n": n} | more
