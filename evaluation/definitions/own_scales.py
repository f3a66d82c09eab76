"""A scale that questions of one's own need beside those of the house: yes or no where yes is the good answer."""

from typing import Any

from evaluation.definitions.models import Library

YES_NO, YES_FAVOURABLE = "yes_no", "yes_favourable"


def yes_favourable_body(library: Library) -> dict[str, Any]:
    """Return the house's scale of yes and no with yes as the good end: its labels and other ways to write them."""
    scale = library.scales[YES_NO].model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for value in scale["values"]:
        value["class"] = "favourable" if value["code"] == 1 else "unfavourable"
    return scale | {"id": YES_FAVOURABLE, "better": "high"}
