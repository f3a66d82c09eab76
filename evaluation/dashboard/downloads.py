"""Files that are made when a button is pressed: for whom, whether that person still may, and how long they wait.

Streamlit makes the file away from the page, where nothing is known of who presses, and gives it to whoever asks for its
address. So the right is bound to the file when its button is drawn, looked at again when it is pressed, and once more
when the file is fetched; an address serves once.
"""

import hashlib
import threading
import time
from collections.abc import Callable

from evaluation.dashboard import sign_in

# A browser fetches the file at once; a slow connection gets a while.
WAITS = 120.0

Check = Callable[[], None]

_LOCK = threading.Lock()
_WAITING: dict[str, list[tuple[float, Check]]] = {}


def bound(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Return ``make`` bound to the right of whoever looks at the page now.

    What is returned raises AccessRefused or NotSignedIn when the person has lost any of that right meanwhile.
    """
    check = sign_in.still()

    def made() -> bytes:
        check()
        content = make()
        _wait(content, check)
        return content

    return made


def take(content: bytes) -> bool:
    """Tell whether a file may be handed out: it was made just now, for somebody who still may have it."""
    now, mark = time.monotonic(), _mark(content)
    with _LOCK:
        waiting = list(_WAITING.get(mark, ()))
    return any(_passes(check) for until, check in waiting if until >= now)


def _passes(check: Check) -> bool:
    try:
        check()
    except sign_in.REFUSED:
        return False
    return True


def _wait(content: bytes, check: Check) -> None:
    now = time.monotonic()
    with _LOCK:
        for mark in [mark for mark, waiting in _WAITING.items() if all(until < now for until, _ in waiting)]:
            del _WAITING[mark]
        _WAITING.setdefault(_mark(content), []).append((now + WAITS, check))


def _mark(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
