"""Satisfaction: how answers spread over the scale, the share that is favourable, and the mean."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.definitions import OUTSIDE_CODES, Library, Scale
from evaluation.measures.measure import Inputs
from evaluation.privacy import CELL, PublishableCounts, Whole, added, numbered
from evaluation.statistics.nps import net_interval, net_share
from evaluation.statistics.proportions import LEVEL, newcombe, wilson

OUTSIDE_CLASS = {code: kind for kind, code in OUTSIDE_CODES.items()}
WILSON, NET_SCORE, DESCRIPTIVE = "wilson", "net_score", "descriptive"
# Figures of forms of which one person may have filled several: in several cohorts (CLUSTERS: the interval is wide
# enough for that), or as often as there were visits (ANSWERS: no interval). Nothing of either is tested.
CLUSTERS, ANSWERS = "clusters", "answers"
# Questions of one form, in one unit or total.
FORM = [name for name in CELL if name != "item"]
CLASSES = ["favourable", "neutral", "unfavourable", "dont_know", "not_applicable"]
# Greater than any code of an answer: the classes are numbered above the codes.
MOST_CODES = 1_000


def distribution(inputs: Inputs) -> pd.DataFrame:
    """Return a row a value of the scale, chosen by anybody or not: ``count`` and its share of the answers on the scale.

    Where only the three classes may be published there is a row a class, which has no value_code. Answers outside the
    scale are counted in rows without a share.
    """
    (answers,) = inputs.counts
    counts = answers.counts
    cell, value = counts["cell"].to_numpy(), counts["value"].to_numpy(dtype=float)
    coarse = added(cell, np.isnan(value), len(answers.cells)) > 0
    name = np.where(coarse[cell], MOST_CODES + class_numbers(counts), value).astype(np.int64)
    counted, which = np.unique(cell * 2 * MOST_CODES + name, return_inverse=True)
    number = np.append(added(which, counts["n"], len(counted)), 0)
    lines = _Lines(inputs.library, answers.cells["item"])
    present = np.unique(cell)
    row, line = lines.of(answers.cells["item"].to_numpy(dtype=object)[present], coarse[present])
    count = number[pd.Index(counted).get_indexer(pd.Index(present[row] * 2 * MOST_CODES + lines.name[line]))]
    n = added(row, np.where(lines.on_scale[line], count, 0), len(present))[row]
    share = np.where(lines.on_scale[line] & (n > 0), count / np.maximum(n, 1), np.nan)
    return pd.DataFrame({
        "cell": present[row], "value_code": lines.code[line], "value_class": lines.kind[line], "count": count, "n": n,
        "value": share,
    }).assign(measure="distribution", method=DESCRIPTIVE)  # fmt: skip


class _Lines:
    """The rows of distributions: those of an item's values, and those of its classes, item after item."""

    def __init__(self, library: Library, items: Collection[str]) -> None:
        """Lay out the rows of ``items``."""
        scales = {item: library.scales[str(library.items[item].scale)] for item in dict.fromkeys(items)}
        kinds = [(item, coarse) for item in scales for coarse in (False, True)]
        rows = [list(_rows(scales[item], coarse)) for item, coarse in kinds]
        flat = [row for item_rows in rows for row in item_rows]
        code, kind, name, on_scale = ([row[part] for row in flat] for part in range(4))
        self.code, self.kind = np.array(code, dtype=float), np.array(kind, dtype=object)
        self.name, self.on_scale = np.array(name, dtype=np.int64), np.array(on_scale, dtype=bool)
        self._number = {kind: number for number, kind in enumerate(kinds)}
        self._size = np.array([len(item_rows) for item_rows in rows], dtype=np.int64)

    def of(self, items: Sequence[str], coarse: Sequence[bool]) -> tuple[Whole, Whole]:
        """Return the rows of one item after another: the place of the item among ``items``, and the row."""
        number = np.array([self._number[kind] for kind in zip(items, coarse, strict=True)], dtype=np.int64)
        begin = (np.cumsum(self._size) - self._size)[number]
        size = self._size[number]
        place = np.repeat(np.arange(len(number)), size)
        within = np.arange(len(place)) - np.repeat(np.cumsum(size) - size, size)
        return place, begin[place] + within


def _rows(scale: Scale, coarse: bool) -> Iterator[tuple[float | None, str | None, int, bool]]:
    """Yield code and class of the rows of a distribution, the name under which it is counted, and if on the scale."""
    if coarse:
        for kind in dict.fromkeys(value.value_class for value in scale.values if value.value_class):
            yield None, kind, MOST_CODES + CLASSES.index(kind), True
    else:
        for value in scale.values:
            yield value.code, value.value_class, value.code, True
    for outside in scale.outside:
        yield outside.code, outside.kind, MOST_CODES + CLASSES.index(outside.kind) if coarse else outside.code, False


def favourable(inputs: Inputs) -> pd.DataFrame:
    """Return the share of favourable answers among those on the scale, with its Wilson interval.

    Where one person may be in several cohorts the interval is that of as many different people as there are at least,
    and the method is named ``clusters``; where one person answers again and again it is ``answers``, without interval.
    national_theme names the theme of the national client feedback that the question belongs to. ``others`` is the
    favourable share of the form's other questions on the same scale, and ``fewer`` whether the question's is lower
    beyond chance. The answers are those to questions that have a favourable share (ratings).
    """
    (answers,) = inputs.counts
    sums = class_sums(answers)
    themes = {item.id: item.national_theme for item in inputs.library.items.values()}
    people = different_people(answers, sums["cell"], inputs.repeated_forms)
    low, high = wilson(sums["favourable"] * people.weight, sums["n"] * people.weight)
    return sums.drop(columns=["neutral", "unfavourable", "not_applicable"]).assign(
        measure="favourable",
        value=sums["favourable"] / sums["n"],
        low=low,
        high=high,
        method=people.method(WILSON),
        national_theme=answers.names(sums["cell"])["item"].map(themes),
        **_beside_the_others(answers, sums, people.weight, inputs.library),
    )


