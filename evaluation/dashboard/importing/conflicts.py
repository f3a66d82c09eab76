"""Forms of one person that stand against each other, in words: where they stand and what each of them says."""

from evaluation.charts import Words
from evaluation.definitions.columns import SESSION_ITEM
from evaluation.records import Conflict, FormPlace

MOST_DIFFERENCES = 12
SESSION = "session_"


def differences(conflict: Conflict, number: int, words: Words) -> list[tuple[str, str]]:
    """Return what the form ``number`` of a conflict says where the forms differ: short questions, answers in words."""
    shown = list(conflict.differing.items())[:MOST_DIFFERENCES]
    return [(_question(item, words), _answer(item, said[number], words)) for item, said in shown]


def _question(item: str, words: Words) -> str:
    if item.startswith(SESSION):
        return words.t("dashboard.session", n=item.removeprefix(SESSION))
    return words.t.label(words.library.items[item].short.root)


def _answer(item: str, said: int | str | None, words: Words) -> str:
    if said is None:
        return words.t("dashboard.no_answer")
    asked = words.library.items[SESSION_ITEM if item.startswith(SESSION) else item]
    return words.answer(asked.id, int(said)) if asked.scale else str(said)


def place_name(form: FormPlace, words: Words) -> str:
    """Return where a form stands: on a row of this file, or in an earlier import."""
    if form.row is not None:
        return words.t("dashboard.on_row", row=form.row, sheet=form.sheet)
    day = words.t.date(form.imported_on) if form.imported_on else ""
    return words.t("dashboard.stored_before", number=form.import_id, file=form.file, day=day)
