"""The titles of charts: findings in one sentence, with n, that claim no more than was tested and published."""

import re

import pytest

from evaluation.definitions import Library
from evaluation.exhibits import Exhibit, comparison_report
from evaluation.exhibits.exhibit import TABLE
from evaluation.exhibits.plots import PLOTS
from evaluation.exhibits.practice_exhibits import cohorts, main
from evaluation.findings import Words
from evaluation.findings.headlines import HEADLINES, course
from evaluation.findings.wording import sentence
from evaluation.i18n import Translator, languages
from evaluation.measures import FEW, NEARLY_ALL, Evidence, Published
from tests.exhibits.conftest import Make, exhibit, share
from tests.reports.conftest import DAY

COHORT = {"level": "cohort", "questionnaire": "attendance_register"}
SISU = {"practice": "sisu", "municipality": "Lempäälä"}
GRUPPIS = {"practice": "gruppis", "municipality": "Huittinen"}


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def _title(kind: str, words: Words, published: Published, *beside: Published) -> str:
    return _plain(exhibit(kind, published, words, *beside).headline)


def test_every_kind_of_chart_has_a_rule_for_its_title() -> None:
    assert set(HEADLINES) == set(PLOTS) - {"trend"}, "a trend's title follows from its test (headlines.course)"


RATED = {"item": "sat_usefulness"}
TITLES = [
    ("favourable", "satisfaction.favourable", [share(6 / 7, 7, **RATED)], "Kuusi seitsemästä vastasi myönteisesti"),
    ("favourable", "satisfaction.favourable", [share(12 / 17, 17, **RATED)], "12 / 17 vastasi myönteisesti"),
    ("favourable", "satisfaction.favourable", [share(0.73, 30, favourable=22, **RATED)], "73 % (22 / 30) vastasi"),
    ("favourable", "satisfaction.favourable", [share(0.8, 66, method="answers", favourable=53, **RATED)],
     "80 % (53 / 66) vastauksista oli myönteisiä"),
    ("change_bars", "change.retrospective", [share(0.7, 10, item="change_mood")],
     "Seitsemän kymmenestä koki tilanteensa parantuneen: Mieliala"),
    ("change_bars", "change.retrospective",
     [share(0.75, 8, item="change_mood"), share(0.375, 8, item="change_taking_part")],
     "Useimmin koettiin parantuneen: Mieliala (6 / 8). Harvimmin: Osallisuus (3 / 8)"),
    ("change_bars", "change.retrospective",
     [share(0.75, 8, item="change_mood"), share(0.75, 4 * 2, item="change_taking_part")],
     "Tilanteen koettiin parantuneen yhtä usein joka kysymyksessä (6 / 8)"),
    ("change", "change.paired", [share(0.8, 10, item="state_mood", verdict="better")],
     "Muutos parempaan tuskin on sattumaa: Mieliala (8 / 10)"),
    ("change", "change.paired", [share(0.8, 10, item="state_mood", verdict="better"),
                                 share(0.1, 10, item="state_taking_part", verdict="worse")],
     "Muutos tuskin on sattumaa. Parempaan: Mieliala (8 / 10). Huonompaan: Osallisuus (1 / 10)"),
    ("change", "change.paired", [share(0.8, 10, item="state_mood", verdict="better"),
                                 share(0.5, 10, item="state_taking_part", verdict="not_apart")],
     "Muutos parempaan tuskin on sattumaa: Mieliala (8 / 10). Muut muutokset voivat olla sattumaa"),
    ("change", "change.paired", [share(1.0, 5, item="state_daily_rhythm", verdict="not_apart")],
     "Muutokset alusta loppuun voivat olla sattumaa. Useimmin parani: Päivärytmi (5 / 5)"),
    ("change", "change.paired", [share(1.0, 7, item="state_mood", verdict="not_apart"),
                                 share(5 / 7, 7, item="state_taking_part", verdict="not_apart")],
     "Kysymys kerrallaan muutokset alusta loppuun voivat olla sattumaa. Useimmin parani: Mieliala (7 / 7)"),
    ("change", "change.paired", [share(1.0, 5, item="state_mood", verdict="described")],
     "Alusta loppuun useimmin parani: Mieliala (5 / 5). Ei testattu kysymys kerrallaan, koska ensin testattu"),
    ("balance", "change.balance", [share(1.0, 7, improved=7, verdict="better")],
     "Seitsemän seitsemästä vastasi lopussa useampaan kysymykseen paremmin kuin huonommin. Muutos parempaan tuskin"),
    ("balance", "change.balance", [share(0.8, 5, improved=4, verdict="not_apart")],
     "Neljä viidestä vastasi lopussa useampaan kysymykseen paremmin kuin huonommin. Muutos voi olla sattumaa"),
    ("balance", "change.balance", [share(1.0, 20, improved=20, verdict="untested", method="clusters")],
     "100 % (20 / 20) vastasi lopussa useampaan kysymykseen paremmin kuin huonommin. Ei testattu, koska sama"),
    ("balance", "change.balance", [share(0.75, 8, improved=6, verdict="described")],
     "Kuusi kahdeksasta vastasi lopussa useampaan kysymykseen paremmin kuin huonommin"),
    ("change", "change.paired", [share(0.8, 10, item="state_mood", verdict="untested", method="clusters")],
     "Alusta loppuun useimmin parani: Mieliala (8 / 10). Ei testattu, koska sama ihminen"),
    ("enrolment", "participation.enrolment",
     [COHORT | {"measure": "completed", "n": 14, "value": None, "at_least": 12, "at_most": 13}],
     "12–13 / 14 kävi loppuun"),
    ("openings", "participation.openings",
     [COHORT | {"measure": "visits_in_opening", "n": 2, "value": value, "occasion": 1} for value in (4, 9)],
     "Avoinna oltiin 2 kertaa; kerralla kävi 4–9 kävijää, keskimäärin 6,5"),
    ("sessions", "participation.sessions",
     [COHORT | {"measure": "present_in_session", "cohort": "A", "n": 12, "value": value} for value in (6, 9)],
     "Kerralla oli mukana 6–9 ihmistä, kun ilmoittautuneita oli 12"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "measure", "rows", "title"), TITLES)
