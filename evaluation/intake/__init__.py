"""The way in: the cells of a file become coded answers and problems. Pure: nothing is written here."""

from evaluation.intake.comments import commented
from evaluation.intake.context import FileSettings
from evaluation.intake.reading import Opened, draft_of, open_file, read_draft

__all__ = ["FileSettings", "Opened", "commented", "draft_of", "open_file", "read_draft"]
