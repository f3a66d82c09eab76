"""The process in which untrusted files are opened: takes jobs from a pipe, one at a time, and ends with the pipe."""

import gc
import importlib
import json
import os
import threading
import time
from typing import Any, BinaryIO

from evaluation.spreadsheets.limits import CHILD_ADDRESSES
from evaluation.spreadsheets.model import Unreadable
from evaluation.spreadsheets.wire import FILE, NUMBERS, PROGRESS, REFUSED, REPLY, encode, receive, send

REPORT_EVERY = 0.1


def main() -> None:
    """Serve jobs until the parent closes the pipe."""
    source, target = _open_channels()
    _limit_itself()
    # Millions of cells are no garbage; scanning them again and again would take a tenth of the time.
    gc.disable()
    while True:
        try:
            _, job = receive(source)
            _, content = receive(source)
        except EOFError:
            return
        try:
            _serve(json.loads(job), content, target)
        except Unreadable as refused:
            _refuse(target, refused.code, refused.values)
        except MemoryError:
            _refuse(target, "too_large", {})
        except Exception:  # noqa: BLE001 - whatever a library raises for a hostile file, the parent gets an answer
            _refuse(target, "damaged_workbook", {})
        del job, content
        gc.collect()
        if threading.active_count() > 1:
            # A parser is still at work on a refused file; nothing else can stop it.
            os._exit(0)


def _open_channels() -> tuple[BinaryIO, BinaryIO]:
    """Keep the pipes for frames alone: whatever a library prints goes nowhere."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    os.close(nowhere)
    return source, target


def _limit_itself() -> None:
    """Bound the address space where the system can, and never leave a core dump, which would hold people's answers."""
    try:
        resource = importlib.import_module("resource")
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, CHILD_ADDRESSES), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):
            continue


def _serve(job: dict[str, Any], content: bytes, target: BinaryIO) -> None:
    if job["task"] == "read":
        from evaluation.spreadsheets.reader import read_content

        head, numbers = encode(read_content(content, job["file"], _reporter(target)))
        send(target, REPLY, head)
        send(target, NUMBERS, numbers)
        return
    if job["task"] == "decoded_bytes":
        from evaluation.spreadsheets.parquet_size import decoded_bytes

        send(target, FILE, str(decoded_bytes(content, job["most"])).encode())
        return
    from evaluation.spreadsheets.annotated_workbook import annotated

    send(target, FILE, annotated(content, job["file"], job["notes"], job["summary"]))


def _reporter(target: BinaryIO) -> Any:
    last = time.monotonic()

    def report(share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= REPORT_EVERY:
            last = now
            send(target, PROGRESS, json.dumps(min(max(share, 0.0), 1.0)).encode())

    return report


def _refuse(target: BinaryIO, code: str, values: dict[str, object]) -> None:
    leaving = threading.active_count() > 1
    send(target, REFUSED, json.dumps([code, values, leaving], default=str).encode())


if __name__ == "__main__":
    main()
