"""Where answers are kept: accept, undo, list, and the count cubes. The only place with SQL."""

from evaluation.store.code_advice import CodeAdvice, OtherRun
from evaluation.store.errors import StoreBusyError, StoreError, UnknownImportError
from evaluation.store.imports import ImportRecord
from evaluation.store.kinds import OWN, SAMPLE, Kind, refuse_other_kind
from evaluation.store.selection import Selection
from evaluation.store.snapshot import CubeDefinitions, Snapshot
from evaluation.store.store import Store, open_store
from evaluation.store.trail import DEEDS, Deed, Entry, as_csv
from evaluation.store.upkeep.backup import Backup, fingerprint, pack, unpack
from evaluation.store.upkeep.copying import Copied
from evaluation.store.upkeep.facts import CodeUse, Facts, Run, tells_somebody
from evaluation.store.upkeep.health import Health, health_of
from evaluation.store.upkeep.retiring import RunAge
from evaluation.store.upkeep.searching import CodeFound, search_backup, times_in_bytes

__all__ = [
    "DEEDS",
    "OWN",
    "SAMPLE",
    "Backup",
    "CodeAdvice",
    "CodeFound",
    "CodeUse",
    "Copied",
    "CubeDefinitions",
    "Deed",
    "Entry",
    "Facts",
    "Health",
    "ImportRecord",
    "Kind",
    "OtherRun",
    "Run",
    "RunAge",
    "Selection",
    "Snapshot",
    "Store",
    "StoreBusyError",
    "StoreError",
    "UnknownImportError",
    "as_csv",
    "fingerprint",
    "health_of",
    "open_store",
    "pack",
    "refuse_other_kind",
    "search_backup",
    "tells_somebody",
    "times_in_bytes",
    "unpack",
]
