"""Other names of the columns that every form has, as people and tools write them; folded as headings are compared."""

import re

from evaluation.definitions.columns import ANSWERED_ON, COHORT, MUNICIPALITY, PARTICIPANT, PRACTICE
from evaluation.intake.folding import fold_heading
from evaluation.intake.table import TIMING

COLUMN_ALIASES: dict[str, str] = {
    **dict.fromkeys(
        (
            "osallistujan tunniste", "osallistujan koodi", "osallistujan tunnus", "osallistujatunniste",
            "osallistujakoodi", "osallistujatunnus", "osallistuja id", "osallistuja-id",
            "asiakastunniste", "asiakaskoodi", "asiakastunnus", "asiakkaan tunniste", "asiakkaan koodi",
            "asiakkaan tunnus", "asiakas id", "asiakas-id",
            "vastaajan tunniste", "vastaajan koodi", "vastaajan tunnus", "vastaajatunniste", "vastaajakoodi",
            "vastaajatunnus", "vastaaja id", "vastaaja-id",
            "oma tunniste", "oma koodi", "omakoodi", "oma tunnus", "tunnistekoodi", "tunnuskoodi", "henkilökoodi",
            "tunnus", "koodi", "koodinimi", "nimimerkki", "salanimi", "peitenimi", "pseudonyymi",
            "deltagarkod", "deltagarens kod", "deltagar-id", "deltagarid", "klientkod", "klientens kod", "klient-id",
            "kundkod", "svarskod", "svarandens kod", "respondentkod", "egen kod", "personlig kod", "kod", "kodnamn",
            "pseudonym",
            "participant code", "participant id", "participantid", "client code", "client id", "clientid",
            "respondent code", "subject id", "person code", "own code", "personal code", "code", "code name",
        ),
        PARTICIPANT,
    ),
    **dict.fromkeys(
        ("pvm", "päivämäärä", "päivä", "vastauspäivä", "vastauspvm", "dag", "datum", "date", "day", "date answered"),
        ANSWERED_ON,
    ),
    **dict.fromkeys(
        ("toteutus", "ryhmän toteutus", "ryhmä", "jakso", "kohortti", "grupp", "group", "run"), COHORT
    ),
    **dict.fromkeys(("paikkakunta", "kunnan nimi", "kommunens namn", "town", "municipality name"), MUNICIPALITY),
    **dict.fromkeys(
        (
            "toimiva käytäntö", "käytännön nimi", "toimintamalli", "palvelu", "verksamhet", "praxis", "practice name",
        ),
        PRACTICE,
    ),
    **dict.fromkeys(
        (
            "ajankohta", "mittaus", "mittauskerta", "mittausajankohta", "alku vai loppu", "alku tai loppu",
            "alku/loppu", "alku / loppu", "vaihe", "tidpunkt", "mätning", "mättillfälle", "timing", "time point",
            "timepoint", "phase", "measurement",
        ),
        TIMING,
    ),
}  # fmt: skip

# Words for a person. A column under one of these may hold codes, but as well names, roles ("asiakas", "läheinen") or
# a tool's running number: its contents decide (code_columns.py).
PERSON_HEADINGS = frozenset({
    "osallistuja", "osallistujat", "asiakas", "asiakkaat", "vastaaja", "kävijä", "henkilö", "ihminen", "tunnisteet",
    "ryhmäläinen", "jäsen", "kuka", "deltagare", "klient", "svarande", "respondent", "person", "kund", "medlem", "vem",
    "participant", "participants", "client", "subject", "member", "who", "user id", "id",
})  # fmt: skip

