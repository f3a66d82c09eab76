"""Tables fitted to an upright page: of few columns, on one line where that is possible, and never too wide."""

from evaluation.exhibits.exhibit_tables import Table
from evaluation.findings import Words
from evaluation.render.word_tables import ROOM, broken, compact

PLACES = (("Sisu", "Lempäälä"), ("Fyrkkaa & fiilistä", "Tampere"))


def _figures(words: Words) -> tuple[Table, Table]:
    n, value, interval = (words.t(f"charts.column_{each}") for each in ("n", "value", "interval"))
    heads = ("Käytäntö", "Kunta", n, value, interval)
    rows = tuple((*place, "7", "86 %", "49–97 %") for place in PLACES)
    fewer = Table((*heads, "Tasoitettu arvio"), ((*rows[0], "79 %"),), 2)
    return Table(heads, rows, 2), fewer


def test_tables_of_the_same_subjects_are_one_and_say_nothing_twice(words: Words) -> None:
    (told,) = compact(_figures(words), words)
    assert told.heads == ("Käytäntö, Kunta", "n", "Tulos (95 %:n luottamusväli)", "Tasoitettu arvio")
    assert told.rows == (
        ("Sisu, Lempäälä", "7", "86 % (49–97 %)", "79 %"),
        ("Fyrkkaa & fiilistä, Tampere", "7", "86 % (49–97 %)", words.t("common.not_available")),
    )


def test_tables_of_other_subjects_stay_apart(words: Words) -> None:
    first, _ = _figures(words)
    other = Table(("Kysymys", "n"), (("Mieliala", "7"),), 1)
    assert len(compact((first, other), words)) == 2


def test_a_table_that_is_about_nothing_in_particular_gets_no_empty_column(words: Words) -> None:
    told = Table(("n", "Tulos"), (("38", "18 min"),), 0)
    assert compact((told,), words) == [told]


def test_parts_fill_the_page_and_hold_every_column_once_beside_their_subjects() -> None:
    heads = ("Kysymys", *(f"Jokin keskimääräinen tulos {number}" for number in range(12)))
    told = Table(heads, (("Mieliala", *("79 % (60–91 %)",) * 12),), 1)
    parts = list(broken(told))
    assert len(parts) > 1
    assert [place for part in parts for place in part if place] == list(range(1, 13))
    for part in parts:
        assert 0 in part
        assert 0.98 * ROOM < sum(part.values()) <= ROOM


def test_what_fits_when_its_headings_are_on_several_lines_stays_in_one_part() -> None:
    told = Table(("Kysymys", *("Muiden paino arviossa",) * 5), (("Mieliala", *("79 %",) * 5),), 1)
    assert len(list(broken(told))) == 1
