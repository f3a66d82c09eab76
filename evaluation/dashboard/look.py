"""The look that the theme of the framework cannot give, as rules of style: contrast, room, words not cut off."""

from evaluation.charts.theme import DARK, GROUND, QUIET

_OPTION = "[data-testid='stSelectboxVirtualDropdown'] [role='option']"
_INSTRUCTIONS = "[data-testid='stFileUploaderDropzoneInstructions']"
# The browser chooses by light-dark: the server learns of the reader's theme only after the first drawing.
RULES = f"""
    [data-testid='stMainBlockContainer'] {{padding-top: 4.5rem;}}
    [data-testid='stCaptionContainer'], [data-testid='stCaptionContainer'] * {{
        color: light-dark({QUIET}, {DARK[QUIET]}) !important; opacity: 1 !important;
    }}
    [data-testid='stBaseButton-primary']:enabled, [data-testid='stBaseButton-primary']:enabled * {{
        color: light-dark({GROUND}, {DARK[GROUND]}) !important;
    }}
    [class*='st-key-import_told'] :is(label, label *, input) {{
        color: light-dark({QUIET}, {DARK[QUIET]}) !important;
        -webkit-text-fill-color: light-dark({QUIET}, {DARK[QUIET]}); opacity: 1 !important;
    }}
    @media (max-width: 700px) {{.st-key-import_place > * {{width: 100% !important;}}}}
    {_INSTRUCTIONS}, {_INSTRUCTIONS} * {{white-space: normal; overflow: visible;}}
    [data-testid='stTable'] table {{table-layout: fixed; width: 100%;}}
    [data-testid='stTable'] :is(td, th, td *, th *) {{overflow-wrap: anywhere !important; white-space: normal;}}
    {_OPTION}, {_OPTION} > div {{height: auto; min-height: 2.25rem; line-height: 1.3; white-space: normal;}}
    {_OPTION} > div {{padding-block: 0.25rem;}}
"""