def test_a_title_says_what_its_chart_shows(
    kind: str, measure: str, rows: list[dict[str, object]], title: str, make: Make, words: Words
) -> None:
    assert _title(kind, words, make(measure, rows)).startswith(title)


def test_questions_that_fall_below_the_others_beyond_chance_are_named(make: Make, words: Words) -> None:
    rows = [share(0.9, 30, item="sat_usefulness", fewer=False, others=0.7),
            share(0.5, 30, item="sat_access", fewer=True, others=0.9)]  # fmt: skip
    title = _title("favourable", words, make("satisfaction.favourable", rows))
    assert title == "Muita kysymyksiä vähemmän myönteisiä vastauksia: Mukaan oli helppo päästä (50 %, 15 / 30)"
    alike = make("satisfaction.favourable", [row | {"fewer": False} for row in rows])
    assert _title("favourable", words, alike).endswith("kysymysten erot voivat olla sattumaa")
    again = make("satisfaction.favourable", [row | {"fewer": False, "method": "clusters"} for row in rows])
    assert "sattumaa" not in _title("favourable", words, again), "what was not tested is not said to be chance"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [(0.1, 0.6, "Suosittelijoita on enemmän"), (-0.6, -0.1, "Arvostelijoita on enemmän"),
     (-0.1, 0.5, "ero voi olla sattumaa"), (None, None, "eroa ei testattu")],
)  # fmt: skip
def test_a_recommendation_is_a_score_from_ten_answers_on(
    low: float | None, high: float | None, said: str, make: Make, words: Words
) -> None:
    def asked(n: int) -> str:
        many = int(n * 0.6)
        rows = [{"item": "recommend", "value_code": None, "value_class": kind, "count": count, "n": n,
                 "value": count / n, "method": "descriptive"}
                for kind, count in (("unfavourable", n - many), ("favourable", many))]  # fmt: skip
        score = {"item": "recommend", "n": n, "value": 0.2, "low": low, "high": high, "method": "net_score"}
        scores = make("satisfaction.recommendation", [score])
        return _title("recommendation", words, make("satisfaction.distribution", rows), scores)

    assert said in asked(20)
    assert "NPS +20, n = 20" in asked(20) or "NPS on +20 (n = 20)" in asked(20)
    assert asked(9) == "Viisi yhdeksästä antoi 9 tai 10"


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [(("higher", "not_apart"), "Muita enemmän: Sisu, Lempäälä (9 / 10)"),
     (("not_apart", "lower"), "Muita vähemmän: Gruppis, Huittinen (5 / 10)"),
     (("higher", "lower"), "Muita enemmän: Sisu, Lempäälä (9 / 10). Muita vähemmän: Gruppis, Huittinen (5 / 10)"),
     (("not_apart", "not_apart"), "Erot voivat olla sattumaa: 5 / 10 … 9 / 10"),
     (("too_few", "too_few"), "Vastaajia on liian vähän vertailuun (alle 10): 5 / 10 … 9 / 10"),
     ((), "Eroja ei ole testattu: 5 / 10 … 9 / 10")],
)  # fmt: skip
def test_a_comparison_says_who_differs_or_that_it_may_be_chance(
    verdicts: tuple[str, ...], said: str, make: Make, words: Words
) -> None:
    units = [SISU | share(0.9, item="sat_usefulness"), GRUPPIS | share(0.5, item="sat_usefulness")]
    tests = [unit | {"verdict": verdict} for unit, verdict in zip(units, verdicts, strict=False)]
    beside = (make("satisfaction.comparison", tests),) if tests else ()
    assert _title("comparison", words, make("satisfaction.favourable", units), *beside) == said


