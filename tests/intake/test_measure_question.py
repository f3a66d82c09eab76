"""A measure that others own is known by the worker's one word, whatever its questions are called."""

from collections.abc import Callable, Sequence

import pytest

from evaluation.definitions import Library
from evaluation.importing import remember, understand
from evaluation.intake import FileSettings, draft_of, open_file
from evaluation.intake.folding import fold
from evaluation.intake.suggestions import suggested_columns
from evaluation.records import Draft
from evaluation.store import Store

Table = Callable[..., bytes]

# Headings by area, in words of nobody's form.
WORDINGS: tuple[dict[str, str], ...] = (
    {
        "national_access": "Pääsin palveluun tarpeeksi nopeasti",
        "national_encounter": "Työntekijät kohtelivat minua kunnioittavasti",
        "national_usefulness": "Palvelusta oli minulle hyötyä",
        "national_recommendation": "Suosittelisitko meitä läheisellesi?",
    },
    {
        "national_recommendation": "Suositteluindeksi (0–10)",
        "national_safety": "Oloni oli turvallinen",
        "national_participation": "Sain osallistua päätöksentekoon",
        "national_information": "Ymmärsin saamani tiedon",
    },
    {
        "national_encounter": "Minua kuunneltiin ja arvostettiin",
        "national_next_steps": "Tiedän, mitä seuraavaksi tapahtuu",
        "national_access": "Sain ajanvarauksen ajoissa",
        "national_safety": "Turvallisuus",
        "national_information": "Ohjeet olivat selkeitä",
    },
    {
        "national_recommendation": "Hur sannolikt rekommenderar du servicen?",
        "national_encounter": "Personalen bemötte mig med respekt och lyssnade",
        "national_usefulness": "Jag hade nytta av vården",
        "national_safety": "Trygg vård",
    },
    {
        "national_information": "The information was easy to understand",
        "national_participation": "I could influence decisions about my care",
        "national_usefulness": "The service was useful",
        "national_recommendation": "How likely are you to recommend the service",
    },
)
INCLUSION = (
    "Arjen tekemiset tuntuvat merkityksellisiltä",
    "Saan hyvää palautetta",
    "Olen osa joukkoa",
    "Toiset tarvitsevat minua",
    "Voin vaikuttaa elämäni suuntaan",
    "Elämässäni on tarkoitus",
    "Pyrin kohti tärkeitä asioita",
    "Minua autetaan",
    "Minuun luotetaan",
    "Voin vaikuttaa asuinympäristööni",
)


def _rows(items: Sequence[str], people: int = 11) -> list[list[object]]:
    def answer(n: int, at: int) -> int:
        return n % 11 if items[at] == "national_recommendation" else (n + at) % 5 + 1

    return [["3.4.2026", *(answer(n, at) for at in range(len(items)))] for n in range(people)]


def _settings(draft: Draft, choice: str, **others: str) -> FileSettings:
    (question,) = (question for question in draft.questions if question.kind == "measure")
    return FileSettings(**others, decisions={question.key: choice})


@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("practice", ["asiakas_edella", "passeli"])
def test_the_national_feedback_comes_in_after_one_question(
    library: Library, table: Table, wording: dict[str, str], practice: str
) -> None:
    opened = open_file(table(["Pvm", *wording.values()], *_rows(tuple(wording)), sheet="Vastaukset"), "palaute.xlsx")
    assert opened.workbook is not None
    draft = draft_of(opened, library, FileSettings(practice=practice))
    (question,) = draft.questions
    assert (question.kind, question.suggested, question.waiting) == ("measure", "national_feedback", True)
    assert (draft.rows, draft.rejected) == (11, 11)
    decided = _settings(draft, "national_feedback", practice=practice)
    columns = suggested_columns(draft_of(opened, library, decided), opened.workbook, library)
    assert set(columns.values()) == set(wording)
    final = draft_of(opened, library, FileSettings(practice=practice, decisions=decided.decisions, columns=columns))
    assert (len(final.responses), final.rejected) == (11, 0)
    assert set(final.responses["questionnaire"]) == {"national_feedback"}
    headings = dict(zip(wording.values(), wording, strict=True))
    matched = {match.heading: match.target for match in final.columns if match.heading != "Pvm"}
    assert matched == headings


def test_a_sheet_named_after_the_measure_is_asked_about_and_never_taken(library: Library, table: Table) -> None:
    wording = WORDINGS[0]
    content = table(["Pvm", *wording.values()], *_rows(tuple(wording)), sheet="Kansallinen asiakaspalaute")
    draft = draft_of(open_file(content, "a.xlsx"), library, FileSettings(practice="sisu"))
    assert [question.suggested for question in draft.questions] == ["national_feedback"]
    assert not len(draft.responses)


