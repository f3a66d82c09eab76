"""What tells who somebody is is found however it is written, masked, and never shown."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.definitions import Library
from evaluation.guard.identifiers import Finding, find_identifiers
from evaluation.intake.known import Known
from evaluation.intake.personal_data import MASK, is_address, is_name, looks_personal, mask, show
from evaluation.spreadsheets import CellFault, Content

# Codes of made-up people, published by the Digital and Population Data Services Agency: the example of "The personal
# identity code" (131052-308T) and the test material of the reform of the century signs (dvv.fi/en/reform-of-personal-
# identity-code), one or two for each sign.
PUBLISHED = (
    "131052-308T", "010594Y9032", "010594Y9021", "020594X903P", "020594X902N", "030594W903B", "030694W9024",
    "040594V9030", "040594V902Y", "050594U903M", "050594U902L", "010516B903X", "010516B902W", "020516C903K",
    "020516C902J", "030516D9037", "030516D9026", "010501E9032", "020502E902X", "020503F9037", "020504A902E",
    "020504B904H",
)  # fmt: skip

SIGNS = "+-YXWVUABCDEF"


@st.composite
def identity_codes(draw: st.DrawFn) -> str:
    """Give a code with a right check character, worked out by adding and not by the code under test."""
    day, month, year = draw(st.integers(1, 28)), draw(st.integers(1, 12)), draw(st.integers(0, 99))
    number = draw(st.integers(2, 999))
    # 10 ** 7, 10 ** 5, 10 ** 3 and 1 leave 20, 25, 8 and 1 over when divided by 31.
    left = (day * 20 + month * 25 + year * 8 + number) % 31
    check = "0123456789" + "ABCDEFHJKLMNPRSTUVWXY"
    return f"{day:02}{month:02}{year:02}{draw(st.sampled_from(SIGNS))}{number:03}{check[left]}"


@pytest.mark.parametrize("code", PUBLISHED)
def test_a_published_identity_code_is_found(code: str) -> None:
    assert find_identifiers(code) == find_identifiers(code.lower()) == (Finding("identity_code", 0, 11),)


@given(identity_codes(), st.sampled_from("0123456789ABCDEFHJKLMNPRSTUVWXY"))
def test_a_code_of_any_century_is_found_also_when_it_is_mistyped(code: str, check: str) -> None:
    assert find_identifiers(f"koodi {code[:-1]}{check}.") == (Finding("identity_code", 6, 17),)


@given(identity_codes(), st.sampled_from("ABCDEFHJKLMNPRSTUVWXY"))
def test_without_its_sign_a_code_is_known_by_the_right_check_character_alone(code: str, check: str) -> None:
    typed = f"{code[:6]}{code[7:10]}{check}"
    assert bool(find_identifiers(typed)) == (check == code[-1])


@pytest.mark.parametrize(
    "text",
    [
        "131052–308T", "131052−308T", "131052‑308T", "131052 - 308T", "131052 -308t", "１３１０５２－３０８Ｔ",
        "131052-308 T",
        "131052/308T", "131052_308T", "131052.308T", "131052  308T", "13.10.52-308T", "13.10.1952-308T",
        "13/10/52 - 308T", "1 3 1 0 5 2 - 3 0 8 T",
        "131052308T", "131052 308T", "13105\u200b2-308T", "131052\u00ad-308T", "131052-\n308T", "131052-308O",
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "Hetu:{}", "({})", "Tunnus on {}, soittakaa.", "a_{}_b"])
def test_an_identity_code_is_masked_however_it_is_written(text: str, around: str) -> None:
    masked = mask(around.format(text))
    assert masked.text == around.format(MASK)
    assert masked.kinds == {"identity_code"}


@pytest.mark.parametrize(
    "text",
    [
        "X131052-308T", "131052-308Tä", "1131052-308T", "131052-30", "991399-1234", "201801-0001", "310252-308",
        "13.10.1952-308A", "13.10.1952 - 30.8.1953", "131052/308A", "12.05.2018 10.30", "1 3 1 0 5 2 - 3 0 8 5",
        "2018-09-05T10:15:30.123456+03:00", "550e8400-e29b-41d4-a716-446655440000", "A131052", "131052",
    ],
)  # fmt: skip
def test_what_only_resembles_an_identity_code_is_left(text: str) -> None:
    assert mask(text).text == text


def test_without_its_sign_a_code_needs_a_day_of_birth_that_exists() -> None:
    # 290200 was a day in 2000 and none in 1900, 290201 in neither; the check characters are right.
    assert find_identifiers("290200902D")
    assert not find_identifiers("290201902N")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        *(
            (text, "email")
            for text in (
                "matti.meikalainen@posti.fi", "MATTI@POSTI.FI", "m_m+ryhma@sub.posti.co.uk", "åsa.öhman@företag.fi",
                "matti (at) posti.fi", "matti[at]posti.fi", "matti＠posti.fi",
            )
        ),
        *(
            (text, "phone")
            for text in (
                "0401234567", "040 123 4567", "040-1234567", "040-123 4567", "040 - 123 4567", "040.123.4567",
                "040/1234567", "(040) 123 4567", "0500 123456", "0457 123 4567", "+358401234567", "+358 40 123 4567",
                "+358 (0)40 123 4567", "00358 40 1234567", "358401234567", "09 1234 567", "(09) 123 4567", "03-5651234",
                "014 123 456", "+46 70 123 45 67", "+372 5123 4567", "040\u00a0123\u00a04567", "０４０１２３４５６７",
            )
        ),
        *(
            (text, "iban")
            for text in (
                # The examples of the registry of IBAN formats.
                "FI21 1234 5600 0007 85", "FI2112345600000785", "fi21 1234 5600 0007 85",
                "SE45 5000 0000 0583 9825 7466",
                "EE382200221020145685", "GB29 NWBK 6016 1331 9268 19", "DE89370400440532013000",
                "MT84MALT011000012345MTLCAST001S", "NO93 8601 1117 947",
            )
        ),
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", ["{}", "Tavoittaa: {}.", "{} illalla", "({})", "{}, {}"])
def test_contacts_and_account_numbers_are_masked_however_they_are_written(text: str, kind: str, around: str) -> None:
    masked = mask(around.format(text, text))
    assert re.sub(r"[()]", "", masked.text) == re.sub(r"[()]", "", around.format(MASK, MASK))
    assert masked.kinds == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "04/03/2018 12:01:01", "04-03-2018 10.00", "04.03.2018 12.30",
        "5.9.2018", "05.09.2018", "05 09 2018", "05-09-2018", "05/09/2018", "05092018", "2018-09-05", "20180905",
        "2018-2019", "10–15", "2000-3400", "08.30-16.00", "0830-1600", "klo 09-16, 10-17", "44 375", "1 024 000",
        "+20", "+ 5 osallistujaa", "02150 Espoo", "00100 Helsinki 2018", "0,123456", "0.1234567", "86,67", "2600*12,5",
        "02 03 04 05 06", "1234567890", "Dnro 2018/123456", "FI21 1234 5600 0007 86",
        "MA12 ja sitten menin kotiin 12345",
        "ryhma@", "@ryhma", "8/10 @ kurssi", "Arvosana 10/10", "045",
    ],
)  # fmt: skip
def test_dates_hours_counts_and_postal_codes_are_left(text: str) -> None:
    assert mask(text).text == text


def test_a_number_after_a_phone_number_does_not_hide_it() -> None:
    assert mask("040 123 4567 2018").text == f"{MASK} 2018"
    assert mask("040 123 4567 050 765 4321").text == f"{MASK} {MASK}"


@pytest.mark.parametrize("word", ["puh.", "puh:", "gsm ", "tel-", "numero=", "puh +358 ", "(", "puh+358"])
def test_a_phone_number_is_masked_right_behind_the_word_that_tells_it(word: str) -> None:
    number = "401234567" if "358" in word else "0401234567"
    assert mask(word + number).text == word.partition("+")[0] + MASK


def test_everything_in_one_answer_is_masked_and_the_rest_kept_as_typed() -> None:
    text = "Kiitos!\n Olen Åke  (131052-308T), åke@posti.fi tai 040 123 4567; tili FI21 1234 5600 0007 85 – ei muuta."
    masked = mask(text)
    assert masked.text == f"Kiitos!\n Olen Åke  ({MASK}), {MASK} tai {MASK}; tili {MASK} – ei muuta."
    assert masked.kinds == {"identity_code", "email", "phone", "iban"}


PIECES = st.one_of(
    identity_codes(),
    st.sampled_from(
        ["040 123 4567", "0401234567", "a@b.fi", "FI2112345600000785", "5.9.2018", "131052", "308T", "-", "+"]
    ),
    st.text(st.sampled_from("01234567890-+ AYT@.fi\u200b\n"), max_size=8),
    st.text(max_size=5),
)


@given(st.lists(PIECES, max_size=8), st.sampled_from(["", " ", ", "]))
def test_nothing_is_left_to_find_in_a_masked_text_and_masking_again_changes_nothing(pieces: list[str], by: str) -> None:
    masked = mask(by.join(pieces)).text
    assert find_identifiers(masked) == ()
    assert mask(masked).text == masked


@given(st.text(max_size=30), identity_codes(), st.text(max_size=30))
def test_an_identity_code_between_other_words_never_stays(before: str, code: str, after: str) -> None:
    assert code not in mask(f"{before} {code} {after}").text


@given(st.text(st.characters(exclude_categories=("Nd", "No", "Nl"), exclude_characters="@＠([")))
def test_a_text_without_figures_and_addresses_is_kept_as_it_is(text: str) -> None:
    assert mask(text).text == text


@pytest.mark.parametrize("text", [
    "Matti Meikäläinen", "Meikäläinen, Matti", "Anna-Liisa Öhman", "M. Meikäläinen", "Matti M.", "MATTI MEIKÄLÄINEN",
    "Carl von Essen", "Maria José O'Brien",
])  # fmt: skip
def test_a_name_is_known_by_its_form(text: str) -> None:
    assert is_name(text)


@pytest.mark.parametrize("text", [
    "A1", "A 1", "Matti", "Asiakas A", "Asiakas Yksi", "Deltagare Ett", "Ryhmä oli hyvä", "Täysin samaa mieltä",
    "Kevät 2018", "AB CD", "",
])  # fmt: skip
def test_other_words_are_no_names(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize("text", [
    "Mannerheimintie 5 A 3", "Mannerheimintie 5a", "Iso Roobertinkatu 12 B 14", "Kirkkokatu 3, 38200 Sastamala",
    "Skolgatan 7", "Kauppakatu 10-12", "Baker Street 221 b",
])  # fmt: skip
def test_a_street_address_is_known_by_its_form(text: str) -> None:
    assert is_address(text)


@pytest.mark.parametrize("text", ["Mannerheimintie", "Ryhmä 5", "Kohtalaisesti", "Tie oli pitkä 5 kertaa", "kerta 3"])
def test_other_words_are_no_addresses(text: str) -> None:
    assert not is_address(text)


@pytest.mark.parametrize(
    ("heading", "values", "expected"),
    [
        ("Nimi", ("a", "b"), "heading"),
        ("Sähköposti", (), "heading"),
        ("Henkilötunnus", (1, 2), "heading"),
        ("Yhteys", ("a@b.fi", "c@d.fi", "ei ole"), "email"),
        ("Lisätieto", ("puh. 040 123 4567", "0501234567"), "phone"),
        ("Tieto", ("131052-308T",), "identity_code"),
        ("Vastaaja", ("Matti Meikäläinen", "Liisa Virtanen", "A1"), "name"),
        ("Missä", ("Kirkkokatu 3", "Koulukuja 5 B 2"), "address"),
        ("Vastaaja", ("A1", "A2", "Liisa Virtanen"), None),
        ("Palaute", ("Soittakaa minulle, 040 123 4567 on numeroni", "Kiitos kaikesta"), None),
        ("Nimi", ("Täysin samaa mieltä", "Strongly disagree"), None),
        ("Arvio", (1, 2, 3), None),
        ("Arvio", (), None),
    ],
)
def test_a_column_about_who_people_are_is_known(
    heading: str, values: tuple[Content, ...], expected: str | None, library: Library
) -> None:
    assert looks_personal(heading, values, Known(library)) == expected


@pytest.mark.parametrize("scale", ["agreement5", "state5_good", "frequency5_bad", "change5", "yes_no", "occasion"])
def test_the_answers_of_a_scale_are_never_personal_however_they_are_capitalised(scale: str, library: Library) -> None:
    labels = [text.title() for answer in library.scales[scale].answers for text in answer.label.values()]
    assert looks_personal("Mielipide", labels, Known(library)) is None


def test_a_cell_is_shown_short_and_masked_before_it_is_cut() -> None:
    assert show("x" * 55 + " 131052-308T") == "x" * 55 + f" {MASK}"
    assert show("sana " * 20) == ("sana " * 20)[:59] + "…"
    assert show(CellFault("=A1&131052-308T", "formula")) == f"=A1&{MASK}"
    assert show(None) is None


@pytest.mark.parametrize(("content", "text"), [(5.0, "5"), (4.5, "4.5"), (True, "TRUE"), (" a\nb ", "a b"), ("", "")])
def test_a_cell_is_shown_as_people_write_it(content: Content, text: str) -> None:
    assert show(content) == text
