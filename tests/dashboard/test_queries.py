"""What a page asks of the database: nothing twice in one rerun, and nothing but whether answers changed in the next."""

from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, event
from streamlit.testing.v1 import AppTest

pytestmark = pytest.mark.thorough

Statements = list[tuple[str, str]]


@pytest.fixture
def asked() -> Iterator[Statements]:
    found: Statements = []

    def note(connection, cursor, statement, parameters, context, executemany) -> None:
        if "SELECT" in statement:
            found.append((statement, repr(parameters)))

    event.listen(Engine, "before_cursor_execute", note)
    yield found
    event.remove(Engine, "before_cursor_execute", note)


@pytest.mark.parametrize(
    "page",
    ["practice", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("overview", "comparison", "trend"))],
)
def test_a_page_asks_nothing_twice_and_a_choice_asks_for_no_counts(
    monkeypatch: pytest.MonkeyPatch, clean_environment: str, sample_database: str, asked: Statements, page: str
) -> None:
    monkeypatch.setenv("EVALUATION_DATABASE", sample_database)
    app = AppTest.from_string(f"from evaluation.dashboard.navigation import run\nrun({page!r})", default_timeout=60)
    app.query_params["practice"] = "fyrkkaa"
    app.run()
    assert not app.exception
    twice = [each for each, times in Counter(asked).items() if times > 1]
    assert twice == []
    asked.clear()
    app.multiselect(key="w_year").set_value(["2018"]).run()
    assert not app.exception
    assert ["data_version" in statement for statement, _ in asked] == [True]
