"""A JSON Schema of the definition files, so that an editor completes and checks them while they are written."""

from typing import Any

from pydantic import BaseModel, TypeAdapter

from evaluation.definitions.models import Dimension, Item, Notice, Practice, PracticeType, Questionnaire, Scale
from evaluation.i18n import languages

SCHEMA_FILE = "definitions.schema.json"
SECTION_MODELS: dict[str, type[BaseModel]] = {
    "scales": Scale,
    "dimensions": Dimension,
    "types": PracticeType,
    "practices": Practice,
    "notices": Notice,
}


def definitions_schema() -> dict[str, Any]:
    """Return the schema of any definition file: sections whose entries stand by id, a questionnaire, or a module."""
    parts = TypeAdapter(tuple[Scale, Dimension, PracticeType, Practice, Notice, Questionnaire, Item])
    shapes = parts.json_schema(ref_template="#/$defs/{model}")["$defs"]
    shapes["Texts"] = {
        "type": "object",
        "properties": {language: {"type": "string", "minLength": 1} for language in languages()},
        "minProperties": 1,
        "additionalProperties": False,
    }
    # The languages of an option may stand beside its other fields.
    shapes["Option"]["properties"] |= shapes["Texts"]["properties"]
    shapes["Option"].pop("required")
    shapes["Option"]["anyOf"] = [{"required": [name]} for name in ("label", *languages())]
    use: dict[str, Any] = {"type": "object", "properties": {"module": {"type": "string"}}, "required": ["module"]}
    use["additionalProperties"] = False
    shapes["Questionnaire"]["properties"]["items"]["items"] = {"anyOf": [{"$ref": "#/$defs/Item"}, use]}
    sections = {name: _by_id(shapes, model) for name, model in SECTION_MODELS.items()}
    module = {
        "type": "object",
        "properties": {
            "id": {"type": "string"},
            "items": {"type": "array", "items": {"$ref": "#/$defs/Item"}},
        },
        "required": ["id", "items"],
        "additionalProperties": False,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {**sections, "questionnaire": {"$ref": "#/$defs/Questionnaire"}, "module": module},
        "additionalProperties": False,
        "$defs": shapes,
    }


def _by_id(shapes: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Return the shape of a section: its entries stand by id, so that they have no ``id`` themselves."""
    shape = shapes[model.__name__]
    shape["properties"].pop("id")
    shape["required"] = [name for name in shape["required"] if name != "id"]
    return {"type": "object", "additionalProperties": {"$ref": f"#/$defs/{model.__name__}"}}
