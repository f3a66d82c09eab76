"""What Typst needs: a template with the drawings before it, its content, and fonts that stand beside it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


@cache
def template(name: str) -> bytes:
    """Return the template ``name`` with the drawings of charts that it uses."""
    return b"\n".join(HERE.joinpath(part).read_bytes() for part in ("drawing.typ", name))


def inputs(content: dict[str, Any]) -> dict[str, Any]:
    """Return what Typst needs beside a template to set ``content`` the same anywhere, without fonts of the machine."""
    page = {"page": json.dumps(content, ensure_ascii=False)}
    return {"font_paths": [str(HERE / "fonts")], "ignore_system_fonts": True, "sys_inputs": page}
