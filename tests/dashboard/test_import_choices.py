"""What the import page makes of the worker's choices, what it asks and in which order: without any page."""

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd
import pytest

from evaluation.dashboard.importing.choices import (
    EVERY_FILE,
    LATER,
    LEAVE_OUT,
    NO_ANSWER,
    STORED,
    Choices,
    FileQueries,
    choice_key,
    conflict_key,
    marked,
    still_open,
)
from evaluation.dashboard.importing.column_choices import likely_of, status_of
from evaluation.dashboard.importing.problem_list import lines_of
from evaluation.dashboard.importing.question_groups import codes_of, differences, place_name
from evaluation.dashboard.importing.session_files import SessionFiles, keep_choices
from evaluation.dashboard.importing.summary import recognised_as
from evaluation.dashboard.importing.understanding import OpenFile
from evaluation.definitions import Library
from evaluation.findings import Words
from evaluation.i18n import Translator
from evaluation.intake import Opened
from evaluation.intake.layouts import LAYOUTS
from evaluation.records import ColumnMatch, Conflict, Draft, FormPlace, Problem, Receipt, UnknownAnswer
from tests.conftest import EVERY_LANGUAGE

T = Translator("fi")
MARK = "0123456789abcdef"
NEAR = ColumnMatch("Taul1", "B1", "Mielala", None, "near", 0.83, ("state_mood", "state_health"), ("4",))
FIRST, SECOND = FormPlace("Taul1", 5), FormPlace("Taul1", 6)
PAIR = Conflict("D3", "client_end", (FIRST, SECOND), {"state_mood": (2, 5)})


@pytest.fixture(scope="module")
def words(library: Library) -> Words:
    return Words(library, T)


def _answer(item: str, text: str, rows: int = 1) -> UnknownAnswer:
    return UnknownAnswer("Taul1", "C2", item, text, text, rows, None)


def _choices(**said: object) -> Choices:
    return Choices({choice_key(MARK, *key.split("__")): value for key, value in said.items()}, MARK)  # type: ignore[arg-type]


def _receipt(**more: object) -> Receipt:
    base = Receipt("a.xlsx", "", None, "plain_table", (), rows=0, accepted=0, rejected=0, duplicates=0, problems=())
    return replace(base, **more)  # type: ignore[arg-type]


def test_what_is_said_of_a_file_goes_before_what_is_said_of_all() -> None:
    values = {
        choice_key(EVERY_FILE, "place", "practice"): "sisu",
        choice_key(EVERY_FILE, "place", "cohort"): " Kevät 2018 ",
        choice_key(MARK, "place", "practice"): "gruppis",
    }
    given = Choices(values, MARK).instructions(FileQueries(), Choices(values, EVERY_FILE))
    assert (given.practice, given.cohort, given.questionnaire) == ("gruppis", "Kevät 2018", None)


def test_choices_of_columns_become_targets_and_left_out_ones_none() -> None:
    asked = FileQueries(columns={"mielala": NEAR, "ikä": NEAR, "hetki": NEAR})
    choices = _choices(column__mielala="state_mood", column__ikä=LEAVE_OUT)
    given = choices.instructions(asked, _choices())
    assert given.columns == {"mielala": "state_mood", "ikä": None}


def test_an_answer_explained_once_holds_for_every_question_of_its_scale() -> None:
    asked = FileQueries(
        answers={
            ("agreement", "jees"): (_answer("sat_usefulness", "jees"), _answer("sat_influence", "jees")),
            ("agreement", "höpö"): (_answer("sat_usefulness", "höpö"),),
            ("agreement", "ehkä"): (_answer("sat_usefulness", "ehkä"),),
        }
    )
    given = _choices(answer__agreement__jees="5", answer__agreement__höpö=NO_ANSWER).instructions(asked, _choices())
    expected = {("sat_usefulness", "jees"): 5, ("sat_influence", "jees"): 5, ("sat_usefulness", "höpö"): None}
    assert given.labels == expected


def test_a_remembered_answer_is_said_anew_only_when_it_is_changed() -> None:
    asked = FileQueries(recalled={("agreement", "jees"): {"sat_usefulness": 4}})
    assert _choices().instructions(asked, _choices()).labels == {}
    assert _choices(answer__agreement__jees="2").instructions(asked, _choices()).labels == {
        ("sat_usefulness", "jees"): 2
    }


