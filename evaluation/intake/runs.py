"""Names of runs: one that differs from an earlier one by case, spaces or hyphens alone is the same run."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from evaluation.intake.folding import fold
from evaluation.intake.parsing import Parsed
from evaluation.records import Problem


def with_same_cohorts(tables: Iterable[Parsed], same: Mapping[tuple[str, str], tuple[str, str]]) -> list[Parsed]:
    """Return the tables with every cohort replaced by the one it means (both as municipality and name)."""
    if not same:
        return list(tables)
    return [_meant(parsed, same) for parsed in tables]


def _meant(parsed: Parsed, same: Mapping[tuple[str, str], tuple[str, str]]) -> Parsed:
    places = list(zip(parsed.municipality, parsed.cohort, strict=True))
    meant = [same.get(place, place) for place in places]
    municipality, cohort = (np.empty(len(places), dtype=object) for _ in range(2))
    municipality[:], cohort[:] = [place[0] for place in meant], [place[1] for place in meant]
    return replace(parsed, municipality=municipality, cohort=cohort)


def with_one_spelling(
    parsed_tables: Iterable[Parsed], before: Iterable[str]
) -> tuple[list[Parsed], tuple[Problem, ...]]:
    """Return the tables with every cohort under the name it had first, and notices about renamed ones.

    People of "Kevät 2018" and "kevät-2018" could not be matched, although nobody means two cohorts.

    Args:
        parsed_tables: the tables of a file, in order.
        before: the names of the cohorts that are stored already.
    """
    names = {_comparable_name(name): name for name in before}
    tables: list[Parsed] = []
    notices: dict[tuple[str, str], Problem] = {}
    for parsed in parsed_tables:
        written = dict.fromkeys(parsed.cohort.tolist())
        called: Mapping[str, str] = {name: names.setdefault(_comparable_name(name), name) for name in written}
        for name in (name for name in written if called[name] != name):
            values = {"called": called[name]}
            notices[parsed.sheet, name] = Problem("notice", "cohort_called", parsed.sheet, None, name, values)
        cohort = np.empty(len(parsed.cohort), dtype=object)
        cohort[:] = [called[name] for name in parsed.cohort]
        tables.append(replace(parsed, cohort=cohort))
    return tables, tuple(notices.values())


def _comparable_name(name: str) -> str:
    """Return the name of a cohort as it is compared: its words and figures, whatever separates them."""
    return " ".join(re.findall(r"[^\W\d_]+|[0-9]+|[^\w\s_–-]+", fold(name)))
