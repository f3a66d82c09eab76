"""The sessions that may send files to the server: those of people who may bring in forms, as the page last found them.

Streamlit takes a file of any session that is open, also of one in which nobody has signed in, and keeps it in memory.
"""

import threading

from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

_LOCK = threading.Lock()
_ALLOWED: set[str] = set()


def note(may_upload: bool) -> None:
    """Note whether the session whose page is being drawn may send files, and forget those that have ended."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not runtime.exists():
        return
    with _LOCK:
        _ALLOWED.intersection_update({name for name in _ALLOWED if runtime.get_instance().is_active_session(name)})
        (_ALLOWED.add if may_upload else _ALLOWED.discard)(context.session_id)


def may_upload(path: str) -> bool:
    """Tell whether what is sent to ``path``, which names its session, is to be taken."""
    with _LOCK:
        return not _ALLOWED.isdisjoint(path.split("/"))
