"""Answers of several counties counted together: counties write exports, and whoever has them all counts the union."""

from evaluation.store.rollup.counting import ENGINES, count_exports
from evaluation.store.rollup.exports import (
    Export,
    check_together,
    read_export,
    strictest_threshold,
    versions_beside,
)

__all__ = [
    "ENGINES",
    "Export",
    "check_together",
    "count_exports",
    "read_export",
    "strictest_threshold",
    "versions_beside",
]
