"""Texts wait on the page of the practice, are read and released on their own page, and stand in the practice then."""

from dataclasses import replace

import pytest

from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.store import Store, open_store
from tests.dashboard.test_pages import _open, _said
from tests.privacy.attack.worlds import draft_of
from tests.privacy.test_disclosure import filled

T = Translator("fi")
TEXTS = ("Kahvi oli hyvää", ":material/home: :streamlit: $x$", "Retki", "Porukka")


@pytest.fixture
def unread(clean_environment: str, library: Library) -> Store:
    store = open_store(clean_environment)
    forms = filled("sat_access", [4] * 12)
    written = [replace(form, texts={"best_thing": text}) for form, text in zip(forms, TEXTS, strict=False)]
    store.accept(draft_of([*written, *forms[len(TEXTS) :]], library))
    return store


def test_texts_are_released_by_two_presses_from_the_page_of_the_practice(unread: Store) -> None:
    practice = _open("practice", practice="sisu")
    assert T.plural("texts.waiting", 4) in _said(practice)
    assert "Kahvi oli hyvää" not in _said(practice)
    assert "texts_open_voices_sisu" in [button.key for button in practice.button]
    app = _open("texts", practice="sisu")
    assert not app.exception
    assert "Kahvi oli hyvää" in _said(app)
    next(button for button in app.button if button.label == T("texts.hold")).click().run()
    assert [toast.value for toast in app.toast] == [T.plural("texts.held_now", 1)]
    next(button for button in app.button if button.label == T.plural("texts.release_all", 3)).click().run()
    assert not app.exception
    assert T("texts.all_read") in _said(app)
    assert [entry.deed for entry in unread.trail()[:2]] == ["texts_released", "texts_held"]
    practice = _open("practice", practice="sisu", part=T("dashboard.voices_title"))
    assert T("texts.change") in [button.label for button in practice.button], "the way back to what was decided"
    said = _said(practice)
    assert sum(mark in said for mark in ("Kahvi oli hyvää", "material", "Retki", "Porukka")) == 3
    assert T.plural("texts.waiting", 4) not in said
