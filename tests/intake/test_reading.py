"""Workbooks are read as workers fill them in: what is right is taken, what is not is named by sheet and cell."""

import datetime
import io
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from evaluation.definitions import Library
from evaluation.i18n import Translator, languages
from evaluation.intake import FileSettings, read_draft
from evaluation.records import Draft

START = "Asiakkaan alkukysely"
MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"
SISU = FileSettings(practice="sisu", questionnaire="client_start")


def told(draft: Draft) -> list[tuple[str, str, str | None]]:
    return [(problem.severity, problem.code, problem.cell) for problem in draft.problems]


def answers(draft: Draft) -> list[tuple[int, str, int]]:
    return [tuple(row) for row in draft.answers.itertuples(index=False)]  # type: ignore[misc]


def test_ten_rows_of_which_three_are_wrong_in_different_ways(library: Library, fill) -> None:
    rows: list[dict[str, object]] = [
        {"participant": f"A{number}", "answered_on": datetime.date(2018, 2, 7), "state_mood": 3} for number in range(10)
    ]
    rows[1]["state_mood"] = 7
    rows[4]["answered_on"] = "keväällä"
    rows[8]["participant"] = None
    draft = read_draft(fill("sisu", "client_start", rows), "sisu.xlsx", library)
    assert (draft.rows, draft.rejected, len(draft.responses)) == (10, 3, 7)
    assert told(draft) == [
        ("error", "off_scale", "D3"),
        ("error", "not_a_date", "B6"),
        ("error", "participant_missing", "A10"),
    ]
    assert {problem.sheet for problem in draft.problems} == {START}


def test_every_message_says_what_stands_there_and_what_to_write(library: Library, fill) -> None:
    content = fill("sisu", "client_start", [{"participant": "A1", "state_mood": "melko ok"}])
    (problem,) = read_draft(content, "sisu.xlsx", library).problems
    assert "”melko ok”" in problem.message(Translator("fi"))
    assert "5 = Erittäin hyvin" in problem.message(Translator("fi"))
    assert "5 = Mycket bra" in problem.message(Translator("sv"))
    assert "5 = Very well" in problem.message(Translator("en"))


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Hyvin", 4), ("hyvin", 4), ("  HYVIN ", 4), ("Hyvin\u00a0", 4), ("Bra", 4), ("Well", 4), ("very well", 5),
        (4, 4), (4.0, 4), ("4", 4), ("4,0", 4), ("4 = Hyvin", 4), ("Hyvin (4)", 4), ("4. hyvin", 4),
        ("En osaa sanoa", 98), ("eos", 98), ("kan inte säga", 98), (98, 98), ("Ei koske minua", 99), ("DON’T KNOW", 98),
    ],
)  # fmt: skip
def test_an_answer_may_be_a_code_or_a_label_of_any_language(library: Library, fill, written: object, code: int) -> None:
    draft = read_draft(fill("sisu", "client_start", [{"participant": "A1", "state_mood": written}]), "a.xlsx", library)
    assert answers(draft) == [(0, "state_mood", code)]


@pytest.mark.parametrize("written", [0, 6, 4.5, "4 = Huonosti", "4-5", "n/a", "-", datetime.date(2018, 1, 4), True])
def test_an_answer_off_the_scale_rejects_its_row(library: Library, fill, written: object) -> None:
    row = {"participant": "A1", "state_mood": written, "state_taking_part": 3}
    draft = read_draft(fill("sisu", "client_start", [row]), "a.xlsx", library)
    assert told(draft) == [("error", "off_scale", "D2")]
    assert draft.responses.empty
    assert draft.answers.empty


def test_the_same_table_typed_by_hand_needs_only_the_practice(library: Library, table) -> None:
    content = table(("Tunniste", MOOD, LONELY), ("A1", "hyvin", "harvoin"), ("A2", 2, None), sheet=START)
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu"))
    assert draft.layout == "plain_table"
    assert draft.questionnaires == ("client_start",)
    assert answers(draft) == [(0, "state_mood", 4), (0, "state_social_relations", 2), (1, "state_mood", 2)]
    assert set(draft.responses["municipality"]) == {"Lempäälä"}


