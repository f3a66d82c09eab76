"""The key by which codes are made of names: a file beside the database, in no backup, copy or export of it."""

import hashlib
import secrets
from functools import cache
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy.engine import make_url

from evaluation.kept_keys import BYTES, kept_key
from evaluation.settings import settings_file


def name_key(database: str) -> bytes:
    """Return the key of the database at that address, made when it is first asked for.

    Raises SettingRefused when its file cannot be read or written, or holds no key.
    """
    path = key_file(database)
    if path is None:
        return _passing(database)
    return kept_key(path)


def key_file(database: str) -> Path | None:
    """Return where the key of a database is kept; None for one that passes with this process.

    That of a server is kept in the data folder of whoever runs the toolkit, by the server and the name of the database.
    """
    beside = settings_file(database)
    if beside is not None:
        return beside.with_name(beside.name.removesuffix(".settings.json") + ".names.key")
    url = make_url(database)
    if url.host is None and url.get_backend_name() == "duckdb":
        return None
    mark = hashlib.sha256(f"{url.host}\x1f{url.port}\x1f{url.database}".encode()).hexdigest()[:16]
    return user_data_path("evaluation", appauthor=False) / f"{mark}.names.key"


@cache
def _passing(database: str) -> bytes:  # noqa: ARG001 - a key of its own for each
    return secrets.token_bytes(BYTES)
