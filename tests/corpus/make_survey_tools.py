"""Make exports as SurveyMonkey, Qualtrics, REDCap, Typeform and JotForm give them (13 to 17)."""

from make_forms import comma_separated, moments
from office import convert, save_written
from raw_xlsx import Book, Raw, raw_bytes, save_raw
from wording import FOLDER, asked, label, labels, text, texts

MONKEY_SYSTEM = [
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
    "Last Name",
    "Custom Data 1",
]
QUALTRICS_CODES = ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished"]
QUALTRICS_CODES += ["RecordedDate", "ResponseId", "LocationLatitude", "LocationLongitude"]
QUALTRICS_WORDS = [
    "Start Date",
    "End Date",
    "Response Type",
    "IP Address",
    "Progress",
    "Duration (in seconds)",
    "Finished",
]
QUALTRICS_WORDS += ["Recorded Date", "Response ID", "Location Latitude", "Location Longitude"]


def survey_monkey() -> None:
    """Two header rows: the statements of a matrix and the kind of answer stand in the second."""
    items = asked("solmut_auki", "client_end")
    people = [
        ["N1", 2, 4, 4, 3, 4, 5, 4, 4, 5, 5, 5, 4, 5, 5, 9, "Vertaistuki", None],
        ["N2", 3, 3, 3, 3, 4, 4, 3, 3, 4, 3, 5, 4, 4, 4, 8, None, "Kesto pidemmäksi"],
        ["N3", 4, 2, 2, 2, 3, 2, 3, 2, 3, 2, 4, 2, 2, 3, 3, None, None],
    ]
    top: list[object] = [*MONKEY_SYSTEM, "Tunniste"]
    below: list[object] = [None] * len(MONKEY_SYSTEM) + ["Open-Ended Response"]
    for item in items:
        if item.startswith("sat_"):
            top.append("Mitä mieltä olet toiminnasta?" if item == "sat_access" else None)
            below.append(text(item))
        else:
            top.append(text(item))
            below.append("Open-Ended Response" if item in {"best_thing", "to_improve"} else "Response")
    rows: list[list[object]] = [top, below]
    for number, ((code, *answers), (began, ended)) in enumerate(
        zip(people, moments("2018-04-25T16:00:00", 3), strict=True), 1
    ):
        known = [11000000000 + number, 220011, began, ended, f"192.0.2.{number}", None, None, None, None]
        rows.append([*known, code, *labels(items, answers)])
    save_written("13_surveymonkey_solmut.xlsx", ("Sheet", rows))


def qualtrics_rows(people: list[tuple[str, str, list[object]]], items: list[str]) -> list[list[object]]:
    """Return the rows of answers: status, whether finished, and what was answered."""
    rows = []
    for number, (status, finished, answers) in enumerate(people, 1):
        began, ended = f"2018-10-1{number} 10:00:02", f"2018-10-1{number} 10:07:45"
        progress = "100" if finished == "True" else "40"
        known = [began, ended, status, f"198.51.100.{number}", progress, "463", finished, ended]
        rows.append([*known, f"R_3fk{number}", "61.31", "23.75", *labels(items, answers)])
    return rows


