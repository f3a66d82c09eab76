"""What the tests of the pages share: what the framework does over and over while they run, it does once."""

from functools import cache

from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import local_script_runner
from streamlit.testing.v1.local_script_runner import LocalScriptRunner

# Installed packages are searched for components once, not once a page.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)

_look_until_ended = local_script_runner.require_widgets_deltas


def _wait_until_ended(runner: LocalScriptRunner, timeout: float = 3) -> None:
    """Wait for the thread of a page; to look every millisecond whether it has ended takes time from it."""
    thread = runner._script_thread
    if thread is not None:
        thread.join(timeout)
    _look_until_ended(runner, timeout if runner.script_stopped() else 0)


local_script_runner.require_widgets_deltas = _wait_until_ended
