"""Scores: the answers of a form's questions of one scale taken together, person by person.

Half rule: a form counts that answers at least half of the questions; its score is the mean of those it answers.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.definitions import Library
from evaluation.privacy import CELL, COHORT, Screened, Whole, added, at_every_level, rows_of
from evaluation.statistics.reliability import cronbach_alpha, variance

# A mean of few people is as good as their answers; alpha of few people says nothing.
LEAST, LEAST_FOR_ALPHA = 10, 30


def scored_items(library: Library) -> dict[str, tuple[str, ...]]:
    """Return the items of each form that make up its score: satisfaction on the scale that most of them have.

    Only of forms that a client fills once, with two such items or more.
    """
    found = {}
    for form in library.questionnaires:
        if form.kind != "form" or form.role != "client" or form.timing in ("session", "visit"):
            continue
        scales = [item.scale for item in form.items if item.scale and item.family == "satisfaction"]
        if scales:
            commonest = max(dict.fromkeys(scales), key=scales.count)
            items = [item.id for item in form.items if item.family == "satisfaction" and item.scale == commonest]
            if len(items) > 1:
                found[form.id] = tuple(items)
    return found


def scores(forms: Screened, complete: Screened, rated: Screened, library: Library, threshold: int) -> pd.DataFrame:
    """Return the mean score, on the questions' own scale and to one decimal, and Cronbach's alpha to two.

    ``n`` people have a score, of ten or more; sd is the standard deviation of their scores; alpha is of the alpha_n who
    answered every question, thirty or more, else missing; ``questions`` are how many there are. Totals only, of units
    of which every question is published and in which nobody or at least ``threshold`` people left a question out:
    beside the questions' own means the score would tell how the few answered the others.

    Args:
        forms: forms by answered and total, item "".
        complete: answers on whole forms by ``question`` and ``code``, item "".
        rated: the questions' own answers.
        library: gives the questions of each score.
        threshold: the least number of people of whom anything is told.
    """
    sizes = {form: len(items) for form, items in scored_items(library).items()}
    asked = np.asarray(forms.cells["questionnaire"].map(sizes).fillna(0), dtype=np.int64)
    safe = _safe(forms, asked, rated, library, threshold)
    each = forms.counts[safe[forms.counts["cell"].to_numpy()]]
    totals = at_every_level(each, forms.cells)
    counts = totals[~forms.at(COHORT)[totals["cell"]]]
    questions = asked[counts["cell"]]
    found = _means(counts[2 * counts["answered"] >= questions], asked)
    alphas = _alphas(counts[counts["answered"] == questions], _of_units(complete, forms, safe))
    of_cells = alphas.reindex(found["cell"]).reset_index(drop=True)
    return pd.concat([found, of_cells], axis=1).assign(measure="score", method="half_rule")


def _safe(forms: Screened, asked: Whole, rated: Screened, library: Library, threshold: int) -> npt.NDArray[np.bool_]:
    """Tell of each cell whether it is a unit whose score tells nothing of the few who left a question out."""
    counts, size = forms.counts, len(forms.cells)
    cell = counts["cell"].to_numpy()
    partly = added(cell, np.where(counts["answered"] < asked[cell], counts["n"], 0), size)
    scored = pd.DataFrame(
        [(form, item) for form, items in scored_items(library).items() for item in items],
        columns=["questionnaire", "item"],
    )
    shown = rated.cells[rated.at(COHORT) & ~rated.cells["suppressed"].to_numpy()]
    shown = shown[rows_of(shown, scored, ["questionnaire", "item"]) >= 0]
    unit = rows_of(shown, forms.cells, [name for name in CELL if name != "item"])
    open_questions = np.bincount(unit[unit >= 0], minlength=size)
    known = added(cell, counts["n"], size) > 0
    whole = forms.at(COHORT) & known & (open_questions == asked) & (open_questions > 0)
    return np.asarray(whole & ((partly == 0) | (partly >= threshold)))


def _of_units(complete: Screened, forms: Screened, safe: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Return the answers on whole forms of those units, at every level, by the cells of the forms."""
    units = complete.counts[complete.at(COHORT)[complete.counts["cell"]]]
    own = rows_of(complete.cells, forms.cells, CELL)[units["cell"]]
    kept = (own >= 0) & np.append(safe, False)[own]
    return at_every_level(units.assign(cell=own)[kept], forms.cells)


def _means(told: pd.DataFrame, asked: Whole) -> pd.DataFrame:
    """Return the mean score of each cell of ten people or more, with its spread."""
    cell, of_cell = np.unique(told["cell"].to_numpy(dtype=np.int64), return_inverse=True)
    weight, score = told["n"].to_numpy(dtype=float), (told["total"] / told["answered"]).to_numpy(dtype=float)
    n = np.bincount(of_cell, weights=weight, minlength=len(cell))
    mean = np.bincount(of_cell, weights=weight * score, minlength=len(cell)) / n
    squares = np.bincount(of_cell, weights=weight * (score - mean[of_cell]) ** 2, minlength=len(cell))
    found = pd.DataFrame({"cell": cell, "n": n, "value": mean, "squares": squares, "questions": asked[cell]})
    found = found[found["n"] >= LEAST].reset_index(drop=True)
    spread = np.sqrt(found["squares"] / (found["n"] - 1))
    # Python's rounding goes by the number itself, pandas' by ten times it.
    value, sd = ([round(each, 1) for each in values.tolist()] for values in (found["value"], spread))
    return found[["cell", "n"]].assign(value=value, sd=sd, questions=found["questions"])


def _alphas(whole: pd.DataFrame, complete: pd.DataFrame) -> pd.DataFrame:
    """Return alpha and alpha_n by cell, of thirty people or more."""
    answers = dict(list(complete.groupby("cell")))
    found = {}
    for cell, rows in whole.groupby("cell"):
        people = int(rows["n"].sum())
        if people < LEAST_FOR_ALPHA or cell not in answers:
            continue
        own = answers[cell]
        question, questions = pd.factorize(own["question"])
        n, code = own["n"].to_numpy(), own["code"].to_numpy()
        sums = (added(question, n * code**power, len(questions)) for power in range(3))
        total, squares = float((rows["n"] * rows["total"]).sum()), float((rows["n"] * rows["total"] ** 2).sum())
        spread = float(variance([people], [total], [squares])[0])
        found[cell] = (round(cronbach_alpha(variance(*sums), spread), 2), people)
    return pd.DataFrame.from_dict(found, orient="index", columns=["alpha", "alpha_n"])
