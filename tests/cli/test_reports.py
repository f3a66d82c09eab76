"""The command report: its formats, its template, and the set of all."""

from pathlib import Path

import pytest

from evaluation.bundled_files import SAMPLE_DATA

pytestmark = pytest.mark.thorough

SISU_END = str(SAMPLE_DATA / "sisu_asiakkaan_loppukysely.xlsx")


def test_a_report_is_written_and_refused_without_answers(say, tmp_path: Path) -> None:
    target = tmp_path / "sisu.pptx"
    assert say("report", "--practice", "sisu", "-o", target)[0] == 2
    assert not target.exists()
    say("import", SISU_END)
    assert say("report", "--practice", "sisu", "-o", target)[0] == 0
    assert target.read_bytes().startswith(b"PK")


def test_the_format_of_a_report_follows_the_name_of_its_file_unless_said(say, tmp_path: Path) -> None:
    say("import", SISU_END)
    assert say("report", "--practice", "sisu", "-o", tmp_path / "a.html")[0] == 0
    assert (tmp_path / "a.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert say("report", "--practice", "sisu", "--format", "txt", "-o", tmp_path / "plain")[0] == 0
    assert (tmp_path / "plain").read_text(encoding="utf-8-sig").startswith("Sisu")
    code, _, err = say("report", "--practice", "sisu", "-o", tmp_path / "sisu.odt")
    assert code == 2
    assert "sisu.odt" in err


def test_a_broken_template_is_refused_in_plain_words(say, tmp_path: Path) -> None:
    template = tmp_path / "pohja.pptx"
    template.write_bytes(b"no slides")
    code, _, err = say("report", "--practice", "sisu", "--template", template, "-o", tmp_path / "a.pptx")
    assert (code, "pohja.pptx" in err, "Traceback" in err) == (2, True, False)
    assert say("report", "--practice", "sisu", "--template", template, "-o", tmp_path / "a.txt")[0] == 2


def test_a_set_has_a_report_of_each_practice_with_answers_and_the_comparison(say, tmp_path: Path) -> None:
    say("import", SISU_END)
    code, out, _ = say("report", "--all", "--format", "txt", "-o", tmp_path / "set")
    assert code == 0
    assert {path.name for path in (tmp_path / "set").iterdir()} == {"sisu.txt", "comparison.txt"}
    assert out.splitlines()[0] == "1/2 Sisu"
