"""Make exports as LimeSurvey and KoboToolbox give them (11, 12)."""

from make_forms import comma_separated
from office import convert, save_written
from raw_xlsx import Book, Raw, raw_bytes, save_raw
from wording import FOLDER, asked, label, labels, text, texts

LIME_SYSTEM = ["id", "submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp"]
LIME_WORDS = [
    "Response ID",
    "Date submitted",
    "Last page",
    "Start language",
    "Seed",
    "Date started",
    "Date last action",
]
KOBO_SYSTEM = [
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "_index",
]


def lime_system(number: int, day: str, finished: bool = True) -> list[object]:
    """Return what LimeSurvey says of one response; one that was not finished has no day of submission."""
    sent = f"{day} 13:0{number}:10" if finished else ""
    return [
        str(number),
        sent,
        "3" if finished else "1",
        "fi",
        str(70011 * number),
        f"{day} 12:50:00",
        f"{day} 13:00:00",
    ]


def lime_codes() -> None:
    """Headings are the codes of questions (arrays as state[mood]), answers numbers as text; one was left unfinished."""
    state, sat = asked("ylojarvi_group", "client_start"), ["sat_access", "sat_arrangements", "sat_encounter"]
    sat += ["sat_influence", "sat_usefulness", "sat_group"]
    names = [f"state[{item.removeprefix('state_')}]" for item in state]
    names += [f"sat[{item.removeprefix('sat_')}]" for item in sat]
    people = [
        ("Y1", [2, 3, 4, 5, 4, 5, 4, 5, 5], 9, True),
        ("Y2", [4, 2, 3, 4, 4, 4, 3, 4, 4], 8, True),
        ("Y3", [1, 4, "", "", "", "", "", "", ""], "", False),
        ("Y4", [5, 1, 2, 2, 3, 3, 2, 3, 3], 5, True),
    ]
    rows: list[list[object]] = [[*LIME_SYSTEM, "participant", *names, "recommend"]]
    for number, (code, answers, score, finished) in enumerate(people, 1):
        rows.append([*lime_system(number, "2018-05-30", finished), code, *map(str, answers), str(score)])
    save_raw(FOLDER / "11_limesurvey_codes.xlsx", Book([Raw("survey_4711", rows)], shared=False))


def lime_texts() -> None:
    """Headings are the questions, arrays as "Stem [Row]"; answers are words."""
    items = asked("lape", "family_feedback")
    heads = [f"Mitä mieltä olette? [{text(item)}]" if place < 5 else text(item) for place, item in enumerate(items)]
    people = [
        [5, 5, 4, 5, 5, 4, 5, 10, "Sama työntekijä koko ajan", ""],
        [4, 3, 3, 4, 4, 3, 4, 8, "", "Koulu mukaan aiemmin"],
        [2, 2, 1, 3, 98, 3, 2, 4, "", ""],
    ]
    rows: list[list[object]] = [[*LIME_WORDS, "Kunta", *heads]]
    for number, answers in enumerate(people, 1):
        place = "Kihniö" if number == 2 else "Parkano"
        rows.append([*lime_system(number, "2018-06-11"), place, *labels(items, answers)])
    save_written("11_limesurvey_texts.xlsx", ("results-survey", rows))


def lime_both() -> None:
    """Headings are "code. text" in a CSV; yes and no are Y and N."""
    items = asked("neuvonta", "visit_feedback")
    heads = [f"q{place:02d}. {text(item)}" for place, item in enumerate(items, 1)]
    people = [
        [5, 5, 5, 5, 4, 4, "Y", "Nopea apu"],
        [4, 4, 5, 3, 3, 3, "N", ""],
        [3, 98, 4, 4, 3, 4, "N", "Pitkä jono, mutta ystävällistä"],
    ]
    rows: list[list[object]] = [
        [f"{code}. {words}" for code, words in zip(LIME_SYSTEM, LIME_WORDS, strict=True)] + heads
    ]
    for number, answers in enumerate(people, 1):
        rows.append([*lime_system(number, "2018-09-26"), *labels(items, answers)])
    (FOLDER / "11_limesurvey_both.csv").write_bytes(comma_separated(rows).encode("utf-8"))


def kobo_system(number: int, moment: str) -> list[object]:
    """Return what KoboToolbox says of one submission."""
    return [880000 + number, f"0b7c-{number:04d}", moment, None, None, "submitted_via_web", None, "vKq3", None, number]


def kobo_names() -> None:
    """Names instead of words, questions in groups (a slash), times with a zone; LibreOffice saved it."""
    items = asked("kostiakeskus", "client_start")
    people = [("K1", [2, 4, 2, 3]), ("K2", [3, 3, 2, 2]), ("K3", [4, 2, 98, 4])]
    heads = ["start", "end", "taustat/participant", "taustat/answered_on", *(f"tilanne/{item}" for item in items)]
    rows: list[list[object]] = [[*heads, *KOBO_SYSTEM]]
    for number, (code, answers) in enumerate(people, 1):
        day = f"2018-09-0{number}"
        began, ended = f"{day}T09:10:10.112+03:00", f"{day}T09:14:02.900+03:00"
        rows.append([began, ended, code, day, *map(str, answers), *kobo_system(number, f"{day}T06:14:12")])
    content = raw_bytes(Book([Raw("aAbBcC", rows, dimension=f"A1:R{len(rows)}")], shared=False))
    convert(content, ".xlsx", FOLDER / "12_kobo_names_kostia.xlsx")


def kobo_labels() -> None:
    """Words; one question was made a choice of many, so it has a joined column and one of 0 and 1 an option."""
    items = asked("passeli", "visit_feedback")
    first, codes = items[0], [1, 2, 3, 4, 5]
    people = [
        ("2018-11-06", [[5], 5, 5, 4, 4, 4, 1, "Ruokakassi oli iso apu"]),
        ("2018-11-06", [[4], 4, 5, 5, 3, 4, 0, None]),
        ("2018-11-13", [[1, 5], 5, 5, 5, 4, 4, 0, None]),
        ("2018-11-13", [[3], 4, 4, 3, 3, 3, 0, None]),
    ]
    heads: list[object] = ["start", "end", "Päivä", text(first)]
    heads += [f"{text(first)}/{label(first, code)}" for code in codes] + texts(items[1:])
    rows: list[list[object]] = [[*heads, *KOBO_SYSTEM]]
    for number, (day, (chosen, *answers)) in enumerate(people, 1):
        joined = " ".join(label(first, code) for code in chosen)
        ticks = [int(code in chosen) for code in codes]
        row = [f"{day}T12:00:00.000+02:00", f"{day}T12:03:00.000+02:00", day, joined, *ticks]
        rows.append([*row, *labels(items[1:], answers), *kobo_system(number, f"{day}T10:03:05")])
    save_raw(
        FOLDER / "12_kobo_labels_passeli.xlsx", Book([Raw("Passeli käyntipalaute 2018 - la...", rows)], shared=False)
    )


if __name__ == "__main__":
    for make in (lime_codes, lime_texts, lime_both, kobo_names, kobo_labels):
        make()
