"""A finding is one value, worded in one place: whatever shows a figure says the same sentence about it."""

import re
from dataclasses import FrozenInstanceError, replace

import pytest

from evaluation.definitions import Library
from evaluation.findings import Case, Finding, Glance, Topic, Words, findings_by_family, improved, responses, satisfied
from evaluation.findings.finding import Against, Comparator, Direction, Unit
from evaluation.findings.gaps import share_gaps
from evaluation.findings.headlines import headline
from evaluation.findings.key_figures import card, key_figures
from evaluation.findings.wording import sentence, worded
from evaluation.i18n import Translator
from evaluation.measures import FEW, NEARLY_ALL, Evidence, records
from tests.conftest import EVERY_LANGUAGE
from tests.exhibits.conftest import Make, share
from tests.reports.conftest import Laid

CARDS = {Topic.REGISTERED, Topic.VISITS, Topic.SATISFIED, Topic.IMPROVED}
OTHERWISE_WORDED = {*CARDS, Topic.REGISTERED_TABLE, Topic.HEADLINE}
CLEAR_ONLY = {Topic.CHANGE, Topic.TREND, Topic.SINCE_BEFORE, Topic.DISTANCE, Topic.COMPARISON}
WHOLE = Finding(
    Topic.FAVOURABLE,
    practice="sisu",
    form="client_end",
    items=("sat_usefulness",),
    measure="favourable",
    value=0.75,
    count=(9, 9),
    n=12,
    interval=(0.47, 0.91),
    against=Against(Comparator.START, 0.5, "Kevät 2018"),
    period="Syksy 2018",
    option=4,
    units=(Unit("sisu", "Lempäälä", None, "practice"),),
    counts={"same": 2, "worsened": 1, "followed": 10},
)


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
@pytest.mark.parametrize(
    "topic", [topic for topic in Topic if topic not in {*CARDS, Topic.REGISTERED_TABLE, Topic.HEADLINE}]
)
def test_every_topic_has_a_sentence_in_every_language(topic: Topic, language: str, library: Library) -> None:
    words = Words(library, Translator(language))
    directions = (Direction.UP, Direction.DOWN) if topic in CLEAR_ONLY else (None,)
    case = Case.CLEAR if topic in CLEAR_ONLY else Case.UNTESTED
    texts = {sentence(replace(WHOLE, topic=topic, case=case, direction=way), words) for way in directions}
    assert len(texts) == len(directions)
    assert all(text and not set("{}") & set(text) for text in texts)


def test_a_finding_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        WHOLE.n = 13  # type: ignore[misc]


def test_the_same_finding_is_the_same_sentence(words: Words) -> None:
    assert sentence(WHOLE, words) == sentence(replace(WHOLE), words)
    assert worded((WHOLE, WHOLE), words) == (sentence(WHOLE, words),) * 2


def test_a_count_of_one_or_two_people_is_worded_as_a_range(words: Words) -> None:
    text = sentence(replace(WHOLE, topic=Topic.COMPLETED, value=None, count=(8, 9), n=12), words)
    assert "8–9 (67–75" in text


@pytest.mark.parametrize("topic", [Topic.FAVOURABLE, Topic.COMPLETED, Topic.RESPONSE, Topic.GOOD_ANSWER])
def test_no_sentence_has_a_percentage_of_fewer_than_ten(topic: Topic, words: Words) -> None:
    few, more = (
        sentence(replace(WHOLE, topic=topic, value=0.75, count=(3 * n / 4, 3 * n / 4), n=n), words) for n in (8, 12)
    )
    assert "75" not in few
    assert "75\N{NO-BREAK SPACE}%" in more


def test_counts_of_a_sentence_stand_in_one_line(words: Words) -> None:
    assert "9\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}12" in sentence(replace(WHOLE, topic=Topic.FAVOURABLE), words)


def test_of_repeated_answers_there_is_no_single_figure(make: Make, words: Words) -> None:
    row = share(0.8, 20, item="sat_usefulness", favourable=16, method="answers")
    figures = replace(_glance_of(make), satisfied=make("satisfaction.favourable", [row]))
    (finding,) = satisfied(figures)
    assert finding.case is Case.UNLIKE
    assert card(finding, words).ground == words.t("reports.key_unlike")
    assert key_figures(figures, words) == ()


def test_a_figure_of_forms_says_so_on_its_card(make: Make, words: Words) -> None:
    row = share(0.8, 20, item="sat_usefulness", favourable=16, method="clusters")
    (finding,) = satisfied(replace(_glance_of(make), satisfied=make("satisfaction.favourable", [row])))
    assert finding.repeated
    assert words.t("reports.key_ground_repeated") in card(finding, words).ground


@pytest.mark.parametrize(("reason", "case"), [(FEW, Case.TOO_FEW), (NEARLY_ALL, Case.WITHHELD)])
def test_a_card_without_figure_says_why(reason: str, case: Case, make: Make, words: Words) -> None:
    published = make("change.retrospective", [{"item": "change_mood", "improved": None, "reason": reason}])
    figures = replace(_glance_of(make), improved=published)
    (finding,) = improved(figures)
    assert finding.case is case
    assert card(finding, words).ground == words.withheld(published, reason)
    assert key_figures(figures, words) == ()


def test_a_gap_says_what_the_report_says_and_what_to_do(make: Make, words: Words) -> None:
    of_form = {"measure": "response_rate", "questionnaire": "client_end", "item": ""}
    few = share(0.25, 12, count=3, **of_form)
    tables = {
        "participation.response": make("participation.response", [few]),
        "change.matched": make("change.matched", [few | {"measure": "matched", "value": 0.75, "count": 9}]),
    }
    (gap,) = share_gaps("sisu", Laid(tables), words)
    (finding,) = responses(Laid(tables), "sisu")
    assert gap.kind == "response"
    assert sentence(finding, words) in gap.text


def test_a_clear_change_is_what_the_test_says(sample_evidence: Evidence, words: Words) -> None:
    for practice in words.library.practices:
        rows = records(sample_evidence.table("change.paired").widest(practice).with_figures)
        expected = {row.item: row.verdict in ("better", "worse") for row in rows}
        findings = findings_by_family(sample_evidence, practice, words.library)["change"]
        clear = {
            item: finding.case is Case.CLEAR
            for finding in findings
            if finding.topic is Topic.CHANGE
            for item in finding.items
        }
        assert clear == expected


def _glance_of(make: Make) -> Glance:
    nothing = make("participation.enrolment", [share(1.0, 9, count=9)]).where(practice="none")
    return Glance(nothing, nothing, nothing, nothing, nothing, {"sisu": "group"})


@pytest.mark.parametrize("method", ["wilson", "clusters"])
@pytest.mark.parametrize("measure", ["started", "completed"])
def test_of_one_unit_it_is_said_how_many_came_whether_they_are_people_or_times(
    measure: str, method: str, make: Make, words: Words
) -> None:
    table = make("participation.enrolment", [
        {"measure": measure, "n": 12, "value": 0.75, "method": method, "questionnaire": "attendance_register",
         "level": "cohort", "cohort": "2018"},
    ])  # fmt: skip
    finding = headline("enrolment", (table,))
    assert finding is not None
    said = sentence(finding, words)
    assert re.search(r"9./.12|[Yy]hdeksän kahdestatoista", said)
    assert ("monta kertaa" in said) is (method == "clusters")
