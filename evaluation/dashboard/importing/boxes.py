"""Everything else that a worker is asked of a file, in groups: open questions, answers nobody knows, codes, days."""

from typing import Any

from evaluation.charts import Words
from evaluation.dashboard.importing.asking import Shown
from evaluation.dashboard.importing.choices import LATER, NO, NO_ANSWER, YES, AnswerKey, place_key
from evaluation.dashboard.importing.conflicts import differences, place_name
from evaluation.dashboard.importing.painting import timing_of
from evaluation.dashboard.importing.place import form_title
from evaluation.definitions import Scale
from evaluation.intake.outcomes import is_turned, place_of
from evaluation.intake.values.dates import FIRST_YEAR
from evaluation.records import ColumnMatch, Conflict, Draft, OpenQuestion, UnknownAnswer

MOST_ANSWERS, MOST_CONFLICTS, MOST_SHEETS, MOST_HEADER_ROWS = 30, 20, 12, 12
# A longer list of choices is one to open.
MOST_SIDE_BY_SIDE = 7


def boxes_of(shown: Shown) -> list[dict[str, Any]]:
    """Return the groups of what is asked: what rows wait for first."""
    t, asked, two_forms = shown.words.t, shown.asked, _conflicts(shown)
    groups = [
        _group(t.plural("importing.questions_title", len(asked.questions)), "", _questions(shown)),
        _group(t("importing.days_title"), "", _days(shown)),
        _group(t.plural("importing.answers_title", len(asked.answers)), t("importing.answers_text"), _answers(shown)),
        _group(t.plural("dashboard.conflicts_title", len(asked.conflicts)), t("importing.conflicts_text"), two_forms),
        _group(t("dashboard.near_title"), t("importing.near_text"), _codes(shown)),
        _group(t("importing.pairs_title"), "", _pairs(shown)),
        _group(t.plural("dashboard.recalled_title", len(asked.recalled)), "", _recalled(shown), fold=True),
        _group(t("importing.structure_title"), t("importing.structure_text"), _headers(shown), fold=True),
    ]  # fmt: skip
    return [group for group in groups if group["items"]]


def _group(title: str, text: str, items: list[dict[str, Any]], fold: bool = False) -> dict[str, Any]:
    return {"title": title, "text": text, "items": items, "fold": fold}


def _questions(shown: Shown) -> list[dict[str, Any]]:
    return [_question(key, question, shown) for key, question in shown.asked.questions.items()]


def _question(key: str, question: OpenQuestion, shown: Shown) -> dict[str, Any]:
    t = shown.words.t
    decided = shown.choices.said("decision", key) or question.decision
    likeliest = None if decided else question.suggested
    options = [
        [choice.id, _marked(question.choice_text(choice, t), choice.id == likeliest, shown.words)]
        for choice in question.choices
    ]
    return {
        "place": " ".join(part for part in (question.sheet if shown.sheets > 1 else None, question.cell) if part),
        "detail": question.message(t),
        "name": shown.choices.key("decision", key),
        "options": options,
        "value": decided or question.suggested or "",
        "suggested": decided is None and question.suggested is not None,
        "waiting": question.blocking and decided is None,
    }


def _marked(text: str, suggested: bool, words: Words) -> str:
    return words.t("dashboard.suggested", answer=text) if suggested else text


def _days(shown: Shown) -> list[dict[str, Any]]:
    t, asked, choices = shown.words.t, shown.asked, shown.choices
    found: list[dict[str, Any]] = []
    if asked.day:
        day = choices.day()
        found.append(
            {
                "kind": "day",
                "detail": t("dashboard.day_for_all"),
                "name": choices.key("day"),
                "value": day.isoformat() if day else "",
                "min": f"{FIRST_YEAR}-01-01",
                "waiting": day is None,
            }
        )
    if asked.dates is not None:
        said = choices.said("dates")
        options = [
            [order, t(f"dashboard.dates_{order}", day=t.label(asked.dates.values[gap]))]  # type: ignore[arg-type]
            for order, gap in (("dm", "day_first"), ("md", "month_first"))
        ]
        detail = t("dashboard.dates_question", value=asked.dates.value or "")
        found.append(_radio(detail, choices.key("dates"), options, said or "", waiting=said is None))
    if asked.hidden:
        options = [[NO, t("importing.hidden_taken")], [YES, t("dashboard.leave_hidden_out")]]
        now = YES if choices.ticked("hidden") else NO
        found.append(_radio(t("importing.hidden_question"), choices.key("hidden"), options, now))
    return found


def _radio(
    detail: str, name: str, options: list[list[str]], value: str, waiting: bool = False, place: str = ""
) -> dict[str, Any]:
    found = {"place": place, "detail": detail, "name": name, "options": options, "value": value, "waiting": waiting}
    return found | {"suggested": False}


def _pairs(shown: Shown) -> list[dict[str, Any]]:
    """Return sentences that tell how many people have both forms, as things stand."""
    told = [pair.message(shown.words.t) for pair in shown.understood.receipt.pairs]
    return [{"text": text} for text in told if text]


def _headers(shown: Shown) -> list[dict[str, Any]]:
    """Return for each sheet the row in which its headings stand, to be corrected."""
    t, found = shown.words.t, []
    for sheet, rows in header_rows(shown.understood.draft).items():
        said = shown.choices.said("header", sheet)
        value = said or str(min(rows))
        options = [[str(row), t("importing.row", n=row)] for row in range(1, max(MOST_HEADER_ROWS, int(value)) + 1)]
        detail = t("importing.header_row", sheet=sheet)
        found.append(_radio(detail, shown.choices.key("header", sheet), options, value) | {"kind": "select"})
    return found[:MOST_SHEETS]


