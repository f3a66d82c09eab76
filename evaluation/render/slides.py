"""The slides of all charts: native ones, their figures in the notes, in an organisation's template if wanted."""

from collections.abc import Iterator, Sequence
from typing import Any

from pptx.util import Pt

from evaluation.exhibits.colours import MAIN, QUIET
from evaluation.exhibits.exhibit import TABLE, Exhibit
from evaluation.exhibits.exhibit_tables import Table
from evaluation.exhibits.report import Report, Section
from evaluation.findings import KeyFigure, Quotes, Words
from evaluation.render.deck import BODY, SMALL, Box, Deck, Line
from evaluation.render.slide_charts import add_chart

MOST_POINTS = 6
# Sections of which every sentence matters; of the others the rest stands in the notes.
WHOLE = ("method", "develop", "counties", "municipalities", "reached", "change")
# These are long, and looked up rather than spoken.
IN_SMALL = ("method", "counties", "municipalities")
MOST_QUOTES = 6
LONGEST_QUOTE = 180
MOST_ROWS = 17


def all_slides(report: Report, words: Words, template: bytes | None = None) -> bytes:
    """Return a .pptx of ``report``; what one slide has no room for stands in its notes.

    Args:
        report: its sections and exhibits.
        words: the reader's language.
        template: a .pptx or .potx whose layouts, fonts and colours are used; TemplateRefused when they cannot be.
    """
    deck = Deck(report.language, template)
    marked = words.t("common.synthetic") if report.synthetic else ""
    SlideWriter(deck, words, report, marked).write()
    return deck.save(report.subject, report.day)


class SlideWriter:
    """Writes one report into a deck."""

    def __init__(self, deck: Deck, words: Words, report: Report, mark: str) -> None:
        """Begin with an empty ``deck``; ``mark`` stands below every slide."""
        self._deck, self._words, self._report, self._mark = deck, words, report, mark

    def write(self) -> None:
        """Write all slides."""
        self._cover()
        for section in self._report.sections:
            if section.id == "key":
                self._key(section)
            elif len(section.general) > (1 if section.exhibits else 0):
                self._points(section)
            for exhibit in drawn(section):
                self._exhibit(exhibit, section)
            for quotes in section.quotes:
                self._quotes(section, quotes)

    def _cover(self) -> None:
        lines = [self._report.subtitle, self._words.t("reports.cover_day", day=self._words.t.date(self._report.day))]
        self._finish(self._deck.cover(self._report.subject, lines), ())

    def _key(self, section: Section) -> None:
        """Show the key figures side by side, and below them what is most important."""
        slide = self._deck.plain(section.title)
        left, top, width, height = self._deck.box
        tall = height * 2 // 5 if section.sentences else height
        wide = width // max(1, len(self._report.key))
        for number, figure in enumerate(self._report.key):
            self._card(slide, figure, (left + number * wide, top, wide - width // 40, tall))
        points = section.sentences[:MOST_POINTS]
        if points:
            below = (left, top + tall, width, height - tall)
            self._deck.write(slide, [Line(f"•  {text}", SMALL) for text in points], below)
        self._finish(slide, section.sentences)

    def _card(self, slide: Any, figure: KeyFigure, box: Box) -> None:
        lines = (Line(figure.figure, 48, MAIN, bold=True), Line(figure.label, BODY), Line(figure.ground, 12, QUIET))
        self._deck.write(slide, lines, box)

    def _points(self, section: Section) -> None:
        whole = section.id in WHOLE and not section.exhibits
        points = section.general if whole else section.general[:MOST_POINTS]
        size = SMALL if section.id in IN_SMALL else BODY
        for slide in self._deck.points(section.title, points, size):
            self._finish(slide, (*section.questions, *section.sentences))

    def _exhibit(self, exhibit: Exhibit, section: Section) -> None:
        slide = self._deck.plain(exhibit.headline, exhibit.topic)
        left, top, width, height = self._deck.box
        low = height // 5 if exhibit.sentences else 0
        if exhibit.sentences:
            below = (left, top + height - low, width, low)
            self._deck.write(slide, [Line(text, SMALL) for text in exhibit.sentences], below)
        box = (left, top, width, height - low)
        summary, plot = exhibit.summary_table, exhibit.drawn
        if summary is not None or plot is None:
            shape = self._table(slide, summary or exhibit.tables[0], box)
        else:
            shape = add_chart(slide, plot, box, self._deck.own_look, self._words)
        properties = shape._element.nvGraphicFramePr.cNvPr
        properties.set("name", exhibit.title)
        properties.set("descr", exhibit.alternative_text)
        foot = [self._words.t("reports.no_control")]
        if exhibit.explanation:
            foot.append(f"{exhibit.explanation}.")
        if exhibit.leaves_out:
            foot.append(self._words.t("reports.left_out", threshold=self._report.threshold))
        self._finish(slide, tuple(self._said(exhibit, section)), "  ".join(foot))

    def _said(self, exhibit: Exhibit, section: Section) -> Iterator[str]:
        """Yield the notes of a chart: what it says, and its figures."""
        yield from (*(exhibit.sentences or section.sentences), "")
        for table in exhibit.tables:
            yield from (*table.lines(), "")
        yield self._words.t("reports.method")

    def _table(self, slide: Any, table: Table, box: Box) -> Any:
        """Lay out a table where the figures of a row do not share a scale."""
        rows = (table.heads, *table.rows)[:MOST_ROWS]
        shape = slide.shapes.add_table(len(rows), len(rows[0]), *box)
        longest = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
        for column, signs in zip(shape.table.columns, longest, strict=True):
            column.width = box[2] * signs // sum(longest)
        for number, row in enumerate(rows):
            shape.table.rows[number].height = box[3] // len(rows)
            for place, text in enumerate(row):
                cell = shape.table.cell(number, place)
                cell.text = text
                cell.margin_top = cell.margin_bottom = 0
                cell.text_frame.paragraphs[0].font.size = Pt(12 if len(rows) < 14 else 11)
        return shape

    def _quotes(self, section: Section, quotes: Quotes) -> None:
        texts = [text for text in quotes.texts if len(text) <= LONGEST_QUOTE][:MOST_QUOTES] or quotes.texts[:1]
        title = f"{section.title}. {quotes.question}"
        first, *rest = self._deck.points(title, texts)
        foot = self._words.t("reports.more_quotes") if len(texts) < len(quotes.texts) else ""
        self._finish(first, quotes.texts, foot)
        for slide in rest:
            self._finish(slide, quotes.texts)

    def _finish(self, slide: Any, notes: Sequence[str], foot: str = "") -> None:
        text = "  ".join(filter(None, (self._mark, foot)))
        if text:
            self._deck.foot(slide, text)
        if notes:
            self._deck.notes(slide, notes)


def drawn(section: Section) -> Iterator[Exhibit]:
    """Yield what has a drawing; the favourable shares stand already in the charts of how the answers spread."""
    forms = {exhibit.form for exhibit in section.exhibits if exhibit.kind == "distribution"}
    for exhibit in section.exhibits:
        repeated = exhibit.kind == "favourable" and exhibit.form in forms
        if exhibit.kind != TABLE and not repeated:
            yield exhibit
