"""What tells who somebody is leaves no trace wherever in a file it stands: neither in a message nor in the database."""

import json
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from evaluation.cli import main
from evaluation.definitions import Library
from evaluation.definitions.columns import MANIFEST_FORMAT, MANIFEST_SHEET
from evaluation.i18n import Translator, languages
from evaluation.importing import remember, understand
from evaluation.intake import FileSettings, open_file
from evaluation.intake.folding import fold
from evaluation.records import Draft, Receipt
from evaluation.store import Store, open_store
from tests.conftest import Table

pytestmark = pytest.mark.thorough

MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"
SISU = FileSettings(practice="sisu", questionnaire="client_start")
# The example of the Digital and Population Data Services Agency, and a number kept free for films.
SECRETS = ("131052-308T", "matti@posti.fi", "040 123 4567")
HEAD = ("Tunniste", MOOD, LONELY)
FIRST = ("A1", 3, 2)
TEMPLATE = (("practice", "sisu"), ("questionnaire", "client_start"))

# By the place in the file: sheets by name, each with its rows; "{}" is where a secret stands.
PLACES: dict[str, dict[str, list[tuple[object, ...]]]] = {
    "title": {"Taul1": [("Lempäälä, kevät 2018, {}",), (), HEAD, FIRST]},
    "name of the sheet": {"Lempäälä {}": [HEAD, FIRST, ("A2", "ihan jees", 2)]},
    "heading of a question": {"Taul1": [("Tunniste", MOOD, "Yksinäisyys, {}"), FIRST]},
    "heading left out": {"Taul1": [(*HEAD, "Yhteys {}"), (*FIRST, "x")]},
    "heading of all": {"Taul1": [("Tunniste {}", "Jotain {}", "{}"), FIRST]},
    "closed answer": {"Taul1": [HEAD, FIRST, ("A2", "{}", 2), ("A3", "hyvin {}", 1)]},
    "participant": {"Taul1": [HEAD, FIRST, ("{}", 4, 1), ("Matti {}", 4, 1)]},
    "day": {"Taul1": [(*HEAD, "Päivä"), (*FIRST, "5.9.2018"), ("A2", 3, 1, "{}")]},
    "run": {"Taul1": [(*HEAD, "Toteutus"), (*FIRST, "kevät 2018"), ("A2", 3, 1, "syksy {}")]},
    "municipality": {"Taul1": [(*HEAD, "Kunta"), (*FIRST, "Lempäälä"), ("A2", 3, 1, "{}")]},
    "practice": {"Taul1": [(*HEAD, "Käytäntö"), (*FIRST, "sisu"), ("A2", 3, 1, "{}")]},
    "timing": {"Taul1": [(*HEAD, "Mittauskerta"), (*FIRST, "alku"), ("A2", 3, 1, "{}")]},
    "a column of its own": {"Taul1": [(*HEAD, "Lisätieto"), (*FIRST, "{}"), ("A2", 3, 1, "soita {}")]},
    "a row below": {"Taul1": [HEAD, FIRST, ("Yhteensä {}", "", ""), ("{}",)]},
    "counts": {"Taul1": [("", "erittäin huonosti", "hyvin", "ei {}"), (MOOD, 2, 5, 1), ("Muu {}", 3, 4, 1)]},
    "counts of an open question": {
        "Taul1": [("", "erittäin huonosti", "hyvin"), (MOOD, 2, 5), ("Terveisiä ryhmälle {}", 3, 4)]
    },
    "municipality of a template": {
        "Alku": [HEAD, FIRST],
        MANIFEST_SHEET: [("format", MANIFEST_FORMAT), *TEMPLATE, ("municipality", "{}")],
    },
    "run of a template": {
        "Alku": [HEAD, FIRST],
        MANIFEST_SHEET: [("format", MANIFEST_FORMAT), *TEMPLATE, ("cohort", "kevät {}")],
    },
}  # fmt: skip


def written(place: str, secret: str) -> dict[str, list[tuple[object, ...]]]:
    return {
        name.format(secret)[:31]: [
            tuple(cell.format(secret) if isinstance(cell, str) else cell for cell in row) for row in rows
        ]
        for name, rows in PLACES[place].items()
    }


def made(table: Table, place: str, secret: str) -> bytes:
    (first, rows), *others = written(place, secret).items()
    return table(*rows, sheet=first, **dict(others))


def said_of(draft: Draft, receipt: Receipt) -> str:
    """Return all that a draft and its receipt tell, in every language."""
    frames = (draft.responses, draft.answers, draft.texts, draft.attendance)
    actual = [json.dumps(receipt.to_dict(Translator(language)), ensure_ascii=False) for language in languages()]
    return "\n".join([repr(vars(draft)), repr(receipt), *(frame.to_csv() for frame in frames), *actual])


