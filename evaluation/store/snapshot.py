"""Snapshots: all count cubes of one moment, small whatever the number of answers, narrowed in memory."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select

from evaluation.store import counts, linked_counts, people_counts
from evaluation.store.decided_units import decided_units
from evaluation.store.different_people import DifferentPeople, stated
from evaluation.store.frames import fetch_frame
from evaluation.store.selection import Selection
from evaluation.store.working_people import WHOLE_CUBES, working_statements


@dataclass(frozen=True)
class CubeDefinitions:
    """The definitions that the count statements need.

    ``registers`` are the questionnaires that are registers, ``same_thing`` gives the question about a change by the
    item of start and end, ``scored`` the items of the score of a questionnaire, ``balanced`` the form that asks an item
    of start and end at the end, of which the ``falling`` get better downwards. ``numbers`` are the items whose answers
    are numbers of any size.
    """

    registers: tuple[str, ...]
    same_thing: Mapping[str, str]
    scored: Mapping[str, tuple[str, ...]]
    balanced: Mapping[str, str]
    falling: frozenset[str]
    numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Snapshot:
    """The cubes by name, as the store counted them at one moment."""

    cubes: Mapping[str, pd.DataFrame]

    def narrowed(self, selection: Selection) -> "Snapshot":
        """Return the cubes of a selection: what the store would have counted of it."""
        return Snapshot(
            {name: cube if name in WHOLE_CUBES else _narrowed(cube, selection) for name, cube in self.cubes.items()}
        )


def snapshot_of(
    connection: Connection, definitions: CubeDefinitions, selection: Selection, cubes: Collection[str] = ()
) -> Snapshot:
    """Count all cubes of ``selection``, or only those named."""
    return count_cubes(partial(fetch_frame, connection), definitions, selection, stated(connection), cubes)


def count_cubes(
    fetch: Callable[[Select[Any]], pd.DataFrame],
    definitions: CubeDefinitions,
    selection: Selection,
    different: DifferentPeople,
    cubes: Collection[str] = (),
) -> Snapshot:
    """Count all cubes of ``selection``, or those named: the frames that ``fetch`` returns for their statements."""
    statements = cube_statements(definitions, selection, different, cubes)
    return Snapshot({name: _plain(fetch(statement)) for name, statement in statements.items()})


def _plain(cube: pd.DataFrame) -> pd.DataFrame:
    """Return the cube with names as objects: on small frames the text columns of pandas cost twice as much."""
    texts = [name for name, kind in cube.dtypes.items() if kind == "str"]
    plain = cube.astype(dict.fromkeys(texts, object))
    gaps = {str(name): plain[name] for name in texts if plain[name].isna().any()}
    return plain.assign(**{name: values.where(values.notna(), None) for name, values in gaps.items()})


def cube_statements(
    definitions: CubeDefinitions, selection: Selection, different: DifferentPeople, cubes: Collection[str] = ()
) -> dict[str, Select[Any]]:
    """Return the count statements of ``selection`` by the names of their cubes, or those of the cubes named.

    Only these are made: to make a statement takes as long as to count a small database by it.
    """
    items = sorted({item for scored in definitions.scored.values() for item in scored})
    sizes = {form: len(scored) for form, scored in definitions.scored.items()}
    makers: dict[str, Callable[[], Select[Any]]] = {
        "people": lambda: people_counts.people_counts(selection, different, definitions.numbers),
        "overlaps": lambda: people_counts.overlap_counts(selection, different),
        "dates": lambda: counts.cohort_dates(selection),
        "units": lambda: decided_units(selection),
        "enrolment": lambda: counts.enrolment_counts(selection, definitions.registers),
        "marks": lambda: counts.session_counts(selection),
        "drop_outs": lambda: linked_counts.drop_out_counts(selection, definitions.registers),
        "openings": lambda: counts.visit_counts(selection),
        "answers": lambda: counts.answer_counts(selection),
        "scores": lambda: linked_counts.score_counts(selection, items),
        "complete": lambda: linked_counts.complete_counts(selection, items, sizes),
        "matched": lambda: counts.matched_counts(selection),
        "pairs": lambda: counts.pair_counts(selection, "end"),
        "later_pairs": lambda: counts.pair_counts(selection, "follow_up"),
        "starts": lambda: linked_counts.start_counts(selection),
        "balances": lambda: linked_counts.balance_counts(selection, definitions.balanced, definitions.falling),
        "crossed": lambda: linked_counts.agreement_counts(selection, definitions.same_thing),
        **working_statements(different),
    }
    return {name: make() for name, make in makers.items() if not cubes or name in cubes}


def _narrowed(cube: pd.DataFrame, selection: Selection) -> pd.DataFrame:
    values_by_column = {
        "practice": selection.practices,
        "municipality": selection.municipalities,
        "role": selection.roles,
    }
    for name, values in values_by_column.items():
        # Days of cohorts are those of all roles.
        if values and name in cube:
            cube = cube[cube[name].isin(values)]
    return cube
