"""Every file of a report tells the same published figures, in the reader's language, and nothing that is withheld."""

import io
import json
import random
import re
import shutil
import subprocess
import zipfile
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from evaluation.cli import main
from evaluation.definitions import Library
from evaluation.exhibits import Report, comparison_report, practice_report
from evaluation.findings import Words
from evaluation.i18n import Translator
from evaluation.measures import Evidence, Policy, publish, read_open_answers
from evaluation.render.csv_package import data_package
from evaluation.render.formats import makers
from evaluation.store import Selection, Store
from tests.privacy.attack.worlds import Form, stored

from .conftest import Laid
from .opened import parts, visible

FORMATS = ("pptx", "pdf", "xlsx", "html", "docx", "txt")
OFFICE = ("pptx", "xlsx", "docx")
SHOWN = ("sisu", "asumisneuvonta", "lape")
FIGURES = ("n", "value", "low", "high")
METHOD_PERCENT = 95
DAY = date(2018, 12, 3)
ENGLISH = r"the|and|of|is|are|was|with|from|sheet|slide|figure|series|click|page|yes|true|false|chart|value|people"
FOREIGN = {
    "fi": rf"\b(?:{ENGLISH}|och|att|är|inte|svar)\b",
    "sv": rf"\b(?:{ENGLISH}|ja|ei|vastausta|ihmistä)\b",
    "en": r"\b(?:och|att|är|inte|ihmistä|vastausta|ei)\b",
}
KEYS = r"\b(?:reports|charts|common|files|dashboard|cli)\.[a-z_]+\b"

Rows = list[dict[str, Any]]


def _files(report: Report, words: Words) -> dict[str, bytes]:
    return {kind: make(report, words) for kind, make in makers().items()}


def _percents(rows: Iterable[Mapping[str, object]]) -> set[int]:
    """Return every whole percentage that a published figure may be said by, halves rounded up."""
    found = {METHOD_PERCENT, 0, 50, 100}
    for row in rows:
        shares = [value for value in row.values() if isinstance(value, float)]
        if row.get("n") and row.get("at_least") is not None:
            shares += [row["at_least"] / row["n"], row["at_most"] / row["n"]]
        for share in shares:
            exact = Decimal(str(abs(100 * Decimal(str(share)))))
            found.add(int(exact.quantize(Decimal(1), ROUND_HALF_UP)))
    return found


def _numbers(rows: Rows) -> set[float]:
    """Return every number that is published; of a range of people its lower end is drawn, as a share too."""
    shares = {round(row["at_least"] / row["n"], 6) for row in rows if row.get("at_least") is not None and row["n"]}
    return shares | {round(float(value), 6) for row in rows for value in row.values() if isinstance(value, int | float)}


def _reaches(rows: Rows) -> set[float]:
    found = set()
    for row in rows:
        if row["low"] is not None and row["high"] is not None:
            value = row["value"] if row["value"] is not None else row["at_least"] / row["n"]
            found |= {round(max(0.0, value - row["low"]), 6), round(max(0.0, row["high"] - value), 6)}
    return found


def _told(report: Report) -> Rows:
    """Return the rows of every published table of a report as plain values."""
    tables = [table for section in report.sections for each in section.exhibits for table in _tables_of(each)]
    return [row for table in tables for row in Laid({table.measure: table}).rows()]


def _tables_of(exhibit):
    return (exhibit.published, *exhibit.beside)


def _check_figures(report: Report, files: Mapping[str, bytes], published: Rows) -> None:
    """Check that every percentage of every file is published, and that each tells the key figures."""
    allowed = _percents(published) | {int(number) for key in report.key for number in re.findall(r"\d+", key.ground)}
    allowed |= {int(number) for key in report.key for number in re.findall(r"\d+", key.figure)}
    for kind, content in files.items():
        told = visible(kind, content)
        percents = {int(number) for number in re.findall(r"(\d+) ?%", told)}
        assert percents <= allowed, (report.subject, kind, sorted(percents - allowed))
        for key in report.key:
            figure = " ".join(key.figure.replace("\u00a0", " ").split())
            assert figure in told, (report.subject, kind, key)


