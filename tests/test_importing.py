"""A file goes back with comments on its cells, comes in again mended, and only what was missing is added."""

import datetime
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from evaluation.definitions import Library
from evaluation.i18n import Translator, languages
from evaluation.importing import remember, understand
from evaluation.intake import FileSettings, commented, open_file
from evaluation.records import Receipt
from evaluation.store import Selection, Store

MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"
USEFUL, HEARD = "Tästä kerrasta oli minulle hyötyä.", "Minua kuunneltiin."
SISU = FileSettings(practice="sisu", questionnaire="client_start", cohort="kevät 2018")


def taken(store: Store, library: Library, content: bytes, file: str, given: FileSettings) -> Receipt:
    draft, used = understand(open_file(content, file), store, library, given)
    receipt = store.accept(draft)
    if receipt.import_id is not None:
        remember(store, draft, used)
    return receipt


def counts(receipt: Receipt) -> tuple[int, int, int, int]:
    return receipt.rows, receipt.accepted, receipt.rejected, receipt.duplicates


@pytest.mark.parametrize("language", languages())
def test_a_mended_copy_with_comments_adds_only_what_was_missing(
    store: Store, library: Library, table, language: str
) -> None:
    content = table(
        ("Tunniste", MOOD, LONELY), ("A1", 3, 2), ("A2", 9, 1), ("A3", "hyvin", "aina"), ("A4", 4, 2), sheet="Alku"
    )
    first = taken(store, library, content, "alku.xlsx", SISU)
    assert counts(first) == (4, 2, 2, 0)
    copy = commented(content, "alku.xlsx", first.problems, Translator(language))
    book = load_workbook(io.BytesIO(copy))
    sheet = book["Alku"]
    for problem in first.problems:
        assert problem.message(Translator(language)) in sheet[problem.cell].comment.text
    assert book.sheetnames[0] == Translator(language)("intake.summary_sheet")
    sheet["B3"], sheet["C4"] = 5, 3
    target = io.BytesIO()
    book.save(target)
    again = taken(store, library, target.getvalue(), "alku_huomiot.xlsx", SISU)
    assert counts(again) == (4, 2, 0, 2)
    assert taken(store, library, target.getvalue(), "alku_huomiot.xlsx", SISU).accepted == 0


def test_rows_without_code_or_day_are_known_again_in_the_mended_copy(store: Store, library: Library, table) -> None:
    asked = [item.text["fi"] for item in library.questionnaire("client_follow_up").items[:2]]
    given = FileSettings(practice="fyrkkaa", questionnaire="client_follow_up", cohort="2018")
    content = table(asked, (4, 5), (4, 5), (9, 5), sheet="Vastaukset")
    first = taken(store, library, content, "tyontekijat.xlsx", given)
    assert counts(first) == (3, 2, 1, 0)
    copy = commented(content, "tyontekijat.xlsx", first.problems, Translator("fi"))
    book = load_workbook(io.BytesIO(copy))
    book["Vastaukset"]["A4"] = 3
    target = io.BytesIO()
    book.save(target)
    assert counts(taken(store, library, target.getvalue(), "huomiot (1).xlsx", given)) == (3, 1, 0, 2)


def test_the_same_file_comes_in_again_when_the_worker_has_said_more_of_it(
    store: Store, library: Library, table
) -> None:
    content = table(("Tunniste", MOOD), ("A1", 3), ("A2", "jees"))
    first = taken(store, library, content, "alku.xlsx", SISU)
    assert counts(first) == (2, 1, 1, 0)
    said = FileSettings(**{**vars(SISU), "labels": {("state_mood", "jees"): 4}})
    again = taken(store, library, content, "alku.xlsx", said)
    assert counts(again) == (2, 1, 0, 1)
    assert [problem.code for problem in again.problems] == ["already_imported"]


def test_what_was_said_of_headings_and_answers_is_offered_for_the_next_file(
    store: Store, library: Library, table
) -> None:
    said = FileSettings(
        **{**vars(SISU), "columns": {"fiilis": "state_mood"}, "labels": {("state_mood", "jees"): 4}},
    )
    first = table(("Tunniste", "Fiilis", LONELY), ("A1", "jees", 2))
    assert taken(store, library, first, "yksi.xlsx", said).accepted == 1
    second = table(("Tunniste", "Fiilis", LONELY), ("B1", "jees", 3), ("B2", 5, 1))
    draft, used = understand(open_file(second, "kaksi.xlsx"), store, library, SISU)
    assert used.columns == {"fiilis": "state_mood"}
    assert [match.how for match in draft.columns if match.heading == "Fiilis"] == ["confirmed"]
    assert (len(draft.responses), draft.rejected) == (2, 0)
    elsewhere = table(("Tunniste", "Fiilis", MOOD), ("C1", 5, 3))
    draft, _ = understand(open_file(elsewhere, "kolme.xlsx"), store, library, SISU)
    assert [match.target for match in draft.columns if match.heading == "Fiilis"] == [None]


