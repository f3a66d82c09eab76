"""Commands that look after what is stored, and ask before they delete."""

import json
from pathlib import Path

import pytest

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.i18n import Translator

pytestmark = pytest.mark.thorough

SISU_END = str(SAMPLE_DATA / "sisu_asiakkaan_loppukysely.xlsx")


def _forms(say) -> int:
    return sum(each["accepted"] for each in json.loads(say("imports", "--json")[1])["imports"])


def test_a_backup_is_restored_when_the_user_says_so(say, answer, tmp_path: Path) -> None:
    saved = tmp_path / "kopio.zip"
    assert say("import", SISU_END)[0] == 0
    assert say("backup", "-o", saved)[0] == 0
    assert say("undo", "1", "--yes")[0] == 0
    answer("")
    code, out, err = say("restore", saved)
    assert (code, _forms(say)) == (2, 0)
    assert Translator("fi")("settings.backup_replaces", forms=0, imports=0) in out
    assert Translator("fi")("cli.not_sure") in err
    answer("kyllä\n")
    assert say("restore", saved)[0] == 0
    assert _forms(say) == 8


def test_a_file_that_is_no_backup_is_refused(say) -> None:
    code, _, err = say("restore", SISU_END, "--yes", "--lang", "en")
    assert code == 2
    assert Translator("en")("store.backup_foreign") in err


def test_a_code_is_forgotten_in_the_practice_that_is_named(say, answer) -> None:
    assert say("import", SISU_END, SAMPLE_DATA / "gruppis_asiakkaan_loppukysely.xlsx")[0] == 0
    answer("yes\n")
    code, out, _ = say("forget", "A1", "--practice", "sisu", "--lang", "en")
    assert code == 0
    assert Translator("en").plural("settings.forgotten", 1) in out
    assert say("forget", "A1", "--practice", "sisu", "--yes")[0] == 2, "nothing stands under it there any more"
    code, out, _ = say("forget", "A1", "--yes", "--lang", "en")
    assert code == 0
    assert "Gruppis" in out


def test_everything_is_deleted_only_after_its_word(say, answer) -> None:
    assert say("import", SISU_END)[0] == 0
    answer("kyllä\n")
    assert say("delete-everything")[0] == 2
    assert _forms(say) == 8
    answer(Translator("fi")("settings.delete_word"))
    assert say("delete-everything")[0] == 0
    assert _forms(say) == 0


def test_all_data_is_copied_into_another_database_and_over_other_data_only_when_told(
    say, answer, tmp_path: Path, clean_environment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = f"duckdb:///{(tmp_path / 'there.duckdb').as_posix()}"
    assert say("import", SISU_END)[0] == 0
    copy = ("copy", "--from", clean_environment, "--to", there)
    code, out, _ = say(*copy)
    assert code == 0
    assert "responses: rivejä 8" in out
    assert say("copy", "--from", there, "--to", there)[2].strip() == Translator("fi")("store.copy_same")
    code, _, err = say(*copy)
    assert (code, err.strip()) == (2, Translator("fi")("store.copy_target_holds"))
    answer("")
    assert say(*copy, "--replace")[0] == 2
    answer("kyllä\n")
    assert say(*copy, "--replace")[0] == 0
    monkeypatch.setenv("EVALUATION_DATABASE", there)
    assert _forms(say) == 8
