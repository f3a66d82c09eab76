"""Commands about the trail, how long answers are kept, and where an erased code may still be."""

import json
from pathlib import Path

import pytest

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.i18n import Translator

pytestmark = pytest.mark.thorough

SISU_END = str(SAMPLE_DATA / "sisu_asiakkaan_loppukysely.xlsx")


def test_the_trail_is_printed_with_what_was_taken_out(say, tmp_path: Path) -> None:
    say("import", SISU_END)
    say("report", "--practice", "sisu", "-o", tmp_path / "sisu.txt")
    say("package", "-o", tmp_path / "Virtanen.zip")
    say("backup", "-o", tmp_path / "Virtanen.backup.zip")
    code, out, _ = say("audit", "--json")
    told = json.loads(out)["audit"]
    assert code == 0
    assert [entry["deed"] for entry in told] == ["imported", "report", "package", "backup"]
    assert told[1]["subject"] == "sisu txt"
    assert "Virtanen" not in out
    assert say("audit", "--csv")[1].splitlines()[0] == "number,done_at,actor,deed,subject,count"
    assert Translator("fi")("audit.deed_backup") in say("audit")[1]


def test_old_answers_are_told_of_first_and_deleted_when_it_is_sure(say, monkeypatch: pytest.MonkeyPatch) -> None:
    say("import", SISU_END)
    assert say("retire")[0] == 2, "nobody has said how long answers are kept"
    assert say("retire", "--older-than", "soon")[0] == 2
    forms = json.loads(say("imports", "--json")[1])["imports"][0]["accepted"]
    code, out, _ = say("retire", "--older-than", "24kk", "--dry-run")
    assert (code, Translator("fi").plural("settings.retire_due", forms, day="").split(" päivää")[0] in out) == (0, True)
    assert json.loads(say("imports", "--json")[1])["imports"]
    monkeypatch.setenv("EVALUATION_KEEP_MONTHS", "2000")
    assert say("retire", "--yes")[0] == 0
    assert json.loads(say("imports", "--json")[1])["imports"], "nothing is as old as that"
    monkeypatch.setenv("EVALUATION_KEEP_MONTHS", "24")
    assert say("retire", "--yes")[0] == 0
    assert json.loads(say("imports", "--json")[1])["imports"] == []
    monkeypatch.setenv("EVALUATION_KEEP_MONTHS", "-1")
    assert say("retire", "--yes")[0] == 2


def test_an_erased_code_is_looked_for_and_found_in_the_backup_made_before(say, tmp_path: Path) -> None:
    t, backups = Translator("fi"), tmp_path / "backups"
    backups.mkdir()
    say("import", SISU_END)
    say("backup", "-o", backups / "backup.zip")
    (backups / "notes.txt").write_text("A7", encoding="utf-8")
    code, out, _ = say("forget", "A7", "--yes")
    assert code == 0
    assert t("audit.copies") in out
    assert out.count("sha256=") == 1
    say("backup", "-o", tmp_path / "later.zip")
    code, out, _ = say("find-code", "A7")
    assert (code, t("audit.found_nowhere", code="A7") in out) == (0, True)
    code, out, _ = say("find-code", "A7", "--backups", backups)
    told = t("audit.found_backup", file=backups / "backup.zip", place=t("audit.place_participant"), n=1)
    assert (code, told in out) == (1, True)
    assert t("audit.not_backup", file=backups / "notes.txt") in out
    assert out.count("sha256=") == 1, "one of the two was not given"
