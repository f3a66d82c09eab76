"""Scores: the answers to a form's questions of one scale combined, person by person.

Half rule: a form counts that answers at least half of the questions; its score is the mean of those it answers.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.measure import Inputs
from evaluation.privacy import CELL, COHORT, PublishableCounts, Whole, added, at_every_level, rows_of
from evaluation.statistics.reliability import cronbach_alpha, variance

# A mean of few people nearly gives away their answers; alpha of few people says nothing.
LEAST, LEAST_FOR_ALPHA = 10, 30


def scored_items(library: Library) -> dict[str, tuple[str, ...]]:
    """Return the items that make up the score of a form: satisfaction on the scale that most of them have.

    Only of forms that a client fills once, with two such items or more.
    """
    scored = {}
    for form in library.questionnaires:
        if form.kind != "form" or form.role != "client" or form.timing in ("session", "visit"):
            continue
        scales = [item.scale for item in form.items if item.scale and item.family == "satisfaction"]
        if scales:
            commonest = max(dict.fromkeys(scales), key=scales.count)
            items = [item.id for item in form.items if item.family == "satisfaction" and item.scale == commonest]
            if len(items) > 1:
                scored[form.id] = tuple(items)
    return scored


def scores(inputs: Inputs) -> pd.DataFrame:
    """Return the mean score, on the questions' scale and to one decimal, and Cronbach's alpha to two.

    ``n`` people have a score, of ten or more; sd is the standard deviation of their scores; alpha is of the alpha_n who
    answered every question, thirty or more, else missing; ``questions`` are how many there are. Totals only, of units
    of which every question is published and in which nobody or at least the threshold of people left a question out:
    beside the questions' means the score would otherwise reveal how the few answered the others.

    The inputs are forms by answered and total, item ""; answers on whole forms by ``question`` and ``code``, item "";
    and the answers to the questions.
    """
    forms, complete, answers = inputs.counts
    sizes = {form: len(items) for form, items in scored_items(inputs.library).items()}
    questions_of_cell = np.asarray(forms.cells["questionnaire"].map(sizes).fillna(0), dtype=np.int64)
    safe = _safe(forms, questions_of_cell, answers, inputs.library, inputs.policy.threshold)
    safe_forms = forms.counts[safe[forms.counts["cell"].to_numpy()]]
    totals = at_every_level(safe_forms, forms.cells)
    counts = totals[~forms.at_level(COHORT)[totals["cell"]]]
    questions = questions_of_cell[counts["cell"]]
    means = _means(counts[2 * counts["answered"] >= questions], questions_of_cell)
    alphas = _alphas(counts[counts["answered"] == questions], _of_units(complete, forms, safe))
    of_cells = alphas.reindex(means["cell"]).reset_index(drop=True)
    return pd.concat([means, of_cells], axis=1).assign(measure="score", method="half_rule")


def _safe(
    forms: PublishableCounts, questions: Whole, answers: PublishableCounts, library: Library, threshold: int
) -> npt.NDArray[np.bool_]:
    """Return by cell whether it is a unit whose score reveals nothing of the few who left a question out."""
    counts, size = forms.counts, len(forms.cells)
    cell = counts["cell"].to_numpy()
    partly = added(cell, np.where(counts["answered"] < questions[cell], counts["n"], 0), size)
    scored = pd.DataFrame(
        [(form, item) for form, items in scored_items(library).items() for item in items],
        columns=["questionnaire", "item"],
    )
    published = answers.cells[answers.at_level(COHORT) & ~answers.cells["suppressed"].to_numpy()]
    published = published[rows_of(published, scored, ["questionnaire", "item"]) >= 0]
    unit = rows_of(published, forms.cells, [name for name in CELL if name != "item"])
    published_questions = np.bincount(unit[unit >= 0], minlength=size)
    known = added(cell, counts["n"], size) > 0
    complete = forms.at_level(COHORT) & known & (published_questions == questions) & (published_questions > 0)
    return np.asarray(complete & ((partly == 0) | (partly >= threshold)))


def _of_units(complete: PublishableCounts, forms: PublishableCounts, safe: npt.NDArray[np.bool_]) -> pd.DataFrame:
    """Return the answers on whole forms of those units, at every level, by the cells of the forms."""
    units = complete.counts[complete.at_level(COHORT)[complete.counts["cell"]]]
    form_cell = rows_of(complete.cells, forms.cells, CELL)[units["cell"]]
    kept = (form_cell >= 0) & np.append(safe, False)[form_cell]
    return at_every_level(units.assign(cell=form_cell)[kept], forms.cells)


def _means(forms: pd.DataFrame, questions: Whole) -> pd.DataFrame:
    """Return the mean score of the cells of ten people or more, with its spread."""
    cell, of_cell = np.unique(forms["cell"].to_numpy(dtype=np.int64), return_inverse=True)
    weight, score = forms["n"].to_numpy(dtype=float), (forms["total"] / forms["answered"]).to_numpy(dtype=float)
    n = np.bincount(of_cell, weights=weight, minlength=len(cell))
    mean = np.bincount(of_cell, weights=weight * score, minlength=len(cell)) / n
    squares = np.bincount(of_cell, weights=weight * (score - mean[of_cell]) ** 2, minlength=len(cell))
    means = pd.DataFrame({"cell": cell, "n": n, "value": mean, "squares": squares, "questions": questions[cell]})
    means = means[means["n"] >= LEAST].reset_index(drop=True)
    spread = np.sqrt(means["squares"] / (means["n"] - 1))
    # Python's rounding goes by the number itself, pandas' by ten times it.
    value, sd = ([round(number, 1) for number in values.tolist()] for values in (means["value"], spread))
    return means[["cell", "n"]].assign(value=value, sd=sd, questions=means["questions"])


def _alphas(whole: pd.DataFrame, complete: pd.DataFrame) -> pd.DataFrame:
    """Return alpha and alpha_n by cell, of thirty people or more."""
    answers_by_cell = dict(list(complete.groupby("cell")))
    alphas = {}
    for cell, rows in whole.groupby("cell"):
        people = int(rows["n"].sum())
        if people < LEAST_FOR_ALPHA or cell not in answers_by_cell:
            continue
        answers = answers_by_cell[cell]
        question, questions = pd.factorize(answers["question"])
        n, code = answers["n"].to_numpy(), answers["code"].to_numpy()
        sums = (added(question, n * code**power, len(questions)) for power in range(3))
        total, squares = float((rows["n"] * rows["total"]).sum()), float((rows["n"] * rows["total"] ** 2).sum())
        spread = float(variance([people], [total], [squares])[0])
        alphas[cell] = (round(cronbach_alpha(variance(*sums), spread), 2), people)
    return pd.DataFrame.from_dict(alphas, orient="index", columns=["alpha", "alpha_n"])
