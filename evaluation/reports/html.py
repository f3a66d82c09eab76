"""A report as one web page: interactive charts with their tables, in a single file that fetches nothing."""

from collections.abc import Callable, Iterator
from html import escape

from plotly.offline import get_plotlyjs

from evaluation import charts
from evaluation.charts import Words, alt_text
from evaluation.charts.figure import Figure
from evaluation.charts.theme import untitled
from evaluation.reports.content import Exhibit, KeyFigure, Report, Section
from evaluation.reports.page_style import SCRIPT, STYLE
from evaluation.reports.tables import Table, leaves_out, tables


def web_page(report: Report, words: Words) -> str:
    """Return ``report`` as one HTML file with the charts' program in it once."""
    figures: list[Figure] = []
    body = "".join(_section(section, report, words, figures) for section in report.sections)
    head = f"<h1>{escape(report.subject)}</h1><p class=lead>{escape(report.subtitle)}</p>"
    made = f"<p class=quiet>{_made(report, words)}</p>"
    program = f"<script>{get_plotlyjs()}</script>" if figures else ""
    drawn = ",".join(_drawing(figure) for figure in figures)
    return (
        f'<!DOCTYPE html>\n<html lang="{report.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(report.subject)}</title><style>{STYLE}</style></head>"
        f"<body><header>{head}{made}{_contents(report, words)}</header><main>{body}</main>{program}"
        f"<script>const drawings=[{drawn}];{SCRIPT}</script></body></html>\n"
    )


def _made(report: Report, words: Words) -> str:
    made = words.t("reports.cover_day", day=words.t.date(report.day))
    return escape(f"{made}. {words.t('common.synthetic')}." if report.synthetic else f"{made}.")


def _contents(report: Report, words: Words) -> str:
    links = "".join(f'<li><a href="#{each.id}">{escape(each.title)}</a></li>' for each in report.sections)
    return f'<nav aria-label="{escape(words.t("reports.contents"))}"><ul>{links}</ul></nav>'


def _section(section: Section, report: Report, words: Words, figures: list[Figure]) -> str:
    parts = [f'<section id="{section.id}"><h2>{escape(section.title)}</h2>']
    if section.id == "key":
        parts.append(f"<div class=cards>{''.join(map(_card, report.key))}</div>")
    parts += [f"<p>{escape(text)}</p>" for text in section.asked]
    parts.append(_list(section.general))
    for quotes in section.quotes:
        parts.append(f"<h3>{escape(quotes.question)}</h3>{_list(quotes.texts)}")
    parts += [_exhibit(exhibit, section.said_of(exhibit), words, figures) for exhibit in section.exhibits]
    return "".join([*parts, "</section>"])


def _card(figure: KeyFigure) -> str:
    return (
        f"<div class=card><p class=label>{escape(figure.label)}</p><p class=figure>{escape(figure.figure)}</p>"
        f"<p class=quiet>{escape(figure.ground)}</p></div>"
    )


def _list(texts: tuple[str, ...]) -> str:
    if not texts:
        return ""
    items = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{items}</ul>"


def _exhibit(exhibit: Exhibit, said: tuple[str, ...], words: Words, figures: list[Figure]) -> str:
    """Return title, chart, table and what is left out; the chart is drawn by the script at the end of the page."""
    told = "".join(_table(each, exhibit.title) for each in tables(exhibit, words))
    figure = _figure(exhibit, words)
    shown = told
    if figure is not None:
        described = escape(f"{exhibit.title}. {alt_text(exhibit.published, words, most=20)}", quote=True)
        missing = escape(words.t("reports.chart_missing"))
        shown = (
            f'<div class=chart role=img aria-label="{described}" id="chart{len(figures)}"'
            f' style="min-height:{figure.height}px">'
            f"<noscript>{missing}</noscript></div>"
            f"<details><summary>{escape(words.t('reports.as_table'))}</summary>{told}</details>"
        )
        figures.append(figure)
    left = words.t("reports.left_out", threshold=exhibit.published.threshold) if leaves_out(exhibit) else ""
    foot = f"<p class=quiet>{escape(left)}</p>" if left else ""
    return f"<div class=exhibit><h3>{escape(exhibit.title)}</h3>{_list(said)}{shown}{foot}</div>"


def _table(told: Table, title: str) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in told.heads)
    rows = "".join(f"<tr>{''.join(_cells(row, told.subjects))}</tr>" for row in told.rows)
    caption = f"<caption>{escape(title)}</caption>"
    return (
        f"<div class=wide tabindex=0><table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(row: tuple[str, ...], subjects: int) -> Iterator[str]:
    for place, text in enumerate(row):
        yield f'<th scope="row">{escape(text)}</th>' if place < subjects else f"<td>{escape(text)}</td>"


def _figure(exhibit: Exhibit, words: Words) -> Figure | None:
    """Return the figure of an exhibit, its title left to the page; None where it is a table."""
    draw = _DRAWINGS.get(exhibit.kind)
    if draw is None:
        return None
    return untitled(draw(exhibit, words))


def _comparison(exhibit: Exhibit, words: Words) -> Figure:
    compared = exhibit.beside[0] if exhibit.beside else None
    return charts.comparison(exhibit.published, words, exhibit.title, compared)


def _glance(exhibit: Exhibit, words: Words) -> Figure:
    visits, satisfied, improved = exhibit.beside
    return charts.glance(exhibit.published, visits, satisfied, improved, words)


_DRAWINGS: dict[str, Callable[[Exhibit, Words], Figure]] = {
    "enrolment": lambda exhibit, words: charts.enrolment(exhibit.published, words),
    "sessions": lambda exhibit, words: charts.sessions(exhibit.published, words),
    "openings": lambda exhibit, words: charts.openings(exhibit.published, words),
    "distribution": lambda exhibit, words: charts.satisfaction(exhibit.published, words),
    "recommendation": lambda exhibit, words: charts.recommendation(exhibit.published, words),
    "favourable": lambda exhibit, words: charts.favourable(exhibit.published, words),
    "change": lambda exhibit, words: charts.change(exhibit.published, words, exhibit.beside[0]),
    "change_bars": lambda exhibit, words: charts.change_bars(exhibit.published, words),
    "conditions": lambda exhibit, words: charts.conditions(exhibit.published, exhibit.beside[0], words),
    "comparison": _comparison,
    "trend": lambda exhibit, words: charts.trend(exhibit.published, words, exhibit.title),
    "glance": _glance,
}


def _drawing(figure: Figure) -> str:
    """Return a figure's data as a script may hold them: no text may end the script before its time.

    Its look is laid down once for all figures of the page (page_style.py).
    """
    told = figure.without("template").to_json()
    return told.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
