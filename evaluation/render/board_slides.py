"""The slides for a board: eight at most, each title a finding; every other chart stands in the deck of all charts."""

from collections.abc import Iterator, Sequence

from evaluation.exhibits.colours import INK, MAIN, QUIET
from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.report import Report, Section
from evaluation.findings import Words
from evaluation.findings.answer_card import AnswerLine
from evaluation.render.deck import BODY, SMALL, Box, Deck, Line
from evaluation.render.slides import MOST_POINTS, SlideWriter, all_slides, drawn

MOST_SAID = 4
# The limits come before the methods, which are for the notes.
MOST_LIMITS = 4
FIGURE, FINDING, BESIDE = 36, 20, 12
# Of the charts of a section the first of these kinds that there is: how people answered before what sums it up.
PREFERRED = {
    "reached": ("enrolment", "openings", "sessions"),
    "satisfaction": ("distribution", "long_scale", "recommendation", "favourable"),
    "change": ("change", "balance", "change_bars"),
}


def slides(report: Report, words: Words, template: bytes | None = None) -> bytes:
    """Return the slides for a board of a report that has an answer card; of others those of all charts.

    The arguments are as of ``all_slides``.
    """
    if not report.card:
        return all_slides(report, words, template)
    deck = Deck(report.language, template)
    _BoardWriter(deck, words, report, words.t("common.synthetic") if report.synthetic else "").write()
    return deck.save(report.subject, report.day)


class _BoardWriter(SlideWriter):
    """Writes the slides for a board: cover, card, a chart of each family, voices, what to develop, and limits."""

    def write(self) -> None:
        """Write the slides, each once."""
        self._cover()
        self._answers(self._report.card)
        sections = {section.id: section for section in self._report.sections}
        for name, kinds in PREFERRED.items():
            if name in sections and (chart := _first(sections[name], kinds)) is not None:
                self._exhibit(chart, sections[name])
        if "voices" in sections:
            self._quotes(sections["voices"], sections["voices"].quotes[0])
        if "develop" in sections:
            self._few_points(sections["develop"].title, sections["develop"].sentences)
        if "method" in sections:
            self._few_points(self._words.t("reports.limits_finding"), sections["method"].sentences, most=MOST_LIMITS)
        self._deck.number()

    def _answers(self, card: Sequence[AnswerLine]) -> None:
        """Show the three answers below each other, under the surest of them."""
        slide = self._deck.plain(_lead(card), self._words.t("reports.section_key"))
        left, top, width, height = self._deck.box
        tall = height // len(card)
        for number, line in enumerate(card):
            row = (left, top + number * tall, width, tall)
            for lines, box in zip(self._row(line), _columns(row), strict=True):
                self._deck.write(slide, lines, box)
        said = [text for line in card for text in (line.finding, *line.notes[:1])]
        self._finish(slide, said, self._words.t("card.foot"))

    def _row(self, line: AnswerLine) -> tuple[list[Line], list[Line], list[Line]]:
        family = self._words.t(f"common.family_{line.family}")
        # A count and what it is out of are one figure; a percentage stands alone.
        whole = line.of.startswith("/")
        beside = [
            Line(": ".join(filter(None, (one.name, one.figure, one.verdict))), BESIDE, QUIET) for one in line.beside
        ]
        return (
            [
                Line(family, SMALL, MAIN, bold=True),
                Line(f"{line.figure} {line.of}".strip() if whole else line.figure, FIGURE, INK, bold=True),
                Line(line.label if whole else f"{line.of} {line.label}", SMALL, QUIET),
            ],
            [Line(line.finding, FINDING, INK, bold=True), *(Line(text, SMALL) for text in line.notes[:2])],
            [*(Line(text, SMALL, QUIET) for text in (line.parts_text, line.likely) if text), *beside[:2]],
        )

    def _few_points(self, title: str, points: Sequence[str], most: int = MOST_POINTS) -> None:
        """Write what there is room for on one slide; the rest stands in its notes."""
        if not points:
            return
        for slide in self._deck.points(title, self._deck.fitting(points[:most], BODY), BODY):
            self._finish(slide, points)

    def _said(self, exhibit: Exhibit, section: Section) -> Iterator[str]:
        """Yield what a speaker can say of a chart."""
        yield f"{exhibit.headline}."
        yield from (exhibit.sentences or section.sentences)[:MOST_SAID]


def _first(section: Section, kinds: Sequence[str]) -> Exhibit | None:
    by_kind = {exhibit.kind: exhibit for exhibit in reversed(list(drawn(section))) if not exhibit.empty}
    return next((by_kind[kind] for kind in kinds if kind in by_kind), None)


def _lead(card: Sequence[AnswerLine]) -> str:
    """Return the title: what is surest, and of several the change first."""
    surest = max(reversed(card), key=lambda line: line.sure)
    return surest.finding.rstrip(".")


def _columns(row: Box) -> tuple[Box, Box, Box]:
    left, top, width, height = row
    first, second = width * 24 // 100, width * 42 // 100
    return (
        (left, top, first, height),
        (left + first, top, second, height),
        (left + first + second, top, width - first - second, height),
    )
