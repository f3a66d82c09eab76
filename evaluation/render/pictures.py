"""Charts of a report as pictures, for documents that cannot hold native charts; drawn by Typst, without a browser."""

from collections.abc import Sequence
from dataclasses import dataclass

import typst

from evaluation.exhibits.exhibit import Exhibit
from evaluation.findings import Words
from evaluation.render.pdf_charts import page_chart
from evaluation.render.typesetting import inputs, template

# Printed as wide as the text, in millimetres, and fine enough for print.
WIDTH, DOTS_PER_INCH = 166, 160
MOST_ROWS = 30


@dataclass(frozen=True)
class Picture:
    """A chart as a PNG, and what it shows in words."""

    png: bytes
    alternative_text: str


def pictures(exhibits: Sequence[Exhibit], words: Words) -> list[Picture | None]:
    """Return pictures by exhibit; None where it is a table or a line, or all of it is suppressed."""
    charts = [page_chart(exhibit, words, MOST_ROWS) for exhibit in exhibits]
    drawn = [chart for chart in charts if chart is not None]
    if not drawn:
        return [None] * len(charts)
    content = {"language": words.t.language, "scale": 1.0, "width": WIDTH, "charts": drawn}
    images = typst.compile(template("pictures.typ"), format="png", ppi=DOTS_PER_INCH, **inputs(content))
    pages = iter([images] if isinstance(images, bytes) else images)
    return [None if chart is None else Picture(next(pages), chart["alt"]) for chart in charts]
