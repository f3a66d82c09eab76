"""All other questions to the worker about a file, in groups: open questions, answers nobody knows, codes, days."""

from typing import Any

from evaluation.dashboard.importing.choices import LATER, NO, NO_ANSWER, YES, AnswerKey, place_key
from evaluation.dashboard.importing.file_view import FileView
from evaluation.dashboard.importing.place_row import form_title
from evaluation.dashboard.importing.sheet_view import timing_of
from evaluation.definitions import Scale
from evaluation.definitions.columns import SESSION_ITEM
from evaluation.findings import Words
from evaluation.intake.outcomes import is_turned, place_of
from evaluation.intake.values.dates import FIRST_YEAR
from evaluation.records import ColumnMatch, Conflict, Draft, FormPlace, OpenQuestion, UnknownAnswer

MOST_ANSWERS, MOST_CONFLICTS, MOST_SHEETS, MOST_HEADER_ROWS = 30, 20, 12, 12
MOST_DIFFERENCES = 12
SESSION = "session_"
# A longer list of choices is one to open.
MOST_SIDE_BY_SIDE = 7


def question_groups(view: FileView) -> list[dict[str, Any]]:
    """Return the groups of questions: what rows wait for first."""
    t, queries, two_forms = view.words.t, view.queries, _conflicts(view)
    groups = [
        _group(t.plural("importing.questions_title", len(queries.questions)), "", _questions(view)),
        _group(t("importing.days_title"), "", _days(view)),
        _group(t.plural("importing.answers_title", len(queries.answers)), t("importing.answers_text"), _answers(view)),
        _group(t.plural("dashboard.conflicts_title", len(queries.conflicts)), t("importing.conflicts_text"), two_forms),
        _group(t("dashboard.near_title"), t("importing.near_text"), _codes(view)),
        _group(t("importing.pairs_title"), "", _pairs(view)),
        _group(t.plural("dashboard.recalled_title", len(queries.recalled)), "", _recalled(view), fold=True),
        _group(t("importing.structure_title"), t("importing.structure_text"), _headers(view), fold=True),
    ]  # fmt: skip
    return [group for group in groups if group["items"]]


def _group(title: str, text: str, items: list[dict[str, Any]], fold: bool = False) -> dict[str, Any]:
    return {"title": title, "text": text, "items": items, "fold": fold}


def _questions(view: FileView) -> list[dict[str, Any]]:
    return [_question(key, question, view) for key, question in view.queries.questions.items()]


def _question(key: str, question: OpenQuestion, view: FileView) -> dict[str, Any]:
    t = view.words.t
    decided = view.choices.value("decision", key) or question.decision
    likeliest = None if decided else question.suggested
    options = [
        [choice.id, _marked(question.choice_text(choice, t), choice.id == likeliest, view.words)]
        for choice in question.choices
    ]
    return {
        "place": " ".join(part for part in (question.sheet if view.sheets > 1 else None, question.cell) if part),
        "detail": question.message(t),
        "name": view.choices.key("decision", key),
        "options": options,
        "value": decided or question.suggested or "",
        "suggested": decided is None and question.suggested is not None,
        "waiting": question.blocking and decided is None,
    }


def _marked(text: str, suggested: bool, words: Words) -> str:
    return words.t("dashboard.suggested", answer=text) if suggested else text


def _days(view: FileView) -> list[dict[str, Any]]:
    t, queries, choices = view.words.t, view.queries, view.choices
    items: list[dict[str, Any]] = []
    if queries.day:
        day = choices.day()
        items.append(
            {
                "kind": "day",
                "detail": t("dashboard.day_for_all"),
                "name": choices.key("day"),
                "value": day.isoformat() if day else "",
                "min": f"{FIRST_YEAR}-01-01",
                "waiting": day is None,
            }
        )
    if queries.dates is not None:
        order_chosen = choices.value("dates")
        options = [
            [order, t(f"dashboard.dates_{order}", day=t.label(queries.dates.values[gap]))]  # type: ignore[arg-type]
            for order, gap in (("dm", "day_first"), ("md", "month_first"))
        ]
        detail = t("dashboard.dates_question", value=queries.dates.value or "")
        items.append(_radio(detail, choices.key("dates"), options, order_chosen or "", waiting=order_chosen is None))
    if queries.hidden:
        options = [[NO, t("importing.hidden_taken")], [YES, t("dashboard.leave_hidden_out")]]
        now = YES if choices.ticked("hidden") else NO
        items.append(_radio(t("importing.hidden_question"), choices.key("hidden"), options, now))
    return items


