"""A spreadsheet of a café's own questions, as a survey tool gives it: made-up answers of every kind of question."""

import io
import random
from datetime import date, timedelta

from openpyxl import Workbook

_TITLE = "Kahvila Esimerkki, Akaa – kevät 2026 (keksittyjä vastauksia)"
_AGREED = ("Täysin samaa mieltä", "Jokseenkin samaa mieltä", "En samaa enkä eri mieltä", "Jokseenkin eri mieltä")
_DONE = ("Join kahvia", "Juttelin", "Pelasin", "Sain neuvoja", "Tein käsitöitä")
_DAYS = ("Maanantai", "Keskiviikko", "Perjantai")
_AGES = ("alle 30", "30–49", "50–64", "65 tai yli")
_HEARD = ("Ystävältä", "Työntekijältä", "Lehdestä")
_WORDS = ("Kiitos!", "Ihana paikka.", "Voisi olla useammin auki.", "Lisää pelejä.", "Kahvi oli hyvää.")
_QUESTIONS = (
    "Päivä",
    "Tunsin itseni tervetulleeksi",
    "Minua kuunneltiin",
    "Kuinka todennäköisesti suosittelisit kahvilaa ystävällesi?",
    "Mitä teit tänään?",
    "Mikä päivä sopii sinulle parhaiten?",
    "Montako tuntia viivyit?",
    "Ikäryhmä",
    "Mistä kuulit kahvilasta?",
    "Terveisiä meille",
)
_PEOPLE = 26


def own_form() -> Workbook:
    """Return the workbook: a title, a row of questions, and a row for every answer."""
    chance = random.Random("own form")
    book = Workbook()
    sheet = book.active
    sheet.title = "Vastaukset"
    sheet.append([_TITLE])
    sheet.append([])
    sheet.append(_QUESTIONS)
    for number in range(_PEOPLE):
        sheet.append([
            date(2026, 3, 2) + timedelta(days=number % 12 * 7 // 3),
            chance.choice((*_AGREED[:2], *_AGREED)),
            chance.choice((*_AGREED[:2], *_AGREED)),
            chance.choice((10, 9, 9, 8, 8, 7, 6, 4)),
            ";".join(chance.sample(_DONE, chance.randint(1, 3))),
            chance.choice(_DAYS),
            chance.choice((0.5, 1, 1.5, 2, 2.5, 3)),
            chance.choice((*_AGES, *_AGES[1:3])),
            chance.choice((*_HEARD, _HEARD[0])),
            f"{chance.choice(_WORDS)} ({number + 1})" if chance.random() < 0.6 else None,
        ])  # fmt: skip
    return book


def own_form_bytes() -> bytes:
    """Return the workbook as a file."""
    target = io.BytesIO()
    own_form().save(target)
    return target.getvalue()
