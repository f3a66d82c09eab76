"""Draws lines on two logarithmic axes as a plain SVG."""

import math
from collections.abc import Collection
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

WIDTH, HEIGHT = 640, 420
LEFT, RIGHT, TOP, BOTTOM = 64, 150, 48, 48
COLOURS = ("#1f4e5f", "#c26a1b", "#5b7f3b")
DASHES = ("", "7 4", "2 4")


@dataclass
class Line:
    """A line: its name, and its points."""

    name: str
    points: list[tuple[float, float]] = field(default_factory=list)


def log_plot(title: str, across: str, up: str, lines: Collection[Line]) -> str:
    """Return an SVG of ``lines``; both axes are logarithmic and reach over whole powers of ten."""
    xs = [x for line in lines for x, _ in line.points]
    ys = [y for line in lines for _, y in line.points]
    x_axis, y_axis = _Axis.over(xs, LEFT, WIDTH - RIGHT), _Axis.over(ys, HEIGHT - BOTTOM, TOP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="sans-serif" font-size="13" fill="#222">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="26" font-size="15" font-weight="bold">{escape(title)}</text>',
    ]
    for power in range(x_axis.low, x_axis.high + 1):
        x = x_axis.at(10**power)
        parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>')
    for power in range(y_axis.low, y_axis.high + 1):
        y = y_axis.at(10**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g} {escape(up)}</text>')
    parts.append(
        f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">{escape(across)}</text>'
    )
    ends = _apart([y_axis.at(line.points[-1][1]) for line in lines])
    for line, end, colour, dash in zip(lines, ends, COLOURS, DASHES, strict=False):
        path = "L".join(f"{x_axis.at(x):.1f} {y_axis.at(y):.1f}" for x, y in line.points)
        parts.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dash}"/>')
        parts += [
            f'<circle cx="{x_axis.at(x):.1f}" cy="{y_axis.at(y):.1f}" r="3.5" fill="{colour}"/>' for x, y in line.points
        ]
        last = f"{escape(line.name)}, {line.points[-1][1]:.1f} {escape(up)}"
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{end + 4:.1f}" fill="{colour}">{last}</text>')
    return "\n".join([*parts, "</svg>", ""])


@dataclass(frozen=True)
class _Axis:
    low: int
    high: int
    start: float
    end: float

    @classmethod
    def over(cls, values: Collection[float], start: float, end: float) -> "_Axis":
        return cls(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))), start, end)

    def at(self, value: float) -> float:
        share = (math.log10(value) - self.low) / max(self.high - self.low, 1)
        return self.start + share * (self.end - self.start)


def _apart(places: list[float]) -> list[float]:
    """Return the places of names, moved so far that they do not lie on one another."""
    order = sorted(range(len(places)), key=lambda number: -places[number])
    moved = list(places)
    for lower, upper in pairwise(order):
        moved[upper] = min(moved[upper], moved[lower] - 17)
    return moved