def header_rows(draft: Draft) -> dict[str, set[int]]:
    """Return the rows (from 1) in which the headings of each sheet stand; turned sheets have none."""
    found: dict[str, set[int]] = {}
    for sheet in dict.fromkeys(match.sheet for match in draft.columns):
        matches = [match for match in draft.columns if match.sheet == sheet]
        if not is_turned(matches):
            found[sheet] = {place_of(match.cell).row + 1 for match in matches}
    return found


def _answers(shown: Shown) -> list[dict[str, Any]]:
    found = [_answer(key, answers, shown) for key, answers in list(shown.asked.answers.items())[:MOST_ANSWERS]]
    left = len(shown.asked.answers) - MOST_ANSWERS
    if left > 0:
        found.append({"text": shown.words.t.plural("importing.more_answers", left)})
    return found


def _answer(key: AnswerKey, answers: tuple[UnknownAnswer, ...], shown: Shown) -> dict[str, Any]:
    words, first = shown.words, answers[0]
    said = shown.choices.said("answer", *key)
    scale = words.library.scales[key[0]]
    nearest = next((each.suggestion for each in answers if each.suggestion is not None), None)
    items = list(dict.fromkeys(words.t.label(words.library.items[each.item].short.root) for each in answers))
    rows = sum(each.rows for each in answers)
    match = next((each for each in shown.understood.draft.columns if _same_column(each, first)), None)
    timing = timing_of(match, shown) if match else ""
    where = [", ".join([*items[:2], *([timing] if timing and len(items) == 1 else [])])]
    if len(items) > 2:
        where.append(words.t.plural("importing.more_questions", len(items) - 2))
    if rows > 1:
        where.append(words.t.plural("importing.places", rows))
    options = [
        [code, _marked(_code_name(code, scale, words), code == NO_ANSWER and said is None, words)]
        for code in codes_of(scale, nearest)
    ]
    return {
        "kind": "radio" if len(options) <= MOST_SIDE_BY_SIDE else "select",
        "place": f"{first.cell}: ”{first.original}”",
        "detail": " · ".join(where),
        "name": shown.choices.key("answer", *key),
        "options": options,
        "value": said or NO_ANSWER,
        "suggested": said is None,
    }


def _same_column(match: ColumnMatch, answer: UnknownAnswer) -> bool:
    here, there = place_of(match.cell), place_of(answer.cell)
    return (match.sheet, match.target) == (answer.sheet, answer.item) and here.column == there.column


def codes_of(scale: Scale, nearest: int | None) -> tuple[str, ...]:
    """Return what an answer may mean as texts: none first, then the nearest code, then the others."""
    codes = [answer.code for answer in scale.answers]
    first = [nearest] if nearest in codes else []
    return (NO_ANSWER, *map(str, dict.fromkeys([*first, *codes])))


def _code_name(code: str, scale: Scale, words: Words) -> str:
    if code == NO_ANSWER:
        return words.t("importing.empty")
    label = words.t.label(scale.answer(int(code)).label.root)
    outside = int(code) in scale.outside_codes
    return label if outside or label == code else f"{code} {label}"


def _conflicts(shown: Shown) -> list[dict[str, Any]]:
    found = [_conflict(key, each, shown) for key, each in list(shown.asked.conflicts.items())[:MOST_CONFLICTS]]
    left = len(shown.asked.conflicts) - MOST_CONFLICTS
    if left > 0:
        found.append({"text": shown.words.t("dashboard.more_conflicts", n=shown.words.t.number(left))})
    return found


def _conflict(key: str, conflict: Conflict, shown: Shown) -> dict[str, Any]:
    words = shown.words
    names = [place_name(form, words) for form in conflict.forms]
    told = [differences(conflict, number, words) for number in range(len(conflict.forms))]
    rows = [[question, *(side[at][1] for side in told)] for at, (question, _) in enumerate(told[0])]
    if any(form.answered_on for form in conflict.forms):
        days = [words.t.date(form.answered_on) if form.answered_on else "–" for form in conflict.forms]
        rows.insert(0, [words.t("columns.answered_on"), *days])
    options = [[LATER, words.t("dashboard.decide_later")]]
    options += [[place_key(form), name] for form, name in zip(conflict.forms, names, strict=True)]
    said = shown.choices.said("keep", key)
    place = words.t("dashboard.conflict_of", code=conflict.participant)
    found = _radio(form_title(conflict.questionnaire, words), shown.choices.key("keep", key), options, said or LATER)
    return found | {"place": place, "table": {"heads": names, "rows": rows}, "waiting": said in (None, LATER)}


def _codes(shown: Shown) -> list[dict[str, Any]]:
    t, choices = shown.words.t, shown.choices
    found = []
    for code, nearest in shown.asked.near.items():
        options = [[NO, t("importing.different_people")], [YES, t("importing.same_person")]]
        now = YES if choices.ticked("same", code) else NO
        found.append(_radio("", choices.key("same", code), options, now, place=f"{code} – {nearest}"))
    return found


def _recalled(shown: Shown) -> list[dict[str, Any]]:
    words, found = shown.words, []
    for key, codes in shown.asked.recalled.items():
        if key in shown.asked.answers:
            continue
        scale, code = words.library.scales[key[0]], next(iter(codes.values()))
        now = shown.choices.said("answer", *key) or (NO_ANSWER if code is None else str(code))
        options = [[each, _code_name(each, scale, words)] for each in codes_of(scale, None)]
        name = shown.choices.key("answer", *key)
        found.append(_radio("", name, options, now, place=f"”{key[1]}”") | {"kind": "select", "detail": f"”{key[1]}”"})
    return found