def test_headings_may_be_of_any_language_numbered_and_below_titles(library: Library, table) -> None:
    content = table(
        ("Sisu, kevät 2018",),
        (),
        (" KOD ", "1. Hur mår du till sinnes just nu ?", "state_social_relations"),
        ("a1", 4, 2),
    )
    draft = read_draft(content, "oma.xlsx", library, SISU)
    assert told(draft) == [("notice", "place_from_title", "A1")]
    assert answers(draft) == [(0, "state_mood", 4), (0, "state_social_relations", 2)]
    assert draft.responses[["participant", "cohort"]].to_numpy().tolist() == [["a1", "kevät 2018"]]


def test_start_and_end_forms_are_not_guessed_apart(library: Library, table) -> None:
    content = table(("Tunniste", MOOD), ("A1", 3), ("A2", 4))
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu"))
    assert told(draft) == [("error", "questionnaire_unclear", None)]
    assert (draft.rows, draft.rejected, draft.readable) == (2, 2, False)
    assert read_draft(content, "oma.xlsx", library, SISU).questionnaires == ("client_start",)


def test_without_a_practice_nothing_is_taken(library: Library, table) -> None:
    draft = read_draft(table(("Tunniste", MOOD), ("A1", 3)), "oma.xlsx", library)
    assert told(draft) == [("error", "practice_missing", None)]
    assert draft.responses.empty


def test_practice_and_municipality_may_stand_in_columns(library: Library, table) -> None:
    content = table(
        ("Käytäntö", "Kunta", "Tunniste", "Miten hyvin sinua kuunnellaan, kun asioistasi päätetään?"),
        ("Muotoutuva tiimi", "kihniö", "P1", 3),
        ("lape", "Parkano", "P2", 4),
        ("lape", "Nokia", "P3", 4),
        ("Lappe", "Parkano", "P4", 4),
        sheet=START,
    )
    draft = read_draft(content, "oma.xlsx", library, FileSettings(questionnaire="client_start"))
    assert draft.responses["municipality"].tolist() == ["Kihniö", "Parkano"]
    assert told(draft) == [("error", "practice_unknown", "A5")]
    assert [(question.kind, question.cell) for question in draft.questions] == [("new_place", "B4")]


def test_a_misspelt_heading_is_taken_and_said_with_its_likeness(library: Library, table) -> None:
    heading = "Miten voit mielialasi puolesta tällähetkellä"
    content = table(("Tunniste", LONELY, heading, "Kengännumero"), ("A1", 2, 4, 43))
    draft = read_draft(content, "oma.xlsx", library, SISU)
    assert told(draft) == [("warning", "column_similar", "C1"), ("warning", "column_unknown", "D1")]
    assert MOOD in draft.problems[0].message(Translator("fi"))
    assert answers(draft) == [(0, "state_social_relations", 2), (0, "state_mood", 4)]


def test_a_misspelt_heading_over_answers_of_another_scale_is_offered_and_not_taken(library: Library, table) -> None:
    heading = "Miten voit mielialasi puolesta tällähetkellä"
    draft = read_draft(table(("Tunniste", LONELY, heading), ("A1", 2, 43)), "oma.xlsx", library, SISU)
    assert told(draft) == [("warning", "column_near", "C1")]
    assert answers(draft) == [(0, "state_social_relations", 2)]


def test_what_the_worker_says_of_a_heading_and_an_answer_holds(library: Library, table) -> None:
    content = table(("Tunniste", "Fiilis", LONELY), ("A1", "jees", 2), ("A2", 3, "no joo"))
    settings = FileSettings(
        practice="sisu",
        questionnaire="client_start",
        columns={"fiilis": "state_mood"},
        labels={("state_mood", "jees"): 4, ("state_social_relations", "no joo"): None},
    )
    draft = read_draft(content, "oma.xlsx", library, settings)
    assert told(draft) == [("warning", "answer_left_empty", "C3")]
    assert answers(draft) == [(0, "state_mood", 4), (0, "state_social_relations", 2), (1, "state_mood", 3)]


