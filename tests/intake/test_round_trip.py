"""A random table of answers, written to a random layout by a program that knows no reader, comes back equal."""

import io
import json
import os
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, note, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from evaluation.definitions import Questionnaire, load_library
from evaluation.definitions.columns import SESSION_ITEM, EntryColumn, entry_columns
from evaluation.forms import entry_template, single_forms
from evaluation.intake import FileSettings, read_draft
from evaluation.records import Draft
from tests.intake.survey_tools import EXPORTS, qualtrics, redcap
from tests.intake.writers import (
    HAND_MADE,
    LANGUAGES,
    Person,
    Survey,
    as_text,
    as_xlsx,
    options,
    typed,
)

pytestmark = pytest.mark.thorough

# The same few examples on every machine; the variable looks for so many new ones. Nothing is shrunk, since every try
# reads a file.
EXAMPLES = int(os.environ.get("ROUND_TRIP_EXAMPLES", "0"))
examples = settings(
    derandomize=not EXAMPLES,
    max_examples=EXAMPLES or 8,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

LIBRARY = load_library()
SEASONS = ("kevät", "kesä", "syksy", "talvi", "våren", "autumn")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "cp1252")
REFUSALS = frozenset({"no_answers", "participant_missing", "answered_on_missing", "count_missing"})
TIMED = ("start", "end", "follow_up")

signs = st.characters(exclude_categories=("Cs", "Cc", "Cn"), include_characters="\n\t")
ODD = (
    "=1+1", "+ optiot", "-", "@koti", "=-by identifying", "N/A", "NULL", "None", "#N/A", "TRUE", "007", "1E5", "5", " ",
    "  reunoilla  ", "a;b,c\td", '"lainaus"', "rivi 1\nrivi 2", "\u00a0", "Kiitos! 😀", "Kiitos kaikesta", "4,5",
)  # fmt: skip
words = st.sampled_from(["kissa", "äiti", "Koira", "sol", "ÅÄÖ", "x", "talo-"])
codes = st.one_of(
    st.from_regex(r"[A-ZÅÄÖa-zåäö]{1,3}-?[0-9]{1,4}", fullmatch=True),
    st.from_regex(r"[0-9]{1,4}", fullmatch=True),
    st.builds("{}{}".format, words, st.integers(0, 999)),
    st.builds("{} {}".format, words, st.integers(0, 99)),
)


def is_plain(text: str) -> bool:
    """Tell whether ``text`` surely holds nothing that tells who somebody is, and is no word that heads a total."""
    numbers = sum(sign.isnumeric() for sign in text)
    return (
        numbers < 6
        and not re.search(r"\w@\w|\(|\[", text)
        and not re.fullmatch(r"[a-zåäö0-9 .:=]+", text, re.IGNORECASE)
    )


written = st.text(signs, max_size=40).filter(is_plain) | st.sampled_from(ODD)


@st.composite
def people(draw: st.DrawFn, form: Questionnaire, asked: tuple, dated: bool, sessions: int) -> tuple[Person, ...]:
    """Draw the forms that people have filled in, some of them hardly."""
    scales = [item for item in asked if item.kind == "scale" and item.id != SESSION_ITEM]
    numbers = [item for item in asked if item.kind == "number"]
    open_items = [item for item in asked if item.kind == "text"]

    def person() -> Person:
        answers = {
            item.id: draw(st.sampled_from(LIBRARY.scale_of(item).answers)).code for item in scales if draw(there)
        }
        answers |= {item.id: draw(st.integers(0, 2500)) for item in numbers if draw(there)}
        texts = {item.id: draw(written) for item in open_items if draw(there)}
        marks = {number: draw(st.sampled_from((0, 1, 2))) for number in range(1, sessions + 1) if draw(there)}
        day = draw(days) if form.date != "none" and (dated or draw(there)) else None
        code = draw(codes) if form.participant_code != "none" and draw(there) else None
        return Person(code, day, answers, texts, marks)

    there = st.sampled_from((True, True, True, False))
    days = st.dates(date(2001, 1, 1), date(2024, 12, 31))
    actual = [person() for _ in range(draw(st.integers(2, 12)))]
    return tuple(
        entry
        for entry in actual
        if entry.participant or entry.day or entry.answers or entry.marks or any(entry.texts.values())
    )


@st.composite
def surveys(draw: st.DrawFn, fits: Callable[[Questionnaire], bool], dated: bool = False, whole: bool = False) -> Survey:
    """Draw what one run of a practice has answered to one of its questionnaires; ``dated`` gives everybody a day."""
    pairs = [
        (practice, form) for practice in LIBRARY.practices.values() for form in LIBRARY.forms_of(practice) if fits(form)
    ]
    practice, form = draw(st.sampled_from(pairs))
    every = form.items_for(practice)
    missing = (
        frozenset()
        if whole or len(every) < 5
        else draw(st.frozensets(st.sampled_from([item.id for item in every[1:]]), max_size=3))
    )
    questions = tuple(item for item in every if item.id not in missing)
    sessions = draw(st.integers(2, 6)) if form.kind == "register" else 0
    cohort = f"{draw(st.sampled_from(SEASONS))} {draw(st.integers(2016, 2030))}"
    actual = draw(people(form, questions, dated, sessions))
    survey = Survey(LIBRARY, practice, form, cohort, actual, questions, draw(st.sampled_from(LANGUAGES)), sessions)
    assume(anybody(survey))
    return survey


