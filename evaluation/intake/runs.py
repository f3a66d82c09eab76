"""Names of runs: one that differs from an earlier one by case, spaces or hyphens alone is the same run."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np

from evaluation.intake.folding import fold
from evaluation.intake.parsing import Parsed
from evaluation.records import Problem


def meant_by(found: Iterable[Parsed], same: Mapping[tuple[str, str], tuple[str, str]]) -> list[Parsed]:
    """Return the tables with the runs that are others (municipality and name) in place of those that mean them."""
    if not same:
        return list(found)
    return [_meant(parsed, same) for parsed in found]


def _meant(parsed: Parsed, same: Mapping[tuple[str, str], tuple[str, str]]) -> Parsed:
    places = list(zip(parsed.municipality, parsed.cohort, strict=True))
    meant = [same.get(place, place) for place in places]
    municipality, cohort = (np.empty(len(places), dtype=object) for _ in range(2))
    municipality[:], cohort[:] = [place[0] for place in meant], [place[1] for place in meant]
    return replace(parsed, municipality=municipality, cohort=cohort)


def called_alike(found: Iterable[Parsed], before: Iterable[str]) -> tuple[list[Parsed], tuple[Problem, ...]]:
    """Return the tables with every run called as it was called first, and what there is to say of that.

    People of "Kevät 2018" and "kevät-2018" could not be matched, although nobody means two runs.

    Args:
        found: the tables of a file, in order.
        before: the names of the runs that are known already.
    """
    names = {_compared(name): name for name in before}
    tables: list[Parsed] = []
    told: dict[tuple[str, str], Problem] = {}
    for parsed in found:
        written = dict.fromkeys(parsed.cohort.tolist())
        called: Mapping[str, str] = {name: names.setdefault(_compared(name), name) for name in written}
        for name in (name for name in written if called[name] != name):
            values = {"called": called[name]}
            told[parsed.sheet, name] = Problem("notice", "cohort_called", parsed.sheet, None, name, values)
        cohort = np.empty(len(parsed.cohort), dtype=object)
        cohort[:] = [called[name] for name in parsed.cohort]
        tables.append(replace(parsed, cohort=cohort))
    return tables, tuple(told.values())


def _compared(name: str) -> str:
    """Return the name of a run as it is compared: words and figures apart, by whatever sign or none."""
    return " ".join(re.findall(r"[^\W\d_]+|[0-9]+|[^\w\s_–-]+", fold(name)))