def test_headings_that_are_bare_numbers_go_by_the_order_of_a_form_that_is_named(library: Library, table) -> None:
    content = table(("Tunniste", "K1", "K2", "K3"), ("A1", 4, 5, 2), ("A2", 3, 1, 1), sheet="Taul1")
    draft = read_draft(content, "oma.xlsx", library, SISU)
    assert {problem.code for problem in draft.problems} == {"column_by_position"}
    questions = [item.id for item in library.questionnaire("client_start").items_for(library.practices["sisu"])]
    assert answers(draft)[:3] == [(0, questions[0], 4), (0, questions[1], 5), (0, questions[2], 2)]


def test_a_column_that_stands_twice_with_other_answers_waits_for_the_worker(library: Library, table) -> None:
    content = table(("Tunniste", MOOD, MOOD), ("A1", 2, 4))
    draft = read_draft(content, "oma.xlsx", library, SISU)
    assert told(draft) == [("warning", "column_twice", "C1")]
    (question,) = draft.questions
    assert (question.kind, question.cell, question.rows, draft.rejected) == ("repeated_column", "C1", 1, 1)
    assert answers(draft) == []
    for choice, value in (("first", [2]), ("second", [4]), ("leave_out", [])):
        decided = replace(SISU, decisions={question.key: choice})
        draft = read_draft(content, "oma.xlsx", library, decided)
        assert [value for _, _, value in answers(draft)] == value
    draft = read_draft(
        content, "oma.xlsx", library, FileSettings(practice="sisu", decisions={question.key: "start_end"})
    )
    assert draft.answers.merge(draft.responses, on="response_no")[["timing", "value"]].to_numpy().tolist() == [
        ["start", 2],
        ["end", 4],
    ]


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        ([("A1", None, 4), ("A2", 2, None), ("A3", None, None)], [4, 2]),
        ([("A1", 4, 4), ("A2", 2, None)], [4, 2]),
        ([("A1", "Hyvin", None), ("A2", None, 2)], [4, 2]),
    ],
)
def test_two_columns_that_complete_each_other_are_one_question(library: Library, table, rows, values) -> None:
    draft = read_draft(table(("Tunniste", MOOD, MOOD), *rows), "oma.xlsx", library, SISU)
    assert ("notice", "column_joined", "C1") in told(draft)
    assert [value for _, _, value in answers(draft)] == values


def test_codes_in_two_columns_are_read_as_one(library: Library, table) -> None:
    content = table(("Tunniste", MOOD, "Koodi"), ("A1", 2, None), (None, 3, "A2"))
    draft = read_draft(content, "oma.xlsx", library, SISU)
    assert draft.responses["participant"].tolist() == ["A1", "A2"]


def test_a_missing_code_column_rejects_the_sheet_and_counts_its_rows(library: Library, table) -> None:
    draft = read_draft(table((MOOD, LONELY), (3, 2), (4, 1)), "oma.xlsx", library, SISU)
    assert told(draft) == [("error", "column_missing", None)]
    assert (draft.rows, draft.rejected, len(draft.responses)) == (2, 2, 0)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (bytes(range(256)), "not_a_workbook"),
        (b"PK\x03\x04" + bytes(100), "damaged_workbook"),
    ],
)
def test_what_is_no_workbook_is_told_in_a_sentence(library: Library, content: bytes, code: str) -> None:
    draft = read_draft(content, "palaute.xlsx", library)
    (problem,) = draft.problems
    assert (problem.severity, problem.code, problem.cell, draft.rows) == ("error", code, None, 0)
    for language in languages():
        assert "palaute.xlsx" in problem.message(Translator(language))


def test_a_workbook_that_would_unpack_beyond_all_reason_is_not_opened(library: Library) -> None:
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(300 * 2**20))
    assert told(read_draft(target.getvalue(), "iso.xlsx", library)) == [("error", "too_large", None)]


