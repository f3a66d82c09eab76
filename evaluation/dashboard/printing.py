"""How a page looks on paper: its headings, texts and charts without what can only be pressed."""

from evaluation.dashboard import drawing, sample_switch
from evaluation.exhibits.colours import INK

# What can only be pressed, or says only how to press it.
SCREEN_ONLY = (
    "[data-testid='stHeader']",
    "[data-testid='stSidebar']",
    "[data-testid='stToolbar']",
    "[data-testid='stStatusWidget']",
    "[data-testid='stElementToolbar']",
    "[data-testid='stButton']",
    "[data-testid='stSelectbox']",
    # One with a choice stays: it says of what part of the data the figures are.
    "[data-testid='stMultiSelect']:not(:has([data-tag]))",
    "[data-testid='stMultiSelect'] button",
    "[data-testid='stCheckbox']",
    "[data-testid='stRadio']",
    "[data-testid='stDownloadButton']",
    "[data-testid='stLinkButton']",
    "[data-testid='stPageLink']",
    "[data-testid='stFileUploader']",
    "[data-testid='stButtonGroup']",
    "[data-testid='stBidiComponentIsolated']",
    "[data-testid='stBidiComponentRegular']:not(:has(.chart))",
    "[data-testid='stTooltipIcon']",
    "[data-testid='stExpander'] details:not([open])",
    "[class*='st-key-files_']",
)
# From the outermost box to the page, all scroll on the screen; on paper they are as long as what they hold.
SCROLLING = (
    "html", "body", "#root", "#root > div", ".stApp", "[data-testid='stAppViewContainer']", "[data-testid='stMain']",
)  # fmt: skip
WHOLE = (
    "[class*='st-key-panel_']", "[data-testid='stMetric']", "[data-testid='stAlert']", ".chart",
)  # fmt: skip

# The chart's script gives the layers what they need to be scaled.
DRAWING, LAYER = ":is(.js-plotly-plot, .plot-container, .svg-container)", ".svg-container > .main-svg"
LEADING = "[data-testid='stElementContainer']:has(h1, h2, h3, [data-testid='stCaptionContainer'])"
HELD = ":is(.stElementContainer, .stBidiComponent, .stBidiComponentRegular):has(.chart)"

# Grounds are not printed, so what is light on the dark page would be light on paper.
FROM_DARK = f"""
    @media print {{
        body, .stApp {{color-scheme: light !important; background: #FFFFFF !important;}}
        .stApp, .stApp :not(svg, svg *) {{color: {INK} !important; background: transparent !important;}}
        .svg-container {{filter: invert(1) hue-rotate(180deg);}}
    }}
"""


def rules() -> str:
    """Return the rules of style that lay the page down as an A4 set when it is printed."""
    style = f"""
        @page {{size: A4; margin: 14mm 12mm;}}
        @media print {{
            {", ".join(SCREEN_ONLY)} {{display: none !important;}}
            {", ".join(SCROLLING)} {{
                position: static !important; height: auto !important; overflow: visible !important;
            }}
            {", ".join(WHOLE)} {{break-inside: avoid;}}
            /* A heading stays with what follows it in blocks only, not in boxes that stretch. */
            [data-testid='stVerticalBlock'], [data-testid='stHorizontalBlock']:has({WHOLE[0]}),
            [data-testid='stLayoutWrapper']:has({WHOLE[0]}), [data-testid='stColumn']:has({WHOLE[0]}),
            {LEADING} {{display: block !important;}}
            [data-testid='stVerticalBlock'] > * {{margin-bottom: 0.75rem;}}
            {LEADING} {{break-inside: avoid; break-after: avoid;}}
            [data-testid='stMainBlockContainer'] {{padding: 0 !important; max-width: none !important;}}
            .st-key-{sample_switch.BAR} {{position: static !important; padding: 0 !important; border: none;}}
            [data-testid='stColumn']:has({WHOLE[0]}) {{width: 100% !important;}}
            {HELD}, {DRAWING} {{width: 100% !important; height: auto !important; flex: none !important;}}
            {LAYER} {{width: min(100%, var(--width)) !important; height: auto !important;}}
            {LAYER}:first-of-type {{position: static !important; display: block;}}
        }}
    """
    return style + (FROM_DARK if drawing.dark() else "")
