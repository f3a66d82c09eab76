"""Plots of opinions: how answers spread, the favourable share, the recommendation, and the conditions of success."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from evaluation.exhibits.colours import CLASSES, MAIN, ROLES, diverging
from evaluation.exhibits.figures import Figures
from evaluation.exhibits.plot import PERCENT, WHOLE, Category, Plot, Series, Side, Suppressed
from evaluation.exhibits.plot_parts import counts, question, shares, suppressed_rows
from evaluation.findings.words import Words
from evaluation.measures import records
from evaluation.measures.conditions import SAME_THING
from evaluation.measures.satisfaction import ANSWERS

SIDES: Mapping[str, Side] = {"unfavourable": "worse", "neutral": "middle", "favourable": "better"}


def distribution(figures: Figures) -> Plot:
    """Return the shares of the answers to questions of one scale.

    All of them stand answer by answer, or all in three classes: favourable, neutral, unfavourable.
    """
    words, rows = figures.words, figures.rows
    items = list(dict.fromkeys(row.item for row in rows))
    first = {item: next(row for row in rows if row.item == item) for item in items}
    published_rows = [row for row in rows if not row.suppressed and not pd.isna(row.value)]
    by_answer = {(row.item, _answer(row)): row for row in published_rows}
    answers = {_answer(row): row for row in reversed(published_rows)}
    in_classes = any(pd.isna(row.value_code) for row in published_rows)
    order = [value.code for value in words.scale(items[0]).values]
    keys = sorted(answers, key=order.index) if not in_classes else list(dict.fromkeys(map(_answer, published_rows)))
    classes = [str(answers[key].value_class) for key in keys]
    colours = [CLASSES[name] for name in classes] if in_classes else diverging(classes)
    series = tuple(
        _answer_series(words.answer(items[0], None if in_classes else key, kind), kind, colour,
                       [by_answer.get((item, key)) for item in items], words)
        for key, kind, colour in zip(keys, classes, colours, strict=True)
    )  # fmt: skip
    summaries = {row.item: _summary(row, words) for table in figures.beside for row in records(table.with_figures)}
    categories = tuple(
        Category(words.item(item), "" if pd.isna(first[item].n) else words.n(first[item].n),
                 summary=summaries.get(item, ""))
        for item in items
    )  # fmt: skip
    return Plot("stacked", categories, series, PERCENT, suppressed_rows(figures, [first[item] for item in items]))


def _answer(row: Any) -> Any:
    """Return what distinguishes the answers: the code, or the class where only that is published."""
    return row.value_class if pd.isna(row.value_code) else int(row.value_code)


def _answer_series(name: str, kind: str, colour: str, rows: list[Any], words: Words) -> Series:
    texts = tuple("" if row is None else words.mark(row) for row in rows)
    return Series(
        name,
        tuple(None if row is None else float(row.value) for row in rows),
        texts,
        colour,
        details=tuple("" if row is None else _detail(row, words) for row in rows),
        side=SIDES.get(kind, ""),
        hatched=kind == "unfavourable",
    )


def _detail(row: Any, words: Words) -> str:
    """Return the share of an answer and how many gave it, once where the share is written as counts."""
    text = words.mark(row)
    return f"{text} ({words.t.number(row.count)})" if text == words.figure(row) else text


def _summary(row: Any, words: Words) -> str:
    unsure = f". {words.t('reports.could_not_say', unsure=words.t.number(row.dont_know))}" if row.dont_know else ""
    return f"{words.measure(row.measure)} {words.mark_with_interval(row)}{unsure}"


def recommendation(figures: Figures) -> Plot:
    """Return the counts of the answers from 0 to 10 to one question, or of the three classes."""
    names = {kind: figures.words.t(f"charts.recommend_{kind}") for kind in SIDES}
    return _columns(figures, names, figures.words.t("charts.recommend_axis"))


def long_scale(figures: Figures) -> Plot:
    """Return the counts of the answers to one question whose scale is too long to be stacked, or of its classes."""
    words = figures.words
    values = words.scale(figures.rows[0].item).values
    names = {}
    for kind in SIDES:
        codes = [value.code for value in values if value.value_class == kind]
        span = f" ({'–'.join(map(str, sorted({min(codes), max(codes)})))})" if codes else ""
        names[kind] = f"{words.t(f'charts.class_{kind}')}{span}"
    labels = [(value.code, words.t.label(value.label.root)) for value in (values[0], values[-1])]
    axis = ", ".join(f"{code} = {label}" for code, label in labels if label != str(code))
    return _columns(figures, names, axis)


def _columns(figures: Figures, class_names: Mapping[str, str], axis: str) -> Plot:
    """Return a column an answer in the colour of its class, or a column a class where only these are published."""
    words = figures.words
    answers = [row for row in figures.rows if not row.suppressed and not pd.isna(row.value)]
    classes = {kind: class_names[kind] for kind in dict.fromkeys(row.value_class for row in answers)}
    in_classes = any(pd.isna(row.value_code) for row in answers)
    names = classes.values() if in_classes else [f"{row.value_code:g}" for row in answers]
    series = []
    for kind, name in classes.items():
        values = [float(row.count) if row.value_class == kind else None for row in answers]
        line = counts(name, values, CLASSES[kind], words)
        series.append(Series(name, line.values, line.texts, line.colour, hatched=kind == "unfavourable"))
    axes = ("" if in_classes else axis, words.t("charts.answers"))
    suppressed = suppressed_rows(figures, figures.rows)[:1] if not answers else ()
    marks = tuple(Suppressed(mark.reason) for mark in suppressed)
    return Plot("columns", tuple(map(Category, names)), tuple(series), WHOLE, marks, axes)


def favourable(figures: Figures) -> Plot:
    """Return the share of favourable answers per question, with its interval."""
    words, rows = figures.words, figures.rows
    series = shares(words.measure("favourable"), rows, MAIN, words)
    categories = tuple(question(words, row) for row in rows)
    return Plot("points", categories, (series,), PERCENT, suppressed_rows(figures, rows))


def conditions(figures: Figures) -> Plot:
    """Return the favourable shares of those who do the work, theme by theme, beside the clients' of the same thing."""
    words, frame = figures.words, _by_theme(figures)
    rows = list(records(frame))
    categories = tuple(Category(words.role(row.role), words.n_of(row), heading=row.heading) for row in rows)
    roles = [role for role in dict.fromkeys(row.role for row in rows) if _any_shown(rows, role)]
    series = tuple(
        shares(words.role(role), [row if row.role == role else None for row in rows], *_look(role, words))
        for role in roles
    )
    return Plot("points", categories, series, PERCENT, suppressed_rows(figures, rows))


