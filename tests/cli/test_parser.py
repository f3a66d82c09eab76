"""What holds of every command: settings, a full disk, and output that nobody reads to its end."""

import subprocess
import sys
from pathlib import Path

import pytest

from evaluation.bundled_files import SAMPLE_DATA
from evaluation.i18n import Translator

FULL = Path("/dev/full")


def test_a_setting_that_cannot_hold_is_refused(say, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EVALUATION_THRESHOLD", "1")
    code, _, err = say("measures")
    assert code == 2
    assert "EVALUATION_THRESHOLD" in err


def test_a_reader_that_stops_early_is_no_error_of_the_user() -> None:
    command = [sys.executable, "-m", "evaluation", "check"]
    with subprocess.Popen(
        command, cwd=SAMPLE_DATA.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""


@pytest.mark.skipif(not FULL.exists(), reason="a device that is always full is there on Linux only")
def test_a_full_disk_is_said_in_plain_words_and_what_was_saved_before_it_is_told(say, tmp_path: Path, table) -> None:
    for name in ("kopio.zip", "a_huomiot.xlsx"):
        (tmp_path / name).symlink_to(FULL)
    code, _, err = say("backup", "-o", tmp_path / "kopio.zip")
    assert (code, err.strip()) == (2, Translator("fi")("cli.disk_full", file=tmp_path / "kopio.zip"))
    file = tmp_path / "a.xlsx"
    file.write_bytes(table(("Tunniste", "Miten voit mielialasi puolesta tällä hetkellä?"), ("A1", 3), ("A2", 9)))
    given = ("--practice", "sisu", "--questionnaire", "client_start", "--comments", tmp_path)
    code, out, err = say("import", file, *given)
    assert code == 2
    assert "a.xlsx" in out
    assert "a_huomiot.xlsx" in err
