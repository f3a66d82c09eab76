"""The labels of one scale's columns read as a set: "samaa mieltä" means another thing beside "jokseenkin samaa mieltä".

Two labels that differ in degree never become one answer without a question, nor does the strongest label of a file
become the second of ours.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby

from evaluation.definitions import Scale
from evaluation.intake.answer_wording import STRONG, parse_wording
from evaluation.intake.scale_rules import LEAVE_OUT, ScaleColumn, ScaleRule, finding_text, named
from evaluation.records import Choice, OpenQuestion

KIND = "labels_collide"
TOGETHER, AS_TOP, EXPLAIN = "together", "as_top", "explain"


@dataclass(frozen=True)
class LabelQuestion:
    """Labels of ``columns`` whose degree is in doubt: their code as read, and their code as the strongest.

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
            return ScaleRule(waiting=True)
        if decision == EXPLAIN:
            return ScaleRule(unread=frozenset(self.codes))
        return ScaleRule(labels=self.strongest if decision == AS_TOP else {}, left_out=decision == LEAVE_OUT)

    def open_question(self, rows: int, sheet: str, cell: str, decision: str | None) -> OpenQuestion:
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
    """Yield a question for every scale whose labels, in all its columns together, are of a doubtful degree."""
    order = sorted((column for column in columns if column.texts), key=lambda column: (column.scale.id, column.column))
    for _, group in groupby(order, key=lambda column: column.scale.id):
        sharing = tuple(group)
        texts = {text: code for column in sharing for text, code in column.texts.items()}
        question = _question(sharing, texts)
        if question is not None:
            yield question


def _question(columns: tuple[ScaleColumn, ...], texts: Mapping[str, int]) -> LabelQuestion | None:
    scale = columns[0].scale
    strong = any(parse_wording(text).strength == STRONG for text in texts)
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
    parts = {text: parse_wording(text) for text in texts}

    def collide(text: str, other: str) -> bool:
        one, two = parts[text], parts[other]
        return texts[text] == texts[other] and one.base == two.base and one.degrees != two.degrees

    labels = {text for pair in combinations(texts, 2) if collide(*pair) for text in pair}
    return tuple(sorted(labels, key=lambda text: (texts[text], text)))


def _top(text: str, code: int, scale: Scale) -> int | None:
    """Return the code of the strongest answer of the same words; None for a text that has the degree of its answer.

    "Samaa mieltä" is read as "jokseenkin samaa mieltä", and is "täysin samaa mieltä" on a scale that ends with it.
    """
    wording = parse_wording(text)
    labels = [(parse_wording(label), value.code) for value in scale.values for label in value.label.values()]
    same = {answer_code: part for part, answer_code in labels if part.base == wording.base}
    if code not in same or same[code].strength >= wording.strength:
        return None
    return next(
        (answer_code for answer_code, part in same.items() if part.strength == STRONG and answer_code != code), None
    )


def _meanings(codes: Mapping[str, int], scale: Scale) -> Mapping[str, str]:
    """Return every text with the answer that it would become, in every language."""
    labels = {text: scale.answer(code).label for text, code in sorted(codes.items(), key=lambda pair: pair[1])}
    return {
        language: ", ".join(f"”{text}” = {label[language]}" for text, label in labels.items())
        for language in scale.label.root
    }
