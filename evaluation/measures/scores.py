"""Scores: the answers to a form's questions of one scale combined, person by person.

Half rule: a form counts that answers at least half of the questions; its score is the mean of those it answers. A
measure that others own has the rule of its makers in its definition instead: how many answers a form needs, and from
where to where the mean is taken. So the Experiences of Social Inclusion Scale (Osallisuusindikaattori) goes from 0 to
100: (sum − 10) / 40 × 100 for ten answers from 1 to 5, as THL publishes it (Leemann, Martelin, Koskinen, Härkänen &
Isola 2022, J Hum Dev Capab 23:400).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from evaluation.definitions import Library, Questionnaire, Score
from evaluation.measures.measure import Inputs
from evaluation.privacy import CELL, COHORT, PublishableCounts, Whole, added, at_every_level, rows_of
from evaluation.statistics.proportions import Numbers
from evaluation.statistics.reliability import cronbach_alpha, variance

# A mean of few people nearly gives away their answers; alpha of few people says nothing.
LEAST, LEAST_FOR_ALPHA = 10, 30
HALF_RULE, MAKERS_RULE = "half_rule", "makers_rule"


@dataclass(frozen=True)
class Scoring:
    """How the answers to ``items`` make a score from ``low`` to ``high``: ``offset`` + ``factor`` · their mean.

    Of forms that answer ``least`` of them; by the half rule, or by the rule of the measure's ``makers``.
    """

    items: tuple[str, ...]
    least: int
    low: int
    high: int
    offset: float = 0.0
    factor: float = 1.0
    makers: bool = False


def scored_items(library: Library) -> dict[str, tuple[str, ...]]:
    """Return the items that make up the score of a form, by the form."""
    return {form: scoring.items for form, scoring in scorings(library).items()}


def scorings(library: Library) -> dict[str, Scoring]:
    """Return by form how it is scored: as its definition says, else satisfaction on the scale most of its items have.

    Satisfaction only of our own forms that a client fills once, with two such items or more.
    """
    scored = {}
    for form in library.questionnaires:
        if form.score is not None:
            scored[form.id] = _by_definition(form, form.score, library)
            continue
        if form.external or form.kind != "form" or form.role != "client" or form.timing in ("session", "visit"):
            continue
        scales = [item.scale for item in form.items if item.scale and item.family == "satisfaction"]
        if scales:
            commonest = max(dict.fromkeys(scales), key=scales.count)
            items = [item.id for item in form.items if item.family == "satisfaction" and item.scale == commonest]
            if len(items) > 1:
                codes = library.scales[commonest].codes
                scored[form.id] = Scoring(tuple(items), -(-len(items) // 2), codes[0], codes[-1])
    return scored


def _by_definition(form: Questionnaire, score: Score, library: Library) -> Scoring:
    items = [item for item in form.items if item.scale]
    codes = library.scales[str(items[0].scale)].codes
    factor = (score.high - score.low) / (codes[-1] - codes[0])
    names = tuple(item.id for item in items)
    return Scoring(names, score.least_answered, score.low, score.high, score.low - factor * codes[0], factor, True)


def scores(inputs: Inputs) -> pd.DataFrame:
    """Return the mean score, on the questions' scale or as defined, to one decimal, and Cronbach's alpha to two.

    ``n`` people have a score, of ten or more; sd is the standard deviation of their scores; alpha is of the alpha_n who
    answered every question, thirty or more, else missing; ``questions`` are how many there are; the score lies from
    scale_low to scale_high. Totals only, of units
    of which every question is published and in which nobody or at least the threshold of people left a question out:
    beside the questions' means the score would otherwise reveal how the few answered the others.

    The inputs are forms by answered and total, item ""; answers on whole forms by ``question`` and ``code``, item "";
    and the answers to the questions of the family: forms about another have no score here.
    """
    forms, complete, answers = inputs.counts
    rules = scorings(inputs.library)
    questions_of_cell = _of_forms(forms, {form: len(rule.items) for form, rule in rules.items()}).astype(np.int64)
    least = _of_forms(forms, {form: rule.least for form, rule in rules.items()})
    safe = _safe(forms, questions_of_cell, answers, inputs.library, inputs.policy.threshold)
    safe_forms = forms.counts[safe[forms.counts["cell"].to_numpy()]]
    totals = at_every_level(safe_forms, forms.cells)
    counts = totals[~forms.at_level(COHORT)[totals["cell"]]]
    questions = questions_of_cell[counts["cell"]]
    means = _means(counts[counts["answered"] >= least[counts["cell"]]], questions_of_cell, forms, rules)
    alphas = _alphas(counts[counts["answered"] == questions], _of_units(complete, forms, safe))
    of_cells = alphas.reindex(means["cell"]).reset_index(drop=True)
    return pd.concat([means, of_cells], axis=1).assign(measure="score")


def _of_forms(forms: PublishableCounts, values: Mapping[str, float]) -> Numbers:
    """Return by cell the value of its questionnaire, 0 for one that has none."""
    return np.asarray(forms.cells["questionnaire"].map(values).fillna(0), dtype=float)


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
    of_safe_forms = (form_cell >= 0) & np.append(safe, False)[form_cell]
    return at_every_level(units.assign(cell=form_cell)[of_safe_forms], forms.cells)


def _means(
    counts: pd.DataFrame, questions: Whole, forms: PublishableCounts, rules: Mapping[str, Scoring]
) -> pd.DataFrame:
    """Return the mean score of the cells of ten people or more, with its spread."""
    of_row = counts["cell"].to_numpy(dtype=np.int64)
    cell, of_cell = np.unique(of_row, return_inverse=True)
    offset = _of_forms(forms, {form: rule.offset for form, rule in rules.items()})[of_row]
    factor = _of_forms(forms, {form: rule.factor for form, rule in rules.items()})[of_row]
    weight = counts["n"].to_numpy(dtype=float)
    score = offset + factor * (counts["total"] / counts["answered"]).to_numpy(dtype=float)
    n = np.bincount(of_cell, weights=weight, minlength=len(cell))
    mean = np.bincount(of_cell, weights=weight * score, minlength=len(cell)) / n
    squares = np.bincount(of_cell, weights=weight * (score - mean[of_cell]) ** 2, minlength=len(cell))
    means = pd.DataFrame({"cell": cell, "n": n, "value": mean, "squares": squares, "questions": questions[cell]})
    means = means[means["n"] >= LEAST].reset_index(drop=True)
    spread = np.sqrt(means["squares"] / (means["n"] - 1))
    # Python's rounding goes by the number itself, pandas' by ten times it.
    value, sd = ([round(number, 1) for number in values.tolist()] for values in (means["value"], spread))
    scorings_of_rows = [rules[form] for form in forms.cells["questionnaire"].iloc[means["cell"]]]
    return means[["cell", "n"]].assign(
        value=value,
        sd=sd,
        questions=means["questions"],
        scale_low=np.array([rule.low for rule in scorings_of_rows], dtype=np.int64),
        scale_high=np.array([rule.high for rule in scorings_of_rows], dtype=np.int64),
        method=np.array([MAKERS_RULE if rule.makers else HALF_RULE for rule in scorings_of_rows], dtype=object),
    )


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
