"""The slide file of one practice: what was found, in native charts, and what cannot be concluded."""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches, Length, Pt

from evaluation.charts import Words, table
from evaluation.charts.theme import BAD, INK, MAIN, QUIET
from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.measures import Evidence, Published, records
from evaluation.reports import native
from evaluation.reports.narrative import limits, sentences

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
LEFT, INNER, TITLE_TOP = Inches(0.7), Inches(11.93), Inches(0.45)
TITLE_ONLY_LAYOUT = 5
MOST_POINTS = 8
LONGEST_STACKED_SCALE = 7
MOST_ROWS = 7


def slides(evidence: Evidence, library: Library, practice: str, translator: Translator, synthetic: bool) -> bytes:
    """Return a .pptx of ``practice``: title, findings, a slide a family with a native chart, and the limits.

    Every slide with figures has them as a table in its notes. ``synthetic`` marks every slide as sample data.
    """
    deck = _Deck(Words(library, translator), translator("common.synthetic") if synthetic else "")
    told = sentences(evidence, practice, deck.words)
    deck.cover(library, practice)
    deck.findings(translator("reports.summary_title"), [text for family in told.values() for text in family[:3]])
    for family, tables in told.items():
        charts = _charts(evidence, practice, family, deck.words)
        for title, published, chart in charts:
            deck.chart(title, tables, published, chart)
    deck.findings(translator("reports.limits_title"), limits(evidence, practice, deck.words))
    return deck.save()


Chosen = list[tuple[str, Published, native.NativeChart]]


def _charts(evidence: Evidence, practice: str, family: str, words: Words) -> Chosen:
    """Return the charts of a family, each with its title and its table."""
    if family == "participation":
        return _participation(evidence, practice, words)
    if family == "change":
        return _change(evidence, practice, words)
    return _opinions(evidence, practice, family, words)


def _participation(evidence: Evidence, practice: str, words: Words) -> Chosen:
    enrolled = evidence.table("participation.enrolment").where(practice=practice, level="cohort")
    visits = evidence.table("participation.visits").widest(practice).where(measure="visits_per_opening")
    found: Chosen = []
    if not enrolled.shown.empty:
        found.append((words.t("reports.enrolment_slide"), enrolled, native.enrolment(enrolled, words)))
    if not visits.shown.empty:
        found.append((words.t("reports.visits_slide"), visits, native.openings(visits, words)))
    return found


def _opinions(evidence: Evidence, practice: str, family: str, words: Words) -> Chosen:
    """Return charts for each questionnaire and scale short enough for a stacked bar, few questions on each."""
    answers = evidence.table(f"{family}.distribution").widest(practice)
    rated = evidence.table(f"{family}.favourable").widest(practice)
    found: Chosen = []
    shown = answers.shown
    coarse = frozenset(shown.loc[shown["value_code"].isna(), "item"])
    keys = [(row.questionnaire, words.scale(row.item).id, row.item in coarse) for row in records(shown)]
    for form, scale, in_classes in dict.fromkeys(keys):
        if len(words.library.scales[scale].values) > LONGEST_STACKED_SCALE:
            continue
        own = dict.fromkeys(shown.loc[shown["questionnaire"] == form, "item"])
        items = [item for item in own if words.scale(item).id == scale and (item in coarse) == in_classes]
        heading = _titled(words.t(f"common.family_{family}"), form, words)
        for part_no, few in enumerate(_batched(items, MOST_ROWS), start=1):
            part = answers.where(questionnaire=form, item=few)
            title = f"{heading} ({part_no})" if len(items) > MOST_ROWS else heading
            found.append((title, part, native.distribution(part, rated.where(questionnaire=form), words)))
    return found


