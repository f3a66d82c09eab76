"""Marks in the column of one option: chosen or not, however the survey tool or the hand marks it."""

from evaluation.intake.folding import fold
from evaluation.intake.personal_data import as_text
from evaluation.intake.values.read import Read, faulty
from evaluation.spreadsheets import CellFault, Content

CHOSEN = frozenset({
    "1", "x", "xx", "v", "k", "y", "j", "+", "yes", "kyllä", "ja", "true", "tosi", "sant", "on", "ok", "checked",
    "selected", "valittu", "vald", "✓", "✔", "☑", "☒", "✅", "✗", "✘",
})  # fmt: skip
NOT_CHOSEN = frozenset({
    "0", "-", "n", "e", "no", "ei", "nej", "false", "epätosi", "falskt", "off", "unchecked", "not selected",
    "ei valittu", "ej vald", "inte vald", "n/a", "☐", "⬜",
})  # fmt: skip


def read_options(content: Content, option: str) -> Read[int]:
    """Return 1 for a mark or the option's text, and 0 for a sign that it was not chosen.

    Args:
        content: a cell of the option's column.
        option: what the option is called.
    """
    if isinstance(content, CellFault):
        return faulty(content)
    text = fold(as_text(content)).rstrip(" ;.")
    is_option = text == fold(option).rstrip(" ;.")
    if not text:
        return Read()
    # In a column of the option "No" the word "No" may say either.
    if is_option and text in NOT_CHOSEN and text.isalpha():
        return Read(fault="not_a_mark")
    if text in NOT_CHOSEN:
        return Read(0)
    return Read(1) if is_option or text in CHOSEN else Read(fault="not_a_mark")
