"""The definitions as frozen models: texts, scales, items, questionnaires, practices and the library of them all."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from evaluation.definitions.municipalities import FinnishName, municipalities
from evaluation.definitions.texts import Texts
from evaluation.i18n import Translator, languages

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]

Family = Literal["participation", "satisfaction", "change", "conditions", "background"]
Role = Literal["client", "worker", "supervisor", "partner"]
Timing = Literal["start", "end", "follow_up", "session", "visit", "once"]
Theme = Literal["description", "resources", "benefits", "future"]
NationalTheme = Literal["recommendation", "access", "encounter", "participation", "safety", "information", "usefulness"]
ValueClass = Literal["favourable", "neutral", "unfavourable"]
ItemKind = Literal["scale", "text", "number", "choice", "choices", "background"]
# Items whose answers are options without an order; a respondent chooses several of the last.
ONE_OPTION = ("choice", "background")
SEVERAL_OPTIONS = "choices"
# Between the id of a question and that of one of its options, where each of them is answered by itself.
OPTION_MARK = "/"
NOT_CHOSEN, CHOSEN = 0, 1

# Answers outside a scale have the same codes on every scale, so that no definition is needed to count them.
OUTSIDE_CODES = {"dont_know": 98, "not_applicable": 99}


class Definition(BaseModel):
    """Base of all definitions: frozen, and refusing fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class ScaleValue(Definition):
    """One allowed answer: code, labels, whether it is favourable, a face for paper, other ways people write it."""

    code: int
    label: Texts
    value_class: Annotated[ValueClass | None, Field(alias="class")] = None
    face: Annotated[str | None, Field(max_length=2)] = None
    aliases: tuple[str, ...] = ()


class OutsideValue(Definition):
    """An answer outside the scale ("en osaa sanoa", "ei koske minua"): counted separately, never part of a mean."""

    code: int
    kind: Literal["dont_know", "not_applicable"]
    label: Texts
    aliases: tuple[str, ...] = ()


class Scale(Definition):
    """The allowed answers of an item. ``better`` says which end is the good one, so that no reader has to know."""

    id: Identifier
    label: Texts
    better: Literal["high", "low", "none"]
    values: Annotated[tuple[ScaleValue, ...], Field(min_length=2)]
    outside: tuple[OutsideValue, ...] = ()

    @cached_property
    def codes(self) -> tuple[int, ...]:
        """The codes on the scale, in the order of the form, answers outside the scale not among them."""
        return tuple(value.code for value in self.values)

    @cached_property
    def outside_codes(self) -> tuple[int, ...]:
        """The codes of the answers outside the scale."""
        return tuple(value.code for value in self.outside)

    def codes_of(self, value_class: ValueClass) -> tuple[int, ...]:
        """Return the codes of the class ``value_class``."""
        return tuple(value.code for value in self.values if value.value_class == value_class)

    @property
    def direction(self) -> int:
        """Return +1 when a higher code is better, -1 when a lower one is, 0 when neither."""
        return {"high": 1, "low": -1, "none": 0}[self.better]

    @property
    def answers(self) -> tuple[ScaleValue | OutsideValue, ...]:
        """Return every allowed answer, those outside the scale last."""
        return (*self.values, *self.outside)

    def answer(self, code: int) -> ScaleValue | OutsideValue:
        """Return the answer with ``code``; raise KeyError when the scale has none."""
        for value in self.answers:
            if value.code == code:
                return value
        raise KeyError(code)


class Dimension(Definition):
    """What an item is about: a change dimension, a dimension of satisfaction or a condition of success."""

    id: Identifier
    family: Family
    label: Texts
    sensitive: bool = False


class Option(Definition):
    """One answer to choose, by its id in ``Item.options``; ``code`` is its place among them unless it says another.

    ``other`` is the option that takes what respondents write themselves ("Muu, mikä?"): the words are not kept.
    """

    label: Texts
    aliases: tuple[str, ...] = ()
    code: Annotated[int | None, Field(ge=1, le=90)] = None
    other: bool = False


