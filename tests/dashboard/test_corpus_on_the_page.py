"""Files of the corpus on the import page: whatever a worker drops and chooses, the page has an answer."""

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from streamlit.testing.v1 import AppTest

from evaluation.dashboard.importing.choices import EVERY_FILE, choice_key
from evaluation.dashboard.importing.workbench import take_over
from evaluation.definitions import Library
from evaluation.intake import FileSettings, draft_of, open_file
from tests.dashboard.shown import workbenches

Table = Callable[..., bytes]
CORPUS = Path(__file__).parents[1] / "corpus" / "files"
EXPECTED = [
    case for path in sorted(CORPUS.parent.glob("expected*.yaml")) for case in yaml.safe_load(path.read_bytes())["files"]
]
# A page takes seconds: of every layout one that is accepted whole and one that is not. All are read without a page.
FILES = sorted(
    {
        (str(case.get("layout")), bool(case.get("rejected") or case.get("waiting"))): case["file"] for case in EXPECTED
    }.values()
)
SCRIPT = "from evaluation.dashboard.navigation import run\nrun('import')"


@pytest.mark.thorough
@pytest.mark.parametrize("name", FILES)
def test_a_file_is_shown_before_and_after_its_practice_is_chosen(clean_environment: str, name: str) -> None:
    app = AppTest.from_string(SCRIPT, default_timeout=60)
    app.run()
    app.file_uploader[0].set_value([(name, (CORPUS / name).read_bytes(), "application/octet-stream")]).run()
    assert not app.exception
    key = choice_key(EVERY_FILE, "place", "practice")
    if any(box.key == key for box in app.selectbox):
        app.selectbox(key=key).set_value("sisu").run()
        assert not app.exception
    for bench in workbenches(app):
        items = [item for group in bench["boxes"] for item in group["items"] if item.get("options")]
        # The last choice is seldom the one that stands there already.
        take_over({item["name"]: item["options"][-1][0] for item in items}, bench["mark"], app.session_state)
    app.run()
    assert not app.exception


def test_a_column_that_nobody_needs_is_left_out_while_the_practice_is_not_known(library: Library) -> None:
    content = (CORPUS / "08_microsoft_forms_sisu.xlsx").read_bytes()
    draft = draft_of(open_file(content, "forms.xlsx"), library, FileSettings())
    left = {match.heading: match for match in draft.columns if match.how == "layout" and match.target is None}
    assert {match.kind for match in left.values()} <= {"left_out", "personal"}
    assert left


def test_a_table_of_which_no_column_is_taken_is_told_and_not_broken_off(library: Library, table: Table) -> None:
    rows = (("Sisu, loppukysely, kevät 2024", None), ("Mieliala", "Osallisuus"), (4, 5), (3, 4), (5, 5))
    draft = draft_of(open_file(table(*rows), "vain_kaksi.xlsx"), library, FileSettings(practice="sisu"))
    assert [match.target for match in draft.columns] == [None, None]
    assert len(draft.responses) + draft.rejected + draft.set_aside == draft.rows
