"""Published questionnaires are not edited: a lock file keeps the fingerprint of every published version."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from evaluation.definitions.models import Item, Library, Questionnaire
from evaluation.definitions.problems import DefinitionProblem
from evaluation.definitions.yaml_source import KeyPath, Source

LOCK = "published.json"


def fingerprint(form: Questionnaire, library: Library) -> str:
    """Return the mark of what respondents read: wording, order and allowed answers in every language.

    Tags and other ways to write an answer are not part of it; they may be mended.
    """
    questions = [[item.id, item.kind, dict(item.text.root), _answers(library, item)] for item in form.items]
    whole = [form.id, form.version, form.kind, form.role, form.timing, questions]
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def library_fingerprint(library: Library) -> str:
    """Return a short mark of all questionnaires, by which readers of two reports see whether they are of the same."""
    marks = sorted(fingerprint(form, library) for form in library.questionnaires)
    return hashlib.sha256("".join(marks).encode()).hexdigest()[:8]


def _answers(library: Library, item: Item) -> list[object]:
    scale = item.option_scale or library.scale_of(item)
    if scale is None:
        return [] if item.step == 1 else [item.step]
    return [[answer.code, dict(answer.label.root)] for answer in scale.answers]


def read_lock(folder: Path) -> Mapping[str, str]:
    """Return the fingerprints kept in ``folder``, by "id:version"; none where there is no lock file."""
    path = folder / LOCK
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def write_lock(library: Library, folder: Path, known: Mapping[str, str]) -> tuple[str, ...]:
    """Add to the lock of ``folder`` the fingerprint of every questionnaire not in ``known``; return those added.

    Args:
        library: the definitions.
        folder: where the lock is kept.
        known: fingerprints by "id:version" that are kept already, here or in another folder.
    """
    new = {_name(form): fingerprint(form, library) for form in library.questionnaires if _name(form) not in known}
    text = json.dumps(dict(read_lock(folder)) | new, indent=2, sort_keys=True) + "\n"
    (folder / LOCK).write_text(text, encoding="utf-8")
    return tuple(sorted(new))


def check_published(
    library: Library, published: Mapping[str, str], places: Mapping[tuple[str, str], tuple[Source, KeyPath]]
) -> Iterator[DefinitionProblem]:
    """Name every questionnaire that was published as something else than it is now."""
    for form in library.questionnaires:
        mark = published.get(_name(form))
        if mark is not None and mark != fingerprint(form, library):
            source, path = places[("questionnaire", _name(form))]
            values = {"id": form.id, "version": form.version, "next": form.version + 1}
            yield source.problem((*path, "version"), "edited_after_publication", **values)


def _name(form: Questionnaire) -> str:
    return f"{form.id}:{form.version}"
