"""The sample data agrees with what is told of the practices, covers all of them, and says that it is synthetic."""

import hashlib
import io
import pickle
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.definitions import Library
from evaluation.definitions.columns import MANIFEST_SHEET
from evaluation.i18n import Translator, languages
from evaluation.intake import read_draft
from evaluation.measures import Evidence
from evaluation.samples import (
    PACKED,
    fill_with_sample,
    is_missing,
    is_ready,
    lies_apart,
    pack_workbooks,
    sample_url,
)
from evaluation.settings import settings_file
from evaluation.store import OWN, SAMPLE, Selection, Store, StoreError, open_store, unpack

THOROUGH = pytest.mark.thorough
PRESENT = 1
WORKBOOKS = sorted(SAMPLE_DATA.glob("*.xlsx"))


def _shown(evidence: Evidence, table: str, practice: str, measure: str, level: str = "cohort") -> pd.DataFrame:
    return evidence.table(table).where(practice=practice, measure=measure, level=level).with_figures


def _counts(evidence: Evidence, practice: str, measure: str) -> list[int]:
    return [int(count) for count in _shown(evidence, "participation.enrolment", practice, measure)["count"]]


def _sessions(store: Store, practice: str) -> pd.DataFrame:
    marks = store.session_counts(Selection((practice,)))
    return marks[marks["mark"] == PRESENT]


def _present(store: Store, practice: str) -> Sequence[int]:
    return [int(people) for people in _sessions(store, practice)["n"]]


@THOROUGH
def test_every_practice_and_municipality_is_published(library: Library, sample_evidence: Evidence) -> None:
    rows = [row for row in sample_evidence.rows() if not row["suppressed"]]
    assert {row["practice"] for row in rows if row["practice"]} == set(library.practices)
    assert len(library.practices) == 16
    places = {place for practice in library.practices.values() for place in practice.municipalities}
    assert {row["municipality"] for row in rows if row["municipality"]} == places
    assert len(places) == 14


@THOROUGH
def test_every_form_that_asks_for_an_opinion_is_in_the_published_tables(
    library: Library, sample_store: Store, sample_evidence: Evidence
) -> None:
    """Shown or too small to show, but not lost on the way."""
    items = {item.id: item.family for item in library.items.values() if item.scale}
    answers = sample_store.answer_counts(Selection())
    keys = ["practice", "municipality", "questionnaire", "item"]
    tables = {"satisfaction": ("favourable", "recommendation"), "conditions": ("favourable",)}
    for family, names in tables.items():
        of_family = answers[answers["item"].map(items) == family]
        published = pd.concat(
            [sample_evidence.table(f"{family}.{name}").where(level="practice").frame[keys] for name in names]
        )
        assert set(of_family[keys].itertuples(index=False, name=None)) == set(
            published.itertuples(index=False, name=None)
        )


@THOROUGH
def test_twelve_started_in_sisu_and_eight_completed(sample_evidence: Evidence) -> None:
    assert _counts(sample_evidence, "sisu", "registered") == [12]
    assert _counts(sample_evidence, "sisu", "started") == [12]
    assert _counts(sample_evidence, "sisu", "completed") == [8]


@THOROUGH
def test_ten_registered_in_ylojarvi_and_four_to_seven_came_at_a_time(
    sample_store: Store, sample_evidence: Evidence
) -> None:
    assert _counts(sample_evidence, "ylojarvi_group", "registered") == [10]
    present = _present(sample_store, "ylojarvi_group")
    assert (len(present), min(present), max(present)) == (6, 4, 7)


@THOROUGH
def test_two_or_three_came_at_a_time_to_solmut_auki_over_eight_weeks(sample_store: Store) -> None:
    present = _present(sample_store, "solmut_auki")
    assert (len(present), min(present), max(present)) == (16, 2, 3)


@THOROUGH
def test_fyrkkaa_has_four_runs_of_seven_to_twelve_over_five_days(
    sample_store: Store, sample_evidence: Evidence
) -> None:
    registered = _counts(sample_evidence, "fyrkkaa", "registered")
    assert len(registered) == 4
    assert all(7 <= count <= 12 for count in registered)
    assert _sessions(sample_store, "fyrkkaa").groupby("cohort").size().tolist() == [5, 5, 5, 5]


@THOROUGH
def test_about_five_come_to_passeli_and_many_times_that_for_food_aid(sample_evidence: Evidence) -> None:
    table = sample_evidence.table("participation.visits").where(
        practice="passeli", measure="visits_per_opening", level="practice"
    )
    means = {int(row.occasion): row.value for row in table.with_figures.itertuples() if pd.notna(row.occasion)}
    assert means[1] == pytest.approx(5, abs=0.5)
    assert means[2] > 3 * means[1]


@THOROUGH
def test_practices_that_repeat_have_several_runs(library: Library, sample_store: Store) -> None:
    clients = sample_store.people_counts(Selection(roles=("client",)))
    runs = clients.groupby("practice")["cohort"].nunique()
    # The source tells of a single run of Sisu and Ylöjärvi, and of one year of work with families.
    assert set(runs.index[runs < 2]) == {"sisu", "ylojarvi_group", "lape"}


