"""What the tests of the layouts share: what the library calls things, and a small export of each survey tool."""

import copy
import datetime
from collections.abc import Callable

import pytest

from evaluation.definitions import Library
from evaluation.intake.known import Known
from evaluation.intake.layouts import (
    google_forms,
    jotform,
    kobotoolbox,
    limesurvey,
    microsoft_forms,
    qualtrics,
    redcap,
    surveymonkey,
    typeform,
    webropol,
)
from evaluation.intake.table import Recognised, Table
from evaluation.spreadsheets import Content, Sheet

Rows = list[list[Content | None]]

EXPORTS = {
    module.NAME: module.recognise
    for module in (
        google_forms,
        jotform,
        kobotoolbox,
        limesurvey,
        microsoft_forms,
        qualtrics,
        redcap,
        surveymonkey,
        typeform,
        webropol,
    )
}

HELPED, EASY, MET = "Sain tästä käynnistä apua.", "Tänne oli helppo tulla.", "Minut kohdattiin ystävällisesti."
OTHER = "Mitä muuta haluat sanoa?"
AGREE, PARTLY, DISAGREE = "Täysin samaa mieltä", "Jokseenkin samaa mieltä", "Täysin eri mieltä"


def _time(day: int, minute: int) -> datetime.datetime:
    return datetime.datetime(2018, 3, day, 9, minute, 31)  # noqa: DTZ001


SAMPLES: dict[str, tuple[str, Rows]] = {
    "microsoft_forms": (
        "Sheet1",
        [
            ["ID", "Start time", "Completion time", "Email", "Name", HELPED, EASY, OTHER],
            [1, _time(5, 1), _time(5, 4), "anonymous", None, AGREE, PARTLY, "Kiitos"],
            [2, _time(6, 11), _time(6, 14), "anonymous", None, DISAGREE, AGREE, None],
        ],
    ),
    "google_forms": (
        "Form responses 1",
        [
            ["Timestamp", f"Arvioi käyntiä [{HELPED}]", f"Arvioi käyntiä [{EASY}]", OTHER],
            [_time(5, 4), AGREE, PARTLY, "Kiitos"],
            [_time(6, 14), DISAGREE, AGREE, None],
        ],
    ),
    "webropol": (
        "Raakadata",
        [
            ["Vastaajan ID", "Vastausaika", "Kieli", "Tila", HELPED, None, None, f"Väittämät: {EASY}", OTHER],
            [None, None, None, None, AGREE, PARTLY, DISAGREE, EASY, None],
            [101, "5.3.2018 9:04", "fi", "Valmis", 1, None, None, 5, "Kiitos"],
            [102, "6.3.2018 9:14", "fi", "Kesken", None, None, 1, 4, None],
        ],
    ),
    "limesurvey": (
        "survey_1",
        [
            ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language",
             "seed. Seed", f"Q1[SQ001]. Arvioi käyntiä [{HELPED}]", f"Q1[SQ002]. Arvioi käyntiä [{EASY}]",
             f"Q2. <b>{OTHER}</b>", "groupTime1. Group time: Käynti"],
            ["1", "2018-03-05 09:04:31", "2", "fi", "11", AGREE, PARTLY, "Kiitos", "30.1"],
            ["2", None, "1", "fi", "12", DISAGREE, None, None, "4.2"],
        ],
    ),
    "kobotoolbox": (
        "Käynnit",
        [
            ["start", "end", "taustat/participant", "palaute/visit_useful", "palaute/visit_access",
             "palaute/visit_heard", "palaute/visit_heard/1", "palaute/visit_heard/5", "_id", "_uuid",
             "_submission_time", "_validation_status", "_notes", "_status", "_index"],
            ["2018-03-05T09:01:31.000+02:00", "2018-03-05T09:04:31.000+02:00", "K1", "5", "4", "5", "0", "1", "7", "u7",
             "2018-03-09T10:00:00", "Approved", None, "submitted_via_web", "1"],
            ["2018-03-06T09:11:31.000+02:00", "2018-03-06T09:14:31.000+02:00", "K2", "1", "5", "1", "1", "0", "8", "u8",
             "2018-03-09T10:00:00", "Not approved", None, "submitted_via_web", "2"],
        ],
    ),
    "surveymonkey": (
        "Sheet",
        [
            ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
             "Last Name", "Custom Data 1", "Mitä mieltä olet?", None, MET, None, None, OTHER],
            [None, None, None, None, None, None, None, None, None, HELPED, EASY, AGREE, PARTLY, DISAGREE,
             "Open-Ended Response"],
            ["1001", "9", _time(5, 1), _time(5, 4), "10.0.0.1", None, None, None, None, AGREE, PARTLY, AGREE, None,
             None, "Kiitos"],
            ["1002", "9", _time(6, 11), _time(6, 14), "10.0.0.2", None, None, None, None, DISAGREE, AGREE, None, None,
             DISAGREE, None],
        ],
    ),
    "qualtrics": (
        "Sheet0",
        [
            ["StartDate", "EndDate", "Status", "IPAddress", "Progress", "Duration (in seconds)", "Finished",
             "RecordedDate", "ResponseId", "Q1_1", "Q1_2", "Q2", "Q1_DO"],
            ["Start Date", "End Date", "Response Type", "IP Address", "Progress", "Duration (in seconds)", "Finished",
             "Recorded Date", "Response ID", f"Arvioi käyntiä - {HELPED}", f"Arvioi käyntiä - {EASY}", OTHER,
             "Arvioi käyntiä - Display Order"],
            *([f'{{"ImportId":"{code}"}}' for code in "abcdefghijklm"],),
            ["2018-03-05 09:01:31", "2018-03-05 09:04:31", "IP Address", "10.0.0.1", "100", "180", "True",
             "2018-03-05 09:04:32", "R_1", AGREE, PARTLY, "Kiitos", "1|2"],
            ["2018-03-06 09:11:31", "2018-03-06 09:14:31", "Survey Preview", None, "100", "180", "True",
             "2018-03-06 09:14:32", "R_2", DISAGREE, AGREE, None, "2|1"],
            ["2018-03-07 09:11:31", "2018-03-07 09:14:31", "Spam", None, "100", "180", "True",
             "2018-03-07 09:14:32", "R_3", AGREE, AGREE, None, "2|1"],
            ["2018-03-08 09:11:31", "2018-03-08 09:14:31", "IP Address", None, "40", "180", "False",
             "2018-03-09 09:14:32", "R_4", AGREE, None, None, "2|1"],
        ],
    ),
    "redcap": (
        "redcap",
        [
            ["record_id", "redcap_event_name", "redcap_repeat_instrument", "redcap_repeat_instance",
             "kysely_timestamp", "state_mood", "sat_access___1", "sat_access___5", "kysely_complete"],
            ["1", "start_arm_1", None, None, "2018-03-05 09:04:31", "2", "0", "1", "2"],
            ["1", "end_arm_1", None, None, "2018-06-05 09:04:31", "4", "1", "0", "2"],
            ["2", "start_arm_1", None, None, "[not completed]", "3", "0", "0", "0"],
        ],
    ),
    "typeform": (
        "Responses",
        [
            ["#", f"<strong>{HELPED}</strong>", EASY, "Lehti", "Kaveri", "Start Date (UTC)", "Submit Date (UTC)",
             "Network ID"],
            ["a1", AGREE, PARTLY, "Lehti", None, "2018-03-05 09:01:31", "2018-03-05 09:04:31", "n1"],
            ["a2", DISAGREE, AGREE, None, "Kaveri", "2018-03-06 09:11:31", "2018-03-06 09:14:31", "n2"],
        ],
    ),
    "jotform": (
        "Worksheet",
        [
            ["Submission Date", *(f"Arvioi käyntiä >> {row} >> {option}" for row in (HELPED, EASY)
                                  for option in (AGREE, PARTLY, DISAGREE)), f"Lopuksi >> {MET}", OTHER],
            ["2018-03-05 09:04:31", "1", None, None, None, "1", None, "5", "Kiitos"],
            ["2018-03-06 09:14:31", None, None, "1", "1", None, None, "4", None],
        ],
    ),
}  # fmt: skip


