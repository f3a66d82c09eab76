"""What is written to the log: one line a deed, and of errors their kind and place, never the values they speak of.

What an error says may hold what somebody answered: pandas names the cell that is no number, a database the row that is
there already. So nothing that an error or a warning says is logged, whichever library logs it.
"""

import logging
import sys
import threading
import traceback
import warnings
from pathlib import PurePath
from types import TracebackType
from typing import Any, TextIO

OWN = "evaluation"
LINE = "time=%(asctime)s level=%(levelname)s %(message)s"

_plain_record = logging.getLogRecordFactory()


def set_up() -> None:
    """Write the toolkit's own lines to the error stream, and keep values out of everybody's; once a process."""
    logger = logging.getLogger(OWN)
    if logger.handlers:
        return
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter(LINE, "%Y-%m-%dT%H:%M:%S%z"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False
    keep_values_out()


def keep_values_out() -> None:
    """Keep what errors and warnings say out of the log and the error stream."""
    logging.setLogRecordFactory(_record)
    sys.excepthook = _uncaught
    threading.excepthook = lambda failure: _uncaught(failure.exc_type, failure.exc_value, failure.exc_traceback)
    warnings.showwarning = _warned


def place_of(error: BaseException | None) -> str:
    """Return the kind of an error and where it was raised, of those behind it too; nothing of what it says."""
    places = []
    while error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        lines = " < ".join(f"{_file(frame.filename)}:{frame.lineno}:{frame.name}" for frame in reversed(frames))
        places.append(f"{type(error).__name__} at {lines or 'no place'}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "; after ".join(places)


def _file(name: str) -> str:
    """Return a file of the program by its folder and name: the whole path may hold the name of a user."""
    return "/".join(PurePath(name).parts[-2:])


def _record(*args: Any, **named: Any) -> logging.LogRecord:
    record = _plain_record(*args, **named)
    if record.exc_info:
        # The text is taken as it stands by whatever formats the line.
        record.exc_text, record.exc_info = place_of(record.exc_info[1]), None
    if isinstance(record.msg, BaseException):
        record.msg, record.args = place_of(record.msg), ()
    if isinstance(record.args, tuple):
        record.args = tuple(type(arg).__name__ if isinstance(arg, BaseException) else arg for arg in record.args)
    if record.name in ("asyncio", "concurrent.futures"):
        # What follows the first line are the things that failed, written out.
        record.msg, record.args = record.getMessage().splitlines()[0], ()
    return record


def _uncaught(kind: type[BaseException], error: BaseException | None, _trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    sys.stderr.write(f"uncaught {place_of(error)}\n")


def _warned(
    message: Warning | str,  # noqa: ARG001 - what it says is not to be told
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,  # noqa: ARG001
    line: str | None = None,  # noqa: ARG001
) -> None:
    logging.getLogger(OWN).warning("warning=%s place=%s:%d", category.__name__, _file(filename), lineno)
