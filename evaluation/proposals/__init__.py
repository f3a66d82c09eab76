"""What a file of one's own questions asks: every column proposed as a question, before anybody has defined it."""

from evaluation.proposals.proposed_columns import ProposedColumn, propose_columns
from evaluation.proposals.proposed_scale import ProposedScale, ProposedStep

__all__ = ["ProposedColumn", "ProposedScale", "ProposedStep", "propose_columns"]
