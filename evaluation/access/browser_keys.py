"""By what the browser of whoever started a dashboard without sign-in is known: a key of the start, then a cookie.

On one machine others may have accounts too, on a terminal server many at once, and all of them reach its local
addresses. A key is in the address that the command opens or prints; it counts once, and the browser gets a cookie for
it. The cookie outlives the server, so that bookmarks go on working.
"""

import hashlib
import hmac
import secrets
import threading
from collections.abc import Iterable

BYTES = 32
PARAMETER = "key"
# Browsers keep no cookie much longer.
SECONDS_KEPT = 365 * 24 * 3600


class BrowserKeys:
    """The keys of one server that no browser has used yet, and the cookie that a browser gets for one."""

    def __init__(self, secret: bytes) -> None:
        """Take what only the owner of the answers can read; whoever has it can make the cookie."""
        self._cookie = hmac.digest(secret, b"browser", "sha256").hex()
        # Several databases may be served by names of one machine: cookies know no ports.
        self.name = f"evaluation_{hashlib.sha256(secret).hexdigest()[:8]}"
        self._unused: set[str] = set()
        self._lock = threading.Lock()

    def new_key(self) -> str:
        """Return a key that counts once."""
        key = secrets.token_urlsafe(BYTES)
        with self._lock:
            self._unused.add(key)
        return key

    def use(self, key: str) -> bool:
        """Tell whether ``key`` has counted; it counts no more after that."""
        with self._lock:
            if key not in self._unused:
                return False
            self._unused.remove(key)
            return True

    @property
    def all_used(self) -> bool:
        """Tell whether every key has counted, so that no other browser can be let in."""
        with self._lock:
            return not self._unused

    def has_cookie(self, headers: Iterable[str]) -> bool:
        """Tell whether one of the ``Cookie`` headers of a request holds the cookie."""
        wanted = f"{self.name}={self._cookie}".encode()
        parts = (part.strip().encode("latin-1", "replace") for header in headers for part in header.split(";"))
        return any(hmac.compare_digest(part, wanted) for part in parts)

    @property
    def set_cookie(self) -> str:
        """The header that gives a browser the cookie: no script reads it, and no other site's page sends it along."""
        return f"{self.name}={self._cookie}; Path=/; Max-Age={SECONDS_KEPT}; HttpOnly; SameSite=Lax"
