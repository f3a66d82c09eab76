"""A report as one web page: interactive charts with their tables, in a single file that fetches nothing."""

from collections.abc import Iterator
from html import escape

from plotly.offline import get_plotlyjs

from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.exhibit_tables import Table
from evaluation.exhibits.report import Report, Section
from evaluation.findings import KeyFigure, Words
from evaluation.render.plotly import figure as figure_of
from evaluation.render.plotly_figure import Figure
from evaluation.render.plotly_look import untitled
from evaluation.render.web_page_style import SCRIPT, STYLE


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
    links = "".join(f'<li><a href="#{section.id}">{escape(section.title)}</a></li>' for section in report.sections)
    return f'<nav aria-label="{escape(words.t("reports.contents"))}"><ul>{links}</ul></nav>'


def _section(section: Section, report: Report, words: Words, figures: list[Figure]) -> str:
    parts = [f'<section id="{section.id}"><h2>{escape(section.title)}</h2>']
    if section.id == "key":
        parts.append(f"<div class=cards>{''.join(map(_card, report.key))}</div>")
    parts += [f"<p>{escape(text)}</p>" for text in section.questions]
    parts.append(_list(section.general))
    for quotes in section.quotes:
        parts.append(f"<h3>{escape(quotes.question)}</h3>{_list(quotes.texts)}")
    parts += [_exhibit(exhibit, words, figures) for exhibit in section.exhibits]
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


def _exhibit(exhibit: Exhibit, words: Words, figures: list[Figure]) -> str:
    """Return title, chart, table and what is left out; the chart is drawn by the script at the end of the page."""
    content = table = "".join(_table(part, exhibit.title) for part in exhibit.tables)
    if exhibit.plot is not None:
        # The page has the title as text.
        figure = untitled(figure_of(exhibit))
        description = escape(exhibit.alternative_text, quote=True)
        missing = escape(words.t("reports.chart_missing"))
        content = (
            f'<div class=chart role=img aria-label="{description}" id="chart{len(figures)}"'
            f' style="min-height:{figure.height}px">'
            f"<noscript>{missing}</noscript></div>"
            f"<details><summary>{escape(words.t('reports.as_table'))}</summary>{table}</details>"
        )
        figures.append(figure)
    left_out = words.t("reports.left_out", threshold=exhibit.published.threshold) if exhibit.leaves_out else ""
    notes = (f"{exhibit.explanation}." if exhibit.explanation else "", left_out)
    foot = "".join(f"<p class=quiet>{escape(note)}</p>" for note in notes if note)
    topic = f"<p class=quiet>{escape(exhibit.topic)}</p>" if exhibit.topic else ""
    head = f"<h3>{escape(exhibit.headline)}</h3>{topic}"
    return f"<div class=exhibit>{head}{_list(exhibit.sentences)}{content}{foot}</div>"


def _table(table: Table, title: str) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in table.heads)
    rows = "".join(f"<tr>{''.join(_cells(row, table.subjects))}</tr>" for row in table.rows)
    caption = f"<caption>{escape(title)}</caption>"
    return (
        f"<div class=wide tabindex=0><table>{caption}<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _cells(row: tuple[str, ...], subjects: int) -> Iterator[str]:
    for place, text in enumerate(row):
        yield f'<th scope="row">{escape(text)}</th>' if place < subjects else f"<td>{escape(text)}</td>"


def _drawing(figure: Figure) -> str:
    """Return a figure's data as a script may hold them: no text may end the script before its time.

    Its look is laid down once for all figures of the page (page_style.py).
    """
    data = figure.without("template").to_json()
    return data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
