"""Questions and practices that a worker describes become definitions, and come back from them as they were."""

from dataclasses import replace

import pytest

from evaluation.definitions import Item, Library, Practice, Questionnaire
from evaluation.definitions.own_forms import OwnForm, own_forms, questionnaires_of
from evaluation.definitions.practice_documents import (
    draft_like,
    draft_of_type,
    practice_body,
    practice_draft,
    renamed_title,
)
from evaluation.definitions.question_documents import QuestionDraft, draft_of, item_body, short_name
from evaluation.definitions.text_ids import id_of
from evaluation.i18n import languages

WELCOME = QuestionDraft("Tunsin itseni tervetulleeksi.", "scale", "satisfaction", "agreement5")
MOOD = QuestionDraft("Millainen mielialasi on?", "scale", "state", "state5_good", dimension="mood")
COURAGE = QuestionDraft("Uskallan puhua uusille ihmisille.", "scale", "state", "agreement5")
BETTER = QuestionDraft("Onko arki nyt helpompaa?", "scale", "change", "change5", short="Arki")
WAY_IN = QuestionDraft("Mistä kuulit meistä?", "choices", "participation", options=("Ystävältä", "Netistä", "Muualta"))
FOOD = QuestionDraft("Mitä joit?", "choice", "satisfaction", options=("Kahvia", "Teetä"))
AGE = QuestionDraft("Ikäryhmä", "background", "background", options=("alle 30", "30–64", "65 tai yli"))
VISITS = QuestionDraft("Montako kertaa olet käynyt?", "number", "participation")
HOURS = QuestionDraft("Montako tuntia viivyit?", "number", "participation", step=0.5)
WORDS = QuestionDraft("Terveisiä meille", "text", "satisfaction")
TEAM = QuestionDraft("Onko tiimillä aikaa suunnitella?", "scale", "conditions", "agreement5")
EVERY_KIND = (WELCOME, MOOD, COURAGE, BETTER, WAY_IN, FOOD, AGE, VISITS, HOURS, WORDS, TEAM)


def _questionnaires(form: OwnForm, library: Library) -> tuple[Questionnaire, ...]:
    bodies = questionnaires_of(form, "kahvila", "Kahvila", "fi", library.items, library.questionnaire_ids)
    return tuple(Questionnaire.model_validate({**body, "version": 1}) for body in bodies)


@pytest.mark.parametrize("draft", EVERY_KIND, ids=lambda draft: draft.text)
@pytest.mark.parametrize("language", languages())
def test_a_question_comes_back_from_its_definition_as_it_was_written(
    draft: QuestionDraft, language: str, library: Library
) -> None:
    (form, *_) = _questionnaires(OwnForm("client", "end", (draft,)), library)
    again = draft_of(form.items[0], language)
    dimension = draft.dimension or (form.items[0].id if draft.tells in ("state", "change") else None)
    assert replace(again, before=None) == replace(draft, short=draft.short_text, dimension=dimension)
    assert item_body(again, language, ()) == item_body(draft, "fi", ())


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Onko hyvä?", "onko_hyva"),
        ("Åbo–Öja & co", "abo_oja_co"),
        ("10 pistettä", "question_10_pistetta"),
        ("???", "question"),
        ("Ещё", "question"),
        ("Viihdyitkö", "viihdyitko_3"),
    ],
)
def test_an_id_is_made_from_the_text_and_never_given_twice(text: str, wanted: str) -> None:
    assert id_of(text, {"viihdyitko", "viihdyitko_2"}) == wanted


def test_questions_in_another_order_stand_so_in_both_forms_and_when_they_are_edited_again(library: Library) -> None:
    start, end = _questionnaires(OwnForm("client", "end", (AGE, MOOD, WELCOME, COURAGE, WORDS)), library)
    (form,) = own_forms((start, end), "fi")
    assert [question.text for question in form.questions] == [
        each.text for each in (AGE, MOOD, WELCOME, COURAGE, WORDS)
    ]
    moved = replace(form, questions=tuple(form.questions[place] for place in (4, 1, 3, 0, 2)))
    later = _questionnaires(moved, library)
    assert [[item.text["fi"] for item in each.items] for each in later] == [
        [MOOD.text, COURAGE.text, AGE.text],
        [WORDS.text, MOOD.text, COURAGE.text, WELCOME.text],
    ]
    (again,) = own_forms(later, "fi")
    assert _questionnaires(again, library) == later, "nothing is another version when nobody has changed anything"


