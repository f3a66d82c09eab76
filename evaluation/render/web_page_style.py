"""The look of the web page of a report, on a telephone, on a screen and on paper, and what draws its charts."""

import json

from evaluation.exhibits.colours import INK, MAIN, QUIET, RULE
from evaluation.render.plotly_look import FONT, TEMPLATE

STYLE = f"""
:root {{ color-scheme: light; }}
body {{ margin: 0 auto; max-width: 62rem; padding: 1rem; background: #fff; color: {INK};
  font: 1rem/1.5 {FONT}; overflow-wrap: anywhere; }}
h1, h2, h3 {{ line-height: 1.25; color: {MAIN}; }}
h1 {{ margin: 1rem 0 .25rem; }}
h2 {{ margin: 2.5rem 0 .75rem; padding-top: .5rem; border-top: 2px solid {RULE}; }}
h3 {{ margin: 1.5rem 0 .5rem; color: {INK}; font-size: 1.1rem; }}
a {{ color: {MAIN}; }}
nav ul {{ display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; list-style: none; }}
nav a {{ display: inline-block; padding: .25rem 0; }}
li {{ margin: .25rem 0; }}
.lead {{ font-size: 1.1rem; margin: 0; }}
.quiet {{ color: {QUIET}; font-size: .9rem; margin: .25rem 0; }}
.cards {{ display: flex; flex-wrap: wrap; gap: .75rem; }}
.card {{ flex: 1 1 13rem; border: 1px solid {RULE}; border-radius: .5rem; padding: .75rem 1rem; }}
.card p {{ margin: 0; }}
.label {{ font-weight: 600; }}
.figure {{ font-size: 2.2rem; font-weight: 700; color: {MAIN}; }}
.exhibit {{ margin: 1rem 0 1.75rem; }}
summary {{ cursor: pointer; padding: .4rem 0; color: {MAIN}; }}
:focus-visible {{ outline: 3px solid {MAIN}; outline-offset: 2px; }}
.wide {{ overflow-x: auto; margin: .5rem 0; }}
table {{ border-collapse: collapse; font-size: .9rem; overflow-wrap: normal; }}
caption {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }}
th, td {{ padding: .3rem .6rem; border-bottom: 1px solid {RULE}; text-align: left; vertical-align: top; }}
thead th {{ border-bottom: 2px solid {QUIET}; }}
tbody th {{ font-weight: 600; min-width: 8rem; }}
@media print {{
  @page {{ size: A4; margin: 15mm; }}
  body {{ max-width: none; padding: 0; font-size: 10pt; }}
  nav {{ display: none; }}
  h2, h3 {{ break-after: avoid; }}
  .chart, tr, .card, li {{ break-inside: avoid; }}
  .wide {{ overflow: visible; }}
  table {{ font-size: 8pt; }}
}}
"""

# Charts are drawn when they come near the window, so that a long report opens at once; before printing all of them.
# Tables are opened for printing, as paper has nothing to press.
SCRIPT = (
    f"const template={json.dumps(TEMPLATE)};"
    """
const plain = {displayModeBar: false, displaylogo: false, responsive: true, showTips: false};
// On a telephone the names of a legend stand one below the other, and figures beside the bars come near the edge.
const narrow = drawing => {
  const named = drawing.data.filter(trace => trace.name && trace.showlegend !== false).length;
  drawing.layout.height += 20 * Math.max(0, named - 2);
  drawing.layout.margin.r = Math.max(drawing.layout.margin.r || 0, 36);
};
const draw = place => {
  if (place.dataset.drawn) return;
  place.dataset.drawn = "yes";
  const drawing = drawings[Number(place.id.slice(5))];
  if (place.clientWidth < 500) narrow(drawing);
  Plotly.newPlot(place, drawing.data, {...drawing.layout, template}, plain);
};
const places = document.querySelectorAll(".chart");
const near = new IntersectionObserver(
  entries => entries.filter(entry => entry.isIntersecting).forEach(entry => draw(entry.target)), {rootMargin: "600px"});
places.forEach(place => near.observe(place));
const opened = [];
const unfold = () => document.querySelectorAll("details:not([open])").forEach(fold => {
  fold.open = true;
  opened.push(fold);
});
addEventListener("beforeprint", () => { places.forEach(draw); unfold(); });
addEventListener("afterprint", () => opened.splice(0).forEach(fold => { fold.open = false; }));
"""
)