def _check_workbook(content: bytes, published: Rows, words: Words) -> None:
    """Check that every row of every table is a published row: its n, figure and interval; and every number published.

    Beside a chart stands also how far the intervals reach down and up.
    """
    ordered, seen = sorted(_numbers(published) | _reaches(published)), 0
    for sheet in load_workbook(io.BytesIO(content)):
        found = {_rounded(cell) for row in sheet.iter_rows(values_only=True) for cell in row} - {None}
        strange = {number for number in found if not _among(number, ordered)}
        assert not strange, (sheet.title, strange)
        if not sheet.freeze_panes:
            continue
        top = int(re.sub(r"\D", "", sheet.freeze_panes)) - 2
        heading, *rows = [list(row) for row in sheet.iter_rows(values_only=True)][top:]
        # Some tables have more than one n, each under a name of its own.
        places = {
            name: heading.index(told) for name in FIGURES if (told := words.t(f"charts.column_{name}")) in heading
        }
        known = {tuple(_rounded(row[name]) for name in places) for row in published}
        for row in rows[: next((number for number, each in enumerate(rows) if not any(each[:6])), len(rows))]:
            figures = tuple(_rounded(row[place]) for place in places.values())
            if any(each is not None for each in figures) and not isinstance(row[places["value"]], str):
                assert figures in known, (sheet.title, figures)
                seen += 1
    assert seen


def _among(number: float, ordered: Sequence[float]) -> bool:
    """Tell whether ``ordered``, from the least to the greatest, has a number that is this one but for rounding."""
    place = bisect_left(ordered, number)
    return any(abs(number - near) < 2e-6 for near in ordered[max(place - 1, 0) : place + 1])


def _rounded(value: object) -> object:
    return round(float(value), 6) if isinstance(value, int | float) else None


def _check_charts_of_slides(content: bytes, published: Rows) -> None:
    """Check that the workbooks inside the slides hold published numbers only."""
    known = _numbers(published)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        inside = [archive.read(name) for name in archive.namelist() if name.endswith(".xlsx")]
    assert inside
    for book in map(load_workbook, map(io.BytesIO, inside)):
        numbers = {cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row}
        found = {round(float(each), 6) for each in numbers if isinstance(each, int | float)}
        assert found <= known, found - known


def _check_words(files: Mapping[str, bytes], language: str) -> None:
    for kind, content in files.items():
        told = visible(kind, content)
        assert not re.search(r"\b(?:nan|NaN|None|NaT)\b", told), kind
        assert not re.search(KEYS, told), (kind, re.search(KEYS, told))
        foreign = re.search(FOREIGN[language], told, re.IGNORECASE)
        assert not foreign, (kind, told[max(foreign.start() - 60, 0) : foreign.end() + 30])


def _check_nobody(files: Mapping[str, bytes]) -> None:
    """Check that no property names an author and no part a folder of this machine."""
    for kind, content in files.items():
        for name, text in parts(f"file.{kind}", content):
            assert not re.search(r"(?:/(?:home|root|tmp|work|Users)/|[A-Z]:\\)\w", text), name
            for tag in ("dc:creator", "cp:lastModifiedBy", "Company", "Manager"):
                assert not re.search(rf"<{tag}>[^<]", text), (name, tag)
            if name.endswith("/properties"):
                assert "/Author" not in text


def test_files_of_a_report_tell_its_figures_and_no_others(report: Report, words: Words) -> None:
    files, published = _files(report, words), _told(report)
    _check_figures(report, files, published)
    _check_workbook(files["xlsx"], published, words)
    _check_charts_of_slides(files["pptx"], published)
    _check_words(files, "fi")
    _check_nobody(files)


