"""Names are recognised however they are inflected or written, and ordinary words are not."""

import pytest

from evaluation.guard.person_names import Kind, also_words, kind_of, names
from evaluation.privacy.personal import LONGEST, MARK, without_personal

NAMED = (
    "Pekan kanssa sujui hyvin.", "Matille iso kiitos.", "Virtaselle terveisiä.", "Korhosen ryhmä oli paras.",
    "Antin jutut naurattivat.", "Mikolta sain apua.", "Fadumo tulkkasi minulle.", "Minnalle kiitos.",
    "Tuomaksen neuvot auttoivat.", "Hanneksen kanssa juttelin.", "Virtanen auttoi paljon.", "MATTI OLI PARAS",
    "Ahmedin apu oli tärkeää.", "Fatimalle kiitos avusta.", "Šimon neuvoi minua.", "Riikan ohjaus oli hyvää.",
    "Heikin kahvit olivat hyviä.", "Pirkon seura auttoi.", "Hodanin kanssa kävin Kelassa.", "Yusufilta sain neuvon.",
    "Hassan ja Amina olivat mukana.", "Nguyenin perhe auttoi.", "Светлана помогла мне", "فاطمة ساعدتني",
    "Volodymyrin kanssa oli mukavaa.", "Marjan pullat olivat hyviä.", "Aino kuunteli.", "Ainon kanssa kävelin.",
    "Annalle kiitos!", "Kirsin ryhmä oli paras.", "Jarille terveisiä.", "Jukan jutut piristivät.",
    "Ville auttoi hakemuksissa.", "Mäkisen tapaaminen auttoi.", "Laineen työntekijä oli hyvä.", "kerttu oli mukava",
    "Eemelille kiitos.", "Aleksin kanssa pelattiin.", "Johanin apu oli hyvä.", "Olgalta sain tietoa.",
    "Mohamedille kiitos.", "zahra oli ystävällinen", "Rezan kanssa opin suomea.", "Lasse ja liisa auttoivat.",
    "Lahtisen kanssa oli helppoa.", "Veikolle terveiset.", "Erkin ryhmä", "Tertun kanssa tehtiin ruokaa.",
    "ohjaaja A. Virtanen oli hyvä", "Kiitos Onni ja Rauha!",
)  # fmt: skip
ORDINARY = (
    "Rauha ja hiljaisuus tekivät hyvää.", "Onni on pienissä asioissa.", "Aamu oli paras hetki.", "Meri oli lähellä.",
    "Kahvi oli hyvää ja porukka mukava.", "Ryhmä antoi toivoa.", "Sain apua hakemuksiin.", "Kaikki sujui hyvin.",
    "Tulin mielelläni joka viikko.", "Olisi voinut kestää pidempään.", "Työntekijät olivat ystävällisiä.",
    "Päivä rytmittyi paremmin.", "Satu luettiin ääneen.", "Lahja ilahdutti.", "Ilta oli liian lyhyt.",
    "Ystävän tuki auttoi.", "Ilo palasi arkeen.", "Kevät toi valoa.", "Ruoka oli hyvää.", "Metsä rauhoittaa.",
    "Lumi narskui kävelyllä.", "Tuuli oli kova retkellä.", "Kukka pöydällä piristi.", "Laina-asiat selvisivät.",
    "Suvun kanssa välit paranivat.", "Elämä tuntuu kevyemmältä.", "Raha-asiat ovat nyt järjestyksessä.",
    "Halli oli kylmä.", "Sali oli liian pieni.", "Kello yhdeksän on aikaista.", "Pian uudestaan!",
    "Anna lisää aikaa keskustelulle.", "Parempi mieli.", "Vertaistuki oli tärkeintä.", "Oma vointi koheni.",
    "Uskalsin puhua.", "Sain olla oma itseni.", "Kuntosali oli kiva.", "Ohjaus oli selkeää.", "Hyvä tunnelma!",
    "Kiitos kaikesta.", "Enemmän retkiä.", "Tila oli esteetön.", "Bussi kulki huonosti.", "Välipala puuttui.",
    "Lisää tapaamisia, kiitos.", "En tiedä vielä.", "Kaipaan jatkoryhmää.", "Toimisto oli lähellä.",
    "Yksin en olisi jaksanut.",
)  # fmt: skip


def test_of_fifty_sentences_with_names_at_least_forty_five_lose_them() -> None:
    assert len(NAMED) == 50
    missed = [text for text in NAMED if MARK not in without_personal(text)]
    assert len(missed) <= 5, missed


def test_of_fifty_ordinary_sentences_at_most_three_lose_a_word() -> None:
    assert len(ORDINARY) == 50
    hit = [text for text in ORDINARY if without_personal(text) != text]
    assert len(hit) <= 3, hit


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Pekan", Kind.NAME), ("matille", Kind.NAME), ("VIRTASELLE", Kind.NAME), ("Ahmed:n", Kind.NAME),
        ("Anna-Liisan", Kind.NAME), ("aamun", Kind.AMBIGUOUS), ("pian", Kind.AMBIGUOUS), ("kahvia", Kind.NO_NAME),
        ("ab", Kind.NO_NAME), ("", Kind.NO_NAME),
    ],
)  # fmt: skip
def test_a_word_is_a_name_an_ordinary_word_too_or_none(word: str, kind: Kind) -> None:
    assert kind_of(word) is kind


def test_a_county_may_add_names_of_its_own() -> None:
    assert kind_of("Xolanille") is Kind.NO_NAME
    assert kind_of("Xolanille", frozenset({"xolani"})) is Kind.NAME


def test_the_lists_are_in_small_letters_and_hold_each_word_once() -> None:
    for words in (names(), also_words()):
        assert words
        assert all(word == word.casefold() and word.isalpha() for word in words)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("hetu190190-1238", f"hetu{MARK}"), ("Tunnus on 19011990-1238.", f"Tunnus on {MARK}."),
        ("Olen 19 01 90-1238", f"Olen {MARK}"), ("synt. 19.1.1990, 1238", f"synt. {MARK}"), ("190190-12381", MARK),
        ("Soita O40 1234567 tai puh0401234567", f"Soita {MARK} tai puh{MARK}"),
        ("040_1234567 matti @ x.fi", f"{MARK} {MARK}"), ("kirj. FI21.1234.5600.0007.85", f"kirj. {MARK}"),
        ("olen 43-vuotias kolmen lapsen yh-äiti", f"olen {MARK} {MARK}"), ("Poika on 7 v", f"Poika on {MARK}"),
        ("Asun os. Kuusirinne 4", f"Asun {MARK}"), ("Kolme kertaa viikossa, klo 10-12", None), ("Kevät 2026", None),
    ],
)  # fmt: skip
def test_numbers_days_ages_and_addresses_are_taken_out(text: str, kept: str | None) -> None:
    assert without_personal(text) == (text if kept is None else kept)


def test_a_text_of_any_length_is_cut_before_it_is_screened() -> None:
    screened = without_personal("hyvä " * LONGEST)
    assert len(screened) <= LONGEST + len(MARK) + 1
    assert screened.endswith(MARK)
