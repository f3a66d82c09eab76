"""Answers → exports as survey tools make them; written after samples of each tool, without looking at a reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

from evaluation.definitions import Item
from tests.intake.writers import (
    Column,
    Person,
    Rows,
    Survey,
    Written,
    code_column,
    is_split,
    marked,
    moments,
    options,
    own,
    sheet_rows,
    stamp,
    values,
)

ARRAY = "Mitä mieltä olet seuraavista"


def _single(survey: Survey, item: Item, chance: Random, labels: bool, named: str | tuple[str, ...]) -> Column:
    heading = (named,) if isinstance(named, str) else named
    return Column(heading, values(survey, item, chance, labels))


def shuffled(survey: Survey, chance: Random) -> list[Item]:
    """Return the questions in an order of the form's own."""
    return chance.sample(survey.questions, len(survey.questions))


def with_code(survey: Survey, chance: Random) -> list[Column]:
    """Return the participant's column, if the form asks a code."""
    if survey.form.participant_code == "none":
        return []
    return [
        code_column(survey, chance.choice(("Tunniste", "Osallistujan tunniste", "Deltagarkod", "Participant code")))
    ]


def microsoft_forms(survey: Survey, chance: Random, text: bool) -> Rows:
    """Return an export of Microsoft Forms; in a text file moments are written in the American way."""
    pattern = "%m/%d/%y %H:%M:%S" if text else None
    columns = [
        own(survey, chance.choice(("ID", "Id")), lambda number, _: number),
        moments(survey, "Start time", 3, pattern),
        moments(survey, "Completion time", 9, pattern),
        own(survey, "Email", lambda *_: "anonymous"),
        own(survey, "Name", lambda *_: None),
        *with_code(survey, chance),
    ]
    labels = chance.random() < 0.7
    columns += [_single(survey, item, chance, labels, item.text[survey.language]) for item in shuffled(survey, chance)]
    return sheet_rows(columns, chance)


def google_forms(survey: Survey, chance: Random, text: bool) -> Rows:
    """Return the sheet that a Google form fills; statements stand as rows of a grid or alone."""
    stamps = chance.choice(("Timestamp", "Aikaleima", "Tidstämpel", "Časová značka"))
    columns = [moments(survey, stamps, pattern="%d.%m.%Y klo %H.%M.%S" if text else None), *with_code(survey, chance)]
    labels, grid = chance.random() < 0.6, chance.random() < 0.5
    for item in shuffled(survey, chance):
        question = item.text[survey.language]
        named = f"{ARRAY} [{question}]" if grid and item.kind == "scale" else question
        columns.append(_single(survey, item, chance, labels, named))
    return sheet_rows(columns, chance)


def limesurvey(survey: Survey, chance: Random, text: bool) -> Rows:
    """Return an export of LimeSurvey with headings of codes, of texts, or of both."""
    style = chance.choice(("codes", "texts", "both"))
    names = {
        "id": "Response ID", "submitdate": "Date submitted", "lastpage": "Last page",
        "startlanguage": "Start language", "seed": "Seed", "startdate": "Date started",
    }  # fmt: skip

    def named(code: str, words: str) -> str:
        return {"codes": code, "texts": words, "both": f"{code}. {words}"}[style]

    def system_column(code: str, say: Callable[[int, Person], object]) -> Column:
        return own(survey, named(code, names[code]), say)

    columns = [
        system_column("id", lambda number, _: number),
        system_column("submitdate", lambda number, person: f"{stamp(person, number):%Y-%m-%d %H:%M:%S}"),
        system_column("lastpage", lambda *_: 3),
        system_column("startlanguage", lambda *_: survey.language),
        system_column("seed", lambda number, _: 70011 * number),
        system_column("startdate", lambda number, person: f"{stamp(person, number, 2):%Y-%m-%d %H:%M:%S}"),
    ]
    if survey.form.participant_code != "none":
        columns.append(code_column(survey, named("participant", "Tunniste")))
    labels = chance.random() < 0.6
    for item in shuffled(survey, chance):
        question = item.text[survey.language]
        if style != "codes" and is_split(survey, item, chance):
            yes, no = chance.choice((("Y", None), ("Yes", "No"), (1, 0), ("Kyllä", "Ei")))
            columns += [
                Column(
                    (named(f"{item.id}[SQ{code:03}]", f"{question} [{label}]"),), marked(survey, item, code, yes, no)
                )
                for code, label in options(survey, item)
            ]
        elif style != "codes" and item.kind == "scale" and chance.random() < 0.4:
            columns.append(_single(survey, item, chance, labels, named(f"G1[{item.id}]", f"{ARRAY} [{question}]")))
        else:
            columns.append(_single(survey, item, chance, labels, named(item.id, question)))
    return sheet_rows(columns, chance)


