"""Where the files that are not Python lie: beside the package in a source checkout, inside it once installed.

The wheel carries them in ``evaluation/bundled/`` (see ``force-include`` in ``pyproject.toml``). Nothing but Python's
standard library is imported here, since ``bootstrap`` runs before anything is installed.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_BUNDLED = _PACKAGE / "bundled"

# In a checkout the files are edited in place, so a wheel is told by the folder that only a wheel has.
IS_INSTALLED = _BUNDLED.is_dir()
HOME = _BUNDLED if IS_INSTALLED else _PACKAGE.parent

APP = HOME / "app.py"
QUESTIONNAIRES = HOME / "questionnaires"
SAMPLE_DATA = HOME / "sample_data"
STREAMLIT_SETTINGS = HOME / ".streamlit" / "config.toml"
