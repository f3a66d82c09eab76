"""Which rows and columns of a table answer which questionnaire: divided by time, by columns or row by row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

import numpy as np

from evaluation.definitions import Library, Practice, Questionnaire, Timing
from evaluation.intake.context import FileSettings, FormChooser, Unclear
from evaluation.intake.gathering import unsaid
from evaluation.intake.known import Known
from evaluation.intake.place import Place
from evaluation.intake.suspects import sums_up
from evaluation.intake.table import TIMING, Table
from evaluation.intake.timings import LEAVE_OUT, read_timings
from evaluation.records import OpenQuestion, Problem


@dataclass(frozen=True, eq=False)
class Parts:
    """The tables by questionnaire; how many rows wait for a decision, and how many nobody wants.

    ``possible`` are the questionnaires that rows may answer while all of them wait.
    """

    forms: tuple[tuple[Questionnaire, Table], ...]
    possible: tuple[Questionnaire, ...] = ()
    waiting: int = 0
    left_out: int = 0
    problems: tuple[Problem, ...] = ()
    questions: tuple[OpenQuestion, ...] = ()

    @property
    def rows(self) -> int:
        """Return how many rows there are in all."""
        return sum(len(table.rows) for _, table in self.forms) + self.waiting + self.left_out


@dataclass(frozen=True)
class PartFinder:
    """Finds the questionnaire of every part of a table, by what is known of the file and of the whole table."""

    manifest: Mapping[str, str]
    known: Known
    settings: FileSettings
    library: Library
    place: Place
    practice: Practice | None

    def find(self, tables: Sequence[Table]) -> Parts:
        """Return the parts of ``tables``, one table parted by time. Raises Unclear where a questionnaire is."""
        parts = [self._parts(table) for table in tables]
        return Parts(
            forms=tuple(part for table_parts in parts for part in table_parts.forms),
            possible=tuple(form for table_parts in parts for form in table_parts.possible),
            waiting=sum(table_parts.waiting for table_parts in parts),
            left_out=sum(table_parts.left_out for table_parts in parts),
            problems=tuple(problem for table_parts in parts for problem in table_parts.problems),
            questions=tuple(question for table_parts in parts for question in table_parts.questions),
        )

    def _parts(self, table: Table) -> Parts:
        """Return the parts of a table; a column that says when the answers were given decides row by row."""
        chooser = FormChooser(table, self.known, self.settings, self.library)
        field = next((field for field in table.fields if field.system == TIMING), None)
        if field is None or table.timing is not None:
            return Parts(((chooser.choose(self.manifest, self.place, self.practice, table.timing), table),))
        possible = chooser.answerable(self.practice)
        if not possible:
            raise Unclear(Problem("error", "sheet_not_recognised", table.sheet.name))
        choices = tuple(timing for timing in get_args(Timing) if timing in {form.timing for form in possible})
        # A row of averages has no time; it goes with the first time, where it is named as what it is.
        sums = sums_up(table.sheet, table.rows)
        rows = table.rows[~sums]
        timings = read_timings(table, field, rows, choices, self.settings)
        wanted = dict.fromkeys(timing for timing in timings.timing if timing not in (None, LEAVE_OUT))
        rows_by_timing = {timing: rows[timings.timing == timing] for timing in wanted}
        for first in list(rows_by_timing)[:1]:
            rows_by_timing[first] = np.sort(np.concatenate((rows_by_timing[first], table.rows[sums])))
        return Parts(
            forms=tuple(
                (chooser.choose(self.manifest, self.place, self.practice, timing), replace(table, rows=part))
                for timing, part in rows_by_timing.items()
            ),
            possible=possible,
            waiting=int(unsaid(timings.timing).sum()) + (0 if rows_by_timing else int(sums.sum())),
            left_out=int((timings.timing == LEAVE_OUT).sum()),
            problems=timings.problems,
            questions=timings.questions,
        )
