"""A database of an earlier version of the toolkit is brought up to date when it is opened, its answers kept."""

from pathlib import Path

import duckdb
import pytest

from evaluation.records import Remembered
from evaluation.store import Selection, Store, StoreError, open_store

ALL = Selection()
# The tables as version 1 made them, with one import.
VERSION_1 = """
CREATE SEQUENCE import_ids;
CREATE TABLE state (
    id SMALLINT NOT NULL, schema_version INTEGER NOT NULL, data_version VARCHAR(32) NOT NULL, PRIMARY KEY (id));
CREATE TABLE imports (
    import_id BIGINT NOT NULL, file VARCHAR NOT NULL, sha256 VARCHAR(64) NOT NULL, accepted_at TIMESTAMP NOT NULL,
    layout VARCHAR NOT NULL, questionnaires VARCHAR NOT NULL, rows INTEGER NOT NULL, accepted INTEGER NOT NULL,
    rejected INTEGER NOT NULL, duplicates INTEGER NOT NULL, synthetic BOOLEAN NOT NULL,
    PRIMARY KEY (import_id), UNIQUE (sha256));
CREATE TABLE responses (
    import_id BIGINT NOT NULL, response_no INTEGER NOT NULL, practice VARCHAR NOT NULL, municipality VARCHAR NOT NULL,
    cohort VARCHAR NOT NULL, role VARCHAR NOT NULL, questionnaire VARCHAR NOT NULL, version INTEGER NOT NULL,
    timing VARCHAR NOT NULL, participant VARCHAR, answered_on DATE, fingerprint VARCHAR(64) NOT NULL,
    person_key VARCHAR, PRIMARY KEY (import_id, response_no), UNIQUE (fingerprint), UNIQUE (person_key));
CREATE TABLE answers (
    import_id BIGINT NOT NULL, response_no INTEGER NOT NULL, item VARCHAR NOT NULL, value INTEGER NOT NULL);
CREATE TABLE open_answers (
    import_id BIGINT NOT NULL, response_no INTEGER NOT NULL, item VARCHAR NOT NULL, text VARCHAR NOT NULL);
CREATE TABLE attendances (
    import_id BIGINT NOT NULL, response_no INTEGER NOT NULL, session_no INTEGER NOT NULL, held_on DATE,
    mark SMALLINT NOT NULL);
INSERT INTO state VALUES (1, 1, 'first');
INSERT INTO imports VALUES (
    nextval('import_ids'), 'vanha.xlsx', 'sha', '2018-05-03 10:00:00', 'template', 'client_start', 3, 2, 1, 0, false);
INSERT INTO responses VALUES
    (1, 0, 'sisu', 'Lempäälä', 'Kevät 2018', 'client', 'client_start', 1, 'start', 'A1', '2018-01-04', 'f0', 'k0'),
    (1, 1, 'sisu', 'Lempäälä', 'Kevät 2018', 'client', 'client_start', 1, 'start', 'A2', NULL, 'f1', 'k1');
INSERT INTO answers VALUES (1, 0, 'state_mood', 2), (1, 1, 'state_mood', 4);
"""


@pytest.fixture
def old_file(tmp_path: Path) -> Path:
    path = tmp_path / "old.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(VERSION_1)
    return path


def opened(path: Path) -> Store:
    return open_store(f"duckdb:///{path.as_posix()}")


def test_a_file_of_the_first_version_keeps_its_answers_and_takes_new_ones(old_file: Path, draft) -> None:
    store = opened(old_file)
    assert sorted(store.answer_counts(ALL)["value"]) == [2, 4]
    (record,) = store.imports()
    assert (record.file, record.rows, record.accepted, record.rejected) == ("vanha.xlsx", 3, 2, 1)
    assert (record.duplicates, record.set_aside) == (0, 0)
    new = draft({"participant": "B1", "answers": {"state_mood": 5}}, rows=2, set_aside=1)
    assert store.accept(new).import_id == 2
    store.remember("key", Remembered(columns={"nimi": None}))
    again = opened(old_file)
    assert sorted(again.answer_counts(ALL)["value"]) == [2, 4, 5]
    assert again.imports()[0].set_aside == 1
    assert again.remembered(["key"])["key"].columns == {"nimi": None}
    assert again.undo(1) == 2
    assert again.answer_counts(ALL)["value"].tolist() == [5]


def test_an_old_form_can_be_replaced_and_comes_back(old_file: Path, draft) -> None:
    store = opened(old_file)
    other = draft({"participant": "A1", "answers": {"state_mood": 5}})
    same_person = other.responses.assign(person_key="k0")
    chosen = type(other)(**{**other.__dict__, "responses": same_person})
    assert store.accept(chosen, keep=[("Taul1", 2)]).accepted == 1
    assert sorted(store.answer_counts(ALL)["value"]) == [4, 5]
    store.undo(2)
    assert sorted(store.answer_counts(ALL)["value"]) == [2, 4]


def test_a_file_brought_up_to_date_has_the_tables_of_a_new_one(old_file: Path, tmp_path: Path) -> None:
    def shape(path: Path) -> list[tuple[object, ...]]:
        opened(path)
        with duckdb.connect(str(path)) as connection:
            return connection.execute(
                "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
                "WHERE table_schema = 'main' ORDER BY ALL"
            ).fetchall()

    assert shape(old_file) == shape(tmp_path / "new.duckdb")


def test_a_file_of_a_later_version_is_refused(old_file: Path) -> None:
    with duckdb.connect(str(old_file)) as connection:
        connection.execute("UPDATE state SET schema_version = 99")
    with pytest.raises(StoreError) as refused:
        opened(old_file)
    assert refused.value.key == "store.other_version"
    with duckdb.connect(str(old_file)) as connection:
        assert connection.execute("SELECT schema_version FROM state").fetchone() == (99,)
