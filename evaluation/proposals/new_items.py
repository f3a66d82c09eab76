"""One new question as an item of a questionnaire, with the scale and the dimension it needs."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from evaluation.definitions import OUTSIDE_CODES, Library, NationalTheme, Scale
from evaluation.definitions.text_ids import id_of
from evaluation.intake.folding import fold
from evaluation.intake.values import ScaleReader
from evaluation.proposals.answer_labels import outside_kind, plain_label
from evaluation.proposals.answer_options import parts_of
from evaluation.proposals.families import asks_of_sensitive, without_number
from evaluation.proposals.grades import graded
from evaluation.proposals.new_questions import NewQuestion
from evaluation.proposals.proposed_columns import ProposedColumn
from evaluation.proposals.proposed_scale import ProposedScale

Body = Mapping[str, Any]
# What a question of satisfaction is about, by its national theme, as the house's own questions have it.
DIMENSIONS: Mapping[NationalTheme, str] = {
    "recommendation": "recommendation",
    "access": "access",
    "encounter": "encounter",
    "participation": "influence",
    "information": "information",
    "usefulness": "usefulness",
}
# Families whose answers have a good end that charts show; of others every answer is counted by itself.
_MOST_OPTIONS = 20
_GRADED = ("satisfaction", "state", "change", "conditions")
_OTHER = ("muu", "muu, mikä", "jokin muu", "annat", "annat, vad", "other", "something else", "other (please specify)")


@dataclass(frozen=True)
class NewItem:
    """An item as a questionnaire has it, the dimension made for it, and what its definition does not say of answers.

    ``labels`` are answers in the file with their codes, None for those that mean none.
    """

    body: Body
    dimension: str | None = None
    labels: Mapping[str, int | None] = field(default_factory=dict)


class ItemMaker:
    """Makes items that the library lacks, each with an id of its own, and collects what they need beside."""

    def __init__(self, library: Library, language: str, other: str, spent: Collection[str] = ()) -> None:
        """Begin with what is defined already; texts are written in ``language``, in which ``other`` is "other".

        No new id is among ``spent``.
        """
        self._library, self._language, self._other = library, language, other
        self._spent = frozenset(spent)
        self._ids: set[str] = {*library.items, *spent}
        self.scales: dict[str, Body] = {}
        self.dimensions: dict[str, Body] = {}

    def item(self, question: NewQuestion) -> NewItem:
        """Return ``question`` as an item."""
        column, texts = question.column, self._texts
        text = without_number(column.heading) or column.heading
        name = id_of(text, self._ids)
        self._ids.add(name)
        body: dict[str, Any] = {"id": name, "kind": "text", "text": texts(text), "short": texts(column.short or text)}
        labels: dict[str, int | None] = {}
        if column.kind == "scale" and column.scale is not None:
            if column.scale.better != "none" and column.family in _GRADED:
                name_of_scale = self._scale(column.scale, column)
                body |= {"kind": "scale", "scale": name_of_scale}
                labels = self._not_read(name_of_scale, column)
            else:
                body |= self._choice("choice", _labels(column.scale), column, labels)
        elif column.kind == "number":
            body |= {"kind": "number", **_step(column)}
        elif column.kind in ("choice", "choices", "background"):
            body |= self._choice(column.kind, _in_order(column.options), column, labels)
        dimension = self._put_meaning(body, column)
        return NewItem(body, dimension, labels)

    def _put_meaning(self, body: dict[str, Any], column: ProposedColumn) -> str | None:
        """Put into ``body`` what a question tells; return the dimension that had to be made for it."""
        family = column.family
        if body["kind"] == "text":
            body |= {"family": "satisfaction", "theme": "future"}
            return None
        if family in ("state", "change"):
            name = id_of(body["id"], {*self._library.dimensions, *self._spent})
            sensitive = {"sensitive": True} if asks_of_sensitive(column.heading) else {}
            self.dimensions[name] = {"family": "change", **sensitive, "label": body["short"]}
            how = "state" if family == "state" else "retrospective"
            body |= {"family": "change", "dimension": name, "change": how, "theme": "benefits"}
            return name
        body |= {"family": family or "participation", "theme": "description"}
        if family == "satisfaction" and column.theme is not None:
            body["national_theme"] = column.theme
            if column.theme in DIMENSIONS:
                body["dimension"] = DIMENSIONS[column.theme]
        return None

    def _texts(self, text: str) -> Body:
        return {self._language: " ".join(text.split())}

    def _choice(self, kind: str, usual: tuple[str, ...], column: ProposedColumn, labels: dict[str, int | None]) -> Body:
        """Return what a question to choose from has beside its text, and put into ``labels`` what is no option.

        The option for own words is marked, or added where some wrote their own; these count as it.
        """
        answers = parts_of(column.contents) if kind == "choices" else dict(column.contents)
        written: dict[str, str] = {fold(option): option for option in usual}
        for text, number in answers.items():
            if number > 1 and outside_kind(text) != "no_answer" and len(written) < _MOST_OPTIONS:
                written.setdefault(fold(text), text)
        known = written.keys() | {_plain(text) for text in written}
        options: dict[str, Any] = {}
        for label in written.values():
            own_words = {"other": True} if fold(label).strip(" .:?") in _OTHER else {}
            options[id_of(label, options, "option")] = {"label": self._texts(label), **own_words}
        strange = [text for text in answers if fold(text) not in known and _plain(text) not in known]
        typed = [text for text in strange if outside_kind(text) != "no_answer"]
        if typed and not any("other" in option for option in options.values()):
            options[id_of(self._other, options, "option")] = {"label": self._texts(self._other), "other": True}
        codes = {name: code for code, name in enumerate(options, start=1)}
        other = next((codes[name] for name, option in options.items() if "other" in option), None)
        labels |= {text: other if text in typed else None for text in strange}
        return {"kind": kind, "options": options}

    def _not_read(self, scale: str, column: ProposedColumn) -> dict[str, int | None]:
        """Return what stands in a column that its scale does not read: what one or two people wrote among many."""
        defined = self._library.scales.get(scale) or Scale.model_validate({"id": scale, **self.scales[scale]})
        reader = ScaleReader(defined)
        return {text: None for text in column.contents if reader.read(text).fault}

    def _scale(self, scale: ProposedScale, column: ProposedColumn) -> str:
        """Return the id of the scale that reads the answers as proposed, made where there is none."""
        body = self._scale_body(scale, column)
        for other in self._library.scales.values():
            if _reads_as(other, scale, column):
                return other.id
        for name, made in self.scales.items():
            if made == body:
                return name
        first, last = scale.steps[0].label, scale.steps[-1].label
        text = f"{first} {last} {len(scale.steps)}" if _has_words(first) else f"{first} {last}"
        name = id_of(text, {*self._library.scales, *self.scales, *self._spent}, "scale")
        self.scales[name] = body
        return name

    def _scale_body(self, scale: ProposedScale, column: ProposedColumn) -> Body:
        written = _written(column)
        values: list[Body] = []
        for step in scale.steps:
            aliases = [text for text in written.get(_plain(step.label), ()) if fold(text) != fold(step.label)]
            meaning = {} if step.answer_class == "none" else {"class": step.answer_class}
            more = {"aliases": aliases} if aliases else {}
            values.append({"code": step.code, **meaning, "label": self._texts(step.label), **more})
        ends = f"{scale.steps[0].label} – {scale.steps[-1].label}"
        body: dict[str, Any] = {"label": self._texts(ends), "better": scale.better, "values": values}
        outside: dict[str, list[str]] = {}
        for step in scale.outside:
            kind = outside_kind(step.label)
            if kind in OUTSIDE_CODES:
                outside.setdefault(str(kind), []).append(step.label)
        if outside:
            body["outside"] = [
                {"code": OUTSIDE_CODES[kind], "kind": kind, "label": self._texts(labels[0])}
                | ({"aliases": labels[1:]} if labels[1:] else {})
                for kind, labels in outside.items()
            ]
        return body


def _in_order(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Return options from least to most where their words or numbers tell it ("alle 30", "30–49"), else as they are."""
    by_label = {_plain(label): label for label in labels}
    order = graded(tuple(by_label))
    return tuple(by_label[label] for label in order.labels) if order and len(by_label) == len(labels) else labels