@pytest.fixture(scope="session")
def known(library: Library) -> Known:
    return Known(library)


@pytest.fixture
def rows() -> Callable[[str], Rows]:
    """Give a function that returns the rows of a tool's sample, to be changed as a test likes."""
    return lambda layout: copy.deepcopy(SAMPLES[layout][1])


@pytest.fixture(scope="session")
def samples() -> dict[str, Sheet]:
    return {layout: Sheet.of(name, rows) for layout, (name, rows) in SAMPLES.items()}


@pytest.fixture(scope="session")
def recognised(known: Known) -> Callable[[str, Sheet], Recognised]:
    return lambda layout, sheet: EXPORTS[layout](sheet, known)


@pytest.fixture
def read(recognised: Callable[[str, Sheet], Recognised]) -> Callable[..., Table]:
    """Give a function that returns the table which a tool's layout finds in rows."""

    def table(layout: str, rows: Rows, name: str | None = None) -> Table:
        actual = recognised(layout, Sheet.of(name or SAMPLES[layout][0], rows)).tables
        assert len(actual) == 1
        assert isinstance(actual[0], Table)
        return actual[0]

    return table


@pytest.fixture
def told() -> Callable[[Table], list[tuple[object, ...]]]:
    """Give a function that says in short what a table's fields are: columns, system or options, best name."""
    return lambda table: [
        (field.columns, field.system or (field.options or ()), field.names[0] if field.names else "")
        for field in table.fields
    ]
