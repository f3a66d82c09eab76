"""A backup from elsewhere takes no more memory than an honest one, and one with rows missing is refused."""

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from evaluation.spreadsheets import Unreadable, decoded_bytes
from evaluation.store import StoreError, open_store, unpack
from tests.store.conftest import MakeDraft

DAY = date(2026, 11, 30)
MEGABYTE = 1_000_000
Change = Callable[[pa.Table], pa.Table]


@pytest.fixture(scope="module")
def kept(draft: MakeDraft) -> bytes:
    """Give the backup of two forms, one of them completed by a later import."""
    store = open_store("duckdb:///:memory:")
    texts = {"best": "Retki"}
    first = ({"participant": "A1", "answers": {"state_mood": 2, "state_money": 3}, "texts": texts, "marks": {1: 1}},)
    store.accept(draft(*first, {"participant": "A2", "answers": {"state_mood": 4}}, file="eka.xlsx"))
    store.accept(draft({"participant": "A1", "answers": {"state_home": 5}}, file="toka.xlsx"))
    return store.backup(DAY)


def packed(content: bytes, changes: dict[str, Change]) -> bytes:
    """Return a backup whose tables are changed and whose manifest agrees with that."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(members["manifest.json"])
    for name, change in changes.items():
        table, target = change(pq.read_table(io.BytesIO(members[f"{name}.parquet"]))), io.BytesIO()
        pq.write_table(table, target, store_schema=False)
        members[f"{name}.parquet"] = target.getvalue()
        digest = hashlib.sha256(target.getvalue()).hexdigest()
        manifest["tables"][name] = {"rows": table.num_rows, "sha256": digest}
    members["manifest.json"] = json.dumps(manifest).encode()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return made.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(StoreError) as refused:
        unpack(content)
    return refused.value.key


def without_first(table: pa.Table) -> pa.Table:
    return table.slice(1)


@pytest.mark.parametrize("name", ["imports", "responses", "answers", "open_answers", "attendances"])
def test_a_backup_with_a_row_missing_is_refused_though_its_manifest_agrees(kept: bytes, name: str) -> None:
    assert refusal(packed(kept, {name: without_first})) == "store.backup_broken"


def test_a_form_more_than_its_import_brought_is_refused(kept: bytes) -> None:
    def one_accepted(table: pa.Table) -> pa.Table:
        return table.set_column(table.column_names.index("accepted"), "accepted", pa.array([1, 1], pa.int32()))

    assert refusal(packed(kept, {"imports": one_accepted})) == "store.backup_broken"


def test_what_was_deleted_and_taken_out_for_good_reasons_is_not_missed(draft: MakeDraft) -> None:
    store = open_store("duckdb:///:memory:")
    said = {"answers": {"state_mood": 2}, "texts": {"best": "Kuten QZX-77"}}
    store.accept(draft({"participant": "QZX-77", **said}, {"participant": "B2", **said}, file="eka.xlsx"))
    store.accept(draft({"participant": "B2", "answers": {"state_money": 3}}, file="toka.xlsx"))
    store.forget("QZX-77")
    assert unpack(store.backup(DAY)).forms == 2
    store.undo(1)
    assert unpack(store.backup(DAY)).forms == 1


def repeated(text: str, rows: int) -> Change:
    """Return a change of the open answers into one text that all rows repeat: packed, it is there once."""
    numbers = pa.array([0] * rows, pa.int32())
    return lambda table: pa.table({
        field.name: pa.DictionaryArray.from_arrays(numbers, pa.array([text]))
        if field.name == "text"
        else pa.array([1] * rows, pa.int32()).cast(field.type)
        if pa.types.is_integer(field.type)
        else pa.nulls(rows, field.type)
        for field in table.schema
    })  # fmt: skip


def test_a_small_file_that_would_fill_the_memory_is_refused(kept: bytes) -> None:
    bomb = packed(kept, {"open_answers": repeated("x" * MEGABYTE, 7000)})
    assert len(bomb) < MEGABYTE
    assert refusal(bomb) == "store.backup_too_large"


def test_parts_that_overlap_in_the_file_are_no_backup(kept: bytes) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("manifest.json", zipfile.ZipFile(io.BytesIO(kept)).read("manifest.json"))
        archive.writestr("a.parquet", b"x" * 100_000)
        again = archive.getinfo("a.parquet")
        for number in range(100):
            twin = zipfile.ZipInfo(f"{number}.parquet")
            for name in ("header_offset", "CRC", "compress_size", "file_size", "compress_type"):
                setattr(twin, name, getattr(again, name))
            archive.filelist.append(twin)
            archive.NameToInfo[twin.filename] = twin
    assert refusal(made.getvalue()) == "store.backup_foreign"


def test_the_size_of_rows_is_found_without_this_process_holding_them() -> None:
    target = io.BytesIO()
    pq.write_table(pa.table({"a": pa.array(range(5000), pa.int64())}), target)
    assert decoded_bytes(target.getvalue(), MEGABYTE) >= 40_000
    for content, most, code in ((target.getvalue(), 1000, "too_large"), (b"PAR1", MEGABYTE, "damaged_workbook")):
        with pytest.raises(Unreadable) as refused:
            decoded_bytes(content, most)
        assert refused.value.code == code
