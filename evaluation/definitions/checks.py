"""The rules that hold between definitions: every name that is used exists; and advice that refuses nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace

from evaluation.definitions.models import (
    ONE_OPTION,
    OUTSIDE_CODES,
    SEVERAL_OPTIONS,
    Definition,
    Item,
    Library,
    Practice,
    Questionnaire,
    Scale,
)
from evaluation.definitions.problems import DefinitionProblem, EntryKey
from evaluation.definitions.texts import Texts
from evaluation.definitions.yaml_source import KeyPath, Source
from evaluation.i18n import languages

# The key is that of a definition, or of a question in one: "questionnaire:id:version" and the question's id.
Places = Mapping[EntryKey, tuple[Source, KeyPath]]

MOST_CLOSED = 15
LEAST_OPTIONS = 2
# What a chart's row, a drop-down list and a form's line have room for.
LONGEST_SHORT, LONGEST_ANSWER, LONGEST_TEXT = 40, 40, 110
NEEDED_ITEMS = {"register": ("presence", "completed"), "head_count": ("visits",), "form": ()}


def check_library(library: Library, places: Places) -> tuple[DefinitionProblem, ...]:
    """Return every fault between the definitions of ``library``."""
    return (
        *_check_scales(library, places),
        *_check_questionnaires(library, places),
        *_check_practices(library, places),
    )


def _problem(places: Places, key: EntryKey, tail: KeyPath, code: str, **values: object) -> DefinitionProblem:
    source, path = places[key]
    section, _, form = key[0].partition(":")
    return replace(source.problem((*path, *tail), code, **values), entry=(section, form) if form else key)


def advice_on(library: Library, places: Places) -> Iterator[DefinitionProblem]:
    """Yield what could be better and stands in nothing's way: texts in other languages, lengths, what goes unused."""
    yield from _missing_texts(library, places)
    for practice in library.practices.values():
        yield from _unasked_dimensions(library, practice, places)
        yield from _unpaired_items(library, practice, places)
        yield from _long_forms(library, practice, places)
    yield from _odd_places(library, places)


def _missing_texts(library: Library, places: Places) -> Iterator[DefinitionProblem]:
    """Name each definition with texts that some language lacks, at the first of them."""
    for section in ("scales", "dimensions", "types", "practices", "notices"):
        for entry in getattr(library, section).values():
            key = (section, entry.id)
            yield from _lacking(places, [(key, tail, texts) for tail, texts in _texts_in(entry)])
    for form in map(library.questionnaire, library.questionnaire_ids):
        name = f"{form.id}:{form.version}"
        form_texts = [(("questionnaire", name), (part,), getattr(form, part)) for part in ("title", "instructions")]
        items = [
            ((f"questionnaire:{name}", item.id), tail, texts) for item in form.items for tail, texts in _texts_in(item)
        ]
        yield from _lacking(places, [*form_texts, *items])


def _lacking(places: Places, texts: list[tuple[EntryKey, KeyPath, Texts]]) -> Iterator[DefinitionProblem]:
    lacking = [(key, tail, text.missing) for key, tail, text in texts if text.missing]
    if lacking:
        key, tail, _ = lacking[0]
        missing = frozenset[str]().union(*(codes for _, _, codes in lacking))
        named = ", ".join(code for code in languages() if code in missing)
        yield _problem(places, key, tail, "missing_translation", languages=named, count=len(lacking))


def _texts_in(entry: Definition, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Texts]]:
    for name in type(entry).model_fields:
        value = getattr(entry, name)
        if isinstance(value, Texts):
            yield (*path, name), value
        elif isinstance(value, Mapping):
            for key, part in value.items():
                if isinstance(part, Definition):
                    yield from _texts_in(part, (*path, name, key))
        elif isinstance(value, tuple):
            for index, part in enumerate(value):
                if isinstance(part, Definition):
                    yield from _texts_in(part, (*path, name, index))


def _check_scales(library: Library, places: Places) -> Iterator[DefinitionProblem]:
    for scale in library.scales.values():
        key = ("scales", scale.id)
        codes = Counter([*scale.codes, *scale.outside_codes])
        for code, count in codes.items():
            if count > 1:
                yield _problem(places, key, ("values",), "code_twice", number=code, scale=scale.id)
        if list(scale.codes) != sorted(scale.codes):
            yield _problem(places, key, ("values",), "codes_unordered", scale=scale.id)
        if scale.better != "none":
            for index, value in enumerate(scale.values):
                if value.value_class is None:
                    yield _problem(places, key, ("values", index), "class_missing", number=value.code)
        for index, outside in enumerate(scale.outside):
            wanted = OUTSIDE_CODES[outside.kind]
            if outside.code != wanted:
                tail = ("outside", index, "code")
                values = {"kind": outside.kind, "wanted": wanted, "number": outside.code}
                yield _problem(places, key, tail, "outside_code", **values)
        yield from _labels_twice(scale, places, key)


