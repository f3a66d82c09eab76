"""REDCap: the event is the timing, the record its participant, options are 0 and 1 in columns of their own."""

import pytest

from evaluation.definitions.columns import ANSWERED_ON, PARTICIPANT
from evaluation.intake.table import LEFT_OUT, RESPONDENT, TIMING
from evaluation.spreadsheets import Sheet


def test_record_is_the_participant_where_its_events_stand_below_one_another(rows, read, told) -> None:
    assert told(read("redcap", rows("redcap"))) == [
        ((0,), PARTICIPANT, "record_id"),
        ((1,), TIMING, "redcap_event_name"),
        ((2,), LEFT_OUT, "redcap_repeat_instrument"),
        ((3,), LEFT_OUT, "redcap_repeat_instance"),
        ((4,), ANSWERED_ON, "kysely_timestamp"),
        ((5,), (), "state_mood"),
        ((6, 7), ("1", "5"), "sat_access"),
        ((8,), LEFT_OUT, "kysely_complete"),
    ]


def test_code_that_is_asked_comes_before_the_number_of_the_record(rows, read) -> None:
    coded = rows("redcap")
    coded[0][5] = "participant"
    assert [field.system for field in read("redcap", coded).fields if 0 in field.columns] == [LEFT_OUT]


def test_record_without_events_is_a_response(rows, read) -> None:
    single = [[row[0], *row[4:]] for row in rows("redcap")]
    assert read("redcap", single).fields[0].system == RESPONDENT


@pytest.mark.parametrize("state", ["0", 0, "Incomplete", "1", 2])
def test_form_with_answers_counts_whatever_its_state(state, rows, read) -> None:
    stated = rows("redcap")[:2]
    stated[1][8] = state
    assert read("redcap", stated).set_aside == ()


@pytest.mark.parametrize(
    ("changes", "aside"),
    [
        # Nothing ticked, nothing answered.
        ({5: None, 6: "0", 7: "0", 8: "0"}, True),
        ({5: None, 6: "0", 7: "1", 8: "0"}, False),
        # A survey that was begun and not sent.
        ({4: "[not completed]", 8: "0"}, True),
        ({4: "[not completed]", 8: "2"}, False),
        # The instrument is not part of this event.
        ({5: None, 6: None, 7: None, 8: None}, False),
    ],
)
def test_form_that_nobody_finished_is_set_aside(changes, aside, rows, read) -> None:
    stated = rows("redcap")[:2]
    for column, cell in changes.items():
        stated[1][column] = cell
    assert read("redcap", stated).set_aside == (((1, "unfinished_row"),) if aside else ())


@pytest.mark.parametrize("other", ["0", "2"])
def test_completeness_is_that_of_the_instrument_of_the_questions(other, rows, read) -> None:
    several = rows("redcap")[:2]
    several[1][5:9] = [None, "0", "0", "0"]
    for row, cells in zip(several, (("puhelin", "yhteystiedot_complete"), ("soita illalla", other)), strict=True):
        row.extend(cells)
    assert read("redcap", several).set_aside == ((1, "unfinished_row"),)


def test_labels_instead_of_names(read, told, recognised) -> None:
    rows = [
        ["Record ID", "Event Name", "Survey Timestamp", "Ilmapiiri oli turvallinen. (choice=Täysin eri mieltä)",
         "Ilmapiiri oli turvallinen. (choice=Täysin samaa mieltä)", "Complete?"],
        ["1", "Start", "2018-03-05 09:04:31", "Unchecked", "Checked", "Complete"],
    ]  # fmt: skip
    assert recognised("redcap", Sheet.of("redcap", rows)).score >= 0.9
    assert told(read("redcap", rows))[3] == (
        (3, 4),
        ("Täysin eri mieltä", "Täysin samaa mieltä"),
        "Ilmapiiri oli turvallinen.",
    )