def _radio(
    detail: str, name: str, options: list[list[str]], value: str, waiting: bool = False, place: str = ""
) -> dict[str, Any]:
    control = {"place": place, "detail": detail, "name": name, "options": options, "value": value, "waiting": waiting}
    return control | {"suggested": False}


def _pairs(view: FileView) -> list[dict[str, Any]]:
    """Return sentences that tell how many people have both forms, as things stand."""
    sentences = [pair.message(view.words.t) for pair in view.understood.receipt.pairs]
    return [{"text": text} for text in sentences if text]


def _headers(view: FileView) -> list[dict[str, Any]]:
    """Return for every sheet the row in which its headings stand, to be corrected."""
    t, controls = view.words.t, []
    for sheet, rows in header_rows(view.understood.draft).items():
        choice = view.choices.value("header", sheet)
        value = choice or str(min(rows))
        options = [[str(row), t("importing.row", n=row)] for row in range(1, max(MOST_HEADER_ROWS, int(value)) + 1)]
        detail = t("importing.header_row", sheet=sheet)
        controls.append(_radio(detail, view.choices.key("header", sheet), options, value) | {"kind": "select"})
    return controls[:MOST_SHEETS]


def header_rows(draft: Draft) -> dict[str, set[int]]:
    """Return by sheet the rows (from 1) in which its headings stand; turned sheets have none."""
    rows_by_sheet: dict[str, set[int]] = {}
    for sheet in dict.fromkeys(match.sheet for match in draft.columns):
        matches = [match for match in draft.columns if match.sheet == sheet]
        if not is_turned(matches):
            rows_by_sheet[sheet] = {place_of(match.cell).row + 1 for match in matches}
    return rows_by_sheet


def _answers(view: FileView) -> list[dict[str, Any]]:
    items = [_answer(key, answers, view) for key, answers in list(view.queries.answers.items())[:MOST_ANSWERS]]
    left = len(view.queries.answers) - MOST_ANSWERS
    if left > 0:
        items.append({"text": view.words.t.plural("importing.more_answers", left)})
    return items


