"""Make tables whose cells are untidy: no-answers in words, numbers and days as text, marks, labels (27 to 30)."""

from office import convert, save_written
from raw_xlsx import Book, Raw, raw_bytes, save_raw
from wording import FOLDER, SCALES, asked, label, labels, text, texts

Rows = list[list[object]]
NBSP = "\N{NO-BREAK SPACE}"


def nothing_words() -> None:
    """People wrote N/A, None, - and a full stop: words in an open answer, off the scale in a closed one."""
    items = ["visit_useful", "visit_access", "visit_heard", "visit_comment"]
    rows: Rows = [["Päivä", *texts(items)]]
    rows += [["3.10.2018", 5, 5, 5, "None"], ["3.10.2018", 4, 4, 4, "-"], ["3.10.2018", 4, "N/A", 5, "Kiva paikka"]]
    rows += [["10.10.2018", 5, 4, "-", None], ["10.10.2018", 3, 3, 3, "N/A"], ["10.10.2018", 5, None, 5, "."]]
    rows += [["17.10.2018", "eos", "En tiedä", 5, "+ kahvi"], ["17.10.2018", "", " ", 4, "'hyvä'"]]
    save_raw(FOLDER / "27_nothing_words.xlsx", Book([Raw("Taul1", rows)]))


def numbers() -> None:
    """Counts as people type them; the last four say no count."""
    rows: Rows = [["Päivä", text("visits"), text("visits_new"), text("waiting_minutes")]]
    typed = ["+20", f"1{NBSP}205", "12,0", " 7 ", "5 665", "8.0", "noin 5", "2000-3400", "2600*12,5", "12,5"]
    rows += [[f"{day}.11.2018", visits, "0", None] for day, visits in enumerate(typed, 1)]
    save_raw(FOLDER / "28_numbers_as_text.xlsx", Book([Raw("Taul1", rows, dimension="A1:D11")], shared=False))


def days() -> None:
    """Days in the ways they come: Finnish text, months first, undecidable, one number, ISO with a zone."""
    items = asked("sisu", "session_feedback")[:3]
    kinds = {
        "29_days_finnish": ["3.4.2018", "12.04.2018", " 30.4.2018 ", "31.2.2018", "eilen", "5.4.2018 klo 14"],
        "29_days_month_first": ["3/4/2018", "3/14/2018", "4/5/2018", "04/30/2018"],
        "29_days_undecided": ["3/4/2018", "5/6/2018", "7/8/2018"],
        "29_days_one_number": [20180905, 20180912, 20181003],
        "29_days_iso": ["2018-09-05T14:03:11.000+03:00", "2018-09-12", "2018-10-03T09:15:00+03:00"],
    }
    for name, column in kinds.items():
        rows: Rows = [["Päivä", *texts(items)], *([day, 5, 4, 5] for day in column)]
        if name.endswith("number"):
            convert(raw_bytes(Book([Raw("Taul1", rows)])), ".xlsx", FOLDER / f"{name}.xlsx")
        else:
            save_written(f"{name}.xlsx", ("Taul1", rows))


def marks() -> None:
    """A paper form's table keyed in with an x under the chosen answer; one person has two, one none."""
    items, codes = ["session_useful", "session_heard", "session_spirit"], [1, 2, 3, 4, 5]
    people = [
        ("7.11.2018", [[5], [5], [4]]),
        ("7.11.2018", [[3], [4], []]),
        ("14.11.2018", [[2, 3], [4], [4]]),
        ("14.11.2018", [[1], [2], [3]]),
    ]
    top: list[object] = ["Päivä"]
    for item in items:
        top += [text(item), *([None] * 4)]
    rows: Rows = [top, [None, *(label(item, code) for item in items for code in codes)]]
    for number, (day, chosen) in enumerate(people):
        mark = "X" if number == 1 else "x"
        rows.append([day, *(mark if code in answer else None for answer in chosen for code in codes)])
    save_raw(FOLDER / "30_marks_in_options.xlsx", Book([Raw("Taul1", rows, merges=["B1:F1", "G1:K1", "L1:P1"])]))


def label_forms() -> None:
    """The same answers as number and words, words and number, smileys, other case and spaces."""
    items = ["state_mood", "state_social_relations", "sat_usefulness", "sat_group", "recommend"]
    rows: Rows = [["Tunniste", *texts(items)]]
    rows += [
        ["L1", "4 = Hyvin", "2 = Harvoin", "5 = Täysin samaa mieltä", "Täysin samaa mieltä (5)", "10"],
        ["L2", "☺", "joskus", "4 - Jokseenkin samaa mieltä", "SAMAA MIELTÄ", "10 = erittäin todennäköisesti"],
        ["L3", "☹", f"Hyvin{NBSP}usein", " Eri mieltä ", "en osaa sanoa", 7],
        ["L4", "Hyvin", "En  koskaan", "3", "3,0", "7,5"],
        ["L5", "3-4", "Usein", "Täysin eri mieltä", "1", "0"],
        ["L6", "5 = Hyvin", "Usein", "Täysin eri mieltä", "1", "0"],
    ]
    save_raw(FOLDER / "30_label_forms.xlsx", Book([Raw("Taul1", rows)]))


def scales_of_others() -> None:
    """Goals from -2 to 2 as numbers, text and words, and scores of ten with a half."""
    goals = ["goal_1", "goal_2", "goal_3"]
    rows: Rows = [["Tunniste", "Päivä", *texts(goals)]]
    rows += [
        ["T1", "5.6.2018", -2, 0, 2],
        ["T2", "6.6.2018", "-1", "+1", "0"],
        ["T3", "7.6.2018", "\N{MINUS SIGN}1", "1", None],
    ]
    words = [value["label"]["fi"] for value in SCALES["goal5"]["values"]]
    rows += [["T4", "8.6.2018", words[0], words[2], words[4]], ["T5", "8.6.2018", 3, 0, 1]]
    save_written("30_goals_minus.xlsx", ("Tavoitteet", rows))
    scores = asked("kostiakeskus", "functioning_start")
    table: Rows = [
        ["Tunniste", *texts(scores)],
        ["K1", 4, 6, 5, 7, 3],
        ["K2", "8,0", "7", 6, 5, 10],
        ["K3", 7.5, 6, 6, 6, 6],
    ]
    convert(raw_bytes(Book([Raw("Kykyviisarin pisteet alussa", table)])), ".xlsx", FOLDER / "30_scores_functioning.ods")


def swedish_and_english() -> None:
    """Answers in three languages in one table, as when forms of three languages were keyed together."""
    items = asked("fyrkkaa", "session_feedback")
    rows: Rows = [["Päivä", *texts(items)]]
    for language, answers in (("fi", [5, 4, 5, "Kiitos"]), ("sv", [4, 4, 98, "Tack"]), ("en", [2, 3, 5, "Thank you"])):
        rows.append(["13.3.2018", *labels(items, answers, language)])
    save_written("30_three_languages.xlsx", ("Taul1", rows))


if __name__ == "__main__":
    for make in (nothing_words, numbers, days, marks, label_forms, scales_of_others, swedish_and_english):
        make()
