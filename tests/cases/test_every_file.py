"""Every file at hand is read without an exception, before a practice is chosen and after, and its rows add up."""

from pathlib import Path

import pytest

from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.intake import FileSettings, draft_of, open_file

TESTS = Path(__file__).parents[1]
FOLDERS = (TESTS / "corpus" / "files", TESTS / "cases" / "import", TESTS.parents[1] / "shared" / "real")
# Documents about the files beside them.
TEXTS = (".md", ".json", ".yaml")
FILES = [
    path for folder in FOLDERS if folder.is_dir() for path in sorted(folder.iterdir())
    if path.is_file() and path.suffix not in TEXTS
]  # fmt: skip
GIVEN = (None, "sisu", "gruppis", "passeli")


@pytest.mark.thorough
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_read_without_an_exception_whatever_is_said_of_it(library: Library, path: Path) -> None:
    opened = open_file(path.read_bytes(), path.name)
    for practice in GIVEN:
        draft = draft_of(opened, library, FileSettings(practice=practice, cohort="Kevät 2024"))
        accepted = int((draft.responses["row"] != 0).sum()) + sum(draft.joined.values())
        assert draft.rows == accepted + draft.rejected + draft.set_aside + draft.counted, practice
        assert all(problem.message(Translator("fi")) for problem in draft.problems)
