"""Texts compared without regard to case, spaces and typographic signs."""

import re
import unicodedata

# Signs that cannot be seen: soft hyphens, marks of no width, and the mark that colours a smiley.
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufe0e\ufe0f\ufeff"))
# Signs that programs set for others as one types. Swapped before the compatibility form, which would take some apart.
_SIGNS = UNSEEN | str.maketrans(
    {
        **dict.fromkeys("’‘‛`´′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
    }
)


def fold(text: str) -> str:
    """Return ``text`` as it is compared: compatibility form, plain signs, single spaces, no case."""
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    return " ".join(plain.split()).casefold()


def fold_heading(text: str) -> str:
    """Return a heading as it is compared: folded, without a leading number and closing punctuation."""
    return re.sub(r"^\d+\s*[.):]\s*", "", fold(text)).strip(" .:?!*")