class Item(Definition):
    """One question. ``short`` is the label of charts and tables.

    ``choice`` (one option) and ``background`` (one option about the respondent) have ``options`` in the order of the
    form, as has ``choices``, of which a respondent chooses several. The answers to a ``number`` are counts of its
    ``step``: 0.5 takes halves, too.

    ``change`` says how a change item measures change: a ``state`` at start and end, paired by participant code, or
    ``retrospective``, at the end, about the change itself. ``reliability`` and ``spread`` (standard deviation, in scale
    units) are those its makers give for a measure; where both stand here, reliable change is reported.
    ``related_words`` are words by which others ask the same: the import offers the item for headings that use them.
    """

    id: Identifier
    kind: ItemKind = "scale"
    text: Texts
    short: Texts
    scale: Identifier | None = None
    options: Annotated[Mapping[Identifier, Option], Field(default_factory=dict)]
    step: Annotated[float, Field(gt=0)] = 1
    family: Family
    dimension: Identifier | None = None
    theme: Theme
    change: Literal["state", "retrospective"] | None = None
    national_theme: NationalTheme | None = None
    reliability: Annotated[float | None, Field(ge=0, lt=1)] = None
    spread: Annotated[float | None, Field(gt=0)] = None
    related_words: tuple[str, ...] = ()

    @field_validator("options", mode="before")
    @classmethod
    def _with_labels(cls, options: object) -> object:
        """Take the languages of an option that stand beside its other fields as its label."""
        if not isinstance(options, Mapping):
            return options
        return {name: _with_label(option) for name, option in options.items()}

    @property
    def decimals(self) -> int:
        """How many decimals the answers to a number have."""
        return len(f"{self.step:f}".rstrip("0").partition(".")[2])

    @cached_property
    def option_codes(self) -> Mapping[str, int]:
        """The code of every option by its id."""
        return {name: option.code or place for place, (name, option) in enumerate(self.options.items(), start=1)}

    @cached_property
    def other_code(self) -> int | None:
        """The code of the option for other answers in respondents' own words, None where there is no such option."""
        return next((self.option_codes[name] for name, option in self.options.items() if option.other), None)

    @cached_property
    def option_scale(self) -> Scale | None:
        """The options as a scale without a good end, None for an item without options."""
        if not self.options:
            return None
        values = tuple(
            ScaleValue(code=self.option_codes[name], label=option.label, aliases=(*option.aliases, name))
            for name, option in self.options.items()
        )
        return Scale.model_construct(id=f"{self.id}_options", label=self.text, better="none", values=values)

    @property
    def option_items(self) -> tuple["Item", ...]:
        """The options of several choices, each as a question of its own: chosen or not; none for another item."""
        if self.kind != SEVERAL_OPTIONS:
            return ()
        return tuple(
            self._with(id=f"{self.id}{OPTION_MARK}{name}", short=option.label, options={})
            for name, option in self.options.items()
        )

    def with_retired(self, earlier: "Item | None") -> "Item":
        """Return the item with the options that only ``earlier``, the same of an earlier version, has at their end."""
        if earlier is None:
            return self
        retired = {
            name: option.model_copy(update={"code": earlier.option_codes[name]})
            for name, option in earlier.options.items()
            if name not in self.options
        }
        return self._with(options={**self.options, **retired}) if retired else self

    def _with(self, **changes: object) -> "Item":
        # Unlike model_copy this takes nothing over that was computed from the fields as they were.
        return Item.model_construct(**{name: getattr(self, name) for name in Item.model_fields} | changes)


def _with_label(option: object) -> object:
    if not isinstance(option, Mapping) or "label" in option:
        return option
    label = {name: text for name, text in option.items() if name in languages()}
    return {"label": label, **{name: value for name, value in option.items() if name not in label}}


class Score(Definition):
    """How a measure adds up its answers: their mean on the scale, taken from the scale's ends to ``low`` and ``high``.

    ``least_answered`` is how many of its items a form must answer to have a score.
    """

    low: int
    high: int
    least_answered: Annotated[int, Field(ge=1)]


