"""A practice made on the page, all the way: forms out, filled in, back in, figures, slides, another toolkit."""

import io
import json
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from evaluation.cli import main
from evaluation.dashboard.own_practices.saving_practices import drafts_of
from evaluation.definitions.definition_files import documents_of, files_in, files_of, zip_of
from evaluation.definitions.own_forms import OwnForm, own_forms
from evaluation.definitions.practice_documents import draft_of_type, practice_draft
from evaluation.definitions.question_documents import QuestionDraft
from evaluation.own_definitions import inspection_of, save_documents, save_drafts
from evaluation.store import open_store

AGREE = ("Täysin eri mieltä", "Jokseenkin eri mieltä", "Ei samaa eikä eri mieltä", "Jokseenkin samaa mieltä",
         "Täysin samaa mieltä")  # fmt: skip
WELCOME = QuestionDraft("Tunsin itseni tervetulleeksi.", "scale", "satisfaction", "agreement5")
COMPANY = QuestionDraft("Saitko juttuseuraa?", "scale", "satisfaction", "yes_favourable")
SCORE = QuestionDraft("Kuinka hyvä olo sinulla oli?", "scale", "satisfaction", "score10")
COURAGE = QuestionDraft("Uskallan puhua uusille ihmisille.", "scale", "state", "agreement5")
BETTER = QuestionDraft("Onko arki nyt helpompaa?", "scale", "change", "change5")


def _define(url: str, name: str, kind: str, place: str, *forms: OwnForm) -> str:
    """Define a practice as the page does; return its id."""
    store = open_store(url)
    library = inspection_of(store, None).library
    draft = draft_of_type(library, kind, frozenset(library.questionnaire_ids))
    practice, drafts = drafts_of(replace(draft, name=name, municipalities=(place,)), forms, library, "fi")
    save_drafts(store, None, drafts)
    return practice


def _forms(url: str, practice: str, folder: Path) -> dict[str, bytes]:
    file = folder / f"{practice}.zip"
    assert main(["forms", "--practice", practice, "-o", str(file), "--database", url]) == 0
    with zipfile.ZipFile(file) as archive:
        return {name.rsplit("/", 1)[-1]: archive.read(name) for name in archive.namelist()}


def _filled(content: bytes, rows: Sequence[Sequence[object]], first: int = 4) -> bytes:
    """Fill in an Excel table as a worker does: codes in the first column, answers from ``first`` on."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    for line, (code, *answers) in enumerate(rows, start=2):
        sheet.cell(line, 1, str(code))
        for column, answer in enumerate(answers, start=first):
            sheet.cell(line, column, answer)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _import(url: str, folder: Path, **files: bytes) -> None:
    for name, content in files.items():
        (folder / f"{name}.xlsx").write_bytes(content)
        assert main(["import", str(folder / f"{name}.xlsx"), "--database", url]) == 0


def _measures(url: str, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["measures", "--json", "--database", url]) == 0
    rows: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return rows


def _cafe_rows() -> list[list[object]]:
    answers = [AGREE[4]] * 9 + [AGREE[3]] * 6 + [AGREE[2]] * 3 + [AGREE[1]] * 2
    return [[f"K{n}", answer, "Kyllä" if n % 4 else "Ei", 6 + n % 5] for n, answer in enumerate(answers)]


def _second_version(url: str) -> None:
    store = open_store(url)
    library = inspection_of(store, None).library
    (form,) = own_forms([library.questionnaire("kahvila_kipina_visit")], "fi")
    longer = replace(form, questions=(*form.questions, QuestionDraft("Terveisiä", "text", "satisfaction")))
    drafts = drafts_of(practice_draft(library.practices["kahvila_kipina"], "fi"), (longer,), library, "fi")[1]
    save_drafts(store, None, drafts)


@pytest.mark.thorough
def test_a_practice_made_on_the_page_goes_all_the_way_and_to_another_toolkit_with_the_same_figures(
    clean_environment: str, empty_database: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = clean_environment
    cafe = _define(
        url, "Kahvila Kipinä", "meeting_place", "Akaa", OwnForm("client", "visit", (WELCOME, COMPANY, SCORE))
    )
    group = _define(url, "Voimaryhmä", "group", "Nokia", OwnForm("client", "end", (COURAGE, BETTER)))
    forms = _forms(url, cafe, tmp_path) | _forms(url, group, tmp_path)
    before = [AGREE[1]] * 6 + [AGREE[2]] * 6
    after = [AGREE[3]] * 9 + [AGREE[1]] * 3
    files = {
        "kahvila": _filled(forms["kahvila_kipina_visit.xlsx"], _cafe_rows()),
        "alku": _filled(forms["voimaryhma_start.xlsx"], [[f"V{n}", each] for n, each in enumerate(before)]),
        "loppu": _filled(
            forms["voimaryhma_end.xlsx"], [[f"V{n}", each, "Vähän parempi"] for n, each in enumerate(after)]
        ),
    }
    _import(url, tmp_path, **files)
    # Asked again with one question more: those who were asked before were asked a form of their own.
    _second_version(url)
    rows = _measures(url, capsys)
    totals = [row for row in rows if row["level"] == "practice" and not row["suppressed"]]
    shares = {row["item"]: (row["value"], row["n"]) for row in totals if row["measure"] == "favourable"}
    assert shares["tunsin_itseni_tervetulleeksi"] == (15 / 20, 20)
    assert shares["saitko_juttuseuraa"] == (15 / 20, 20)
    pairs = [row for row in totals if row["measure"] == "paired"]
    assert [(row["item"], row["n"]) for row in pairs] == [("uskallan_puhua_uusille_ihmisille", 12)]

    deck = tmp_path / "kahvila.appendix.pptx"
    assert main(["report", "--practice", cafe, "-o", str(deck), "--database", url]) == 0
    titles = "\n".join(shape.text_frame.text for slide in Presentation(str(deck)).slides for shape in slide.shapes
                       if shape.has_text_frame)  # fmt: skip
    assert "Kahvila Kipinä" in titles
    assert "Tunsin itseni tervetulleeksi" in titles

    other = f"duckdb:///{(tmp_path / 'toinen.duckdb').as_posix()}"
    Path(other.removeprefix("duckdb:///")).write_bytes(empty_database.read_bytes())
    content = zip_of(files_of(open_store(url).definitions()))
    save_documents(open_store(other), None, documents_of(files_in(content, "omat.zip")))
    _import(other, tmp_path, **files)
    assert _measures(other, capsys) == rows
