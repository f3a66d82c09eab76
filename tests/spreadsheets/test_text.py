"""Text files: encoding and separator are found out, and every cell stays the text it is."""

import pytest

from evaluation.spreadsheets import Unreadable, read_workbook


def _rows(content: bytes, file: str = "a.csv") -> list[tuple[object, ...]]:
    sheet = read_workbook(content, file).sheets[0]
    return [sheet.row(row) for row in range(sheet.height)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_survive_every_usual_encoding(encoding: str) -> None:
    text = "Tunniste;Päivä;Tyytyväisyys\r\nA1;3.4.2018;”Erittäin” hyvä – 5 €\r\n"
    assert _rows(text.encode(encoding)) == [
        ("Tunniste", "Päivä", "Tyytyväisyys"), ("A1", "3.4.2018", "”Erittäin” hyvä – 5 €"),
    ]  # fmt: skip


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_separator_is_found_in_the_header(separator: str) -> None:
    lines = [["Tunniste", "Arvio", "Miksi"], ["A1", "5", "x"]]
    content = "\n".join(separator.join(line) for line in lines).encode()
    assert _rows(content) == [tuple(line) for line in lines]


def test_commas_inside_questions_do_not_beat_the_semicolon() -> None:
    content = b'"Kysymys, joka jatkuu, ja jatkuu, ja jatkuu";Toinen, kolmas;x\n4,5;"1;2";z\n'
    assert _rows(content) == [
        ("Kysymys, joka jatkuu, ja jatkuu, ja jatkuu", "Toinen, kolmas", "x"), ("4,5", "1;2", "z"),
    ]  # fmt: skip


def test_line_break_inside_quotes_does_not_end_the_row() -> None:
    assert _rows(b'a;b\r\n"rivi 1\r\nrivi 2";x\r\n') == [("a", "b"), ("rivi 1\nrivi 2", "x")]


def test_the_separator_that_excel_writes_first_is_obeyed_and_no_row() -> None:
    assert _rows(b"sep=,\r\na;1,b\r\nc,d\r\n") == [("a;1", "b"), ("c", "d")]


@pytest.mark.parametrize("typed", ["007", "1E5", "TRUE", "N/A", "None", "4,5", " reuna ", "=1+1", "-", "5.0"])
def test_nothing_typed_is_taken_for_anything_but_text(typed: str) -> None:
    assert _rows(f"a;b\n{typed};x\n".encode())[1] == (typed, "x")


def test_rows_shorter_and_longer_than_the_header_keep_their_cells() -> None:
    assert _rows(b"a;b;c\n1\n1;2;3;4\n\n5;;6\n") == [
        ("a", "b", "c", None), ("1", None, None, None), ("1", "2", "3", "4"), (None,) * 4, ("5", None, "6", None),
    ]  # fmt: skip


def test_one_column_is_one_column_even_with_commas_in_it() -> None:
    assert _rows("Palaute\nHyvä, mutta lyhyt\nOk\n".encode()) == [("Palaute",), ("Hyvä, mutta lyhyt",), ("Ok",)]


def test_sheet_bears_the_name_of_the_file_and_tells_its_format() -> None:
    assert read_workbook(b"a;b\n1;2\n", "kevat 2018.csv").sheets[0].name == "kevat 2018"
    assert read_workbook(b"a\tb\n1\t2\n", "a.tsv").format == "tsv"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_tabs_are_found_between_cells_that_are_all_in_quotes(encoding: str) -> None:
    assert _rows('"Päivä"\t"Arvio"\n"3.4.2018"\t"5"\n'.encode(encoding)) == [("Päivä", "Arvio"), ("3.4.2018", "5")]


def test_lines_put_in_quotes_as_a_whole_are_rows_of_cells() -> None:
    content = b'"Koodi;Arvio;Miksi"\r\n"A1;5;""ok; hyv\xe4"""\r\n\r\n"A2;4;"\r\n'
    assert _rows(content) == [("Koodi", "Arvio", "Miksi"), ("A1", "5", "ok; hyvä"), (None,) * 3, ("A2", "4", None)]


def test_a_column_of_sentences_in_quotes_is_one_column() -> None:
    assert _rows(b'"Hyvin, kiitos, kai"\n"Ei, ei"\n') == [("Hyvin, kiitos, kai",), ("Ei, ei",)]


@pytest.mark.parametrize("end", ["A2;4;ok\n", 'A2;4;"ok"\n', 'A2;4;ok\nA3;5;"ok"\nA4;5;x'])
def test_a_quote_that_swallows_rows_is_told_with_its_row(end: str) -> None:
    with pytest.raises(Unreadable) as refused:
        _rows(f'Koodi;Arvio;Miksi\nA0;3;x\nA1;5;"hei\n{end}'.encode())
    assert (refused.value.code, refused.value.values["row"]) == ("open_quote", 3)


def test_quotes_inside_a_line_need_not_be_doubled() -> None:
    assert _rows(b'a;b\n"Kiva" p\xe4iv\xe4;5\nsanoi "hei";4\n') == [
        ("a", "b"),
        ("Kiva päivä", "5"),
        ('sanoi "hei"', "4"),
    ]
