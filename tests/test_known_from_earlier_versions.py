"""What a database of an earlier version holds is known again: the same files add nothing, newer ones are asked."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from evaluation.definitions import Library
from evaluation.intake import FileSettings
from evaluation.store import open_store
from tests.desk import CASES, DIARY, GRUPPIS, PASSELI, REGISTER, SISU, SOLMUT, Desk, kinds

VERSION_3 = Path(__file__).parent / "store" / "fixtures" / "version_3.sql"


@pytest.fixture
def old(tmp_path: Path, library: Library) -> Desk:
    url = f"duckdb:///{(tmp_path / 'old.duckdb').as_posix()}"
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.exec_driver_sql(VERSION_3.read_text(encoding="utf-8"))
    return Desk(open_store(url), library)


def test_what_an_earlier_version_stored_is_not_stored_again(old: Desk) -> None:
    for file, given in (
        ("import/03b_1_kobo.xlsx", SISU),
        ("import/03d_1_diary.xlsx", DIARY),
        ("import/forms_export.xlsx", PASSELI),
        ("import/forms_export_saved_as_csv.csv", PASSELI),
        ("import/15_1_half.xlsx", SISU),
        ("import/15c_1_register_week4.xlsx", REGISTER),
        ("import/03a_1_anonymous.xlsx", GRUPPIS),
        ("security/nocode_nodate.csv", SOLMUT),
    ):
        receipt = old.drop(CASES / file, given)
        assert (file, receipt.accepted, receipt.rejected, receipt.questions) == (file, 0, 0, ())
    assert old.forms() == 33


@pytest.mark.parametrize(
    ("file", "given", "saved", "asked"),
    [
        ("import/03b_2_kobo_edited_new_uuid.xlsx", SISU, 0, ["same_papers"]),
        ("import/03d_2_diary_corrected_and_grown.xlsx", DIARY, 1, ["contradicting_forms"]),
        ("import/15_2_same_with_a_column_more.xlsx", SISU, 5, ["contradicting_forms"]),
        ("import/15c_2_register_week5.xlsx", REGISTER, 5, []),
        ("import/forms_export.xlsx", replace(PASSELI, cohort="Syksy 2026"), 0, ["file_again"]),
        ("security/nocode_nodate.csv", replace(SOLMUT, columns={"fiilis": "sat_group"}), 3, []),
        ("security/nocode_nodate.csv", replace(SOLMUT, cohort="Syksy 2026"), 0, ["file_again"]),
    ],
)
def test_newer_files_meet_what_an_earlier_version_stored(
    old: Desk, file: str, given: FileSettings, saved: int, asked: list[str]
) -> None:
    receipt = old.drop(CASES / file, given)
    assert (receipt.accepted, kinds(receipt)) == (saved, asked)
    assert old.forms() <= 34, "one new participant or day at most"
