"""What a page that AppTest has run shows in drawings and workbenches."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def workbenches(app: AppTest) -> list[dict[str, Any]]:
    """Return the workbenches of the import page, one of each file that could be read: all that they were told."""
    parts = [part.proto for part in app.get("bidi_component")]
    return [json.loads(proto.bytes) for proto in parts if proto.component_name == "workbench"]


def charts(app: AppTest) -> list[dict[str, Any]]:
    """Return the charts of a page: what describes each, and its figure."""
    parts = [part.proto for part in app.get("bidi_component")]
    return [json.loads(proto.bytes) for proto in parts if proto.component_name == "chart"]
