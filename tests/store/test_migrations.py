"""A database of an earlier version of the toolkit is brought up to date when it is opened, its answers kept."""

from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from evaluation.definitions import DefinitionDocument
from evaluation.records import Remembered
from evaluation.store import Selection, StoreError, open_store, unpack
from evaluation.store.upkeep.safety_backup import FOLDER

ALL = Selection()
MOMENT = datetime(2026, 1, 1)  # noqa: DTZ001 - as databases keep it
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


# What version 2 made of them.
VERSION_2 = (
    VERSION_1.replace("PRIMARY KEY (import_id), UNIQUE (sha256)", "PRIMARY KEY (import_id)")
    + """
ALTER TABLE imports ADD COLUMN set_aside INTEGER DEFAULT 0 NOT NULL;
ALTER TABLE responses ADD COLUMN counted BOOLEAN DEFAULT FALSE NOT NULL;
ALTER TABLE responses ADD COLUMN superseded_by BIGINT;
ALTER TABLE responses ADD COLUMN superseded_key VARCHAR;
CREATE TABLE mappings (
    header_key VARCHAR(64) NOT NULL, kind VARCHAR NOT NULL, item VARCHAR NOT NULL, source VARCHAR NOT NULL,
    target VARCHAR, saved_at TIMESTAMP NOT NULL, PRIMARY KEY (header_key, kind, item, source));
UPDATE state SET schema_version = 2;
"""
)


# What version 3 held after eight files, some of them without codes, one form of them replaced.
VERSION_3 = (Path(__file__).parent / "fixtures" / "version_3.sql").read_text(encoding="utf-8")
# What version 5 held after three files, one form replaced, a heading explained.
VERSION_5 = (Path(__file__).parent / "fixtures" / "version_5.sql").read_text(encoding="utf-8")


@pytest.fixture(params=[VERSION_1, VERSION_2], ids=["1", "2"])
def old(kept, request, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Give the address of a database of each earlier version; a server's backup goes beside the tests' own files."""
    monkeypatch.setenv(FOLDER, str(tmp_path / "backups"))
    run(kept.url, request.param)
    return kept.url


def run(url: str, statement: str) -> list[tuple[object, ...]]:
    with create_engine(url, poolclass=NullPool).begin() as connection:
        result = connection.exec_driver_sql(statement)
        return [tuple(row) for row in result] if result.returns_rows else []


def test_a_file_of_an_earlier_version_keeps_its_answers_and_takes_new_ones(old: str, draft) -> None:
    store = open_store(old)
    assert sorted(store.answer_counts(ALL)["value"]) == [2, 4]
    (record,) = store.imports()
    assert (record.file, record.rows, record.accepted, record.rejected) == ("vanha.xlsx", 3, 2, 1)
    assert (record.duplicates, record.set_aside, record.actor) == (0, 0, "")
    assert [entry.deed for entry in store.trail()] == ["backup"], "what was done before is not made up"
    new = draft({"participant": "B1", "answers": {"state_mood": 5}}, rows=2, set_aside=1)
    assert store.accept(new).import_id == 2
    store.remember("key", Remembered(columns={"nimi": None}))
    again = open_store(old)
    assert sorted(again.answer_counts(ALL)["value"]) == [2, 4, 5]
    assert again.imports()[0].set_aside == 1
    assert again.remembered(["key"])["key"].columns == {"nimi": None}
    assert again.undo(1) == 2
    assert [entry.deed for entry in again.trail()] == ["undone", "remembered", "imported", "backup"]
    assert again.answer_counts(ALL)["value"].tolist() == [5]


def test_an_old_form_can_be_replaced_and_comes_back(old: str, draft) -> None:
    store = open_store(old)
    other = draft({"participant": "A1", "answers": {"state_mood": 5}})
    same_person = other.responses.assign(person_key="k0")
    chosen = type(other)(**{**other.__dict__, "responses": same_person})
    assert store.accept(chosen, keep=[("Taul1", 2)]).accepted == 1
    assert sorted(store.answer_counts(ALL)["value"]) == [4, 5]
    store.undo(2)
    assert sorted(store.answer_counts(ALL)["value"]) == [2, 4]


def test_a_file_brought_up_to_date_has_the_tables_of_a_new_one(old: str, kept_too) -> None:
    def shape(url: str) -> list[tuple[object, ...]]:
        open_store(url)
        return run(
            url,
            "SELECT table_name, column_name, data_type, is_nullable FROM information_schema.columns "
            "WHERE table_schema IN ('main', 'public') ORDER BY table_name, column_name",
        )

    assert shape(old) == shape(kept_too.url)


def test_a_file_of_a_later_version_is_refused(old: str) -> None:
    run(old, "UPDATE state SET schema_version = 99")
    with pytest.raises(StoreError) as refused:
        open_store(old)
    assert refused.value.key == "store.other_version"
    assert run(old, "SELECT schema_version FROM state") == [(99,)]


def test_what_version_3_held_is_known_by_what_it_says(kept, draft) -> None:
    run(kept.url, VERSION_3)
    store = open_store(kept.url)
    found = run(kept.url, "SELECT count(*), count(contents), count(DISTINCT contents) FROM responses")
    assert found == [(34, 34, 23)], "34 forms, eleven of which say what another does"
    # The form that was replaced knows which one took its place.
    assert run(kept.url, "SELECT superseded_by, superseded_as FROM responses WHERE superseded_by IS NOT NULL") == [
        (8, 0)
    ]
    assert store.undo(8) == 1
    assert run(kept.url, "SELECT count(*) FROM responses WHERE superseded_by IS NOT NULL OR person_key IS NULL") == [
        (5 + 3 + 6 + 6 + 3,)
    ], "only those without a code have no key"


def test_version_5_gets_room_for_definitions_once_it_has_saved_itself(
    kept, kept_too, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path / "backups"))
    run(kept.url, VERSION_5)
    store = open_store(kept.url)
    assert store.trail()[0].deed == "backup"
    assert [entry.deed for entry in store.trail()[1:]] == ["remembered", "imported", "imported", "imported"]
    assert sorted(store.answer_counts(ALL)["value"]) == [3, 4, 5]
    store.save_definitions([DefinitionDocument("scale", "own", 1, "scales: {}", MOMENT)])
    assert [document.id for document in open_store(kept.url).definitions()] == ["own"]
    (saved,) = tmp_path.rglob("*-backup-*.zip")
    again = open_store(kept_too.url)
    again.restore(unpack(saved.read_bytes()))
    assert sorted(again.answer_counts(ALL)["value"]) == [3, 4, 5]
    assert again.definitions() == ()
