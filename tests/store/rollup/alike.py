"""Whether two engines counted the same."""

import pandas as pd

from evaluation.store import Snapshot


def assert_alike(one: Snapshot, other: Snapshot) -> None:
    """Both have the same cubes: same rows in whatever order, same kinds of columns, same marks of what is missing."""
    assert one.cubes.keys() == other.cubes.keys()
    for name, cube in one.cubes.items():
        by = list(cube.columns)
        here, there = (each.sort_values(by, ignore_index=True) for each in (cube, other.cubes[name]))
        pd.testing.assert_frame_equal(there, here, check_exact=True, obj=name)
        for column in by:
            assert set(map(type, there[column])) == set(map(type, here[column])), (name, column)
