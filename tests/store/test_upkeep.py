"""Looking after what is stored: backups that come back whole or not at all, and deleting that leaves no trace."""

import datetime
import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from evaluation.records import Remembered
from evaluation.store import Selection, Store, StoreError, open_store, unpack
from evaluation.store.schema import VERSION, metadata
from tests.postgres import DUCKDB, POSTGRESQL

CODE = "QZX-77"
DAY = datetime.date(2018, 5, 3)
ALL = Selection()


@pytest.fixture
def filled(kept, draft) -> Store:
    """Give a store that stays: a start form and an end form of CODE, one of them replaced since, and others'."""
    store = open_store(kept.url)
    store.accept(
        draft(
            {"participant": CODE, "answers": {"state_mood": 2}, "texts": {"wish": "Lisää retkiä"}},
            {"participant": "A1", "answers": {"state_mood": 4}, "texts": {"wish": f"Kuin {CODE}, ei QZX-778"}},
            file=f"{CODE}_alku.xlsx",
        )
    )
    store.accept(draft({"participant": CODE, "answers": {"benefit": 5}, "marks": {1: 1}, "timing": "end"}))
    again = draft({"participant": CODE, "answers": {"state_mood": 3}}, file="korjattu.xlsx")
    store.accept(again, {("Taul1", 2)})
    return store


def stored(store: Store) -> Mapping[str, pd.DataFrame]:
    """Return all rows, in an order of their own: a database may give them in any."""
    frames = unpack(store.backup(DAY)).frames
    return {name: frame.sort_values(list(frame), ignore_index=True) for name, frame in frames.items()}


def places(frames: Mapping[str, pd.DataFrame], text: str) -> set[str]:
    """Return the tables and columns in which ``text`` stands."""
    return {
        f"{name}.{column}"
        for name, frame in frames.items()
        for column in frame
        if frame[column].astype(str).str.contains(text, regex=False).any()
    }


def altered(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a backup of which ``change`` has changed the members."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return target.getvalue()


def manifest_with(content: bytes, **said: object) -> bytes:
    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | said).encode()

    return altered(content, change)


def refusal(content: bytes) -> str:
    with pytest.raises(StoreError) as refused:
        unpack(content)
    return refused.value.key


def test_a_backup_brings_back_everything_that_was_stored_in_place_of_what_came_since(filled: Store, draft) -> None:
    filled.remember("key", Remembered({"mieliala": "state_mood"}, {("state_mood", "ok"): 3}))
    before, saved = stored(filled), filled.backup(DAY)
    filled.accept(draft({"participant": "B9", "answers": {"state_mood": 1}}, file="uusi.xlsx"))
    version = filled.data_version()
    backup = unpack(saved)
    assert (backup.made_on, backup.forms, backup.imports) == (DAY, 4, 3)
    filled.restore(backup)
    assert filled.data_version() != version
    assert filled.remembered(["key"])["key"].columns == {"mieliala": "state_mood"}
    after = stored(filled)
    assert after.keys() == {table.name for table in metadata.sorted_tables} - {"state"}
    for name, frame in before.items():
        pd.testing.assert_frame_equal(after[name], frame)


def test_a_backup_restored_on_another_computer_takes_new_imports_and_undoes_old_ones(filled, store, draft) -> None:
    store.restore(unpack(filled.backup(DAY)))
    receipt = store.accept(draft({"participant": "B9", "answers": {"state_mood": 1}}, file="uusi.xlsx"))
    assert receipt.import_id == 4
    assert store.undo(3) == 1
    assert sorted(store.answer_counts(ALL)["value"]) == [1, 2, 4, 5], "the form that was replaced counts again"


def test_an_empty_database_can_be_saved_and_restored(store: Store) -> None:
    store.restore(unpack(store.backup(DAY)))
    assert store.imports() == ()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", "Hyvä ryhmä, kiitos!".encode()])
def test_a_file_of_another_kind_is_no_backup(content: bytes) -> None:
    assert refusal(content) == "store.backup_foreign"


