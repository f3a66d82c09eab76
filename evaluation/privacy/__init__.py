"""The one gate for privacy: counts of too few people go no further, and only here are Published tables made."""

from evaluation.privacy.area_people import Joints
from evaluation.privacy.area_totals import AREAS, COUNTY, COUNTY_TYPE, MUNICIPALITY, TYPE, AreaCounts
from evaluation.privacy.cells import at_every_level
from evaluation.privacy.detail import Answers
from evaluation.privacy.gate import Gate, UnitCounts
from evaluation.privacy.numbering import Whole, added, numbered, rows_of
from evaluation.privacy.open_answers import (
    Decision,
    OpenAnswers,
    QuestionTexts,
    ScreenedText,
    screen_texts,
    texts_to_read,
    with_everything_released,
)
from evaluation.privacy.option_counts import OTHERS, BackgroundRule, OptionRule
from evaluation.privacy.publication_units import JOINT, Waiting
from evaluation.privacy.publishable_counts import (
    CELL,
    COHORT,
    FEW,
    NEARLY_ALL,
    PRACTICE,
    PRACTICE_ALL,
    SMALL_PARTS,
    Policy,
    PublishableCounts,
)
from evaluation.privacy.published import ESTIMATE, Published, records, seal

__all__ = [
    "AREAS",
    "CELL",
    "COHORT",
    "COUNTY",
    "COUNTY_TYPE",
    "ESTIMATE",
    "FEW",
    "JOINT",
    "MUNICIPALITY",
    "NEARLY_ALL",
    "OTHERS",
    "PRACTICE",
    "PRACTICE_ALL",
    "SMALL_PARTS",
    "TYPE",
    "Answers",
    "AreaCounts",
    "BackgroundRule",
    "Decision",
    "Gate",
    "Joints",
    "OpenAnswers",
    "OptionRule",
    "Policy",
    "PublishableCounts",
    "Published",
    "QuestionTexts",
    "ScreenedText",
    "UnitCounts",
    "Waiting",
    "Whole",
    "added",
    "at_every_level",
    "numbered",
    "records",
    "rows_of",
    "screen_texts",
    "seal",
    "texts_to_read",
    "with_everything_released",
]
