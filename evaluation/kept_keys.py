"""Random keys in files of their own that nobody but their owner can read, each made once."""

import os
import secrets
from pathlib import Path

from evaluation.private_files import FILE_MODE, make_folder
from evaluation.settings import SettingRefused

BYTES = 32


def kept_key(path: Path) -> bytes:
    """Return the key in the file at ``path``, made when it is first asked for.

    Raises SettingRefused when the file cannot be read or written, or holds no key.
    """
    try:
        make_folder(path.parent)
        # Made by one program only, and never written again.
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE), "w", encoding="ascii") as fresh:
            fresh.write(secrets.token_hex(BYTES))
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingRefused("settings.key_not_written", file=path, reason=error.strerror) from error
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise SettingRefused("settings.key_refused", file=path) from error
    if len(key) != BYTES:
        raise SettingRefused("settings.key_refused", file=path)
    return key