def test_a_zip_that_others_made_is_no_backup(store: Store) -> None:
    content = store.backup(DAY)
    assert refusal(altered(content, lambda members: members.pop("manifest.json"))) == "store.backup_foreign"
    assert refusal(manifest_with(content, format="something else")) == "store.backup_foreign"
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", "0" * 10_000_000)
    assert refusal(target.getvalue()) == "store.backup_foreign"


def test_a_backup_of_a_later_version_is_refused_by_name(store: Store) -> None:
    assert refusal(manifest_with(store.backup(DAY), schema_version=VERSION + 1)) == "store.backup_newer"


def test_a_backup_that_was_cut_short_or_altered_is_refused(filled: Store) -> None:
    content = filled.backup(DAY)
    assert refusal(content[: len(content) // 2]) == "store.backup_foreign"
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 255
    broken = (
        bytes(flipped),
        altered(content, lambda members: members.pop("answers.parquet")),
        altered(content, lambda members: members.update({"answers.parquet": members["attendances.parquet"]})),
        manifest_with(content, tables={}),
        manifest_with(content, made_on="yesterday"),
        manifest_with(content, schema_version=0),
    )
    assert {refusal(each) for each in broken} == {"store.backup_broken"}


def _told(name: str, table: pa.Table) -> Callable[[dict[str, bytes]], None]:
    """Return a change of one table that the manifest agrees with."""

    def change(members: dict[str, bytes]) -> None:
        import hashlib

        target = io.BytesIO()
        pq.write_table(table, target)
        members[f"{name}.parquet"] = target.getvalue()
        manifest = json.loads(members["manifest.json"])
        manifest["tables"][name] = {
            "rows": table.num_rows,
            "sha256": hashlib.sha256(target.getvalue()).hexdigest(),
        }
        members["manifest.json"] = json.dumps(manifest).encode()

    return change


def test_a_backup_whose_rows_the_database_would_refuse_is_refused_before_anything_is_replaced(filled: Store) -> None:
    content = filled.backup(DAY)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        imports = pq.read_table(io.BytesIO(archive.read("imports.parquet")))
    twice = pa.concat_tables([imports, imports])
    nameless = imports.set_column(1, "file", pa.array([None] * len(imports), pa.string()))
    for rows in (twice, nameless, imports.drop_columns(["file"])):
        assert refusal(altered(content, _told("imports", rows))) == "store.backup_broken"


def test_names_inside_a_backup_lead_nowhere(filled: Store, tmp_path: Path) -> None:
    content = altered(filled.backup(DAY), lambda members: members.update({"../evil.parquet": b"x"}))
    before = sorted(tmp_path.parent.rglob("*"))
    filled.restore(unpack(content))
    assert sorted(tmp_path.parent.rglob("*")) == before


def test_a_backup_of_the_first_version_is_brought_up_to_date(filled: Store) -> None:
    content = filled.backup(DAY)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = ("imports", "responses", "answers", "open_answers", "attendances")
        tables = {name: pq.read_table(io.BytesIO(archive.read(f"{name}.parquet"))) for name in parts}
    imports = tables["imports"].drop_columns(["set_aside", "actor"])
    imports = imports.append_column("synthetic", pa.array([False] * len(imports)))
    old = altered(content, _told("imports", imports))
    newer = ["contents", "tool_key", "source_key", "counted", "superseded_by", "superseded_as", "superseded_key"]
    old = altered(old, _told("responses", tables["responses"].drop_columns(newer)))
    later = ("carried_from", "reading_digest", "publishable")
    for name in parts[2:]:
        columns = [column for column in tables[name].column_names if column in later]
        old = altered(old, _told(name, tables[name].drop_columns(columns)))

    def without_later_tables(members: dict[str, bytes]) -> None:
        manifest = json.loads(members["manifest.json"])
        for name in ("mappings", "different_people", "definitions", "publication_units"):
            del manifest["tables"][name], members[f"{name}.parquet"]
        members["manifest.json"] = json.dumps(manifest | {"schema_version": 1}).encode()

    filled.restore(unpack(altered(old, without_later_tables)))
    assert sorted(filled.answer_counts(ALL)["value"]) == [2, 3, 4, 5]


def test_what_stands_under_a_code_is_told_without_answers(filled: Store) -> None:
    use = filled.use_of(f"  {CODE} ")
    assert (use.code, use.forms, use.near) == (CODE, 3, ())
    assert [(place.practice, place.questionnaire, place.forms) for place in use.places] == [
        ("sisu", "client_end", 1),
        ("sisu", "client_start", 2),
    ]


def test_a_code_that_is_nearly_the_same_is_told_beside_it(filled: Store) -> None:
    use = filled.use_of("qzx77")
    assert (use.forms, use.near) == (0, (CODE,))
    assert filled.use_of("").near == ()


def test_a_forgotten_code_stands_nowhere_and_leaves_no_bytes_in_the_file(filled: Store, kept) -> None:
    assert places(stored(filled), CODE) == {"responses.participant", "open_answers.text", "imports.file"}
    assert kept.traces(CODE) > 0, "a search for bytes finds what is there"
    version = filled.data_version()
    assert filled.forget(CODE) == 3
    assert places(stored(filled), CODE) == {"open_answers.text"}, "only the other code that begins with it"
    assert filled.data_version() != version
    assert kept.traces(f"{CODE}_") + kept.traces(f"Kuin {CODE},") == 0
    frames = stored(filled)
    assert frames["open_answers"]["text"].tolist() == ["Kuin […], ei QZX-778"]
    assert sorted(frames["imports"]["file"]) == ["[…]_alku.xlsx", "alku.xlsx", "korjattu.xlsx"]
    assert [len(frames[name]) for name in ("responses", "answers", "attendances")] == [1, 1, 0]
    assert filled.use_of(CODE).forms == 0


@pytest.mark.parametrize("kind", [POSTGRESQL])
def test_a_server_keeps_no_sample_of_codes_and_texts_beside_its_tables(filled: Store, kept) -> None:
    with create_engine(kept.url, poolclass=NullPool).begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    filled.forget(CODE)
    assert kept.traces(f"{CODE}_") + kept.traces(f"Kuin {CODE},") == 0


def test_a_code_is_forgotten_only_in_the_runs_that_are_chosen(filled: Store, draft) -> None:
    other = {"participant": CODE, "answers": {"state_mood": 1}, "texts": {"wish": CODE}, "cohort": "Syksy 2018"}
    filled.accept(draft(other, file="syksy.xlsx"))
    assert filled.forget(CODE, [("sisu", "Lempäälä", "Syksy 2018")]) == 1
    assert [place.cohort for place in filled.use_of(CODE).places] == ["Kevät 2018"] * 2
    assert f"{CODE}_alku.xlsx" in set(stored(filled)["imports"]["file"]), "the code is still that of somebody"
    assert filled.forget(CODE, []) == 0
    assert filled.use_of(CODE).forms == 3


def test_a_code_that_is_a_mere_number_takes_no_words_of_others(filled: Store, draft) -> None:
    forms = {"participant": "7", "texts": {"wish": "a"}}, {"participant": "B", "texts": {"wish": "7 retkeä"}}
    filled.accept(draft(*forms, file="7.xlsx"))
    assert filled.forget("7") == 1
    frames = stored(filled)
    assert "7 retkeä" in set(frames["open_answers"]["text"])
    assert "7.xlsx" in set(frames["imports"]["file"])


def test_everything_deleted_leaves_an_empty_database_and_no_bytes(filled: Store, kept, draft) -> None:
    filled.delete_everything()
    assert (filled.facts().forms, filled.facts().imports) == (0, 0)
    assert kept.traces(CODE) == 0
    assert not list(kept.folder.glob("*.new")), "nothing is left beside the file"
    assert filled.accept(draft({"participant": "A1", "answers": {"state_mood": 1}})).import_id == 1


@pytest.mark.parametrize("kind", [DUCKDB])
def test_a_file_in_use_elsewhere_is_left_as_it_is(filled: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from evaluation.store import engine

    monkeypatch.setattr(engine, "LOCK_PAUSE", 0)
    with engine.transaction(filled._engine), pytest.raises(StoreError) as refused:
        filled.delete_everything()
    assert refused.value.key == "store.busy"
    assert filled.facts().forms == 4
