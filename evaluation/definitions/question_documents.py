"""Questions that a worker wrote, and the entries of definition files that follow from them.

An entry is a plain mapping in the shape of the definition files. Its texts are in the language of whoever wrote them;
where a text has not been changed, it stays as it is in every language.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from evaluation.definitions.models import Item, NationalTheme, Role, Theme, Timing
from evaluation.definitions.text_ids import id_of
from evaluation.definitions.written_texts import in_each_language, text_in, texts_of

Tells = Literal["satisfaction", "state", "change", "participation", "conditions", "background"]
TELLS: tuple[Tells, ...] = get_args(Tells)
AnswerKind = Literal["scale", "text", "number", "choice", "choices", "background"]
_WITH_OPTIONS = ("choice", "choices", "background")
_THEMES: Mapping[Tells, Theme] = {
    "satisfaction": "description",
    "state": "benefits",
    "change": "benefits",
    "participation": "description",
    "conditions": "resources",
    "background": "description",
}
_LONGEST_SHORT = 40
_OF_DRAFTS = {"kind", "scale", "options", "step", "dimension", "change", "national_theme"}
_OTHER = frozenset(
    {"muu", "muu, mikä", "jokin muu", "muuta", "annat", "annat, vad", "other", "something else", "other, what"}
)  # fmt: skip

Body = Mapping[str, Any]


@dataclass(frozen=True)
class QuestionDraft:
    """A question as its writer has it, in one language.

    ``scale`` is the id of the scale of a question answered on one, ``options`` are the answers to choose from, ``step``
    is the least difference between two numbers. ``short`` is its name in charts, made from the text where it is empty.
    ``dimension`` is what a state or a change is about; without one the question is a dimension of its own. ``before``
    is the item that it is a new wording of; with ``continues`` its trend goes on.
    """

    text: str
    kind: AnswerKind
    tells: Tells
    scale: str | None = None
    options: tuple[str, ...] = ()
    step: float = 1
    short: str = ""
    dimension: str | None = None
    national_theme: NationalTheme | None = None
    before: Item | None = None
    continues: bool = True

    @property
    def short_text(self) -> str:
        """The name in charts: the one that was written, else the beginning of the text."""
        return self.short.strip() or short_name(self.text)

    def answered_as(self, before: "QuestionDraft") -> bool:
        """Tell whether it is answered as ``before`` was; options may be others, for each keeps its own code."""
        meaning = (self.kind, self.scale, self.step, self.tells, self.dimension)
        return meaning == (before.kind, before.scale, before.step, before.tells, before.dimension)


def short_name(text: str) -> str:
    """Return a question cut at the end of a word to what a chart has room for."""
    plain = " ".join(text.split()).strip(" ?:.*")
    if len(plain) <= _LONGEST_SHORT:
        return plain
    return plain[:_LONGEST_SHORT].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def draft_of(item: Item, language: str) -> QuestionDraft:
    """Return the draft from which ``item`` follows as it is."""
    tells: Tells = "state" if item.change == "state" else item.family
    return QuestionDraft(
        text=text_in(item.text, language),
        kind=item.kind,
        tells=tells,
        scale=item.scale,
        options=tuple(text_in(option.label, language) for option in item.options.values()),
        step=item.step,
        short=text_in(item.short, language),
        dimension=item.dimension,
        national_theme=item.national_theme,
        before=item,
    )


def item_body(draft: QuestionDraft, language: str, reserved: Collection[str]) -> dict[str, Any]:
    """Return the item that ``draft`` describes.

    It keeps the id of the item before where it continues it and is answered as that was; any other gets a new one from
    its text, which is none of ``reserved``.
    """
    before = draft.before
    if before is not None and not (draft.continues and draft.answered_as(draft_of(before, language))):
        before = None
    item_id = before.id if before else id_of(draft.text, reserved)
    body: dict[str, Any] = {"id": item_id}
    if draft.kind != "scale":
        body["kind"] = draft.kind
    body["text"] = texts_of(draft.text, draft.before.text if draft.before else None, language)
    body["short"] = texts_of(draft.short_text, draft.before.short if draft.before else None, language)
    if draft.kind == "scale":
        body["scale"] = draft.scale
    if draft.kind in _WITH_OPTIONS:
        body["options"] = _options(draft, before, language)
    if draft.kind == "number" and draft.step != 1:
        body["step"] = draft.step
    body["family"] = "change" if draft.tells == "state" else draft.tells
    body["theme"] = before.theme if before else _THEMES[draft.tells]
    if draft.tells in ("state", "change"):
        body["dimension"] = draft.dimension or item_id
        body["change"] = "state" if draft.tells == "state" else "retrospective"
    elif draft.dimension:
        body["dimension"] = draft.dimension
    if draft.national_theme:
        body["national_theme"] = draft.national_theme
    return {**_beside(before), **body} if before else body


def _beside(item: Item) -> dict[str, Any]:
    """Return what an item has that no draft tells, such as the reliability of a measure."""
    return item.model_dump(exclude=_OF_DRAFTS, exclude_defaults=True, mode="json")


def _options(draft: QuestionDraft, before: Item | None, language: str) -> dict[str, Any]:
    """Return the options by their ids; those of the item before keep their ids and codes, wherever they stand now."""
    known = {text_in(option.label, language): name for name, option in before.options.items()} if before else {}
    codes = dict(before.option_codes) if before else {}
    options: dict[str, Any] = {}
    for place, label in enumerate(draft.options, start=1):
        name = known.get(label) or id_of(label, {*options, *codes}, "option")
        if before and name in before.options:
            body = before.options[name].model_dump(exclude_defaults=True, mode="json")
        else:
            body = {"label": {language: label}, **({"other": True} if is_other(label) else {})}
        code = codes.setdefault(name, max(codes.values(), default=0) + 1)
        # An option without a code has that of its place.
        if code != place:
            body["code"] = code
        options[name] = body
    return options


def is_other(label: str) -> bool:
    """Tell whether an option is the one for what the others leave out, such as "Muu, mikä?"."""
    return label.casefold().strip(" .:?…") in _OTHER


def questionnaire_body(
    questionnaire_id: str,
    title: Mapping[str, str],
    role: Role,
    timing: Timing,
    items: Sequence[Body],
) -> dict[str, Any]:
    """Return a form of ``items``.

    Its participant code is required at the start alone, where nothing else links it with the end.
    """
    return {
        "id": questionnaire_id,
        "kind": "form",
        "title": dict(title),
        "instructions": in_each_language(f"practices.instructions_{'start' if timing == 'start' else 'other'}"),
        "role": role,
        "timing": timing,
        "participant_code": "required" if timing == "start" else "optional",
        "date": "optional",
        "items": list(items),
    }


def dimension_bodies(items: Sequence[Body], known: Collection[str]) -> tuple[Body, ...]:
    """Return the dimensions that ``items`` are about and that are not among the ``known``."""
    return tuple(
        {"id": item["dimension"], "family": item["family"], "label": item["short"]}
        for item in items
        if item.get("dimension") and item["dimension"] not in known
    )
