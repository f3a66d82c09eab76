"""What Typst is given: a template with the drawings before it, its content, and fonts that stand beside it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def template(name: str) -> bytes:
    """Return the template ``name`` with the drawings of charts that it uses."""
    return b"\n".join(HERE.joinpath(each).read_bytes() for each in ("drawing.typ", name))


def inputs(content: dict[str, Any]) -> dict[str, Any]:
    """Return what is said to Typst of ``content``; no font of the machine is used, so that it is the same anywhere."""
    page = {"page": json.dumps(content, ensure_ascii=False)}
    return {"font_paths": [str(HERE / "fonts")], "ignore_system_fonts": True, "sys_inputs": page}
