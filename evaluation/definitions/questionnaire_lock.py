"""Published questionnaires are not edited: a lock file keeps the fingerprint of every published version."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from evaluation.definitions.models import Item, Library, OutsideValue, Questionnaire, ScaleValue
from evaluation.definitions.problems import DefinitionProblem
from evaluation.definitions.yaml_source import KeyPath, Source

LOCK = "published.json"


def fingerprint(form: Questionnaire, library: Library) -> str:
    """Return the mark of what respondents read: wording, order and allowed answers in every language.

    Tags and other ways to write an answer are not part of it; they may be mended.
    """
    questions = [[item.id, item.kind, dict(item.text.written), _answers(library, item)] for item in form.items]
    whole = [form.id, form.version, form.kind, form.role, form.timing, questions]
    return hashlib.sha256(json.dumps(whole, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def library_fingerprint(library: Library) -> str:
    """Return a short mark of all questionnaires, by which readers of two reports see whether they are of the same."""
    marks = sorted(fingerprint(form, library) for form in library.questionnaires)
    return hashlib.sha256("".join(marks).encode()).hexdigest()[:8]


def asks_the_same(before: Questionnaire, library: Library, after: Questionnaire, other: Library) -> bool:
    """Tell whether respondents read the same in ``after`` as in ``before``; a text may be there in more languages.

    Args:
        before: the questionnaire as it was.
        library: the definitions before.
        after: the questionnaire as it would be.
        other: the definitions after.
    """
    if [(item.id, item.kind, item.step) for item in before.items] != [
        (item.id, item.kind, item.step) for item in after.items
    ]:
        return False
    texts = [(item.text, later.text) for item, later in zip(before.items, after.items, strict=True)]
    for item, later in zip(before.items, after.items, strict=True):
        answers, later_answers = _allowed(library, item), _allowed(other, later)
        if [answer.code for answer in answers] != [answer.code for answer in later_answers]:
            return False
        texts += [(old.label, new.label) for old, new in zip(answers, later_answers, strict=True)]
    return all(old.written.items() <= new.written.items() for old, new in texts)


def _allowed(library: Library, item: Item) -> tuple[ScaleValue | OutsideValue, ...]:
    scale = item.option_scale or library.scale_of(item)
    return scale.answers if scale else ()


def _answers(library: Library, item: Item) -> list[object]:
    answers = _allowed(library, item)
    if not answers:
        return [] if item.step == 1 else [item.step]
    return [[answer.code, dict(answer.label.written)] for answer in answers]


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
            problem = source.problem((*path, "version"), "edited_after_publication", **values)
            yield replace(problem, entry=("questionnaire", _name(form)))


def _name(form: Questionnaire) -> str:
    return f"{form.id}:{form.version}"
