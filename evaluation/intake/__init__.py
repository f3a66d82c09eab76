"""The way in: what was read of a file becomes coded answers and problems. Pure: nothing is written here."""

from evaluation.intake.annotated import commented
from evaluation.intake.context import Given
from evaluation.intake.reading import Opened, draft_of, open_file, read_draft

__all__ = ["Given", "Opened", "commented", "draft_of", "open_file", "read_draft"]
