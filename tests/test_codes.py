"""Codes that a slip of the hand made different are found; codes of two people are not taken for one."""

import pytest

from evaluation.codes import near_codes


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
