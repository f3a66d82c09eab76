"""Make exports as Microsoft Forms, Google Forms and Webropol give them (08 to 10)."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta

from office import save_written
from raw_xlsx import Book, Raw, save_raw
from wording import FOLDER, asked, label, labels, text, texts

Rows = list[list[object]]


def moments(first: str, count: int, minutes: int = 4) -> list[tuple[datetime, datetime]]:
    """Return when each of ``count`` people began and ended, an hour apart."""
    began = [datetime.fromisoformat(first) + timedelta(hours=number) for number in range(count)]
    return [(moment, moment + timedelta(minutes=minutes, seconds=13)) for moment in began]


def comma_separated(rows: Sequence[Sequence[object]]) -> str:
    """Return ``rows`` as comma-separated text with quotes where needed."""
    target = io.StringIO(newline="")
    csv.writer(target).writerows(rows)
    return target.getvalue()


def microsoft_anonymous() -> None:
    """An untouched export: the sheet says it ends at A1, choices end with a semicolon, one person ticked two."""
    items = asked("sisu", "client_end")
    people = [
        ["s1", 4, 2, 4, 1, 5, 4, 4, 4, 5, 5, 5, 4, 5, 5, 9, "Porukka; ja ruoka", "Ei mitään"],
        ["s2", 3, 3, 4, 2, 4, 4, 3, 3, 5, 4, 5, 3, 4, 4, 8, None, "Enemmän retkiä, kiitos"],
        ["s3", 2, 5, 2, 3, 3, 3, 3, 2, 2, 3, 4, 2, 3, 3, 5, None, None],
        ["s4", 5, 1, 5, 1, 5, 5, 5, 98, 5, 5, 5, 5, 5, 5, 10, "Kaikki", None],
        ["s5", 4, 2, 3, 1, 4, 4, 4, 3, 5, 5, 5, 4, 5, 4, 9, None, None],
    ]
    rows: Rows = [["ID", "Aloitusaika", "Valmistumisaika", "Sähköposti", "Nimi", "Tunniste", *texts(items)]]
    times = moments("2018-05-23T10:02:11", len(people))
    for number, ((code, *answers), (began, ended)) in enumerate(zip(people, times, strict=True), 1):
        words = labels(items, answers)
        ended_choices = [f"{word};" if place < 4 and word else word for place, word in enumerate(words)]
        rows.append([number, began, ended, "anonymous", None, code, *ended_choices])
    rows[5][6] = "Hyvin;Huonosti;"
    save_raw(FOLDER / "08_microsoft_forms_sisu.xlsx", Book([Raw("Sheet1", rows, dimension="A1")]))


def microsoft_named() -> None:
    """The form was not anonymous: the tool wrote the workers' own names and addresses beside their answers."""
    items = asked("musapaja", "worker")
    people = [
        ["matti.esimerkki@ikaalinen.example", "Esimerkki Matti", 5, 4, 5, 3, 2, 5, 3, 5, 4, 5, 3, 4, "Soittimia lisää"],
        ["maija.malli@ikaalinen.example", "Malli Maija", 4, 4, 4, 4, 3, 5, 2, 4, 5, 5, 4, 3, None],
    ]
    rows: Rows = [["Id", "Start time", "Completion time", "Email", "Name", "Last modified time", *texts(items)]]
    for number, ((mail, name, *answers), (began, ended)) in enumerate(
        zip(people, moments("2018-06-01T08:30:00", 2), strict=True), 1
    ):
        rows.append([number, began, ended, mail, name, None, *answers])
    save_written("08_microsoft_forms_worker.xlsx", ("Sheet1", rows))


def microsoft_csv() -> None:
    """The same tool's CSV: months first, two figures for the year; the third row decides which is the month."""
    items = asked("gruppis", "session_feedback")
    people = [
        ("4/9/25 11:10:02", "4/9/25 11:14:04", [5, 5, 4, "Kiitos, oli kivaa"]),
        ("4/9/25 11:11:40", "4/9/25 11:15:59", [4, 4, 4, ""]),
        ("4/23/25 11:09:17", "4/23/25 11:12:30", [2, 3, 3, "Liian pitkä päivä"]),
    ]
    rows: Rows = [["Id", "Start time", "Completion time", "Email", "Name", *texts(items)]]
    rows += [
        [number, began, ended, "anonymous", "", *labels(items, answers)]
        for number, (began, ended, answers) in enumerate(people, 1)
    ]
    (FOLDER / "08_microsoft_forms_gruppis.csv").write_bytes(comma_separated(rows).encode("utf-8-sig"))


