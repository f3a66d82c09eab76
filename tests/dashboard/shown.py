"""What a page that AppTest has run shows in drawings."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest


def charts(app: AppTest) -> list[dict[str, Any]]:
    """Return the charts of a page: what describes each, and its figure."""
    parts = [part.proto for part in app.get("bidi_component")]
    return [json.loads(proto.bytes) for proto in parts if proto.component_name == "chart"]
