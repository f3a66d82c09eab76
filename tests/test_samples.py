"""The sample data agrees with what is told of the practices, covers all of them, and says that it is synthetic."""

import io
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from evaluation.definitions import Library
from evaluation.definitions.columns import MANIFEST_SHEET
from evaluation.i18n import Translator, languages
from evaluation.intake import read_draft
from evaluation.measures import Evidence
from evaluation.samples import FOLDER
from evaluation.store import Selection, Store

pytestmark = pytest.mark.thorough

PRESENT = 1
WORKBOOKS = sorted(FOLDER.glob("*.xlsx"))


def _shown(evidence: Evidence, table: str, practice: str, measure: str, level: str = "cohort") -> pd.DataFrame:
    return evidence.table(table).where(practice=practice, measure=measure, level=level).shown


def _counts(evidence: Evidence, practice: str, measure: str) -> list[int]:
    return [int(count) for count in _shown(evidence, "participation.enrolment", practice, measure)["count"]]


def _sessions(store: Store, practice: str) -> pd.DataFrame:
    marks = store.session_counts(Selection((practice,)))
    return marks[marks["mark"] == PRESENT]


def _present(store: Store, practice: str) -> Sequence[int]:
    return [int(people) for people in _sessions(store, practice)["n"]]


def test_every_practice_and_municipality_is_published(library: Library, sample_evidence: Evidence) -> None:
    rows = [row for row in sample_evidence.rows() if not row["suppressed"]]
    assert {row["practice"] for row in rows} == set(library.practices)
    assert len(library.practices) == 16
    assert {row["municipality"] for row in rows if row["municipality"]} == set(library.municipalities)
    assert len(library.municipalities) == 14


def test_every_form_that_asks_for_an_opinion_is_in_the_published_tables(
    library: Library, sample_store: Store, sample_evidence: Evidence
) -> None:
    """Shown or too small to show, but not lost on the way."""
    items = {item.id: item.family for item in library.items.values() if item.scale}
    answers = sample_store.answer_counts(Selection())
    for family in ("satisfaction", "conditions"):
        given = answers[answers["item"].map(items) == family]
        published = sample_evidence.table(f"{family}.favourable").where(level="practice").frame
        keys = ["practice", "municipality", "questionnaire", "item"]
        assert set(given[keys].itertuples(index=False, name=None)) == set(
            published[keys].itertuples(index=False, name=None)
        )


def test_twelve_started_in_sisu_and_eight_completed(sample_evidence: Evidence) -> None:
    assert _counts(sample_evidence, "sisu", "registered") == [12]
    assert _counts(sample_evidence, "sisu", "started") == [12]
    assert _counts(sample_evidence, "sisu", "completed") == [8]


def test_ten_registered_in_ylojarvi_and_four_to_seven_came_at_a_time(
    sample_store: Store, sample_evidence: Evidence
) -> None:
    assert _counts(sample_evidence, "ylojarvi_group", "registered") == [10]
    present = _present(sample_store, "ylojarvi_group")
    assert (len(present), min(present), max(present)) == (6, 4, 7)


def test_two_or_three_came_at_a_time_to_solmut_auki_over_eight_weeks(sample_store: Store) -> None:
    present = _present(sample_store, "solmut_auki")
    assert (len(present), min(present), max(present)) == (16, 2, 3)


def test_fyrkkaa_has_four_runs_of_seven_to_twelve_over_five_days(
    sample_store: Store, sample_evidence: Evidence
) -> None:
    registered = _counts(sample_evidence, "fyrkkaa", "registered")
    assert len(registered) == 4
    assert all(7 <= count <= 12 for count in registered)
    assert _sessions(sample_store, "fyrkkaa").groupby("cohort").size().tolist() == [5, 5, 5, 5]


def test_about_five_come_to_passeli_and_many_times_that_for_food_aid(sample_evidence: Evidence) -> None:
    table = sample_evidence.table("participation.visits").where(
        practice="passeli", measure="visits_per_opening", level="practice"
    )
    means = {int(row.occasion): row.value for row in table.shown.itertuples() if pd.notna(row.occasion)}
    assert means[1] == pytest.approx(5, abs=0.5)
    assert means[2] > 3 * means[1]


def test_practices_that_repeat_have_several_runs(library: Library, sample_store: Store) -> None:
    clients = sample_store.people_counts(Selection(roles=("client",)))
    runs = clients.groupby("practice")["cohort"].nunique()
    # The source tells of a single run of Sisu and Ylöjärvi, and of one year of work with families.
    assert set(runs.index[runs < 2]) == {"sisu", "ylojarvi_group", "lape"}


def test_some_answers_are_missing_some_unsure_and_some_people_without_code_or_end_form(sample_store: Store) -> None:
    answers = sample_store.answer_counts(Selection(("gruppis",)))
    assert 98 in set(answers["value"])
    people = sample_store.people_counts(Selection(("sisu",)))
    forms = people[people["item"] == ""].groupby("questionnaire")["people"].sum()
    assert forms["client_end"] < forms["client_start"]
    pairs = sample_store.pair_counts(Selection(("sisu",)))
    assert 0 < pairs.groupby("item")["n"].sum().max() < forms["client_end"]


def test_loading_again_adds_nothing(sample_store: Store, library: Library) -> None:
    some = WORKBOOKS[::5]
    again = [sample_store.accept(read_draft(path.read_bytes(), path.name, library)) for path in some]
    assert all(receipt.accepted == 0 and receipt.duplicates == receipt.rows for receipt in again)


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
def test_every_workbook_says_that_it_is_synthetic(path: Path) -> None:
    book = load_workbook(path, read_only=True)
    said = {row[0]: row[1] for row in book[MANIFEST_SHEET].iter_rows(max_col=2, values_only=True)}
    assert said["synthetic"] == "yes"
    note = book[Translator("fi")("forms.instructions_sheet")]["A3"].value
    assert all(Translator(language)("common.synthetic") in str(note) for language in languages())


def test_the_script_makes_the_same_workbooks_again() -> None:
    """Each cell of each workbook: the file's bytes may differ between versions of the packing library."""
    code = (
        "import sys, runpy, pickle\n"
        "made = runpy.run_path(sys.argv[1], run_name='made')\n"
        "from evaluation.definitions import load_library\n"
        "sys.stdout.buffer.write(pickle.dumps(list(made['workbooks'](load_library()))))\n"
    )
    script = str(FOLDER / "make.py")
    done = subprocess.run([sys.executable, "-c", code, script], capture_output=True, check=True)
    made = dict(pickle.loads(done.stdout))  # noqa: S301 - written by the line above
    assert sorted(made) == [path.name for path in WORKBOOKS]
    for path in WORKBOOKS:
        assert _cells(made[path.name]) == _cells(path.read_bytes()), path.name


def _cells(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(content), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