def _beside_the_others(
    answers: PublishableCounts, sums: pd.DataFrame, weight: npt.NDArray[np.float64], library: Library
) -> dict[str, Any]:
    """Return the favourable share of the same form's other questions on the same scale, and whether one's is lower.

    It is where the interval of the difference (Newcombe) lies below nought, at a level of 1 - 0.05/q for q questions
    (Bonferroni): over all questions of a form together chance alone says so in 2 to 7 of 100 groups.
    """
    scales = {item.id: item.scale for item in library.items.values()}
    names = answers.names(sums["cell"])
    form = [str(name) for name in names if name != "item"]
    number, first = numbered(names.assign(scale=names["item"].map(scales)), [*form, "scale"])
    good, n = (sums[name].to_numpy(dtype=np.int64) for name in ("favourable", "n"))
    other_good, other_n = (added(number, of, len(first))[number] - of for of in (good, n))
    questions = np.bincount(number, weights=n > 0, minlength=len(first))[number]
    fewer = np.zeros(len(sums), dtype=bool)
    for size in np.unique(questions[questions > 1]):
        rows = questions == size
        x, total, other_x, other_total = (of[rows] * weight[rows] for of in (good, n, other_good, other_n))
        fewer[rows] = newcombe(x, total, other_x, other_total, 1 - (1 - LEVEL) / size)[1] < 0
    others = other_good / np.where(other_n > 0, other_n, np.nan)
    return {"others": others, "fewer": fewer}


def recommendation(inputs: Inputs) -> pd.DataFrame:
    """Return the net promoter score of answers from 0 to 10: the share that recommends less that which does not.

    ``value`` and its interval lie between −1 and 1; favourable, neutral and unfavourable are counts; mean_answer is the
    mean from 0 to 10, where answers may be published one by one.
    """
    (answers,) = inputs.counts
    sums = class_sums(answers).drop(columns="not_applicable")
    means = mean(inputs).set_index("cell")["value"]
    people = different_people(answers, sums["cell"], inputs.repeated_forms)
    plus, minus, n = (sums[name] * people.weight for name in ("favourable", "unfavourable", "n"))
    low, high = net_interval(plus, minus, n)
    value = net_share(sums["favourable"], sums["unfavourable"], sums["n"])
    method = people.method(NET_SCORE)
    named = sums.assign(measure="recommendation", value=value, low=low, high=high, method=method)
    return named.assign(mean_answer=means.reindex(named["cell"]).to_numpy(dtype=float))


@dataclass(frozen=True)
class DifferentPeople:
    """What every form is worth of a different person, by row: 1 where all are different, missing where nobody knows."""

    weight: npt.NDArray[np.float64]

    def method(self, of_people: str) -> npt.NDArray[np.object_]:
        """Return by row the name of the method: ``of_people``, or that of forms."""
        of_forms = np.where(np.isnan(self.weight), ANSWERS, CLUSTERS)
        return np.where(self.weight == 1, of_people, of_forms).astype(object)


def different_people(
    counts: PublishableCounts, cell: npt.ArrayLike, repeated_forms: frozenset[str] = frozenset()
) -> DifferentPeople:
    """Return what forms are worth in the cells of rows; of forms filled again and again nobody knows."""
    number = np.asarray(cell, dtype=np.int64)
    again = counts.cells["questionnaire"].isin(repeated_forms).to_numpy(dtype=bool)[number]
    return DifferentPeople(np.where(again, np.nan, counts.independence[number]))


def class_sums(answers: PublishableCounts) -> pd.DataFrame:
    """Return by cell the counts favourable, neutral, unfavourable, dont_know, not_applicable, and n on the scale."""
    counts, kinds = answers.counts, len(CLASSES)
    number = class_numbers(counts)
    known = number >= 0
    cell, of_cell = np.unique(counts["cell"].to_numpy()[known], return_inverse=True)
    table = added(of_cell * kinds + number[known], counts["n"].to_numpy()[known], len(cell) * kinds)
    sums = pd.DataFrame(table.reshape(len(cell), kinds), columns=CLASSES)
    return sums.assign(n=sums[CLASSES[:3]].sum(axis=1), cell=cell)


def class_numbers(counts: pd.DataFrame) -> Whole:
    """Return the places of the answers' classes among CLASSES, −1 for none."""
    return np.asarray(
        pd.Index(CLASSES, dtype=object).get_indexer(pd.Index(counts["value_class"], dtype=object)), dtype=np.int64
    )


def mean(inputs: Inputs) -> pd.DataFrame:
    """Return the mean of the codes on the scale and their standard deviation (n − 1), from counts."""
    (answers,) = inputs.counts
    counts = answers.counts[answers.counts["value"] < min(OUTSIDE_CLASS)]
    number, code = counts["n"].to_numpy(), counts["value"].to_numpy()
    cell, of_cell = np.unique(counts["cell"].to_numpy(), return_inverse=True)
    n, total, squares = (added(of_cell, number * code**power, len(cell)) for power in range(3))
    value = total / n
    with np.errstate(invalid="ignore", divide="ignore"):
        spread = np.where(n > 1, np.maximum(squares - n * value**2, 0) / (n - 1), np.nan)
    return pd.DataFrame({"cell": cell, "n": n, "value": value, "sd": np.sqrt(spread)}).assign(
        measure="mean", method=DESCRIPTIVE
    )
