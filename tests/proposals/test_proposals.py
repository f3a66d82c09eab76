"""A file of one's own questions is proposed column by column: kind, order, the good end, and what must be asked."""

import io
import json
from pathlib import Path

import pytest

from evaluation.cli import main
from evaluation.definitions import Library
from evaluation.intake import open_file
from evaluation.own_questions import OwnFile, named_municipality
from evaluation.proposals import ProposedColumn, propose_columns
from evaluation.proposals.families import family_of
from evaluation.samples import own_form
from evaluation.spreadsheets import read_workbook
from tests.conftest import Table


def proposed(library: Library, table: Table, heading: str, *answers: object, **others: list[object]) -> ProposedColumn:
    """Return the proposal for one column of a table that has a day, the question and some more columns."""
    rows = [
        (f"{number % 28 + 1}.3.2026", answer, *(column[number] for column in others.values()))
        for number, answer in enumerate(answers)
    ]
    content = table(("Päivä", heading, *others), *rows)
    columns = propose_columns(read_workbook(content, "oma.xlsx"), library)
    return next(column for column in columns if column.heading == heading)


def repeated(*answers: object, times: int = 4) -> list[object]:
    return [answer for answer in answers for _ in range(times)]


@pytest.mark.parametrize(
    ("heading", "answers", "better"),
    [
        ("Kahvila on viihtyisä", ["täysin eri mieltä", "eri mieltä", "samaa mieltä", "täysin samaa mieltä"], "high"),
        ("Hur nöjd är du?", ["mycket missnöjd", "ganska missnöjd", "ganska nöjd", "mycket nöjd"], "high"),
        ("Rate the quality", ["very poor", "poor", "fair", "good", "very good"], "high"),
        ("Saitko apua?", ["Ei koskaan", "Harvoin", "Joskus", "Usein", "Aina"], "high"),
        ("Kuinka usein olet yksinäinen?", ["en koskaan", "harvoin", "joskus", "usein"], "low"),
        ("Ahdistus vaivaa", ["ei lainkaan", "useina päivinä", "suurimpana osana ajasta", "lähes joka päivä"], "low"),
        ("Pelkäätkö ulkona?", ["en koskaan", "hyvin harvoin", "joskus", "melko usein", "jatkuvasti"], "low"),
        ("Saatko tukea?", ["en koskaan", "hyvin harvoin", "joskus", "melko usein", "jatkuvasti"], "high"),
        ("Kuinka vaikeaa oli tulla?", ["erittäin vaikeaa", "melko vaikeaa", "melko helppoa"], "high"),
        ("How able are you?", ["Not at all able", "Slightly able", "Moderately able", "Extremely able"], "high"),
        ("Motivation", ["Much less motivated", "Less motivated", "No change", "More motivated"], "high"),
        ("Hur nöjd är du med caféet?", ["Missnöjd", "Varken eller", "Nöjd", "Mycket nöjd"], "high"),
        ("Kuinka paljon opit uutta?", ["En lainkaan", "Vähän", "Jonkin verran", "Paljon"], "high"),
        ("Olivatko ohjaajat apuna?", ["1 - ei lainkaan", "2 - vähän", "3 - melko paljon", "4 - paljon"], "high"),
    ],
)
def test_labels_are_put_in_order_and_the_good_end_is_known(
    heading: str, answers: list[str], better: str, library: Library, table: Table
) -> None:
    column = proposed(library, table, heading, *repeated(*reversed(answers)))
    assert column.kind == "scale"
    assert column.scale is not None
    labels = [step.label.casefold() for step in column.scale.steps]
    places = [labels.index(answer.split(" - ")[-1].casefold()) for answer in answers]
    assert places == sorted(places)
    assert column.scale.better == better
    assert column.ask == ()
    classes = [step.answer_class for step in column.scale.steps]
    assert classes.count("favourable") < len(classes)
    assert classes[0 if better == "low" else -1] == "favourable"


