"""Texts compared without regard to case, spaces and typographic signs."""

import re
import unicodedata
from functools import lru_cache

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
_ANY_SIGN = re.compile(f"[{re.escape(''.join(map(chr, _SIGNS)))}]")


# Every layout looks at the same headings, and every question at the same answers. So many texts are kept at most.
TEXTS_KEPT = 4096


@lru_cache(maxsize=TEXTS_KEPT)
def fold(text: str) -> str:
    """Return ``text`` as it is compared: compatibility form, plain signs, single spaces, no case."""
    # Most cells hold a code, a number or a day, and none of the signs: every text of a sheet passes here many times.
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_SIGNS) if _ANY_SIGN.search(text) else text)
    elif "`" in text:
        text = text.translate(_SIGNS)
    return " ".join(text.split()).casefold()


@lru_cache(maxsize=TEXTS_KEPT)
def fold_heading(text: str) -> str:
    """Return a heading as it is compared: folded, without a leading number and closing punctuation."""
    return re.sub(r"^\d+\s*[.):]\s*", "", fold(text)).strip(" .:?!*")
