"""Threads of one process that save at the same time take turns, and each file is saved once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import text

from evaluation.store import StoreBusyError, StoreError, engine, open_store
from tests.postgres import POSTGRESQL


def test_equal_and_different_files_saved_at_once_are_each_saved_once(kept, draft) -> None:
    files = [draft({"participant": code, "answers": {"state_mood": 3}}, file=f"{code}.xlsx") for code in "AABBCD"]
    with ThreadPoolExecutor(len(files)) as pool:
        receipts = list(pool.map(lambda file: open_store(kept.url).accept(file), files))
    assert Counter((receipt.file, receipt.accepted) for receipt in receipts) == {
        **{(f"{code}.xlsx", 1): 1 for code in "ABCD"},
        **{(f"{code}.xlsx", 0): 1 for code in "AB"},
    }
    assert len(open_store(kept.url).imports()) == 4


@pytest.mark.parametrize("kind", [POSTGRESQL])
def test_whoever_waits_too_long_for_a_server_is_told_so(kept, draft, monkeypatch: pytest.MonkeyPatch) -> None:
    store, other = open_store(kept.url), open_store(f"{kept.url}&application_name=other")
    monkeypatch.setattr(engine, "SERVER_PATIENCE", "10ms")
    with engine.transaction(other._engine, writing=True), pytest.raises(StoreBusyError) as refused:
        store.accept(draft({"participant": "A"}))
    assert refused.value.key == "store.server_busy"
    assert store.imports() == ()


@pytest.mark.parametrize("kind", [POSTGRESQL])
def test_a_server_that_goes_away_and_comes_back_is_found_again(kept, draft, cluster) -> None:
    store = open_store(kept.url)

    def interrupted() -> None:
        with engine.transaction(store._engine, writing=True) as connection:
            cluster.control("-m", "immediate", "stop")
            connection.execute(text("SELECT 1"))

    with pytest.raises(StoreError) as refused:
        interrupted()
    assert refused.value.key == "store.server_lost"
    with pytest.raises(StoreError) as refused:
        store.imports()
    assert refused.value.key == "store.server_away"
    cluster.start()
    assert store.accept(draft({"participant": "A"})).import_id == 1