@pytest.mark.parametrize(
    ("heading", "answers", "asked"),
    [
        ("Kurssi vastasi odotuksia", [1, 2, 3, 4, 5], "better"),
        ("Kuinka usein käyt ulkona?", ["päivittäin", "viikoittain", "kuukausittain"], "better"),
        ("Kuinka usein teillä on riitoja?", [0, 1, 2, 3, 4], "better"),
        ("In your opinion, how important is grammar?", ["Not important", "Slightly important", "Very important"],
         "better"),
        ("Arvosana kivuille", [4, 5, 6, 7, 8, 9, 10], "better"),
        ("Tahti", ["liian hidas", "sopiva", "liian nopea"], "better"),
        ("En saanut apua", ["täysin samaa mieltä", "jokseenkin samaa mieltä", "täysin eri mieltä"], "better"),
        ("Tunnen itseni yksinäiseksi", ["täysin samaa mieltä", "samaa mieltä", "täysin eri mieltä"], "better"),
        ("Palvelu oli hyvää", ["täysin samaa mieltä", "jokseenkin samaa mieltä", "en osaa sanoa", "täysin eri mieltä"],
         "middle"),
        ("Arvosana", [3, 4, 3], "range"),
    ],
)  # fmt: skip
def test_what_the_answers_do_not_tell_is_asked(
    heading: str, answers: list[object], asked: str, library: Library, table: Table
) -> None:
    column = proposed(library, table, heading, *repeated(*answers))
    assert column.kind == "scale"
    assert asked in column.ask
    assert column.sure < 0.8


@pytest.mark.parametrize("heading", ["Kouluarvosana ryhmälle", "Arvosanasi (4–10)", "Skolvitsord för caféet"])
def test_marks_of_schools_rise(heading: str, library: Library, table: Table) -> None:
    column = proposed(library, table, heading, *repeated(10, 9, 8, 7, 6, 5, 4))
    assert column.scale is not None
    assert (column.scale.steps[0].code, column.scale.better, column.ask) == (4, "high", ())


@pytest.mark.parametrize(
    ("heading", "family"),
    [
        ("Tilat olivat viihtyisät", "satisfaction"),
        ("Eurooppalainen ruoka oli hyvää", "satisfaction"),
        ("Livet känns bra", "state"),
        ("Mielialani on hyvä", "state"),
        ("Oma terveys", "state"),
    ],
)
def test_what_a_question_is_about_follows_from_its_words_not_from_letters_within_them(
    heading: str, family: str, library: Library
) -> None:
    assert family_of(heading, "scale", "agreement") == family


def test_two_answers_that_agree_or_not_are_no_scale_of_five(library: Library, table: Table) -> None:
    column = proposed(library, table, "Palvelu oli nopeaa", *repeated("samaa mieltä", "eri mieltä"))
    assert column.scale is not None
    assert [step.answer_class for step in column.scale.steps] == ["unfavourable", "favourable"]
    assert column.scale.id is None


def test_a_recommendation_from_0_to_10_is_the_known_scale(library: Library, table: Table) -> None:
    column = proposed(library, table, "Kuinka todennäköisesti suosittelisit?", *repeated(10, 9, 8, 3, 0))
    assert column.scale is not None
    assert (column.scale.id, column.scale.better, len(column.scale.steps), column.ask) == (
        "recommend10",
        "high",
        11,
        (),
    )


def test_an_answer_nobody_gave_stands_in_its_place_where_a_neighbour_has_it(library: Library, table: Table) -> None:
    mine = ["samaa mieltä", "täysin samaa mieltä"] * 6
    other = ["täysin eri mieltä", "eri mieltä", "en samaa enkä eri mieltä", "samaa mieltä"] * 3
    column = proposed(library, table, "Minua kuunneltiin", *mine, **{"Sain tukea": other})
    assert column.scale is not None
    assert len(column.scale.steps) == 5
    assert (column.scale.better, column.ask) == ("high", ())


