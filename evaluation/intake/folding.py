"""Texts compared without regard to case, spaces and typographic signs, and personal identity codes found in them."""

import re
import unicodedata

# The form of a Finnish personal identity code; the check character is not asked for, since a mistyped code tells the
# person just as well.
_IDENTITY_CODE = re.compile(r"(?<![0-9A-Za-z])\d{6}\s?[-+A-FU-Ya-fu-y–]\s?\d{3}[0-9A-Ya-y](?![0-9A-Za-z])")
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
MASK = "***"


def fold(text: str) -> str:
    """Return ``text`` as it is compared: compatibility form, plain signs, single spaces, no case."""
    plain = unicodedata.normalize("NFKC", text.translate(_SIGNS))
    return " ".join(plain.split()).casefold()


def fold_heading(text: str) -> str:
    """Return a heading as it is compared: folded, without a leading number and closing punctuation."""
    return re.sub(r"^\d+\s*[.):]\s*", "", fold(text)).strip(" .:?!*")


def has_identity_code(text: str) -> bool:
    """Tell whether something in the form of a personal identity code stands in ``text``."""
    return _IDENTITY_CODE.search(unicodedata.normalize("NFKC", text)) is not None


def mask_identity_codes(text: str) -> str:
    """Return ``text`` with everything in the form of a personal identity code replaced."""
    return _IDENTITY_CODE.sub(MASK, text)
