"""Own answers and the sample never meet in one database, whatever is done to bring them together."""

import datetime
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from evaluation.definitions import Library
from evaluation.records import Remembered
from evaluation.store import OWN, SAMPLE, Backup, Selection, Store, StoreError, open_store, pack, unpack
from evaluation.store.rollup import check_together, read_export

DAY = datetime.date(2026, 11, 30)
ALL = Selection()
FORM = {"participant": "A1", "answers": {"state_mood": 2}}


@pytest.fixture
def made_up(draft) -> Backup:
    """Give a small sample, packed as the real one is."""
    source = open_store("duckdb:///:memory:")
    source.accept(draft({"participant": "S1", "answers": {"state_mood": 5}}, file="malli.xlsx"))
    return unpack(pack(unpack(source.backup(DAY)).frames, DAY, SAMPLE))


@pytest.fixture
def sample(new_database, made_up: Backup) -> Store:
    """Give the sample's database."""
    store = open_store(new_database())
    store.fill_with_sample(made_up, "mark")
    return store


@pytest.fixture
def own(new_database, draft) -> Store:
    """Give a database of one's own with one form."""
    store = open_store(new_database())
    store.accept(draft(FORM))
    return store


def refused(call: Callable[[], object]) -> str:
    with pytest.raises(StoreError) as told:
        call()
    return told.value.key


def test_a_new_database_is_ones_own_until_it_is_filled_with_the_sample(store: Store, made_up: Backup) -> None:
    assert store.kind() == OWN
    store.fill_with_sample(made_up, "mark")
    assert (store.kind(), store.data_version()) == (SAMPLE, "mark")
    assert [(entry.deed, entry.count) for entry in store.trail()] == [("sample_filled", 1)]


def test_filling_again_adds_nothing(sample: Store, made_up: Backup) -> None:
    sample.fill_with_sample(made_up, "later")
    assert (sample.facts().forms, sample.data_version()) == (1, "later")


def test_nothing_is_brought_into_the_sample(sample: Store, draft) -> None:
    for call in (sample.preview, sample.accept):
        assert refused(lambda call=call: call(draft(FORM))) == "store.sample_takes_nothing"
    assert sample.answer_counts(ALL)["value"].tolist() == [5]


def test_the_sample_is_put_into_no_database_of_ones_own(own: Store, made_up: Backup) -> None:
    assert refused(lambda: own.fill_with_sample(made_up, "mark")) == "store.holds_own"
    assert (own.kind(), own.answer_counts(ALL)["value"].tolist()) == (OWN, [2])


def test_what_is_remembered_is_ones_own_too(store: Store, made_up: Backup) -> None:
    store.remember("k" * 64, Remembered(columns={"nimi": None}))
    assert refused(lambda: store.fill_with_sample(made_up, "mark")) == "store.holds_own"


def test_a_backup_carries_the_mark_and_goes_where_it_belongs(own: Store, sample: Store) -> None:
    of_own, of_sample = unpack(own.backup(DAY)), unpack(sample.backup(DAY))
    assert (of_own.kind, of_sample.kind) == (OWN, SAMPLE)
    assert refused(lambda: own.restore(of_sample)) == "store.sample_into_own"
    assert refused(lambda: sample.restore(of_own)) == "store.own_into_sample"
    own.restore(of_own)
    sample.restore(of_sample)
    assert (own.answer_counts(ALL)["value"].tolist(), sample.answer_counts(ALL)["value"].tolist()) == ([2], [5])
    assert (own.kind(), sample.kind()) == (OWN, SAMPLE)


def test_an_empty_database_of_ones_own_is_not_made_the_samples_by_a_backup(store: Store, sample: Store) -> None:
    assert refused(lambda: store.restore(unpack(sample.backup(DAY)))) == "store.sample_into_own"
    assert store.kind() == OWN


@pytest.mark.parametrize("mark", ["other", 7, None])
def test_a_backup_whose_mark_is_none_of_ours_is_broken(sample: Store, mark: object) -> None:
    content = BytesIO()
    with zipfile.ZipFile(BytesIO(sample.backup(DAY))) as source, zipfile.ZipFile(content, "w") as target:
        for name in source.namelist():
            said = source.read(name)
            if name == "manifest.json":
                said = json.dumps(json.loads(said) | {"kind": mark}).encode()
            target.writestr(name, said)
    assert refused(lambda: unpack(content.getvalue())) == "store.backup_broken"


def test_a_copy_takes_the_mark_along_into_an_empty_database_only(own: Store, sample: Store, new_database) -> None:
    target = open_store(new_database())
    sample.copy_to(target)
    assert target.kind() == SAMPLE
    assert refused(lambda: own.copy_to(target, replace=True)) == "store.own_into_sample"
    assert refused(lambda: sample.copy_to(own, replace=True)) == "store.sample_into_own"
    assert own.answer_counts(ALL)["value"].tolist() == [2]


def test_forgetting_a_code_leaves_the_mark(kept, made_up: Backup) -> None:
    """It writes the file anew."""
    store = open_store(kept.url)
    store.fill_with_sample(made_up, "mark")
    store.forget("S1")
    assert store.kind() == SAMPLE
    assert open_store(kept.url).kind() == SAMPLE


def test_an_emptied_database_is_ones_own(sample: Store, draft) -> None:
    sample.delete_everything()
    assert sample.kind() == OWN
    assert sample.accept(draft(FORM)).accepted == 1


def test_the_database_of_the_sample_is_deleted_and_no_other(kept, made_up: Backup, own: Store) -> None:
    store = open_store(kept.url)
    store.fill_with_sample(made_up, "mark")
    store.remove_sample()
    assert not store.files()
    assert open_store(kept.url).facts().forms == 0
    assert refused(own.remove_sample) == "store.holds_own"
    assert own.facts().forms == 1


def test_what_is_taken_out_says_that_it_is_made_up(own: Store, sample: Store, tmp_path: Path, library: Library) -> None:
    for store, made in ((own, False), (sample, True)):
        rows = pq.read_table(BytesIO(store.pseudonymous_answers())).to_pylist()
        assert {row["synthetic"] for row in rows} == {made}
        folder = tmp_path / store.kind()
        store.export(folder, library, 5, DAY)
        assert read_export(folder).manifest.synthetic is made


def test_exports_of_the_sample_are_counted_with_nobody_elses(
    own: Store, sample: Store, tmp_path: Path, library: Library
) -> None:
    exports = [store.export(tmp_path / store.kind(), library, 5, DAY) for store in (own, sample)]
    assert refused(lambda: check_together(exports, library)) == "store.exports_mixed"
    for alone in exports:
        check_together([alone], library)