def _labels_twice(
    scale: Scale, places: Places, key: tuple[str, str], tail: KeyPath = ()
) -> Iterator[DefinitionProblem]:
    """Report two answers of one scale that are written alike: an upload could not distinguish them."""
    seen: dict[str, int] = {}
    for value in scale.answers:
        for text in {text.casefold().strip() for text in (*value.label.values(), *value.aliases)}:
            if seen.setdefault(text, value.code) != value.code:
                yield _problem(places, key, tail, "label_twice", label=text, scale=scale.id)


def _check_questionnaires(library: Library, places: Places) -> Iterator[DefinitionProblem]:
    versions = Counter((form.id, form.version) for form in library.questionnaires)
    meanings: dict[str, tuple[object, ...]] = {}
    for form in library.questionnaires:
        key = ("questionnaire", f"{form.id}:{form.version}")
        if versions[(form.id, form.version)] > 1:
            yield _problem(places, key, ("version",), "version_twice", id=form.id, version=form.version)
        if form.role not in library.notices:
            yield _problem(places, key, ("role",), "no_notice", role=form.role)
        for needed in NEEDED_ITEMS[form.kind]:
            if needed not in {item.id for item in form.items}:
                yield _problem(places, key, ("items",), "item_needed", kind=form.kind, item=needed)
        yield from _check_score(form, places)
        yield from _check_items(library, form, places, meanings)


def _check_score(form: Questionnaire, places: Places) -> Iterator[DefinitionProblem]:
    """A score is a mean on one scale, so that every answer moves it alike."""
    if form.score is None:
        return
    scaled = [item.scale for item in form.items if item.scale]
    if len(set(scaled)) != 1 or form.score.least_answered > len(scaled) or form.score.low >= form.score.high:
        key = ("questionnaire", f"{form.id}:{form.version}")
        yield _problem(places, key, ("score",), "score_unfit", form=form.id, count=len(scaled))


def _check_items(
    library: Library, form: Questionnaire, places: Places, meanings: dict[str, tuple[object, ...]]
) -> Iterator[DefinitionProblem]:
    counts = Counter(item.id for item in form.items)
    yield from _check_kinds(form, places, meanings)
    for item in form.items:
        key = (f"questionnaire:{form.id}:{form.version}", item.id)
        if counts[item.id] > 1:
            yield _problem(places, key, (), "id_twice", id=item.id)
        if (item.kind == "scale") != (item.scale is not None):
            yield _problem(places, key, (), "scale_and_kind", item=item.id)
        elif item.scale is not None and item.scale not in library.scales:
            yield _problem(places, key, ("scale",), "unknown_scale", scale=item.scale)
        if item.dimension is not None and item.dimension not in library.dimensions:
            yield _problem(places, key, ("dimension",), "unknown_dimension", dimension=item.dimension)
        if item.family == "change" and (item.dimension is None or item.change is None):
            yield _problem(places, key, (), "change_incomplete", item=item.id)
        meaning = _meaning(item)
        if meanings.setdefault(item.id, meaning) != meaning:
            yield _problem(places, key, (), "other_meaning", item=item.id)


def _check_kinds(
    form: Questionnaire, places: Places, meanings: dict[str, tuple[object, ...]]
) -> Iterator[DefinitionProblem]:
    """Report options and steps where they do not belong, and options that mean another thing than in other forms."""
    for item in form.items:
        key = (f"questionnaire:{form.id}:{form.version}", item.id)
        of_options = item.kind in (*ONE_OPTION, SEVERAL_OPTIONS)
        if of_options != bool(item.options) or (of_options and len(item.options) < LEAST_OPTIONS):
            yield _problem(places, key, (), "options_and_kind", item=item.id)
        if item.step != 1 and item.kind != "number":
            yield _problem(places, key, ("step",), "step_and_kind", item=item.id)
        if (item.kind == "background") != (item.family == "background"):
            yield _problem(places, key, ("family",), "background_family", item=item.id)
        if of_options and (form.kind != "form" or item.family == "change"):
            yield _problem(places, key, (), "options_place", item=item.id)
        yield from _check_options(item, key, places, meanings)


def _check_options(
    item: Item, key: tuple[str, str], places: Places, meanings: dict[str, tuple[object, ...]]
) -> Iterator[DefinitionProblem]:
    for code, count in Counter(item.option_codes.values()).items():
        if count > 1:
            yield _problem(places, key, ("options",), "code_twice", number=code, scale=item.id)
    if sum(option.other for option in item.options.values()) > 1:
        yield _problem(places, key, ("options",), "other_twice", item=item.id)
    if item.option_scale is not None:
        yield from _labels_twice(item.option_scale, places, key, ("options",))
    for option, code in item.option_codes.items():
        # An id means one code wherever the question stands, and a code one id.
        for name, meaning in ((f"{item.id}:{option}", code), (f"{item.id}:{code}", option)):
            if meanings.setdefault(name, (meaning,)) != (meaning,):
                yield _problem(places, key, ("options", option), "option_code", item=item.id, option=option)


