"""Commands about what is stored and published."""

import json

from evaluation.bundled_files import SAMPLE_DATA

ROW_KEYS = {
    "family", "measure", "practice", "municipality", "cohort", "item", "dimension", "n", "value", "low", "high",
    "suppressed",
}  # fmt: skip


def test_measures_are_objects_a_row_and_can_be_narrowed(say) -> None:
    for name in ("sisu_osallistumislista", "sisu_asiakkaan_alkukysely", "sisu_asiakkaan_loppukysely"):
        assert say("import", SAMPLE_DATA / f"{name}.xlsx")[0] == 0
    code, out, _ = say("measures", "--practice", "sisu", "--json")
    rows = json.loads(out)
    assert code == 0
    assert all(row.keys() >= ROW_KEYS for row in rows)
    (completed,) = [row for row in rows if row["measure"] == "completed" and row["level"] == "practice"]
    assert (completed["n"], completed["count"], completed["suppressed"]) == (12, 8, False)
    families = {row["family"] for row in json.loads(say("measures", "--family", "change", "--json")[1])}
    assert families == {"change"}
    assert json.loads(say("measures", "--practice", "gruppis", "--json")[1]) == []
    assert "67%" in say("measures", "--family", "participation", "--lang", "en")[1]


def test_a_misspelt_name_is_told_with_the_nearest(say) -> None:
    code, _, err = say("measures", "--practice", "sissu", "--lang", "en")
    assert code == 2
    assert "sissu" in err
    assert "sisu" in err


def test_another_database_is_chosen_by_its_address(say, sample_database: str) -> None:
    """The sample is loaded there by the command ``sample`` (conftest)."""
    rows = json.loads(say("measures", "--json", "--database", sample_database)[1])
    assert len({row["practice"] for row in rows if row["practice"] and not row["suppressed"]}) == 16
    assert json.loads(say("measures", "--json")[1]) == []


def test_undoing_and_forgetting_warn_where_a_report_has_been_made_since(say, tmp_path) -> None:
    assert say("import", SAMPLE_DATA / "sisu_asiakkaan_loppukysely.xlsx")[0] == 0
    assert "report" not in say("undo", "1", "--lang", "en")[1], "nothing has gone out yet"
    assert say("report", "--practice", "sisu", "-o", tmp_path / "sisu.txt")[0] == 0
    for command in (("undo", "1"), ("forget", "A1")):
        assert "The latest report was made on" in say(*command, "--lang", "en")[1]


def test_an_unknown_import_cannot_be_undone(say) -> None:
    code, _, err = say("undo", "7", "--lang", "en")
    assert code == 2
    assert "7" in err


def test_undo_shows_the_import_and_asks_first(say, answer) -> None:
    assert say("import", SAMPLE_DATA / "sisu_asiakkaan_loppukysely.xlsx")[0] == 0
    answer("ei\n")
    code, out, _ = say("undo", "1")
    assert code == 2
    assert "sisu_asiakkaan_loppukysely.xlsx" in out
    assert len(json.loads(say("imports", "--json")[1])["imports"]) == 1
    answer("kyllä\n")
    assert say("undo", "1")[0] == 0
    assert json.loads(say("imports", "--json")[1])["imports"] == []
