"""Files that are none, folders that cannot be made, names with control characters, output in a narrow encoding."""

import io
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.dashboard.components import plain
from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.measures import with_everything_released
from evaluation.spreadsheets import Unreadable, read_workbook
from evaluation.store import Selection, open_store
from tests.privacy.attack.worlds import draft_of
from tests.privacy.test_disclosure import filled

T = Translator("fi")


@pytest.mark.skipif(os.name == "nt", reason="there are no such files")
@pytest.mark.parametrize("command", ["import", "restore", "propose", "find-code"])
def test_a_pipe_is_refused_and_nobody_waits_for_it(say, tmp_path: Path, command: str) -> None:
    pipe = tmp_path / "putki.xlsx"
    os.mkfifo(pipe)
    given = (command, "A1", "--backups", pipe) if command == "find-code" else (command, pipe)
    code, _, err = say(*given)
    assert (code, err) == (2, T("cli.no_plain_file", file=pipe) + "\n")


def test_a_folder_for_comments_that_cannot_be_made_is_said_before_anything_is_saved(say, tmp_path: Path, fill) -> None:
    table, taken = tmp_path / "loppu.xlsx", tmp_path / "taken"
    table.write_bytes(fill("sisu", "client_end", [{"participant": "A1", "sat_usefulness": 4}], cohort="Kevät"))
    taken.write_text("")
    code, _, err = say("import", table, "--comments", taken / "folder")
    assert code == 2
    assert str(taken) in err
    assert T("cli.no_imports") in say("imports")[1]


def test_a_backup_asks_before_it_replaces_a_file(say, answer, tmp_path: Path) -> None:
    target = tmp_path / "kopio.zip"
    assert say("backup", "-o", target)[0] == 0
    target.write_bytes(b"before")
    answer("ei\n")
    assert say("backup", "-o", target)[0] == 2
    assert target.read_bytes() == b"before"
    assert say("backup", "-o", target, "--yes")[0] == 0
    assert target.read_bytes() != b"before"


def test_a_cohort_with_signs_that_no_document_may_hold_stops_no_report(
    say, library: Library, clean_environment: str, tmp_path: Path
) -> None:
    store = open_store(clean_environment)
    forms = [*filled("sat_usefulness", [4] * 12, "2016"), *filled("sat_usefulness", [3] * 12, "2018", prefix="Q")]
    named = [replace(form, cohort=f"kev\x07\ufffe\x1bät {form.cohort}") for form in forms]
    store.accept(draft_of(named, library))
    store.decide_texts(with_everything_released(store.written_answers(Selection()), library), publishable=True)
    for kind in ("docx", "pptx", "xlsx", "html", "txt"):
        assert say("report", "--practice", "sisu", "-o", tmp_path / f"raportti.{kind}")[0] == 0
    assert "kevät 2016" in (tmp_path / "raportti.txt").read_text(encoding="utf-8")


def test_a_bell_in_one_answer_of_a_text_file_makes_it_no_other_file() -> None:
    rows = b"".join(b"A%d;Kahvi oli hyv\xc3\xa4%s\n" % (number, b"\x07" * (number == 3)) for number in range(9))
    (sheet,) = read_workbook(b"Tunniste;Mik\xc3\xa4 oli parasta?\n" + rows, "vienti.csv").sheets
    assert sheet.row(4) == ("A3", "Kahvi oli hyvä\x07")
    for rubbish in (bytes(range(1, 32)) * 9, rows + b"\x00"):
        with pytest.raises(Unreadable, match="not_a_workbook"):
            read_workbook(rubbish, "vienti.csv")


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
def test_output_into_a_narrow_encoding_has_the_nearest_signs(say, monkeypatch, encoding: str) -> None:
    written = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", written)
    say("imports", "--json")
    written.write("−3 ≥ 2 … ä 漢")
    written.flush()
    assert isinstance(written.buffer, io.BytesIO)
    text = written.buffer.getvalue().decode(encoding)
    assert text.endswith({"cp1252": "-3 >= 2 … ä ?", "ascii": "-3 >= 2 ... a ?", "utf-8": "−3 ≥ 2 … ä 漢"}[encoding])
    assert json.loads(text[: text.rindex("}") + 1]) == {"imports": []}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (":material/home:", "\\:\u2060material/home\\:"),
        (":streamlit: ja :+1:", "\\:\u2060streamlit\\: ja \\:\u2060\\+1\\:"),
        ("klo 12:30:15", "klo 12\\:30\\:15"),
        ("$x$ a -> b", "\\$x\\$ a -\u2060\\> b"),
        ("- lista", "\\- lista"),
        ("1. ensin\n---", "1\\. ensin\n\\-\u2060--"),
    ],
)
def test_what_people_typed_is_shown_as_it_stands(typed: str, shown: str) -> None:
    assert plain(typed) == shown
