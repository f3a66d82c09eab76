"""Names instead of codes: asked about, made into codes that pair next time, and kept nowhere."""

import json
import stat
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from evaluation.cli import main
from evaluation.definitions import Library
from evaluation.importing import understand
from evaluation.intake import FileSettings, open_file, read_draft
from evaluation.name_key import key_file, name_key
from evaluation.records import Draft
from evaluation.settings import SettingRefused
from evaluation.store import Selection, Store, open_store

MOOD, LONELY = "Miten voit mielialasi puolesta tällä hetkellä?", "Kuinka usein tunnet olosi yksinäiseksi?"
USEFUL = "Toiminta oli minulle hyödyllistä."
KEY = bytes(range(32))
CASES = Path(__file__).parent / "cases" / "import"
Rows = Sequence[Sequence[object]]


def understood(store: Store, library: Library, content: bytes, form: str, choice: str | None = "make_codes") -> Draft:
    """Read a file and answer its question about names with ``choice``."""
    given = FileSettings(practice="sisu", cohort="Kevät 2026", questionnaire=f"client_{form}", name_key=KEY)
    opened = open_file(content, f"{form}.xlsx")
    draft, _ = understand(opened, store, library, given)
    asked = {question.key: choice for question in draft.questions if question.kind == "names_as_codes" and choice}
    return understand(opened, store, library, FileSettings(**{**vars(given), "decisions": asked}))[0]


def matched(store: Store) -> int:
    pairs = store.pair_counts(Selection())
    return int(pairs[pairs["item"] == "state_mood"]["n"].sum())


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (
            [("Nimi", MOOD, LONELY), ("Anna Virtanen", 1, 4), ("Mikko", 2, 4), ("Jari V.", 3, 5)],
            [("Nimi", MOOD, USEFUL), ("VIRTANEN, ANNA", 4, 5), ("mikko", 4, 4), ("Jari V", 4, 4)],
        ),
        (
            [
                ("Sukunimi", "Etunimi", MOOD, LONELY),
                ("Virtanen", "Anna", 1, 4),
                ("Äyräs", "Pirjo", 2, 4),
                ("Aho", "Jari", 3, 5),
            ],
            [("Koko nimi", MOOD, USEFUL), ("Anna Virtanen", 4, 5), ("Pirjo Ayras", 4, 4), ("Jari Aho", 4, 4)],
        ),
        (
            [("Asiakas", MOOD, LONELY), ("Anna Virtanen", 1, 4), ("Pirjo Aho", 2, 4), ("Jari Mäki", 3, 5)],
            [("Tunniste", MOOD, USEFUL), ("Mäki Jari", 4, 5), ("Anna Virtanen", 4, 4), ("Aho, Pirjo", 4, 4)],
        ),
        (
            [(LONELY, "Vastaajan nimi", MOOD), (2, "Anna K.", 1), (3, "Mikko", 2), (4, "Tiina", 3)],
            [(MOOD, USEFUL, "Namn"), (4, 5, "Anna K"), (4, 4, "MIKKO"), (4, 4, "tiina ")],
        ),
        (
            [
                ("Osallistujan nimi", MOOD, LONELY),
                ("Fatima Ahmed", 1, 4),
                ("Šimon Novák", 2, 4),
                ("Olga Ivanova", 3, 5),
            ],
            [("Client name", MOOD, USEFUL), ("Ahmed Fatima", 4, 5), ("Simon Novak", 4, 4), ("ivanova olga", 4, 4)],
        ),
    ],
    ids=["one column", "two columns", "under other words", "anywhere", "from everywhere"],
)
def test_codes_made_of_names_pair_the_forms_of_next_time(
    store: Store, library: Library, table, start: Rows, end: Rows
) -> None:
    files = {form: table(*rows, sheet="Taul1") for form, rows in (("start", start), ("end", end))}
    for form, content in files.items():
        waiting = understood(store, library, content, form, None)
        assert (len(waiting.responses), waiting.rejected) == (0, 3)
        assert [question.kind for question in waiting.questions] == ["names_as_codes"]
        receipt = store.accept(understood(store, library, content, form))
        assert receipt.accepted == 3
    assert matched(store) == 3
    assert [pair.matched for pair in receipt.pairs] == [3]
    for form, content in files.items():
        assert store.accept(understood(store, library, content, form)).accepted == 0, "known again"


def test_names_that_are_not_to_be_used_leave_out_the_rows_that_need_a_code(
    store: Store, library: Library, table
) -> None:
    content = table(("Nimi", MOOD), ("Anna Virtanen", 1), ("Mikko Aho", 2), sheet="Taul1")
    draft = understood(store, library, content, "start", "leave_out")
    assert (len(draft.responses), draft.rejected) == (0, 2)
    assert "column_missing" in {problem.code for problem in draft.problems}


