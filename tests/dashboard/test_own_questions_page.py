"""A file of own questions on the import page: proposed, corrected by a press, saved, known again, taken back."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from evaluation.dashboard.importing.choices import EVERY_FILE, choice_key
from evaluation.dashboard.importing.workbench import take_over
from evaluation.definitions import Library
from evaluation.i18n import Translator
from evaluation.intake import open_file
from evaluation.own_definitions import inspection_of
from evaluation.store import Selection, Store, open_store

T = Translator("fi")
Table = Callable[..., bytes]
OFTEN = ("en koskaan", "harvoin", "joskus", "usein", "aina")
HEADINGS = ("Päivä", "Viihdytkö kahvilassa?", "Kurssi vastasi odotuksia", "Minua kuunneltiin täällä", "Mitä toivot?")


def _rows(number: int = 12, month: int = 3) -> list[tuple[object, ...]]:
    return [
        (f"{n + 1}.{month}.2026", OFTEN[(n + month) % 5], (n * month) % 5 + 1, n % 5 + 1, f"Toive numero {n} {month}")
        for n in range(number)
    ]


def _page(*files: tuple[str, bytes]) -> AppTest:
    app = AppTest.from_string("from evaluation.dashboard.navigation import run\nrun('import')", default_timeout=60)
    app.query_params["lang"] = "fi"
    app.run()
    app.file_uploader[0].set_value([(name, content, "application/octet-stream") for name, content in files]).run()
    assert not app.exception
    return app


def _shown(app: AppTest) -> dict[str, Any]:
    """Return what the list of new questions was told."""
    parts = [part.proto for part in app.get("bidi_component")]
    (told,) = [json.loads(proto.bytes) for proto in parts if proto.component_name == "own_questions"]
    return dict(told)


def _has_list(app: AppTest) -> bool:
    return any(part.proto.component_name == "own_questions" for part in app.get("bidi_component"))


def _press(app: AppTest, **chosen: str) -> None:
    """Send what a press in the list sends: the names of choices with their values."""
    for name, value in chosen.items():
        kept: dict[Any, Any] = {}
        take_over({name: value}, name.split("\x1f")[1], kept)
        app.session_state[name] = kept[name]
    app.run()
    assert not app.exception


def _answer_asked(app: AppTest) -> list[str]:
    """Take the likeliest answer to all that is asked; return the questions."""
    asked = []
    while boxes := _shown(app)["asks"]:
        asked.append(boxes[0]["text"])
        _press(app, **dict.fromkeys(boxes[0]["names"], boxes[0]["options"][0][0]))
        if not _has_list(app):
            break
    return asked


def _name(app: AppTest, name: str = "Kahvila Kipinä", municipality: str = "Akaa") -> None:
    app.text_input(key=choice_key(EVERY_FILE, "place", "new_name")).set_value(name).run()
    app.selectbox(key=choice_key(EVERY_FILE, "place", "municipality")).set_value(municipality).run()
    assert not app.exception


def _accept(app: AppTest) -> None:
    app.button(key="accept").click().run()
    assert not app.exception


def _library(store: Store) -> Library:
    return inspection_of(store, None).library


def _stored(store: Store, item: str) -> int:
    counts = store.answer_counts(Selection())
    return int(counts[counts["item"] == item]["n"].sum())


def test_a_file_of_own_questions_becomes_a_practice_with_its_answers(clean_environment: str, table: Table) -> None:
    app = _page(("kahvila.xlsx", table(HEADINGS, *_rows())))
    told = _shown(app)
    assert [question["kind"] for question in told["questions"]] == [
        "Asteikko, 5",
        "Asteikko, 5",
        "Asteikko, 5",
        "Avoin vastaus",
    ]
    assert app.button(key="accept").disabled
    said = [str(each.value) for kind in ("markdown", "error") for each in app.get(kind)]
    assert not any(T("problems.practice_missing") in text for text in said), "the worker is just naming it"
    _name(app)
    assert app.selectbox(key=choice_key(EVERY_FILE, "place", "new_type")).value == "meeting_place", (
        "the name speaks of it"
    )
    assert _answer_asked(app) == [T("proposals.ask_better")], "two questions with the same answers are asked at once"
    assert app.button(key="accept").label == T("own.save")
    _accept(app)
    store = open_store(clean_environment)
    practice = _library(store).practices["kahvila_kipina"]
    assert (practice.municipalities, practice.type, practice.open_door) == (("Akaa",), "meeting_place", True)
    assert _stored(store, "viihdytko_kahvilassa") == 12
    assert set(store.contents()["municipality"]) == {"Akaa"}


def test_the_next_file_is_known_without_a_question(clean_environment: str, table: Table) -> None:
    first = _page(("kahvila.xlsx", table(HEADINGS, *_rows())))
    _name(first)
    _answer_asked(first)
    _accept(first)
    second = _page(("kahvila2.xlsx", table(HEADINGS, *_rows(month=4))))
    assert not _has_list(second)
    assert not second.button(key="accept").disabled
    _accept(second)
    assert _stored(open_store(clean_environment), "viihdytko_kahvilassa") == 24


def test_another_practice_may_ask_the_same(clean_environment: str, table: Table) -> None:
    first = _page(("kahvila.xlsx", table(HEADINGS, *_rows())))
    _name(first)
    _answer_asked(first)
    _accept(first)
    second = _page(("pajalta.xlsx", table(HEADINGS, *_rows(month=4))))
    second.selectbox(key=choice_key(EVERY_FILE, "place", "practice")).set_value("-new-practice").run()
    _name(second, "Puutyöpaja", "Valkeakoski")
    _accept(second)
    contents = open_store(clean_environment).contents()
    assert dict(zip(contents["practice"], contents["responses"], strict=True)) == {
        "kahvila_kipina": 12,
        "puutyopaja": 12,
    }
    assert _stored(open_store(clean_environment), "viihdytko_kahvilassa") == 24, "they can be compared"


def test_everything_is_corrected_by_a_press(clean_environment: str, table: Table) -> None:
    app = _page(("kahvila.xlsx", table(HEADINGS, *_rows())))
    _name(app)
    enjoy, course, _, wish = _shown(app)["questions"]
    _press(app, **{wish["leave"]["name"]: wish["leave"]["value"]})
    assert [each["heading"] for each in _shown(app)["left"]] == ["Mitä toivot?"]
    fields = {field["label"]: field for field in enjoy["fields"]}
    _press(app, **{fields[T("own.short")]["name"]: "Viihtyminen", enjoy["scale"]["turn"]["name"]: "low"})
    _press(app, **{course["fields"][1]["name"]: "number"})
    told = _shown(app)["questions"]
    assert told[0]["short"] == "Viihtyminen"
    assert [meaning for _, meaning in told[0]["scale"]["steps"]] == [
        "favourable",
        "favourable",
        "neutral",
        "unfavourable",
        "unfavourable",
    ]
    assert told[1]["kind"] == "Luku"
    _answer_asked(app)
    _accept(app)
    library = _library(open_store(clean_environment))
    items = {item.text["fi"]: item for item in library.questionnaire("kahvila_kipina").items}
    assert "Mitä toivot?" not in items
    assert items["Kurssi vastasi odotuksia"].kind == "number"
    scale = library.scale_of(items["Viihdytkö kahvilassa?"])
    assert scale is not None
    assert scale.better == "low"


def test_undoing_the_import_takes_its_questionnaire_away_too(clean_environment: str, table: Table) -> None:
    app = _page(("kahvila.xlsx", table(HEADINGS, *_rows())))
    _name(app)
    _answer_asked(app)
    _accept(app)
    history = AppTest.from_string("from evaluation.dashboard.navigation import run\nrun('import')", default_timeout=60)
    history.query_params["lang"] = "fi"
    history.run()
    assert history.checkbox(key="undo_too_past_1").value
    history.button(key="undo_yes_past_1").click().run()
    assert not history.exception
    store = open_store(clean_environment)
    assert store.contents().empty
    assert store.definitions() == ()
    assert "kahvila_kipina" not in _library(store).practices


def test_own_questions_beside_known_ones_are_saved(clean_environment: str, library: Library, table: Table) -> None:
    texts = [item.text["fi"] for item in library.questionnaire("client_end").items if item.scale == "agreement5"][:4]
    rows = [
        (f"AN{n:02d}{n:02d}", f"{n}.5.2026", *([4] * 4), OFTEN[n % 5], "ohjaajan muistiinpano") for n in range(1, 13)
    ]
    content = table(("Koodi", "Päivämäärä", *texts, "Saitko tukea muilta?", "Huom"), *rows, sheet="Loppukysely")
    app = _page(("sisu.xlsx", content))
    app.selectbox(key=choice_key(EVERY_FILE, "place", "practice")).set_value("sisu").run()
    told = _shown(app)
    assert [question["heading"] for question in told["questions"]] == ["Saitko tukea muilta?"], "notes are no question"
    _answer_asked(app)
    _accept(app)
    store = open_store(clean_environment)
    assert (_stored(store, "saitko_tukea_muilta"), int(store.contents()["responses"].sum())) == (12, 12)
    assert "sisu_client_end" in _library(store).practices["sisu"].questionnaires


@pytest.mark.parametrize(("choice", "goes_on"), [("viihdytko_kahvilassa", True), ("-new", False)])
def test_other_words_in_the_next_round_wait_for_an_answer(
    choice: str, goes_on: bool, clean_environment: str, table: Table
) -> None:
    first = _page(("kahvila.xlsx", table(HEADINGS, *_rows())))
    _name(first)
    _answer_asked(first)
    _accept(first)
    content = table((HEADINGS[0], "Viihdytkö meidän kahvilassa?", *HEADINGS[2:]), *_rows(month=4))
    second = _page(("kahvila2.xlsx", content))
    (box,) = _shown(second)["asks"]
    assert box["text"] == T("own.ask_words")
    assert second.button(key="accept").disabled
    _press(second, **{choice_key(open_file(content, "").sha256[:16], "column", "viihdytkö meidän kahvilassa?"): choice})
    _accept(second)
    assert _stored(open_store(clean_environment), "viihdytko_kahvilassa") == (24 if goes_on else 12)


def test_a_start_and_an_end_file_dropped_together_pair(clean_environment: str, table: Table) -> None:
    codes = [f"AN{n:02d}{n:02d}" for n in range(1, 9)]
    start = table(
        ("Koodi", "Päivä", "Kuinka jaksat?"), *[(c, "1.2.2026", "huonosti") for c in codes], sheet="Alkukysely"
    )
    end = table(("Koodi", "Päivä", "Kuinka jaksat?"), *[(c, "1.5.2026", "hyvin") for c in codes], sheet="Loppukysely")
    app = _page(("alku.xlsx", start), ("loppu.xlsx", end))
    _name(app, "Tukiryhmä Aalto")
    _answer_asked(app)
    _accept(app)
    store = open_store(clean_environment)
    item = _library(store).items["kuinka_jaksat"]
    assert (item.family, item.change) == ("change", "state")
    assert int(store.contents()["responses"].sum()) == 16
