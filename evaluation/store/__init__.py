"""Where answers are kept: accept, undo, list, and the count cubes. The only place with SQL."""

from evaluation.store.code_advice import CodeAdvice, OtherCohort
from evaluation.store.definition_documents import DefinitionKey
from evaluation.store.different_people import SPANS, DifferentPeople, Span
from evaluation.store.errors import StoreBusyError, StoreError, UnknownImportError
from evaluation.store.imports import ImportRecord
from evaluation.store.kinds import OWN, SAMPLE, Kind, refuse_other_kind
from evaluation.store.selection import Selection
from evaluation.store.snapshot import CubeDefinitions, Snapshot
from evaluation.store.store import Store, open_store
from evaluation.store.trail import DEEDS, Deed, Entry, as_csv
from evaluation.store.unit_decision import UNIT_CUBES, UnitDecision
from evaluation.store.upkeep.backup import Backup, fingerprint, pack, unpack
from evaluation.store.upkeep.code_search import CodeOccurrence, count_in_file, left_unfinished, search_backup
from evaluation.store.upkeep.copying import Copied
from evaluation.store.upkeep.facts import CodeUse, CohortKey, Facts, is_distinctive
from evaluation.store.upkeep.health import Health, health_of
from evaluation.store.upkeep.retention import CohortAge

__all__ = [
    "DEEDS",
    "OWN",
    "SAMPLE",
    "SPANS",
    "UNIT_CUBES",
    "Backup",
    "CodeAdvice",
    "CodeOccurrence",
    "CodeUse",
    "CohortAge",
    "CohortKey",
    "Copied",
    "CubeDefinitions",
    "Deed",
    "DefinitionKey",
    "DifferentPeople",
    "Entry",
    "Facts",
    "Health",
    "ImportRecord",
    "Kind",
    "OtherCohort",
    "Selection",
    "Snapshot",
    "Span",
    "Store",
    "StoreBusyError",
    "StoreError",
    "UnitDecision",
    "UnknownImportError",
    "as_csv",
    "count_in_file",
    "fingerprint",
    "health_of",
    "is_distinctive",
    "left_unfinished",
    "open_store",
    "pack",
    "refuse_other_kind",
    "search_backup",
    "unpack",
]
