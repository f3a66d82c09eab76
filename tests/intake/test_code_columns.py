"""Words that people use for the column of codes are known; under a word for a person its contents decide."""

import pytest

from evaluation.definitions import Library
from evaluation.intake import FileSettings, read_draft

MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"
SISU = FileSettings(practice="sisu", questionnaire="client_end", cohort="2026")


@pytest.mark.parametrize(
    "heading",
    [
        "Asiakaskoodi", "Oma koodi", "OSALLISTUJAKOODI", "Vastaajatunnus", "Tunnus", "Nimimerkki", "Client ID",
        "Participant ID", "Kod", "Deltagarkod", "Klientkod", "Osallistujan tunnus", "Koodi", "Egen kod", "Client code",
        "Vastaajakoodi:", "Asiakas", "Osallistuja", "Klient", "Client", "ID",
    ],
)  # fmt: skip
def test_codes_are_read_under_the_words_people_use(library: Library, table, heading: str) -> None:
    content = table((heading, MOOD, LONELY), ("K1", 3, 2), ("K2", 4, 2), ("K3", 5, 1), sheet="Taul1")
    draft = read_draft(content, "loppu.xlsx", library, SISU)
    assert draft.responses["participant"].tolist() == ["K1", "K2", "K3"]


@pytest.mark.parametrize("heading", ["Asiakas", "Osallistuja", "Vastaaja", "ID"])
@pytest.mark.parametrize(
    "contents",
    [["asiakas", "läheinen", "asiakas"], [1, 2, 3], ["kyllä", "ei", "kyllä"], ["nainen", "mies", "muu"]],
    ids=["roles", "running numbers", "answers", "words"],
)
def test_a_word_for_a_person_makes_no_codes_of_other_things(
    library: Library, table, heading: str, contents: list[object]
) -> None:
    rows = [(content, 3, 2) for content in contents]
    draft = read_draft(table((heading, MOOD, LONELY), *rows, sheet="Taul1"), "loppu.xlsx", library, SISU)
    assert draft.responses["participant"].isna().all()
    assert len(draft.responses) == 3


def test_a_column_of_codes_goes_before_a_word_for_a_person(library: Library, table) -> None:
    content = table(("Asiakas", "Tunniste", MOOD), ("X1", "K1", 3), ("X2", "K2", 4), sheet="Taul1")
    draft = read_draft(content, "loppu.xlsx", library, SISU)
    assert draft.responses["participant"].tolist() == ["K1", "K2"]
