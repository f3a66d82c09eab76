"""The slide file: native charts, the figures in the notes, an organisation's own template, and nobody's name."""

import io
import zipfile

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn
from pptx.util import Inches

from evaluation.exhibits import Exhibit, Report, Section
from evaluation.findings import Words
from evaluation.render.deck import TemplateRefused
from evaluation.render.slides import all_slides as slides
from tests.exhibits.conftest import Make

from .conftest import DAY, MakeReport
from .opened import parts, visible

SOMEBODY = "Maija Meikäläinen"


@pytest.fixture(scope="module")
def content(report: Report, words: Words) -> bytes:
    return slides(report, words)


@pytest.fixture(scope="module")
def template() -> bytes:
    deck = Presentation()
    deck.slide_width, deck.slide_height = Inches(12), Inches(6)
    deck.core_properties.author = deck.core_properties.last_modified_by = SOMEBODY
    deck.slide_layouts[1].name = "Meidän tekstidia"
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = "Mallipohjan vanha dia"
    target = io.BytesIO()
    deck.save(target)
    return target.getvalue()


def _opened(content: bytes):
    return Presentation(io.BytesIO(content))


def _charts(content: bytes) -> dict[str, object]:
    return {
        shape._element.nvGraphicFramePr.cNvPr.get("name"): shape
        for slide in _opened(content).slides
        for shape in slide.shapes
        if shape.has_chart
    }  # fmt: skip


def _texts(slide) -> str:
    return "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_charts_can_be_edited_and_hold_the_published_numbers(content: bytes) -> None:
    (change,) = [shape.chart for title, shape in _charts(content).items() if title == "Muutos"]
    assert [series.values for series in change.plots[0].series] == [(1,), (3,), (6,)]
    assert change.part.chart_workbook.xlsx_part is not None


def test_every_chart_is_described_for_those_who_do_not_see_it(content: bytes, report: Report) -> None:
    shapes = _charts(content)
    assert {"Ilmoittautuneet", "Vastaukset", "Muutos"} <= shapes.keys()
    for title, shape in shapes.items():
        described = shape._element.nvGraphicFramePr.cNvPr.get("descr")
        assert described.startswith(f"{title}. ")
        assert any(sign.isdigit() for sign in described)


def test_speaker_notes_tell_the_numbers_and_how_they_were_computed(content: bytes, words: Words) -> None:
    (notes,) = [slide.notes_slide.notes_text_frame.text for slide in _opened(content).slides
                if "Vastaukset" in _texts(slide)]  # fmt: skip
    assert "8 (80\N{NO-BREAK SPACE}%)" in notes
    assert words.t("reports.method") in notes


def test_a_chart_has_its_finding_as_title_and_its_topic_as_a_smaller_line_above(content: bytes) -> None:
    (slide,) = [slide for slide in _opened(content).slides if "Vastaukset" in _texts(slide)]
    assert slide.shapes.title.text == "Kahdeksan kymmenestä vastasi myönteisesti: Toiminta oli hyödyllistä"
    (topic,) = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text == "Vastaukset"]
    assert topic.top < slide.shapes.title.top
    assert topic.text_frame.paragraphs[0].font.size < slide.shapes.title.text_frame.paragraphs[0].font.size


def test_no_part_of_the_file_has_a_figure_of_a_question_too_few_answered(content: bytes, words: Words) -> None:
    named = words.item("sat_access")
    for name, text in parts("slides", content):
        if "embeddings" in name or "/charts/" in name:
            assert named not in text, name
    assert f"{named}: n Alle 5 ihmistä: ei näytetä" in visible("pptx", content)


def test_a_range_of_people_is_never_told_as_one_share(content: bytes) -> None:
    text = visible("pptx", content)
    assert "12–13" in text
    assert "92 %" not in text


def test_properties_name_nobody_whoever_made_the_template(
    content: bytes, template: bytes, report: Report, words: Words
) -> None:
    for made in (content, slides(report, words, template)):
        properties = _opened(made).core_properties
        assert (properties.author, properties.last_modified_by, properties.title) == ("", "", report.subject)
        assert properties.created.date() == DAY
        assert not [name for name, text in parts("slides", made) if SOMEBODY in text]


def test_a_template_gives_its_layouts_and_its_size_but_not_its_slides(
    template: bytes, report: Report, words: Words
) -> None:
    made = slides(report, words, template)
    deck = _opened(made)
    assert (deck.slide_width, deck.slide_height) == (Inches(12), Inches(6))
    assert "Meidän tekstidia" in {slide.slide_layout.name for slide in deck.slides}
    assert "Mallipohjan vanha dia" not in visible("pptx", made)
    assert deck.slides[0].shapes.title.text == report.subject
    bodies = [shape for slide in deck.slides for shape in slide.placeholders if shape.placeholder_format.idx == 1]
    assert all(body.text_frame.text for body in bodies)


def test_on_a_template_of_unknown_ground_an_interval_is_seen_through_its_bar(
    template: bytes, made_report: MakeReport, exhibits: tuple[Exhibit, ...], words: Words
) -> None:
    shares = made_report(sections=(Section("satisfaction", "Mitä mieltä", (), (exhibits[2],)),))
    for look, seen_through in ((template, True), (None, False)):
        (shape,) = _charts(slides(shares, words, look)).values()
        (series,) = shape.chart.plots[0].series
        assert "errBars" in series._element.xml
        assert ("a:alpha" in series._element.xml) is seen_through


