"""The command report: its formats, its template, and the set of all."""

import json
from pathlib import Path

import pytest

from evaluation.bundled_files import SAMPLE_DATA

pytestmark = pytest.mark.thorough

CORPUS = Path(__file__).parents[1] / "corpus" / "files"
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


@pytest.mark.parametrize("name", ["PI", "Pirkanmaa", "pirkanmaan hyvinvointialue", "Birkalands välfärdsområde"])
def test_the_report_of_a_county_is_of_its_municipalities(say, tmp_path: Path, name: str) -> None:
    say("import", SISU_END)
    assert say("report", "--county", name, "-o", tmp_path / "a.txt")[0] == 0
    text = (tmp_path / "a.txt").read_text(encoding="utf-8-sig")
    assert text.startswith("Pirkanmaan hyvinvointialue")
    assert "Lempäälä:" in text


def test_a_county_without_answers_and_one_that_is_none_are_named(say, tmp_path: Path) -> None:
    say("import", SISU_END)
    assert say("report", "--county", "Lappi", "-o", tmp_path / "a.txt")[0] == 2
    code, _, err = say("report", "--county", "LA", "-o", tmp_path / "a.txt")
    assert (code, (tmp_path / "a.txt").exists()) == (2, False)
    code, _, err = say("measures", "--county", "Tampere")
    assert (code, "Pirkanmaan hyvinvointialue (PI)" in err) == (2, True)


def test_measures_of_a_county_are_those_of_its_municipalities(say) -> None:
    say("import", SISU_END)
    whole = json.loads(say("measures", "--json")[1])
    assert whole
    assert {row["county"] for row in whole} == {"PI"}
    assert json.loads(say("measures", "--county", "PI", "--json")[1]) == whole
    assert json.loads(say("measures", "--county", "VS", "--json")[1]) == []
    assert say("measures", "--county", "VS", "--municipality", "Lempäälä")[0] == 2


def test_the_comparison_has_the_counties_side_by_side(say, tmp_path: Path) -> None:
    say("import", SISU_END)
    say("report", "--comparison", "-o", tmp_path / "one.txt")
    assert "Hyvinvointialueittain" not in (tmp_path / "one.txt").read_text(encoding="utf-8-sig")
    say("import", str(SAMPLE_DATA / "gruppis_asiakkaan_loppukysely.xlsx"))
    say("report", "--comparison", "-o", tmp_path / "two.txt")
    text = (tmp_path / "two.txt").read_text(encoding="utf-8-sig")
    assert "Hyvinvointialueittain" in text
    assert "Satakunnan hyvinvointialue:" in text


def test_a_report_names_the_place_that_the_answers_are_from(say, tmp_path: Path) -> None:
    """The practice starts with Lempäälä; whoever runs it in Ylöjärvi reads of Ylöjärvi."""
    code, out, _ = say("import", CORPUS / "18_title_rows_sisu.xlsx", "--municipality", "Ylöjärvi")
    assert code == 0
    assert "Ylöjärvi" in out, "a new place is told"
    say("report", "--practice", "sisu", "-o", tmp_path / "a.txt")
    description = (tmp_path / "a.txt").read_text(encoding="utf-8-sig").splitlines()[2]
    assert description.startswith("Ylöjärvi (Pirkanmaan hyvinvointialue).")


def test_a_municipality_is_named_in_either_language_or_the_nearest_is_told(say, tmp_path: Path) -> None:
    form = ("template", "--practice", "sisu", "--questionnaire", "worker", "-o", tmp_path / "a.xlsx", "--municipality")
    assert say(*form, "Esbo")[0] == 0
    code, _, err = say(*form, "Ylöjärvii")
    assert (code, "Ylöjärvi?" in err, len(err) < 200) == (2, True, True)