@pytest.mark.parametrize(
    ("verdict", "said"),
    [("rising", "Osuus on kasvanut enemmän kuin sattumalta: Toiminta oli hyödyllistä"),
     ("not_apart", "Muutokset kerrasta toiseen voivat olla sattumaa"), ("untested", "ei testattu"),
     (None, "Kertoja on liian vähän")],
)  # fmt: skip
def test_a_trend_says_whether_it_is_more_than_chance(verdict: str | None, said: str, make: Make, words: Words) -> None:
    shares = make("satisfaction.favourable", [share(0.5, n, item="sat_usefulness", level="cohort") for n in (6, 12)])
    tests = make("satisfaction.trend", [share(0.2, item="sat_usefulness", verdict=verdict or "rising")])
    title = sentence(course(shares, tests if verdict else tests.where(item="")), words)
    assert said in title
    assert "6–12" in title


def test_a_trend_of_forms_filled_again_and_again_is_not_called_too_short(make: Make, words: Words) -> None:
    rows = [share(0.5, 30, item="session_heard", level="cohort", method="answers") for _ in range(4)]
    shares = make("satisfaction.favourable", rows)
    assert "ei testattu" in sentence(course(shares, shares.where(item="")), words)


@pytest.mark.parametrize(
    ("measure", "reason", "said"),
    [("satisfaction.favourable", FEW, "Alle 5 ihmistä: ei näytetä"),
     ("satisfaction.favourable", NEARLY_ALL, "Lähes kaikki vastasivat kielteisesti: tarkkoja lukuja ei näytetä"),
     ("change.retrospective", NEARLY_ALL, "Lähes kaikilla tilanne huononi: tarkkoja lukuja ei näytetä")],
)  # fmt: skip
def test_where_all_is_withheld_the_title_says_why(
    measure: str, reason: str, said: str, make: Make, words: Words
) -> None:
    kind = "favourable" if measure.startswith("satisfaction") else "change_bars"
    assert _title(kind, words, make(measure, [{"item": "sat_usefulness", "reason": reason}])) == said


@pytest.fixture(scope="module")
def sample_exhibits(sample_evidence: Evidence, library: Library) -> dict[str, list[Exhibit]]:
    def of(words: Words) -> list[Exhibit]:
        families = ("participation", "satisfaction", "change", "conditions")
        pages = [exhibit for practice in library.practices for family in families
                 for exhibit in main(family, sample_evidence, practice, words)]  # fmt: skip
        side = [exhibit for practice in library.practices for exhibit in cohorts(sample_evidence, practice, words)]
        report = comparison_report(sample_evidence, library, words, DAY, synthetic=True)
        return pages + side + [exhibit for section in report.sections for exhibit in section.exhibits]

    return {language: of(Words(library, Translator(language))) for language in languages()}


@pytest.mark.parametrize("language", languages())
def test_every_chart_of_the_sample_has_a_finding_with_its_n(
    sample_exhibits: dict[str, list[Exhibit]], language: str
) -> None:
    numeral = "|".join(Translator(language)("headlines.numerals").split())
    for shown in sample_exhibits[language]:
        if shown.kind == TABLE:
            assert (shown.headline, shown.topic) == (shown.title, "")
            continue
        assert shown.headline != shown.title == shown.topic
        assert re.search(rf"\d|{numeral}", shown.headline.lower()), shown.headline
        assert not re.search(r"[{}]|\bnan\b|None|headlines\.", shown.headline)
        assert not re.search(r"\(([^()]*)\(", shown.headline), "no bracket within a bracket"


def test_of_fewer_than_twenty_people_no_title_has_a_percentage(sample_exhibits: dict[str, list[Exhibit]]) -> None:
    titles = [_plain(shown.headline) for shown in sample_exhibits["fi"]]
    few = [float(n) for title in titles for n in re.findall(r"% ?(?:\(|, )\d+ / (\d+)", title)]
    assert few
    assert min(few) >= 20
    assert sum(title.count("%") for title in titles) == len(few), "a percentage stands with its counts only"


@pytest.mark.parametrize("language", languages())
def test_numerals_are_as_many_as_sentences_need(language: str) -> None:
    t = Translator(language)
    assert len(t("headlines.numerals").split()) == len(t("headlines.numerals_of").split()) == 13
