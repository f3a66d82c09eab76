"""The dashboard's server: Streamlit, behind a gate that lets in what its own pages ask."""

import os
from pathlib import Path

from evaluation import logs
from evaluation.private_files import OTHERS

logs.set_up()
# Who serves this file without the command of the toolkit makes private files too.
os.umask(OTHERS)

# Whatever goes wrong in these is to be logged without values.
from starlette.middleware import Middleware  # noqa: E402
from streamlit.runtime.scriptrunner import get_script_run_ctx  # noqa: E402
from streamlit.starlette import App  # noqa: E402

from evaluation.dashboard import navigation, served  # noqa: E402
from evaluation.dashboard.browser import opened  # noqa: E402
from evaluation.dashboard.request_gate import Gate  # noqa: E402

app = App(Path(served.__file__).with_name("script.py"), lifespan=opened, middleware=[Middleware(Gate)])

if get_script_run_ctx(suppress_warning=True) is not None:
    # Streamlit's own test runner runs this file as the script itself.
    navigation.run()
