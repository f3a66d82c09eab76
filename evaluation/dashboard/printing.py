"""How a page looks on paper: its headings, texts and charts without what can only be pressed."""

import streamlit as st

# What can only be pressed, or says only how to press it.
SCREEN_ONLY = (
    "[data-testid='stHeader']",
    "[data-testid='stSidebar']",
    "[data-testid='stToolbar']",
    "[data-testid='stStatusWidget']",
    "[data-testid='stElementToolbar']",
    "[data-testid='stButton']",
    "[data-testid='stDownloadButton']",
    "[data-testid='stLinkButton']",
    "[data-testid='stPageLink']",
    "[data-testid='stFileUploader']",
    "[data-testid='stButtonGroup']",
    "[data-testid='stBidiComponentIsolated']",
    "[data-testid='stBidiComponentRegular']",
    "[data-testid='stTooltipIcon']",
    "[data-testid='stExpander'] details:not([open])",
    "[class*='st-key-files_']",
)
# From the outermost box to the page, all scroll on the screen; on paper each is as long as what it holds.
SCROLLING = (
    "html", "body", "#root", "#root > div", ".stApp", "[data-testid='stAppViewContainer']", "[data-testid='stMain']",
)  # fmt: skip
WHOLE = (
    "[class*='st-key-panel_']", "[data-testid='stMetric']", "[data-testid='stAlert']", "[data-testid='stPlotlyChart']",
)  # fmt: skip


def style() -> None:
    """Lay the page down as an A4 set when it is printed."""
    rules = f"""
        @page {{size: A4; margin: 14mm 12mm;}}
        @media print {{
            {", ".join(SCREEN_ONLY)} {{display: none !important;}}
            {", ".join(SCROLLING)} {{
                position: static !important; height: auto !important; overflow: visible !important;
            }}
            {", ".join(WHOLE)} {{break-inside: avoid;}}
            [data-testid='stHeadingWithActionElements'] {{break-after: avoid;}}
            [data-testid='stMainBlockContainer'] {{padding: 0 !important; max-width: none !important;}}
            [data-testid='stHorizontalBlock'] {{flex-wrap: wrap;}}
            [data-testid='stColumn'] {{min-width: 100% !important;}}
            .svg-container, .main-svg {{max-width: 100%;}}
        }}
    """
    st.html(f"<style>{rules}</style>")