def stored_in(url: str) -> str:
    """Return every text in the database."""
    with duckdb.connect(url.removeprefix("duckdb:///")) as connection:
        names = connection.execute("select table_name from duckdb_tables()").fetchall()
        return "\n".join(repr(connection.execute(f'select * from "{name}"').fetchall()) for (name,) in names)  # noqa: S608


def explained(draft: Draft) -> FileSettings:
    """Return what a worker may say of all that was not known: whatever is offered for that comes back as said."""
    columns = {fold(match.heading): "state_mood" for match in draft.columns if match.target is None}
    return replace(
        SISU,
        columns=columns,
        labels={(unknown_answer.item, unknown_answer.text): 1 for unknown_answer in draft.unknown_answers},
    )


@pytest.mark.parametrize("place", PLACES)
def test_a_secret_leaves_no_trace_wherever_it_stands(
    place: str, library: Library, table: Table, clean_environment: str
) -> None:
    store = open_store(clean_environment)
    actual = []
    for secret in SECRETS:
        opened = open_file(made(table, place, secret), f"palaute {secret}.xlsx")
        draft, used = understand(opened, store, library, SISU)
        actual.append(said_of(draft, store.preview(draft)))
        draft, used = understand(opened, store, library, explained(draft))
        actual.append(said_of(draft, store.accept(draft)))
        remember(store, draft, used)
    everything = "\n".join([*actual, stored_in(clean_environment)]).casefold()
    assert [secret for secret in SECRETS if secret.casefold() in everything] == []


def test_the_places_cover_every_road_of_a_table(library: Library, table: Table, store: Store) -> None:
    """Hold that the files above are read as meant: what they test is not whether a file is refused."""
    layouts, codes, questions = set(), set(), set()
    for place in PLACES:
        draft, _ = understand(open_file(made(table, place, "x"), "x.xlsx"), store, library, SISU)
        layouts.add(draft.layout)
        codes |= {problem.code for problem in draft.problems}
        questions |= {question.kind for question in draft.questions}
    assert {"plain_table", "entry_template", "counted"} <= layouts
    assert {"place_from_title", "timing_unknown", "off_scale", "practice_unknown"} <= codes
    assert {"not_a_date", "column_unknown", "counted_table"} <= codes
    assert "municipality_value" in questions


@pytest.mark.parametrize("secret", SECRETS)
def test_what_a_worker_types_is_masked_like_what_stands_in_the_file(
    secret: str, library: Library, table: Table, store: Store
) -> None:
    content = table(HEAD, FIRST, ("A2", 3, 1))
    settings = replace(SISU, cohort=f"kevät {secret}", same_codes={"A2": secret})
    draft, _ = understand(open_file(content, "alku.xlsx"), store, library, settings)
    assert draft.responses["cohort"].tolist() == ["kevät ***"]
    assert draft.responses["participant"].tolist() == ["A1"]
    assert secret not in repr(vars(draft))


def test_nothing_personal_is_remembered_of_what_was_said(library: Library, table: Table, store: Store) -> None:
    content = table(("Tunniste", "Fiilis", LONELY), ("A1", "jees", 2))
    columns = {"fiilis": "state_mood", **{f"fiilis {secret}".casefold(): "state_mood" for secret in SECRETS}}
    labels = {("state_mood", "jees"): 4, **{("state_mood", secret.casefold()): 1 for secret in SECRETS}}
    settings = replace(SISU, columns=columns, labels=labels)
    draft, used = understand(open_file(content, "alku.xlsx"), store, library, settings)
    remember(store, draft, used)
    (kept,) = store.remembered(draft.headers).values()
    assert kept.columns == {"fiilis": "state_mood"}
    assert kept.labels == {("state_mood", "jees"): 4}


def test_a_masked_heading_is_explained_like_any_other(library: Library, table: Table, store: Store) -> None:
    content = table(("Tunniste", LONELY, f"Fiilis, kysyi {SECRETS[1]}"), ("A1", 2, 4), ("A2", 1, 2))
    opened = open_file(content, "alku.xlsx")
    draft, _ = understand(opened, store, library, SISU)
    (unknown,) = (match for match in draft.columns if match.target is None)
    settings = replace(SISU, columns={fold(unknown.heading): "state_mood"})
    draft, _ = understand(opened, store, library, settings)
    assert draft.answers["value"][draft.answers["item"] == "state_mood"].tolist() == [4, 2]


@pytest.mark.parametrize("secret", SECRETS)
def test_the_command_line_prints_no_secret(
    secret: str, table: Table, tmp_path: Path, clean_environment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / f"palaute {secret}.xlsx"
    file.write_bytes(made(table, "closed answer", secret))
    comments = tmp_path / "huomiot"
    comments.mkdir()
    arguments = ["import", str(file), "--practice", "sisu", "--questionnaire", "client_start", "--cohort", "kevät 2018"]
    for more in ([], ["--json"], ["--comments", str(comments)]):
        main([*arguments, *more])
        printed = capsys.readouterr()
        assert printed.out
        assert secret not in printed.out + printed.err