@pytest.mark.parametrize(
    ("title", "renamed"),
    [
        (
            {"fi": "Kahvila: alkukysely", "sv": "Kahvila: startenkät"},
            {"fi": "Kipinä: alkukysely", "sv": "Kipinä: startenkät"},
        ),
        ({"fi": "Kertapalaute"}, {"fi": "Kertapalaute"}),
    ],
)
def test_the_title_of_a_form_follows_when_its_practice_is_renamed(
    title: dict[str, str], renamed: dict[str, str], library: Library
) -> None:
    body = practice_body(
        replace(practice_draft(library.practices["sisu"], "fi"), name="Kahvila", before=None), "k", "fi"
    )
    draft = practice_draft(Practice.model_validate(body), "fi")
    assert renamed_title(title, replace(draft, name="Kipinä"), "fi") == renamed
    assert renamed_title(title, draft, "fi") == title


def test_a_long_question_has_a_short_name_that_ends_at_a_word() -> None:
    assert short_name("Kuinka todennäköisesti suosittelisit kahvilaa?") == "Kuinka todennäköisesti suosittelisit…"
    assert short_name(" Olo  kahvilassa? ") == "Olo kahvilassa"


def test_a_state_is_asked_at_start_and_end_who_one_is_first_and_the_rest_last(library: Library) -> None:
    form = OwnForm("client", "visit", (COURAGE, WELCOME, AGE, WORDS))
    start, end = _questionnaires(form, library)
    assert [start.timing, end.timing] == ["start", "end"]
    assert [item.kind for item in start.items] == ["scale", "background"]
    assert [item.text["fi"] for item in end.items] == [COURAGE.text, WELCOME.text, WORDS.text]
    assert start.participant_code == "required"
    (again,) = own_forms((start, end), "fi")
    assert _questionnaires(again, library) == (start, end)


def test_without_a_state_there_is_one_form_at_the_time_that_was_chosen(library: Library) -> None:
    (form,) = _questionnaires(OwnForm("worker", "once", (TEAM, WORDS)), library)
    assert (form.role, form.timing, form.id) == ("worker", "once", "kahvila_worker")
    assert form.title.root.keys() == set(languages())


def test_other_words_keep_the_item_where_they_ask_the_same(library: Library) -> None:
    (form,) = _questionnaires(OwnForm("client", "visit", (WELCOME,)), library)
    before = draft_of(form.items[0], "fi")
    reworded = replace(before, text="Oloni oli tervetullut.")
    assert item_body(reworded, "fi", {form.items[0].id})["id"] == form.items[0].id
    assert item_body(replace(reworded, continues=False), "fi", {form.items[0].id})["id"] == "oloni_oli_tervetullut"


@pytest.mark.parametrize(
    "changes",
    [
        {"scale": "score10"},
        {"kind": "text", "scale": None},
        {"tells": "conditions"},
        {"kind": "choice", "scale": None, "options": ("A", "B")},
        {"dimension": "usefulness"},
    ],
)
def test_what_is_answered_otherwise_is_another_item(changes: dict[str, object], library: Library) -> None:
    (form,) = _questionnaires(OwnForm("client", "visit", (WELCOME,)), library)
    item = form.items[0]
    changed = replace(draft_of(item, "fi"), **changes)  # type: ignore[arg-type]
    assert item_body(changed, "fi", {item.id})["id"] == f"{item.id}_2"


