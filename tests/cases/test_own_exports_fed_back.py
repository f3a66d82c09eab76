"""Whatever the toolkit exports is refused when it comes back, by its mark or by its shape: nothing of it is saved."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence

import pytest
from openpyxl import load_workbook

from evaluation.definitions import Library
from evaluation.exhibits import Report, comparison_report, municipality_report, practice_report
from evaluation.exhibits.table_columns import published_table
from evaluation.findings import Words
from evaluation.forms.question_list import question_list
from evaluation.forms.xlsform import xlsform
from evaluation.i18n import Translator
from evaluation.intake import FileSettings, draft_of, open_file
from evaluation.measures import Evidence, Policy, publish, read_open_answers
from evaluation.records import Draft
from evaluation.render.csv_package import data_package
from evaluation.render.figures_workbook import figures_workbook
from evaluation.render.formats import makers
from evaluation.render.workbook import workbook
from evaluation.store import Entry, Selection, Store, as_csv
from tests.conftest import EVERY_LANGUAGE

DAY = datetime.date(2026, 11, 30)
PRACTICES = ("sisu", "gruppis")
GIVEN = (FileSettings(), FileSettings(practice="gruppis", municipality="Huittinen", day=DAY))


@pytest.fixture(scope="module", params=EVERY_LANGUAGE)
def words(request: pytest.FixtureRequest, library: Library) -> Words:
    return Words(library, Translator(request.param))


@pytest.fixture(scope="module")
def reports(sample_store: Store, sample_evidence: Evidence, library: Library, words: Words) -> Sequence[Report]:
    voices = read_open_answers(sample_store, library, Selection(), Policy())
    practices = [
        practice_report(sample_evidence, voices, library, practice, words, DAY, True) for practice in PRACTICES
    ]
    # The sheets of the others are of the same kinds in every language.
    if words.t.language != "fi":
        return practices[:1]
    return [
        *practices,
        comparison_report(sample_evidence, library, words, DAY, True),
        municipality_report(sample_evidence, library, "Huittinen", words, DAY, True),
    ]


@pytest.fixture(scope="module")
def workbooks(reports: Sequence[Report], words: Words) -> Mapping[str, bytes]:
    """Give the workbooks of the reports by the names of their files."""
    return {f"{report.subject}.xlsx": workbook(report, words) for report in reports}


@pytest.fixture(scope="module")
def evidence_of_one(sample_store: Store, library: Library) -> Evidence:
    """Give the tables of one practice: as long as a page or a package of one municipality shows them."""
    return publish(sample_store, library, Selection(practices=("sisu",)), Policy())


def unmarked(content: bytes) -> bytes:
    """Return a workbook as it is once its properties are lost."""
    book = load_workbook(io.BytesIO(content))
    for name in list(book.custom_doc_props.names):
        del book.custom_doc_props[name]
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sheets_as_text(content: bytes) -> Iterator[bytes]:
    """Yield each sheet of a workbook as it is once it is saved as CSV."""
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        target = io.StringIO()
        csv.writer(target, delimiter=";").writerows(sheet.iter_rows(values_only=True))
        yield target.getvalue().encode("utf-8-sig")


def given(words: Words) -> Sequence[FileSettings]:
    """Return what is said of a file: what that changes is the same in every language."""
    return GIVEN if words.t.language == "fi" else GIVEN[:1]


def drafts(content: bytes, name: str, words: Words) -> Iterator[Draft]:
    opened = open_file(content, name)
    for settings in given(words):
        yield draft_of(opened, words.library, settings)


def assert_refused(content: bytes, name: str, words: Words) -> None:
    for draft in drafts(content, name, words):
        errors = {problem.code for problem in draft.problems if problem.severity == "error"}
        assert (name, errors) == (name, {"not_answers_report"})
        assert "own_report" in {problem.code for problem in draft.problems}
        assert (draft.rows, draft.questionnaires, draft.layout) == (0, (), "refused")


def test_a_report_is_refused_by_its_mark_and_without_it_sheet_by_sheet(
    workbooks: Mapping[str, bytes], words: Words
) -> None:
    for name, content in workbooks.items():
        assert_refused(content, name, words)
        assert_refused(unmarked(content), name, words)


def test_a_sheet_of_a_report_saved_as_text_is_refused(workbooks: Mapping[str, bytes], words: Words) -> None:
    for book in list(workbooks.values())[:2]:
        for number, content in enumerate(sheets_as_text(book)):
            assert_refused(content, f"{number}.csv", words)


def test_the_other_files_of_a_report_hold_no_answers(reports: Sequence[Report], words: Words) -> None:
    for ending in ("html", "docx", "pptx", "txt"):
        for draft in drafts(makers()[ending](reports[0], words), f"sisu.{ending}", words):
            assert (ending, draft.rows, draft.questionnaires) == (ending, 0, ())


def test_the_tables_of_charts_are_refused_with_and_without_their_mark(evidence_of_one: Evidence, words: Words) -> None:
    for name, published in evidence_of_one.items():
        if published.frame.empty:
            continue
        content = figures_workbook([published], words, "Kuva", ["Aineisto on synteettinen."])
        # The mark is the same in every language.
        if words.t.language == "fi":
            assert_refused(content, f"{name}.xlsx", words)
        assert_refused(unmarked(content), f"{name}.xlsx", words)
        visible = published_table(published, words).to_csv(index=False).encode()
        for draft in drafts(visible, f"{name}.csv", words):
            assert (name, draft.rows, len(draft.responses)) == (name, 0, 0)


def test_every_part_of_the_data_package_is_refused(evidence_of_one: Evidence, words: Words) -> None:
    archive = zipfile.ZipFile(io.BytesIO(content := data_package(evidence_of_one, words, DAY)))
    for part in archive.namelist():
        if part.endswith(".csv"):
            assert_refused(archive.read(part), part, words)
            again = archive.read(part).decode().replace(",", ";").encode("cp1252", "replace")
            assert_refused(again, part, words)
        else:
            assert [draft.rows for draft in drafts(archive.read(part), part, words)] == [0] * len(given(words))
    assert [draft.rows for draft in drafts(content, "package.zip", words)] == [0] * len(given(words))


def test_the_trail_and_lists_of_questions_are_refused(words: Words, library: Library) -> None:
    entry = Entry(1, datetime.datetime(2026, 3, 1, 9, 30), "", "imported", "1", 8)  # noqa: DTZ001
    assert_refused(as_csv([entry]).encode(), "trail.csv", words)
    language = words.t.language
    form, practice = library.questionnaire("client_start"), library.practices["sisu"]
    listed = question_list(library, form, practice, language)
    assert_refused(listed, "questions.xlsx", words)
    for content in (unmarked(listed), xlsform(library, form, practice, language)):
        for draft in drafts(content, "questions.xlsx", words):
            assert (draft.rows, draft.questionnaires) == (0, ())
            assert {problem.code for problem in draft.problems if problem.severity == "error"} <= {
                "not_answers_codebook",
                "not_answers_xlsform",
            }