def kobotoolbox(survey: Survey, chance: Random, text: bool) -> Rows:
    """Return an export of KoboToolbox, of labels or of names, with groups or without, options as 0 and 1."""
    labelled = chance.random() < 0.5
    group = chance.choice(("", "", "Kysymykset/" if labelled else "ryhma1/"))
    columns = [
        own(survey, name, lambda number, person, at=at: f"{stamp(person, number, at):%Y-%m-%dT%H:%M:%S}.112+03:00")
        for name, at in (("start", 2), ("end", 7))
    ]
    if survey.form.participant_code != "none":
        columns.append(code_column(survey, group + ("Tunniste" if labelled else "participant")))
    for item in shuffled(survey, chance):
        question = group + (item.text[survey.language] if labelled else item.id)
        columns.append(_single(survey, item, chance, labelled, question))
        if is_split(survey, item, chance):
            columns += [
                Column((f"{question}/{label if labelled else code}",), marked(survey, item, code, 1, 0))
                for code, label in options(survey, item)
            ]
    columns += [
        own(survey, "_id", lambda number, _: 880000 + number),
        own(survey, "_uuid", lambda number, _: f"0b7c-{number:04d}"),
        own(survey, "_submission_time", lambda number, person: f"{stamp(person, number, 30):%Y-%m-%dT%H:%M:%S}"),
        *(own(survey, name, lambda *_: None) for name in ("_validation_status", "_notes", "_tags")),
        own(survey, "_index", lambda number, _: number),
    ]
    return sheet_rows(columns, chance)


def surveymonkey(survey: Survey, chance: Random, text: bool) -> Rows:
    """Return an export of SurveyMonkey: two header rows, a question over the first of its columns only."""
    pattern = chance.choice(("%Y-%m-%d %H:%M:%S", None)) if not text else "%Y-%m-%d %H:%M:%S"
    columns = [
        own(survey, "Respondent ID", lambda number, _: 10970000000 + number),
        own(survey, "Collector ID", lambda *_: 215331770),
        moments(survey, "Start Date", 2, pattern),
        moments(survey, "End Date", 8, pattern),
        *(
            own(survey, name, lambda *_: None)
            for name in ("IP Address", "Email Address", "First Name", "Custom Data 1")
        ),
        *(replace(column, heading=(*column.heading, "Open-Ended Response")) for column in with_code(survey, chance)),
    ]
    labels = chance.random() < 0.6
    alone, grid = [], []
    for item in shuffled(survey, chance):
        question = item.text[survey.language]
        if is_split(survey, item, chance):
            for place, (code, label) in enumerate(options(survey, item)):
                alone.append(Column(("" if place else question, label), marked(survey, item, code, label)))
        elif item.kind == "scale" and chance.random() < 0.5:
            grid.append(_single(survey, item, chance, labels, ("" if grid else ARRAY, question)))
        else:
            below = "Open-Ended Response" if item.kind == "text" else "Response"
            alone.append(_single(survey, item, chance, labels, (question, below)))
    return sheet_rows([*columns, *alone, *grid], chance, lines=2)


def redcap_columns(survey: Survey, item: Item, chance: Random, split: bool) -> list[Column]:
    """Return the columns of one variable of REDCap: codes, or a checkbox for each option."""
    if not split:
        return [_single(survey, item, chance, False, item.id)]
    return [Column((f"{item.id}___{code}",), marked(survey, item, code, 1, 0)) for code, _ in options(survey, item)]


def typeform(survey: Survey, chance: Random, text: bool) -> Rows:
    """Return an export of Typeform: "#" first, the stamps last, HTML in some headings."""
    labels = chance.random() < 0.6
    questions = [
        _single(
            survey,
            item,
            chance,
            labels,
            chance.choice(("{}", "<strong>{}</strong>")).format(item.text[survey.language]),
        )
        for item in shuffled(survey, chance)
    ]
    stamps = "%Y-%m-%d %H:%M:%S"
    columns = [
        own(survey, "#", lambda number, _: f"9f{number:030x}"),
        *with_code(survey, chance),
        *questions,
        moments(survey, "Start Date (UTC)", 2, stamps),
        moments(survey, "Submit Date (UTC)", 8, stamps),
        own(survey, "Network ID", lambda number, _: f"5ec{number:07x}"),
    ]
    return sheet_rows(columns, chance)


