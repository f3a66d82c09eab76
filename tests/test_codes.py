"""Codes that a slip of the hand made different are found; codes of two people are not taken for one."""

import pytest

from evaluation.codes import compared, near_codes


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("a1", "A1"),
        ("A 1", "A1"),
        ("A-1", "A1"),
        ("A–1", "A1"),
        ("AO1", "A01"),
        ("AI", "A1"),
        ("Al", "A1"),
        ("SISU07", "SISU-O7"),
        ("KEVT12", "KEVÄT12"),
        ("KEVÄÄT12", "KEVÄT12"),
        ("KEVAT12", "KEVÄT12"),
        ("KEVTÄ12", "KEVÄT12"),
        ("12345", "21345"),
    ],
)
def test_a_code_one_slip_away_is_near(code: str, meant: str) -> None:
    assert near_codes([code], [meant]) == {code: meant}
    assert near_codes([meant], [code]) == {meant: code}


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("A1", "A2"),
        ("A1", "A11"),
        ("A01", "A10"),
        ("AB12", "AB123"),
        ("KEVÄT12", "KEVÄT34"),
        ("ABCDE", "BCDEA"),
        ("ABCDE", "CBADE"),
        ("ABCDE", "ABC"),
    ],
)
def test_codes_of_two_people_are_not_near(code: str, other: str) -> None:
    assert near_codes([code], [other]) == {}


def test_a_code_near_to_two_is_not_told() -> None:
    assert near_codes(["KEVÄT15"], ["KEVÄT12", "KEVÄT13"]) == {}


def test_a_code_that_is_known_as_it_stands_is_not_near_to_another() -> None:
    assert near_codes(["KEVÄT12"], ["KEVÄT12", "KEVÄT13"]) == {}


def test_many_codes_are_told_each_with_its_own() -> None:
    known = [f"PERSON-{number:05}X{number:05}" for number in range(5000)]
    slips = [code.replace("X", "Y") for code in known]
    assert near_codes(slips, known) == dict(zip(slips, known, strict=True))


@pytest.mark.parametrize(
    ("code", "other"),
    [
        ("007", "7"),
        ("k1", "K1"),
        ("K 1", "K-1"),
        ("K–01", "k1"),
        ("1E5", "100000"),
        ("2e+3", "2000"),
        ("AN07", "AN7"),
        ("AN0704", "an 7.4."),
        ("AN0704", "AN7.4"),
        ("ÄN1112", "än 11.12."),
        ("K\u00a012", "K12"),
    ],
)
def test_a_code_written_otherwise_compares_equal(code: str, other: str) -> None:
    assert compared(code) == compared(other)


@pytest.mark.parametrize(
    ("code", "other"),
    [("A1", "A10"), ("70", "7"), ("AN0704", "AN0407"), ("AN0704", "AN1704"), ("0", "00A"), ("1E5", "15"), ("A0", "A")],
)
def test_codes_of_two_people_do_not_compare_equal(code: str, other: str) -> None:
    assert compared(code) != compared(other)


@pytest.mark.parametrize("slip", ["AN0705", "AM0704", "NA0704", "AN704X", "ANO7O4"])
def test_a_slip_in_a_code_made_by_the_rule_of_the_forms_is_found(slip: str) -> None:
    known = ["AN0704", "MA1112", "PI3001"]
    assert near_codes([slip], known) == ({slip: "AN0704"} if slip != "AN704X" else {})
