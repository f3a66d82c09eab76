"""The child process: many at once, one that dies or hangs, and nothing left behind."""

import os
import signal
import threading
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from evaluation.spreadsheets import Unreadable, isolation, read_workbook, wire

TABLE = b"Tunniste;Arvio\nA1;4\n"


def _children() -> list[psutil.Process]:
    return [psutil.Process(child._process.pid) for child in isolation._idle]


def test_child_is_kept_for_the_next_file() -> None:
    read_workbook(TABLE, "a.csv")
    first = {process.pid for process in _children()}
    read_workbook(TABLE, "a.csv")
    assert {process.pid for process in _children()} == first


def test_many_threads_read_at_once_and_each_gets_its_own_file() -> None:
    def read(number: int) -> object:
        return read_workbook(f"a;b\n{number};x\n".encode(), "a.csv").sheets[0].cell(1, 0)

    with ThreadPoolExecutor(12) as pool:
        assert list(pool.map(read, range(40))) == [str(number) for number in range(40)]
    assert len(isolation._idle) <= isolation.MOST_CHILDREN


def test_killed_child_is_replaced() -> None:
    read_workbook(TABLE, "a.csv")
    for process in _children():
        process.kill()
        process.wait()
    assert read_workbook(TABLE, "a.csv").sheets[0].height == 2


def test_file_that_takes_too_long_is_given_up(monkeypatch) -> None:
    monkeypatch.setattr(isolation, "seconds_for", lambda _: 0.0)
    rows = b"a;b\n" + b"1;2\n" * 2_000_000
    with pytest.raises(Unreadable, match="took_too_long"):
        read_workbook(rows, "a.csv")
    monkeypatch.undo()
    assert read_workbook(TABLE, "a.csv").sheets[0].height == 2


def test_file_that_takes_too_much_memory_is_given_up(monkeypatch) -> None:
    monkeypatch.setattr(isolation, "CHILD_MEMORY", 1)
    with pytest.raises(Unreadable, match="too_large"):
        read_workbook(b"a;b\n" + b"1;2\n" * 2_000_000, "a.csv")


def test_reading_left_in_the_middle_does_not_spoil_the_next_file() -> None:
    def leave(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_workbook(b"a;b\n" + b"1;2\n" * 1_000_000, "a.csv", leave)
    assert read_workbook(TABLE, "a.csv").sheets[0].height == 2


def test_progress_grows_and_is_told_from_the_calling_thread() -> None:
    actual: list[tuple[float, int]] = []
    read_workbook(b"a;b\n" + b"1;2\n" * 1_000_000, "a.csv", lambda share: actual.append((share, threading.get_ident())))
    shares = [share for share, _ in actual]
    assert shares
    assert shares == sorted(shares)
    assert all(0 <= share <= 1 for share in shares)
    assert {thread for _, thread in actual} == {threading.get_ident()}


def test_child_ends_when_its_pipe_closes() -> None:
    child = isolation._Child()
    child.ask({"task": "read", "file": "a.csv"}, TABLE, None)
    child._process.stdin.close()
    assert child._process.wait(timeout=30) == 0
    child.end()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no signals of this kind")
def test_child_that_stops_answering_is_killed(monkeypatch) -> None:
    child = isolation._Child()
    monkeypatch.setattr(isolation, "seconds_for", lambda _: 0.2)
    child._process.send_signal(signal.SIGSTOP)
    with pytest.raises(Unreadable, match="took_too_long"):
        child.ask({"task": "read", "file": "a.csv"}, TABLE, None)
    assert not child.reusable


def test_child_is_told_no_settings(monkeypatch) -> None:
    monkeypatch.setenv("EVALUATION_DATABASE", "postgresql://user:secret@host/db")
    child = isolation._Child()
    environment = psutil.Process(child._process.pid).environ()
    child.end()
    assert "EVALUATION_DATABASE" not in environment


def test_nothing_is_written_while_reading(tmp_path, monkeypatch) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.setenv(name, str(tmp_path))
    child = isolation._Child()
    child.ask({"task": "read", "file": "a.csv"}, TABLE, None)
    child.end()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("head", "numbers"),
    [
        (b"no json", b""),
        (b"[]", b""),
        (b'{"sheets": [], "remarks": [], "format": "csv"}', b""),
        (
            b'{"sheets": [{"name": "a", "hidden": false, "height": 1, "width": 1, "columns": [[0, ["x"]]],'
            b' "marks": [0, 0, 0, 0]}], "remarks": [], "format": "csv", "engine": "csv"}',
            b"\x05\0\0\0",
        ),
        (
            b'{"sheets": [{"name": "a", "hidden": false, "height": 9, "width": 1, "columns": [[0, ["x"]]],'
            b' "marks": [0, 0, 0, 0]}], "remarks": [], "format": "csv", "engine": "csv"}',
            b"\0\0\0\0",
        ),
        (
            b'{"sheets": [{"name": "a", "hidden": false, "height": 99999999999, "width": 1, "columns": [],'
            b' "marks": [0, 0, 0, 0]}], "remarks": [], "format": "csv", "engine": "csv"}',
            b"",
        ),
    ],
)
def test_reply_out_of_shape_is_not_believed(head: bytes, numbers: bytes) -> None:
    with pytest.raises(wire.Garbled):
        wire.decode(head, numbers)
