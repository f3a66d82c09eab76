"""The sample: made-up answers to all forms, in a database of its own that is made from one packed file at once.

The file is a backup of what importing the workbooks of ``sample_data/`` gives; ``sample_data/make.py`` writes both, and
a test compares them.
"""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.definitions import Library
from evaluation.intake import read_draft
from evaluation.measures import Policy, unit_decision, with_everything_released
from evaluation.records import Receipt
from evaluation.store import SAMPLE, Store, fingerprint, open_store, pack, unpack

PACKED = "sample.zip"
# Made-up answers to questions that nobody has defined, to try the import with.
OWN_FORM = "own/kahvilan_oma_kysely.xlsx"
# When the workbooks say that they were made, and so the imports of them.
MADE_AT = datetime(2018, 12, 31, 12)  # noqa: DTZ001 - the store keeps universal time without saying so
_FILE = "duckdb:///"

Progress = Callable[[float], None]


def sample_url(url: str) -> str:
    """Return the address of the sample's database that goes with the database at ``url``.

    It lies beside a file; where answers are kept on a server, in a folder of this process that goes when it ends.
    """
    path = url.removeprefix(_FILE)
    if path in (url, ":memory:"):
        return _FILE + (_folder_of_process() / "sample.duckdb").as_posix()
    return _FILE + Path(path).with_suffix(".sample.duckdb").as_posix()


def lies_apart(url: str) -> bool:
    """Tell whether the sample's database goes with the process, for there is no file to lie beside."""
    return url.removeprefix(_FILE) in (url, ":memory:")


def is_missing(url: str) -> bool:
    """Tell whether the database at an address is a file that is not there."""
    return url.startswith(_FILE) and not Path(url.removeprefix(_FILE)).exists()


@cache
def _folder_of_process() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="evaluation-sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def sample_version() -> str:
    """Return the mark of what is packed, by which a database made from it is known."""
    return fingerprint(_packed())


def fill_with_sample(store: Store, progress: Progress = lambda _: None) -> int:
    """Make ``store`` the sample's, or fill it anew; return how many forms it holds.

    ``progress`` is told the share that is done. Raises StoreError where the store holds somebody's own answers.
    """
    progress(0.0)
    sample = unpack(_packed(), packed_here=True)
    progress(0.3)
    store.fill_with_sample(sample, sample_version())
    progress(1.0)
    return sample.forms


def is_ready(store: Store) -> bool:
    """Tell whether a store holds the sample as it is packed now."""
    return store.data_version() == sample_version() and store.kind() == SAMPLE


@cache
def _packed() -> bytes:
    return (SAMPLE_DATA / PACKED).read_bytes()


def own_form() -> bytes:
    """Return the spreadsheet of a café's own questions, for whoever has no file to try the import with."""
    return (SAMPLE_DATA / OWN_FORM).read_bytes()


def load_samples(store: Store, library: Library) -> tuple[Receipt, ...]:
    """Import every workbook one by one, as a worker would import files of her own: to pack them, and to measure."""
    paths = sorted(SAMPLE_DATA.glob("*.xlsx"))
    return tuple(store.accept(read_draft(path.read_bytes(), path.name, library)) for path in paths)


def pack_workbooks(library: Library) -> bytes:
    """Import every workbook into a database of its own, and return that packed; the same bytes for the same books."""
    store = open_store("duckdb:///:memory:")
    load_samples(store, library)
    store.decide_units(unit_decision(library, Policy()))
    frames = dict(unpack(store.backup(MADE_AT.date())).frames)
    frames["imports"] = frames["imports"].assign(accepted_at=MADE_AT)
    frames["open_answers"] = with_everything_released(frames["open_answers"], library)
    return pack(frames, MADE_AT.date(), SAMPLE)
