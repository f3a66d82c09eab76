"""A code that tells who somebody is is not kept; codes that people make up are."""

import pytest

from evaluation.guard.participant_codes import are_days_of_birth, fault_of


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("19011990-1238", "identity_code"), ("19900119-1238", "identity_code"), ("hetu190190-1238", "identity_code"),
        ("190190-12381", "identity_code"), ("19 01 90-1238", "identity_code"), ("190190-XXXX", "identity_code"),
        ("190190 123", "identity_code"), ("150385MV", "birth_day_as_code"), ("MV150385", "birth_day_as_code"),
        ("1985-03-15 K", "birth_day_as_code"), ("Matti", "participant_is_name"), ("virtanen", "participant_is_name"),
        ("Matti_Virtanen", "participant_is_name"), ("matti.virtanen", "participant_is_name"),
        ("MattiVirtanen", "participant_is_name"), ("Virtanen/Matti", "participant_is_name"),
        ("Virtanen Matti 1985", "participant_is_name"), ("Asiakas Matti Virtanen", "participant_is_name"),
        ("Matti V.", "participant_is_name"), ("Nguyễn Văn A", "participant_is_name"),
        ("Šimon Žukov", "participant_is_name"), ("Mohammed Ali Hassan Omar Abdi", "participant_is_name"),
        ("Pirkko (äiti)", "participant_is_name"), ("matti(a)x.fi", "contact_as_code"),
        ("O401234567", "contact_as_code"), ("040 1234", "contact_as_code"),
        ("Mannerheimintie 5 A 3", "contact_as_code"), ("AB1234567", "number_as_code"),
        ("asiakasnro 12345678", "number_as_code"),
    ],
)  # fmt: skip
def test_a_code_that_tells_who_somebody_is_is_refused_with_its_reason(code: str, fault: str) -> None:
    assert fault_of(code) == fault


@pytest.mark.parametrize(
    "code",
    [
        "A1", "007", "KL-12", "AN1704", "MA 07", "k1", "P100001", "123456789", "2026-01", "X9F2", "24-A3", "V1.2",
        "asiakas 12", "Ryhmä A 3", "Nalle", "Aurinko", "R_3fXyZaB12cD45E", "uuid:12345678-1234-1234-1234-123456789abc",
        "1001-A", "T1/2024", "KEV26-03", "H7K-99",
    ],
)  # fmt: skip
def test_a_made_up_code_and_the_id_of_a_tool_are_kept(code: str) -> None:
    assert fault_of(code) is None


@pytest.mark.parametrize(
    ("codes", "are_days"),
    [
        (("190190", "010285", "31121970"), True), (("19900119", "19850201", "A1"), True),
        (("100001", "100002", "100345"), False), (("190190", "654321", "777777"), False), (("190190",), False),
    ],
)  # fmt: skip
def test_figures_alone_are_days_of_birth_where_most_of_the_column_can_be(
    codes: tuple[str, ...], are_days: bool
) -> None:
    assert are_days_of_birth(codes) is are_days