def _answer(key: AnswerKey, answers: tuple[UnknownAnswer, ...], view: FileView) -> dict[str, Any]:
    words, first = view.words, answers[0]
    choice = view.choices.value("answer", *key)
    scale = words.library.answer_scales[key[0]]
    nearest = next((answer.suggestion for answer in answers if answer.suggestion is not None), None)
    items = list(dict.fromkeys(words.t.label(words.library.items[answer.item].short.root) for answer in answers))
    rows = sum(answer.rows for answer in answers)
    match = next((column for column in view.understood.draft.columns if _same_column(column, first)), None)
    timing = timing_of(match, view) if match else ""
    where = [", ".join([*items[:2], *([timing] if timing and len(items) == 1 else [])])]
    if len(items) > 2:
        where.append(words.t.plural("importing.more_questions", len(items) - 2))
    if rows > 1:
        where.append(words.t.plural("importing.places", rows))
    options = [
        [code, _marked(_code_name(code, scale, words), code == NO_ANSWER and choice is None, words)]
        for code in codes_of(scale, nearest)
    ]
    return {
        "kind": "radio" if len(options) <= MOST_SIDE_BY_SIDE else "select",
        "place": f"{first.cell}: ”{first.original}”",
        "detail": " · ".join(where),
        "name": view.choices.key("answer", *key),
        "options": options,
        "value": choice or NO_ANSWER,
        "suggested": choice is None,
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
    # The code of an option is nothing but its place.
    bare = outside or label == code or scale.id not in words.library.scales
    return label if bare else f"{code} {label}"


def _conflicts(view: FileView) -> list[dict[str, Any]]:
    items = [_conflict(key, conflict, view) for key, conflict in list(view.queries.conflicts.items())[:MOST_CONFLICTS]]
    left = len(view.queries.conflicts) - MOST_CONFLICTS
    if left > 0:
        items.append({"text": view.words.t("dashboard.more_conflicts", n=view.words.t.number(left))})
    return items


def _conflict(key: str, conflict: Conflict, view: FileView) -> dict[str, Any]:
    words = view.words
    names = [place_name(form, words) for form in conflict.forms]
    sides = [differences(conflict, number, words) for number in range(len(conflict.forms))]
    rows = [[question, *(side[at][1] for side in sides)] for at, (question, _) in enumerate(sides[0])]
    if any(form.answered_on for form in conflict.forms):
        days = [words.t.date(form.answered_on) if form.answered_on else "–" for form in conflict.forms]
        rows.insert(0, [words.t("columns.answered_on"), *days])
    options = [[LATER, words.t("dashboard.decide_later")]]
    options += [[place_key(form), name] for form, name in zip(conflict.forms, names, strict=True)]
    choice = view.choices.value("keep", key)
    place = words.t("dashboard.conflict_of", code=conflict.participant)
    control = _radio(form_title(conflict.questionnaire, words), view.choices.key("keep", key), options, choice or LATER)
    return control | {"place": place, "table": {"heads": names, "rows": rows}, "waiting": choice in (None, LATER)}


def _codes(view: FileView) -> list[dict[str, Any]]:
    t, choices = view.words.t, view.choices
    controls = []
    for code, nearest in view.queries.near.items():
        options = [[NO, t("importing.different_people")], [YES, t("importing.same_person")]]
        now = YES if choices.ticked("same", code) else NO
        controls.append(_radio("", choices.key("same", code), options, now, place=f"{code} – {nearest}"))
    return controls


def _recalled(view: FileView) -> list[dict[str, Any]]:
    words, controls = view.words, []
    for key, codes in view.queries.recalled.items():
        if key in view.queries.answers:
            continue
        scale, code = words.library.answer_scales[key[0]], next(iter(codes.values()))
        now = view.choices.value("answer", *key) or (NO_ANSWER if code is None else str(code))
        options = [[code_text, _code_name(code_text, scale, words)] for code_text in codes_of(scale, None)]
        name = view.choices.key("answer", *key)
        controls.append(
            _radio("", name, options, now, place=f"”{key[1]}”") | {"kind": "select", "detail": f"”{key[1]}”"}
        )
    return controls


def differences(conflict: Conflict, number: int, words: Words) -> list[tuple[str, str]]:
    """Return what the form ``number`` of a conflict says where the forms differ: short questions, answers in words."""
    differing = list(conflict.differing.items())[:MOST_DIFFERENCES]
    return [
        (_question_in_short(item, words), _answer_in_words(item, answers[number], words)) for item, answers in differing
    ]


def _question_in_short(item: str, words: Words) -> str:
    if item.startswith(SESSION):
        return words.t("dashboard.session", n=item.removeprefix(SESSION))
    return words.item(item)


def _answer_in_words(item: str, answer: int | str | None, words: Words) -> str:
    if answer is None:
        return words.t("dashboard.no_answer")
    question = words.library.answered_items[SESSION_ITEM if item.startswith(SESSION) else item]
    if question.kind == "number":
        return words.t.number(int(answer) * question.step, question.decimals)
    return words.answer(question.id, int(answer)) if words.library.scale_of(question) else str(answer)


def place_name(form: FormPlace, words: Words) -> str:
    """Return where a form stands: on a row of this file, or in an earlier import."""
    if form.row is not None:
        return words.t("dashboard.on_row", row=form.row, sheet=form.sheet)
    day = words.t.date(form.imported_on) if form.imported_on else ""
    return words.t("dashboard.stored_before", number=form.import_id, file=form.file, day=day)
