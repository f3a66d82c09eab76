"""From counts to published tables of estimates, through the one gate for privacy."""

from evaluation.measures.disclosure import FEW, NEARLY_ALL, Policy, Published, records
from evaluation.measures.evidence import Evidence, publish
from evaluation.measures.units import JOINT

__all__ = ["FEW", "JOINT", "NEARLY_ALL", "Evidence", "Policy", "Published", "publish", "records"]
