"""The cards of a practice that asks none of the house's questions show its own, and say so."""

from datetime import date

import pytest

from evaluation.definitions import Library, load_library
from evaluation.exhibits.practice_exhibits import main
from evaluation.findings import Words
from evaluation.findings.glance import glance_of_one
from evaluation.findings.key_figures import key_figures
from evaluation.i18n import Translator
from evaluation.measures import Evidence, Policy, publish
from evaluation.store import Selection
from tests.privacy.attack.worlds import Form, stored

GROUP = """
practices:
  iltapiiri:
    name: {fi: Iltapiiri}
    municipalities: [Orivesi]
    type: group
    questionnaires: [piiri_start, piiri_end]
    change_dimensions: [piiri_mood]
dimensions:
  piiri_mood: {family: change, label: {fi: Mieliala}}
questionnaire:
  id: piiri_%s
  version: 1
  kind: form
  title: {fi: Iltapiiri}
  instructions: {fi: Vastaa.}
  role: client
  timing: %s
  participant_code: optional
  date: optional
  items:
    - {id: piiri_mood, text: {fi: Mielialani on hyvä}, short: {fi: Mieliala}, scale: agreement5, family: change,
       dimension: piiri_mood, change: state, theme: benefits}
"""
LIKED = """
    - {id: piiri_liked, text: {fi: Viihdyin piirissä}, short: {fi: Viihtyminen}, scale: agreement5,
       family: satisfaction, theme: description}
    - {id: piiri_grade, text: {fi: Arvioi piiri}, short: {fi: Arvio}, scale: score10,
       family: satisfaction, theme: description}
    - {id: piiri_tell, text: {fi: Suosittelen piiriä}, short: {fi: Suosittelu}, scale: agreement5,
       family: satisfaction, theme: description, national_theme: recommendation}
"""


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("iltapiiri")
    (folder / "start.yaml").write_text(GROUP % ("start", "start"), encoding="utf-8")
    (folder / "end.yaml").write_text(
        "questionnaire:" + (GROUP % ("end", "end") + LIKED.lstrip("\n")).split("questionnaire:", 1)[1], encoding="utf-8"
    )
    return load_library(folder)


@pytest.fixture(scope="module")
def evidence(own: Library) -> Evidence:
    world = []
    for person in range(12):
        code, place = f"AB{person:02}", ("iltapiiri", "Orivesi", "2026")
        world.append(Form(*place, "piiri_start", code, code, date(2026, 1, 1), {"piiri_mood": 2}))
        answers = {
            "piiri_mood": 4 if person < 8 else 2,
            "piiri_liked": 5 if person < 9 else 2,
            "piiri_grade": 8 if person < 6 else 3,
            "piiri_tell": 5 if person < 7 else 2,
        }
        world.append(Form(*place, "piiri_end", code, code, date(2026, 5, 1), answers))
    return publish(stored(tuple(world), own), own, Selection(), Policy(5))


def test_paired_change_and_own_satisfaction_stand_under_honest_names(own: Library, evidence: Evidence) -> None:
    cards = key_figures(glance_of_one(evidence, "iltapiiri", own), Words(own, Translator("fi")))
    shown = {card.label: (card.figure, card.ground) for card in cards}
    satisfied, better = shown["Vastasi myönteisesti"], shown["Vastasi lopussa paremmin kuin alussa"]
    assert "Viihtyminen" in satisfied[1]
    assert "vastauksia 12" in satisfied[1]
    assert "Mieliala" in better[1]
    assert "Piti hyödyllisenä" not in shown


def test_an_own_scale_from_0_to_10_is_no_recommendation_and_one_of_five_has_no_net_score(
    own: Library, evidence: Evidence
) -> None:
    words = Words(own, Translator("fi"))
    assert evidence.table("satisfaction.recommendation").empty
    (grade,) = [each for each in main("satisfaction", evidence, "iltapiiri", words) if each.kind == "long_scale"]
    plot = grade.plot
    assert plot is not None
    assert {series.name for series in plot.series} <= {"Kielteinen (0–5)", "Neutraali (6–7)", "Myönteinen (8–10)"}
    assert len(plot.categories) in (3, 11)
    assert "antoi 9 tai 10" not in grade.headline