def test_an_empty_sheet_and_a_form_without_rows_are_told(library: Library, table, fill) -> None:
    assert told(read_draft(table(), "tyhja.xlsx", library)) == [("error", "no_content", None)]
    draft = read_draft(fill("sisu", "client_start", []), "lomake.xlsx", library)
    assert told(draft) == [("warning", "no_rows", None)]


def test_a_table_without_any_known_question_is_told(library: Library, table) -> None:
    draft = read_draft(table(("Nimi", "Osoite"), ("x", "y")), "muu.xlsx", library, SISU)
    assert not draft.readable
    assert [problem.code for problem in draft.problems] == ["sheet_not_recognised", "nothing_recognised"]


def test_an_identity_code_rejects_its_row_and_is_never_repeated(library: Library, fill) -> None:
    code = "131052-308T"
    rows = [
        {"participant": code, "state_mood": 3},
        {"participant": "A2", "state_mood": code},
        {"participant": "A3", "cohort": code, "state_mood": 3},
    ]
    draft = read_draft(fill("sisu", "client_start", rows), "a.xlsx", library)
    assert [problem.code for problem in draft.problems] == ["identity_code", "identity_code", "identity_code"]
    assert draft.responses.empty
    assert all(code not in problem.message(Translator("fi")) for problem in draft.problems)
    assert all(code not in str(problem.value) for problem in draft.problems)


def test_an_identity_code_in_an_open_answer_is_masked(library: Library, fill) -> None:
    rows = [{"participant": "A1", "sat_access": 4, "best_thing": "Pekka 131052A308T oli mukava"}]
    draft = read_draft(fill("sisu", "client_end", rows), "a.xlsx", library)
    assert [problem.code for problem in draft.problems] == ["identity_code_masked"]
    assert draft.texts["text"].tolist() == ["Pekka *** oli mukava"]
    assert len(draft.responses) == 1


def test_an_error_cell_and_an_uncalculated_formula_are_not_blank_answers(library: Library, fill) -> None:
    rows = [{"participant": "A1", "state_mood": "#N/A"}, {"participant": "A2", "state_mood": "=1+2"}]
    draft = read_draft(fill("sisu", "client_start", rows), "a.xlsx", library)
    assert told(draft) == [("error", "error_cell", "D2"), ("error", "formula_cell", "D3")]


def test_rows_without_answers_and_rows_of_totals_are_named(library: Library, fill) -> None:
    rows = [
        {"participant": "A1"},
        {},
        {"participant": "Yhteensä", "state_mood": 3},
        {"participant": "A2", "state_mood": 3},
    ]
    draft = read_draft(fill("sisu", "client_start", rows), "a.xlsx", library)
    assert told(draft) == [("notice", "total_row", "A4"), ("notice", "no_answers", "A2")]
    assert (draft.rows, draft.rejected, draft.set_aside, len(draft.responses)) == (3, 0, 2, 1)


def test_a_register_gives_marks_by_session_with_their_days(library: Library, fill) -> None:
    rows = [
        {"participant": "A1", "completed": "kyllä", "session_1": "x", "session_2": "Perui", "session_3": 1},
        {"participant": "A2", "completed": "Ei", "session_1": "-", "session_2": "läsnä"},
    ]
    days = {"session_1": datetime.date(2018, 9, 5), "session_2": "12.9.2018"}
    draft = read_draft(fill("sisu", "attendance_register", rows, headings=days), "a.xlsx", library)
    assert told(draft) == []
    first, second = datetime.date(2018, 9, 5), datetime.date(2018, 9, 12)
    marks = [tuple(row) for row in draft.attendance.itertuples(index=False)]
    assert marks == [(0, 1, first, 1), (0, 2, second, 2), (0, 3, None, 1), (1, 1, first, 0), (1, 2, second, 1)]
    assert answers(draft) == [(0, "completed", 1), (1, "completed", 0)]


