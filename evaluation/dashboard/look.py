"""The look that the theme of the framework cannot give, as rules of style: contrast, room, words not cut off."""

from evaluation.dashboard.sample_switch import BAR, SWITCH
from evaluation.exhibits.colours import DARK, GROUND, QUIET

_OPTION = "[data-testid='stSelectboxVirtualDropdown'] [role='option']"
_INSTRUCTIONS = "[data-testid='stFileUploaderDropzoneInstructions']"
_BAR, _HEADER = f".st-key-{BAR}", "[data-testid='stHeader']"
# What stands in the header: the switch to the sample, the languages, who is signed in. Narrower, the switch alone.
TOOLS, NARROW = "tools", 1100
PERSON = "person"
# Of the sample alone, on the light page and on the dark one: text, ground, stripes on it, edge.
SAMPLE_INK, SAMPLE_GROUND = "light-dark(#4B3A73, #D6CBF2)", "light-dark(#EDE8F6, #2B2343)"
SAMPLE_STRIPE, SAMPLE_EDGE = "light-dark(#F5F2FA, #332A4E)", "light-dark(#CFC5E4, #4B3F70)"
# The browser chooses by light-dark: the server learns of the reader's theme only after the first drawing.
RULES = f"""
    [data-testid='stMainBlockContainer'] {{padding-top: 4.5rem;}}
    [data-testid='stCaptionContainer'], [data-testid='stCaptionContainer'] * {{
        color: light-dark({QUIET}, {DARK[QUIET]}) !important; opacity: 1 !important;
    }}
    [data-testid='stBaseButton-primary']:enabled, [data-testid='stBaseButton-primary']:enabled * {{
        color: light-dark({GROUND}, {DARK[GROUND]}) !important;
    }}
    [data-testid='stMultiSelectTagsContainer'] [data-tag] * {{
        color: light-dark({GROUND}, {DARK[GROUND]}) !important;
    }}
    [class*='st-key-import_read'] :is(label, label *, input) {{
        color: light-dark({QUIET}, {DARK[QUIET]}) !important;
        -webkit-text-fill-color: light-dark({QUIET}, {DARK[QUIET]}); opacity: 1 !important;
    }}
    @media (max-width: 700px) {{.st-key-import_place > * {{width: 100% !important;}}}}
    {_INSTRUCTIONS}, {_INSTRUCTIONS} * {{white-space: normal; overflow: visible;}}
    .st-key-practice_head h1 {{font-size: 34px; padding: 0; line-height: 40px;}}
    .st-key-practice_head [data-testid='stHeading'] {{margin-top: -10px;}}
    .st-key-practice_head [data-testid='stWidgetLabel'] {{position: absolute; clip-path: inset(50%);}}
    [data-testid='stTable'] table {{table-layout: fixed; width: 100%;}}
    [data-testid='stTable'] :is(td, th, td *, th *) {{overflow-wrap: anywhere !important; white-space: normal;}}
    {_OPTION}, {_OPTION} > div {{height: auto; min-height: 2.25rem; line-height: 1.3; white-space: normal;}}
    {_OPTION} > div {{padding-block: 0.25rem;}}
    [data-testid='stLayoutWrapper']:has(> {_BAR}) {{position: absolute;}}
    {_BAR} {{
        position: fixed; top: 3.75rem; left: 0; right: 0; width: auto !important; z-index: 999980;
        height: 36px; padding: 0 1.75rem; gap: 0.75rem; justify-content: space-between; flex-wrap: nowrap;
        color: {SAMPLE_INK}; border-bottom: 1px solid {SAMPLE_EDGE};
        background: repeating-linear-gradient(135deg, {SAMPLE_GROUND} 0 14px, {SAMPLE_STRIPE} 14px 28px);
    }}
    {_BAR} > * {{width: auto !important; flex: 0 1 auto;}}
    {_BAR} > [data-testid='stElementContainer']:has(button) {{flex: none;}}
    {_BAR} p {{margin: 0; font-size: 15px; font-weight: 600; line-height: 1.2; color: {SAMPLE_INK};}}
    {_BAR} button {{min-height: 0; padding: 2px 0; border: none; color: {SAMPLE_INK} !important;}}
    {_BAR} button * {{overflow: visible !important;}}
    {_BAR} button p {{text-decoration: underline; text-underline-offset: 3px; white-space: nowrap;}}
    [data-testid='stMainBlockContainer']:has({_BAR}) {{padding-top: 6.75rem;}}
    .stApp:has({_BAR}) .st-key-{SWITCH} :is([aria-checked='true'], [aria-checked='true'] *) {{
        background: {SAMPLE_INK}; border-color: {SAMPLE_INK}; color: light-dark(#FFFFFF, #1C1630) !important;
    }}
    @media (max-width: {NARROW}px) {{
        {_HEADER} {{padding-right: 11rem;}}
        {_BAR} {{padding: 0 1rem;}}
        {_BAR} p {{font-size: 14px;}}
        .st-key-{TOOLS} > :has(.st-key-{SWITCH}) {{position: absolute;}}
        .st-key-{SWITCH} {{position: fixed; top: 0.85rem; right: 1rem; width: max-content !important; z-index: 999991;}}
    }}
    @media (min-width: {NARROW + 1}px) {{
        /* Pages that have no room beside the tools go into a separate menu. */
        {_HEADER} {{padding-right: 27rem;}}
        .stApp:has(.st-key-{PERSON}) {_HEADER} {{padding-right: 38rem;}}
        .st-key-{PERSON} button {{max-width: 10rem;}}
        [data-testid='stLayoutWrapper']:has(> .st-key-{TOOLS}) {{position: absolute;}}
        .st-key-{TOOLS} {{
            position: fixed; top: 0.85rem; right: 1.5rem; width: max-content !important; z-index: 999991;
        }}
    }}
"""