def test_only_ticked_near_codes_are_joined() -> None:
    given = _choices(same__A11=True, hidden=True).instructions(FileQueries(near={"A11": "A1", "B22": "B2"}), _choices())
    assert given.same_codes == {"A11": "A1"}
    assert not given.hidden_rows


@pytest.mark.parametrize(
    ("said", "kept"), [("6 Taul1", {("Taul1", 6)}), (LATER, set()), (STORED, set()), (None, set())]
)
def test_the_form_that_holds_is_kept_by_its_place(said: str | None, kept: set[tuple[str, int]]) -> None:
    key = conflict_key(PAIR)
    choices = Choices({choice_key(MARK, "keep", key): said}, MARK)
    assert choices.keep(FileQueries(conflicts={key: PAIR})) == kept


def test_a_conflict_with_a_stored_form_is_known_by_its_place_in_the_file() -> None:
    stored = FormPlace(import_id=3, file="vanha.xlsx")
    assert conflict_key(replace(PAIR, forms=(stored, SECOND))) == "6 Taul1"


def test_what_was_answered_stays_and_what_has_gone_of_itself_does_not() -> None:
    before = {"answered": 1, "gone": 2, "changed": 3}
    asked = still_open(before, {"changed": 4, "new": 5}, {"answered"})
    assert list(asked.items()) == [("answered", 1), ("changed", 4), ("new", 5)]


def test_choices_for_a_file_vanish_with_it_and_those_for_all_with_the_last() -> None:
    mine, gone, all_files = (choice_key(mark, "hidden") for mark in (MARK, "fedcba", EVERY_FILE))
    values: dict[str, object] = {mine: True, gone: True, all_files: True, "language_switch": "fi"}
    keep_choices(values, {MARK: OpenFile(Opened("a.xlsx", b"", MARK, None))})
    assert values == {mine: True, all_files: True, "language_switch": "fi"}
    keep_choices(values, {})
    assert values == {"language_switch": "fi"}


def test_a_heading_with_any_sign_in_it_gives_a_key_of_its_file() -> None:
    assert marked(choice_key(MARK, "column", "kysymys | a / b \x1f c")) == MARK
    assert marked("language_switch") is None


@dataclass
class _Upload:
    name: str
    file_id: str
    content: bytes = b""
    read: list[str] = field(default_factory=list)

    def getvalue(self) -> bytes:
        return self.content


def test_a_file_is_read_once_and_forgotten_when_it_is_gone() -> None:
    read: list[str] = []

    def opened(content: bytes, name: str) -> Opened:
        read.append(name)
        return Opened(name, content, content.hex().ljust(64, "0"), None)

    files = SessionFiles()
    first, second = _Upload("a.xlsx", "1", b"a"), _Upload("b.xlsx", "2", b"b")
    files.take([first, second], opened)
    files.take([second, first, _Upload("a (1).xlsx", "3", b"a")], opened)
    assert read == ["a.xlsx", "b.xlsx", "a (1).xlsx"]
    assert [file.opened.file for file in files.open.values()] == ["b.xlsx", "a.xlsx"]
    assert files.again == ("a (1).xlsx",)
    files.take([second], opened)
    assert [file.opened.file for file in files.open.values()] == ["b.xlsx"]
    assert len(read) == 3


@pytest.mark.parametrize(
    ("match", "said", "status"),
    [
        (NEAR, False, "near"),
        (replace(NEAR, target="state_mood", how="similar"), False, "similar"),
        (replace(NEAR, target="state_mood", how="position"), False, "position"),
        (replace(NEAR, how="exact", alternatives=("state_mood",)), False, "twice"),
        (replace(NEAR, how="none"), False, "other_form"),
        (replace(NEAR, how="none", alternatives=()), False, "unknown"),
        (replace(NEAR, how="none", alternatives=(), examples=()), False, None),
        (replace(NEAR, target="state_mood", how="exact"), False, None),
        (replace(NEAR, kind="personal"), False, None),
        (replace(NEAR, target="state_mood", how="confirmed"), False, "remembered"),
        (replace(NEAR, how="confirmed", kind="left_out"), False, "remembered"),
        (replace(NEAR, target="state_mood", how="confirmed"), True, None),
        (replace(NEAR, how="confirmed", kind="left_out"), True, None),
        (replace(NEAR, how="confirmed"), True, "twice"),
    ],
)
def test_a_column_needs_a_look_unless_a_text_names_it_or_the_worker_has_said(
    match: ColumnMatch, said: bool, status: str | None
) -> None:
    assert status_of(match, said) == status


