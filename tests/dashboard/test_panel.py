"""The panel of a chart: what it says, what it offers, and the name under which a chart is saved."""

import pytest
from streamlit.testing.v1 import AppTest

from evaluation.dashboard.panel import file_name
from evaluation.i18n import Translator
from tests.dashboard.shown import charts

T = Translator("fi")


def _page() -> None:
    """Show two panels of what five people answered: run by AppTest as a script of its own."""
    import pandas as pd

    from evaluation.dashboard import panel, resources
    from evaluation.exhibits import Exhibit
    from evaluation.measures import Published
    from evaluation.privacy import published as gate

    rows = pd.DataFrame(
        {
            "family": "satisfaction", "measure": "favourable", "practice": "sisu", "municipality": "Lempäälä",
            "cohort": None, "level": "practice", "role": "client", "questionnaire": "client_end",
            "item": ["sat_usefulness", "sat_access"], "dimension": None, "n": [7, None], "value": [5 / 7, None],
            "low": [0.2, None], "high": [0.8, None], "method": "wilson", "dont_know": [0, None],
            "national_theme": None, "favourable": [5, None], "others": None, "fewer": False,
            "suppressed": [False, True], "reason": [None, "few"], "omitted": 0,
        }
    )  # fmt: skip
    published = Published("satisfaction.favourable", rows, 5, gate._SEAL)
    resources.look()
    words = resources.words()
    for key in ("one", "two"):
        title = words.t("charts.favourable_title")
        panel.chart(Exhibit("favourable", title, words, published), key)


@pytest.fixture
def page(clean_environment: str) -> AppTest:
    app = AppTest.from_function(_page, default_timeout=30).run()
    assert not app.exception
    return app


def test_a_panel_says_its_title_and_stands_beside_its_table(page: AppTest) -> None:
    pictures = charts(page)[0]["pictures"]
    assert pictures["title"] == "Viisi seitsemästä vastasi myönteisesti: Toiminta oli hyödyllistä"
    assert pictures["topic"] == T("charts.favourable_title")
    assert [expander.label for expander in page.expander] == [T("dashboard.as_figures")] * 2
    assert not page.dataframe, "a table is made when it is opened"
    page.session_state["one_fold"] = True
    page.run()
    assert T("common.too_few", threshold=5) in page.dataframe[0].value.to_string()


def test_figures_are_offered_as_a_file_beside_their_table(page: AppTest) -> None:
    assert not page.get("download_button")
    page.session_state["two_fold"] = True
    page.run()
    assert [button.label for button in page.get("download_button")] == [T("dashboard.panel_excel")]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Myönteisten vastausten osuus ja 95 %:n väli", "myonteisten-vastausten-osuus-ja-95-n-vali"),
        ("Hämeenkyrö / ../..\\x", "hameenkyro-x"),
        ("A" * 200, "a" * 80),
    ],
)
def test_a_chart_is_saved_under_a_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name(title) == name


def test_a_description_for_those_who_do_not_see_tells_figures_and_what_is_withheld(page: AppTest) -> None:
    described = charts(page)[0]["described"]
    assert "5\N{NO-BREAK SPACE}/\N{NO-BREAK SPACE}7 (20–80" in described
    assert T("common.too_few", threshold=5) in described
