"""The questions and answers as they stand in questionnaires/, for the makers of the corpus to write on their sheets."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "files"
QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"
OWN_NUMBERS = {"recommend10", "score10"}


def _load(name: str) -> Any:
    return yaml.safe_load((QUESTIONNAIRES / f"{name}.yaml").read_text(encoding="utf-8"))


SCALES = _load("scales")["scales"]
PRACTICES = _load("practices")["practices"]


def _items_of(name: str) -> list[dict[str, Any]]:
    content = _load(name)
    items: list[dict[str, Any]] = []
    for entry in content.get("questionnaire", content.get("module"))["items"]:
        items += (
            [item | {"of": entry["module"]} for item in _items_of(entry["module"])] if "module" in entry else [entry]
        )
    return items


def asked(practice: str, form: str) -> list[str]:
    """Return the ids of the items that ``practice`` asks on ``form``, in the order of the form."""
    wanted = PRACTICES[practice]["change_dimensions"]
    ours = {"client_state", "client_change"}
    return [item["id"] for item in _items_of(form) if item.get("of") not in ours or item["dimension"] in wanted]


ITEMS = {
    item["id"]: item
    for path in sorted(QUESTIONNAIRES.glob("*.yaml"))
    if path.stem not in {"scales", "practices", "dimensions", "notices"}
    for item in _items_of(path.stem)
}


def text(item: str, language: str = "fi") -> str:
    """Return the question as it is asked."""
    return str(ITEMS[item]["text"][language])


def texts(items: Sequence[str], language: str = "fi") -> list[str]:
    """Return the questions as they are asked."""
    return [text(item, language) for item in items]


def label(item: str, code: int, language: str = "fi") -> str:
    """Return the words of one answer."""
    scale = SCALES[ITEMS[item]["scale"]]
    return next(
        value["label"][language] for value in scale["values"] + scale.get("outside", []) if value["code"] == code
    )


def labels(items: Sequence[str], row: Sequence[object], language: str = "fi") -> list[object]:
    """Return the answers of one person in words; what is no code of a scale with words stays as it is."""
    return [
        label(item, value, language)
        if isinstance(value, int) and ITEMS[item].get("scale") not in {None, *OWN_NUMBERS}
        else value
        for item, value in zip(items, row, strict=True)
    ]
