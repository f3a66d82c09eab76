"""What becomes of a file in a few figures, and what will be saved of all files in one sentence."""

from collections.abc import Sequence

from evaluation.dashboard.importing.file_view import HOLDING, FileView
from evaluation.dashboard.importing.place_row import form_title
from evaluation.findings import Words
from evaluation.records import Draft

# Questions of a questionnaire that is filled in at one of these times are about one person at that time.
TIMES = ("start", "end", "follow_up", "session", "visit", "once")
REGISTER = "register"


def figures_of(view: FileView) -> list[list[str]]:
    """Return the figures of a file: number, words, and "wait" for what waits for the worker."""
    receipt, draft, t = view.understood.receipt, view.understood.draft, view.words.t
    people = draft.responses["participant"].nunique()
    counts = {
        "people": people,
        "saved": receipt.accepted,
        "duplicates": receipt.duplicates,
        "aside": receipt.set_aside,
        "rejected": receipt.rejected,
    }
    figures = [
        [t.number(n), t.plural(f"importing.figure_{name}", n), ""] for name, n in counts.items() if n or name == "saved"
    ]
    waits = len(view.queries.answers) - sum(
        view.choices.value("answer", *key) is not None for key in view.queries.answers
    )
    questions = len(view.open_questions)
    if questions:
        figures.append(["?", t.plural("importing.questions_wait", questions), "wait"])
    if waits:
        figures.append(["?", t.plural("importing.answers_wait", waits), "wait"])
    return figures


def pending_questions(files: Sequence[FileView], words: Words) -> list[str]:
    """Return what has to be answered before anything is saved, in words."""
    reasons: dict[str, None] = {}
    for view in files:
        for problem in view.understood.draft.problems:
            if problem.code in HOLDING and view.understood.draft.columns:
                reasons[words.t(f"importing.hold_{HOLDING[problem.code]}")] = None
        for question in view.open_questions:
            place = question.cell or question.sheet or view.understood.draft.file
            reasons[words.t("importing.hold_question", place=place)] = None
    return list(reasons)


def to_be_saved(files: Sequence[FileView], words: Words) -> str:
    """Return one sentence that says what will be saved of all files."""
    total = sum(view.understood.receipt.accepted for view in files)
    parts: dict[str, int] = {}
    for view in files:
        for name, number in _by_time(view.understood.draft, words).items():
            parts[name] = parts.get(name, 0) + number
    if sum(parts.values()) != total or not parts:
        return words.t.plural("importing.will_save_rows", total)
    counts = [words.t.plural(f"importing.count_{name}", number) for name, number in parts.items()]
    listed = counts[0] if len(counts) == 1 else words.t("importing.list", first=", ".join(counts[:-1]), last=counts[-1])
    return words.t("importing.will_save", what=listed)


def _by_time(draft: Draft, words: Words) -> dict[str, int]:
    """Return how many forms of every time there are; a register counts its people."""
    counts: dict[str, int] = {}
    for (form, timing), group in draft.responses.groupby(["questionnaire", "timing"], sort=False):
        register = words.library.questionnaire(str(form)).kind == REGISTER
        name = REGISTER if register else str(timing)
        counts[name] = counts.get(name, 0) + len(group)
    order = [*TIMES, REGISTER]
    return dict(sorted(counts.items(), key=lambda pair: order.index(pair[0])))


def recognised_as(draft: Draft, words: Words) -> str:
    """Return what a file was recognised as: its kind, and the titles of its questionnaires."""
    key = f"dashboard.layout_{draft.layout}"
    # The sheet of a template may name a kind that nobody has heard of.
    kind = words.t(key) if words.t.has(key) else words.t("dashboard.layout_plain_table")
    forms = ", ".join(form_title(form, words) for form in draft.questionnaires)
    return f"{kind} · {forms}" if forms else kind