def test_options_keep_their_codes_when_others_are_added_before_them(library: Library) -> None:
    (form,) = _questionnaires(OwnForm("client", "visit", (FOOD,)), library)
    more = replace(draft_of(form.items[0], "fi"), options=("Mehua", "Kahvia", "Teetä"))
    (longer,) = _questionnaires(OwnForm("client", "visit", (more,), (form,)), library)
    (before,), (after,) = form.items, longer.items
    assert after.id == before.id
    assert list(after.options) == ["mehua", "kahvia", "teeta"]
    assert {name: after.option_codes[name] for name in before.options} == before.option_codes
    fewer = replace(draft_of(after, "fi"), options=("Teetä", "Mehua"))
    (shorter,) = _questionnaires(OwnForm("client", "visit", (fewer,), (longer,)), library)
    assert shorter.items[0].id == before.id
    assert dict(shorter.items[0].option_codes) == {"teeta": 2, "mehua": 3}


@pytest.mark.parametrize(
    ("label", "other"),
    [
        ("Muu, mikä?", True),
        ("muu", True),
        ("Annat", True),
        ("Other", True),
        ("Muusikko", False),
        ("Muut ihmiset", False),
    ],
)
def test_the_option_for_something_else_is_known_by_its_name(label: str, other: bool) -> None:
    body = item_body(replace(FOOD, options=("Kahvia", label)), "fi", ())
    assert [option.get("other", False) for option in body["options"].values()] == [False, other]


def test_every_question_of_the_house_comes_back_with_all_that_it_has(library: Library) -> None:
    for form in library.questionnaires:
        for item in form.items:
            kept = item.model_copy(update={"reliability": 0.8, "spread": 1.1, "related_words": ("apu",)})
            assert Item.model_validate(item_body(draft_of(kept, "sv"), "sv", ())) == kept


def test_a_text_that_was_not_changed_stays_in_every_language(library: Library) -> None:
    item = library.items["sat_group"]
    assert item_body(draft_of(item, "fi"), "fi", ())["text"] == dict(item.text.root)
    changed = replace(draft_of(item, "sv"), text="Stämningen kändes trygg.")
    assert item_body(changed, "sv", ())["text"] == {"sv": "Stämningen kändes trygg."}


def test_every_practice_of_the_house_comes_back_from_its_draft(library: Library) -> None:
    for practice in library.practices.values():
        for language in languages():
            body = practice_body(practice_draft(practice, language), practice.id, language)
            assert Practice.model_validate(body) == practice


@pytest.mark.parametrize(
    ("practice_type", "forms", "open_door"),
    [
        ("meeting_place", ("visit_diary", "visit_feedback", "worker", "partner"), True),
        ("group", ("client_start", "session_feedback", "attendance_register", "client_end", "worker"), False),
        ("walk_in", ("visit_diary", "visit_feedback", "worker"), True),
        ("client_panel", ("attendance_register", "panel_feedback", "worker", "supervisor"), False),
    ],
)
def test_a_new_practice_asks_what_the_most_usual_of_its_type_asks(
    practice_type: str, forms: tuple[str, ...], open_door: bool, library: Library
) -> None:
    draft = draft_of_type(library, practice_type, frozenset(library.questionnaire_ids))
    assert (draft.questionnaires, draft.open_door) == (forms, open_door)
    assert (draft.name, draft.municipalities, draft.target_group, draft.before) == ("", (), "", None)


def test_a_type_that_no_practice_has_begins_with_what_is_usual(library: Library) -> None:
    draft = draft_of_type(library, "club", frozenset(library.questionnaire_ids))
    assert draft.type == "club"
    assert draft.questionnaires


def test_a_practice_like_another_has_all_but_its_name_and_places(library: Library) -> None:
    sisu = library.practices["sisu"]
    new = replace(draft_like(sisu, "fi"), name="Oma ryhmä", municipalities=("Akaa",))
    body = practice_body(new, "oma_ryhma", "fi")
    assert body["name"] == {"fi": "Oma ryhmä"}
    assert Practice.model_validate(body).questionnaires == sisu.questionnaires
    renamed = practice_body(replace(practice_draft(sisu, "fi"), name="Sisu 2"), "sisu", "fi")
    assert renamed["name"] == {"fi": "Sisu 2"}
    assert renamed["rhythm"] == dict(sisu.rhythm.root if sisu.rhythm else {})
