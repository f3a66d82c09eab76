"""New questions as definitions: the forms that ask them, the scales they need, and the practice they belong to."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, get_args

from evaluation.definitions import Dimension, Item, Kind, Library, Practice, Questionnaire, Scale, Timing
from evaluation.definitions.documents import SECTION_OF
from evaluation.definitions.models import Definition
from evaluation.definitions.text_ids import id_of
from evaluation.intake.folding import fold
from evaluation.proposals.new_items import ItemMaker, NewItem
from evaluation.proposals.new_questions import NewQuestion, as_asked

Body = Mapping[str, Any]
Say = Callable[[str], str]
START_AND_END = ("start", "end")
# The kinds of practices where people come and go as they like.
OPEN_DOOR = ("meeting_place", "walk_in")
_MODELS: Mapping[str, type[Definition]] = {"scales": Scale, "dimensions": Dimension, "practices": Practice}
_ORDER: tuple[Timing, ...] = get_args(Timing)


@dataclass(frozen=True)
class Destination:
    """The practice that new questions belong to: one that is defined, or a new one with its name, place and type.

    ``forms`` are the questionnaires whose questions the file answers too: the new ones join them. ``timing`` is when
    the questions are asked of which the file does not tell it. ``codes`` tells whether it has codes of respondents.
    ``known`` are ids of questions that are defined and that a new form asks too, with their times where these are told;
    ``options`` are answers that have come to questions of the ``forms``, by the ids of these. ``measures`` are
    questionnaires of others that a new practice uses as they are.
    """

    practice: str | None = None
    name: str = ""
    municipalities: tuple[str, ...] = ()
    type: str = "group"
    forms: tuple[str, ...] = ()
    timing: Timing = "once"
    codes: bool = False
    known: tuple[tuple[str, str | None], ...] = ()
    options: tuple[tuple[str, tuple[str, ...]], ...] = ()
    measures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Entry:
    """One definition: its kind as documents have it, its id, its version if it is a questionnaire, and what it says."""

    kind: Kind
    id: str
    body: Body
    version: int | None = None

    @property
    def fields(self) -> Body:
        """What it says, its id first."""
        return {"id": self.id, **self.body}


@dataclass(frozen=True)
class NewDefinitions:
    """What has to be defined so that a file can be read.

    ``items`` are the ids of the new questions by their folded headings, ``forms`` those of the questionnaires by the
    time at which they are filled in. ``labels`` are answers that no definition knows, by the id of their question, with
    their codes, None for those that mean none.
    """

    entries: tuple[Entry, ...]
    practice: str
    items: Mapping[str, str]
    forms: Mapping[str, str]
    labels: Mapping[tuple[str, str], int | None] = field(default_factory=dict)

    def over(self, library: Library) -> Library:
        """Return ``library`` with these definitions laid over it."""
        sections: dict[str, dict[str, Any]] = {name: dict(getattr(library, name)) for name in _MODELS}
        forms = list(library.questionnaires)
        for entry in self.entries:
            if entry.kind == "questionnaire":
                forms.append(Questionnaire.model_validate(entry.fields))
            else:
                name = SECTION_OF[entry.kind]
                sections[name][entry.id] = _MODELS[name].model_validate(entry.fields)
        before = {name: getattr(library, name) for name in type(library).model_fields}
        # A copy would keep what was computed from the definitions as they were.
        return Library.model_construct(**before | sections | {"questionnaires": tuple(forms)})


def define(
    questions: Sequence[NewQuestion],
    destination: Destination,
    library: Library,
    language: str,
    say: Say,
    made_before: Collection[str] = (),
    spent: Collection[str] = (),
) -> NewDefinitions:
    """Return the definitions by which a file with ``questions`` can be read.

    Args:
        questions: the new questions, in the order of the form.
        destination: the practice that asks them.
        library: what is defined already.
        language: the language in which the questions are written.
        say: the words for titles and instructions, by their keys.
        made_before: ids of questionnaires that were made so before: they get a new version; others are copied first.
        spent: ids that nothing new may have.
    """
    return _Definer(destination, library, language, say, made_before, spent).define(questions)


class _Definer:
    """Defines the new questions of one practice."""

    def __init__(
        self,
        destination: Destination,
        library: Library,
        language: str,
        say: Say,
        made_before: Collection[str],
        spent: Collection[str],
    ) -> None:
        self._destination, self._library, self._language, self._say, self._made_before = (
            destination, library, language, say, made_before,
        )  # fmt: skip
        self._spent = frozenset(spent)
        self._practice = library.practices.get(destination.practice or "")
        name = destination.name
        self._id = self._practice.id if self._practice else id_of(name, {*library.practices, *self._spent}, "practice")
        self._joined = tuple(library.questionnaire(form) for form in destination.forms)

    def define(self, questions: Sequence[NewQuestion]) -> NewDefinitions:
        times = self._times(questions)
        repeated = bool(set(times) & set(START_AND_END))
        maker = ItemMaker(self._library, self._language, self._say("proposals.other"), self._spent)
        items = [(question, maker.item(as_asked(question, repeated))) for question in questions]
        made: list[Entry] = []
        forms: dict[str, str] = {}
        replaced: dict[str, str] = {}
        for timing in times:
            base = next((form for form in self._joined if form.timing == timing), None)
            fitting = [item.body for question, item in items if self._is_asked(question, item, timing, times)]
            if base is None:
                made.append(self._new_form(timing, [*self._known_at(timing, times), *fitting]))
            elif fitting or self._grows(base):
                made.append(self._longer_form(base, fitting))
                replaced[base.id] = made[-1].id
            forms[timing] = base.id if base is not None and base.id not in replaced else made[-1].id
        dimensions = [item.dimension for _, item in items if item.dimension is not None]
        known = (self._library.items[name] for name, _ in self._destination.known)
        dimensions += [item.dimension for item in known if item.family == "change" and item.dimension is not None]
        practice = self._practice_with(forms, replaced, dimensions)
        entries = (
            *(Entry("scale", name, body) for name, body in maker.scales.items()),
            *(Entry("dimension", name, body) for name, body in maker.dimensions.items()),
            *made,
            Entry("practice", self._id, practice),
        )
        ids = {fold(question.heading): str(item.body["id"]) for question, item in items}
        labels = {(str(item.body["id"]), fold(text)): code for _, item in items for text, code in item.labels.items()}
        return NewDefinitions(entries, self._id, ids, forms, labels)

    def _times(self, questions: Sequence[NewQuestion]) -> tuple[Timing, ...]:
        """Return the times of the forms that are wanted, in their order; who asks at the start asks at the end too."""
        if not questions and self._destination.measures:
            return ()
        times: set[str] = {timing for question in questions for timing in question.timings}
        times |= {timing for _, timing in self._destination.known if timing is not None}
        times |= {form.timing for form in self._joined if self._grows(form)}
        if not times or any(not question.timings for question in questions):
            times |= {form.timing for form in self._joined} or {self._destination.timing}
        states = any(question.column.family == "state" for question in questions)
        if "start" in times or ("end" in times and self._destination.codes and states):
            times |= set(START_AND_END)
        return tuple(timing for timing in _ORDER if timing in times)

    def _is_asked(self, question: NewQuestion, item: NewItem, timing: Timing, times: Sequence[Timing]) -> bool:
        """Tell whether a form asks a question; how things are is asked at start and end, whichever the file holds."""
        if item.body.get("change") == "state" and timing in START_AND_END:
            return True
        alone = (self._destination.timing,) if self._destination.timing in times else times
        return timing in (question.timings or alone)

    def _known_at(self, timing: Timing, times: Sequence[Timing]) -> list[Body]:
        """Return the questions that are defined already as a new form has them."""
        alone = self._destination.timing
        items = {name: self._library.items[name] for name, _ in self._destination.known}
        fitting = {
            name
            for name, time_known in self._destination.known
            if timing in ((time_known,) if time_known else (alone, *times))
        }
        if timing in START_AND_END:
            fitting |= {name for name, item in items.items() if item.change == "state"}
        return [plain(item) for name, item in items.items() if name in fitting]

    def _new_form(self, timing: Timing, items: Sequence[Body]) -> Entry:
        name = self._destination.name.strip()
        if self._practice is not None:
            names = self._practice.name.root
            name = names.get(self._language) or next(iter(names.values()))
        text = f"{self._id} {timing}" if timing in START_AND_END else self._id
        form_id = self._form_id(text)
        body = {
            "id": form_id,
            "version": 1,
            "kind": "form",
            "title": {self._language: f"{name}: {self._say(f'proposals.form_{timing}')}"},
            "instructions": {self._language: self._say("proposals.instructions")},
            "role": "client",
            "timing": timing,
            "participant_code": "optional",
            "date": "optional",
            "items": list(items),
        }
        return Entry("questionnaire", form_id, body, 1)

    def _form_id(self, text: str) -> str:
        return id_of(text, {*self._library.questionnaire_ids, *self._spent}, "form")

    def _longer_form(self, form: Questionnaire, items: Sequence[Body]) -> Entry:
        """Return a form with more questions: the next version of one's own, else a copy for this practice alone."""
        made_before = form.id in self._made_before
        form_id = form.id if made_before else self._form_id(f"{self._id} {form.id}")
        version = form.version + 1 if made_before else 1
        body = plain(form) | {"id": form_id, "version": version}
        # A question with other answers than before has an id of its own, and takes the place of the earlier one.
        texts = {fold(text) for item in items for text in item["text"].values()}
        before = [item for item in body["items"] if not texts & {fold(text) for text in item["text"].values()}]
        earlier_items = [self._with_options(item) for item in before]
        return Entry("questionnaire", form_id, body | {"items": [*earlier_items, *items]}, version)

    def _grows(self, form: Questionnaire) -> bool:
        """Tell whether questions of a form have got more options."""
        return bool({item.id for item in form.items} & {name for name, _ in self._destination.options})

    def _with_options(self, item: Body) -> Body:
        """Return a question with the options that have come to it, behind the others: these keep their codes."""
        options = dict(item.get("options", {}))
        for label in dict(self._destination.options).get(item["id"], ()):
            options[id_of(label, options, "option")] = {"label": {self._language: " ".join(label.split())}}
        return {**item, "options": options} if options else item

    def _practice_with(self, forms: Mapping[str, str], replaced: Mapping[str, str], dimensions: Sequence[str]) -> Body:
        there = self._destination
        if self._practice is None:
            return {
                "name": {self._language: there.name.strip()},
                "municipalities": list(there.municipalities),
                "type": there.type,
                "open_door": there.type in OPEN_DOOR,
                "questionnaires": list(dict.fromkeys([*there.measures, *forms.values()])),
                "change_dimensions": list(dimensions),
            }
        before = self._practice
        used = [replaced.get(form, form) for form in before.questionnaires]
        body = {name: value for name, value in plain(before).items() if name != "id"}
        return body | {
            "municipalities": list(dict.fromkeys([*before.municipalities, *there.municipalities])),
            "questionnaires": list(dict.fromkeys([*used, *forms.values()])),
            "change_dimensions": list(dict.fromkeys([*before.change_dimensions, *dimensions])),
        }


def plain(definition: Questionnaire | Practice | Item) -> dict[str, Any]:
    """Return a definition as a file of definitions says it."""
    return definition.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