def test_what_a_column_was_taken_for_comes_before_what_it_resembles() -> None:
    questions = ("state_health", "recommend", "state_mood", "sat_usefulness")
    assert likely_of(NEAR, questions) == ("state_mood", "state_health")
    assert likely_of(replace(NEAR, target="recommend"), questions) == ("recommend", "state_mood", "state_health")


def test_a_question_of_another_form_is_not_likely() -> None:
    assert likely_of(NEAR, ("recommend",)) == ()


def test_no_answer_comes_first_and_the_nearest_after_it(library: Library) -> None:
    codes = codes_of(library.scales["agreement5"], 4)
    assert codes[:2] == (NO_ANSWER, "4")
    assert len(codes) == len(set(codes)) == len(library.scales["agreement5"].answers) + 1


def test_lines_of_one_kind_stand_together_and_go_down_the_sheet() -> None:
    cells = (("timing_missing", "B10"), ("participant_missing", "A3"), ("timing_missing", "B9"))
    problems = [Problem("error", code, "Taul1", cell, cell) for code, cell in cells]
    problems[2] = replace(problems[2], code="timing_unknown", value="alussa")
    problems.append(replace(problems[0], code="timing_unknown", cell="B2", value="lopussa"))
    lines = lines_of(problems, "error", T)
    assert [line.cells for line in lines] == [("B10",), ("A3",), ("B2",), ("B9",)]


def test_the_same_sentence_of_many_cells_is_one_line() -> None:
    cells = ("A2", "A3", "A4")
    problems = [Problem("error", "participant_missing", "Taul1", cell) for cell in cells]
    problems += [Problem("error", "participant_missing", "Taul2", "A2"), Problem("notice", "turned_table", "Taul1")]
    lines = lines_of(problems, "error", T)
    assert [(line.sheet, line.cells) for line in lines] == [("Taul1", cells), ("Taul2", ("A2",))]
    assert lines[0].place(T) == "Taul1 A2, A3, A4"
    assert [line.place(T) for line in lines_of(problems, "notice", T)] == ["Taul1"]


def test_of_a_long_row_of_cells_the_rest_is_counted() -> None:
    problems = [Problem("error", "participant_missing", "Taul1", f"A{row}") for row in range(1, 31)]
    (line,) = lines_of(problems, "error", T)
    assert line.place(T).endswith(T("dashboard.more_cells", n="18"))


def test_forms_are_told_apart_by_answers_in_words_and_by_their_places(words: Words, library: Library) -> None:
    conflict = replace(
        PAIR, differing={"state_mood": (2, None), "session_3": (1, 0), "best_thing": ("Hyvä ryhmä", "Ruoka")}
    )
    mood = library.items["state_mood"]
    label = T.label(library.scale_of(mood).answer(2).label.root)  # type: ignore[union-attr]
    first, second = (dict(differences(conflict, number, words)) for number in (0, 1))
    assert first[T.label(mood.short.root)] == label
    assert second[T.label(mood.short.root)] == T("dashboard.no_answer")
    assert first[T("dashboard.session", n=3)] != second[T("dashboard.session", n=3)]
    assert "Hyvä ryhmä" in first.values()
    assert place_name(FIRST, words) == T("dashboard.on_row", row=5, sheet="Taul1")


def _draft(layout: str) -> Draft:
    nothing = pd.DataFrame({"response_no": np.zeros(0, int)})
    return Draft("a.xlsx", "", layout, (), nothing, nothing, nothing, nothing, rows=0, rejected=0)


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_every_kind_of_file_has_a_name(library: Library, language: str) -> None:
    t = Translator(language)
    names = {recognise.__module__.rsplit(".", 1)[1] for recognise in LAYOUTS} - {
        "not_answers",
        "counted_table",
        "stacked",
    }
    names |= {"counted", "single_form", "cohort_workbook", "refused"}
    said = {name: recognised_as(_draft(name), Words(library, t)) for name in names}
    assert {name for name in names if said[name] != t(f"dashboard.layout_{name}")} == set()
    assert recognised_as(_draft("of another world"), Words(library, t)) == t("dashboard.layout_plain_table")
