"""A sign that no document may hold, in an open answer: every report is made all the same, without it."""

from pathlib import Path

import pytest

from evaluation.cli import main

FILES = Path(__file__).parent / "security"


@pytest.mark.parametrize("name", ["ctl_x0007.xlsx", "ctl_xFFFE.xlsx"])
def test_a_report_is_made_of_an_answer_with_a_control_character(
    name: str, clean_environment: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(FILES / name), "--practice", "solmut_auki"]) == 0
    for form in ("docx", "pptx", "html", "txt"):
        report = tmp_path / f"raportti.{form}"
        assert main(["report", "--practice", "solmut_auki", "-o", str(report)]) == 0
        assert report.stat().st_size
        if form in ("txt", "html"):
            written = report.read_text(encoding="utf-8")
            assert not {"\x07", "\ufffe"} & set(written)
