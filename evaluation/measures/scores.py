"""Scores: the answers of a form's questions of one scale taken together, person by person.

Half rule: a form counts that answers at least half of the questions; its score is the mean of those it answers.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.disclosure import CELL, PRACTICE, PRACTICE_ALL, Screened
from evaluation.measures.statistics.reliability import cronbach_alpha, variance

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


def scores(forms: Screened, complete: Screened, library: Library) -> pd.DataFrame:
    """Return the mean score, on the questions' own scale and to one decimal, and Cronbach's alpha to two.

    ``n`` people have a score, of ten or more; sd is the standard deviation of their scores; alpha is of the alpha_n who
    answered every question, thirty or more, else missing; ``questions`` are how many there are. Totals only, and
    rounded: finer figures would tell of the one person who left a question out.

    Args:
        forms: forms by answered and total, item "".
        complete: answers on whole forms by ``question`` and ``code``, item "".
        library: gives the questions of each score.
    """
    sizes = {form: len(items) for form, items in scored_items(library).items()}
    counts = forms.counts[forms.counts["level"].isin([PRACTICE, PRACTICE_ALL])]
    counts = counts.assign(questions=counts["questionnaire"].map(sizes).astype(float))
    told = counts[2 * counts["answered"] >= counts["questions"]]
    found = pd.DataFrame(_means(told), columns=[*CELL, "n", "value", "sd", "questions"])
    whole = counts[counts["answered"] == counts["questions"]]
    alphas = pd.DataFrame(_alphas(whole, complete.counts), columns=[*CELL, "alpha", "alpha_n"])
    return found.merge(alphas, on=CELL, how="left").assign(measure="score", method="half_rule")


def _means(told: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    for key, rows in told.groupby(CELL):
        n = float(rows["n"].sum())
        if n < LEAST:
            continue
        score = rows["total"] / rows["answered"]
        mean = float((rows["n"] * score).sum()) / n
        spread = float((rows["n"] * (score - mean) ** 2).sum()) / (n - 1)
        yield *key, n, round(mean, 1), round(float(np.sqrt(spread)), 1), int(rows["questions"].iloc[0])


def _alphas(whole: pd.DataFrame, complete: pd.DataFrame) -> Iterator[tuple[object, ...]]:
    answers = dict(list(complete.groupby(CELL)))
    for key, rows in whole.groupby(CELL):
        people = int(rows["n"].sum())
        if people < LEAST_FOR_ALPHA or key not in answers:
            continue
        own = answers[key].assign(
            sum=lambda each: each["n"] * each["code"], squares=lambda each: each["n"] * each["code"] ** 2
        )
        items = own.groupby("question")[["n", "sum", "squares"]].sum()
        total, squares = float((rows["n"] * rows["total"]).sum()), float((rows["n"] * rows["total"] ** 2).sum())
        spread = float(variance([people], [total], [squares])[0])
        yield *key, round(cronbach_alpha(variance(items["n"], items["sum"], items["squares"]), spread), 2), people