@pytest.mark.parametrize(
    ("heading", "answers", "kind"),
    [
        ("Montako kertaa kävit?", repeated(1, 2, 12, 30), "number"),
        ("Paino", ["70,5", "81,2", "66,1", "90,4", "77,7"], "number"),
        ("Mistä kuulit ryhmästä?", repeated("Sosiaalitoimesta", "Ystävältä", "Lehdestä"), "background"),
        ("Sukupuoli", repeated("nainen", "mies", "muu"), "background"),
        ("Mikä sopii sinulle?", repeated("Aamu", "Päivä", "Ilta"), "choice"),
        ("Toiminta", repeated("Ruoka;Retket;", "Ruoka;", "Retket;Musiikki;", "Musiikki;Ruoka;Retket;"), "choices"),
        ("Harrastukset", repeated("Lukeminen, Liikunta", "Liikunta", "Lukeminen", "Musiikki, Liikunta"), "choices"),
        ("Missä kävit?", repeated("Helsinki, Espoo tai Vantaa", "Tampere", "Turku"), "choice"),
        ("Mikä oli parasta?", ["Ruoka oli hyvää", "Juttelu", "Ohjaajat kuuntelivat minua", "Kaikki", "-"], "open"),
        ("Oletko käynyt ennen?", repeated("Kyllä", "Ei"), "scale"),
        ("Kahvin laatu", repeated(4, times=12), "scale"),
        ("Versio", repeated("v2026-1 lomake", times=12), "left_out"),
        ("Vastaajan nimi", ["Matti Meikäläinen", "Anna Virtanen", "Liisa Mäki", "Ahmed Ali"], "personal"),
        ("Tunniste", ["AN0704", "LI1203", "MA3011", "PE0102"], "code"),
    ],
)
def test_each_kind_is_known(heading: str, answers: list[object], kind: str, library: Library, table: Table) -> None:
    assert proposed(library, table, heading, *answers).kind == kind


def test_a_title_says_what_bare_numbers_mean(library: Library, table: Table) -> None:
    rows = [(f"{n}.3.2026", 1 + n % 3, n % 2 + 3) for n in range(1, 13)]
    title = ("Asteikko 1 = erittäin huono, 5 = erittäin hyvä",)
    content = table(title, ("Päivä", "Arjen sujuminen", "Ruoka"), *rows)
    _, everyday, food = propose_columns(read_workbook(content, "oma.xlsx"), library)
    for column in (everyday, food):
        assert column.scale is not None
        assert [step.code for step in column.scale.steps] == [1, 2, 3, 4, 5]
        assert (column.scale.better, column.ask) == ("high", ())


def test_a_column_for_each_option_is_a_question_with_several_choices(library: Library, table: Table) -> None:
    marks = {
        f"q1[{n}]. Mitä teit täällä? [{name}]": repeated("Yes", "No") for n, name in enumerate(("Söin", "Lauloin"))
    }
    marks["q1[9]. Mitä teit täällä? [Juttelin / kävelin]"] = repeated("No", "Yes")
    content = table(("Päivä", *marks), *zip(repeated("1.3.2026", "2.3.2026"), *marks.values(), strict=True))
    _, column = propose_columns(read_workbook(content, "oma.xlsx"), library)
    assert (column.kind, column.heading) == ("choices", "Mitä teit täällä?")
    assert column.options == ("Söin", "Lauloin", "Juttelin / kävelin")


@pytest.mark.parametrize(
    ("heading", "answers"),
    [
        ("Matkan hinta", ["alle 2 €", "2-5 €", "yli 5 €"]),
        ("Hur många gånger kom du?", ["1-2 gånger", "3-5 gånger", "över 5 gånger"]),
        ("Matka-aika", ["alle 5 minuuttia", "5-10 minuuttia", "yli 10 minuuttia"]),
        ("Years here", ["Less than 1 year", "1-4 years", "5+ years"]),
    ],
)
def test_what_was_counted_has_an_order_and_no_good_end(
    heading: str, answers: list[object], library: Library, table: Table
) -> None:
    column = proposed(library, table, heading, *repeated(*reversed(answers)))
    assert column.scale is not None
    assert [step.label for step in column.scale.steps] == answers
    assert (column.scale.better, column.family, column.ask) == ("none", "participation", ())


def test_of_amounts_at_start_and_end_the_good_end_is_asked(library: Library, table: Table) -> None:
    rows = [("Asukasluku", answer) for answer in repeated("alle 100 €", "100-300 €", "yli 300 €")]
    content = table(("Ryhmä", "Rahaa jää kuussa"), *rows)
    columns = propose_columns(read_workbook(content, "alkukysely.xlsx"), library, "alkukysely.xlsx")
    assert [(column.timing, column.ask) for column in columns if column.kind == "scale"] == [("start", ("better",))]


