"""Make tables of unusual shapes that workers keep: titles, blocks, turned, merged, wide (18 to 22, 37 to 39, 41)."""

from datetime import date

from office import convert, save_written
from raw_xlsx import Book, Empty, Raw, raw_bytes, save_raw
from wording import FOLDER, asked, labels, text, texts

Rows = list[list[object]]

SISU_END = [
    ["A1", 4, 2, 4, 1, 5, 4, 4, 4, 5, 5, 5, 4, 5, 5, 9, "Porukka", None],
    ["A2", 3, 3, 3, 2, 4, 4, 4, 3, 5, 4, 5, 4, 4, 5, 8, None, "Retkiä lisää"],
    ["A3", 2, 4, 2, 4, 3, 3, 3, 3, 4, 3, 4, 3, 3, 4, 6, None, None],
]


def titles() -> None:
    """The practice, the run and the form stand in the lines above the table."""
    items = asked("sisu", "client_end")
    rows: Rows = [["Sisu, kevät 2018"], ["Loppukysely, kerätty viimeisellä kerralla"], [], ["Tunniste", *texts(items)]]
    rows += [[code, *labels(items, answers)] for code, *answers in SISU_END]
    save_written("18_title_rows_sisu.xlsx", ("Taul1", rows))
    start = asked("gruppis", "client_start")
    table: Rows = [["Gruppis syksy 2019", None], ["Alkukyselyn vastaukset", None], [None, None]]
    table += [["Tunniste", *texts(start)], ["G1", 3, 3, 2, 4], ["G2", 2, 4, 3, 2], [], ["G3", 4, 2, 4, 4]]
    save_raw(FOLDER / "18_title_rows_gruppis.xlsx", Book([Raw("Taul1", table, merges=["A1:E1"])]))


def blocks() -> None:
    """Two tables on one sheet: one under the other, and side by side."""
    start, end = asked("sisu", "client_start"), asked("sisu", "client_end")
    below: Rows = [["Alkukysely"], ["Tunniste", *texts(start)]]
    below += [["A1", 2, 4, 2, 3], ["A2", 2, 3, 3, 2], ["A3", 3, 4, 2, 4]]
    below += [[], [], ["Loppukysely"], ["Tunniste", *texts(end)], *SISU_END]
    save_raw(FOLDER / "19_blocks_below.xlsx", Book([Raw("Sisu", below)]))
    short = ["state_mood", "state_social_relations", "sat_usefulness", "recommend"]
    left: Rows = [["Alkukysely", None, None], ["Tunniste", *texts(short[:2])], ["B1", 2, 4], ["B2", 3, 3], ["B3", 2, 5]]
    right: Rows = [
        ["Loppukysely", None, None, None, None],
        ["Tunniste", *texts(short)],
        ["B1", 4, 2, 5, 9],
        ["B2", 3, 3, 4, 7],
    ]
    right.append([None] * 5)
    beside = [[*one, None, *other] for one, other in zip(left, right, strict=True)]
    save_written("19_blocks_beside.xlsx", ("Taul1", beside))


def sheets() -> None:
    """One sheet a run, and one sheet a municipality; the name of the sheet is all that says so."""
    items = asked("ylojarvi_group", "client_end")
    answers = [4, 2, 4, 5, 4, 4, 5, 5, 5, 4, 5, 5, 9, None, None]
    weaker = [3, 3, 3, 4, 3, 4, 4, 4, 5, 3, 4, 4, 7, "Kahvit", None]
    runs = {
        "Kevät 2018": [("Y1", answers), ("Y2", weaker)],
        "Syksy 2018": [("Y1", weaker)],
        "Kevät 2019": [("Y7", answers)],
    }
    written = [
        (name, [["Tunniste", *texts(items)], *([code, *labels(items, row)] for code, row in people)])
        for name, people in runs.items()
    ]
    save_written("20_sheet_a_run.xlsx", *written)
    family = asked("lape", "family_feedback")
    places = {
        "Parkano": [[5, 5, 4, 5, 5, 4, 4, 9, "Yhteinen pöytä", None], [4, 4, 4, 4, 3, 3, 4, 8, None, None]],
        "Kihniö": [[5, 4, 5, 5, 4, 5, 5, 10, None, "Useammin"]],
    }
    raw = [Raw(name, [texts(family), *rows]) for name, rows in places.items()]
    convert(raw_bytes(Book([*raw, Raw("Taul3", [])])), ".xlsx", FOLDER / "21_sheet_a_municipality.ods")


