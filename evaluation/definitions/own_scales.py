"""Scales known by their ids, and the one that own questions need beside the house's: yes or no where yes is good."""

from typing import Any

from evaluation.definitions.models import Library

YES_NO, YES_FAVOURABLE = "yes_no", "yes_favourable"
# From 0 to 10; only of its answers a net promoter score follows.
RECOMMENDATION_SCALE = "recommend10"


def yes_favourable_body(library: Library) -> dict[str, Any]:
    """Return the house's scale of yes and no with yes as the good end: its labels and other ways to write them."""
    scale = library.scales[YES_NO].model_dump(mode="json", by_alias=True, exclude_defaults=True)
    for value in scale["values"]:
        value["class"] = "favourable" if value["code"] == 1 else "unfavourable"
    return scale | {"id": YES_FAVOURABLE, "better": "high"}