def test_a_register_typed_by_hand_is_known_by_its_sessions(library: Library, table) -> None:
    content = table(("Tunniste", "1. kerta", "2. kerta 12.9.2018"), ("A1", 1, 0), ("A2", "x", "x"))
    draft = read_draft(content, "lista.xlsx", library, FileSettings(practice="sisu"))
    assert draft.questionnaires == ("attendance_register",)
    assert draft.attendance["mark"].tolist() == [1, 0, 1, 1]


def test_a_head_count_needs_its_day_and_number(library: Library, fill) -> None:
    rows = [
        {"answered_on": "4.1.2018", "visits": 5, "occasion": "Tavallinen päivä"},
        {"answered_on": "11.1.2018", "visits": "1 024", "occasion": "RUOKA-APU"},
        {"answered_on": "18.1.2018", "visits": "noin 5"},
        {"visits": 5},
        {"answered_on": "25.1.2018", "occasion": 1},
    ]
    draft = read_draft(fill("passeli", "head_count", rows), "a.xlsx", library)
    assert [problem.code for problem in draft.problems] == ["not_a_count", "answered_on_missing", "count_missing"]
    assert answers(draft) == [(0, "visits", 5), (0, "occasion", 1), (1, "visits", 1024), (1, "occasion", 2)]


def test_what_the_workbook_says_goes_before_what_the_worker_says(library: Library, fill) -> None:
    content = fill("sisu", "client_start", [{"participant": "A1", "state_mood": 3}], cohort="Kevät 2018")
    draft = read_draft(content, "a.xlsx", library, FileSettings(practice="gruppis", cohort="Syksy 2018"))
    assert [problem.code for problem in draft.problems] == ["given_differs", "given_differs"]
    assert draft.responses[["practice", "cohort"]].to_numpy().tolist() == [["sisu", "Kevät 2018"]]


def test_a_template_of_an_unknown_version_is_refused(library: Library, fill) -> None:
    book = load_workbook(io.BytesIO(fill("sisu", "client_start", [{"participant": "A1", "state_mood": 3}])))
    for key, value in book["_evaluation"].iter_rows(max_col=2):
        if key.value == "version":
            value.value = "7"
    target = io.BytesIO()
    book.save(target)
    assert told(read_draft(target.getvalue(), "a.xlsx", library)) == [("error", "questionnaire_unknown", None)]


def test_equal_answers_of_two_people_without_a_code_are_two_rows(library: Library, fill) -> None:
    row = {"answered_on": "4.1.2018", "session_useful": 5}
    draft = read_draft(fill("passeli", "session_feedback", [row, row]), "a.xlsx", library)
    assert len(draft.responses) == 2
    assert draft.responses[["tool_key", "person_key"]].isna().all(axis=None), "nothing but their number tells them"


def test_a_cell_far_off_from_the_others_is_named(library: Library, fill) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"] = "Tunniste", MOOD
    sheet["A2"], sheet["B2"] = "A1", 3
    sheet["XFD1048576"] = "x"
    target = io.BytesIO()
    book.save(target)
    draft = read_draft(target.getvalue(), "a.xlsx", library, SISU)
    assert told(draft) == [("error", "stray_cell", "XFD1048576")]


@pytest.mark.parametrize("text", ["no joo", "-en halua sanoa-", "vet inte riktigt", "ei tätä", "skip"])
def test_an_answer_that_the_worker_lets_go_is_named_by_its_cell(text: str, library: Library, table) -> None:
    content = table(("Tunniste", MOOD, LONELY), ("A1", 4, 2), ("A2", 3, text), ("A3", 5, 1))
    settings = replace(SISU, labels={("state_social_relations", text): None})
    draft = read_draft(content, "oma.xlsx", library, settings)
    assert told(draft) == [("warning", "answer_left_empty", "C3")]
    assert f"”{text}”" in draft.problems[0].message(Translator("fi"))
    assert [row for row in answers(draft) if row[0] == 1] == [(1, "state_mood", 3)]
