"""A report as plain sentences, ready to be pasted into an annual report."""

import textwrap
from collections.abc import Iterator

from evaluation.exhibits.report import Report, Section
from evaluation.findings import Words

WIDTH = 100
# Every sentence of these stands alone; those of the others form a paragraph.
LISTED = ("counties", "municipalities", "comparison", "develop", "method")


def plain_text(report: Report, words: Words) -> str:
    """Return the sentences of ``report`` under their headings; of tables and charts only what the sentences say."""
    lines = [report.subject, "=" * len(report.subject), report.subtitle]
    lines.append(words.t("reports.cover_day", day=words.t.date(report.day)))
    if report.synthetic:
        lines.append(words.t("common.synthetic"))
    lines.append("")
    for section in report.sections:
        if section.id == "key":
            lines += _headed(section.title)
            lines += [f"- {figure.label}: {figure.figure} ({figure.ground})" for figure in report.key]
            lines.append("")
        else:
            lines += _section(section)
    return "\n".join(lines).rstrip() + "\n"


def _section(section: Section) -> Iterator[str]:
    """Yield a paragraph of items with n, one of findings, and the open answers."""
    yield from _headed(section.title)
    if section.questions:
        yield from _wrapped(" ".join(section.questions))
        yield ""
    if section.sentences and section.id in LISTED:
        for text in (*_compared(section), *section.sentences):
            yield from _wrapped(f"- {text}", "  ")
        yield ""
    elif section.sentences:
        yield from _wrapped(" ".join(section.sentences))
        yield ""
    for quotes in section.quotes:
        yield quotes.question
        for text in quotes.texts:
            yield from _wrapped(f"- {text}", "  ")
        yield ""


def _compared(section: Section) -> Iterator[str]:
    """Yield what the charts of a comparison show where no sentence does: its cautions need something to be about."""
    for exhibit in section.exhibits:
        if section.id == "comparison" and not exhibit.findings and exhibit.topic:
            yield f"{exhibit.title}. {exhibit.headline}."


def _headed(title: str) -> tuple[str, str]:
    return title, "-" * len(title)


def _wrapped(text: str, indent: str = "") -> list[str]:
    return textwrap.wrap(text, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
