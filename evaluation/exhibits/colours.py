"""The colours of all charts: differing in lightness as well as in hue, so that they differ in grey too."""

from collections.abc import Mapping, Sequence

INK, QUIET, RULE, GROUND = "#1B2A33", "#5B6B75", "#D5DDE1", "#FFFFFF"
MAIN = "#1F5F7A"
# The bad side is hatched as well.
GOOD, NEUTRAL, BAD = "#1F5F7A", "#C9D1D6", "#D17B22"
BAND = "#E3E9EC"
# Cohorts have no good and bad: their colours are none of those.
SERIES = ("#1F5F7A", "#8A5FA8", "#2F855A", "#8C2D3F", "#5B6B75", "#A3761B")
ROLES: Mapping[str, tuple[str, str]] = {
    "client": (SERIES[0], "circle"),
    "worker": (SERIES[1], "square"),
    "supervisor": (SERIES[3], "diamond"),
    "partner": (SERIES[2], "triangle-up"),
}
CLASSES: Mapping[str, str] = {"favourable": GOOD, "neutral": NEUTRAL, "unfavourable": BAD}
SHADES: Mapping[str, Sequence[str]] = {
    "favourable": ("#1F5F7A", "#6FA8BF", "#A9CCDA", "#CFE3EB"),
    "unfavourable": ("#AE5C16", "#EDB27C", "#F5D3B3", "#FAE7D6"),
}
# The further people came, the darker: registered, started, completed.
STAGES = (SHADES["favourable"][3], SHADES["favourable"][1], SHADES["favourable"][0])
# Every colour above and its counterpart on the dark page: what is dark there is light here.
DARK: Mapping[str, str] = {
    INK: "#E6EDF1", QUIET: "#A9B8C1", RULE: "#3A4A54", GROUND: "#10191F", BAND: "#26343D",
    MAIN: "#7CC0DA", NEUTRAL: "#66757F", BAD: "#D07B26",
    SERIES[1]: "#C3A3DC", SERIES[2]: "#7CCB9F", SERIES[3]: "#E58A9B", SERIES[5]: "#DDB462",
    "#6FA8BF": "#579FBA", "#A9CCDA": "#3A7389", "#CFE3EB": "#2E5566",
    "#AE5C16": "#F0A765", "#EDB27C": "#CB8243", "#F5D3B3": "#8F5A2A", "#FAE7D6": "#684626",
}  # fmt: skip


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink_on(colour: str) -> str:
    """Return the colour of text on ``colour``: ink or white, whichever has the greater contrast."""
    return max((INK, GROUND), key=lambda ink: contrast(ink, colour))


def diverging(classes: Sequence[str | None]) -> list[str]:
    """Return a colour per answer of a scale in order, paler towards the middle on both sides."""
    colours = []
    for index, name in enumerate(classes):
        if name is None or name not in SHADES:
            colours.append(NEUTRAL)
            continue
        same = [number for number, other in enumerate(classes) if other == name]
        ends_low = index <= len(classes) - 1 - index
        rank = same.index(index) if ends_low else len(same) - 1 - same.index(index)
        colours.append(SHADES[name][min(rank, 3)])
    return colours