def _look(role: str, words: Words) -> tuple[str, Words, str]:
    colour, symbol = ROLES[role]
    return colour, words, symbol


def _any_shown(rows: list[Any], role: str) -> bool:
    return any(row.role == role and not row.suppressed for row in rows)


def _by_theme(figures: Figures) -> pd.DataFrame:
    """Return a row per theme and role, theme by theme; the clients' of a theme come first."""
    words, published, (clients, *_) = figures.words, figures.published, figures.beside
    answers = published.frame.assign(theme=published.frame["dimension"].fillna(published.frame["item"]))
    themes = {SAME_THING[theme]: theme for theme in answers["theme"] if theme in SAME_THING}
    views = clients.with_figures.assign(theme=clients.with_figures["dimension"].map(themes))
    views = views[views["theme"].notna()]
    # Of several questions about one thing the one that a person answers once stands for the clients' view.
    views = views.assign(once=views["method"] != ANSWERS).sort_values(["once", "n"], ascending=False, kind="stable")
    both = pd.concat([views.drop_duplicates("theme"), answers], ignore_index=True)
    order = list(dict.fromkeys(answers["theme"]))
    rank = both["theme"].map(lambda theme: (theme not in themes.values(), order.index(theme)))
    role = both["role"].map(list(ROLES).index)
    both = both.assign(rank=rank, role_rank=role).sort_values(["rank", "role_rank"], kind="stable")
    headings = {theme: _heading(both[both["theme"] == theme], words) for theme in order}
    return both.assign(heading=both["theme"].map(headings))


def _heading(rows: pd.DataFrame, words: Words) -> str:
    """Return the name of a theme: its dimension's, or the question."""
    theme = str(rows["theme"].iloc[0])
    dimension = words.library.dimensions.get(theme)
    return words.item(str(rows["item"].iloc[-1])) if dimension is None else words.t.label(dimension.label.root)