@pytest.fixture(scope="module")
def printed(sample_database: str, tmp_path_factory: pytest.TempPathFactory) -> Rows:
    """Give what the command prints of the sample data."""
    with pytest.MonkeyPatch.context() as patch:
        out = io.StringIO()
        patch.setattr("sys.stdout", out)
        assert main(["measures", "--json", "--database", sample_database]) == 0
    return json.loads(out.getvalue())


@pytest.fixture(scope="module")
def sample_reports(sample_store: Store, sample_evidence: Evidence, library: Library):
    """Give a function that makes the reports shown, of three practices and of all beside each other."""
    voices = read_open_answers(sample_store, library, Selection(), Policy())

    def made(language: str) -> list[Report]:
        words = Words(library, Translator(language))
        one = [
            practice_report(sample_evidence, voices, library, practice, words, DAY, synthetic=True)
            for practice in SHOWN
        ]
        return [*one, comparison_report(sample_evidence, library, words, DAY, synthetic=True)]

    return made


@pytest.mark.thorough
@pytest.mark.parametrize(("language", "chosen"), [("fi", slice(4)), ("sv", slice(2, 3)), ("en", slice(3, 4))])
def test_files_tell_what_the_command_prints(
    sample_reports, printed: Rows, library: Library, language: str, chosen: slice
) -> None:
    words = Words(library, Translator(language))
    for report in sample_reports(language)[chosen]:
        files = _files(report, words)
        _check_figures(report, files, printed)
        _check_workbook(files["xlsx"], printed, words)
        _check_charts_of_slides(files["pptx"], printed)
        _check_words(files, language)
        _check_nobody(files)


def _world(secrets: Mapping[str, int]) -> tuple[Form, ...]:
    """Return six families of one town, and three of another whose answers are ``secrets``: too few to be told."""
    known = [
        Form("lape", "Parkano", "2018", "family_feedback", f"P{number}", f"P{number}", date(2018, 3, 1),
             {"family_useful": 3 + number % 2, "family_heard": 4, "change_taking_part": 4, "recommend": 9})
        for number in range(6)
    ]  # fmt: skip
    few = [
        Form("lape", "Kihniö", "2018", "family_feedback", f"K{number}", f"K{number}", date(2018, 3, 1), dict(secrets))
        for number in range(3)
    ]
    return (*known, *few)


def _everything(store: Store, library: Library) -> dict[str, str]:
    """Return all parts of all files about a store by name, but for the times of saving."""
    words, evidence = Words(library, Translator("fi")), publish(store, library, Selection(), Policy())
    report = practice_report(evidence, (), library, "lape", words, DAY, synthetic=False)
    files = _files(report, words) | {"zip": data_package(evidence, words, DAY)}
    told = dict(each for kind, content in files.items() for each in parts(f"file.{kind}", content))
    told["pdf, byte by byte"] = files["pdf"].hex()
    return {name: text for name, text in told.items() if "docProps" not in name}


@pytest.mark.thorough
def test_no_file_differs_by_what_is_withheld(library: Library) -> None:
    secrets = [
        {"family_useful": value, "family_heard": other, "change_taking_part": value, "recommend": 2 * value}
        for value, other in ((1, 2), (5, 1))
    ]
    one, other = (_everything(stored(_world(each), library), library) for each in secrets)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
    assert any("Kihniö" in text for text in one.values())


@pytest.mark.thorough
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_libreoffice_opens_every_file(sample_reports, library: Library, tmp_path: Path) -> None:
    words = Words(library, Translator("fi"))
    report = random.Random(7).choice(sample_reports("fi")[:3])
    files = [tmp_path / f"report.{kind}" for kind in OFFICE]
    for file in files:
        file.write_bytes(makers()[file.suffix[1:]](report, words))
    out = tmp_path / "seen"
    for file in files:
        # A profile of its own, for a LibreOffice that is open already would take the command over.
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(out), str(file)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180, check=False)
        assert done.returncode == 0, done.stderr
        seen = out / "report.pdf"
        assert visible("pdf", seen.read_bytes()), file.name
        seen.unlink()