def google_grid() -> None:
    """Statements asked as a grid, numbers as 5.0, times to the millisecond, an empty answer as an empty string."""
    items = asked("fyrkkaa", "client_end")
    grid = [f"Arvioi toimintaa [{text(item)}]" if item.startswith("sat_") else text(item) for item in items]
    people = [
        ["F11", 4, 4, 2, 4, 4, 5, 5, 4, 5, 5, 5, 5, 9.0, "Yhdessä tekeminen, ruoka", ""],
        ["F12", 3, 4, 3, 3, 4, 4, 4, 4, 4, 3, 4, 98, 7.0, "", ""],
        ["F13", 2, 2, 1, 2, 3, 3, 3, 2, 4, 2, 3, 3, 4.0, "", "Viikko on liian lyhyt"],
    ]
    rows: Rows = [["Aikaleima", "Tunniste", *grid]]
    for (code, *answers), (_, ended) in zip(people, moments("2018-08-17T14:40:00", 3), strict=True):
        rows.append([ended.replace(microsecond=417000), code, *labels(items, answers)])
    save_raw(FOLDER / "09_google_forms_fyrkkaa.xlsx", Book([Raw("Lomakevastaukset 1", rows)]))


def google_csv() -> None:
    """The CSV of a Finnish sheet: comma between cells, days and clock with full stops."""
    items = asked("asiakas_edella", "meeting_feedback")
    people: Rows = [
        ["21.5.2018 14.33.11", 5, 5, 5, 5, 4],
        ["22.5.2018 9.05.48", 4, 5, 3, 5, 3],
        ["4.6.2018 10.12.00", 2, 2, 1, 4, 98],
    ]
    rows = [["Aikaleima", *texts(items)], *([when, *labels(items, answers)] for when, *answers in people)]
    (FOLDER / "09_google_forms_meeting.csv").write_bytes(comma_separated(rows).encode("utf-8"))


def google_unknown_language() -> None:
    """The account was set to a language nobody here knows: the first column is a time all the same."""
    items = asked("passeli", "visit_feedback")
    people = [[5, 5, 5, 4, 4, 4, 1, "Kahvi oli hyvää"], [4, 5, 5, 5, 3, 4, 0, None], [5, 5, 5, 5, 4, 3, 0, None]]
    times = moments("2018-10-09T13:05:00", 3)
    rows: Rows = [["Časová značka", *texts(items)]]
    rows += [[ended, *labels(items, answers)] for answers, (_, ended) in zip(people, times, strict=True)]
    save_written("09_google_forms_other_language.xlsx", ("Odpovědi formuláře 1", rows))


def webropol_words() -> None:
    """The believed text export: one row a respondent, answers in words, a number and a time by the tool."""
    items = asked("asiakasraati", "panel_feedback")
    people = [
        [5, 5, 3, 5, 4, 4, "Bussivuorot"],
        [4, 4, 2, 5, 3, 4, None],
        [4, 5, 98, 4, 4, 3, "Palaute päätöksistä"],
        [3, 3, 3, 3, 3, 3, None],
    ]
    rows: Rows = [["Vastaajan ID", "Vastausaika", *texts(items)]]
    for number, (answers, (_, ended)) in enumerate(zip(people, moments("2018-03-14T15:00:00", 4), strict=True), 101):
        rows.append([number, ended, *labels(items, answers)])
    save_written("10_webropol_words_panel.xlsx", ("Vastaukset", rows))


def webropol_options() -> None:
    """The believed number export: a column an option, 1 where it was chosen, the question above its first option."""
    items = asked("asumisneuvonta", "visit_feedback")
    codes = {item: [1, 2, 3, 4, 5] if item.startswith("change") else [1, 2, 3, 4, 5, 98] for item in items[:-2]}
    codes[items[-2]] = [1, 0]
    people = [
        ["11.4.2018", 5, 5, 5, 4, 4, 4, 5, 1, "Sain pidettyä asunnon"],
        ["11.4.2018", 4, 5, 5, 98, 3, 4, 4, 0, None],
        ["12.4.2018", 2, 4, None, 3, 3, 3, 3, 0, "Jonotin kauan"],
    ]
    top: list[object] = ["Vastaajan ID", "Päivä"]
    below: list[object] = [None, None]
    for item in items[:-1]:
        top += [text(item)] + [None] * (len(codes[item]) - 1)
        below += [label(item, code) for code in codes[item]]
    rows: Rows = [[*top, text(items[-1])], [*below, None]]
    for number, (day, *answers) in enumerate(people, 201):
        chosen = [
            1 if code == answer else None
            for item, answer in zip(items[:-1], answers[:-1], strict=True)
            for code in codes[item]
        ]
        rows.append([number, day, *chosen, answers[-1]])
    save_raw(FOLDER / "10_webropol_options_housing.xlsx", Book([Raw("Raakadata", rows)], shared=False))


if __name__ == "__main__":
    for make in (
        microsoft_anonymous,
        microsoft_named,
        microsoft_csv,
        google_grid,
        google_csv,
        google_unknown_language,
        webropol_words,
        webropol_options,
    ):
        make()