def test_a_template_saved_as_potx_is_used_too(template: bytes, report: Report, words: Words) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(target, "w") as package:
        for name in source.namelist():
            text = source.read(name)
            package.writestr(name, text.replace(b"presentationml.presentation.main", b"presentationml.template.main"))
    assert slides(report, words, target.getvalue()).startswith(b"PK")


@pytest.mark.parametrize("broken", [b"", b"no slides", "half"])
def test_a_broken_template_is_refused(broken: bytes | str, template: bytes, report: Report, words: Words) -> None:
    given = template[: len(template) // 2] if isinstance(broken, str) else broken
    with pytest.raises(TemplateRefused) as refused:
        slides(report, words, given)
    assert refused.value.key == "reports.template_broken"


def _with_part(template: bytes, name: str, content: bytes, times: int = 1) -> bytes:
    """Return the template with another part, listed so many times: each is unpacked anew."""
    target = io.BytesIO(template)
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        package.writestr(name, content)
        package.filelist.extend([package.getinfo(name)] * (times - 1))
    return target.getvalue()


PADDING = b" " * 21 * 1024 * 1024


@pytest.mark.parametrize(
    ("name", "content", "times"),
    [
        ("ppt/slides/slide99.xml", b"<a>" + PADDING, 1),
        ("ppt/media/picture.png", b"\xff\xfe \x00<\x00" + PADDING, 1),
        ("ppt/slides/slide99.bin", PADDING + b"<a/>", 1),
        ("ppt/media/film.mp4", b"film" + PADDING, 10),
        ("ppt/media/picture.png", b"", 2001),
    ],
)
def test_a_template_that_unpacks_to_too_much_is_refused(
    template: bytes, report: Report, words: Words, name: str, content: bytes, times: int
) -> None:
    with pytest.raises(TemplateRefused) as refused:
        slides(report, words, _with_part(template, name, content, times))
    assert refused.value.key == "reports.template_too_large"


def test_a_template_full_of_photographs_is_used(template: bytes, report: Report, words: Words) -> None:
    assert slides(report, words, _with_part(template, "ppt/media/photograph.png", b"\x89PNG" + PADDING))


def test_what_a_slide_has_no_room_for_goes_on_the_next(made_report: MakeReport, words: Words) -> None:
    limits = tuple(f"Rajoitus {number}. " + "Tämän voi päätellä vain varoen. " * 6 for number in range(12))
    report = made_report(sections=(Section("method", "Mitä voi päätellä", limits),))
    deck = _opened(slides(report, words))
    pages = [_texts(slide) for slide in deck.slides if slide.shapes.title.text == "Mitä voi päätellä"]
    assert len(pages) > 1
    assert [text for text in limits if not any(text in page for page in pages)] == []


def test_what_goes_on_is_spread_evenly(made_report: MakeReport, words: Words) -> None:
    points = tuple(f"{number}. {'Väli kertoo, missä osuus luultavasti on. ' * 3}" for number in range(13))
    content = slides(made_report(sections=(Section("method", "Rajat", points),)), words)
    shown = [_texts(slide).count("Väli") // 3 for slide in list(_opened(content).slides)[1:]]
    assert sum(shown) == len(points)
    assert len(shown) > 1
    assert max(shown) - min(shown) <= 1


@pytest.mark.parametrize("runs", [1, 2, 3])
def test_figures_stand_at_a_line_and_at_two_but_not_where_they_would_hide_each_other(
    made_report: MakeReport, make: Make, words: Words, runs: int
) -> None:
    unit = {
        "level": "cohort",
        "measure": "present_in_session",
        "questionnaire": "attendance_register",
        "n": 9,
        "method": "count",
    }
    rows = [
        unit | {"cohort": f"{season} 2018", "session_no": number, "value": number + more, "held_on": None}
        for more, season in enumerate(("Kevät", "Kesä", "Syksy")[:runs])
        for number in (5, 6)
    ]
    exhibit = Exhibit("sessions", "Kerrat", words, make("participation.sessions", rows))
    content = slides(made_report(sections=(Section("reached", "Keitä", (), (exhibit,)),)), words)
    (chart,) = (shape.chart for shape in _charts(content).values())
    places = [[each.get("val") for each in line._element.iter(qn("c:dLblPos"))] for line in chart.plots[0].series]
    assert places == {1: [["t", "t"]], 2: [["b", "b"], ["t", "t"]], 3: [[], [], []]}[runs]


def test_every_slide_of_sample_data_says_so(made_report: MakeReport, words: Words) -> None:
    mark = words.t("common.synthetic")
    assert all(mark in _texts(slide) for slide in _opened(slides(made_report(synthetic=True), words)).slides)
    assert not any(mark in _texts(slide) for slide in _opened(slides(made_report(), words)).slides)


def test_texts_are_marked_with_their_language(content: bytes) -> None:
    spoken = [text for name, text in parts("slides", content) if "slides/slide" in name and name.endswith(".xml")]
    assert all('lang="fi-FI"' in text for text in spoken)