def _meaning(item: Item) -> tuple[object, ...]:
    return (item.kind, item.scale, item.family, item.dimension, item.change, item.step)


def _check_practices(library: Library, places: Places) -> Iterator[DefinitionProblem]:
    for practice in library.practices.values():
        key = ("practices", practice.id)
        if practice.type not in library.types:
            yield _problem(places, key, ("type",), "unknown_type", type=practice.type)
        for index, form_id in enumerate(practice.questionnaires):
            if form_id not in library.questionnaire_ids:
                yield _problem(places, key, ("questionnaires", index), "unknown_questionnaire", id=form_id)
        for index, dimension in enumerate(practice.change_dimensions):
            if dimension not in library.dimensions:
                yield _problem(places, key, ("change_dimensions", index), "unknown_dimension", dimension=dimension)
        if all(form_id in library.questionnaire_ids for form_id in practice.questionnaires):
            yield from _check_primary(library, practice, places)


def _unasked_dimensions(library: Library, practice: Practice, places: Places) -> Iterator[DefinitionProblem]:
    dimensions = {item.dimension for form in library.forms_of(practice) for item in form.items}
    for index, dimension in enumerate(practice.change_dimensions):
        if dimension not in dimensions:
            tail = ("change_dimensions", index)
            yield _problem(places, ("practices", practice.id), tail, "dimension_not_asked", dimension=dimension)


def _unpaired_items(library: Library, practice: Practice, places: Places) -> Iterator[DefinitionProblem]:
    """Report questions of the start form that the end form lacks: both ask the same item."""
    forms = list(library.forms_of(practice))
    later = {item.id for form in forms if form.timing == "end" for item in form.items_for(practice)}
    for index, form in enumerate(forms):
        if form.timing == "start":
            for item in form.items_for(practice):
                if item.change == "state" and item.id not in later:
                    tail = ("questionnaires", index)
                    yield _problem(places, ("practices", practice.id), tail, "not_asked_at_end", item=item.id)


def _check_primary(library: Library, practice: Practice, places: Places) -> Iterator[DefinitionProblem]:
    """The primary question is about change, and asked of the same people at start and end."""
    primary = practice.primary_question
    dimensions = {
        (form.timing, item.id)
        for form in library.forms_of(practice)
        for item in form.items_for(practice)
        if item.change == "state"
    }
    if primary is not None and not {("start", primary), ("end", primary)} <= dimensions:
        yield _problem(places, ("practices", practice.id), ("primary_question",), "primary_not_asked", item=primary)


def _long_forms(library: Library, practice: Practice, places: Places) -> Iterator[DefinitionProblem]:
    """A client answers a form in five minutes."""
    for index, form in enumerate(library.forms_of(practice)):
        closed = sum(item.kind != "text" for item in form.items_for(practice))
        if (form.kind, form.role, form.external) == ("form", "client", False) and closed > MOST_CLOSED:
            values = {"form": form.id, "count": closed, "most": MOST_CLOSED}
            yield _problem(places, ("practices", practice.id), ("questionnaires", index), "form_too_long", **values)


def _odd_places(library: Library, places: Places) -> Iterator[DefinitionProblem]:
    """Yield scales nobody uses, and labels too long for charts and drop-downs."""
    used = {item.scale for item in library.items.values()}
    for scale in library.scales.values():
        if scale.id not in used:
            yield _problem(places, ("scales", scale.id), (), "scale_unused", scale=scale.id)
        for index, value in enumerate(scale.values):
            yield from _long(places, ("scales", scale.id), ("values", index, "label"), value.label, LONGEST_ANSWER)
    for form in library.questionnaires:
        for item in form.items:
            key = (f"questionnaire:{form.id}:{form.version}", item.id)
            yield from _long(places, key, ("short",), item.short, LONGEST_SHORT)
            yield from _long(places, key, ("text",), item.text, LONGEST_TEXT)
            for name, option in item.options.items():
                yield from _long(places, key, ("options", name), option.label, LONGEST_ANSWER)


def _long(places: Places, key: tuple[str, str], tail: KeyPath, texts: Texts, most: int) -> Iterator[DefinitionProblem]:
    longest = max(texts.values(), key=len)
    if len(longest) > most:
        yield _problem(places, key, tail, "label_long", label=longest, count=len(longest), most=most)
