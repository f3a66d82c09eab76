"""The questions, who answers them and on which scales: read once from YAML, checked, and frozen."""

from evaluation.definitions.loader import inspect_library, load_library
from evaluation.definitions.models import (
    OUTSIDE_CODES,
    Dimension,
    Family,
    Item,
    Library,
    NationalTheme,
    Notice,
    OutsideValue,
    Practice,
    PracticeType,
    Questionnaire,
    Role,
    Scale,
    ScaleValue,
    Texts,
    Timing,
)
from evaluation.definitions.problems import DefinitionProblem, DefinitionsRefused

__all__ = [
    "OUTSIDE_CODES",
    "DefinitionProblem",
    "DefinitionsRefused",
    "Dimension",
    "Family",
    "Item",
    "Library",
    "NationalTheme",
    "Notice",
    "OutsideValue",
    "Practice",
    "PracticeType",
    "Questionnaire",
    "Role",
    "Scale",
    "ScaleValue",
    "Texts",
    "Timing",
    "inspect_library",
    "load_library",
]
