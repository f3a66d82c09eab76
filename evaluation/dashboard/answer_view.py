"""Draws the answer card: three lines that fit a screen, people as counted marks, everything readable without colour."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from evaluation.exhibits.colours import BAD, DARK, GOOD, INK, MAIN, NEUTRAL, QUIET, RULE
from evaluation.findings import Words
from evaluation.findings.answer_card import MOST_MARKS, AnswerLine, Beside, Parts

SIGNS = {"change": "↑"}
GOOD_SIGN, BETWEEN_SIGN = "✓", "="
# The text on the bad side is never in its pale orange.
_BAD_TEXT = "light-dark(#8A4A0C, #F0A765)"
_GROUND, _TINT = "light-dark(#FFFFFF, #10191F)", "light-dark(#F4F7F9, #1A262E)"


def _both(colour: str) -> str:
    return f"light-dark({colour}, {DARK.get(colour, colour)})"


STYLE = f"""<style>
.answers {{border: 1px solid {_both(RULE)}; border-radius: 12px; overflow: hidden; font-size: 16px; line-height: 1.45;
  color: {_both(INK)}; font-variant-numeric: tabular-nums;}}
.answers section {{display: grid; grid-template-columns: 168px minmax(0, 1fr) 280px 238px; gap: 8px 24px;
  padding: 16px 24px; border-top: 1px solid {_both(RULE)};}}
.answers section:first-child {{border-top: 0;}}
.answers h2 {{margin: 0 0 2px; padding: 0; font-size: 15px; font-weight: 600; color: {_both(MAIN)};}}
.answers .figure {{font-size: 42px; font-weight: 650; line-height: 1.1; white-space: nowrap;}}
.answers .figure small {{font-size: 22px; font-weight: 400;}}
.answers .finding {{margin: 0; font-size: 19px; font-weight: 600; line-height: 1.3;}}
.answers p {{margin: 4px 0 0; font-size: 15px;}}
.answers .quiet {{color: {_both(QUIET)}; font-size: 15px;}}
.answers dl {{margin: 0; padding: 0; font-size: 15px;}}
.answers dt {{margin: 0; padding: 0; color: {_both(QUIET)};}}
.answers dd {{margin: 0 0 6px; padding: 0;}}
.answers footer {{padding: 10px 24px; border-top: 1px solid {_both(RULE)}; background: {_TINT}; font-size: 15px;
  color: {_both(QUIET)};}}
.marks {{display: flex; flex-wrap: wrap; gap: 4px;}}
.marks i {{width: 22px; height: 22px; border-radius: 50%; display: grid; place-items: center; font-style: normal;
  font-size: 13px; font-weight: 700; line-height: 1;}}
.marks .good {{background: {_both(GOOD)}; color: {_GROUND};}}
.marks .between {{border: 1.5px solid {_both(QUIET)}; color: {_both(QUIET)};}}
.marks .bad, .bar .bad {{border: 1.5px solid {_BAD_TEXT};
  background: repeating-linear-gradient(135deg, {_both(BAD)} 0 3px, {_GROUND} 3px 5px);}}
.bar {{display: flex; gap: 1.5px; height: 24px;}}
.bar span {{min-width: 3px;}}
.bar .good {{background: {_both(GOOD)};}}
.bar .between {{background: {_both(NEUTRAL)}; border: 1px solid {_both(QUIET)};}}
@media (max-width: 1000px) {{.answers section {{grid-template-columns: 150px minmax(0, 1fr);}}
  .answers .parts {{grid-column: 1;}} .answers .beside {{grid-column: 2;}}}}
@media (max-width: 700px) {{
  .answers section {{grid-template-columns: 96px minmax(0, 1fr); padding: 12px 16px; gap: 4px 12px;}}
  .answers .figure {{font-size: 32px;}} .answers .figure small {{font-size: 18px;}}
  .answers .finding {{font-size: 17px;}} .answers .note, .answers dt:nth-of-type(n + 2), .answers dd:nth-of-type(n + 2)
  {{display: none;}}
  .answers .parts, .answers .beside {{grid-column: 1 / -1;}} .answers footer {{padding: 8px 16px; font-size: 14px;}}
}}
</style>"""


def show(lines: Sequence[AnswerLine], words: Words) -> None:
    """Show the answer card."""
    sections = "".join(_section(line, words) for line in lines)
    st.html(f'{STYLE}<div class="answers">{sections}<footer>{escape(words.t("card.foot"))}</footer></div>')


def _section(line: AnswerLine, words: Words) -> str:
    family = escape(words.t(f"common.family_{line.family}"))
    of = f"<small> {escape(line.of)}</small>" if line.of else ""
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in line.notes)
    return (
        f'<section><div><h2>{family}</h2><div class="figure">{escape(line.figure)}{of}</div>'
        f'<div class="quiet">{escape(line.label)}</div></div>'
        f'<div><p class="finding">{escape(line.finding)}</p>{notes}</div>'
        f'<div class="parts">{_parts(line)}</div><div class="beside">{_beside(line.beside)}</div></section>'
    )


def _parts(line: AnswerLine) -> str:
    text = " ".join(filter(None, (line.parts_text, line.likely)))
    caption = f'<div class="quiet">{escape(text)}</div>' if text else ""
    if line.parts is None:
        return caption
    drawn = _marks(line.parts, SIGNS.get(line.family, GOOD_SIGN)) if line.parts.n <= MOST_MARKS else _bar(line.parts)
    return f'<div role="img" aria-label="{escape(line.parts_text)}">{drawn}</div>{caption}'


def _marks(parts: Parts, sign: str) -> str:
    """Draw a mark a person: a full disc, a ring, a hatched one."""
    of_kinds = ((parts.good, "good", sign), (parts.between, "between", BETWEEN_SIGN), (parts.bad, "bad", ""))
    marks = "".join(f'<i class="{kind}">{inside}</i>' * count for count, kind, inside in of_kinds)
    return f'<div class="marks">{marks}</div>'


def _bar(parts: Parts) -> str:
    of_kinds = ((parts.good, "good"), (parts.between, "between"), (parts.bad, "bad"))
    spans = "".join(f'<span class="{kind}" style="flex:{count} 0 0"></span>' for count, kind in of_kinds if count)
    return f'<div class="bar">{spans}</div>'


def _beside(beside: Sequence[Beside]) -> str:
    rows = "".join(
        f"<dt>{escape(one.name)}</dt><dd>{escape(' · '.join(filter(None, (one.figure, one.verdict))))}</dd>"
        for one in beside[:2]
    )
    return f"<dl>{rows}</dl>" if rows else ""
