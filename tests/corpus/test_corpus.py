"""Every workbook of the corpus gives the receipt that was written down for it before anything read it."""

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from evaluation.cli import main

pytestmark = pytest.mark.thorough

HERE = Path(__file__).parent
FILES = HERE / "files"
EXPECTED = [case for path in sorted(HERE.glob("expected*.yaml")) for case in yaml.safe_load(path.read_bytes())["files"]]
PLACE = ("questionnaire", "practice", "municipality", "cohort")
KEYS = (*PLACE, "nth", "participant", "participant_is", "answered_on")
IDENTITY_CODE = re.compile(r"(?<![0-9A-Z])(\d{6})[-+A-FU-Y](\d{3})([0-9A-Y])(?![0-9A-Z])", re.IGNORECASE)
CHECKS = "0123456789ABCDEFHJKLMNPRSTUVWXY"


@dataclass(frozen=True)
class Form:
    """One stored form with its answers."""

    values: dict[str, Any]
    answers: dict[str, Any] = field(default_factory=dict)
    marks: dict[int, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What was expected of one file, what the command line said, and the tables it left, by name."""

    expected: dict[str, Any]
    receipt: dict[str, Any]
    printed: str
    code: int
    tables: dict[str, list[dict[str, Any]]]

    def forms(self) -> list[Form]:
        """Return the stored forms in the order of the file."""
        responses = sorted(self.tables["responses"], key=lambda row: row["response_no"])
        forms = {row["response_no"]: Form(row) for row in responses}
        for row in self.tables["answers"]:
            forms[row["response_no"]].answers[row["item"]] = row["value"]
        for row in self.tables["open_answers"]:
            forms[row["response_no"]].answers[row["item"]] = row["text"]
        for row in self.tables["attendances"]:
            forms[row["response_no"]].marks[row["session_no"]] = (row["mark"], row["held_on"])
        return list(forms.values())

    def form(self, wanted: dict[str, Any]) -> Form:
        """Return the one stored form that ``wanted`` points at by its code, or by its number among its like."""
        like = [form for form in self.forms() if all(form.values[key] == wanted[key] for key in PLACE if key in wanted)]
        if "participant" not in wanted:
            return like[wanted["nth"]]
        code = wanted["participant"].casefold()
        actual = [form for form in like if (form.values["participant"] or "").casefold() == code]
        assert len(actual) == 1, f"{len(actual)} forms of {wanted['participant']}"
        return actual[0]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda case: case["file"])
def test_a_workbook_gives_the_receipt_written_down_for_it(
    expected: dict[str, Any], clean_environment: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Import one file into an empty database by the command line, as a worker does; then look from every side.

    What waits for a decision is imported once more with the decision.
    """
    options = [part for name, value in expected.get("given", {}).items() for part in (f"--{name}", value)]
    _check(expected, options, clean_environment, capsys)
    if "decided" in expected:
        mapping = tmp_path / "mapping.json"
        mapping.write_text(json.dumps({"decisions": expected["decided"]["decisions"]}), encoding="utf-8")
        without = {name: value for name, value in expected.items() if name != "waiting"}
        _check({**without, **expected["decided"]}, [*options, "--mapping", str(mapping)], clean_environment, capsys)


def _check(expected: dict[str, Any], given: list[str], url: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["import", str(FILES / expected["file"]), "--json", *given])
    printed = capsys.readouterr().out
    outcome = Outcome(expected, json.loads(printed)["files"][0], printed, code, _tables(url))
    for check in CHECKS_OF_A_FILE:
        check(outcome)


def _tables(url: str) -> dict[str, list[dict[str, Any]]]:
    """Return all that is in a database: every table by its name, with its rows by their columns."""
    with duckdb.connect(url.removeprefix("duckdb:///")) as connection:
        names = [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]
        actual = {}
        for name in names:
            result = connection.execute(f'select * from "{name}"')  # noqa: S608
            columns = [column[0] for column in result.description]
            actual[name] = [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
    return actual


def the_receipt_counts_every_row_once(outcome: Outcome) -> None:
    expected, receipt = outcome.expected, outcome.receipt
    names = ("rows", "accepted", "rejected", "set_aside", "duplicates")
    numbers = {name: receipt[name] for name in names} | {"not_taken": receipt["rejected"] + receipt["set_aside"]}
    assert numbers["rows"] == sum(numbers[name] for name in names[1:])
    assert numbers == numbers | {name: expected[name] for name in (*names, "not_taken") if name in expected}


def layout_and_forms_are_recognised(outcome: Outcome) -> None:
    layouts = outcome.expected.get("layout", outcome.receipt["layout"])
    if layouts == "refused":
        assert outcome.code != 0
        assert outcome.tables["imports"] == []
    else:
        assert outcome.receipt["layout"] in ([layouts] if isinstance(layouts, str) else layouts)
    forms = {name for name in outcome.receipt["questionnaire"].split(", ") if name}
    assert forms == set(outcome.expected.get("questionnaires", forms))


def every_problem_is_named_where_it_stands(outcome: Outcome) -> None:
    expected, actual = outcome.expected.get("problems", []), outcome.receipt["problems"]
    problems = [(problem["severity"], problem["sheet"], problem["cell"], problem["code"]) for problem in actual]
    missing = [wanted for wanted in expected if not any(_is(problem, wanted) for problem in actual)]
    assert not missing, f"not said: {missing}; said: {problems}"
    if outcome.expected.get("problems_complete"):
        extra = [problem for problem in actual if not any(_is(problem, wanted) for wanted in expected)]
        assert not extra
    assert all(problem["message"] for problem in actual)


def what_waits_is_asked(outcome: Outcome) -> None:
    wanted = outcome.expected.get("waiting")
    questions = [question["key"] for question in outcome.receipt["questions"] if question["decision"] is None]
    assert wanted in (None, questions)


def _is(problem: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Tell whether ``problem`` is the one wanted; ``row`` and ``column`` want a cell there, whichever."""
    cell = re.fullmatch(r"([A-Z]+)(\d+)", problem["cell"] or "")
    place = {"column": cell and cell[1], "row": cell and int(cell[2])}
    codes = [wanted["code"]] if isinstance(wanted["code"], str) else wanted["code"]
    exact = all(problem[key] == wanted[key] for key in ("severity", "sheet", "cell") if key in wanted)
    return exact and problem["code"] in codes and all(place[key] == wanted[key] for key in place if key in wanted)


def what_is_kept_is_what_stood_in_the_file(outcome: Outcome) -> None:
    for wanted in outcome.expected.get("answers", ()):
        form = outcome.form(wanted)
        items = {name: form.answers.get(name) for name in wanted if name not in KEYS}
        assert items == {name: value for name, value in wanted.items() if name not in KEYS}, wanted
        assert form.values["answered_on"] == wanted.get("answered_on", form.values["answered_on"]), wanted
        if "participant_is" in wanted:
            assert form.values["participant"] == wanted["participant_is"]
    for wanted in outcome.expected.get("attendance", ()):
        mark, day = outcome.form({"questionnaire": "attendance_register", **wanted}).marks.get(
            wanted["session_no"], (None, None)
        )
        assert (mark, day) == (wanted["mark"], wanted.get("held_on", day)), wanted


def forms_are_kept_under_their_place(outcome: Outcome) -> None:
    wanted = outcome.expected.get("stored", [])
    kept = [form.values for form in outcome.forms()] if wanted else []
    for place in wanted:
        like = [row for row in kept if all(row[key] == place[key] for key in PLACE if key in place)]
        assert len(like) == place["responses"], place


def answers_are_counted(outcome: Outcome) -> None:
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    wanted = outcome.expected.get("counts", {})
    for row in outcome.tables["answers"]:
        counts[row["item"]][row["value"]] += 1
    assert {item: dict(counts[item]) for item in wanted} == wanted


def no_identity_code_is_kept_or_told(outcome: Outcome) -> None:
    stored = "\n".join(str(value) for rows in outcome.tables.values() for row in rows for value in row.values())
    for place in (outcome.printed, stored):
        assert [actual[0] for actual in IDENTITY_CODE.finditer(place) if _true_check(actual)] == []
        assert [text for text in outcome.expected.get("never", ()) if text in place] == []


def _true_check(found: re.Match[str]) -> bool:
    return CHECKS[int(found[1] + found[2]) % 31] == found[3].upper()


CHECKS_OF_A_FILE = (
    the_receipt_counts_every_row_once,
    layout_and_forms_are_recognised,
    every_problem_is_named_where_it_stands,
    what_waits_is_asked,
    what_is_kept_is_what_stood_in_the_file,
    forms_are_kept_under_their_place,
    answers_are_counted,
    no_identity_code_is_kept_or_told,
)


def test_every_file_has_an_expectation_and_is_small() -> None:
    files = [path for path in FILES.iterdir() if path.is_file()]
    assert sorted(path.name for path in files) == sorted(case["file"] for case in EXPECTED)
    assert max(path.stat().st_size for path in files) < 60_000
    assert sum(path.stat().st_size for path in files) < 3_000_000
