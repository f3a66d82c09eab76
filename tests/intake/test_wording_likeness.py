"""Headings in somebody's own words: the likeliest question is offered first, and never one of another meaning."""

import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings, read_draft
from evaluation.intake.offered_questions import likest_items

START = {
    "Mieliala tällä hetkellä": "state_mood",
    "Yksinäisyys, kuinka usein": "state_social_relations",
    "Pääsee mukaan tärkeisiin asioihin": "state_taking_part",
    "Päihteet haittaavat arkea": "state_substance_use",
}
END = {
    "Mieliala nyt": "state_mood",
    "Yksinäisyyden tunne": "state_social_relations",
    "Osallisuus": "state_taking_part",
    "Päihteet": "state_substance_use",
    "Muutos mielialassa": "change_mood",
    "Ihmissuhteet verrattuna aiempaan": "change_social_relations",
    "Osallistuminen verrattuna ennen": "change_taking_part",
    "Päihdetilanne verrattuna aikaisempaan": "change_substance_use",
    "Helppous tulla": "sat_access",
    "Paikan ja ajan sopivuus": "sat_arrangements",
    "Ohjaajien kohtelu": "sat_encounter",
    "Saiko vaikuttaa": "sat_influence",
    "Oliko hyötyä": "sat_usefulness",
    "Ilmapiirin turvallisuus": "sat_group",
    "Suositteletko": "recommend",
    "Parasta oli": "best_thing",
    "Kehitettävää": "to_improve",
}
OTHERS = {
    "Fiilis": ("sisu", "client_start", "state_mood"),
    "Juominen": ("sisu", "client_start", "state_substance_use"),
    "Rahat": ("fyrkkaa", "client_end", "state_money"),
    "Talous verrattuna aiempaan": ("fyrkkaa", "client_end", "change_money"),
    "Arjen sujuminen": ("fyrkkaa", "client_end", "state_everyday_life"),
    "Was it useful": ("sisu", "client_end", "sat_usefulness"),
    "Ensamhet nu": ("sisu", "client_end", "state_social_relations"),
    "Bästa": ("sisu", "client_end", "best_thing"),
    "How lonely": ("sisu", "client_end", "state_social_relations"),
}


def likest(library: Library, practice: str, form: str, *headings: str) -> list[str | None]:
    items = library.questionnaire(form).items_for(library.practices[practice])
    offers = likest_items(headings, items, [{}] * len(headings))
    return [offer[0].item if offer else None for offer in offers]


@pytest.mark.parametrize(("form", "asked"), [("client_start", START), ("client_end", END)])
def test_every_question_of_a_form_is_found_by_other_words(library: Library, form: str, asked: dict[str, str]) -> None:
    assert dict(zip(asked, likest(library, "sisu", form, *asked), strict=True)) == asked


@pytest.mark.parametrize("heading", OTHERS)
def test_everyday_words_and_other_languages_are_found(library: Library, heading: str) -> None:
    practice, form, item = OTHERS[heading]
    assert likest(library, practice, form, heading) == [item]


@pytest.mark.parametrize("heading", ["Kengännumero", "Bussikortti", "Huomioita", "Kirjaaja", "Ikä", "12", "Nyt"])
def test_what_has_no_word_in_common_is_offered_nothing(library: Library, heading: str) -> None:
    assert likest(library, "sisu", "client_end", heading) == [None]


@pytest.mark.parametrize(
    "heading", ["Toiminnasta ei ollut hyötyä", "Ilmapiiri ei ollut turvallinen", "Vaikea tulla mukaan", "Hyödyttömyys"]
)
def test_the_opposite_of_a_question_is_offered_with_the_words_that_turn_it(library: Library, table, heading) -> None:
    content = table(("Tunniste", "Mikä oli parasta?", heading), ("A1", "kahvi", 2), ("A2", "seura", 3))
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", questionnaire="client_end"))
    match = next(match for match in draft.columns if match.heading == heading)
    codes = {problem.code for problem in draft.problems if problem.cell == "C1"}
    assert match.target is None
    assert codes <= {"column_other_words", "column_unknown"}


def test_each_question_comes_first_for_one_heading_only(library: Library) -> None:
    offers = likest(library, "sisu", "client_end", "Mieliala", "Mieliala tällä hetkellä")
    assert sorted(map(str, offers)) == ["change_mood", "state_mood"]


def test_contents_decide_between_a_scale_and_open_words(library: Library, table) -> None:
    content = table(
        ("Tunniste", "Ilmapiiri.", "Parasta tai muutettavaa"),
        ("A1", 4, "Sain puhua rauhassa omista asioistani"),
        ("A2", 5, "Enemmän kertoja ja vähemmän kahvia tarjolle"),
    )
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", questionnaire="client_end"))
    offered = {match.heading: match.alternatives[:1] for match in draft.columns}
    assert offered["Ilmapiiri."] == ("sat_group",)
    assert offered["Parasta tai muutettavaa"][0] in ("best_thing", "to_improve")
    assert draft.responses.empty


def test_names_of_people_are_offered_nothing_and_shown_nowhere(library: Library, table) -> None:
    content = table(
        ("Tunniste", "Mikä oli parasta?", "Työntekijä"),
        ("A1", "kahvi", "Maija Meikäläinen"),
        ("A2", "seura", "Matti Virtanen"),
    )
    draft = read_draft(content, "oma.xlsx", library, FileSettings(practice="sisu", questionnaire="client_end"))
    match = next(match for match in draft.columns if match.heading == "Työntekijä")
    assert (match.kind, match.alternatives, match.examples) == ("personal", (), ())
