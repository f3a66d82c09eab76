"""Files and folders that their owner alone can open, whatever a new file may usually be on this machine.

On Windows a file has the rights of its folder, and the folders of a user are that user's alone.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# What a new file or folder of the process must not allow.
OTHERS = 0o077
FOLDER_MODE, FILE_MODE = 0o700, 0o600


@contextmanager
def only_private() -> Iterator[None]:
    """Let whatever this process makes meanwhile be its owner's alone, the files of its libraries too."""
    usual = os.umask(OTHERS)
    try:
        yield
    finally:
        os.umask(usual)


def make_folder(folder: Path) -> None:
    """Make a folder with those above it that are missing; one that is there stays as it is. Raises OSError."""
    for level in (*reversed(folder.parents), folder):
        if not level.exists():
            level.mkdir(mode=FOLDER_MODE, exist_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: where the disk is full, what stood there before stands there still.

    Raises OSError.
    """
    fresh = path.with_name(path.name + ".part")
    try:
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "wb") as target:
            target.write(content)
        fresh.replace(path)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise


def close_to_others(path: Path) -> None:
    """Take the rights of everybody but its owner off a file or folder; leave it where it is somebody else's."""
    if os.name == "nt":
        return
    with suppress(OSError):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & OTHERS:
            path.chmod(mode & ~OTHERS)