def qualtrics_csv() -> None:
    """Three header rows; previews, spam and an unfinished response among the answers."""
    items = asked("riihimaki_groups", "client_end")
    people: list[tuple[str, str, list[object]]] = [
        ("Survey Preview", "True", [5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 10, "testi", ""]),
        ("IP Address", "True", [3, 3, 4, 3, 4, 4, 4, 4, 5, 4, 5, 4, 4, 5, 9, "Ohjaajat", ""]),
        ("IP Address", "False", [2, 2, "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""]),
        ("Spam", "True", [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, "buy", "now"]),
        ("IP Address", "True", [4, 4, 3, 4, 3, 5, 4, 4, 4, 4, 5, 5, 5, 5, 10, "", "Ei mitään, kaikki hyvin"]),
    ]
    codes = ["Q1", *(f"Q2_{place}" for place in range(1, len(items)))]
    words = [f"Arvioi seuraavia asioita - {item}" if place > 8 else item for place, item in enumerate(texts(items), 1)]
    words[-1] = "Mitä pitäisi\nmuuttaa?"
    identifiers = [f'{{"ImportId":"QID{place}"}}' for place in range(len(QUALTRICS_CODES) + len(items))]
    rows = [QUALTRICS_CODES + codes, QUALTRICS_WORDS + words, identifiers, *qualtrics_rows(people, items)]
    (FOLDER / "14_qualtrics_riihimaki.csv").write_bytes(comma_separated(rows).encode("utf-8-sig"))


def qualtrics_xlsx() -> None:
    """Two header rows; the code of the question is ours here; a preview first."""
    items = asked("kostiakeskus", "visit_feedback")
    people: list[tuple[str, str, list[object]]] = [
        ("Survey Preview", "True", [3, 3, 3, 3, 3, 3, 3, 3, 1, "asdf"]),
        ("IP Address", "True", [5, 5, 5, 4, 4, 4, 4, 3, 0, "Hyvä paikka"]),
        ("IP Address", "True", [4, 4, 5, 98, 3, 4, 3, 3, 1, None]),
    ]
    heads: list[list[object]] = [[*QUALTRICS_CODES, *items], [*QUALTRICS_WORDS, *texts(items)]]
    rows = heads + qualtrics_rows(people, items)
    save_raw(FOLDER / "14_qualtrics_kostia.xlsx", Book([Raw("Sheet0", rows, dimension="A1")]))


def redcap() -> None:
    """A long table: start and end of one person are two rows, and the event says which."""
    state, end = asked("yksilollinen", "client_start"), asked("yksilollinen", "client_end")
    only_end = [item for item in end if item not in state]
    people = [
        ("1", "alku_arm_1", [2, 4, 2, 2], [None] * 13),
        ("1", "loppu_arm_1", [4, 2, 4, 3], [4, 5, 4, 4, 5, 5, 5, 4, 5, 5, 9, "Sama työntekijä", None]),
        ("2", "alku_arm_1", [1, 5, 2, 1], [None] * 13),
        ("2", "loppu_arm_1", [3, 3, 3, 3], [4, 3, 4, 4, 4, 4, 5, 4, 4, 98, 8, None, None]),
        ("3", "alku_arm_1", [3, 2, 3, 3], [None] * 13),
    ]
    heads: list[object] = ["record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance"]
    rows: list[list[object]] = [[*heads, "kysely_timestamp", *state, *only_end, "kysely_complete"]]
    for number, (record, event, first, last) in enumerate(people, 1):
        rows.append([record, event, None, None, f"2018-0{number}-15 12:00:00", *first, *last, 2])
    convert(
        raw_bytes(Book([Raw("Sheet1", rows)])),
        ".xlsx",
        FOLDER / "15_redcap_long.csv",
        ":Text - txt - csv (StarCalc):44,34,76",
    )


def typeform() -> None:
    """Questions with HTML in the headings, the tool's own columns around them, a choice with a column an option."""
    items = asked("asiakasraati", "panel_feedback")
    heads = [f"<strong>{item}</strong>" if place < 3 else f"{item}<br />" for place, item in enumerate(texts(items))]
    people = [
        ["Lehti", None, [5, 4, 3, 5, 4, 4, "Asunnottomuus"]],
        [None, "Kaveri", [3, 4, 2, 4, 3, 3, None]],
    ]
    rows: list[list[object]] = [["#", *heads, "Lehti", "Kaveri", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]]
    for number, (paper, friend, answers) in enumerate(people, 1):
        day = f"2018-09-1{number}"
        rows.append(
            [
                f"a{number}f3c9",
                *labels(items, answers),
                paper,
                friend,
                f"{day} 12:01:10",
                f"{day} 12:05:51",
                f"7be{number}",
            ]
        )
    save_written("16_typeform_panel.xlsx", ("Responses", rows))


def jotform() -> None:
    """A column a row and option of a table of statements, 1 where it was chosen."""
    items = asked("asiakas_edella", "meeting_feedback")
    table, codes = items[:4], [1, 2, 3, 4, 5]
    people = [("2018-03-05 09:41:22", [5, 5, 4, 5], 4), ("2018-03-06 15:02:09", [2, 3, None, 4], 3)]
    heads = [f"Mitä mieltä olet? >> {text(item)} >> {label(item, code)}" for item in table for code in codes]
    rows: list[list[object]] = [["Submission Date", *heads, text(items[4])]]
    for moment, answers, change in people:
        ticks = ["1" if code == answer else None for answer in answers for code in codes]
        rows.append([moment, *ticks, label(items[4], change)])
    save_raw(FOLDER / "17_jotform_meeting.xlsx", Book([Raw("Worksheet", rows)], shared=False))


if __name__ == "__main__":
    for make in (survey_monkey, qualtrics_csv, qualtrics_xlsx, redcap, typeform, jotform):
        make()