def _plain(label: str) -> str:
    return plain_label(label)[1]


def _written(column: ProposedColumn) -> Mapping[str, list[str]]:
    """Return how the answers stand in the file, by their labels without a number."""
    written: dict[str, list[str]] = {}
    for text in column.contents:
        if not text.strip().lstrip("+-").replace(".", "").isdigit():
            written.setdefault(_plain(text), []).append(text)
    return written


def _labels(scale: ProposedScale) -> tuple[str, ...]:
    return tuple(step.label for step in (*scale.steps, *scale.outside))


def _reads_as(other: Scale, scale: ProposedScale, column: ProposedColumn) -> bool:
    """Tell whether a scale of the library reads every answer as the proposed one does, and means the same by it."""
    classes = {value.code: value.value_class or "none" for value in other.values}
    if (other.better, len(other.values)) != (scale.better, len(scale.steps)):
        return False
    if scale.id != other.id and not any(_has_words(step.label) for step in scale.steps):
        # Bare numbers are read by many a scale that means something else.
        return False
    reader = ScaleReader(other)
    codes = [reader.read(step.label).value for step in scale.steps if step.is_told]
    placed = [value.code for value, step in zip(other.values, scale.steps, strict=True) if step.is_told]
    meant = [step.answer_class for step in scale.steps]
    answers = [text for text in column.contents if outside_kind(text) != "no_answer"]
    return (
        codes == placed
        and list(classes.values()) == meant
        and all(reader.read(text).value is not None for text in answers)
    )


def _has_words(label: str) -> bool:
    return any(sign.isalpha() for sign in label)


def _step(column: ProposedColumn) -> Body:
    """Return the step of numbers that have decimals."""
    decimals = max((len(text.partition(".")[2].rstrip("0")) for text in map(_with_point, column.contents)), default=0)
    return {"step": round(10.0 ** -min(decimals, 2), 2)} if decimals else {}


def _with_point(text: str) -> str:
    return "".join(sign for sign in text.replace(",", ".") if sign.isdigit() or sign == ".")