class Questionnaire(Definition):
    """A versioned set of items.

    ``kind`` decides its shape: ``form`` is one row a respondent, ``register`` one row a participant with a column a
    session, ``head_count`` one row an opening of an open-door practice. An ``external`` one takes the scores of a
    measure whose questions stand elsewhere: it asks all its areas, whatever the change dimensions of a practice are,
    and any practice may import it. ``score`` is how that measure adds up its answers, if it does.
    """

    id: Identifier
    version: Annotated[int, Field(ge=1)]
    kind: Literal["form", "register", "head_count"]
    external: bool = False
    score: Score | None = None
    title: Texts
    instructions: Texts
    role: Role
    timing: Timing
    participant_code: Literal["required", "optional", "none"]
    date: Literal["required", "optional", "none"]
    items: Annotated[tuple[Item, ...], Field(min_length=1)]

    def item(self, item_id: str) -> Item:
        """Return the item ``item_id``; raise KeyError when the questionnaire has none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise KeyError(item_id)

    def items_for(self, practice: "Practice") -> tuple[Item, ...]:
        """Return the items that ``practice`` asks: of the change dimensions only those of the practice."""
        return tuple(
            item
            for item in self.items
            if self.external or item.family != "change" or item.dimension in practice.change_dimensions
        )


class Practice(Definition):
    """One working practice: where it is run, how, and what it asks of whom.

    ``municipalities`` are those it starts with, under their Finnish names; it may run in any other.
    A ``retired`` one takes in no more forms; what is stored of it stays and is shown. ``primary_question`` is the item
    of start and end by which its change is judged first, named before any data come.
    """

    id: Identifier
    name: Texts
    municipalities: Annotated[tuple[FinnishName, ...], Field(min_length=1)]
    type: Identifier
    open_door: bool = False
    target_group: Texts | None = None
    rhythm: Texts | None = None
    goals: Texts | None = None
    questionnaires: Annotated[tuple[Identifier, ...], Field(min_length=1)]
    change_dimensions: tuple[Identifier, ...] = ()
    primary_question: Identifier | None = None
    retired: bool = False

    @property
    def description(self) -> tuple[Texts, ...]:
        """For whom the practice is, how often it takes place and what it aims at, as far as that is defined."""
        return tuple(text for text in (self.target_group, self.rhythm, self.goals) if text is not None)

    def in_municipality(self, municipality: str) -> "Practice":
        """Return the practice as it runs in one municipality, whichever it starts with."""
        return self.model_copy(update={"municipalities": (municipality,)})


class PracticeType(Definition):
    """A kind of practice, such as a group or a meeting place; practices of one type can be compared."""

    id: Identifier
    label: Texts


class Notice(Definition):
    """What those of a role read about what happens with their answers; ``id`` is the role."""

    id: Role
    text: Texts


class Library(Definition):
    """All definitions, checked against one another, as the rest of the toolkit reads them."""

    scales: Mapping[str, Scale]
    dimensions: Mapping[str, Dimension]
    types: Mapping[str, PracticeType]
    practices: Mapping[str, Practice]
    notices: Mapping[str, Notice]
    questionnaires: tuple[Questionnaire, ...]
    # Kind and id of what is offered for nothing new any more; a practice says it itself too.
    retired: frozenset[tuple[str, str]] = frozenset()

    @cached_property
    def current_practices(self) -> Mapping[str, Practice]:
        """The practices that are not retired."""
        return {name: practice for name, practice in self.practices.items() if not practice.retired}

    @cached_property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities of Finland and those of the practices: a practice runs in any of them."""
        of_practices = {name for practice in self.practices.values() for name in practice.municipalities}
        return tuple(sorted({*municipalities(), *of_practices}))

    @cached_property
    def _latest(self) -> Mapping[str, Questionnaire]:
        return {form.id: form for form in sorted(self.questionnaires, key=lambda form: form.version)}

    @property
    def questionnaire_ids(self) -> tuple[str, ...]:
        """The ids of the questionnaires, once whatever its versions."""
        return tuple(self._latest)

    def questionnaire(self, questionnaire_id: str, version: int | None = None) -> Questionnaire:
        """Return one version of a questionnaire, the latest by default; raise KeyError when there is none."""
        if version is None:
            return self._latest[questionnaire_id]
        for form in self.questionnaires:
            if (form.id, form.version) == (questionnaire_id, version):
                return form
        raise KeyError((questionnaire_id, version))

    def forms_of(self, practice: Practice) -> Iterator[Questionnaire]:
        """Yield the questionnaires of ``practice`` in the order it uses them."""
        for questionnaire_id in practice.questionnaires:
            yield self._latest[questionnaire_id]

    @cached_property
    def items(self) -> Mapping[str, Item]:
        """Every item by its id; an id means the same wherever it stands, the latest version's wording is kept."""
        items: dict[str, Item] = {}
        for form in sorted(self.questionnaires, key=lambda form: form.version):
            items |= {item.id: item.with_retired(items.get(item.id)) for item in form.items}
        return items

    @cached_property
    def answered_items(self) -> Mapping[str, Item]:
        """Everything that has stored answers of its own: the items, but of several choices their options, by id."""
        parts = (item.option_items or (item,) for item in self.items.values())
        return {item.id: item for of_item in parts for item in of_item}

    @cached_property
    def chosen(self) -> Scale:
        """The answers to an option of several choices: chosen or not."""
        texts = {
            code: Texts({language: Translator(language)(f"common.{key}") for language in languages()})
            for code, key in ((CHOSEN, "chosen"), (NOT_CHOSEN, "not_chosen"))
        }
        values = tuple(ScaleValue(code=code, label=label) for code, label in sorted(texts.items()))
        return Scale.model_construct(id="chosen", label=texts[CHOSEN], better="none", values=values)

    @cached_property
    def answer_scales(self) -> Mapping[str, Scale]:
        """The scales and, as if they were some, the options of items, by their ids."""
        options = (item.option_scale for item in self.items.values())
        return {**self.scales, **{scale.id: scale for scale in options if scale is not None}}

    def allowed_answers(self, item: Item) -> Scale | None:
        """Return the scale or the options of ``item``, None for an item that has neither."""
        return item.option_scale or self.scale_of(item)

    def scale_of(self, item: Item) -> Scale | None:
        """Return the scale of ``item``, the options of one choice being one, or None for an item without one."""
        if item.kind in ONE_OPTION:
            return item.option_scale
        if OPTION_MARK in item.id:
            return self.chosen
        return self.scales[item.scale] if item.scale else None
