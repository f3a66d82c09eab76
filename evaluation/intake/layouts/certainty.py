"""How sure a layout is that it can read a sheet: five levels, in one place.

Of the layouts that recognise a sheet the surest reads it. Within a level ``weaker`` puts them in order, by hundredths.
"""

# A workbook of ours with nothing added: no other layout can know better, and none is tried after it.
CERTAIN = 1.0
# Columns, headings or marks that only one survey tool, or this toolkit, writes.
TOOL_RECOGNISED = 0.97
# Questions or answers of ours stand where this layout has them.
LIKELY = 0.85
# Only the shape fits: what the table asks is not known, or too little of the tool's columns is left.
SHAPE_ONLY = 0.6
# The sheet is laid out in another way.
NO = 0.0


def weaker(level: float, hundredths: int) -> float:
    """Return the score that lies ``hundredths`` below a level; it orders the layouts within the level."""
    return round(level - hundredths / 100, 2)
