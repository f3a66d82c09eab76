"""A slide file in the making: the toolkit's look, or an organisation's template with its layouts and its theme."""

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from evaluation.exhibits.colours import INK, MAIN, QUIET
from evaluation.render.office_theme import with_own_colours
from evaluation.render.slide_template import TemplateRefused, opened

Box = tuple[int, int, int, int]
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
BODIES = (PP_PLACEHOLDER.BODY, PP_PLACEHOLDER.OBJECT, PP_PLACEHOLDER.SUBTITLE)
BODY, SMALL, FOOT, LARGEST_TITLE = 18, 14, 11, 44
# How much of the room for points is filled: letters of another font may be wider.
FILLED = 0.86
LANGUAGES = {"fi": "fi-FI", "sv": "sv-FI", "en": "en-GB"}
# Names and companies of whoever made the template.
PERSONAL = (
    "/core-properties",
    "/extended-properties",
    "/custom-properties",
    "/commentAuthors",
    "/authors",
    "/thumbnail",
)


@dataclass(frozen=True)
class Line:
    """A line of text in a box: its size, in the toolkit's look its colour, and whether it is to be seen first."""

    text: str
    size: int
    colour: str = INK
    bold: bool = False


class Deck:
    """Slides one after the other, with titles; texts and charts stand where the layouts have room for them."""

    def __init__(self, language: str, template: bytes | None = None) -> None:
        """Begin with the toolkit's look, or with ``template``; raise TemplateRefused when it cannot be used."""
        self.own_look = template is None
        self._language = LANGUAGES[language]
        self._deck = _empty_deck() if template is None else opened(template)
        self.width, self.height = int(self._deck.slide_width), int(self._deck.slide_height)
        layouts = list(self._deck.slide_layouts)
        titled = [layout for layout in layouts if _holders(layout, TITLES)]
        if not titled:
            raise TemplateRefused("reports.template_no_title")
        self._text = next((layout for layout in titled if _one_body(layout)), titled[0])
        self._cover = next((layout for layout in titled if _cover(layout)), self._text)
        self._plain = next((layout for layout in titled if not _holders(layout, BODIES)), self._text)

    @property
    def box(self) -> Box:
        """The room below the title: that of the layout's body, or what the margins leave."""
        bodies = _holders(self._text, BODIES)
        if bodies and bodies[0].width:
            body = bodies[0]
            return int(body.left), int(body.top), int(body.width), int(body.height)
        side, top = self.width // 20, self.height // 4
        return side, top, self.width - 2 * side, self.height - top - self.height // 10

    def cover(self, title: str, lines: Sequence[str]) -> Any:
        """Add the first slide."""
        slide = self._slide(self._cover, title)
        bodies = _holders(slide, BODIES)
        if bodies:
            self._fill(bodies[0], lines, BODY + 2)
        else:
            self.write(slide, [Line(text, BODY + 2) for text in lines], self.box)
        return slide

    def points(self, title: str, points: Sequence[str], size: int = BODY) -> list[Any]:
        """Add as many slides as the points need; return them."""
        left, top, width, height = self.box
        slides = []
        for few in _pages(points, width, height, size):
            slide = self._slide(self._text, title)
            bodies = _holders(slide, BODIES)
            if bodies:
                self._fill(bodies[0], few, size)
            else:
                self.write(slide, [Line(f"•  {text}", size) for text in few], (left, top, width, height))
            slides.append(slide)
        return slides

    def plain(self, title: str, topic: str = "") -> Any:
        """Add a slide that has a title, what it is about as a small line above it, and room."""
        slide = self._slide(self._plain, title)
        if topic:
            self._topic(slide, topic)
        for body in _holders(slide, BODIES):
            body._element.getparent().remove(body._element)
        return slide

    def write(self, slide: Any, lines: Sequence[Line], box: Box) -> None:
        """Write ``lines`` in a separate box."""
        frame = slide.shapes.add_textbox(*(Emu(side) for side in box)).text_frame
        frame.word_wrap = True
        for number, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            _write(paragraph, line.text, line.size)
            paragraph.font.bold = line.bold
            if self.own_look:
                paragraph.font.color.rgb = RGBColor.from_string(line.colour[1:])
            elif line.bold:
                paragraph.font.color.theme_color = MSO_THEME_COLOR.ACCENT_1

    def _topic(self, slide: Any, text: str) -> None:
        """Write what a slide is about right above its title."""
        holder = slide.shapes.title
        high = self.height // 18
        box = (int(holder.left or 0), max(0, int(holder.top or 0) - high), int(holder.width or self.width), high)
        self.write(slide, [Line(text, SMALL, QUIET)], box)

    def foot(self, slide: Any, text: str) -> None:
        """Write a line below everything else."""
        left, _, width, _ = self.box
        high = self.height // 22
        # Its number stands beside it.
        box = (left, self.height - high - self.height // 60, width - self.width // 12, high)
        self.write(slide, [Line(text, FOOT, QUIET)], box)

    def fitting(self, points: Sequence[str], size: int) -> list[str]:
        """Return the first points, as many as one slide has room for."""
        _, _, width, height = self.box
        return _filled(points, _heights(points, width, size), FILLED * height / Pt(1))[0]

    def number(self) -> None:
        """Write its number on every slide but the cover."""
        high = self.height // 22
        for number, slide in enumerate(list(self._deck.slides)[1:], start=2):
            box = (self.width - self.width // 12, self.height - high - self.height // 60, self.width // 20, high)
            self.write(slide, [Line(str(number), FOOT, QUIET)], box)

    def notes(self, slide: Any, lines: Sequence[str]) -> None:
        """Write the speaker's notes."""
        slide.notes_slide.notes_text_frame.text = "\n".join(lines)

    def save(self, title: str, day: date) -> bytes:
        """Return the file; its properties name nobody."""
        for slide in self._deck.slides:
            for part in (slide, slide.notes_slide) if slide.has_notes_slide else (slide,):
                _say_language(part._element, self._language)
        _without_names(self._deck)
        properties = self._deck.core_properties
        properties.title, properties.author, properties.last_modified_by = title, "", ""
        properties.created = properties.modified = datetime.combine(day, time())
        target = io.BytesIO()
        self._deck.save(target)
        return target.getvalue()

    def _slide(self, layout: Any, title: str) -> Any:
        slide = self._deck.slides.add_slide(layout)
        holder = slide.shapes.title
        holder.text_frame.text = title
        size = _title_size(title, int(holder.width or self.width), layout is self._cover)
        paragraph = holder.text_frame.paragraphs[0]
        if self.own_look:
            paragraph.font.size, paragraph.font.bold, paragraph.alignment = Pt(size), True, PP_ALIGN.LEFT
            paragraph.font.color.rgb = RGBColor.from_string(MAIN[1:])
        elif _lines(title, int(holder.width or self.width), LARGEST_TITLE) > 1:
            paragraph.font.size = Pt(size)
        return slide

    def _fill(self, body: Any, lines: Sequence[str], size: int) -> None:
        """Write ``lines`` in a placeholder, which brings its bullets and colours."""
        frame = body.text_frame
        for number, text in enumerate(lines):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            _write(paragraph, text, size)
            if self.own_look:
                paragraph.font.color.rgb = RGBColor.from_string(INK[1:])
                paragraph.alignment = PP_ALIGN.LEFT


def _write(paragraph: Any, text: str, size: int) -> None:
    paragraph.text = text
    paragraph.font.size, paragraph.space_after = Pt(size), Pt(min(size / 2.5, 8))


def _holders(slide: Any, kinds: Sequence[Any]) -> list[Any]:
    return [holder for holder in slide.placeholders if holder.placeholder_format.type in kinds]


def _one_body(layout: Any) -> bool:
    return len(_holders(layout, BODIES)) == 1 and not _cover(layout)


def _cover(layout: Any) -> bool:
    return bool(_holders(layout, (PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.SUBTITLE)))


def _title_size(title: str, width: int, cover: bool) -> int:
    """Return the size at which a title stands on two lines at most."""
    sizes = (40, 34, 28, 24) if cover else (28, 24, 20)
    return next((size for size in sizes if _lines(title, width, size + 3) <= 2), sizes[-1])


def _lines(text: str, width: int, size: float) -> int:
    """Return on how many lines a text stands, by the mean width of a letter."""
    signs = max(10, int(width / Pt(1) / (0.5 * size)))
    return sum(math.ceil(max(1, len(part)) / signs) for part in text.split("\n"))


def _pages(points: Sequence[str], width: int, height: int, size: int) -> list[list[str]]:
    """Return the points slide by slide, about as many on all: one alone on the last would look forgotten."""
    tall = _heights(points, width, size)
    room = FILLED * height / Pt(1)
    fewest = len(_filled(points, tall, room))
    rooms = (room * share / 20 for share in range(1, 21))
    return next(pages for room in rooms if len(pages := _filled(points, tall, room)) == fewest)


def _heights(points: Sequence[str], width: int, size: int) -> list[float]:
    """Return how tall points stand."""
    return [_lines(text, width - Inches(0.6), size) * 1.2 * size + size / 2.5 for text in points]


def _filled(points: Sequence[str], tall: Sequence[float], room: float) -> list[list[str]]:
    """Return as many points per page as there is room for, one at least."""
    pages: list[list[str]] = []
    left = 0.0
    for text, needed in zip(points, tall, strict=True):
        if not pages or needed > left:
            pages.append([])
            left = room
        pages[-1].append(text)
        left -= needed
    return pages


def _empty_deck() -> Any:
    """Return an empty presentation of 16:9 in the toolkit's look."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    theme = deck.slide_master.part.part_related_by(RT.THEME)
    theme._blob = with_own_colours(theme.blob)
    side, inner = Inches(0.7), Inches(11.93)
    for holders, kinds, box in (
        (deck.slide_layouts[0], TITLES, (side, Inches(2.0), inner, Inches(1.6))),
        (deck.slide_layouts[0], BODIES, (side, Inches(3.8), inner, Inches(2.4))),
        (deck.slide_layouts[1], TITLES, (side, Inches(0.4), inner, Inches(1.0))),
        (deck.slide_layouts[1], BODIES, (side, Inches(1.55), inner, Inches(5.0))),
        # What a chart is about stands above its title.
        (deck.slide_layouts[5], TITLES, (side, Inches(0.52), inner, Inches(0.95))),
    ):
        for holder in _holders(holders, kinds):
            holder.left, holder.top, holder.width, holder.height = box
            holder.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE if kinds == TITLES else MSO_ANCHOR.TOP
    return deck


def _without_names(deck: Any) -> None:
    """Take off the file what names people: whoever made the template, and whoever commented on it."""
    for holder in (deck.part, deck.part.package):
        for key, relation in list(holder._rels.items()):
            if relation.reltype.endswith(PERSONAL):
                holder._rels.pop(key)


def _say_language(element: Any, language: str) -> None:
    """Mark every text as of ``language``, for those who have it read aloud and for the spelling checker."""
    for run in element.iter(qn("a:r")):
        run.get_or_add_rPr().set("lang", language)
