"""Scores: the answers of a form's questions of one scale taken together, person by person.

Half rule: a form counts that answers at least half of the questions; its score is the mean of those it answers.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from evaluation.definitions import Library
from evaluation.measures.disclosure import CELL, COHORT, Screened, at_every_level
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
    each = forms.counts[forms.counts["level"] == COHORT]
    each = each.assign(questions=each["questionnaire"].map(sizes).astype(float))
    units = _safe(each, rated, library, threshold)
    totals = at_every_level(each.merge(units, on=CELL).drop(columns="level"))
    counts = totals[totals["level"] != COHORT]
    told = counts[2 * counts["answered"] >= counts["questions"]]
    found = pd.DataFrame(_means(told), columns=[*CELL, "n", "value", "sd", "questions"])
    whole = counts[counts["answered"] == counts["questions"]]
    alphas = pd.DataFrame(
        _alphas(whole, at_every_level(_of_units(complete, units))), columns=[*CELL, "alpha", "alpha_n"]
    )
    return found.merge(alphas, on=CELL, how="left").assign(measure="score", method="half_rule")


def _of_units(complete: Screened, units: pd.DataFrame) -> pd.DataFrame:
    return complete.counts.merge(units, on=CELL).drop(columns="level")


def _safe(forms: pd.DataFrame, rated: Screened, library: Library, threshold: int) -> pd.DataFrame:
    """Return the units whose score tells nothing of the few who left a question out."""
    asked = [(form, item) for form, items in scored_items(library).items() for item in items]
    scored = pd.DataFrame(asked, columns=["questionnaire", "item"])
    cells = rated.cells[(rated.cells["level"] == COHORT) & ~rated.cells["suppressed"]].merge(scored)
    unit = [name for name in CELL if name != "item"]
    open_questions = cells.groupby(unit).size().rename("open").reset_index()
    partly = forms.assign(partly=forms["n"].where(forms["answered"] < forms["questions"], 0))
    sums = partly.groupby([*CELL, "questions"], as_index=False)["partly"].sum().merge(open_questions, on=unit)
    safe = (sums["open"] == sums["questions"]) & ((sums["partly"] == 0) | (sums["partly"] >= threshold))
    return pd.DataFrame(sums.loc[safe, CELL])


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
