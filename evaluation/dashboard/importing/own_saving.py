"""Saves the definitions of new questions with the import that they came with."""

from evaluation.dashboard import resources, state
from evaluation.own_definitions import DefinitionDraft, save_drafts
from evaluation.proposals.new_definitions import NewDefinitions


def save_definitions(made: NewDefinitions, import_id: int | None) -> None:
    """Save what new questions become; raises Refused where that cannot be, and then nothing of it is saved."""
    drafts = [DefinitionDraft(entry.kind, entry.fields) for entry in made.entries]
    save_drafts(resources.store(), state.settings().definitions, drafts, import_id)