@THOROUGH
def test_some_answers_are_missing_some_unsure_and_some_people_without_code_or_end_form(sample_store: Store) -> None:
    answers = sample_store.answer_counts(Selection(("gruppis",)))
    assert 98 in set(answers["value"])
    people = sample_store.people_counts(Selection(("sisu",)))
    forms = people[people["item"] == ""].groupby("questionnaire")["people"].sum()
    assert forms["client_end"] < forms["client_start"]
    pairs = sample_store.pair_counts(Selection(("sisu",)))
    assert 0 < pairs.groupby("item")["n"].sum().max() < forms["client_end"]


def test_loading_again_adds_nothing(tmp_path: Path) -> None:
    store = open_store(f"duckdb:///{(tmp_path / 'sample.duckdb').as_posix()}")
    shares: list[float] = []
    forms = fill_with_sample(store, shares.append)
    assert shares[0] == 0
    assert shares[-1] == 1
    assert shares == sorted(shares)
    assert is_ready(store)
    assert fill_with_sample(store) == forms == store.facts().forms
    assert store.kind() == SAMPLE


def test_every_packed_file_is_a_workbook_that_is_there_and_every_workbook_is_packed() -> None:
    """By its bytes: who changes a workbook has to pack anew (``python sample_data/make.py``)."""
    packed = unpack((SAMPLE_DATA / PACKED).read_bytes()).frames["imports"]
    marks = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in WORKBOOKS}
    assert dict(zip(packed["file"], packed["sha256"], strict=True)) == marks
    assert (SAMPLE_DATA / PACKED).stat().st_size < 1_000_000


@THOROUGH
def test_what_is_packed_is_what_importing_the_workbooks_gives(library: Library) -> None:
    """Else ``python sample_data/make.py`` has to be run again."""
    packed, imported = (unpack(content) for content in ((SAMPLE_DATA / PACKED).read_bytes(), pack_workbooks(library)))
    assert packed.kind == imported.kind == SAMPLE
    assert packed.frames.keys() == imported.frames.keys()
    for name, frame in imported.frames.items():
        told = packed.frames[name].sort_values(list(frame), ignore_index=True)
        pd.testing.assert_frame_equal(told, frame.sort_values(list(frame), ignore_index=True))


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ("duckdb:////home/worker/evaluation.duckdb", "duckdb:////home/worker/evaluation.sample.duckdb"),
        ("duckdb:////home/worker/a.b/palaute", "duckdb:////home/worker/a.b/palaute.sample.duckdb"),
    ],
)
def test_the_sample_lies_beside_the_file_of_ones_own_answers(own: str, expected: str) -> None:
    assert sample_url(own) == expected
    assert not lies_apart(own)
    assert settings_file(own) != settings_file(expected)


@pytest.mark.parametrize("own", ["postgresql+psycopg://evaluation@db.example/evaluation", "duckdb:///:memory:"])
def test_where_there_is_no_such_file_it_lies_in_a_folder_of_the_process_alone(own: str) -> None:
    url = sample_url(own)
    folder = Path(url.removeprefix("duckdb:///")).parent
    assert lies_apart(own)
    assert url == sample_url(own)
    assert folder.stat().st_mode & 0o077 == 0
    assert is_missing(url)


def test_a_database_of_ones_own_in_the_place_of_the_sample_is_left_alone(tmp_path: Path, library: Library) -> None:
    store = open_store(sample_url(f"duckdb:///{(tmp_path / 'own.duckdb').as_posix()}"))
    path = SAMPLE_DATA / "sisu_asiakkaan_loppukysely.xlsx"
    store.accept(read_draft(path.read_bytes(), path.name, library))
    with pytest.raises(StoreError):
        fill_with_sample(store)
    assert not is_ready(store)
    assert (store.kind(), store.facts().forms) == (OWN, 8)


def test_a_workbook_of_the_sample_says_so_before_it_is_saved_among_own_answers(library: Library) -> None:
    path = SAMPLE_DATA / "sisu_asiakkaan_loppukysely.xlsx"
    draft = read_draft(path.read_bytes(), path.name, library)
    assert [problem.code for problem in draft.problems] == ["sample_workbook"]


@pytest.mark.parametrize("path", WORKBOOKS, ids=lambda path: path.stem)
@THOROUGH
def test_every_workbook_says_that_it_is_synthetic(path: Path) -> None:
    book = load_workbook(path, read_only=True)
    said = {row[0]: row[1] for row in book[MANIFEST_SHEET].iter_rows(max_col=2, values_only=True)}
    assert said["synthetic"] == "yes"
    note = book[Translator("fi")("forms.instructions_sheet")]["A3"].value
    assert all(Translator(language)("common.synthetic") in str(note) for language in languages())


@THOROUGH
def test_the_script_makes_the_same_workbooks_again() -> None:
    """Each cell of each workbook: the file's bytes may differ between versions of the packing library."""
    code = (
        "import sys, runpy, pickle\n"
        "made = runpy.run_path(sys.argv[1], run_name='made')\n"
        "from evaluation.definitions import load_library\n"
        "sys.stdout.buffer.write(pickle.dumps(list(made['workbooks'](load_library()))))\n"
    )
    script = str(SAMPLE_DATA / "make.py")
    done = subprocess.run([sys.executable, "-c", code, script], capture_output=True, check=True)
    made = dict(pickle.loads(done.stdout))  # noqa: S301 - written by the line above
    assert sorted(made) == [path.name for path in WORKBOOKS]
    for path in WORKBOOKS:
        assert _cells(made[path.name]) == _cells(path.read_bytes()), path.name


def _cells(content: bytes) -> dict[str, list[tuple[object, ...]]]:
    book = load_workbook(io.BytesIO(content), read_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