def test_another_form_is_read_as_if_nothing_had_been_asked(library: Library, table: Table) -> None:
    wording = WORDINGS[0]
    opened = open_file(table(["Pvm", *wording.values()], *_rows(tuple(wording)), sheet="Vastaukset"), "a.xlsx")
    draft = draft_of(opened, library, FileSettings(practice="sisu"))
    draft = draft_of(opened, library, _settings(draft, "other_form", practice="sisu"))
    assert "sheet_not_recognised" in {problem.code for problem in draft.problems}
    assert (len(draft.responses), draft.rejected) == (0, 11)


@pytest.mark.parametrize(
    "headings",
    [
        ("Mieliala tällä hetkellä", "Yksinäisyys", "Pääsen mukaan asioihin", "Päihteiden haitta"),
        (
            "Toiminta oli hyödyllistä",
            "Ilmapiiri tuntui turvalliselta",
            "Sain vaikuttaa",
            "Työntekijät kohtelivat hyvin",
        ),
        ("Kesto minuutteina", "Ruoka oli hyvää", "Tilat olivat siistit", "Aikataulu piti"),
    ],
)
def test_a_practice_s_own_form_in_other_words_is_not_asked_about(
    library: Library, table: Table, headings: tuple[str, ...]
) -> None:
    content = table(["Pvm", *headings], *_rows(headings), sheet="Vastaukset")
    draft = draft_of(open_file(content, "a.xlsx"), library, FileSettings(practice="sisu"))
    assert not [question for question in draft.questions if question.kind == "measure"]


def test_what_the_worker_said_once_is_remembered(store: Store, library: Library, table: Table) -> None:
    wording = WORDINGS[1]
    opened = open_file(table(["Pvm", *wording.values()], *_rows(tuple(wording)), sheet="Huhtikuu"), "huhtikuu.xlsx")
    draft, _ = understand(opened, store, library, FileSettings(practice="neuvonta"))
    decided = _settings(draft, "national_feedback", practice="neuvonta")
    columns = {fold(heading): item for item, heading in wording.items()}
    given = FileSettings(practice="neuvonta", decisions=decided.decisions, columns=columns)
    draft, used = understand(opened, store, library, given)
    assert store.accept(draft).accepted == 11
    remember(store, draft, used)
    later = open_file(table(["Pvm", *wording.values()], *_rows(tuple(wording), 7), sheet="Toukokuu"), "toukokuu.xlsx")
    draft, _ = understand(later, store, library, FileSettings(practice="neuvonta"))
    assert (len(draft.responses), [question for question in draft.questions if question.waiting]) == (7, [])


def test_start_and_end_of_the_inclusion_scale_are_told_apart_by_the_worker(library: Library, table: Table) -> None:
    rows = [[f"A{n}", *((n + at) % 5 + 1 for at in range(10))] for n in range(1, 9)]
    opened = open_file(table(["Tunniste", *INCLUSION], *rows, sheet="Taul1"), "osallisuus.xlsx")
    assert opened.workbook is not None
    draft = draft_of(opened, library, FileSettings(practice="gruppis"))
    (question,) = (question for question in draft.questions if question.kind == "measure")
    assert question.suggested is None, "nothing says whether this was at the start or at the end"
    assert [choice.id for choice in question.choices] == ["inclusion_start", "inclusion_end", "other_form"]
    titled = open_file(table(["Tunniste", *INCLUSION], *rows, sheet="Loppumittaus"), "osallisuus.xlsx")
    (of_end,) = draft_of(titled, library, FileSettings(practice="gruppis")).questions
    assert of_end.suggested == "inclusion_end", "the name of the sheet says when"
    decided = _settings(draft, "inclusion_start", practice="gruppis")
    columns = suggested_columns(draft_of(opened, library, decided), opened.workbook, library)
    order = [item.id for item in library.questionnaire("inclusion_start").items]
    assert columns.items() <= dict(zip(map(fold, INCLUSION), order, strict=True)).items()
    assert len(columns) == 10
    settings = FileSettings(practice="gruppis", decisions=decided.decisions, columns=columns)
    final = draft_of(opened, library, settings)
    assert set(final.responses["questionnaire"]) == {"inclusion_start"}, "the decision holds once columns are confirmed"
    assert (len(final.responses), final.rejected) == (8, 0)