def test_equal_names_of_one_list_are_asked_about(store: Store, library: Library, table) -> None:
    content = table(
        ("Nimi", MOOD, LONELY), ("Anna Virtanen", 1, None), ("Virtanen Anna", None, 2), ("Mikko", 3, 3), sheet="Taul1"
    )
    draft = understood(store, library, content, "start")
    asked = [question for question in draft.questions if question.kind == "one_code"]
    assert len(asked) == 1
    assert asked[0].waiting
    assert len(draft.responses) == 1, "both wait: they may be two people"


def test_a_list_with_codes_beside_its_names_keeps_its_codes(store: Store, library: Library, table) -> None:
    content = table(("Nimi", "Tunniste", MOOD), ("Anna Virtanen", "K1", 1), ("Mikko Aho", "K2", 2), sheet="Taul1")
    draft = understood(store, library, content, "start")
    assert draft.questions == ()
    assert draft.responses["participant"].tolist() == ["K1", "K2"]


def test_without_a_key_no_code_is_made(library: Library, table) -> None:
    content = table(("Nimi", MOOD), ("Anna Virtanen", 1), ("Mikko Aho", 2), sheet="Taul1")
    decided = {"names_as_codes:Taul1:A1": "make_codes"}
    given = FileSettings(practice="sisu", questionnaire="client_start", cohort="2026", decisions=decided)
    draft = read_draft(content, "alku.xlsx", library, given)
    assert draft.responses.empty
    assert draft.questions[0].waiting


def test_start_and_end_side_by_side_under_one_column_of_names_pair(store: Store, library: Library) -> None:
    name = "w_j1_wide_exact.xlsx"
    opened = open_file((CASES / name).read_bytes(), name)
    given = FileSettings(practice="sisu", name_key=KEY, decisions={"names_as_codes:Taul1:A4": "make_codes"})
    receipt = store.accept(understand(opened, store, library, given)[0])
    assert receipt.accepted == 19
    assert [(pair.timing, pair.matched, pair.forms) for pair in receipt.pairs] == [("end", 8, 8)]


@pytest.fixture
def imported(clean_environment: str, tmp_path: Path, table, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Give a function that imports lists of names by the command line and returns all that was said."""

    def done(name: str, form: str, *rows: Sequence[object]) -> str:
        path, mapping = tmp_path / name, tmp_path / "mapping.json"
        path.write_bytes(table(*rows, sheet="Taul1"))
        mapping.write_text(json.dumps({"decisions": {"names_as_codes:Taul1:A1": "make_codes"}}), encoding="utf-8")
        command = ["import", str(path), "--practice", "sisu", "--cohort", "2026", "--questionnaire", f"client_{form}"]
        main([*command, "--mapping", str(mapping), "--json"])
        told = capsys.readouterr()
        return told.out + told.err

    return done


def test_names_and_key_are_in_nothing_that_leaves_or_is_kept(
    imported: Callable[..., str], clean_environment: str, tmp_path: Path
) -> None:
    told = imported("alku.xlsx", "start", ("Nimi", MOOD), ("Anna Virtanen", 1), ("Qvist Mikko", 2))
    told += imported("loppu.xlsx", "end", ("Nimi", MOOD, USEFUL), ("virtanen anna", 4, 5), ("Mikko Qvist", 4, 4))
    store, path = open_store(clean_environment), key_file(clean_environment)
    assert matched(store) == 2
    assert path is not None
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    key = path.read_text(encoding="ascii")
    copy = open_store(f"duckdb:///{(tmp_path / 'copy.duckdb').as_posix()}")
    store.copy_to(copy)
    left = [store.backup(date(2026, 6, 1)), store.pseudonymous_answers(), *(each.read_bytes() for each in copy.files())]
    left += [each.read_bytes() for each in store.files()]
    everything = told.encode() + b"".join(left)
    for secret in ("Virtanen", "Qvist", "virtanen", key):
        assert secret.encode() not in everything
    assert bytes.fromhex(key) not in everything


def test_a_key_is_made_once_and_a_broken_one_is_refused(clean_environment: str) -> None:
    key = name_key(clean_environment)
    assert name_key(clean_environment) == key
    path = key_file(clean_environment)
    assert path is not None
    path.write_text("half", encoding="ascii")
    with pytest.raises(SettingRefused, match=r"settings\.key_refused"):
        name_key(clean_environment)


def test_a_server_has_its_key_in_the_data_folder_whoever_signs_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    one = key_file("postgresql+psycopg://maija:secret@db.example/evaluation")
    assert one == key_file("postgresql+psycopg://liisa:other@db.example/evaluation")
    assert one != key_file("postgresql+psycopg://maija:secret@db.example/other")
    assert "secret" not in str(one)
    assert key_file("duckdb:///:memory:") is None
