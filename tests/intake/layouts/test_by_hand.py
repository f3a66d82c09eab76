"""Each way a worker lays a table out is read by its own layout, and nothing that stands on a sheet breaks one."""

import datetime
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.definitions import Library
from evaluation.intake.known import Known
from evaluation.intake.layouts import (
    attendance_register,
    blocks,
    counted_table,
    entry_template,
    not_answers,
    option_columns,
    plain_table,
    turned_table,
    visit_diary,
)
from evaluation.intake.table import Table
from evaluation.spreadsheets import CellFault, Content, Sheet

LAYOUTS: tuple[ModuleType, ...] = (
    entry_template, not_answers, attendance_register, visit_diary, counted_table, option_columns, blocks, plain_table,
    turned_table,
)  # fmt: skip
MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"
HELP = "Tiedän, mistä saan apua."
DAYS = (datetime.date(2018, 9, 5), datetime.date(2018, 9, 12), datetime.date(2018, 9, 19))
Rows = list[tuple[Content | None, ...]]

SAMPLES: dict[str, list[Rows]] = {
    "entry_template": [
        [("Tunniste *", "Päivä *", "Toteutus", MOOD, LONELY), ("A1", DAYS[0], "kevät 2018", 3, "Harvoin")],
        [("Alkukysely – Sisu", None), ("Tunniste *", "A1"), ("Toteutus", None), (MOOD, 3), (LONELY, 2)],
    ],
    "plain_table": [
        [("Tunniste", MOOD, LONELY), ("A1", 3, 2), ("A2", 4, 1)],
        [("Sisu",), (), ("Kod", "Datum", "Mieliala"), ("A1", DAYS[0], "Bra"), ("A2", DAYS[1], "Dåligt")],
        [("", MOOD, LONELY), (1, 3, 2), (2, 4, 1), (3, 4, 4)],
        [("nro", MOOD, LONELY), (1, 3, 2), (2, 4, 1), (3, 4, 4), (4, 2, 4), (5, 1, 1)],
        [(MOOD, LONELY, HELP), ("Hyvin", "Harvoin", "Samaa mieltä"), ("Huonosti", "Usein", "Eri mieltä")],
        [("Tunniste", "Päivä", MOOD), ("A1", DAYS[0], 3), ("A2", DAYS[1], 4), ("Yhteensä", None, 7)],
        [("Viihdyitkö?", "Saitko apua?", "Muuta"), (4, "kyllä", "Kiitos"), (5, "ei", None)],
        [("Tunniste", MOOD), ("A1", 3)],
    ],
    "attendance_register": [
        [("Tunniste", "Kävi loppuun", *DAYS), ("A1", "kyllä", "x", "x", "-"), ("A2", "ei", "x", None, None)],
        [("Osallistuja", 1, 2, 3, 4), ("A1", "x", "x", None, "x"), ("A2", "x", None, None, "x")],
        [("Tunniste", "Kerta 1", "Kerta 2"), ("A1", 1, 0), ("A2", 1, 1)],
    ],
    "visit_diary": [
        [("Päivä", "Kävijöitä", "Joista palvelussa uusia"), (DAYS[0], 12, 3), (DAYS[1], 9, 0)],
        [("Pvm", "Käyntejä"), (DAYS[0], 12), (DAYS[1], 9)],
    ],
    "turned_table": [
        [("Tunniste", "A1", "A2"), (MOOD, 3, 4), (LONELY, 2, 1)],
        [("Kysymys", "Vastaaja 1", "Vastaaja 2"), (MOOD, 3, 4), (LONELY, "Harvoin", "Usein")],
    ],
    "option_columns": [
        [("Tunniste", MOOD, None, None), (None, "Huonosti", "Kohtalaisesti", "Hyvin"), ("A1", "x", None, None)],
        [("Tunniste", f"{MOOD}: Huonosti", f"{MOOD}: Hyvin"), ("A1", None, 1), ("A2", 1, None)],
    ],
    "counted_table": [
        [("", "Huonosti", "Kohtalaisesti", "Hyvin", "n", "Ka"), (MOOD, 1, 2, 5, 8, 3.5), (LONELY, 4, 3, 1, 8, 2.6)],
        [("Vastaus", MOOD, LONELY), ("Huonosti", 1, 4), ("Kohtalaisesti", 2, 3), ("Hyvin", 5, 1)],
        [("Kysymys", 1, 2, 3, 4, 5), (MOOD, 3, 4, 2, 5, 1), (LONELY, 2, 2, 1, 4, 4)],
        [("", 1, 2, 3, 4, 5, "Vastaajia"), (MOOD, 0, 1, 2, 5, 0, 8), (LONELY, 3, 3, 1, 1, 0, 8)],
        [("", "Huonosti", "Hyvin"), (MOOD, "25 %", "75 %"), (LONELY, "50 %", "50 %")],
    ],
    "blocks": [
        [("Tunniste", MOOD), ("A1", 3), (), ("Syksy",), ("Tunniste", MOOD), ("B1", 4)],
        [("Tunniste", MOOD, None, "Tunniste", MOOD), ("A1", 3, None, "A1", 4)],
        [("", "Huonosti", "Hyvin"), (MOOD, 1, 5), (), ("", "Harvoin", "Usein"), (LONELY, 3, 3)],
    ],
    "not_answers": [
        [("type", "name", "label"), ("select_one a", "state_mood", MOOD), ("text", "best_thing", "Mikä oli parasta?")],
        [("Muuttuja", "Selite"), ("state_mood", MOOD), ("state_social_relations", LONELY)],
        [("Kysymys", "Keskiarvo", "n"), (MOOD, 3.4, 12), (LONELY, 2.1, 12)],
        [("Nro", "Kysymys", "Vastaustapa", "Vaihtoehdot"), ("1", MOOD, "Yksi vaihtoehdoista", "Hyvin")],
        [("Asiakkaan alkukysely", "Sallitut vastaukset"), (MOOD, "1 = Huonosti"), (LONELY, "1 = En koskaan")],
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def known(library: Library) -> Known:
    return Known(library)


@pytest.mark.parametrize(("layout", "rows"), [(name, rows) for name, many in SAMPLES.items() for rows in many])
def test_each_table_is_read_best_by_its_own_layout(known: Known, layout: str, rows: Rows) -> None:
    scores = {
        layout.__name__.rsplit(".", 1)[-1]: layout.recognise(Sheet.of("Taul1", rows), known).score for layout in LAYOUTS
    }
    best = max(scores.values())
    assert [name for name, score in scores.items() if score == best] == [layout], scores


@pytest.mark.parametrize("rows", [rows for many in SAMPLES.values() for rows in many])
def test_every_filled_row_below_a_header_is_an_answer_or_set_aside(known: Known, rows: Rows) -> None:
    sheet = Sheet.of("Taul1", rows)
    for layout in LAYOUTS:
        if layout is not blocks:
            for table in layout.recognise(sheet, known).tables:
                if isinstance(table, Table):
                    actual = sorted([*table.rows.tolist(), *(row for row, _ in table.set_aside)])
                    filled = [row for row in range(table.header + 1, table.sheet.height) if any(table.sheet.row(row))]
                    assert actual == [row for row in filled if any(cell is not None for cell in table.sheet.row(row))]


CELLS = st.one_of(
    st.none(),
    st.sampled_from([
        "Tunniste", "Päivä", "Toteutus", MOOD, LONELY, "Kävijöitä", "Kerta 1", "Hyvin", "Huonosti", "x", "-", "n", "Ka",
        "25 %", "0,5", "type", "name", "Muuttuja", "Selite", "Yhteensä", f"{MOOD}: Hyvin", "5.9.", "", " ", "*",
    ]),
    st.integers(-3, 120),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.just(CellFault("#N/A")),
    st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1)),
    st.text(max_size=5),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), max_size=9))
def test_no_sheet_breaks_a_layout_and_no_row_is_told_twice(known: Known, rows: list[list[Content | None]]) -> None:
    sheet = Sheet.of("Taul1", rows)
    for layout in LAYOUTS:
        reading = layout.recognise(sheet, known)
        assert 0 <= reading.score <= 1
        assert bool(reading.tables) == (reading.score > 0)
        for table in reading.tables:
            if isinstance(table, Table):
                aside = [row for row, _ in table.set_aside]
                assert not set(table.rows.tolist()) & set(aside)
                assert all(row > table.header for row in (*table.rows.tolist(), *aside))
                assert all(0 <= place < table.sheet.width for field in table.fields for place in field.columns)
