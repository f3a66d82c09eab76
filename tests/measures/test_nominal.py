"""Options, background and numbers as they are published: small groups, totals, bars, tables and reports."""

import csv
import io
import math
import zipfile
from datetime import date

import pytest

from evaluation.definitions import Library
from evaluation.exhibits import practice_report
from evaluation.exhibits.exhibit import Exhibit
from evaluation.exhibits.practice_exhibits import main
from evaluation.findings import Words
from evaluation.i18n import Translator, languages
from evaluation.measures import Evidence, Policy, publish
from evaluation.render.csv_package import FOLDER, data_package
from evaluation.render.formats import makers
from evaluation.statistics.quartiles import quartiles
from evaluation.store import Selection
from tests.own_kinds import kipina_library
from tests.privacy.attack.worlds import Form, World, stored

REASONS = ("coffee", "company", "advice", "food", "something_else")


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return kipina_library(tmp_path_factory.mktemp("kipina"))


def filled(item: str, values: list[int], cohort: str = "2026") -> World:
    return tuple(
        Form("kipina", "Akaa", cohort, "kipina_feedback", f"{cohort} {n}", f"{cohort} {n}", date(int(cohort), 1, 1),
             {item: value})
        for n, value in enumerate(values)
    )  # fmt: skip


def published(world: World, own: Library, threshold: int = 5) -> Evidence:
    return publish(stored(world, own), own, Selection(), Policy(threshold))


def counts(evidence: Evidence, table: str, level: str = "practice") -> dict[object, int]:
    rows = evidence.table(f"choices.{table}").where(level=level).with_figures
    codes = [
        kind if math.isnan(code) else int(code)
        for code, kind in zip(rows["value_code"], rows["value_class"], strict=True)
    ]
    return dict(zip(codes, map(int, rows["count"]), strict=True))


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ([4, 3, 0], {1: 4, 2: 3, 3: 0}),
        ([5, 2, 1], {1: 5, "others": 3}),
        ([4, 2, 1], {1: 4, "others": 3}),
        ([6, 1, 0], {}),
        ([3, 2, 2], {}),
        ([6, 3, 1], {1: 6, 2: 3, 3: 1}),
    ],
)
def test_of_fewer_than_ten_rare_options_stand_together(
    chosen: list[int], expected: dict[object, int], own: Library
) -> None:
    values = [code for code, number in enumerate(chosen, start=1) for _ in range(number)]
    evidence = published(filled("kipina_day", values), own)
    assert counts(evidence, "one", "cohort") == expected
    suppressed = evidence.table("choices.one").where(level="cohort").frame["reason"].dropna().tolist()
    assert suppressed == ([] if expected else ["small_parts"])


def test_a_total_leaves_out_the_smaller_units_that_join_options_and_says_so(own: Library) -> None:
    world = filled("kipina_day", [1] * 6 + [2] * 4 + [3] * 2, "2024") + filled(
        "kipina_day", [1] * 4 + [2, 2, 3], "2025"
    )
    evidence = published(world, own)
    assert counts(evidence, "one") == {1: 6, 2: 4, 3: 2}
    assert set(evidence.table("choices.one").where(level="practice").frame["omitted"]) == {1}


def test_a_total_of_small_units_joins_what_any_of_them_joins(own: Library) -> None:
    world = filled("kipina_day", [1] * 4 + [2, 2, 3], "2024") + filled("kipina_day", [1] * 3 + [2] * 2 + [3], "2025")
    assert counts(published(world, own), "one") == {1: 7, "others": 6}


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ([5, 5, 2], {}),
        ([6, 5, 0], {1: 6, 2: 5}),
        ([12, 0, 0], {}),
        ([5, 4, 0], {}),
        ([7, 3, 2], {1: 7, "others": 5}),
    ],
)
def test_who_the_respondents_are_is_told_of_ten_in_parts_of_the_threshold(
    chosen: list[int], expected: dict[object, int], own: Library
) -> None:
    values = [code for code, number in enumerate(chosen, start=1) for _ in range(number)]
    evidence = published(filled("kipina_age", values), own)
    assert counts(evidence, "background") == expected
    assert evidence.table("choices.background").threshold == 10


@pytest.mark.parametrize(
    ("asked", "chosen", "shown"),
    [(7, 0, True), (7, 1, False), (7, 3, True), (7, 5, False), (7, 7, True), (10, 1, True), (4, 4, False)],
)
def test_an_option_of_several_is_a_table_of_its_own(asked: int, chosen: int, shown: bool, own: Library) -> None:
    world = filled("kipina_reasons/coffee", [1] * chosen + [0] * (asked - chosen))
    rows = published(world, own).table("choices.several").where(level="cohort").frame
    assert [bool(row) for row in rows["suppressed"]] == [not shown]
    if shown:
        assert (rows["count"].iloc[0], rows["n"].iloc[0]) == (chosen, asked)


def test_numbers_have_a_mean_from_ten_and_quartiles_from_twenty(own: Library) -> None:
    for n, told in ((9, (False, False)), (10, (True, False)), (20, (True, True))):
        row = published(filled("kipina_hours", list(range(200, 200 + n))), own).table("choices.numbers").frame.iloc[0]
        assert (not math.isnan(row["value"]), not math.isnan(row["median"])) == told, n
        assert row["n"] == n
    assert row["value"] == pytest.approx((200 + 219) / 4)
    assert row["median"] == pytest.approx((209 + 210) / 4)