@pytest.mark.parametrize(
    ("heading", "answers", "kind"),
    [
        ("first_name", ["Zharko", "Milivoj", "Melech", "Anna"], "personal"),
        ("telephone_1", ["soittakaa", "illalla", "aamulla", "päivällä"], "personal"),
        ("visit_4", ["2015-04-02", "2015-05-02 12:30:10", "2016-01-30", "2016-02-28"], "day"),
        ("alb", [".423", "5.6", "32.6", "45.6"], "number"),
        ("Työaika", [*repeated("100 %", "80 %", times=30), "neljä päivää viikossa"], "number"),
        ("ethnicity", [0, 2, 0, 2], "background"),
    ],
)
def test_variables_of_survey_tools_are_known_by_what_stands_in_them(
    heading: str, answers: list[object], kind: str, library: Library, table: Table
) -> None:
    assert proposed(library, table, heading, *answers).kind == kind


def test_ends_of_numbers_in_words_tell_the_good_end_of_their_neighbours(library: Library, table: Table) -> None:
    headings = (
        "Ohjaajat kuuntelivat (1 = täysin eri mieltä, 5 = täysin samaa mieltä)",
        "Tila oli viihtyisä",
        "Yksinäisyys",
    )
    rows = [(f"{n}.3.2026", 1 + n % 5, 3 + n % 3, 1 + n % 4) for n in range(1, 13)]
    _, listened, place, loneliness = propose_columns(
        read_workbook(table(("Päivä", *headings), *rows), "o.xlsx"), library
    )
    for column in (listened, place):
        assert column.scale is not None
        assert [step.label for step in column.scale.steps][::4] == ["täysin eri mieltä", "täysin samaa mieltä"]
        assert (column.scale.better, column.ask) == ("high", ())
    assert loneliness.ask == ("better",)


def test_labels_of_numbers_are_shown_as_they_are_written(library: Library, table: Table) -> None:
    answers = [*repeated("0 - Not at all satisfied", "10 (Completely satisfied)"), *range(1, 10)]
    column = proposed(library, table, "How satisfied are you with your career?", *answers)
    assert column.scale is not None
    labels = [step.label for step in column.scale.steps]
    assert (labels[0], labels[-1], len(labels)) == ("Not at all satisfied", "Completely satisfied", 11)
    assert (column.scale.better, column.ask) == ("high", ())


@pytest.mark.parametrize(
    ("title", "file", "municipality"),
    [
        ("Naisten iltapiiri, Orivesi – kevät 2026", "vastaukset.xlsx", "Orivesi"),
        ("Iltapiirin palautteet Oriveden kaupungissa", "vastaukset.xlsx", "Orivesi"),
        ("Palaute", "Kangasala_iltapiiri.xlsx", "Kangasala"),
        ("Palaute", "vastaukset.xlsx", None),
    ],
)
def test_a_title_or_the_name_of_the_file_names_the_municipality(
    title: str, file: str, municipality: str | None, library: Library, table: Table
) -> None:
    opened = open_file(table((title,), ("Ryhmä", "Viihdyitkö?"), *[("A", "kyllä"), ("B", "ei")] * 4), file)
    assert opened.workbook is not None
    found = OwnFile(opened, proposals=propose_columns(opened.workbook, library))
    assert named_municipality(found, library) == municipality


def test_the_example_on_the_import_page_has_every_kind_of_question_and_asks_nothing(library: Library) -> None:
    columns = propose_columns(read_workbook(own_form(), "kahvilan_oma_kysely.xlsx"), library)
    assert [column.kind for column in columns] == [
        "day", "scale", "scale", "scale", "choices", "choice", "number", "background", "background", "open",
    ]  # fmt: skip
    assert [column.ask for column in columns] == [()] * len(columns)


def test_the_command_prints_the_proposal_and_saves_nothing(
    table: Table, tmp_path: Path, clean_environment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "kipina.xlsx"
    rows = [(answer, 5) for answer in repeated("Erittäin tyytyväinen", "Melko tyytymätön", "Erittäin tyytymätön")]
    file.write_bytes(table(("Oletko tyytyväinen?", "Arvosana"), *rows))
    assert main(["propose", str(file), "--json"]) == 0
    first = json.load(io.StringIO(capsys.readouterr().out))["columns"][0]
    assert (first["cell"], first["kind"], first["family"], first["ask"]) == ("A1", "scale", "satisfaction", [])
    assert first["scale"]["better"] == "high"
    assert first["scale"]["values"][-1] == {"code": 4, "label": "Erittäin tyytyväinen", "class": "favourable"}
    assert main(["propose", str(file), "--lang", "fi"]) == 0
    assert "loppupää on hyvä" in capsys.readouterr().out
    assert main(["imports", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"imports": []}
