"""Drafts as large as asked, each known by its number: of the same number the same file."""

import hashlib

import pandas as pd

from evaluation.records import ATTENDANCE_COLUMNS, RESPONSE_COLUMNS, TEXT_COLUMNS, Draft

ITEMS = tuple(f"item_{number}" for number in range(10))


def draft(number: int, forms: int) -> Draft:
    """Return a file of start forms that all answer every item."""
    file = f"file {number}.xlsx"
    rows = [
        (
            form, "sisu", "Lempäälä", "Kevät 2018", "client", "client_start", 1, "start", f"{number}-{form}", None,
            "Taul1", form + 2, _digest(f"form {number} {form}"), _digest(f"person {number} {form}"),
        )
        for form in range(forms)
    ]  # fmt: skip
    answers = pd.DataFrame({"response_no": range(forms)}).merge(pd.DataFrame({"item": ITEMS}), how="cross")
    return Draft(
        file=file,
        sha256=_digest(file),
        layout="plain_table",
        questionnaires=("client_start",),
        responses=pd.DataFrame(rows, columns=list(RESPONSE_COLUMNS)),
        answers=answers.assign(value=1 + answers["response_no"] % 5),
        texts=pd.DataFrame([(form, "wish", f"Toive {form}") for form in range(forms)], columns=list(TEXT_COLUMNS)),
        attendance=pd.DataFrame(columns=list(ATTENDANCE_COLUMNS)),
        rows=forms,
        rejected=0,
    )


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
