"""Counted snapshots: all count cubes of one moment, small whatever the number of answers, narrowed in memory."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select

from evaluation.store import counts, linked_counts, people_counts
from evaluation.store.frames import fetch_frame
from evaluation.store.selection import Selection


@dataclass(frozen=True)
class Asked:
    """What the cubes have to know of the definitions.

    ``registers`` are the questionnaires that are registers, ``same_thing`` gives the question about a change by the
    item of start and end, ``scored`` the items of each questionnaire's score.
    """

    registers: tuple[str, ...]
    same_thing: Mapping[str, str]
    scored: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Snapshot:
    """The cubes by name, as the store counted them at one moment."""

    cubes: Mapping[str, pd.DataFrame]

    def narrowed(self, selection: Selection) -> "Snapshot":
        """Return the cubes of a selection: what the store would have counted of it."""
        return Snapshot({name: _narrowed(cube, selection) for name, cube in self.cubes.items()})


def take(connection: Connection, asked: Asked, selection: Selection) -> Snapshot:
    """Count all cubes of ``selection``."""
    return counted(partial(fetch_frame, connection), asked, selection)


def counted(fetch: Callable[[Select[Any]], pd.DataFrame], asked: Asked, selection: Selection) -> Snapshot:
    """Count all cubes of ``selection``, each the frame that ``fetch`` gives of its statement."""
    return Snapshot({name: _plain(fetch(each)) for name, each in _statements(asked, selection).items()})


def _plain(cube: pd.DataFrame) -> pd.DataFrame:
    """Return the cube with names as objects: on small frames the text columns of pandas cost twice as much."""
    texts = [name for name, kind in cube.dtypes.items() if kind == "str"]
    return cube.astype(dict.fromkeys(texts, object))


def _statements(asked: Asked, selection: Selection) -> dict[str, Select[Any]]:
    items = sorted({item for each in asked.scored.values() for item in each})
    sizes = {form: len(each) for form, each in asked.scored.items()}
    return {
        "people": people_counts.people_counts(selection),
        "overlaps": people_counts.overlap_counts(selection),
        "dates": counts.cohort_dates(selection),
        "enrolment": counts.enrolment_counts(selection, asked.registers),
        "marks": counts.session_counts(selection),
        "drop_outs": linked_counts.drop_out_counts(selection, asked.registers),
        "openings": counts.visit_counts(selection),
        "answers": counts.answer_counts(selection),
        "scores": linked_counts.score_counts(selection, items),
        "complete": linked_counts.complete_counts(selection, items, sizes),
        "pairs": counts.pair_counts(selection, "end"),
        "later_pairs": counts.pair_counts(selection, "follow_up"),
        "starts": linked_counts.start_counts(selection),
        "crossed": linked_counts.agreement_counts(selection, asked.same_thing),
    }


def _narrowed(cube: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    chosen = {
        "practice": selection.practices,
        "municipality": selection.municipalities,
        "role": selection.roles,
    }
    for name, values in chosen.items():
        # Days of runs are those of all roles.
        if values and name in cube:
            cube = cube[cube[name].isin(values)]
    return cube
