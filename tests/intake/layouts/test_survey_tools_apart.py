"""An export is recognised by the layout of the tool that made it, and by no other."""

import pytest

from evaluation.intake.layouts import plain_table
from evaluation.intake.table import Table
from evaluation.spreadsheets import Sheet

TOOLS = (
    "microsoft_forms",
    "google_forms",
    "webropol",
    "limesurvey",
    "kobotoolbox",
    "surveymonkey",
    "qualtrics",
    "redcap",
    "typeform",
    "jotform",
)


@pytest.mark.parametrize("tool", TOOLS)
def test_export_is_recognised_by_the_layout_of_its_tool(tool: str, samples, recognised, known) -> None:
    scores = {layout: recognised(layout, samples[tool]).score for layout in TOOLS}
    assert max(scores, key=scores.__getitem__) == tool
    assert scores.pop(tool) >= (0.75 if tool == "webropol" else 0.9)
    assert max(scores.values()) <= 0.4
    assert plain_table.recognise(samples[tool], known).score < recognised(tool, samples[tool]).score


@pytest.mark.parametrize("tool", TOOLS)
def test_every_column_of_an_export_stands_in_one_field_and_every_row_once(tool: str, samples, recognised) -> None:
    (table,) = recognised(tool, samples[tool]).tables
    assert isinstance(table, Table)
    columns = [column for field in table.fields for column in field.columns]
    assert sorted(columns) == list(range(samples[tool].width))
    rows = [*table.rows.tolist(), *(row for row, _ in table.set_aside)]
    assert sorted(rows) == list(range(table.header + 1, samples[tool].height))


@pytest.mark.parametrize("tool", TOOLS)
def test_title_rows_above_an_export_are_kept_as_titles(tool: str, rows, recognised) -> None:
    sheet = Sheet.of("Taul1", [["Sisu, kevät 2018"], [None], *rows(tool)])
    (table,) = recognised(tool, sheet).tables
    assert table.titles == ((0, 0, "Sisu, kevät 2018"),)
    columns = [column for field in table.fields for column in field.columns]
    assert sorted(columns) == list(range(sheet.width))


@pytest.mark.parametrize("tool", TOOLS)
def test_column_without_a_heading_is_not_lost(tool: str, rows, read) -> None:
    longer = rows(tool)
    longer[-1].append("lisätty käsin")
    table = read(tool, longer)
    assert any(field.columns == (len(longer[-1]) - 1,) and field.system is None for field in table.fields)


@pytest.mark.parametrize("tool", TOOLS)
def test_header_repeated_among_the_answers_is_set_aside(tool: str, rows, read) -> None:
    pasted = rows(tool)
    pasted += [pasted[0], pasted[-1]]
    assert (len(pasted) - 2, "repeated_header") in read(tool, pasted).set_aside


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize(
    "sheet",
    [
        Sheet.of("tyhjä", []),
        Sheet.of("Taul1", [["Tunniste", "Pvm", "Toiminta oli minulle hyödyllistä."], ["A1", "5.3.2018", 4]]),
        Sheet.of("Taul1", [["Ohje"], ["Täytä yksi rivi vastaajaa kohti."]]),
        Sheet.of("Taul1", [["Kysymys", 1, 2, 3, 4, 5], ["Ilmapiiri oli turvallinen.", 0, 1, 2, 3, 4]]),
    ],
    ids=["empty", "by hand", "instructions", "counted"],
)
def test_what_no_tool_made_is_recognised_by_none(tool: str, sheet: Sheet, recognised) -> None:
    assert (recognised(tool, sheet).score, recognised(tool, sheet).tables) == (0.0, ())
