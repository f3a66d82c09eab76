"""Text files: encoding and separator are found out, and every cell stays the text it is."""

import pytest

from evaluation.spreadsheets import Unreadable, read_workbook


def _rows(content: bytes, file: str = "a.csv") -> list[tuple[object, ...]]:
    sheet = read_workbook(content, file).sheets[0]
    return [sheet.row(row) for row in range(sheet.height)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
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


TABLES = {
    "a title with commas": "Palaute, kevät 2024, Sisu\n\nK;P;A\nK1;3.5.2024;5\nK2;3.5.2024;4\n",
    "titles with more commas than columns": "Sisu, Parkano, Kihniö\nKevät, 2024, ryhmä 1, 2\nK;P;A\nK1;3.5.2024;5\n",
    "a title with semicolons": "Palaute; kevät; Sisu; x\nK,P,A\nK1,3.5.2024,5\nK2,3.5.2024,4\n",
    "a title with semicolons above tabs": "Palaute; kevät, 2024; Sisu\nK\tP\tA\nK1\t3.5.2024\t5\n",
    "a title without any sign": "Sisu kevät\n1,2,3\n4,5,3\n5,5,4\n",
    "commas in headings": "Vaikutin siihen, mitä tehtiin.;Kuinka, todella, hyvin?;A\n4;9;1\n4;9;1\n",
    "decimal commas in every cell": "K;A;B\n4,5;3,5;1,0\n4,5;3,5;2,0\n",
    "lists of semicolons in answers": "K,Mitä,A\nA1,a;b;c,5\nA2,a;b,4\nA3,a;b;c;d,3\n",
    "sentences in answers": "K;A;Miksi\nA1;4;kiva, hyvä, ok, a, b\nA2;5;huono, a, c, d, e\n",
    "pipes in headings": "Kysymys | lisä | muu;B;C\n1;2;3\n1;2;3\n",
    "tabs in answers": "K;A;B\nK1;a\tb;3\nK2;4;3\n",
    "a note below": "K;A;B\nK1;5;1\nK2;4;2\nLähde: Webropol, 2024, kunta, x, y\n",
    "spaces behind commas": "K, A, Miksi\nA1, 4, x\nA2, 5, y\n",
    "a heading alone": "K;A;Miksi, ja miten, ja milloin\n",
    "lines of old Macintosh": "K;A, b;C\rK1;3;1\rK2;4;1\r",
}


@pytest.mark.parametrize("text", TABLES.values(), ids=TABLES)
def test_the_separator_is_the_one_that_splits_the_lines_alike(text: str) -> None:
    assert read_workbook(text.encode("utf-8"), "a.csv").sheets[0].width == 3


@pytest.mark.parametrize("text", ["Palaute\nHyvä, mutta lyhyt\nOk, hyvä\nJoo, kiva\n", "Arvio\n4,5\n3,5\n"])
def test_commas_of_sentences_and_numbers_separate_nothing(text: str) -> None:
    assert read_workbook(text.encode(), "a.csv").sheets[0].width == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("K;A;B\nK1;3;hyvä; kiva\nK2;3;hyvä; kiva\n", {"n": 2, "row": 2, "cells": 3}),
        ("K;A;B\nK1;3;hyvä\nK2;3;hyvä;kiva;ok\nK3;4;x\n", {"n": 1, "row": 3, "cells": 3}),
        ("Sisu kevät\nK,A,B\nK1,3,x\nK2,4,y,z\nK3,4,y\n", {"n": 1, "row": 4, "cells": 3}),
        ("K;A;B\nK1;3;hyvä;\nK2;3;hyvä;\n", None),
        ("Palaute; Sisu\nK;A;B;C\nK1;3;4;5\nK2;3;3;3\n", None),
        ("K;A;B\nK1;3\nK2;3;3\n", None),
    ],
)
def test_rows_longer_than_the_header_are_remarked_and_keep_their_cells(text: str, said: object) -> None:
    book = read_workbook(text.encode(), "a.csv")
    assert [dict(remark.values) for remark in book.remarks if remark.code == "rows_longer"] == ([said] if said else [])
    cells = sum(len([cell for cell in line.replace(",", ";").split(";") if cell]) for line in text.splitlines())
    assert sum(int(column.filled.sum()) for column in book.sheets[0].columns) == cells
