"""What a page that AppTest has run shows in drawings and workbenches."""

import json
from typing import Any

from streamlit.testing.v1 import AppTest

from evaluation.i18n import Translator


def workbenches(app: AppTest) -> list[dict[str, Any]]:
    """Return the workbenches of the import page, one of each file that could be read: all that they were told."""
    parts = [part.proto for part in app.get("bidi_component")]
    return [json.loads(proto.bytes) for proto in parts if proto.component_name == "workbench"]


def figures(app: AppTest) -> dict[str, str]:
    """Return what becomes of the one file that was dropped: words and number."""
    (bench,) = workbenches(app)
    return {words: number for number, words, _ in bench["figures"]}


def counted(**numbers: int) -> dict[str, str]:
    """Return what ``figures`` gives of a file in Finnish, with such ``numbers`` of people, forms saved and so on."""
    t = Translator("fi")
    return {t.plural(f"importing.figure_{what}", number): str(number) for what, number in numbers.items()}


def charts(app: AppTest) -> list[dict[str, Any]]:
    """Return the charts of a page: what describes each, and its figure."""
    parts = [part.proto for part in app.get("bidi_component")]
    return [json.loads(proto.bytes) for proto in parts if proto.component_name == "chart"]