def anybody(survey: Survey) -> bool:
    """Tell whether somebody has answered a question, so that the sheet is more than headings."""
    return sum(bool(person.answers or person.marks) for person in survey.people) >= 2


def can_split(survey: Survey) -> bool:
    """Tell whether a question that somebody has answered can stand in a column for each option."""
    answered = {item for person in survey.people for item in person.answers}
    return any(options(survey, item) and item.id in answered for item in survey.questions)


def is_any(form: Questionnaire) -> bool:
    return True


def is_form(form: Questionnaire) -> bool:
    return form.kind == "form"


def expected(form: Questionnaire, cohort: str, person: Person) -> dict[str, Any] | None:
    """Return what is to be kept of a form; None where it lacks what it must have."""
    texts = {item: text.strip() for item, text in person.texts.items() if text.strip()}
    refused = (
        (form.participant_code == "required" and person.participant is None)
        or (form.date == "required" and person.day is None)
        or not (person.answers or texts or person.marks)
        or (form.kind == "head_count" and "visits" not in person.answers)
    )
    if refused:
        return None
    actual = {"questionnaire": form.id, "cohort": cohort, "participant": person.participant, "answered_on": person.day}
    return actual | {"answers": dict(person.answers), "texts": texts, "marks": dict(person.marks)}


def kept(draft: Draft) -> list[dict[str, Any]]:
    """Return what the draft keeps of every form, in the order of the file."""
    forms = {
        row.response_no: {
            "questionnaire": row.questionnaire,
            "cohort": row.cohort,
            "participant": row.participant if isinstance(row.participant, str) else None,
            "answered_on": row.answered_on if isinstance(row.answered_on, date) else None,
            "answers": {},
            "texts": {},
            "marks": {},
        }
        for row in draft.responses.sort_values(["row"], kind="stable").itertuples()
    }
    for row in draft.answers.itertuples():
        forms[row.response_no]["answers"][row.item] = int(row.value)
    for row in draft.texts.itertuples():
        forms[row.response_no]["texts"][row.item] = row.text
    for row in draft.attendance.itertuples():
        forms[row.response_no]["marks"][row.session_no] = int(row.mark)
    return list(forms.values())


def ordered(forms: list[dict[str, Any]], anew: bool) -> list[dict[str, Any]]:
    """Return forms as they are, or ``anew`` by what they say, where rows of several sheets cannot be put in order."""
    return sorted(forms, key=lambda form: json.dumps(form, sort_keys=True, default=str)) if anew else forms


def holds(
    draft: Draft, forms: list[tuple[Survey, Person] | None], layout: str | None = None, by_sheet: bool = False
) -> None:
    """Hold a draft against the forms that were written, None for rows that are nobody's answers."""
    wanted = [form and expected(form[0].form, form[0].cohort, form[1]) for form in forms]
    accepted = [entry for entry in wanted if entry is not None]
    actual = kept(draft)
    waiting = [question for question in draft.questions if question.waiting]
    assert not waiting, waiting
    errors = [problem for problem in draft.problems if problem.severity == "error"]
    assert {problem.code for problem in errors} <= REFUSALS, [p for p in errors if p.code not in REFUSALS]
    assert {problem.code for problem in draft.problems if problem.severity == "warning"} == set()
    assert ordered(actual, by_sheet) == ordered(accepted, by_sheet)
    unanswered = sum((problem.severity, problem.code) == ("notice", "no_answers") for problem in draft.problems)
    assert draft.set_aside == sum(form is None for form in forms) + unanswered
    assert draft.rows == len(forms) == len(draft.responses) + draft.rejected + draft.set_aside
    assert layout in (None, draft.layout)


def read(sheets: tuple, survey: Survey, chance: Random, cohort: bool = True, text: bool = False) -> Draft:
    """Read sheets that were written, as a workbook or a text file, with what the worker says of them."""
    note(f"{survey.practice.id} {survey.form.id}: {sheets}")
    entry = FileSettings(
        survey.practice.id,
        survey.practice.municipalities[0],
        survey.cohort if cohort else None,
        survey.form.id,
        date_order="md",
    )
    if not text:
        return read_draft(as_xlsx(sheets), "palaute.xlsx", LIBRARY, entry)
    content = as_text(sheets[0][1], chance.choice(";;,\t"), chance.choice(ENCODINGS))
    return read_draft(content, "palaute.csv", LIBRARY, entry)


@pytest.mark.parametrize("layout", HAND_MADE)
@examples
@given(data=st.data(), chance=st.randoms(use_true_random=False))
def test_a_table_typed_by_hand_comes_back_equal(layout: str, data: st.DataObject, chance: Random) -> None:
    survey = data.draw(surveys(is_form if layout == "option_columns" else is_any))
    in_column = chance.random() < 0.5
    assume(layout != "option_columns" or can_split(survey))
    rows = HAND_MADE[layout](survey, chance, in_column)
    draft = read((("Taul1", rows),), survey, chance, not in_column, text=chance.random() < 0.4)
    holds(draft, [(survey, person) for person in survey.people])


