"""The files of the session: every one is read once, and everything about it goes when it leaves the uploader."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import streamlit as st

from evaluation.dashboard.importing.choices import EVERY_FILE, marked
from evaluation.dashboard.importing.understanding import OpenFile
from evaluation.i18n import Translator
from evaluation.intake import Opened, open_file

MOST_FILES = 20
_FILES = "import_files"


class Upload(Protocol):
    """A file as the uploader gives it."""

    name: str
    file_id: str

    def getvalue(self) -> bytes:
        """Return what is in it."""


@dataclass
class SessionFiles:
    """The open files by their marks, and the marks of the uploads; ``again`` names those dropped in twice."""

    open: dict[str, OpenFile] = field(default_factory=dict)
    uploads: dict[str, str] = field(default_factory=dict)
    again: tuple[str, ...] = ()

    def take(self, uploads: Sequence[Upload], read: Callable[[bytes, str], Opened]) -> None:
        """Open the uploads that are new, forget those that are gone, and keep the order of the uploader."""
        opened: dict[str, OpenFile] = {}
        marks: dict[str, str] = {}
        again = []
        for upload in uploads:
            mark = self.uploads.get(upload.file_id)
            file = self.open[mark] if mark in self.open else OpenFile(read(upload.getvalue(), upload.name))
            marks[upload.file_id] = file.mark
            if file.mark in opened:
                again.append(upload.name)
            opened.setdefault(file.mark, self.open.get(file.mark, file))
        self.open, self.uploads, self.again = opened, marks, tuple(again)


def current_files(uploads: Sequence[Upload], t: Translator) -> SessionFiles:
    """Return the files of the uploader, those new among them read while a bar shows how far that has come."""
    files: SessionFiles = st.session_state.setdefault(_FILES, SessionFiles())
    files.take(uploads[:MOST_FILES], lambda content, name: _read(content, name, t))
    return files


def _read(content: bytes, name: str, t: Translator) -> Opened:
    text = t("dashboard.opening", file=name)
    bar = st.progress(0.0, text=text)

    def progress(share: float) -> None:
        bar.progress(min(max(share, 0.0), 1.0), text=text)

    opened = open_file(content, name, progress)
    bar.empty()
    return opened


def keep_choices(values: MutableMapping[Any, Any], current: Mapping[str, OpenFile]) -> None:
    """Keep the choices for the current files, whether their questions are visible or not, and forget all others.

    What was chosen for all files goes with the last of them: the next ones may be of another practice.
    """
    for key in list(values):
        mark = marked(key)
        if mark is None:
            continue
        if mark in current or (mark == EVERY_FILE and current):
            # Streamlit forgets what belongs to a question that is hidden for a moment, unless it is set anew.
            values[key] = values[key]
        else:
            del values[key]
