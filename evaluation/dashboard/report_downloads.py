"""What a page shows as a report to take away: a button a format, and a report made only when one is pressed."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import partial

import streamlit as st

from evaluation.dashboard import components, resources
from evaluation.exhibits import Report
from evaluation.findings import Words
from evaluation.render.formats import MIMES, makers

ICONS = {
    "pptx": "slideshow", "pdf": "picture_as_pdf", "xlsx": "table", "html": "public", "docx": "docs", "txt": "article",
}  # fmt: skip


def offer_reports(report: Callable[[date], Report], name: str, words: Words) -> None:
    """Show a button a format.

    Args:
        report: makes the report of a day. It is called away from the page, without access to the session.
        name: the name of the files, without their endings.
        words: the reader's words.
    """
    store = resources.store()

    def made(kind: str) -> bytes:
        content = makers()[kind](report(datetime.now(UTC).astimezone().date()), words)
        store.note("report", f"{name} {kind}")
        return content

    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="files_report"):
        st.markdown(words.t("reports.offered"), width="content")
        for number, (kind, mime) in enumerate(MIMES.items()):
            label = words.t(f"reports.format_{kind}")
            make = partial(made, kind)
            components.offer(label, make, f"{name}.{kind}", mime, f"report_{kind}", ICONS[kind], first=number == 0)