@pytest.mark.parametrize("layout", EXPORTS)
@examples
@given(data=st.data(), chance=st.randoms(use_true_random=False))
def test_an_export_of_a_survey_tool_comes_back_equal(layout: str, data: st.DataObject, chance: Random) -> None:
    survey = data.draw(surveys(is_form, dated=True))
    text = chance.random() < 0.4
    rows = EXPORTS[layout](survey, chance, text)
    holds(read((("Sheet1", rows),), survey, chance, text=text), [(survey, person) for person in survey.people], layout)


@examples
@given(data=st.data(), chance=st.randoms(use_true_random=False))
def test_an_export_of_qualtrics_comes_back_without_its_previews(data: st.DataObject, chance: Random) -> None:
    survey = data.draw(surveys(is_form, dated=True))
    text = chance.random() < 0.5
    export = qualtrics(survey, chance, text)
    holds(read(export.sheets, survey, chance, text=text), list(export.forms), "qualtrics")


@examples
@given(data=st.data(), chance=st.randoms(use_true_random=False))
def test_a_long_export_of_redcap_comes_back_form_by_form(data: st.DataObject, chance: Random) -> None:
    one = data.draw(
        surveys(lambda form: form.kind == "form" and form.timing in TIMED and not form.external, dated=True, whole=True)
    )
    others = [
        form
        for form in LIBRARY.forms_of(one.practice)
        if form.timing in TIMED and not form.external and form != one.form
    ]
    both = [one]
    for form in others:
        items = form.items_for(one.practice)
        both.append(replace(one, form=form, questions=items, people=data.draw(people(form, items, True, 0))))
    export = redcap(both, chance)
    entry = FileSettings(one.practice.id, one.practice.municipalities[0], one.cohort)
    text = chance.random() < 0.5
    content = as_text(export.sheets[0][1], ",", "utf-8") if text else as_xlsx(export.sheets)
    holds(
        read_draft(content, "data.csv" if text else "data.xlsx", LIBRARY, entry),
        list(export.forms),
        "redcap",
        by_sheet=True,
    )


@examples
@given(data=st.data(), chance=st.randoms(use_true_random=False))
def test_a_workbook_with_a_sheet_for_every_run_comes_back_run_by_run(data: st.DataObject, chance: Random) -> None:
    first = data.draw(surveys(is_any))
    years = data.draw(st.lists(st.integers(2010, 2015), min_size=1, max_size=2, unique=True))
    runs = [first]
    for year in years:
        actual = data.draw(people(first.form, first.questions, False, first.sessions))
        runs.append(replace(first, cohort=f"syksy {year}", people=actual))
    sheets = tuple((run.cohort, HAND_MADE["plain_table"](run, chance, False)) for run in runs if anybody(run))
    forms = [(run, person) for run in runs if anybody(run) for person in run.people]
    holds(read(sheets, first, chance, cohort=False), forms, by_sheet=True)


@examples
@given(data=st.data(), chance=st.randoms(use_true_random=False), single=st.booleans())
def test_our_own_workbooks_come_back_as_they_were_filled_in(data: st.DataObject, chance: Random, single: bool) -> None:
    survey = data.draw(surveys(is_form if single else is_any, whole=True))
    make = single_forms if single else entry_template
    content = make(LIBRARY, survey.form, survey.practice, survey.language, survey.cohort)
    draft = read_draft(filled(content, survey, chance, single), "lomake.xlsx", LIBRARY)
    forms = [(survey, person) for person in survey.people]
    holds(draft, forms, "single_form" if single else "entry_template", by_sheet=single)


def filled(content: bytes, survey: Survey, chance: Random, single: bool) -> bytes:
    """Return one of our workbooks with the answers typed in: a row each, or a sheet each."""
    book = load_workbook(io.BytesIO(content))
    for number, person in enumerate(survey.people):
        sheet = book.worksheets[number if single else 0]
        for place, column in enumerate(entry_columns(survey.form, survey.practice), start=1):
            cell = sheet.cell(place + 1, 2) if single else sheet.cell(number + 2, place)
            cell.value = own_answer(survey, person, column, chance)
            if isinstance(cell.value, str):
                cell.data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def own_answer(survey: Survey, person: Person, column: EntryColumn, chance: Random) -> object:
    """Return what is typed into a column of ours."""
    answers = {
        "participant": person.participant,
        "answered_on": person.day,
        "municipality": survey.practice.municipalities[0],
    }
    if column.item is None:
        return answers.get(column.id)
    if column.item.id == SESSION_ITEM:
        return typed(survey, column.item, person.marks.get(int(column.id.removeprefix("session_"))), chance)
    if column.item.kind == "text":
        return person.texts.get(column.id)
    return typed(survey, column.item, person.answers.get(column.id), chance)
