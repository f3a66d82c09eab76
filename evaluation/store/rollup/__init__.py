"""Answers of several counties counted together: each writes an export, and who holds them all counts their union."""

from evaluation.store.rollup.counting import ENGINES, count_exports
from evaluation.store.rollup.exports import Export, read_export
from evaluation.store.rollup.together import check_together, strictest_threshold, versions_beside

__all__ = [
    "ENGINES",
    "Export",
    "check_together",
    "count_exports",
    "read_export",
    "strictest_threshold",
    "versions_beside",
]