def test_quartiles_are_those_of_the_answers_one_by_one() -> None:
    assert quartiles([1, 2, 4], [1, 2, 1]) == (1.75, 2.0, 2.5)
    assert quartiles([5], [20]) == (5.0, 5.0, 5.0)
    with pytest.raises(ValueError, match="nobody"):
        quartiles([], [])


@pytest.fixture(scope="module")
def whole(own: Library) -> Evidence:
    forms = []
    for n in range(24):
        answers = {f"kipina_reasons/{name}": int(n % place == 0) for place, name in enumerate(REASONS, start=1)}
        answers |= {"kipina_day": 1 + n % 3, "kipina_age": 1 + (n > 6) + (n > 15), "kipina_found": 1 + n % 2}
        answers |= {"kipina_hours": n, "kipina_useful": 4 + n % 2}
        forms.append(Form("kipina", "Akaa", "2026", "kipina_feedback", f"{n}", f"{n}", date(2026, 1, 1), answers))
    return published(tuple(forms), own)


def exhibits(whole: Evidence, words: Words) -> list[Exhibit]:
    return list(main("choices", whole, "kipina", words))


@pytest.mark.parametrize("language", languages())
def test_every_question_is_one_chart_of_bars_by_count(language: str, whole: Evidence, own: Library) -> None:
    words = Words(own, Translator(language))
    charts = {exhibit.published.measure + str(number): exhibit for number, exhibit in enumerate(exhibits(whole, words))}
    assert len(charts) == 4
    for exhibit in charts.values():
        assert exhibit.plot is not None
        (series,) = exhibit.plot.series
        assert exhibit.plot.shape == "bars"
        assert all(value is None or value == int(value) for value in series.values)
        assert "kipina_" not in exhibit.title + exhibit.alternative_text + str(exhibit.tables)


def test_several_choices_are_never_parts_of_a_hundred(whole: Evidence, own: Library) -> None:
    words = Words(own, Translator("fi"))
    (reasons,) = [each for each in exhibits(whole, words) if each.published.measure == "choices.several"]
    assert reasons.title == "Syyt tulla (kysyttiin 24 vastaajalta)"
    assert reasons.plot is not None
    assert [category.name for category in reasons.plot.categories] == [
        "Kahvi",
        "Seura",
        "Neuvoja, tukea",
        "Ruoka",
        "Muu, mikä?",
    ]
    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in reasons.plot.series[0].texts[:2]] == [
        "100 % (24 / 24)",
        "50 % (12 / 24)",
    ]
    assert any("ei tule sataa prosenttia" in note for note in reasons.notes)


@pytest.mark.parametrize(
    ("chosen", "title"),
    [
        ([6, 3, 3], "Yleisin vastaus on ”Maanantai”: 6 / 12"),
        ([5, 5, 2], "Vastaajia on 12"),
        ([4, 2, 1], "Yleisin vastaus on ”Maanantai”: 4 / 7"),
        ([3, 2, 1], "Vastaajia on 6"),
        ([4, 2, 2], "Liian harvan vastaus erottuisi: ei näytetä"),
    ],
)
def test_the_title_of_a_chart_names_the_commonest_answer_where_it_is_known(
    chosen: list[int], title: str, own: Library
) -> None:
    values = [code for code, number in enumerate(chosen, start=1) for _ in range(number)]
    (chart,) = exhibits(published(filled("kipina_day", values), own), Words(own, Translator("fi")))
    assert chart.headline.replace("\N{NO-BREAK SPACE}", " ") == title


def test_the_codebooks_of_the_data_package_name_options(whole: Evidence, own: Library) -> None:
    content = data_package(whole, Words(own, Translator("fi")), date(2026, 6, 1), synthetic=False)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        questions, answers = (
            list(csv.DictReader(io.StringIO(package.read(f"{FOLDER}/{name}.csv").decode())))
            for name in ("questions", "answers")
        )
    named = {row["id"]: (row["short"], row["scale"]) for row in questions}
    assert named["kipina_reasons/coffee"] == ("Kahvi", "chosen")
    assert named["kipina_day"] == ("Paras päivä", "kipina_day_options")
    assert {(row["scale"], row["value_code"], row["name"]) for row in answers} >= {
        ("kipina_day_options", "1", "Maanantai"), ("chosen", "0", "Ei valittu"),
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["pptx", "xlsx", "html", "docx", "txt", "pdf"])
def test_every_format_of_report_holds_them(kind: str, whole: Evidence, own: Library) -> None:
    words = Words(own, Translator("fi"))
    report = practice_report(whole, (), own, "kipina", words, date(2026, 6, 1), synthetic=False)
    (section,) = [part for part in report.sections if part.id == "choices"]
    assert len(section.exhibits) == 5
    assert section.sentences[0].startswith("Kysymyksen ”Syyt tulla” yleisin vastaus on ”Kahvi”: 100")
    assert makers()[kind](report, words)
