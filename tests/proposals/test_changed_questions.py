"""Between two rounds a practice's own form changes: what is asked, what goes on, and what begins anew."""

import json
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from evaluation.cli import main
from evaluation.definitions import Library
from evaluation.own_definitions import inspection_of
from evaluation.store import Selection, Store, open_store

Table = Callable[..., bytes]
OFTEN = ("en koskaan", "harvoin", "joskus", "usein", "aina")
DOING = ("kahvittelin", "pelasin", "tein käsitöitä")
HEADINGS = ("Päivä", "Viihdytkö kahvilassa?", "Ovatko ohjaajat ystävällisiä ja apuna?", "Arvosana kahvilalle",
            "Mitä teit tänään?", "Onko täällä turvallista?", "Saitko täältä tukea?")  # fmt: skip
DECISIONS = {"new_better arvosana kahvilalle": "high"}
ASKED = "Onko tämä sama kysymys kuin ennen?"


def rows(number: int = 20, **changed: Callable[[int], object]) -> list[tuple[object, ...]]:
    """Return the answers of a round; a column is a function of the row, one that is ``changed`` another."""
    later = changed.pop("month", lambda _: 3)
    again = int(str(later(0))) - 3
    columns: dict[str, Callable[[int], object]] = {
        "day": lambda n: f"{n % 28 + 1}.{later(n)}.2026",
        "enjoy": lambda n: OFTEN[(n + 2 * again * (n // 5)) % 5],
        "guides": lambda n: OFTEN[(n + 1) % 5],
        "mark": lambda n: (n + again * (n // 5)) % 5 + 1,
        "doing": lambda n: DOING[n % 3],
        "safe": lambda n: OFTEN[(n + 2 + again) % 5],
        "told": lambda n: OFTEN[(n + 3) % 5],
    } | changed
    return [tuple(say(n) for say in columns.values()) for n in range(number)]


@pytest.fixture
def run(tmp_path: Path, table: Table, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, Store]]:
    """Give a function that imports a round; it returns the exit code, what was printed and the store."""
    url = f"duckdb:///{(tmp_path / 'own.duckdb').as_posix()}"

    def run(
        name: str,
        headings: tuple[str, ...],
        answers: list[tuple[object, ...]],
        columns: Mapping[str, str] | None = None,
    ) -> tuple[int, str, Store]:
        file, mapping = tmp_path / f"{name}.xlsx", tmp_path / f"{name}.json"
        file.write_bytes(table(headings, *answers))
        mapping.write_text(json.dumps({"decisions": DECISIONS, "columns": columns or {}}), encoding="utf-8")
        capsys.readouterr()
        there = ["--practice", "Kahvila Kipinä", "--municipality", "Lempäälä", "--mapping", str(mapping)]
        code = main(["import", str(file), "--new-questions", *there, "--database", url])
        output = capsys.readouterr()
        return code, output.out + output.err, open_store(url)

    code, told, _ = run("first", HEADINGS, rows())
    assert code == 0, told
    return run


def library_of(store: Store) -> Library:
    return inspection_of(store, None).library


def changed(old: str, *new: str) -> tuple[str, ...]:
    place = HEADINGS.index(old)
    return (*HEADINGS[:place], *new, *HEADINGS[place + 1 :])


def answers(store: Store, *items: str) -> int:
    counts = store.answer_counts(Selection())
    return int(counts[counts["item"].isin(items)]["n"].sum())


def test_a_round_with_nothing_but_its_columns_moved_asks_nothing(run: Callable[..., tuple[int, str, Store]]) -> None:
    moved = [(row[0], *reversed(row[1:])) for row in rows(month=lambda _: 4)]
    code, told, store = run("moved", (HEADINGS[0], *reversed(HEADINGS[1:])), moved)
    assert (code, ASKED in told) == (0, False)
    assert answers(store, "viihdytko_kahvilassa") == 40
    assert library_of(store).questionnaire("kahvila_kipina").version == 1


def test_a_question_that_was_dropped_is_not_asked_about(run: Callable[..., tuple[int, str, Store]]) -> None:
    fewer = [row[:-1] for row in rows(month=lambda _: 4)]
    code, told, store = run("dropped", HEADINGS[:-1], fewer)
    assert (code, ASKED in told) == (0, False)
    assert answers(store, "saitko_taalta_tukea") == 20


@pytest.mark.parametrize(
    ("words", "choice", "old", "new"),
    [
        ("Viihdytkö meidän kahvilassa?", "viihdytko_kahvilassa", 40, 0),
        ("Viihtyminen kahvilassa", "-new", 20, 20),
        ("Kuinka hyvin viihdyt kahvilassa?", "viihdytko_kahvilassa", 40, 0),
    ],
)
def test_other_words_of_a_question_are_asked_about(
    words: str, choice: str, old: int, new: int, run: Callable[..., tuple[int, str, Store]]
) -> None:
    headings = changed("Viihdytkö kahvilassa?", words)
    code, told, store = run("words", headings, rows(month=lambda _: 4))
    assert code == 2
    assert ASKED in told
    assert len(store.imports()) == 1, "nothing is saved before it is answered"
    code, told, store = run("words", headings, rows(month=lambda _: 4), {words: choice})
    assert code == 0, told
    assert answers(store, "viihdytko_kahvilassa") == old
    others = set(library_of(store).items) - {
        item.id for item in library_of(store).questionnaire("kahvila_kipina", 1).items
    }
    assert answers(store, *others) == new


def test_a_question_split_into_two_is_two_new_ones_unless_the_worker_says_otherwise(
    run: Callable[..., tuple[int, str, Store]],
) -> None:
    two = ("Ovatko ohjaajat ystävällisiä?", "Ovatko ohjaajat apuna?")
    headings = changed("Ovatko ohjaajat ystävällisiä ja apuna?", *two)
    split = [(*row[:3], row[2], *row[3:]) for row in rows(month=lambda _: 4)]
    code, told, _ = run("split", headings, split)
    assert (code, told.count(ASKED)) == (2, 2)
    code, told, store = run("split", headings, split, dict.fromkeys(two, "-new"))
    assert code == 0, told
    assert answers(store, "ovatko_ohjaajat_ystavallisia_ja_apuna") == 20
    assert [answers(store, item) for item in ("ovatko_ohjaajat_ystavallisia", "ovatko_ohjaajat_apuna")] == [20, 20]
    assert library_of(store).questionnaire("kahvila_kipina").version == 2


@pytest.mark.parametrize(("choice", "goes_on"), [("mita_teit_tanaan", True), ("-new", False)])
def test_an_option_that_was_added_is_asked_about(
    choice: str, goes_on: bool, run: Callable[..., tuple[int, str, Store]]
) -> None:
    more = rows(month=lambda _: 4, doing=lambda n: (*DOING, "keppijumppa")[n % 4])
    code, told, _ = run("option", HEADINGS, more)
    assert code == 2
    assert "Vastaukset ovat muuttuneet" in told
    code, told, store = run("option", HEADINGS, more, {"Mitä teit tänään?": choice})
    assert code == 0, told
    library = library_of(store)
    latest = next(
        item for item in library.questionnaire("kahvila_kipina").items if item.text.root["fi"] == "Mitä teit tänään?"
    )
    assert (latest.id == "mita_teit_tanaan") is goes_on
    assert answers(store, latest.id) == (40 if goes_on else 20)
    codes = latest.option_codes
    if goes_on:
        first = library.questionnaire("kahvila_kipina", 1).item("mita_teit_tanaan").option_codes
        assert {name: codes[name] for name in first} == first, "what was stored keeps its meaning"
    assert len(codes) == 4


def test_a_scale_from_1_to_5_that_became_one_from_0_to_10_begins_a_series_of_its_own(
    run: Callable[..., tuple[int, str, Store]],
) -> None:
    wider = rows(month=lambda _: 4, mark=lambda n: n % 11)
    code, told, _ = run("scale", HEADINGS, wider)
    assert code == 2
    assert "Vastaukset ovat muuttuneet" in told
    code, told, store = run("scale", HEADINGS, wider, {"Arvosana kahvilalle": "-new"})
    assert code == 0, told
    library = library_of(store)
    counts = Counter({item: answers(store, item) for item in library.items if item.startswith("arvosana")})
    assert sorted(counts.values()) == [20, 20]
    assert len([item for item in library.questionnaire("kahvila_kipina").items if item.id.startswith("arvosana")]) == 1
