"""How much of an open cell may be told: answers one by one or in three classes, and what of sensitive answers.

The gate hands out counts that are already as coarse as they may be told, so that no measure can tell more by mistake.
"""

import pandas as pd

from evaluation.definitions import OUTSIDE_CODES, Item, Library
from evaluation.measures.disclosure.screened import CELL, COHORT, PRACTICE, PRACTICE_ALL, Policy

CLASSES = ["favourable", "neutral", "unfavourable"]
# "Nearly all" stands for all and for all but one, so that the words do not tell which.
BUT_ONE = 1


def value_classes(library: Library) -> pd.DataFrame:
    """Return item, value, value_class: the class of each answer on its scale, or its kind outside the scale."""
    found: list[tuple[str, int, str | None]] = []
    for item in library.items.values():
        scale = library.scale_of(item)
        if scale is not None:
            found += [(item.id, value.code, value.value_class) for value in scale.values]
            found += [(item.id, code, kind) for kind, code in OUTSIDE_CODES.items()]
    return pd.DataFrame(found, columns=["item", "value", "value_class"]).drop_duplicates(["item", "value"])


def sensitive_items(library: Library) -> frozenset[str]:
    """Return the items about a sensitive dimension, such as substance use or money."""

    def sensitive(item: Item) -> bool:
        return item.dimension is not None and library.dimensions[item.dimension].sensitive

    return frozenset(item.id for item in library.items.values() if sensitive(item))


def with_classes(answers: pd.DataFrame, classes: pd.DataFrame) -> pd.DataFrame:
    """Return answer counts with value_class."""
    return answers.merge(classes, on=["item", "value"], how="left")


def with_steps(pairs: pd.DataFrame, library: Library, classes: pd.DataFrame) -> pd.DataFrame:
    """Return counts of pairs with step (above 0 for better), start_class and end_class."""
    scales = {item.id: library.scale_of(item) for item in library.items.values()}
    directions = {item: scale.direction for item, scale in scales.items() if scale is not None}
    found = pairs.assign(step=(pairs["end_value"] - pairs["start_value"]) * pairs["item"].map(directions).astype(int))
    for side in ("start", "end"):
        names = {"value": f"{side}_value", "value_class": f"{side}_class"}
        found = found.merge(classes.rename(columns=names), on=["item", f"{side}_value"], how="left")
    return found


def judge_answers(counts: pd.DataFrame, keys: list[str], sensitive: frozenset[str], policy: Policy) -> pd.DataFrame:
    """Return for each cell of answers nearly_all, coarse (told in classes only) and n (answers on the scale).

    Only answers with classes are ever made coarse: a number or a choice without a good end has none.
    """
    sums = _sums(counts, keys, {name: counts["value_class"] == name for name in CLASSES})
    n = sums[CLASSES].sum(axis=1)
    alike = sums.index.get_level_values("item").isin(sensitive) & (n > 0) & (sums["unfavourable"] >= n - BUT_ONE)
    coarse = (n > 0) & (n < policy.values_from)
    return sums.assign(nearly_all=alike, coarse=coarse, n=n)[["nearly_all", "coarse", "n"]].reset_index()


def judge_pairs(counts: pd.DataFrame, keys: list[str], sensitive: frozenset[str]) -> pd.DataFrame:
    """Return for each cell of pairs nearly_all (worse) and coarse (nearly all badly off at start or end), and n."""
    parts = {
        "worse": counts["step"] < 0,
        "start": counts["start_class"] == "unfavourable",
        "end": counts["end_class"] == "unfavourable",
        "n": counts["step"].notna(),
    }
    sums = _sums(counts, keys, parts)
    protected = sums.index.get_level_values("item").isin(sensitive)
    most = sums["n"] - BUT_ONE
    low = sums[["start", "end"]].max(axis=1)
    judged = sums.assign(nearly_all=protected & (sums["worse"] >= most), coarse=protected & (low >= most))
    return judged[["nearly_all", "coarse", "n"]].reset_index()


def _sums(counts: pd.DataFrame, keys: list[str], parts: dict[str, pd.Series]) -> pd.DataFrame:
    wanted = counts[keys].assign(**{name: counts["n"].where(mask, 0) for name, mask in parts.items()})
    return pd.DataFrame(wanted.groupby(keys)[list(parts)].sum())


def coarse_totals(cells: pd.DataFrame, pooled_from: int | None) -> pd.DataFrame:
    """Return the cells of every level that are told coarsely.

    A total is told in full where all its parts are; or where it holds every coarse part there is, whatever is chosen,
    and they hold ``pooled_from`` answers together (None: never). So a difference of two full totals is a full part, or
    parts that may be told in full as one. A total of several municipalities is full where each one's is.

    Args:
        cells: open cells of units with practice, municipality, role, questionnaire, item, chosen, coarse, n.
        pooled_from: answers from which on the coarse parts of a total may be told as one.
    """
    place = [name for name in CELL if name not in ("level", "cohort")]
    held = cells.assign(
        pool=cells["n"].where(cells["coarse"], 0),
        coarse_chosen=cells["coarse"] & cells["chosen"],
        coarse_other=cells["coarse"] & ~cells["chosen"],
    )
    sums = held.groupby(place, as_index=False).agg(
        some=("coarse_chosen", "any"), cut=("coarse_other", "any"), pool=("pool", "sum")
    )
    whole = ~sums["cut"] & (sums["pool"] >= pooled_from) if pooled_from is not None else False
    practice = sums[sums["some"] & ~whole].assign(level=PRACTICE, cohort="")
    return pd.concat(
        [
            cells[cells["coarse"]].assign(level=COHORT)[CELL],
            practice[CELL],
            practice.assign(level=PRACTICE_ALL, municipality="")[CELL].drop_duplicates(),
        ],
        ignore_index=True,
    )


def blanked(counts: pd.DataFrame, coarse: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return ``counts`` summed over runs, with the columns ``names`` missing in the cells of ``coarse``."""
    marked = counts.merge(coarse.assign(blank=True), on=CELL, how="left")
    blank = marked.pop("blank").notna()
    marked[names] = marked[names].astype(float).mask(blank)
    keys = [str(name) for name in marked.columns if name != "n"]
    return pd.DataFrame(marked.groupby(keys, dropna=False, as_index=False, sort=False)["n"].sum())
