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
    "appendix.pptx": "slideshow",
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

    def offer(kind: str, label: str, first: bool) -> None:
        components.offer(
            label, partial(made, kind), f"{name}.{kind}", MIMES[kind], f"report_{kind}", ICONS[kind], first
        )

    first, *others = MIMES
    with st.container(horizontal=True, gap="small", vertical_alignment="center", width="content", key="files_report"):
        with st.popover(words.t("reports.other_formats")):
            for kind in others:
                offer(kind, words.t(f"reports.format_{kind}"), first=False)
        offer(first, words.t("reports.slides_offered"), first=True)
