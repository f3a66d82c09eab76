"""On the page of a practice a worker states who answers, and what waited is shown."""

from datetime import date

import pytest

from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.store import Store, open_store
from tests.conftest import EVERY_LANGUAGE
from tests.dashboard.test_pages import _open, _said
from tests.privacy.attack.worlds import Form, draft_of

T = Translator("fi")


@pytest.fixture
def groups_of_four(clean_environment: str, library: Library) -> Store:
    """Give five groups of four people whose codes begin from 1 anew."""
    store = open_store(clean_environment)
    world = tuple(
        Form(
            "sisu", "Lempäälä", str(year), "client_end", f"{year} {number}", str(number), date(year, 5, 3),
            {"sat_usefulness": 4},
        )
        for year in range(2021, 2026)
        for number in range(1, 5)
    )  # fmt: skip
    store.accept(draft_of(world, library))
    return store


@pytest.mark.parametrize("language", EVERY_LANGUAGE)
def test_forms_that_wait_say_how_many_and_why(groups_of_four: Store, language: str) -> None:
    app = _open("practice", language, practice="sisu")
    assert not app.exception
    values = {"forms": 20, "people": 4, "threshold": 5}
    assert Translator(language)("reports.forms_wait", **values) in _said(app)


def test_what_waited_is_shown_once_the_people_are_stated_to_differ(groups_of_four: Store) -> None:
    app = _open("practice", practice="sisu")
    (question,) = app.radio
    assert question.value == "perhaps", "nothing is assumed"
    question.set_value("different")
    button = next(button for button in app.button if button.label == T("dashboard.respondents_save"))
    button.click().run()
    assert not app.exception
    assert T("dashboard.respondents_saved") in _said(app)
    assert groups_of_four.different_people().cohorts == (("sisu", "Lempäälä"),)
    said = _said(_open("practice", practice="sisu"))
    assert T("reports.forms_wait", forms=20, people=4, threshold=5) not in said
    assert "16" in said, "two and two groups are shown, the fifth waits"
