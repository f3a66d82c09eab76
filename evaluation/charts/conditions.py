"""Chart of the conditions of success: what workers, supervisors and partners think, beside the clients' view."""

from typing import Any

import pandas as pd

from evaluation.charts.figure import Figure
from evaluation.charts.satisfaction import interval_bars, share_axis
from evaluation.charts.theme import QUIET, ROLES, lay_pixels, said, styled, wrapped
from evaluation.charts.words import Words
from evaluation.measures import Published, records
from evaluation.measures.conditions import SAME_THING
from evaluation.measures.satisfaction import WILSON

LINE, HEAD, GAP = 20, 19, 12
# On a telephone a line of so many signs of the small print still fits.
CLOSING_WIDTH = 50


def conditions(published: Published, clients: Published, words: Words) -> Figure:
    """Points of the favourable share with intervals, a line a role, under the theme that they were asked about.

    Themes of which nothing may be shown are named together below the others.

    Args:
        published: conditions.favourable of one practice: workers, supervisors, partners; suppressed rows are marked.
        clients: satisfaction.favourable of the same practice; drawn where it is about the same thing, one a theme.
        words: the reader's language.
    """
    figure = Figure()
    every = _rows(published, clients, words)
    told = every["theme"].isin(set(every.loc[~every["suppressed"], "theme"]))
    rows = every[told].copy()
    height, texts = 4.0, []
    for theme, lines in rows.groupby("theme", sort=False):
        head = wrapped(str(lines["head"].iloc[0])).split("<br>")
        texts.append(said(f"<b>{'<br>'.join(head)}</b>", 0, height, xref="paper", yanchor="top"))
        height += HEAD * len(head)
        rows.loc[rows["theme"] == theme, "y"] = [height + LINE * (number + 0.5) for number in range(len(lines))]
        height += LINE * len(lines) + GAP
    for role, own in rows[~rows["suppressed"]].groupby("role", sort=False):
        colour, symbol = ROLES[str(role)]
        figure.add_scatter(
            x=own["value"].astype(float),
            y=own["y"],
            mode="markers",
            name=words.role(str(role)),
            marker={"size": 12, "color": colour, "symbol": symbol},
            error_x=interval_bars(own) | {"color": colour},
            customdata=[_spoken(words, row) for row in records(own)],
            hovertemplate="%{fullData.name}: %{customdata}<extra></extra>",
            showlegend=True,
        )
    for row in records(rows):
        if row.suppressed:
            text = f"<i>{words.role(row.role)}: {words.withheld(published, row.reason)}</i>"
            texts.append(said(text, 0, row.y, 12, QUIET))
        else:
            texts.append(said(f"{words.figure(row)} ({words.n(row.n)})", 1.03, row.y, 12))
    for why, heads in _withheld(every[~told], published, words).items():
        closing = wrapped(f"{why}: {', '.join(heads)}", CLOSING_WIDTH)
        texts.append(said(f"<i>{closing}</i>", 0, height, 12, QUIET, xref="paper", yanchor="top"))
        height += LINE * (1 + closing.count("<br>"))
    figure.write(texts)
    styled(figure, words.t("charts.conditions_title"))
    lay_pixels(figure, height, below=84)
    share_axis(figure, words)
    figure.update_xaxis(range=[-0.06, 1.5])
    return figure


def _withheld(rows: pd.DataFrame, published: Published, words: Words) -> dict[str, list[str]]:
    """Return the names of themes that are not shown, by why they are not."""
    found: dict[str, list[str]] = {}
    for row in records(rows.drop_duplicates("theme")):
        found.setdefault(words.withheld(published, row.reason), []).append(str(row.head))
    return found


def _rows(published: Published, clients: Published, words: Words) -> pd.DataFrame:
    """Return a row a theme and role, theme by theme; the clients' of a theme come first."""
    asked = published.frame.assign(theme=published.frame["dimension"].fillna(published.frame["item"]))
    themes = {SAME_THING[theme]: theme for theme in asked["theme"] if theme in SAME_THING}
    seen = clients.shown.assign(theme=clients.shown["dimension"].map(themes))
    seen = seen[seen["theme"].notna()]
    # Of several questions about one thing the one that each answers once stands for the clients' view.
    seen = seen.assign(once=seen["method"] == WILSON).sort_values(["once", "n"], ascending=False, kind="stable")
    both = pd.concat([seen.drop_duplicates("theme"), asked], ignore_index=True)
    order = list(dict.fromkeys(asked["theme"]))
    first = both["theme"].map(lambda theme: (theme not in themes.values(), order.index(theme)))
    both = both.assign(first=first, at=both["role"].map(list(ROLES).index)).sort_values(["first", "at"], kind="stable")
    heads = {theme: _head(both[both["theme"] == theme], words) for theme in order}
    return both.assign(head=both["theme"].map(heads), y=0.0)


def _head(rows: pd.DataFrame, words: Words) -> str:
    """Return the name of a theme: its dimension's, or what was asked."""
    theme = str(rows["theme"].iloc[0])
    dimension = words.library.dimensions.get(theme)
    return words.item(str(rows["item"].iloc[-1])) if dimension is None else words.t.label(dimension.label.root)


def _spoken(words: Words, row: Any) -> str:
    interval = words.interval("favourable", row.low, row.high)
    return f"{words.value('favourable', row.value)} ({interval}), {words.n(row.n)}"