# Columns that identify a person, whatever tool made them. They are never read.
PERSONAL_HEADINGS = frozenset({
    "nimi", "etunimi", "sukunimi", "koko nimi", "asiakkaan nimi", "vastaajan nimi", "osallistujan nimi",
    "namn", "förnamn", "efternamn", "deltagarens namn", "klientens namn",
    "name", "first name", "last name", "full name", "surname", "client name", "your name", "given name", "family name",
    "sähköposti", "sähköpostiosoite", "e-post", "e-postadress", "email", "e-mail", "email address",
    "puhelin", "puhelinnumero", "puh", "gsm", "telefon", "telefonnummer", "mobil", "phone", "phone number", "mobile",
    "telephone", "telephone number", "cell phone",
    "osoite", "katuosoite", "lähiosoite", "kotiosoite", "postiosoite", "adress", "gatuadress", "hemadress",
    "address", "street address", "home address",
    "henkilötunnus", "hetu", "sotu", "henkilötunnus (hetu)", "personbeteckning", "personnummer",
    "personal identity code",
    "syntymäaika", "syntymäpäivä", "födelsedatum", "födelsetid", "date of birth", "birth date", "birthday", "dob",
    "tilinumero", "iban", "kontonummer", "account number", "ip-osoite", "ip address", "ip-adress", "ipaddress",
})  # fmt: skip


def heads_personal_data(heading: str) -> bool:
    """Tell whether a heading names personal data, also as tools name variables ("first_name", "telephone_1")."""
    plain = fold_heading(heading.replace("_", " "))
    return plain in PERSONAL_HEADINGS or re.sub(r"\s*\d+$", "", plain) in PERSONAL_HEADINGS


TIMING_WORDS: dict[str, str] = {
    **dict.fromkeys(
        (
            "alku", "alussa", "alkukysely", "alkumittaus", "alkukartoitus", "alkuarvio", "alkuarviointi", "alkutilanne",
            "alkuhaastattelu", "ennen", "lähtö", "aloitus", "början", "i början", "start",
            "startenkät", "före", "baseline", "before", "pre", "beginning", "entry", "t0", "aluksi", "alkaessa",
            "inledning", "inledningsvis", "pretest", "initial", "tullessa", "alkuvaihe", "alkuvaiheessa", "vid start",
        ),
        "start",
    ),
    **dict.fromkeys(
        (
            "loppu", "lopussa", "loppukysely", "loppumittaus", "loppukartoitus", "loppuarvio", "loppuarviointi",
            "lopputilanne", "loppuhaastattelu", "jälkeen", "päätös", "slut", "i slutet", "slutet",
            "slutenkät", "efter", "end", "final", "after", "post", "exit", "endline", "lopuksi", "päättyessä",
            "päätteeksi", "lopetus", "avslut", "avslutning", "posttest", "lähtiessä", "loppuvaihe", "loppuvaiheessa",
            "vid slut",
        ),
        "end",
    ),
    **dict.fromkeys(
        (
            "seuranta", "seurantakysely", "jälkiseuranta", "uppföljning", "uppföljningsenkät", "follow-up", "follow up",
            "followup", "follow_up",
        ),
        "follow_up",
    ),
}  # fmt: skip

# What a word of time is put before: "alkulomakkeet", "loppuarvio", "lähtötaso", "slutmätning", "pre-survey".
TIMING_BEGINNINGS: dict[str, str] = {
    **dict.fromkeys(("alku", "lähtö", "aloitus", "start", "början", "inlednings", "pre", "pre-"), "start"),
    **dict.fromkeys(("loppu", "päätös", "päättö", "lopetus", "slut", "avslutnings", "post", "post-", "end"), "end"),
    **dict.fromkeys(("seuranta", "jälkiseuranta", "uppföljnings", "follow-up-"), "follow_up"),
}
TIMING_STEMS = (
    "lomak", "kysel", "mittau", "kartoit", "arvio", "tilan", "taso", "haastat", "keskust", "palau", "vastau", "testi",
    "pistee", "pisteet", "tulos", "tulok", "kirjau", "kerta", "kerra", "tapaam", "vaihe", "jakso", "formulär",
    "blankett", "enkät", "mätning", "kartläggning", "läge", "samtal", "intervju", "bedömning", "svar", "nivå",
    "survey", "test", "questionnaire", "measurement", "assessment", "form", "interview",
)  # fmt: skip
