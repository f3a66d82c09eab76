"""Spoilt files end as drafts whose counts add up, or as one sentence: never as an exception, and never without end."""

from pathlib import Path
from random import Random

import pytest

from evaluation.definitions import Library
from evaluation.i18n import Translator, languages
from evaluation.intake import FileSettings, read_draft
from evaluation.records import Draft
from tests.intake.mutations import mutated

pytestmark = pytest.mark.thorough

CORPUS = Path(__file__).parents[1] / "corpus" / "files"
FILES = (
    "01_entry_sisu_start.xlsx",
    "02_single_forms_sisu.xlsx",
    "04_register_real_days.xlsx",
    "09_google_forms_meeting.csv",
    "13_surveymonkey_solmut.xlsx",
    "20_sheet_a_run.xlsx",
    "23_counted_codes.xlsx",
    "26_hidden.xlsx",
    "34_binary.xlsb",
    "34_cp1252_semicolon.csv",
    "34_old_excel_xlwt.xls",
    "34_open_document.ods",
)
TRIES = 6


def adds_up(draft: Draft) -> bool:
    """Tell whether every row of a draft is accepted, rejected, set aside or counted."""
    accepted = int((draft.responses["row"] > 0).sum())
    return draft.rows == accepted + draft.rejected + draft.set_aside + draft.counted


@pytest.mark.parametrize("file", FILES)
def test_a_spoilt_file_is_read_or_refused_but_never_breaks_the_reading(file: str, library: Library) -> None:
    content = (CORPUS / file).read_bytes()
    other = (CORPUS / FILES[FILES.index(file) - 1]).read_bytes()
    for number in range(TRIES):
        chance = Random(f"{file} {number}")
        kind, spoilt = mutated(content, other, chance)
        draft = read_draft(spoilt, file, library, FileSettings("sisu", "Lempäälä", "kevät 2018"))
        assert adds_up(draft), kind
        assert draft.readable or any(problem.severity == "error" for problem in draft.problems), kind
        assert "took_too_long" not in {problem.code for problem in draft.problems}, kind
        for language in languages():
            assert all(problem.message(Translator(language)) for problem in draft.problems), kind
