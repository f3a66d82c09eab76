"""The labels of one scale's columns read as a set: "samaa mieltä" means another thing beside "jokseenkin samaa mieltä".

Two labels that differ in degree never become one answer unasked, nor does the strongest label of a file become the
second of ours.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from evaluation.definitions import Scale
from evaluation.intake.degrees import STRONG, taken_apart
from evaluation.intake.scale_rules import LEAVE_OUT, ScaleColumn, ScaleRule, finding_text, named
from evaluation.records import Choice, OpenQuestion

KIND = "labels_collide"
TOGETHER, AS_TOP, EXPLAIN = "together", "as_top", "explain"


@dataclass(frozen=True)
class LabelQuestion:
    """Labels of ``columns`` whose degree is in doubt: the code that each is read as, and that it has as the strongest.

    ``strongest`` is empty where a stronger label stands beside them.
    """

    key: str
    columns: tuple[ScaleColumn, ...]
    finding: Mapping[str, str]
    codes: Mapping[str, int]
    strongest: Mapping[str, int]
    decides: str = "labels"

    @property
    def choices(self) -> tuple[str, ...]:
        """Return the ids of what the worker may choose, the likeliest first."""
        return (*((AS_TOP,) if self.strongest else ()), TOGETHER, EXPLAIN, LEAVE_OUT)

    def rule(self, decision: str | None) -> ScaleRule:
        """Return how the columns are read once this has been decided."""
        if decision is None:
            return ScaleRule(held=True)
        if decision == EXPLAIN:
            return ScaleRule(unread=frozenset(self.codes))
        return ScaleRule(labels=self.strongest if decision == AS_TOP else {}, left_out=decision == LEAVE_OUT)

    def asked(self, rows: int, sheet: str, cell: str, decision: str | None) -> OpenQuestion:
        """Return the question as the worker gets it."""
        scale = self.columns[0].scale
        values = {
            "columns": named(self.columns),
            "finding": self.finding,
            "together": _meanings(self.codes, scale),
            "strongest": _meanings(self.strongest, scale),
        }
        choices = tuple(map(Choice, self.choices))
        return OpenQuestion(
            self.key, KIND, choices, sheet, cell, rows, values, suggested=self.choices[0], decision=decision
        )


def label_questions(columns: Sequence[ScaleColumn]) -> Iterator[LabelQuestion]:
    """Yield a question for each scale of which the labels in all its columns together are of a doubtful degree."""
    order = sorted((column for column in columns if column.texts), key=lambda each: (each.scale.id, each.column))
    for _, group in groupby(order, key=lambda column: column.scale.id):
        sharing = tuple(group)
        texts = {text: code for column in sharing for text, code in column.texts.items()}
        question = _question(sharing, texts)
        if question is not None:
            yield question


def _question(columns: tuple[ScaleColumn, ...], texts: Mapping[str, int]) -> LabelQuestion | None:
    scale = columns[0].scale
    strong = any(taken_apart(text).strength == STRONG for text in texts)
    alike = colliding(texts)
    weakened = {} if strong else {text: top for text in texts if (top := _top(text, texts[text], scale)) is not None}
    if alike:
        labels = ", ".join(f"”{text}”" for text in alike)
        codes = {text: texts[text] for text in alike}
        return LabelQuestion(
            f"{KIND}:{scale.id}", columns, finding_text("labels_alike", labels=labels), codes, weakened
        )
    if weakened:
        labels = ", ".join(f"”{text}”" for text in weakened)
        codes = {text: texts[text] for text in weakened}
        return LabelQuestion(
            f"{KIND}:{scale.id}:top", columns, finding_text("labels_top", labels=labels), codes, weakened
        )
    return None


def colliding(texts: Mapping[str, int]) -> tuple[str, ...]:
    """Return the labels that are read as the same code as another one of the same words but another degree."""
    parts = {text: taken_apart(text) for text in texts}

    def collide(text: str, other: str) -> bool:
        one, two = parts[text], parts[other]
        return texts[text] == texts[other] and one.base == two.base and one.degrees != two.degrees

    found = {text for pair in combinations(texts, 2) if collide(*pair) for text in pair}
    return tuple(sorted(found, key=lambda text: (texts[text], text)))


def _top(text: str, code: int, scale: Scale) -> int | None:
    """Return the code of the strongest answer of the same words; None for a text that has the degree of its answer.

    "Samaa mieltä" is read as "jokseenkin samaa mieltä", and is "täysin samaa mieltä" on a scale that ends with it.
    """
    own = taken_apart(text)
    labels = [(taken_apart(label), value.code) for value in scale.values for label in value.label.values()]
    same = {found: part for part, found in labels if part.base == own.base}
    if code not in same or same[code].strength >= own.strength:
        return None
    return next((found for found, part in same.items() if part.strength == STRONG and found != code), None)


def _meanings(codes: Mapping[str, int], scale: Scale) -> Mapping[str, str]:
    """Return each text with the answer that it would become, in every language."""
    labels = {text: scale.answer(code).label for text, code in sorted(codes.items(), key=lambda each: each[1])}
    return {
        language: ", ".join(f"”{text}” = {label[language]}" for text, label in labels.items())
        for language in scale.label.root
    }
