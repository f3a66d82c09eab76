"""The web page of a report: one file that fetches nothing, readable without its charts."""

import json
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from evaluation.exhibits import Report, Section
from evaluation.findings import Words
from evaluation.render.web_page import web_page

from .conftest import MakeReport
from .opened import visible


class _Tags(HTMLParser):
    """Keeps the tags of a page with their attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def page(report: Report, words: Words) -> str:
    return web_page(report, words)


@pytest.fixture(scope="module")
def tags(page: str) -> list[tuple[str, dict[str, str | None]]]:
    return _Tags(page).found


def _drawings(page: str) -> list[dict[str, object]]:
    (found,) = re.findall(r"const drawings=(\[.*?\]);const template", page, flags=re.DOTALL)
    return json.loads(found)


def test_nothing_is_fetched_from_anywhere(tags: list[tuple[str, dict[str, str | None]]]) -> None:
    addresses = [value for _, attributes in tags for name, value in attributes.items() if name in ("src", "href")]
    assert addresses
    assert all(str(address).startswith("#") for address in addresses)
    assert not [tag for tag, _ in tags if tag in ("link", "img", "iframe", "object", "embed")]


def test_headings_step_down_one_at_a_time_and_the_language_is_said(
    tags: list[tuple[str, dict[str, str | None]]],
) -> None:
    levels = [int(tag[1]) for tag, _ in tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))
    assert ("html", {"lang": "fi"}) in tags


def test_every_chart_is_described_and_has_its_table(tags: list[tuple[str, dict[str, str | None]]], page: str) -> None:
    described = [str(attributes["aria-label"]) for tag, attributes in tags if attributes.get("class") == "chart"]
    assert [text.partition(".")[0] for text in described] == ["Ilmoittautuneet", "Vastaukset", "Myönteiset", "Muutos"]
    assert len(_drawings(page)) == len(described)
    assert page.count("<details>") == len(described)
    assert {attributes.get("scope") for tag, attributes in tags if tag == "th"} == {"col", "row"}


def test_charts_hold_the_published_numbers_and_none_of_those_withheld(page: str, words: Words) -> None:
    drawn = json.dumps(_drawings(page)[2], ensure_ascii=False)
    assert "80\N{NO-BREAK SPACE}%" in drawn
    rows = re.findall(r"<tr>(.*?)</tr>", page)
    (closed, *_) = [row for row in rows if words.item("sat_access") in row]
    assert "Alle 5 ihmistä" in closed
    assert not re.search(r"\d", re.sub(r"Alle 5", "", re.sub(r"<[^>]+>", "", closed)))


def test_what_people_write_is_shown_as_text_and_cannot_end_the_script(
    made_report: MakeReport, words: Words, report: Report
) -> None:
    nasty = "</script><img src=x onerror=alert(1)> & <b>"
    sections = (Section("voices", nasty, (nasty,)), *report.sections)
    page = web_page(made_report(subject=nasty, sections=sections), words)
    assert not [tag for tag, _ in _Tags(page).found if tag in ("img", "b")]
    assert nasty in visible("html", page.encode())


def test_a_report_without_charts_has_no_program_for_them(made_report: MakeReport, words: Words) -> None:
    assert len(web_page(made_report(sections=(Section("method", "Rajat", ("Ei päätellä.",)),)), words)) < 20_000
