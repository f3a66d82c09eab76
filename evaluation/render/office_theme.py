"""What slides and documents share: the colours of the charts in the theme, for tables and what is added by hand."""

import re

from evaluation.exhibits.colours import SERIES


def with_own_colours(theme: bytes) -> bytes:
    """Return the XML of an Office theme with the colours of the charts as its accents."""
    for number, colour in enumerate(SERIES, start=1):
        accent = rb'(<a:accent%d>\s*<a:srgbClr val=")[0-9A-Fa-f]{6}' % number
        theme = re.sub(accent, rb"\g<1>" + colour[1:].encode(), theme)
    return theme