def test_a_run_is_called_as_in_earlier_imports_so_that_its_people_are_matched(
    store: Store, library: Library, table
) -> None:
    start = table(("Tunniste", MOOD), ("A1", 3), sheet="Kevät 2018")
    taken(store, library, start, "alku.xlsx", FileSettings(practice="sisu", questionnaire="client_start"))
    end = table(("Tunniste", MOOD), ("A1", 4))
    ending = FileSettings(practice="sisu", questionnaire="client_end", cohort="kevät 2018")
    receipt = taken(store, library, end, "loppu.xlsx", ending)
    assert [(each.code, each.value) for each in receipt.problems] == [("cohort_called", "kevät 2018")]
    assert store.contents()["cohort"].tolist() == ["Kevät 2018", "Kevät 2018"]
    assert len(store.pair_counts(Selection())) == 1


def test_codes_that_differ_by_case_are_one_persons_unless_the_worker_says_otherwise(
    store: Store, library: Library, table
) -> None:
    start = table(("Tunniste", MOOD), ("Pongo1", 3), sheet="Taul1")
    taken(store, library, start, "alku.xlsx", SISU)
    end = table(("Tunniste", MOOD), ("pongo1", 4), sheet="Taul1")
    ending = FileSettings(practice="sisu", questionnaire="client_end", cohort="kevät 2018")
    draft, _ = understand(open_file(end, "loppu.xlsx"), store, library, ending)
    assert draft.responses["participant"].tolist() == ["Pongo1"]
    assert [question.key for question in draft.questions] == ["codes_alike"]
    other = FileSettings(**{**vars(ending), "decisions": {"codes_alike": "different"}})
    draft, _ = understand(open_file(end, "loppu.xlsx"), store, library, other)
    assert draft.responses["participant"].tolist() == ["pongo1"]


def test_an_identity_code_in_names_of_file_and_sheet_is_never_kept(store: Store, library: Library, table) -> None:
    code = "131052-308T"
    content = table(("Tunniste", MOOD), ("A1", 9), ("A2", 3), sheet=f"Asiakas {code}")
    opened = open_file(content, f"palaute {code}.xlsx")
    draft, _ = understand(opened, store, library, SISU)
    receipt = store.accept(draft)
    said = [receipt.file, *(str(problem) for problem in receipt.problems), *draft.responses["sheet"]]
    assert not [each for each in said if code in each]
    assert code not in str(store.imports())
    copy = load_workbook(io.BytesIO(commented(opened.content, opened.file, receipt.problems, Translator("fi"))))
    assert copy[f"Asiakas {code}"]["B2"].comment is not None


def test_a_day_that_the_file_does_not_tell_is_said_once_for_all_its_rows(store: Store, library: Library, table) -> None:
    content = table((USEFUL, HEARD), (5, 4), (3, 4))
    asked = FileSettings(practice="sisu", questionnaire="session_feedback", cohort="2018")
    refused = taken(store, library, content, "kerta.xlsx", asked)
    assert (counts(refused), [each.code for each in refused.problems]) == ((2, 0, 2, 0), ["column_missing"])
    said = FileSettings(**{**vars(asked), "day": datetime.date(2018, 5, 3)})
    draft, _ = understand(open_file(content, "kerta.xlsx"), store, library, said)
    assert draft.responses["answered_on"].tolist() == [datetime.date(2018, 5, 3)] * 2
    assert store.accept(draft).accepted == 2


def test_what_was_decided_of_a_scale_is_known_for_the_next_file_with_the_same_headings(
    store: Store, library: Library, table
) -> None:
    heading = f"{USEFUL} (1 = täysin samaa mieltä, 5 = täysin eri mieltä)"
    given = FileSettings(practice="gruppis", questionnaire="session_feedback", cohort="2024")
    spring = table(("Päivä", heading), ("3.4.2024", 1), ("3.4.2024", 2))
    asked, _ = understand(open_file(spring, "kevat.xlsx"), store, library, given)
    (question,) = asked.questions
    decided = replace(given, decisions={question.key: "reverse", "other_people:kevat.xlsx": "same"})
    assert taken(store, library, spring, "kevat.xlsx", decided).accepted == 2
    autumn = table(("Päivä", heading), ("3.9.2024", 1), ("4.9.2024", 5), sheet="Syksy")
    draft, used = understand(open_file(autumn, "syksy.xlsx"), store, library, given)
    assert draft.answers["value"].tolist() == [5, 1]
    assert used.decisions == {question.key: "reverse"}
    (said,) = [problem for problem in draft.problems if problem.code == "decision_remembered"]
    assert question.choice_text(question.choices[0], Translator("fi")) in said.message(Translator("fi"))
    otherwise, _ = understand(
        open_file(autumn, "syksy.xlsx"), store, library, replace(given, decisions={question.key: "as_is"})
    )
    assert otherwise.answers["value"].tolist() == [1, 5]
