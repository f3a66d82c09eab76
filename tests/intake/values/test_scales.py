"""An answer on a scale is understood however it is written, and never guessed."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.definitions import Library, load_library
from evaluation.intake.values import ScaleReader
from evaluation.spreadsheets import CellFault, Content

LIBRARY = load_library()
READERS = {name: ScaleReader(scale) for name, scale in LIBRARY.scales.items()}

# Every label and every other way to write an answer, of every scale and in every language.
WRITTEN = [
    (scale.id, answer.code, text)
    for scale in LIBRARY.scales.values()
    for answer in scale.answers
    for text in (*answer.label.values(), *answer.aliases)
]
WITH_CODE = [
    "{label}", "{code} = {label}", "{code} - {label}", "{code} – {label}", "{code}: {label}", "{code}. {label}",
    "{code}) {label}", "({code}) {label}", "{code} {label}", "{code}={label}", "{label} ({code})", "{label} = {code}",
    "{label} [{code}]", "{label}: {code}", "{code} ({label})", "{code} [{label}]", "{code}({label})",
]  # fmt: skip
SHAPES = ["{}", " {} ", "{};", "{}.", "\u00a0{}\u00a0", "{}\n", "“{}”", "\u200b{}", "'{}'"]
CASES = [str, str.upper, str.lower, str.title]


@pytest.mark.parametrize("form", WITH_CODE)
def test_every_answer_of_every_scale_reads_back_from_every_written_form(form: str) -> None:
    for scale, code, label in WRITTEN:
        whole = form.format(code=code, label=label)
        texts = [shape.format(whole) for shape in SHAPES] + [case(whole) for case in CASES]
        assert {text: READERS[scale].read(text).value for text in texts} == dict.fromkeys(texts, code)


@pytest.mark.parametrize("scale", LIBRARY.scales)
def test_every_code_of_every_scale_reads_back_as_number_and_as_text(scale: str) -> None:
    for answer in LIBRARY.scales[scale].answers:
        code = answer.code
        forms = [code, float(code), str(code), f"{code},0", f"{code}.0", f" {code}\u00a0", f"{code};"]
        forms += [f"+{code}"] if code > 0 else [f"−{-code}"] if code < 0 else []
        assert {READERS[scale].read(form).value for form in forms} == {code}


@given(st.sampled_from(WRITTEN), st.sampled_from(WRITTEN), st.sampled_from([";", "; ", ", ", " | ", "\n"]))
def test_two_answers_in_one_cell_are_never_one_of_them(one, other, between) -> None:
    scale, code, label = one
    if other[0] != scale or other[1] == code or (label + other[2]).isdigit():
        return
    reading = READERS[scale].read(f"{label}{between}{other[2]}")
    assert (reading.value, reading.fault) == (None, "two_answers")


@pytest.mark.parametrize(
    ("scale", "content", "code"),
    [
        ("agreement5", "5 = täysin samaa mieltä", 5),
        ("agreement5", "täysin samaa mieltä, 5", 5),
        ("agreement5", "Täysin samaa\nmieltä", 5),
        ("agreement5", "Täysin samaa mieltä / Helt av samma åsikt", 5),
        ("agreement5", "Täysin samaa mieltä;Täysin samaa mieltä;", 5),
        ("agreement5", "EOS", 98),
        ("agreement5", "e.o.s.", 98),
        ("agreement5", "en osaa sanoa/en tiedä", 98),
        ("agreement5", "Don’t know", 98),
        ("agreement5", "don`t know", 98),
        ("agreement5", "6. En osaa sanoa", 98),
        ("agreement5", "0 = En osaa sanoa", 98),
        ("agreement5", "🙂", 4),
        ("agreement5", ":|", 3),
        ("state5_good", "☹", 1),
        ("state5_good", "☹\ufe0f", 1),
        ("state5_good", ":)", 5),
        ("recommend10", "10 = Erittäin todennäköisesti", 10),
        ("recommend10", "0 - En lainkaan todennäköisesti", 0),
        ("goal5", "Selvästi alle tavoitteen (-2)", -2),
        ("goal5", "+1", 1),
        ("attendance_mark", "X", 1),
        ("attendance_mark", "–", 0),
        ("yes_no", True, 1),
        ("yes_no", False, 0),
        ("yes_no", "TOSI", 1),
        ("yes_no", "FALSE", 0),
        ("agreement5", "osittain eri mieltä", 2),
        ("agreement5", "Osin samaa mieltä", 4),
        ("agreement5", "Ei eri eikä samaa mieltä", 3),
        ("agreement5", "varken av annan eller av samma åsikt", 3),
        ("agreement5", "Totally agree", 5),
        ("agreement5", "En osaa arvioida", 98),
        ("agreement5", "Kan ej säga", 98),
        ("agreement5", "Gäller inte", 99),
    ],
)
def test_answers_are_understood_as_people_and_tools_write_them(scale: str, content: Content, code: int) -> None:
    assert READERS[scale].read(content).value == code


@pytest.mark.parametrize(
    ("scale", "content"),
    [
        ("agreement5", 6), ("agreement5", 4.5), ("agreement5", "4,5"), ("agreement5", "4/5"), ("agreement5", "5/5"),
        ("agreement5", "4-5"), ("agreement5", "4 5"), ("agreement5", "5 = eri mieltä"),
        ("agreement5", "eri mieltä (5)"),
        ("agreement5", "5 (eri mieltä)"),
        ("agreement5", "5 (eri mieltä) (2)"),
        # Twelve people who agree are not one who agrees.
        ("agreement5", "12 samaa mieltä"), ("agreement5", "Samaa mieltä (12)"), ("agreement5", "12 - samaa mieltä"),
        ("agreement5", "En osaa sanoa / ei koske minua"), ("agreement5", "ei täysin samaa mieltä"),
        ("agreement5", "N/A"), ("agreement5", "None"), ("agreement5", "-"), ("agreement5", "."), ("agreement5", "?"),
        ("agreement5", True), ("agreement5", date(2018, 5, 4)),
        ("agreement5", datetime.combine(date(2018, 5, 4), time(10))),
        ("agreement5", ":)"), ("state5_good", "🙂"), ("recommend10", "12. 5"), ("recommend10", "7/10"),
        ("recommend10", "10 %"), ("attendance_mark", True), ("goal5", "1. Selvästi alle tavoitteen"),
        ("agreement5", float("nan")), ("agreement5", float("inf")),
    ],
)  # fmt: skip
def test_what_is_not_surely_an_answer_is_refused_with_what_was_expected(scale: str, content: Content) -> None:
    reading = READERS[scale].read(content)
    assert (reading.value, reading.fault) == (None, "off_scale")
    assert set(reading.values["expected"]) == {"fi", "sv", "en"}  # type: ignore[call-overload]


@pytest.mark.parametrize("content", ["4;5", "4, 5", "Eri mieltä;Samaa mieltä;", "4 | En osaa sanoa"])
def test_two_answers_are_told_apart_from_an_unknown_one(content: str) -> None:
    assert READERS["agreement5"].read(content).fault == "two_answers"


def test_an_answer_that_holds_a_separator_is_matched_whole(library: Library) -> None:
    scale = library.scales["yes_no"]
    text = "Kyllä, mutta harvoin; tai joskus"
    longer = scale.values[1].model_copy(update={"code": 2, "aliases": (text,)})
    labels = dict.fromkeys(("fi", "sv", "en"), text)
    longer = longer.model_copy(update={"label": type(longer.label)(labels)})
    reader = ScaleReader(scale.model_copy(update={"values": (*scale.values, longer)}))
    assert reader.read(text).value == 2
    assert reader.read(f"{text};").value == 2
    assert reader.read(f"Ei;{text};").fault == "two_answers"


@pytest.mark.parametrize("content", ["", " ", "\u00a0", "\u200b"])
def test_a_cell_of_spaces_says_nothing(content: str) -> None:
    reading = READERS["agreement5"].read(content)
    assert (reading.value, reading.fault) == (None, None)


def test_errors_and_formulas_are_no_missing_answers() -> None:
    assert READERS["agreement5"].read(CellFault("#N/A")).fault == "error_cell"
    assert READERS["agreement5"].read(CellFault("=A1", "formula")).fault == "formula_cell"


@pytest.mark.parametrize(
    ("said", "content"),
    [
        ("melkein samaa", "Melkein  SAMAA."),
        ("6", 6),
        ("6", 6.0),
        ("6.0", 6),
        ("n/a", "N/A"),
        ("-", "–"),
        ("true", True),
    ],
)
def test_what_the_worker_has_said_of_an_answer_holds(said: str, content: Content, library: Library) -> None:
    scale = library.scales["agreement5"]
    assert ScaleReader(scale, {said: 4}).read(content).value == 4
    left_out = ScaleReader(scale, {said: None}).read(content)
    assert (left_out.value, left_out.fault) == (None, None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("täysin samma mieltä", 5), ("5 = Täysin samaa meiltä", 5), ("Strongly agre", 5), ("En osa sanoa", 98),
        ("Jokseenkin eri mielta", 2), ("aivan muuta", None), ("mieltä", None), ("4", None), ("", None),
    ],
)  # fmt: skip
def test_the_nearest_answer_is_offered_and_never_taken(text: str, code: int | None) -> None:
    assert READERS["agreement5"].suggest(text) == code
    assert READERS["agreement5"].read(text or "?").value in (None, 4)
