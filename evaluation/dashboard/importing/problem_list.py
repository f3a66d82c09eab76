"""The step that lists what there is to know and to mend in a file, and gives it back with comments on its cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

import streamlit as st

from evaluation.dashboard import components
from evaluation.dashboard.components import plain
from evaluation.dashboard.importing.file_view import FileView
from evaluation.i18n import Translator
from evaluation.intake import commented
from evaluation.intake.outcomes import place_of
from evaluation.records import Problem, Severity

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "notice")
COLOURS = {"error": "red", "warning": "orange", "notice": "blue"}
LONG_LIST, LIST_HEIGHT = 8, 420
MOST_PROBLEMS, MOST_LINES, MOST_CELLS = 2000, 200, 12


@dataclass(frozen=True)
class Line:
    """One sentence, the cells of one sheet that it is about, and how many problems that are."""

    sheet: str | None
    cells: tuple[str, ...]
    message: str
    problems: int

    def place(self, t: Translator) -> str:
        """Return where it stands: the sheet and its cells, the first of many."""
        named = [", ".join(self.cells[:MOST_CELLS])] if self.cells else []
        if len(self.cells) > MOST_CELLS:
            named.append(t("dashboard.more_cells", n=t.number(len(self.cells) - MOST_CELLS)))
        return " ".join([*([self.sheet] if self.sheet else []), *named])


def lines_of(problems: Sequence[Problem], severity: Severity, t: Translator) -> tuple[Line, ...]:
    """Return the problems of one severity as lines; the same sentence of several cells of a sheet is one line.

    Lines of one kind stand together, the kind first met first, and go down the sheet.
    """
    kinds: dict[str, dict[tuple[str | None, str], list[str | None]]] = {}
    for problem in problems:
        if problem.severity == severity:
            lines = kinds.setdefault(problem.code, {})
            lines.setdefault((problem.sheet, problem.message(t)), []).append(problem.cell)
    return tuple(
        line
        for lines in kinds.values()
        for line in sorted(
            (
                Line(sheet, tuple(sorted((cell for cell in cells if cell), key=place_of)), message, len(cells))
                for (sheet, message), cells in lines.items()
            ),
            key=_down_the_sheet,
        )
    )


def _down_the_sheet(line: Line) -> tuple[str, tuple[int, int]]:
    return line.sheet or "", place_of(line.cells[0]) if line.cells else (-1, -1)


def show_problems(view: FileView) -> None:
    """Show the problems of a file by severity, and offer the file with comments where there is something to say."""
    t, receipt, problems = view.words.t, view.understood.receipt, view.problems
    if not problems:
        if receipt.rows:
            st.caption(t("dashboard.no_problems"))
        return
    numbers = {severity: sum(problem.severity == severity for problem in problems) for severity in SEVERITIES}
    counted = ", ".join(t.plural(f"dashboard.count_{severity}", n) for severity, n in numbers.items() if n)
    title = t("dashboard.problems_title", counts=counted)
    # Of a file that has no rows this is all there is to say.
    with view.fold(title, "problems", wanted=numbers["error"] > 0, always=not receipt.rows):
        many = len(receipt.problems) > LONG_LIST
        with st.container(height=LIST_HEIGHT if many else "content", border=False, key=f"{view.file.mark}_list"):
            for severity in SEVERITIES:
                _list([problem for problem in problems if problem.severity == severity], severity, t)
        if view.file.opened.workbook is not None:
            offer_commented(receipt.file, view.file.opened.content, problems, t, view.file.mark)


def _list(problems: Sequence[Problem], severity: Severity, t: Translator) -> None:
    if not problems:
        return
    # A whole sheet of faults takes seconds to say, and nobody reads that here.
    lines = lines_of(problems[:MOST_PROBLEMS], severity, t)[:MOST_LINES]
    title = f":{COLOURS[severity]}[**{t(f'dashboard.problems_{severity}')}**]"
    lines_of_text = [f"- {_place(line, t)}{plain(line.message)}{_count(line, t)}" for line in lines]
    left = len(problems) - sum(line.problems for line in lines)
    if left:
        lines_of_text.append(f"- {t('dashboard.more_problems', n=t.number(left))}")
    st.markdown("\n".join([title, "", *lines_of_text]))


def _count(line: Line, t: Translator) -> str:
    return f" ({t.plural('importing.places', line.problems)})" if line.problems > 1 else ""


def _place(line: Line, t: Translator) -> str:
    place = line.place(t)
    return f"**{plain(place)}**: " if place else ""


def offer_commented(file: str, content: bytes, problems: Sequence[Problem], t: Translator, key: str) -> None:
    """Offer a file with every problem as a comment on its cell; it is made when the button is pressed."""
    name = f"{PurePath(file).stem}_{t('dashboard.comments_suffix')}.xlsx"
    label = t("dashboard.download_commented")
    components.offer(label, lambda: commented(content, file, problems, t), name, XLSX, f"{key}_commented")