def jotform(survey: Survey, chance: Random, text: bool) -> Rows:
    """Return an export of JotForm: a matrix as "Title >> Row", or as a column for each row and option."""
    columns = [
        own(survey, "Submission Date", lambda number, person: f"{stamp(person, number):%Y-%m-%d %H:%M:%S}"),
        *with_code(survey, chance),
    ]
    labels = chance.random() < 0.6
    for item in shuffled(survey, chance):
        question = item.text[survey.language]
        if is_split(survey, item, chance):
            columns += [
                Column((f"{ARRAY} >> {question} >> {label}",), marked(survey, item, code, label))
                for code, label in options(survey, item)
            ]
        elif item.kind == "scale" and chance.random() < 0.4:
            columns.append(_single(survey, item, chance, labels, f"{ARRAY} >> {question}"))
        else:
            columns.append(_single(survey, item, chance, labels, question))
    columns.append(own(survey, "Submission ID", lambda number, _: 5650000000000 + number))
    return sheet_rows(columns, chance)


Export = Callable[[Survey, Random, bool], Rows]
EXPORTS: Mapping[str, Export] = {
    "microsoft_forms": microsoft_forms,
    "google_forms": google_forms,
    "limesurvey": limesurvey,
    "kobotoolbox": kobotoolbox,
    "surveymonkey": surveymonkey,
    "typeform": typeform,
    "jotform": jotform,
}


def qualtrics(survey: Survey, chance: Random, text: bool) -> Written:
    """Return an export of Qualtrics: codes, texts and in a text file ImportIds; previews stand among the answers."""
    columns: list[Column] = []

    def add(code: str, words: str, cells: Sequence[object]) -> None:
        columns.append(Column((code, words, f'{{"ImportId":"{code}"}}'), tuple(cells)))

    pattern = "%Y-%m-%d %H:%M:%S" if text else None
    statuses = [chance.choice(("IP Address", "IP Address", "Survey Preview", "Spam")) for _ in survey.people]
    for code, words, minute in (("StartDate", "Start Date", 2), ("EndDate", "End Date", 8)):
        add(code, words, moments(survey, code, minute, pattern).cells)
    add("Status", "Response Type", statuses)
    add("Progress", "Progress", [100] * len(statuses))
    add("Finished", "Finished", ["True"] * len(statuses))
    add("RecordedDate", "Recorded Date", moments(survey, "", 9, pattern).cells)
    add("ResponseId", "Response ID", [f"R_{number:015d}" for number in range(len(statuses))])
    if survey.form.participant_code != "none":
        add("Q0", "Tunniste", [person.participant for person in survey.people])
    labels = chance.random() < 0.6
    for number, item in enumerate(shuffled(survey, chance), 1):
        question = item.text[survey.language]
        if is_split(survey, item, chance):
            for place, (code, label) in enumerate(options(survey, item), 1):
                add(f"Q{number}_{place}", f"{question} - {label}", marked(survey, item, code, label))
        else:
            add(f"Q{number}", question, values(survey, item, chance, labels))
    forms = [
        (survey, person) if status == "IP Address" else None
        for status, person in zip(statuses, survey.people, strict=True)
    ]
    return Written((("Sheet0", sheet_rows(columns, chance, lines=3 if text else 2)),), tuple(forms))


def redcap(surveys: Sequence[Survey], chance: Random) -> Written:
    """Return a long export of REDCap: a row for each event of a record, the event is the timing of the form."""
    items = list({item.id: item for survey in surveys for item in survey.questions}.values())
    splits = {item.id: all(is_split(survey, item, chance) for survey in surveys) for item in items}
    events = {"start": "alku_arm_1", "end": "loppu_arm_1", "follow_up": "seuranta_arm_1"}
    everyone = [(survey, person) for survey in surveys for person in survey.people]
    chance.shuffle(everyone)
    rows: Rows = []
    for number, (survey, person) in enumerate(everyone, 1):
        alone = replace(survey, people=(person,))
        columns = [own(alone, "record_id", lambda *_, number=number: number)]
        columns.append(own(alone, "redcap_event_name", lambda *_, survey=survey: events[survey.form.timing]))
        columns.append(code_column(alone, "participant"))
        columns.append(moments(alone, "kysely_timestamp", pattern="%Y-%m-%d %H:%M:%S"))
        for item in items:
            columns += redcap_columns(alone, item, chance, splits[item.id])
        columns.append(own(alone, "kysely_complete", lambda *_: 2))
        rows += [[column.heading[0] for column in columns]] if number == 1 else []
        rows.append([column.cells[0] for column in columns])
    return Written((("data", rows),), tuple(everyone))
