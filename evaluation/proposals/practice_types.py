"""Which kind of practice a name speaks of."""

from collections.abc import Mapping

from evaluation.intake.folding import fold

GROUP = "group"
# Parts of words, the surest first.
_WORDS: Mapping[str, tuple[str, ...]] = {
    "client_panel": ("raati", "klientråd", "panel"),
    "meeting_place": ("kahvila", "kohtaamispaik", "olohuone", "olotila", "kerho", "café", "kafé", "mötesplats",
                      "drop-in", "meeting place", "cafe"),
    "housing_advice": ("asumisneuvon", "boenderådgiv", "housing"),
    "walk_in": ("neuvonta", "neuvontapiste", "päivystys", "info", "rådgivning", "counsel", "walk-in"),
    "workshop": ("paja", "verkstad", "workshop"),
    "individual": ("valmennus", "kuntoutus", "yksilö", "coaching", "rehabilit"),
}  # fmt: skip


def type_of(name: str) -> str:
    """Return the id of the type that the name of a practice speaks of; a group where it tells nothing."""
    text = fold(name)
    return next((kind for kind, words in _WORDS.items() if any(word in text for word in words)), GROUP)
