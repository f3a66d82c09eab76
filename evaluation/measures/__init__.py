"""From counts to published tables of estimates, through the one gate for privacy."""

from evaluation.measures.disclosure import Policy, Published, records
from evaluation.measures.evidence import Evidence, publish
from evaluation.measures.units import JOINT

__all__ = ["JOINT", "Evidence", "Policy", "Published", "publish", "records"]
