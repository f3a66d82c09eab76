"""Output that a narrow encoding can hold: what Windows writes into a file or a pipe has no minus sign."""

import codecs
import io
import sys
import unicodedata

_NAME = "evaluation.nearest"
_NEAREST = {
    "\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "\N{EM DASH}": "-", "\N{HORIZONTAL ELLIPSIS}": "...", "≥": ">=",
    "≤": "<=", "→": "->", "←": "<-", "”": '"', "“": '"', "’": "'", "\N{WORD JOINER}": "",
    "\N{NARROW NO-BREAK SPACE}": " ",
}  # fmt: skip


def fit_output() -> None:
    """Let both streams write the nearest signs they have in place of those they lack, so that no command ends there."""
    codecs.register_error(_NAME, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and not holds_everything(stream):
            stream.reconfigure(errors=_NAME)


def holds_everything(stream: object) -> bool:
    """Tell whether a stream can write every sign there is."""
    return str(getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-").startswith("utf")


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(sign: str) -> str:
    """Return what stands for a sign where there are only the letters from a to z, figures and some marks."""
    if sign in _NEAREST:
        return _NEAREST[sign]
    return unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode() or "?"
