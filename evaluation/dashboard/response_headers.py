"""What every answer of the server tells the browser not to allow, whether or not a proxy stands in front."""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import streamlit

# The page that Streamlit serves at every address has a line of script of its own.
INDEX = Path(streamlit.__file__).parent / "static" / "index.html"
HOST = re.compile(r"[A-Za-z0-9.:\[\]-]+")
SCRIPTS = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@lru_cache(maxsize=64)
def protecting_headers(host: str) -> Mapping[bytes, bytes]:
    """Return the headers by name: nothing from other servers, in no frame, no guessing of kinds of files.

    ``host`` is by what the server was asked: not every browser counts a socket of the same server as its own.
    """
    sockets = f" ws://{host} wss://{host}" if HOST.fullmatch(host) else ""
    policy = {
        "default-src": "'self'",
        # Streamlit imports the scripts of components from memory.
        "script-src": " ".join(("'self'", "blob:", *_own_scripts())),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": f"'self'{sockets}",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        b"content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()).encode(),
        b"x-frame-options": b"DENY",
        b"x-content-type-options": b"nosniff",
        b"referrer-policy": b"same-origin",
        b"cross-origin-resource-policy": b"same-origin",
        b"cross-origin-opener-policy": b"same-origin",
    }


@cache
def _own_scripts() -> tuple[str, ...]:
    """Return the marks of the scripts that stand in Streamlit's page itself."""
    scripts = SCRIPTS.findall(INDEX.read_text(encoding="utf-8")) if INDEX.exists() else []
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
