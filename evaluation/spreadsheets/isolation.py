"""The parent's side of the child process: hands it a file, watches its time and memory, and kills it when in doubt."""

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import psutil

from evaluation.spreadsheets.limits import CHILD_FILES, CHILD_KEPT_MEMORY, CHILD_MEMORY, MOST_FILE_BYTES, seconds_for
from evaluation.spreadsheets.model import Progress, Unreadable, Workbook
from evaluation.spreadsheets.wire import (
    CONTENT,
    FILE,
    JOB,
    NUMBERS,
    PROGRESS,
    REFUSED,
    REPLY,
    Garbled,
    decode,
    receive,
    send,
)

PACKAGE_HOME = Path(__file__).parents[2]
LOOK_EVERY = 0.02
MOST_CHILDREN = 4
# The child opens hostile files: what the settings hold (addresses of databases) is not for it.
WITHHELD = "EVALUATION_"

# A very hidden sheet names the original: the mark in A1; in B1 to B3 the original's name, its sha256 and the name of
# the summary's sheet.
ORIGIN_SHEET = "_evaluation_origin"
ORIGIN_MARK = "evaluation-notes-1"


class _Child:
    """One child process, which serves one file at a time."""

    def __init__(self) -> None:
        paths = [str(PACKAGE_HOME), *filter(None, [os.environ.get("PYTHONPATH")])]
        settings = {"PYTHONPATH": os.pathsep.join(paths), "OPENBLAS_NUM_THREADS": "1"}
        environment = {name: value for name, value in os.environ.items() if not name.startswith(WITHHELD)} | settings
        self._process = subprocess.Popen(
            [sys.executable, "-m", "evaluation.spreadsheets.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._files = 0
        self._verdict: str | None = None
        self._memory = 0
        self.peak = 0

    @property
    def reusable(self) -> bool:
        """Tell whether the child may serve another file."""
        return self._process.poll() is None and self._files < CHILD_FILES and self._memory < CHILD_KEPT_MEMORY

    def ask(self, job: Mapping[str, object], content: bytes, progress: Progress | None) -> tuple[bytes, bytes]:
        """Return the reply to a job and its attachment.

        Raises Unreadable. A child that stopped, lied, took too much or was left in the middle is dead afterwards.
        """
        self._files += 1
        done = threading.Event()
        watch = threading.Thread(target=self._watch, args=(done, seconds_for(len(content))), daemon=True)
        watch.start()
        try:
            kind, reply, more = self._exchange(job, content, progress)
        except (OSError, EOFError, ValueError, Garbled) as error:
            self.end()
            raise Unreadable(self._verdict or self._last_words()) from error
        except BaseException:
            self.end()
            raise
        finally:
            done.set()
            watch.join()
        if kind == REFUSED:
            self._refused(reply)
        return reply, more

    def _exchange(
        self, job: Mapping[str, object], content: bytes, progress: Progress | None
    ) -> tuple[bytes, bytes, bytes]:
        source, target = self._process.stdout, self._process.stdin
        if source is None or target is None:
            raise EOFError
        send(target, JOB, json.dumps(job).encode())
        send(target, CONTENT, content)
        while True:
            kind, payload = receive(source)
            if kind == PROGRESS:
                if progress is not None:
                    progress(float(payload))
            elif kind == REPLY:
                follows, numbers = receive(source)
                if follows != NUMBERS:
                    raise Garbled
                return kind, payload, numbers
            elif kind in (FILE, REFUSED):
                return kind, payload, b""
            else:
                raise Garbled

    def _refused(self, reply: bytes) -> None:
        try:
            code, values, leaving = json.loads(reply)
            refused = Unreadable(str(code), **values)
        except (ValueError, TypeError) as error:
            self.end()
            raise Unreadable("damaged_workbook") from error
        if leaving:
            self.end()
        raise refused

    def _watch(self, done: threading.Event, seconds: float) -> None:
        """Kill the child when it takes too much memory or time; returns when the file is done."""
        deadline = time.monotonic() + seconds
        with suppress(psutil.Error):
            process = psutil.Process(self._process.pid)
            while not done.wait(LOOK_EVERY):
                self._memory = process.memory_info().rss
                self.peak = max(self.peak, self._memory)
                if self._memory > CHILD_MEMORY:
                    self._verdict = "too_large"
                elif time.monotonic() > deadline:
                    self._verdict = "took_too_long"
                if self._verdict:
                    self._process.kill()
                    return
            self._memory = process.memory_info().rss

    def _last_words(self) -> str:
        """Judge a child that ended by itself: a parser that gets no memory aborts, anything else is a bad file."""
        aborted = (-signal.SIGABRT, -getattr(signal, "SIGKILL", signal.SIGTERM))
        return "too_large" if self._process.returncode in aborted else "damaged_workbook"

    def end(self) -> None:
        """End the child, whatever it does."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        self._process.wait()


_idle: list[_Child] = []
_lock = threading.Lock()
_room = threading.BoundedSemaphore(MOST_CHILDREN)


@contextmanager
def _child() -> Iterator[_Child]:
    """Lend a child for one file: one that is idle or a new one."""
    with _room:
        with _lock:
            child = _idle.pop() if _idle else None
        if child is not None and not child.reusable:
            child.end()
            child = None
        child = child or _Child()
        try:
            yield child
        finally:
            if child.reusable:
                with _lock:
                    _idle.append(child)
            else:
                child.end()


@atexit.register
def _end_all() -> None:
    with _lock:
        while _idle:
            _idle.pop().end()


def read_workbook(content: bytes, file: str = "", progress: Progress | None = None) -> Workbook:
    """Read a file of any spreadsheet kind.

    Args:
        content: the bytes of the file, which are never written anywhere.
        file: its name, by which only a wrong extension is known.
        progress: receives the share that is done, 0 to 1, from the calling thread.

    Parsing happens in a child process with limits on time and memory. Raises Unreadable: empty_file, lock_file,
    not_a_workbook, password_protected, damaged_workbook, unknown_encoding, open_quote, too_large, took_too_long.
    """
    _refuse_at_sight(content)
    with _child() as child:
        head, numbers = child.ask({"task": "read", "file": file}, content, progress)
    try:
        return decode(head, numbers)
    except Garbled as error:
        raise Unreadable("damaged_workbook") from error


def decoded_bytes(content: bytes, most: int) -> int:
    """Return how many bytes the rows of a Parquet file take once they are decoded.

    Raises Unreadable: too_large where that is more than ``most``, damaged_workbook where it is no Parquet file.
    """
    with _child() as child:
        return int(child.ask({"task": "decoded_bytes", "most": most}, content, None)[0])


def write_annotated(content: bytes, job: Mapping[str, object]) -> bytes:
    """Return the annotated file that the child makes of ``content``; raises Unreadable."""
    _refuse_at_sight(content)
    with _child() as child:
        return child.ask({"task": "annotate", **job}, content, None)[0]


def _refuse_at_sight(content: bytes) -> None:
    if not content:
        raise Unreadable("empty_file")
    if len(content) > MOST_FILE_BYTES:
        raise Unreadable("too_large")


@dataclass(frozen=True)
class CellNote:
    """What to say at one cell ("B7") of a sheet."""

    sheet: str
    cell: str
    text: str
    severity: Literal["error", "warning", "notice"]


@dataclass(frozen=True)
class Summary:
    """The sheet that is put in front: its title, the headings of its columns and their rows, all of it text."""

    title: str
    headings: Sequence[str]
    rows: Sequence[Sequence[str]]


def annotate(content: bytes, file: str, notes: Sequence[CellNote], summary: Summary) -> bytes:
    """Return a file as .xlsx with a comment and a fill on each noted cell and a summary in front.

    Args:
        content: the bytes of the file.
        file: its name, which is written into the result.
        notes: what to say; several at one cell are joined, the fill is that of the gravest.
        summary: the sheet in front.

    An .xlsx or .xlsm keeps its formatting and formulas and loses macros and links to other files; any other kind, or
    one too large for that, is rewritten from its cells, with text as text. The result reads like the original apart
    from the two new sheets. Annotating it again replaces the earlier annotation. Raises Unreadable as read_workbook.
    """
    job = {"file": file, "notes": [asdict(note) for note in notes], "summary": asdict(summary)}
    return write_annotated(content, job)