def _batched(items: Sequence[str], most: int) -> Iterator[tuple[str, ...]]:
    """Yield ``items`` in groups as even as can be, of at most ``most``."""
    groups = -(-len(items) // most)
    size = -(-len(items) // groups) if groups else 1
    for start in range(0, len(items), size):
        yield tuple(items[start : start + size])


def _titled(heading: str, form: str, words: Words) -> str:
    title = words.t.label(words.library.questionnaire(form).title.root)
    return f"{heading}: {title[:1].lower()}{title[1:]}"


def _change(evidence: Evidence, practice: str, words: Words) -> Chosen:
    paired = evidence.table("change.paired").widest(practice)
    told = evidence.table("change.retrospective").widest(practice)
    found: Chosen = []
    for key, published in (("paired", paired), ("retrospective", told)):
        forms = list(dict.fromkeys(published.shown["questionnaire"]))
        for form in forms:
            part = published.where(questionnaire=form)
            title = (
                _titled(words.t(f"reports.{key}_slide_short"), form, words)
                if len(forms) > 1
                else words.t(f"reports.{key}_slide")
            )
            found.append((title, part, native.change(part, words)))
    return found


class _Deck:
    """A presentation in the making, with one look."""

    def __init__(self, words: Words, mark: str) -> None:
        self.words, self._mark = words, mark
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = WIDTH, HEIGHT

    def save(self) -> bytes:
        target = io.BytesIO()
        self._deck.save(target)
        return target.getvalue()

    def cover(self, library: Library, practice_id: str) -> None:
        practice, t = library.practices[practice_id], self.words.t
        slide = self._slide(self.words.practice(practice_id), top=Inches(2.3), size=44)
        lines = [
            ", ".join(practice.municipalities),
            t("reports.cover_target", target=t.label(practice.target_group.root)),
            t("reports.cover_rhythm", rhythm=t.label(practice.rhythm.root)),
            t("reports.cover_about"),
        ]
        self._text(slide, lines, (LEFT, Inches(3.7), INNER, Inches(2.5)), size=20)

    def findings(self, title: str, points: Sequence[str]) -> None:
        slide = self._slide(title)
        shown = list(points[:MOST_POINTS])
        size = 20 if len(shown) <= 6 else 18
        self._text(slide, [f"•  {text}" for text in shown], (LEFT, Inches(1.7), INNER, Inches(5)), size=size, gap=10)

    def chart(self, title: str, told: Sequence[str], published: Published, chart: native.NativeChart) -> None:
        slide = self._slide(title)
        native.add_chart(slide, chart, (LEFT, Inches(1.5), INNER, Inches(4.9)))
        foot = [self.words.t("reports.no_control")]
        hidden = published.frame["suppressed"].any() or published.frame["omitted"].any()
        if hidden:
            foot.append(self.words.t("reports.left_out", threshold=published.threshold))
        self._text(slide, ["  ".join(foot)], (LEFT, Inches(6.45), INNER, Inches(0.4)), size=12, colour=QUIET)
        notes = table(published, self.words).to_string(index=False)
        slide.notes_slide.notes_text_frame.text = "\n".join([*told, "", notes, "", self.words.t("reports.method")])

    def _slide(self, title: str, top: Length = TITLE_TOP, size: int = 30) -> Any:
        slide = self._deck.slides.add_slide(self._deck.slide_layouts[TITLE_ONLY_LAYOUT])
        holder = slide.shapes.title
        holder.left, holder.top, holder.width, holder.height = LEFT, top, INNER, Inches(1.0)
        frame = holder.text_frame
        frame.text, frame.word_wrap, frame.vertical_anchor = title, True, MSO_ANCHOR.MIDDLE
        paragraph = frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = Pt(size), True
        paragraph.font.color.rgb = RGBColor.from_string(MAIN[1:])
        if self._mark:
            self._text(slide, [self._mark], (LEFT, Inches(6.9), INNER, Inches(0.4)), size=14, colour=BAD, bold=True)
        return slide

    def _text(
        self, slide: Any, lines: Sequence[str], box: tuple[Length, Length, Length, Length], size: int,
        colour: str = INK, gap: int = 4, bold: bool = False,
    ) -> None:  # fmt: skip
        frame = slide.shapes.add_textbox(*box).text_frame
        frame.word_wrap = True
        for index, line in enumerate(lines):
            paragraph = frame.paragraphs[0] if index == 0 else frame.add_paragraph()
            paragraph.text = line
            paragraph.space_after = Pt(gap)
            paragraph.font.size, paragraph.font.bold = Pt(size), bold
            paragraph.font.color.rgb = RGBColor.from_string(colour[1:])