def turned() -> None:
    """Questions down and people across, as a paper pile is keyed in."""
    items = asked("solmut_auki", "client_start")
    people = [["S1", 4, 2, 2, 3], ["S2", 5, 1, 3, 2], ["S3", 3, 3, 98, 4], ["S4", 4, 9, 2, 2]]
    columns = [["Tunniste", *texts(items)], *people]
    rows = [list(row) for row in zip(*columns, strict=True)]
    save_written("22_turned_solmut.xlsx", ("Alkukysely", rows))


def merged() -> None:
    """The run is written once over its people in a merged cell."""
    items = asked("musapaja", "client_start")
    people = [["M1", 2, 3, 2], ["M2", 3, 3, 3], ["M3", 2, 2, 4], ["M4", 4, 3, 3], ["M5", 3, 2, 2]]
    runs = ["Kevät 2018", None, None, "Syksy 2018", None]
    rows: Rows = [["Toteutus", "Tunniste", *texts(items)]]
    rows += [[run, *row] for run, row in zip(runs, people, strict=True)]
    save_raw(FOLDER / "37_merged_runs.xlsx", Book([Raw("Taul1", rows, merges=["A2:A4", "A5:A6"])]))


def columns() -> None:
    """Practice, municipality and time of asking stand in columns, as in a list kept for a whole area."""
    worker = asked("lape", "worker")
    good, fair = [5, 4, 4, 4, 3, 5, 3, 4, 4, 5, 4, 3, None], [4, 4, 3, 2, 2, 4, 2, 4, 5, 4, 3, 3, "Aikaa"]
    rows: Rows = [["Käytäntö", "Kunta", "Päivä", *texts(worker)]]
    rows += [["Muotoutuva tiimi", "Kihniö", "4.6.2018", *good], ["Sisu", "Lempäälä", "5.6.2018", *fair]]
    rows += [["Passeli", "Huittinen", "5.6.2018", *good], ["Naapuriapu", "Huittinen", "6.6.2018", *fair]]
    save_raw(FOLDER / "38_place_columns_worker.xlsx", Book([Raw("Työntekijät", rows)], shared=False))
    both = ["state_mood", "state_social_relations", "state_taking_part"]
    table: Rows = [["Tunniste", "Ajankohta", "Päivä", *texts(both), text("recommend")]]
    table += [["R1", "alku", "10.1.2018", 2, 4, 2, None], ["R2", "alku", "10.1.2018", 3, 4, 3, None]]
    table += [["R1", "loppu", "4.4.2018", 4, 2, 3, 9], ["R2", "Loppu", "4.4.2018", 3, 3, 4, 8]]
    save_written("38_timing_column.xlsx", ("Ryhmä", table))


def wide() -> None:
    """A small table in a sheet that is formatted to its last row and column."""
    items = asked("gruppis", "session_feedback")
    gap: list[object] = [Empty()] * 40
    rows: Rows = [["Päivä", Empty(), *texts(items), *gap], [Empty()] * 45]
    rows += [[date(2018, 4, 4), None, 5, 4, 5, "Hyvä päivä", *gap], [Empty()] * 45, [Empty()] * 45]
    rows += [[date(2018, 4, 11), None, 3, 3, 4, None, *gap], *([[Empty()] * 45] * 60)]
    tail = '<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    save_raw(FOLDER / "39_wide_and_empty.xlsx", Book([Raw("Taul1", rows, dimension="A1:XFD1048576", tail=tail)]))


def start_and_end() -> None:
    """A row a person, the start and the end side by side under a heading of two rows, a note behind them."""
    both = ["Mieliala", "Yksinäisyys", "Raha-asiat"]
    rows: Rows = [["Solmut auki, syksy 2018: alku- ja loppukysely"], []]
    rows += [[None, "Alkukysely", None, None, None, "Loppukysely"]]
    rows += [["Tunniste", "Pvm", *both, "Pvm", *both, "Suosittelisi muille", "Muistiinpanoja"]]
    rows += [["S1", "5.9.2018", 2, 4, 3, "31.10.2018", 4, 2, 3, 9, None]]
    rows += [["S2", "5.9.2018", 3, 5, 2, None, None, None, None, None, "jäi pois"]]
    rows += [["S3", "12.9.2018", 2, 3, 4, "31.10.2018", 3, 7, 4, 8, None]]
    save_raw(FOLDER / "41_start_and_end.xlsx", Book([Raw("Taul1", rows, merges=["B3:E3", "F3:J3"])]))


if __name__ == "__main__":
    for make in (titles, blocks, sheets, turned, merged, columns, wide, start_and_end):
        make()
