"""The colours: told apart by contrast on both pages, in grey, and by those who do not see red or green."""

import itertools

import numpy as np
import pytest

from evaluation.exhibits.colours import (
    BAD,
    DARK,
    GOOD,
    GROUND,
    INK,
    MAIN,
    NEUTRAL,
    QUIET,
    ROLES,
    SERIES,
    SHADES,
    contrast,
    diverging,
    ink_on,
    luminance,
)
from evaluation.render.plotly_figure import Figure
from evaluation.render.plotly_look import filling, in_dark, in_light

TEXT, MARK = 4.5, 3.0
# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
BLIND = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
}
PAGES = {"light": {}, "dark": DARK}


def _on(page: str, colour: str) -> str:
    return PAGES[page].get(colour, colour)


@pytest.mark.parametrize("page", PAGES)
def test_texts_and_marks_stand_out_from_the_page(page: str) -> None:
    ground = _on(page, GROUND)
    assert min(contrast(_on(page, colour), ground) for colour in (INK, QUIET)) >= TEXT
    marks = {MAIN, GOOD, BAD, *SERIES, *(colour for colour, _ in ROLES.values())}
    assert {colour for colour in marks if contrast(_on(page, colour), ground) < MARK} == set()


@pytest.mark.parametrize("page", PAGES)
def test_numbers_in_bars_can_be_read(page: str) -> None:
    bars = [_on(page, colour) for colour in (GOOD, NEUTRAL, BAD, *itertools.chain(*SHADES.values()))]
    assert min(contrast(ink_on(colour), colour) for colour in bars) >= TEXT


@pytest.mark.parametrize("page", PAGES)
def test_good_neutral_and_bad_differ_in_grey(page: str) -> None:
    colours = [_on(page, colour) for colour in (GOOD, NEUTRAL, BAD)]
    assert min(contrast(one, other) for one, other in itertools.combinations(colours, 2)) > 1.2


def _seen(colour: str, matrix: list[list[float]]) -> np.ndarray:
    """Return the colour as a colour-blind eye sees it, in CIE Lab (D65)."""
    linear = np.array([int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)])
    linear = np.where(linear <= 0.04045, linear / 12.92, ((linear + 0.055) / 1.055) ** 2.4)
    seen = np.clip(np.array(matrix) @ linear, 0, 1)
    to_xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    ratio = to_xyz @ seen / np.array([0.9505, 1.0, 1.089])
    f = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("blindness", BLIND)
def test_good_neutral_and_bad_differ_for_the_colour_blind(page: str, blindness: str) -> None:
    seen = [_seen(_on(page, colour), BLIND[blindness]) for colour in (GOOD, NEUTRAL, BAD)]
    assert min(float(np.linalg.norm(one - other)) for one, other in itertools.combinations(seen, 2)) > 20


def test_roles_differ_in_their_symbols_too() -> None:
    assert len({symbol for _, symbol in ROLES.values()}) == len(ROLES)


def test_a_scale_of_answers_is_paler_towards_its_middle() -> None:
    colours = diverging(["unfavourable", "unfavourable", "neutral", "favourable", "favourable"])
    lightness = [luminance(colour) for colour in colours]
    assert lightness[0] < lightness[1] < lightness[2]
    assert lightness[2] > lightness[3] > lightness[4]
    assert len(set(colours)) == 5


def test_the_dark_page_shows_every_colour_by_its_own_and_the_way_back_is_known() -> None:
    figure = Figure({"font": {"color": INK}})
    for colour in (GOOD, NEUTRAL, BAD):
        figure.add_bar(x=[1], y=["a"], marker=filling(colour, True), insidetextfont={"color": ink_on(colour)})
    bright, dark = figure.checked(), in_dark(figure).checked()
    assert dark.layout.font.color == DARK[INK]
    for trace in dark.data:
        assert contrast(trace.insidetextfont.color, trace.marker.color) >= 4
    back = in_light()
    assert len(back) == len({*back}), "two colours of the light page share one of the dark page"
    for before, after in zip(bright.data, dark.data, strict=True):
        assert back[after.marker.color] == before.marker.color
        assert back[after.insidetextfont.color] == before.insidetextfont.color
