"""A report as one printed page: an accessible PDF (PDF/UA, tagged) of A4, typeset by Typst, without a browser."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice, zip_longest
from typing import Any

import typst

from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.report import Report
from evaluation.findings import Words
from evaluation.render.pdf_charts import WIDE_FROM, page_chart
from evaluation.render.typesetting import inputs, template

MOST_FIGURES = 4
# The first exhibit of a group is drawn; the groups that say most come first.
TELLING_OF_ONE = (("change", "change_bars"), ("favourable", "distribution"), ("enrolment", "openings"), ("comparison",))
TELLING_OF_SEVERAL = (("glance",), ("comparison",))
# Of several practices the limits after the general ones are of one of them.
LIMITS_OF_ONE, LIMITS_OF_SEVERAL = 3, 2
OF_ONE = ("reached", "satisfaction", "change", "conditions", "develop")
OF_SEVERAL = ("change", "comparison", "develop")


@dataclass(frozen=True)
class _Measure:
    """How much of a report is put on the page, and how large."""

    charts: int
    rows: int
    sentences: int
    scale: float = 1.0


# From the largest and fullest page to the sparest, which any report fits on: text is left out, never made too small.
MEASURES = (
    *(_Measure(3, 7, 4, scale) for scale in (1.2, 1.1)),
    *(
        _Measure(charts, rows, sentences)
        for charts, rows in ((3, 7), (3, 5), (2, 7), (1, 7), (0, 0))
        for sentences in (4, 2)
    ),
    _Measure(0, 0, 0),
)


def one_page(report: Report, words: Words) -> bytes:
    """Return ``report`` as a PDF of exactly one A4 page: key figures, telling charts, sentences, and the limits."""
    day = datetime(report.day.year, report.day.month, report.day.day, 12, tzinfo=UTC)
    page = template("one_page.typ")
    for measure in MEASURES:
        look = inputs(_content(report, words, measure))
        if json.loads(typst.query(page, "<pages>", field="value", one=True, **look)) == 1:
            break
    content: bytes = typst.compile(page, pdf_standards="ua-1", timestamp=day, **look)
    return content


def _content(report: Report, words: Words, measure: _Measure) -> dict[str, Any]:
    t = words.t
    charts = (_chart(exhibit, words, measure) for exhibit in _telling(report))
    drawn = list(islice((chart for chart in charts if chart is not None), measure.charts))
    wide = [chart for chart in drawn if chart["wide"]]
    limits = next((section.sentences for section in report.sections if section.id == "method"), ())
    return {
        "title": report.subject,
        "subtitle": report.subtitle,
        "language": report.language,
        "scale": measure.scale,
        "mark": t("common.synthetic") if report.synthetic else "",
        "footer": t("files.footer", day=t.date(report.day), threshold=report.threshold),
        "key": [vars(figure) for figure in report.key[:MOST_FIGURES]],
        "sentences": list(_sentences(report))[: measure.sentences],
        "heads": {"findings": t("files.one_page_findings"), "limits": t("files.one_page_limits")},
        "wide": wide,
        "halves": _halves([chart for chart in drawn if not chart["wide"]]),
        "limits": limits[: LIMITS_OF_SEVERAL if _of_several(report) else LIMITS_OF_ONE],
    }


def _telling(report: Report) -> Iterator[Exhibit]:
    """Yield the most important exhibit of every group."""
    every = [exhibit for section in report.sections for exhibit in section.exhibits]
    for kinds in TELLING_OF_SEVERAL if _of_several(report) else TELLING_OF_ONE:
        yield from [exhibit for kind in kinds for exhibit in every if exhibit.kind == kind and not exhibit.empty][:1]


def _chart(exhibit: Exhibit, words: Words, measure: _Measure) -> dict[str, Any] | None:
    rows = max(measure.rows, WIDE_FROM) if exhibit.kind == "glance" else measure.rows
    chart = page_chart(exhibit, words, rows)
    return None if chart is None else chart | {"title": exhibit.headline, "topic": exhibit.topic}


def _halves(charts: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Put charts into two columns, always into the one that is shorter so far."""
    halves: list[list[dict[str, Any]]] = [[], []]
    for chart in charts:
        heights = [sum(drawing["height"] for drawing in half) for half in halves]
        halves[heights.index(min(heights))].append(chart)
    return halves


def _sentences(report: Report) -> Iterator[str]:
    """Yield the first sentences of all parts, then the second ones, and so on."""
    parts = {section.id: section.sentences for section in report.sections}
    lists = [parts[name] for name in (OF_SEVERAL if _of_several(report) else OF_ONE) if name in parts]
    for texts in zip_longest(*lists):
        yield from (text for text in texts if text is not None)


def _of_several(report: Report) -> bool:
    """Whether a report is of several practices: then it shows all of them at a glance."""
    return any(exhibit.kind == "glance" for section in report.sections for exhibit in section.exhibits)
